/** Limits that are loosened while the program runs. */
import { fold } from '../../../core/source/fold.ts';
import type { Assign, Expr, FunctionModel, SourceModel, Span } from '../../../core/source/model.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import { definitionsFor } from '../../../core/source/meaning/classes.ts';
import { walkExpression } from '../../../core/source/walk.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { nameOfKey } from '../basis/marks.ts';
import { indexOf } from '../file-index.ts';
import { limitKind } from '../limits/limit-key.ts';
import { isBareLossLimit } from '../limits/meaning.ts';
import { hasWord, wordsOf } from '../words.ts';

/** A place that loosens a limit. */
export interface Mutation {
  readonly at: Span;
  readonly name: string;
  readonly how: 'raised' | 'replaced';
}

/** Functions in which limits are set by right: at the start, from a file, by a person. */
const SETUP: ReadonlySet<string> = new Set([
  'init', 'initialize', 'initialise', 'constructor', 'start', 'setup', 'set', 'load', 'reload', 'configure', 'config', 'configs', 'configuration', 'reset', 'restore', 'apply', 'refresh', 'from', 'settings', 'params', 'parameters',
  'override', 'overrides', 'profile', 'preset', 'rules', 'firm', 'phase', 'account', 'parse', 'read', 'deserialize', 'main', 'build', 'create', 'make', 'default', 'defaults', 'chart', 'command', 'click', 'api', 'route', 'form', 'edit',
]);
/** Names that keep what was measured. */
const MEASURED: ReadonlySet<string> = new Set(['used', 'current', 'peak', 'seen', 'observed', 'realized', 'remaining', 'left', 'so', 'hit', 'reached', 'breached', 'count', 'level', 'effective', 'adjusted', 'dynamic', 'scaled', 'hwm', 'temp']);

/** Letters of which such a name has some: most are done with here. */
const LETTERS = /max|limit|cap|allow|dll|ceil/i;
const LIMITING: ReadonlySet<string> = new Set(['max', 'maximum', 'limit', 'limits', 'cap', 'allowed', 'maxdd', 'maxdrawdown', 'dll', 'ceiling']);

/** Every loosening of a limit in code that runs again and again. */
export function mutations(model: SourceModel): readonly Mutation[] {
  const found: Mutation[] = [];
  for (const { node, site } of indexOf(model).statements) {
    if (node.kind !== 'assign' || node.value === undefined || site.function === undefined) { continue; }
    const [target] = node.targets;
    if (target === undefined || node.targets.length !== 1) { continue; }
    const name = nameOfKey(target);
    if (!LETTERS.test(name) || !isLimit(name) || setsUp(model, site.function) || !outlives(model, target, site)) { continue; }
    const how = loosens(model, node, target, node.value, site);
    if (how !== undefined) { found.push({ at: { start: node.start, end: node.value.end }, name, how }); }
  }
  return found;
}

function isLimit(name: string): boolean {
  const words = wordsOf(name);
  // A loss that is added up is no limit, whatever class it stands in.
  if (name === '' || hasWord(words, MEASURED) || !hasWord(words, LIMITING)) { return false; }
  const kind = limitKind(name, ['RiskLimits']);
  return kind === 'drawdown' || kind === 'dailyLoss' || kind === 'contracts' || isBareLossLimit(name);
}

function setsUp(model: SourceModel, fn: FunctionModel): boolean {
  if (fn.name === '' || fn.decorators.length > 0 || fn.accessor !== undefined) { return true; }
  const words = wordsOf(fn.name);
  if (hasWord(words, SETUP) || /^(?:On(?:Init|ChartEvent|Deinit)|_+(?:init|post_init)_*|back_?test\w*|test\w*)$/i.test(fn.name)) { return true; }
  const outer = fn.outer === undefined ? undefined : model.functions[fn.outer];
  return outer !== undefined && hasWord(wordsOf(outer.name), SETUP);
}

/** A field, a key of a field, or a variable of the file. */
function outlives(model: SourceModel, target: Expr, site: Site): boolean {
  if (target.kind === 'member') { return true; }
  if (target.kind === 'index') { return target.object.kind === 'member'; }
  if (target.kind !== 'name') { return false; }
  const definitions = definitionsOf(model, target.name, site, target.start);
  return definitions.length > 0 && definitions.some((one) => one.function === undefined && one.class === undefined && one.value !== undefined && one.statement?.kind === 'assign');
}

/** Whether an assignment loosens: a factor above 1, a sum with something positive, or a greater number than the limit began with. */
function loosens(model: SourceModel, node: Assign, target: Expr, value: Expr, site: Site): Mutation['how'] | undefined {
  const number = numberOf(model, value, site);
  const begun = begunWith(model, target, site);
  // A limit that is written as a negative number grows the other way.
  if (begun !== undefined && begun < 0) { return undefined; }
  if (node.op === '*=') { return number !== undefined && number > 1 ? 'raised' : undefined; }
  if (node.op === '/=') { return number !== undefined && number > 0 && number < 1 ? 'raised' : undefined; }
  if (node.op === '+=') { return number !== undefined ? (number > 0 ? 'raised' : undefined) : value.kind === 'binary' || saysGain(value) ? 'raised' : undefined; }
  if (node.op !== undefined) { return undefined; }
  if (number !== undefined) { return begun !== undefined && number > begun ? 'replaced' : undefined; }
  if (value.kind !== 'binary') { return undefined; }
  const own = value.operands.findIndex((operand) => nameOfKey(operand) === nameOfKey(target) && sameText(model, operand, target));
  if (own < 0) { return undefined; }
  const others = value.operands.filter((_, i) => i !== own);
  if (value.ops.every((op) => op === '*')) { return others.every((operand) => (numberOf(model, operand, site) ?? 0) > 1) ? 'raised' : undefined; }
  return value.ops.every((op) => op === '+') && others.every((operand) => (numberOf(model, operand, site) ?? (saysGain(operand) ? 1 : 0)) > 0) ? 'raised' : undefined;
}

function sameText(model: SourceModel, a: Span, b: Span): boolean {
  return model.source.text.slice(a.start, a.end) === model.source.text.slice(b.start, b.end);
}

function numberOf(model: SourceModel, expr: Expr, site: NameSite): number | undefined {
  const value = fold(model, expr, site)?.value;
  return typeof value === 'number' ? value : undefined;
}

/** The number a limit began with: where it is declared, or in a constructor. */
function begunWith(model: SourceModel, target: Expr, site: Site): number | undefined {
  const definitions = target.kind === 'name' ? definitionsOf(model, target.name, site, target.start) : definitionsFor(model, target, site);
  for (const { value, op, function: fn } of definitions) {
    if (value === undefined || op !== undefined || (fn !== undefined && !setsUp(model, fn))) { continue; }
    const number = numberOf(model, value, { ...(fn === undefined ? {} : { function: fn }), ...(site.class === undefined ? {} : { class: site.class }) });
    if (number !== undefined) { return number; }
  }
  return undefined;
}

/** Something that is added because trading goes well: `self.bonus`, `profit * 0.5`. */
function saysGain(expr: Expr): boolean {
  let gain = false;
  walkExpression(expr, (inner) => {
    gain ||= wordsOf(nameOfKey(inner)).some((word) => word === 'profit' || word === 'pnl' || word === 'bonus' || word === 'gain' || word === 'extra' || word === 'step' || word === 'increment');
    return !gain;
  });
  return gain;
}
