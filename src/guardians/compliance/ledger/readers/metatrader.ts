/**
 * The deals of MetaTrader 5: of the account's history and of the strategy tester's report, which are one table. Times are on the clock of
 * the broker's server. Commission and swap are written as the account feels them (negative: paid); here costs are positive.
 */
import type { Cash, EventBase, LedgerEvent } from '../event.ts';
import { moneyText } from '../../packs/money.ts';
import { Ordered } from '../ordered.ts';
import { shown, type Reading } from '../reading.ts';
import { Sheet } from '../sheet.ts';
import { fits, type Columns, type TableReader, type TableRow } from '../table.ts';

/** Types of deals that move money without a trade: what the amount is. (ENUM_DEAL_TYPE, MQL5 reference, as reports write them.) */
const MOVES = new Map<string, 'transfer' | 'cost'>([
  ['balance', 'transfer'], ['credit', 'transfer'], ['bonus', 'transfer'],
  ['charge', 'cost'], ['correction', 'cost'], ['commission', 'cost'], ['commission daily', 'cost'], ['commission monthly', 'cost'], ['daily commission', 'cost'],
  ['monthly commission', 'cost'], ['agent commission', 'cost'], ['commission agent daily', 'cost'], ['commission agent monthly', 'cost'], ['interest', 'cost'],
  ['interest rate', 'cost'], ['dividend', 'cost'], ['dividend franked', 'cost'], ['franked dividend', 'cost'], ['tax', 'cost'],
]);
/** What a comment says of profit that was paid out. */
const PAYOUT = /pay-?out|profit (?:split|share)|reward/i;
/** What a deal's time begins with; the rows of totals below have none. */
const DIGIT = /^\d/;

/** Whether a table has the columns of deals. */
export function isDealTable(columns: Columns): boolean {
  return columns.has('time', 'deal', 'symbol', 'type', 'direction', 'volume', 'price', 'profit');
}

export const METATRADER_CSV: TableReader = { format: 'mt5-csv', title: 'MetaTrader 5, deals (CSV)', fits: isDealTable, read: readDeals };

/** Events of a table of deals; the rows of totals at its end are passed over. */
export function readDeals(columns: Columns, rows: readonly TableRow[], reading: Reading): LedgerEvent[] {
  const at = {
    time: columns.of('time'), deal: columns.of('deal'), symbol: columns.of('symbol'), type: columns.of('type'), volume: columns.of('volume'), price: columns.of('price'),
    order: columns.of('order'), commission: columns.of('commission'), fee: columns.of('fee'), swap: columns.of('swap'), profit: columns.of('profit'),
    balance: columns.of('balance'), comment: columns.of('comment'),
  };
  const deals = rows.filter(({ cells }) => DIGIT.test((cells[at.time] ?? '').trim()));
  const sheet = new Sheet(columns, deals, reading, { times: [at.time], numbers: [at.price, at.commission, at.fee, at.swap, at.profit, at.balance] });
  const ordered = new Ordered(reading);
  const deposits = new Set<number>();
  for (const row of deals) {
    if (reading.problem !== undefined || !fits(row, columns, reading)) break;
    const base = sheet.base(row, at.time);
    const type = sheet.text(row, at.type).toLowerCase();
    const deal = sheet.text(row, at.deal);
    const amount = (column: number): number => sheet.cents(row, column) ?? 0;
    const costs = -(amount(at.commission) + amount(at.fee) + amount(at.swap)) + 0;
    const profit = sheet.cents(row, at.profit);
    if (reading.problem !== undefined) break;
    if (base === undefined) { reading.leaveOut(); continue; }
    if (!ordered.isNew(deal)) continue;
    if (type !== 'buy' && type !== 'sell') {
      const event = movedMoney(base, type, (profit ?? 0) - costs, sheet.text(row, at.comment), reading);
      if (event !== undefined) ordered.add(event, deal);
      if (type === 'balance' && event?.what === 'deposit') deposits.add(row.row);
      continue;
    }
    const quantity = sheet.quantity(row, at.volume);
    const price = sheet.price(row, at.price);
    const balance = sheet.cents(row, at.balance);
    const [order, comment] = [sheet.text(row, at.order), sheet.text(row, at.comment)];
    if (quantity === undefined || price === undefined) { reading.leaveOut(); continue; }
    ordered.add({
      kind: 'fill', ...base, instrument: sheet.text(row, at.symbol), side: type, quantity, price, ...(profit === undefined ? {} : { realized: profit }), costs,
      ...(balance === undefined ? {} : { balance }), ...(deal === '' ? {} : { id: deal }), ...(order === '' ? {} : { order }), ...(comment === '' ? {} : { tag: comment }),
    }, deal);
  }
  reading.say('Deals have no equity: open profit and loss between them is not in the file.');
  const events = ordered.sorted();
  const first = events[0];
  if (first?.kind !== 'cash' || !deposits.has(first.row)) return events;
  // What the account began with is a mark of that equity and no deposit, which would count it twice.
  reading.say(`The first deposit, ${moneyText(first.amount)}, is taken for what the account began with.`);
  const { kind: _kind, what: _what, amount, ...base } = first;
  return [{ kind: 'mark', ...base, equity: amount, balance: amount }, ...events.slice(1)];
}

/** Money that moved without a trade. */
function movedMoney(base: EventBase, type: string, amount: number, comment: string, reading: Reading): Cash | undefined {
  const move = MOVES.get(type);
  if (move === undefined) return reading.refuse(base.row, `“${shown(type)}” is no type of deal that is known; set MetaTrader’s language to English and save the report once more.`);
  if (amount === 0) return undefined;
  if (move === 'cost') return { kind: 'cash', ...base, what: 'fee', amount: -amount + 0 };
  const out: Cash['what'] = PAYOUT.test(comment) ? 'payout' : 'withdrawal';
  return { kind: 'cash', ...base, what: amount > 0 ? 'deposit' : out, amount: Math.abs(amount) };
}
