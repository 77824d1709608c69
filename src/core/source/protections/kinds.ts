/**
 * What keeps an order from being sent, told by words: drawdown, deadline, size, news, kill switch.
 *
 * A word alone is never enough: `gates.ts` asks here only for conditions that decide whether a place runs, and each
 * condition has a side. `if dd > limit: return` protects what follows, `if dd > limit: buy()` does not.
 */

/** The five guards a desk asks for, in the order reports show them. */
export const PROTECTION_KINDS = ['drawdown', 'deadline', 'size', 'news', 'kill-switch'] as const;
export type ProtectionKind = (typeof PROTECTION_KINDS)[number];

/** The kind as a person reads it. */
export function kindName(kind: ProtectionKind): string {
  return kind === 'kill-switch' ? 'kill switch' : kind;
}

type Words = ReadonlySet<string>;

function list(words: string): Words {
  return new Set(words.split(' '));
}

function has(words: Words, ...any: readonly string[]): boolean {
  return any.some((word) => words.has(word));
}

function mentions(words: Words, among: Words): boolean {
  for (const word of words) { if (among.has(word)) { return true; } }
  return false;
}

/** Limits, as the other side of a comparison is named. */
const LIMIT_WORDS = list('max maximum maxi limit limits cap ceiling allowed allowance threshold floor min minimum budget tolerance trailing cutoff pct percent');
const DRAWDOWN_WORDS = list('drawdown drawdowns dd maxdd ddpct hwm watermark');
const LOSS_WORDS = list('loss losses');
/** One trade's own exit is no account limit; a losing streak counts trades, not money. */
const TRADE_EXIT_WORDS = list('stop sl tp takeprofit stoploss take streak consecutive row count atr');
const MONEY_WORDS = list('equity balance pnl profit room headroom remaining buffer nav');
const ACCOUNT_WORDS = list('daily day today max maximum total overall limit account session weekly monthly net realized realised trailing floor peak start initial starting threshold cushion');
const SIZE_WORDS = list('size sizes qty quantity quantities contracts contract lots lot exposure notional leverage position positions volume margin');
const SIZE_CONTEXT = list('order position trade lot lots contract contracts max maximum limit cap');
/** What a size is of, where it is no order's: the market's depth, a buffer's length. */
const NO_SIZE_WORDS = list('bid ask book level bar bars candle history window buffer queue tick average avg ma median batch chunk mean prev previous ratio');
/** The broker's own bounds are no desk's: `SYMBOL_VOLUME_MAX` is 100 lots and more. */
const BROKER_WORDS = list('symbolinfodouble marketinfo maxlot');
const NEWS_WORDS = list('news blackout fomc nfp cpi');
const KILL_WORDS = list('kill killed killswitch halt halted halting emergency breaker panic lockout suspended circuit quarantine');
const TRADING_WORDS = list('trading trade trades bot strategy ea expert algo live entries orders autotrading system engine');
const SWITCH_WORDS = list('enabled enable disabled disable allowed allow paused pause blocked block locked lock permitted off stopped suspended');
const DEADLINE_WORDS = list('cutoff deadline eod rth session sessions flatten flattening curfew');
const CLOSING_WORDS = list('cutoff deadline eod end flat flatten close closing until last latest expiry expiration stop exit limit');
const CLOCK_WORDS = list('hour hours minute minutes time now clock tod hhmm clocktime utcnow timecurrent timelocal timegmt et ny local');
/** Spans of time, not times of day: a cool-down is no deadline. */
const ELAPSED_WORDS = list('last prev previous elapsed since cooldown interval throttle age delay wait timeout latency start started begin ago stale duration hold holding expires refresh next bar signal');

/** Kinds a name says: of a flag, of a check function, of what a condition mentions. */
export function kindsNamed(words: Words): readonly ProtectionKind[] {
  const kinds: ProtectionKind[] = [];
  if (namesDrawdown(words)) { kinds.push('drawdown'); }
  if (namesDeadline(words)) { kinds.push('deadline'); }
  if (namesSize(words)) { kinds.push('size'); }
  if (namesNews(words)) { kinds.push('news'); }
  if (namesKillSwitch(words)) { kinds.push('kill-switch'); }
  return kinds;
}

