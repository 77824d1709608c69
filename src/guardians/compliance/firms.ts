/** Whose rules a table states: a file that lists several firms is not talking about the account it is checked for. */
import type { AccountConfig } from '../../core/workspace/config.ts';
import { wordsOf } from './words.ts';

/** Words by which firms are known, each with the start of its packs' ids. */
const FIRMS: ReadonlyMap<string, string> = new Map(Object.entries({
  apex: 'apex', ftmo: 'ftmo', topstep: 'topstep', topstepx: 'topstep', e8: 'e8', mff: 'mffu', mffu: 'mffu', myfundedfutures: 'mffu', myfundedfx: 'mff', myforexfunds: 'mff',
  fundednext: 'fundednext', the5ers: 'the5ers', '5ers': 'the5ers', fundingpips: 'fundingpips', tradeify: 'tradeify', bulenox: 'bulenox', takeprofittrader: 'take-profit-trader', tpt: 'take-profit-trader',
  earn2trade: 'earn2trade', lucid: 'lucid', lucidflex: 'lucid', alphafutures: 'alpha', goatfundedtrader: 'goat', trueforexfunds: 'tff', surgetrader: 'surge', leeloo: 'leeloo',
}));

/** The firms that names and texts speak of. */
export function firmsIn(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => {
    const words = wordsOf(text);
    // `MyFundedFutures` splits into words; together they are the firm.
    return [...words, words.join('')].flatMap((word) => FIRMS.get(word) ?? []);
  }));
}

/** Do the surroundings name other firms only? Then the value is their rule, not this account's. */
export function isAnotherFirms(texts: readonly string[], accounts: readonly AccountConfig[]): boolean {
  const named = firmsIn(texts);
  if (named.size === 0) { return false; }
  return accounts.length === 0 ? named.size > 0 && !named.has('house') : !accounts.some((account) => [...named].some((firm) => account.pack.startsWith(firm)));
}
