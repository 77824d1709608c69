/**
 * Guards: under what conditions a call runs inside its function, as far as they make it rare.
 *
 * Counted are the branches around it, the early exits before it, the `except` it stands in, and the parts of its own
 * expression that decide whether it runs. What makes a condition rare is told in `meaning/conditions.ts`.
 */
import { streamEntry } from './frameworks/tables.ts';
import type { GuardKind } from './link/summary.ts';
import { lastName } from './meaning/annotations.ts';
import { functionSite, statementsOf, type NameSite } from './meaning/bindings.ts';
import { classify, type Setting } from './meaning/conditions.ts';
import { effectsOf, keysIn, type Effects } from './meaning/effects.ts';
import { EVENT_WORDS, mentions, wordsIn, wordsOf } from './meaning/words.ts';
import type { EntryClass, Expr, FunctionModel, If, Loop, Match, SourceModel, Span, Stmt, Try } from './model.ts';
import { childrenOf, expressionsOf, walkExpression } from './walk.ts';

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
  const finder = new GuardFinder(model, fn, span);
  finder.find();
  return finder.guards;
}

interface Condition {
  readonly test: Expr;
  readonly taken: boolean;
  readonly form: Setting['form'];
  readonly exitWorks: boolean;
  /** Statements that run where the condition holds so. */
  readonly body: readonly Stmt[];
}

const NO_EFFECTS: Effects = { assigned: new Map(), ends: false, trades: false, works: false };

class GuardFinder {
  readonly guards: Guard[] = [];
  readonly #model: SourceModel;
  readonly #fn: FunctionModel;
  readonly #site: NameSite;
  readonly #span: Span;
  /** Keys of all conditions met on the way in: a branch that changes one of them ends itself. */
  readonly #open: Condition[] = [];

  constructor(model: SourceModel, fn: FunctionModel, span: Span) {
    this.#model = model;
    this.#fn = fn;
    this.#site = functionSite(model, fn);
    this.#span = span;
  }

