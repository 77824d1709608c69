/** What is asked before a place runs: branches around it and early exits before it, and what these conditions say of positions. */
import type { Expr, FunctionModel, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { fold } from '../../../core/source/fold.ts';
import { PerModel } from '../../../core/source/meaning/per-model.ts';
import { askedOf, BeforeEach } from '../../../core/source/protections/before.ts';
import { statementsOf } from '../../../core/source/meaning/bindings.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import { lastName } from '../named.ts';
import { wordsOf } from '../words.ts';

/** A condition that holds (`taken`) or does not, where a place is reached. */
export interface Held { readonly test: Expr; readonly taken: boolean }

const bodies = new PerModel<readonly Stmt[], BeforeEach>();

/** The conditions a place of a function stands under, outermost first, taken apart at `and`, `or` and `not`. */
export function heldAt(model: SourceModel, site: Site, at: Span): readonly Held[] {
  const body = site.function === undefined ? model.body : site.function.body;
  const table = bodies.of(model);
  let before = table.get(body);
  if (before === undefined) {
    before = new BeforeEach(body);
    table.set(body, before);
  }
  const exits = exitsOf(model, body);
  return askedOf(before.at(site.statement, at)).filter((asked) => asked.kind === 'test' && (asked.form === 'branch' || exits.has(asked.test))).flatMap(({ test, taken }) => apart({ test, taken }));
}

const leaving = new PerModel<readonly Stmt[], ReadonlySet<Expr>>();

/** Tests of branches that leave at once: an exit deeper inside a branch is only met where that is taken. */
function exitsOf(model: SourceModel, body: readonly Stmt[]): ReadonlySet<Expr> {
  const table = leaving.of(model);
  let known = table.get(body);
  if (known === undefined) {
    const found = new Set<Expr>();
    for (const statement of statementsOf(body)) {
      if (statement.kind !== 'if') { continue; }
      for (const branch of statement.branches) { if (branch.body.some((inner) => inner.kind === 'return' || inner.kind === 'continue' || inner.kind === 'break' || inner.kind === 'raise')) { found.add(branch.test); } }
    }
    known = found;
    table.set(body, known);
  }
  return known;
}

function apart(held: Held): readonly Held[] {
  const found: Held[] = [];
  const pending: Held[] = [held];
  for (let next = pending.pop(); next !== undefined && found.length < 40; next = pending.pop()) {
    const { test, taken } = next;
    if (test.kind === 'unary' && (test.op === 'not' || test.op === '!')) { pending.push({ test: test.operand, taken: !taken }); continue; }
    if (test.kind === 'boolean' && (test.op === 'and') === taken) { pending.push(...test.operands.map((operand) => ({ test: operand, taken }))); continue; }
    found.push(next);
  }
  return found.reverse();
}

/** The switches before a place that are off unless somebody turns them (`if (UseTrailing)` with `input bool UseTrailing = false`), as text. */
export function switchesOff(model: SourceModel, site: Site, at: Span): readonly string[] {
  return heldAt(model, site, at).flatMap(({ test, taken }) => {
    const value = truth(model, test, site);
    return value === undefined || value === taken ? [] : [`${taken ? '' : 'not '}${model.source.text.slice(test.start, test.end)}`];
  });
}

/** Does a place stand behind a condition that constants decide against it: `if (SL == 0) … else` here, with `int SL = 0` that nobody assigns? */
export function neverReached(model: SourceModel, site: Site, at: Span): boolean {
  return heldAt(model, site, at).some(({ test, taken }) => {
    const value = truth(model, test, site, constant);
    return value !== undefined && value !== taken;
  });
}

type Reader = (model: SourceModel, expr: Expr, site: Site) => string | number | boolean | null | undefined;

/** What a condition is before anybody touches the settings it is made of. */
function truth(model: SourceModel, test: Expr, site: Site, read: Reader = setting): boolean | undefined {
  if (test.kind === 'compare' && test.operands.length === 2) {
    const [left, right] = test.operands.map((operand) => read(model, operand, site));
    if (typeof left !== typeof right || left === undefined || right === undefined || left === null || right === null) { return undefined; }
    switch (test.ops[0]) {
      case '>': return left > right;
      case '<': return left < right;
      case '>=': return left >= right;
      case '<=': return left <= right;
      case '==': case '===': return left === right;
      case '!=': case '!==': return left !== right;
      default: return undefined;
    }
  }
  const value = read(model, test, site);
  return typeof value === 'boolean' ? value : typeof value === 'number' && test.kind === 'name' ? value !== 0 : undefined;
}

const SET: ReadonlySet<string | undefined> = new Set(['input', 'sinput', 'extern', 'define', 'const']);

/** The value of a literal, or of a setting as it is delivered: a variable that the program changes is none. */
function setting(model: SourceModel, expr: Expr, site: Site): string | number | boolean | null | undefined {
  if (expr.kind === 'name') {
    const definitions = definitionsOf(model, expr.name, site, expr.start);
    const statement = definitions.length === 1 ? definitions[0]?.statement : undefined;
    if (statement?.kind !== 'assign' || !(SET.has(statement.storage) || (model.language !== 'mql5' && /^[A-Z][A-Z0-9_]+$/.test(expr.name)))) { return undefined; }
  } else if (expr.kind !== 'literal') { return undefined; }
  return fold(model, expr, site)?.value;
}

/** The value of a literal, or of a variable of an MQL program that is given it once and no user can set. */
function constant(model: SourceModel, expr: Expr, site: Site): string | number | boolean | null | undefined {
  if (expr.kind === 'literal') { return expr.value; }
  if (expr.kind !== 'name' || !/\.mq[45]$/i.test(model.path)) { return undefined; }
  const [only, ...others] = definitionsOf(model, expr.name, site, expr.start);
  if (others.length > 0 || only?.statement?.kind !== 'assign' || only.op !== undefined || only.value?.kind !== 'literal') { return undefined; }
  const { storage } = only.statement;
  return storage === 'input' || storage === 'sinput' || storage === 'extern' ? undefined : only.value.value;
}

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const HELD = list('position positions pos holding holdings held inposition invested bought');
const NOT_HELD = list('size sizing max min count limit flat no not total value pct percent can allow allowed new open signal close closed');
const NONE: ReadonlySet<unknown> = new Set([0, null, '', false, 'flat', 'none', 'FLAT', 'NONE', 'None', 'neutral']);

/** Which side of the market is surely held where a place is reached, as the conditions around it say; `some` where they only say that there is a position. */
export function heldSide(model: SourceModel, site: Site, at: Span): 'long' | 'short' | 'some' | undefined {
  let found: 'long' | 'short' | 'some' | undefined;
  for (const held of heldAt(model, site, at)) { found = sideHeld(model, held, site) ?? found; }
  return found;
}

function sideHeld(model: SourceModel, { test, taken }: Held, site: Site): 'long' | 'short' | 'some' | undefined {
  if (test.kind === 'compare' && test.operands.length === 2) {
    const [left, right] = test.operands as readonly [Expr, Expr];
    if (!saysHeld(left)) { return undefined; }
    const [op] = test.ops;
    const value = right.kind === 'literal' ? right.value : right.kind === 'unary' && right.op === '-' ? -1 : lastName(right);
    if (NONE.has(value) || (typeof value === 'string' && /flat|none/i.test(value))) {
      if (op === '>' && taken) { return 'long'; }
      if (op === '<' && taken) { return 'short'; }
      return (op === '!=' || op === '!==' || op === 'is not') === taken && (op === '!=' || op === '!==' || op === 'is not' || op === '==' || op === '===' || op === 'is') ? 'some' : undefined;
    }
    if (op !== '==' && op !== '===' && op !== 'is' || !taken) { return undefined; }
    if (typeof value === 'string') { return /long|buy/i.test(value) ? 'long' : /short|sell/i.test(value) ? 'short' : undefined; }
    return value === 1 ? 'long' : value === -1 ? 'short' : undefined;
  }
  if (!taken) { return undefined; }
  const name = test.kind === 'name' || test.kind === 'member' || test.kind === 'call' ? lastName(test) ?? '' : '';
  const words = wordsOf(name);
  if (/^is_?net_?long$/i.test(name) || (words.includes('long') && saysHeld(test))) { return 'long'; }
  if (/^is_?net_?short$/i.test(name) || (words.includes('short') && saysHeld(test))) { return 'short'; }
  if (saysHeld(test)) { return 'some'; }
  const only = test.kind === 'name' ? definitionsOf(model, test.name, site, test.start) : [];
  const value = only.length === 1 && only[0]?.function === site.function ? only[0]?.value : undefined;
  return value === undefined || value.kind === 'name' ? undefined : sideHeld(model, { test: value, taken }, site);
}

function saysHeld(expr: Expr): boolean {
  const names = expr.kind === 'name' || expr.kind === 'member' || expr.kind === 'call' ? [lastName(expr) ?? ''] : expr.kind === 'index' && expr.indices[0]?.kind === 'literal' ? [String(expr.indices[0].value)] : [];
  if (expr.kind === 'member' && /^(?:size|quantity|qty|amount|side|signed_qty|netPos|netQty|amt)$/i.test(expr.property)) { names.push(lastName(expr.object) ?? ''); }
  return names.some((name) => {
    const words = wordsOf(name);
    return words.some((word) => HELD.has(word)) && !words.some((word) => NOT_HELD.has(word));
  });
}

/** Names of the functions around a place, innermost first. */
export function functionsAround(model: SourceModel, fn: FunctionModel | undefined): readonly string[] {
  const found: string[] = [];
  for (let current = fn; current !== undefined && found.length < 10; current = current.outer === undefined ? undefined : model.functions[current.outer]) { found.push(current.name); }
  return found;
}
