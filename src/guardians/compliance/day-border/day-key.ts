/** Which expressions name a calendar day, and at whose midnight it changes. */
import type { Call, Expr, FunctionModel, Literal, Member, SourceModel } from '../../../core/source/model.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { statementsOf } from '../../../core/source/meaning/bindings.ts';
import { isScript } from '../../../core/source/languages.ts';
import { expressionsOf, walkExpression } from '../../../core/source/walk.ts';
import type { Evaluator } from '../clock/evaluate.ts';
import type { WallClock } from '../clock/value.ts';
import { clockOfZone, utc } from '../clock/zones.ts';
import { argumentExpr, lastName } from '../named.ts';
import { wordsOf } from '../words.ts';
import type { CallGraph } from '../flatten/call-graph.ts';

/** A calendar day; without a clock, of a time whose zone cannot be told. */
export interface DayKey {
  readonly clock?: WallClock;
}

/** Names followed on the way to the place where a date is taken. */
const MOST_HOPS = 3;
const DAY_MEMBERS: ReadonlySet<string> = new Set(['day', 'day_of_year', 'dayofyear', 'day_of_week', 'tm_yday', 'tm_mday']);
/** Days that something else has told apart already. */
const OWN_DAYS: ReadonlySet<string> = new Set(['session', 'trading', 'trade', 'exchange', 'settlement', 'shifted', 'cme', 'rth']);
const PYTHON_DATES: ReadonlySet<string> = new Set(['date', 'toordinal', 'normalize']);

/** Finds the day keys of one file. */
export class DayKeys {
  readonly #model: SourceModel;
  readonly #evaluator: Evaluator;
  readonly #graph: CallGraph;

  constructor(model: SourceModel, evaluator: Evaluator, graph: CallGraph) {
    this.#model = model;
    this.#evaluator = evaluator;
    this.#graph = graph;
  }

