/**
 * NautilusTrader's reports, written by pandas: `generate_fills_report` (a row a fill), `generate_order_fills_report` (a row an order),
 * `generate_positions_report` (a row a position) and `generate_account_report` (a row a state and currency). Column names and forms are those
 * of version 1.221.0; the fixtures were made by it (test/python/nautilus_ledgers.py).
 */
import type { Fill, LedgerEvent } from '../event.ts';
import { Ordered } from '../ordered.ts';
import { addQuantities, isNoQuantity, negateQuantity } from '../text/quantity.ts';
import { shown, type Reading } from '../reading.ts';
import { Sheet } from '../sheet.ts';
import type { Columns, TableReader, TableRow } from '../table.ts';

export const NAUTILUS_FILLS: TableReader = {
  format: 'nautilus-fills', title: 'NautilusTrader, fills report',
  fits: (columns) => columns.has('tradeid', 'instrumentid', 'orderside', 'lastqty', 'lastpx', 'tsevent'), read: readFills,
};
export const NAUTILUS_ORDER_FILLS: TableReader = {
  format: 'nautilus-fills', title: 'NautilusTrader, order fills report',
  fits: (columns) => columns.has('instrumentid', 'side', 'filledqty', 'avgpx', 'tslast'), read: readOrderFills,
};
export const NAUTILUS_POSITIONS: TableReader = {
  format: 'nautilus-positions', title: 'NautilusTrader, positions report',
  fits: (columns) => columns.has('instrumentid', 'entry', 'peakqty', 'tsopened', 'avgpxopen', 'realizedpnl'), read: readPositions,
};
export const NAUTILUS_ACCOUNT: TableReader = {
  format: 'nautilus-account', title: 'NautilusTrader, account report',
  fits: (columns) => columns.has('total', 'locked', 'free', 'currency'), read: readAccount,
};

function readFills(columns: Columns, rows: readonly TableRow[], reading: Reading): LedgerEvent[] {
  const at = {
    order: columns.of('clientorderid'), strategy: columns.of('strategyid'), instrument: columns.of('instrumentid'), id: columns.of('tradeid'), side: columns.of('orderside'),
    quantity: columns.of('lastqty'), price: columns.of('lastpx'), costs: columns.of('commission'), time: columns.of('tsevent'), account: columns.of('accountid'),
  };
  const sheet = new Sheet(columns, rows, reading, { times: [], numbers: [] });
  const ordered = new Ordered(reading);
  for (const row of sheet.rows()) {
    if (!sheet.belongs(row, -1, at.account)) continue;
    const base = sheet.base(row, at.time);
    const side = sideOf(row, at.side, sheet);
    const quantity = sheet.quantity(row, at.quantity);
    const price = sheet.price(row, at.price);
    const costs = sheet.cents(row, at.costs);
    if (base === undefined || side === undefined || quantity === undefined || price === undefined) { reading.leaveOut(); continue; }
    const [instrument, id] = [sheet.text(row, at.instrument), sheet.text(row, at.id)];
    // Venues count their trades by instrument.
    if (!ordered.isNew(id === '' ? '' : `${instrument} ${id}`)) continue;
    ordered.add({ kind: 'fill', ...base, instrument, side, quantity, price, ...(costs === undefined ? {} : { costs }), ...(id === '' ? {} : { id }), ...named(row, at, sheet) });
  }
  return ordered.sorted();
}

function readOrderFills(columns: Columns, rows: readonly TableRow[], reading: Reading): LedgerEvent[] {
  const at = {
    order: columns.of('clientorderid'), strategy: columns.of('strategyid'), instrument: columns.of('instrumentid'), side: columns.of('side'), quantity: columns.of('filledqty'),
    price: columns.of('avgpx'), costs: columns.of('commissions'), time: columns.of('tslast'), account: columns.of('accountid'), tags: columns.of('tags'),
  };
  reading.say('A row is an order: what was filled in parts is one fill, at the average price and the last time.');
  const sheet = new Sheet(columns, rows, reading, { times: [], numbers: [] });
  const ordered = new Ordered(reading);
  for (const row of sheet.rows()) {
    if (!sheet.belongs(row, -1, at.account)) continue;
    const base = sheet.base(row, at.time);
    const side = sideOf(row, at.side, sheet);
    const quantity = sheet.quantity(row, at.quantity);
    const price = sheet.price(row, at.price);
    const costs = listedCents(row, at.costs, sheet);
    if (base === undefined || side === undefined || quantity === undefined || price === undefined) { reading.leaveOut(); continue; }
    const id = sheet.text(row, at.order);
    if (!ordered.isNew(id)) continue;
    const tag = listed(sheet.text(row, at.tags)).join(', ');
    ordered.add({
      kind: 'fill', ...base, instrument: sheet.text(row, at.instrument), side, quantity, price, ...(costs === undefined ? {} : { costs }), ...(id === '' ? {} : { id }),
      ...named(row, at, sheet), ...(tag === '' || tag === 'None' || tag === 'nan' ? {} : { tag }),
    });
  }
  return ordered.sorted();
}

