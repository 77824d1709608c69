/** Rows and named columns, whatever file they came from. */
import type { LedgerEvent, LedgerFormat } from './event.ts';
import type { Reading } from './reading.ts';

/** One row: where it stands in the file, and its cells as text. */
export interface TableRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** A column's name without case, blanks and punctuation: `_tickSize`, `Tick Size` and `ticksize` are one. */
export function plainName(name: string): string {
  let plain = '';
  for (const char of name.toLowerCase()) if ((char >= 'a' && char <= 'z') || (char >= '0' && char <= '9') || char > '\u007F') plain += char;
  return plain.replaceAll('\uFEFF', '').replaceAll('\u00A0', '');
}

/** The columns of a table, found by name. */
export class Columns {
  /** As the file writes them. */
  readonly written: readonly string[];
  readonly #index = new Map<string, number>();

  constructor(written: readonly string[]) {
    // A comma at the end of the header makes a last column without a name.
    this.written = written.length > 1 && written.at(-1)!.trim() === '' ? written.slice(0, -1) : written;
    this.written.forEach((name, index) => {
      const plain = plainName(name);
      if (!this.#index.has(plain)) this.#index.set(plain, index);
    });
  }

  /** Index of the first column that has one of these plain names, in the order of the names; -1 for none. */
  of(...names: readonly string[]): number {
    for (const name of names) {
      const index = this.#index.get(name);
      if (index !== undefined) return index;
    }
    return -1;
  }

  /** Whether all of these plain names are there. */
  has(...names: readonly string[]): boolean {
    return names.every((name) => this.#index.has(name));
  }
}

/** False for a row that has not as many cells as the header: it is refused, since its cells may stand under the wrong names. Empty cells at the end may be one too many. */
export function fits(row: TableRow, columns: Columns, reading: Reading): boolean {
  const want = columns.written.length;
  const have = row.cells.length;
  if (have < want) {
    reading.refuse(row.row, `it has ${have} of ${want} columns; the file was cut off there: export it once more.`);
    return false;
  }
  if (row.cells.slice(want).some((cell) => cell.trim() !== '')) {
    reading.refuse(row.row, `it has ${have} columns, the header has ${want}; a number with commas needs quotation marks.`);
    return false;
  }
  return true;
}

/** A row without anything in it. */
export function isBlankRow(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/** A reader of a table that is read whole and sorted. */
export interface TableReader {
  readonly format: LedgerFormat;
  /** The format's name for people. */
  readonly title: string;
  /** Whether a table with these columns is one of these. */
  fits(columns: Columns): boolean;
  /** The events in order of time; `reading.problem` tells what ended it early. */
  read(columns: Columns, rows: readonly TableRow[], reading: Reading): LedgerEvent[];
}
