/** Contracts and lots as decimal text, added exactly. */
import { addDecimals, decimalText, negateDecimal, parseDecimal } from '../../../../core/source/decimal.ts';

/** The sum of two quantities; the first one where the other is no number. */
export function addQuantities(a: string, b: string): string {
  const [left, right] = [parseDecimal(a), parseDecimal(b)];
  const sum = left && right ? addDecimals(left, right) : undefined;
  return sum === undefined ? a : decimalText(sum);
}

/** The other way round: `2` for `-2`. */
export function negateQuantity(quantity: string): string {
  const value = parseDecimal(quantity);
  return value === undefined ? quantity : decimalText(negateDecimal(value));
}

/** True for `0`, `0.00`, `-0`. */
export function isNoQuantity(quantity: string): boolean {
  return parseDecimal(quantity)?.coefficient === 0n;
}