function namesDrawdown(words: Words): boolean {
  if (mentions(words, DRAWDOWN_WORDS)) { return true; }
  if (mentions(words, LOSS_WORDS) && !mentions(words, TRADE_EXIT_WORDS)) { return mentions(words, ACCOUNT_WORDS) || has(words, 'breach', 'breached', 'exceeded', 'hit', 'reached', 'ok', 'within'); }
  if (has(words, 'equity') && has(words, 'floor', 'stop', 'guard', 'limit', 'protect', 'protection', 'breach', 'breached')) { return true; }
  return has(words, 'headroom', 'cushion') || (has(words, 'high') && has(words, 'water'));
}

function namesDeadline(words: Words): boolean {
  if (has(words, 'id', 'token', 'key', 'loss', 'pnl', 'profit', 'db', 'login', 'expired')) { return false; }
  if (mentions(words, DEADLINE_WORDS)) { return true; }
  if (has(words, 'hours', 'hour') && has(words, 'trading', 'market', 'trade', 'in', 'within', 'allowed', 'active', 'blocked', 'session')) { return true; }
  if (has(words, 'market', 'exchange') && has(words, 'open', 'closed', 'hours', 'closing') && has(words, 'is', 'hours', 'now')) { return true; }
  if (has(words, 'time', 'window') && has(words, 'trading', 'allowed', 'valid', 'close', 'closing', 'flat') && has(words, 'trading', 'trade', 'window', 'close', 'flat', 'filter', 'ok')) { return true; }
  return has(words, 'weekend');
}

function namesSize(words: Words): boolean {
  if (mentions(words, NO_SIZE_WORDS)) { return false; }
  const limit = has(words, 'max', 'maximum', 'limit', 'limits', 'cap', 'capped', 'exceeded', 'exceeds', 'too', 'within', 'allowed');
  return limit && (has(words, 'size', 'contracts', 'contract', 'lots', 'lot', 'qty', 'quantity', 'exposure', 'notional', 'leverage', 'positions', 'position'));
}

function namesNews(words: Words): boolean {
  if (mentions(words, NEWS_WORDS)) { return !has(words, 'newsletter'); }
  return has(words, 'calendar', 'event', 'events', 'impact') && has(words, 'economic', 'macro', 'blackout', 'impact') && has(words, 'event', 'events', 'calendar', 'economic', 'high', 'macro');
}

function namesKillSwitch(words: Words): boolean {
  if (mentions(words, KILL_WORDS)) { return true; }
  if (has(words, 'breaker', 'breakers')) { return true; }
  if (mentions(words, TRADING_WORDS) && mentions(words, SWITCH_WORDS)) { return !has(words, 'hours', 'time', 'session', 'side', 'long', 'short', 'stop', 'loss', 'trailing', 'news'); }
  return has(words, 'stop', 'stopped') && has(words, 'trading');
}

/** Names that say “do not”: what runs where they are true is not protected by them. */
const BAD_WORDS = list(
  'kill killed killswitch halt halted halting disabled disable emergency breaker tripped paused pause suspended blocked block locked lock lockout breach breached exceeded exceeds '
  + 'violated violation hit reached blackout stopped stop past after expired closed closing over outside too panic flatten reject rejected risky dangerous near upcoming cutoff deadline '
  + 'unsafe error news weekend off forbidden denied curfew',
);
const CLEAR_WORDS = list('ok okay safe clear cleared can allowed allow allows permitted before within passes pass passed inside healthy under below');
const GOOD_WORDS = list('enabled enable active open valid may good available approve approved on');
const NEGATIONS = list('no not non un without');

/** Whether a true name lets trade: `allowed`, `not_halted` → true; `halted`, `breaker.active` → false; unknown where it does not say. */
export function letsTrade(words: Words): boolean | undefined {
  const negated = mentions(words, NEGATIONS);
  if (mentions(words, CLEAR_WORDS)) { return !negated; }
  if (mentions(words, BAD_WORDS)) { return negated; }
  if (mentions(words, GOOD_WORDS) || has(words, 'session', 'rth', 'hours', 'window')) { return !negated; }
  return undefined;
}

