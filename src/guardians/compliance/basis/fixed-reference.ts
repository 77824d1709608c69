/** Drawdowns that are measured from a value which never moves: the initial balance, or what the day began with. */
import { fold } from '../../../core/source/fold.ts';
import type { Expr, SourceModel, Span } from '../../../core/source/model.ts';
import { walkExpression } from '../../../core/source/walk.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { indexOf } from '../file-index.ts';
import { isBareLossLimit, lossKind } from '../limits/meaning.ts';
import { lastName } from '../named.ts';
import { hasWord, wordsOf } from '../words.ts';
import type { Flow } from './flow.ts';
import { isMeasured, isQuiet, nameOfKey, saysDay, saysPeak, saysStart } from './marks.ts';

/** A drawdown from a fixed value that is held against the limit of the whole account. */
export interface FixedReference {
  /** The difference, or the floor. */
  readonly at: Span;
  readonly from: 'start' | 'day';
  /** Where it meets the limit. */
  readonly limit: Span;
}

const DRAWDOWN = new Set(['drawdown', 'dd', 'mdd', 'maxdd', 'loss', 'lost', 'used', 'drop', 'decline']);
const PRESENT = new Set(['equity', 'balance', 'nav', 'netliq', 'liquidation', 'eq', 'bal', 'capital']);
const DAY = new Set(['daily', 'day', 'today', 'session', 'intraday', 'week', 'weekly', 'month', 'monthly']);
/** Functions that show what they measure. */
const SHOWN = new Set(['status', 'info', 'snapshot', 'state', 'dict', 'json', 'message', 'describe']);
/** What makes a value another thing than money at the start. */
const NO_START = new Set(['time', 'date', 'price', 'index', 'bar', 'bars', 'count', 'lot', 'lots', 'size', 'risk', 'margin', 'step', 'url', 'asset', 'quote', 'currency']);

/** Every drawdown of a file from a fixed value, in source order; none where a running peak drives a check of its own. */
export function fixedReferences(model: SourceModel, flow: Flow): readonly FixedReference[] {
  // What a component of a page works out is shown.
  if (!isMeasured(model.path) || /\.[jt]sx$/.test(model.path)) { return []; }
  const index = indexOf(model);
  const differences = index.binaries.flatMap(({ node, site }) => differenceOf(flow, node, site) ?? []);
  if (differences.length === 0 || followsPeak(model)) { return []; }
  const raised = raisedIn(model);
  const found: FixedReference[] = [];
  const seen = new Set<string>();
  for (const one of differences) {
    if (raised.has(one.reference) || isQuiet('current', one.site) || hasWord(wordsOf(one.site.function?.name ?? ''), SHOWN) ) { continue; }
    // A plain loss in a function of the day is the day's.
    if (hasWord(wordsOf(one.site.function?.name ?? ''), DAY) && !saysDrawdownPlainly(one.name ?? '')) { continue; }
    const limit = one.floor ? floorMeets(model, one) : measureMeets(model, one);
    // The same figure worked out twice is one mistake of one function.
    const key = `${String(one.site.function?.start ?? -1)} ${one.name ?? ''}`;
    if (limit === undefined || seen.has(key)) { continue; }
    seen.add(key);
    found.push({ at: { start: one.node.start, end: one.node.end }, from: one.from, limit });
  }
  return found;
}

interface Difference {
  readonly node: Expr;
  readonly site: Site;
  readonly reference: string;
  readonly from: 'start' | 'day';
  /** What it is given to: a variable, or the function it is the answer of. */
  readonly name: string | undefined;
  /** What it is given to is a variable of the function. */
  readonly local: boolean;
  /** It is a level that equity must stay above, not a drawdown. */
  readonly floor: boolean;
}

/** `initial - equity`, `equity - initial`, `initial - max_drawdown`, `initial * (1 - max_drawdown)`. */
function differenceOf(flow: Flow, node: Expr & { readonly kind: 'binary' }, site: Site): Difference | undefined {
  const [first, second] = node.operands;
  if (first === undefined || second === undefined || node.operands.length > 3) { return undefined; }
  const [op] = node.ops;
  const name = givenTo(site);
  const local = site.statement.kind === 'assign' && site.function !== undefined && site.statement.targets[0]?.kind === 'name';
  const from = startKind(nameOfKey(first));
  if (from !== undefined && op === '-') {
    const reference = nameOfKey(first);
    if (namesDrawdownLimit(second)) { return { node, site, reference, from, name, local, floor: true }; }
    return isPresent(flow, second, site) ? { node, site, reference, from, name, local, floor: false } : undefined;
  }
  if (from !== undefined && op === '*') { return namesDrawdownLimit(second) && takesOff(second) ? { node, site, reference: nameOfKey(first), from, name, local, floor: true } : undefined; }
  const other = op === '-' ? startKind(nameOfKey(second)) : undefined;
  if (other === undefined || !isPresent(flow, first, site) || name === undefined || !(saysDrawdown(name) || (other === 'start' && saysGain(name)))) { return undefined; }
  return { node, site, reference: nameOfKey(second), from: other, name, local, floor: false };
}

