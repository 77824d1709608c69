/**
 * Guards: under what conditions a call runs inside its function, as far as they make it rare.
 *
 * Counted are the branches around it, the early exits before it, the `except` it stands in, and the parts of its own
 * expression that decide whether it runs. What makes a condition rare is told in `meaning/conditions.ts`.
 */
import { fold } from './fold.ts';
import type { GuardKind } from './link/summary.ts';
import { lastName } from './meaning/annotations.ts';
import { functionSite, type NameSite } from './meaning/bindings.ts';
import { PerModel } from './meaning/per-model.ts';
import { classify, type Setting } from './meaning/conditions.ts';
import { effectsOf, keysIn, type Effects } from './meaning/effects.ts';
import { reportsFailure } from './meaning/failures.ts';
import { settled } from './meaning/held.ts';
import { mayChange } from './meaning/state.ts';
import { streamsOf, type Stream } from './meaning/streams.ts';
import { DUE_WORDS, ERROR_WORDS, EVENT_WORDS, mentions, wordsIn, wordsOf } from './meaning/words.ts';
import type { Comprehension, Expr, FunctionModel, If, Loop, Match, SourceModel, Span, Stmt, Try } from './model.ts';
import { contains } from './text.ts';
import { childrenOf, expressionsOf } from './walk.ts';

export interface Guard {
  readonly kind: GuardKind;
  /** The condition, or the clause that guards. */
  readonly at: Span;
  /** Its text, at most 80 characters. */
  readonly text: string;
}

/**
 * The guards a place in a function stands under, outermost first; empty where it runs on (nearly) every call of the
 * function. A decorator that throttles guards the whole body.
 */
export function guardsAt(model: SourceModel, fn: FunctionModel, span: Span): readonly Guard[] {
  const table = remembered.of(model);
  let guards = table.get(fn);
  if (guards === undefined) {
    guards = new FunctionGuards(model, fn);
    table.set(fn, guards);
  }
  return guards.at(span);
}

/** Guards of a function by block; they go with its model. */
const remembered = new PerModel<FunctionModel, FunctionGuards>();

interface Condition {
  readonly test: Expr;
  readonly taken: boolean;
  readonly form: Setting['form'];
  readonly exitWorks: boolean;
  /** What leaves says that something went wrong: what follows is the rule. */
  readonly exitFails?: boolean;
  /** Statements that run where the condition holds so. */
  readonly body: readonly Stmt[];
}

/** What holds before a statement. */
interface State {
  readonly guards: readonly Guard[];
  /** All conditions met on the way in: a branch that changes one of them ends itself. */
  readonly open: readonly Condition[];
}

/** The body a place stands in, and what holds on entering it. */
interface Inner {
  readonly body: readonly Stmt[];
  enter(): State;
}

const NO_EFFECTS: Effects = { assigned: new Map(), ends: false, trades: false, works: false };
const NOTHING: State = { guards: [], open: [] };

/** What holds at every statement of one function; each block is judged once, whatever number of places is asked for. */
class FunctionGuards {
  readonly #model: SourceModel;
  readonly #fn: FunctionModel;
  readonly #site: NameSite;
  readonly #blocks = new Map<readonly Stmt[], readonly State[]>();
  readonly #endings = new Map<Expr, boolean>();
  readonly #start: State;
  readonly #streams: readonly Stream[];

  constructor(model: SourceModel, fn: FunctionModel) {
    this.#model = model;
    this.#fn = fn;
    this.#site = functionSite(model, fn);
    this.#streams = streamsOf(model, fn);
    this.#start = fn.decorators.reduce((state, decorator) => this.#with(state, decoratorGuard(decorator), decorator), NOTHING);
  }

