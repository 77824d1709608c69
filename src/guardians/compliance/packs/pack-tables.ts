/** The tables by account size in a pack. */
import type { PackPhase } from './pack-phase.ts';

/** Every table by size in a phase: each must have a row for each size sold. */
export function tablesOf(of: PackPhase): readonly (readonly [string, object])[] {
  const found: [string, object][] = [];
  if (typeof of.drawdown.amount === 'object' && 'bySize' in of.drawdown.amount) found.push(['drawdown', of.drawdown.amount.bySize]);
  if (of.target !== undefined && typeof of.target === 'object' && 'bySize' in of.target) found.push(['target', of.target.bySize]);
  if (of.dailyLoss !== null && typeof of.dailyLoss === 'object') {
    const { amount: of2 } = of.dailyLoss;
    if (typeof of2 === 'object' && 'bySize' in of2) found.push(['dailyLoss', of2.bySize]);
  }
  if (of.contracts !== null && typeof of.contracts === 'object') {
    if (of.contracts.maxBySize) found.push(['contracts', of.contracts.maxBySize]);
    if (of.contracts.tiersBySize) found.push(['tiers', of.contracts.tiersBySize]);
  }
  return found;
}

/** True for a pack without a table by size: its limits are percentages, so it holds at every size. */
export function holdsAtAnySize(pack: { readonly phases: Readonly<Partial<Record<string, PackPhase>>> }): boolean {
  return Object.values(pack.phases).every((of) => of === undefined || tablesOf(of).length === 0);
}
