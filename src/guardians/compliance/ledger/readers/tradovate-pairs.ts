/**
 * Tradovate's Performance and Position History: one row a pair of fills, a purchase and a sale. TradingView's broker export has the same
 * header. Which of the two opened the position is told by their times, and by their ids where these are the same. A fill that was paired
 * with several others stands in several rows; its parts are put together again.
 */
import type { EventBase, Fill, LedgerEvent } from '../event.ts';
import { Ordered } from '../ordered.ts';
import { addQuantities } from '../text/quantity.ts';
import type { Reading } from '../reading.ts';
import { Sheet } from '../sheet.ts';
import type { Columns, TableReader, TableRow } from '../table.ts';

interface PairColumns {
  readonly instrument: number;
  readonly quantity: number;
  readonly profit: number;
  readonly buy: LegColumns;
  readonly sell: LegColumns;
  readonly currency: number;
  readonly account: number;
}

interface LegColumns {
  readonly id: number;
  readonly price: number;
  readonly time: number;
}

export const TRADOVATE_PERFORMANCE: TableReader = {
  format: 'tradovate-performance',
  title: 'Tradovate, Performance',
  fits: (columns) => columns.has('symbol', 'qty', 'buyprice', 'sellprice', 'boughttimestamp', 'soldtimestamp'),
  read: (columns, rows, reading) => readPairs({
    instrument: columns.of('symbol'), quantity: columns.of('qty'), profit: columns.of('pnl'),
    buy: { id: columns.of('buyfillid'), price: columns.of('buyprice'), time: columns.of('boughttimestamp') },
    sell: { id: columns.of('sellfillid'), price: columns.of('sellprice'), time: columns.of('soldtimestamp') },
    currency: -1, account: columns.of('account'),
  }, columns, rows, reading),
};

export const TRADOVATE_POSITION_HISTORY: TableReader = {
  format: 'tradovate-position-history',
  title: 'Tradovate, Position History',
  fits: (columns) => columns.has('pairedqty', 'contract', 'buyprice', 'sellprice', 'boughttimestamp', 'soldtimestamp'),
  read: (columns, rows, reading) => readPairs({
    instrument: columns.of('contract'), quantity: columns.of('pairedqty'), profit: columns.of('pl'),
    buy: { id: columns.of('buyfillid'), price: columns.of('buyprice'), time: columns.of('boughttimestamp') },
    sell: { id: columns.of('sellfillid'), price: columns.of('sellprice'), time: columns.of('soldtimestamp') },
    currency: columns.of('currency'), account: columns.of('account'),
  }, columns, rows, reading),
};

function readPairs(at: PairColumns, columns: Columns, rows: readonly TableRow[], reading: Reading): LedgerEvent[] {
  reading.say('This export has no fees: its profits are before costs.');
  reading.say('It has closed trades only: a position that is still open, and what a trade was at its worst, are not in it.');
  const sheet = new Sheet(columns, rows, reading, { times: [at.buy.time, at.sell.time], numbers: [], order: 'month-first' });
  const ordered = new Ordered(reading);
  const legs = new Map<string, Leg>();
  for (const row of sheet.rows()) readPair(row, at, sheet, ordered, legs);
  for (const { base, fill, id, quantity, realized } of legs.values()) {
    ordered.add({ ...base, ...fill, quantity, ...(realized === undefined ? {} : { realized }) }, id);
  }
  return ordered.sorted();
}

/** A fill in the making: of each further row of its own it takes quantity and profit. */
interface Leg {
  readonly base: EventBase;
  readonly fill: Pick<Fill, 'kind' | 'instrument' | 'side' | 'price'> & { readonly id?: string };
  readonly id: string | undefined;
  quantity: string;
  realized: number | undefined;
}

function readPair(row: TableRow, at: PairColumns, sheet: Sheet, ordered: Ordered, legs: Map<string, Leg>): void {
  const { reading } = sheet;
  if (!sheet.belongs(row, at.currency, at.account)) return;
  const quantity = sheet.quantity(row, at.quantity);
  const buy = legOf(row, at, at.buy, 'buy', sheet);
  const sell = legOf(row, at, at.sell, 'sell', sheet);
  const profit = sheet.cents(row, at.profit);
  if (reading.problem !== undefined) return;
  if (quantity === undefined || buy === undefined || sell === undefined) {
    reading.leaveOut();
    return;
  }
  if (buy.id !== undefined && sell.id !== undefined && !ordered.isNew(`${buy.id} ${sell.id}`)) return;
  const closing = isBefore(sell, buy) ? buy : sell;
  for (const leg of [buy, sell]) {
    const key = leg.id === undefined ? `row ${row.row} ${leg.fill.side}` : `${leg.fill.side} ${leg.id}`;
    const known = legs.get(key);
    const whole = known ?? leg;
    whole.quantity = known === undefined ? quantity : addQuantities(known.quantity, quantity);
    if (leg === closing && profit !== undefined) whole.realized = (whole.realized ?? 0) + profit;
    if (known === undefined) legs.set(key, leg);
  }
}

function legOf(row: TableRow, at: PairColumns, columns: LegColumns, side: Fill['side'], sheet: Sheet): Leg | undefined {
  const base = sheet.base(row, columns.time);
  const price = sheet.price(row, columns.price);
  if (base === undefined || price === undefined) return undefined;
  const id = sheet.text(row, columns.id) === '' ? undefined : sheet.text(row, columns.id);
  const fill = { kind: 'fill', instrument: sheet.text(row, at.instrument), side, price, ...(id === undefined ? {} : { id }) } as const;
  return { base, fill, id, quantity: '0', realized: undefined };
}

/** Whether a leg came before another: by time, then by id, which the platform counts up. */
function isBefore(a: Leg, b: Leg): boolean {
  if (a.base.at !== b.base.at) return a.base.at < b.base.at;
  const [left, right] = [a.id ?? '', b.id ?? ''];
  return left.length !== right.length ? left.length < right.length : left < right;
}
