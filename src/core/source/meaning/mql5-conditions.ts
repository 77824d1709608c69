/**
 * Conditions of MQL5 that their words alone would misread: the answers of MetaTrader's own functions, and what holds for
 * a whole day. Source: the MQL5 reference (`INVALID_HANDLE`, `CopyBuffer` and its like, `MQLInfoInteger`, `CheckPointer`).
 */
import { fold } from '../fold.ts';
import type { GuardKind } from '../link/summary.ts';
import type { Call, Compare, Expr, SourceModel } from '../model.ts';
import { definitionsOf } from '../scope.ts';
import type { NameSite } from './bindings.ts';
import { mentions, wordsIn, wordsOf } from './words.ts';

/** Where the condition stands. */
interface Place {
  readonly model: SourceModel;
  readonly site: NameSite;
}

/** `rare` names the guard; without it the branch runs on most events, or for good. */
export interface Answer {
  readonly rare?: GuardKind;
}

const RULE: Answer = {};
const FAILED: Answer = { rare: 'error' };
const SIGNAL: Answer = { rare: 'signal' };

/** Properties of the program that are true in the strategy tester alone, never on an account. */
const TESTER: ReadonlySet<string> = new Set(['MQL_TESTER', 'MQL_OPTIMIZATION', 'MQL_VISUAL_MODE', 'MQL_FORWARD', 'MQL_FRAME_MODE', 'MQL_PROFILER', 'MQL_DEBUG']);
/** The same of MQL4, as functions. */
const TESTER_CALLS: ReadonlySet<string> = new Set(['IsTesting', 'IsOptimization', 'IsVisualMode']);
/** Functions that look up what is known to be there: one position, order or deal, a margin, the last quote. */
const TICKET_CALLS: ReadonlySet<string> = new Set(['PositionSelectByTicket', 'OrderSelect', 'HistoryOrderSelect', 'HistoryDealSelect', 'OrderCalcMargin', 'OrderCalcProfit', 'SymbolInfoTick']);
const INFO_CALLS: ReadonlySet<string> = new Set(['MQLInfoInteger', 'MQL5InfoInteger', 'MQL4InfoInteger']);

/**
 * What is known of a condition that is asked (`taken`) or denied.
 * @returns undefined where nothing of MetaTrader is in it.
 */
export function judgeMql5(test: Expr, taken: boolean, place: Place): Answer | undefined {
  if (place.model.language !== 'mql5') { return undefined; }
  if (asksForTester(test, place)) { return taken ? { rare: 'flag-off' } : RULE; }
  // What was just counted cannot be selected: an error. That it can says nothing.
  if (!taken && test.kind === 'call' && TICKET_CALLS.has(nameOf(test.callee))) { return FAILED; }
  // The library's `symbol.RefreshRates()` and `account.Refresh()` give true wherever there is a market.
  if (test.kind === 'call' && test.callee.kind === 'member' && /^Refresh(?:Rates)?$/.test(test.callee.property)) { return taken ? RULE : FAILED; }
  const flat = asksForPosition(test);
  if (flat !== undefined) { return flat === taken ? SIGNAL : RULE; }
  const closed = test.kind === 'call' ? asksForClosed(nameOf(test.callee)) : undefined;
  if (closed !== undefined) { return closed === taken ? SIGNAL : RULE; }
  if (test.kind !== 'compare' || test.operands.length !== 2) { return undefined; }
  const failed = meansFailure(test, place);
  if (failed !== undefined) { return failed === taken ? FAILED : RULE; }
  return judgeDay(test, taken, place) ?? judgeSpread(test, taken, place);
}

/** Whether a test is true while a position is open: a program is flat for many ticks. Undefined where it asks for neither. */
function asksForPosition(test: Expr): boolean | undefined {
  if (test.kind === 'call') { return SELECTS.has(test.callee.kind === 'member' ? test.callee.property : nameOf(test.callee)) || undefined; }
  if (test.kind !== 'compare' || test.operands.length !== 2) { return undefined; }
  const [count, zero] = test.operands as [Expr, Expr];
  if (count.kind !== 'call' || !COUNTS.has(nameOf(count.callee)) || zero.kind !== 'literal') { return undefined; }
  const [op] = test.ops;
  if (zero.value === 0) { return op === '>' || op === '!=' ? true : op === '==' || op === '<=' ? false : undefined; }
  return zero.value === 1 ? (op === '>=' ? true : op === '<' ? false : undefined) : undefined;
}

const SELECTS: ReadonlySet<string> = new Set(['PositionSelect', 'SelectBySymbol', 'SelectByMagic']);
const COUNTS: ReadonlySet<string> = new Set(['PositionsTotal', 'OrdersTotal']);

/** `IsMarketOpen()`, `IsMarketQuoteClosed()`: whether it asks for a market that is closed, which brings hardly a tick; undefined if for neither. */
function asksForClosed(name: string): boolean | undefined {
  const words = new Set(wordsOf(name));
  if (!words.has('market') || mentions(words, ORDER_WORDS)) { return undefined; }
  return words.has('closed') ? true : words.has('open') ? false : undefined;
}

const ORDER_WORDS: ReadonlySet<string> = new Set(['order', 'orders', 'position', 'positions', 'price', 'buy', 'sell', 'before', 'after']);

