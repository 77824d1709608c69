/** A product's days as a table. */
import { addDays, shortDate, timeOf, weekday } from '../time/dates.ts';
import { NEW_YORK, wallTime } from '../time/zone.ts';
import type { SessionDay, SessionsReport } from './sessions.ts';

const BOLD = '\u001b[1m';
const RESET = '\u001b[0m';
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** One table: a line a day; hours in New York, and in the product's own zone where that is another. */
export function sessionsText({ product, zone, days, source }: SessionsReport, color: boolean): string {
  const zones = zone === NEW_YORK ? [NEW_YORK] : [NEW_YORK, zone];
  const header = ['Date', ...zones.map(city), 'Trade date', 'Says', ''];
  const rows = days.map((day) => [dated(day.date), ...zones.map((one) => hours(day, one)), day.kind === 'closed' ? '' : dated(day.tradeDate), day.said, note(day, zone)]);
  const widths = header.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd();
  const bold = (text: string): string => (color ? `${BOLD}${text}${RESET}` : text);
  return [bold(`${product}, ${zone}`), bold(line(header)), ...rows.map(line), '', source, ''].join('\n');
}

/** `New York` of `America/New_York`. */
function city(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

function dated(date: string): string {
  return `${WEEKDAYS[weekday(date)] ?? ''} ${date}`;
}

/** `Wed 18:00 – 13:00` in a zone; a weekday stands where it is not the session's own date. */
function hours({ date, opens, closes }: SessionDay, zone: string): string {
  if (opens === undefined || closes === undefined) { return 'closed'; }
  return `${clock(opens, zone, date)} – ${clock(closes, zone, date)}`;
}

function clock(instant: string, zone: string, date: string): string {
  const wall = wallTime(Date.parse(instant), zone);
  const own = `${String(wall.year).padStart(4, '0')}-${String(wall.month).padStart(2, '0')}-${String(wall.day).padStart(2, '0')}`;
  const time = timeOf(wall.hour * 60 + wall.minute);
  if (own === date) { return time; }
  return own === addDays(date, 1) && time === '00:00' ? '24:00' : `${WEEKDAYS[weekday(own)] ?? ''} ${time}`;
}

/** What is not as on other days. */
function note({ kind, early, late, name, tradeDate, date, breaks }: SessionDay, zone: string): string {
  const parts = [
    ...(name === undefined ? [] : [name]),
    ...(kind === 'halts' ? [`${early ? 'halts early, ' : ''}counts for ${shortDate(tradeDate)}`] : early ? ['early close'] : []),
    ...(late ? ['late open'] : []),
    ...breaks.map(({ from, to }) => `rests ${clock(from, zone, date)}–${clock(to, zone, date)}`),
  ];
  return parts.join(', ');
}
