/** Times for messages: on the clocks of a zone, as people read them. */
import { type IsoDate, shortDate } from '../../../core/time/dates.ts';
import { wallTime } from '../../../core/time/zone.ts';

/** `16:59:03` or, with parts of a second, `16:58:59.999`. */
export function clockText(at: number, zone: string): string {
  const { hour, minute, second, millisecond } = wallTime(at, zone);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(hour)}:${two(minute)}:${two(second)}${millisecond === 0 ? '' : `.${String(millisecond).padStart(3, '0')}`}`;
}

/** `27 Nov`. */
export function dayText(at: number, zone: string): string {
  return shortDate(dateText(at, zone));
}

/** `2026-03-02` on the clocks of a zone. */
export function dateText(at: number, zone: string): IsoDate {
  const { year, month, day } = wallTime(at, zone);
  return `${String(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** `2026-03-02 16:59:03`. */
export function momentText(at: number, zone: string): string {
  return `${dateText(at, zone)} ${clockText(at, zone)}`;
}
