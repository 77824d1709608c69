/** Which phase of an account names speak of. */
import { wordsOf } from '../words.ts';

/** The phase of an account that names speak of. */
export function phaseIn(names: readonly string[]): 'evaluation' | 'funded' | undefined {
  const words = names.flatMap((name) => wordsOf(name));
  const evaluation = words.some((word) => word === 'eval' || word === 'evaluation' || word === 'combine' || word === 'challenge' || word === 'phase1' || word === 'phase2');
  const funded = words.some((word) => word === 'funded' || word === 'pa' || word === 'xfa' || word === 'payout' || word === 'payouts' || word === 'live' || word === 'express');
  return evaluation === funded ? undefined : evaluation ? 'evaluation' : 'funded';
}
