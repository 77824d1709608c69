/** `tickguard history`: runs the operation, prints its report in the wanted form, turns the verdict into the exit code. */
import { resolve } from 'node:path';
import * as z from 'zod';
import { report as reportAs } from '../../core/findings/reporters/report.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Operation } from '../../core/operations/operation.ts';
import { writeFileAtomic } from '../../core/storage/atomic-file.ts';
import { VERSION } from '../../core/version.ts';
import { historyFindings, historyJson, type HistoryReport, historyText } from '../../guardians/security/index.ts';
import { buildIdentity } from '../build-identity.ts';
import { type Command, EXIT, type Session, fail } from '../command.ts';
import type { ParsedOptions } from '../options.ts';

const FORMATS = ['text', 'json', 'sarif', 'github'] as const;

/** How the report is shown. */
const display = z.object({
  format: z.enum(FORMATS).default('text').meta({ value: 'FORMAT', description: 'Form of the report' }),
  output: z.string().optional().meta({ value: 'FILE', description: 'Write the report to this file instead of standard output' }),
  keyFrom: z.string().optional().meta({ value: 'VARIABLE', description: 'With --proof: the environment variable that holds the key; without, it is read from standard input' }),
  all: z.boolean().default(false).meta({ description: 'Show every secret, not only the first ten' }),
});

/** The command, on top of the operation's own options. */
export function historyCommand(operation: Operation): Command {
  return {
    name: operation.id,
    summary: operation.summary,
    description: [
      'Every line that any commit added is read once, and the whole file where a line is worth it; of a merge the lines that no parent has. A secret is told once, by a salted hash of its value, with the first and the last commit. The stash and what is staged are read as well. Nothing is fetched and nothing leaves this machine.',
      'What was read is remembered in .tickguard/cache, so that the next run reads only new commits and one that was stopped goes on where it was. git does not see the folder; it may be deleted at any time.',
      'A repository with damage is read as far as it goes: what is missing is named, and the exit code is 2.',
    ],
    inputs: [operation.input, display],
    examples: [
      { line: 'tickguard history', does: 'everything that was ever committed' },
      { line: 'tickguard history main..feature', does: 'what a branch adds' },
      { line: 'tickguard history --since "2 weeks ago" --format json', does: 'the last two weeks, for a program' },
      { line: 'tickguard history --proof --key-from OLD_KEY --repository ../bot', does: 'whether a rotated key is gone everywhere' },
      { line: 'tickguard history --format sarif --output history.sarif', does: 'for code scanning' },
    ],
    run: runHistory,
  };
}

async function runHistory(values: ParsedOptions, session: Session): Promise<number> {
  const { terminal, engine } = session;
  const { format, output, all, keyFrom, ...rest } = values;
  const key = await keyOf(rest['proof'] === true, keyFrom, session);
  if (!key.ok) { return fail(terminal, key.error); }
  const input = key.value === undefined ? rest : { ...rest, key: key.value };
  if (rest['proof'] === true && format !== undefined && format !== 'text' && format !== 'json') { return fail(terminal, `A proof has the formats text and json; ${String(format)} is for findings.`); }
  const outcome = await engine.run('history', input, {
    cwd: terminal.cwd, signal: terminal.signal, build: buildIdentity, progress: (text) => { terminal.progress(text); },
  });
  terminal.progressDone();
  if (!outcome.ok) { return fail(terminal, outcome.error); }
  const report = outcome.value as HistoryReport;
  const text = textOf(report, format as (typeof FORMATS)[number] | undefined, all === true, typeof output === 'string' ? false : terminal.color, session);
  if (typeof output === 'string') {
    try {
      await writeFileAtomic(resolve(terminal.cwd, output), text);
    } catch (error) {
      return fail(terminal, `${output} could not be written (${(error as NodeJS.ErrnoException).code ?? String(error)}). Check the folder and its permissions.`);
    }
    const { length } = report.secrets;
    terminal.err(`Report with ${length} ${length === 1 ? 'secret' : 'secrets'} written to ${output}.\n`);
  } else {
    terminal.out(text);
  }
  if (report.verdict === 'incomplete' && format !== undefined && format !== 'text') { terminal.err('The scan is incomplete: something in the repository could not be read.\n'); }
  return report.verdict === 'incomplete' ? EXIT.error : report.verdict === 'findings' ? EXIT.findings : EXIT.clean;
}

/** The key of a proof, from where no list of processes shows it. */
async function keyOf(proof: boolean, keyFrom: ParsedOptions[string] | undefined, { terminal }: Session): Promise<Outcome<string | undefined>> {
  if (typeof keyFrom === 'string') {
    if (!proof) { return { ok: false, error: '--key-from belongs to --proof. Add it, or leave it out.' }; }
    const value = terminal.env[keyFrom];
    return value === undefined || value === '' ? { ok: false, error: `The environment variable ${keyFrom} is not set. Set it to the key, or pipe the key into the command.` } : { ok: true, value };
  }
  if (!proof) { return { ok: true, value: undefined }; }
  if (terminal.interactive) { return { ok: false, error: 'The key is read from standard input, where a terminal would show it. Pipe it in, or name a variable with --key-from.' }; }
  return { ok: true, value: Buffer.from(await terminal.readInput()).toString('utf8') };
}

function textOf(report: HistoryReport, format: (typeof FORMATS)[number] | undefined, all: boolean, color: boolean, { engine }: Session): string {
  if (format === 'json') { return historyJson(report, VERSION); }
  if (format === 'sarif' || format === 'github') {
    return reportAs(format, historyFindings(report), { color: false, width: 0, version: VERSION, rules: engine.rules.filter(({ id }) => id === 'SEC001') });
  }
  return historyText(report, { color, all });
}
