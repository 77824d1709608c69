/**
 * What an expression says about the time of day: which clock it reads, and what it is at each moment of a day.
 *
 * A value is a function of what that clock shows (`WallMoment`). A test such as `now.hour >= 16 and now.minute >= 59` becomes
 * a function from the moment to true or false, and the questions of the deadline rules (“from when to when is this
 * true?”) are answered by asking it, whatever its spelling.
 */
import type { Span } from '../../../core/source/model.ts';

/** What a clock on the wall shows: seconds after midnight, and the date. */
export interface WallMoment {
  readonly second: number;
  /** 1–12. */
  readonly month: number;
  /** 1–31. */
  readonly day: number;
  /** 0 is Monday, as in Python. */
  readonly weekday: number;
}

/**
 * The clock a time was read from.
 * - `zone`: a zone with its own rules (`America/New_York`)
 * - `fixed`: a fixed distance from UTC, UTC itself included (`offset` in minutes)
 * - `guessed`: a distance chosen from the date (`-4 if 3 <= month <= 11 else -5`)
 * - `local`: the machine's own clock
 * - `server`: the broker's clock (MetaTrader)
 */
export interface WallClock {
  readonly kind: 'zone' | 'fixed' | 'guessed' | 'local' | 'server';
  readonly zone?: string;
  /** Minutes east of UTC, of a fixed clock. */
  readonly offset?: number;
  /** Minutes east of UTC in each month (index 1–12), of a guessed clock; asked at noon on the 15th where days matter too. */
  readonly offsetOn?: (month: number, day: number, weekday: number) => number;
  /**
   * How the clock came about, where it matters for the message.
   * - `utc`: UTC as such; `offset`: hours added to UTC; `named`: a fixed zone such as `EST` or `timezone(timedelta(hours=-5))`
   * - `relabelled`: the digits of another clock with New York's name on them
   * - `mean-time`: a pytz zone used as `tzinfo=`, which is local mean time (New York −4:56)
   * - `assumed`: the name of the value says so (`now_et`)
   * - `unzoned`: digits without a zone (`datetime.combine(day, time(16, 59))`)
   */
  readonly how?: 'utc' | 'offset' | 'named' | 'relabelled' | 'mean-time' | 'assumed' | 'utcnow-as-local' | 'unzoned';
  /** Where the clock was chosen: the place to mend. */
  readonly root: Span;
  /** Used when the zone's data are missing (`except: ET = timezone.utc`). */
  readonly fallback?: WallClock;
}

/** Answers of a value at a moment. A tuple is compared element by element, as Python does. */
export type Answer = number | string | boolean | readonly Answer[] | undefined;

/**
 * A plain value. `unit` keeps times of day apart from numbers: `time(16, 59)` is 60,540 seconds of the day (`clock`),
 * `timedelta(hours=5)` is 18,000 seconds of length (`span`).
 */
export interface Scalar {
  readonly kind: 'scalar';
  readonly unit: 'number' | 'text' | 'boolean' | 'tuple' | 'clock' | 'span';
  /** The clock it depends on; absent for constants. */
  readonly clock?: WallClock;
  /** Depends on month, day or weekday. */
  readonly dated: boolean;
  at(moment: WallMoment): Answer;
  /** Where constants in it were written: literals, or whole `time(16, 59)` calls. */
  readonly origins: readonly Span[];
  /** Names the constants came through (`FLATTEN_TIME`, `flatten_time`). */
  readonly names: readonly string[];
  /** Only the name is known, the value stands in another file: `at` never answers. */
  readonly opaque?: boolean;
  /** The comparisons it was made of, in source order. */
  readonly tests?: readonly Span[];
  /** The choice by date it came from (`-4 if 3 <= month <= 11 else -5`). */
  readonly chosenAt?: Span;
}

/** A point in time. `second` is its time of day; `fixed` when that does not move with the clock (`now.replace(hour=16, …)`). */
export interface Moment {
  readonly kind: 'moment';
  readonly clock: WallClock;
  readonly aware: boolean;
  readonly fixed: boolean;
  readonly dated: boolean;
  second(moment: WallMoment): number | undefined;
  readonly origins: readonly Span[];
  readonly names: readonly string[];
  /** A naive UTC time (`utcnow()`), which `astimezone` takes for local time. */
  readonly naiveUtc?: boolean;
}

