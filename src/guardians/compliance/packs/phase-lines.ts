/** The limits of one phase, a sentence each, sizes side by side. */
import type { PackAmount } from './pack-fields.ts';
import type { PackPhase } from './pack-phase.ts';

/** Lines such as `Drawdown 1,000 / 2,000 (sizes 25000 / 50000), intraday-trailing on equity; at the floor the account is lost`. */
export function phaseLines(phase: PackPhase, sizes: readonly number[]): readonly string[] {
  const { drawdown, target, dailyLoss, consistency, contracts, payout, openLoss, minimumDays, maximumDays } = phase;
  const row = (table: Readonly<Record<string, unknown>>): string => sizes.map((size) => String(table[String(size)] ?? '–')).join(' / ');
  const amount = (of: PackAmount): string => (of === 'unknown' ? 'not known' : 'percentOfSize' in of ? `${of.percentOfSize} % of the size` : row(of.bySize));
  const lines = [`Sizes ${sizes.join(' / ')}`, ...(target === undefined ? [] : [`Target ${amount(target)}`])];
  lines.push(`Drawdown ${amount(drawdown.amount)}, ${drawdown.kind} on ${drawdown.basis}, breach ${drawdown.breach}; floor ${lockText(drawdown.lock, row)}`);
  if (dailyLoss === 'unknown') { lines.push('Daily loss not known'); } else if (dailyLoss !== null) {
    const of = typeof dailyLoss.amount === 'object' && 'tiers' in dailyLoss.amount ? 'by level' : amount(dailyLoss.amount);
    lines.push(`Daily loss ${of}, from ${dailyLoss.reference}, ${dailyLoss.breach}; resets ${dailyLoss.resets.at} ${dailyLoss.resets.zone}`);
  }
  if (consistency === 'unknown') { lines.push('Consistency not known'); } else if (consistency !== null) {
    lines.push(`Best day ${consistency.operator} ${consistency.percent} % of ${consistency.denominator}, ${consistency.window}, ${consistency.breach}`);
  }
  if (contracts === 'unknown') { lines.push('Contracts not known'); } else if (contracts !== null) {
    if (contracts.maxBySize !== undefined) { lines.push(`Contracts ${row(contracts.maxBySize)}${contracts.halfUntil === undefined ? '' : `, half until a close above ${row(contracts.halfUntil.bySize)}`}; ${String(contracts.microsPerMini)} micros are one`); }
    for (const [size, tiers] of Object.entries(contracts.tiersBySize ?? {})) {
      lines.push(`Levels of ${size}: ${tiers.map((tier) => `from ${tier.fromProfit} ${String(tier.contracts ?? '–')} contracts${tier.dailyLoss === undefined ? '' : `, daily loss ${tier.dailyLoss}`}`).join('; ')}`);
    }
  }
  if (openLoss !== undefined) { lines.push(`Open loss ${openLoss.percent} % of the day’s starting profit${openLoss.raised === undefined ? '' : `, ${openLoss.raised.percent} % from ${row(openLoss.raised.fromProfitBySize)}`}`); }
  if (payout !== undefined) { lines.push(`Payout after ${String(payout.qualifyingDays)} qualifying days${payout.tradingDays === undefined ? '' : ` and ${String(payout.tradingDays)} trading days`}, from ${payout.minimumBalanceBySize === 'unknown' ? 'a balance that is not known' : row(payout.minimumBalanceBySize)}`); }
  if (minimumDays !== undefined || maximumDays !== undefined) { lines.push(`Days ${[...(minimumDays === undefined ? [] : [`at least ${String(minimumDays)}`]), ...(maximumDays === undefined ? [] : [`at most ${String(maximumDays)}`])].join(', ')}`); }
  return lines;
}

function lockText(lock: PackPhase['drawdown']['lock'], row: (table: Readonly<Record<string, unknown>>) => string): string {
  if (lock === 'unknown') { return 'stops where nobody knows'; }
  switch (lock.kind) {
    case 'never': return 'never stops';
    case 'floor': return `stops at ${row(lock.floor.bySize)}`;
    case 'start-plus': return `stops at the start + ${lock.amount}`;
    case 'by-vendor': return `${Object.entries(lock.vendors).map(([vendor, one]) => `${lockText(one, row)} on ${vendor}`).join(', ')}, else ${lockText(lock.otherwise, row)}`;
  }
}
