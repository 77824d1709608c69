/** Whether a name speaks of a limit of loss, of which, and in which unit. */
import { hasPhrase, hasWord, wordsOf } from '../words.ts';

/** Which allowance of an account a limit belongs to. */
export type LossKind = 'drawdown' | 'dailyLoss';

/** The unit a name gives: `_pct`, `_fraction`, `_usd`, `_cents`. */
export type NameUnit = 'percent' | 'fraction' | 'money' | 'cents' | 'points' | 'basis-points' | undefined;

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const DRAWDOWN = words('drawdown drawdowns dd mdd maxdd maxdrawdown trailingdd');
const LOSS = words('loss losses');
const DAY = words('daily day intraday session');
const WHOLE = words('total overall account equity portfolio cumulative aggregate global');
// A threshold alone is as often an alert's.
const LIMIT = words('max maximum limit limits hard allowed allowable trailing stop kill cap halt breaker tolerance ceiling abort shutdown lockout permitted maxdd maxdrawdown mdd');
/** Sections and classes in which a bare `drawdown_pct` is a limit. */
const LIMIT_PLACES = words('risk limits limit rules rule guard guards guardrails protection compliance constraints safety breaker propfirm prop challenge evaluation apex ftmo topstep killswitch');

/** What takes the meaning of a limit away. */
const NOT_A_LIMIT = words([
  'warn warning warnings alert alerts soft notify notification caution yellow amber orange danger early info advisory',
  'target targets take profit tp goal',
  'trade trades position positions order symbol instrument ticker leg bar tick unit contract lot bet signal setup entry pair asset',
  'backtest backtests backtesting historical observed expected estimate estimated est forecast predicted projected avg mean average median realized realised current cur actual measured result results stats statistics metrics metric report simulated sim',
  'mc montecarlo percentile quantile worst history hist recorded last prev previous sample benchmark paper reported',
  'reduce reduction scale scaling throttle derisk delever deleverage recovery recover resume reset cooldown cool half step tier tiers stage tighten sizing weight penalty coef coefficient factor multiplier mult lambda alpha beta score fitness reward',
  'optimizer optimizers optimization optimisation optimize optimise objective acceptance criteria validation walkforward ranking screen screener filter hyperopt genetic tuner study',
  'minutes minute mins hours hour days duration window lookback period periods bars seconds sec secs ms timeout time date count num number times consecutive streak length',
  'increase decrease delta performance sizer candidate candidates leader leaders',
  'best share usage used use utilization utilisation remaining room buffer headroom cushion distance gap proximity',
  'weekly monthly yearly annual week month year quarter quarterly',
  'err error errors retcode',
  'floor level balance min minimum color colour label title column index idx plot chart enabled enable flag drift slippage latency correlation',
].join(' '));

/** `level1`, `tier_2`, `step3`: steps on the way to a limit. */
const STAGE = /^(?:(?:level|stage|tier)\d{0,2}|step\d{1,2})$/;

const STATISTICS = words('sharpe sortino calmar winrate cagr expectancy volatility omega ulcer sqn kelly mar');

/** The allowance a name limits, with the names around it; undefined for everything else. */
export function lossKind(name: string, outer: readonly string[]): LossKind | undefined {
  // `max_pct` says its limit only together with the key above it: `drawdown: { max_pct: 10 }`.
  const generic = isGenericLimit(name);
  const own = generic ? [...wordsOf(outer[outer.length - 1] ?? ''), ...wordsOf(name)] : wordsOf(name);
  const around = (generic ? outer.slice(0, -1) : outer).flatMap((part) => wordsOf(part));
  if (own.some((word) => NOT_A_LIMIT.has(word) || STAGE.test(word)) || around.some((word) => NOT_AROUND.has(word) || STAGE.test(word))) { return undefined; }
  const drawdown = saysDrawdown(own);
  const loss = hasWord(own, LOSS) || own.includes('dll') || own.includes('dailyloss');
  const daily = hasWord(own, DAY) || own.includes('dll') || own.includes('dailyloss') || (loss && around.slice(-2).some((word) => DAY.has(word)));
  const limiting = hasWord(own, LIMIT) || own.includes('dll') || around.some((word) => LIMIT_PLACES.has(word));
  if (daily && (loss || drawdown || own.includes('stop')) && limiting) { return own.includes('stop') && !loss && !drawdown && own.length > 3 ? undefined : 'dailyLoss'; }
  if (drawdown && limiting) { return 'drawdown'; }
  if (hasPhrase(own, 'trailing', 'threshold')) { return 'drawdown'; }
  return loss && hasWord(own, WHOLE) && hasWord(own, LIMIT) ? 'drawdown' : undefined;
}

