/** Closes that fail unheard: in a handler that does nothing, in one that tells and goes on, behind a notice that may fail first. */
import { isScript } from '../../../core/source/languages.ts';
import { statementsOf } from '../../../core/source/meaning/bindings.ts';
import type { Call, Expr, FunctionModel, SourceModel, Span, Stmt, Try } from '../../../core/source/model.ts';
import { frameworkOf, rolesOf } from '../../../core/source/roles.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { wordsOf } from '../words.ts';
import { calledIn, callsOf, CLEANUP, closes, passesOver, stateSet, wayTo } from './acts.ts';
import type { SetState } from './acts.ts';
import { latchedByCaller, retriesUnder } from './latch.ts';

/** A close whose failure nobody acts on. */
export interface SwallowedClose {
  readonly kind: 'silent' | 'latched' | 'before' | 'once' | 'success';
  readonly at: Span;
  readonly close: Call;
  /** What is set although the close may have failed. */
  readonly set?: SetState;
  /** What stands before the close in the same `try`, as written. */
  readonly first?: string;
}

/** Every close of a file whose failure ends in a handler that does not act. */
export function swallowedCloses(model: SourceModel): readonly SwallowedClose[] {
  if (model.language === 'mql5') { return []; }
  const found: SwallowedClose[] = [];
  for (const { node, site } of indexOf(model).statements) {
    if (node.kind === 'try') { found.push(...tried(model, node, site)); }
    if (node.kind === 'if') { found.push(...answered(model, node, site)); }
    if (node.kind === 'expression' && isScript(model.language)) { found.push(...caught(model, node, site)); }
  }
  return found;
}

function tried(model: SourceModel, node: Try, site: Site): readonly SwallowedClose[] {
  if (!CLOSE_LETTERS.test(model.source.text.slice(node.start, node.end))) { return []; }
  const close = closeUnder(model, node.body, site) ?? orderUnder(model, node.body, site) ?? readUnder(model, node.body, site.function);
  if (close === undefined || (site.function !== undefined && CLEANUP.test(site.function.name)) || closesIn(model, node.finally, site) || isTriedAgain(model, node, site.function)) { return []; }
  const found: SwallowedClose[] = [];
  for (const handler of node.handlers) {
    if (!takesFailures(handler.type)) { continue; }
    if (saysSuccess(handler.body) && site.function !== undefined && FLATTENS.test(site.function.name)) {
      found.push({ kind: 'success', at: headOf(model, handler), close });
      continue;
    }
    if (!closes(model, close, site) && !sendsOrder(model, close, site)) { continue; }
    const at = headOf(model, handler);
    const byCaller = takenForDone(model, handler.body, site);
    if (byCaller !== undefined) { found.push({ kind: 'latched', at, close, set: byCaller }); continue; }
    const how = passesOver(model, handler.body.filter((statement) => statement.kind !== 'return' || statement.value !== undefined), site);
    if (how === undefined) { continue; }
    const before = mayFailBefore(model, node.body, close, site);
    if (before !== undefined) { found.push({ kind: 'before', at: { start: before.start, end: before.end }, close, first: lastName(before.callee) ?? '' }); continue; }
    const returns = handler.body.some((statement) => statement.kind === 'return');
    const set = returns ? undefined : stateAfter(model, node, site);
    if (set !== undefined) { found.push({ kind: 'latched', at, close, set }); } else if (how === 'silent') { found.push({ kind: 'silent', at, close }); } else if (runsOnce(model, site.function)) { found.push({ kind: 'once', at, close }); }
  }
  return found.slice(0, 1);
}

/** Letters without which a `try` has no close, no order and no question for what is open. */
const CLOSE_LETTERS = /clos|flat|liquid|exit|unwind|square|sell|order|position|holding/i;

/** In a flatten an order is a close. */
function orderUnder(model: SourceModel, body: readonly Stmt[], site: Site): Call | undefined {
  if (site.function === undefined || !FLATTENS.test(site.function.name)) { return undefined; }
  return statementsOf(body, (one) => one.kind !== 'try').flatMap(callsOf).find((call) => sendsOrder(model, call, site));
}

