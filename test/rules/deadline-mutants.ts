/** Clocks and cut-offs as forms of the deadline rules write them, in each library, without touching names that are taken. */
import type { Draw } from '../mutants/form.ts';

/** Python's own clock under whatever names are free in the file. */
export interface PythonClock {
  readonly imports: string;
  /** `datetime`, `dt.datetime`. */
  readonly datetime: string;
  time(hour: number, minute: number, second?: number): string;
  zone(name: string): string;
  readonly timedelta: string;
  readonly utc: string;
}

/** Imports of the standard library: plain where the file has no such names, else by an alias. */
export function pythonClock(draw: Draw): PythonClock {
  const zone = draw.name('ZoneInfo', 'Zone', 'TimeZone');
  const zoneImport = `from zoneinfo import ZoneInfo${zone === 'ZoneInfo' ? '' : ` as ${zone}`}`;
  const taken = /\b(?:datetime|time|timedelta|timezone)\b/.test(draw.place.text);
  const time = (name: string) => (hour: number, minute: number, second?: number): string => `${name}(${hour}, ${minute}${second === undefined ? '' : `, ${second}`})`;
  const common = { zone: (name: string): string => `${zone}(${draw.text(name)})` };
  if (!taken && draw.chance(0.6)) {
    return { imports: `from datetime import datetime, time, timedelta, timezone\n${zoneImport}`, datetime: 'datetime', time: time('time'), timedelta: 'timedelta', utc: 'timezone.utc', ...common };
  }
  if (draw.chance(0.5)) {
    const module = draw.name('dt', 'dtlib', 'calendar_clock');
    return { imports: `import datetime as ${module}\n${zoneImport}`, datetime: `${module}.datetime`, time: time(`${module}.time`), timedelta: `${module}.timedelta`, utc: `${module}.timezone.utc`, ...common };
  }
  const [moment, hour, length, offset] = [draw.name('DateTime', 'Moment'), draw.name('TimeOfDay', 'ClockTime'), draw.name('Delta', 'Length'), draw.name('Offset', 'TzOffset')];
  return {
    imports: `from datetime import datetime as ${moment}, time as ${hour}, timedelta as ${length}, timezone as ${offset}\n${zoneImport}`,
    datetime: moment, time: time(hour), timedelta: length, utc: `${offset}.utc`, ...common,
  };
}

/** An hour and a minute. */
export interface Cutoff {
  readonly hour: number;
  readonly minute: number;
}

/** In New York: at or after 16:58, before the evening's session begins. */
export function lateCutoffs(draw: Draw): Cutoff {
  return draw.one([{ hour: 16, minute: 58 }, { hour: 16, minute: 59 }, { hour: 16, minute: 59 }, { hour: 17, minute: 0 }, { hour: 17, minute: 5 }, { hour: 17, minute: 30 }]);
}

/** In New York, with the buffer to spare. */
export function timelyCutoffs(draw: Draw): Cutoff {
  return { hour: 16, minute: draw.one([20, 30, 45, 50, 55, 57]) };
}

/** `16:05` */
export function clockText({ hour, minute }: Cutoff, seconds = false): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}${seconds ? ':00' : ''}`;
}

/** A call that closes everything, of whoever is there. */
export function closing(draw: Draw, language: 'python' | 'script'): string {
  const owner = draw.place.self ?? draw.one(['broker', 'desk', 'client']);
  return language === 'python'
    ? `${owner}.${draw.one(['close_all_positions', 'flatten_all', 'market_exit', 'liquidate_all'])}()`
    : `${owner}.${draw.one(['closeAllPositions', 'flattenAll', 'liquidateAll'])}()`;
}

/** Names that make a function something else than trading. */
export const EXCUSED = /optimi|back.?test|test|simul|report|log|plot|chart|print|notify|warmup|train|\.bak$|(?:package|tsconfig)[^/]*\.json$/i;
