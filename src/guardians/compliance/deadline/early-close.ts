/** The first trade date on which a product stops before a cut-off begins to close: the proof of APX020. */
import { addDays, shortDate, timeOf, weekday } from '../../../core/time/dates.ts';
import type { IsoDate } from '../../../core/time/dates.ts';
import type { FlatTime } from '../../../core/time/calendar.ts';
import type { Product } from '../../../core/time/products.ts';
import { nextTradeDate } from '../../../core/time/session.ts';
import { NEW_YORK, wallTime } from '../../../core/time/zone.ts';
import { heldDays } from './held-days.ts';
import { closesBefore } from './proof.ts';
import type { ResolvedCutoff, Schedule } from './proof.ts';
import { timeClock } from './seen.ts';
import { zoneText } from './wording.ts';

/** A product that stops before the cut-off. */
export interface Stop {
  readonly product: Product;
  readonly flat: FlatTime;
  /** When it opens again, in ms. */
  readonly reopens: number;
}

/** The first date on which a cut-off comes too late. */
export interface Missed {
  readonly date: IsoDate;
  readonly stops: readonly Stop[];
}

/** How far ahead is looked: every product that has early closes has one within a year. */
const SEARCH_DAYS = 400;

/** The first trade date from `from` on that a cut-off misses; undefined where it comes before every close. */
export function firstMissed(cutoff: ResolvedCutoff, schedule: Schedule, from: IsoDate): Missed | undefined {
  const clock = timeClock(cutoff.clock);
  if (clock === undefined) { return undefined; }
  const { calendar } = schedule;
  for (const day of heldDays(schedule, from, SEARCH_DAYS)) {
    const stops = day.flats.flatMap(({ product, flat }): readonly Stop[] => {
      if (flat.by !== 'close' || closesBefore(cutoff, clock, day, flat.instant)) { return []; }
      const [next] = calendar.openIntervals(product, nextTradeDate(day.date, calendar.rule(product)));
      return next === undefined ? [] : [{ product, flat, reopens: next.from }];
    });
    if (stops.length > 0) { return { date: day.date, stops }; }
  }
  return undefined;
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** `Fri 27 Nov`. */
export function dayText(date: IsoDate): string {
  return `${(WEEKDAYS[weekday(date)] ?? '').slice(0, 3)} ${shortDate(date)}`;
}

/** The exchange's floor is Chicago's, and its notices of holidays are in Chicago's time. Source: CME Group's holiday calendar. */
const EXCHANGE_ZONE = 'America/Chicago';

/** `GC stops 14:45 ET (13:45 CT), ES and NQ 13:15 ET (12:15 CT)`: New York's time, and that of the cut-off's zone, or else the exchange's. */
export function stopsText(stops: readonly Stop[], own: string): string {
  const groups = new Map<number, string[]>();
  for (const { product, flat } of stops) { groups.set(flat.instant, [...(groups.get(flat.instant) ?? []), product.root]); }
  const texts = [...groups].map(([instant, roots], at) => {
    const local = own === NEW_YORK ? localZone(stops, instant) : own;
    const beside = local === undefined ? '' : ` (${timeIn(instant, local)} ${zoneText(local)})`;
    return `${joined(roots)}${at === 0 ? roots.length > 1 ? ' stop' : ' stops' : ''} ${timeIn(instant, NEW_YORK)} ET${beside}`;
  });
  return texts.join(', ');
}

function localZone(stops: readonly Stop[], instant: number): string | undefined {
  return stops.some(({ product, flat }) => flat.instant === instant && product.kind === 'future') ? EXCHANGE_ZONE : undefined;
}

function joined(roots: readonly string[]): string {
  return roots.length < 2 ? roots.join('') : `${roots.slice(0, -1).join(', ')} and ${roots.at(-1) ?? ''}`;
}

/** `Sunday 18:00`, in New York: when the last of the products opens again; with the date where it is a week away. */
export function reopenText({ date, stops }: Missed): string {
  const instant = Math.max(...stops.map(({ reopens }) => reopens));
  const wall = wallTime(instant, NEW_YORK);
  const day = new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).toISOString().slice(0, 10);
  return `${day >= addDays(date, 7) ? dayText(day) : WEEKDAYS[weekday(day)] ?? ''} ${timeOf(wall.hour * 60 + wall.minute)}`;
}

function timeIn(instant: number, zone: string): string {
  const { hour, minute } = wallTime(instant, zone);
  return timeOf(hour * 60 + minute);
}
