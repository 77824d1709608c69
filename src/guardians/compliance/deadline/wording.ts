/** Times, lengths and stretches of the year as messages say them. */
import { rangeText, weekdayRange } from '../../../core/time/daylight.ts';
import type { DateRange } from '../../../core/time/daylight.ts';
import { timeOf } from '../../../core/time/dates.ts';
import { NEW_YORK } from '../../../core/time/zone.ts';

/** `56 min`, `1 h`, `4 h 56 min` of minutes; seconds are rounded up, so that a lateness is never 0. */
export function lengthText(minutes: number): string {
  const whole = Math.ceil(Math.abs(minutes) - 1e-9);
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  if (hours === 0) { return `${rest} min`; }
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** `16:59`, or `16:59:30` where seconds were written, of seconds after midnight. */
export function clockText(seconds: number): string {
  const whole = ((Math.floor(seconds) % 86_400) + 86_400) % 86_400;
  const rest = whole % 60;
  return `${timeOf(Math.floor(whole / 60))}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** `9 Mar–30 Oct`, `9 Mar–27 Mar and 26 Oct–30 Oct`; first to last where there are more. */
export function spansText(ranges: readonly DateRange[]): string {
  const shown = joined(ranges).flatMap((range) => weekdayRange(range) ?? []);
  const [first, second] = shown;
  const last = shown[shown.length - 1];
  if (first === undefined || last === undefined) { return 'on some days'; }
  if (shown.length > 2) { return `on days between ${rangeText({ from: first.from, to: last.to })}`; }
  return second === undefined ? rangeText(first) : `${rangeText(first)} and ${rangeText(second)}`;
}

/** Stretches that follow each other over a week-end are one. */
function joined(ranges: readonly DateRange[]): readonly DateRange[] {
  const out: DateRange[] = [];
  for (const range of ranges) {
    const last = out[out.length - 1];
    const gap = last === undefined ? Number.POSITIVE_INFINITY : Date.parse(range.from) - Date.parse(last.to);
    if (last !== undefined && gap <= 3 * 86_400_000) { out[out.length - 1] = { from: last.from, to: range.to }; } else { out.push(range); }
  }
  return out;
}

const ZONE_LETTERS: ReadonlyMap<string, string> = new Map([[NEW_YORK, 'ET'], ['America/Chicago', 'CT']]);

/** `ET` for New York, `CT` for Chicago, the city else. */
export function zoneText(zone: string): string {
  return ZONE_LETTERS.get(zone) ?? cityOf(zone);
}

/** Zones whose names are no city's. */
const CITIES: ReadonlyMap<string, string> = new Map([['US/Eastern', 'New York'], ['US/Central', 'Chicago'], ['US/Mountain', 'Denver'], ['US/Pacific', 'Los Angeles']]);

/** `London` of `Europe/London`, `Chicago` of `US/Central`. */
export function cityOf(zone: string): string {
  return CITIES.get(zone) ?? (zone.split('/').pop() ?? zone).replaceAll('_', ' ');
}
