/** Daylight saving in dates: when a zone's offset changes, and what a time of one clock is on another over a year. */
import { addDays, dateOfDay, dayNumber, isWeekday, minutesOf, shortDate, timeOf, weekday } from './dates.ts';
import type { IsoDate } from './dates.ts';
import { deadlineInstant } from './session.ts';
import { offsetMinutes } from './zone.ts';

/** Dates of one year on which a zone has one offset (at noon), both ends included. */
export interface DaylightSpan {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly offsetMinutes: number;
  /** Ahead of the year's smallest offset: summer time, in the zones that have it. */
  readonly daylight: boolean;
}

/** Weekdays in a row, both ends included. */
export interface DateRange {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** A clock a program may go by: a zone, a fixed offset, or an offset guessed from the date (“March to November is −4”). */
export type Clock =
  | { readonly zone: string }
  | { readonly offsetMinutes: number }
  | { readonly offsetOn: (date: IsoDate) => number };

/** Weekdays on which a clock's time of day is one and the same time in another zone. */
export interface SeenSpan extends DateRange {
  /** `HH:MM` in the other zone. */
  readonly time: string;
  /** The other zone's date less the clock's own: −1, 0 or 1. */
  readonly dayShift: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The stretches of a year with one offset, in order: winter, summer, winter in New York; one stretch where nothing changes. */
export function daylightSpans(year: number, zone: string): readonly DaylightSpan[] {
  const spans: { from: IsoDate; to: IsoDate; offsetMinutes: number }[] = [];
  const first = dayNumber(`${String(year).padStart(4, '0')}-01-01`);
  for (let date = dateOfDay(first); Number(date.slice(0, 4)) === year; date = addDays(date, 1)) {
    const offset = offsetMinutes(deadlineInstant(date, '12:00', zone), zone);
    const last = spans.at(-1);
    if (last?.offsetMinutes === offset) last.to = date;
    else spans.push({ from: date, to: date, offsetMinutes: offset });
  }
  const winter = Math.min(...spans.map((span) => span.offsetMinutes));
  return spans.map((span) => ({ ...span, daylight: span.offsetMinutes > winter }));
}

/** First and last weekday of a stretch of dates; undefined if it holds none. */
export function weekdayRange(range: DateRange): DateRange | undefined {
  const skip = [1, 0, 0, 0, 0, 0, 2] as const;
  const back = [2, 0, 0, 0, 0, 0, 1] as const;
  const from = addDays(range.from, skip[weekday(range.from) as 0] ?? 0);
  const to = addDays(range.to, -(back[weekday(range.to) as 0] ?? 0));
  return from <= to ? { from, to } : undefined;
}

/** `9 Mar–30 Oct`; one date if both ends are the same. */
export function rangeText(range: DateRange): string {
  return range.from === range.to ? shortDate(range.from) : `${shortDate(range.from)}–${shortDate(range.to)}`;
}

/**
 * What a time of day on one clock is in another zone, over the weekdays of a year: 22:55 of a fixed UTC is 17:55 in New York in
 * winter and 18:55 in summer. Weekdays in a row with the same answer are one span.
 */
export function seenIn(year: number, time: string, clock: Clock, zone: string): readonly SeenSpan[] {
  const minutes = minutesOf(time);
  if (minutes === undefined) throw new RangeError(`not a time of day: ${time}`);
  const spans: { from: IsoDate; to: IsoDate; time: string; dayShift: number }[] = [];
  const first = dayNumber(`${String(year).padStart(4, '0')}-01-01`);
  for (let day = first; Number(dateOfDay(day).slice(0, 4)) === year; day += 1) {
    const date = dateOfDay(day);
    if (!isWeekday(date)) continue;
    const instant = 'zone' in clock
      ? deadlineInstant(date, time, clock.zone)
      : day * DAY_MS + (minutes - ('offsetOn' in clock ? clock.offsetOn(date) : clock.offsetMinutes)) * MINUTE_MS;
    const shown = instant + offsetMinutes(instant, zone) * MINUTE_MS;
    const dayShift = Math.floor(shown / DAY_MS) - day;
    const seen = timeOf(Math.floor((((shown % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS));
    const last = spans.at(-1);
    if (last?.time === seen && last.dayShift === dayShift) last.to = date;
    else spans.push({ from: date, to: date, time: seen, dayShift });
  }
  return spans;
}
