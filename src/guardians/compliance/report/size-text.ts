/** How many contracts fit, as text. */
import type { SizeReport } from '../operations/size.ts';
import { moneyText } from '../packs/money.ts';

/** The number with what it loses, then a line a bound. */
export function sizeText({ product, contracts, bound, bounds, lossOfOne, loss, room, equity, floor, account, from }: SizeReport): string {
  const width = Math.max(...bounds.map(({ what }) => what.length));
  return [
    `${String(contracts)} ${product} for ${account}: loses ${moneyText(loss)} at the stop (${moneyText(lossOfOne)} a contract); ${bound} decides.`,
    `Equity ${moneyText(equity)}, floor ${moneyText(floor)}, room ${moneyText(room)}; from ${from}.`,
    ...bounds.map(({ what, contracts: fit, why }) => `  ${what.padEnd(width)}  ${String(fit).padStart(4)}  ${why}`), '',
  ].join('\n');
}
