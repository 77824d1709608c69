/**
 * Calendar dates and times of day as text: a date is `YYYY-MM-DD`, a time of day `HH:MM`. Neither has a zone; only
 * `zone.ts` turns them into instants.
 */

/** A calendar date without a zone, `YYYY-MM-DD`. */
export type IsoDate = string;

const DAY_MS = 86_400_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/** Days since 1970-01-01 of a date; throws on text that is no date, because dates are checked where they enter. */
export function dayNumber(date: IsoDate): number {
  const match = DATE.exec(date);
  const day = match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / DAY_MS : Number.NaN;
  if (!match || dateOfDay(day) !== date) throw new RangeError(`not a date: ${date}`);
  return day;
}

/** The date of a day number (days since 1970-01-01). */
export function dateOfDay(day: number): IsoDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** True for `YYYY-MM-DD` that names a day which exists. */
export function isDate(text: string): boolean {
  const match = DATE.exec(text);
  if (!match) return false;
  return dateOfDay(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / DAY_MS) === text;
}

/** The date `days` later (negative: earlier). */
export function addDays(date: IsoDate, days: number): IsoDate {
  return dateOfDay(dayNumber(date) + days);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(date: IsoDate): number {
  return (((dayNumber(date) + 4) % 7) + 7) % 7;
}

/** Monday to Friday. */
export function isWeekday(date: IsoDate): boolean {
  const day = weekday(date);
  return day !== 0 && day !== 6;
}

/**
 * Minutes after midnight of `HH:MM` (or `H:MM`, or `HH:MM:SS` whose seconds are dropped); undefined for other text.
 * `24:00` and later are no times of day.
 */
export function minutesOf(time: string): number | undefined {
  const match = TIME.exec(time.trim());
  if (!match) return undefined;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  return hour > 23 || minute > 59 || second > 59 ? undefined : hour * 60 + minute;
}

/** `HH:MM` of minutes after midnight (0 to 1439). */
export function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** `9 Mar` of a date. */
export function shortDate(date: IsoDate): string {
  return `${Number(date.slice(8, 10))} ${MONTHS[Number(date.slice(5, 7)) - 1] ?? '?'}`;
}