function sendsOrder(model: SourceModel, call: Call, site: Site): boolean {
  return rolesOf(model, call, site).includes('order.submit') || /^(?:submit|place|send|create)_?(?:market_?)?order$/i.test(lastName(call.callee) ?? '');
}

/** The handler tells at most and answers nothing that is true, and whoever calls this throws the answer away and sets a state for good. */
function takenForDone(model: SourceModel, handler: readonly Stmt[], site: Site): SetState | undefined {
  const fn = site.function;
  if (fn === undefined || !(FLATTENS.test(fn.name) || /^_?close_?(?:position|trade)$/i.test(fn.name))) { return undefined; }
  const failing = handler.filter((statement) => statement.kind !== 'return' || (statement.value !== undefined && !(statement.value.kind === 'literal' && (statement.value.value === false || statement.value.value === null))));
  if (passesOver(model, failing, site) === undefined || saysAgain(model, handler)) { return undefined; }
  // What several places call may be called again by one of them.
  if (indexOf(model).calls.filter(({ node, site: there }) => there.function !== fn && lastName(node.callee) === fn.name).length !== 1) { return undefined; }
  const set = latchedByCaller(model, fn, true);
  return set === undefined || retriesUnder(model, set, fn) ? undefined : set;
}

/** The line that a handler writes promises another try: `retry next scan`. */
function saysAgain(model: SourceModel, handler: readonly Stmt[]): boolean {
  const [first] = handler;
  return first !== undefined && /retry|again|next (?:scan|cycle|tick|bar)/i.test(model.source.text.slice(first.start, handler[handler.length - 1]?.end));
}

/** In a flatten: the call that asks what is open. */
function readUnder(model: SourceModel, body: readonly Stmt[], fn: FunctionModel | undefined): Call | undefined {
  if (fn === undefined || !FLATTENS.test(fn.name)) { return undefined; }
  return statementsOf(body, (one) => one.kind !== 'try').flatMap(callsOf).find((call) => /positions|holdings/i.test(lastName(call.callee) ?? ''));
}

const FLATTENS = /close_?all|flatten|liquidat|close_?positions|exit_?all/i;

/** `except … as e`: what SEC211 marks as well. */
function headOf(model: SourceModel, handler: Try['handlers'][number]): Span {
  return { start: handler.start, end: handler.type?.end ?? handler.start + (isScript(model.language) ? 'catch' : 'except').length };
}

/** Does a handler answer that all went well: `return True`, `return { success: true }`? */
function saysSuccess(body: readonly Stmt[]): boolean {
  const last = body[body.length - 1];
  if (last?.kind !== 'return' || last.value === undefined) { return false; }
  const { value } = last;
  if (value.kind === 'literal') { return value.value === true; }
  if (value.kind !== 'collection' || value.keys === undefined) { return false; }
  return value.keys.some((key, i) => {
    const name = key === null ? '' : key.kind === 'literal' ? String(key.value) : lastName(key) ?? '';
    const item = value.items[i];
    return /^(?:success|ok|closed|flat)$/i.test(name) && item?.kind === 'literal' && item.value === true;
  });
}

/** `ok = close(…)`, and where it is not: a line for the log, and the state set behind it all the same. */
function answered(model: SourceModel, node: Extract<Stmt, { kind: 'if' }>, site: Site): readonly SwallowedClose[] {
  const [branch] = node.branches;
  if (branch === undefined || node.branches.length !== 1) { return []; }
  const negated = branch.test.kind === 'unary' && (branch.test.op === 'not' || branch.test.op === '!');
  const asked = negated && branch.test.kind === 'unary' ? branch.test.operand : branch.test;
  const failing = negated ? branch.body : node.else;
  if (failing.length === 0 || (asked.kind !== 'name' && asked.kind !== 'call' && asked.kind !== 'await')) { return []; }
  if (passesOver(model, failing, site) !== 'told') { return []; }
  const close = closeAsked(model, asked, site);
  if (close === undefined || (site.function !== undefined && CLEANUP.test(site.function.name)) || isTriedAgain(model, node, site.function)) { return []; }
  const set = stateAfter(model, node, site);
  return set === undefined ? [] : [{ kind: 'latched', at: { start: branch.test.start, end: branch.test.end }, close, set }];
}

