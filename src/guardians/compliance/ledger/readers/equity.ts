/**
 * A series of equity: a column of times and one of equity (or of balance, with or without open profit). Read as CSV from bytes, line by
 * line in constant memory, or from the rows of a table.
 */
import { wholeLines } from '../byte-source.ts';
import { type Clock, textOfBytes } from '../text/clock.ts';
import { rowsOf } from '../text/csv.ts';
import type { LedgerEvent, Mark } from '../event.ts';
import { centsOfBytes } from '../text/money-bytes.ts';
import { NumberProof } from '../text/number-text.ts';
import { orderProof } from '../text/time-text.ts';
import type { EventLists, Reading } from '../reading.ts';
import { fits, isBlankRow, type Columns, type TableRow } from '../table.ts';

const TIME = ['timestamp', 'tsevent', 'time', 'datetime', 'date', 'ts', 'tsinit', 'at', 'indexlevel0', ''] as const;
const EQUITY = ['equity', 'netliq', 'netliquidation', 'netliquidationvalue', 'netliquidity', 'accountvalue', 'totalequity', 'accountequity', 'portfoliovalue', 'nav'] as const;
const BALANCE = ['balance', 'cashbalance', 'accountbalance', 'cash', 'total'] as const;
/** Without an equity column these alone make no ledger: any table may have them. */
const BALANCE_ALONE = ['balance', 'cashbalance', 'accountbalance'] as const;
const OPEN = ['unrealized', 'unrealizedpnl', 'openpnl', 'openprofit', 'floating', 'floatingpl', 'floatingpnl', 'profitunrealized'] as const;

/** A time of day without a date. */
const TIME_OF_DAY = /^\s{0,9}\d{1,2}:\d{2}/;

/** Where the columns of a series stand; -1 for one that is not there. */
export interface EquityColumns {
  readonly time: number;
  /** Where the time column has times of day alone: the column of their dates. */
  readonly date: number;
  readonly equity: number;
  readonly balance: number;
  readonly open: number;
  readonly currency: number;
  readonly account: number;
  readonly count: number;
}

/** The columns of a series of equity; undefined for a table that is none. */
export function equityColumns(columns: Columns): EquityColumns | undefined {
  const time = columns.of(...TIME);
  const equity = columns.of(...EQUITY);
  const balance = columns.of(...(equity < 0 ? BALANCE_ALONE : BALANCE));
  if (time < 0 || (equity < 0 && balance < 0)) return undefined;
  return {
    time, date: columns.has('date', 'time') && time === columns.of('time') ? columns.of('date') : -1, equity, balance, open: equity < 0 ? columns.of(...OPEN) : -1, currency: columns.of('currency'),
    account: columns.of('account', 'accountid', 'accountname'), count: columns.written.length,
  };
}

/** A row's time as text: with its date before it, where that stands in a column of its own. */
export function timeText(cells: readonly string[], at: EquityColumns): string {
  const time = cells[at.time] ?? '';
  return at.date >= 0 && TIME_OF_DAY.test(time) ? `${(cells[at.date] ?? '').trim()} ${time.trim()}` : time;
}

/** What is said of a series that has a balance and nothing of open profit. */
function sayBalanceOnly(at: EquityColumns, reading: Reading): void {
  if (at.equity < 0 && at.open < 0) reading.say('There is no equity column: the balance is taken for the equity, so open profit and loss are not seen.');
}

/** Looks at the first rows for the decimal mark and the order of day and month. False where day and month are still open, though they matter. */
export function learnEquity(head: readonly TableRow[], at: EquityColumns, clock: Clock, reading: Reading): boolean {
  const proof = new NumberProof();
  let open = false;
  let learned = false;
  for (const { cells } of head) {
    for (const index of [at.equity, at.balance, at.open]) if (index >= 0) proof.see(cells[index] ?? '');
    const time = timeText(cells, at);
    learned = clock.learn(time) || learned;
    open ||= orderProof(time) === 'either';
  }
  reading.decideMark(proof);
  return learned || !open;
}

/** Marks of rows that are cells already. */
export function equityMarks(rows: readonly TableRow[], at: EquityColumns, columns: Columns, clock: Clock, reading: Reading): Mark[] {
  sayBalanceOnly(at, reading);
  const marks: Mark[] = [];
  for (const row of rows) {
    if (isBlankRow(row.cells)) continue;
    if (!fits(row, columns, reading)) break;
    const mark = markOf(row, at, clock, reading);
    if (reading.problem !== undefined) break;
    if (mark !== undefined) marks.push(mark);
  }
  return marks;
}

function markOf({ row, cells }: TableRow, at: EquityColumns, clock: Clock, reading: Reading): Mark | undefined {
  if (at.currency >= 0 && !reading.currency(cells[at.currency]!, row)) return undefined;
  if (at.account >= 0 && !reading.account(cells[at.account], row)) return undefined;
  if (!clock.read(timeText(cells, at), row)) return reading.leaveOut();
  const cents = (index: number, what: string): number | undefined => (index < 0 ? undefined : reading.centsIfAny(cells[index], row, what));
  return markFrom(clock, row, at, cents(at.equity, 'equity'), cents(at.balance, 'balance'), cents(at.open, 'open profit'), reading);
}

