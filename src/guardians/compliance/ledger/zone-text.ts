/**
 * The clock that a person names for times without a zone: a zone of the IANA data (`America/New_York`), an offset (`+7`, `-05:00`,
 * `UTC+2`), or a zone and how far a server's clock is ahead of it (`America/New_York+7h`, the usual clock of MetaTrader brokers, which
 * shows midnight at 17:00 in New York all the year round).
 */
import type { Outcome } from '../../../core/outcome.ts';
import { isZone } from '../../../core/time/zone.ts';
import type { LedgerZone } from './event.ts';

/** `7`, `7h`, `07:00`, `0530`. */
const HOURS = /^(\d{1,2})(?::?(\d{2}))?h?$/;
/** `420m`, `420min`. */
const MINUTES = /^(\d{1,4})m(?:in)?$/;
const MOST_MINUTES = 24 * 60;
/** Names that the zone data has, and that stand still all the year: whoever writes them nearly always means the city. */
const STILL = new Map([['EST', 'America/New_York'], ['MST', 'America/Denver'], ['HST', 'Pacific/Honolulu']]);
const EXAMPLES = 'America/New_York, UTC, +7, or America/New_York+7h for a server that is 7 h ahead of New York';

/** Reads the name of a clock; one sentence for text that names none. */
export function parseZone(text: string): Outcome<LedgerZone> {
  const name = text.trim();
  if (name === '') return { ok: false, error: `no clock is named; write one as ${EXAMPLES}.` };
  const still = STILL.get(name.toUpperCase());
  if (still !== undefined) {
    return { ok: false, error: `${name} knows no summer time; name the city, ${still}, or the offset if the clock really stands still.` };
  }
  if (!startsWithSign(name) && isZone(name)) return { ok: true, value: { zone: name, aheadMinutes: 0 } };
  const cut = Math.max(name.lastIndexOf('+'), name.lastIndexOf('-'));
  const ahead = cut < 0 ? undefined : minutesOf(name.slice(cut));
  const zone = cut < 0 ? name : name.slice(0, cut).trim();
  if (ahead !== undefined && (zone === '' || zone.toUpperCase() === 'GMT')) return { ok: true, value: { zone: 'UTC', aheadMinutes: ahead } };
  if (ahead !== undefined && !startsWithSign(zone) && !STILL.has(zone.toUpperCase()) && isZone(zone)) return { ok: true, value: { zone, aheadMinutes: ahead } };
  return { ok: false, error: `“${name}” is no clock; write one as ${EXAMPLES}.` };
}

/** The text that `parseZone` reads as this clock. */
export function zoneText({ zone, aheadMinutes }: LedgerZone): string {
  if (aheadMinutes === 0) return zone;
  const sign = aheadMinutes < 0 ? '-' : '+';
  const minutes = Math.abs(aheadMinutes);
  return `${zone}${sign}${minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`}`;
}

/** `+07:00` is a zone to some runtimes and not to others. */
function startsWithSign(name: string): boolean {
  return name.startsWith('+') || name.startsWith('-');
}

/** Minutes of `+7h`; undefined for text that is no offset, and for more than a day. */
function minutesOf(signed: string): number | undefined {
  const text = signed.slice(1).trim().toLowerCase();
  const hours = HOURS.exec(text);
  const inMinutes = MINUTES.exec(text);
  const minutes = hours ? Number(hours[1]) * 60 + Number(hours[2] ?? 0) : inMinutes ? Number(inMinutes[1]) : Number.NaN;
  if (!(minutes <= MOST_MINUTES) || (hours?.[2] !== undefined && Number(hours[2]) > 59)) return undefined;
  return signed.startsWith('-') ? -minutes + 0 : minutes;
}
