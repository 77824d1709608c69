/** The proof behind a deadline's verdict: a cut-off held against every session of a year. */
import { addDays, dayNumber, isWeekday } from '../../../core/time/dates.ts';
import type { IsoDate } from '../../../core/time/dates.ts';
import type { Clock } from '../../../core/time/daylight.ts';
import type { TradingCalendar } from '../../../core/time/calendar.ts';
import type { Product } from '../../../core/time/products.ts';
import { offsetMinutes } from '../../../core/time/zone.ts';
import type { Scalar, WallClock } from '../clock/value.ts';
import { dayOf } from '../clock/windows.ts';
import { heldDays } from './held-days.ts';
import type { HeldDay } from './held-days.ts';
import { timeClock } from './seen.ts';
import type { Deadline } from './verdict.ts';

/** A close that begins at one time of day on a clock whose offset is known on every day. */
export interface ResolvedCutoff {
  readonly condition: Scalar;
  readonly clock: WallClock;
  /** Seconds after midnight on that clock. */
  readonly start: number;
}

/** What an account has to be flat in, and by when. Without products every weekday has the firm's deadline. */
export interface Schedule {
  readonly calendar: TradingCalendar;
  readonly products: readonly Product[];
  readonly deadline: Pick<Deadline, 'text' | 'zone'>;
}

/** How a cut-off fares over a year. */
export interface DeadlineProof {
  readonly sessions: number;
  readonly inTime: number;
  /** Trade dates on which the close begins too late. */
  readonly failing: readonly IsoDate[];
}

const DAY_SECONDS = 86_400;

/** Minutes east of UTC of a clock around noon of a date. */
function offsetOf(clock: Clock, instant: number, date: IsoDate): number {
  if ('zone' in clock) { return offsetMinutes(instant, clock.zone); }
  return 'offsetMinutes' in clock ? clock.offsetMinutes : clock.offsetOn(date);
}

/** Seconds after midnight that a clock shows at an instant. */
function shownAt(clock: Clock, instant: number, date: IsoDate): number {
  const seconds = Math.floor(instant / 1000) + offsetOf(clock, instant, date) * 60;
  return ((seconds % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
}

/** The instant at which a cut-off begins to close on a trade date: of all its days the one nearest to the firm's deadline. */
function beginsAt({ start }: ResolvedCutoff, clock: Clock, { date, deadline }: HeldDay): number {
  const off = (((start - shownAt(clock, deadline, date)) % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
  return deadline + (off > DAY_SECONDS / 2 ? off - DAY_SECONDS : off) * 1000;
}

/** Has a cut-off begun to close before an instant of a trade date? Also where its condition happens to hold just then. */
export function closesBefore(cutoff: ResolvedCutoff, clock: Clock, day: HeldDay, instant: number): boolean {
  if (beginsAt(cutoff, clock, day) < instant) { return true; }
  return cutoff.condition.at({ ...dayOf(cutoff.condition), second: shownAt(clock, instant - 1000, day.date) }) === true;
}

/** The cut-off on every session of a year; undefined where the day of the week decides, or nobody knows the clock. */
export function proofOf(cutoff: ResolvedCutoff, schedule: Schedule, year: number): DeadlineProof | undefined {
  const clock = timeClock(cutoff.clock);
  if (clock === undefined || cutoff.condition.dated) { return undefined; }
  const first = `${String(year)}-01-01`;
  const days = heldDays(schedule, first, dayNumber(`${String(year + 1)}-01-01`) - dayNumber(first));
  const failing = days.filter((day) => !closesBefore(cutoff, clock, day, Math.min(day.deadline, ...day.flats.map(({ flat }) => flat.instant)))).map(({ date }) => date);
  return { sessions: days.length, inTime: days.length - failing.length, failing };
}

/** `flat in time 91 of 261 days`. */
export function proofText({ inTime, sessions }: DeadlineProof): string {
  return `flat in time ${inTime} of ${sessions} days`;
}

/** Most stretches of failing dates that are written out. */
const MOST_STRETCHES = 12;

/** `2026-03-09..2026-10-30`: days in a row over week-ends are one stretch. */
export function failingText({ failing }: DeadlineProof): string {
  const stretches: { from: IsoDate; to: IsoDate }[] = [];
  for (const date of failing) {
    const last = stretches.at(-1);
    if (last !== undefined && date <= addDays(last.to, 3) && weekdaysBetween(last.to, date) === 0) { last.to = date; } else { stretches.push({ from: date, to: date }); }
  }
  const shown = stretches.slice(0, MOST_STRETCHES).map(({ from, to }) => (from === to ? from : `${from}..${to}`));
  return [...shown, ...(stretches.length > MOST_STRETCHES ? [`${stretches.length - MOST_STRETCHES} more`] : [])].join(', ');
}

function weekdaysBetween(from: IsoDate, to: IsoDate): number {
  let count = 0;
  for (let date = addDays(from, 1); date < to; date = addDays(date, 1)) { if (isWeekday(date)) { count += 1; } }
  return count;
}

/** The proof as entries of a finding's evidence; none where nothing is proven. */
export function proofEvidence(proof: DeadlineProof | undefined): Readonly<Record<string, string>> {
  return proof === undefined ? {} : { proof: proofText(proof), ...(proof.failing.length === 0 ? {} : { failing: failingText(proof) }) };
}
