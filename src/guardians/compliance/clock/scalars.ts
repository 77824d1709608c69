/** Arithmetic, comparison and logic on values, moment by moment. */
import { ANY_MOMENT, commonClock, constantOf, DAY_SECONDS, numberOf, reading, sameClock } from './value.ts';
import type { Span } from '../../../core/source/model.ts';
import type { Answer, Epoch, Moment, Scalar, Value, WallClock, WallMoment } from './value.ts';

type Combined = Pick<Scalar, 'dated' | 'origins' | 'names'> & { readonly clock?: WallClock; readonly chosenAt?: Span; readonly tests?: readonly Span[] };

/** What several values have in common; undefined when they read different clocks. */
function combine(values: readonly (Scalar | Moment)[]): Combined | undefined {
  const clock = commonClock(values.map((value) => value.clock));
  if (clock === 'mixed') { return undefined; }
  return {
    dated: values.some((value) => value.dated),
    origins: values.flatMap((value) => value.origins),
    names: values.flatMap((value) => value.names),
    ...(clock === undefined ? {} : { clock }),
    ...chosen(values),
    ...testsOf(values),
  };
}

function chosen(values: readonly (Scalar | Moment)[]): { readonly chosenAt?: Span } {
  const at = values.map((value) => (value.kind === 'scalar' ? value.chosenAt : undefined)).find((span) => span !== undefined);
  return at === undefined ? {} : { chosenAt: at };
}

function testsOf(values: readonly (Scalar | Moment)[]): { readonly tests?: readonly Span[] } {
  const tests = values.flatMap((value) => (value.kind === 'scalar' ? value.tests ?? [] : []));
  return tests.length === 0 ? {} : { tests };
}

function scalar(unit: Scalar['unit'], of: Combined, at: (moment: WallMoment) => Answer, opaque = false): Scalar {
  return { kind: 'scalar', unit, ...of, at, ...(opaque ? { opaque: true } : {}) };
}

/** A value known by its name only (`self.config.flatten_time` of another file): never asked, but it keeps the name. */
export function opaqueNamed(name: string): Scalar {
  return { kind: 'scalar', unit: 'clock', dated: false, at: () => undefined, origins: [], names: [name], opaque: true };
}

/** `a op b` for `+ - * / // %`; undefined for what is neither a time nor a number. */
export function arithmetic(op: string, left: Value, right: Value): Value | undefined {
  if (left.kind === 'epoch') { return epochArithmetic(op, left, right); }
  if (left.kind === 'moment') { return momentArithmetic(op, left, right); }
  if (right.kind === 'moment') { return op === '+' && left.kind === 'scalar' && left.unit === 'span' ? shift(right, left, 1) : undefined; }
  if (left.kind !== 'scalar' || right.kind !== 'scalar') { return undefined; }
  const unit = arithmeticUnit(op, left.unit, right.unit);
  const both = combine([withoutUnit(op, left), withoutUnit(op, right)]);
  if (unit === undefined || both === undefined) { return undefined; }
  return scalar(unit, both, (moment) => calculate(op, left.at(moment), right.at(moment)), left.opaque === true || right.opaque === true);
}

/** The 60 of `hour * 60 + minute` is no part of the time that is written. */
function withoutUnit(op: string, value: Scalar): Scalar {
  const known = op === '*' || op === '/' || op === '//' ? numberOf(value) : undefined;
  return known !== undefined && UNITS.has(known) ? { ...value, origins: [] } : value;
}

const UNITS: ReadonlySet<number> = new Set([24, 60, 100, 1_000, 3_600, 86_400]);

function arithmeticUnit(op: string, left: Scalar['unit'], right: Scalar['unit']): Scalar['unit'] | undefined {
  if (op === '+' && left === 'text' && right === 'text') { return 'text'; }
  if (left === 'number' && right === 'number') { return 'number'; }
  if (left === 'span' && right === 'span') { return op === '+' || op === '-' ? 'span' : op === '/' || op === '//' ? 'number' : undefined; }
  if (left === 'span' && right === 'number') { return op === '*' || op === '/' || op === '//' ? 'span' : undefined; }
  if (left === 'number' && right === 'span') { return op === '*' ? 'span' : undefined; }
  return undefined;
}

function calculate(op: string, a: Answer, b: Answer): Answer {
  if (typeof a === 'string' && typeof b === 'string') { return op === '+' ? a + b : undefined; }
  if (typeof a !== 'number' || typeof b !== 'number') { return undefined; }
  switch (op) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': return b === 0 ? undefined : a / b;
    case '//': return b === 0 ? undefined : Math.floor(a / b);
    case '%': return b === 0 ? undefined : ((a % b) + b) % b;
    default: return undefined;
  }
}

