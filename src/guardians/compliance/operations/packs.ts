/** `packs`, `packs ID`, `packs diff A B`: the rule packs with their evidence, and what another rulebook changes. */
import * as z from 'zod';
import { resolve } from 'node:path';
import type { Outcome } from '../../../core/outcome.ts';
import { checkOperation, type CheckReport } from '../../../core/operations/check.ts';
import { defineOperation, type OperationContext } from '../../../core/operations/operation.ts';
import { type Settings, settingsHere } from '../../../core/operations/settings.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { staleness } from '../packs/evidence.ts';
import { differencesBetween, type FieldDifference } from '../packs/differences.ts';
import type { Pack } from '../packs/pack-schema.ts';
import { Replay } from '../replay/replay.ts';
import { rulebookOf } from '../replay/rulebook.ts';
import { chooseAccount, packNamed, packsHere } from './account-choice.ts';
import { packsText } from '../report/packs-text.ts';
import { openLedgers, play } from './ledger-files.ts';

const packsInput = z.object({
  words: z.array(z.string()).default([]).meta({ positional: true, value: 'id | diff A B', description: 'A pack to show; or diff and two packs to compare; without, the list' }),
  here: z.boolean().default(false).meta({ description: 'With diff: the lines of this project and the ledger days of its accounts that the second pack judges otherwise than the first' }),
  size: z.number().int('must be a whole number').positive('must be more than 0').optional().meta({ value: 'AMOUNT', description: 'With --here: account size, where no account of tickguard.json has one of the packs' }),
  tz: z.string().optional().meta({ value: 'ZONE', description: 'With --here: clock of times without a zone in ledgers' }),
});

/** What `packs` is asked. */
export type PacksInput = z.output<typeof packsInput>;

/** A pack in the list. */
export interface PackSummary {
  readonly id: string;
  readonly title: string;
  readonly firm: string;
  readonly effective: { readonly from: string; readonly to: string | null };
  readonly sizes: readonly number[];
  /** The oldest day on which one of its pages was seen. */
  readonly seen: string;
  readonly stale?: string;
}

/** A line that two packs judge differently. */
export interface LineDifference {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly only: 'first' | 'second';
  readonly message: string;
}

/** A day of a ledger that two packs judge differently. */
export interface DayDifference {
  readonly account: string;
  readonly ledger: string;
  readonly tradeDate: string;
  readonly first: string;
  readonly second: string;
}

/** What `packs` answers. */
export interface PacksReport {
  readonly packs: readonly PackSummary[];
  /** The one pack that was asked for. */
  readonly pack?: Pack;
  readonly diff?: {
    readonly first: string;
    readonly second: string;
    readonly fields: readonly FieldDifference[];
    readonly lines?: readonly LineDifference[];
    readonly days?: readonly DayDifference[];
    /** What could not be compared, a sentence each. */
    readonly notCompared: readonly string[];
  };
}

const packsOutput = z.object({ packs: z.array(z.object({ id: z.string(), title: z.string() }).loose()) }).loose() as unknown as z.ZodType<PacksReport>;

/** The `packs` operation; reads, and writes nothing. */
export const packsOperation = defineOperation<PacksInput, PacksReport>({
  id: 'packs',
  summary: 'List the rule packs with their evidence, show one, or say what another rulebook changes here',
  words: ['packs', 'firms', 'rules', 'Apex rules', 'Topstep', 'FTMO', 'rulebook', 'diff'],
  input: packsInput as unknown as z.ZodType<PacksInput>,
  output: packsOutput,
  doors: ['cli', 'lsp'],
  needsTrust: false,
  text: packsText,
  run,
});

async function run(input: PacksInput, context: OperationContext): Promise<Outcome<PacksReport>> {
  const [first, ...rest] = input.words;
  const settings = await settingsHere(context);
  if (!settings.ok) { return settings; }
  const packs = packsHere(settings.value).map((pack) => summaryOf(pack, context.today));
  if (first !== 'diff') {
    if (input.here) { return { ok: false, error: '--here belongs to diff. Write it as in tickguard packs diff apex-3.0 apex-4.0-eod --here.' }; }
    if (first === undefined) { return { ok: true, value: { packs } }; }
    if (rest.length > 0) { return { ok: false, error: `One pack is shown at a time; ${rest.join(' ')} is too much. Compare two with tickguard packs diff A B.` }; }
    const pack = packNamed(first, settings.value);
    return pack.ok ? { ok: true, value: { packs: packs.filter(({ id }) => id === first), pack: pack.value } } : pack;
  }
  const [one, two, ...more] = rest;
  if (one === undefined || two === undefined || more.length > 0) { return { ok: false, error: 'diff compares two packs. Write it as in tickguard packs diff apex-3.0 apex-4.0-eod.' }; }
  const [a, b] = [packNamed(one, settings.value), packNamed(two, settings.value)];
  if (!a.ok) { return a; }
  if (!b.ok) { return b; }
  const fields = differencesBetween(a.value, b.value);
  const listed = packs.filter(({ id }) => id === one || id === two);
  if (!input.here) { return { ok: true, value: { packs: listed, diff: { first: one, second: two, fields, notCompared: [] } } }; }
  const here = await differencesHere(a.value, b.value, settings.value, input, context);
  return here.ok ? { ok: true, value: { packs: listed, diff: { first: one, second: two, fields, ...here.value } } } : here;
}

