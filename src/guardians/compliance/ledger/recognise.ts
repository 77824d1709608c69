/** What a ledger file is, by its first bytes: its header and its contents decide, never its name. */
import { decode } from '../../../core/source/text.ts';
import type { LedgerEncoding } from './byte-source.ts';
import { delimiterOf, rowsOf } from './text/csv.ts';
import { equityColumns } from './readers/equity.ts';
import { looksLikeRedisCapture } from './readers/nautilus-redis.ts';
import { TABLE_READERS } from './readers/tables.ts';
import { shown } from './reading.ts';
import { Columns, type TableReader, type TableRow } from './table.ts';

/** As many bytes of a file as are looked at. */
export const HEAD_BYTES = 1 << 16;

/** How the text of a file is written. */
export interface TextForm {
  readonly encoding: LedgerEncoding;
  /** Lines end in carriage returns alone. */
  readonly loneReturns: boolean;
}

/** A table as text: its header, and the rows of the head, whole ones only. */
export interface TextTable extends TextForm {
  readonly delimiter: string;
  readonly headerRow: number;
  readonly columns: Columns;
  readonly head: readonly TableRow[];
}

/** What a file was recognised as. */
export type Recognised =
  | ({ readonly is: 'json' | 'redis' | 'html' } & TextForm)
  | ({ readonly is: 'equity' } & TextTable)
  | ({ readonly is: 'table'; readonly reader: TableReader } & TextTable)
  | { readonly is: 'parquet' };

/** One sentence, without the file's name, why a file is no ledger. */
export interface Unknown {
  readonly is: 'unknown';
  readonly why: string;
}

const KNOWN = 'Known are Tickguard’s JSON lines, a CSV of equity (a time and an equity column), Tradovate (Performance, Orders, Position History, Fills), MetaTrader 5 (deals, as HTML or CSV), '
  + 'NinjaTrader 8 (executions), NautilusTrader (reports of fills, order fills, positions and the account; Redis capture), and Parquet of any of these tables';

/** True for a file that gzip packed. */
export function isPacked(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Recognises a file by its first bytes, unpacked; `whole` says that there are no more. */
export function recognise(head: Buffer, whole: boolean): Recognised | Unknown {
  if (head.length === 0) return unknown('the file is empty.');
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return { is: 'parquet' };
  if (head.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return unknown('it is a ZIP archive or an Excel workbook; save the sheet as CSV (from MetaTrader: the report as HTML).');
  const decoded = decode(whole ? head : head.subarray(0, wholeCharacters(head)));
  if (!decoded.ok) return unknown(`it is binary. ${KNOWN}.`);
  const { text, encoding } = decoded.source;
  const form: TextForm = { encoding: encoding === 'latin1' ? 'utf-8' : encoding, loneReturns: text.includes('\r') && !text.includes('\n') };
  const start = text.trimStart();
  if (start === '') return whole ? unknown('the file is empty.') : unknown(`it begins with nothing but blanks. ${KNOWN}.`);
  if (start.startsWith('{')) return looksLikeRedisCapture(start) ? { is: 'redis', ...form } : { is: 'json', ...form };
  if (start.startsWith('[')) return unknown('it is one JSON list; write one object a line, without brackets and commas around them.');
  if (start.startsWith('<') && /^<(?:!doctype|html|\?xml|table|head|body|!--)/i.test(start)) return { is: 'html', ...form };
  return tableOf(text, whole, form);
}

function unknown(why: string): Unknown {
  return { is: 'unknown', why };
}

/** The length of a head without a character of UTF-8 or UTF-16 that is cut in two. */
function wholeCharacters(head: Buffer): number {
  let end = head.length - (head.length % 2);
  if (head[0] === 0xff || head[0] === 0xfe || head.includes(0)) return end;
  end = head.length;
  for (let back = 1; back <= 3; back += 1) {
    const byte = head[end - back];
    if (byte === undefined || byte < 0x80) return end;
    if (byte >= 0xc0) return end - back;
  }
  return end;
}

function tableOf(text: string, whole: boolean, form: TextForm): Recognised | Unknown {
  const lines = (form.loneReturns ? text.replaceAll('\r', '\n') : text).split('\n');
  let headerRow = lines.findIndex((line) => line.trim() !== '') + 1;
  // Excel's own first line, which names the delimiter.
  if (/^sep=.\s*$/i.test(lines[headerRow - 1]!)) headerRow += 1;
  const header = lines[headerRow - 1] ?? '';
  const delimiter = delimiterOf(header);
  const columns = new Columns(rowsOf(header, delimiter)[0]?.cells ?? []);
  const end = whole || lines.at(-1) === '' ? lines.length : lines.length - 1;
  const head = rowsOf(lines.slice(headerRow, end).join('\n'), delimiter, headerRow + 1);
  const table: TextTable = { ...form, delimiter, headerRow, columns, head };
  return readerOf(columns, table) ?? unknown(unknownColumns(columns));
}

function readerOf(columns: Columns, table: TextTable): Recognised | undefined {
  const reader = tableReader(columns);
  if (reader !== undefined) return { is: 'table', reader, ...table };
  return equityColumns(columns) === undefined ? undefined : { is: 'equity', ...table };
}

/** One sentence, without the file's name, for a table that is none of the known ones. */
export function unknownColumns(columns: Columns): string {
  return `its first columns are ${firstColumns(columns)}, as in no known ledger. ${KNOWN}.`;
}

/** The reader of a table with these columns. */
export function tableReader(columns: Columns): TableReader | undefined {
  return TABLE_READERS.find((each) => each.fits(columns));
}

/** The first names of a header, for a sentence. */
function firstColumns(columns: Columns): string {
  const names = columns.written.slice(0, 4).map((name) => `“${shown(name)}”`);
  return `${names.join(', ')}${columns.written.length > 4 ? ', …' : ''}`;
}
