/** Attributes and methods of times, zones and texts: `now.hour`, `.time()`, `.astimezone(ET)`, `"16:59".split(":")`. */
import type { Span } from '../../../core/source/model.ts';
import { formatted, lengthOf, numbersOf, standing, zoneOf } from './library.ts';
import type { CallView } from './library.ts';
import { arithmetic, timeOfDay } from './scalars.ts';
import { constant, constantOf, DAY_SECONDS, numberOf, reading, secondsOfText, textOf } from './value.ts';
import type { Answer, Moment, Scalar, Value, WallClock, WallMoment, Zone } from './value.ts';
import { isNewYork, meanTime, utc } from './zones.ts';
import { sameClock } from './value.ts';
import { hasWord, wordsOf } from '../words.ts';

/** A part of a time as a number. */
function part(moment: Moment, of: (second: number) => number): Scalar {
  const at = (wall: WallMoment): Answer => { const second = moment.second(wall); return second === undefined ? undefined : of(second); };
  if (moment.fixed) { return { kind: 'scalar', unit: 'number', dated: false, at, origins: moment.origins, names: moment.names }; }
  return reading('number', moment, at);
}

/** A part of the date: what changes over the year. */
function datePart(moment: Moment, of: (wall: WallMoment) => number): Scalar | undefined {
  return reading('number', { clock: moment.clock, dated: true }, of);
}

/** `now.hour`, `bar.ts_event`, `struct.tm_min`; undefined for anything else. */
export function attributeOf(base: Value | undefined, property: string, at: Span): Value | undefined {
  if (base === undefined) { return STAMPS.has(property) ? { kind: 'epoch', perDay: DAY_SECONDS * 1e9, clock: utc({ start: at.start, end: at.end }) } : undefined; }
  if (base.kind === 'scalar' && base.unit === 'clock') { return clockPart(base, property); }
  if (base.kind === 'scalar' && base.unit === 'span' && property === 'seconds') { return { ...base, unit: 'number' }; }
  // The tick of a terminal: its stamp counts the broker's hours.
  if (base.kind === 'epoch') { return base.clock.kind === 'server' && (property === 'time' || property === 'time_msc') ? { ...base, perDay: property === 'time' ? DAY_SECONDS : DAY_SECONDS * 1e3 } : undefined; }
  if (base.kind !== 'moment') { return undefined; }
  switch (property) {
    case 'hour': case 'tm_hour': return part(base, (second) => Math.floor(second / 3600));
    case 'minute': case 'tm_min': case 'min': return part(base, (second) => Math.floor((second % 3600) / 60));
    case 'second': case 'tm_sec': case 'sec': return part(base, (second) => Math.floor(second % 60));
    case 'month': case 'tm_mon': case 'mon': return datePart(base, (wall) => wall.month);
    case 'day': case 'tm_mday': return datePart(base, (wall) => wall.day);
    case 'dayofweek': case 'day_of_week': case 'tm_wday': return datePart(base, (wall) => wall.weekday);
    case 'naive': return { ...base, aware: false };
    default: return undefined;
  }
}

/** A parameter or loop variable named like NautilusTrader's stamps. */
export function stampNamed(name: string, at: Span): Value | undefined {
  return STAMPS.has(name) ? attributeOf(undefined, name, at) : undefined;
}

/** NautilusTrader's stamps: nanoseconds since 1970, UTC. */
const STAMPS: ReadonlySet<string> = new Set(['ts_event', 'ts_init', 'ts_last']);

function clockPart(clock: Scalar, property: string): Scalar | undefined {
  const of = property === 'hour' ? (second: number): number => Math.floor(second / 3600)
    : property === 'minute' ? (second: number): number => Math.floor((second % 3600) / 60)
      : property === 'second' ? (second: number): number => second % 60 : undefined;
  if (of === undefined) { return undefined; }
  return { ...clock, unit: 'number', at: (moment) => { const second = clock.at(moment); return typeof second === 'number' ? of(second) : undefined; } };
}

/** A method call on a value, or on something unknown whose method says what it gives (`clock.utc_now()`). */
export function methodOf(base: Value | undefined, method: string, view: CallView): Value | undefined {
  const at = { start: view.call.start, end: view.call.end };
  if (base === undefined) { return clockMethod(method, view, at); }
  switch (base.kind) {
    case 'zone': return zoneMethod(base, method, view, at);
    case 'moment': return momentMethod(base, method, view, at);
    case 'scalar': return scalarMethod(base, method, view);
    default: return undefined;
  }
}

