/** `tickguard help`: what a word leads to; the help of a command, where the word is one. */
import type { HelpReport } from '../../core/operations/help.ts';
import type { Operation } from '../../core/operations/operation.ts';
import { type Command, readingCommand } from '../command.ts';

/** The command of the operation `help`. */
export function helpCommand(operation: Operation): Command {
  return readingCommand<HelpReport>(operation, [
    { line: 'tickguard help credentials', does: 'what guards credentials' },
    { line: 'tickguard help', does: 'everything there is' },
  ], describe);
}

function describe(found: HelpReport): string {
  const guardians = found.guardians.map(({ title, present }): readonly [string, string] => [title, present ? '' : 'not in this version']);
  const operations = found.operations.map(({ id, summary }): readonly [string, string] => [`tickguard ${id}`, summary]);
  const rules = found.rules.map(({ id, name, summary }): readonly [string, string] => [`${id} ${name}`, summary]);
  const [first] = found.rules;
  const next = first === undefined ? 'tickguard <command> --help' : `tickguard explain ${first.id}`;
  return [
    ...block('Guardians', guardians), ...block('Commands', operations), ...block('Rules', rules), `Next: ${next}`, '',
  ].join('\n');
}

function block(title: string, rows: readonly (readonly [string, string])[]): readonly string[] {
  if (rows.length === 0) { return []; }
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return [`${title}:`, ...rows.map(([name, text]) => `  ${name.padEnd(width)}${text}`.trimEnd()), ''];
}
