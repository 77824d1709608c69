/**
 * Times of a ledger to instants. A clock reads text or bytes; `at` and `nanos` hold the last instant that was read, so that ten
 * million rows make no ten million objects. Times without a zone are put on the clock that the options name.
 */
import { instantOf, offsetMinutes, wallTime } from '../../../../core/time/zone.ts';
import type { LedgerZone } from '../event.ts';
import { shown, type Reading } from '../reading.ts';
import { orderProof, readTime, type DayOrder } from './time-text.ts';
import { zoneText } from '../zone-text.ts';

const MINUTE_MS = 60_000;
/** Since 1972 clocks are set at whole quarters of an hour, by whole quarters of an hour: within one on the wall one offset holds. */
const QUARTER_MS = 900_000;
/** What makes nanoseconds of a fraction of a second, by its number of decimals. */
const TO_NANOS = [1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 100, 10, 1] as const;
const ZERO = 48;
const DASH = 45;
const COLON = 58;

export class Clock {
  /** Milliseconds since 1970 of the last time that was read. */
  at = 0;
  /** Nanoseconds within that millisecond. */
  nanos = 0;
  readonly #reading: Reading;
  readonly #zone: LedgerZone | undefined;
  #order: DayOrder | undefined;
  #monthFirst: string | undefined;
  #dayFirst: string | undefined;
  /** The quarter of an hour on the wall that was asked for last, and the offset that holds in it. */
  #quarter = Number.NaN;
  #quarterOffset = 0;
  /** The characters of the last date that was read from bytes, four a number, and its milliseconds. */
  #year = 0;
  #day = 0;
  #dayMs = 0;

  constructor(reading: Reading, order?: DayOrder) {
    this.#reading = reading;
    this.#zone = reading.options.zone;
    this.#order = order;
  }

  /** Looks at a time for what it proves about the order of day and month. True once there is proof. */
  learn(written: string): boolean {
    const proof = orderProof(written);
    if (proof === 'month-first') this.#monthFirst ??= written.trim();
    if (proof === 'day-first') this.#dayFirst ??= written.trim();
    this.#order = this.#monthFirst !== undefined ? 'month-first' : this.#dayFirst !== undefined ? 'day-first' : this.#order;
    return this.#monthFirst !== undefined || this.#dayFirst !== undefined;
  }

