/** The strictest change that mends a loose limit: the allowance, written the way the limit was. */
import type { Fix } from '../../../core/findings/finding.ts';
import type { LimitCandidate } from './candidate.ts';
import type { Sized } from './unit.ts';

/** The fix, and the number it writes. */
export interface LimitFix {
  readonly fix: Fix;
  readonly written: string;
}

/**
 * Writes the allowance in the unit and the form of the literal it replaces; undefined where the number is not one literal.
 * Never safe: a tighter limit changes when the bot stops, and somebody has to want that.
 */
export function limitFix(limit: Pick<LimitCandidate, 'name' | 'at'>, value: Sized, allowanceCents: number, size: number, text: string): LimitFix | undefined {
  const old = text.slice(limit.at.start, limit.at.end);
  const form = /^(["']?)([+-]?)(\$?)([\d_,]{1,19})(\.[\d_]{0,9})?( ?%?)\1$/.exec(old);
  if (form === null) { return undefined; }
  const [, quote = '', sign = '', currency = '', whole = '', fraction, suffix = ''] = form;
  const number = numberText(value, allowanceCents, size, fraction !== undefined);
  const grouped = value.unit === 'money' ? groupedLike(number, whole) : number;
  const written = `${currency}${grouped}${suffix}`;
  return {
    written,
    fix: { title: `Set ${limit.name} to ${written}`, safe: false, edits: [{ start: limit.at.start, end: limit.at.end, text: `${quote}${sign}${written}${quote}` }] },
  };
}

/** The allowance as percent (two decimals), fraction (four), basis points or money, rounded down. */
function numberText(value: Sized, cents: number, size: number, point: boolean): string {
  if (value.unit === 'money') { return value.cents === true ? decimal(cents, 0, point) : decimal(cents, 2, point); }
  // Cents of a size in whole units: cents / size is the percentage.
  if (value.unit === 'percent') { return decimal(Math.floor((cents * 100) / size), 2, point); }
  if (value.unit === 'basis-points') { return decimal(Math.floor((cents * 100) / size), 0, point); }
  return decimal(Math.floor((cents * 100) / size), 4, true);
}

/** A whole number of the last place as decimal text without needless zeros; with `.0` where the old one had a point. */
function decimal(units: number, places: number, point: boolean): string {
  const digits = String(units).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const rest = digits.slice(digits.length - places).replace(/0{1,9}$/, '');
  return rest === '' ? (point ? `${whole}.0` : whole) : `${whole}.${rest}`;
}

/** `5_000` and `5,000` keep their separators. */
function groupedLike(number: string, like: string): string {
  const separator = like.includes('_') ? '_' : like.includes(',') ? ',' : '';
  if (separator === '') { return number; }
  const [whole = '', rest] = number.split('.');
  const groups: string[] = [];
  for (let end = whole.length; end > 0; end -= 3) { groups.unshift(whole.slice(Math.max(0, end - 3), end)); }
  return rest === undefined ? groups.join(separator) : `${groups.join(separator)}.${rest}`;
}
