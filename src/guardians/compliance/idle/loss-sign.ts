/** Loss limits whose sign makes them act on a profit, or never: `abs(pnl) >= limit`, `equity - peak > limit`. */
import { fold } from '../../../core/source/fold.ts';
import { definitionsFor } from '../../../core/source/meaning/classes.ts';
import type { Compare, Expr, SourceModel, Span } from '../../../core/source/model.ts';
import { walkExpression } from '../../../core/source/walk.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { indexOf } from '../file-index.ts';
import { isBareLossLimit, lossKind } from '../limits/meaning.ts';
import { saysPeak } from '../basis/marks.ts';
import { lastName } from '../named.ts';
import { hasPhrase, wordsOf } from '../words.ts';

/** A comparison with a loss limit whose sign is wrong. */
export interface WrongSign {
  readonly kind: 'both' | 'never' | 'profit';
  readonly at: Span;
  /** What is compared, as written. */
  readonly measure: string;
  readonly limit: string;
}

const GAIN = new Set(['pnl', 'profit', 'pl', 'profits', 'upl', 'upnl', 'net']);

/** Every comparison of a file with a loss limit whose sign is wrong. */
export function wrongSigns(model: SourceModel): readonly WrongSign[] {
  return indexOf(model).compares.flatMap(({ node, site }) => judged(model, node, site) ?? []);
}

function judged(model: SourceModel, node: Compare, site: Site): WrongSign | undefined {
  const [left, right] = node.operands;
  const [op] = node.ops;
  if (left === undefined || right === undefined || node.operands.length !== 2 || !/^[<>]=?$/.test(op ?? '') || !/loss|draw|dd|dll|mll/i.test(model.source.text.slice(node.start, node.end))) { return undefined; }
  const greater = op === '>' || op === '>=';
  return compared(model, node, left, right, greater, site) ?? compared(model, node, right, left, !greater, site);
}

/** `measure > limit` (`greater`) or `measure < limit`. */
function compared(model: SourceModel, node: Compare, measure: Expr, bound: Expr, greater: boolean, site: Site): WrongSign | undefined {
  const limit = limitOf(bound);
  if (limit === undefined) { return undefined; }
  const at = { start: node.start, end: node.end };
  const text = model.source.text.slice(measure.start, measure.end);
  const verdict = (kind: WrongSign['kind']): WrongSign => ({ kind, at, measure: text.length > 40 ? lastName(measure) ?? 'this' : text, limit: limit.name });
  const value = valueOf(model, measure, site);
  if (!limit.negative) {
    const gain = absoluteOf(value);
    if (gain !== undefined && greater) { return asksSign(model, gain, site, node) || isTold(site) ? undefined : verdict('both'); }
    if (isFall(value) && greater && isPositive(model, bound, site) && !isTold(site)) { return verdict('never'); }
  }
  if (!limit.negative && greater && isGain(measure) && isPositive(model, bound, site) && !isTold(site)) { return verdict('profit'); }
  // `loss = start - equity` is positive: below a negative limit it is a profit.
  if (limit.negative && !greater && isDrop(value) && !isTold(site)) { return verdict('profit'); }
  return undefined;
}

/** The profit of a day or an account under its own name, which is negative after a loss. */
function isGain(expr: Expr): boolean {
  const words = wordsOf((expr.kind === 'name' || expr.kind === 'member' ? lastName(expr) : undefined) ?? '');
  return words.some((word) => GAIN.has(word)) && words.some((word) => word === 'daily' || word === 'day' || word === 'total' || word === 'session' || word === 'today')
    && !words.some((word) => word === 'loss' || word === 'drawdown' || word === 'dd' || word === 'abs' || word === 'neg' || word === 'negative');
}

interface Bound {
  readonly name: string;
  readonly negative: boolean;
}

/** The limit of a loss that an expression is: `self.max_daily_loss`, `-limit`, `limit * balance / 100`. */
function limitOf(expr: Expr): Bound | undefined {
  let at = expr;
  let negative = false;
  for (let depth = 0; depth < 6; depth++) {
    if (at.kind === 'unary' && at.op === '-') { negative = !negative; at = at.operand; continue; }
    if (at.kind === 'call' && /^(?:abs|fabs|MathAbs|float|Decimal|Number)$/.test(lastName(at.callee) ?? '') && at.args[0] !== undefined) { at = at.args[0].value; continue; }
    if (at.kind === 'binary' && (at.ops[0] === '*' || at.ops[0] === '/')) {
      const inner: Expr | undefined = at.operands.find((operand) => limitOf(operand) !== undefined);
      if (inner === undefined) { return undefined; }
      const found = limitOf(inner);
      return found === undefined ? undefined : { name: found.name, negative: negative !== found.negative };
    }
    break;
  }
  const name = at.kind === 'name' || at.kind === 'member' ? lastName(at) : at.kind === 'index' && at.indices[0]?.kind === 'literal' ? String(at.indices[0].value) : undefined;
  if (name === undefined) { return undefined; }
  const words = wordsOf(name);
  const said = lossKind(name, ['RiskLimits']) !== undefined || isBareLossLimit(name) || (words.includes('loss') && words.includes('limit')) || /^(?:dll|mll)$/i.test(name);
  return said && !words.some((word) => word === 'trade' || word === 'stop' || word === 'position') ? { name, negative } : undefined;
}

