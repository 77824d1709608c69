/** Where a value has been checked: compared with a list, matched against a pattern, or handed to a function that refuses it. */
import { targetKey } from '../../../../core/source/meaning/effects.ts';
import { PerModel } from '../../../../core/source/meaning/per-model.ts';
import { statementsOf } from '../../../../core/source/meaning/statements.ts';
import type { Call, Compare, Expr, FunctionModel, SourceModel, Span, Stmt } from '../../../../core/source/model.ts';
import { expressionsOf, walkExpression } from '../../../../core/source/walk.ts';
import { layoutOf, leaves } from './reaching.ts';
import type { Purpose } from './value.ts';

/** A stretch of the program in which a value is known to be harmless, for some purposes or for all. */
interface Checked extends Span {
  readonly purposes: readonly Purpose[] | 'all';
}
/** What a test says of a value when it holds. */
interface Check {
  readonly key: string;
  readonly purposes: Checked['purposes'];
}

const NONE: readonly Check[] = [];
const MODULE = {};
const remembered = new PerModel<object, ReadonlyMap<string, readonly Checked[]>>();

/** What the value behind a key (`symbol`, `self.table`) has been checked for at a place in a function, or in the module. */
export function checkedFor(model: SourceModel, fn: FunctionModel | undefined, key: string, at: number): Checked['purposes'] {
  const table = remembered.of(model);
  let known = table.get(fn ?? MODULE);
  if (known === undefined) {
    known = collect(model, fn);
    table.set(fn ?? MODULE, known);
  }
  const found = (known.get(key) ?? []).filter((one) => one.start <= at && at < one.end);
  return found.some((one) => one.purposes === 'all') ? 'all' : found.flatMap((one) => (one.purposes === 'all' ? [] : one.purposes));
}

function collect(model: SourceModel, fn: FunctionModel | undefined): ReadonlyMap<string, readonly Checked[]> {
  const found = new Map<string, Checked[]>();
  const add = (checks: readonly Check[], span: Span): void => {
    for (const { key, purposes } of checks) {
      const list = found.get(key) ?? [];
      list.push({ start: span.start, end: span.end, purposes });
      found.set(key, list);
    }
  };
  const { blocks } = layoutOf(model, fn);
  for (const statement of statementsOf(fn?.body ?? model.body)) {
    const after = { start: statement.end, end: blocks.get(statement)?.end ?? statement.end };
    if (statement.kind === 'if') { addBranches(statement, after, add); }
    if (statement.kind === 'expression' || statement.kind === 'assign') { add(refusing(statement.value), after); }
    if (statement.kind === 'unknownStatement' && statement.syntax.includes('assert') && statement.parts[0] !== undefined) { add(checksOf(statement.parts[0], true), after); }
    for (const expr of expressionsOf(statement)) { addInside(expr, add); }
  }
  return found;
}

function addBranches(statement: Stmt & { readonly kind: 'if' }, after: Span, add: (checks: readonly Check[], span: Span) => void): void {
  for (const [i, { test, body }] of statement.branches.entries()) {
    const [first, end] = [body[0], body[body.length - 1]?.end];
    if (first !== undefined && end !== undefined) { add(checksOf(test, true), { start: first.start, end }); }
    const otherwise = checksOf(test, false);
    if (otherwise.length === 0) { continue; }
    const rest = statement.branches[i + 1]?.test.start ?? statement.else[0]?.start;
    if (rest !== undefined) { add(otherwise, { start: rest, end: statement.end }); }
    // `if x not in KNOWN: raise …`, or a value of its own instead.
    if (leaves(body)) { add(otherwise, after); } else { add(otherwise.filter(({ key }) => replaces(body, key)), after); }
  }
}

function replaces(body: readonly Stmt[], key: string): boolean {
  return body.some((statement) => statement.kind === 'assign' && statement.targets.some((target) => targetKey(target) === key));
}

