/** `tickguard size --stop N`: the number of contracts, and what bounds it. */
import type { Operation } from '../../core/operations/operation.ts';
import { type Command, readingCommand } from '../command.ts';

/** The command of the operation `size`. */
export function sizeCommand(operation: Operation): Command {
  return readingCommand(operation, [
    { line: 'tickguard size --stop 8', does: 'the account of tickguard.json, its first product, its ledger' },
    { line: 'tickguard size --stop 12.25 --product MNQ --balance 51200 --peak 52000', does: 'an account whose balance you know' },
  ]);
}
