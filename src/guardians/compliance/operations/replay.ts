/** `replay LEDGER…`: fills, orders and equity marks of an account against its rules, to the cent. */
import * as z from 'zod';
import { resolve } from 'node:path';
import type { Outcome } from '../../../core/outcome.ts';
import { defineOperation, type OperationContext } from '../../../core/operations/operation.ts';
import type { LedgerFormat, OpenLedger } from '../ledger/event.ts';
import { staleness } from '../packs/evidence.ts';
import { fixedOf, POINT_DECIMALS } from '../replay/fixed.ts';
import { Replay } from '../replay/replay.ts';
import type { BookReport, ReplayResult } from '../replay/report.ts';
import { type Rulebook, rulebookOf } from '../replay/rulebook.ts';
import { originOf, type TradeOrigin } from './autopsy.ts';
import { type LedgerPath, type NamedLedger, openLedgers, play } from './ledger-files.ts';
import { accountFields, chooseAccount, type ChosenAccount, packNamed } from './account-choice.ts';

const replayInput = z.object({
  ledgers: z.array(z.string()).default([]).meta({ positional: true, value: 'ledger', description: 'Files of fills, orders, marks or prices, which together are one account’s; without, the ledger that the account names' }),
  ...accountFields,
  compare: z.array(z.string()).optional().meta({ value: 'PACK,…', description: 'Say as well what these packs would have said' }),
  tz: z.string().optional().meta({ value: 'ZONE', description: 'Clock of times without a zone: America/New_York, UTC, America/New_York+7h for a server that is 7 hours ahead of it' }),
  decimals: z.enum(['auto', 'point', 'comma']).default('auto').meta({ value: 'SIGN', description: 'Sign before decimals, where a file does not show it' }),
  pointValue: z.array(z.string()).optional().meta({ value: 'NAME=VALUE,…', description: 'What one point of an instrument is worth, where no table has it: FDAX=25' }),
});

/** What `replay` is asked. */
export type ReplayInput = z.output<typeof replayInput>;

/** A file that was read. */
export interface LedgerInput {
  readonly file: string;
  readonly format: LedgerFormat;
  readonly title: string;
  readonly sha256: string;
  readonly events: number;
  readonly duplicates: number;
  readonly unusable: number;
  readonly rounded: number;
  readonly said: readonly string[];
}

/** Where a pack's rules were read. */
export interface Evidence {
  readonly title: string;
  readonly url: string;
  readonly dateModified: string;
  readonly seen: string;
}

/** What a replay found, with everything a reader has to know to believe it. */
export interface ReplayReport {
  readonly account?: string;
  readonly pack: string;
  readonly title: string;
  readonly phase: string;
  /** Cents. */
  readonly size: number;
  readonly currency: string;
  readonly vendor?: string;
  readonly zone: string;
  readonly evidence: readonly Evidence[];
  /** Set where the pack's evidence is old, or its rules have ended: one sentence. */
  readonly stale?: string;
  readonly inputs: readonly LedgerInput[];
  readonly result: ReplayResult;
  readonly compared: readonly { readonly pack: string; readonly title: string; readonly book: BookReport }[];
  /** `lost`: a rule of the firm ended the account; `broken`: a rule was broken or trading was paused; `kept`: neither. */
  readonly verdict: 'kept' | 'broken' | 'lost';
  /** The line that placed the trades at the account's end, where it can be told. */
  readonly origin?: TradeOrigin;
  readonly asOf: string;
}

const replayOutput = z.object({
  pack: z.string(), title: z.string(), verdict: z.enum(['kept', 'broken', 'lost']), inputs: z.array(z.object({ file: z.string(), sha256: z.string() }).loose()),
  result: z.custom<ReplayResult>((value) => Array.isArray((value as { books?: unknown } | undefined)?.books)),
}).loose() as unknown as z.ZodType<ReplayReport>;

/** The `replay` operation; reads, and writes nothing. */
export const replayOperation = defineOperation<ReplayInput, ReplayReport>({
  id: 'replay',
  summary: 'Replay a ledger against an account’s rules: every breach with its moment, level, room and trades',
  words: ['replay', 'ledger', 'drawdown', 'consistency', 'breach', 'fills', 'compliance', 'Apex rules', 'autopsy'],
  input: replayInput as unknown as z.ZodType<ReplayInput>,
  output: replayOutput,
  doors: ['cli', 'lsp'],
  needsTrust: false,
  run,
});

