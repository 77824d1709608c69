/** Whether a test asks for the time: the clock itself, a part of the day, or a name that says so. */
import type { Compare, Expr, SourceModel } from '../../../core/source/model.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import { expressionsOf, walkExpression } from '../../../core/source/walk.ts';
import { statementsOf } from '../../../core/source/meaning/bindings.ts';
import { deadlineName, hasPhrase, hasWord, saysCloseNow, wordsOf } from '../words.ts';
import { lastName } from '../named.ts';
import type { CallGraph } from './call-graph.ts';

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const TIME_WORDS = list(
  'hour hours hh minute minutes time times clock eod session cutoff deadline rth overnight hhmm timestamp et est edt ny utc elapsed duration seconds timeout expiry expiration expired expire '
  + 'midnight evening closing window schedule intraday tod moc friday weekend weekday dow mins intime overtime curfew daytime',
);
/** Of these, the ones that say nothing of the time of day. */
const LOOSE_WORDS = list('timestamp timeout expiry expiration expired expire window schedule duration elapsed seconds');
/** Words of a day of the week. */
const WEEK_WORDS = list('friday fri weekend weekday dow saturday');
/** What is timed here is no position: new bars, feeds, cool-downs. */
const OTHER_WORDS = list('bar bars candle candles heartbeat stale cooldown cool feed throttle interval poll refresh cache retry backoff reconnect frame timeframe itime connection latency quote aiohttp http');

/** Tells what tests of one file ask for. */
export class TimeTests {
  readonly #model: SourceModel;
  readonly #graph: CallGraph;

  constructor(model: SourceModel, graph: CallGraph) {
    this.#model = model;
    this.#graph = graph;
  }

  /** Does the test hang on the time of day, or on how long something took? */
  asksTime(test: Expr, site: NameSite, hops = 0, strict = false): boolean {
    let found = false;
    const skipped = new Set<Expr>();
    walkExpression(test, (expr) => {
      if (found || skipped.has(expr)) { return false; }
      if (expr.kind === 'compare' && isSameness(expr)) { return false; }
      if (expr.kind === 'literal' && typeof expr.value === 'string') { found = /^\d{1,2}:\d{2}/.test(expr.value); return true; }
      const name = expr.kind === 'name' ? expr.name : expr.kind === 'member' ? expr.property : undefined;
      if (name === undefined) { return true; }
      found = saysTime(name, strict) || (hops < 2 && expr.kind === 'name' && this.#valueAsksTime(expr.name, expr.start, site, hops));
      return !found;
    });
    return found || (hops === 0 && this.#answerAsksTime(test, site));
  }

  /** A name whose one value in this function asks for the time: `late = now.hour >= 16`. */
  #valueAsksTime(name: string, at: number, site: NameSite, hops: number): boolean {
    const definitions = definitionsOf(this.#model, name, site, at);
    if (definitions.length === 0 || definitions.length > 3) { return false; }
    return definitions.some(({ value, function: fn }) => value !== undefined && value.kind !== 'lambda' && fn === site.function && (value.kind === 'compare' || value.kind === 'boolean' || value.kind === 'unary' || value.kind === 'binary' || value.kind === 'member' || value.kind === 'name')
      && this.asksTime(value, site, hops + 1));
  }

  /** A function of this file that answers yes or no, and asks for the time to do so: `if (!CanTrade()) CloseAll();`. */
  #answerAsksTime(test: Expr, site: NameSite): boolean {
    return partsOf(test).some((part) => {
      const value = part.kind === 'name' ? definitionsOf(this.#model, part.name, site, part.start).find((one) => one.value !== undefined)?.value : part;
      if (value?.kind !== 'call') { return false; }
      return this.#graph.called(value).some((fn) => [...statementsOf(fn.body)].some((statement) => (statement.kind === 'if' || statement.kind === 'return')
        && expressionsOf(statement).some((expr) => this.asksTime(expr, { ...site, function: fn }, 1))));
    });
  }
}

/** `a and not b` → `a`, `b`. */
function partsOf(test: Expr): readonly Expr[] {
  if (test.kind === 'boolean') { return test.operands.flatMap(partsOf); }
  return test.kind === 'unary' ? partsOf(test.operand) : [test];
}

