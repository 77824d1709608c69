/** The days of an account's products, with the time by which each has to be flat: worked out once and kept with the calendar. */
import type { FlatTime, TradingCalendar } from '../../../core/time/calendar.ts';
import { addDays, isWeekday } from '../../../core/time/dates.ts';
import type { IsoDate } from '../../../core/time/dates.ts';
import type { Product } from '../../../core/time/products.ts';
import { deadlineInstant } from '../../../core/time/session.ts';
import type { Schedule } from './proof.ts';

/** A calendar date on which something has to be flat. */
export interface HeldDay {
  readonly date: IsoDate;
  /** The firm's deadline, in ms. */
  readonly deadline: number;
  /** Products with a trade date of it; empty where none is known, and then it is a weekday. */
  readonly flats: readonly { readonly product: Product; readonly flat: FlatTime }[];
}

/** A year of one account is some 260 days: a keystroke must not work them out again. Goes with its calendar, and can be seen in speed only. */
const remembered = new WeakMap<TradingCalendar, Map<string, readonly HeldDay[]>>();
const MOST_KEPT = 16;

/** Days from `from` on, for `days` calendar days, on which something has to be flat. */
export function heldDays(schedule: Schedule, from: IsoDate, days: number): readonly HeldDay[] {
  const { calendar, products, deadline } = schedule;
  const kept = remembered.get(calendar) ?? new Map<string, readonly HeldDay[]>();
  remembered.set(calendar, kept);
  const key = `${products.map(({ family, root }) => `${family}/${root}`).join(' ')} ${deadline.text} ${deadline.zone} ${from} ${days}`;
  const known = kept.get(key);
  if (known !== undefined) { return known; }
  if (kept.size >= MOST_KEPT) { kept.clear(); }
  const found: HeldDay[] = [];
  for (let count = 0, date = from; count < days; count += 1, date = addDays(date, 1)) {
    const flats = products.flatMap((product) => {
      const flat = calendar.flatBy(product, date, { time: deadline.text, zone: deadline.zone });
      return flat === undefined ? [] : [{ product, flat }];
    });
    if (products.length === 0 ? isWeekday(date) : flats.length > 0) { found.push({ date, deadline: deadlineInstant(date, deadline.text, deadline.zone), flats }); }
  }
  kept.set(key, found);
  return found;
}
