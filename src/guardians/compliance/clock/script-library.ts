/**
 * What the dates of JavaScript give: `Date` and `Intl` (ECMA-262 chapter 21.4, ECMA-402), luxon, dayjs, moment and
 * date-fns-tz. A `Date` is an instant; which clock is read shows only at `getHours` or `getUTCHours`.
 */
import type { Expr, Span } from '../../../core/source/model.ts';
import { formatted, numbersOf, running, standing, zoneOf } from './library.ts';
import type { CallView } from './library.ts';
import { constantOf, DAY_SECONDS, numberOf, reading, textOf } from './value.ts';
import type { Answer, Moment, Scalar, Value, WallClock, WallMoment, Zone } from './value.ts';
import { fixedClock, utc } from './zones.ts';

type Reader = (view: CallView, at: Span) => Value | undefined;

function spanOf(node: Span): Span {
  return { start: node.start, end: node.end };
}

function local(at: Span): WallClock {
  return { kind: 'local', root: at };
}

/** An instant, before anybody asked for its hours. */
function instant(at: Span): Moment {
  return running(utc(at), true);
}

// ------------------------------------------------------------------------ Date

/** Words of a stamp: `new Date(tick.timestamp)` is an instant, `new Date(text)` may be anything. */
const STAMP = /(?:time|stamp|ts|now|ms)$/i;

/** `new Date()`, `new Date(stamp)`, `new Date(otherDate)`, and digits of another clock: `new Date(d.toLocaleString(…))`. */
const dateOf: Reader = (view, at) => {
  const first = view.expr(0);
  if (first === undefined) { return instant(at); }
  if (view.call.args.length > 1) { return undefined; }
  const value = view.argument(0);
  if (value?.kind === 'moment') { return value; }
  if (value?.kind === 'epoch') { return running(value.clock, true); }
  const name = first.kind === 'member' ? first.property : first.kind === 'name' ? first.name : undefined;
  return value === undefined && name !== undefined && STAMP.test(name) ? instant(at) : undefined;
};

/** The part of a moment a getter reads, on the clock it reads it from. */
function partOf(moment: Moment, clock: WallClock, of: (second: number) => number): Scalar {
  const at = (wall: WallMoment): Answer => { const second = moment.second(wall); return second === undefined ? undefined : of(second); };
  if (moment.fixed) { return { kind: 'scalar', unit: 'number', dated: false, at, origins: moment.origins, names: moment.names }; }
  return reading('number', { ...moment, clock }, at);
}

const PARTS: ReadonlyMap<string, (second: number) => number> = new Map([
  ['Hours', (second: number) => Math.floor(second / 3600)], ['Minutes', (second: number) => Math.floor((second % 3600) / 60)],
  ['Seconds', (second: number) => Math.floor(second % 60)], ['Milliseconds', () => 0],
]);
const DATE_PARTS: ReadonlyMap<string, (wall: WallMoment) => number> = new Map([
  // Months count from 0, days of the week from Sunday.
  ['Month', (wall: WallMoment) => wall.month - 1], ['Date', (wall: WallMoment) => wall.day], ['Day', (wall: WallMoment) => (wall.weekday + 1) % 7],
]);

/** `now.getHours()`, `now.getUTCMinutes()`; digits of another clock are read back with the plain getters only. */
function getter(moment: Moment, method: string, at: Span): Scalar | undefined {
  const universal = method.startsWith('getUTC');
  const clock = getterClock(moment, universal, at);
  const name = method.slice(universal ? 'getUTC'.length : 'get'.length);
  const part = PARTS.get(name);
  const date = DATE_PARTS.get(name);
  if (clock === undefined) { return undefined; }
  return part !== undefined ? partOf(moment, clock, part) : date === undefined ? undefined : reading('number', { clock, dated: true }, date);
}

function getterClock(moment: Moment, universal: boolean, at: Span): WallClock | undefined {
  if (!moment.aware) { return universal ? undefined : moment.clock; }
  // An instant moved by some hours is read in UTC; read on the machine's clock it is hours off that.
  if (moment.clock.how === 'offset' || moment.clock.kind === 'guessed') { return universal ? moment.clock : undefined; }
  return universal ? utc(at) : local(at);
}

/** The instant as digits of the machine's clock or of UTC, written over: `d.setHours(16, 59, 0, 0)`. */
export function setTime(method: string, view: CallView): Moment | undefined {
  const universal = method === 'setUTCHours';
  if (!universal && method !== 'setHours') { return undefined; }
  const at = spanOf(view.call);
  const hour = view.argument(0);
  const minute = view.expr(1) === undefined ? undefined : view.argument(1);
  const [h, m] = [numberOf(hour), view.expr(1) === undefined ? 0 : numberOf(minute)];
  if (h === undefined || m === undefined || hour?.kind !== 'scalar') { return undefined; }
  const names = [...hour.names, ...(minute?.kind === 'scalar' ? minute.names : [])];
  return standing(h * 3600 + m * 60, universal ? utc(at) : local(at), true, [at], names);
}

