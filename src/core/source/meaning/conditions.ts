/**
 * Conditions: is a branch rare, or does it run on most events?
 *
 * A guard is claimed for what happens now and then: a new bar, every n-th event, a throttle, an error, a signal, a
 * switch that is off, the first time. No guard is claimed for what holds on most events once it holds: data is there
 * (`tick is not None`), the strategy is warm, running, in its session; and for what stays true once entered (a loss
 * limit that is crossed, a flag nobody resets, the hours after a cut-off), unless the branch itself ends it.
 * A condition that cannot be told counts as a signal: rules stay silent on it.
 */
import { fold } from '../fold.ts';
import type { BooleanExpr, Call, Compare, Expr, FunctionModel, Member, SourceModel } from '../model.ts';
import type { GuardKind } from '../link/summary.ts';
import { rolesOf } from '../roles.ts';
import { definitionsOf } from '../scope.ts';
import { walkExpression } from '../walk.ts';
import { lastName } from './annotations.ts';
import type { NameSite } from './bindings.ts';
import { keysIn, targetKey, type Effect, type Effects } from './effects.ts';
import { settled } from './held.ts';
import { checkedPointer, judgeMql5 } from './mql5-conditions.ts';
import { mayChange, stateOf } from './state.ts';
import {
  DECISION_WORDS,  BAR_WORDS, CLOCK_WORDS, DATA_WORDS, ERROR_WORDS, EVENT_WORDS, FEED_WORDS, IDENTITY_WORDS, LIMIT_WORDS, NEUTRAL_WORDS, PERMISSION_WORDS,
  QUOTE_WORDS, STAMP_WORDS, SUCCESS_WORDS, TRADE_WORDS, WARMUP_WORDS, mentions, textWords, wordsIn, wordsOf,
} from './words.ts';

/** What stands under the condition, and how it got there. */
export interface Setting {
  readonly model: SourceModel;
  readonly fn: FunctionModel;
  readonly site: NameSite;
  /** Of the branch, or of what follows an early exit. */
  readonly effects: Effects;
  /** False where nothing in the function changes what the condition asks about. */
  readonly mayEnd: boolean;
  /** `exit`: the other branch leaves the function or the loop round. */
  readonly form: 'branch' | 'exit';
  /** Of an exit: the leaving branch does work of its own, so it is the event and what follows is the rest. */
  readonly exitWorks: boolean;
}

type Verdict = GuardKind | undefined;
/** Conditions nested deeper than people write them are not judged. */
const MAX_DEPTH = 40;

/**
 * The guard that holds where a condition is true (`taken`) or false.
 * @returns undefined where the branch runs on most events, or for good once entered.
 */
export function classify(test: Expr, taken: boolean, setting: Setting, depth = 0): Verdict {
  if (depth > MAX_DEPTH) { return 'signal'; }
  if (test.kind === 'unary' && test.op === 'not') { return classify(test.operand, !taken, setting, depth + 1); }
  const inner = settled(test);
  if (inner !== test) { return classify(inner, taken, setting, depth + 1); }
  if (test.kind === 'boolean') { return classifyBoolean(test, taken, setting, depth); }
  if (test.kind === 'unknown' && test.syntax === 'named_expression' && test.parts[1] !== undefined) {
    return classify(test.parts[1], taken, setting, depth + 1);
  }
  const said = test.kind === 'compare' ? trueOperand(test) : undefined;
  if (said !== undefined) { return classify(said, taken, setting, depth + 1); }
  const constant = constantTruth(test, setting);
  if (constant !== undefined) { return constant === taken ? undefined : 'flag-off'; }
  const alias = aliasOf(test, setting);
  if (alias !== undefined) { return classify(alias, taken, setting, depth + 1); }
  return named(judge(test, taken, setting), setting);
}

/** A signal that is asked for by leaving early is called what it looks like. */
function named(verdict: Verdict, setting: Setting): Verdict {
  return verdict === 'signal' && setting.form === 'exit' ? 'early-return' : verdict;
}

