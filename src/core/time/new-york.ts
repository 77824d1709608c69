/** The American futures clock, by the names rules use most. */
import { daylightSpans } from './daylight.ts';
import type { DaylightSpan } from './daylight.ts';
import { NEW_YORK } from './zone.ts';

/** The summer-time dates of New York in a year: 2026-03-08 to 2026-10-31 (the clock goes back on 1 November). */
export function newYorkSummer(year: number): DaylightSpan {
  const summer = daylightSpans(year, NEW_YORK).find((span) => span.daylight);
  if (!summer) throw new RangeError(`New York has no summer time in ${year}`);
  return summer;
}