/** Methods of NautilusTrader's clock, and of terminals that count the broker's hours. */
function clockMethod(method: string, view: CallView, at: Span): Value | undefined {
  switch (method) {
    case 'utc_now': case 'utcnow':
      return { kind: 'moment', clock: utc(at), aware: true, fixed: false, dated: false, second: (moment) => moment.second, origins: [], names: [] };
    case 'timestamp_ns': return { kind: 'epoch', perDay: DAY_SECONDS * 1e9, clock: utc(at) };
    case 'timestamp_ms': return { kind: 'epoch', perDay: DAY_SECONDS * 1e3, clock: utc(at) };
    case 'local_now': {
      const passed = view.expr(0, 'tz');
      if (passed === undefined) { return { kind: 'moment', clock: { kind: 'local', root: at }, aware: true, fixed: false, dated: false, second: (moment) => moment.second, origins: [], names: [] }; }
      const named = zoneOf(view.argument(0, 'tz'), passed);
      return named === undefined ? undefined : { kind: 'moment', clock: named.clock, aware: true, fixed: false, dated: false, second: (moment) => moment.second, origins: [], names: [] };
    }
    default: return undefined;
  }
}

/** `ET.localize(naive)`, `ET.fromutc(utc)`. */
function zoneMethod(zone: Zone, method: string, view: CallView, at: Span): Value | undefined {
  const moment = view.argument(0);
  if (moment?.kind !== 'moment') { return undefined; }
  if (method === 'localize') { return labelled(moment, zone.clock, at); }
  if (method === 'normalize') { return moment; }
  return method === 'fromutc' && moment.clock.how === 'utc' ? { ...moment, clock: zone.clock, aware: true } : undefined;
}

function momentMethod(moment: Moment, method: string, view: CallView, at: Span): Value | undefined {
  switch (method) {
    case 'time': case 'timetz': return timeOfDay(moment);
    case 'astimezone': case 'tz_convert': case 'in_timezone': case 'in_tz': case 'to': return converted(moment, view, at);
    case 'tz_localize': return localized(moment, view, at);
    case 'replace': case 'set': return replaced(moment, view, at);
    case 'at': return atTime(moment, view, at);
    case 'add': case 'shift': case 'subtract': return moved(moment, method === 'subtract' ? '-' : '+', view, at);
    case 'strftime': case 'format': return formatted(moment, textOf(view.argument(0)));
    case 'normalize': return standing(0, moment.clock, moment.aware, []);
    case 'floor': case 'start_of': return floored(moment, textOf(view.argument(0)) ?? '');
    case 'weekday': return datePart(moment, (wall) => wall.weekday);
    case 'isoweekday': return datePart(moment, (wall) => wall.weekday + 1);
    case 'to_pydatetime': case 'timetuple': case 'to_datetime': case 'datetime': return moment;
    case 'timestamp': return moment.fixed ? undefined : { kind: 'epoch', perDay: DAY_SECONDS, clock: moment.clock };
    case 'date': return { ...standing(0, moment.clock, moment.aware, []), names: [] };
    default: return undefined;
  }
}

/** `now.floor("D")` stands still at midnight; `now.floor("min")` runs on, by the minute. */
function floored(moment: Moment, frame: string): Moment | undefined {
  const match = /^(\d{0,3})([a-zA-Z]{1,7})$/.exec(frame);
  const unit = match?.[2]?.toLowerCase().replace(/s$/, '');
  if (unit === 'd' || unit === 'day') { return standing(0, moment.clock, moment.aware, []); }
  const size = unit === 'h' || unit === 'hour' ? 3600 : unit === 'min' || unit === 't' || unit === 'minute' ? 60 : undefined;
  if (size === undefined) { return undefined; }
  const step = size * Number(match?.[1] === '' ? '1' : match?.[1]);
  const second = (wall: WallMoment): number | undefined => { const exact = moment.second(wall); return exact === undefined ? undefined : Math.floor(exact / step) * step; };
  return step === 0 ? undefined : { ...moment, second };
}

/** pendulum's `now.at(16, 59)`. */
function atTime(moment: Moment, view: CallView, at: Span): Moment | undefined {
  const given = [view.expr(0, 'hour'), view.expr(1, 'minute'), view.expr(2, 'second')];
  const [hour, minute, second] = [view.argument(0, 'hour'), view.argument(1, 'minute'), view.argument(2, 'second')].map((value, i) => (given[i] === undefined ? 0 : numberOf(value)));
  if (given[0] === undefined || hour === undefined || minute === undefined || second === undefined) { return undefined; }
  return standing(hour * 3600 + minute * 60 + second, moment.clock, moment.aware, [at]);
}

/** pendulum's `add(hours=16)` and arrow's `shift(hours=-5)`: the same as a length added. */
function moved(moment: Moment, op: '+' | '-', view: CallView, at: Span): Value | undefined {
  const by = lengthOf(view, at);
  const result = by === undefined ? undefined : arithmetic(op, moment, by);
  return result?.kind === 'moment' && result.clock !== moment.clock ? { ...result, clock: { ...result.clock, root: at } } : result;
}

