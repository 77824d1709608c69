/** Whether a name says how many contracts are held or ordered, and of which kind. */
import { hasPhrase, hasWord, wordsOf } from '../words.ts';

const list = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Letters of which such a name has some. */
const LETTERS = /contract|minis?(?:[^a-z]|$)|micros?(?:[^a-z]|$)|minis?[A-Z]|micros?[A-Z]/i;

/** Is a name worth a closer look? */
export function canNameCount(name: string): boolean {
  return LETTERS.test(name);
}

/** What is counted: contracts of a kind that the name leaves open, full-size ones, tenths. */
export type CountUnit = 'contract' | 'mini' | 'micro';

const MOST = list('max maximum limit limits cap hard allowed ceiling');
/** Words of an order's size, which may stand beside the contracts and nothing else. */
const PLAIN = list('contracts contract minis micros mini micro num number of n qty quantity order trade trading entry default fixed base initial inp input ea g m size position per trades orders signal');

/** What makes the number something else: a volume over a day, what was done, what a contract is worth, options, steps on the way. */
const OTHER = list([
  'min minimum warn warning alert alerts soft early info day daily session week weekly month months hourly minute interest volume traded filled remaining left available used open closed held current actual',
  'multiplier value point points tick ticks month expiry expiration roll fee fees commission cost costs margin price prices id ids code index spec specs type name label title text url address path file abi smart deploy addresses address',
  'option options call put strike leg legs spread delta theta gamma backtest sim simulated paper score scale step tier level target reward ratio pct percent usd dollars risk pnl profit loss drawdown',
  'enabled enable check flag timeout seconds ms retries days decimals digits chain token solidity window lookback history count structure price scalping scalp batch page rows fetch scan',
].join(' '));
/** Around it: results, records, candidates. */
const OTHER_AROUND = list('backtest backtests result results stats statistics metrics report reports trade trades fill fills record records option options simulated sim optimizer montecarlo warn warning alert alerts signal example sample');

/** The kind that a name counts; undefined for everything else. `limit`: the most of them, else the size of an order. */
export function countName(name: string, outer: readonly string[]): { readonly unit: CountUnit; readonly limit: boolean } | undefined {
  const own = wordsOf(name);
  if (hasWord(own, OTHER) || (hasPhrase(own, 'contract', 'size') && !own.includes('max')) || hasPhrase(own, 'max', 'contract', 'size')) { return undefined; }
  const many = own.some((word) => word === 'contracts' || word === 'minis' || word === 'micros');
  const limit = hasWord(own, MOST);
  if (!many && !(limit && own.some((word) => word === 'contract' || word === 'mini' || word === 'micro'))) { return undefined; }
  if (outer.flatMap((part) => wordsOf(part)).some((word) => OTHER_AROUND.has(word))) { return undefined; }
  if (!limit && !own.every((word) => PLAIN.has(word))) { return undefined; }
  const micro = own.includes('micro') || own.includes('micros');
  const mini = own.includes('mini') || own.includes('minis');
  return micro === mini ? (micro ? undefined : { unit: 'contract', limit }) : { unit: micro ? 'micro' : 'mini', limit };
}

/** Words beside a number of contracts that make it a record of a trade. */
export function isRecord(beside: readonly string[]): boolean {
  return beside.some((name) => wordsOf(name).some((word) => /^(?:pnl|exit|fill|filled|price|side|direction|timestamp|date|commission|timeframe|opened|closed|ts|strike|expiry)$/.test(word)));
}
