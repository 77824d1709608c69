/** MetaTrader 5's report as HTML: its table of deals is found by its header. */
import type { LedgerEvent } from '../event.ts';
import { htmlRows, isWholePage } from '../text/html-rows.ts';
import type { Reading } from '../reading.ts';
import { Columns, type TableRow } from '../table.ts';
import { isDealTable, readDeals } from './metatrader.ts';

/** `12345678 (USD, Broker-Server, real, Hedge)` in the head of an account's report. */
const ACCOUNT = /^\d{1,12}\s{0,3}\(([A-Z]{3,5}),/;
const DATE = /^\d{4}[.-]\d{2}[.-]\d{2}/;

export const METATRADER_HTML = { format: 'mt5-html', title: 'MetaTrader 5, report (HTML)' } as const;

/** Events of the deals of a report. */
export function readReport(html: string, reading: Reading): LedgerEvent[] {
  const rows = htmlRows(html);
  const start = rows.findIndex(({ cells }) => isDealTable(new Columns(cells)));
  if (start < 0) {
    reading.problem ??= `${reading.name}: this page has no table of deals (Time, Deal, Symbol, Type, Direction, …); in MetaTrader 5, set to English, save the report of the history or of the tester as HTML.`;
    return [];
  }
  if (!isWholePage(html)) {
    reading.refuse(rows.at(-1)!.row, 'the page ends within its table; the file was cut off there: save the report once more.');
    return [];
  }
  for (const row of rows.slice(0, start)) if (!currencyFits(row, reading)) return [];
  const below = rows.slice(start + 1);
  const end = below.findIndex(({ cells }) => !DATE.test(cells[0] ?? ''));
  return readDeals(new Columns(rows[start]!.cells), end < 0 ? below : below.slice(0, end), reading);
}

/** The head of a report names the account's currency. */
function currencyFits({ row, cells }: TableRow, reading: Reading): boolean {
  for (const [index, cell] of cells.entries()) {
    const code = ACCOUNT.exec(cell)?.[1] ?? (cell === 'Currency:' ? cells.slice(index + 1).find((next) => next !== '') : undefined);
    if (code !== undefined && !reading.currency(code, row)) return false;
  }
  return true;
}
