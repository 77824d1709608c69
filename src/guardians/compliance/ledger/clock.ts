/**
 * Times of a ledger to instants. A clock reads text or bytes; `at` and `nanos` hold the last instant that was read, so that ten
 * million rows make no ten million objects. Times without a zone are put on the clock that the options name.
 */
import { instantOf, offsetMinutes, wallTime } from '../../../core/time/zone.ts';
import type { LedgerZone } from './event.ts';
import { shown, type Reading } from './reading.ts';
import { orderProof, readTime, type DayOrder } from './time-text.ts';
import { zoneText } from './zone-text.ts';

const MINUTE_MS = 60_000;
/** Offsets have changed at whole quarters of an hour only since 1972. */
const QUARTER_MS = 900_000;
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
  /** A quarter of an hour on the wall throughout which one offset holds, and that offset. */
  #quarter = Number.NaN;
  #quarterOffset = 0;
  /** The last date that was read from bytes, as 20260302, and its milliseconds. */
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
    const wall = wallMs - this.#zone.aheadMinutes * MINUTE_MS;
    const quarter = Math.floor(wall / QUARTER_MS);
    if (quarter !== this.#quarter) {
      const instant = this.#instant(wall, this.#zone, text);
      if (this.#isPlain(quarter * QUARTER_MS, wall - instant, this.#zone.zone)) {
        this.#quarter = quarter;
        this.#quarterOffset = wall - instant;
      }
      this.at = instant;
      return true;
    }
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

  /** Whether a quarter of an hour on the wall comes once, whole, and with this offset. */
  #isPlain(start: number, offset: number, zone: string): boolean {
    for (const wallMs of [start, start + QUARTER_MS - 1]) {
      const wall = wallTime(wallMs, 'UTC');
      const instant = instantOf(wall, zone);
      if (wallMs - instant !== offset || instantOf(wall, zone, 'later') !== instant) return false;
      if (instant + offsetMinutes(instant, zone) * MINUTE_MS !== wallMs) return false;
    }
    return true;
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
    const date = four(bytes, from) * 10_000 + two(bytes, from + 5) * 100 + two(bytes, from + 8);
    const hour = two(bytes, from + 11);
    const minute = two(bytes, from + 14);
    const second = two(bytes, from + 17);
    if (!(date >= 0) || !(hour <= 23) || !(minute <= 59) || !(second <= 59)) return false;
    if (date !== this.#day && !this.#newDay(date)) return false;
    let wallMs = this.#dayMs + hour * 3_600_000 + minute * MINUTE_MS + second * 1000;
    let next = from + 19;
    this.nanos = 0;
    if (next < to && bytes[next] === 46) {
      const start = ++next;
      let fraction = 0;
      while (next < to && bytes[next]! >= ZERO && bytes[next]! <= 57) fraction = fraction * 10 + bytes[next++]! - ZERO;
      const places = next - start;
      if (places === 0 || places > 9) return false;
      fraction *= 10 ** (9 - places);
      const milliseconds = Math.floor(fraction / 1e6);
      wallMs += milliseconds;
      this.nanos = fraction - milliseconds * 1e6;
    }
    if (next === to) return this.#onWall(wallMs, row, () => textOfBytes(bytes, from, to));
    this.at = wallMs;
    if (next + 1 === to) return bytes[next] === 90;
    return next + 6 === to && bytes[next] === 43 && bytes[next + 3] === COLON && two(bytes, next + 1) === 0 && two(bytes, next + 4) === 0;
  }

  #newDay(date: number): boolean {
    const [year, month, day] = [Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100];
    if (year < 1900 || month < 1 || month > 12 || day < 1 || day > 31) return false;
    const ms = Date.UTC(year, month - 1, day);
    if (new Date(ms).getUTCDate() !== day) return false;
    this.#day = date;
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

function four(bytes: Uint8Array, at: number): number {
  return two(bytes, at) * 100 + two(bytes, at + 2);
}

/** Bytes of UTF-8 as text: for what is not read in place, and for sentences. */
export function textOfBytes(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
}
