/** Opens a ledger file: recognises what wrote it, and hands over its events. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Outcome } from '../../../core/outcome.ts';
import { decode } from '../../../core/source/text.ts';
import { asUtf8, ByteSource, headOf, wholeLines } from './byte-source.ts';
import { Clock } from './clock.ts';
import { rowsOf } from './csv.ts';
import type { LedgerEvent, LedgerFormat, LedgerOptions, OpenLedger } from './event.ts';
import { equityColumns, learnEquity, readEquityCsv } from './readers/equity.ts';
import { readJsonLines } from './readers/jsonl.ts';
import { Reading, type EventLists } from './reading.ts';
import { HEAD_BYTES, isPacked, recognise, type Recognised, type TextForm, type TextTable } from './recognise.ts';

/** The largest file that is read whole: beyond it a program's string ends. */
const MOST_WHOLE_BYTES = 256 << 20;
/** Events of a file that was read whole are handed over in lists of this length. */
const LIST_LENGTH = 8192;

/** How the events of one recognised file are read. */
export interface LedgerBody {
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
    const { size } = await stat(path);
    const first = await headOf(new ByteSource(path, false), HEAD_BYTES);
    const source = new ByteSource(path, isPacked(first));
    const head = source.packed ? await headOf(source, HEAD_BYTES) : first;
    const recognised = recognise(head, source.packed ? head.length < HEAD_BYTES : size <= head.length);
    if (recognised.is === 'unknown') return { ok: false, error: `${name}: ${recognised.why}` };
    const body = bodyOf(recognised, source);
    return { ok: true, value: new Ledger(name, options, source, body) };
  } catch (error) {
    return { ok: false, error: sentenceOf(name, error) };
  }
}

/** A ledger that was opened; each call of `batches` reads it once more, from its beginning. */
class Ledger implements OpenLedger {
  readonly format: LedgerFormat;
  readonly title: string;
  #reading: Reading;

  constructor(private readonly name: string, private readonly options: LedgerOptions, private readonly source: ByteSource, private readonly body: LedgerBody) {
    this.format = body.format;
    this.title = body.title;
    this.#reading = new Reading(name, options);
  }

  get notes(): OpenLedger['notes'] {
    return this.#reading.notes;
  }

  sha256(): string {
    return this.source.sha256();
  }

  async *batches(signal: AbortSignal): AsyncGenerator<Outcome<readonly LedgerEvent[]>> {
    const reading = new Reading(this.name, this.options);
    this.#reading = reading;
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

function bodyOf(recognised: Recognised, source: ByteSource): LedgerBody {
  switch (recognised.is) {
    case 'json': return { format: 'tickguard-jsonl', title: 'Tickguard, JSON lines', lists: (reading, signal) => readJsonLines(utf8(source, recognised, signal), reading) };
    case 'equity': return { format: 'equity-csv', title: 'Equity, CSV', lists: (reading, signal) => equity(source, recognised, reading, signal) };
    case 'table': {
      const { reader } = recognised;
      return { format: reader.format, title: reader.title, lists: (reading, signal) => wholeTable(source, recognised, reading, signal) };
    }
    default: throw new Error(`not read yet: ${recognised.is}`);
  }
}

function utf8(source: ByteSource, form: TextForm, signal: AbortSignal): AsyncIterable<Uint8Array> {
  return asUtf8(source.pieces(signal), form.encoding, form.loneReturns);
}

async function* equity(source: ByteSource, table: TextTable, reading: Reading, signal: AbortSignal): EventLists {
  const at = equityColumns(table.columns)!;
  const clock = new Clock(reading);
  if (!learnEquity(table.head, at, clock, reading)) await learnOrder(source, table, at.time, clock, signal);
  if (reading.problem === undefined) yield* readEquityCsv(utf8(source, table, signal), table.delimiter, table.headerRow, at, table.columns, clock, reading);
}

/** Goes over a file until one of its dates tells day and month apart. */
async function learnOrder(source: ByteSource, table: TextTable, column: number, clock: Clock, signal: AbortSignal): Promise<void> {
  for await (const block of wholeLines(utf8(source, table, signal))) {
    if (block === undefined) return;
    for (const { cells } of rowsOf(Buffer.from(block).toString('latin1'), table.delimiter)) if (clock.learn(cells[column] ?? '')) return;
  }
}

async function* wholeTable(source: ByteSource, table: Extract<Recognised, { is: 'table' }>, reading: Reading, signal: AbortSignal): EventLists {
  const text = await wholeText(source, reading, signal);
  if (text === undefined) return;
  const rows = rowsOf(text, table.delimiter).filter(({ row }) => row > table.headerRow);
  yield* inLists(table.reader.read(table.columns, rows, reading));
}

/** A file's text, where it is read whole. */
export async function wholeText(source: ByteSource, reading: Reading, signal: AbortSignal): Promise<string | undefined> {
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
  reading.problem ??= `${reading.name}: it is text at its beginning and binary further on; export it once more.`;
  return undefined;
}

/** Events in lists of a length that is soon dealt with. */
export async function* inLists(events: readonly LedgerEvent[]): EventLists {
  for (let from = 0; from < events.length; from += LIST_LENGTH) yield events.slice(from, from + LIST_LENGTH);
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