/** A time whose zone nobody knows, converted: from here on its clock is known. Only for names of times that run. */
export function convertedUnknown(name: string | undefined, method: string, view: CallView): Moment | undefined {
  if (name === undefined || !CONVERSIONS.has(method)) { return undefined; }
  const words = wordsOf(name);
  if (!hasWord(words, RUNNING_WORDS) || hasWord(words, PAST_WORDS)) { return undefined; }
  const passed = view.expr(0, 'tz');
  const zone = passed === undefined ? undefined : zoneOf(view.argument(0, 'tz'), passed);
  return zone === undefined ? undefined : { kind: 'moment', clock: zone.clock, aware: true, fixed: false, dated: false, second: (moment) => moment.second, origins: [], names: [] };
}

const CONVERSIONS: ReadonlySet<string> = new Set(['astimezone', 'tz_convert', 'in_timezone', 'in_tz']);
const RUNNING_WORDS: ReadonlySet<string> = new Set(['now', 'time', 'ts', 'timestamp', 'dt', 'datetime', 'bar', 'tick', 'candle', 'index', 'current', 'event']);
const PAST_WORDS: ReadonlySet<string> = new Set([
  'entry', 'entered', 'open', 'opened', 'start', 'started', 'exit', 'close', 'closed', 'end', 'expiry', 'expiration', 'signal', 'trade', 'fill', 'filled', 'order', 'created', 'news', 'release', 'session', 'cutoff', 'deadline',
  'next', 'target', 'due', 'until', 'scheduled', 'schedule', 'alert', 'flatten', 'flat', 'expire', 'expires',
]);

/** `now.astimezone(ET)`. A naive time is taken for the machine's own, which `utcnow()` is not; without a zone the machine's is meant. */
function converted(moment: Moment, view: CallView, at: Span): Moment | undefined {
  const passed = view.expr(0, 'tz');
  if (passed === undefined) {
    if (moment.naiveUtc === true || moment.clock.how === 'relabelled' || moment.clock.kind === 'server') { return undefined; }
    return moment.fixed || moment.clock.kind === 'local' ? { ...moment, aware: true } : { ...moment, clock: { kind: 'local', root: at }, aware: true };
  }
  const zone = zoneOf(view.argument(0, 'tz'), passed);
  if (zone === undefined) { return undefined; }
  // A wrong label stays wrong, whatever it is converted to.
  if (moment.clock.how === 'relabelled' || moment.clock.kind === 'server') { return { ...moment, aware: true }; }
  if (moment.fixed) { return moment.aware ? moment : undefined; }
  if (moment.naiveUtc === true) { return { ...moment, clock: { kind: 'local', how: 'utcnow-as-local', root: at }, aware: true, naiveUtc: false }; }
  return { ...moment, clock: zone.clock, aware: true };
}

/** pandas' `tz_localize`: puts a name on the digits, or takes it off. */
function localized(moment: Moment, view: CallView, at: Span): Moment | undefined {
  const passed = view.expr(0, 'tz');
  if (passed === undefined) { return undefined; }
  if (passed.kind === 'literal' && passed.type === 'none') { return { ...moment, aware: false, naiveUtc: moment.clock.how === 'utc' }; }
  const zone = zoneOf(view.argument(0, 'tz'), passed);
  return zone === undefined ? undefined : labelled(moment, zone.clock, at);
}

/** The digits of a time with another zone's name on them. */
function labelled(moment: Moment, clock: WallClock, at: Span): Moment {
  if (moment.fixed || sameClock(moment.clock, clock)) { return { ...moment, clock: moment.fixed ? clock : moment.clock, aware: true, naiveUtc: false }; }
  return { ...moment, clock: { ...moment.clock, how: 'relabelled', root: at }, aware: true, naiveUtc: false };
}

