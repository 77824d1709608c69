/**
 * What has been asked before a place of a function runs: branches around it, early exits before it, checks that were
 * called, assertions. One pass over the function; each statement then knows its conditions.
 *
 * Wider than `guards.ts`: an exit somewhere inside an earlier branch counts as well (`if use_limit: if dd > max: return`),
 * since it can keep the place from being reached.
 */
import { settled } from '../meaning/held.ts';
import type { Expr, If, Span, Stmt, Try } from '../model.ts';
import { childrenOf, expressionsOf } from '../walk.ts';

/** Something that holds, or has been run, where a place is reached. */
export interface Asked {
  /** `test`: a condition; `call`: a statement whose call may raise; `clamp`: a value was cut to a limit. */
  readonly kind: 'test' | 'call' | 'clamp';
  readonly test: Expr;
  /** How the condition turned out. */
  readonly taken: boolean;
  /** `branch`: the place stands inside; `exit`: the other outcome left the function or the loop round. */
  readonly form: 'branch' | 'exit';
  /** Of an exit: the conditions around it, without which it is not even asked. */
  readonly within?: readonly Asked[];
  /** Of an exit: what the function answers there. */
  readonly answer?: Expr;
}

/** All that has been asked, the latest first. */
export interface Before {
  readonly asked: Asked | undefined;
  readonly earlier: Before | undefined;
  readonly length: number;
}

const NOTHING: Before = { asked: undefined, earlier: undefined, length: 0 };
/** More conditions than that before one place are not kept. */
const MAX_ASKED = 300;
/** `with` and `try` in one another, deeper than people write them. */
const MAX_NESTED = 12;

/** What stands before each statement of a body. */
export class BeforeEach {
  readonly #states = new Map<Stmt, Before>();
  /** What holds where the body ends without an exit. */
  readonly end: Before;
  /** False where the last statement always leaves. */
  readonly endReached: boolean;

  constructor(body: readonly Stmt[]) {
    const pending: { readonly body: readonly Stmt[]; readonly state: Before }[] = [{ body, state: NOTHING }];
    let end = NOTHING;
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      let { state } = next;
      for (const statement of next.body) {
        this.#states.set(statement, state);
        for (const inner of innerOf(statement, state)) { pending.push(inner); }
        for (const asked of afterwards(statement)) { state = plus(state, asked); }
      }
      if (next.body === body) { end = state; }
    }
    this.end = end;
    this.endReached = !leaves(body);
  }

  /** Before an expression of a statement: with the parts of the expression that decide whether it is evaluated. */
  at(statement: Stmt, span: Span): Before {
    let state = this.#states.get(statement) ?? NOTHING;
    const root = expressionsOf(statement).find((expr) => contains(expr, span));
    if (root === undefined) { return state; }
    if (statement.kind === 'if') {
      for (const branch of statement.branches) {
        if (branch.test === root) { break; }
        state = plus(state, { kind: 'test', test: branch.test, taken: false, form: 'branch' });
      }
    }
    return inside(state, root, span);
  }

  before(statement: Stmt): Before {
    return this.#states.get(statement) ?? NOTHING;
  }
}