function classifyBoolean(test: BooleanExpr, taken: boolean, setting: Setting, depth: number): Verdict {
  const verdicts = test.operands.map((operand) => classify(operand, taken, setting, depth + 1));
  // All parts must hold: one rare part makes the whole rare. Any part is enough: all must be rare.
  if ((test.op === 'and') === taken) { return verdicts.find((verdict) => verdict !== undefined); }
  return verdicts.every((verdict) => verdict !== undefined) ? verdicts[0] : undefined;
}

/** The truth of a condition that is fixed before the program runs: `DEBUG = False`, `verbose: bool = False`. */
function constantTruth(test: Expr, setting: Setting): boolean | undefined {
  const { model, site } = setting;
  if (test.kind === 'compare' && test.operands.some((operand) => operand.kind === 'name' && isParameter(operand.name, setting))) {
    return undefined;
  }
  const value = fold(model, test, site)?.value;
  if (typeof value === 'boolean') { return value; }
  // A number as a switch (`LOG_EVERY = 0`); `None` and texts are defaults to be replaced, not switches.
  return typeof value === 'number' && test.kind !== 'compare' ? value !== 0 : undefined;
}

function isParameter(name: string, setting: Setting): boolean {
  return definitionsOf(setting.model, name, setting.site).some((definition) => definition.parameter !== undefined);
}

/** The condition behind a local name: `is_new = bar.ts != self.last`, `if is_new:`. */
function aliasOf(test: Expr, setting: Setting): Expr | undefined {
  if (test.kind !== 'name') { return undefined; }
  const definitions = definitionsOf(setting.model, test.name, setting.site, test.start);
  const only = definitions.length === 1 && definitions[0]?.function === setting.fn ? definitions[0] : undefined;
  const kind = only?.value?.kind;
  const logical = kind === 'compare' || kind === 'boolean' || (kind === 'unary' && only?.value?.kind === 'unary' && only.value.op === 'not');
  return only?.op === undefined && logical ? only?.value : undefined;
}

function judge(test: Expr, taken: boolean, setting: Setting): Verdict {
  const ended = endedByBranch(test, taken, setting);
  if (ended !== undefined) { return ended; }
  const answer = judgeMql5(test, taken, setting);
  if (answer !== undefined) { return answer.rare; }
  switch (test.kind) {
    case 'compare':
      return judgeCompare(test, taken, setting);
    case 'binary':
      // A bare remainder is true on all but every n-th event.
      return test.ops.includes('%') ? everyNth(test, !taken, setting) : 'signal';
    case 'call':
      return judgeCall(test, taken, setting);
    case 'name':
    case 'member':
      return judgeValue(test, taken, setting);
    case 'index':
      return judgeWords(test, taken, setting);
    default:
      return 'signal';
  }
}

// ------------------------------------------------------- branches that end themselves

/** A branch that changes what it was entered for runs once: a flag it sets, a stamp it renews, a counter it resets. */
function endedByBranch(test: Expr, taken: boolean, setting: Setting): Verdict {
  if (!setting.mayEnd) { return undefined; }
  const { assigned } = setting.effects;
  if (assigned.size === 0) { return undefined; }
  for (const key of keysIn(test)) {
    const effects = assigned.get(key);
    if (effects === undefined || !mayChange(setting.model, setting.fn, key, setting.site)) { continue; }
    if (effects.some((effect) => flips(test, key, effect, taken, setting))) { return endKind(test, setting); }
  }
  return undefined;
}

function endKind(test: Expr, setting: Setting): GuardKind {
  if (test.kind !== 'compare') { return 'once'; }
  const words = wordsIn(setting.model, test, setting.site);
  const equality = test.ops.some((op) => op === '==' || op === '!=');
  if (equality) { return mentions(words, BAR_WORDS) ? 'new-bar' : 'signal'; }
  // `if ts in self.seen: return`, then `self.seen.add(ts)`: once for each.
  if (test.ops.some((op) => op === 'in' || op === 'not in')) { return 'once'; }
  if (differenceIn(test, setting) || mentions(words, STAMP_WORDS)) { return 'throttle'; }
  return /count|counter|ticks|\bn\b/.test([...words].join(' ')) ? 'modulo' : 'once';
}

