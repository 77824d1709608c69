/** What a name alone says of a value that cannot be resolved: a deadline of another file, or whose clock it is. */
import type { Span } from '../../../core/source/model.ts';
import { deadlineName, hasWord, saysChicago, saysNewYork, saysServer, saysUtc, wordsOf } from '../words.ts';
import { opaqueNamed } from './scalars.ts';
import type { Moment, Value } from './value.ts';
import { chicago, newYork, utc } from './zones.ts';

/** A value nobody can resolve, whose name still says that it is a deadline. */
export function named(name: string): Value | undefined {
  const meaning = deadlineName(name);
  return meaning === 'flat' || meaning === 'end' ? opaqueNamed(name) : undefined;
}

/** A clock nobody can resolve, whose name says which it is: `now_et`, `utc_now`, `server_time`. */
export function assumedByName(name: string, at: Span): Moment | undefined {
  const words = wordsOf(name);
  if (!hasWord(words, CLOCK_WORDS) || hasWord(words, FIXED_WORDS) || deadlineName(name) !== undefined) { return undefined; }
  const clock = saysNewYork(name) ? newYork(at, 'assumed') : saysChicago(name) ? chicago(at, 'assumed')
    : saysUtc(name) ? { ...utc(at), how: 'assumed' as const } : saysServer(name) ? { kind: 'server' as const, root: at } : undefined;
  if (clock === undefined) { return undefined; }
  return { kind: 'moment', clock, aware: true, fixed: false, dated: false, second: (moment) => moment.second, origins: [], names: [] };
}

/** A zone of another file, whose name says which it is: `from desk.clock import NEW_YORK`. */
export function assumedZone(name: string, at: Span): Value | undefined {
  if (name !== name.toUpperCase()) { return undefined; }
  const span = { start: at.start, end: at.end };
  const clock = saysNewYork(name) ? newYork(span) : saysChicago(name) ? chicago(span) : undefined;
  return clock === undefined ? undefined : { kind: 'zone', clock, meanTime: false };
}

const CLOCK_WORDS: ReadonlySet<string> = new Set(['now', 'time', 'clock', 'dt', 'datetime', 'ts', 'timestamp', 'current', 'et', 'ny', 'nyc', 'est', 'ct']);
const FIXED_WORDS: ReadonlySet<string> = new Set(['zone', 'tz', 'timezone', 'offset', 'open', 'start', 'last', 'entry', 'close', 'end', 'session', 'hour', 'minute', 'min', 'date', 'day', 'frame', 'in', 'to']);
