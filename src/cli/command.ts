/** What a command of the terminal is; `commands.ts` lists them. */
import type { Engine } from '../engine.ts';
import type { z } from 'zod';
import { type OptionSpec, type ParsedOptions, optionsOf, parseOptions } from './options.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Operation } from '../core/operations/operation.ts';
import type { Terminal } from './terminal.ts';

/** Exit codes of every command. */
export const EXIT = {
  /** Nothing to report. */
  clean: 0,
  /** Findings at or above `--fail-on`, or a gate that does not pass. */
  findings: 1,
  /** Wrong use, an error of our own, or a check that is incomplete. */
  error: 2,
} as const;

/** The same, for help and docs. */
export const EXIT_CODES: readonly { readonly code: number; readonly means: string }[] = [
  { code: 0, means: 'nothing to report' },
  { code: 1, means: 'findings at or above --fail-on, or something blocks the gate' },
  { code: 2, means: 'wrong use, an error of Tickguard, or an incomplete check (a rule failed, a file could not be read)' },
  { code: 130, means: 'stopped by Ctrl-C' },
];

export interface Session {
  readonly engine: Engine;
  readonly terminal: Terminal;
}

export interface Command {
  /** Also the id of its operation, where it has one. */
  readonly name: string;
  readonly summary: string;
  /** More than the summary, where there is more to say; plain text, a paragraph an entry. */
  readonly description: readonly string[];
  /** Flat objects whose fields are its options: the operation's input, then what only the terminal knows. */
  readonly inputs: readonly z.ZodType[];
  readonly examples: readonly { readonly line: string; readonly does: string }[];
  /** Runs it; the exit code, or undefined where it goes on by itself (a server). */
  run(values: ParsedOptions, session: Session): Promise<number | undefined>;
}

/** The command of an operation that only answers something to read; `show` writes its report as text where it does not do so itself. */
export function readingCommand<Report>(
  operation: Operation, examples: Command['examples'], show: (report: Report, terminal: Terminal) => string = (report, { color }) => textOf(operation, report, color),
): Command {
  return {
    name: operation.id,
    summary: operation.summary,
    description: [],
    inputs: [operation.input],
    examples,
    async run(values, { engine, terminal }) {
      const outcome = await engine.run(operation.id, values, { cwd: terminal.cwd, signal: terminal.signal, progress: (text) => { terminal.progress(text); } });
      if (!outcome.ok) { return fail(terminal, outcome.error); }
      terminal.progressDone();
      terminal.out(show(outcome.value as Report, terminal));
      return EXIT.clean;
    },
  };
}

function textOf(operation: Operation, report: unknown, color: boolean): string {
  if (operation.text === undefined) { throw new Error(`Operation ${operation.id} has no text, and its command does not write one.`); }
  return operation.text(report, color);
}

/** The options of a command, in the order of its help. */
export function optionsFor(command: Command): readonly OptionSpec[] {
  return command.inputs.flatMap((input) => optionsOf(input));
}

/** Reads the arguments of a command and checks them against its schemas; the error names the option as it is typed. */
export function readArguments(command: Command, args: readonly string[]): Outcome<ParsedOptions> {
  const options = optionsFor(command);
  const parsed = parseOptions(command.name, options, args);
  if (!parsed.ok || parsed.value['help'] === true) { return parsed; }
  for (const input of command.inputs) {
    const checked = input.safeParse(parsed.value);
    const issue = checked.error?.issues[0];
    if (issue !== undefined) {
      const option = options.find((candidate) => candidate.field === issue.path[0]);
      return { ok: false, error: `${option?.flag ?? command.name} ${issue.message}.` };
    }
  }
  return parsed;
}

/** Says what is wrong, in one sentence on standard error, and gives the exit code for it. */
export function fail(terminal: Terminal, error: string): number {
  terminal.progressDone();
  terminal.err(`tickguard: ${error}\n`);
  return EXIT.error;
}