/** A mark of the amounts that a row has. */
function markFrom(
  clock: Clock, row: number, at: EquityColumns, equity: number | undefined, balance: number | undefined, open: number | undefined, reading: Reading,
): Mark | undefined {
  const whole = at.equity >= 0 ? equity : balance === undefined || at.open < 0 ? balance : open === undefined ? undefined : balance + open;
  if (whole === undefined) return reading.leaveOut();
  return clock.nanos === 0
    ? { kind: 'mark', at: clock.at, row, equity: whole, balance }
    : { kind: 'mark', at: clock.at, nanos: clock.nanos, row, equity: whole, balance };
}

const FEED = 10;
const RETURN = 13;
const QUOTE = 34;

/** Reads a series from the bytes of a CSV file. `delimiter` is one character of ASCII; `headerRow` is the line of the header. */
export async function* readEquityCsv(
  pieces: AsyncIterable<Uint8Array>, delimiter: string, headerRow: number, at: EquityColumns, columns: Columns, clock: Clock, reading: Reading,
): EventLists {
  sayBalanceOnly(at, reading);
  const lines = new EquityLines(delimiter, headerRow, at, columns, clock, reading);
  for await (const block of wholeLines(pieces)) {
    if (block === undefined) {
      reading.problem ??= `${reading.name} row ${lines.row + 1}: this line does not end; the file is no table.`;
      return;
    }
    const marks = lines.read(block);
    if (marks.length > 0) yield marks;
    if (reading.problem !== undefined) return;
  }
}

/** Goes over the lines of one file, block by block. */
class EquityLines {
  /** The line that was read last. */
  row = 0;
  readonly #delimiter: number;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;

  constructor(
    private readonly separator: string, private readonly headerRow: number, private readonly at: EquityColumns,
    private readonly columns: Columns, private readonly clock: Clock, private readonly reading: Reading,
  ) {
    this.#delimiter = separator.charCodeAt(0);
    this.#starts = new Int32Array(at.count + 1);
    this.#ends = new Int32Array(at.count + 1);
  }

  read(block: Uint8Array): LedgerEvent[] {
    const marks: LedgerEvent[] = [];
    const [starts, ends, delimiter, want] = [this.#starts, this.#ends, this.#delimiter, this.at.count];
    let next = 0;
    while (next < block.length && this.reading.problem === undefined) {
      this.row += 1;
      const lineStart = next;
      let cell = 0;
      let plain = true;
      starts[0] = next;
      // One pass over the bytes of the line finds where its cells begin and end.
      for (;; next += 1) {
        const byte = next < block.length ? block[next]! : FEED;
        if (byte > QUOTE && byte !== delimiter) continue;
        if (byte === delimiter || byte === FEED) {
          if (cell < want) ends[cell] = next;
          cell += 1;
          if (byte === FEED) break;
          if (cell <= want) starts[cell] = next + 1;
        } else if (byte === QUOTE) plain = false;
      }
      const lineEnd = next > lineStart && block[next - 1] === RETURN ? next - 1 : next;
      next += 1;
      if (this.row <= this.headerRow || lineEnd === lineStart) continue;
      const mark = plain && cell === want && this.at.date < 0 ? this.#plain(block, lineEnd) : this.#byText(block, lineStart, lineEnd);
      if (mark !== undefined) marks.push(mark);
    }
    return marks;
  }

  /** A line without quotation marks and with as many cells as the header. */
  #plain(block: Uint8Array, lineEnd: number): Mark | undefined {
    const { at, clock, reading, row } = this;
    const [starts, ends] = [this.#starts, this.#ends];
    if (ends[at.count - 1]! > lineEnd) ends[at.count - 1] = lineEnd;
    if (at.currency >= 0 && !reading.currency(textOfBytes(block, starts[at.currency]!, ends[at.currency]!), row)) return undefined;
    if (at.account >= 0 && !reading.account(textOfBytes(block, starts[at.account]!, ends[at.account]!), row)) return undefined;
    if (!clock.readBytes(block, starts[at.time]!, ends[at.time]!, row)) return reading.leaveOut();
    const equity = at.equity < 0 ? undefined : centsOfBytes(block, starts[at.equity]!, ends[at.equity]!, reading, row, 'equity');
    const balance = at.balance < 0 ? undefined : centsOfBytes(block, starts[at.balance]!, ends[at.balance]!, reading, row, 'balance');
    const open = at.open < 0 ? undefined : centsOfBytes(block, starts[at.open]!, ends[at.open]!, reading, row, 'open profit');
    return reading.problem === undefined ? markFrom(clock, row, at, equity, balance, open, reading) : undefined;
  }

  #byText(block: Uint8Array, from: number, to: number): Mark | undefined {
    const text = new TextDecoder().decode(block.subarray(from, to));
    const parsed = rowsOf(text, this.separator, this.row)[0];
    if (parsed === undefined || isBlankRow(parsed.cells)) return undefined;
    if (!fits(parsed, this.columns, this.reading)) return undefined;
    return markOf(parsed, this.at, this.clock, this.reading);
  }
}