/** The close whose answer a test is: the call itself, or the variable it was given to. */
function closeAsked(model: SourceModel, asked: Expr, site: Site): Call | undefined {
  const value = asked.kind === 'name' ? definitionsOf(model, asked.name, site, asked.start).find((one) => one.function === site.function && one.value !== undefined)?.value : asked;
  const call = value === undefined ? undefined : calledIn(value);
  if (call === undefined || closes(model, call, site)) { return call; }
  // In a flatten an order is a close.
  return site.function !== undefined && FLATTENS.test(site.function.name) && /order|submit|sell/i.test(lastName(call.callee) ?? '') ? call : undefined;
}

/** The first close of a body that no `try` of its own stands around. */
function closeUnder(model: SourceModel, body: readonly Stmt[], site: Site): Call | undefined {
  for (const statement of statementsOf(body, (one) => one.kind !== 'try')) {
    const close = callsOf(statement).find((call) => closes(model, call, site));
    if (close !== undefined) { return close; }
  }
  return undefined;
}

function closesIn(model: SourceModel, body: readonly Stmt[], site: Site): boolean {
  return statementsOf(body).some((statement) => callsOf(statement).some((call) => closes(model, call, site)));
}

/** Errors that say there is nothing to close, or that ask the task to end. */
const NOTHING_THERE = /NotFound|Missing|Closed|Filled|Lookup|KeyError|AttributeError|ImportError|ModuleNotFound|Cancelled|KeyboardInterrupt|SystemExit|StopIteration|NoPosition|AlreadyFlat/;

function takesFailures(type: Expr | undefined): boolean {
  const types = type === undefined ? [] : type.kind === 'collection' ? type.items : [type];
  return types.length === 0 || types.some((one) => !NOTHING_THERE.test(lastName(one) ?? ''));
}

/** `for attempt in range(3): try: …; break`, `while not flat: try: …`: it is tried again. */
function isTriedAgain(model: SourceModel, node: Stmt, fn: FunctionModel | undefined): boolean {
  const leaves = (node.kind === 'try' ? [...node.body, ...node.else] : node.kind === 'if' ? node.branches.flatMap(({ body }) => body) : []).some((statement) => statement.kind === 'break' || statement.kind === 'return');
  return wayTo(fn?.body ?? model.body, node).some(({ within }) => {
    if (within?.kind !== 'loop') { return false; }
    const over = within.type === 'while' ? within.over : undefined;
    if (over !== undefined) { return !(over.kind === 'literal') || leaves; }
    return leaves || /attempt|retry|retries|tries/i.test(within.target === undefined ? '' : model.source.text.slice(within.target.start, within.over.end));
  });
}

/** A state that is set behind a `try`, in the blocks around it, as long as nobody asks for the position in between. */
function stateAfter(model: SourceModel, node: Stmt, site: Site): SetState | undefined {
  const way = wayTo(site.function?.body ?? model.body, node);
  const own = node.kind === 'try' ? stateSet(model, node.finally, site.function) : undefined;
  if (own !== undefined) { return own; }
  for (let i = way.length - 1; i >= 0; i--) {
    const step = way[i];
    if (step === undefined) { continue; }
    const rest = step.block.slice(step.index + 1);
    const asks = rest.findIndex((statement) => asksPosition(model, statement));
    const set = stateSet(model, asks < 0 ? rest : rest.slice(0, asks), site.function);
    if (set !== undefined) { return set; }
    // Another branch, or the next round of a poll.
    if (asks >= 0 || rest.some((statement) => statement.kind === 'return' || statement.kind === 'raise' || statement.kind === 'continue') || step.within?.kind === 'loop' && step.within.type === 'while') { return undefined; }
  }
  return undefined;
}

/** Does a statement look at what is still open before it goes on? */
function asksPosition(model: SourceModel, statement: Stmt): boolean {
  if (statement.kind === 'if' || statement.kind === 'loop') { return statementsOf([statement]).some((inner) => /position|open|flat|holding/i.test(inner.kind === 'if' ? inner.branches.map(({ test }) => model.source.text.slice(test.start, test.end)).join(' ') : '')); }
  return callsOf(statement).some((call) => /position|holding|reconcile|sync|verify|confirm|is_?flat/i.test(lastName(call.callee) ?? ''));
}

