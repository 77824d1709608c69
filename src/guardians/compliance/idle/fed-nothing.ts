/** Guards that are fed nothing: a breaker that is told a result of 0 every time, a counter that is only ever set to 0. */
import { lineageOf } from '../../../core/source/meaning/lineage.ts';
import { statementsOf } from '../../../core/source/meaning/bindings.ts';
import type { Compare, Expr, FunctionModel, SourceModel, Span } from '../../../core/source/model.ts';
import { walkExpression, expressionsOf } from '../../../core/source/walk.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { hasWord, wordsOf } from '../words.ts';
import { guardWords, PRETENDED } from './guard-names.ts';

/** A call that tells a guard a result of 0. */
export interface ZeroFed {
  readonly at: Span;
  /** The guard's function. */
  readonly name: string;
  /** The function, and where the argument stands among its own: `check_circuit 0`, `check_circuit pnl`. */
  readonly key: string;
  /** The function is in this file, and takes a result there. */
  readonly own: boolean;
}

/** What a file says of results that guards are told. */
export interface Feeding {
  readonly zero: readonly ZeroFed[];
  /** Places at which its guards take a result, by function and position or name. */
  readonly takes: ReadonlySet<string>;
  /** Such places that are handed something else, too. */
  readonly fed: ReadonlySet<string>;
}

const GUARD = /circuit|breaker|risk|guard|kill|drawdown|loss_?limit|daily_?loss/i;
const RESULT: ReadonlySet<string> = new Set(['pnl', 'profit', 'loss', 'pl', 'realized', 'result']);
const NO_RESULT: ReadonlySet<string> = new Set(['limit', 'max', 'min', 'stop', 'take', 'threshold', 'pct', 'percent', 'target', 'unrealized', 'count', 'id']);

/** The results that the guards of a file take, and those it tells them. */
export function feeding(model: SourceModel): Feeding {
  const takes = new Set<string>();
  for (const fn of model.functions) { for (const key of takenBy(model, fn)) { takes.add(key); } }
  const zero: ZeroFed[] = [];
  const fed = new Set<string>();
  if (PRETENDED.test(model.path)) { return { zero, takes, fed }; }
  for (const { node, site } of indexOf(model).calls) {
    const name = lastName(node.callee);
    if (name === undefined || node.callee.kind !== 'member' || !(GUARD.test(name) || GUARD.test(lastName(node.callee.object) ?? ''))) { continue; }
    if (/init|reset|set_|test|start|clear/i.test(name) || (site.function !== undefined && /test|reset|init/i.test(site.function.name))) { continue; }
    node.args.forEach((argument, i) => {
      const key = `${name} ${argument.name ?? String(i)}`;
      if (argument.spread !== undefined || !isZero(argument.value)) { fed.add(key); return; }
      zero.push({ at: { start: argument.value.start, end: argument.value.end }, name, key, own: takes.has(key) });
    });
  }
  return { zero, takes, fed };
}

function takenBy(model: SourceModel, fn: FunctionModel): readonly string[] {
  if (fn.name === '' || !(GUARD.test(fn.name) || (fn.class !== undefined && GUARD.test(model.classes[fn.class]?.name ?? '')))) { return []; }
  const parameters = fn.parameters.filter((parameter) => parameter.name !== 'self' && parameter.name !== 'cls');
  return parameters.flatMap((parameter, i) => {
    const words = wordsOf(parameter.name);
    return hasWord(words, RESULT) && !hasWord(words, NO_RESULT) && isWeighed(fn, parameter.name) ? [`${fn.name} ${String(i)}`, `${fn.name} ${parameter.name}`] : [];
  });
}

/** The function compares the parameter, or adds it up. */
function isWeighed(fn: FunctionModel, name: string): boolean {
  return statementsOf(fn.body).some((statement) => (statement.kind === 'assign' && statement.op !== undefined && statement.value !== undefined && names(statement.value, name))
    || expressionsOf(statement).some((root) => { let found = false; walkExpression(root, (expr) => { found ||= expr.kind === 'compare' && names(expr, name); return !found; }); return found; }));
}

function names(root: Expr, name: string): boolean {
  let found = false;
  walkExpression(root, (expr) => { found ||= expr.kind === 'name' && expr.name === name; return !found; });
  return found;
}

/** A number of nothing, in whatever type. */
function isZero(expr: Expr): boolean {
  if (expr.kind === 'literal') { return expr.value === 0 || (typeof expr.value === 'string' && /^0(?:\.0{1,8})?$/.test(expr.value)); }
  return expr.kind === 'call' && /^(?:Decimal|float|Money|BigInt|Number)$/.test(lastName(expr.callee) ?? '') && expr.args.length === 1 && expr.args[0] !== undefined && isZero(expr.args[0].value);
}

// --------------------------------------------------------------------- counters

/** A counter that a guard compares and nobody counts. */
export interface StillCounter {
  readonly at: Span;
  readonly name: string;
  readonly limit: string;
  /** Where it is set to 0. */
  readonly zero: Span;
  /** Others may write it: it is an attribute. */
  readonly attribute: boolean;
}