// ------------------------------------------------------------------------ Intl

/** Locales that write 16:59 so. */
const FULL_DAY_LOCALES = /^(?:en-GB|en-IE|de|fr|es|it|nl|sv|pl|pt|da|nb|fi)\b/;

/** Options of a format; `undefined` where a zone is named that cannot be told. */
interface Format {
  readonly clock: WallClock;
  /** `HH:mm` and the like, where the text is that. */
  readonly text?: string;
  /** The parts of the time that are written, where the hour is one of 24. */
  readonly parts?: readonly string[];
}

function formatOf(view: CallView, position: number, at: Span, time: boolean): Format | undefined {
  const options = view.expr(position);
  const passed = view.option(position, 'timeZone');
  const named = options === undefined || !view.hasOption(position, 'timeZone') ? undefined : zoneOf(passed, (passed?.kind === 'scalar' ? passed.origins[0] : undefined) ?? options);
  if (options !== undefined && (view.hasOption(position, 'timeZone') ? named === undefined : options.kind !== 'collection')) { return undefined; }
  const clock = named === undefined ? local(at) : named.clock;
  const locale = textOf(view.argument(position - 1)) ?? '';
  const full = constantOf(view.option(position, 'hour12')) === false || /^h2[34]$/.test(textOf(view.option(position, 'hourCycle')) ?? '') || FULL_DAY_LOCALES.test(locale);
  const [hour, minute, second] = ['hour', 'minute', 'second'].map((part) => view.hasOption(position, part));
  const dated = ['year', 'month', 'day', 'weekday', 'dateStyle'].some((part) => view.hasOption(position, part));
  const parts = full ? ['hour', 'minute', 'second'].filter((part) => view.hasOption(position, part) || view.hasOption(position, 'timeStyle')) : undefined;
  if (parts === undefined || dated) { return { clock, ...(parts === undefined ? {} : { parts }) }; }
  if (hour === true) { return { clock, parts, text: `HH${minute === true ? ':mm' : ''}${second === true ? ':ss' : ''}` }; }
  return time && !view.hasOption(position, 'timeStyle') ? { clock, text: 'HH:mm:ss' } : time ? { clock, text: 'HH:mm' } : { clock, parts };
}

/** An instant in a format: text where that is known, else digits of the clock. */
function inFormat(moment: Moment, format: Format): Value | undefined {
  if (moment.fixed) { return undefined; }
  const digits: Moment = { ...moment, clock: moment.aware ? format.clock : moment.clock, aware: false };
  return format.text === undefined ? digits : formatted(digits, format.text);
}

/** `new Intl.DateTimeFormat('en-US', { timeZone: … })`. */
interface Formatter extends Zone {
  readonly format?: Format;
}

const formatterOf: Reader = (view, at) => {
  const format = formatOf(view, 1, at, false);
  const formatter: Formatter | undefined = format === undefined ? undefined : { kind: 'zone', clock: format.clock, meanTime: false, format };
  return formatter;
};

// ------------------------------------------------------------- other libraries

const localNow: Reader = (view, at) => {
  const first = view.argument(0);
  if (first?.kind === 'moment') { return first; }
  if (first?.kind === 'epoch') { return running(local(at), true); }
  return view.expr(0) === undefined ? running(local(at), true) : undefined;
};
const utcNow: Reader = (view, at) => (view.expr(0) === undefined || view.argument(0) !== undefined ? instant(at) : undefined);

/** `dayjs.tz(when, zone)`, `moment.tz(zone)`: the last argument names the zone. */
const zonedNow: Reader = (view) => {
  const position = view.call.args.length - 1;
  const passed = view.expr(position);
  const zone = passed === undefined ? undefined : zoneOf(view.argument(position), passed);
  return zone === undefined || (position > 0 && view.expr(0)?.kind === 'literal' && textOf(view.argument(0)) !== undefined) ? undefined : running(zone.clock, true);
};

/** `toZonedTime(date, zone)`: a `Date` whose digits are the zone's. */
const zonedDigits: Reader = (view) => {
  const moment = view.argument(0);
  const passed = view.expr(1);
  const zone = passed === undefined ? undefined : zoneOf(view.argument(1), passed);
  return zone === undefined || (moment?.kind !== 'moment' && moment?.kind !== 'epoch') ? undefined : running(zone.clock, false);
};

const zonedText: Reader = (view, at) => {
  const moment = zonedDigits(view, at);
  return moment?.kind === 'moment' ? formatted(moment, textOf(view.argument(2))) : undefined;
};

