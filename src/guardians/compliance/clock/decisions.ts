/** Where a time decides that positions are closed: branches, early returns, loops, flags and answers of functions. */
import type { Call, Expr, FunctionModel, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { rolesOf } from '../../../core/source/roles.ts';
import { receiverClass } from '../../../core/source/scope.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { bodiesOf, expressionsOf, walkExpression } from '../../../core/source/walk.ts';
import { settled } from '../../../core/source/meaning/held.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { closesPositions, deadlineName, filtersEntries, saysCloseNow, wordsOf } from '../words.ts';
import type { Evaluator } from './evaluate.ts';
import { blocksOf, pushReversed } from './flow.ts';
import { balanced } from './parentheses.ts';
import { compareValues, logic, negate } from './scalars.ts';
import { carriedNames, mentionsAny, mentionsTime } from './taint.ts';
import { constant } from './value.ts';
import type { Scalar } from './value.ts';

/** A condition on the time that decides a close. */
export interface Decision {
  /** True when positions are to be closed. */
  readonly condition: Scalar;
  /** The comparison as written. */
  readonly at: Span;
  /** What is done then: the call, the flag, or the name that says so. */
  readonly action?: Span;
  readonly site: NameSite;
}

/** Most functions of a file that are followed from a branch to the call that closes. */
const MAX_FOLLOWED = 40;

/** Finds the decisions of a file. */
export class Decisions {
  readonly #model: SourceModel;
  readonly #evaluator: Evaluator;
  readonly #found: Decision[] = [];
  readonly #closers = new Map<FunctionModel, boolean>();
  readonly #requests = new Map<string, boolean>();

  constructor(model: SourceModel, evaluator: Evaluator) {
    this.#model = model;
    this.#evaluator = evaluator;
  }

  /** A condition on the time, or undefined: only tests in which a time can stand are read. */
  #condition(test: Expr, site: NameSite): Scalar | undefined {
    return mentionsTime(test, carriedNames(this.#model).time) ? this.#evaluator.condition(test, site) : undefined;
  }

  /** Can this statement decide a close at all? Asked first, because it is cheap and most statements cannot. */
  #matters(statement: Stmt & { readonly kind: 'if' }, site: NameSite): boolean {
    const { time, flat } = carriedNames(this.#model);
    if (!statement.branches.some((branch) => mentionsTime(branch.test, time))) { return false; }
    const named = site.function !== undefined && (deadlineName(site.function.name) === 'flat' || saysCloseNow(site.function.name));
    if (named || statement.branches.some((branch) => mentionsAny(branch.test, flat) || saysFlatBy(branch.test))) { return true; }
    if ([...statement.branches.map((branch) => branch.body), statement.else].some((body) => (this.#closing(body, site) ?? this.#behindLoop(body, site)) !== undefined)) { return true; }
    return statement.branches.every((branch) => leaves(branch.body)) && this.#closing(this.#after(statement), site) !== undefined;
  }

  /** The statements behind one in its block. */
  #after(statement: Stmt): readonly Stmt[] {
    const block = blocksOf(this.#model).get(statement);
    const position = block?.statements.indexOf(statement) ?? -1;
    return position < 0 ? [] : block?.statements.slice(position + 1) ?? [];
  }

  /** Every decision, in source order. */
  find(): readonly Decision[] {
    for (const { node, site } of indexOf(this.#model).statements) { this.#statement(node, site); }
    return this.#found;
  }

  #statement(statement: Stmt, site: NameSite): void {
    switch (statement.kind) {
      case 'if': this.#if(statement, site); break;
      case 'loop': if (statement.type === 'while') { this.#while(statement, site); } break;
      case 'return': if (site.function !== undefined && statement.value !== undefined) { this.#answer(statement.value, site.function, site); } break;
      case 'assign': this.#flag(statement, site); break;
      case 'expression': this.#shortCircuit(statement.value, site); this.#sleep(statement, site); break;
      default: break;
    }
  }

  #if(statement: Stmt & { readonly kind: 'if' }, site: NameSite): void {
    if (!this.#matters(statement, site)) { return; }
    const earlier: Scalar[] = [];
    for (const branch of statement.branches) {
      const condition = this.#condition(branch.test, site);
      if (condition === undefined || !asksTheTime(condition)) { continue; }
      const when = earlier.length === 0 ? condition : logic('and', [...earlier.map(negate), condition]) ?? condition;
      this.#branch(when, branch.test, branch.body, site);
      earlier.push(condition);
    }
    const [last] = earlier.slice(-1);
    const test = statement.branches[statement.branches.length - 1]?.test;
    if (last === undefined || test === undefined || earlier.length < statement.branches.length) { return; }
    const otherwise = earlier.length === 1 ? negate(last) : logic('and', earlier.map(negate));
    if (otherwise === undefined) { return; }
    if (statement.else.length > 0) { this.#branch(otherwise, test, statement.else, site, true); return; }
    if (statement.branches.every((branch) => leaves(branch.body))) { this.#rest(otherwise, test, statement, site); }
  }

  /** A branch closes positions itself, or its condition or its function says that it is for that. */
  #branch(condition: Scalar, test: Expr, body: readonly Stmt[], site: NameSite, other = false): void {
    const action = this.#closing(body, site) ?? this.#behindLoop(body, site);
    if (action !== undefined) { this.#add(condition, test, site, action); return; }
    if (other || leaves(body) && !saysFlat(condition) || movesDeadline(body, condition)) { return; }
    if (saysFlat(condition) || (site.function !== undefined && deadlineName(site.function.name) === 'flat' && !leaves(body))) {
      this.#add(oriented(condition), test, site);
    }
  }

  /** `while True: … if now >= cutoff: break` and after the loop the close. */
  #behindLoop(body: readonly Stmt[], site: NameSite): Span | undefined {
    const last = body[body.length - 1];
    if (last?.kind !== 'break') { return undefined; }
    for (let block = blocksOf(this.#model).get(last); block !== undefined; block = block.parent) {
      if (block.owner?.kind !== 'loop') { continue; }
      const rest = this.#after(block.owner);
      return this.#opens(rest, site) ? undefined : this.#closing(rest, site);
    }
    return undefined;
  }

  /** `if now < cutoff: return` and after it the close. */
  #rest(condition: Scalar, test: Expr, statement: Stmt, site: NameSite): void {
    const rest = this.#after(statement);
    const action = this.#closing(rest, site);
    if (action !== undefined && !this.#opens(rest, site)) { this.#add(condition, test, site, action); return; }
    if (rest.length > 0 && site.function !== undefined && deadlineName(site.function.name) === 'flat') { this.#add(oriented(condition), test, site); }
  }

  /** `while now < cutoff: trade()` and after it the close. */
  #while(statement: Stmt & { readonly kind: 'loop' }, site: NameSite): void {
    if (this.#closing(this.#after(statement), site) === undefined) { return; }
    const condition = this.#condition(statement.over, site);
    if (condition === undefined || !asksTheTime(condition)) { return; }
    this.#rest(negate(condition), statement.over, statement, site);
  }

  /** `return now >= cutoff` of a function named `should_flatten`. */
  #answer(value: Expr, fn: FunctionModel, site: NameSite): void {
    if (!saysCloseNow(fn.name)) { return; }
    const condition = this.#condition(value, site);
    if (condition !== undefined && asksTheTime(condition)) { this.#add(condition, value, site, fn.nameSpan); }
  }

  /** `self.force_exit = now >= cutoff`. */
  #flag(statement: Stmt & { readonly kind: 'assign' }, site: NameSite): void {
    const name = statement.targets.map((target) => lastName(target)).find((target) => target !== undefined && saysCloseNow(target));
    if (name === undefined || statement.value === undefined) { return; }
    const condition = this.#condition(statement.value, site);
    if (condition !== undefined && asksTheTime(condition)) { this.#add(condition, statement.value, site, statement.targets[0]); }
  }

  /** `now >= cutoff and self.flatten()`, `self.flatten() if now >= cutoff else None`. */
  #shortCircuit(value: Expr, site: NameSite): void {
    const call = value.kind === 'boolean' && value.op === 'and' ? value.operands[value.operands.length - 1] : value.kind === 'conditional' ? value.then : undefined;
    if (call?.kind !== 'call' || !this.#closes(call, site, new Set())) { return; }
    const test = value.kind === 'conditional' ? value.test : value;
    const condition = this.#condition(test, site);
    if (condition !== undefined && asksTheTime(condition)) { this.#add(condition, test, site, call); }
  }

  /** `await asyncio.sleep((cutoff - now).total_seconds())` and after it the close. */
  #sleep(statement: Stmt & { readonly kind: 'expression' }, site: NameSite): void {
    const call = settled(statement.value);
    const length = call.kind === 'call' && lastName(call.callee) === 'sleep' ? call.args[0]?.value : undefined;
    if (length === undefined || !mentionsTime(length, carriedNames(this.#model).time)) { return; }
    const rest = this.#after(statement);
    const action = this.#closing(rest, site);
    if (action === undefined || this.#opens(rest, site)) { return; }
    const value = this.#evaluator.value(length, site);
    const over = value?.kind === 'scalar' && value.unit === 'number' && value.clock !== undefined ? compareValues('<=', value, constant('number', 0)) : undefined;
    if (over !== undefined) { this.#add({ ...over, tests: [{ start: length.start, end: length.end }] }, length, site, action); }
  }

  #add(condition: Scalar, test: Expr, site: NameSite, action?: Span): void {
    if (action === undefined && site.function !== undefined && filtersEntries(site.function.name)) { return; }
    this.#found.push({ condition, at: balanced(comparison(condition, test), test, this.#model.source.text), site, ...(action === undefined ? {} : { action: { start: action.start, end: action.end } }) });
  }

  // ------------------------------------------------------------ what a branch does

  /** The call or flag by which a run of statements closes positions, unless it hangs on something that is not about being in a position. */
  #closing(body: readonly Stmt[], site: NameSite, seen: Set<FunctionModel> = new Set()): Span | undefined {
    const stack: Stmt[] = [...body].reverse();
    for (let statement = stack.pop(); statement !== undefined; statement = stack.pop()) {
      const own = this.#closingHere(statement, site, seen);
      if (own !== undefined) { return own; }
      const inner = statement.kind === 'if'
        ? [...statement.branches.filter((branch) => aboutPosition(branch.test)).map((branch) => branch.body), ...(statement.branches.every((branch) => aboutPosition(branch.test)) ? [statement.else] : [])]
        : bodiesOf(statement);
      for (let i = inner.length - 1; i >= 0; i--) { pushReversed(stack, inner[i]!); }
    }
    return undefined;
  }

  #closingHere(statement: Stmt, site: NameSite, seen: Set<FunctionModel>): Span | undefined {
    if (statement.kind === 'assign' && statement.value !== undefined) {
      const on = statement.value.kind === 'literal' && statement.value.value === true;
      const flag = statement.targets.find((target) => { const name = lastName(target); return name !== undefined && target.kind === 'member' && isFlag(name); });
      if (on && flag !== undefined) { return flag; }
      const said = on || (statement.value.kind === 'literal' && typeof statement.value.value === 'string' && statement.value.value !== '');
      const asked = said ? statement.targets.find((target) => target.kind === 'member' && this.#asksForClose(target.property)) : undefined;
      if (asked !== undefined) { return asked; }
    }
    if (statement.kind === 'return' && statement.value !== undefined && answersFlat(statement.value, site.function)) { return statement.value; }
    if (statement.kind === 'if' || statement.kind === 'function' || statement.kind === 'class') { return undefined; }
    let found: Span | undefined;
    for (const expr of expressionsOf(statement)) {
      walkExpression(expr, (inner) => {
        if (found === undefined && inner.kind === 'call' && this.#closes(inner, site, seen)) { found = inner; }
        return found === undefined;
      });
    }
    return found;
  }

  /**
   * Is an attribute a request to close, which another place of this file carries out: `self._exit_reason = "time"` here,
   * `if self._exit_reason: self.exit_trade(…)` there?
   */
  #asksForClose(attribute: string): boolean {
    if (!wordsOf(attribute).some((word) => REQUEST_WORDS.has(word))) { return false; }
    const known = this.#requests.get(attribute);
    if (known !== undefined) { return known; }
    // Asked again while it is being answered, an attribute proves nothing by itself.
    this.#requests.set(attribute, false);
    const carried = indexOf(this.#model).statements.some(({ node, site }) => node.kind === 'if'
      && node.branches.some((branch) => isSet(branch.test, attribute) && this.#closing(branch.body, site) !== undefined));
    this.#requests.set(attribute, carried);
    return carried;
  }

  /** Does a call close positions: by its role, by its name, or by what a function of this file does? */
  #closes(call: Call, site: NameSite, seen: Set<FunctionModel>): boolean {
    const name = lastName(call.callee);
    if (name === undefined) { return false; }
    const on = call.callee.kind === 'member' ? lastName(call.callee.object) : undefined;
    if (closesPositions(name, on) || rolesOf(this.#model, call, site).includes('order.close')) { return true; }
    if (call.args.some((argument) => isReduceOnly(argument.name, argument.value)) || isTargetZero(name, call)) { return true; }
    const fn = this.#evaluator.functions.calledFunction(call, site) ?? this.#stopHandler(call, site);
    if (fn === undefined || seen.has(fn) || seen.size >= MAX_FOLLOWED) { return false; }
    const known = this.#closers.get(fn);
    if (known !== undefined) { return known; }
    const first = seen.size === 0;
    seen.add(fn);
    const closes = this.#closing(fn.body, this.#evaluator.functions.siteIn(fn), seen) !== undefined;
    // Within a round of calls the answer may hang on where it began; only a whole one is remembered.
    if (first || closes) { this.#closers.set(fn, closes); }
    return closes;
  }

  /** `self.stop()` runs `on_stop`, where a framework's strategy may close what is open. */
  #stopHandler(call: Call, site: NameSite): FunctionModel | undefined {
    const own = call.callee.kind === 'member' && call.callee.property === 'stop' ? receiverClass(this.#model, call.callee.object, site) : undefined;
    return own === undefined ? undefined : this.#evaluator.functions.methodNamed(own, 'on_stop') ?? this.#evaluator.functions.methodNamed(own, 'onStop');
  }

  /** Does a callback close positions? Used for timers and schedules. */
  callbackCloses(callback: Expr, site: NameSite): boolean {
    const name = lastName(callback);
    if (name !== undefined && closesPositions(name, undefined)) { return true; }
    const fn = this.#evaluator.functions.functionNamed(callback, site);
    if (fn === undefined) { return false; }
    const inside = this.#evaluator.functions.siteIn(fn);
    return this.#closing(fn.body, inside, new Set([fn])) !== undefined;
  }

  /** Does a function close positions when it runs? */
  functionCloses(fn: FunctionModel): boolean {
    return closesPositions(fn.name, undefined) || this.#closing(fn.body, this.#evaluator.functions.siteIn(fn), new Set([fn])) !== undefined;
  }

  /** Does a run of statements close positions, unless that hangs on something that is not about being in a position? */
  bodyCloses(body: readonly Stmt[], site: NameSite): boolean {
    return this.#closing(body, site) !== undefined;
  }

  /** Do these statements also open positions? Then what comes after an early return is trading, not closing. */
  #opens(body: readonly Stmt[], site: NameSite): boolean {
    const stack: Stmt[] = [...body];
    for (let statement = stack.pop(); statement !== undefined; statement = stack.pop()) {
      for (const expr of expressionsOf(statement)) {
        let opens = false;
        walkExpression(expr, (inner) => {
          if (inner.kind === 'call' && !inner.args.some((argument) => isReduceOnly(argument.name, argument.value))) {
            const roles = rolesOf(this.#model, inner, site);
            const words = wordsOf(lastName(inner.callee) ?? '');
            opens ||= roles.includes('order.submit') || words[0] === 'buy' || words[0] === 'enter' || words.includes('entry');
          }
          return !opens;
        });
        if (opens) { return true; }
      }
      for (const inner of bodiesOf(statement)) { pushReversed(stack, inner); }
    }
    return false;
  }
}

// ----------------------------------------------------------------------- helpers

/** Does a test name a deadline itself: `now >= self.config.flatten_time`? */
function saysFlatBy(test: Expr): boolean {
  let found = false;
  walkExpression(test, (expr) => {
    const name = expr.kind === 'name' ? expr.name : expr.kind === 'member' ? expr.property : expr.kind === 'literal' && typeof expr.value === 'string' ? expr.value : undefined;
    found ||= name !== undefined && deadlineName(name) === 'flat';
    return !found;
  });
  return found;
}

/** Does a condition read a clock, rather than being a constant? */
function asksTheTime(condition: Scalar): boolean {
  return condition.clock !== undefined;
}

/** The comparisons of a condition where they stand together in the test; else the first of them. */
function comparison(condition: Scalar, test: Expr): Span {
  const inside = (condition.tests ?? []).filter((span) => span.start >= test.start && span.end <= test.end);
  const spans = inside.length > 0 ? inside : condition.tests?.slice(0, 1) ?? [];
  if (spans.length === 0) { return { start: test.start, end: test.end }; }
  return { start: Math.min(...spans.map((span) => span.start)), end: Math.max(...spans.map((span) => span.end)) };
}

/** Do the names of a condition's constants say that positions are closed then? */
function saysFlat(condition: Scalar): boolean {
  return condition.names.some((name) => deadlineName(name) === 'flat');
}

/** `t < FLATTEN_TIME` and `t >= FLATTEN_TIME` mean the same deadline: true from it on. */
function oriented(condition: Scalar): Scalar {
  if (condition.opaque === true) { return condition; }
  const day = { month: 1, day: 16, weekday: 4 };
  const [first, last] = [condition.at({ ...day, second: 0 }), condition.at({ ...day, second: 86_399 })];
  return first === true && last === false ? negate(condition) : condition;
}

/** `if flat_at < now: flat_at += timedelta(days=1)`: sets the deadline, closes nothing. */
function movesDeadline(body: readonly Stmt[], condition: Scalar): boolean {
  return body.length > 0 && body.every((statement) => statement.kind === 'assign' && statement.targets.every((target) => condition.names.includes(lastName(target) ?? '')));
}

/** Does a body leave the function or the turn of the loop at once? */
function leaves(body: readonly Stmt[]): boolean {
  const last = body[body.length - 1];
  return last?.kind === 'return' || last?.kind === 'continue' || last?.kind === 'break' || last?.kind === 'raise';
}

const POSITION_WORDS: ReadonlySet<string> = new Set([
  'position', 'positions', 'pos', 'flat', 'net', 'qty', 'quantity', 'holding', 'holdings', 'size', 'active', 'flattened', 'done', 'closed', 'exposure', 'trade', 'trades',
  'open', 'long', 'short', 'invested', 'inventory', 'lots', 'contracts', 'orders', 'order', 'already', 'not', 'none', 'is', 'has', 'in', 'self', 'portfolio', 'cache', 'instrument', 'id',
  'len', 'get', 'state', 'today', 'all', 'any', 'strategy', 'config', 'enabled', 'symbol', 'venue', 'date', 'p', 'abs', 'sent', 'pending', 'eod', 'flatten', 'amount', 'units', 'account', 'broker',
]);

/** A test about being in a position, or about having closed already: it does not make the close a matter of signals. */
function aboutPosition(test: Expr): boolean {
  let all = true;
  let words = 0;
  walkExpression(test, (expr) => {
    const name = expr.kind === 'name' ? expr.name : expr.kind === 'member' ? expr.property : undefined;
    for (const word of name === undefined ? [] : wordsOf(name)) {
      words++;
      if (!POSITION_WORDS.has(word)) { all = false; }
    }
    return all;
  });
  return all && words > 0;
}

/** A flag that makes something else close: `self.flatten_requested = True`, not `self.flattened = True` (done already). */
function isFlag(name: string): boolean {
  const words = wordsOf(name);
  return saysCloseNow(name) && !words.some((word) => word === 'flattened' || word === 'flat' || word === 'closed' || word === 'done' || word === 'sent' || word === 'logged' || word === 'is');
}

const REQUEST_WORDS: ReadonlySet<string> = new Set(['exit', 'close', 'flatten', 'liquidate']);

/** Does a test hold when an attribute has been set: alone or with others, `is not None`, `== "time"`? */
function isSet(test: Expr, attribute: string): boolean {
  const parts = test.kind === 'boolean' && test.op === 'and' ? test.operands : [test];
  return parts.some((part) => {
    const asked = part.kind === 'compare' && part.operands.length === 2 && (part.ops[0] === 'is not' || part.ops[0] === '!=' || part.ops[0] === '==') ? part.operands[0] : part;
    const none = part.kind === 'compare' && part.ops[0] === '==' && part.operands[1]?.kind === 'literal' && !part.operands[1].value;
    return asked?.kind === 'member' && asked.property === attribute && !none;
  });
}

/** `return "FLATTEN"`, `return Signal.FLAT`, and `return True` of a function named `should_flatten`. */
function answersFlat(value: Expr, fn: FunctionModel | undefined): boolean {
  if (value.kind === 'literal' && value.value === true) { return fn !== undefined && saysCloseNow(fn.name); }
  const text = value.kind === 'literal' && value.type === 'string' ? String(value.value) : value.kind === 'member' ? value.property : undefined;
  return text !== undefined && /^(?:flatten|flat|close|close_all|exit|exit_all|liquidate)$/i.test(text);
}

function isReduceOnly(name: string | undefined, value: Expr): boolean {
  // JavaScript hands options over in an object.
  if (value.kind === 'collection' && value.keys !== undefined) {
    return value.items.some((item, i) => { const key = value.keys?.[i]; return key?.kind === 'literal' && isReduceOnly(String(key.value), item); });
  }
  return (name === 'reduce_only' || name === 'reduceOnly') && value.kind === 'literal' && value.value === true;
}

/** `order_target_percent(asset, 0)`, `set_holdings(symbol, 0)`. */
function isTargetZero(name: string, call: Call): boolean {
  if (!/^(?:order_target(?:_percent|_value|_size)?|set_holdings|SetHoldings)$/.test(name)) { return false; }
  return call.args.some((argument) => argument.value.kind === 'literal' && argument.value.type === 'number' && Number(argument.value.value) === 0);
}
