/**
 * What functions and names of the date and time libraries give: datetime, time, zoneinfo, pytz, dateutil, pandas, arrow,
 * pendulum, NautilusTrader. Names are full ones, as imports bind them.
 */
import type { Call, Expr, Span } from '../../../core/source/model.ts';
import { constant, constantOf, DAY_SECONDS, numberOf, secondsOfText, textOf } from './value.ts';
import type { Epoch, Moment, Scalar, Value, WallClock, WallMoment, Zone } from './value.ts';
import { clockOfZone, fixedClock, meanTime, utc } from './zones.ts';

/** A call with its arguments read on demand. */
export interface CallView {
  readonly call: Call;
  /** Value of an argument by position or keyword. */
  argument(position: number, name?: string): Value | undefined;
  /** The argument itself. */
  expr(position: number, name?: string): Expr | undefined;
  /** Value of a field of an argument that is an object literal: `{ timeZone: 'UTC' }`. */
  option(position: number, key: string): Value | undefined;
  /** Whether such an argument has the field. */
  hasOption(position: number, key: string): boolean;
  /** What a callback compares a field with: `'hour'` of `(part) => part.type === 'hour'`. */
  sought(position: number, key: string): Value | undefined;
}

/** A time that runs with a clock. */
export function running(clock: WallClock, aware: boolean): Moment {
  return { kind: 'moment', clock, aware, fixed: false, dated: false, second: (moment) => moment.second, origins: [], names: [] };
}

/** A time of day that stands still. */
export function standing(second: number | ((moment: WallMoment) => number | undefined), clock: WallClock, aware: boolean, origins: readonly Span[], names: readonly string[] = []): Moment {
  return { kind: 'moment', clock, aware, fixed: true, dated: false, second: typeof second === 'number' ? () => second : second, origins, names };
}

/** The digits of a time without a zone: whose they are shows only beside another time. */
export function unzoned(at: Span): WallClock {
  return { kind: 'local', how: 'unzoned', root: at };
}

function spanOf(node: Span): Span {
  return { start: node.start, end: node.end };
}

function zone(clock: WallClock | undefined, usesMeanTime = false): Zone | undefined {
  return clock === undefined ? undefined : { kind: 'zone', clock, meanTime: usesMeanTime };
}

/** A zone argument: a zone object, or a name where the library takes names. */
export function zoneOf(value: Value | undefined, at: Span): Zone | undefined {
  if (value?.kind === 'zone') { return value; }
  const name = textOf(value);
  return name === undefined ? undefined : zone(clockOfZone(name, spanOf(at)));
}

/** Names that are values: `timezone.utc`, `pytz.UTC`, `datetime.UTC`. */
export function knownName(qualified: string | undefined, at: Span): Value | undefined {
  switch (qualified) {
    case 'datetime.timezone.utc': case 'datetime.UTC': case 'pytz.utc': case 'pytz.UTC': case 'dateutil.tz.UTC': case 'pendulum.UTC':
      return zone(utc(spanOf(at)));
    case 'datetime.time.max': case 'datetime.datetime.max':
      return constant('clock', DAY_SECONDS - 1, [spanOf(at)]);
    case 'datetime.time.min': return constant('clock', 0, [spanOf(at)]);
    default: return undefined;
  }
}

type Reader = (view: CallView, at: Span) => Value | undefined;

/** `now(tz)`: with a zone its clock, with `None` or nothing the machine's, with something unknown nothing. */
const nowIn: Reader = (view, at) => {
  const passed = view.expr(0, 'tz');
  if (passed === undefined || isNone(passed)) { return running({ kind: 'local', root: at }, false); }
  const named = zoneOf(view.argument(0, 'tz'), passed);
  return named === undefined ? undefined : running(named.clock, true);
};

const utcNaive: Reader = (_view, at) => ({ ...running(utc(at), false), naiveUtc: true });
const utcAware: Reader = (_view, at) => running(utc(at), true);
const localNaive: Reader = (_view, at) => running({ kind: 'local', root: at }, false);