/** A notice, a request, or a line for a log that is written as that log does not take it: what may raise before the close. */
function mayFailBefore(model: SourceModel, body: readonly Stmt[], close: Call, site: Site): Call | undefined {
  for (const statement of body) {
    if (statement.start <= close.start && close.end <= statement.end) { return undefined; }
    const call = statement.kind === 'expression' ? calledIn(statement.value) : undefined;
    if (call !== undefined && (sends(model, call, site) || isMiswritten(model, call, site))) { return call; }
  }
  return undefined;
}

function sends(model: SourceModel, call: Call, site: Site): boolean {
  const roles = rolesOf(model, call, site);
  if (roles.includes('http') || roles.includes('notify')) { return !roles.some((role) => role.startsWith('order')); }
  const words = wordsOf(lastName(call.callee) ?? '');
  const on = call.callee.kind === 'member' ? wordsOf(lastName(call.callee.object) ?? '') : [];
  return [...words, ...on].some((word) => CHANNELS.has(word)) && words.some((word) => SENDING.has(word));
}

const CHANNELS = new Set(['telegram', 'discord', 'slack', 'webhook', 'email', 'sms', 'notifier', 'pushover', 'bot']);
const SENDING = new Set(['send', 'notify', 'post', 'alert', 'publish', 'push', 'telegram', 'discord', 'slack', 'message', 'email']);

/** NautilusTrader's loggers take a text and a colour: `self.log.info("%s", x)` raises (nautilus_trader/common/component.pyx, `Logger.info`). */
function isMiswritten(model: SourceModel, call: Call, site: Site): boolean {
  if (site.class === undefined || !rolesOf(model, call, site).includes('log') || !/NautilusTrader/.test(frameworkOf(model, site.class)?.framework ?? '')) { return false; }
  const [first, second] = call.args.filter((argument) => argument.name === undefined);
  return first?.value.kind === 'literal' && /%[sdrf.]/.test(String(first.value.value)) && second !== undefined && !/color/i.test(model.source.text.slice(second.start, second.end));
}

/** Is a function called by an alert that rings once? */
function runsOnce(model: SourceModel, fn: FunctionModel | undefined): boolean {
  if (fn === undefined || fn.name === '') { return false; }
  return indexOf(model).calls.some(({ node, site }) => lastName(node.callee) === 'set_time_alert' && rolesOf(model, node, site).includes('clock.timer') && node.args.some(({ value }) => lastName(value) === fn.name));
}

// --------------------------------------------------------------------- promises

/** `closeAll().catch(() => {})`, `flatten().catch(console.error); halted = true;`. */
function caught(model: SourceModel, node: Extract<Stmt, { kind: 'expression' }>, site: Site): readonly SwallowedClose[] {
  const call = calledIn(node.value);
  if (call?.callee.kind !== 'member' || call.callee.property !== 'catch' || (site.function !== undefined && CLEANUP.test(site.function.name))) { return []; }
  const close = call.callee.object.kind === 'await' ? call.callee.object.operand : call.callee.object;
  const handler = call.args[0]?.value;
  if (close.kind !== 'call' || !closes(model, close, site) || handler === undefined) { return []; }
  const fn = handler.kind === 'lambda' ? model.functions[handler.function] : undefined;
  const how = fn === undefined ? (/^(?:log|error|warn)$/.test(lastName(handler) ?? '') ? 'told' : /^noop$/.test(lastName(handler) ?? '') ? 'silent' : undefined)
    : passesOver(model, fn.body.flatMap((statement): readonly Stmt[] => (statement.kind === 'return' ? (statement.value?.kind === 'call' ? [{ kind: 'expression', value: statement.value, start: statement.start, end: statement.end }] : statement.value === undefined || statement.value.kind === 'literal' ? [] : [statement]) : [statement])), { ...site, function: fn });
  if (how === undefined) { return []; }
  const at = { start: call.callee.propertySpan.start, end: call.end };
  const way = wayTo(site.function?.body ?? model.body, node);
  const last = way[way.length - 1];
  const set = last === undefined ? undefined : stateSet(model, last.block.slice(last.index + 1), site.function);
  if (set !== undefined) { return [{ kind: 'latched', at, close, set }]; }
  return how === 'silent' ? [{ kind: 'silent', at, close }] : [];
}
