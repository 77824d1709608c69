/**
 * Tradovate's Orders, one row an order with the average price of what was filled, and its Fills, one row a fill with its commission and
 * its time in UTC as well.
 */
import type { Fill, LedgerEvent } from '../event.ts';
import { Ordered } from '../ordered.ts';
import { shown, type Reading } from '../reading.ts';
import { Sheet } from '../sheet.ts';
import type { Columns, TableReader, TableRow } from '../table.ts';

/** What the column Text says of an order that the platform sent to close the account. */
const LIQUIDATION = /auto-?liq|liquidat/i;

export const TRADOVATE_ORDERS: TableReader = {
  format: 'tradovate-orders',
  title: 'Tradovate, Orders',
  fits: (columns) => columns.has('orderid', 'bs', 'contract', 'status', 'filltime') && columns.of('filledqty') >= 0,
  read: readOrders,
};

export const TRADOVATE_FILLS: TableReader = {
  format: 'tradovate-fills',
  title: 'Tradovate, Fills',
  fits: (columns) => columns.has('fillid', 'bs', 'contract', 'price', 'timestamp') && columns.of('quantity', 'qty') >= 0,
  read: readFills,
};

function readOrders(columns: Columns, rows: readonly TableRow[], reading: Reading): LedgerEvent[] {
  reading.say('This export has no fees.');
  const at = {
    order: columns.of('orderid'), side: columns.of('bs'), instrument: columns.of('contract'), status: columns.of('status'), fillTime: columns.of('filltime'),
    changed: columns.of('timestamp'), quantity: columns.of('filledqty'), price: columns.of('avgfillprice', 'avgprice'), text: columns.of('text'),
    currency: columns.of('currency'), account: columns.of('account'),
  };
  const sheet = new Sheet(columns, rows, reading, { times: [at.fillTime, at.changed], numbers: [], order: 'month-first' });
  const ordered = new Ordered(reading);
  for (const row of sheet.rows()) {
    if (!sheet.belongs(row, at.currency, at.account)) continue;
    const order = sheet.text(row, at.order);
    const instrument = sheet.text(row, at.instrument);
    const status = sheet.text(row, at.status).toLowerCase();
    // What was not filled has a time of its last change only: when it began to work is not in the file.
    if (sheet.text(row, at.fillTime) === '') {
      if (status === 'canceled' || status === 'cancelled') reading.say('Of orders that were cancelled this export does not tell since when they worked; they are left out.');
      const since = status === 'working' ? sheet.base(row, at.changed) : undefined;
      if (since !== undefined && ordered.isNew(order)) ordered.add({ kind: 'order', ...since, order, instrument, state: 'working' }, order);
      continue;
    }
    const side = sideOf(row, at.side, sheet);
    const quantity = sheet.quantity(row, at.quantity);
    const since = at.changed < 0 ? undefined : sheet.base(row, at.changed);
    const base = sheet.base(row, at.fillTime);
    if (side === undefined || quantity === undefined || base === undefined) { reading.leaveOut(); continue; }
    if (!ordered.isNew(order)) continue;
    const price = sheet.price(row, at.price);
    const text = sheet.text(row, at.text);
    const rested = since !== undefined && since.at < base.at;
    if (rested) ordered.add({ kind: 'order', ...since, order, instrument, state: 'working' }, order);
    ordered.add({
      kind: 'fill', ...base, instrument, side, quantity, ...(price === undefined ? {} : { price }), id: order, order,
      ...(text === '' ? {} : { tag: text }), ...(LIQUIDATION.test(text) ? { liquidation: true } : {}),
    }, order);
    if (rested) ordered.add({ kind: 'order', ...base, order, instrument, state: 'done' }, order);
  }
  return ordered.sorted();
}

function readFills(columns: Columns, rows: readonly TableRow[], reading: Reading): LedgerEvent[] {
  const at = {
    id: columns.of('fillid'), order: columns.of('orderid'), side: columns.of('bs'), instrument: columns.of('contract'), time: columns.of('timestamp'),
    quantity: columns.of('quantity', 'qty'), price: columns.of('price'), costs: columns.of('commission'), account: columns.of('account'),
  };
  if (at.costs < 0) reading.say('This export has no fees.');
  else reading.say('“commission” is taken for all costs of a fill; whether exchange fees are in it the export does not tell.');
  const sheet = new Sheet(columns, rows, reading, { times: [at.time], numbers: [], order: 'month-first' });
  const ordered = new Ordered(reading);
  for (const row of sheet.rows()) {
    if (!sheet.belongs(row, -1, at.account)) continue;
    const base = sheet.base(row, at.time);
    const side = sideOf(row, at.side, sheet);
    const quantity = sheet.quantity(row, at.quantity);
    const price = sheet.price(row, at.price);
    const costs = sheet.cents(row, at.costs);
    const [id, order] = [sheet.text(row, at.id), sheet.text(row, at.order)];
    if (base === undefined || side === undefined || quantity === undefined || price === undefined) { reading.leaveOut(); continue; }
    if (!ordered.isNew(id)) continue;
    ordered.add({
      kind: 'fill', ...base, instrument: sheet.text(row, at.instrument), side, quantity, price, ...(costs === undefined ? {} : { costs }),
      ...(id === '' ? {} : { id }), ...(order === '' ? {} : { order }),
    }, id);
  }
  return ordered.sorted();
}

function sideOf(row: TableRow, column: number, sheet: Sheet): Fill['side'] | undefined {
  const written = sheet.text(row, column).toLowerCase();
  if (written === 'buy' || written === 'sell') return written;
  return sheet.reading.refuse(row.row, `“${shown(written)}” in B/S is neither Buy nor Sell.`);
}
