/**
 * Prices, quantities and point values as scaled integers, exact: a price in billionths, a quantity in hundred-millionths, a point
 * value in millionths of the currency. `bigint`, because 6,000.25 × 40 × 50 in these units is far beyond what a float holds, and
 * because a decimal library takes ten times as long for the ten million prices of a year.
 */

/** Decimals of a price. */
export const PRICE_DECIMALS = 9;
/** Decimals of a quantity (a ten-millionth of a lot is below anything that is traded). */
export const QUANTITY_DECIMALS = 8;
/** Decimals of a point value. */
export const POINT_DECIMALS = 6;

const DECIMAL = /^([+-]?)(\d{1,30})(?:\.(\d{1,30}))?$/;
/** price × quantity × point value, in cents, is the product divided by this. */
const PER_CENT = 10n ** BigInt(PRICE_DECIMALS + QUANTITY_DECIMALS + POINT_DECIMALS - 2);

/** The decimal text as an integer of 10^-decimals; undefined for other text and for more decimals than that, unless they are zeros. */
export function fixedOf(text: string, decimals: number): bigint | undefined {
  const match = DECIMAL.exec(text.trim());
  if (match === null) { return undefined; }
  const [, sign, whole = '', fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(decimals))) { return undefined; }
  const value = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  return sign === '-' ? -value : value;
}

/** The decimal text as an integer of 10^-decimals, the nearest one where it has more decimals (an average price has as many as a float holds). */
export function nearestFixedOf(text: string, decimals: number): bigint | undefined {
  const match = DECIMAL.exec(text.trim());
  const fraction = match?.[3] ?? '';
  if (match === null || fraction.length <= decimals) { return fixedOf(text, decimals); }
  const cut = fixedOf(`${match[1] ?? ''}${match[2] ?? ''}.${fraction.slice(0, decimals)}`, decimals);
  const away = (fraction[decimals] ?? '0') >= '5' ? (match[1] === '-' ? -1n : 1n) : 0n;
  return cut === undefined ? undefined : cut + away;
}

/** Cents of a sum of price × quantity, at a point value; halves of a cent go away from zero. */
export function centsOfPoints(points: bigint, pointValue: bigint): number {
  const product = points * pointValue;
  const half = PER_CENT / 2n;
  return Number(product < 0n ? -((-product + half) / PER_CENT) : (product + half) / PER_CENT);
}

/** A quantity for people: `2`, `0.35`. */
export function quantityText(quantity: bigint): string {
  const digits = String(quantity < 0n ? -quantity : quantity).padStart(QUANTITY_DECIMALS + 1, '0');
  const whole = digits.slice(0, -QUANTITY_DECIMALS);
  let end = digits.length;
  while (end > digits.length - QUANTITY_DECIMALS && digits[end - 1] === '0') { end -= 1; }
  const fraction = digits.slice(digits.length - QUANTITY_DECIMALS, end);
  return `${quantity < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
