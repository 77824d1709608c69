/**
 * The keywords that open the gate for names: those that make any name telling, and those that rows need besides. They are
 * derived from the rows' own roles, so that no row is out of reach.
 */
import type { NamedDetector } from '../detectors/detector.ts';
import { NAMED_DETECTORS } from '../detectors/table.ts';
import { NAME_KEYWORDS } from './names.ts';

/** Roles that stand in names of all sorts: they open the gate right behind a vendor only (`kraken_id`, `infuraProjectId`). */
const EVERYDAY: ReadonlySet<string> = new Set(['id', 'hash', 'user', 'session', 'cookie', 'project', 'projectid', 'clientid', 'notify', 'certificate', 'crumb', 'login', 'write']);
/** Roles that begin other words, or stand in them (`_skip`, `wifi`): they open it at the end of a name only. */
const ENDINGS: ReadonlySet<string> = new Set(['sk', 'private', 'wif', 'psk']);
const BEHIND = ['=', ' =', ':', '"', "'"] as const;
/** What a role of two words run together ends with: `authid` is written `auth_id`, too. */
const SECOND_WORD = /^(.{2,16}?)(id|hash|pat|certificate|token|key)$/;
const MARKS = ['', '_', '-'] as const;

/** `authid`, `auth_id`, `auth-id`. */
function spellings(role: string): readonly string[] {
  const [, first, second] = SECOND_WORD.exec(role) ?? [];
  return first === undefined || second === undefined ? [role] : MARKS.map((mark) => first + mark + second);
}

/** What opens the gate for one role of a row. */
function gateOf({ vendors, vendorsInName = [] }: NamedDetector, role: string): readonly string[] {
  if (ENDINGS.has(role)) return BEHIND.map((sign) => `_${role}${sign}`);
  const ways = spellings(role);
  return EVERYDAY.has(role) ? [...vendors, ...vendorsInName].flatMap((vendor) => MARKS.flatMap((mark) => ways.map((way) => vendor + mark + way))) : ways;
}

/** Lower-case parts of names; a name without any of them is never looked at. No keyword holds another one: that one would do. */
export const GATE_KEYWORDS: readonly string[] = (() => {
  const opened = (word: string): boolean => NAME_KEYWORDS.some((keyword) => word.includes(keyword));
  // `_pat` and `auth=` open `github_pat` and `vendor_auth=` already.
  const needed = (role: string): boolean => !opened(role) && !opened(`${role}=`) && (role.endsWith('hash') || !opened(`_${role}`));
  const derived = new Set(NAMED_DETECTORS.flatMap((row) => row.roles.filter(needed).flatMap((role) => gateOf(row, role))));
  return [...NAME_KEYWORDS, ...[...derived].filter((word) => !opened(word))];
})();
