/**
 * The trading calendar: which trade date an instant belongs to, when a product is open, when it stops and by when an account has to be
 * flat. Regular hours, holidays and early closes come from the table (`hours.ts`); a workspace may say otherwise for single dates.
 * Instants are milliseconds since 1970-01-01T00:00Z, dates `YYYY-MM-DD`, an interval's end is the first instant that is closed.
 */
import { addDays, timeOf } from './dates.ts';
import type { IsoDate } from './dates.ts';
import { dayName, titleOfDay } from './holidays.ts';
import { dayHours, familyHours } from './hours.ts';
import type { Certainty, DayKind } from './hours.ts';
import type { Product } from './products.ts';
import { deadlineInstant, isTradeDate, nextTradeDate, tradeDate } from './session.ts';
import type { SessionRule } from './session.ts';
import { wallTime } from './zone.ts';

/** What a workspace says of a product or a family; a product's holds for its micros too, unless they have their own. */
export interface CalendarOverride {
  /** Zone of the times below; default: the product's. */
  readonly zone?: string;
  /** Dates on which nothing is traded. */
  readonly closed?: readonly IsoDate[];
  /** Dates that end early, with their time, `HH:MM`; a date that is closed or halts in the table is opened until then. */
  readonly earlyCloses?: Readonly<Record<IsoDate, string>>;
}

/** By product root, or by family (`us-equities`). */
export type CalendarOverrides = Readonly<Record<string, CalendarOverride>>;

/** Who says what a date is like: the table, the pattern of another year, or the workspace. */
export type SaidBy = 'table' | 'pattern' | 'workspace';

/** From when to when a product is open. */
export interface OpenInterval {
  readonly from: number;
  readonly to: number;
}

/** The session of one calendar date: it begins on the evening before where the product trades overnight. */
export interface Session {
  readonly date: IsoDate;
  readonly kind: DayKind;
  readonly intervals: readonly OpenInterval[];
  /** Trade date that what is traded in it belongs to. */
  readonly tradeDate: IsoDate;
  /** It ends before the regular close. */
  readonly early: boolean;
  /** It begins after the regular open. */
  readonly late: boolean;
  /** The holiday, or the day beside one, as people say it. */
  readonly name?: string;
  readonly said: SaidBy;
  readonly certainty: Certainty;
}

/** A session that ends before the regular close. */
export interface EarlyClose {
  /** Calendar date it falls on. */
  readonly date: IsoDate;
  readonly at: number;
  /** `HH:MM` in the product's zone. */
  readonly time: string;
  /** When the product opens again. */
  readonly reopens: number;
  readonly tradeDate: IsoDate;
  readonly name?: string;
  readonly said: SaidBy;
  readonly certainty: Certainty;
}

/** A firm's deadline: wall time of a zone, exclusive. */
export interface FirmDeadline {
  readonly time: string;
  readonly zone: string;
}

/** By when a product has to be flat. */
export interface FlatTime {
  /** Calendar date of it. */
  readonly date: IsoDate;
  readonly instant: number;
  /** `close`: the product stops before the firm's deadline. */
  readonly by: 'firm' | 'close';
  /** It stops earlier than on other days. */
  readonly early: boolean;
  readonly said: SaidBy;
  readonly certainty: Certainty;
}

/** How many sessions are kept; more are computed anew. */
const KEPT = 2048;
/** No product rests longer than this. */
const SEARCH_DAYS = 400;

/** Answers for one workspace; without overrides for all. Keeps what it computed, nothing else. */
export class TradingCalendar {
  readonly #overrides: CalendarOverrides;
  readonly #rules = new Map<string, SessionRule>();
  readonly #sessions = new Map<string, Session>();
  /** The trade date asked for last: rows of data ask for one again and again. */
  #last: { readonly product: Product; readonly date: IsoDate; readonly intervals: readonly OpenInterval[] } | undefined;

  constructor(overrides: CalendarOverrides = {}) {
    this.#overrides = overrides;
  }

