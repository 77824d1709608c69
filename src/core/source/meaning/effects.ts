/** What a stretch of code changes, as far as it can end the condition it stands under. */
import { rolesOf } from '../roles.ts';
import type { Call, Expr, FunctionModel, SourceModel, Stmt } from '../model.ts';
import { definitionsOf } from '../scope.ts';
import { expressionsOf, walkExpression } from '../walk.ts';
import { bindingsOf, functionSite, type NameSite } from './bindings.ts';
import { PerModel } from './per-model.ts';

/** An assignment or a change of a container. `op` as in `Assign`; `add` for `seen.add(x)`, `item` for `seen[x] = now`, `clear` for what empties it. */
export interface Effect {
  readonly op?: string;
  readonly value?: Expr;
}

export interface Effects {
  /** Text of the target without white space (`self.last`, `n`) → what is done to it. */
  readonly assigned: ReadonlyMap<string, readonly Effect[]>;
  /** The strategy or the process ends here: nothing repeats. */
  readonly ends: boolean;
  /** Orders are sent, changed or closed. */
  readonly trades: boolean;
  /** Calls other than logging: the branch does work. */
  readonly works: boolean;
}

/** Methods that change a container, an event or a flag object. */
export const CONTAINER_CHANGES: readonly string[] = [
  'add', 'append', 'clear', 'remove', 'discard', 'pop', 'update', 'set', 'push', 'delete', 'shift', 'unshift', 'splice',
];
/** Of these, the ones that leave nothing in it. */
const EMPTIES: ReadonlySet<string> = new Set(['clear', 'splice']);
/** How far calls of own methods are followed. */
const MAX_CALLS = 3;

/** Key of an assignable expression: `self.last_bar`; undefined for anything else. */
export function targetKey(expr: Expr): string | undefined {
  const parts: string[] = [];
  let current = expr;
  while (current.kind === 'member' && parts.length < 8) {
    parts.unshift(current.property);
    current = current.object;
  }
  return current.kind === 'name' ? [current.name, ...parts].join('.') : undefined;
}

/** Keys of all names and member chains in an expression, outermost chains only. */
export function keysIn(root: Expr): ReadonlySet<string> {
  const keys = new Set<string>();
  walkExpression(root, (expr, parent) => {
    if (expr.kind === 'member' && parent?.kind === 'call' && parent.callee === expr) { return true; }
    const key = targetKey(expr);
    if (key === undefined) { return true; }
    keys.add(key);
    return false;
  });
  return keys;
}

/**
 * Effects of the statements of a body that run whenever the body does: branches inside it are left out, `with` and `try`
 * bodies and loops are not. Calls of methods of the same object are followed.
 */
export function effectsOf(model: SourceModel, fn: FunctionModel, body: readonly Stmt[]): Effects {
  const table = remembered.of(model);
  const known = table.get(body);
  if (known !== undefined) { return known; }
  const collector = new EffectCollector(model);
  collector.body(fn, body, 0);
  table.set(body, collector);
  return collector;
}

/** Bodies are asked for again by every condition around them. */
const remembered = new PerModel<readonly Stmt[], Effects>();

class EffectCollector implements Effects {
  readonly assigned = new Map<string, Effect[]>();
  ends = false;
  trades = false;
  works = false;
  readonly #model: SourceModel;
  readonly #entered = new Set<number>();

  constructor(model: SourceModel) {
    this.#model = model;
  }

  body(fn: FunctionModel, body: readonly Stmt[], calls: number): void {
    const site = functionSite(this.#model, fn);
    for (const statement of alwaysRun(body)) {
      if (statement.kind === 'raise' && calls === 0) { this.ends = true; }
      if (statement.kind === 'assign') {
        for (const target of statement.targets) {
          if (target.kind === 'index') { this.#add(targetKey(target.object), { op: 'item' }); }
          this.#add(targetKey(target), { ...(statement.op === undefined ? {} : { op: statement.op }), ...(statement.value === undefined ? {} : { value: statement.value }) });
        }
      }
      if (statement.kind === 'if' || (statement.kind === 'loop' && statement.type === 'while')) { continue; }
      for (const expr of expressionsOf(statement)) {
        walkExpression(expr, (part) => { if (part.kind === 'call') { this.#call(part, fn, site, calls); } });
      }
    }
  }

  #add(key: string | undefined, effect: Effect): void {
    if (key === undefined) { return; }
    this.assigned.set(key, [...(this.assigned.get(key) ?? []), effect]);
  }

  #call(call: Call, fn: FunctionModel, site: NameSite, calls: number): void {
    const roles = rolesOf(this.#model, call, site);
    if (roles.includes('exit') || roles.includes('strategy.stop')) { this.ends = true; }
    if (roles.some((role) => role.startsWith('order.'))) { this.trades = true; }
    if (!roles.some((role) => role === 'print' || role.startsWith('log'))) { this.works = true; }
    if (call.callee.kind === 'member' && CONTAINER_CHANGES.includes(call.callee.property)) {
      this.#add(targetKey(call.callee.object), { op: EMPTIES.has(call.callee.property) ? 'clear' : 'add' });
    }
    const freed = this.#model.language === 'mql5' ? freedArray(call) : undefined;
    if (freed !== undefined) { this.#add(targetKey(freed), { op: 'clear' }); }
    const called = calls < MAX_CALLS ? ownFunction(this.#model, call, fn, site) : undefined;
    if (called !== undefined && !this.#entered.has(called.index)) {
      this.#entered.add(called.index);
      this.body(called, called.body, calls + 1);
    }
  }
}

/** The array that `ArrayFree(a)` or `ArrayResize(a, 0)` empties. */
function freedArray(call: Call): Expr | undefined {
  const [array, size] = call.args;
  if (call.callee.kind !== 'name') { return undefined; }
  const frees = call.callee.name === 'ArrayFree' || (call.callee.name === 'ArrayResize' && size?.value.kind === 'literal' && size.value.value === 0);
  return frees ? array?.value : undefined;
}

/** The method of the same class, or function of the same file, that a call runs. */
export function ownFunction(model: SourceModel, call: Call, fn: FunctionModel, site: NameSite): FunctionModel | undefined {
  const { callee } = call;
  if (callee.kind === 'member' && callee.object.kind === 'name') {
    const receiver = bindingsOf(model).receivers[fn.index];
    if (receiver?.name !== callee.object.name) { return undefined; }
    const index = receiver.class.methods.find((method) => model.functions[method]?.name === callee.property);
    return index === undefined ? undefined : model.functions[index];
  }
  if (callee.kind !== 'name') { return undefined; }
  const declared = definitionsOf(model, callee.name, site, callee.start).find((definition) => definition.declared?.kind === 'function')?.declared;
  return declared === undefined ? undefined : model.functions[declared.index];
}

/** Statements of a body that are not under a condition of their own. */
function alwaysRun(body: readonly Stmt[]): readonly Stmt[] {
  const found: Stmt[] = [];
  const stack: Stmt[] = [...body].reverse();
  for (let statement = stack.pop(); statement !== undefined; statement = stack.pop()) {
    found.push(statement);
    if (statement.kind === 'with') { stack.push(...[...statement.body].reverse()); }
    if (statement.kind === 'try') { stack.push(...[...statement.body, ...statement.else, ...statement.finally].reverse()); }
    if (statement.kind === 'loop' && statement.type === 'for') { stack.push(...[...statement.body].reverse()); }
  }
  return found;
}
