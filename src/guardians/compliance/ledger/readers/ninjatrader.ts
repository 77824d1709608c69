/**
 * NinjaTrader 8's grid of executions, saved as CSV: one row an execution, the newest on top, times and numbers as the computer's settings
 * write them, a comma at the end of every line.
 */
import type { Fill, LedgerEvent } from '../event.ts';
import { Ordered } from '../ordered.ts';
import { shown, type Reading } from '../reading.ts';
import { Sheet } from '../sheet.ts';
import { plainName, type Columns, type TableReader, type TableRow } from '../table.ts';

const SIDES = new Map<string, Fill['side']>([['buy', 'buy'], ['buytocover', 'buy'], ['sell', 'sell'], ['sellshort', 'sell']]);

export const NINJATRADER_EXECUTIONS: TableReader = {
  format: 'ninjatrader-executions',
  title: 'NinjaTrader 8, executions',
  fits: (columns) => columns.has('instrument', 'action', 'quantity', 'price', 'time', 'id', 'ex'),
  read: readExecutions,
};

function readExecutions(columns: Columns, rows: readonly TableRow[], reading: Reading): LedgerEvent[] {
  const at = {
    instrument: columns.of('instrument'), action: columns.of('action'), quantity: columns.of('quantity'), price: columns.of('price'), time: columns.of('time'),
    id: columns.of('id'), order: columns.of('orderid'), name: columns.of('name'), costs: columns.of('commission'), account: columns.of('account'),
  };
  if (at.costs < 0) reading.say('This export has no fees.');
  const sheet = new Sheet(columns, rows, reading, { times: [at.time], numbers: [at.price, at.costs] });
  const ordered = new Ordered(reading);
  let costs = 0;
  for (const row of sheet.rows()) {
    if (!sheet.belongs(row, -1, at.account)) continue;
    const side = SIDES.get(plainName(sheet.text(row, at.action)));
    if (side === undefined) { reading.refuse(row.row, `“${shown(sheet.text(row, at.action))}” in Action is none of Buy, Sell, BuyToCover and SellShort.`); continue; }
    const base = sheet.base(row, at.time);
    const quantity = sheet.quantity(row, at.quantity);
    const price = sheet.price(row, at.price);
    const cost = sheet.cents(row, at.costs);
    if (base === undefined || quantity === undefined || price === undefined) { reading.leaveOut(); continue; }
    const [id, order, name] = [sheet.text(row, at.id), sheet.text(row, at.order), sheet.text(row, at.name)];
    if (!ordered.isNew(id)) continue;
    costs += Math.abs(cost ?? 0);
    ordered.add({
      kind: 'fill', ...base, instrument: sheet.text(row, at.instrument), side, quantity, price, ...(cost === undefined ? {} : { costs: cost }),
      ...(id === '' ? {} : { id }), ...(order === '' ? {} : { order }), ...(name === '' ? {} : { tag: name }),
    }, id);
  }
  if (at.costs >= 0 && costs === 0) reading.say('Every commission is 0.00: no commission template is set for this account, so results are before costs.');
  return ordered.sorted();
}
