/** Exact money and percentages: integer cents and integer fractions, so that a verdict never hangs on a rounded float. */

/** A fraction in lowest terms; `denominator` is positive. Both are safe integers. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

const DECIMAL = /^([+-]?)(\d{1,15})(?:\.(\d{1,9}))?$/;

/** The fraction `numerator / denominator` in lowest terms. */
export function ratio(numerator: number, denominator: number): Ratio {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || denominator === 0) {
    throw new RangeError(`not a fraction of integers: ${numerator}/${denominator}`);
  }
  let [a, b] = [Math.abs(numerator), Math.abs(denominator)];
  while (b !== 0) [a, b] = [b, a % b];
  const sign = denominator < 0 ? -1 : 1;
  const divisor = a === 0 ? 1 : a;
  return { numerator: (sign * numerator) / divisor + 0, denominator: Math.abs(denominator) / divisor };
}

/**
 * The exact value of a decimal text or of a number as it was written (`0.1` is one tenth, not its nearest float).
 * Undefined for text that is no plain decimal, and for more digits than integers hold exactly.
 */
export function ratioOf(value: string | number): Ratio | undefined {
  const match = DECIMAL.exec(String(value).trim());
  if (!match) return undefined;
  const fraction = match[3] ?? '';
  const digits = Number(`${match[2]}${fraction}`);
  const denominator = 10 ** fraction.length;
  if (!Number.isSafeInteger(digits)) return undefined;
  return ratio(match[1] === '-' ? -digits : digits, denominator);
}

/** Whole cents of a decimal amount (`2000`, `"52.50"`); undefined for text that is none or that has parts of a cent. */
export function centsOf(value: string | number): number | undefined {
  const exact = ratioOf(value);
  if (exact === undefined || 100 % exact.denominator !== 0) return undefined;
  const cents = exact.numerator * (100 / exact.denominator);
  return Number.isSafeInteger(cents) ? cents : undefined;
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
export function compareRatio(a: Ratio, b: Ratio): number {
  const left = BigInt(a.numerator) * BigInt(b.denominator);
  const right = BigInt(b.numerator) * BigInt(a.denominator);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** `share` of an amount in cents, rounded down: the stricter side for an allowance. */
export function shareOf(cents: number, share: Ratio): number {
  const product = BigInt(cents) * BigInt(share.numerator);
  const quotient = product / BigInt(share.denominator);
  const exact = product % BigInt(share.denominator) === 0n;
  return Number(product < 0n && !exact ? quotient - 1n : quotient);
}

/** `2,000` or `1,999.50` of cents. */
export function moneyText(cents: number): string {
  const whole = Math.floor(Math.abs(cents) / 100);
  const rest = Math.abs(cents) % 100;
  const text = `${grouped(String(whole))}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}`;
  return cents < 0 ? `-${text}` : text;
}

/** `4`, `2.67`, `0.6` of a percentage: at most two decimals, rounded half up; for messages only. */
export function percentText(percent: Ratio): string {
  const hundredths = Math.floor((percent.numerator * 200 + percent.denominator) / (2 * percent.denominator));
  return String(hundredths / 100);
}

/** Commas between groups of three digits. */
function grouped(digits: string): string {
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return groups.join(',');
}
