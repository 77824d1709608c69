/**
 * Times as platforms write them, to their parts: ISO dates with and without a zone, MetaTrader's `2026.03.02 09:30:00`, days and
 * months in both orders with `AM` and `PM`, and counts since 1970 in seconds, milliseconds, microseconds and nanoseconds.
 * Nothing here knows a zone or what day it is: `clock.ts` makes instants of the parts.
 */

/** A time that was read. */
export interface ReadTime {
  /** Milliseconds that the time would be since 1970 if its clock ran in UTC. */
  readonly wallMs: number;
  /** Nanoseconds within the millisecond. */
  readonly nanos: number;
  /** Minutes east of UTC that the text itself says (0 for `Z` and for counts since 1970); undefined where it names no zone. */
  readonly offsetMinutes: number | undefined;
  /** True for a date alone. */
  readonly dateOnly: boolean;
}

/** Which of the two numbers before the year is the month. */
export type DayOrder = 'month-first' | 'day-first';

/** `order`: a date like 03/02/2026 in a file that does not say which number is the month. `unusable`: no time at all (`NaT`, nothing). */
export type TimeReading = ReadTime | 'unusable' | 'order' | undefined;

const NOTHING = new Set(['', 'nat', 'nan', 'none', 'null', '<na>', 'n/a', '-', '--']);
const COUNT = /^-?\d{1,20}$/;
const COUNT_WITH_FRACTION = /^(\d{9,11})\.(\d{1,9})\d{0,6}$/;
const YEAR_FIRST = /^(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?:[T ,] ?(.{4,40}))?$/;
const YEAR_LAST = /^(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})(?:[ ,T] ?(.{4,40}))?$/;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?(?: ?([AaPp])\.?[Mm]\.?)?(?: ?(Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?$/;

/** Reads one time; `order` says which number of `03/02/2026` is the month. */
export function readTime(written: string, order: DayOrder | undefined): TimeReading {
  const text = written.trim();
  if (NOTHING.has(text.toLowerCase())) return 'unusable';
  if (COUNT.test(text)) return ofCount(text);
  const fraction = COUNT_WITH_FRACTION.exec(text);
  if (fraction) {
    const nanos = Number(fraction[2]!.padEnd(9, '0'));
    return { wallMs: Number(fraction[1]) * 1000 + Math.floor(nanos / 1e6), nanos: nanos % 1e6, offsetMinutes: 0, dateOnly: false };
  }
  const first = YEAR_FIRST.exec(text);
  if (first) return ofParts(Number(first[1]), Number(first[3]), Number(first[4]), first[5]);
  const last = YEAR_LAST.exec(text);
  if (!last) return undefined;
  const [a, b] = [Number(last[1]), Number(last[3])];
  const year = last[4]!.length === 2 ? 2000 + Number(last[4]) : Number(last[4]);
  const known = last[2] === '.' ? 'day-first' : order;
  if (known === undefined) return a === b ? ofParts(year, a, b, last[5]) : 'order';
  return known === 'day-first' ? ofParts(year, b, a, last[5]) : ofParts(year, a, b, last[5]);
}

/** What a date with the year last says about the order of its day and month: proof where one number is no month; undefined for other text. */
export function orderProof(written: string): DayOrder | 'either' | undefined {
  const last = YEAR_LAST.exec(written.trim());
  if (!last || last[2] === '.') return undefined;
  const [a, b] = [Number(last[1]), Number(last[3])];
  if (a > 12 && b <= 12) return 'day-first';
  if (b > 12 && a <= 12) return 'month-first';
  return a === b ? undefined : 'either';
}

/** A count since 1970, its unit by its length: up to 11 digits seconds, 14 milliseconds, 17 microseconds, more nanoseconds; 20260302 is a date. */
function ofCount(text: string): TimeReading {
  const negative = text.startsWith('-');
  const digits = negative ? text.slice(1) : text;
  if (!negative && (digits.length === 8 || digits.length === 14) && (digits.startsWith('19') || digits.startsWith('20'))) {
    const clock = digits.length === 8 ? undefined : `${digits.slice(8, 10)}:${digits.slice(10, 12)}:${digits.slice(12)}`;
    return ofParts(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6, 8)), clock);
  }
  if (!negative && digits.length === 19) return { wallMs: Number(digits.slice(0, 13)), nanos: Number(digits.slice(13)), offsetMinutes: 0, dateOnly: false };
  const perUnit = digits.length <= 11 ? 1_000_000_000n : digits.length <= 14 ? 1_000_000n : digits.length <= 17 ? 1000n : 1n;
  const nanoseconds = BigInt(text) * perUnit;
  const rest = ((nanoseconds % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const wallMs = Number((nanoseconds - rest) / 1_000_000n);
  return Math.abs(wallMs) > 8e15 ? undefined : { wallMs, nanos: Number(rest), offsetMinutes: 0, dateOnly: false };
}

function ofParts(year: number, month: number, day: number, clock: string | undefined): ReadTime | undefined {
  const date = Date.UTC(year, month - 1, day);
  if (new Date(date).getUTCMonth() !== month - 1 || new Date(date).getUTCDate() !== day || month < 1 || year < 1900) return undefined;
  if (clock === undefined) return { wallMs: date, nanos: 0, offsetMinutes: undefined, dateOnly: true };
  const match = CLOCK.exec(clock.trim());
  if (!match) return undefined;
  const half = match[5]?.toLowerCase();
  const written = Number(match[1]);
  const minute = Number(match[2]);
  const second = Number(match[3] ?? 0);
  if (minute > 59 || second > 59 || written > 23 || (half !== undefined && (written < 1 || written > 12))) return undefined;
  const hour = half === undefined ? written : (written % 12) + (half === 'p' ? 12 : 0);
  const fraction = Number((match[4] ?? '').slice(0, 9).padEnd(9, '0'));
  return {
    wallMs: date + hour * 3_600_000 + minute * 60_000 + second * 1000 + Math.floor(fraction / 1e6), nanos: fraction % 1e6,
    offsetMinutes: offsetOf(match[6]), dateOnly: false,
  };
}

function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  if (!zone.startsWith('+') && !zone.startsWith('-')) return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith('-') ? -minutes + 0 : minutes;
}