/** What a file says of counters: those that stay at 0 here, and those it writes on. */
export interface Counters {
  readonly still: readonly StillCounter[];
  readonly written: ReadonlySet<string>;
}

const MEASURE: ReadonlySet<string> = new Set(['loss', 'losses', 'pnl', 'drawdown', 'dd']);
const BOUND: ReadonlySet<string> = new Set(['max', 'maximum', 'limit', 'threshold', 'allowed', 'cap', 'dll']);

/** Is it what a loss limit measures, and no limit itself? */
function isMeasure(name: string): boolean {
  const words = wordsOf(name);
  return hasWord(words, MEASURE) && !hasWord(words, BOUND) && !words.includes('stop') && !words.includes('unrealized');
}

/** Every counter of a loss that is compared with its limit, and only ever set to 0. */
export function stillCounters(model: SourceModel): Counters {
  const set = new Map<string, { zero: Span | undefined; other: boolean }>();
  for (const { node } of indexOf(model).statements) {
    if (node.kind !== 'assign') { continue; }
    for (const target of node.targets) {
      const name = target.kind === 'name' || target.kind === 'member' ? lastName(target) : undefined;
      if (name === undefined || !isMeasure(name)) { continue; }
      const known = set.get(name) ?? { zero: undefined, other: false };
      const zero = node.op === undefined && (node.value === undefined || isZero(node.value)) && node.storage !== 'input';
      set.set(name, { zero: known.zero ?? (zero ? { start: node.start, end: node.end } : undefined), other: known.other || !zero });
    }
  }
  const written = new Set([...set].filter(([, one]) => one.other).map(([name]) => name));
  const still: StillCounter[] = [];
  if (PRETENDED.test(model.path) || (model.language === 'mql5' && (!/\.mq[45]$/i.test(model.path) || /#include\s{0,8}"/.test(model.source.text)))) { return { still, written }; }
  for (const { node, site } of indexOf(model).compares) {
    const found = compared(model, node, site);
    const zero = found === undefined ? undefined : set.get(found.name)?.zero;
    if (found === undefined || zero === undefined || written.has(found.name) || still.some((one) => one.name === found.name) || isTouched(model, found.name)) { continue; }
    still.push({ ...found, zero });
  }
  return { still, written };
}

function compared(model: SourceModel, node: Compare, site: Site): Omit<StillCounter, 'zero'> | undefined {
  const [left, right] = node.operands;
  if (node.operands.length !== 2 || left === undefined || right === undefined || !/^[<>]=?$/.test(node.ops[0] ?? '')) { return undefined; }
  for (const [measure, limit] of [[left, right], [right, left]] as const) {
    const name = measure.kind === 'name' || measure.kind === 'member' ? lastName(measure) : undefined;
    const bound = boundIn(limit);
    if (name === undefined || bound === undefined || !isMeasure(name) || !outlives(model, measure, site)) { continue; }
    return { at: { start: measure.start, end: measure.end }, name, limit: bound, attribute: measure.kind === 'member' };
  }
  return undefined;
}

function boundIn(expr: Expr): string | undefined {
  let bound: string | undefined;
  walkExpression(expr, (inner) => {
    const name = inner.kind === 'name' || inner.kind === 'member' ? lastName(inner) : undefined;
    if (name !== undefined && hasWord(guardWords(name), BOUND)) { bound ??= name; }
    return bound === undefined;
  });
  return bound;
}

/** A variable of the whole program, or an attribute of a class that is all in sight. */
function outlives(model: SourceModel, measure: Expr, site: Site): boolean {
  if (measure.kind === 'member') {
    return measure.object.kind === 'name' && /^(?:self|this)$/.test(measure.object.name) && site.class !== undefined && lineageOf(model, site.class).complete && lineageOf(model, site.class).external.length === 0;
  }
  if (model.language !== 'mql5' || measure.kind !== 'name') { return false; }
  const { name } = measure;
  return site.class === undefined && model.body.some((statement) => statement.kind === 'assign' && statement.targets.some((target) => target.kind === 'name' && target.name === name));
}

/** Is a name written in some other way: counted up, handed on by reference, set by its text? */
function isTouched(model: SourceModel, name: string): boolean {
  const { text } = model.source;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const end = at + name.length;
    if (/\w/.test(text[at - 1] ?? '') || /\w/.test(text[end] ?? '')) { continue; }
    const before = text.slice(Math.max(0, at - 12), at);
    const after = text.slice(end, end + 6);
    if (/(?:\+\+|--|&|["'])(?:self\.|this\.)?$/.test(before) || /^\s{0,3}(?:\+\+|--|[-+*/|]=|["'])/.test(after)) { return true; }
  }
  return indexOf(model).calls.some(({ node }) => node.args.some(({ value }) => (value.kind === 'name' || value.kind === 'member') && lastName(value) === name) && !/^(?:Print\w*|print|str|DoubleToString|Math\w+|abs|fabs|NormalizeDouble|Comment|StringFormat|Alert|info|warning|error|debug|log|round|float|max|min)$/.test(lastName(node.callee) ?? ''));
}
