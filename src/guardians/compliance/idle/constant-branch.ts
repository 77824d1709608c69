/** Branches around the act of a guard that hang on a constant, and checks that answer before they look. */
import type { Expr, FunctionModel, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { walkExpression } from '../../../core/source/walk.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { closeIn } from './acts.ts';
import { guardWords, namesGuard } from './guard-names.ts';

/** A guard that a constant has put out of use. */
export interface ConstantBranch {
  readonly kind: 'never' | 'always' | 'answered';
  readonly at: Span;
  /** The code that never runs. */
  readonly idle: Span;
}

/** Every branch of a guard that a constant decides. */
export function constantBranches(model: SourceModel): readonly ConstantBranch[] {
  const found: ConstantBranch[] = [];
  for (const { node, site } of indexOf(model).statements) {
    if (node.kind === 'if') { found.push(...branchesOf(model, node, site)); }
    if (node.kind === 'return' && node.value?.kind === 'boolean') {
      const { value } = node;
      const constant = value.operands.find((operand) => decides(operand, value.op === 'or'));
      if (constant !== undefined && site.function !== undefined && isCheck(site.function) && value.operands.some((operand) => operand !== constant && speaksOfGuard(operand))) { found.push({ kind: 'always', at: spanOf(constant), idle: spanOf(value) }); }
    }
  }
  for (const fn of model.functions) { found.push(...answeredFirst(fn)); }
  return found;
}

function branchesOf(model: SourceModel, node: Extract<Stmt, { kind: 'if' }>, site: Site): readonly ConstantBranch[] {
  return node.branches.flatMap(({ test, body }): readonly ConstantBranch[] => {
    const [first] = body;
    if (first === undefined) { return []; }
    const idle = { start: first.start, end: first.end };
    const bare = decides(test, false);
    if (bare) { return actsAsGuard(model, body, site) ? [{ kind: 'never', at: spanOf(test), idle }] : []; }
    if (test.kind !== 'boolean' || test.nullish === true) { return []; }
    const never = test.op === 'and' ? test.operands.find((operand) => decides(operand, false)) : undefined;
    if (never !== undefined) { return test.operands.some((operand) => operand !== never && speaksOfGuard(operand)) || actsAsGuard(model, body, site) ? [{ kind: 'never', at: spanOf(never), idle }] : []; }
    // `if True or self.risk_ok():` lets everything through.
    const always = test.op === 'or' ? test.operands.find((operand) => decides(operand, true)) : undefined;
    if (always === undefined || !test.operands.some((operand) => operand !== always && speaksOfGuard(operand))) { return []; }
    return leavesNothing(body) ? [] : [{ kind: 'always', at: spanOf(always), idle: spanOf(test) }];
  });
}

/** A body that only refuses: with a constant truth before it the guard acts all the time. */
function leavesNothing(body: readonly Stmt[]): boolean {
  return body.length === 1 && (body[0]?.kind === 'return' || body[0]?.kind === 'raise');
}

/** A literal that is true or false for good. */
function decides(expr: Expr, truth: boolean): boolean {
  if (expr.kind === 'literal') { return expr.value === truth || (expr.type === 'number' && expr.value === (truth ? 1 : 0)); }
  if (expr.kind === 'unary' && (expr.op === 'not' || expr.op === '!')) { return expr.operand.kind === 'literal' && expr.operand.value === !truth; }
  return false;
}

/** Does a condition speak of a drawdown, a loss limit, a breach? */
function speaksOfGuard(expr: Expr): boolean {
  let speaks = false;
  walkExpression(expr, (inner) => {
    const name = inner.kind === 'name' || inner.kind === 'member' ? lastName(inner) : undefined;
    if (name === undefined) { return !speaks; }
    const words = guardWords(name);
    speaks ||= namesGuard(words, true) || words.some((word) => word === 'breach' || word === 'breached' || word === 'cutoff' || word === 'deadline');
    return !speaks;
  });
  return speaks;
}

/** Does a body do what guards do: close everything, and no entry beside it? */
function actsAsGuard(model: SourceModel, body: readonly Stmt[], site: Site): boolean {
  const close = closeIn(model, body, site);
  return close !== undefined && /all|flat|liquid|everything|market_?exit/i.test(lastName(close.callee) ?? '');
}

const CHECKS = new Set(['check', 'can', 'may', 'allowed', 'allow', 'ok', 'validate', 'within', 'passes', 'pass', 'is', 'verify', 'approve', 'breached', 'exceeded', 'has', 'should']);

/** Is a function one that answers for a guard: `risk_ok`, `check_drawdown`, `IsDailyLossExceeded`? */
function isCheck(fn: FunctionModel): boolean {
  const words = guardWords(fn.name);
  const asks = words.some((word) => CHECKS.has(word)) || CHECKS.has(fn.name);
  return asks && (namesGuard(words, true) || (words.some((word) => word === 'trade' || word === 'trading' || word === 'order') && words.some((word) => word === 'can' || word === 'allowed' || word === 'may')));
}

/** `return True` as a statement of the function itself, with comparisons behind it that nobody gets to. */
function answeredFirst(fn: FunctionModel): readonly ConstantBranch[] {
  if (!isCheck(fn)) { return []; }
  const index = fn.body.findIndex((statement) => statement.kind === 'return');
  const answer = fn.body[index];
  const rest = fn.body.slice(index + 1);
  if (answer?.kind !== 'return' || answer.value?.kind !== 'literal' || !rest.some((statement) => statement.kind === 'if' || (statement.kind === 'return' && statement.value !== undefined && statement.value.kind !== 'literal'))) { return []; }
  const [next] = rest;
  return next === undefined ? [] : [{ kind: 'answered', at: { start: answer.start, end: answer.value.end }, idle: { start: next.start, end: next.end } }];
}

function spanOf(expr: Span): Span {
  return { start: expr.start, end: expr.end };
}