function flips(test: Expr, key: string, effect: Effect, taken: boolean, setting: Setting): boolean {
  if (test.kind === 'name' || test.kind === 'member') { return flipsTruth(effect, taken, setting); }
  if (test.kind !== 'compare') { return false; }
  const [op] = test.ops;
  const none = test.operands.find((operand) => operand.kind === 'literal' && operand.type === 'none');
  if (none !== undefined) {
    const wantsNone = (op === 'is' || op === '==') === taken;
    const givesNone = effect.value?.kind === 'literal' && effect.value.type === 'none';
    return effect.op === undefined && wantsNone !== givesNone;
  }
  if (op === 'in' || op === 'not in') { return (op === 'not in') === taken && (effect.op === 'add' || effect.op === 'item'); }
  if (effect.op === 'add') { return false; }
  // `len(self.rows) >= 500` ends with `self.rows.clear()`.
  if (effect.op === 'clear') { return isGrown(test, taken, setting.model); }
  // `now - self.last[symbol] > 1` ends with `self.last[symbol] = now`; the length of a dict says nothing of its items.
  if (effect.op === 'item') { return op === '==' || op === '!=' ? (op === '!=') === taken : differenceIn(test, setting); }
  if (effect.op !== undefined) { return countsTowards(test, key, taken); }
  // Storing the value that was compared makes the two equal: only a branch taken for their difference ends.
  if (op === '==' || op === '!=') { return (op === '!=') === taken; }
  return true;
}

function flipsTruth(effect: Effect, taken: boolean, setting: Setting): boolean {
  if (effect.op !== undefined || effect.value === undefined) { return false; }
  const value = fold(setting.model, effect.value, setting.site)?.value;
  if (value === undefined) { return !taken; }
  return (value !== null && value !== false && value !== 0 && value !== '') !== taken;
}

/** `if self.shown < 5: self.shown += 1` ends by counting. */
function countsTowards(test: Compare, key: string, taken: boolean): boolean {
  const [op] = test.ops;
  const left = test.operands[0];
  const onLeft = left !== undefined && targetKey(left) === key;
  const smaller = (op === '<' || op === '<=' || op === '==') === onLeft;
  return smaller === taken;
}

// ------------------------------------------------------------------- comparisons

function judgeCompare(test: Compare, taken: boolean, setting: Setting): Verdict {
  const { model, site } = setting;
  if (test.ops[0] === 'instanceof') { return mentions(wordsIn(model, test, site), ERROR_WORDS) ? 'error' : taken ? undefined : 'signal'; }
  const remainder = test.operands.find((operand) => operand.kind === 'binary' && operand.ops.includes('%'));
  const [op] = test.ops;
  const equal = (op === '==' || op === 'is' || op === 'in') === taken;
  const isEquality = op === '==' || op === '!=' || op === 'is' || op === 'is not' || op === 'in' || op === 'not in';
  if (remainder?.kind === 'binary' && (op === '==' || op === '!=')) { return everyNth(remainder, equal, setting); }
  const other = presenceOperand(test);
  if (other !== undefined) { return judgeValue(other, !equal, setting); }
  const words = wordsIn(model, test, site);
  if (isEquality) { return judgeEquality(test, equal, words, setting); }
  return judgeOrder(test, taken, words, setting);
}

/** `x` of `x is None`, `x == 0`, `x is not False`. */
function presenceOperand(test: Compare): Expr | undefined {
  const pointer = checkedPointer(test);
  if (pointer !== undefined) { return pointer; }
  if (test.operands.length !== 2 || !['is', 'is not', '==', '!='].includes(test.ops[0]!)) { return undefined; }
  const [left, right] = test.operands as [Expr, Expr];
  return isAbsence(right) ? left : isAbsence(left) ? right : undefined;
}

/** `x` of `x == true`, which a flag is asked in MQL5. */
function trueOperand(test: Compare): Expr | undefined {
  const [left, right] = test.operands;
  return test.operands.length === 2 && test.ops[0] === '==' && right?.kind === 'literal' && right.value === true && left?.kind === 'name' ? left : undefined;
}

function isAbsence(expr: Expr): boolean {
  return expr.kind === 'literal' && (expr.type === 'none' || expr.value === false || expr.value === 0 || expr.value === '');
}