/** A comparison of two values, seen from what has to hold where the order is sent: `left op right`. */
export interface Comparison {
  readonly left: Side;
  readonly right: Side;
  /** One of `<`, `<=`, `>`, `>=`, as it holds at the place. */
  readonly op: string;
}

export interface Side {
  /** Its own words, or those of what its names stand for where its own say nothing. */
  readonly words: Words;
  /** With the words of what its names stand for. */
  readonly origin: Words;
  /** Its value, where it is one number. */
  readonly number?: number;
  /** It is written with a minus: losses as negative numbers. */
  readonly negative: boolean;
  /** It reads the clock: `TimeCurrent()`, `datetime.now(ET)`. */
  readonly clock: boolean;
}

/** Kinds an order comparison protects from, on the side where it holds. */
export function kindsCompared(comparison: Comparison): readonly ProtectionKind[] {
  const flipped: Comparison = { left: comparison.right, right: comparison.left, op: FLIPPED[comparison.op] ?? comparison.op };
  const kinds = new Set<ProtectionKind>();
  for (const one of [comparison, flipped]) {
    if (limitsDrawdown(one)) { kinds.add('drawdown'); }
    if (endsByClock(one)) { kinds.add('deadline'); }
    if (limitsSize(one)) { kinds.add('size'); }
  }
  const all = new Set([...comparison.left.words, ...comparison.right.words]);
  if (namesNews(all)) { kinds.add('news'); }
  return [...kinds];
}

const FLIPPED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function isBelow(op: string): boolean {
  return op === '<' || op === '<=';
}

/** `drawdown < limit`, `equity > floor`, `room > need`: the measure is on the left. */
function limitsDrawdown({ left, right, op }: Comparison): boolean {
  if (mentions(left.words, TRADE_EXIT_WORDS) && !mentions(left.words, DRAWDOWN_WORDS)) { return false; }
  const isLimit = mentions(left.words, LIMIT_WORDS) && !mentions(right.words, LIMIT_WORDS) && right.number === undefined;
  if (isLimit) { return false; }
  const harm = mentions(left.words, DRAWDOWN_WORDS) || mentions(left.words, LOSS_WORDS);
  const money = mentions(left.words, MONEY_WORDS) || has(left.words, 'cushion');
  const both = new Set([...left.words, ...right.words]);
  if (harm && !(money && has(left.words, 'pnl', 'profit', 'room', 'headroom', 'remaining'))) {
    if (right.number === 0) { return false; }
    // Written as negative numbers, a smaller one is the greater loss.
    return isBelow(op) !== right.negative && (mentions(left.words, DRAWDOWN_WORDS) || mentions(both, ACCOUNT_WORDS));
  }
  if (!money || isBelow(op)) { return false; }
  if (has(left.words, 'room', 'headroom', 'cushion')) { return true; }
  if (has(left.words, 'take', 'factor', 'target', 'unrealized', 'unrealised', 'ratio') || right.number === 0) { return false; }
  if (mentions(right.words, DRAWDOWN_WORDS) || (mentions(right.words, LOSS_WORDS) && !mentions(right.words, TRADE_EXIT_WORDS))) { return true; }
  if (has(left.words, 'pnl', 'profit', 'net')) { return (right.negative || mentions(right.words, LIMIT_WORDS)) && mentions(both, ACCOUNT_WORDS); }
  return has(left.words, 'equity', 'balance', 'nav') && has(right.words, 'floor', 'limit', 'threshold', 'min', 'minimum', 'peak', 'hwm', 'stop', 'trailing', 'start', 'initial', 'starting');
}

