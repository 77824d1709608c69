/** `tickguard packs`: the list, one pack, or what two of them say differently. */
import type { Operation } from '../../core/operations/operation.ts';
import { type Command, readingCommand } from '../command.ts';

/** The command of the operation `packs`. */
export function packsCommand(operation: Operation): Command {
  return readingCommand(operation, [
    { line: 'tickguard packs', does: 'every pack, since when it holds, and when its pages were read' },
    { line: 'tickguard packs apex-4.0-eod', does: 'one pack with its limits and evidence' },
    { line: 'tickguard packs diff apex-3.0 apex-4.0-eod --here', does: 'the lines and ledger days that a new rulebook changes' },
  ]);
}
