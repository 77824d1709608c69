/** Limits written where they act: `if drawdown > 0.10: self.flatten()`. */
import type { Expr, SourceModel, Stmt } from '../../../core/source/model.ts';
import { fold } from '../../../core/source/fold.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { bodiesOf, expressionsOf, walkExpression } from '../../../core/source/walk.ts';
import { Decisions } from '../clock/decisions.ts';
import { Evaluator } from '../clock/evaluate.ts';
import { pushReversed } from '../clock/flow.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { wordsOf } from '../words.ts';
import { amountOf } from './amount.ts';
import type { LimitCandidate, StatedSize } from './candidate.ts';
import { lossKind } from './meaning.ts';
import type { LossKind } from './meaning.ts';
import { limitName } from './use.ts';
import type { Use, Uses } from './use.ts';

/** A comparison of a measured loss with a number, in the test of a branch. */
interface Measured {
  readonly kind: LossKind;
  readonly name: string;
  readonly quantity: Expr;
  readonly bound: Expr;
}

/** Numbers that a loss is compared with where trading stops, by the surroundings' size. */
export function inlineLimits(model: SourceModel, uses: Uses, size: StatedSize | undefined, severalSizes: boolean): readonly LimitCandidate[] {
  const found: LimitCandidate[] = [];
  let decisions: Decisions | undefined;
  for (const { node: statement, site } of indexOf(model).statements) {
    if (statement.kind !== 'if') { continue; }
    for (const branch of statement.branches) {
      const measured = measuredIn(branch.test);
      if (measured === undefined) { continue; }
      decisions ??= new Decisions(model, new Evaluator(model));
      if (!stopsTrading(branch.body) && !decisions.bodyCloses(branch.body, site)) { continue; }
      const candidate = candidateOf(measured, model, site, uses, size, severalSizes);
      if (candidate !== undefined) { found.push(candidate); }
    }
  }
  return found;
}

/** The loss a test asks about: alone, or beside other conditions joined by `or`. */
function measuredIn(test: Expr): Measured | undefined {
  const parts = test.kind === 'boolean' ? test.operands : [test];
  for (const part of parts) {
    if (part.kind !== 'compare' || part.operands.length !== 2) { continue; }
    const [left, right] = part.operands as readonly [Expr, Expr];
    const op = part.ops[0] ?? '';
    const measured = sided(left, op, right) ?? sided(right, turned(op), left);
    if (measured !== undefined) { return measured; }
  }
  return undefined;
}

function turned(op: string): string {
  return op === '<' ? '>' : op === '<=' ? '>=' : op === '>' ? '<' : op === '>=' ? '<=' : op;
}

/** `drawdown > 0.1`, `daily_pnl <= -1500`: the quantity goes beyond the number in the direction of a loss. */
function sided(quantity: Expr, op: string, bound: Expr): Measured | undefined {
  if (bound.kind !== 'literal' && !(bound.kind === 'unary' && bound.op === '-' && bound.operand.kind === 'literal')) { return undefined; }
  const negative = bound.kind === 'unary';
  if (negative ? op !== '<' && op !== '<=' : op !== '>' && op !== '>=') { return undefined; }
  const name = limitName(quantity) ?? lastName(quantity) ?? drawnDown(quantity);
  const kind = name === undefined ? undefined : quantityKind(name, negative);
  return name === undefined || kind === undefined ? undefined : { kind, name, quantity, bound: bound.kind === 'unary' ? bound.operand : bound };
}

const PEAKS: ReadonlySet<string> = new Set(['peak', 'hwm', 'watermark', 'highwater']);
const VALUES: ReadonlySet<string> = new Set(['equity', 'balance', 'nav', 'value']);

