/** Which trading day an event belongs to, asked ten million times: the borders of the day at hand are kept. */
import { deadlineInstant, type SessionRule, tradeDate } from '../../../core/time/session.ts';
import { addDays, type IsoDate, minutesOf } from '../../../core/time/dates.ts';

const NOON = 720;

/** The days of one session rule. */
export class TradingDays {
  readonly #session: SessionRule;
  #from = Number.POSITIVE_INFINITY;
  #until = Number.NEGATIVE_INFINITY;
  #date: IsoDate = '';

  constructor(session: SessionRule) {
    this.#session = session;
  }

  get zone(): string {
    return this.#session.zone;
  }

  /** The trade date of an instant. */
  dateOf(at: number): IsoDate {
    if (at >= this.#from && at < this.#until) { return this.#date; }
    this.#date = tradeDate(at, this.#session);
    [this.#from, this.#until] = this.#borders(this.#date, at);
    return this.#date;
  }

  /** When a trade date ends and the next one begins: the first dayStart after it. */
  endOf(date: IsoDate): number {
    const { dayStart, zone } = this.#session;
    return (minutesOf(dayStart) ?? 0) >= NOON ? deadlineInstant(date, dayStart, zone) : deadlineInstant(addDays(date, 1), dayStart, zone);
  }

  /** The stretch around an instant that is certainly of its date: its own wall day, from one dayStart to the next. */
  #borders(date: IsoDate, at: number): readonly [number, number] {
    const until = this.endOf(date);
    const from = this.endOf(addDays(date, -1));
    // A weekend belongs to the Monday after it: only the last stretch before the end is kept, the rest is worked out.
    return at >= from && at < until ? [from, until] : [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  }
}
