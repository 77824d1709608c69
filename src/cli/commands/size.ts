/** `tickguard size --stop N`: the number of contracts, and what bounds it. */
import type { Operation } from '../../core/operations/operation.ts';
import { moneyOf, type SizeReport } from '../../guardians/compliance/index.ts';
import { type Command, readingCommand } from '../command.ts';

/** The command of the operation `size`. */
export function sizeCommand(operation: Operation): Command {
  return readingCommand<SizeReport>(operation, [
    { line: 'tickguard size --stop 8', does: 'the account of tickguard.json, its first product, its ledger' },
    { line: 'tickguard size --stop 12.25 --product MNQ --balance 51200 --peak 52000', does: 'an account whose balance you know' },
  ], sizeText);
}

function sizeText({ product, contracts, bound, bounds, lossOfOne, loss, room, equity, floor, account, from }: SizeReport): string {
  const width = Math.max(...bounds.map(({ what }) => what.length));
  return [
    `${String(contracts)} ${product} for ${account}: loses ${moneyOf(loss)} at the stop (${moneyOf(lossOfOne)} a contract); ${bound} decides.`,
    `Equity ${moneyOf(equity)}, floor ${moneyOf(floor)}, room ${moneyOf(room)}; from ${from}.`,
    ...bounds.map(({ what, contracts: fit, why }) => `  ${what.padEnd(width)}  ${String(fit).padStart(4)}  ${why}`), '',
  ].join('\n');
}
