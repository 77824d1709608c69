/**
 * What a ledger tells, whatever program wrote it: fills, orders, marks of equity, prices and money that moved. Money is in whole
 * cents of the account's currency. An instant is milliseconds since 1970-01-01T00:00Z; what a file gives more exactly is kept as
 * nanoseconds within that millisecond, which order events but decide nothing else.
 */
import type { Outcome } from '../../../core/outcome.ts';

/** What every event has. */
export interface EventBase {
  /** Milliseconds since 1970, whole. */
  readonly at: number;
  /** Nanoseconds within the millisecond, 0 to 999,999; absent where the file has none. */
  readonly nanos?: number;
  /** The line of the file, from 1 (the header is a line, too); of a Parquet file the row, from 1. */
  readonly row: number;
}

/** The account's equity, open profit included, as the platform or the strategy saw it. */
export interface Mark extends EventBase {
  readonly kind: 'mark';
  readonly equity: number;
  /** Without open profit; undefined where the file has none. */
  readonly balance: number | undefined;
}

/** An order, or a part of one, that was filled. */
export interface Fill extends EventBase {
  readonly kind: 'fill';
  /** As the file writes it: `MESZ6`, `ES 12-26`, `EURUSD.r`. */
  readonly instrument: string;
  readonly side: 'buy' | 'sell';
  /** Contracts or lots, a positive decimal as text: `2`, `0.35`. */
  readonly quantity: string;
  /** Decimal as text; undefined where the file has none. */
  readonly price?: string;
  /** Profit that the fill realised, before costs, in cents, where the file says it. */
  readonly realized?: number;
  /** What the fill cost (commission, fees, swap), in cents; negative where it brought something in. */
  readonly costs?: number;
  /** Account balance after it, in cents, where the file says it. */
  readonly balance?: number;
  /** Id of the fill; two fills with one id are one. */
  readonly id?: string;
  readonly order?: string;
  /** Name or comment on the order, by which its line of code may be found. */
  readonly tag?: string;
  readonly strategy?: string;
  /** True for a fill that the platform itself made at the end of the day. */
  readonly liquidation?: boolean;
}

/** An order that began to work, or no longer does. */
export interface OrderState extends EventBase {
  readonly kind: 'order';
  readonly order: string;
  readonly instrument: string;
  readonly state: 'working' | 'done';
}

/** The price of an instrument, which revalues what is held of it. */
export interface Price extends EventBase {
  readonly kind: 'price';
  readonly instrument: string;
  readonly price: string;
}

/** A bar: where a position was at its worst and its best inside of it, nobody knows in which order. `at` is its end. */
export interface BarRange extends EventBase {
  readonly kind: 'bar';
  readonly instrument: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
}

/** Money that moved without a trade. */
export interface Cash extends EventBase {
  readonly kind: 'cash';
  /** `payout`: profit that was paid to the trader. `reset`: the account began anew, at its size. */
  readonly what: 'deposit' | 'withdrawal' | 'payout' | 'fee' | 'reset';
  /** Cents, positive; of a `fee` what it took (negative where it was given back), of a `reset` 0. */
  readonly amount: number;
}

/** One thing that happened to an account. */
export type LedgerEvent = Mark | Fill | OrderState | Price | BarRange | Cash;

/** Which program wrote a ledger. */
export type LedgerFormat =
  | 'tickguard-jsonl' | 'equity-csv' | 'tradovate-performance' | 'tradovate-orders' | 'tradovate-position-history' | 'tradovate-fills' | 'mt5-html' | 'mt5-csv'
  | 'ninjatrader-executions' | 'nautilus-fills' | 'nautilus-positions' | 'nautilus-account' | 'nautilus-redis';

/** What was met while a ledger was read, for the report. */
export interface LedgerNotes {
  /** Events handed over. */
  events: number;
  /** Rows left out because another with the same id, or the same row once more, came before. */
  duplicates: number;
  /** Rows whose numbers are no numbers (`NaN`, empty). */
  unusable: number;
  /** Amounts with parts of a cent, taken to the nearest cent. */
  rounded: number;
  /** Sentences about what the file cannot tell: “no fees in this export”. */
  readonly said: string[];
}

/** A ledger file that was opened and recognised. */
export interface OpenLedger {
  readonly format: LedgerFormat;
  /** The name of the format for people: `Tradovate, Performance`. */
  readonly title: string;
  readonly notes: LedgerNotes;
  /** SHA-256 of the file's bytes as hex; known after the last batch. */
  sha256(): string;
  /**
   * The events, in the order of the file where it has one order, else sorted by time. A batch is used before the next one is asked for.
   * A row that cannot be read ends it with one sentence that names the row.
   */
  batches(signal: AbortSignal): AsyncIterable<Outcome<readonly LedgerEvent[]>>;
}

/** How a ledger is to be read where it does not say so itself. */
export interface LedgerOptions {
  /** The clock of times without a zone; undefined where nobody named one: then such a time is refused with a sentence. */
  readonly zone?: LedgerZone;
  /** Currency of the account, `USD`: amounts in another are refused. */
  readonly currency: string;
  /** `auto` takes a decimal comma where the file proves it, and refuses a file that could be read both ways. */
  readonly decimals?: 'auto' | 'point' | 'comma';
}

/** A clock: a zone, and minutes that it is ahead of it (a broker's server at `America/New_York+7h`). */
export interface LedgerZone {
  readonly zone: string;
  readonly aheadMinutes: number;
}
