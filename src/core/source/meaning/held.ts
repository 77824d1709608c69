/** Whether a function waits for what it calls: `await f()`, `return f()`, `yield f()`, `await Promise.all([f()])`. */
import type { Call, Expr, SourceModel, Span, Stmt } from '../model.ts';
import { expressionsOf, walkExpression } from '../walk.ts';
import { lastName } from './annotations.ts';
import { ModelFact } from './per-model.ts';

/** Calls that start something and do not wait for it, or wait only until something else is done. */
const NOT_AWAITED: ReadonlySet<string> = new Set([
  'create_task', 'ensure_future', 'start_soon', 'run_coroutine_threadsafe', 'call_soon', 'add_task', 'race', 'any', 'setTimeout', 'setImmediate',
  'queueMicrotask',
]);

/**
 * Tells of the parts of one expression, asked in the order of a walk, whether the statement goes on only when they are done,
 * or hands them to its caller. A promise that is kept in a variable is not followed.
 */
export class Held {
  readonly #returned: boolean;
  readonly #known = new Map<Expr, boolean>();

  constructor(statement: Stmt) {
    this.#returned = statement.kind === 'return';
  }

  /** To be told of every expression of the walk; parents first. */
  enter(expr: Expr, parent: Expr | undefined): boolean {
    const held = parent === undefined ? this.#returned : isWaiting(parent) || (this.#known.get(parent) === true && !startsOnly(parent, expr));
    this.#known.set(expr, held);
    return held;
  }
}

/** A generator goes on when whoever runs it has done what it yields. */
function isWaiting(expr: Expr): boolean {
  return expr.kind === 'await' || (expr.kind === 'unknown' && (expr.syntax === 'yield' || expr.syntax === 'yield_from'));
}

/** What stands behind `await` and `yield`: `f()` of `await f()`, `yield f()` and `yield* f()`. */
export function settled(expr: Expr): Expr {
  let inner = expr;
  while (isWaiting(inner)) {
    const next: Expr | undefined = inner.kind === 'await' ? inner.operand : inner.kind === 'unknown' ? inner.parts[0] : undefined;
    if (next === undefined) { return inner; }
    inner = next;
  }
  return inner;
}

/** Words without one of which nothing in an expression is waited for. */
const WAITING = /\b(?:await|yield)\b/g;
/** Where these words stand in a text, in order. */
const places = new ModelFact<readonly number[]>();

/** True for a stretch of the text in which something may be waited for. */
export function mayWait(model: SourceModel, { start, end }: Span): boolean {
  let known = places.get(model);
  if (known === undefined) {
    known = [...model.source.text.matchAll(WAITING)].map(({ index }) => index);
    places.set(model, known);
  }
  let low = 0;
  let high = known.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (known[middle]! < start) { low = middle + 1; } else { high = middle; }
  }
  return low < known.length && known[low]! < end;
}

/** True where a call is one that its statement waits for, or returns. */
export function isHeld(statement: Stmt, call: Call): boolean {
  let answer = false;
  for (const root of expressionsOf(statement)) {
    if (root.start > call.start || call.end > root.end) { continue; }
    const held = new Held(statement);
    walkExpression(root, (expr, parent) => {
      const now = held.enter(expr, parent);
      if (expr === call) { answer = now; }
    });
  }
  return answer;
}

/** `asyncio.create_task(f())`, `void f()`: what stands inside runs, and nobody waits. */
function startsOnly(parent: Expr, expr: Expr): boolean {
  if (parent.kind === 'unary') { return parent.op === 'void'; }
  return parent.kind === 'call' && expr !== parent.callee && NOT_AWAITED.has(lastName(parent.callee) ?? '');
}
