/** The most that any name could make of a value: a look at lines without their file asks this before the file is read. */
import type { Span } from '../../../core/source/model.ts';
import type { NamedDetector } from '../detectors/detector.ts';
import { NAMED_DETECTORS } from '../detectors/table.ts';
import { nameAround } from './assignments.ts';
import { classifyName, type NameVerdict } from './names.ts';
import { termsOf } from './named.ts';
import { scanText } from './text-scan.ts';
import { type Setting, gradeValue, isStandIn } from './strength.ts';
import { credentialOf, isBasicCredential, isPlaceholder } from './value.ts';
import { wordsOf } from './words.ts';
import { unwrapped } from './wrapped.ts';

/** What kind of value a name promises: a password may be short and of words, a key is neither. */
export type NameKind = 'password' | 'key';

/** What stands around a value. */
export interface Surroundings {
  /** Words of the names near that providers' keys are known by. */
  readonly roles: ReadonlySet<string>;
  /** Whether a user's name stands near. */
  nearUser(): boolean;
}

/** No verdict lets more through: `gradeValue` asks more of every other one. */
const BEST: NameVerdict = { role: 'secret', vendor: true, qualified: true, named: true, weak: false };
const PASSWORD: NameVerdict = { ...BEST, role: 'password' };
const SEED: NameVerdict = { ...BEST, role: 'seed' };

/**
 * Whether `judge` could call the value a credential under any name of this kind. True for more than it would call one, never
 * for less: it asks the same questions with the answers about the name that let most through.
 */
export function couldBeCredential(value: string, kind: NameKind, around: Surroundings): boolean {
  if (value.length < 5) { return false; }
  const setting: Setting = { proof: 'normal', loose: false, settings: true, nearUser: () => around.nearUser() };
  if (isAnyGrade(value, kind, setting) || fitsRow(value, around.roles)) { return true; }
  const scheme = credentialOf(value);
  if (scheme !== undefined && (isBasicCredential(scheme.value) !== undefined || isAnyGrade(scheme.value, 'key', setting) || fitsRow(scheme.value, around.roles))) { return true; }
  const plain = unwrapped(value);
  return plain !== undefined && (scanText(plain, 'normal').hits.length > 0 || isAnyGrade(plain, 'password', setting) || fitsRow(plain, around.roles));
}

function isAnyGrade(value: string, kind: NameKind, setting: Setting): boolean {
  return gradeValue(value, BEST, setting) !== undefined || isStandIn(value, BEST, setting) || gradeValue(value, SEED, setting) !== undefined
    || (kind === 'password' && gradeValue(value, PASSWORD, setting) !== undefined);
}

/** Words of names that a row asks for, and its rows. */
const BY_ROLE: ReadonlyMap<string, readonly NamedDetector[]> = (() => {
  const rows = new Map<string, NamedDetector[]>();
  for (const row of NAMED_DETECTORS) {
    for (const role of row.roles) {
      const known = rows.get(role);
      if (known === undefined) { rows.set(role, [row]); } else { known.push(row); }
    }
  }
  return rows;
})();

/** `key:` in settings is called after the section it stands in. */
const KEY_ROLES: readonly string[] = [...BY_ROLE.keys()].filter((role) => role.endsWith('key'));

/** No shape of the table is longer. */
const LONGEST_ROW = 600;

/** Whether the value has the shape of a provider's key that the names near allow. */
function fitsRow(value: string, roles: ReadonlySet<string>): boolean {
  if (value.length > LONGEST_ROW) { return false; }
  for (const role of roles) {
    for (const row of BY_ROLE.get(role) ?? []) { if (row.shape.test(value) && (row.check?.(value) ?? true)) { return !isPlaceholder(value); } }
  }
  return false;
}

/** What a name promises. */
export interface NamePromise {
  readonly kind: NameKind;
  readonly roles: readonly string[];
}

/** What the name around an offset promises, as code, settings or a sentence would read it; undefined: nothing. */
export function promiseAt(text: string, at: number): NamePromise | undefined {
  const span = nameAround(text, at);
  if (span === undefined) { return undefined; }
  const name = text.slice(span.start, span.end);
  return promiseOf(/[.-]/.test(name) ? [name, ...name.split('.'), ...name.split(/[.-]/), ...spokenAround(text, span)] : [name, ...spokenAround(text, span)]);
}

/** What one of the names promises. */
export function promiseOf(names: readonly string[]): NamePromise | undefined {
  let kind: NameKind | undefined;
  const roles: string[] = [];
  for (const name of names) {
    const role = classifyName(name)?.role;
    roles.push(...rolesOf(name));
    if (role === 'password') { kind = 'password'; } else if (role !== undefined) { kind ??= 'key'; }
  }
  return kind === undefined && roles.length === 0 ? undefined : { kind: kind ?? 'key', roles };
}

/** The last words of a text that ends in a space, three at most, with their spaces. */
function wordsBefore(text: string): string {
  const words = text.split(' ');
  if (words.pop() !== '') { return ''; }
  let from = words.length;
  while (from > 0 && words.length - from < 3 && /^[A-Za-z0-9_.-]{1,40}$/.test(words[from - 1] as string)) { from -= 1; }
  return words.slice(from).map((word) => `${word} `).join('');
}

/** Names of several words, as keys of a mapping have them: `"api key"`. */
function spokenAround(text: string, { start, end }: Span): readonly string[] {
  if (text[start - 1] !== ' ' && text[end] !== ' ') { return []; }
  const before = wordsBefore(text.slice(Math.max(0, start - 60), start));
  const behind = /^(?: [A-Za-z0-9_.-]{1,40}){0,3}/.exec(text.slice(end, end + 60))?.[0] ?? '';
  const name = text.slice(start, end);
  return [before + name, name + behind, before + name + behind];
}

/** Words of the name, and neighbours run together, that providers' keys are known by. */
function rolesOf(name: string): readonly string[] {
  const words = wordsOf(name);
  if (words.length === 1 && words[0] === 'key') { return KEY_ROLES; }
  return [...termsOf(name)].filter((word) => BY_ROLE.has(word));
}
