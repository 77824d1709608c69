/** From when to when a condition holds on a day: the only thing the deadline rules need to know of its spelling. */
import { DAY_SECONDS } from './value.ts';
import type { Scalar, WallMoment } from './value.ts';

/** A stretch of a day in which a condition holds: seconds after midnight, end exclusive. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** The date part of a moment. */
export type DayPart = Pick<WallMoment, 'month' | 'day' | 'weekday'>;

/** A Friday in winter, for conditions that do not look at the date; Fridays are where weekly cut-offs hold too. */
const WINTER_FRIDAY: DayPart = { month: 1, day: 16, weekday: 4 };

/** Days that between them show what conditions on the date do: a Wednesday and a Friday of each month, and Mondays of summer and winter. */
export const SAMPLE_DAYS: readonly DayPart[] = [
  ...Array.from({ length: 12 }, (_, i) => i + 1).flatMap((month) => [{ month, day: 14, weekday: 2 }, { month, day: 16, weekday: 4 }]),
  { month: 1, day: 12, weekday: 0 }, { month: 7, day: 13, weekday: 0 },
];

/** Windows of conditions on a usual day; an entry goes with its condition. */
const remembered = new WeakMap<Scalar, readonly Window[]>();

/** The stretches of one day in which a condition holds; empty where it never does or cannot be asked. */
export function windowsOf(condition: Scalar, day: DayPart = WINTER_FRIDAY): readonly Window[] {
  if (day !== WINTER_FRIDAY) { return computeWindows(condition, day); }
  const known = remembered.get(condition) ?? computeWindows(condition, day);
  remembered.set(condition, known);
  return known;
}

function computeWindows(condition: Scalar, day: DayPart): readonly Window[] {
  const windows: Window[] = [];
  let start: number | undefined;
  for (let second = 0; second < DAY_SECONDS; second += 60) {
    const holds = condition.at({ ...day, second }) === true;
    if (holds && start === undefined) { start = second === 0 ? 0 : firstSecond(condition, day, second, true); }
    if (!holds && start !== undefined) {
      windows.push({ start, end: firstSecond(condition, day, second, false) });
      start = undefined;
    }
  }
  if (start !== undefined) { windows.push({ start, end: DAY_SECONDS }); }
  return windows;
}

/** The second within the minute before `minute` at which the condition became what it is there. */
function firstSecond(condition: Scalar, day: DayPart, minute: number, holds: boolean): number {
  for (let second = minute - 59; second < minute; second++) {
    if ((condition.at({ ...day, second }) === true) === holds) { return second; }
  }
  return minute;
}

/** The day on which a condition's windows are to be read: the first sample on which it holds at some time but not always. */
export function dayOf(condition: Scalar): DayPart {
  if (!condition.dated) { return WINTER_FRIDAY; }
  return SAMPLE_DAYS.find((day) => {
    const windows = windowsOf(condition, day);
    return windows.length > 0 && !(windows.length === 1 && windows[0]?.start === 0 && windows[0].end === DAY_SECONDS);
  }) ?? WINTER_FRIDAY;
}

/**
 * `hour >= 16 and minute >= 59`: true in the last minutes of every hour and false between. Gives the first gap, or
 * undefined for a condition without such gaps.
 */
export function hourlyGap(windows: readonly Window[]): { readonly first: Window; readonly again: number } | undefined {
  const [first, second] = windows;
  if (first === undefined || second === undefined || second.start - first.start !== 3600) { return undefined; }
  return first.end % 3600 === 0 && first.end < second.start ? { first, again: second.start } : undefined;
}