function summaryOf(pack: Pack, today: string): PackSummary {
  const { id, title, firm, effective, sizes, evidence } = pack;
  const stale = staleness(pack, today);
  return { id, title, firm, effective, sizes, seen: evidence.map((page) => page.seen).sort()[0] ?? '', ...(stale === undefined ? {} : { stale }) };
}

// ----------------------------------------------------------------- in a project

interface Here { readonly lines: readonly LineDifference[]; readonly days: readonly DayDifference[]; readonly notCompared: readonly string[] }

async function differencesHere(a: Pack, b: Pack, settings: Settings, input: PacksInput, context: OperationContext): Promise<Outcome<Here>> {
  const accounts = settings.accounts();
  const own = accounts.filter(({ pack }) => pack === a.id || pack === b.id);
  const size = input.size ?? own[0]?.size;
  if (size === undefined) { return { ok: false, error: `No account here has ${a.id} or ${b.id}, and the packs’ limits hang on its size. Add --size, as in --size 50000.` }; }
  const lines = await linesOf(a, b, size, context);
  if (!lines.ok) { return lines; }
  const days: DayDifference[] = [];
  const notCompared: string[] = [];
  const withLedger = own.filter(({ ledger }) => ledger !== undefined);
  for (const account of withLedger) {
    const found = await daysOf(account, a, b, resolve(settings.root, account.ledger ?? ''), input, context);
    if (found.ok) { days.push(...found.value); } else { notCompared.push(`${account.id}: ${found.error}`); }
  }
  if (withLedger.length === 0) { notCompared.push('No account with one of these packs names a ledger: no days were compared.'); }
  return { ok: true, value: { lines: lines.value, days, notCompared } };
}

async function linesOf(a: Pack, b: Pack, size: number, context: OperationContext): Promise<Outcome<readonly LineDifference[]>> {
  const judged: Map<string, Omit<LineDifference, 'only'>>[] = [];
  for (const pack of [a, b]) {
    const input = checkOperation.input.safeParse({ pack: pack.id, ...(pack.sizes.includes(size) ? { size } : {}), baseline: 'ignore' });
    if (!input.success) { return { ok: false, error: `${pack.id} cannot be checked with the size ${String(size)}.` }; }
    const checked = await checkOperation.run(input.data, context);
    if (!checked.ok) { return checked; }
    const { result } = checked.value as CheckReport;
    judged.push(new Map(result.findings.filter(({ finding, suppressed }) => finding.guardian === 'compliance' && suppressed === undefined).map(({ finding }) => [
      // A message names the pack it was judged by: that alone is no difference.
      `${finding.file}:${String(finding.range.line)}:${String(finding.range.column)} ${finding.rule} ${finding.message.replaceAll(pack.id, '')}`,
      { file: finding.file, line: finding.range.line, rule: finding.rule, message: finding.message },
    ])));
  }
  const [first, second] = judged as [Map<string, Omit<LineDifference, 'only'>>, Map<string, Omit<LineDifference, 'only'>>];
  const only = (of: typeof first, other: typeof first, which: LineDifference['only']): readonly LineDifference[] => [...of].flatMap(([key, line]) => (other.has(key) ? [] : [{ ...line, only: which }]));
  return { ok: true, value: [...only(first, second, 'first'), ...only(second, first, 'second')].sort((x, y) => (x.file < y.file ? -1 : x.file > y.file ? 1 : x.line - y.line)) };
}

async function daysOf(account: AccountConfig, a: Pack, b: Pack, path: string, input: PacksInput, context: OperationContext): Promise<Outcome<readonly DayDifference[]>> {
  const chosen = await chooseAccount({ account: account.id }, context);
  if (!chosen.ok) { return chosen; }
  const ledgers = await openLedgers([{ file: account.ledger ?? '', path }], { currency: chosen.value.rulebook.currency, tz: input.tz });
  if (!ledgers.ok) { return ledgers; }
  const replays = [a, b].map((pack) => rulebookOf(pack, account)).map((rulebook) => new Replay({ rulebooks: [rulebook], ...chosen.value.options(rulebook) }));
  const failed = await play(ledgers.value, replays, context);
  if (failed !== undefined) { return failed; }
  const said = replays.map((replay) => {
    const byDay = new Map<string, string[]>();
    for (const { tradeDate, kind, outcome } of replay.finish().books[0]?.incidents ?? []) {
      if (outcome !== 'note') { byDay.set(tradeDate, [...byDay.get(tradeDate) ?? [], `${outcome}: ${kind}`]); }
    }
    return byDay;
  });
  const dates = [...new Set(said.flatMap((byDay) => [...byDay.keys()]))].sort();
  const text = (byDay: Map<string, string[]> | undefined, date: string): string => [...new Set(byDay?.get(date) ?? ['nothing'])].join(', ');
  return { ok: true, value: dates.map((tradeDate) => ({ account: account.id, ledger: account.ledger ?? '', tradeDate, first: text(said[0], tradeDate), second: text(said[1], tradeDate) })).filter(({ first, second }) => first !== second) };
}