/** `n % 500 == 0` is rare where equality is asked for; `n % 1` is not. */
function everyNth(remainder: Expr & { readonly kind: 'binary' }, equal: boolean, setting: Setting): Verdict {
  const divisor = remainder.operands[remainder.operands.length - 1]!;
  return equal && fold(setting.model, divisor, setting.site)?.value !== 1 ? 'modulo' : undefined;
}

function judgeEquality(test: Compare, equal: boolean, words: ReadonlySet<string>, setting: Setting): Verdict {
  if (mentions(words, ERROR_WORDS) || mentions(words, SUCCESS_WORDS)) { return mentions(words, ERROR_WORDS) || !equal ? 'error' : 'signal'; }
  const stored = [...words].some((word) => word === 'last' || word === 'prev' || word === 'previous');
  // The value of last time: different is the event, equal is the rule.
  if (stored) { return equal ? undefined : mentions(words, BAR_WORDS) ? 'new-bar' : 'signal'; }
  if (test.operands.some((operand) => isNeutral(operand, setting))) { return equal ? undefined : 'signal'; }
  if (mentions(words, EVENT_WORDS)) { return equal ? 'signal' : setting.form === 'exit' && !setting.exitWorks ? 'signal' : undefined; }
  // Only one instrument's events pass: they are the events of this handler.
  if (equal && !countedByCall(test) && test.operands.some((operand) => operand.kind !== 'literal' && mentions(textWords(setting.model, operand, setting.site), IDENTITY_WORDS))) {
    return judgeType(test);
  }
  return setting.form === 'exit' && setting.exitWorks && !equal ? undefined : 'signal';
}

/** `iBarShift(Symbol(), 0, opened) == 6`: the instrument is only what is asked about. */
function countedByCall(test: Compare): boolean {
  return test.operands.some((operand) => operand.kind === 'literal' && operand.type === 'number') && test.operands.some((operand) => operand.kind === 'call' && operand.args.length > 1);
}

/** `msg["type"] == "ticker"`: one kind of message among others, of which only market data comes all the time. */
function judgeType(test: Compare): Verdict {
  const literal = test.operands.find((operand) => operand.kind === 'literal' && operand.type === 'string');
  return literal?.kind !== 'literal' || mentions(new Set(wordsOf(String(literal.value))), FEED_WORDS) ? undefined : 'signal';
}

function isNeutral(operand: Expr, setting: Setting): boolean {
  if (operand.kind === 'literal') { return NEUTRAL_WORDS.has(String(operand.value).toLowerCase()); }
  return operand.kind === 'member' && mentions(wordsIn(setting.model, operand, setting.site), NEUTRAL_WORDS)
    && /^[A-Z][A-Z_0-9]*$/.test(operand.property);
}

function judgeOrder(test: Compare, taken: boolean, words: ReadonlySet<string>, setting: Setting): Verdict {
  const length = test.operands.find((operand) => measuredBy(operand, setting.model) !== undefined);
  if (length !== undefined) { return judgeLength(length, test, taken, setting.model); }
  if (mentions(words, WARMUP_WORDS)) { return undefined; }
  if (differenceIn(test, setting) && mentions(words, STAMP_WORDS) && !mentions(words, LIMIT_WORDS)) { return judgeElapsed(test, taken, setting); }
  if (setting.effects.ends) { return 'once'; }
  if (mentions(words, LIMIT_WORDS)) { return mentions(words, TRADE_WORDS) ? 'signal' : undefined; }
  if (isTimeOfDay(test, words, setting)) { return undefined; }
  const positive = aboveZero(test, taken);
  if (positive !== undefined) { return positive ? undefined : 'error'; }
  if (mentions(words, ERROR_WORDS)) { return 'error'; }
  return setting.form === 'exit' && setting.exitWorks ? undefined : 'signal';
}

/** `len(x)`; in MQL5 the bars of a chart and the items of an array. */
function isLength(call: Call, model: SourceModel): boolean {
  return model.language === 'mql5' ? call.callee.kind === 'name' && MQL_LENGTHS.has(call.callee.name) : isName(call.callee, 'len');
}

const MQL_LENGTHS: ReadonlySet<string> = new Set(['ArraySize', 'Bars', 'iBars', 'BarsCalculated', 'StringLen']);