/** `fromtimestamp(x, tz)`; a broker's stamp counts the broker's hours, whatever zone is put on it. */
const fromTimestamp = (naive: 'local' | 'utc'): Reader => (view, at) => {
  const stamp = view.argument(0);
  if (stamp?.kind === 'epoch' && stamp.clock.kind === 'server') { return running({ kind: 'server', root: at }, true); }
  const passed = naive === 'local' ? view.expr(1, 'tz') : undefined;
  if (passed !== undefined && !isNone(passed)) {
    const named = zoneOf(view.argument(1, 'tz'), passed);
    return named === undefined ? undefined : running(named.clock, true);
  }
  return naive === 'utc' ? { ...running(utc(at), false), naiveUtc: true } : running({ kind: 'local', root: at }, false);
};

const timeOf: Reader = (view, at) => {
  const parts = [view.argument(0, 'hour'), view.argument(1, 'minute'), view.argument(2, 'second')];
  return clockFrom(parts, view, at);
};

function clockFrom(parts: readonly (Value | undefined)[], view: CallView, at: Span): Scalar | undefined {
  const given = [view.expr(0, 'hour'), view.expr(1, 'minute'), view.expr(2, 'second')];
  const scalars = parts.map((part) => (part?.kind === 'scalar' ? part : undefined));
  if (given.some((expr, i) => expr !== undefined && scalars[i] === undefined) || given[0] === undefined) { return undefined; }
  const moving = scalars.some((part) => part !== undefined && part.clock !== undefined);
  const names = scalars.flatMap((part) => part?.names ?? []);
  const inner = scalars.flatMap((part) => part?.origins ?? []);
  // Written out, the whole `time(16, 59)` is the constant; built from other constants, those are.
  const literal = inner.every((origin) => origin.start >= at.start && origin.end <= at.end);
  const compute = (moment: WallMoment): number | undefined => {
    const answers = scalars.map((part) => (part === undefined ? 0 : part.at(moment)));
    const [hour, minute, second] = answers;
    return typeof hour === 'number' && typeof minute === 'number' && typeof second === 'number' ? hour * 3600 + minute * 60 + second : undefined;
  };
  const opaque = scalars.some((part) => part?.opaque === true);
  const clock = scalars.find((part) => part?.clock !== undefined)?.clock;
  return {
    kind: 'scalar', unit: 'clock', dated: moving, at: compute, origins: literal ? [at] : inner, names,
    ...(opaque ? { opaque: true } : {}), ...(clock === undefined ? {} : { clock }),
  };
}

/** `datetime(y, m, d, h, mi, s, tzinfo=…)`. */
const dateTimeOf: Reader = (view, at) => {
  if (view.call.args.length < 3) { return undefined; }
  const hour = numberOf(view.argument(3, 'hour')) ?? (view.expr(3, 'hour') === undefined ? 0 : undefined);
  const minute = numberOf(view.argument(4, 'minute')) ?? (view.expr(4, 'minute') === undefined ? 0 : undefined);
  if (hour === undefined || minute === undefined) { return undefined; }
  const passed = view.expr(7, 'tzinfo') ?? view.expr(99, 'tz');
  const zone = view.argument(7, 'tzinfo') ?? view.argument(99, 'tz');
  return stamped(standing(hour * 3600 + minute * 60, unzoned(at), false, [at]), view, passed, passed !== undefined && zone?.kind === 'scalar' ? zoneOf(zone, passed) : zone, at);
};

/** `datetime.combine(date, time, tzinfo=…)`. */
const combineOf: Reader = (view, at) => {
  const time = view.argument(1, 'time');
  if (time?.kind !== 'scalar' || time.unit !== 'clock' || time.clock !== undefined || time.opaque === true) { return undefined; }
  const date = view.argument(0, 'date');
  const fixed = standing((moment) => { const second = time.at(moment); return typeof second === 'number' ? second : undefined; }, date?.kind === 'moment' ? date.clock : unzoned(at), false, time.origins, time.names);
  return stamped(fixed, view, view.expr(2, 'tzinfo'), view.argument(2, 'tzinfo'), at);
};

