/** Amounts read straight from bytes: what a streamed file has millions of. */
import { textOfBytes } from './clock.ts';
import type { Reading } from '../reading.ts';

const ZERO = 48;
const POINT = 46;
const MINUS = 45;
/** Digits before the point that are cents exactly in any case. */
const MOST_WHOLE = 13;

/**
 * Cents of the amount in a stretch of bytes, as `Reading.cents` gives them for its text; undefined for one that cannot be used or has ended
 * the reading. A sign, digits and a decimal point are read in place, everything else as text.
 */
export function centsOfBytes(bytes: Uint8Array, from: number, to: number, reading: Reading, row: number, what: string): number | undefined {
  if (reading.mark === 'comma') return reading.cents(textOfBytes(bytes, from, to), row, what);
  const negative = bytes[from] === MINUS;
  let next = negative ? from + 1 : from;
  const start = next;
  let cents = 0;
  while (next < to) {
    const digit = bytes[next]! - ZERO;
    if (digit < 0 || digit > 9) break;
    cents = cents * 10 + digit;
    next += 1;
  }
  if (next === start || next - start > MOST_WHOLE) return reading.cents(textOfBytes(bytes, from, to), row, what);
  cents *= 100;
  if (next < to) {
    if (bytes[next] !== POINT) return reading.cents(textOfBytes(bytes, from, to), row, what);
    const part = fraction(bytes, next + 1, to);
    if (part < 0) return reading.cents(textOfBytes(bytes, from, to), row, what);
    cents += part >> 1;
    if ((part & 1) === 1) reading.notes.rounded += 1;
  }
  return negative ? -cents + 0 : cents;
}

/** Twice the cents of the digits after a point, plus one where parts of a cent were rounded; -1 for what are no digits, or none. */
function fraction(bytes: Uint8Array, from: number, to: number): number {
  let cents = 0;
  let rest = 0;
  let up = 0;
  for (let i = from; i < to; i += 1) {
    const digit = bytes[i]! - ZERO;
    if (digit < 0 || digit > 9) return -1;
    if (i === from) cents = digit * 10;
    else if (i === from + 1) cents += digit;
    else {
      if (i === from + 2 && digit >= 5) up = 1;
      rest |= digit;
    }
  }
  return from === to ? -1 : (cents + up) * 2 + (rest === 0 ? 0 : 1);
}
