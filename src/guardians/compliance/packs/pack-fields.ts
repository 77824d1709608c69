/** What the fields of a rule pack are made of: money, dates, times, and amounts by account size. */
import * as z from 'zod';
import { isDate, minutesOf } from '../../../core/time/dates.ts';
import { isZone } from '../../../core/time/zone.ts';

/**
 * The fields as schemas. Made when first asked for: reading packs that a person wrote is rare, and building the schema costs
 * every start some milliseconds.
 */
export const packFields = once(() => {
  const unknown = z.literal('unknown');

  /** An amount of money or a percentage as a decimal string: at most two decimals for money, checked where it is read. */
  const decimal = z.string().regex(/^(?:0|[1-9]\d{0,11})(?:\.\d{1,4})?$/, 'must be a decimal number in quotes, such as "2000" or "52.5"');
  const money = z.string().regex(/^(?:0|[1-9]\d{0,11})(?:\.\d{1,2})?$/, 'must be an amount in quotes with at most two decimals, such as "2000"');
  const date = z.string().refine(isDate, 'must be a date that exists, as YYYY-MM-DD');
  const timeOfDay = z.string().refine((text) => /^\d\d:\d\d$/.test(text) && minutesOf(text) !== undefined, 'must be a time of day, as HH:MM');
  const zone = z.string().refine(isZone, 'must be an IANA time zone, such as America/New_York');
  /** Account size in whole currency units as text (`"50000"`) → amount. */
  const bySize = z.record(z.string().regex(/^[1-9]\d{2,8}$/, 'must be an account size, such as "50000"'), money);

  /** How much: a table by size, a share of the size in percent, or not known. */
  const amount = z.union([z.strictObject({ bySize }), z.strictObject({ percentOfSize: decimal }), unknown]);
  return { unknown, decimal, money, date, timeOfDay, zone, bySize, amount };
});

/** An amount as a pack gives it. */
export type PackAmount = z.infer<ReturnType<typeof packFields>['amount']>;

/** A function that works once; a memo of a pure function, it can be seen in speed only. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