/** Puts `tzinfo=` on a written time: a pytz zone gives local mean time there. */
function stamped(moment: Moment, _view: CallView, passed: Expr | undefined, value: Value | undefined, at: Span): Moment | undefined {
  if (passed === undefined || isNone(passed)) { return moment; }
  const named = value?.kind === 'zone' ? value : undefined;
  if (named === undefined) { return undefined; }
  const clock = named.meanTime ? meanTime(named.clock, at) : named.clock;
  return clock === undefined ? undefined : { ...moment, clock, aware: true };
}

/** Text of a time, written out: `strptime("16:59", "%H:%M")`, `Timestamp("2026-01-05 16:59", tz=…)`. */
const parsedText = (zonePosition: number): Reader => (view, at) => {
  if (view.expr(99, 'hour') !== undefined || view.call.args.length >= 5) { return dateTimeOf(view, at); }
  const first = view.argument(0);
  if (first?.kind === 'epoch') { return parsedEpoch(first, view, at); }
  if (first?.kind === 'moment') { return first; }
  const text = textOf(first);
  if (text === 'now' || text === 'today') { return nowAt(view, at); }
  const clock = /(\d{1,2}:\d{2}(?::\d{2})?) ?([AaPp][Mm])?$/.exec((text ?? '').trim());
  const second = clock === null ? undefined : secondsOfText(`${clock[1]}${clock[2] ?? ''}`);
  if (second === undefined || first?.kind !== 'scalar') { return undefined; }
  const fixed = standing(second, unzoned(at), false, first.origins, first.names);
  const passed = zonePosition < 0 ? undefined : view.expr(99, 'tz');
  const named = passed === undefined ? undefined : zoneOf(view.argument(99, 'tz'), passed);
  return named === undefined ? fixed : { ...fixed, clock: named.clock, aware: true };
};

/** `pd.Timestamp("now", tz=…)`. */
function nowAt(view: CallView, at: Span): Moment | undefined {
  const passed = view.expr(99, 'tz');
  if (passed === undefined) { return running({ kind: 'local', root: at }, false); }
  const named = zoneOf(view.argument(99, 'tz'), passed);
  return named === undefined ? undefined : running(named.clock, true);
}

/** `arrow.get("16:59", "HH:mm")`: UTC unless `tzinfo=` says otherwise. */
const arrowText: Reader = (view, at) => {
  const parsed = parsedText(-1)(view, at);
  const passed = view.expr(99, 'tzinfo');
  const named = passed === undefined ? undefined : zoneOf(view.argument(99, 'tzinfo'), passed);
  if (parsed?.kind !== 'moment' || !parsed.fixed) { return parsed; }
  return passed !== undefined && named === undefined ? undefined : { ...parsed, clock: named?.clock ?? utc(at), aware: true };
};

/** `pendulum.today("America/New_York")`: midnight there. */
const todayIn: Reader = (view, at) => {
  const now = nowIn(view, at);
  return now?.kind === 'moment' ? standing(0, now.clock, true, []) : undefined;
};

function parsedEpoch(epoch: Epoch, view: CallView, at: Span): Moment {
  if (epoch.clock.kind === 'server') { return running({ kind: 'server', root: at }, true); }
  const passed = view.expr(99, 'tz');
  const named = passed === undefined ? undefined : zoneOf(view.argument(99, 'tz'), passed);
  const aware = named !== undefined || constantOf(view.argument(99, 'utc')) === true;
  return named === undefined ? { ...running(epoch.clock, aware), naiveUtc: !aware } : running(named.clock, true);
}

const SECONDS: ReadonlyMap<string, number> = new Map(Object.entries({ weeks: 604_800, days: 86_400, hours: 3600, minutes: 60, seconds: 1 }));

/** `timedelta(hours=5, minutes=30)`. */
export const lengthOf: Reader = (view, at) => {
  const parts: { readonly by: number; readonly scalar: Scalar }[] = [];
  for (const argument of view.call.args) {
    const by = argument.name === undefined ? undefined : SECONDS.get(argument.name);
    const scalar = argument.name === undefined ? undefined : view.argument(99, argument.name);
    if (by === undefined || scalar?.kind !== 'scalar') { return argument.name === undefined && view.call.args.length === 1 ? daysOf(view, at) : undefined; }
    parts.push({ by, scalar });
  }
  return lengthFrom(parts);
};