/** `max_pct`, `limit`, `limit_usd`: a limit of whatever stands above it. */
export function isGenericLimit(name: string): boolean {
  const own = wordsOf(name);
  return own.length > 0 && own.every((word) => LIMIT.has(word) || PERCENT.has(word) || MONEY.has(word) || FRACTION.has(word) || CENTS.has(word));
}

/** Words around a value that make it a result or somebody else's limit. `per`, `min` and the like only count in the name itself. */
const NOT_AROUND: ReadonlySet<string> = words([
  'warn warning warnings alert alerts soft notify notification tester testerinputs backtest backtests backtesting result results stats statistics metrics metric report reports simulated sim mc montecarlo benchmark telemetry',
  'optimizer optimizers optimization optimisation optimize optimise objective acceptance criteria walkforward ranking screen screener hyperopt genetic tuner study plot chart fitness',
].join(' '));

function saysDrawdown(of: readonly string[]): boolean {
  return hasWord(of, DRAWDOWN) || hasPhrase(of, 'draw', 'down');
}

/** `max_loss` beside a daily one: the whole account's, as FTMO and others call it. */
export function isBareLossLimit(name: string): boolean {
  const own = wordsOf(name).filter((word) => !PERCENT.has(word) && !MONEY.has(word) && !FRACTION.has(word) && !CENTS.has(word));
  return own.length === 2 && own.some((word) => LOSS.has(word)) && own.some((word) => word === 'max' || word === 'maximum' || word === 'limit');
}

/** `InpDailyLossPct`: says a day's loss and its unit, and nothing else. What the user is asked for so is a limit; a measured loss is nobody's input. */
export function isAskedDailyLoss(name: string): boolean {
  const own = wordsOf(name).filter((word) => word !== 'inp' && word !== 'input' && word !== 'ea');
  const unit = (word: string): boolean => PERCENT.has(word) || MONEY.has(word);
  const loss = (word: string): boolean => LOSS.has(word) || DRAWDOWN.has(word) || word === 'draw' || word === 'down';
  return own.some((word) => DAY.has(word)) && own.some(loss) && own.some(unit) && own.every((word) => DAY.has(word) || loss(word) || unit(word));
}

/** A name of a performance statistic: values beside it are results or criteria, not limits. */
export function isStatistic(name: string): boolean {
  const own = wordsOf(name);
  return hasWord(own, STATISTICS) || hasPhrase(own, 'win', 'rate') || hasPhrase(own, 'profit', 'factor') || hasPhrase(own, 'total', 'return') || hasPhrase(own, 'total', 'trades');
}

/** Does a name hold the least or the most that is asked for, or what is aimed at? */
export function isBound(name: string): boolean {
  return hasWord(wordsOf(name), BOUND);
}

const BOUND = words('min minimum max maximum target targets threshold limit cap');

const PERCENT = words('pct percent percentage perc pc prc');
const FRACTION = words('frac fraction ratio decimal');
const MONEY = words('usd dollar dollars amount cash money abs absolute eur gbp $');
const CENTS = words('cents cent');
const POINTS = words('points point pts ticks pips pip atr r sigma std stdev rr multiple');

/** The unit a name gives its value. */
export function nameUnit(name: string): NameUnit {
  const own = wordsOf(name);
  if (own.includes('bps') || own.includes('bp')) { return 'basis-points'; }
  if (hasWord(own, POINTS)) { return 'points'; }
  if (hasWord(own, CENTS)) { return 'cents'; }
  if (own.includes('%') || hasWord(own, PERCENT)) { return 'percent'; }
  if (hasWord(own, FRACTION)) { return 'fraction'; }
  return hasWord(own, MONEY) ? 'money' : undefined;
}

const SIZE_OWNERS = words('account acct starting initial start nominal challenge evaluation funded plan');
const SIZE_THINGS = words('size balance capital equity deposit');

/** Does a name hold the nominal size of an account: `account_size`, `initial_balance`, `starting_capital`? */
export function isAccountSize(name: string, outer: readonly string[] = []): boolean {
  const own = wordsOf(name);
  if (own.some((word) => word === 'position' || word === 'lot' || word === 'order' || word === 'contract' || word === 'step' || word === 'tick' || word === 'max' || word === 'min' || word === 'pct' || word === 'percent' || word === 'window' || word === 'batch')) { return false; }
  if (hasWord(own, SIZE_THINGS) && hasWord(own, SIZE_OWNERS)) { return true; }
  const around = outer.flatMap((part) => wordsOf(part));
  return own.length === 1 && (own[0] === 'size' || own[0] === 'capital' || own[0] === 'balance') && around.some((word) => word === 'account' || word === 'accounts' || word === 'acct');
}
