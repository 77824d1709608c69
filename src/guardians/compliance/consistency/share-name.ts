/** Whether a name speaks of the best day's largest share of profit, and of which phase of an account. */
import { isGenericLimit, lossKind } from '../limits/meaning.ts';
import { hasPhrase, hasWord, wordsOf } from '../words.ts';

const list = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Letters of which such a name has some: most names are done with here. */
const LETTERS = /consist|best|da(?:y|ily)|windfall/i;

/** Is a name worth a closer look? `max_pct` says its limit only together with the key above it. */
export function canNameShare(name: string): boolean {
  return LETTERS.test(name) || isGenericLimit(name);
}

const LIMIT = list('limit limits max maximum cap rule allowed ceiling hard');
const SHARE = list('share pct percent perc percentage ratio fraction frac pc concentration');
const BEST = list('best biggest largest highest top single');
const DAY = list('day daily days');
const GAIN = list('profit profits pnl gain gains share win');

/** What makes the number something else: a score, a stage before the limit, a count of days, a result, the share of something smaller or larger. */
const OTHER = list([
  'score scores weight weights min minimum bonus penalty warn warning alert alerts soft buffer safety danger margin caution early info',
  'window windows count number num required enabled enable check checks ok pass passed breached met flag mode type status message msg label name title text url',
  'factor multiplier mult divisor current actual lookback period periods bars result results stat stats statistic statistics metric metrics report backtest backtests sim simulated',
  'loss losses drawdown dd risk target goal week weekly month monthly year trade trades position positions symbol instrument order model signal signals feature features data',
  'schema read write cache replica eventual db database group timeout retries seconds minutes ms hours hour size scale adjusted raise increase recovery sizing volume range atr move change gap return returns',
].join(' '));

/** Names around it that make it a result or a candidate. */
const OTHER_AROUND = list('backtest backtests result results stats statistics metrics report reports score scores scoring optimizer optimization hyperopt warn warning warnings alert alerts telemetry test tests montecarlo simulated');

/** Whose rules are stated: without a word of a limit, `consistency_pct` is a share of profit only beside these. */
const RULES = list('prop propfirm firm firms challenge evaluation eval funded payout payouts compliance rule rules apex topstep tradeify mffu ftmo guardian guard risk limits account pa');

/** Does the name, with what stands around and beside it, limit the best day's share of profit? */
export function limitsBestDay(name: string, outer: readonly string[], beside: readonly string[]): boolean {
  const generic = isGenericLimit(name);
  const own = generic ? [...wordsOf(outer[outer.length - 1] ?? ''), ...wordsOf(name)] : wordsOf(name);
  const around = (generic ? outer.slice(0, -1) : outer).flatMap((part) => wordsOf(part));
  if (hasWord(own, OTHER) || hasWord(around, OTHER_AROUND)) { return false; }
  const said = hasWord(own, LIMIT) || (hasWord(own, SHARE) && besideLimits(own, around, beside));
  if (own.includes('consistency') || own.includes('windfall')) { return said; }
  // `max_daily_profit_pct` is as often a share of the balance; a day that is the best, or a share, is one of profit.
  const best = hasPhrase(own, 'best', 'day') || (hasWord(own, BEST) && hasWord(own, DAY) && hasWord(own, GAIN));
  const share = own.includes('max') && hasWord(own, DAY) && (own.includes('share') || own.includes('concentration'));
  return said && ((best && hasWord(own, SHARE)) || share);
}

/** Does it stand among rules of an account: a limit of loss, a payout, a target? */
function besideLimits(own: readonly string[], around: readonly string[], beside: readonly string[]): boolean {
  return hasWord(own, RULES) || hasWord(around, RULES) || beside.some((other) => lossKind(other, ['RiskLimits']) !== undefined || /payout|profit_?target/i.test(other));
}
