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
export function rowsOf(text: string, delimiter: string, firstRow = 1): TableRow[] {
  const rows: TableRow[] = [];
  let line = firstRow;
  let at = 0;
  while (at < text.length) {
    const row = line;
    const cells: string[] = [];
    for (;;) {
      const cell = text[at] === '"' ? quoted(text, at, delimiter) : bare(text, at, delimiter);
      cells.push(cell.text);
      line += cell.lines;
      at = cell.end;
      if (text[at] !== delimiter) break;
      at += 1;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    at += 1;
    line += 1;
    if (cells.length > 1 || cells[0]!.trim() !== '') rows.push({ row, cells: unwrapped(cells, delimiter) });
  }
  return rows;
}

/** Some exports quote whole lines once more, as one cell. */
function unwrapped(cells: readonly string[], delimiter: string): readonly string[] {
  if (cells.length !== 1 || !cells[0]!.includes(delimiter)) return cells;
  return rowsOf(cells[0]!, delimiter)[0]?.cells ?? cells;
}

function bare(text: string, from: number, delimiter: string): { text: string; end: number; lines: number } {
  let end = from;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { text: text.slice(from, end), end, lines: 0 };
}

function quoted(text: string, from: number, delimiter: string): { text: string; end: number; lines: number } {
  let cell = '';
  let at = from + 1;
  let lines = 0;
  for (;;) {
    const close = text.indexOf('"', at);
    const piece = text.slice(at, close < 0 ? text.length : close);
    cell += piece;
    for (let feed = piece.indexOf('\n'); feed >= 0; feed = piece.indexOf('\n', feed + 1)) lines += 1;
    if (close < 0) return { text: cell, end: text.length, lines };
    if (text[close + 1] !== '"') {
      // What follows a closing mark belongs to the cell, as spreadsheets read it.
      const more = bare(text, close + 1, delimiter);
      return { text: cell + more.text, end: more.end, lines };
    }
    cell += '"';
    at = close + 2;
  }
}