/** `now < cutoff`, `hour < 16`, `minutes_to_close > 5`: there is an end. */
function endsByClock({ left, right, op }: Comparison): boolean {
  if (has(left.words, 'to', 'until', 'left', 'till') && has(left.words, 'close', 'cutoff', 'flat', 'eod', 'end', 'deadline', 'expiry')) { return !isBelow(op); }
  if (!isBelow(op)) { return false; }
  const clock = left.clock || mentions(left.words, CLOCK_WORDS);
  if (!clock || mentions(left.words, ELAPSED_WORDS) || mentions(left.words, CLOSING_WORDS) && !left.clock) { return false; }
  if (mentions(right.words, ELAPSED_WORDS) && !mentions(right.words, CLOSING_WORDS)) { return false; }
  if (mentions(right.words, CLOSING_WORDS)) { return !has(right.words, 'bar', 'signal', 'candle', 'price'); }
  return right.number !== undefined && right.number > 0 && has(left.words, 'hour', 'hours', 'utchours', 'utcminutes', 'time', 'minute', 'minutes', 'tod', 'hhmm');
}

/** `qty <= max`, `open_positions < max_positions`, `contracts < 5`. */
function limitsSize({ left, right, op }: Comparison): boolean {
  if (!isBelow(op)) { return false; }
  if (mentions(left.words, NO_SIZE_WORDS) || mentions(right.words, NO_SIZE_WORDS)) { return false; }
  if (has(left.words, 'max', 'maximum', 'min', 'minimum', 'limit') || has(right.words, 'min', 'minimum')) { return false; }
  const risk = has(left.words, 'risk') && has(right.words, 'risk');
  const measured = mentions(left.words, SIZE_WORDS) || risk || has(left.words, 'positionstotal');
  if (!measured || isBroker(right.origin)) { return false; }
  if (has(right.words, 'max', 'maximum', 'limit', 'limits', 'cap', 'ceiling', 'allowed')) { return true; }
  if (right.number === undefined || right.number <= 1) { return false; }
  return has(left.words, 'contracts', 'lots', 'lot', 'qty', 'quantity', 'exposure', 'leverage', 'notional', 'positions')
    || (mentions(left.words, SIZE_WORDS) && mentions(left.words, SIZE_CONTEXT));
}

function isBroker(words: Words): boolean {
  return mentions(words, BROKER_WORDS) || (words.has('symbol') && words.has('volume'));
}

/** True for the words of `min(qty, max_contracts)`: something of a size is held under a limit. */
export function capsSize(parts: readonly Side[], around: Words): boolean {
  const all = new Set([...around, ...parts.flatMap((part) => [...part.words])]);
  const about = mentions(all, SIZE_WORDS) || has(all, 'risk', 'units', 'amount', 'stake', 'shares', 'number');
  if (!about || has(all, 'price', 'stop', 'sl', 'tp', 'distance', 'spread', 'bars', 'atr')) { return false; }
  return parts.some((part) => !isBroker(part.origin) && !has(part.words, 'min', 'minimum')
    && (has(part.words, 'max', 'maximum', 'limit', 'limits', 'cap', 'ceiling', 'allowed', 'remaining', 'room', 'budget')
      || (part.number !== undefined && part.number > 0)));
}

const DOMAIN: readonly Words[] = [LIMIT_WORDS, DRAWDOWN_WORDS, LOSS_WORDS, MONEY_WORDS, SIZE_WORDS, NEWS_WORDS, DEADLINE_WORDS, CLOSING_WORDS, CLOCK_WORDS, ELAPSED_WORDS, NO_SIZE_WORDS];

/** True for words that say by themselves what is compared. */
export function saysWhat(words: Words): boolean {
  return DOMAIN.some((one) => mentions(words, one));
}

/** Words of functions that a caller runs before an order so that they raise where it must not be sent. */
const CHECK_WORDS = list('check checks validate verify assert ensure guard enforce require gate risk limit limits allow allowed pre pretrade preflight can');

export function namesCheck(words: Words): boolean {
  return mentions(words, CHECK_WORDS) || kindsNamed(words).length > 0;
}

/** Words a file must hold before anybody looks for protections in it. */
export const TRADING_TEXT = /order|trade|trading|position|buy|sell|strategy|risk|drawdown|halt|kill/i;