function plus(state: Before, asked: Asked): Before {
  return state.length >= MAX_ASKED ? state : { asked, earlier: state, length: state.length + 1 };
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Everything a chain holds, earliest first. */
export function askedOf(state: Before): readonly Asked[] {
  const list: Asked[] = [];
  for (let at: Before | undefined = state; at !== undefined; at = at.earlier) { if (at.asked !== undefined) { list.push(at.asked); } }
  return list.reverse();
}

interface Inner {
  readonly body: readonly Stmt[];
  readonly state: Before;
}

/** The bodies of a statement, each with what holds on entering it. */
function innerOf(statement: Stmt, state: Before): readonly Inner[] {
  switch (statement.kind) {
    case 'if':
      return innerOfIf(statement, state);
    case 'loop': {
      const inside = statement.type === 'while' ? plus(state, { kind: 'test', test: statement.over, taken: true, form: 'branch' }) : state;
      return [{ body: statement.body, state: inside }, { body: statement.else, state }];
    }
    case 'try':
      return [statement.body, ...statement.handlers.map((handler) => handler.body), statement.else, statement.finally].map((body) => ({ body, state }));
    case 'with':
    case 'unknownStatement':
      return [{ body: statement.body, state }];
    case 'match':
      return statement.cases.map(({ body, guard }) => ({ body, state: guard === undefined ? state : plus(state, { kind: 'test', test: guard, taken: true, form: 'branch' }) }));
    default:
      return [];
  }
}

function innerOfIf(statement: If, state: Before): readonly Inner[] {
  const inner: Inner[] = [];
  let earlier = state;
  for (const { test, body } of statement.branches) {
    inner.push({ body, state: plus(earlier, { kind: 'test', test, taken: true, form: 'branch' }) });
    earlier = plus(earlier, { kind: 'test', test, taken: false, form: 'branch' });
  }
  inner.push({ body: statement.else, state: earlier });
  return inner;
}

/** Parts of an expression that decide whether the place in it is evaluated: `ok && send()`, `send() if ok else None`. */
function inside(before: Before, root: Expr, span: Span): Before {
  let state = before;
  let expr = root;
  while (!(expr.start === span.start && expr.end === span.end)) {
    const inner = childrenOf(expr).find((child) => contains(child, span));
    if (inner === undefined) { break; }
    if (expr.kind === 'conditional' && inner !== expr.test) {
      state = plus(state, { kind: 'test', test: expr.test, taken: inner === expr.then, form: 'branch' });
    }
    if (expr.kind === 'boolean') {
      for (const operand of expr.operands.slice(0, expr.operands.indexOf(inner))) {
        state = plus(state, { kind: 'test', test: operand, taken: expr.op === 'and', form: 'branch' });
      }
    }
    if (expr.kind === 'comprehension') {
      for (const clause of expr.clauses) {
        for (const test of inner === clause.iterable ? [] : clause.conditions) { state = plus(state, { kind: 'test', test, taken: true, form: 'branch' }); }
      }
    }
    expr = inner;
  }
  return state;
}

// ------------------------------------------------------------------- after a statement

/** What holds, or has been run, once a statement is behind. */
function afterwards(statement: Stmt, depth = 0): readonly Asked[] {
  if (depth > MAX_NESTED) { return []; }
  switch (statement.kind) {
    case 'if':
      return [...exitsOf(statement, true), ...clampsOf(statement)];
    case 'expression': {
      const call = calledIn(statement.value);
      return call === undefined ? [] : [{ kind: 'call', test: call, taken: true, form: 'exit' }];
    }
    case 'with':
      return statement.body.flatMap((inner) => afterwards(inner, depth + 1));
    case 'try':
      return afterTry(statement, depth);
    case 'loop':
    case 'match':
      return exitsOf(statement, true);
    case 'unknownStatement': {
      const [test] = statement.parts;
      return statement.syntax === 'assert_statement' && test !== undefined ? [{ kind: 'test', test, taken: true, form: 'exit' }] : [];
    }
    default:
      return [];
  }
}

/** What raises inside a `try` keeps nothing back where a handler goes on as if nothing had happened. */
function afterTry(statement: Try, depth: number): readonly Asked[] {
  const swallowed = statement.handlers.some((handler) => !leaves(handler.body));
  return statement.body.flatMap((inner) => {
    if (!swallowed) { return afterwards(inner, depth + 1); }
    if (inner.kind === 'if' || inner.kind === 'loop') { return exitsOf(inner, false); }
    return inner.kind === 'with' || inner.kind === 'try' ? afterwards(inner, depth + 1).filter((one) => one.kind === 'test') : [];
  });
}

/** The call a statement is made of: `check(order)`, `await check(order)`. */
function calledIn(expr: Expr): (Expr & { readonly kind: 'call' }) | undefined {
  const inner = settled(expr);
  return inner.kind === 'call' ? inner : undefined;
}

interface Nested {
  readonly body: readonly Stmt[];
  /** Conditions on the way into it, as they have to turn out to be kept out. */
  readonly kept: readonly Asked[];
  readonly inLoop: boolean;
}

/** Conditions of all early exits inside a statement: what follows runs where they turned out the other way. */
function exitsOf(statement: Stmt, raises: boolean): readonly Asked[] {
  const found: Asked[] = [];
  const seen = new Set<Asked>();
  const pending: Nested[] = [...nestedOf(statement, [], false)];
  let budget = 500;
  for (let next = pending.pop(); next !== undefined && budget > 0; next = pending.pop()) {
    for (const inner of next.body) {
      budget--;
      const exit = inner.kind === 'return' || (inner.kind === 'raise' && raises) || (!next.inLoop && (inner.kind === 'continue' || inner.kind === 'break'));
      if (exit) {
        next.kept.forEach((asked, i) => {
          if (seen.has(asked)) { return; }
          seen.add(asked);
          const answers = inner.kind === 'return' && inner.value !== undefined && i === next.kept.length - 1;
          found.push({ ...asked, ...(i === 0 ? {} : { within: next.kept.slice(0, i) }), ...(answers && inner.value !== undefined ? { answer: inner.value } : {}) });
        });
      }
      if (next.kept.length < 6) { pending.push(...nestedOf(inner, next.kept, next.inLoop)); }
    }
  }
  return found;
}

function nestedOf(statement: Stmt, kept: readonly Asked[], inLoop: boolean): readonly Nested[] {
  switch (statement.kind) {
    case 'if': {
      const nested = statement.branches.map(({ test, body }): Nested => ({ body, kept: [...kept, { kind: 'test', test, taken: false, form: 'exit' }], inLoop }));
      const otherwise = statement.branches.map(({ test }): Asked => ({ kind: 'test', test, taken: true, form: 'exit' }));
      return [...nested, { body: statement.else, kept: [...kept, ...otherwise], inLoop }];
    }
    case 'loop':
      return [{ body: statement.body, kept, inLoop: true }];
    case 'try':
      return [{ body: statement.body, kept, inLoop }];
    case 'with':
      return [{ body: statement.body, kept, inLoop }];
    case 'match':
      return statement.cases.map(({ body, guard }) => ({ body, kept: guard === undefined ? kept : [...kept, { kind: 'test', test: guard, taken: false, form: 'exit' }], inLoop }));
    default:
      return [];
  }
}

/** `if qty > max: qty = max`: from here on it is no more than that. */
function clampsOf(statement: If): readonly Asked[] {
  return statement.branches.flatMap(({ test, body }): Asked[] => {
    const cut = test.kind === 'compare' && body.some((inner) => inner.kind === 'assign' && inner.op === undefined && inner.targets.some((target) => (
      test.operands.some((operand) => sameName(operand, target)) && inner.value !== undefined)));
    return cut ? [{ kind: 'clamp', test, taken: false, form: 'exit' }] : [];
  });
}

function sameName(a: Expr, b: Expr): boolean {
  if (a.kind === 'name' && b.kind === 'name') { return a.name === b.name; }
  return a.kind === 'member' && b.kind === 'member' && a.property === b.property && sameName(a.object, b.object);
}

/** True if a body always leaves the function or the loop round. */
function leaves(body: readonly Stmt[]): boolean {
  const last = body[body.length - 1];
  if (last === undefined) { return false; }
  if (last.kind === 'return' || last.kind === 'raise' || last.kind === 'continue' || last.kind === 'break') { return true; }
  if (last.kind === 'if' && last.else.length > 0) {
    // One level is enough: deeper nests are rare, and nothing may recurse without an end.
    return [...last.branches.map((branch) => branch.body), last.else].every((inner) => {
      const end = inner[inner.length - 1];
      return end !== undefined && (end.kind === 'return' || end.kind === 'raise' || end.kind === 'continue' || end.kind === 'break');
    });
  }
  return false;
}
