/** The rows of the tables in an HTML report, as text: enough HTML for what platforms write, in one pass over it. */
import type { TableRow } from '../table.ts';

const ENTITIES = new Map([['nbsp', ' '], ['amp', '&'], ['lt', '<'], ['gt', '>'], ['quot', '"'], ['apos', "'"]]);
const SPAN = /colspan\s{0,9}=\s{0,9}["']?(\d{1,3})/i;
const ENTITY = /&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,6});/gi;

/** All rows of a page in order; a cell over several columns is followed by empty ones. `row` is the line a row begins on. */
export function htmlRows(html: string): TableRow[] {
  const rows: TableRow[] = [];
  let cells: string[] | undefined;
  let cell: string | undefined;
  let span = 1;
  let line = 1;
  let row = 1;
  let counted = 0;
  const endCell = (): void => {
    if (cell === undefined || cells === undefined) return;
    cells.push(decoded(cell).trim());
    for (let more = 1; more < span; more += 1) cells.push('');
    cell = undefined;
  };
  const endRow = (): void => {
    endCell();
    if (cells !== undefined) rows.push({ row, cells });
    cells = undefined;
  };
  let at = 0;
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', at)) {
    if (cell !== undefined) cell += html.slice(at, open);
    const close = html.indexOf('>', open);
    if (close < 0) break;
    const tag = html.slice(open + 1, close);
    const name = /^\/?[a-z]+/i.exec(tag)?.[0].toLowerCase() ?? '';
    if (name === 'tr') {
      endRow();
      for (let feed = html.indexOf('\n', counted); feed >= 0 && feed < open; feed = html.indexOf('\n', counted)) { line += 1; counted = feed + 1; }
      row = line;
      cells = [];
    } else if (name === 'td' || name === 'th') {
      endCell();
      cells ??= [];
      cell = '';
      span = Number(SPAN.exec(tag)?.[1] ?? 1);
    } else if (name === '/td' || name === '/th') endCell();
    else if (name === '/tr' || name === '/table' || name === 'table') endRow();
    else if (name === 'br' && cell !== undefined) cell += ' ';
    at = close + 1;
  }
  return rows;
}

/** Whether the page goes on to its end: a report that was cut off closes no table any more. */
export function isWholePage(html: string): boolean {
  return html.slice(-4096).toLowerCase().includes('</table');
}

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES.get(name.toLowerCase()) ?? whole;
    const code = name[1] === 'x' || name[1] === 'X' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