function startKind(name: string): 'start' | 'day' | undefined {
  const words = wordsOf(name);
  if (name === '' || saysPeak(name) || hasWord(words, NO_START)) { return undefined; }
  return saysDay(name) ? 'day' : saysStart(name) ? 'start' : undefined;
}

/** The money the account has now: by its name, or by where it comes from. */
function isPresent(flow: Flow, expr: Expr, site: Site): boolean {
  const name = nameOfKey(expr);
  const words = wordsOf(name);
  if (startKind(name) !== undefined || saysPeak(name) || words.some((word) => word === 'min' || word === 'max' || word === 'limit' || word === 'floor')) { return false; }
  if (hasWord(words, PRESENT)) { return true; }
  const { kind } = flow.of(expr, site);
  return kind === 'balance' || kind === 'open';
}

/** `1 - max_drawdown`: something is taken off. */
function takesOff(expr: Expr): boolean {
  let off = false;
  walkExpression(expr, (inner) => { off ||= inner.kind === 'binary' && inner.ops.includes('-'); return !off; });
  return off;
}

/** What a statement gives its value to: the variable, or the function that returns it. */
function givenTo({ statement, function: fn }: Site): string | undefined {
  if (statement.kind === 'assign') { return statement.targets[0] === undefined ? undefined : nameOfKey(statement.targets[0]) || undefined; }
  return statement.kind === 'return' && fn !== undefined && fn.name !== '' ? fn.name : undefined;
}

function saysDrawdown(name: string): boolean {
  const words = wordsOf(name);
  return (hasWord(words, DRAWDOWN) || /drawdown/i.test(name)) && !hasWord(words, DAY) && !words.includes('profit') && !words.includes('trade');
}

/** A profit since the start, which is a drawdown once it is negative: `-profit_pct >= max_drawdown`. */
function saysGain(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => word === 'pnl' || word === 'profit' || word === 'pl' || word === 'return') && !hasWord(words, DAY) && !words.includes('trade') && !words.includes('target');
}

/** Does an expression speak of the limit of the whole account: `MaxTotalDD`, `limits.max_drawdown`? */
function namesDrawdownLimit(expr: Expr, plainly = false): boolean {
  let names = false;
  walkExpression(expr, (inner) => { names ||= (inner.kind === 'name' || inner.kind === 'member' || inner.kind === 'index') && isDrawdownLimit(nameOfKey(inner)) && (!plainly || /draw_?down|dd/i.test(nameOfKey(inner))); return !names; });
  return names;
}

function isDrawdownLimit(name: string): boolean {
  if (name === '') { return false; }
  const words = wordsOf(name);
  if (hasWord(words, DAY)) { return false; }
  return lossKind(name, ['RiskLimits']) === 'drawdown' || isBareLossLimit(name) || /^(?:mll|max_?loss_?limit)$/i.test(name);
}

/** Where a drawdown is held against the limit: in its own comparison, or where its name or its function's stands in one. */
function measureMeets(model: SourceModel, { node, site, name, from, local }: Difference): Span | undefined {
  const index = indexOf(model);
  // From the morning only what is called a drawdown is meant: a plain loss is the day's.
  const isLimit = (expr: Expr): boolean => namesDrawdownLimit(expr, from === 'day');
  const own = index.compares.find(({ node: compare }) => compare.start <= node.start && node.end <= compare.end);
  if (own !== undefined) { return own.node.operands.some((operand) => !(operand.start <= node.start && node.end <= operand.end) && isLimit(operand)) ? spanOf(own.node) : undefined; }
  if (name === undefined || (from === 'start' && !saysDrawdown(name) && !saysGain(name)) || (from === 'day' && hasWord(wordsOf(name), DAY))) { return undefined; }
  const speaks = (expr: Expr): boolean => reads(expr, name);
  // A variable of one function means nothing in another.
  const near = (other: Site): boolean => !local || other.function === site.function;
  for (const { node: compare, site: other } of index.compares) {
    if (!near(other)) { continue; }
    const [left, right] = compare.operands;
    if (left === undefined || right === undefined || !/^[<>]=?$/.test(compare.ops[0] ?? '')) { continue; }
    for (const [measure, limit] of [[left, right], [right, left]] as const) {
      if (speaks(measure) && !speaks(limit) && (isLimit(limit) || (from === 'start' && saysDrawdownPlainly(name) && isFigure(model, limit)))) { return spanOf(compare); }
    }
  }
  // A profit over the limit is a figure for a person.
  const ratio = saysGain(name) ? undefined : index.binaries.find(({ node: binary, site: other }) => near(other) && (binary.ops[0] === '/' || binary.ops.includes('-')) && binary.operands.some(speaks) && binary.operands.some((operand) => !speaks(operand) && isLimit(operand)));
  return ratio === undefined ? undefined : spanOf(ratio.node);
}

