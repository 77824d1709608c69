/** Opens a ledger file: recognises what wrote it, and hands over its events. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Outcome } from '../../../core/outcome.ts';
import { decode } from '../../../core/source/text.ts';
import { asUtf8, ByteSource, headOf, wholeLines } from './byte-source.ts';
import { Clock } from './text/clock.ts';
import { rowsOf } from './text/csv.ts';
import type { LedgerEvent, LedgerFormat, LedgerOptions, OpenLedger } from './event.ts';
import type { ParquetTable } from './parquet.ts';
import { equityColumns, equityMarks, learnEquity, readEquityCsv, timeText, type EquityColumns } from './readers/equity.ts';
import { readJsonLines } from './readers/jsonl.ts';
import { METATRADER_HTML, readReport } from './readers/metatrader-html.ts';
import { NAUTILUS_REDIS, readRedisCapture } from './readers/nautilus-redis.ts';
import { emptyNotes, Reading, type EventLists } from './reading.ts';
import { HEAD_BYTES, isPacked, recognise, tableReader, unknownColumns, type Recognised, type TextForm, type TextTable } from './recognise.ts';
import type { TableReader, TableRow } from './table.ts';

/** The largest file that is read whole: rows of 100 MB take 800 MB of memory (measured), half a million fills. */
const MOST_WHOLE_BYTES = 128 << 20;
/** Events of a file that was read whole are handed over in lists of this length. */
const LIST_LENGTH = 8192;

/** How the events of one recognised file are read. */
interface LedgerBody {
  readonly format: LedgerFormat;
  readonly title: string;
  lists(reading: Reading, signal: AbortSignal): EventLists;
}

/**
 * Opens a ledger of any known format, packed by gzip or not.
 * @returns one sentence for a file that cannot be read or is none of the known formats.
 */
export async function openLedger(path: string, options: LedgerOptions): Promise<Outcome<OpenLedger>> {
  const name = basename(path);
  try {
    const file = await stat(path);
    // A pipe gives its bytes once, and a ledger is looked at before it is read.
    if (!file.isFile() && !file.isDirectory()) return { ok: false, error: `${name}: it is a pipe or a device; save what it gives to a file.` };
    const first = await headOf(new ByteSource(path, false), HEAD_BYTES);
    const source = new ByteSource(path, isPacked(first));
    const head = source.packed ? await headOf(source, HEAD_BYTES) : first;
    const recognised = recognise(head, source.packed ? head.length < HEAD_BYTES : file.size <= head.length);
    if (recognised.is === 'unknown') return { ok: false, error: `${name}: ${recognised.why}` };
    if (recognised.is === 'parquet' && source.packed) return { ok: false, error: `${name}: it is a Parquet file that gzip packed once more; unpack it first.` };
    const body = recognised.is === 'parquet' ? await parquetBody(source) : { ok: true as const, value: bodyOf(recognised, source) };
    if (!body.ok) return { ok: false, error: `${name}: ${body.error}` };
    return { ok: true, value: new Ledger(name, options, source, body.value) };
  } catch (error) {
    return { ok: false, error: sentenceOf(name, error) };
  }
}

/** A ledger that was opened; each call of `batches` reads it once more, from its beginning. */
class Ledger implements OpenLedger {
  readonly format: LedgerFormat;
  readonly title: string;
  /** One object for all readings: whoever keeps it sees what the last one met. */
  readonly notes = emptyNotes();

  constructor(private readonly name: string, private readonly options: LedgerOptions, private readonly source: ByteSource, private readonly body: LedgerBody) {
    this.format = body.format;
    this.title = body.title;
  }

  sha256(): string {
    return this.source.sha256();
  }

  async *batches(signal: AbortSignal): AsyncGenerator<Outcome<readonly LedgerEvent[]>> {
    this.notes.said.length = 0;
    Object.assign(this.notes, { ...emptyNotes(), said: this.notes.said });
    const reading = new Reading(this.name, this.options, this.notes);
    try {
      for await (const events of this.body.lists(reading, signal)) {
        if (events.length === 0) continue;
        reading.notes.events += events.length;
        yield { ok: true, value: events };
      }
      if (reading.problem === undefined && reading.notes.events === 0) reading.problem = nothingIn(this.name, reading);
    } catch (error) {
      reading.problem ??= signal.aborted ? `${this.name}: the reading was stopped.` : sentenceOf(this.name, error);
    }
    if (reading.problem !== undefined) yield { ok: false, error: reading.problem };
  }
}

function nothingIn(name: string, { notes }: Reading): string {
  return notes.unusable === 0 ? `${name}: nothing stands below its header; export it once more, with a longer range of dates.`
    : `${name}: none of its ${notes.unusable} rows can be used; their times or amounts are missing.`;
}

function bodyOf(recognised: Exclude<Recognised, { is: 'parquet' }>, source: ByteSource): LedgerBody {
  switch (recognised.is) {
    case 'json': return { format: 'tickguard-jsonl', title: 'Tickguard, JSON lines', lists: (reading, signal) => readJsonLines(utf8(source, recognised, signal), reading) };
    case 'redis': return { ...NAUTILUS_REDIS, lists: (reading, signal) => readRedisCapture(utf8(source, recognised, signal), reading) };
    case 'html': return { ...METATRADER_HTML, lists: (reading, signal) => wholePage(source, reading, signal) };
    case 'equity': return { format: 'equity-csv', title: 'Equity, CSV', lists: (reading, signal) => equity(source, recognised, reading, signal) };
    case 'table': {
      const { format, title } = recognised.reader;
      return { format, title, lists: (reading, signal) => wholeTable(source, recognised, reading, signal) };
    }
  }
}

