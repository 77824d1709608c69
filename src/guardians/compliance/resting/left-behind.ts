/**
 * Ends that leave something in the market whatever kind of entry there is: an on_stop that only tells, and the flatten of a guard
 * for other people's strategies that cancels nothing.
 */
import { functionSite, statementsOf } from '../../../core/source/meaning/bindings.ts';
import { lineageOf } from '../../../core/source/meaning/lineage.ts';
import type { Call, ClassModel, FunctionModel, SourceModel, Span } from '../../../core/source/model.ts';
import { frameworkOf, rolesOf } from '../../../core/source/roles.ts';
import { calledIn, callsOf, tells } from '../idle/acts.ts';
import { lastName } from '../named.ts';
import { wordsOf } from '../words.ts';
import { saysFlatten } from './closing.ts';
import type { Closings } from './closing.ts';

/** An end that leaves something behind. */
export interface LeftBehind {
  readonly kind: 'left' | 'guard';
  /** The name of the function. */
  readonly at: Span;
  readonly name: string;
  /** The entry, or the close. */
  readonly shown: Span;
}

/** Every such end of a Python file. */
export function leftBehind(model: SourceModel, closings: Closings): readonly LeftBehind[] {
  if (model.language !== 'python' && model.language !== 'notebook') { return []; }
  return model.classes.flatMap((cls) => [...stopOf(model, cls, closings), ...guardOf(model, cls, closings)]);
}

/** A strategy of NautilusTrader that sends entries, has an on_stop that only tells, and no flatten beside it. */
function stopOf(model: SourceModel, cls: ClassModel, closings: Closings): readonly LeftBehind[] {
  const stop = cls.methods.map((index) => model.functions[index]).find((fn) => fn?.name === 'on_stop');
  if (stop === undefined || !/NautilusTrader/.test(frameworkOf(model, cls)?.framework ?? '') || !onlyTells(model, stop)) { return []; }
  const methods = lineageOf(model, cls).local.flatMap((one) => one.methods.map((index) => model.functions[index])).filter((fn) => fn !== undefined);
  if (methods.some((fn) => saysFlatten(fn.name) && fn.name !== 'on_stop') || methods.some((fn) => closings.endsAll(fn))) { return []; }
  const entry = methods.flatMap((fn) => ordersIn(model, fn))[0];
  return entry === undefined ? [] : [{ kind: 'left', at: stop.nameSpan, name: stop.name, shown: entry }];
}

/** The orders a method sends to the market that are no exits. */
function ordersIn(model: SourceModel, fn: FunctionModel): readonly Span[] {
  if (/close|exit|flat|reduce|liquid|stop|cover/i.test(fn.name)) { return []; }
  const site = functionSite(model, fn);
  return statementsOf(fn.body).flatMap(callsOf).filter((call) => rolesOf(model, call, site).includes('order.submit') && /^submit_order(?:_list)?$/.test(lastName(call.callee) ?? '')).map(({ start, end }) => ({ start, end }));
}

/** Nothing but lines for a log, a docstring and the end of subscriptions. */
function onlyTells(model: SourceModel, fn: FunctionModel): boolean {
  const site = functionSite(model, fn);
  return fn.body.length > 0 && fn.body.every((statement) => {
    if (statement.kind === 'pass') { return true; }
    if (statement.kind !== 'expression') { return false; }
    const call = calledIn(statement.value);
    return call === undefined ? statement.value.kind === 'literal' : tells(model, call, site) || /^(?:unsubscribe\w*|cancel_timers?)$/.test(lastName(call.callee) ?? '');
  });
}

/** A guard over a strategy that it is handed: its flatten closes, and nothing that leads to it or follows from it cancels. */
function guardOf(model: SourceModel, cls: ClassModel, closings: Closings): readonly LeftBehind[] {
  if (!wordsOf(cls.name).some((word) => GUARDS.has(word)) || frameworkOf(model, cls) !== undefined) { return []; }
  return cls.methods.flatMap((index): readonly LeftBehind[] => {
    const fn = model.functions[index];
    if (fn === undefined || !saysFlatten(fn.name) || fn.name === 'on_stop' || closings.cancelsAround(fn)) { return []; }
    const close = closeIn(fn);
    return close === undefined ? [] : [{ kind: 'guard', at: fn.nameSpan, name: fn.name, shown: { start: close.start, end: close.end } }];
  });
}

const GUARDS: ReadonlySet<string> = new Set(['risk', 'guard', 'tracker', 'breaker', 'limiter', 'monitor', 'governor', 'killswitch', 'drawdown', 'guardian', 'pnl', 'kill']);

/** An order that only reduces, or a close, on the strategy that is handed in. */
function closeIn(fn: FunctionModel): Call | undefined {
  const calls = statementsOf(fn.body).flatMap(callsOf);
  const reduces = calls.some((call) => call.args.some((argument) => argument.name === 'reduce_only' && argument.value.kind === 'literal' && argument.value.value === true));
  return calls.find((call) => {
    if (call.callee.kind !== 'member' || !/^_?strategy$/.test(lastName(call.callee.object) ?? '')) { return false; }
    return /^close_(?:position|all_positions)$/.test(call.callee.property) || (reduces && call.callee.property === 'submit_order');
  });
}