/** Tests inside expressions: `x if x in KNOWN else …`, `[f(x) for x in xs if x in KNOWN]`, `x in KNOWN and f(x)`. */
function addInside(root: Expr, add: (checks: readonly Check[], span: Span) => void): void {
  if (root.kind === 'name' || root.kind === 'literal') { return; }
  walkExpression(root, (expr) => {
    if (expr.kind === 'conditional') {
      add(checksOf(expr.test, true), expr.then);
      add(checksOf(expr.test, false), expr.else);
    } else if (expr.kind === 'comprehension') {
      for (const { conditions } of expr.clauses) { for (const condition of conditions) { add(checksOf(condition, true), expr); } }
    } else if (expr.kind === 'boolean' && expr.nullish !== true) {
      for (const [i, operand] of expr.operands.slice(0, -1).entries()) {
        const next = expr.operands[i + 1];
        if (next !== undefined) { add(checksOf(operand, expr.op === 'and'), { start: next.start, end: expr.end }); }
      }
    }
  });
}

/** Statements that raise where a value is not what it should be: `validate_symbol(symbol)`, `int(x)`. */
function refusing(value: Expr | undefined): readonly Check[] {
  const call = value?.kind === 'await' ? value.operand : value;
  if (call?.kind !== 'call') { return NONE; }
  const name = nameOf(call.callee);
  if (!REFUSING.test(name) && !CONVERTING.has(name)) { return NONE; }
  return call.args.flatMap((argument) => keyed(argument.value, 'all'));
}

const REFUSING = /^_{0,2}(?:validate|verify|check|assert|ensure|require|sanitize)(?:$|[_A-Z])/;
const CONVERTING: ReadonlySet<string> = new Set(['int', 'float', 'Decimal', 'UUID']);

function keyed(expr: Expr | undefined, purposes: Checked['purposes']): readonly Check[] {
  const key = expr === undefined ? undefined : targetKey(expr) ?? itemKey(expr);
  return key === undefined ? NONE : [{ key, purposes }];
}

/** `params["symbol"]` is a value of its own as well. */
export function itemKey(expr: Expr): string | undefined {
  if (expr.kind !== 'index' || expr.indices.length !== 1) { return undefined; }
  const object = targetKey(expr.object);
  const item = expr.indices[0];
  return object === undefined || item?.kind !== 'literal' ? undefined : `${object}[${String(item.value)}]`;
}

const MAX_TESTS = 200;

/** What is known of values where a test holds, or where it does not. */
function checksOf(root: Expr, holds: boolean): readonly Check[] {
  const found: Check[] = [];
  const pending: { readonly test: Expr; readonly truth: boolean }[] = [{ test: root, truth: holds }];
  for (let steps = 0; steps < MAX_TESTS; steps++) {
    const next = pending.pop();
    if (next === undefined) { break; }
    const { test, truth } = next;
    switch (test.kind) {
      case 'unary': if (test.op === 'not') { pending.push({ test: test.operand, truth: !truth }); } break;
      case 'await': pending.push({ test: test.operand, truth }); break;
      case 'boolean':
        if ((test.op === 'and') === truth) { pending.push(...test.operands.map((operand) => ({ test: operand, truth }))); } else { found.push(...common(test.operands, truth)); }
        break;
      case 'compare': found.push(...compared(test, truth)); break;
      case 'call': if (truth) { found.push(...asked(test)); } else { found.push(...refuted(test)); } break;
      case 'index': if (truth && test.indices.length === 1) { found.push(...keyed(test.indices[0], 'all')); } break;
      case 'unknown': if (test.syntax === 'named_expression' && test.parts[1] !== undefined) { pending.push({ test: test.parts[1], truth }); } break;
      default: break;
    }
  }
  return found;
}

/** `x == 'a' or x == 'b'`: what every part says. */
function common(tests: readonly Expr[], truth: boolean): readonly Check[] {
  const each = tests.slice(0, MAX_TESTS).map((test) => (test.kind === 'compare' ? compared(test, truth) : test.kind === 'call' && truth ? asked(test) : NONE));
  const [first = NONE, ...others] = each;
  return first.filter(({ key }) => others.every((checks) => checks.some((check) => check.key === key)));
}