function saysDrawdownPlainly(name: string): boolean {
  return /drawdown/i.test(name) || wordsOf(name).includes('dd');
}

/** A number other than zero. */
function isFigure(model: SourceModel, expr: Expr): boolean {
  const value = fold(model, expr, {})?.value;
  return expr.kind === 'literal' && typeof value === 'number' && value !== 0;
}

function reads(expr: Expr, name: string): boolean {
  let found = false;
  walkExpression(expr, (inner) => {
    found ||= (inner.kind === 'name' || inner.kind === 'member' || inner.kind === 'index') && nameOfKey(inner) === name;
    return !found;
  });
  return found;
}

/** Where a floor that is set once is compared with what the account has. */
function floorMeets(model: SourceModel, { node, name }: Difference): Span | undefined {
  const index = indexOf(model);
  const own = index.compares.find(({ node: compare }) => compare.start <= node.start && node.end <= compare.end);
  if (own !== undefined) { return spanOf(own.node); }
  if (name === undefined || /trail/i.test(name)) { return undefined; }
  const sets = index.statements.filter(({ node: statement }) => statement.kind === 'assign' && statement.targets.some((target) => nameOfKey(target) === name));
  if (sets.length > 1 && sets.some(({ node: statement }) => statement.kind === 'assign' && statement.value?.kind !== 'literal' && !(statement.start <= node.start && node.end <= statement.end))) { return undefined; }
  const compare = index.compares.find(({ node: one }) => one.operands.length === 2 && one.operands.some((operand) => nameOfKey(operand) === name) && one.operands.some((operand) => nameOfKey(operand) !== name && hasWord(wordsOf(nameOfKey(operand)), PRESENT)));
  return compare === undefined ? undefined : spanOf(compare.node);
}

function spanOf(expr: Span): Span {
  return { start: expr.start, end: expr.end };
}

/** Names that are raised as the account rises: `start = max(start, equity)`, `if equity > start: start = equity`. */
function raisedIn(model: SourceModel): ReadonlySet<string> {
  const raised = new Set<string>();
  for (const { node } of indexOf(model).statements) {
    if (node.kind === 'assign' && node.value?.kind === 'call' && /^(?:max|fmax|MathMax)$/.test(lastName(node.value.callee) ?? '')) { for (const target of node.targets) { raised.add(nameOfKey(target)); } }
    if (node.kind !== 'if') { continue; }
    for (const { test, body } of node.branches) {
      if (test.kind !== 'compare' || !/^[<>]=?$/.test(test.ops[0] ?? '')) { continue; }
      const compared = test.operands.map(nameOfKey);
      for (const statement of body) { if (statement.kind === 'assign') { for (const target of statement.targets) { if (compared.includes(nameOfKey(target))) { raised.add(nameOfKey(target)); } } } }
    }
  }
  return raised;
}

/** Does the file measure from a running peak as well, or trail a floor? Then the fixed value is a second figure. */
function followsPeak(model: SourceModel): boolean {
  const index = indexOf(model);
  const peak = (expr: Expr): boolean => {
    const name = nameOfKey(expr);
    const words = wordsOf(name);
    return name !== '' && (saysPeak(name) || (words.some((word) => word === 'trailing' || word === 'trail') && words.some((word) => word === 'floor' || word === 'threshold' || word === 'drawdown' || word === 'dd' || word === 'level' || word === 'limit')));
  };
  return index.binaries.some(({ node }) => node.ops[0] === '-' && node.operands.some(peak)) || index.compares.some(({ node }) => node.operands.some(peak))
    || index.binaries.some(({ node }) => node.ops[0] === '/' && node.operands[1] !== undefined && peak(node.operands[1]));
}
