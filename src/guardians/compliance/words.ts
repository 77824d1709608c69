/** Names read as words: `maxDailyLossPct`, `MAX_DD`, `--max-drawdown` all say something, and the rules ask what. */

/** Splits an identifier, option or key into lower-case words: `maxDDPct` → `max dd pct`, `flat_by_ET` → `flat by et`. */
export function wordsOf(name: string): readonly string[] {
  const known = split.get(name);
  if (known !== undefined) { return known; }
  if (split.size >= MEMO_SIZE) { split.clear(); }
  const words = splitWords(name);
  split.set(name, words);
  return words;
}

/** A memo of a pure function: it can be seen in speed only. */
const split = new Map<string, readonly string[]>();
const MEMO_SIZE = 20_000;

function splitWords(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9%$]+/)
    .filter((word) => word !== '');
}

/** Does any of the words belong to the set? */
export function hasWord(words: readonly string[], set: ReadonlySet<string>): boolean {
  for (const word of words) { if (set.has(word)) { return true; } }
  return false;
}

/** Do the words stand next to each other in this order (`draw`, `down`)? */
export function hasPhrase(words: readonly string[], ...phrase: readonly string[]): boolean {
  for (let start = 0; start + phrase.length <= words.length; start++) {
    let offset = 0;
    while (offset < phrase.length && words[start + offset] === phrase[offset]) { offset++; }
    if (offset === phrase.length) { return true; }
  }
  return false;
}

const FLAT_WORDS: ReadonlySet<string> = new Set([
  'flat', 'flatten', 'flattening', 'flattened', 'liquidate', 'liquidation', 'squareoff', 'unwind', 'closeout', 'flatby', 'flatall', 'exitall',
]);
const CLOSE_WORDS: ReadonlySet<string> = new Set(['close', 'closing', 'exit', 'out']);
const HELD_WORDS: ReadonlySet<string> = new Set([
  'position', 'positions', 'pos', 'trades', 'all', 'everything', 'force', 'forced', 'hard', 'auto', 'eod', 'mandatory', 'daily', 'day', 'final',
]);
const END_WORDS: ReadonlySet<string> = new Set(['eod', 'cutoff', 'deadline']);

/**
 * Words that give a time another meaning than “flat by then”: stages before it, hours of the exchange, housekeeping.
 * `market_close` is the exchange's hour, `entry_cutoff` stops new trades only.
 */
const OTHER_TIMES: ReadonlySet<string> = new Set([
  'entry', 'entries', 'enter', 'new', 'open', 'opening', 'opens', 'start', 'begin', 'resume', 'signal', 'warn', 'warning', 'alert', 'soft', 'notify',
  'log', 'logs', 'logging', 'rotate', 'rotation', 'report', 'reports', 'reporting', 'summary', 'email', 'mail', 'backup', 'data', 'download', 'sync', 'heartbeat', 'reset',
  'news', 'settlement', 'expiry', 'expiration', 'roll', 'rollover', 'market', 'exchange', 'rth', 'eth', 'maintenance', 'candle', 'bar', 'price',
  'snapshot', 'archive', 'refresh', 'reconnect', 'restart', 'retrain', 'training', 'train', 'fetch', 'ingest', 'invoice', 'payout', 'withdraw', 'release', 'deploy',
  'request', 'response', 'timeout', 'retry', 'upload', 'scan', 'cleanup', 'prune', 'task', 'job', 'build', 'project', 'milestone', 'reduce', 'derisk', 'earliest',
  'valid', 'frequency', 'filter', 'hz', 'corner', 'lowpass', 'highpass', 'distance', 'score', 'similarity', 'correlation', 'threshold', 'submission', 'delivery', 'cache',
  'previous', 'prior', 'prev', 'last', 'yesterday', 'history', 'historical', 'backtest', 'sample', 'samples', 'split', 'lookback', 'horizon', 'options', 'auction', 'moc', 'loc',
]);

/** What a name says of a time of day it holds. */
export type DeadlineName =
  /** `flatten_time`, `eod_close_time`, `force_exit_at`: positions are closed at this time. */
  | 'flat'
  /** `cutoff`, `deadline`, `eod_time`: the end of the day, closing not said. */
  | 'end'
  /** `close_hour`, `exit_time`: an hour of closing, perhaps the exchange's own. */
  | 'close'
  | undefined;

/** Reads a name (and, for configuration, the keys above it) as a deadline. `outer` can only take the meaning away, or add “flatten”. */
export function deadlineName(name: string, outer: readonly string[] = []): DeadlineName {
  if (!DEADLINE_LETTERS.test(name)) { return outer.some((part) => DEADLINE_LETTERS.test(part)) ? nameWithin(name, outer) : undefined; }
  return nameWithin(name, outer);
}

/** Letters of which a deadline's name has some: most names are done with here. */
const DEADLINE_LETTERS = /flat|liquid|square|unwind|wind|clos|exit|out|eod|cut|dead|end/i;

