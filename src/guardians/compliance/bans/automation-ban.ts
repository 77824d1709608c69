/** Which firms of a policy's accounts ban programs, by their packs. */
import type { ConfigEntry, Span } from '../../../core/source/model.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { listPacks } from '../packs/packs.ts';
import { packOf } from '../packs/pack-reading.ts';
import type { Pack } from '../packs/pack-schema.ts';
import { banIn } from './pack-ban.ts';

/** A firm's ban, at the first account it holds for. */
export interface Ban {
  readonly firm: string;
  /** `all`, or the phases it holds in: `funded`, `funded and live`. */
  readonly whose: string;
  /** ` (page of 2026-07-31)`, ` (page read on 2026-11-22)`, or nothing. */
  readonly page: string;
  readonly url?: string;
  readonly pack: string;
  readonly account: string;
  /** The name of the pack, as written. */
  readonly at: Span;
  /** Other accounts with the same firm's ban. */
  readonly others: readonly { readonly account: string; readonly at: Span }[];
}

interface Written {
  readonly id: string;
  readonly phase: string;
  readonly pack: ConfigEntry;
}

/**
 * The bans on automation that hold for accounts of a policy, one a firm, in source order. `judgedBy`: the accounts the check speaks of;
 * under another pack than the file's own nothing is said.
 */
export function bansOf(entries: readonly ConfigEntry[], judgedBy: readonly AccountConfig[]): readonly Ban[] {
  const written = accountsIn(entries);
  if (judgedBy.some((judge) => !written.some(({ id }) => id === judge.id))) { return []; }
  const bans = new Map<string, Ban>();
  for (const account of written) {
    const ban = banOn(account, judgedBy.find(({ id }) => id === account.id));
    if (ban === undefined) { continue; }
    const first = bans.get(ban.firm);
    bans.set(ban.firm, first === undefined ? ban : { ...first, others: [...first.others, { account: ban.account, at: ban.at }] });
  }
  return [...bans.values()];
}

function accountsIn(entries: readonly ConfigEntry[]): readonly Written[] {
  const byIndex = new Map<number, Map<string, ConfigEntry>>();
  for (const entry of entries) {
    const [list, index] = entry.path;
    if (list !== 'accounts' || typeof index !== 'number' || entry.path.length !== 3 || entry.shape !== 'scalar') { continue; }
    const own = byIndex.get(index) ?? new Map<string, ConfigEntry>();
    byIndex.set(index, own.set(entry.key, entry));
  }
  return [...byIndex.values()].flatMap((own): readonly Written[] => {
    const [id, pack, phase] = [own.get('id')?.value, own.get('pack'), own.get('phase')?.value];
    return typeof id === 'string' && typeof phase === 'string' && pack !== undefined ? [{ id, phase, pack }] : [];
  });
}

function banOn({ id, phase, pack: entry }: Written, judge: AccountConfig | undefined): Ban | undefined {
  const pack = (judge === undefined ? undefined : packOf(judge)) ?? listPacks().find((candidate) => candidate.id === entry.value);
  const ban = pack === undefined ? undefined : banIn(pack, phase, 'automation');
  if (pack === undefined || ban === undefined) { return undefined; }
  const page = ban.evidence === undefined ? undefined : pack.evidence[ban.evidence];
  return {
    firm: pack.firm, whose: ban.phases === undefined ? 'all' : ban.phases.join(' and '), page: page === undefined ? '' : pageText(page), pack: pack.id,
    ...(page === undefined ? {} : { url: page.url }), account: id, at: { start: entry.valueSpan.start, end: entry.valueSpan.end }, others: [],
  };
}

/** The date the page itself gives, or the day it was read. */
function pageText({ dateModified, seen }: Pack['evidence'][number]): string {
  return dateModified === 'unknown' ? ` (page read on ${seen})` : ` (page of ${dateModified})`;
}