async function run(input: ReplayInput, context: OperationContext): Promise<Outcome<ReplayReport>> {
  const chosen = await chooseAccount(input, context);
  if (!chosen.ok) { return chosen; }
  const pointValues = pointValuesOf(input.pointValue ?? []);
  if (!pointValues.ok) { return pointValues; }
  const others = rulebooksOf(input.compare ?? [], chosen.value);
  if (!others.ok) { return others; }
  const files = filesOf(input, chosen.value, context);
  if (files.length === 0) { return { ok: false, error: 'No ledger was named. Give its file, as in tickguard replay fills.csv, or write "ledger" into the account in tickguard.json.' }; }
  const ledgers = await openLedgers(files, { currency: chosen.value.rulebook.currency, tz: input.tz, decimals: input.decimals });
  if (!ledgers.ok) { return ledgers; }
  const { rulebook, own } = chosen.value;
  const replays = [own === undefined ? [rulebook] : [rulebook, own], ...others.value.map((one) => [one])]
    .map((rulebooks) => new Replay({ rulebooks, ...chosen.value.options(rulebooks[0] as Rulebook, pointValues.value) }));
  const failed = await play(ledgers.value, replays, context);
  if (failed !== undefined) { return failed; }
  const [result, ...compared] = replays.map((replay) => replay.finish());
  const report = reportOf(chosen.value, ledgers.value, result as ReplayResult, compared, others.value, context.today);
  const origin = await originOf(result?.books.find((book) => book.end !== undefined)?.end?.trades ?? [], chosen.value.settings.root, context);
  return { ok: true, value: { ...report, ...(origin === undefined ? {} : { origin }) } };
}

/** The files that were named, or the one that the account names. */
function filesOf({ ledgers }: ReplayInput, { ledger, settings }: ChosenAccount, { cwd }: OperationContext): readonly LedgerPath[] {
  if (ledgers.length > 0) { return ledgers.map((file) => ({ file, path: resolve(cwd, file) })); }
  return ledger === undefined ? [] : [{ file: ledger, path: resolve(settings.root, ledger) }];
}

function reportOf(
  { id, pack, rulebook, vendor }: ChosenAccount, ledgers: readonly NamedLedger[], result: ReplayResult, compared: readonly ReplayResult[], others: readonly Rulebook[], today: string,
): ReplayReport {
  const stale = pack && staleness(pack, today);
  return {
    ...(id === undefined ? {} : { account: id }), pack: rulebook.id, title: rulebook.title, phase: rulebook.phase, size: rulebook.sizeCents, currency: rulebook.currency,
    ...(vendor === undefined ? {} : { vendor }), zone: rulebook.session.zone, evidence: pack?.evidence ?? [], ...(stale === undefined ? {} : { stale }),
    inputs: ledgers.map(({ file, ledger }) => inputOf(file, ledger)), result,
    compared: compared.flatMap(({ books }, index) => (books[0] === undefined ? [] : [{ pack: others[index]?.id ?? '', title: others[index]?.title ?? '', book: books[0] }])),
    verdict: verdictOf(result), asOf: today,
  };
}

function inputOf(file: string, ledger: OpenLedger): LedgerInput {
  const { events, duplicates, unusable, rounded, said } = ledger.notes;
  return { file, format: ledger.format, title: ledger.title, sha256: ledger.sha256(), events, duplicates, unusable, rounded, said: [...said] };
}

function verdictOf({ books }: ReplayResult): ReplayReport['verdict'] {
  const incidents = books.flatMap((book) => book.incidents);
  if (incidents.some(({ outcome }) => outcome === 'lost')) { return 'lost'; }
  return incidents.some(({ outcome }) => outcome === 'violation' || outcome === 'paused') ? 'broken' : 'kept';
}

/** The rulebooks of other packs for the same size, phase and vendor. */
function rulebooksOf(ids: readonly string[], { rulebook, vendor, settings }: ChosenAccount): Outcome<readonly Rulebook[]> {
  const found: Rulebook[] = [];
  for (const id of ids) {
    const pack = packNamed(id, settings);
    if (!pack.ok) { return pack; }
    found.push(rulebookOf(pack.value, { size: rulebook.sizeCents / 100, phase: rulebook.phase, ...(vendor === undefined ? {} : { vendor }) }));
  }
  return { ok: true, value: found };
}

function pointValuesOf(pairs: readonly string[]): Outcome<Readonly<Record<string, string>>> {
  const values: Record<string, string> = {};
  for (const pair of pairs) {
    const equals = pair.lastIndexOf('=');
    const [name, value] = [pair.slice(0, equals), pair.slice(equals + 1)];
    const exact = fixedOf(value, POINT_DECIMALS);
    if (equals <= 0 || exact === undefined || exact <= 0n) { return { ok: false, error: `--point-value ${pair} is no pair. Write name and value, as in --point-value FDAX=25.` }; }
    values[name] = value;
  }
  return { ok: true, value: values };
}