/** `time.time() % 86400`, `ts // 3_600_000_000_000 % 24`: the time of day in UTC out of a count since 1970. */
function epochArithmetic(op: string, epoch: Epoch, right: Value): Value | undefined {
  const by = numberOf(right);
  if (by === undefined || by === 0) { return undefined; }
  if (op === '/' || op === '//') { return { ...epoch, perDay: epoch.perDay / by }; }
  if (op === '*') { return { ...epoch, perDay: epoch.perDay * by }; }
  if ((op === '-' || op === '+') && epoch.clock.kind === 'fixed') {
    const minutes = (by / epoch.perDay) * 1440 * (op === '-' ? -1 : 1);
    if (Math.abs(minutes) < 60 || Math.abs(minutes) > 840) { return undefined; }
    return { ...epoch, clock: { ...epoch.clock, offset: (epoch.clock.offset ?? 0) + minutes, how: 'offset' } };
  }
  const whole = epoch.perDay / by;
  // `% 86400` leaves the seconds of the day, `% 3600` those of the hour.
  if (op !== '%' || whole < 1 - 1e-6 || Math.abs(whole - Math.round(whole)) > 1e-6) { return undefined; }
  return reading('number', { clock: epoch.clock, dated: false }, (moment) => Math.floor((moment.second / DAY_SECONDS) * epoch.perDay + 1e-6) % Math.round(by));
}

/** Moments less moments, moments shifted by a length of time. */
function momentArithmetic(op: string, left: Moment, right: Value): Value | undefined {
  if (right.kind === 'scalar' && right.unit === 'span' && (op === '+' || op === '-')) { return shift(left, right, op === '+' ? 1 : -1); }
  if (op !== '-' || right.kind !== 'moment' || left.fixed === right.fixed) { return undefined; }
  const clock = dayClock(left, right);
  if (clock === undefined) { return undefined; }
  const both = { clock, dated: left.dated || right.dated, origins: [...left.origins, ...right.origins], names: [...left.names, ...right.names] };
  return scalar('span', both, (moment) => calculate('-', left.second(moment), right.second(moment)));
}

/**
 * The clock a fixed time of day is compared on. Aware times compare as instants, so the fixed side's zone counts; naive
 * ones compare digits, so the running side's does.
 */
function dayClock(a: Moment, b: Moment): WallClock | undefined {
  const [running, fixed] = a.fixed ? [b, a] : [a, b];
  if (fixed.aware && running.aware) { return fixed.clock; }
  if (fixed.aware !== running.aware && !(fixed.clock.how === 'assumed' || running.clock.how === 'assumed')) { return undefined; }
  return running.clock;
}

/** `utcnow() - timedelta(hours=5)`: whole hours off a running UTC clock make another clock; anything else is a lead on the same one. */
function shift(from: Moment, by: Scalar, sign: 1 | -1): Moment | undefined {
  if (by.opaque === true || (by.clock !== undefined && !by.dated)) { return undefined; }
  const origins = [...from.origins, ...by.origins];
  const names = [...from.names, ...by.names];
  if (by.clock === undefined) {
    const seconds = numberOf(by);
    if (seconds === undefined) { return undefined; }
    const shifted = seconds * sign;
    // Tomorrow's time of day is today's.
    if (shifted % DAY_SECONDS === 0) { return from; }
    const hours = Math.abs(shifted) >= 3600 && shifted % 900 === 0;
    if (!from.fixed && from.clock.kind === 'fixed' && hours) {
      return { ...from, clock: { ...from.clock, offset: (from.clock.offset ?? 0) + shifted / 60, how: 'offset' }, naiveUtc: false, origins: from.origins, names: from.names };
    }
    return { ...from, second: (moment) => addSeconds(from.second(moment), shifted), origins, names };
  }
  if (from.fixed || from.clock.kind !== 'fixed' || !by.dated) { return undefined; }
  const base = from.clock.offset ?? 0;
  const offsetOn = (month: number, day: number, weekday: number): number => {
    const answer = by.at({ second: 43_200, month, day, weekday });
    return base + (typeof answer === 'number' ? (answer * sign) / 60 : Number.NaN);
  };
  if (Number.isNaN(offsetOn(1, 15, 0)) || Number.isNaN(offsetOn(7, 15, 0))) { return undefined; }
  return { ...from, clock: { kind: 'guessed', offsetOn, root: by.chosenAt ?? from.clock.root }, naiveUtc: false };
}

