/** Times of day written as settings: fields, constants, arguments and configuration values whose name says “flat by then”. */
import type { ConfigEntry, SourceModel, Span } from '../../../core/source/model.ts';
import { aboutOf, namedValues } from '../named.ts';
import type { Named } from '../named.ts';
import { deadlineName, saysChicago, saysNewYork, saysServer, saysUtc, wordsOf } from '../words.ts';
import type { DeadlineName } from '../words.ts';
import type { Evaluator } from '../clock/evaluate.ts';
import { secondsOfCron } from '../clock/cron-line.ts';
import { constantOf, secondsOfText } from '../clock/value.ts';
import type { WallClock } from '../clock/value.ts';
import { chicago, clockOfWord, newYork, utc } from '../clock/zones.ts';

/** A named time of day. */
export interface TimeSetting {
  readonly name: string;
  readonly meaning: Exclude<DeadlineName, undefined>;
  /** Seconds after midnight. */
  readonly second: number;
  /** The value as written. */
  readonly at: Span;
  /** Names and texts around it, which may say whose rule it is. */
  readonly about: readonly string[];
  /** The clock it is on, where its name or a neighbour says so. */
  readonly clock?: WallClock;
  /** A zone stands beside it that nobody can read: `timezone=user_zone()`. */
  readonly zoned?: boolean;
}

const ZONE_WORDS: ReadonlySet<string> = new Set(['tz', 'timezone', 'zone', 'zoneinfo']);

/** A time with an optional zone behind it: `16:59`, `16:59:00`, `4:59 PM`, `16:59 ET`, `21:59Z`. */
export function timeWithZone(text: string, at: Span): { readonly second: number; readonly clock?: WallClock } | undefined {
  const plain = secondsOfText(text);
  if (plain !== undefined) { return { second: plain }; }
  const match = /^(\d{1,2}:\d{2}(?::\d{2})?)(?: ?([AaPp][Mm]))? ?([A-Za-z][A-Za-z_/+:0-9-]{0,40})$/.exec(text.trim());
  const second = match === null ? undefined : secondsOfText(`${match[1]}${match[2] ?? ''}`);
  const clock = match?.[3] === undefined ? undefined : clockOfWord(match[3], at);
  return second === undefined || clock === undefined ? undefined : { second, clock };
}

/** The clock a name speaks of. */
function clockByName(name: string, at: Span): WallClock | undefined {
  if (saysNewYork(name)) { return newYork(at); }
  if (saysChicago(name)) { return chicago(at); }
  if (saysUtc(name)) { return utc(at); }
  return saysServer(name) ? { kind: 'server', root: at } : undefined;
}

// ------------------------------------------------------------------------ code

/** The named times of a Python file. */
export function timeSettings(model: SourceModel, evaluator: Evaluator): readonly TimeSetting[] {
  const found = namedValues(model, (name) => deadlineName(name) !== undefined).flatMap((named) => settingOf(named, evaluator) ?? []);
  // `Answer(timezone=zone, flat_by=settings.get("flat_by", "21:55"))`: of two names for one value, the one with a zone beside it knows more.
  const better = new Map<number, TimeSetting>();
  for (const one of found) { if (one.clock !== undefined || one.zoned === true) { better.set(one.at.start, one); } }
  return found.filter((one) => (better.get(one.at.start) ?? one) === one);
}

function settingOf(named: Named, evaluator: Evaluator): TimeSetting | undefined {
  const meaning = deadlineName(named.name, named.outer.flatMap(outerOf));
  if (meaning === undefined || (named.value.kind !== 'literal' && named.value.kind !== 'call')) { return undefined; }
  const at = { start: named.value.start, end: named.value.end };
  const value = evaluator.value(named.value, named.site);
  const answer = constantOf(value);
  const words = wordsOf(named.name);
  const place = value?.kind === 'scalar' && value.origins.length === 1 ? value.origins[0] ?? at : at;
  const written = value?.kind === 'scalar' && value.unit === 'clock' && typeof answer === 'number' ? { second: answer }
    : typeof answer === 'string' ? timeWithZone(answer, at)
      : typeof answer === 'number' && words.includes('hour') && Number.isInteger(answer) && answer >= 0 && answer < 24 ? { second: answer * 3600 + minuteBeside(named, evaluator) * 60 } : undefined;
  if (written === undefined) { return undefined; }
  const clock = ('clock' in written ? written.clock : undefined) ?? clockByName(named.name, at) ?? zoneBeside(named, evaluator);
  // A bare hour without a zone could be anybody's.
  if (words.includes('hour') && typeof answer === 'number' && value?.kind === 'scalar' && value.unit === 'number' && clock === undefined) { return undefined; }
  return { name: named.name, meaning, second: written.second, at: place, about: aboutOf(named), ...(clock === undefined ? { zoned: named.siblings.some(isZone) } : { clock }) };
}