function lengthFrom(parts: readonly { readonly by: number; readonly scalar: Scalar }[]): Scalar | undefined {
  const clock = parts.find((part) => part.scalar.clock !== undefined)?.scalar.clock;
  const chosenAt = parts.find((part) => part.scalar.chosenAt !== undefined)?.scalar.chosenAt;
  if (parts.length === 0) { return undefined; }
  return {
    kind: 'scalar', unit: 'span', dated: parts.some((part) => part.scalar.dated),
    ...(clock === undefined ? {} : { clock }), ...(chosenAt === undefined ? {} : { chosenAt }),
    origins: parts.flatMap((part) => part.scalar.origins), names: parts.flatMap((part) => part.scalar.names),
    at: (moment) => {
      let total = 0;
      for (const { by, scalar } of parts) {
        const answer = scalar.at(moment);
        if (typeof answer !== 'number') { return undefined; }
        total += answer * by;
      }
      return total;
    },
  };
}

function daysOf(view: CallView, at: Span): Scalar | undefined {
  const days = numberOf(view.argument(0));
  return days === undefined ? undefined : constant('span', days * DAY_SECONDS, [at]);
}

/** `pd.Timedelta(hours=5)`, `pd.Timedelta("5h")`, `pd.Timedelta(5, "h")`. */
const pandasLength: Reader = (view, at) => {
  const text = textOf(view.argument(0));
  if (text !== undefined) {
    const seconds = secondsOfLength(text);
    return seconds === undefined ? undefined : constant('span', seconds, [at]);
  }
  const amount = numberOf(view.argument(0));
  const unit = textOf(view.argument(1, 'unit'));
  if (amount !== undefined && unit !== undefined) { return constant('span', amount * (unit.toLowerCase().startsWith('h') ? 3600 : 60), [at]); }
  return lengthOf(view, at);
};

/** `5h`, `-5 hours`, `16h59m`, `16:59:00`, `1 day` in seconds. */
function secondsOfLength(text: string): number | undefined {
  const clock = secondsOfText(text);
  if (clock !== undefined) { return clock; }
  const sign = text.trim().startsWith('-') ? -1 : 1;
  let total: number | undefined;
  const rest = text.replace(/(\d{1,4}) ?([a-zA-Z]{1,7})/g, (_whole, count: string, unit: string) => {
    const by = LENGTH_UNITS.get(unit.toLowerCase().replace(/s$/, '') || 's');
    total = by === undefined || Number.isNaN(total) ? Number.NaN : (total ?? 0) + Number(count) * by;
    return '';
  });
  return total === undefined || Number.isNaN(total) || !/^[\s,+-]*$/.test(rest) ? undefined : sign * total;
}

const LENGTH_UNITS: ReadonlyMap<string, number> = new Map(Object.entries({
  d: DAY_SECONDS, day: DAY_SECONDS, h: 3600, hr: 3600, hour: 3600, min: 60, minute: 60, m: 60, t: 60, s: 1, sec: 1, second: 1,
}));

const zoneNamed = (usesMeanTime: boolean): Reader => (view, at) => {
  const name = textOf(view.argument(0));
  return name === undefined ? undefined : zone(clockOfZone(name, at), usesMeanTime);
};

/** `timezone(timedelta(hours=-5))`, `FixedOffset(-300)`, `tzoffset(None, -18000)`. */
const fixedZone: Reader = (view, at) => {
  const by = view.argument(0);
  if (by?.kind !== 'scalar' || by.unit !== 'span') { return undefined; }
  const seconds = numberOf(by);
  if (seconds !== undefined) { return zone(fixedClock(seconds / 60, 'named', at)); }
  if (!by.dated) { return undefined; }
  const offsetOn = (month: number, day: number, weekday: number): number => {
    const answer = by.at({ second: 43_200, month, day, weekday });
    return typeof answer === 'number' ? answer / 60 : Number.NaN;
  };
  if (Number.isNaN(offsetOn(1, 15, 0)) || Number.isNaN(offsetOn(7, 15, 0))) { return undefined; }
  return zone({ kind: 'guessed', offsetOn, root: by.chosenAt ?? at });
};

