/** What a time on the code's clock is on the deadline's clock, day by day of a year. */
import { minutesOf, timeOf, weekday } from '../../../core/time/dates.ts';
import type { IsoDate } from '../../../core/time/dates.ts';
import { seenIn } from '../../../core/time/daylight.ts';
import type { Clock, DateRange } from '../../../core/time/daylight.ts';
import { deadlineInstant } from '../../../core/time/session.ts';
import { offsetMinutes } from '../../../core/time/zone.ts';
import type { Scalar, WallClock } from '../clock/value.ts';
import { dayOf, SAMPLE_DAYS, windowsOf } from '../clock/windows.ts';
import type { DayPart, Window } from '../clock/windows.ts';

/** A stretch of the year with one answer: when the close begins on the deadline's clock. */
export interface Shown extends DateRange {
  /** Minutes after midnight on the deadline's clock; fractions for seconds. */
  readonly minutes: number;
}

/** The beginning of a close: its windows on the code's clock, the one that counts, and what it is over the year. */
export interface Beginning {
  /** Seconds after midnight on the code's clock. */
  readonly start: number;
  readonly windows: readonly Window[];
  readonly shown: readonly Shown[];
}

const DAY_MINUTES = 1440;

/** The clock as `core/time` knows it; undefined for clocks that a machine or a broker sets. */
export function timeClock(clock: WallClock): Clock | undefined {
  if (clock.kind === 'zone') { return clock.zone === undefined ? undefined : { zone: clock.zone }; }
  if (clock.kind === 'fixed') { return { offsetMinutes: clock.offset ?? 0 }; }
  const { offsetOn } = clock;
  return clock.kind === 'guessed' && offsetOn !== undefined ? { offsetOn: (date) => offsetOn(...partsOf(date)) } : undefined;
}

function partsOf(date: IsoDate): [month: number, day: number, weekday: number] {
  return [Number(date.slice(5, 7)), Number(date.slice(8, 10)), (weekday(date) + 6) % 7];
}

function dayPart(date: IsoDate): DayPart {
  const [month, day, of] = partsOf(date);
  return { month, day, weekday: of };
}

/**
 * When the close begins over the year on the deadline's clock. Undefined for a condition that never holds, always holds,
 * or whose clock has no offset anybody knows.
 */
export function beginningOf(condition: Scalar, clock: WallClock, zone: string, near: number, year: number): Beginning | undefined {
  const windows = windowsOf(condition, dayOf(condition));
  const known = timeClock(clock);
  const edges = windows.filter((window) => window.start > 0 || windows[windows.length - 1]?.end !== 86_400);
  if (known === undefined || edges.length === 0) { return undefined; }
  const winter = seenMinutes(year, 0, known, zone)[0]?.minutes ?? 0;
  const distance = (start: number): number => {
    const off = Math.abs((((start / 60 + winter - near) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES);
    return Math.min(off, DAY_MINUTES - off);
  };
  // `now > time(16, 57)` begins with the next instant, not a second later.
  const start = edges.map((window) => (window.start % 30 === 1 ? window.start - 1 : window.start)).reduce((best, other) => (distance(other) < distance(best) ? other : best));
  return { start, windows, shown: seenMinutes(year, start, condition.dated ? movedBy(condition, start, known) : known, zone) };
}

/** A memo of a pure function, by its arguments: it can be seen in speed only. */
const shownBefore = new Map<string, readonly Shown[]>();
const MEMO_SIZE = 2_000;

/** A start on the code's clock as minutes on the deadline's, over a year. */
export function seenMinutes(year: number, start: number, clock: Clock, zone: string): readonly Shown[] {
  if ('offsetOn' in clock) { return computeShown(year, start, clock, zone); }
  const key = `${year} ${start} ${'zone' in clock ? clock.zone : clock.offsetMinutes} ${zone}`;
  const known = shownBefore.get(key);
  if (known !== undefined) { return known; }
  if (shownBefore.size >= MEMO_SIZE) { shownBefore.clear(); }
  const shown = computeShown(year, start, clock, zone);
  shownBefore.set(key, shown);
  return shown;
}

function computeShown(year: number, start: number, clock: Clock, zone: string): readonly Shown[] {
  const rest = (start % 60) / 60;
  return seenIn(year, timeOf(Math.floor(start / 60)), clock, zone).map(({ from, to, time }) => ({ from, to, minutes: (minutesOf(time) ?? 0) + rest }));
}

/** A condition that looks at the date (`close_hour = 20 if summer else 21`) begins at other times on other days: the clock is moved by as much. */
function movedBy(condition: Scalar, start: number, clock: Clock): Clock {
  const starts = new Set(SAMPLE_DAYS.flatMap((day) => windowsOf(condition, day).map((window) => window.start)));
  const offset = (date: IsoDate): number => {
    if ('offsetMinutes' in clock) { return clock.offsetMinutes; }
    return 'offsetOn' in clock ? clock.offsetOn(date) : zoneOffset(clock.zone, date);
  };
  return {
    offsetOn: (date) => {
      const day = dayPart(date);
      const holds = (second: number): boolean => condition.at({ ...day, second }) === true;
      const own = [...starts].filter((second) => holds(second) && (second === 0 || !holds(second - 1)))
        .sort((a, b) => Math.abs(a - start) - Math.abs(b - start))[0] ?? start;
      return offset(date) - (own - start) / 60;
    },
  };
}

/** A zone's offset at noon of a date. */
function zoneOffset(zone: string, date: IsoDate): number {
  return offsetMinutes(deadlineInstant(date, '12:00', zone), zone);
}

/** Does the condition hold at a time of the deadline's clock, in the stretch in which `shown` is its start? Then the close has begun by then. */
export function holdsAt(condition: Scalar, beginning: Beginning, shown: Shown, minutes: number): boolean {
  const wall = beginning.start - (shown.minutes - minutes) * 60;
  const second = ((Math.round(wall) % 86_400) + 86_400) % 86_400;
  const day = condition.dated ? dayPart(shown.from) : dayOf(condition);
  return condition.at({ ...day, second }) === true;
}
