/** Loops that do nothing but ask again: for the clock to move on, or for somebody else to raise a flag. */
import { fold } from '../../core/source/fold.ts';
import { lastName } from '../../core/source/meaning/annotations.ts';
import { functionSite, statementsOf, type NameSite } from '../../core/source/meaning/bindings.ts';
import { ownFunction } from '../../core/source/meaning/effects.ts';
import type { Call, Expr, Loop, SourceModel, Stmt } from '../../core/source/model.ts';
import { rolesOf } from '../../core/source/roles.ts';
import { childrenOf, expressionsOf, walkExpression } from '../../core/source/walk.ts';

export interface BusyWait {
  /** The question that is asked round and round. */
  readonly at: Expr;
  /** `market`: until the market does something, or the time for that is over. */
  readonly for: 'clock' | 'flag' | 'market';
}

/** Calls that only look, by their last name: nothing moves on because they are called. */
const LOOKS: ReadonlySet<string> = new Set([
  'is_set', 'isSet', 'is_alive', 'done', 'empty', 'locked', 'is_connected', 'isConnected', 'isFinished', 'is_finished', 'isReady', 'is_ready',
  'IsTradeContextBusy', 'IsTradeAllowed', 'IsConnected', 'IsStopped', '_StopFlag', 'IsExpertEnabled', 'RefreshRates', 'Bars', 'len',
]);

/** Calls that give a price of now. */
const PRICES: ReadonlySet<string> = new Set(['SymbolInfoDouble', 'MarketInfo', 'iClose', 'iHigh', 'iLow', 'iOpen']);
/** How far functions of the file are followed on the way to the clock. */
const MOST_HOPS = 3;

/** The wait a loop is, if its body does no work and nothing it calls could end it. */
export function busyWaitOf(model: SourceModel, loop: Loop, site: NameSite): BusyWait | undefined {
  const inspector = new Inspector(model, site);
  const test = testOf(loop);
  if (test === undefined) { return undefined; }
  if (!inspector.isIdle(loop.body)) { return loop.type === 'while' && inspector.watches(test, loop.body) ? { at: test, for: 'market' } : undefined; }
  if (fold(model, test, site)?.value === true || (test.kind === 'literal' && test.value === 1)) { return inspector.endlessWait(loop.body); }
  if (!inspector.onlyLooks(test)) { return undefined; }
  // Who counts bars looks back, and comes to an end.
  if (inspector.readsMarket(test) && loop.body.every(({ kind }) => kind !== 'assign')) { return { at: test, for: 'market' }; }
  if (inspector.readsClock(test)) { return test.kind === 'compare' || test.kind === 'boolean' ? { at: test, for: 'clock' } : undefined; }
  // A counter in the body is work of a kind: `while (i < n) i += 1`.
  return loop.type === 'while' && loop.body.every(isNothing) && (test.kind !== 'literal') ? { at: test, for: 'flag' } : undefined;
}

/** The condition of a `while`, or of a `for` with three parts; a loop over items has none. */
function testOf(loop: Loop): Expr | undefined {
  if (loop.type === 'while') { return loop.over; }
  if (loop.over.kind !== 'unknown' || !/^for(?:_statement)?$/.test(loop.over.syntax)) { return undefined; }
  return loop.over.parts.find((part) => part.kind === 'compare' || part.kind === 'boolean');
}

function isNothing(statement: Stmt): boolean {
  if (statement.kind === 'expression') { return statement.value.kind === 'literal'; }
  return statement.kind === 'pass' || statement.kind === 'continue';
}

class Inspector {
  readonly #model: SourceModel;
  readonly #site: NameSite;

  constructor(model: SourceModel, site: NameSite) {
    this.#model = model;
    this.#site = site;
  }