function addSeconds(second: number | undefined, by: number): number | undefined {
  return second === undefined ? undefined : (((second + by) % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
}

/** A comparison of two values (`==`, `>=`, `in` …); undefined when it says nothing about the time of day. */
export function compareValues(op: string, left: Value, right: Value): Scalar | undefined {
  const [a, b] = comparable(left, right);
  if (a === undefined || b === undefined) { return undefined; }
  if (a.kind === 'moment' || b.kind === 'moment') {
    return a.kind === 'moment' && b.kind === 'moment' ? compareMoments(op, a, b) : undefined;
  }
  const opaque = a.opaque === true || b.opaque === true;
  if (!opaque && a.unit !== b.unit && !(op === 'in' || op === 'not in')) { return undefined; }
  const both = combine([a, b]);
  if (both === undefined) { return undefined; }
  return scalar('boolean', both, (moment) => compareAnswers(op, a.at(moment), b.at(moment)), opaque);
}

/** A count since 1970 beside a moment is the moment it counts: `Date.now() >= cutoff.getTime()`. */
function comparableOne(value: Value, other: Value): Scalar | Moment | undefined {
  if (value.kind === 'scalar' || value.kind === 'moment') { return value; }
  if (value.kind !== 'epoch' || other.kind !== 'moment') { return undefined; }
  return { kind: 'moment', clock: value.clock, aware: true, fixed: false, dated: false, second: (moment) => moment.second, origins: [], names: [] };
}

/** A moment beside a time of day stands for its own time of day (duck typing: `now_et >= time(16, 59)`). */
function comparable(left: Value, right: Value): [Scalar | Moment | undefined, Scalar | Moment | undefined] {
  const a = comparableOne(left, right);
  const b = comparableOne(right, left);
  if (a?.kind === 'moment' && b?.kind === 'scalar' && (b.unit === 'clock' || b.opaque === true)) { return [timeOfDay(a), b]; }
  if (b?.kind === 'moment' && a?.kind === 'scalar' && (a.unit === 'clock' || a.opaque === true)) { return [a, timeOfDay(b)]; }
  return [a, b];
}

/** The time of day of a moment, in seconds; a constant for a fixed one. */
export function timeOfDay(moment: Moment): Scalar {
  if (moment.fixed) {
    return { kind: 'scalar', unit: 'clock', dated: moment.dated, at: (at) => moment.second(at), origins: moment.origins, names: moment.names };
  }
  return reading('clock', moment, (at) => moment.second(at));
}

function compareMoments(op: string, left: Moment, right: Moment): Scalar | undefined {
  if (left.fixed === right.fixed) { return undefined; }
  const clock = dayClock(left, right);
  if (clock === undefined) { return undefined; }
  const both = { clock, dated: left.dated || right.dated, origins: [...left.origins, ...right.origins], names: [...left.names, ...right.names] };
  return scalar('boolean', both, (moment) => compareAnswers(op, left.second(moment), right.second(moment)));
}

function compareAnswers(op: string, a: Answer, b: Answer): Answer {
  if (a === undefined || b === undefined) { return undefined; }
  if (op === 'in' || op === 'not in') {
    if (!Array.isArray(b)) { return undefined; }
    const found = (b as readonly Answer[]).some((item) => order(a, item) === 0);
    return op === 'in' ? found : !found;
  }
  const sign = order(a, b);
  if (sign === undefined) { return undefined; }
  switch (op) {
    case '==': case 'is': return sign === 0;
    case '!=': case 'is not': return sign !== 0;
    case '<': return sign < 0;
    case '<=': return sign <= 0;
    case '>': return sign > 0;
    case '>=': return sign >= 0;
    default: return undefined;
  }
}

/** Python's order of numbers, texts and tuples; undefined for values that do not compare. */
function order(a: Answer, b: Answer): number | undefined {
  if (typeof a === 'string' && typeof b === 'string') { return a < b ? -1 : a > b ? 1 : 0; }
  if (Array.isArray(a) && Array.isArray(b)) { return orderTuples(a as readonly Answer[], b as readonly Answer[]); }
  const [x, y] = [typeof a === 'boolean' ? Number(a) : a, typeof b === 'boolean' ? Number(b) : b];
  return typeof x === 'number' && typeof y === 'number' ? x - y : undefined;
}

function orderTuples(a: readonly Answer[], b: readonly Answer[]): number | undefined {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]];
    if (typeof x !== 'number' || typeof y !== 'number') { return undefined; }
    if (x !== y) { return x - y; }
  }
  return a.length - b.length;
}

/**
 * `and` / `or` over what is known: a part that has nothing to do with the time (`self.position`) is taken to let it
 * pass, because the question is when the time alone would decide.
 */
