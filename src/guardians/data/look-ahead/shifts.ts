/** Calls that bring a later row to an earlier one: `shift(-1)`, `pct_change(-1)`, `diff(-1)`, `np.roll(x, -1)`. */
import { fold } from '../../../core/source/fold.ts';
import { instanceClass } from '../../../core/source/meaning/classes.ts';
import type { NameSite } from '../../../core/source/meaning/bindings.ts';
import type { Argument, Call, Expr, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { qualifiedName } from '../../../core/source/meaning/qualified.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import { runsBackwards } from './order.ts';

/** A call that looks ahead. */
export interface Ahead {
  /** From the method's name to the end of the call; the whole call of a function. */
  readonly at: Span;
  /** Rows it looks ahead, where they are a constant. */
  readonly rows?: number;
  /** What is shifted. */
  readonly of: Expr;
  /** A tensor of a learning library: its rows are moments only where prices are named. */
  readonly tensor?: true;
}

/** Methods of frames and series that take a number of rows first, and the names pandas and polars give it. */
const METHODS: ReadonlySet<string> = new Set(['shift', 'pct_change', 'diff']);
const AMOUNT_NAMES: ReadonlySet<string> = new Set(['periods', 'n']);
const TENSOR_ROLLS: ReadonlySet<string> = new Set(['jax.numpy.roll', 'torch.roll']);
const ROLLS: ReadonlySet<string> = new Set(['numpy.roll', 'cupy.roll', ...TENSOR_ROLLS]);

/** What a call looks ahead; undefined where it does not, provably. */
export function aheadOf(model: SourceModel, call: Call, site: NameSite & { readonly statement: Stmt }): Ahead | undefined {
  const { callee } = call;
  const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : undefined;
  if (name === undefined || call.args.length === 0) { return undefined; }
  const known = METHODS.has(name) || name === 'roll' || callee.kind === 'name' ? qualifiedName(model, callee, site) : undefined;
  if (known !== undefined && ROLLS.has(known)) {
    const rolled = rolledAhead(model, call, site);
    return rolled !== undefined && TENSOR_ROLLS.has(known) ? { ...rolled, tensor: true } : rolled;
  }
  if (callee.kind !== 'member' || !METHODS.has(name) || !mayBeSeries(model, callee.object, known, site) || alongColumns(model, call, site)) { return undefined; }
  const amount = call.args.find((argument) => argument.name !== undefined && AMOUNT_NAMES.has(argument.name)) ?? positional(call, 0);
  const rows = amount === undefined ? undefined : rowsBack(model, amount.value, site);
  return rows === undefined || runsBackwards(model, callee.object, site) ? undefined : { at: { start: callee.propertySpan.start, end: call.end }, of: callee.object, ...(rows === 0 ? {} : { rows }) };
}

function rolledAhead(model: SourceModel, call: Call, site: NameSite & { readonly statement: Stmt }): Ahead | undefined {
  const of = positional(call, 0) ?? call.args.find((argument) => argument.name === 'a' || argument.name === 'input');
  const amount = call.args.find((argument) => argument.name === 'shift' || argument.name === 'shifts') ?? positional(call, 1);
  if (of === undefined || amount === undefined || alongColumns(model, call, site) || isRing(model, of.value, site.statement)) { return undefined; }
  const rows = rowsBack(model, amount.value, site);
  return rows === undefined || runsBackwards(model, of.value, site) ? undefined : { at: { start: call.start, end: call.end }, of: of.value, ...(rows === 0 ? {} : { rows }) };
}

function positional(call: Call, position: number): Argument | undefined {
  const argument = call.args[position];
  return argument === undefined || argument.name !== undefined || argument.spread !== undefined ? undefined : argument;
}

/** `window = np.roll(window, -1)` makes room for the newest value: the oldest goes round to its place. */
function isRing(model: SourceModel, of: Expr, statement: Stmt): boolean {
  if (statement.kind !== 'assign') { return false; }
  const text = (expr: Expr): string => model.source.text.slice(expr.start, expr.end);
  return statement.targets.some((target) => text(target) === text(of) || (target.kind === 'index' && text(target.object) === text(of)));
}

/** False for functions of modules, objects of this file's classes, and the index itself, whose shift moves labels. */
function mayBeSeries(model: SourceModel, object: Expr, known: string | undefined, site: NameSite): boolean {
  if (known !== undefined || object.kind === 'literal') { return false; }
  if (object.kind === 'member' && object.property === 'index') { return false; }
  return object.kind === 'call' || instanceClass(model, object, site) === undefined;
}

/** `axis=1` shifts from column to column. */
function alongColumns(model: SourceModel, call: Call, site: NameSite): boolean {
  const axis = call.args.find((argument) => argument.name === 'axis')?.value;
  const value = axis === undefined ? undefined : fold(model, axis, site)?.value;
  return value === 1 || value === 'columns';
}

/** Rows a negative amount stands for; 0 where it is negative and no constant; undefined where it is not negative for sure. */
function rowsBack(model: SourceModel, amount: Expr, site: NameSite): number | undefined {
  const value = fold(model, amount, site)?.value;
  if (value !== undefined) { return typeof value === 'number' && value < 0 ? -value : undefined; }
  const operand = negated(model, amount, site);
  return operand !== undefined && isCount(model, operand, site) ? 0 : undefined;
}

/** `x` of `-x` and of `-1 * x`. */
function negated(model: SourceModel, amount: Expr, site: NameSite): Expr | undefined {
  if (amount.kind === 'unary' && amount.op === '-') { return amount.operand; }
  if (amount.kind !== 'binary' || amount.operands.length !== 2 || amount.ops[0] !== '*') { return undefined; }
  const [left, right] = amount.operands as [Expr, Expr];
  return fold(model, left, site)?.value === -1 ? right : fold(model, right, site)?.value === -1 ? left : undefined;
}

/** What keeps a count one: half of it, twice it, one more. */
const KEEPS_SIGN: ReadonlySet<string> = new Set(['*', '//', '/', '+']);
const NUMBER_CALLS: ReadonlySet<string> = new Set(['int', 'abs', 'round']);

/** A number of rows that is given from outside, or counted up from zero: nobody gives a negative one. */
function isCount(model: SourceModel, expr: Expr, site: NameSite): boolean {
  if (expr.kind === 'member' || expr.kind === 'index') { return true; }
  if (expr.kind === 'binary') {
    return expr.ops.every((op) => KEEPS_SIGN.has(op)) && expr.operands.every((one) => isAbove(model, one, site) || isCount(model, one, site));
  }
  if (expr.kind === 'call') {
    const [first] = expr.args;
    return expr.callee.kind === 'name' && NUMBER_CALLS.has(expr.callee.name) && first !== undefined && isCount(model, first.value, site);
  }
  if (expr.kind !== 'name') { return false; }
  const definitions = definitionsOf(model, expr.name, site);
  return definitions.length > 0 && definitions.every(({ parameter, drawn, op, value }) => (
    parameter !== undefined || (drawn !== undefined && isRangeUp(model, drawn.from, site))
    || (op !== undefined && value !== undefined && KEEPS_SIGN.has(op.replace(/=$/, '')) && isAbove(model, value, site))));
}

function isAbove(model: SourceModel, expr: Expr, site: NameSite): boolean {
  const value = fold(model, expr, site)?.value;
  return typeof value === 'number' && value > 0;
}

/** `range(1, 11)`, `[1, 5, 20]`. */
function isRangeUp(model: SourceModel, over: Expr, site: NameSite): boolean {
  const numbers = over.kind === 'collection' ? over.items
    : over.kind === 'call' && over.callee.kind === 'name' && over.callee.name === 'range' ? over.args.map((argument) => argument.value) : [];
  if (over.kind === 'call' && numbers.length === 1) { return true; }
  return numbers.length > 0 && numbers.every((item, position) => {
    const value = fold(model, item, site)?.value;
    // The end of a range that begins at zero or above is above as well, whatever it is.
    return over.kind === 'call' && position > 0 ? value === undefined || (typeof value === 'number' && value > 0) : typeof value === 'number' && value >= 0;
  });
}
