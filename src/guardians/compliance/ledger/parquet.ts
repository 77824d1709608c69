/**
 * Parquet files as tables of text. A row group is decoded at a time, its rows are handed over in short lists. Nothing goes through a float or a date on the way: the types that the library would
 * convert (timestamps to milliseconds, decimals to floats) are taken off its schema, so that it hands over whole numbers, and are written out here.
 */
import { asyncBufferFromFile, parquetMetadataAsync, parquetScan, parquetSchema, type AsyncBuffer, type FileMetaData, type SchemaElement } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { Columns, type TableRow } from './table.ts';

/** An opened Parquet file: its columns, and its rows by group. */
export interface ParquetTable {
  readonly columns: Columns;
  /** The rows in order, a list at a time, `row` from 1; cells of columns that are not asked for (by index) stay empty. */
  lists(wanted: readonly number[] | undefined): AsyncGenerator<readonly TableRow[]>;
}

type Writer = (value: unknown) => string;

/** Opens a file by its footer. Throws what the library throws for one that is damaged. */
export async function openParquet(path: string): Promise<ParquetTable> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const leaves = parquetSchema(metadata).children;
  const names = leaves.map(({ element }) => element.name);
  const writers = leaves.map(({ element }) => writerOf(element));
  const plain: FileMetaData = { ...metadata, schema: metadata.schema.map(withoutMeaning) };
  return { columns: new Columns(names), lists: (wanted) => listsOf(file, plain, names, writers, wanted) };
}

async function* listsOf(file: AsyncBuffer, metadata: FileMetaData, names: readonly string[], writers: readonly Writer[], wanted: readonly number[] | undefined): AsyncGenerator<readonly TableRow[]> {
  const chosen = wanted ?? names.map((_, index) => index);
  const scan = await parquetScan({
    file, metadata, columns: chosen.map((index) => names[index]!), compressors, utf8: false, useOffsetIndex: false,
    parsers: { timestampFromNanoseconds: (nanos: bigint) => instantText(nanos, 1_000_000_000n, true) },
  });
  for (const range of scan.ranges) {
    const columns = await Promise.all(chosen.map((index) => scan.readColumn({ ...range, column: names[index]! })));
    const length = range.rowEnd - range.rowStart;
    for (let from = 0; from < length; from += LIST_LENGTH) {
      const rows: TableRow[] = [];
      for (let at = from; at < Math.min(from + LIST_LENGTH, length); at += 1) {
        const cells = names.map(() => '');
        for (const [place, column] of chosen.entries()) cells[column] = writers[column]!(columns[place]![at]);
        rows.push({ row: range.rowStart + at + 1, cells });
      }
      yield rows;
    }
  }
}

const LIST_LENGTH = 8192;
const PER_SECOND = { MILLIS: 1000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n } as const;

/** A schema element without the types that the library would convert inexactly. */
function withoutMeaning(element: SchemaElement): SchemaElement {
  const { converted_type: converted, logical_type: logical, ...rest } = element;
  const inexact = converted === 'DECIMAL' || converted === 'DATE' || converted === 'TIMESTAMP_MILLIS' || converted === 'TIMESTAMP_MICROS'
    || logical?.type === 'TIMESTAMP' || logical?.type === 'DECIMAL' || logical?.type === 'DATE';
  return inexact ? rest : element;
}

/** How a column's values are written as text. */
function writerOf({ type, converted_type: converted, logical_type: logical, scale = 0 }: SchemaElement): Writer {
  if (logical?.type === 'TIMESTAMP') {
    const { unit, isAdjustedToUTC } = logical;
    return present((value) => instantText(BigInt(value as bigint), PER_SECOND[unit], isAdjustedToUTC));
  }
  if (converted === 'TIMESTAMP_MILLIS') return present((value) => instantText(BigInt(value as bigint), PER_SECOND.MILLIS, true));
  if (converted === 'TIMESTAMP_MICROS') return present((value) => instantText(BigInt(value as bigint), PER_SECOND.MICROS, true));
  if (converted === 'DATE' || logical?.type === 'DATE') return present((value) => new Date(Number(value) * 86_400_000).toISOString().slice(0, 10));
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') {
    const places = logical?.type === 'DECIMAL' ? logical.scale : scale;
    return present((value) => decimalOf(value instanceof Uint8Array ? signedOf(value) : BigInt(value as bigint), places));
  }
  if (type === 'FLOAT') return present((value) => shortFloat(Number(value)));
  return present(plainText);
}

function present(write: (value: unknown) => string): Writer {
  return (value) => (value === null || value === undefined ? '' : write(value));
}

function plainText(value: unknown): string {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (Array.isArray(value)) return `[${value.map(present(plainText)).join(', ')}]`;
  return String(value);
}

/** From this count of nanoseconds on (March 1973) its digits alone say what they are. */
const PLAIN_NANOS = 100_000_000_000_000_000n;

/** A count since 1970 as nanoseconds, or as `2026-03-02T14:30:00.000000246` where the column is on no zone's clock. */
function instantText(count: bigint, perSecond: bigint, utc: boolean): string {
  const nanoseconds = count * (1_000_000_000n / perSecond);
  if (utc && nanoseconds >= PLAIN_NANOS) return nanoseconds.toString();
  const rest = ((nanoseconds % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const second = new Date(Number((nanoseconds - rest) / 1_000_000n)).toISOString().slice(0, 19);
  return `${second}.${rest.toString().padStart(9, '0')}${utc ? 'Z' : ''}`;
}

/** A whole number of the smallest unit with its decimal point. */
function decimalOf(unscaled: bigint, places: number): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(places + 1, '0');
  const cut = digits.length - places;
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, cut)}${places === 0 ? '' : `.${digits.slice(cut)}`}`;
}

/** A whole number of big-endian bytes in two's complement. */
function signedOf(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = value * 256n + BigInt(byte);
  return bytes.length > 0 && bytes[0]! >= 128 ? value - (1n << BigInt(bytes.length * 8)) : value;
}

/** The shortest decimal that is this 32-bit float, as its program would print it. */
function shortFloat(value: number): string {
  for (let digits = 6; digits < 9; digits += 1) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(value);
}