/** Only words of a class name that take the meaning away count: `EntryFilterConfig`. */
function outerOf(name: string): readonly string[] {
  return wordsOf(name).filter((word) => word === 'entry' || word === 'report' || word === 'logging' || word === 'download' || word === 'backup');
}

/** `flatten_minute: int = 30` beside `flatten_hour: int = 17`. */
function minuteBeside(named: Named, evaluator: Evaluator): number {
  const wanted = wordsOf(named.name).map((word) => (word === 'hour' ? 'minute' : word)).join(' ');
  const beside = named.siblings.find((sibling) => wordsOf(sibling.name).join(' ') === wanted);
  const answer = beside === undefined ? undefined : constantOf(evaluator.value(beside.value, named.site));
  return typeof answer === 'number' && answer >= 0 && answer < 60 ? answer : 0;
}

/** `timezone=…`: the zone of what stands beside it. */
function isZone({ name }: { readonly name: string }): boolean {
  return wordsOf(name).some((word) => ZONE_WORDS.has(word));
}

function zoneBeside(named: Named, evaluator: Evaluator): WallClock | undefined {
  for (const sibling of named.siblings) {
    if (!isZone(sibling)) { continue; }
    const value = evaluator.value(sibling.value, named.site);
    if (value?.kind === 'zone') { return value.clock; }
    const text = constantOf(value);
    const clock = typeof text === 'string' ? clockOfWord(text, sibling.value) : undefined;
    if (clock !== undefined) { return clock; }
  }
  return undefined;
}

// --------------------------------------------------------------- configuration

/** The named times of a configuration file. */
export function timeEntries(entries: readonly ConfigEntry[]): readonly TimeSetting[] {
  const zones = entries.filter((entry) => entry.shape === 'scalar' && typeof entry.value === 'string' && wordsOf(entry.key).some((word) => ZONE_WORDS.has(word))).slice(0, MAX_ZONES);
  return entries.flatMap((entry) => (entry.shape === 'scalar' ? entrySetting(entry, entries, zones) ?? [] : []));
}

/** Most zones of one file that are looked at: more is data. */
const MAX_ZONES = 100;

function entrySetting(entry: ConfigEntry, entries: readonly ConfigEntry[], zones: readonly ConfigEntry[]): TimeSetting | undefined {
  const outer = entry.path.slice(0, -1).filter((part): part is string => typeof part === 'string');
  const meaning = deadlineName(entry.key, outer);
  if (meaning === undefined) { return undefined; }
  const written = entryTime(entry, entries);
  if (written === undefined) { return undefined; }
  const clock = written.clock ?? clockByName(entry.key, entry.valueSpan) ?? zoneAround(entry, zones);
  if (written.bare && clock === undefined) { return undefined; }
  return { name: entry.key, meaning, second: written.second, at: entry.valueSpan, about: [...outer, entry.key], ...(clock === undefined ? {} : { clock }) };
}

function entryTime(entry: ConfigEntry, entries: readonly ConfigEntry[]): { readonly second: number; readonly clock?: WallClock; readonly bare: boolean } | undefined {
  const text = entry.text.trim();
  const words = wordsOf(entry.key);
  const time = timeWithZone(text, entry.valueSpan);
  if (time !== undefined) { return { ...time, bare: false }; }
  if (words.includes('cron') || words.includes('crontab') || words.includes('schedule')) {
    const second = secondsOfCron(text);
    return second === undefined ? undefined : { second, bare: true };
  }
  if (words.includes('hour') && /^\d{1,2}$/.test(text) && Number(text) < 24) {
    const wanted = words.map((word) => (word === 'hour' ? 'minute' : word)).join(' ');
    const beside = entries.find((other) => sameParent(other, entry) && wordsOf(other.key).join(' ') === wanted);
    return { second: Number(text) * 3600 + (/^\d{1,2}$/.test(beside?.text ?? '') ? Number(beside?.text) * 60 : 0), bare: true };
  }
  const packed = /^([01]\d|2[0-3])([0-5]\d)$/.exec(text);
  return packed !== null && words.some((word) => word === 'time' || word === 'at' || word === 'by') ? { second: Number(packed[1]) * 3600 + Number(packed[2]) * 60, bare: false } : undefined;
}

function sameParent(a: ConfigEntry, b: ConfigEntry): boolean {
  return a.path.length === b.path.length && a.path.slice(0, -1).every((part, i) => part === b.path[i]);
}

/** `timezone: America/New_York` beside the time or in a mapping around it, the nearest first. */
function zoneAround(entry: ConfigEntry, zones: readonly ConfigEntry[]): WallClock | undefined {
  for (let depth = entry.path.length - 1; depth >= 0; depth--) {
    const here = zones.find((zone) => zone.path.length === depth + 1 && zone.path.slice(0, depth).every((part, i) => part === entry.path[i]));
    const clock = here === undefined ? undefined : clockOfWord(here.text, here.valueSpan);
    if (clock !== undefined) { return clock; }
  }
  return undefined;
}