  /** The rule by which `session.ts` tells trade dates of a product, holidays included. */
  rule(product: Product): SessionRule {
    const key = `${product.family} ${product.root}`;
    let rule = this.#rules.get(key);
    if (!rule) {
      const { zone, dayStart, weekends } = familyHours(product.family);
      const known = new Map<IsoDate, boolean>();
      const has = (date: IsoDate): boolean => {
        let holiday = known.get(date);
        if (holiday === undefined) {
          holiday = ['closed', 'halts'].includes(this.#day(product, date).kind);
          known.set(date, holiday);
        }
        return holiday;
      };
      rule = { zone, dayStart, weekends, holidays: { has } };
      this.#rules.set(key, rule);
    }
    return rule;
  }

  /** The trade date an instant belongs to. 2026-11-26 10:00 New York belongs to 2026-11-27 for ES: Thanksgiving has no trade date. */
  tradeDateOf(product: Product, instant: number): IsoDate {
    return tradeDate(instant, this.rule(product));
  }

  /** True for a date that has a trade date of the product. */
  isTradeDate(product: Product, date: IsoDate): boolean {
    return isTradeDate(date, this.rule(product));
  }

  /** The session of a calendar date, on which it ends; without intervals where it is closed. */
  session(product: Product, date: IsoDate): Session {
    const key = `${product.family} ${product.root} ${date}`;
    let session = this.#sessions.get(key);
    if (!session) {
      if (this.#sessions.size >= KEPT) this.#sessions.clear();
      session = this.#session(product, date);
      this.#sessions.set(key, session);
    }
    return session;
  }

  /** The sessions whose trades belong to a trade date: holidays that halt before it, then its own. None if it is no trade date. */
  sessionsOf(product: Product, date: IsoDate): readonly Session[] {
    if (!this.isTradeDate(product, date)) return [];
    const sessions = [this.session(product, date)];
    for (let before = addDays(date, -1); !this.isTradeDate(product, before); before = addDays(before, -1)) sessions.unshift(this.session(product, before));
    return sessions.filter(({ intervals }) => intervals.length > 0);
  }

  /** When a product is open for a trade date, in order and disjoint; none if it is no trade date. */
  openIntervals(product: Product, date: IsoDate): readonly OpenInterval[] {
    if (this.#last?.product === product && this.#last.date === date) return this.#last.intervals;
    const intervals = this.sessionsOf(product, date).flatMap((session) => session.intervals);
    this.#last = { product, date, intervals };
    return intervals;
  }

  /** True if the product is open at an instant. */
  isOpen(product: Product, instant: number): boolean {
    return this.openIntervals(product, this.tradeDateOf(product, instant)).some(({ from, to }) => instant >= from && instant < to);
  }

  /** The instant at which a product stops for a trade date, an early close included; undefined if it is no trade date. */
  closeOf(product: Product, date: IsoDate): number | undefined {
    return this.openIntervals(product, date).at(-1)?.to;
  }

  /**
   * By when an account has to be flat in a product on a trade date: the firm's deadline, or the product's close where that is before it.
   * Undefined if it is no trade date.
   */
  flatBy(product: Product, date: IsoDate, deadline: FirmDeadline): FlatTime | undefined {
    return this.flatTimes(product, date, deadline).at(-1);
  }

  /**
   * Every time by which an account has to be flat within a trade date, in order. A holiday that halts has its own: the firm's deadline
   * of that calendar day falls into the halt, in which nothing can be closed. (No firm's rules say that it may be held through: the strict reading.)
   */
  flatTimes(product: Product, date: IsoDate, deadline: FirmDeadline): readonly FlatTime[] {
    return this.sessionsOf(product, date).flatMap((session) => {
      const end = session.intervals.at(-1)?.to;
      if (end === undefined) return [];
      // A product that never rests has no close to be flat by.
      const close = this.session(product, addDays(session.date, 1)).intervals[0]?.from === end ? Infinity : end;
      const firm = deadlineInstant(session.date, deadline.time, deadline.zone);
      const { said, certainty } = session;
      return [{ date: session.date, instant: Math.min(close, firm), by: close < firm ? 'close' as const : 'firm' as const, early: session.early && close < firm, said, certainty }];
    });
  }

  /** The first time after an instant by which an account has to be flat in a product. */
  nextFlat(product: Product, instant: number, deadline: FirmDeadline): FlatTime {
    let date = this.tradeDateOf(product, instant);
    for (let days = 0; days < SEARCH_DAYS; days += 1) {
      const next = this.flatTimes(product, date, deadline).find((time) => time.instant > instant);
      if (next) return next;
      date = nextTradeDate(date, this.rule(product));
    }
    throw new RangeError(`no close of ${product.root} within ${SEARCH_DAYS} days`);
  }

  /** Sessions that end before the regular close, on calendar dates from `date` on, for `days` days; holidays that halt included. */
  earlyClosesFrom(product: Product, date: IsoDate, days: number): readonly EarlyClose[] {
    const found: EarlyClose[] = [];
    for (let count = 0, day = date; count < days; count += 1, day = addDays(day, 1)) {
      const session = this.session(product, day);
      const at = session.intervals.at(-1)?.to;
      if (!session.early || at === undefined) continue;
      const { name, said, certainty } = session;
      const wall = wallTime(at, familyHours(product.family).zone);
      const time = timeOf(wall.hour * 60 + wall.minute);
      found.push({ date: day, at, time, reopens: this.#opensAfter(product, at), tradeDate: session.tradeDate, ...(name === undefined ? {} : { name }), said, certainty });
    }
    return found;
  }

  /** The next early close after an instant, within a year; undefined for a product that has none. */
  nextEarlyClose(product: Product, instant: number): EarlyClose | undefined {
    const wall = wallTime(instant, familyHours(product.family).zone);
    let day = `${String(wall.year).padStart(4, '0')}-${String(wall.month).padStart(2, '0')}-${String(wall.day).padStart(2, '0')}`;
    for (let count = 0; count < SEARCH_DAYS; count += 1, day = addDays(day, 1)) {
      const found = this.earlyClosesFrom(product, day, 1).find(({ at }) => at > instant);
      if (found) return found;
    }
    return undefined;
  }

  #opensAfter(product: Product, instant: number): number {
    let date = this.tradeDateOf(product, instant);
    for (let days = 0; days < SEARCH_DAYS; days += 1) {
      const next = this.openIntervals(product, date).find(({ from }) => from >= instant);
      if (next) return next.from;
      date = nextTradeDate(date, this.rule(product));
    }
    throw new RangeError(`${product.root} does not open within ${SEARCH_DAYS} days`);
  }

  #session(product: Product, date: IsoDate): Session {
    const { zone, sessions } = familyHours(product.family);
    const day = this.#day(product, date);
    const regular = sessions.map(([from, to]) => ({ from: wallInstant(date, from, zone), to: wallInstant(date, to, zone) }));
    const opens = day.opens === undefined ? -Infinity : wallInstant(date, day.opens, zone);
    const closes = day.at ?? Infinity;
    const intervals = day.kind === 'closed' ? []
      : regular.map(({ from, to }) => ({ from: Math.max(from, opens), to: Math.min(to, closes) })).filter(({ from, to }) => from < to);
    const name = dayName(date);
    const shown = day.kind !== 'regular' || day.opens !== undefined ? name : undefined;
    return {
      date, kind: intervals.length === 0 ? 'closed' : day.kind, intervals,
      tradeDate: this.isTradeDate(product, date) ? date : nextTradeDate(date, this.rule(product)),
      early: intervals.length > 0 && (intervals.at(-1)?.to ?? 0) < (regular.at(-1)?.to ?? 0),
      late: intervals.length > 0 && (intervals[0]?.from ?? 0) > (regular[0]?.from ?? 0),
      ...(shown === undefined ? {} : { name: titleOfDay(shown) }), said: day.said, certainty: day.certainty,
    };
  }

  /** What a date is like for a product, with the instant it ends at where that is not the regular one. */
  #day(product: Product, date: IsoDate): { readonly kind: DayKind; readonly at?: number; readonly opens?: string; readonly said: SaidBy; readonly certainty: Certainty } {
    const { zone } = familyHours(product.family);
    const { kind, at, opens, certainty } = dayHours(product.family, date);
    const override = this.#override(product);
    if (override?.closed?.includes(date) === true) return { kind: 'closed', said: 'workspace', certainty: 'tabulated' };
    const time = override?.earlyCloses !== undefined && Object.hasOwn(override.earlyCloses, date) ? override.earlyCloses[date] : undefined;
    if (time !== undefined) {
      const said = { said: 'workspace', certainty: 'tabulated', ...(opens === undefined ? {} : { opens }) } as const;
      return { kind: kind === 'halts' ? 'halts' : 'early', at: deadlineInstant(date, time, override?.zone ?? zone), ...said };
    }
    const said = certainty === 'tabulated' ? 'table' : 'pattern';
    return { kind, ...(at === undefined ? {} : { at: deadlineInstant(date, at, zone) }), ...(opens === undefined ? {} : { opens }), said, certainty };
  }

  #override(product: Product): CalendarOverride | undefined {
    const of = (root: string | undefined): CalendarOverride | undefined => (root !== undefined && Object.hasOwn(this.#overrides, root) ? this.#overrides[root] : undefined);
    // A share may have the letters of a future: it goes by its family alone.
    return (product.kind === 'equity' ? undefined : of(product.root) ?? of(product.microOf)) ?? of(product.family);
  }
}

/** `18:00` of a date, `-18:00` of the evening before, `24:00` at its end. */
function wallInstant(date: IsoDate, time: string, zone: string): number {
  if (time.startsWith('-')) return deadlineInstant(addDays(date, -1), time.slice(1), zone);
  return time === '24:00' ? deadlineInstant(addDays(date, 1), '00:00', zone) : deadlineInstant(date, time, zone);
}