  /** The day an expression names; undefined for anything else, and for a day that is shifted first. */
  keyOf(expr: Expr, site: NameSite, hops = 0): DayKey | undefined {
    if (hops > MOST_HOPS || (expr.kind === 'binary' && !this.#isDivision(expr))) { return undefined; }
    switch (expr.kind) {
      case 'name': return this.#named(expr.name, expr.start, site, hops);
      case 'member': return DAY_MEMBERS.has(expr.property) ? this.#partOf(expr, site) : undefined;
      case 'binary': return this.#numbered(expr, site);
      case 'index': return this.#cut(expr.object, site);
      case 'call': return this.#called(expr, site, hops);
      case 'template': return expr.parts.length === 1 && expr.parts[0] !== undefined ? this.keyOf(expr.parts[0], site, hops + 1) : undefined;
      default: return undefined;
    }
  }

  /** A name with one value: given twice, the day may have been moved on. */
  #named(name: string, at: number, site: NameSite, hops: number): DayKey | undefined {
    const definitions = definitionsOf(this.#model, name, site, at).filter((one) => one.value !== undefined || one.parameter !== undefined);
    const [only, ...others] = definitions;
    if (only?.value === undefined || others.length > 0 || only.op !== undefined || only.function !== site.function) { return undefined; }
    return this.keyOf(only.value, site, hops + 1);
  }

  #called(call: Call, site: NameSite, hops: number): DayKey | undefined {
    const name = lastName(call.callee) ?? '';
    const own = this.#graph.called(call);
    if (own.length > 0) { return own.length === 1 ? this.#answerOf(call, site, hops) : undefined; }
    if (this.#model.language === 'mql5') { return this.#expert(call, name, site, hops); }
    return isScript(this.#model.language) ? this.#script(call, name, site, hops) : this.#python(call, name, site, hops);
  }

  /** What a function of this file gives: one day, and nothing in it asks for the hour. */
  #answerOf(call: Call, site: NameSite, hops: number): DayKey | undefined {
    const [fn] = this.#graph.called(call);
    if (fn === undefined || hops > 1 || wordsOf(fn.name).some((word) => OWN_DAYS.has(word))) { return undefined; }
    const statements = [...statementsOf(fn.body)];
    const returns = statements.flatMap((statement) => (statement.kind === 'return' && statement.value !== undefined ? [statement.value] : []));
    const asksHour = statements.some((statement) => expressionsOf(statement).some((root) => { let hour = false; walkExpression(root, (expr) => { hour ||= (expr.kind === 'compare' || expr.kind === 'binary') && !this.#isDivision(expr); return !hour; }); return hour; }));
    const [only] = returns;
    if (only === undefined || returns.length > 1 || asksHour) { return undefined; }
    const handed = this.#model.language === 'mql5' ? this.#handed(only, fn, call) : undefined;
    return handed === undefined ? this.keyOf(only, { ...site, function: fn }, hops + 2) : this.#dateOf(handed, site);
  }

  /** The time a call hands to `int DayOf(datetime t) { TimeToStruct(t, s); return s.day_of_year; }`. */
  #handed(answer: Expr, fn: FunctionModel, call: Call): Expr | undefined {
    const read = answer.kind === 'member' && DAY_MEMBERS.has(answer.property) ? this.#structured(answer.object, fn)
      : answer.kind === 'call' && /^Time(?:Day|DayOfYear|ToString|ToStr)$/.test(lastName(answer.callee) ?? '') ? answer.args[0]?.value : undefined;
    if (read?.kind !== 'name') { return undefined; }
    return call.args[fn.parameters.findIndex((parameter) => parameter.name === read.name)]?.value;
  }

  /** What `TimeToStruct` fills a structure of a function from. */
  #structured(structure: Expr, fn: FunctionModel): Expr | undefined {
    let from: Expr | undefined;
    for (const statement of statementsOf(fn.body)) {
      for (const root of expressionsOf(statement)) {
        walkExpression(root, (expr) => {
          if (expr.kind === 'call' && lastName(expr.callee) === 'TimeToStruct' && expr.args[1] !== undefined && lastName(expr.args[1].value) === lastName(structure)) { from = expr.args[0]?.value; }
          return true;
        });
      }
    }
    return from;
  }

  // ------------------------------------------------------------------ languages

  #python(call: Call, name: string, site: NameSite, hops: number): DayKey | undefined {
    const object = call.callee.kind === 'member' ? call.callee.object : undefined;
    if (name === 'str' && call.args[0] !== undefined) { return this.keyOf(call.args[0].value, site, hops + 1); }
    if (object === undefined) { return undefined; }
    if (name === 'today' && /^(?:date|datetime)$/.test(lastName(object) ?? '')) { return { clock: { kind: 'local', root: call } }; }
    if (PYTHON_DATES.has(name) && call.args.length === 0) { return this.#dateOf(object, site); }
    if (name === 'strftime') { return isDayFormat(call.args[0]?.value) ? this.#dateOf(object, site) : undefined; }
    if (name === 'isoformat') { return this.keyOf(object, site, hops + 1); }
    return undefined;
  }

  #script(call: Call, name: string, site: NameSite, hops: number): DayKey | undefined {
    const object = call.callee.kind === 'member' ? call.callee.object : undefined;
    if (name === 'floor' && call.args[0] !== undefined) { return this.keyOf(call.args[0].value, site, hops + 1); }
    if (object === undefined) { return undefined; }
    switch (name) {
      case 'toDateString': case 'getDate': return this.#isShifted(object, site) ? undefined : { clock: { kind: 'local', root: call } };
      case 'getUTCDate': return this.#isShifted(object, site) ? undefined : { clock: utc(call) };
      case 'slice': case 'substring': case 'substr': case 'split': return this.#cut(call, site);
      case 'toLocaleDateString': return this.#localeDate(call, object, site);
      default: return undefined;
    }
  }

  #localeDate(call: Call, object: Expr, site: NameSite): DayKey | undefined {
    if (this.#isShifted(object, site)) { return undefined; }
    const options = argumentExpr(call, 1);
    if (options === undefined) { return { clock: { kind: 'local', root: call } }; }
    if (options.kind !== 'collection') { return undefined; }
    const at = (options.keys ?? []).findIndex((key) => key?.kind === 'literal' && key.value === 'timeZone');
    const zone = at < 0 ? undefined : options.items[at];
    if (at < 0) { return { clock: { kind: 'local', root: call } }; }
    const clock = zone?.kind === 'literal' ? clockOfZone(String(zone.value), zone) : undefined;
    return clock === undefined ? undefined : { clock };
  }

  /** `X.toISOString().slice(0, 10)`, `X.isoformat()[:10]`, `X.toISOString().split('T')[0]`. */
  #cut(expr: Expr, site: NameSite): DayKey | undefined {
    let inner = expr;
    for (let depth = 0; depth < 3 && inner.kind === 'call' && inner.callee.kind === 'member'; depth++) {
      const name = inner.callee.property;
      if (name === 'toISOString') { return this.#isShifted(inner.callee.object, site) ? undefined : { clock: utc(inner) }; }
      if (name === 'isoformat') { return this.#dateOf(inner.callee.object, site); }
      if (name !== 'slice' && name !== 'substring' && name !== 'substr' && name !== 'split') { return undefined; }
      if (name !== 'split' && !(inner.args[0]?.value.kind === 'literal' && inner.args[1]?.value.kind === 'literal' && String(inner.args[1].value.value) === '10')) { return undefined; }
      inner = inner.callee.object;
    }
    return undefined;
  }

  #expert(call: Call, name: string, site: NameSite, hops: number): DayKey | undefined {
    const [first, second, third] = call.args.map((argument) => argument.value);
    switch (name) {
      case 'iTime': return lastName(second as Expr) === 'PERIOD_D1' && third?.kind === 'literal' && String(third.value) === '0' ? { clock: { kind: 'server', root: call } } : undefined;
      case 'TimeToString': case 'TimeToStr': return first !== undefined && second !== undefined && lastName(second) === 'TIME_DATE' ? this.#dateOf(first, site) : undefined;
      case 'StringToTime': case 'StrToTime': return first === undefined ? undefined : this.keyOf(first, site, hops + 1);
      case 'TimeDay': case 'TimeDayOfYear': return first === undefined ? undefined : this.#dateOf(first, site);
      case 'Day': case 'DayOfYear': return call.args.length === 0 ? { clock: { kind: 'server', root: call } } : undefined;
      default: return undefined;
    }
  }

  // --------------------------------------------------------------------- clocks

  /** The date of a time: on its clock, or on one that cannot be told. */
  #dateOf(time: Expr, site: NameSite): DayKey | undefined {
    if (this.#isShifted(time, site)) { return undefined; }
    const value = this.#evaluator.value(time, site);
    if (value?.kind === 'moment') { return value.fixed || value.second({ second: 0, month: 1, day: 15, weekday: 3 }) !== 0 ? undefined : { clock: value.clock }; }
    if (value?.kind === 'epoch') { return { clock: value.clock }; }
    return wordsOf(lastName(time) ?? '').some((word) => OWN_DAYS.has(word)) || time.kind === 'call' ? undefined : {};
  }

  /** `t.day` of a structure or a time: the clock is that of its hour. */
  #partOf(member: Member, site: NameSite): DayKey | undefined {
    const hour = this.#evaluator.value({ ...member, property: member.property.startsWith('tm_') ? 'tm_hour' : 'hour' }, site);
    if (hour?.kind !== 'scalar' || hour.clock === undefined || hour.opaque === true) { return undefined; }
    return hour.at({ second: 0, month: 1, day: 15, weekday: 3 }) === 0 ? { clock: hour.clock } : undefined;
  }

  /** Is something added to a time before its date is taken? What the file does to it in another place counts as well. */
  #isShifted(time: Expr, site: NameSite, hops = 0): boolean {
    let shifted = false;
    walkExpression(time, (expr) => {
      if (expr.kind === 'binary' || (expr.kind === 'call' && /^(?:replace|shift|subtract|add|minus|plus|sub|setHours|addHours|subHours)$/.test(lastName(expr.callee) ?? ''))) { shifted = true; }
      if (expr.kind === 'name' && hops < MOST_HOPS && !shifted) {
        const definitions = definitionsOf(this.#model, expr.name, site, expr.start).filter((one) => one.value !== undefined || one.op !== undefined);
        shifted = definitions.some((one) => one.op !== undefined) || (definitions.length === 1 && definitions[0]?.value !== undefined && definitions[0].value !== time && this.#isShifted(definitions[0].value, site, hops + 1));
      }
      return !shifted;
    });
    return shifted;
  }

  /** `TimeCurrent() / 86400`, `Date.now() / 86_400_000`, `ts // 86_400`. */
  #isDivision(expr: Expr): boolean {
    return expr.kind === 'binary' && expr.ops.length === 1 && (expr.ops[0] === '/' || expr.ops[0] === '//') && expr.operands[1]?.kind === 'literal' && DAYS.has(plainDigits(expr.operands[1]));
  }

  #numbered(expr: Expr, site: NameSite): DayKey | undefined {
    const [time] = expr.kind === 'binary' ? expr.operands : [];
    if (time === undefined) { return undefined; }
    if (time.kind === 'call' && /^Time(?:Current|TradeServer|Local|GMT)$/.test(lastName(time.callee) ?? '')) { return this.#dateOf(time, site); }
    const value = this.#evaluator.value(time, site);
    return value?.kind === 'epoch' ? { clock: value.clock } : undefined;
  }
}

/** A day in seconds, milliseconds and nanoseconds. */
const DAYS: ReadonlySet<string> = new Set(['86400', '86400000', '86400000000000', '86400.0']);

function plainDigits(literal: Literal): string {
  return literal.text.replaceAll('_', '');
}

/** `'%Y-%m-%d'`: a day and no hour. */
function isDayFormat(format: Expr | undefined): boolean {
  return format?.kind === 'literal' && typeof format.value === 'string' && /%d|%j|%F|%x/.test(format.value) && !/%[HIMSpTXc]/.test(format.value);
}
