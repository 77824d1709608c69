/** The commands of the terminal, in the order of the help: each takes its options from its operation. */
import type { Operation } from '../core/operations/operation.ts';
import type { Command } from './command.ts';
import { checkCommand } from './commands/check.ts';
import { explainCommand } from './commands/explain.ts';
import { helpCommand } from './commands/help.ts';
import { historyCommand } from './commands/history.ts';
import { hookCommand } from './commands/hook.ts';
import { initCommand } from './commands/init.ts';
import { limitCommand } from './commands/limit.ts';
import { packsCommand } from './commands/packs.ts';
import { replayCommand } from './commands/replay.ts';
import { redactCommand } from './commands/redact.ts';
import { sizeCommand } from './commands/size.ts';
import { sessionsCommand } from './commands/sessions.ts';
import { lspCommand } from './commands/lsp.ts';

const BY_OPERATION: Readonly<Record<string, (operation: Operation) => Command>> = {
  check: checkCommand, history: historyCommand, hook: hookCommand, explain: explainCommand, limit: limitCommand, packs: packsCommand, replay: replayCommand, size: sizeCommand, redact: redactCommand,
  sessions: sessionsCommand,
  init: initCommand, help: helpCommand,
};

/** Every operation that names the door `cli`, and the other doors that the terminal opens. */
export function listCommands(operations: readonly Operation[]): readonly Command[] {
  const offered = operations.filter((operation) => operation.doors.includes('cli')).map((operation) => {
    const make = BY_OPERATION[operation.id];
    if (make === undefined) { throw new Error(`Operation ${operation.id} names the terminal as a door, but no command shows it.`); }
    return make(operation);
  });
  const help = offered.filter((command) => command.name === 'help');
  return [...offered.filter((command) => command.name !== 'help'), lspCommand, ...help];
}