/** What a name stands for, where one place gives it its value. */
function valueOf(model: SourceModel, expr: Expr, site: Site): Expr {
  let at = expr;
  for (let hops = 0; hops < 3; hops++) {
    if (at.kind !== 'name') { return at; }
    const definitions = definitionsFor(model, at, site);
    const only = definitions.length === 1 ? definitions[0] : definitions.length === 2 ? definitions.find((one) => one.value !== undefined && one.value.kind !== 'literal') : undefined;
    if (only?.value === undefined || only.op !== undefined || only.function !== site.function) { return at; }
    at = only.value;
  }
  return at;
}

/** The profit whose size alone is looked at: `abs(daily_pnl)`, `abs(pnl) / balance`. */
function absoluteOf(expr: Expr): Expr | undefined {
  let at = expr;
  for (let depth = 0; depth < 4 && at.kind === 'binary' && at.ops.every((op) => op === '/' || op === '*'); depth++) { at = at.operands[0] ?? at; }
  if (at.kind === 'call' && /^(?:round|float|Decimal)$/.test(lastName(at.callee) ?? '') && at.args[0] !== undefined) { at = at.args[0].value; }
  if (at.kind !== 'call' || !/^(?:abs|fabs|MathAbs)$/.test(lastName(at.callee) ?? '')) { return undefined; }
  let inner = at.args[0]?.value;
  if (inner?.kind === 'binary' && inner.ops.every((op) => op === '/' || op === '*')) { inner = inner.operands[0]; }
  const name = inner === undefined || (inner.kind !== 'name' && inner.kind !== 'member' && inner.kind !== 'call' && inner.kind !== 'index') ? undefined : inner.kind === 'index' ? keyOf(inner) : lastName(inner);
  if (inner === undefined || name === undefined) { return undefined; }
  const words = wordsOf(name);
  return words.some((word) => GAIN.has(word)) && !words.some((word) => word === 'loss' || word === 'drawdown' || word === 'dd' || word === 'min' || word === 'negative') ? inner : undefined;
}

function keyOf(expr: Expr & { readonly kind: 'index' }): string | undefined {
  const key = expr.indices[0];
  return key?.kind === 'literal' && typeof key.value === 'string' ? key.value : undefined;
}

/** Does the function ask whether the same money is below zero? Then only losses get here. */
function asksSign(model: SourceModel, gain: Expr, site: Site, but: Compare): boolean {
  const wanted = model.source.text.slice(gain.start, gain.end).replace(/\s+/g, '');
  return indexOf(model).compares.some(({ node, site: other }) => node !== but && other.function === site.function && node.operands.some((operand) => operand.kind === 'literal' && operand.value === 0)
    && node.operands.some((operand) => { const text = model.source.text.slice(operand.start, operand.end).replace(/\s+/g, ''); return text === wanted || wanted.endsWith(text) || text.endsWith(wanted); }));
}

/** `equity - peak`, `(equity - peak) / peak * 100`: zero at most. */
function isFall(expr: Expr): boolean {
  const difference = differenceIn(expr);
  const [first, second] = difference?.operands ?? [];
  return first !== undefined && second !== undefined && saysPeak(lastName(second) ?? '') && saysMoney(lastName(first) ?? '');
}

/** `start - equity`, `(peak - equity) / peak`: a loss is positive. */
function isDrop(expr: Expr): boolean {
  const difference = differenceIn(expr);
  const [first, second] = difference?.operands ?? [];
  if (first === undefined || second === undefined) { return false; }
  const name = lastName(first) ?? '';
  const words = wordsOf(name);
  return (saysPeak(name) || words.some((word) => word === 'start' || word === 'starting' || word === 'initial')) && saysMoney(lastName(second) ?? '') && !saysPeak(lastName(second) ?? '');
}

function differenceIn(expr: Expr): (Expr & { readonly kind: 'binary' }) | undefined {
  let at = expr;
  for (let depth = 0; depth < 4; depth++) {
    if (at.kind === 'unknown' && at.parts.length === 1 && at.parts[0] !== undefined) { at = at.parts[0]; continue; }
    if (at.kind !== 'binary') { return undefined; }
    if (at.operands.length === 2 && at.ops[0] === '-') { return at; }
    if (!at.ops.every((op) => op === '/' || op === '*')) { return undefined; }
    const inner: Expr | undefined = at.operands.find((operand) => operand.kind === 'binary' || operand.kind === 'unknown');
    if (inner === undefined || at.operands.some((operand) => operand.kind === 'unary')) { return undefined; }
    at = inner;
  }
  return undefined;
}

function saysMoney(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => word === 'equity' || word === 'balance' || word === 'nav' || word === 'capital') || hasPhrase(words, 'account', 'value');
}

/** Is a limit written as a positive number? */
function isPositive(model: SourceModel, bound: Expr, site: Site): boolean {
  let known: boolean | undefined;
  walkExpression(bound, (expr) => {
    if (known !== undefined || (expr.kind !== 'name' && expr.kind !== 'member') || limitOf(expr) === undefined) { return; }
    const value = fold(model, expr, site)?.value;
    if (typeof value === 'number') { known = value > 0; }
  });
  return known === true;
}

/** Only shown, tested or counted. */
function isTold(site: Site): boolean {
  if (site.statement.kind === 'unknownStatement') { return true; }
  const fn = site.function;
  return fn !== undefined && /^_?test|report|summary|status|display|format|render|color|plot/i.test(fn.name);
}