function isName(expr: Expr, name: string): boolean {
  return expr.kind === 'name' && expr.name === name;
}

/** What `len(x)`, `x.length` and `x.size` measure. */
function measuredBy(expr: Expr, model: SourceModel): Expr | undefined {
  if (expr.kind === 'call') { return isLength(expr, model) ? expr.args[0]?.value : undefined; }
  return expr.kind === 'member' && (expr.property === 'length' || expr.property === 'size') && expr.object.kind !== 'call' ? lengthOf(expr) : undefined;
}

/** `size` is a number of things only of what is named like many: `order.size` is a size. */
function lengthOf(expr: Member): Expr | undefined {
  return expr.property === 'length' || /s$|queue|buffer|history|window|map/i.test(lastName(expr.object) ?? '') ? expr.object : undefined;
}

/** A window fills up and stays full; a list of signals is mostly empty. */
function judgeLength(length: Expr, test: Compare, taken: boolean, model: SourceModel): Verdict {
  const [op] = test.ops;
  const first = test.operands[0] === length;
  const grown = (op === '>' || op === '>=') === first === taken;
  if (mentions(ownWords(measuredBy(length, model)), EVENT_WORDS)) { return grown ? 'signal' : undefined; }
  return grown ? undefined : 'warm-up';
}

/** True for a length that has to be at least something. */
function isGrown(test: Compare, taken: boolean, model: SourceModel): boolean {
  const length = test.operands.find((operand) => measuredBy(operand, model) !== undefined);
  return length !== undefined && (test.ops[0] === '>' || test.ops[0] === '>=') === (test.operands[0] === length) === taken;
}

/** The words of what an expression names last: `orders inflight` of `self.cache.orders_inflight(x)`. */
function ownWords(expr: Expr | undefined): ReadonlySet<string> {
  const named = expr?.kind === 'call' ? expr.callee : expr;
  return new Set(wordsOf((named === undefined ? undefined : lastName(named)) ?? ''));
}

/** A reading of the market (`book.spread()`, `bid_size`): there on nearly every event. */
function isReading(expr: Expr): boolean {
  const words = ownWords(isProperty(expr) ? expr.args[expr.args.length - 1]?.value : expr);
  return mentions(words, QUOTE_WORDS) && !mentions(words, EVENT_WORDS);
}

/** `SymbolInfoDouble(_Symbol, SYMBOL_BID)`: what is read stands in the last place. */
function isProperty(expr: Expr): expr is Call {
  return expr.kind === 'call' && expr.callee.kind === 'name' && /^(?:Symbol|Account)Info(?:Double|Integer)$/.test(expr.callee.name);
}

/** A difference of two values somewhere in the comparison: `now - self.last`. */
function differenceIn(test: Compare, setting: Setting): boolean {
  return test.operands.some((operand) => {
    let found = false;
    walkExpression(operand, (expr) => {
      if (expr.kind === 'binary' && expr.ops.includes('-')) { found = true; }
      if (expr.kind === 'name') {
        const definitions = definitionsOf(setting.model, expr.name, setting.site, expr.start);
        const value = definitions.length === 1 ? definitions[0]?.value : undefined;
        walkExpression(value ?? expr, (part) => { if (part.kind === 'binary' && part.ops.includes('-')) { found = true; } });
      }
    });
    return found;
  });
}

/**
 * Time since something: long enough ago is the rule, unless the stamp is renewed here (then it is a throttle, which
 * `endedByBranch` has seen, or renewed on the rest of the path).
 */
function judgeElapsed(test: Compare, taken: boolean, setting: Setting): Verdict {
  const [op] = test.ops;
  const long = (op === '>' || op === '>=') === taken;
  if (!long) { return undefined; }
  const renewed = [...keysIn(test)].some((key) => stateOf(setting.model, setting.fn, key, setting.site).assignedHere);
  return renewed ? 'throttle' : setting.form === 'exit' ? undefined : 'signal';
}

/** `bid_size > 0`: a price or a size is positive wherever there is a market. */
function aboveZero(test: Compare, taken: boolean): boolean | undefined {
  const [left, right] = test.operands;
  const [op] = test.ops;
  if (test.operands.length !== 2 || left === undefined || right?.kind !== 'literal' || right.value !== 0 || !isReading(left)) { return undefined; }
  return (op === '>' || op === '>=') === taken;
}

