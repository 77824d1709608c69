/**
 * MetaTrader's times: `datetime` is a number of seconds on the broker's clock, `MqlDateTime` a structure a call fills in
 * (MQL5 reference, Date and Time).
 */
import type { Expr, Span, Stmt } from '../../../core/source/model.ts';
import { expressionsOf, walkExpression } from '../../../core/source/walk.ts';
import { lastName } from '../named.ts';
import { attributeOf } from './members.ts';
import { formatted, running, standing, unzoned } from './library.ts';
import type { CallView } from './library.ts';
import { DAY_SECONDS, reading, secondsOfText, textOf } from './value.ts';
import type { Scalar, Value, WallClock } from './value.ts';
import { utc } from './zones.ts';

type Reader = (view: CallView, at: Span) => Value | undefined;

/** The clock each function reads. */
function clockOf(name: string, at: Span): WallClock | undefined {
  switch (name) {
    case 'TimeCurrent': case 'TimeTradeServer': return { kind: 'server', root: at };
    case 'TimeLocal': return { kind: 'local', root: at };
    case 'TimeGMT': return utc(at);
    default: return undefined;
  }
}

const now = (name: string): Reader => (_view, at) => running(clockOf(name, at)!, false);

/** `TimeHour(t)` of MQL4; without an argument `Hour()` is the server's. */
const part = (property: string): Reader => (view, at) => {
  const moment = view.expr(0) === undefined ? running(clockOf('TimeCurrent', at)!, false) : view.argument(0);
  return moment === undefined ? undefined : attributeOf(moment, property, at);
};

/** `(int)x`: a time stays one, a number loses what is behind its point. */
const cast: Reader = (view) => {
  const value = view.argument(0);
  if (value?.kind === 'moment' || value?.kind === 'epoch') { return value; }
  if (value?.kind !== 'scalar' || value.unit !== 'number') { return undefined; }
  return { ...value, at: (moment) => { const answer = value.at(moment); return typeof answer === 'number' ? Math.trunc(answer) : undefined; } };
};

const TEXT_FORMS: Readonly<Record<string, string>> = { TIME_MINUTES: 'HH:mm', TIME_SECONDS: 'HH:mm:ss' };

/** `TimeToString(t, TIME_MINUTES)`: the time of day without the date. */
const textForm: Reader = (view) => {
  const moment = view.argument(0);
  const form = view.expr(1);
  return moment?.kind === 'moment' && form?.kind === 'name' ? formatted(moment, TEXT_FORMS[form.name]) : undefined;
};

/** `StringToTime("16:59")` is today's; the date before it does not matter. */
const parsed: Reader = (view, at) => {
  const expr = view.expr(0);
  const last = expr?.kind === 'binary' && expr.ops.every((op) => op === '+') ? expr.operands[expr.operands.length - 1] : undefined;
  const value = view.argument(0);
  const text = last?.kind === 'literal' && typeof last.value === 'string' ? last.value : textOf(value);
  const clock = /(\d{1,2}:\d{2}(?::\d{2})?)$/.exec((text ?? '').trim());
  const second = clock === null ? undefined : secondsOfText(clock[1]!);
  if (second === undefined) { return undefined; }
  const origins = last !== undefined ? [{ start: last.start, end: last.end }] : value?.kind === 'scalar' ? value.origins : [at];
  return standing(second, unzoned(at), false, origins, value?.kind === 'scalar' ? value.names : []);
};

const READERS: ReadonlyMap<string, Reader> = new Map(Object.entries<Reader>({
  TimeCurrent: now('TimeCurrent'), TimeTradeServer: now('TimeTradeServer'), TimeLocal: now('TimeLocal'), TimeGMT: now('TimeGMT'),
  TimeHour: part('hour'), TimeMinute: part('minute'), Hour: part('hour'), Minute: part('minute'),
  TimeToString: textForm, TimeToStr: textForm, StringToTime: parsed, StrToTime: parsed,
  int: cast, long: cast, uint: cast, ulong: cast, datetime: cast,
}));

/** What a function of the platform gives, by its full name. */
export function mqlCall(qualified: string, view: CallView): Value | undefined {
  return qualified.startsWith('mql5.') ? READERS.get(qualified.slice('mql5.'.length))?.(view, { start: view.call.start, end: view.call.end }) : undefined;
}

/** A field of `MqlDateTime`: 0 is Sunday there. */
export function mqlField(base: Value, property: string): Scalar | undefined {
  if (base.kind !== 'moment' || property !== 'day_of_week') { return undefined; }
  return reading('number', { clock: base.clock, dated: true }, (wall) => (wall.weekday + 1) % 7);
}

/**
 * What a structure holds that a call fills in: `TimeCurrent(dt)`, `TimeToStruct(TimeGMT(), dt)`.
 * @param target the argument as it stands in the call.
 * @param read reads another argument of the call.
 */
export function filled(statement: Stmt, target: Expr, read: (expr: Expr) => Value | undefined): Value | undefined {
  let value: Value | undefined;
  for (const expr of expressionsOf(statement)) {
    walkExpression(expr, (inner) => {
      if (inner.kind !== 'call' || !inner.args.some((argument) => argument.value === target)) { return; }
      const name = lastName(inner.callee) ?? '';
      const at = { start: inner.start, end: inner.end };
      const [first] = inner.args;
      if (name === 'TimeToStruct') {
        const from = first === undefined || first.value === target ? undefined : read(first.value);
        value = from?.kind === 'moment' ? from : undefined;
      } else if (first?.value === target) {
        const clock = clockOf(name, at);
        value = clock === undefined ? undefined : running(clock, false);
      }
    });
  }
  return value;
}

/** The two sides of an operator as MQL5 means them: a time is a number of seconds, and seconds move it. */
export function mqlOperands(op: string, left: Value, right: Value): readonly [Value, Value] {
  if (left.kind !== 'moment' || right.kind !== 'scalar' || right.unit !== 'number') { return [left, right]; }
  if (op === '+' || op === '-') { return [left, { ...right, unit: 'span' }]; }
  return left.fixed ? [left, right] : [{ kind: 'epoch', perDay: DAY_SECONDS, clock: left.clock }, right];
}

/** Integers are divided into integers: `(now % 86400) / 3600` is the hour. */
export function mqlQuotient(value: Value | undefined, divisor: Expr): Value | undefined {
  const whole = divisor.kind === 'literal' && /^\d+$/.test(divisor.text);
  if (!whole || value?.kind !== 'scalar' || value.unit !== 'number' || value.clock === undefined) { return value; }
  return { ...value, at: (moment) => { const answer = value.at(moment); return typeof answer === 'number' ? Math.trunc(answer) : undefined; } };
}
