/**
 * Days of the American exchanges' year that may have hours of their own, by rule: holidays with the weekday they are observed on, and
 * the days around them. A name says only which day it is; what a family of products does on it stands in the table (`hours.ts`).
 * Rules: NYSE Rule 7.2 and CME Group's yearly calendars; a holiday on a Saturday is observed on the Friday before, save New Year's Day.
 */
import { addDays, dateOfDay, dayNumber, isWeekday, weekday } from './dates.ts';
import type { IsoDate } from './dates.ts';

/**
 * `…-friday`: observed on a Friday, when futures halt earlier than on a Monday, because no evening follows. `good-friday-jobs`: Good
 * Friday is April's first Friday, on which the jobs report comes out and some products trade until shortly after it.
 */
export type DayName =
  | 'new-year' | 'mlk' | 'presidents' | 'good-friday' | 'good-friday-jobs' | 'memorial' | 'juneteenth' | 'juneteenth-friday'
  | 'independence-eve' | 'independence' | 'independence-friday' | 'labor' | 'thanksgiving' | 'thanksgiving-friday' | 'christmas-eve' | 'christmas'
  | 'after-new-year' | 'after-independence' | 'after-christmas';

const TITLES: Readonly<Record<DayName, string>> = {
  'new-year': 'New Year’s Day', mlk: 'Martin Luther King Day', presidents: 'Presidents’ Day', 'good-friday': 'Good Friday', 'good-friday-jobs': 'Good Friday',
  memorial: 'Memorial Day', juneteenth: 'Juneteenth', 'juneteenth-friday': 'Juneteenth', 'independence-eve': 'day before Independence Day',
  independence: 'Independence Day', 'independence-friday': 'Independence Day', labor: 'Labor Day', thanksgiving: 'Thanksgiving', 'thanksgiving-friday': 'day after Thanksgiving',
  'christmas-eve': 'Christmas Eve', christmas: 'Christmas', 'after-new-year': 'day after New Year’s Day', 'after-independence': 'day after Independence Day',
  'after-christmas': 'day after Christmas',
};

/** The name as people say it. */
export function titleOfDay(name: DayName): string {
  return TITLES[name];
}

/** Exchanges have kept Juneteenth since 2022. */
const JUNETEENTH_SINCE = 2022;
const [MONDAY, THURSDAY, FRIDAY] = [1, 4, 5] as const;

/** A memo of a pure function, by year: it can be seen in speed only. */
const years = new Map<string, ReadonlyMap<IsoDate, DayName>>();

/** Which of these days a date is; undefined for an ordinary one and for Saturdays and Sundays. */
export function dayName(date: IsoDate): DayName | undefined {
  return namedDays(date.slice(0, 4)).get(date);
}

/** The days of a year (`2026`) that have a name. */
export function namedDays(year: string): ReadonlyMap<IsoDate, DayName> {
  let known = years.get(year);
  if (!known) {
    known = namesOf(year);
    years.set(year, known);
  }
  return known;
}

function namesOf(text: string): ReadonlyMap<IsoDate, DayName> {
  const year = Number(text);
  const newYear = sundayToMonday(`${text}-01-01`);
  const goodFriday = goodFridayOf(year);
  const july4 = observed(`${text}-07-04`);
  const juneteenth = observed(`${text}-06-19`);
  const thanksgiving = nth(year, 11, THURSDAY, 4);
  const christmas = observed(`${text}-12-25`);
  const firstFriday = goodFriday.slice(5) >= '04-01' && goodFriday.slice(5) <= '04-07';
  const days: readonly (readonly [IsoDate, DayName])[] = [
    // What stands later wins: a holiday over the day after another.
    [addDays(newYear, 1), 'after-new-year'], [addDays(christmas, 1), 'after-christmas'],
    // After a Monday the evening is an ordinary one.
    ...(weekday(july4) === MONDAY ? [] : [[addDays(july4, 1), 'after-independence']] as const),
    [`${text}-07-03`, 'independence-eve'], [`${text}-12-24`, 'christmas-eve'],
    [newYear, 'new-year'], [nth(year, 1, MONDAY, 3), 'mlk'], [nth(year, 2, MONDAY, 3), 'presidents'],
    [goodFriday, firstFriday ? 'good-friday-jobs' : 'good-friday'], [addDays(nth(year, 6, MONDAY, 1), -7), 'memorial'],
    ...(year < JUNETEENTH_SINCE ? [] : [[juneteenth, weekday(juneteenth) === FRIDAY ? 'juneteenth-friday' : 'juneteenth']] as const),
    [july4, weekday(july4) === FRIDAY ? 'independence-friday' : 'independence'], [nth(year, 9, MONDAY, 1), 'labor'],
    [thanksgiving, 'thanksgiving'], [addDays(thanksgiving, 1), 'thanksgiving-friday'], [christmas, 'christmas'],
  ];
  return new Map(days.filter(([date]) => isWeekday(date)));
}

/** Friday for a Saturday, Monday for a Sunday. */
function observed(date: IsoDate): IsoDate {
  return weekday(date) === 6 ? addDays(date, -1) : sundayToMonday(date);
}

function sundayToMonday(date: IsoDate): IsoDate {
  return weekday(date) === 0 ? addDays(date, 1) : date;
}

/** The `count`th weekday of a month. */
function nth(year: number, month: number, day: number, count: number): IsoDate {
  const first = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`;
  return addDays(first, ((day - weekday(first) + 7) % 7) + 7 * (count - 1));
}

/** Two days before Easter by the Gregorian rule (Meeus, Astronomical Algorithms, chapter 8). */
function goodFridayOf(year: number): IsoDate {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const march = h + l - 7 * Math.floor((a + 11 * h + 22 * l) / 451) + 22;
  return dateOfDay(dayNumber(`${String(year).padStart(4, '0')}-03-01`) + march - 1 - 2);
}
