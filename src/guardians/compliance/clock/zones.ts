/** Zones as code names them, and the clocks they stand for. */
import { isZone, NEW_YORK } from '../../../core/time/zone.ts';
import type { Span } from '../../../core/source/model.ts';
import type { WallClock } from './value.ts';

/** Names of New York's clock in the tz database, and of cities whose clock has been the same since 2007 (backward, northamerica files). */
const NEW_YORK_NAMES: ReadonlySet<string> = new Set([
  'America/New_York', 'US/Eastern', 'EST5EDT', 'America/Toronto', 'America/Detroit', 'America/Montreal', 'Canada/Eastern', 'US/Michigan',
  'America/Nassau', 'US/East-Indiana', 'America/Indiana/Indianapolis', 'America/Kentucky/Louisville', 'America/Louisville',
]);

/** Windows' name of the zone, met in configuration files. */
const WINDOWS_NAMES: Readonly<Record<string, string>> = {
  'Eastern Standard Time': 'America/New_York', 'Central Standard Time': 'America/Chicago', 'Pacific Standard Time': 'America/Los_Angeles',
};

const UTC_NAMES: ReadonlySet<string> = new Set(['utc', 'gmt', 'z', 'zulu', 'etc/utc', 'etc/gmt', 'gmt0', 'etc/uct', 'uct', 'universal']);

/** Zone names whose clock never changes: `EST` is UTC−5 all year. */
const FIXED_NAMES: Readonly<Record<string, number>> = { EST: -300, MST: -420, HST: -600 };

/** Short names people use in configuration for a clock that does change. */
const EASTERN_WORDS: ReadonlySet<string> = new Set(['et', 'eastern', 'est/edt', 'new_york', 'new york', 'newyork', 'ny', 'us_eastern']);
const CENTRAL_WORDS: ReadonlySet<string> = new Set(['ct', 'central', 'chicago', 'cst/cdt']);

/** New York's clock. */
export function newYork(root: Span, how?: WallClock['how']): WallClock {
  return { kind: 'zone', zone: NEW_YORK, root, ...(how === undefined ? {} : { how }) };
}

/** Chicago's clock, which the exchange's own hours are given in. */
export function chicago(root: Span, how?: WallClock['how']): WallClock {
  return { kind: 'zone', zone: 'America/Chicago', root, ...(how === undefined ? {} : { how }) };
}

/** UTC as such. */
export function utc(root: Span): WallClock {
  return { kind: 'fixed', offset: 0, how: 'utc', root };
}

/** A fixed number of minutes east of UTC. */
export function fixedClock(offset: number, how: 'offset' | 'named' | 'mean-time', root: Span): WallClock {
  return { kind: 'fixed', offset, how: offset === 0 ? 'utc' : how, root };
}

/** The clock of a zone name as `ZoneInfo`, pytz or pandas take it; undefined for a name that is none. */
export function clockOfZone(name: string, root: Span): WallClock | undefined {
  const plain = name.trim();
  if (NEW_YORK_NAMES.has(plain)) { return newYork(root); }
  if (UTC_NAMES.has(plain.toLowerCase())) { return utc(root); }
  const fixed = FIXED_NAMES[plain];
  if (fixed !== undefined) { return fixedClock(fixed, 'named', root); }
  const etc = /^Etc\/GMT([+-])(\d{1,2})$/.exec(plain);
  // The sign of these names is turned round: Etc/GMT+5 is five hours behind (tz database, file etcetera).
  if (etc !== null) { return fixedClock((etc[1] === '+' ? -60 : 60) * Number(etc[2]), 'named', root); }
  const signed = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(plain);
  if (signed !== null) { return fixedClock((signed[1] === '-' ? -1 : 1) * (Number(signed[2]) * 60 + Number(signed[3] ?? 0)), 'named', root); }
  if (plain.toLowerCase() === 'local') { return { kind: 'local', root }; }
  return /^[A-Z][A-Za-z_]{1,20}\/[A-Za-z_/+-]{1,40}$/.test(plain) && isZone(plain) ? { kind: 'zone', zone: plain, root } : undefined;
}

/** The clock a configuration file names: a zone name, Windows' name, or a word such as `ET`. */
export function clockOfWord(word: string, root: Span): WallClock | undefined {
  const plain = word.trim();
  const windows = WINDOWS_NAMES[plain];
  if (windows !== undefined) { return clockOfZone(windows, root); }
  if (EASTERN_WORDS.has(plain.toLowerCase()) || plain === 'EDT') { return newYork(root); }
  if (CENTRAL_WORDS.has(plain.toLowerCase())) { return clockOfZone('America/Chicago', root); }
  if (/^(server|broker)$/i.test(plain)) { return { kind: 'server', root }; }
  return clockOfZone(plain, root);
}

/** Is it New York's own clock? */
export function isNewYork(clock: WallClock): boolean {
  return clock.kind === 'zone' && clock.zone === NEW_YORK;
}

/** Local mean time of a pytz zone handed over as `tzinfo=` (pytz documentation: “does not work with pytz for many timezones”). */
export function meanTime(clock: WallClock, root: Span): WallClock | undefined {
  if (isNewYork(clock)) { return fixedClock(-296, 'mean-time', root); }
  return clock.kind === 'fixed' ? clock : undefined;
}

/** `UTC-5`, `UTC`, `UTC-4:56`. */
export function offsetName(minutes: number): string {
  if (minutes === 0) { return 'UTC'; }
  const size = Math.abs(minutes);
  const rest = size % 60;
  return `UTC${minutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}
