/** The tables by account size in a pack. */
import type { PackAmount } from './pack-fields.ts';
import type { PackPhase } from './pack-phase.ts';

/** A table by size and where it stands in its phase. */
export interface PackTable {
  readonly path: readonly string[];
  readonly rows: Readonly<Record<string, unknown>>;
}

/** Every table by size in a phase: each must have a row for each size sold. */
export function tablesOf(of: PackPhase): readonly PackTable[] {
  const { drawdown, target, dailyLoss, contracts, payout, openLoss } = of;
  const locks = typeof drawdown.lock === 'object' && drawdown.lock.kind === 'by-vendor'
    ? [...Object.entries(drawdown.lock.vendors).map(([vendor, lock]) => [['drawdown', 'lock', 'vendors', vendor], lock] as const), [['drawdown', 'lock', 'otherwise'], drawdown.lock.otherwise] as const]
    : [[['drawdown', 'lock'], drawdown.lock] as const];
  return [
    ...amountTable(['drawdown', 'amount'], drawdown.amount),
    ...locks.flatMap(([path, lock]) => (typeof lock === 'object' && lock.kind === 'floor' ? table([...path, 'floor', 'bySize'], lock.floor.bySize) : [])),
    ...amountTable(['target'], target),
    ...typeof dailyLoss === 'object' && dailyLoss !== null && typeof dailyLoss.amount === 'object' && !('tiers' in dailyLoss.amount) ? amountTable(['dailyLoss', 'amount'], dailyLoss.amount) : [],
    ...typeof contracts === 'object' && contracts !== null
      ? [...table(['contracts', 'maxBySize'], contracts.maxBySize), ...table(['contracts', 'tiersBySize'], contracts.tiersBySize), ...table(['contracts', 'halfUntil', 'bySize'], contracts.halfUntil?.bySize)]
      : [],
    ...table(['payout', 'qualifyingProfitBySize'], payout?.qualifyingProfitBySize),
    ...table(['payout', 'minimumBalanceBySize'], payout?.minimumBalanceBySize),
    ...table(['payout', 'capsBySize'], payout?.capsBySize),
    ...table(['openLoss', 'smallestUntilProfitBySize'], openLoss?.smallestUntilProfitBySize),
    ...table(['openLoss', 'raised', 'fromProfitBySize'], openLoss?.raised?.fromProfitBySize),
  ];
}

function amountTable(path: readonly string[], amount: PackAmount | undefined): readonly PackTable[] {
  return typeof amount === 'object' && 'bySize' in amount ? table([...path, 'bySize'], amount.bySize) : [];
}

function table(path: readonly string[], rows: Readonly<Record<string, unknown>> | 'unknown' | undefined): readonly PackTable[] {
  return rows === undefined || rows === 'unknown' ? [] : [{ path, rows }];
}

/** True for a pack without a table by size: its limits are percentages, so it holds at every size. */
export function holdsAtAnySize(pack: { readonly phases: Readonly<Partial<Record<string, PackPhase>>> }): boolean {
  return Object.values(pack.phases).every((of) => of === undefined || tablesOf(of).length === 0);
}
