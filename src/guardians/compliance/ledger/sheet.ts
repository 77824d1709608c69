/** A table that is read whole: its cells by column, and what all its rows together prove. */
import { Clock } from './text/clock.ts';
import type { EventBase } from './event.ts';
import { NumberProof } from './text/number-text.ts';
import { shown, type Reading } from './reading.ts';
import { fits, isBlankRow, type Columns, type TableRow } from './table.ts';
import type { DayOrder } from './text/time-text.ts';

/** What a reader of a table knows about its columns: -1 stands for a column that is not there. */
export interface SheetForm {
  /** Columns of times, which are asked for the order of day and month. */
  readonly times: readonly number[];
  /** Columns of amounts and prices, which are asked for the decimal mark; none where the platform always writes a point. */
  readonly numbers: readonly number[];
  /** The order of day and month where the platform has one. */
  readonly order?: DayOrder;
}

export class Sheet {
  readonly clock: Clock;

  constructor(readonly columns: Columns, private readonly all: readonly TableRow[], readonly reading: Reading, form: SheetForm) {
    this.clock = new Clock(reading, form.order);
    const proof = new NumberProof();
    for (const { cells } of all) {
      for (const index of form.times) if (index >= 0) this.clock.learn(cells[index] ?? '');
      for (const index of form.numbers) if (index >= 0) proof.see(cells[index] ?? '');
    }
    if (form.numbers.length > 0) reading.decideMark(proof);
  }

  /** The rows that have anything in them and as many cells as the header; ends where the reading does. */
  *rows(): Generator<TableRow> {
    for (const row of this.all) {
      if (this.reading.problem !== undefined) return;
      if (isBlankRow(row.cells)) continue;
      if (!fits(row, this.columns, this.reading)) return;
      yield row;
    }
  }

  /** When a row was, and where it stands; undefined for a time that cannot be used. */
  base({ row, cells }: TableRow, column: number): EventBase | undefined {
    if (!this.clock.read(cells[column] ?? '', row)) return undefined;
    const { at, nanos } = this.clock;
    return nanos === 0 ? { at, row } : { at, nanos, row };
  }

  /** A cell without blanks around it; empty where there is no such column. */
  text({ cells }: TableRow, column: number): string {
    return column < 0 ? '' : (cells[column] ?? '').trim();
  }

  /** A quantity that is more than nothing; anything else ends the reading, and no number at all leaves the row out. */
  quantity(row: TableRow, column: number): string | undefined {
    const what = `“${this.columns.written[column] ?? 'quantity'}”`;
    const quantity = this.reading.decimal(this.text(row, column), row.row, what);
    if (quantity === undefined) return undefined;
    if (!quantity.startsWith('-') && Number(quantity) > 0) return quantity;
    return this.reading.refuse(row.row, `the quantity in ${what} is ${shown(quantity)}; it is more than nothing in every fill.`);
  }

  /** A price; undefined for an empty cell. */
  price(row: TableRow, column: number): string | undefined {
    return this.reading.decimal(this.text(row, column), row.row, `“${this.columns.written[column] ?? 'price'}”`);
  }

  /** Cents; undefined for an empty cell. */
  cents(row: TableRow, column: number): number | undefined {
    return column < 0 ? undefined : this.reading.centsIfAny(row.cells[column], row.row, `“${this.columns.written[column]!}”`);
  }

  /** False where the row's currency or account is not the ledger's, which ends the reading. */
  belongs(row: TableRow, currency: number, account: number): boolean {
    return this.reading.currency(this.text(row, currency), row.row) && this.reading.account(this.text(row, account), row.row);
  }
}
