/** Rows and cells of delimited text (RFC 4180, with any delimiter): for headers, and for files that are read whole. */
import type { TableRow } from '../table.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** What stands between the cells of a file: whatever its first line has most of, outside of quotation marks. */
export function delimiterOf(line: string): string {
  let best = ',';
  let most = 1;
  for (const delimiter of DELIMITERS) {
    const cells = rowsOf(line, delimiter)[0]?.cells.length ?? 1;
    if (cells > most) [best, most] = [delimiter, cells];
  }
  return best;
}

/**
 * All rows of a text, blank lines left out; `row` is the line a row begins on, from `firstRow`. A cell that begins with a quotation
 * mark goes on to the next one that is not doubled, over line breaks as well.
 */
export function rowsOf(written: string, delimiter: string, firstRow = 1): TableRow[] {
  const text = written.includes('\r') ? written.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : written;
  const rows: TableRow[] = [];
  let line = firstRow;
  let at = 0;
  while (at < text.length) {
    const row = line;
    const plain = plainLine(text, at);
    if (plain !== undefined) {
      at += plain.length + 1;
      add(rows, row, plain.split(delimiter));
      line += 1;
      continue;
    }
    const cells: string[] = [];
    let whole = false;
    for (;;) {
      const cell = text[at] === '"' ? quoted(text, at, delimiter) : bare(text, at, delimiter);
      cells.push(cell.text);
      whole = cell.whole;
      line += cell.lines;
      at = cell.end;
      if (text[at] !== delimiter) break;
      at += 1;
    }
    at += 1;
    line += 1;
    add(rows, row, whole && cells.length === 1 ? unwrapped(cells, delimiter) : cells);
  }
  return rows;
}

function add(rows: TableRow[], row: number, cells: readonly string[]): void {
  if (cells.length > 1 || cells[0]!.trim() !== '') rows.push({ row, cells });
}

/** The line that begins here, if it has no quotation mark: most have none. */
function plainLine(text: string, from: number): string | undefined {
  const feed = text.indexOf('\n', from);
  const line = text.slice(from, feed < 0 ? text.length : feed);
  return line.includes('"') ? undefined : line;
}

/** Some exports quote whole lines once more, as one cell. */
function unwrapped(cells: readonly string[], delimiter: string): readonly string[] {
  return rowsOf(cells[0]!, delimiter)[0]?.cells ?? cells;
}

/** A cell: where it ends, the line breaks in it, and whether it is all between quotation marks. */
interface Cell {
  readonly text: string;
  readonly end: number;
  readonly lines: number;
  readonly whole: boolean;
}

function bare(text: string, from: number, delimiter: string): Cell {
  let end = from;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end += 1;
  return { text: text.slice(from, end), end, lines: 0, whole: false };
}

function quoted(text: string, from: number, delimiter: string): Cell {
  let cell = '';
  let at = from + 1;
  let lines = 0;
  for (;;) {
    const close = text.indexOf('"', at);
    const piece = text.slice(at, close < 0 ? text.length : close);
    cell += piece;
    for (let feed = piece.indexOf('\n'); feed >= 0; feed = piece.indexOf('\n', feed + 1)) lines += 1;
    if (close < 0) return { text: cell, end: text.length, lines, whole: false };
    if (text[close + 1] !== '"') {
      // What follows a closing mark belongs to the cell, as spreadsheets read it.
      const more = bare(text, close + 1, delimiter);
      return { text: cell + more.text, end: more.end, lines, whole: more.text === '' };
    }
    cell += '"';
    at = close + 2;
  }
}