/** A zone object: `ZoneInfo(…)`, `timezone.utc`. `meanTime` for pytz zones, which are wrong as `tzinfo=`. */
export interface Zone {
  readonly kind: 'zone';
  readonly clock: WallClock;
  readonly meanTime: boolean;
}

/** Time since 1970 in units of which a day has `perDay`: `time.time()`, `bar.ts_event`. */
export interface Epoch {
  readonly kind: 'epoch';
  readonly perDay: number;
  readonly clock: WallClock;
}

export type Value = Scalar | Moment | Zone | Epoch;

export const DAY_SECONDS = 86_400;

/** A constant, with where and under which names it was written. */
export function constant(unit: Scalar['unit'], value: Answer, origins: readonly Span[] = [], names: readonly string[] = []): Scalar {
  return { kind: 'scalar', unit, dated: false, at: () => value, origins, names };
}

/** A value read off a clock. */
export function reading(unit: Scalar['unit'], from: { readonly clock: WallClock; readonly dated: boolean; readonly origins?: readonly Span[]; readonly names?: readonly string[] }, at: (moment: WallMoment) => Answer): Scalar {
  return { kind: 'scalar', unit, clock: from.clock, dated: from.dated, at, origins: from.origins ?? [], names: from.names ?? [] };
}

/** Any moment will do to ask a constant. */
export const ANY_MOMENT: WallMoment = { second: 0, month: 1, day: 15, weekday: 0 };

/** The value of a constant; undefined for one that moves. */
export function constantOf(value: Value | undefined): Answer {
  return value?.kind === 'scalar' && value.clock === undefined ? value.at(ANY_MOMENT) : undefined;
}

/** A constant number. */
export function numberOf(value: Value | undefined): number | undefined {
  const answer = constantOf(value);
  return typeof answer === 'number' ? answer : undefined;
}

/** A constant text. */
export function textOf(value: Value | undefined): string | undefined {
  const answer = constantOf(value);
  return typeof answer === 'string' ? answer : undefined;
}

/** Do two clocks always show the same? */
export function sameClock(a: WallClock, b: WallClock): boolean {
  if (a === b) { return true; }
  if (a.kind !== b.kind || a.fallback !== undefined || b.fallback !== undefined) { return false; }
  if (a.kind === 'zone') { return a.zone === b.zone; }
  if (a.kind === 'fixed') { return a.offset === b.offset; }
  // A guess is the same where it was made in the same place; the machine's and the broker's clocks are one each.
  return a.kind !== 'guessed' || (a.root.start === b.root.start && a.root.end === b.root.end);
}

/**
 * The one clock of several values: undefined when none has one, `'mixed'` when they differ. Mixed tests say nothing
 * provable and are left alone.
 */
export function commonClock(clocks: readonly (WallClock | undefined)[]): WallClock | 'mixed' | undefined {
  let found: WallClock | undefined;
  for (const clock of clocks) {
    if (clock === undefined) { continue; }
    if (found !== undefined && !sameClock(found, clock)) { return 'mixed'; }
    found ??= clock;
  }
  return found;
}

/** Text such as `16:59`, `4:59 PM`, `16:59:30` or `1659` as seconds after midnight. */
export function secondsOfText(text: string): number | undefined {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?\s?([aApP][mM])?$/.exec(text.trim());
  if (match === null) { return undefined; }
  let hour = Number(match[1]);
  const [minute, second] = [Number(match[2]), Number(match[3] ?? 0)];
  const half = match[4]?.toLowerCase();
  if (half !== undefined) {
    if (hour < 1 || hour > 12) { return undefined; }
    hour = (hour % 12) + (half === 'pm' ? 12 : 0);
  }
  return hour > 23 || minute > 59 || second > 59 ? undefined : hour * 3600 + minute * 60 + second;
}
