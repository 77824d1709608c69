/** Whether a key of a file of settings names a limit, of which kind, and whether its value can be one. */
import { deadlineName, hasPhrase, hasWord, wordsOf } from '../words.ts';
import { isBareLossLimit, lossKind } from './meaning.ts';
import { amountOf } from './amount.ts';

/** What a limit limits. */
export type LimitKind = 'drawdown' | 'dailyLoss' | 'deadline' | 'contracts' | 'consistency';

const CONTRACTS: ReadonlySet<string> = new Set(['contracts', 'contract', 'lots', 'minis', 'micros']);
const MOST: ReadonlySet<string> = new Set(['max', 'maximum', 'limit', 'cap']);
/** Words that make a number of contracts or a share of profit something else. */
const OTHER: ReadonlySet<string> = new Set(['warn', 'warning', 'alert', 'soft', 'min', 'minimum', 'backtest', 'target', 'report', 'result', 'score', 'optimizer', 'hyperopt', 'window', 'enabled', 'enable', 'per']);

/** The limit a name speaks of, with the keys or names around it; undefined for everything else. */
export function limitKind(name: string, outer: readonly string[]): LimitKind | undefined {
  const loss = lossKind(name, outer);
  if (loss !== undefined) { return loss; }
  const words = wordsOf(name);
  const around = outer.flatMap((part) => wordsOf(part));
  if (hasWord(words, OTHER) || hasWord(around, OTHER)) { return undefined; }
  if (isBareLossLimit(name) && around.some((word) => word === 'risk' || word === 'limits' || word === 'account')) { return 'drawdown'; }
  const deadline = deadlineName(name, outer);
  if (deadline === 'flat' || deadline === 'end') { return 'deadline'; }
  if (hasWord(words, CONTRACTS) && hasWord(words, MOST)) { return 'contracts'; }
  const share = words.includes('consistency') || hasPhrase(words, 'best', 'day');
  return share && words.some((word) => MOST.has(word) || word === 'pct' || word === 'percent' || word === 'share' || word === 'rule') ? 'consistency' : undefined;
}

/** Can the text be the value of such a limit: a number that is not zero, or a time of day? */
export function canBeLimit(kind: LimitKind, text: string): boolean {
  return kind === 'deadline' ? /\d{1,2}:\d{2}/.test(text) : amountOf(text) !== undefined;
}
