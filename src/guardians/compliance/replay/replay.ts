/** Plays a ledger against rulebooks: the account's state, its days, and the order in which the watches hear of things. */
import type { SessionRule } from '../../../core/time/session.ts';
import type { BarRange, Cash, Fill, LedgerEvent, Mark } from '../ledger/event.ts';
import { Book, type DayFigures, type Standing } from './book.ts';
import type { Closes, Instruments } from './instruments.ts';
import { notChecked } from './not-checked.ts';
import { Positions } from './positions.ts';
import type { ReplayResult } from './report.ts';
import type { Rulebook } from './rulebook.ts';
import { Series } from './series.ts';
import { TradingDays } from './trading-days.ts';
import type { AccountView } from './watch.ts';

/** What a replay needs besides the ledger. */
export interface ReplayOptions {
  /** The firm's rules, and the user's own where there are any. They share a session. */
  readonly rulebooks: readonly Rulebook[];
  /** Trade dates that the exchange does not have; what would fall on one belongs to the next that exists. */
  readonly holidays?: SessionRule['holidays'];
  readonly instruments: Instruments;
  readonly closes: Closes;
  /** Cents the account has when the ledger begins; its size where nobody says. */
  readonly startBalance?: number;
  /** The high-water mark then, cents; the start balance where nobody says. */
  readonly startPeak?: number;
}

/** A replay on its way. Events come in order of time (`in-order.ts`); a mark that is late all the same still raises the peak, anything else counts when it comes. */
export class Replay {
  readonly #books: readonly Book[];
  readonly #days: TradingDays;
  readonly #view: { -readonly [K in keyof AccountView]: AccountView[K] } & { readonly working: Map<string, string> };
  readonly #start: number;
  readonly #series = new Series();
  #from: number | undefined;
  #marks = 0;
  #fills = 0;
  #late = 0;
  #orders = 0;
  #equityFrom: ReplayResult['equityFrom'] = 'nothing';
  /** Balance is told by marks, so fills do not move it. */
  #toldBalance = false;
  #day: { date: string; end: number; startBalance: number; cash: number; high: number; low: number; fills: number; marks: number } | undefined;

  constructor(options: ReplayOptions) {
    const [first] = options.rulebooks;
    if (first === undefined) { throw new RangeError('a replay needs a rulebook'); }
    this.#days = new TradingDays({ ...first.session, ...(options.holidays === undefined ? {} : { holidays: options.holidays }) });
    this.#start = options.startBalance ?? first.sizeCents;
    const start = { balance: this.#start, peak: Math.max(options.startPeak ?? this.#start, this.#start) };
    this.#books = options.rulebooks.map((rulebook) => new Book(rulebook, start, options.closes));
    this.#view = {
      at: Number.NEGATIVE_INFINITY, row: 0, balance: this.#start, equity: this.#start, paidIn: first.sizeCents, positions: new Positions(options.instruments),
      working: new Map(), tradeDate: '', insideBar: false,
    };
  }