const CLOCK_READINGS: ReadonlySet<string> = new Set(['time', 'getHours', 'getMinutes', 'getUTCHours', 'getUTCMinutes', 'hour', 'minute', 'hours', 'minutes']);

/** `now.hour >= 16`, `t >= self.cutoff`: true for the rest of the day. */
function isTimeOfDay(test: Compare, words: ReadonlySet<string>, setting: Setting): boolean {
  if (!mentions(words, CLOCK_WORDS)) { return false; }
  return test.operands.some((operand) => {
    if (operand.kind === 'member' && ['hour', 'minute'].includes(operand.property)) { return true; }
    if (operand.kind !== 'call') { return fold(setting.model, operand, setting.site) !== undefined || mentionsCutoff(operand, setting); }
    return operand.callee.kind === 'member' ? CLOCK_READINGS.has(operand.callee.property) : isName(operand.callee, 'time');
  });
}

function mentionsCutoff(operand: Expr, setting: Setting): boolean {
  const words = wordsIn(setting.model, operand, setting.site);
  return ['cutoff', 'deadline', 'eod'].some((word) => words.has(word));
}

// ------------------------------------------------------------- calls and plain values

function judgeCall(test: Call, taken: boolean, setting: Setting): Verdict {
  const { model, site } = setting;
  const roles = rolesOf(model, test, site);
  if (roles.includes('warm-up')) { return taken ? undefined : 'warm-up'; }
  if (roles.includes('permission')) { return taken ? undefined : 'signal'; }
  // It was sent, so this was no ordinary event, or it failed.
  if (roles.some((role) => role.startsWith('order.') && role !== 'order.check')) { return taken ? 'signal' : 'error'; }
  if (isName(test.callee, 'isinstance') || isName(test.callee, 'hasattr') || isName(test.callee, 'callable')) {
    if (mentions(wordsIn(model, test, site), ERROR_WORDS)) { return 'error'; }
    // `isinstance(data, RebalanceOrders)`: what somebody decided, handed on as data.
    const asked = test.args[1]?.value;
    return !taken || (asked !== undefined && mentions(wordsIn(model, asked, site), DECISION_WORDS)) ? 'signal' : undefined;
  }
  if (isName(test.callee, 'len') || isName(test.callee, 'bool')) {
    const value = test.args[0]?.value;
    // One level: nobody writes `bool(len(bool(x)))`, and nesting has no end.
    return value?.kind === 'name' || value?.kind === 'member' ? judgeValue(value, taken, setting) : 'signal';
  }
  // What kind of function it is does not change from event to event: each branch may be the one that always runs.
  if (/^is(?:coroutine|coroutinefunction|awaitable)$/.test(lastName(test.callee) ?? '')) { return undefined; }
  if (test.callee.kind === 'member' && test.callee.property === 'isEnabledFor') { return taken ? 'flag-off' : undefined; }
  return judgeWords(test, taken, setting);
}

/** By the words of a call or an item, where nothing else tells. */
function judgeWords(test: Expr, taken: boolean, setting: Setting): Verdict {
  if (isReading(test)) { return taken ? undefined : 'error'; }
  const words = wordsIn(setting.model, test, setting.site);
  if (words.has('new') && mentions(words, BAR_WORDS)) { return taken ? 'new-bar' : undefined; }
  if (words.has('bar') && (words.has('closed') || words.has('changed'))) { return taken ? 'new-bar' : undefined; }
  if (words.has('throttle') || words.has('throttled') || words.has('every')) { return 'throttle'; }
  if (mentions(words, WARMUP_WORDS)) { return taken ? undefined : 'warm-up'; }
  if (mentions(words, ERROR_WORDS)) { return taken ? 'error' : undefined; }
  if (permits(test)) { return taken ? undefined : 'signal'; }
  if (mentions(words, EVENT_WORDS)) { return taken || setting.form === 'exit' && !setting.exitWorks ? 'signal' : undefined; }
  if (mentions(words, SUCCESS_WORDS)) { return taken ? undefined : 'error'; }
  if (mentions(words, PERMISSION_WORDS)) { return taken ? undefined : 'signal'; }
  return setting.form === 'exit' && setting.exitWorks ? undefined : 'signal';
}