  /** True for statements that read the clock, count, and leave, and do nothing else. */
  isIdle(body: readonly Stmt[]): boolean {
    if (body.length > 6) { return false; }
    return body.every((statement) => {
      switch (statement.kind) {
        case 'pass': case 'continue': case 'break': return true;
        case 'expression': return statement.value.kind === 'literal' || (statement.value.kind === 'call' && this.#isClock(statement.value));
        case 'assign': return statement.targets.every((target) => target.kind === 'name') && expressionsOf(statement).every((expr) => this.onlyLooks(expr));
        case 'if': return statement.else.length === 0 && statement.branches.every((branch) => this.onlyLooks(branch.test) && branch.body.every((inner) => inner.kind === 'break' || inner.kind === 'continue' || inner.kind === 'pass'));
        default: return false;
      }
    });
  }

  /** `while True: if time.time() > end: break`. */
  endlessWait(body: readonly Stmt[]): BusyWait | undefined {
    for (const statement of body) {
      const branch = statement.kind === 'if' ? statement.branches.find(({ body: inner }) => inner.some(({ kind }) => kind === 'break')) : undefined;
      if (branch !== undefined && this.readsClock(branch.test)) { return { at: branch.test, for: 'clock' }; }
    }
    return undefined;
  }

  /**
   * `while(InSession() && !entered) { if(Signal()) { Enter(); entered = true; } }`: only the clock, which the test asks, or
   * the market, on which everything hangs that is done, can end it, and nothing sleeps.
   */
  watches(test: Expr, body: readonly Stmt[]): boolean {
    if (this.#model.language !== 'mql5' || body.length === 0 || body.length > 4) { return false; }
    return body.every((statement) => (statement.kind === 'if' && statement.else.length === 0) || isNothing(statement))
      && body.some(({ kind }) => kind === 'if') && !this.#sleeps(body) && this.#asksClock(test, this.#site, 0);
  }

  /** Is a price of now asked for? */
  readsMarket(root: Expr): boolean {
    let found = false;
    walkExpression(root, (expr) => { if (expr.kind === 'call' && expr.callee.kind === 'name' && PRICES.has(expr.callee.name)) { found = true; } });
    return found;
  }

  #sleeps(body: readonly Stmt[]): boolean {
    return [...statementsOf(body)].some((statement) => expressionsOf(statement).some((root) => {
      let found = false;
      walkExpression(root, (expr) => { found ||= expr.kind === 'call' && rolesOf(this.#model, expr, this.#site).some((role) => role === 'sleep' || role === 'network'); return !found; });
      return found;
    }));
  }

  /** Is the clock read, by the expression or by functions of this file it calls? */
  #asksClock(root: Expr, site: NameSite, hops: number): boolean {
    let found = false;
    walkExpression(root, (expr) => {
      if (found || expr.kind !== 'call') { return !found; }
      found = rolesOf(this.#model, expr, site).some((role) => role.startsWith('clock.') && role !== 'clock.timer');
      const called = found || hops >= MOST_HOPS || site.function === undefined ? undefined : ownFunction(this.#model, expr, site.function, site);
      if (called !== undefined) {
        const inside = functionSite(this.#model, called);
        found = [...statementsOf(called.body)].some((statement) => expressionsOf(statement).some((inner) => this.#asksClock(inner, inside, hops + 1)));
      }
      return !found;
    });
    return found;
  }

  readsClock(root: Expr): boolean {
    let found = false;
    walkExpression(root, (expr) => { if (expr.kind === 'call' && this.#isClock(expr)) { found = true; } });
    return found;
  }

  /** True where an expression changes nothing: names, numbers, arithmetic, and calls that look at a clock or a flag. */
  onlyLooks(root: Expr): boolean {
    const pending: Expr[] = [root];
    for (let expr = pending.pop(); expr !== undefined; expr = pending.pop()) {
      if (expr.kind === 'call') {
        if (!this.#isClock(expr) && !LOOKS.has(lastName(expr.callee) ?? '') && !(expr.callee.kind === 'name' && PRICES.has(expr.callee.name))) { return false; }
        for (const argument of expr.args) { pending.push(argument.value); }
        if (expr.callee.kind === 'member' && expr.callee.object.kind === 'call') { pending.push(expr.callee.object); }
        continue;
      }
      // Anything without a shape of its own may assign: `++i`, `(m = next())`.
      if (expr.kind === 'unknown' && !/cast|paren/.test(expr.syntax)) { return false; }
      if (expr.kind === 'await' || expr.kind === 'lambda' || expr.kind === 'comprehension') { return false; }
      pending.push(...childrenOf(expr));
    }
    return true;
  }

  #isClock(call: Call): boolean {
    return rolesOf(this.#model, call, this.#site).some((role) => role.startsWith('clock.') && role !== 'clock.timer');
  }
}
