/** `tickguard init`: shows the proposal, asks, and only then writes. */
import type { InitReport } from '../../core/operations/init.ts';
import type { Operation } from '../../core/operations/operation.ts';
import { type Command, EXIT, type Session, fail } from '../command.ts';
import { relativePath } from '../../core/workspace/paths.ts';
import type { ParsedOptions } from '../options.ts';

/** The command of the operation `init`. */
export function initCommand(operation: Operation): Command {
  return {
    name: operation.id,
    summary: operation.summary,
    description: [
      'Looks for names of firms and platforms, MetaTrader sources, account sizes and products, and shows the file it would write. On a terminal it then asks; elsewhere it writes only with --yes.',
    ],
    inputs: [operation.input],
    examples: [
      { line: 'tickguard init', does: 'look, show, ask' },
      { line: 'tickguard init bots --yes', does: 'write bots/tickguard.json without asking' },
    ],
    run: runInitCommand,
  };
}

async function runInitCommand(values: ParsedOptions, session: Session): Promise<number> {
  const { terminal } = session;
  const proposed = await call({ ...values, yes: false }, session);
  if (typeof proposed === 'string') { return fail(terminal, proposed); }
  const name = relativePath(terminal.cwd, proposed.file) || proposed.file;
  show(proposed, name, session);
  const overwrite = values['overwrite'] === true;
  if (proposed.exists && !overwrite) {
    if (values['yes'] === true) { return fail(terminal, `${name} is already there and stays as it is. Edit it, or replace it with --overwrite.`); }
    terminal.out(`\n${name} is already there and stays as it is. Replace it with: ${again(values)} --overwrite\n`);
    return EXIT.clean;
  }
  if (values['yes'] !== true && !await agreed(proposed, name, again(values), session)) { return EXIT.clean; }
  const written = await call({ ...values, yes: true }, session);
  if (typeof written === 'string') { return fail(terminal, written); }
  terminal.out(`\nWrote ${name}. Next: tickguard check\n`);
  return EXIT.clean;
}

/** The command as it was typed, without options. */
function again(values: ParsedOptions): string {
  return typeof values['folder'] === 'string' ? `tickguard init ${values['folder']}` : 'tickguard init';
}

async function call(values: ParsedOptions, { engine, terminal }: Session): Promise<InitReport | string> {
  const outcome = await engine.run('init', values, { cwd: terminal.cwd, signal: terminal.signal, progress: (line) => { terminal.progress(line); } });
  terminal.progressDone();
  return outcome.ok ? outcome.value as InitReport : outcome.error;
}

function show(proposed: InitReport, name: string, { terminal }: Session): void {
  const signs = proposed.evidence.map((sign) => `  ${sign}\n`).join('');
  if (signs !== '') { terminal.out(`Found:\n${signs}\n`); }
  terminal.out(`${proposed.doubt}\n\n${name}:\n\n${proposed.text}`);
}

async function agreed(proposed: InitReport, name: string, command: string, { terminal }: Session): Promise<boolean> {
  if (!terminal.interactive) {
    terminal.out(`\nNothing was written. Write it with: ${command} --yes\n`);
    return false;
  }
  terminal.out('\n');
  const answer = await terminal.ask(`${proposed.exists ? 'Replace' : 'Write'} ${name}? [y/N] `);
  if (/^y(?:es)?$/i.test(answer?.trim() ?? '')) { return true; }
  terminal.out('Nothing was written.\n');
  return false;
}