function compared(test: Compare, truth: boolean): readonly Check[] {
  const [left, right] = test.operands;
  const op = test.ops.length === 1 ? test.ops[0] : undefined;
  if (left === undefined || right === undefined || op === undefined) { return NONE; }
  if (op === (truth ? 'in' : 'not in')) { return right.kind === 'literal' ? NONE : keyed(left, 'all'); }
  if (op === (truth ? '==' : '!=')) {
    // `typeof x == 'number'`.
    if (left.kind === 'unary' && left.op === 'typeof') { return right.kind === 'literal' && /^(?:number|bigint|boolean)$/.test(String(right.value)) ? keyed(left.operand, 'all') : NONE; }
    return [...(isFixed(right) ? keyed(left, 'all') : NONE), ...(isFixed(left) ? keyed(right, 'all') : NONE)];
  }
  // `ALLOWED.indexOf(x) >= 0`, `os.path.commonpath([base, path]) == base`.
  if (left.kind === 'call' && nameOf(left.callee) === 'indexOf' && op === (truth ? '>=' : '<')) { return left.args.flatMap(({ value }) => keyed(value, 'all')); }
  return NONE;
}

/** A constant, or what is written like one. */
function isFixed(expr: Expr): boolean {
  if (expr.kind === 'literal') { return expr.type === 'string' || expr.type === 'number' ? expr.value !== '' : false; }
  return /^[A-Z][A-Z0-9_]{1,60}$/.test(nameOf(expr));
}

const OF_ITSELF: ReadonlySet<string> = new Set(['isdigit', 'isdecimal', 'isnumeric', 'isalnum', 'isalpha', 'isidentifier', 'isascii']);
const OF_FIRST: ReadonlySet<string> = new Set(['match', 'fullmatch', 'test', 'includes', 'has', 'isInteger', 'isSafeInteger', 'isFinite', 'hasOwn', 'hasOwnProperty', '__contains__', 'isUUID', 'isNumeric', 'isInt', 'isAlphanumeric']);
const NUMERIC: ReadonlySet<string> = new Set(['int', 'float', 'bool', 'Decimal', 'date', 'datetime', 'UUID']);
const PLACES: readonly Purpose[] = ['path', 'url'];
const SAYS_VALID = /(?:^|_)(?:is_)?(?:valid|allowed|safe|known|whitelisted|permitted|supported)(?:$|_)|^is(?:Valid|Allowed|Safe|Known|Supported|Permitted)|(?:^|_)validate|_allowed$/;

function asked(call: Call): readonly Check[] {
  const name = nameOf(call.callee);
  const object = call.callee.kind === 'member' ? call.callee.object : undefined;
  if (object !== undefined && OF_ITSELF.has(name)) { return keyed(object, 'all'); }
  if (object !== undefined && /^(?:starts_?with|is_relative_to)$/i.test(name)) { return keyed(unwrapped(object), PLACES); }
  if (name === 'isinstance') { return NUMERIC.has(nameOf(call.args[1]?.value)) ? keyed(call.args[0]?.value, 'all') : NONE; }
  // `"../".includes(x)` says nothing, `re.match(pattern, x)` does.
  if (object !== undefined && OF_FIRST.has(name) && object.kind !== 'literal') { return call.args.slice(0, 2).flatMap(({ value }) => keyed(value, 'all')); }
  return SAYS_VALID.test(name) ? call.args.flatMap(({ value }) => keyed(value, 'all')) : NONE;
}

/** `if (isNaN(x)) return`. */
function refuted(call: Call): readonly Check[] {
  return /^isNaN$/.test(nameOf(call.callee)) ? call.args.flatMap(({ value }) => keyed(value, 'all')) : NONE;
}

/** `path.resolve().startswith(base)`, `str(path).startswith(base)`. */
function unwrapped(expr: Expr): Expr {
  if (expr.kind !== 'call') { return expr; }
  return expr.callee.kind === 'member' ? expr.callee.object : expr.args[0]?.value ?? expr;
}

function nameOf(expr: Expr | undefined): string {
  return expr?.kind === 'name' ? expr.name : expr?.kind === 'member' ? expr.property : '';
}