/** `peak - equity`, `(peak - equity) / peak`, that times 100, `1 - equity / peak`: a drawdown without a name. */
function drawnDown(quantity: Expr): string | undefined {
  let current = quantity;
  if (current.kind === 'binary' && current.ops.every((op) => op === '/' || op === '*') && current.operands[0] !== undefined) { current = current.operands[0]; }
  if (current.kind !== 'binary' || current.ops.length !== 1 || current.ops[0] !== '-') { return undefined; }
  const [first, second] = current.operands;
  const share = first?.kind === 'literal' && first.value === 1 && second?.kind === 'binary' && second.ops.length === 1 && second.ops[0] === '/' ? second.operands : undefined;
  const [high, low] = share === undefined ? [first, second] : [share[1], share[0]];
  const wordsIn = (expr: Expr | undefined): readonly string[] => wordsOf((expr === undefined ? undefined : lastName(expr)) ?? '');
  return wordsIn(high).some((word) => PEAKS.has(word)) && wordsIn(low).some((word) => VALUES.has(word)) && !wordsIn(low).some((word) => PEAKS.has(word)) ? 'drawdown' : undefined;
}

/** The allowance a measured quantity is about: `drawdown_pct`, `daily_loss`, and below zero `daily_pnl`. */
function quantityKind(name: string, negative: boolean): LossKind | undefined {
  const words = wordsOf(name);
  if (words.some((word) => word === 'current' || word === 'cur' || word === 'realized' || word === 'realised' || word === 'actual')) {
    return quantityKind(words.filter((word) => !/^(?:current|cur|realized|realised|actual)$/.test(word)).join('_'), negative);
  }
  const daily = words.some((word) => word === 'daily' || word === 'day' || word === 'today' || word === 'intraday');
  if (negative && daily && words.some((word) => word === 'pnl' || word === 'pl' || word === 'profit')) { return 'dailyLoss'; }
  return lossKind(`max_${words.filter((word) => word !== 'get' && word !== 'calc' && word !== 'calculate' && word !== 'compute' && word !== 'today').join('_')}`, []);
}

const HALT_WORDS: ReadonlySet<string> = new Set(['halt', 'halted', 'kill', 'killed', 'shutdown', 'disable', 'disabled', 'suspend', 'lock', 'locked', 'lockout', 'breach', 'breached', 'blown']);
const ALLOW_WORDS: ReadonlySet<string> = new Set(['enabled', 'allowed', 'active', 'trading', 'trade']);

/** Does a branch stop trading for good: a halt, a kill switch, a flag? */
function stopsTrading(body: readonly Stmt[]): boolean {
  const stack: Stmt[] = [...body];
  for (let statement = stack.pop(); statement !== undefined; statement = stack.pop()) {
    if (statement.kind === 'assign' && statement.value?.kind === 'literal') {
      const { value } = statement.value;
      const words = statement.targets.flatMap((target) => wordsOf(lastName(target) ?? ''));
      if (value === true && words.some((word) => HALT_WORDS.has(word))) { return true; }
      if (value === false && words.some((word) => ALLOW_WORDS.has(word))) { return true; }
    }
    for (const expr of expressionsOf(statement)) {
      let halts = false;
      walkExpression(expr, (inner) => {
        const words = inner.kind === 'call' ? wordsOf(lastName(inner.callee) ?? '') : [];
        halts ||= words[0] !== 'log' && words.some((word) => HALT_WORDS.has(word)) || (words[0] === 'stop' && words.includes('trading'));
        return !halts;
      });
      if (halts) { return true; }
    }
    for (const inner of bodiesOf(statement)) { pushReversed(stack, inner); }
  }
  return false;
}

function candidateOf(measured: Measured, model: SourceModel, site: NameSite, uses: Uses, size: StatedSize | undefined, severalSizes: boolean): LimitCandidate | undefined {
  const { name, kind, quantity, bound } = measured;
  const folded = fold(model, bound, site);
  const amount = folded?.exact === undefined ? undefined : amountOf(folded.exact);
  if (amount === undefined) { return undefined; }
  const unit: Use | undefined = uses.measured(quantity, site, 0);
  return {
    name, kind, amount, at: { start: bound.start, end: bound.end }, neighbours: [], uses: new Set(unit === undefined ? [] : [unit]), comment: '', severalSizes, about: [], from: [],
    ...(size === undefined ? {} : { size }),
  };
}