function nameWithin(name: string, outer: readonly string[]): DeadlineName {
  const words = wordsOf(name);
  const around = outer.flatMap((key) => wordsOf(key));
  if (saysNoEntry(words) || saysNoEntry(around)) { return undefined; }
  if (saysFlat(words)) { return words.some((word) => OTHER_TIMES.has(word) && word !== 'open' && word !== 'market') ? undefined : 'flat'; }
  if (hasWord(words, OTHER_TIMES)) { return undefined; }
  if (saysFlat(around) && !hasWord(around, OTHER_TIMES)) { return 'flat'; }
  if (hasWord(around, OTHER_TIMES)) { return undefined; }
  const end = hasWord(words, END_WORDS) || hasPhrase(words, 'cut', 'off') || hasPhrase(words, 'end', 'of', 'day') || hasPhrase(words, 'day', 'end');
  if (end) { return hasWord(words, CLOSE_WORDS) ? 'flat' : 'end'; }
  return hasWord(words, CLOSE_WORDS) ? 'close' : undefined;
}

/** Closing is said in so many words: `flatten_at`, `flat_by`, `square_off`, `close_positions`, `force_exit`. */
function saysFlat(words: readonly string[]): boolean {
  if (hasWord(words, FLAT_WORDS) || hasPhrase(words, 'square', 'off') || hasPhrase(words, 'wind', 'down')) { return true; }
  return hasWord(words, CLOSE_WORDS) && hasWord(words, HELD_WORDS) && !words.includes('market');
}

/** `no_new_trades`, `last_entry_time`, `entry_cutoff`, `trade_until`: a filter of entries, not a deadline. */
function saysNoEntry(words: readonly string[]): boolean {
  return hasPhrase(words, 'no', 'new') || hasPhrase(words, 'no', 'trade') || hasPhrase(words, 'no', 'trades') || hasPhrase(words, 'new', 'trades')
    || words.some((word) => word === 'entry' || word === 'entries' || word === 'reentry');
}

/** Does a function answer whether trades are begun: `EntriesBlockedByWeekend`? What it asks closes nothing. */
export function filtersEntries(name: string): boolean {
  return saysNoEntry(wordsOf(name));
}

const FLAT_CALLS: ReadonlySet<string> = new Set([
  'flatten', 'flattening', 'liquidate', 'squareoff', 'closeall', 'flattenall', 'exitall', 'unwind', 'flat', 'closeout',
]);
const HELD_OBJECTS: ReadonlySet<string> = new Set(['position', 'positions', 'pos', 'trade', 'trades', 'holding', 'holdings', 'exposure']);

/**
 * Does a called name close positions: `flatten`, `close_all_positions`, `market_exit`, `liquidate_everything`, `square_off`?
 * `on` is the name of the object it is called on: `position.close()`.
 */
export function closesPositions(name: string, on: string | undefined): boolean {
  if (!CLOSING_LETTERS.test(name)) { return false; }
  const words = wordsOf(name);
  const negated = words[0] === 'is' || words[0] === 'can' || words[0] === 'has' || words[0] === 'should' || words[0] === 'on' || words[0] === 'get' || words[0] === 'not';
  if (negated || words[0] === 'log' || words[0] === 'print' || words[0] === 'reset') { return false; }
  if (hasWord(words, FLAT_CALLS) || hasPhrase(words, 'square', 'off') || hasPhrase(words, 'market', 'exit') || hasPhrase(words, 'sell', 'all') || hasPhrase(words, 'go', 'flat')) { return true; }
  const closing = words.some((word) => word === 'close' || word === 'exit' || word === 'closing');
  if (!closing) { return false; }
  if (words.some((word) => HELD_OBJECTS.has(word) || word === 'all' || word === 'everything' || word === 'eod' || word === 'force' || word === 'market')) { return true; }
  return words.length === 1 && words[0] === 'close' && on !== undefined && hasWord(wordsOf(on), HELD_OBJECTS);
}

const CLOSING_LETTERS = /flat|liquid|square|unwind|clos|exit|sell/i;

/** Does a flag or a function say “close now”: `should_flatten`, `force_exit`, `past_cutoff`, `is_eod`, `after_deadline`? */
export function saysCloseNow(name: string): boolean {
  const words = wordsOf(name);
  if (saysNoEntry(words) || words.some((word) => OTHER_TIMES.has(word) && word !== 'market')) { return false; }
  if (words[0] === 'can' || words[0] === 'allow' || words[0] === 'before' || hasWord(words, NEGATIONS)) { return false; }
  return deadlineName(name) === 'flat' || deadlineName(name) === 'end' || hasWord(words, FLAT_WORDS);
}

const NEGATIONS: ReadonlySet<string> = new Set(['not', 'no', 'before', 'until', 'allowed', 'within', 'inside', 'pre', 'ok']);

/** Does a name say that its time is New York's (`now_et`, `ny_time`, `flat_time_est`)? */
export function saysNewYork(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => word === 'et' || word === 'est' || word === 'edt' || word === 'ny' || word === 'nyc' || word === 'eastern')
    || hasPhrase(words, 'new', 'york');
}

/** Does a name say that its time is Chicago's (`now_ct`, `flatten_time_ct`)? */
export function saysChicago(name: string): boolean {
  return wordsOf(name).some((word) => word === 'ct' || word === 'cst' || word === 'cdt' || word === 'chicago');
}

/** Does a name say that its time is UTC (`utc_now`, `close_hour_utc`, `gmt_time`)? */
export function saysUtc(name: string): boolean {
  return wordsOf(name).some((word) => word === 'utc' || word === 'gmt' || word === 'zulu');
}

/** Does a name say that its time is the broker's (`server_time`, `broker_now`)? */
export function saysServer(name: string): boolean {
  return wordsOf(name).some((word) => word === 'server' || word === 'broker' || word === 'mt5' || word === 'mt4');
}