function readPositions(columns: Columns, rows: readonly TableRow[], reading: Reading): LedgerEvent[] {
  const at = {
    id: columns.of('positionid'), strategy: columns.of('strategyid'), instrument: columns.of('instrumentid'), entry: columns.of('entry'), left: columns.of('quantity'),
    peak: columns.of('peakqty'), opened: columns.of('tsopened'), closed: columns.of('tsclosed'), last: columns.of('tslast'), in: columns.of('avgpxopen'), out: columns.of('avgpxclose'),
    profit: columns.of('realizedpnl'), costs: columns.of('commissions'), account: columns.of('accountid'), opening: columns.of('openingorderid'), closing: columns.of('closingorderid'),
  };
  reading.say('A row is a position: its whole size is taken as bought and sold at once, at average prices; what was added and taken off between is not in the file.');
  reading.say('All commissions of a position are taken at its end.');
  const sheet = new Sheet(columns, rows, reading, { times: [], numbers: [] });
  const ordered = new Ordered(reading);
  for (const row of sheet.rows()) {
    if (!sheet.belongs(row, -1, at.account)) continue;
    const opened = sheet.base(row, at.opened);
    const side = sideOf(row, at.entry, sheet);
    const peak = sheet.quantity(row, at.peak);
    const left = sheet.reading.decimal(sheet.text(row, at.left), row.row, 'quantity') ?? '0';
    const [priceIn, priceOut] = [sheet.price(row, at.in), sheet.price(row, at.out)];
    const [profit, costs] = [sheet.cents(row, at.profit), listedCents(row, at.costs, sheet)];
    if (opened === undefined || side === undefined || peak === undefined || priceIn === undefined) { reading.leaveOut(); continue; }
    if (!ordered.isNew(`${sheet.text(row, at.id)} ${opened.at} ${opened.nanos ?? 0}`)) continue;
    const common = { kind: 'fill', instrument: sheet.text(row, at.instrument), ...named(row, { strategy: at.strategy, order: -1 }, sheet) } as const;
    const order = (column: number): { order?: string } => (sheet.text(row, column) === '' ? {} : { order: sheet.text(row, column) });
    ordered.add({ ...common, ...opened, side, quantity: peak, price: priceIn, ...order(at.opening) });
    const closedQuantity = addQuantities(peak, negateQuantity(left));
    if (isNoQuantity(closedQuantity) || priceOut === undefined) continue;
    const closed = sheet.base(row, at.closed) ?? sheet.base(row, at.last);
    if (closed === undefined) { reading.leaveOut(); continue; }
    ordered.add({
      ...common, ...closed, side: side === 'buy' ? 'sell' : 'buy', quantity: closedQuantity, price: priceOut, ...order(at.closing),
      // The report's profit is after commissions.
      ...(profit === undefined ? {} : { realized: profit + (costs ?? 0) }), ...(costs === undefined ? {} : { costs }),
    });
  }
  return ordered.sorted();
}

function readAccount(columns: Columns, rows: readonly TableRow[], reading: Reading): LedgerEvent[] {
  const at = { time: columns.of('', 'index', 'indexlevel0', 'tsevent', 'timestamp', 'unnamed0'), total: columns.of('total'), currency: columns.of('currency'), account: columns.of('accountid') };
  if (at.time < 0) {
    reading.problem ??= `${reading.name}: the account report has no column of times; write it with its index: report.to_csv(path).`;
    return [];
  }
  reading.say('The account report has balances after fills: open profit and loss is not in them, so between fills the equity is not known.');
  const sheet = new Sheet(columns, rows, reading, { times: [], numbers: [] });
  const ordered = new Ordered(reading);
  for (const row of sheet.rows()) {
    if (!sheet.belongs(row, at.currency, at.account)) continue;
    const base = sheet.base(row, at.time);
    const total = sheet.cents(row, at.total);
    if (base === undefined || total === undefined) { reading.leaveOut(); continue; }
    ordered.add({ kind: 'mark', ...base, equity: total, balance: total });
  }
  return ordered.sorted();
}

function named(row: TableRow, at: { readonly order: number; readonly strategy: number }, sheet: Sheet): Pick<Fill, 'order' | 'strategy'> {
  const [order, strategy] = [sheet.text(row, at.order), sheet.text(row, at.strategy)];
  return { ...(order === '' ? {} : { order }), ...(strategy === '' ? {} : { strategy }) };
}

function sideOf(row: TableRow, column: number, sheet: Sheet): Fill['side'] | undefined {
  const written = sheet.text(row, column).toLowerCase();
  if (written === 'buy' || written === 'sell') return written;
  return sheet.reading.refuse(row.row, `“${shown(written)}” is neither BUY nor SELL.`);
}

/** The sum of a list as Python prints it: `['2.05 USD', '0.10 USD']`. */
function listedCents(row: TableRow, column: number, sheet: Sheet): number | undefined {
  let sum: number | undefined;
  for (const item of listed(sheet.text(row, column))) {
    const cents = sheet.reading.centsIfAny(item, row.row, '“commissions”');
    if (cents !== undefined) sum = (sum ?? 0) + cents;
  }
  return sum;
}

/** The items of a list as Python or numpy prints it. */
function listed(text: string): string[] {
  const inner = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  return inner.split(/[,'"]/).map((item) => item.trim()).filter((item) => item !== '');
}