/** `DateTime.fromMillis(x, { zone })`, `DateTime.fromJSDate(d, { zone })`. */
const luxonFrom: Reader = (view, at) => {
  if (!view.hasOption(1, 'zone')) { return running(local(at), true); }
  const zone = zoneOf(view.option(1, 'zone'), view.call);
  return zone === undefined ? undefined : running(zone.clock, true);
};

const wholeNumber: Reader = (view) => {
  const value = view.argument(0);
  if (value?.kind !== 'scalar') { return undefined; }
  return { ...value, unit: 'number', at: (moment) => {
    const answer = value.at(moment);
    const number = typeof answer === 'string' ? Number.parseFloat(answer) : answer;
    return typeof number === 'number' && !Number.isNaN(number) ? Math.floor(number) : undefined;
  } };
};

/** `Object.fromEntries(parts.map((part) => [part.type, part.value]))`: the hour and the minute are fields now. */
const entriesOf: Reader = (view) => {
  const value: Parts | undefined = momentIn(view.argument(0));
  return value?.parts?.includes('hour') === true ? value : undefined;
};

function momentIn(value: Value | undefined): Moment | undefined {
  return value?.kind === 'moment' ? value : undefined;
}

const both = (names: readonly string[], reader: Reader): [string, Reader][] => names.map((name) => [name, reader]);

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['globals.Date', dateOf],
  ['globals.Date.now', (_view, at) => ({ kind: 'epoch', perDay: DAY_SECONDS * 1e3, clock: utc(at) })],
  ['globals.Intl.DateTimeFormat', formatterOf], ['globals.Object.fromEntries', entriesOf],
  ...both(['globals.Number', 'globals.parseInt', 'globals.parseFloat', 'globals.Number.parseInt', 'globals.Math.floor', 'globals.Math.trunc'], wholeNumber),
  ...both(['luxon.DateTime.now', 'luxon.DateTime.local'], localNow), ['luxon.DateTime.utc', utcNow],
  ...both(['luxon.DateTime.fromMillis', 'luxon.DateTime.fromJSDate', 'luxon.DateTime.fromSeconds'], luxonFrom),
  ...both(['dayjs', 'dayjs.default', 'moment', 'moment.default', 'moment-timezone', 'moment-timezone.default'], localNow),
  ...both(['dayjs.utc', 'dayjs.default.utc', 'moment.utc', 'moment.default.utc', 'moment-timezone.default.utc', 'moment-timezone.utc'], utcNow),
  ...both(['dayjs.tz', 'dayjs.default.tz', 'moment.tz', 'moment.default.tz', 'moment-timezone.tz', 'moment-timezone.default.tz'], zonedNow),
  ...both(['date-fns-tz.toZonedTime', 'date-fns-tz.utcToZonedTime'], zonedDigits), ['date-fns-tz.formatInTimeZone', zonedText],
]);

/** What a call of a script's libraries gives; undefined for one that is not known. */
export function scriptCall(qualified: string, view: CallView): Value | undefined {
  return READERS.get(qualified)?.(view, spanOf(view.call));
}

/** A method call of a script on a value; undefined for one that is not known. */
export function scriptMethod(base: Value | undefined, method: string, view: CallView): Value | undefined {
  switch (base?.kind) {
    case 'moment': return momentMethod(base, method, view);
    case 'zone': return formatterMethod(base, method, view);
    case 'scalar': return textMethod(base, method, view);
    default: return undefined;
  }
}

function formatterMethod(formatter: Formatter, method: string, view: CallView): Value | undefined {
  const { format } = formatter;
  if (format === undefined || (method !== 'format' && method !== 'formatToParts')) { return undefined; }
  const first = view.expr(0);
  const given = view.argument(0);
  const moment = first === undefined ? instant(view.call) : given?.kind === 'epoch' ? running(given.clock, true) : given;
  if (moment?.kind !== 'moment') { return undefined; }
  return method === 'format' ? inFormat(moment, format) : partsOf(moment, format);
}

/** `formatter.formatToParts(now)`: the digits of the clock, by their kind. */
interface Parts extends Moment {
  readonly parts?: readonly string[];
}

function partsOf(moment: Moment, format: Format): Parts | undefined {
  if (moment.fixed || format.parts === undefined) { return undefined; }
  return { ...moment, clock: moment.aware ? format.clock : moment.clock, aware: false, parts: format.parts };
}

const KINDS: ReadonlyMap<string, string> = new Map([['hour', 'Hours'], ['minute', 'Minutes'], ['second', 'Seconds']]);

/** `parts.find((part) => part.type === 'hour')`, which is taken for its number, and `parts.map((part) => [part.type, part.value])`. */
function partsMethod(moment: Parts, method: string, view: CallView): Value | undefined {
  if (method === 'map') { return moment; }
  const sought = method === 'find' ? textOf(view.sought(0, 'type')) : undefined;
  const kind = sought === undefined || moment.parts?.includes(sought) !== true ? undefined : KINDS.get(sought);
  return kind === undefined ? undefined : partOf(moment, moment.clock, PARTS.get(kind)!);
}

