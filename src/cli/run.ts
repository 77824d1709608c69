/** From arguments to an exit code; ends no process and touches no global. */
import { createEngine } from '../engine.ts';
import { didYouMean } from '../core/operations/suggest.ts';
import { VERSION } from '../core/version.ts';
import { EXIT, fail, readArguments } from './command.ts';
import { listCommands } from './commands.ts';
import { commandHelp, overview } from './help-text.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs one command line (without node and script).
 * @returns the exit code, or undefined where the command goes on by itself (`lsp`).
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number | undefined> {
  const [first, ...rest] = args[0] === '--no-color' ? args.slice(1) : args;
  const engine = createEngine();
  const commands = listCommands(engine.operations);
  if (first === undefined || first === '--help' || first === '-h') {
    terminal.out(overview(commands));
    return EXIT.clean;
  }
  if (first === '--version' || first === '-v') {
    terminal.out(`tickguard ${VERSION}\n`);
    return EXIT.clean;
  }
  const command = commands.find((candidate) => candidate.name === first);
  if (command === undefined) { return fail(terminal, unknownCommand(first, commands.map((known) => known.name))); }
  const parsed = readArguments(command, rest);
  if (!parsed.ok) { return fail(terminal, parsed.error); }
  if (parsed.value['help'] === true) {
    terminal.out(commandHelp(command));
    return EXIT.clean;
  }
  const { noColor: _shown, ...values } = parsed.value;
  return command.run(values, { engine, terminal });
}

function unknownCommand(given: string, known: readonly string[]): string {
  if (given.startsWith('-')) { return `An option comes after a command: tickguard check ${given}. "tickguard --help" lists the commands.`; }
  const hint = didYouMean(given, known)
    ?? (/[./\\]/.test(given) ? `To check a path: tickguard check ${given}` : `Commands are ${known.join(', ')}.`);
  return `There is no command "${given}". ${hint}`;
}