/** The truth, or the presence, of a name or attribute. */
function judgeValue(test: Expr, taken: boolean, setting: Setting): Verdict {
  const { model, site, fn } = setting;
  if (test.kind === 'compare' || test.kind === 'boolean') { return 'signal'; }
  const key = targetKey(test);
  if (key === undefined) { return test.kind === 'call' ? judgeCall(test, taken, setting) : judgeWords(test, taken, setting); }
  const state = stateOf(model, fn, key, site);
  if (state.flag !== undefined) { return state.flag === 'both' && saysState(test, setting) ? undefined : judgeFlag(state.flag, taken, setting); }
  const words = wordsIn(model, test, site);
  if (mentions(words, WARMUP_WORDS)) { return taken ? undefined : 'warm-up'; }
  if (mentions(words, ERROR_WORDS)) { return taken ? 'error' : undefined; }
  // The event itself, or what the constructor and the start of the strategy put there: present is the rule.
  if (state.given) { return taken ? undefined : 'error'; }
  const roles = state.value?.kind === 'call' ? rolesOf(model, state.value, site) : [];
  if (roles.includes('position.read')) { return 'signal'; }
  if (roles.includes('data.read') || isReading(test)) { return taken ? undefined : 'error'; }
  if (permits(test)) { return taken ? undefined : 'signal'; }
  // What the last name says comes first: `event.data` is data, not an event.
  if (test.kind === 'member' && mentions(ownWords(test), DATA_WORDS) && !mentions(ownWords(test), EVENT_WORDS)) { return taken ? undefined : 'signal'; }
  if (mentions(words, EVENT_WORDS)) { return taken || setting.form === 'exit' && !setting.exitWorks ? 'signal' : undefined; }
  if (mentions(words, SUCCESS_WORDS)) { return taken ? undefined : 'error'; }
  // What the last name says: `tick.is_snapshot` is no tick.
  const last = ownWords(test);
  if (mentions(last, DATA_WORDS) || mentions(last, PERMISSION_WORDS)) { return taken ? undefined : 'signal'; }
  return setting.form === 'exit' && setting.exitWorks ? undefined : 'signal';
}

/** `can_trade`, `mayTrade()`: a permission, which is there on nearly every event; `should_trade` is a decision. */
function permits(test: Expr): boolean {
  const words = wordsOf(lastName(test.kind === 'call' ? test.callee : test) ?? '');
  return (words[0] === 'can' || words[0] === 'may') && words[1] === 'trade';
}

/**
 * `isLongEntry`, `g_RangeCalculated`: a flag of an expert that is raised and lowered elsewhere, and in between holds for as
 * long as the trade or the range does. One whose branch trades is a signal, whatever it is called.
 */
function saysState(test: Expr, setting: Setting): boolean {
  if (setting.model.language !== 'mql5' || setting.effects.trades || setting.effects.ends) { return false; }
  const words = wordsOf(lastName(test) ?? '');
  const held = words.some((word) => word === 'position' || word === 'trade' || word === 'long' || word === 'short' || word === 'entry');
  const [first] = words[0] === 'g' || words[0] === 'm' ? words.slice(1) : words;
  return (held && (first === 'is' || first === 'in' || first === 'has')) || words.some((word) => READY.has(word));
}

const READY: ReadonlySet<string> = new Set(['calculated', 'computed', 'formed', 'defined', 'established']);

/** A flag of the class, by where it is raised and lowered. */
function judgeFlag(flag: 'raised' | 'lowered' | 'always' | 'never' | 'both', taken: boolean, setting: Setting): Verdict {
  // What follows once the strategy was stopped does not repeat.
  if (setting.effects.ends) { return 'once'; }
  switch (flag) {
    case 'always': return taken ? undefined : 'flag-off';
    case 'never': return taken ? 'flag-off' : undefined;
    // Set once and kept: on before and after, both states last.
    case 'raised': case 'lowered': return undefined;
    case 'both': return 'signal';
  }
}