  /** Takes events in. */
  feed(events: readonly LedgerEvent[]): void {
    for (const event of events) { this.#take(event); }
  }

  /** Where the account stands after what was taken in, under each rulebook. */
  standing(): readonly Standing[] {
    return this.#books.map((book) => book.standing(this.#view));
  }

  /** Ends the last day as far as the ledger goes, and says what was found. */
  finish(): ReplayResult {
    this.#endDay();
    const { balance, equity, positions, at } = this.#view;
    const result = {
      from: this.#from, to: this.#from === undefined ? undefined : at, startBalance: this.#start, balance, equity, marks: this.#marks, fills: this.#fills, late: this.#late,
      equityFrom: this.#equityFrom, series: this.#series.pieces, books: this.#books.map((book) => book.report(this.#view)),
    };
    return { ...result, notChecked: notChecked({ ...result, positions, orders: this.#orders, toldBalance: this.#toldBalance, rulebooks: this.#books.map((book) => book.rulebook) }) };
  }

  #take(event: LedgerEvent): void {
    const view = this.#view;
    if (event.at < view.at) {
      this.#late += 1;
      if (event.kind === 'mark') {
        for (const book of this.#books) { book.floor?.late(event.equity); }
      } else {
        // What was traded was traded: left out, every position after it would be wrong.
        this.#take({ ...event, at: view.at });
      }
      return;
    }
    this.#pass(event.at);
    this.#from ??= event.at;
    view.at = event.at;
    view.row = event.row;
    if (this.#day === undefined) { this.#beginDay(event.at); }
    if (event.kind === 'mark') { this.#mark(event); } else { this.#other(event); }
  }

  /** Lets every watch hear of the instants that lie between the last event and `at`, in their order, and ends the day if it is over. */
  #pass(at: number): void {
    for (;;) {
      let next = this.#day === undefined ? Number.POSITIVE_INFINITY : this.#day.end;
      for (const book of this.#books) { for (const watch of book.watches) { if (watch.nextAt < next) { next = watch.nextAt; } } }
      if (next > at) { return; }
      for (const book of this.#books) {
        for (const watch of book.watches) { if (watch.nextAt <= next) { watch.passed?.(this.#view); } }
      }
      if (this.#day !== undefined && this.#day.end <= next) { this.#endDay(); }
    }
  }

  #beginDay(at: number): void {
    const date = this.#days.dateOf(at);
    const { balance, equity } = this.#view;
    this.#view.tradeDate = date;
    this.#day = { date, end: this.#days.endOf(date), startBalance: balance, cash: 0, high: equity, low: equity, fills: 0, marks: 0 };
  }

  #endDay(): void {
    const day = this.#day;
    if (day === undefined) { return; }
    this.#day = undefined;
    const figures: DayFigures = { tradeDate: day.date, startBalance: day.startBalance, cash: day.cash, highEquity: day.high, lowEquity: day.low, fills: day.fills, marks: day.marks };
    for (const book of this.#books) { book.dayEnded(this.#view, figures); }
  }

  #mark({ equity, balance }: Mark): void {
    const view = this.#view;
    this.#equityFrom = 'marks';
    this.#marks += 1;
    if (this.#day !== undefined) { this.#day.marks += 1; }
    if (balance !== undefined) {
      this.#toldBalance = true;
      view.balance = balance;
    } else if (!this.#toldBalance && view.positions.isFlat) {
      // Nobody tells the balance, and nothing is known to be open: what the account is worth is its balance.
      view.balance = equity;
    }
    this.#observe(equity, false);
  }

  #other(event: Exclude<LedgerEvent, Mark>): void {
    if (event.kind === 'fill') { this.#fill(event); }
    if (event.kind === 'bar') { this.#bar(event); }
    if (event.kind === 'cash') { this.#cash(event); }
    if (event.kind === 'price' && this.#view.positions.revalue(event.instrument, event.price)) { this.#revalued('prices'); }
    if (event.kind === 'order') {
      this.#orders += 1;
      if (event.state === 'working') { this.#view.working.set(event.order, event.instrument); } else { this.#view.working.delete(event.order); }
      for (const book of this.#books) { for (const watch of book.watches) { watch.ordered?.(this.#view, event); } }
    }
  }

  #fill(fill: Fill): void {
    const view = this.#view;
    this.#fills += 1;
    if (this.#day !== undefined) { this.#day.fills += 1; }
    const { realized, opens } = view.positions.apply(fill);
    if (fill.balance !== undefined) {
      view.balance = fill.balance;
    } else if (!this.#toldBalance) {
      view.balance += (realized ?? 0) - (fill.costs ?? 0);
    }
    for (const book of this.#books) { book.filled(view, fill, opens); }
    this.#revalued('fills');
  }

  /** Equity from the last prices, where no mark tells it. */
  #revalued(from: 'prices' | 'bars' | 'fills'): void {
    if (this.#equityFrom === 'marks') { return; }
    if (this.#equityFrom === 'nothing' || this.#equityFrom === 'fills') { this.#equityFrom = from; }
    this.#observe(this.#view.balance + this.#view.positions.unrealized(), false);
  }

  /** The best inside of a bar first, then the worst: the order in which a trailing floor hurts most. */
  #bar({ instrument, high, low, close }: BarRange): void {
    const { positions } = this.#view;
    if (this.#equityFrom === 'marks' || positions.net(instrument) === 0n) { return; }
    const long = positions.net(instrument) > 0n;
    for (const [price, inside] of [[long ? high : low, true], [long ? low : high, true], [close, false]] as const) {
      positions.revalue(instrument, price);
      this.#equityFrom = 'bars';
      this.#observe(this.#view.balance + positions.unrealized(), inside);
    }
  }

  #cash(cash: Cash): void {
    const view = this.#view;
    const signed = cash.what === 'deposit' ? cash.amount : cash.what === 'reset' ? 0 : -cash.amount;
    if (cash.what === 'reset') {
      view.balance = view.paidIn = this.#books[0]?.rulebook.sizeCents ?? view.balance;
      if (this.#day !== undefined) { Object.assign(this.#day, { startBalance: view.balance, cash: 0 }); }
    } else if (!this.#toldBalance) {
      view.balance += signed;
    }
    if (cash.what === 'deposit') { view.paidIn += cash.amount; }
    if (this.#day !== undefined && cash.what !== 'fee') { this.#day.cash += signed; }
    const equity = cash.what === 'reset' ? view.balance : view.equity + signed;
    for (const book of this.#books) {
      if (cash.what === 'reset') { book.restart(); }
      for (const watch of book.watches) { watch.moved?.(view, cash); }
    }
    this.#observe(equity, false);
  }

  #observe(equity: number, insideBar: boolean): void {
    const view = this.#view;
    const day = this.#day;
    view.equity = equity;
    view.insideBar = insideBar;
    if (day !== undefined) {
      if (equity > day.high) { day.high = equity; }
      if (equity < day.low) { day.low = equity; }
    }
    const floor = this.#books[0]?.floor;
    this.#series.add(view.at, equity, floor?.floor, floor?.peak);
    for (const book of this.#books) {
      book.look(view);
      for (const watch of book.watches) { watch.observe?.(view); }
    }
  }
}
