/**
 * Exact decimals: a coefficient and a power of ten. Money and limits are compared in these, never in binary floats
 * (0.1 + 0.2 is 0.3 here).
 */

/** `coefficient × 10^exponent`. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

/** Longest coefficient and largest exponent an operation may give; a longer one is no limit anybody wrote. */
const MAX_DIGITS = 200;
const MAX_EXPONENT = 400;

const DECIMAL_TEXT = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
const RADIX_TEXT = /^0[xXoObB][0-9a-fA-F]+$/;

/**
 * Reads a number as source code writes it (`50_000`, `-0.5`, `1e-3`, `0x1F`).
 * @returns undefined for anything else, complex numbers and absurd exponents included.
 */
export function parseDecimal(text: string): Decimal | undefined {
  const plain = text.trim().replaceAll('_', '');
  if (RADIX_TEXT.test(plain)) { return parseRadix(plain); }
  const match = DECIMAL_TEXT.exec(plain);
  if (match === null) { return undefined; }
  const whole = match[2] ?? '';
  const fraction = match[3] ?? '';
  if (whole.length + fraction.length === 0 || whole.length + fraction.length > MAX_DIGITS) { return undefined; }
  const magnitude = BigInt(whole + fraction);
  return bounded(match[1] === '-' ? -magnitude : magnitude, Number(match[4] ?? '0') - fraction.length);
}

function parseRadix(text: string): Decimal | undefined {
  if (text.length > MAX_DIGITS) { return undefined; }
  try {
    return bounded(BigInt(text.toLowerCase()), 0);
  } catch {
    return undefined;
  }
}

function bounded(coefficient: bigint, exponent: number): Decimal | undefined {
  const reduced = reduce(coefficient, exponent);
  if (Math.abs(reduced.exponent) > MAX_EXPONENT) { return undefined; }
  return digits(reduced.coefficient) > MAX_DIGITS ? undefined : reduced;
}

function digits(value: bigint): number {
  return (value < 0n ? -value : value).toString().length;
}

/** Takes trailing zeros off the coefficient, so that equal numbers have equal parts. */
function reduce(coefficient: bigint, exponent: number): Decimal {
  if (coefficient === 0n) { return { coefficient: 0n, exponent: 0 }; }
  const text = coefficient.toString();
  let zeros = 0;
  while (text.charCodeAt(text.length - 1 - zeros) === 48) { zeros++; }
  return zeros === 0
    ? { coefficient, exponent }
    : { coefficient: BigInt(text.slice(0, text.length - zeros)), exponent: exponent + zeros };
}

/** A whole number as a decimal. */
export function decimalOf(value: bigint): Decimal {
  return reduce(value, 0);
}

/** Plain notation without exponent or trailing zeros: `50000`, `-0.125`. */
export function decimalText(value: Decimal): string {
  const negative = value.coefficient < 0n;
  const text = (negative ? -value.coefficient : value.coefficient).toString();
  const sign = negative ? '-' : '';
  if (value.exponent >= 0) { return sign + text + '0'.repeat(value.exponent); }
  const places = -value.exponent;
  const padded = text.padStart(places + 1, '0');
  return `${sign}${padded.slice(0, -places)}.${padded.slice(-places)}`;
}

/** Both coefficients at one exponent. */
function align(a: Decimal, b: Decimal): { readonly a: bigint; readonly b: bigint; readonly exponent: number } {
  const exponent = Math.min(a.exponent, b.exponent);
  return {
    a: a.coefficient * 10n ** BigInt(a.exponent - exponent),
    b: b.coefficient * 10n ** BigInt(b.exponent - exponent),
    exponent,
  };
}

/** −1, 0 or 1. */
export function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const both = align(a, b);
  if (both.a === both.b) { return 0; }
  return both.a < both.b ? -1 : 1;
}

/** Exact sum; undefined beyond 200 digits. */
export function addDecimals(a: Decimal, b: Decimal): Decimal | undefined {
  const both = align(a, b);
  return bounded(both.a + both.b, both.exponent);
}

