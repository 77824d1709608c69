/** `tickguard sessions PRODUCT`: a product's days in the terminal. */
import type { Operation } from '../../core/operations/operation.ts';
import { type Command, readingCommand } from '../command.ts';

/** The command of the operation `sessions`. */
export function sessionsCommand(operation: Operation): Command {
  return readingCommand(operation, [
    { line: 'tickguard sessions ES', does: 'the next ten days' },
    { line: 'tickguard sessions GC --from 2026-11-23 --days 5', does: 'Thanksgiving week' },
  ]);
}
