/** Where a file closes positions by the clock, however it says so, and what has to happen first for it to be asked. */
import type { Call, Expr, FunctionModel, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { blocksOf } from '../clock/flow.ts';
import { cutoffsOf, mayHoldCutoffs } from '../deadline/cutoffs.ts';
import { indexOf } from '../file-index.ts';
import { argumentExpr, lastName } from '../named.ts';
import { saysCloseNow, wordsOf } from '../words.ts';
import type { Caller, CallGraph } from './call-graph.ts';
import { closes, entryOrders, saysClose } from './orders.ts';
import { asksFriday, asksLength, saysDayEnd, TimeTests } from './time-words.ts';

/** A close that the clock decides. */
export interface Timed {
  readonly at: Span;
  readonly days: 'every' | 'friday';
  readonly function: Caller;
  /** A timer runs it, or a scheduler. */
  readonly scheduled?: true;
  /** Positions are closed there, at a time of the day: what other files may count on. */
  readonly strong: boolean;
}

/** A timer of a whole day without a start. */
export interface Floating {
  readonly at: Span;
  readonly action: Span;
}

/** What a file does by the clock. */
export interface ByClock {
  readonly timed: readonly Timed[];
  readonly floating: readonly Floating[];
}

const DAY_MS = 86_400_000;
/** Names one of which every call has that `#elsewhere` reads: few files hold any. */
const ALERT_WORDS = /set_time_alert|add_job|scheduleJob|EventSet(?:Millisecond)?Timer/;

/** Finds what a file closes by the clock. */
export class TimedCloses {
  readonly #model: SourceModel;
  readonly #graph: CallGraph;
  readonly #tests: TimeTests;
  readonly #timed: Timed[] = [];
  readonly #floating: Floating[] = [];
  /** Functions that come to an entry order. */
  readonly #openers: ReadonlySet<Caller>;
  /** Functions that close and open nothing. */
  readonly #closers: ReadonlySet<Caller>;
  readonly #opening: readonly Span[];
  readonly #closing: readonly Span[];
  readonly #requests: readonly Span[];

  constructor(model: SourceModel, graph: CallGraph) {
    this.#model = model;
    this.#graph = graph;
    this.#tests = new TimeTests(model, graph);
    const entries = entryOrders(model);
    const { calls, statements } = indexOf(model);
    const direct = calls.filter(({ node, site }) => closes(model, node, site));
    this.#openers = graph.above(entries.map(({ site }) => site.function));
    this.#closers = new Set([...graph.above(direct.map(({ site }) => site.function))].filter((fn) => !this.#openers.has(fn)));
    this.#opening = [...entries.map(({ node }) => node), ...calls.filter(({ node }) => graph.called(node).some((fn) => this.#openers.has(fn))).map(({ node }) => node)];
    this.#closing = [
      ...direct.filter(({ node }) => !graph.called(node).some((fn) => this.#openers.has(fn))).map(({ node }) => node),
      ...calls.filter(({ node }) => graph.called(node).some((fn) => this.#closers.has(fn))).map(({ node }) => node),
    ];
    this.#requests = statements.filter(({ node }) => asksForClose(node)).map(({ node }) => node);
  }

  find(): ByClock {
    if (this.#closing.length === 0 && this.#requests.length === 0) { return this.#cutoffs(); }
    for (const { node, site } of indexOf(this.#model).statements) { this.#statement(node, site); }
    for (const fn of this.#model.functions) { this.#named(fn); }
    for (const { function: fn, to } of this.#graph.handed) { this.#handed(fn, to); }
    if (ALERT_WORDS.test(this.#model.source.text)) { for (const { node, site } of indexOf(this.#model).calls) { this.#elsewhere(node, site); } }
    return this.#cutoffs();
  }

  /** What the deadline rules have found besides. */
  #cutoffs(): ByClock {
    if (mayHoldCutoffs(this.#model)) {
      for (const { at, site } of cutoffsOf(this.#model).decisions) {
        if (!this.#timed.some((one) => one.days === 'friday' && one.at.start <= at.start && at.end <= one.at.end)) { this.#timed.push({ at, days: 'every', function: site.function, strong: this.#closers.has(site.function) }); }
      }
    }
    return { timed: this.#timed, floating: this.#floating };
  }

  #holds(spans: readonly Span[], around: Span): boolean {
    return spans.some((span) => around.start <= span.start && span.end <= around.end);
  }

  /** Does a stretch of code close positions, and open none? */
  #ends(around: Span | undefined): boolean {
    return around !== undefined && (this.#holds(this.#closing, around) || this.#holds(this.#requests, around)) && !this.#holds(this.#opening, around);
  }

  #statement(statement: Stmt, site: Site): void {
    switch (statement.kind) {
      case 'if': this.#if(statement, site); break;
      case 'loop': if (statement.type === 'while' && this.#ends(this.#rest(statement)) && this.#tests.asksTime(statement.over, site)) { this.#add(statement.over, statement, site, this.#rest(statement), statement.over); } break;
      case 'return': if (statement.value !== undefined && site.function !== undefined && isTest(statement.value) && (saysCloseNow(site.function.name) || saysClose(site.function.name))) { this.#answer(statement.value, statement, site); } break;
      case 'assign': if (statement.value !== undefined && isTest(statement.value) && statement.targets.some((target) => saysCloseNow(lastName(target) ?? ''))) { this.#answer(statement.value, statement, site); } break;
      case 'expression': if ((statement.value.kind === 'conditional' || statement.value.kind === 'boolean') && this.#ends(statement) && this.#tests.asksTime(statement.value, site)) { this.#add(statement, statement, site, statement); } break;
      default: break;
    }
  }

  /** What only says whether it is time closes nothing by itself: its file can count on it, no other. */
  #answer(value: Expr, statement: Stmt, site: Site): void {
    if (!this.#tests.asksTime(value, site)) { return; }
    this.#timed.push({ at: { start: value.start, end: value.end }, days: asksFriday(value) || this.#fridayAround(statement) ? 'friday' : 'every', function: site.function, strong: false });
  }

  #if(statement: Stmt & { readonly kind: 'if' }, site: Site): void {
    for (const [i, branch] of statement.branches.entries()) {
      const last = branch.body[branch.body.length - 1];
      const stretches = [branch.body, ...statement.branches.slice(i + 1).map((one) => one.body), statement.else].map(spanOf);
      if (last?.kind === 'break') { stretches.push(this.#afterLoop(last)); }
      const rest = last?.kind === 'return' || last?.kind === 'continue' ? this.#rest(statement) : undefined;
      // Closes are rare, and cheap to look for: the test is read where there is one.
      const stretch = stretches.find((one) => this.#ends(one)) ?? (this.#ends(rest) ? rest : undefined);
      if (stretch === undefined || !this.#tests.asksTime(branch.test, site)) { continue; }
      // Behind `if (now - last < pause) return;` everything is done that a bot does.
      if (stretch === rest && asksLength(branch.test)) { continue; }
      this.#add(branch.test, statement, site, stretch, branch.test);
      return;
    }
  }

  /** What stands behind a statement in its block. */
  #rest(statement: Stmt): Span | undefined {
    const block = blocksOf(this.#model).get(statement);
    const last = block?.statements[block.statements.length - 1];
    return last === undefined || last === statement ? undefined : { start: statement.end, end: last.end };
  }

  #afterLoop(leave: Stmt): Span | undefined {
    for (let block = blocksOf(this.#model).get(leave); block !== undefined; block = block.parent) {
      if (block.owner?.kind === 'loop') { return this.#rest(block.owner); }
    }
    return undefined;
  }

  #add(at: Span, statement: Stmt, site: Site, stretch: Span | undefined, test?: Expr): void {
    const friday = (test !== undefined && asksFriday(test)) || (site.function !== undefined && /friday|weekend/i.test(site.function.name)) || this.#fridayAround(statement);
    const strong = stretch !== undefined && this.#holds(this.#closing, stretch) && (test === undefined || (!asksLength(test) && this.#tests.asksTime(test, site, 0, true)));
    this.#timed.push({ at: { start: at.start, end: at.end }, days: friday ? 'friday' : 'every', function: site.function, strong });
  }

  /** Is a statement inside `if (dow == 5)`, or behind `if (dow != 5) return;`? */
  #fridayAround(statement: Stmt): boolean {
    let inner = statement;
    for (let block = blocksOf(this.#model).get(statement); block !== undefined; block = block.parent) {
      for (const one of block.statements) {
        if (one === inner) { break; }
        const only = one.kind === 'if' && one.branches.length === 1 ? one.branches[0] : undefined;
        const last = only?.body[only.body.length - 1];
        if (only !== undefined && (last?.kind === 'return' || last?.kind === 'continue') && refusesOthers(only.test)) { return true; }
      }
      const { owner } = block;
      if (owner?.kind === 'if' && owner.branches.some((branch) => branch.body === block?.statements && asksFriday(branch.test))) { return true; }
      if (owner === undefined) { return false; }
      inner = owner;
    }
    return false;
  }

  /** `on_session_end`, `CloseAtEod`: a name that says when it is run. An expert's function that nobody calls is never run. */
  #named(fn: FunctionModel): void {
    if (!this.#closers.has(fn) || !saysDayEnd(fn.name)) { return; }
    if (/\.mq[45]$/i.test(this.#model.path) && this.#graph.callersOf(fn).size === 0) { return; }
    this.#timed.push({ at: fn.nameSpan, days: 'every', function: fn, strong: true });
  }

  /** What a timer or a scheduler is handed. */
  #handed(fn: FunctionModel, to: Call): void {
    if (!this.#closers.has(fn)) { return; }
    const name = lastName(to.callee) ?? '';
    const at = { start: to.start, end: to.end };
    if (/^set_timer(?:_ns)?$/.test(name)) {
      if (argumentExpr(to, 2, 'start_time') !== undefined || argumentExpr(to, 2, 'start_time_ns') !== undefined) {
        if (!startsAtOnce(argumentExpr(to, 2, 'start_time'))) { this.#timed.push({ at, days: 'every', function: fn, scheduled: true, strong: true }); }
      } else if (isDay(argumentExpr(to, 1, 'interval'))) { this.#floating.push({ at, action: fn.nameSpan }); }
      return;
    }
    if (name === 'setInterval') { if (isDayOfMilliseconds(argumentExpr(to, 1))) { this.#floating.push({ at, action: fn.nameSpan }); } return; }
    if (name === 'setTimeout' || name === 'call_later' || name === 'Timer') { if (to.args.every(({ value }) => value.kind !== 'literal')) { this.#timed.push({ at, days: 'every', function: fn, scheduled: true, strong: true }); } return; }
    if (/schedul|cron|alert|alarm|add_?job|call_at|^do$|^at$|run_?(?:daily|at|once)|^on$|^Job$/i.test(name) && !isMarketEvent(to)) { this.#timed.push({ at, days: 'every', function: fn, scheduled: true, strong: true }); }
  }

  /** A time alert whose callback is another object's: nobody here sees what it does. */
  #elsewhere(call: Call, site: Site): void {
    const name = lastName(call.callee) ?? '';
    if (/^set_time_alert(?:_ns)?$|^add_job$|^scheduleJob$/.test(name)) {
      const given = call.args.some(({ value }) => this.#graph.functionsOf(value).length > 0);
      const handed = call.args.some(({ value }) => value.kind === 'member' || value.kind === 'lambda');
      if (!given && (handed || name === 'set_time_alert')) { this.#timed.push({ at: call, days: 'every', function: site.function, scheduled: true, strong: false }); }
    }
    if ((name === 'EventSetTimer' || name === 'EventSetMillisecondTimer') && call.args[0] !== undefined) {
      const timer = this.#model.functions.find((fn) => fn.name === 'OnTimer' && fn.class === undefined);
      if (timer === undefined || !this.#closers.has(timer)) { return; }
      const seconds = numberIn(call.args[0].value);
      if (seconds === (name === 'EventSetTimer' ? 86_400 : DAY_MS)) { this.#floating.push({ at: call, action: timer.nameSpan }); }
    }
  }
}

function spanOf(body: readonly Stmt[]): Span | undefined {
  const [first, last] = [body[0], body[body.length - 1]];
  return first === undefined || last === undefined ? undefined : { start: first.start, end: last.end };
}

/** Is an expression a yes or a no that is worked out there? */
function isTest(value: Expr): boolean {
  return value.kind === 'compare' || value.kind === 'boolean' || (value.kind === 'unary' && isTest(value.operand));
}

/** `return "EXIT"`, `self.exit_reason = "eod"`, `action = Action.FLATTEN`: a request that something else carries out. */
function asksForClose(statement: Stmt): boolean {
  const value = statement.kind === 'return' || statement.kind === 'assign' ? statement.value : undefined;
  if (value === undefined) { return false; }
  if (statement.kind === 'assign' && (value.kind === 'literal' || value.kind === 'template') && value.kind === 'literal' && (value.value === true || value.type === 'string') && value.value !== '') {
    if (statement.targets.some((target) => { const words = wordsOf(lastName(target) ?? ''); return words.includes('exit') || words.includes('flatten') || words.includes('liquidate') || words.includes('close'); })) { return true; }
  }
  const said = value.kind === 'call' ? value.args.map((argument) => argument.value) : value.kind === 'collection' && value.items.length <= 4 ? value.items : [value];
  return said.some(mentionsClose);
}

function mentionsClose(expr: Expr): boolean {
  const text = expr.kind === 'literal' && typeof expr.value === 'string' && expr.value.length < 30 ? expr.value : expr.kind === 'member' && /^[A-Z_]{3,30}$/.test(expr.property) ? expr.property : '';
  const words = text === '' ? [] : wordsOf(text);
  return words.some((word) => word === 'exit' || word === 'flatten' || word === 'flat' || word === 'liquidate' || word === 'eod') || /^close(?:_?all|_?positions?)?$/i.test(text);
}

/** `dow != 5`, `day_of_week < FRIDAY`: turns every other day away. */
function refusesOthers(test: Expr): boolean {
  return test.kind === 'compare' && (test.ops[0] === '!=' || test.ops[0] === '!==' || test.ops[0] === '<') && asksFriday(test);
}

/** `timedelta(hours=24)`, `timedelta(days=1)`, `pd.Timedelta(days=1)`. */
function isDay(interval: Expr | undefined): boolean {
  if (interval?.kind !== 'call' || !/^timedelta$/i.test(lastName(interval.callee) ?? '') || interval.args.length !== 1) { return false; }
  const [only] = interval.args;
  const count = only === undefined ? undefined : numberIn(only.value);
  return (count === 24 && only?.name === 'hours') || (count === 1 && (only?.name === 'days' || only?.name === undefined)) || (count === 1440 && only?.name === 'minutes') || (count === 86_400 && only?.name === 'seconds');
}

function isDayOfMilliseconds(interval: Expr | undefined): boolean {
  return interval !== undefined && numberIn(interval) === DAY_MS;
}

/** A whole number as written, products of them included. */
function numberIn(expr: Expr): number | undefined {
  if (expr.kind === 'literal' && expr.type === 'number') { return Number(expr.text.replaceAll('_', '')); }
  if (expr.kind !== 'binary' || !expr.ops.every((op) => op === '*')) { return undefined; }
  return expr.operands.reduce<number | undefined>((product, operand) => { const factor = numberIn(operand); return product === undefined || factor === undefined ? undefined : product * factor; }, 1);
}

/** `start_time=None`, `start_time=self.clock.utc_now()`: the day begins whenever the program does. */
function startsAtOnce(start: Expr | undefined): boolean {
  return start !== undefined && ((start.kind === 'literal' && start.value === null) || (start.kind === 'call' && /^utc_?now$/.test(lastName(start.callee) ?? '')));
}

/** `ws.on('message', …)`: no schedule. */
function isMarketEvent(call: Call): boolean {
  return lastName(call.callee) === 'on' && call.args[0]?.value.kind === 'literal';
}