/** The number with its sign turned. */
export function negateDecimal(a: Decimal): Decimal {
  return { coefficient: -a.coefficient, exponent: a.exponent };
}

/** Exact product; undefined beyond 200 digits. */
export function multiplyDecimals(a: Decimal, b: Decimal): Decimal | undefined {
  return bounded(a.coefficient * b.coefficient, a.exponent + b.exponent);
}

/** Exact quotient; undefined when it has no end (1 / 3) or the divisor is zero. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal | undefined {
  if (b.coefficient === 0n) { return undefined; }
  // A fraction in lowest terms ends exactly when its denominator has no prime factor but 2 and 5.
  const divisor = greatestCommonDivisor(a.coefficient, b.coefficient);
  let denominator = b.coefficient / divisor;
  let numerator = a.coefficient / divisor;
  if (denominator < 0n) { denominator = -denominator; numerator = -numerator; }
  let places = 0;
  while (denominator !== 1n) {
    if (places++ > MAX_DIGITS) { return undefined; }
    const scaled = numerator * 10n;
    const common = greatestCommonDivisor(scaled, denominator);
    if (common === 1n) { return undefined; }
    numerator = scaled / common;
    denominator /= common;
  }
  return bounded(numerator, a.exponent - b.exponent - places);
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) { [x, y] = [y, x % y]; }
  return x === 0n ? 1n : x;
}

/** Quotient rounded towards minus infinity, as Python's `//`; undefined for a zero divisor. */
export function floorDivideDecimals(a: Decimal, b: Decimal): Decimal | undefined {
  if (b.coefficient === 0n) { return undefined; }
  const both = align(a, b);
  const quotient = both.a / both.b;
  const exact = quotient * both.b === both.a;
  return bounded(exact || both.a < 0n === both.b < 0n ? quotient : quotient - 1n, 0);
}

/** Remainder with the divisor's sign, as Python's `%`; undefined for a zero divisor. */
export function moduloDecimals(a: Decimal, b: Decimal): Decimal | undefined {
  const quotient = floorDivideDecimals(a, b);
  const part = quotient === undefined ? undefined : multiplyDecimals(quotient, b);
  return part === undefined ? undefined : addDecimals(a, negateDecimal(part));
}

/** Power with a whole exponent between −200 and 200; undefined otherwise. */
export function powerDecimals(base: Decimal, exponent: Decimal): Decimal | undefined {
  const times = wholeNumber(exponent);
  if (times === undefined || times < -200n || times > 200n) { return undefined; }
  const count = times < 0n ? -times : times;
  if (digits(base.coefficient) * Number(count) > MAX_DIGITS * 4) { return undefined; }
  const power = bounded(base.coefficient ** count, base.exponent * Number(count));
  return power === undefined || times >= 0n ? power : divideDecimals({ coefficient: 1n, exponent: 0 }, power);
}

/** The number as a whole one; undefined when it has a fraction. */
export function wholeNumber(value: Decimal): bigint | undefined {
  return value.exponent < 0 ? undefined : value.coefficient * 10n ** BigInt(value.exponent);
}

/** Cut towards zero, as Python's `int()`. */
export function truncateDecimal(value: Decimal): Decimal {
  if (value.exponent >= 0) { return value; }
  return reduce(value.coefficient / 10n ** BigInt(-value.exponent), 0);
}

/** Rounded to `places` digits after the point, halves to even, as Python's `round()` and the `decimal` module. */
export function roundDecimal(value: Decimal, places: number): Decimal {
  if (-value.exponent <= places || Math.abs(places) > MAX_DIGITS) { return value; }
  const unit = 10n ** BigInt(-value.exponent - places);
  const half = unit / 2n;
  let quotient = value.coefficient / unit;
  const rest = value.coefficient - quotient * unit;
  const size = rest < 0n ? -rest : rest;
  if (size > half || (size === half && quotient % 2n !== 0n)) { quotient += value.coefficient < 0n ? -1n : 1n; }
  return reduce(quotient, -places);
}