function utf8(source: ByteSource, form: TextForm, signal: AbortSignal): AsyncIterable<Uint8Array> {
  return asUtf8(source.pieces(signal), form.encoding, form.loneReturns);
}

async function* equity(source: ByteSource, table: TextTable, reading: Reading, signal: AbortSignal): EventLists {
  const at = equityColumns(table.columns)!;
  const clock = new Clock(reading);
  if (!learnEquity(table.head, at, clock, reading)) await learnOrder(source, table, at, clock, signal);
  if (reading.problem === undefined) yield* readEquityCsv(utf8(source, table, signal), table.delimiter, table.headerRow, at, table.columns, clock, reading);
}

/** Goes over a file until one of its dates tells day and month apart. */
async function learnOrder(source: ByteSource, table: TextTable, at: EquityColumns, clock: Clock, signal: AbortSignal): Promise<void> {
  for await (const block of wholeLines(utf8(source, table, signal))) {
    if (block === undefined) return;
    for (const { cells } of rowsOf(Buffer.from(block).toString('latin1'), table.delimiter)) if (clock.learn(timeText(cells, at))) return;
  }
}

async function* wholeTable(source: ByteSource, table: Extract<Recognised, { is: 'table' }>, reading: Reading, signal: AbortSignal): EventLists {
  const text = await wholeText(source, reading, signal);
  if (text === undefined) return;
  const rows = rowsOf(text, table.delimiter).filter(({ row }) => row > table.headerRow);
  yield* inLists(table.reader.read(table.columns, rows, reading));
}

async function* wholePage(source: ByteSource, reading: Reading, signal: AbortSignal): EventLists {
  const text = await wholeText(source, reading, signal);
  if (text !== undefined) yield* inLists(readReport(text, reading));
}

/** A file's text, where it is read whole. */
async function wholeText(source: ByteSource, reading: Reading, signal: AbortSignal): Promise<string | undefined> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source.pieces(signal)) {
    pieces.push(piece);
    length += piece.length;
    if (length > MOST_WHOLE_BYTES) {
      reading.problem ??= `${reading.name}: it is larger than ${MOST_WHOLE_BYTES >> 20} MB, which is more than is read of this format at once; export it in parts.`;
      return undefined;
    }
  }
  const decoded = decode(Buffer.concat(pieces));
  if (decoded.ok) return decoded.source.text;
  reading.problem ??= `${reading.name}: its text cannot be decoded to its end; export it once more.`;
  return undefined;
}

/** Events in lists of a length that is soon dealt with. */
async function* inLists(events: readonly LedgerEvent[]): EventLists {
  for (let from = 0; from < events.length; from += LIST_LENGTH) yield events.slice(from, from + LIST_LENGTH);
}

/** The body of a Parquet file; the library is loaded for one only. */
async function parquetBody(source: ByteSource): Promise<Outcome<LedgerBody>> {
  const table = await (await import('./parquet.ts')).openParquet(source.path);
  const reader = tableReader(table.columns);
  if (reader !== undefined) {
    const { format, title } = reader;
    return { ok: true, value: { format, title: `${title} (Parquet)`, lists: (reading, signal) => wholeParquet(source, table, reader, reading, signal) } };
  }
  const at = equityColumns(table.columns);
  if (at === undefined) return { ok: false, error: unknownColumns(table.columns) };
  return { ok: true, value: { format: 'equity-csv', title: 'Equity (Parquet)', lists: (reading, signal) => equityParquet(source, table, at, reading, signal) } };
}

async function* wholeParquet(source: ByteSource, table: ParquetTable, reader: TableReader, reading: Reading, signal: AbortSignal): EventLists {
  const rows: TableRow[] = [];
  for await (const list of table.lists(undefined)) for (const row of list) rows.push(row);
  yield* inLists(reader.read(table.columns, rows, reading));
  await hashOf(source, signal);
}

async function* equityParquet(source: ByteSource, table: ParquetTable, at: EquityColumns, reading: Reading, signal: AbortSignal): EventLists {
  const clock = new Clock(reading);
  const wanted = [at.time, at.date, at.equity, at.balance, at.open, at.currency, at.account].filter((index) => index >= 0);
  let first = true;
  for await (const list of table.lists([...new Set(wanted)])) {
    if (first) learnEquity(list, at, clock, reading);
    first = false;
    if (reading.problem === undefined) yield equityMarks(list, at, table.columns, clock, reading);
    if (reading.problem !== undefined || signal.aborted) return;
  }
  await hashOf(source, signal);
}

/** Goes over a file's bytes for its hash alone. */
async function hashOf(source: ByteSource, signal: AbortSignal): Promise<void> {
  const pieces = source.pieces(signal);
  while (!(await pieces.next()).done);
}

/** What the file system, gzip and the Parquet reader throw, in a sentence. */
function sentenceOf(name: string, error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  switch (code) {
    case 'ENOENT': return `${name}: there is no such file.`;
    case 'EISDIR': return `${name}: it is a folder; name a file in it.`;
    case 'EACCES': case 'EPERM': return `${name}: it may not be read; change its permissions.`;
    case 'Z_BUF_ERROR': return `${name}: the gzip file was cut off; copy it once more.`;
    case 'Z_DATA_ERROR': return `${name}: the gzip file is damaged; copy it once more.`;
    default: return `${name}: it cannot be read: ${String(message ?? error)}.`;
  }
}
