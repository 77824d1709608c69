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
import { Told } from './told.ts';
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
  readonly #told = new Told();
  /** What else than marks equity was worked out from. */
  #worked: 'nothing' | 'fills' | 'prices' | 'bars' = 'nothing';
  /** A fill's profit was not known, so what the account has is not either, until a mark tells it. */
  #lost = false;
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
      equityFrom: this.#equityFrom(), series: this.#series.pieces, books: this.#books.map((book) => book.report(this.#view)),
    };
    return { ...result, notChecked: notChecked({ ...result, positions, orders: this.#orders, toldBalance: this.#told.balance, rulebooks: this.#books.map((book) => book.rulebook) }) };
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

  #mark(mark: Mark): void {
    const view = this.#view;
    const { equity, balance } = mark;
    this.#told.mark(mark, view.positions.isFlat);
    this.#marks += 1;
    if (this.#day !== undefined) { this.#day.marks += 1; }
    if (balance !== undefined || view.positions.isFlat) {
      // Where nobody tells the balance and nothing is known to be open, what the account is worth is its balance.
      view.balance = balance ?? equity;
      this.#lost = false;
    }
    this.#observe(equity, false);
  }

  #other(event: Exclude<LedgerEvent, Mark>): void {
    if (event.kind === 'fill') { this.#fill(event); }
    if (event.kind === 'bar') { this.#bar(event); }
    if (event.kind === 'cash') { this.#cash(event); }
    if (event.kind === 'price' && this.#view.positions.revalue(event.instrument, event.price) && !this.#told.openProfit) { this.#revalued('prices'); }
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
    const held = this.#told.mayHold(fill.at);
    if (fill.balance !== undefined) {
      view.balance = fill.balance;
      this.#lost = false;
    } else if (!held) {
      view.balance += (realized ?? 0) - (fill.costs ?? 0);
      this.#lost ||= realized === undefined;
    }
    for (const book of this.#books) { book.filled(view, fill, opens); }
    // With nothing open equity is the balance, whatever marks tell and when.
    if (!held && (view.positions.isFlat || !this.#told.openProfit)) { this.#revalued('fills'); }
  }

  #equityFrom(): ReplayResult['equityFrom'] {
    if (this.#told.openProfit || (this.#marks > 0 && this.#fills === 0)) { return 'marks'; }
    return this.#worked === 'nothing' && this.#marks > 0 ? 'marks' : this.#worked;
  }

  /** Equity from the balance and the last prices. With marks a balance that is not known says nothing; without, the profit that is missing is told at the end. */
  #revalued(from: 'prices' | 'fills'): void {
    if (this.#lost && this.#marks > 0) { return; }
    if (this.#worked !== 'bars' && (from === 'prices' || this.#worked === 'nothing')) { this.#worked = from; }
    this.#observe(this.#view.balance + this.#view.positions.unrealized(), false);
  }

  /** The best inside of a bar first, then the worst: the order in which a trailing floor hurts most. */
  #bar({ instrument, high, low, close }: BarRange): void {
    const { positions } = this.#view;
    if (this.#told.openProfit || positions.net(instrument) === 0n || (this.#lost && this.#marks > 0)) { return; }
    const long = positions.net(instrument) > 0n;
    for (const [price, inside] of [[long ? high : low, true], [long ? low : high, true], [close, false]] as const) {
      positions.revalue(instrument, price);
      this.#worked = 'bars';
      this.#observe(this.#view.balance + positions.unrealized(), inside);
    }
  }

  #cash(cash: Cash): void {
    const view = this.#view;
    const signed = cash.what === 'deposit' ? cash.amount : cash.what === 'reset' ? 0 : -cash.amount;
    if (cash.what === 'reset') {
      view.balance = view.paidIn = this.#books[0]?.rulebook.sizeCents ?? view.balance;
      if (this.#day !== undefined) { Object.assign(this.#day, { startBalance: view.balance, cash: 0 }); }
    } else if (!this.#told.mayHold(cash.at)) {
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