const minutesZone = (position: number, divisor: number): Reader => (view, at) => {
  const amount = numberOf(view.argument(position)) ?? lengthSeconds(view.argument(position));
  return amount === undefined ? undefined : zone(fixedClock(amount / divisor, 'named', at));
};

function lengthSeconds(value: Value | undefined): number | undefined {
  const answer = value?.kind === 'scalar' && value.unit === 'span' ? constantOf(value) : undefined;
  return typeof answer === 'number' ? answer : undefined;
}

const epochOf = (perDay: number): Reader => (_view, at) => ({ kind: 'epoch', perDay, clock: utc(at) });

/** `time.strftime("%H:%M")` of the machine's clock, or of `time.gmtime()`. */
const localText: Reader = (view, at) => {
  const from = view.expr(1) === undefined ? running({ kind: 'local', root: at }, false) : view.argument(1);
  return from?.kind === 'moment' ? formatted(from, textOf(view.argument(0))) : undefined;
};

/** `int(x)`, `float(x)`, `str(x)`: numbers out of texts and the other way round. */
const numberFrom: Reader = (view) => {
  const value = view.argument(0);
  if (value?.kind !== 'scalar') { return undefined; }
  return { ...value, unit: 'number', at: (moment) => {
    const answer = value.at(moment);
    const number = typeof answer === 'string' ? Number(answer) : answer;
    return typeof number === 'number' && !Number.isNaN(number) ? Math.trunc(number) : undefined;
  } };
};

const floatFrom: Reader = (view) => {
  const value = view.argument(0);
  return value?.kind === 'scalar' && value.unit === 'number' ? value : undefined;
};

/** `map(int, text.split(":"))`. */
const mapped: Reader = (view) => {
  const what = view.expr(0);
  const items = view.argument(1);
  if (what?.kind !== 'name' || what.name !== 'int' || items?.kind !== 'scalar' || items.unit !== 'tuple') { return undefined; }
  return numbersOf(items);
};

/** The texts of a tuple as numbers. */
export function numbersOf(items: Scalar): Scalar {
  return { ...items, at: (moment) => {
    const all = items.at(moment);
    return Array.isArray(all) ? all.map((item) => (typeof item === 'string' ? Number(item) : typeof item === 'number' ? item : undefined)) : undefined;
  } };
}

const sameValue: Reader = (view) => view.argument(0);

/** `range(16, 18)` as the hours it holds. */
const rangeOf: Reader = (view, at) => {
  const [a, b] = [numberOf(view.argument(0)), numberOf(view.argument(1))];
  const [from, to] = b === undefined ? [0, a] : [a, b];
  if (from === undefined || to === undefined || to - from > 1440 || to < from) { return undefined; }
  return constant('tuple', Array.from({ length: to - from }, (_, i) => from + i), [at]);
};