/** `x` of `CheckPointer(x) == POINTER_INVALID`. */
export function checkedPointer(test: Compare): Expr | undefined {
  if (!test.operands.some((operand) => operand.kind === 'name' && operand.name === 'POINTER_INVALID')) { return undefined; }
  const call = test.operands.find((operand): operand is Call => operand.kind === 'call' && operand.callee.kind === 'name' && operand.callee.name === 'CheckPointer');
  return call?.args[0]?.value;
}

function asksForTester(test: Expr, { model, site }: Place): boolean {
  if (test.kind === 'name') {
    const definitions = definitionsOf(model, test.name, site);
    const value = definitions.length === 1 ? definitions[0]?.value : undefined;
    return value?.kind === 'call' && isTesterCall(value);
  }
  return test.kind === 'call' && isTesterCall(test);
}

function isTesterCall({ callee, args }: Call): boolean {
  if (callee.kind !== 'name') { return false; }
  if (TESTER_CALLS.has(callee.name)) { return args.length === 0; }
  // `(bool)MQLInfoInteger(…)` and `bool(…)` ask the same.
  const only = args.length === 1 ? args[0]?.value : undefined;
  if (callee.name === 'bool') { return only?.kind === 'call' && only !== undefined && INFO_CALLS.has(nameOf(only.callee)) && isTesterCall(only); }
  return INFO_CALLS.has(callee.name) && TESTER.has(nameOf(only));
}

function nameOf(expr: Expr | undefined): string {
  return expr?.kind === 'name' ? expr.name : '';
}

/** Whether a comparison is true where a handle is missing or a copy failed; undefined if it asks about neither. */
function meansFailure(test: Compare, place: Place): boolean | undefined {
  const [left, right] = test.operands as [Expr, Expr];
  const [op] = test.ops as [string];
  if (nameOf(left) === 'INVALID_HANDLE' || nameOf(right) === 'INVALID_HANDLE') { return op === '==' ? true : op === '!=' ? false : undefined; }
  const bound = numberOf(right, place);
  if (isCopied(left, place)) {
    if (op === '==') { return bound !== undefined && bound <= 0; }
    if (op === '!=') { return bound === undefined || bound > 0; }
    return op === '<' || op === '<=';
  }
  if (bound === undefined || bound > 0 || !isHandle(left, place)) { return undefined; }
  return op === '<' || op === '<=' || op === '==';
}

function numberOf(expr: Expr, { model, site }: Place): number | undefined {
  const value = fold(model, expr, site)?.value;
  return typeof value === 'number' ? value : undefined;
}

function isHandle(expr: Expr, { model, site }: Place): boolean {
  return (expr.kind === 'name' || expr.kind === 'member') && mentions(wordsIn(model, expr, site), HANDLE_WORDS);
}

const HANDLE_WORDS: ReadonlySet<string> = new Set(['handle', 'handles']);

/** The number of values copied, also kept in a variable: `copied = CopyRates(…)`. */
function isCopied(expr: Expr, { model, site }: Place): boolean {
  if (expr.kind === 'call') { return isCopy(expr); }
  if (expr.kind !== 'name') { return false; }
  return definitionsOf(model, expr.name, site, expr.start).some(({ value }) => value?.kind === 'call' && isCopy(value));
}

/** Functions that tell how many values they have filled in. */
function isCopy(call: Call): boolean {
  return call.callee.kind === 'name' && /^Copy[A-Z]/.test(call.callee.name);
}

/** A week day lasts a day, and the trades of a day that are used up are used up till midnight. */
function judgeDay(test: Compare, taken: boolean, { model, site }: Place): Answer | undefined {
  const words = wordsIn(model, test, site);
  const [op] = test.ops;
  if (op === '==' || op === '!=') {
    if (!words.has('dow') && !words.has('weekday') && !(words.has('day') && words.has('week'))) { return undefined; }
    return (op === '==') === taken ? SIGNAL : RULE;
  }
  const counted = words.has('trades') || words.has('trade') || words.has('orders');
  return counted && mentions(words, DAY_WORDS) && mentions(words, MOST_WORDS) ? RULE : undefined;
}

const DAY_WORDS: ReadonlySet<string> = new Set(['day', 'daily', 'today']);
const MOST_WORDS: ReadonlySet<string> = new Set(['max', 'maximum', 'limit']);

/** A spread is narrow most of the day; that is what its limit is for. One that is too wide is so for many ticks, and repeats what stands there on each. */
function judgeSpread(test: Compare, taken: boolean, { model, site }: Place): Answer | undefined {
  const [op] = test.ops;
  if (op === '==' || op === '!=') { return undefined; }
  const [left, right] = test.operands as [Expr, Expr];
  const onLeft = isSpread(left, model, site);
  if (onLeft === isSpread(right, model, site) || !mentions(wordsIn(model, onLeft ? right : left, site), BOUND_WORDS)) { return undefined; }
  return RULE;
}

const BOUND_WORDS: ReadonlySet<string> = new Set(['max', 'maximum', 'limit', 'allowed', 'filter']);

/** The spread of now: named so, or asked for by its property; no bound of it. */
function isSpread(expr: Expr, model: SourceModel, site: NameSite): boolean {
  const words = wordsIn(model, expr, site);
  return words.has('spread') && !mentions(words, BOUND_WORDS);
}
