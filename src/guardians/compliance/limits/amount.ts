/** Numbers as they are written: the exact value, and what the writing says of the unit. */
import { ratio, ratioOf } from '../packs/money.ts';
import type { Ratio } from '../packs/money.ts';

/** A number with the unit its own writing gives (`10%`, `$2,500`, `2.5k`). */
export interface Amount {
  /** Without its sign: `-1500` of a daily loss is 1,500. */
  readonly value: Ratio;
  readonly unit?: 'percent' | 'money';
}

/** Reads a number as code and configuration write it; undefined for anything else and for zero, which is no limit but “off”. */
export function amountOf(text: string): Amount | undefined {
  const match = /^([+-]?)(\$|USD ?|€)? ?([+-]?)(\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,9})?|[\d_]{1,15}(?:\.[\d_]{0,9})?|\.\d{1,9})(?:[eE]([+-]?\d))? ?(k|K|%| ?USD| ?percent)?$/.exec(text.trim());
  if (match === null) { return undefined; }
  const plain = (match[4] ?? '').replaceAll(',', '').replaceAll('_', '');
  const base = ratioOf(normal(plain));
  if (base === undefined || base.numerator === 0) { return undefined; }
  const power = Number(match[5] ?? '0') + (match[6]?.toLowerCase() === 'k' ? 3 : 0);
  const value = power >= 0 ? times(base, 10 ** power, 1) : times(base, 1, 10 ** -power);
  if (value === undefined) { return undefined; }
  const suffix = match[6]?.trim().toLowerCase();
  const unit = suffix === '%' || suffix === 'percent' ? 'percent' : match[2] !== undefined || suffix === 'usd' ? 'money' : undefined;
  return { value, ...(unit === undefined ? {} : { unit }) };
}

/** `.5` and `5.` as `0.5` and `5`. */
function normal(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  return fraction === '' ? whole || '0' : `${whole || '0'}.${fraction}`;
}

/** A ratio times a fraction of integers; undefined beyond exact integers. */
export function times(value: Ratio, numerator: number, denominator: number): Ratio | undefined {
  const [a, b] = [value.numerator * numerator, value.denominator * denominator];
  return Number.isSafeInteger(a) && Number.isSafeInteger(b) ? ratio(a, b) : undefined;
}

/** The ratio as a float, for plausibility only: never for a verdict. */
export function roughly(value: Ratio): number {
  return value.numerator / value.denominator;
}

/** A number as a message shows it: whole numbers from 1,000 on with separators, everything else as written. */
export function shownNumber(text: string): string {
  const plain = text.trim().replaceAll('_', '');
  return /^-?\d{4,12}$/.test(plain) ? Number(plain).toLocaleString('en-US') : text.trim();
}