const READERS: ReadonlyMap<string, Reader> = new Map(Object.entries<Reader>({
  'datetime.datetime.now': nowIn, 'datetime.datetime.today': localNaive, 'datetime.datetime.utcnow': utcNaive,
  'datetime.datetime.fromtimestamp': fromTimestamp('local'), 'datetime.datetime.utcfromtimestamp': fromTimestamp('utc'),
  'datetime.datetime': dateTimeOf, 'datetime.datetime.combine': combineOf, 'datetime.datetime.strptime': parsedText(-1),
  'datetime.datetime.fromisoformat': parsedText(-1), 'datetime.time': timeOf, 'datetime.timedelta': lengthOf, 'datetime.timezone': fixedZone,
  'datetime.time.fromisoformat': (view, at) => { const parsed = parsedText(-1)(view, at); return parsed?.kind === 'moment' ? constant('clock', parsed.second({ second: 0, month: 1, day: 1, weekday: 0 }), parsed.origins, parsed.names) : undefined; },
  'pandas.Timestamp.now': nowIn, 'pandas.Timestamp.today': nowIn, 'pandas.Timestamp.utcnow': utcAware, 'pandas.Timestamp.fromtimestamp': fromTimestamp('local'),
  'pandas.Timestamp.utcfromtimestamp': fromTimestamp('utc'), 'pandas.Timestamp': parsedText(1), 'pandas.to_datetime': parsedText(1), 'pandas.Timestamp.combine': combineOf,
  'pandas.Timedelta': pandasLength, 'pandas.DateOffset': lengthOf, 'pandas.to_timedelta': pandasLength, 'pandas.offsets.Hour': (view, at) => { const n = numberOf(view.argument(0)); return n === undefined ? undefined : constant('span', n * 3600, [at]); },
  'dateutil.relativedelta.relativedelta': lengthOf, 'dateutil.parser.parse': parsedText(-1),
  'zoneinfo.ZoneInfo': zoneNamed(false), 'backports.zoneinfo.ZoneInfo': zoneNamed(false), 'dateutil.tz.gettz': zoneNamed(false),
  'pytz.timezone': zoneNamed(true), 'pendulum.timezone': zoneNamed(false), 'pytz.FixedOffset': minutesZone(0, 1),
  'dateutil.tz.tzoffset': minutesZone(1, 60), 'dateutil.tz.tzutc': (_view, at) => zone(utc(at)), 'dateutil.tz.UTC': (_view, at) => zone(utc(at)),
  'dateutil.tz.tzlocal': (_view, at) => zone({ kind: 'local', root: at }), 'tzlocal.get_localzone': (_view, at) => zone({ kind: 'local', root: at }),
  'time.time': epochOf(DAY_SECONDS), 'time.time_ns': epochOf(DAY_SECONDS * 1e9), 'time.localtime': localNaive, 'time.gmtime': utcNaive, 'time.strftime': localText,
  // MetaTrader counts seconds since 1970 on the broker's clock (MQL5 reference, symbol_info_tick).
  'MetaTrader5.symbol_info_tick': (_view, at) => ({ kind: 'epoch', perDay: DAY_SECONDS, clock: { kind: 'server', root: at } }),
  'arrow.now': nowIn, 'arrow.utcnow': utcAware, 'arrow.get': arrowText, 'pendulum.now': nowIn, 'pendulum.today': todayIn, 'pendulum.time': timeOf, 'pendulum.parse': parsedText(-1), 'pendulum.duration': lengthOf, 'whenever.Instant.now': utcAware,
  'nautilus_trader.core.datetime.unix_nanos_to_dt': utcAware, 'nautilus_trader.core.datetime.maybe_unix_nanos_to_dt': utcAware, 'nautilus_trader.core.datetime.unix_nanos_to_datetime': utcAware,
  'nautilus_trader.core.datetime.dt_to_unix_nanos': sameValue,
  'builtins.int': numberFrom, 'builtins.float': floatFrom, 'builtins.map': mapped, 'builtins.tuple': sameValue, 'builtins.list': sameValue, 'builtins.range': rangeOf, 'builtins.set': sameValue,
}));

/** What a library call gives; undefined for one that is not known. */
export function knownCall(qualified: string, view: CallView): Value | undefined {
  return READERS.get(qualified)?.(view, spanOf(view.call));
}

/** A moment as text, for the formats people compare: `%H:%M`, `%H%M`, `%H`, `HH:mm`. */
export function formatted(moment: Moment, format: string | undefined): Scalar | undefined {
  if (format === undefined || !/^(?:%H|%M|%S|%T|%R|HH|mm|ss|[:. -])+$/.test(format)) { return undefined; }
  const clock = moment.fixed ? {} : { clock: moment.clock };
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return {
    kind: 'scalar', unit: 'text', dated: moment.dated, origins: moment.origins, names: moment.names, ...clock,
    at: (at) => {
      const second = moment.second(at);
      if (second === undefined) { return undefined; }
      return format.replace(/%T/g, '%H:%M:%S').replace(/%R/g, '%H:%M').replace(/%H|HH/g, two(second / 3600))
        .replace(/%M|mm/g, two((second % 3600) / 60)).replace(/%S|ss/g, two(second % 60));
    },
  };
}

function isNone(expr: Expr): boolean {
  return expr.kind === 'literal' && expr.type === 'none';
}