function momentMethod(moment: Parts, method: string, view: CallView): Value | undefined {
  const at = spanOf(view.call);
  if (moment.parts !== undefined) { return partsMethod(moment, method, view); }
  if (method.startsWith('get') && method !== 'getTime') { return getter(moment, method, at); }
  switch (method) {
    case 'getTime': case 'valueOf': case 'toMillis':
      return moment.fixed || !moment.aware ? moment : { kind: 'epoch', perDay: DAY_SECONDS * 1e3, clock: moment.clock.kind === 'fixed' ? moment.clock : utc(at) };
    case 'toLocaleString': case 'toLocaleTimeString': {
      const format = formatOf(view, 1, at, method === 'toLocaleTimeString');
      return format === undefined ? undefined : inFormat(moment, format);
    }
    case 'toTimeString': return moment.aware ? formatted({ ...moment, clock: local(at) }, 'HH:mm:ss') : undefined;
    case 'tz': case 'setZone': {
      const passed = view.expr(0);
      const zone = passed === undefined ? undefined : zoneOf(view.argument(0), passed);
      return zone === undefined || moment.fixed ? undefined : { ...moment, clock: zone.clock, aware: true };
    }
    case 'utc': case 'toUTC': return moment.fixed ? undefined : { ...moment, clock: utc(at), aware: true };
    case 'utcOffset': {
      const offset = numberOf(view.argument(0));
      // Small numbers are hours (dayjs and moment: “less than 16”).
      return offset === undefined || moment.fixed ? undefined : { ...moment, clock: fixedClock(Math.abs(offset) < 16 ? offset * 60 : offset, 'named', at), aware: true };
    }
    case 'hour': case 'hours': return view.expr(0) === undefined ? partOf(moment, moment.clock, PARTS.get('Hours')!) : undefined;
    case 'minute': case 'minutes': return view.expr(0) === undefined ? partOf(moment, moment.clock, PARTS.get('Minutes')!) : undefined;
    case 'day': return view.expr(0) === undefined ? reading('number', { clock: moment.clock, dated: true }, DATE_PARTS.get('Day')!) : undefined;
    case 'toFormat': return formatted(moment, textOf(view.argument(0)));
    case 'set': return setByOptions(moment, view);
    case 'toDate': case 'toJSDate': case 'clone': return moment;
    default: return undefined;
  }
}

/** luxon: `now.set({ hour: 16, minute: 55 })`. */
function setByOptions(moment: Moment, view: CallView): Moment | undefined {
  if (!view.hasOption(0, 'hour')) { return undefined; }
  const hour = numberOf(view.option(0, 'hour'));
  const minute = view.hasOption(0, 'minute') ? numberOf(view.option(0, 'minute')) : 0;
  return hour === undefined || minute === undefined ? undefined : standing(hour * 3600 + minute * 60, moment.clock, true, [spanOf(view.call)]);
}

/** `text.split(':')`, `parts.map(Number)`, `text.slice(0, 5)`. */
function textMethod(base: Scalar, method: string, view: CallView): Value | undefined {
  if (base.unit === 'tuple') { return method === 'map' && isNumberFunction(view.expr(0)) ? numbersOf(base) : undefined; }
  if (base.unit !== 'text' || base.opaque === true) { return undefined; }
  if (method === 'split') {
    const by = textOf(view.argument(0));
    return by === undefined || by === '' ? undefined
      : { ...base, unit: 'tuple', at: (moment) => { const text = base.at(moment); return typeof text === 'string' ? text.split(by) : undefined; } };
  }
  if (method !== 'slice' && method !== 'substring') { return undefined; }
  const [from, to] = [numberOf(view.argument(0)), view.expr(1) === undefined ? undefined : numberOf(view.argument(1))];
  return from === undefined || from < 0 || (to ?? 0) < 0 ? undefined
    : { ...base, at: (moment) => { const text = base.at(moment); return typeof text === 'string' ? text.slice(from, to) : undefined; } };
}

function isNumberFunction(expr: Expr | undefined): boolean {
  return expr?.kind === 'name' && (expr.name === 'Number' || expr.name === 'parseFloat' || expr.name === 'parseInt');
}

/** luxon counts days from Monday as 1. */
export function scriptAttribute(base: Value | undefined, property: string): Value | undefined {
  // The part of a formatter is its number already.
  if (base?.kind === 'scalar' && base.unit === 'number' && base.clock !== undefined && property === 'value') { return base; }
  return base?.kind === 'moment' && property === 'weekday' ? reading('number', { clock: base.clock, dated: true }, (wall) => wall.weekday + 1) : undefined;
}
