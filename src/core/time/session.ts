/**
 * Trading days. The American futures day begins at 18:00 New York on the evening before its date and ends at 16:59 on
 * its date; the date of that day is the trade date (CME's term), and Friday evening to Monday belongs to Monday.
 */
import { addDays, dateOfDay, dayNumber, isWeekday, minutesOf } from './dates.ts';
import type { IsoDate } from './dates.ts';
import { instantOf, NEW_YORK, offsetMinutes } from './zone.ts';

/** When a trading day begins and which dates have one. */
export interface SessionRule {
  readonly zone: string;
  /**
   * Wall time at which a day begins, `HH:MM`. From noon on it begins the next date's day (`18:00`); before noon it
   * begins its own date's day (`00:00`, and what comes before `05:00` belongs to the day before).
   */
  readonly dayStart: string;
  /** Trade dates the exchange does not have: what would fall on one belongs to the next that exists. */
  readonly holidays?: Pick<ReadonlySet<IsoDate>, 'has'>;
  /** Saturdays and Sundays have a trading day of their own (crypto). */
  readonly weekends?: boolean;
}

/** CME futures and the firms that follow them: 18:00 to 16:59 New York. */
export const FUTURES_SESSION: SessionRule = { zone: NEW_YORK, dayStart: '18:00' };

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const NOON = 720;

/**
 * The trading day an instant belongs to, as `YYYY-MM-DD`. A win closed on Monday 18:30 New York belongs to Tuesday;
 * Friday 18:00 until Monday 17:59:59.999 to Monday.
 */
export function tradeDate(instant: number, session: SessionRule = FUTURES_SESSION): IsoDate {
  const start = minutesOf(session.dayStart);
  if (start === undefined) throw new RangeError(`not a time of day: ${session.dayStart}`);
  const wall = instant + offsetMinutes(instant, session.zone) * MINUTE_MS;
  const shift = start >= NOON ? 1440 - start : -start;
  const date = dateOfDay(Math.floor((wall + shift * MINUTE_MS) / DAY_MS));
  return isTradeDate(date, session) ? date : nextTradeDate(date, session);
}

/** True for a date that has a trading day. */
export function isTradeDate(date: IsoDate, session: SessionRule = FUTURES_SESSION): boolean {
  return (session.weekends === true || isWeekday(date)) && session.holidays?.has(date) !== true;
}

/** The first trade date after a date. A calendar that closes a whole year is a broken one, and throws. */
export function nextTradeDate(date: IsoDate, session: SessionRule = FUTURES_SESSION): IsoDate {
  for (let days = 1; days <= 366; days += 1) {
    const next = addDays(date, days);
    if (isTradeDate(next, session)) return next;
  }
  throw new RangeError(`no trade date within a year after ${date}`);
}

/** The instant at which the zone's clocks show `HH:MM` on a trade date: `deadlineInstant('2026-07-01', '16:59')` is 20:59 UTC. */
export function deadlineInstant(date: IsoDate, time: string, zone: string = NEW_YORK): number {
  const minutes = minutesOf(time);
  if (minutes === undefined) throw new RangeError(`not a time of day: ${time}`);
  dayNumber(date);
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const wall = { year, month, day, hour: Math.floor(minutes / 60), minute: minutes % 60, second: 0, millisecond: 0 };
  return instantOf(wall, zone);
}

/** How a position stands against a deadline. */
export type DeadlineState = 'flat-in-time' | 'in-grace' | 'late';

/**
 * Judges the instant at which the last position was closed. The deadline is exclusive: at 16:59:00.000 the firm's own
 * liquidation window begins, and only what is open when that minute is over (`graceSeconds`, 60 for Apex) is a breach.
 */
export function judgeExit(exit: number, date: IsoDate, flatBy: string, graceSeconds: number, zone: string = NEW_YORK): DeadlineState {
  const deadline = deadlineInstant(date, flatBy, zone);
  if (exit < deadline) return 'flat-in-time';
  return exit < deadline + graceSeconds * 1000 ? 'in-grace' : 'late';
}