/** `now.replace(hour=16, minute=59)`, `naive.replace(tzinfo=ET)`. */
function replaced(moment: Moment, view: CallView, at: Span): Moment | undefined {
  const zoneExpr = view.expr(99, 'tzinfo') ?? view.expr(99, 'tz');
  let result: Moment = moment;
  if (zoneExpr !== undefined) {
    const named = stampedZone(moment, view, zoneExpr.kind === 'literal' && zoneExpr.type === 'none', at);
    if (named === undefined) { return undefined; }
    result = named;
  }
  const hour = view.expr(99, 'hour') ?? view.expr(3);
  const minute = view.expr(99, 'minute') ?? view.expr(4);
  if (hour === undefined && minute === undefined) { return result; }
  const values = [view.argument(99, 'hour') ?? view.argument(3), view.argument(99, 'minute') ?? view.argument(4), view.argument(99, 'second') ?? view.argument(5)]
    .map((value) => (value?.kind === 'scalar' && value.opaque !== true ? value : undefined));
  if ((hour !== undefined && values[0] === undefined) || (minute !== undefined && values[1] === undefined)) { return undefined; }
  const base = result;
  const second = (wall: WallMoment): number | undefined => {
    const now = base.second(wall) ?? 0;
    const [h, m, s] = [values[0]?.at(wall) ?? Math.floor(now / 3600), values[1]?.at(wall) ?? Math.floor((now % 3600) / 60), values[2]?.at(wall) ?? 0];
    return typeof h === 'number' && typeof m === 'number' && typeof s === 'number' ? h * 3600 + m * 60 + s : undefined;
  };
  const known = values.filter((value): value is Scalar => value !== undefined);
  const literal = known.every((value) => value.origins.every((origin) => origin.start >= at.start && origin.end <= at.end));
  const origins = literal ? [at] : known.flatMap((value) => value.origins);
  return { ...base, fixed: hour !== undefined, dated: known.some((value) => value.dated), second, origins, names: known.flatMap((value) => value.names) };
}

function stampedZone(moment: Moment, view: CallView, none: boolean, at: Span): Moment | undefined {
  if (none) { return { ...moment, aware: false, naiveUtc: moment.clock.how === 'utc' && !moment.fixed }; }
  const value = view.argument(99, 'tzinfo') ?? view.argument(99, 'tz');
  const zone = value?.kind === 'zone' ? value : undefined;
  if (zone === undefined) { return undefined; }
  const clock = zone.meanTime && moment.fixed ? meanTime(zone.clock, at) : zone.clock;
  return clock === undefined ? undefined : labelled(moment, clock, at);
}

/** Texts and lengths: `"16:59".split(":")`, `remaining.total_seconds()`. */
function scalarMethod(base: Scalar, method: string, view: CallView): Value | undefined {
  if (base.unit === 'span' && (method === 'total_seconds' || method === 'seconds')) { return { ...base, unit: 'number' }; }
  if (base.unit === 'clock' && method === 'strftime') { return formatted(momentOf(base, view.call), textOf(view.argument(0))); }
  if (base.unit === 'clock' && method === 'replace') { return clockReplaced(base, view); }
  const text = textOf(base);
  if (text === undefined) { return undefined; }
  if (method === 'split') {
    const by = textOf(view.argument(0)) ?? ' ';
    return by === '' ? undefined : { ...constant('tuple', text.split(by), base.origins, base.names) };
  }
  if (method === 'strip') { return constant('text', text.trim(), base.origins, base.names); }
  if (method === 'replace') {
    const [from, to] = [textOf(view.argument(0)), textOf(view.argument(1))];
    return from === undefined || to === undefined || from === '' ? undefined : constant('text', text.split(from).join(to), base.origins, base.names);
  }
  return undefined;
}

/** A time of day as the moment it was read off. */
function momentOf(clock: Scalar, at: Span): Moment {
  const second = (wall: WallMoment): number | undefined => { const answer = clock.at(wall); return typeof answer === 'number' ? answer : undefined; };
  const { dated, origins, names } = clock;
  return { kind: 'moment', clock: clock.clock ?? utc({ start: at.start, end: at.end }), aware: false, fixed: clock.clock === undefined, dated, second, origins, names };
}

function clockReplaced(base: Scalar, view: CallView): Scalar | undefined {
  const second = constantOf(base);
  if (typeof second !== 'number') { return undefined; }
  const hour = view.expr(99, 'hour') === undefined ? Math.floor(second / 3600) : numberOf(view.argument(99, 'hour'));
  const minute = view.expr(99, 'minute') === undefined ? Math.floor((second % 3600) / 60) : numberOf(view.argument(99, 'minute'));
  return hour === undefined || minute === undefined ? undefined : constant('clock', hour * 3600 + minute * 60, base.origins, base.names);
}

/** The numbers in a list made of `[int(part) for part in "16:59".split(":")]`. */
export function wholeNumbers(items: Value | undefined): Scalar | undefined {
  return items?.kind === 'scalar' && items.unit === 'tuple' ? numbersOf(items) : undefined;
}

/** Text of a time of day given as text: for comparing `"16:59"` with a time. */
export function clockOfText(value: Scalar): Scalar | undefined {
  const text = textOf(value);
  const second = text === undefined ? undefined : secondsOfText(text);
  return second === undefined ? undefined : constant('clock', second, value.origins, value.names);
}

/** Is the clock New York's, by its own rules and not by a label? */
export function provenNewYork(clock: WallClock): boolean {
  return isNewYork(clock) && clock.fallback === undefined;
}