export function logic(op: 'and' | 'or', operands: readonly (Value | undefined)[]): Scalar | undefined {
  const known = operands.flatMap((operand) => {
    const truth = truthOf(operand);
    return truth === undefined ? [] : [truth];
  });
  const both = known.length === 0 ? undefined : combine(known);
  if (both === undefined) { return undefined; }
  const opaque = known.some((operand) => operand.opaque === true);
  return scalar('boolean', both, (moment) => {
    const answers = known.map((operand) => operand.at(moment));
    if (answers.some((answer) => answer === undefined)) { return undefined; }
    return op === 'and' ? answers.every((answer) => answer === true) : answers.some((answer) => answer === true);
  }, opaque);
}

/** A value as a condition: booleans as they are, constants by Python's truth; undefined for what says nothing. */
export function truthOf(value: Value | undefined): Scalar | undefined {
  if (value?.kind !== 'scalar') { return undefined; }
  if (value.unit === 'boolean') { return value; }
  const known = constantOf(value);
  return known === undefined || value.unit !== 'number' ? undefined : scalar('boolean', { dated: false, origins: [], names: [] }, () => known !== 0);
}

/** `not a`. */
export function negate(value: Scalar): Scalar {
  return { ...value, unit: 'boolean', at: (moment) => { const answer = value.at(moment); return typeof answer === 'boolean' ? !answer : undefined; } };
}

/**
 * `a if test else b`. A test on the date makes a value that changes over the year; a test that says nothing makes one
 * only where both sides are the same, or where the second can stand as the fallback of a zone.
 */
export function choose(test: Value | undefined, then: Value | undefined, otherwise: Value | undefined): Value | undefined {
  const truth = truthOf(test);
  const fixed = constantOf(truth);
  if (fixed === true) { return then; }
  if (fixed === false) { return otherwise; }
  if (then?.kind === 'moment' && otherwise?.kind === 'moment' && sameTime(then, otherwise)) { return then; }
  if (truth === undefined || truth.opaque === true) { return either(then, otherwise); }
  if (then?.kind === 'scalar' && otherwise?.kind === 'scalar' && then.unit === otherwise.unit) {
    const all = combine([truth, then, otherwise]);
    if (all === undefined) { return undefined; }
    return scalar(then.unit, { ...all, origins: [...then.origins, ...otherwise.origins] }, (moment) => {
      const answer = truth.at(moment);
      return answer === true ? then.at(moment) : answer === false ? otherwise.at(moment) : undefined;
    }, then.opaque === true || otherwise.opaque === true);
  }
  if (truth.dated && then !== undefined && otherwise !== undefined) { return chooseByDate(truth, then, otherwise); }
  return undefined;
}

/** `target += timedelta(days=1)` under a test: the time of day is the same with and without. */
function sameTime(a: Moment, b: Moment): boolean {
  return a.fixed && b.fixed && !a.dated && !b.dated && sameClock(a.clock, b.clock) && a.second(ANY_MOMENT) === b.second(ANY_MOMENT);
}

/** Zones and moments chosen by the date: a guessed clock. */
function chooseByDate(truth: Scalar, then: Value, otherwise: Value): Value | undefined {
  if (then.kind !== otherwise.kind || (then.kind !== 'zone' && then.kind !== 'moment')) { return undefined; }
  const other = otherwise as typeof then;
  if (then.clock.kind !== 'fixed' || other.clock.kind !== 'fixed') { return undefined; }
  const [first, second] = [then.clock.offset ?? 0, other.clock.offset ?? 0];
  const offsetOn = (month: number, day: number, weekday: number): number =>
    truth.at({ second: 43_200, month, day, weekday }) === true ? first : second;
  const clock: WallClock = { kind: 'guessed', offsetOn, root: then.clock.root };
  return then.kind === 'zone' ? { kind: 'zone', clock, meanTime: false } : { ...then, clock };
}

/** One of two values, nobody knows which: the same in both, or the first with the second as fallback of its clock. */
export function either(first: Value | undefined, second: Value | undefined): Value | undefined {
  if (first === undefined || second === undefined) { return undefined; }
  if (first.kind === 'scalar' || second.kind === 'scalar') {
    const [a, b] = [constantOf(first), constantOf(second)];
    return a !== undefined && a === b ? first : undefined;
  }
  if (first.kind !== second.kind || first.kind === 'epoch') { return undefined; }
  const other = second as typeof first;
  if (sameClock(first.clock, other.clock)) { return first; }
  return { ...first, clock: { ...first.clock, fallback: other.clock } };
}