/** `bar_time != last_time`, `day == self.day`: whether something is new, not what time it is. */
function isSameness(compare: Compare): boolean {
  if (!compare.ops.every((op) => op === '==' || op === '!=' || op === '===' || op === '!==')) { return false; }
  return compare.operands.every((operand) => operand.kind !== 'literal') && !compare.operands.some((operand) => { let clock = false; walkExpression(operand, (expr) => { clock ||= /hour|minute|eod|cutoff|close/i.test(lastName(expr) ?? ''); }); return clock; });
}

/** Does a test measure a length of time: `now - opened > MAX_HOLD`? */
export function asksLength(test: Expr): boolean {
  let length = false;
  walkExpression(test, (expr) => {
    length ||= expr.kind === 'binary' && expr.ops.includes('-') && expr.operands.every((operand) => operand.kind !== 'literal');
    length ||= (expr.kind === 'name' || expr.kind === 'member') && hasWord(wordsOf(lastName(expr) ?? ''), LENGTH_WORDS);
    return !length;
  });
  return length;
}

const LENGTH_WORDS = list('elapsed duration age hold holding held timeout seconds ttl remaining lookback');

/** A state of the position, not the time. */
const STATES = list('is already not has positions position all');
/** `close_positions_on_stop` is a switch, `should_flatten` may be the answer to what time it is. */
const ORDERS_TO_CLOSE = list('should must need needs force forced past after reached requested request required due eod at by deadline cutoff');
const DONE = list('flattened closed done pnl profit loss');

/**
 * Does a name say that it holds or asks for a time? `should_flatten` may do so; where that is not enough, `strict` leaves it out.
 */
export function saysTime(name: string, strict = false): boolean {
  const words = wordsOf(name);
  if (name === 'session' || name === 'sessions') { return false; }
  if (words.includes('now') && words.length <= 2) { return true; }
  if (hasWord(words, OTHER_WORDS) || hasPhrase(words, 'time', 'in', 'force')) { return false; }
  if (strict && hasWord(words, LOOSE_WORDS)) { return false; }
  if (hasWord(words, TIME_WORDS) || hasPhrase(words, 'market', 'close') || hasPhrase(words, 'market', 'closed') || hasPhrase(words, 'market', 'open') || hasPhrase(words, 'trading', 'hours') || hasPhrase(words, 'end', 'of')) { return true; }
  if ((words.includes('max') || words.includes('maximum') || words.includes('min')) && (words.includes('hold') || words.includes('holding') || words.includes('age'))) { return true; }
  if (strict || STATES.has(words[0] ?? '') || hasWord(words, DONE)) { return false; }
  if (!hasWord(words, ORDERS_TO_CLOSE)) { return false; }
  const deadline = deadlineName(name);
  return deadline === 'flat' || deadline === 'end' || saysCloseNow(name);
}

/** Does a name, or a text, say that a day's session ends: `on_session_end`, `eod_close`, `before_market_closes`? */
export function saysDayEnd(name: string): boolean {
  const words = wordsOf(name);
  if (hasWord(words, WEEK_WORDS)) { return false; }
  return hasWord(words, DAY_END) || hasPhrase(words, 'end', 'of', 'day') || hasPhrase(words, 'day', 'end') || hasPhrase(words, 'session', 'end') || hasPhrase(words, 'end', 'of', 'session')
    || hasPhrase(words, 'session', 'close') || hasPhrase(words, 'market', 'closes') || (words.length > 2 && hasPhrase(words, 'market', 'close')) || hasPhrase(words, 'time', 'exit') || hasPhrase(words, 'time', 'stop');
}

const DAY_END = list('eod cutoff deadline overnight squareoff curfew intraday');

/** Does a test let only one day of the week through: `dow == 5`, `IsFriday()`? `weekday >= 5` keeps a weekend out. */
export function asksFriday(test: Expr): boolean {
  let friday = false;
  walkExpression(test, (expr) => {
    const name = expr.kind === 'name' ? expr.name : expr.kind === 'member' ? expr.property : undefined;
    if (name !== undefined && wordsOf(name).some((word) => word === 'friday' || word === 'fri' || word === 'weekend')) { friday = true; }
    if (expr.kind === 'compare' && expr.operands.some((operand) => /day_?of_?week|weekday|\bdow\b|getDay|getUTCDay|DayOfWeek/i.test(lastName(operand) ?? ''))) {
      friday ||= expr.operands.some((operand) => operand.kind === 'literal' && (operand.value === 5 || operand.value === 4));
    }
    return !friday;
  });
  return friday;
}
