/**
 * Instants and wall time. An instant is milliseconds since 1970-01-01T00:00Z; a zone is an IANA name. The zone data is
 * that of the runtime's `Intl`; offsets are kept as a table of changes, so that a conversion costs a look-up and not a
 * formatting (an `Intl` formatting costs some microseconds, a look-up some ten nanoseconds).
 */

/** The zone of the American futures exchanges' rules. */
export const NEW_YORK = 'America/New_York';

/** What a clock on the wall of a zone shows. `month` and `day` count from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** A change of a zone's offset: from `at` on it is `after` minutes east of UTC. */
export interface OffsetChange {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** A stretch of one block with one offset, in milliseconds. */
interface Stretch {
  readonly until: number;
  readonly offsetMs: number;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** About 400 days: a block is filled at once, by one sample a day. */
const BLOCK_DAYS = 400;
const BLOCK_MS = BLOCK_DAYS * DAY_MS;
/** The instants a JavaScript date can hold, less a block at either end. */
const LIMIT_MS = 8.64e15 - 2 * BLOCK_MS;

/** The offsets of one zone, filled block by block as they are asked for. */
class ZoneTable {
  readonly #format: Intl.DateTimeFormat;
  readonly #blocks = new Map<number, readonly Stretch[]>();
  #lastIndex = Number.NaN;
  #last: readonly Stretch[] = [];

  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', era: 'short',
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
  }

  offsetMs(instant: number): number {
    const stretches = this.#block(Math.floor(instant / BLOCK_MS));
    for (const stretch of stretches) if (instant < stretch.until) return stretch.offsetMs;
    throw new RangeError('an offset block does not reach its end');
  }

  changes(from: number, to: number): OffsetChange[] {
    const found: OffsetChange[] = [];
    let before = this.offsetMs(from);
    for (let index = Math.floor(from / BLOCK_MS); index * BLOCK_MS < to; index += 1) {
      let start = index * BLOCK_MS;
      for (const stretch of this.#block(index)) {
        if (start > from && start < to && stretch.offsetMs !== before) {
          found.push({ at: start, before: before / MINUTE_MS, after: stretch.offsetMs / MINUTE_MS });
          before = stretch.offsetMs;
        }
        start = stretch.until;
      }
    }
    return found;
  }

  #block(index: number): readonly Stretch[] {
    if (index === this.#lastIndex) return this.#last;
    const known = this.#blocks.get(index) ?? this.#fill(index);
    this.#blocks.set(index, known);
    this.#lastIndex = index;
    this.#last = known;
    return known;
  }

  /** One sample a day, then the second of each change by bisection: no zone has changed twice within a day since 1900. */
  #fill(index: number): readonly Stretch[] {
    const start = index * BLOCK_MS;
    const stretches: Stretch[] = [];
    let offset = this.#sample(start);
    for (let day = 1; day <= BLOCK_DAYS; day += 1) {
      const next = this.#sample(start + day * DAY_MS);
      if (next === offset) continue;
      let low = start + (day - 1) * DAY_MS;
      let high = start + day * DAY_MS;
      while (high - low > SECOND_MS) {
        const middle = low + Math.floor((high - low) / (2 * SECOND_MS)) * SECOND_MS;
        if (this.#sample(middle) === offset) low = middle;
        else high = middle;
      }
      if (high < start + BLOCK_MS) stretches.push({ until: high, offsetMs: offset });
      else break;
      offset = next;
    }
    stretches.push({ until: start + BLOCK_MS, offsetMs: offset });
    return stretches;
  }

  /** Offset at a whole second, from what `Intl` shows there. */
  #sample(instant: number): number {
    const part = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
    let beforeChrist = false;
    for (const { type, value } of this.#format.formatToParts(instant)) {
      if (type in part) part[type as keyof typeof part] = Number(value);
      else if (type === 'era') beforeChrist = value.startsWith('B');
    }
    return utcMs({ ...part, year: beforeChrist ? 1 - part.year : part.year, millisecond: 0 }) - instant;
  }
}

/** A memo of a pure function, by zone name: it can be seen in speed only. */
const tables = new Map<string, ZoneTable>();

function tableOf(zone: string): ZoneTable {
  let table = tables.get(zone);
  if (!table) {
    table = new ZoneTable(zone);
    tables.set(zone, table);
  }
  return table;
}

/** The milliseconds a wall time would be if its clock ran in UTC. */
function utcMs(wall: WallTime): number {
  const date = new Date(0);
  date.setUTCFullYear(wall.year, wall.month - 1, wall.day);
  date.setUTCHours(wall.hour, wall.minute, wall.second, wall.millisecond);
  return date.getTime();
}

/** True if the runtime knows the zone (`America/New_York`, `UTC`, `Europe/Prague`). */
export function isZone(zone: string): boolean {
  if (tables.has(zone)) return true;
  try {
    tableOf(zone);
    return true;
  } catch {
    return false;
  }
}

function offsetMs(instant: number, zone: string): number {
  if (!(Math.abs(instant) <= LIMIT_MS)) throw new RangeError(`not an instant: ${instant}`);
  return tableOf(zone).offsetMs(instant);
}

/**
 * Minutes that the zone's clocks are ahead of UTC at an instant: −300 in New York's winter, −240 in its summer.
 * (Not whole before zones were standardised.) Throws RangeError for a zone the runtime does not know: see `isZone`.
 */
export function offsetMinutes(instant: number, zone: string): number {
  return offsetMs(instant, zone) / MINUTE_MS;
}

/** What the zone's clocks show at an instant. */
export function wallTime(instant: number, zone: string): WallTime {
  const date = new Date(instant + offsetMs(instant, zone));
  return {
    year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(),
    hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
}

/**
 * The instant at which the zone's clocks show a wall time. A time that comes twice (clocks set back) is taken at its
 * first coming, or the second with `repeated: 'later'`; a time that is skipped (clocks set forward) is moved on by the
 * length of the gap, as RFC 5545 has it.
 */
export function instantOf(wall: WallTime, zone: string, repeated: 'earlier' | 'later' = 'earlier'): number {
  const utc = utcMs(wall);
  const before = offsetMs(utc - DAY_MS, zone);
  const after = offsetMs(utc + DAY_MS, zone);
  const early = utc - before;
  const late = utc - after;
  const fits = [early, late].filter((instant) => instant + offsetMs(instant, zone) === utc);
  const [first, second] = fits;
  if (first === undefined) return early;
  return second === undefined ? first : repeated === 'later' ? Math.max(first, second) : Math.min(first, second);
}

/** The changes of a zone's offset within a calendar year of that zone, in order. */
export function offsetChanges(year: number, zone: string): readonly OffsetChange[] {
  const start = { year, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 };
  return tableOf(zone).changes(instantOf(start, zone), instantOf({ ...start, year: year + 1 }, zone));
}