  find(): void {
    for (const decorator of this.#fn.decorators) {
      const kind = contains(decorator, this.#span) ? undefined : decoratorGuard(decorator);
      if (kind !== undefined) { this.#push(kind, decorator); }
    }
    const loop = streamLoop(this.#model, this.#fn)?.loop;
    if (loop !== undefined && !contains(loop, this.#span)) { this.#push('once', loop.over); }
    let body: readonly Stmt[] | undefined = this.#fn.body;
    while (body !== undefined) {
      const at: number = body.findIndex((statement) => contains(statement, this.#span));
      if (at < 0) { return; }
      for (let i = 0; i < at; i++) { this.#exit(body[i]!, body.slice(i + 1)); }
      this.#unconditional(body);
      body = this.#enter(body[at]!);
    }
  }

  /** `if …: return` before the place: what follows runs where its condition is false. */
  #exit(statement: Stmt, rest: readonly Stmt[]): void {
    if (statement.kind === 'with' || statement.kind === 'try') {
      for (const inner of statement.body) { if (inner.kind === 'if') { this.#exit(inner, rest); } }
    }
    if (statement.kind !== 'if') { return; }
    const leaves = statement.branches.map((branch) => isExit(branch.body));
    const otherwise = statement.else.length > 0 && isExit(statement.else);
    if (otherwise && leaves.every((leave) => leave)) { return; }
    statement.branches.forEach((branch, i) => {
      if (leaves[i] !== true) { return; }
      this.#condition({ test: branch.test, taken: false, form: 'exit', exitWorks: this.#works(branch.body), body: rest });
    });
    const [first] = statement.branches;
    if (otherwise && statement.branches.length === 1 && first !== undefined) {
      this.#condition({ test: first.test, taken: true, form: 'exit', exitWorks: this.#works(statement.else), body: rest });
    }
  }

  #works(body: readonly Stmt[]): boolean {
    const last = body[body.length - 1];
    if (last?.kind === 'return' && last.value !== undefined && body.length > 1) { return true; }
    return effectsOf(this.#model, this.#fn, body.slice(0, -1)).works;
  }

  /** A flag that was asked before and is set on the way: `if self.done: return`, later `self.done = True`. */
  #unconditional(body: readonly Stmt[]): void {
    if (this.#open.length === 0) { return; }
    const { assigned } = effectsOf(this.#model, this.#fn, body);
    for (const condition of this.#open) {
      if (condition.body === body || this.#guarded(condition.test)) { continue; }
      if (![...keysIn(condition.test)].some((key) => assigned.has(key))) { continue; }
      const kind = this.#verdict({ ...condition, body });
      if (kind === 'once' || kind === 'throttle' || kind === 'modulo' || kind === 'new-bar') { this.#push(kind, condition.test); }
    }
  }

  /** The body the place stands in, with the guards of getting there; undefined where it stands in an expression. */
  #enter(statement: Stmt): readonly Stmt[] | undefined {
    const expr = expressionsOf(statement).find((candidate) => contains(candidate, this.#span));
    if (statement.kind === 'if') { return this.#enterIf(statement, expr); }
    if (expr !== undefined) { this.#inside(expr); return undefined; }
    switch (statement.kind) {
      case 'loop':
        return this.#enterLoop(statement);
      case 'try':
        return this.#enterTry(statement);
      case 'with':
      case 'unknownStatement':
        return statement.body;
      case 'match':
        return this.#enterMatch(statement);
      default:
        return undefined;
    }
  }

  #enterIf(statement: If, expr: Expr | undefined): readonly Stmt[] | undefined {
    const index = expr === undefined
      ? statement.branches.findIndex((branch) => branch.body.some((inner) => contains(inner, this.#span)))
      : statement.branches.findIndex((branch) => branch.test === expr);
    const branch = index < 0 ? undefined : statement.branches[index];
    const body = branch?.body ?? statement.else;
    const before = index < 0 ? statement.branches : statement.branches.slice(0, index);
    // After several asked cases the last `else` is what happens when nothing does.
    const isDefault = index < 0 && statement.branches.length > 1;
    if (!isDefault) {
      for (const earlier of before) {
        this.#condition({ test: earlier.test, taken: false, form: 'branch', exitWorks: false, body });
      }
    }
    if (expr !== undefined) { this.#inside(expr); return undefined; }
    if (branch !== undefined) { this.#condition({ test: branch.test, taken: true, form: 'branch', exitWorks: false, body }); }
    return body;
  }

  #enterLoop(statement: Loop): readonly Stmt[] | undefined {
    if (!statement.body.some((inner) => contains(inner, this.#span))) { return statement.else; }
    // A loop over orders or signals runs when there are some; a loop over levels or instruments runs always.
    if (statement.type === 'for' && mentions(wordsIn(this.#model, statement.over, this.#site), EVENT_WORDS)) {
      this.#push('signal', statement.over);
    }
    return statement.body;
  }

  #enterTry(statement: Try): readonly Stmt[] | undefined {
    const handler = statement.handlers.find((candidate) => contains(candidate, this.#span));
    if (handler !== undefined) {
      this.#push('error', handler.type ?? { start: handler.start, end: Math.min(handler.end, handler.start + 'except'.length) });
      return handler.body;
    }
    return [statement.body, statement.else, statement.finally].find((body) => body.some((inner) => contains(inner, this.#span)));
  }

  #enterMatch(statement: Match): readonly Stmt[] | undefined {
    const branch = statement.cases.find((candidate) => contains(candidate, this.#span));
    if (branch === undefined) { return undefined; }
    const wildcard = branch.guard === undefined && branch.patterns.every((pattern) => pattern.kind === 'name');
    if (!wildcard && branch.patterns.length > 0) { this.#push('signal', branch.patterns[0]!); }
    return branch.body;
  }

  /** Parts of an expression that decide whether the place in it runs: `debug and print(x)`, `print(x) if new else None`. */
  #inside(root: Expr): void {
    let expr: Expr | undefined = root;
    while (expr !== undefined && !(expr.start === this.#span.start && expr.end === this.#span.end)) {
      const inner: Expr | undefined = childrenOf(expr).find((child) => contains(child, this.#span));
      if (inner === undefined) { return; }
      if (expr.kind === 'conditional' && inner !== expr.test) {
        this.#condition({ test: expr.test, taken: inner === expr.then, form: 'branch', exitWorks: false, body: [] });
      }
      if (expr.kind === 'boolean') {
        for (const operand of expr.operands.slice(0, expr.operands.indexOf(inner))) {
          this.#condition({ test: operand, taken: expr.op === 'and', form: 'branch', exitWorks: false, body: [] });
        }
      }
      if (expr.kind === 'comprehension' && expr.clauses.some((clause) => clause.conditions.length > 0)) { this.#push('signal', expr); }
      expr = inner;
    }
  }

  #condition(condition: Condition): void {
    const kind = this.#verdict(condition);
    this.#open.push(condition);
    if (kind !== undefined) { this.#push(kind, condition.test); }
  }

  #verdict(condition: Condition): GuardKind | undefined {
    return classify(condition.test, condition.taken, {
      model: this.#model, fn: this.#fn, site: this.#site, form: condition.form, exitWorks: condition.exitWorks,
      effects: condition.body.length === 0 ? NO_EFFECTS : effectsOf(this.#model, this.#fn, condition.body),
    });
  }

  #guarded(test: Expr): boolean {
    return this.guards.some((guard) => guard.at.start === test.start && guard.at.end === test.end);
  }

  #push(kind: GuardKind, at: Span): void {
    const text = this.#model.source.text.slice(at.start, Math.min(at.end, at.start + 80)).replace(/\s+/g, ' ');
    this.guards.push({ kind, at: { start: at.start, end: at.end }, text });
  }
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
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

interface Stream {
  readonly loop: Loop;
  readonly entry: EntryClass;
}

/** The loop of a function that waits for one message a round: `while True: t = await ex.watch_ticker(s)`. */
function streamLoop(model: SourceModel, fn: FunctionModel): Stream | undefined {
  if (!fn.async) { return undefined; }
  for (const statement of statementsOf(fn.body)) {
    if (statement.kind !== 'loop') { continue; }
    const entry = statement.type === 'while' ? awaitedStream(statement.body) : socketLoop(model, statement);
    if (entry !== undefined) { return { loop: statement, entry }; }
  }
  return undefined;
}

function awaitedStream(body: readonly Stmt[]): EntryClass | undefined {
  let entry: EntryClass | undefined;
  for (const statement of statementsOf(body)) {
    for (const expr of expressionsOf(statement)) {
      walkExpression(expr, (part) => {
        const call = part.kind === 'await' && part.operand.kind === 'call' ? part.operand : undefined;
        const method = call?.callee.kind === 'member' ? call.callee.property : undefined;
        if (method !== undefined) { entry ??= streamEntry(method); }
      });
    }
  }
  return entry;
}

const SOCKET_NAME = /^(?:ws|websocket|socket|sock|connection|conn|stream)$/i;

/** `async for message in ws`. */
function socketLoop(model: SourceModel, statement: Loop): EntryClass | undefined {
  if (!model.source.text.startsWith('async', statement.start)) { return undefined; }
  return SOCKET_NAME.test(lastName(statement.over) ?? '') ? 'message' : undefined;
}

/** Entry class of a function that is itself the loop over a stream of messages. */
export function streamEntryOf(model: SourceModel, fn: FunctionModel): EntryClass | undefined {
  return streamLoop(model, fn)?.entry;
}