  at(span: Span): readonly Guard[] {
    let inner: Inner = { body: this.#fn.body, enter: () => this.#start };
    for (;;) {
      const at = indexAt(inner.body, span);
      const statement = inner.body[at];
      // Decorators and defaults of the function stand outside of it.
      if (statement === undefined) { return []; }
      const state = this.#statesOf(inner)[at]!;
      const expr = expressionsOf(statement).find((candidate) => contains(candidate, span));
      if (expr !== undefined) { return this.#streamed(this.#inside(this.#asked(statement, expr, state), expr, span), span); }
      const next = this.#inner(statement, span, state);
      if (next === undefined) { return this.#streamed(state, span); }
      inner = next;
    }
  }

  /** In a function that loops over a stream, only the loop runs once a message. */
  #streamed(state: State, span: Span): readonly Guard[] {
    const [first] = this.#streams;
    return first === undefined || this.#streams.some(({ loop }) => contains(loop, span)) ? state.guards : this.#with(state, 'once', first.loop.over).guards;
  }

  #statesOf(inner: Inner): readonly State[] {
    const known = this.#blocks.get(inner.body);
    if (known !== undefined) { return known; }
    const states: State[] = [];
    let state = this.#changed(inner.enter(), inner.body);
    inner.body.forEach((statement, i) => {
      states.push(state);
      const after = this.#exit(state, statement, inner.body, i);
      if (after !== state) { state = this.#changed(after, inner.body); }
    });
    this.#blocks.set(inner.body, states);
    return states;
  }

  /** `if …: return`: what follows runs where its condition is false. */
  #exit(state: State, statement: Stmt, body: readonly Stmt[], at: number): State {
    // What stands behind it never runs.
    if (statement.kind === 'return' || statement.kind === 'raise') { return this.#with(state, 'flag-off', statement); }
    if (statement.kind === 'with' || statement.kind === 'try') {
      return statement.body.reduce((after, inner) => (inner.kind === 'if' ? this.#exit(after, inner, body, at) : after), state);
    }
    if (statement.kind !== 'if') { return state; }
    const always = this.#alwaysOf(statement);
    if (always !== undefined) { return always.reduce((after, inner, i) => (inner.kind === 'if' ? this.#exit(after, inner, always, i) : after), state); }
    const leaves = statement.branches.map((branch) => isExit(branch.body));
    const otherwise = statement.else.length > 0 && isExit(statement.else);
    if (otherwise ? leaves.every((leave) => leave) : !leaves.includes(true)) { return state; }
    const rest = body.slice(at + 1);
    let after = state;
    statement.branches.forEach((branch, i) => {
      if (leaves[i] !== true) { return; }
      after = this.#when(after, { test: branch.test, taken: false, form: 'exit', exitWorks: this.#works(branch.body), exitFails: reportsFailure(branch.body), body: rest });
    });
    const [first] = statement.branches;
    if (otherwise && statement.branches.length === 1 && first !== undefined) {
      after = this.#when(after, { test: first.test, taken: true, form: 'exit', exitWorks: this.#works(statement.else), exitFails: reportsFailure(statement.else), body: rest });
    }
    return after;
  }

  /** The body of `if (UseBars) { … }` where the switch is on unless somebody turns it off: its early exits are the function's. */
  #alwaysOf(statement: If): readonly Stmt[] | undefined {
    const [only] = statement.branches;
    if (only === undefined || statement.branches.length > 1 || statement.else.length > 0 || isExit(only.body)) { return undefined; }
    return (only.test.kind === 'name' || only.test.kind === 'member') && fold(this.#model, only.test, this.#site)?.value === true ? only.body : undefined;
  }

  #works(body: readonly Stmt[]): boolean {
    const last = body[body.length - 1];
    if (last?.kind === 'return' && last.value !== undefined && (body.length > 1 || handsOver(last.value))) { return true; }
    return body.length > 1 && effectsOf(this.#model, this.#fn, body.slice(0, -1)).works;
  }

  /** A flag that was asked before and is set on the way: `if self.done: return`, later `self.done = True`. */
  #changed(state: State, body: readonly Stmt[]): State {
    if (state.open.length === 0) { return state; }
    if (!state.open.some((condition) => this.#mayEnd(condition.test))) { return state; }
    const { assigned } = effectsOf(this.#model, this.#fn, body);
    if (assigned.size === 0) { return state; }
    let after = state;
    for (const condition of state.open) {
      const { test } = condition;
      if (condition.body === body || after.guards.some((guard) => guard.at.start === test.start && guard.at.end === test.end)) { continue; }
      if (![...keysIn(test)].some((key) => assigned.has(key))) { continue; }
      const kind = this.#verdict({ ...condition, body });
      if (kind === 'once' || kind === 'throttle' || kind === 'modulo' || kind === 'new-bar') { after = this.#with(after, kind, test); }
    }
    return after;
  }

  /** Conditions that were asked before an `elif`'s own is. */
  #asked(statement: Stmt, expr: Expr, state: State): State {
    if (statement.kind !== 'if') { return state; }
    const index = statement.branches.findIndex((branch) => branch.test === expr);
    return statement.branches.slice(0, index).reduce((after, earlier) => (
      this.#when(after, { test: earlier.test, taken: false, form: 'branch', exitWorks: false, body: [] })), state);
  }

  /** The body of a compound statement the place stands in. */
  #inner(statement: Stmt, span: Span, state: State): Inner | undefined {
    switch (statement.kind) {
      case 'if':
        return this.#innerOfIf(statement, span, state);
      case 'loop':
        return this.#innerOfLoop(statement, span, state);
      case 'try':
        return this.#innerOfTry(statement, span, state);
      case 'with':
      case 'unknownStatement':
        return { body: statement.body, enter: () => state };
      case 'match':
        return this.#innerOfMatch(statement, span, state);
      default:
        return undefined;
    }
  }

  #innerOfIf(statement: If, span: Span, state: State): Inner {
    const index = statement.branches.findIndex((branch) => indexAt(branch.body, span) >= 0);
    const branch = index < 0 ? undefined : statement.branches[index];
    const body = branch?.body ?? statement.else;
    return { body, enter: () => this.#enterIf(statement, index, body, state) };
  }

  #enterIf(statement: If, index: number, body: readonly Stmt[], state: State): State {
    const branch = index < 0 ? undefined : statement.branches[index];
    // After several asked cases the last `else` is what happens when nothing does.
    if (branch === undefined && statement.branches.length > 1) { return state; }
    let after = state;
    for (const earlier of branch === undefined ? statement.branches : statement.branches.slice(0, index)) {
      after = this.#when(after, { test: earlier.test, taken: false, form: 'branch', exitWorks: false, body });
    }
    if (branch === undefined) { return after; }
    const inside = this.#when(after, { test: branch.test, taken: true, form: 'branch', exitWorks: false, body });
    // What says that something went wrong and leaves is the branch for errors, whatever was asked.
    return inside.guards.length === after.guards.length && isExit(body) && reportsFailure(body) ? this.#with(inside, 'error', branch.test) : inside;
  }

  #innerOfLoop(statement: Loop, span: Span, state: State): Inner {
    if (indexAt(statement.body, span) < 0) { return { body: statement.else, enter: () => state }; }
    const rare = (): boolean => statement.type === 'for' && !this.#streams.some(({ loop }) => loop === statement) && this.#isMostlyEmpty(statement.over);
    return { body: statement.body, enter: () => (rare() ? this.#with(state, 'signal', statement.over) : this.#retried(statement, state)) };
  }

  /** `while (copied < 0) retry()`: nothing of it runs unless something failed. */
  #retried(statement: Loop, state: State): State {
    if (statement.type !== 'while') { return state; }
    const kind = this.#verdict({ test: statement.over, taken: true, form: 'branch', exitWorks: false, body: [] });
    return kind === 'error' ? this.#with(state, kind, statement.over) : state;
  }

  /** A loop over orders, errors or what is due runs when there are some; a loop over levels or instruments runs always. */
  #isMostlyEmpty(over: Expr): boolean {
    const words = wordsIn(this.#model, over, this.#site);
    return mentions(words, EVENT_WORDS) || mentions(words, ERROR_WORDS) || mentions(words, DUE_WORDS);
  }

  #innerOfTry(statement: Try, span: Span, state: State): Inner | undefined {
    const handler = statement.handlers.find((candidate) => contains(candidate, span));
    if (handler !== undefined) {
      const at = handler.type ?? { start: handler.start, end: Math.min(handler.end, handler.start + 'except'.length) };
      return { body: handler.body, enter: () => this.#with(state, 'error', at) };
    }
    const body = [statement.body, statement.else, statement.finally].find((candidate) => indexAt(candidate, span) >= 0);
    return body === undefined ? undefined : { body, enter: () => state };
  }

  #innerOfMatch(statement: Match, span: Span, state: State): Inner | undefined {
    const branch = statement.cases.find((candidate) => contains(candidate, span));
    if (branch === undefined) { return undefined; }
    const [pattern] = branch.patterns;
    const always = pattern === undefined || (branch.guard === undefined && branch.patterns.every((one) => one.kind === 'name'));
    return { body: branch.body, enter: () => (always ? state : this.#with(state, 'signal', pattern)) };
  }

  /** Parts of an expression that decide whether the place in it runs: `debug and print(x)`, `print(x) if new else None`. */
  #inside(state: State, root: Expr, span: Span): State {
    let after = state;
    let expr: Expr | undefined = root;
    while (expr !== undefined && !(expr.start === span.start && expr.end === span.end)) {
      const inner: Expr | undefined = childrenOf(expr).find((child) => contains(child, span));
      if (inner === undefined) { return after; }
      if (expr.kind === 'conditional' && inner !== expr.test) {
        after = this.#when(after, { test: expr.test, taken: inner === expr.then, form: 'branch', exitWorks: false, body: [] });
      }
      if (expr.kind === 'boolean') {
        for (const operand of expr.operands.slice(0, expr.operands.indexOf(inner))) {
          after = this.#when(after, { test: operand, taken: expr.op === 'and', form: 'branch', exitWorks: false, body: [] });
        }
      }
      if (expr.kind === 'comprehension' && this.#isRare(expr, inner)) { after = this.#with(after, 'signal', expr); }
      expr = inner;
    }
    return after;
  }

  /** A comprehension that picks its elements, or one over what is mostly empty; the first iterable itself is always evaluated. */
  #isRare(expr: Comprehension, inner: Expr): boolean {
    if (expr.clauses.some((clause) => clause.conditions.length > 0)) { return true; }
    return inner !== expr.clauses[0]?.iterable && expr.clauses.some((clause) => this.#isMostlyEmpty(clause.iterable));
  }

  #when(state: State, condition: Condition): State {
    return this.#with({ guards: state.guards, open: [...state.open, condition] }, this.#verdict(condition), condition.test);
  }

  #verdict(condition: Condition): GuardKind | undefined {
    const [model, fn] = [this.#model, this.#fn];
    const kind = classify(condition.test, condition.taken, {
      model, fn, site: this.#site, form: condition.form, exitWorks: condition.exitWorks, mayEnd: this.#mayEnd(condition.test),
      // Asked for by few conditions, and dear: a rest of the function is walked for each.
      get effects() { return condition.body.length === 0 ? NO_EFFECTS : effectsOf(model, fn, condition.body); },
    });
    return kind === 'early-return' && condition.exitFails === true ? undefined : kind;
  }

  /** True if something a condition asks about may be changed in this function. */
  #mayEnd(test: Expr): boolean {
    let known = this.#endings.get(test);
    if (known === undefined) {
      known = [...keysIn(test)].some((key) => mayChange(this.#model, this.#fn, key, this.#site));
      this.#endings.set(test, known);
    }
    return known;
  }

  #with(state: State, kind: GuardKind | undefined, at: Span): State {
    if (kind === undefined) { return state; }
    const text = this.#model.source.text.slice(at.start, Math.min(at.end, at.start + 80)).replace(/\s+/g, ' ');
    return { guards: [...state.guards, { kind, at: { start: at.start, end: at.end }, text }], open: state.open };
  }
}

/** Index of the statement a place stands in; statements of a body are in source order. */
function indexAt(body: readonly Stmt[], span: Span): number {
  let low = 0;
  let high = body.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (body[middle]!.start <= span.start) { low = middle; } else { high = middle - 1; }
  }
  const found = body[low];
  return found !== undefined && contains(found, span) ? low : -1;
}

/** True if the statements leave the function or the loop round for sure. */
function isExit(body: readonly Stmt[]): boolean {
  const last = body[body.length - 1];
  if (last === undefined) { return false; }
  return last.kind === 'return' || last.kind === 'raise' || last.kind === 'continue' || last.kind === 'break';
}

function decoratorGuard(decorator: Expr): GuardKind | undefined {
  const words = wordsOf(lastName(decorator.kind === 'call' ? decorator.callee : decorator) ?? '');
  if (words.some((word) => ['throttle', 'throttled', 'ratelimit', 'limiter', 'debounce', 'every', 'limits'].includes(word))) { return 'throttle'; }
  if (words.includes('rate') && words.includes('limit')) { return 'throttle'; }
  return words.includes('once') || words.includes('cache') || words.includes('cached') ? 'once' : undefined;
}

/** `return this.flatten()`: the work of the branch is done in a method of the same object. */
function handsOver(value: Expr): boolean {
  const call = settled(value);
  if (call.kind !== 'call' || call.callee.kind !== 'member') { return false; }
  const { object } = call.callee;
  return object.kind === 'name' && (object.name === 'self' || object.name === 'this');
}