  /** Reads a time into `at` and `nanos`. False for one that cannot be used, or that has ended the reading. */
  read(written: string, row: number): boolean {
    const time = readTime(written, this.#order);
    if (time === 'unusable') return false;
    if (time === 'order') {
      this.#reading.refuse(row, `“${shown(written)}” may be month/day or day/month, and no date in the file decides; write dates as 2026-03-02.`);
      return false;
    }
    if (time === undefined) return this.#unread(written, row);
    if (time.dateOnly) this.#reading.say('Some times are dates alone; they are taken at 00:00.');
    this.nanos = time.nanos;
    if (time.offsetMinutes !== undefined) {
      this.at = time.wallMs - time.offsetMinutes * MINUTE_MS;
      return true;
    }
    return this.#onWall(time.wallMs, row, () => shown(written));
  }

  /**
   * Reads a time from bytes. The common forms (ISO with seconds, whole counts) are read in place and give exactly what `read` gives
   * for the text (a property test holds them together); all others go there.
   */
  readBytes(bytes: Uint8Array, from: number, to: number, row: number): boolean {
    const length = to - from;
    if (length >= 19 && bytes[from + 4] === DASH && this.#iso(bytes, from, to, row)) return true;
    if (this.#reading.problem !== undefined) return false;
    if (length === 19 && this.#nanoCount(bytes, from)) return true;
    if (length === 13 && this.#milliCount(bytes, from)) return true;
    return this.read(textOfBytes(bytes, from, to), row);
  }

  #unread(written: string, row: number): false {
    const both = this.#monthFirst !== undefined && this.#dayFirst !== undefined;
    this.#reading.refuse(row, both
      ? `“${shown(written)}” does not fit: “${this.#monthFirst!}” has the month first and “${this.#dayFirst!}” the day; write dates as 2026-03-02.`
      : `“${shown(written)}” is no time; write it as 2026-03-02T14:30:00Z, as 2026-03-02 09:30:00 with a clock named by --tz, or as s, ms, µs or ns since 1970.`);
    return false;
  }

  #onWall(wallMs: number, row: number, text: () => string): boolean {
    if (this.#zone === undefined) {
      this.#reading.refuse(row, `“${text()}” has no zone; name the clock with --tz America/New_York (or America/New_York+7h for a server that is 7 h ahead of New York).`);
      return false;
    }
    if (this.#onSameQuarter(wallMs)) return true;
    const wall = wallMs - this.#zone.aheadMinutes * MINUTE_MS;
    const quarter = Math.floor(wall / QUARTER_MS);
    this.at = this.#instant(wall, this.#zone, text);
    this.#quarter = quarter;
    this.#quarterOffset = wall - this.at;
    return true;
  }

  /** Puts a time on the wall where the one before it was in the same quarter of an hour. */
  #onSameQuarter(wallMs: number): boolean {
    if (this.#zone === undefined) return false;
    const wall = wallMs - this.#zone.aheadMinutes * MINUTE_MS;
    if (Math.floor(wall / QUARTER_MS) !== this.#quarter) return false;
    this.at = wall - this.#quarterOffset;
    return true;
  }

  /** The instant of a wall time, and a note where it comes twice or never. */
  #instant(wallMs: number, zone: LedgerZone, text: () => string): number {
    const wall = wallTime(wallMs, 'UTC');
    const earlier = instantOf(wall, zone.zone);
    if (instantOf(wall, zone.zone, 'later') !== earlier) {
      this.#once('twice', `${text()} comes twice on the clock ${zoneText(zone)} (it is set back); the first coming is taken, here and wherever else.`);
    } else if (earlier + offsetMinutes(earlier, zone.zone) * MINUTE_MS !== wallMs) {
      this.#once('never', `${text()} does not exist on the clock ${zoneText(zone)} (it is set forward); such times are moved on by the length of the gap.`);
    }
    return earlier;
  }

  readonly #met = new Set<string>();

  #once(what: string, sentence: string): void {
    if (this.#met.has(what)) return;
    this.#met.add(what);
    this.#reading.say(sentence);
  }

  /** `2026-03-02T14:30:00`, with up to nine decimals and `Z` or `+00:00`. False for anything else, and where the reading has ended. */
  #iso(bytes: Uint8Array, from: number, to: number, row: number): boolean {
    if (bytes[from + 7] !== DASH || bytes[from + 13] !== COLON || bytes[from + 16] !== COLON) return false;
    if (bytes[from + 10] !== 84 && bytes[from + 10] !== 32) return false;
    // Written out: a call for each pair of digits is half of the time of a long file.
    const h1 = bytes[from + 11]! - ZERO;
    const h2 = bytes[from + 12]! - ZERO;
    const m1 = bytes[from + 14]! - ZERO;
    const m2 = bytes[from + 15]! - ZERO;
    const s1 = bytes[from + 17]! - ZERO;
    const s2 = bytes[from + 18]! - ZERO;
    if ((h1 | h2 | m1 | m2 | s1 | s2) < 0 || h1 > 2 || h2 > 9 || m1 > 5 || m2 > 9 || s1 > 5 || s2 > 9) return false;
    const hour = h1 * 10 + h2;
    if (hour > 23) return false;
    const year = (bytes[from]! << 24) | (bytes[from + 1]! << 16) | (bytes[from + 2]! << 8) | bytes[from + 3]!;
    const day = (bytes[from + 5]! << 24) | (bytes[from + 6]! << 16) | (bytes[from + 8]! << 8) | bytes[from + 9]!;
    if ((year !== this.#year || day !== this.#day) && !this.#newDay(bytes, from, year, day)) return false;
    let wallMs = this.#dayMs + hour * 3_600_000 + (m1 * 10 + m2) * MINUTE_MS + (s1 * 10 + s2) * 1000;
    let next = from + 19;
    this.nanos = 0;
    if (next < to && bytes[next] === 46) {
      const start = ++next;
      let fraction = 0;
      while (next < to && bytes[next]! >= ZERO && bytes[next]! <= 57) fraction = fraction * 10 + bytes[next++]! - ZERO;
      const places = next - start;
      if (places === 0 || places > 9) return false;
      if (places === 3) wallMs += fraction;
      else {
        fraction *= TO_NANOS[places]!;
        const milliseconds = Math.floor(fraction / 1e6);
        wallMs += milliseconds;
        this.nanos = fraction - milliseconds * 1e6;
      }
    }
    if (next === to) return this.#onSameQuarter(wallMs) || this.#onWall(wallMs, row, () => textOfBytes(bytes, from, to));
    this.at = wallMs;
    if (next + 1 === to) return bytes[next] === 90;
    return next + 6 === to && bytes[next] === 43 && bytes[next + 3] === COLON && two(bytes, next + 1) === 0 && two(bytes, next + 4) === 0;
  }

  #newDay(bytes: Uint8Array, from: number, packedYear: number, packedDay: number): boolean {
    const year = two(bytes, from) * 100 + two(bytes, from + 2);
    const month = two(bytes, from + 5);
    const day = two(bytes, from + 8);
    if (!(year >= 1900) || !(month >= 1 && month <= 12) || !(day >= 1 && day <= 31)) return false;
    const ms = Date.UTC(year, month - 1, day);
    if (new Date(ms).getUTCDate() !== day) return false;
    this.#year = packedYear;
    this.#day = packedDay;
    this.#dayMs = ms;
    return true;
  }

  /** Nineteen digits: nanoseconds since 1970. */
  #nanoCount(bytes: Uint8Array, from: number): boolean {
    const ms = digits(bytes, from, from + 13);
    const nanos = digits(bytes, from + 13, from + 19);
    if (!(ms >= 0) || !(nanos >= 0)) return false;
    this.at = ms;
    this.nanos = nanos;
    return true;
  }

  /** Thirteen digits: milliseconds since 1970. */
  #milliCount(bytes: Uint8Array, from: number): boolean {
    const ms = digits(bytes, from, from + 13);
    if (!(ms >= 0)) return false;
    this.at = ms;
    this.nanos = 0;
    return true;
  }
}

/** The whole number of a run of digits; NaN where one is none. */
function digits(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i += 1) {
    const digit = bytes[i]! - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function two(bytes: Uint8Array, at: number): number {
  const [a, b] = [bytes[at]! - ZERO, bytes[at + 1]! - ZERO];
  return a < 0 || a > 9 || b < 0 || b > 9 ? Number.NaN : a * 10 + b;
}

/** Bytes of UTF-8 as text: for what is not read in place, and for sentences. */
export function textOfBytes(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
}
