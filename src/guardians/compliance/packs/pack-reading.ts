/** How a pack is read for one account: which phase, which row of its tables, and what stands for `unknown`. */
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { centsOf, ratio, ratioOf, shareOf } from './money.ts';
import type { Ratio } from './money.ts';
import type { PackAmount } from './pack-fields.ts';
import type { PackPhase } from './pack-phase.ts';
import type { Pack } from './pack-schema.ts';

/** The pack of the workspace's own that an account names; undefined for one of those that come along. */
export function packOf(account: Pick<AccountConfig, 'ownPack'>): Pack | undefined {
  return account.ownPack?.definition as Pack | undefined;
}

/** A phase the pack says nothing of is judged by the one that comes before it, or else by the one it has. */
export function phaseOf(pack: Pack, phase: AccountConfig['phase']): PackPhase | undefined {
  const { evaluation, funded, live } = pack.phases;
  const order = { evaluation: [evaluation, funded, live], funded: [funded, evaluation, live], live: [live, funded, evaluation] }[phase];
  return order.find((candidate) => candidate !== undefined);
}

/** The size whose row is read: the account's own, or the next smaller one sold, because its limits are the stricter. */
export function tableSize(pack: Pack, phase: PackPhase | undefined, size: number): number {
  const amounts = [phase?.drawdown.amount, typeof phase?.dailyLoss === 'object' ? phase.dailyLoss?.amount : undefined];
  const tabled = amounts.some((amount) => typeof amount === 'object' && !('percentOfSize' in amount));
  if (!tabled || pack.sizes.includes(size)) return size;
  const smaller = pack.sizes.filter((sold) => sold < size);
  return smaller.length > 0 ? Math.max(...smaller) : Math.min(...pack.sizes);
}

/** A value, or the strictest that it could be where the pack does not know it. */
export function known<T extends string>(value: T | 'unknown', strictest: Exclude<T, 'unknown'>): Exclude<T, 'unknown'> {
  return value === 'unknown' ? strictest : (value as Exclude<T, 'unknown'>);
}

/** Cents and percent of an amount for a size; undefined where the pack does not know it. */
export function lossOf(amount: PackAmount, size: number, row: number): { readonly cents: number; readonly percent: Ratio } | undefined {
  if (amount === 'unknown') return undefined;
  if ('percentOfSize' in amount) {
    const percent = ratioOf(amount.percentOfSize);
    return percent && { cents: shareOf(size, percent), percent };
  }
  const cents = centsOf(amount.bySize[String(row)] ?? '');
  return cents === undefined ? undefined : { cents, percent: ratio(cents, size) };
}
