/** `tickguard check`: runs the operation, prints its report in the wanted form, turns the verdict into the exit code. */
import { resolve } from 'node:path';
import * as z from 'zod';
import type { CheckReport } from '../../core/operations/check.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Operation } from '../../core/operations/operation.ts';
import { REPORT_FORMATS, type ReportFormat, type ReportOptions } from '../../core/findings/reporters/options.ts';
import { report } from '../../core/findings/reporters/report.ts';
import { decode } from '../../core/source/text.ts';
import { writeFileAtomic } from '../../core/storage/atomic-file.ts';
import { VERSION } from '../../core/version.ts';
import { isAbsolutePath, relativePath } from '../../core/workspace/paths.ts';
import { type Command, EXIT, type Session, fail } from '../command.ts';
import type { ParsedOptions } from '../options.ts';
import { buildIdentity } from '../build-identity.ts';
import { runsBundle, startThread } from '../scan-thread.ts';
import { rulePage } from '../../core/operations/pages.ts';

/** How the report is shown; these belong to the terminal, the rest to the operation. */
const display = z.object({
  format: z.enum(REPORT_FORMATS).default('text').meta({ value: 'FORMAT', description: 'Form of the report' }),
  output: z.string().optional().meta({ value: 'FILE', description: 'Write the report to this file instead of standard output' }),
  all: z.boolean().default(false).meta({ description: 'Show every finding, not only the five that cost most' }),
});

/** The command, on top of the operation's own options. */
export function checkCommand(operation: Operation): Command {
  return {
    name: operation.id,
    summary: operation.summary,
    description: [
      'Paths in the report are relative to the project: the nearest folder, from what is checked upwards, with a tickguard.json, a .tickguard folder or a git repository. The whole project is read, so that calls can be followed across files; findings are shown for what was named.',
      'With --staged everything is read from git\'s index: the staged files as they would be committed, the others as they are committed, tickguard.json and .tickguard/baseline.json as well. What is not staged does not count, in policy or in code; ignored and untracked files, links and submodules are left out. In a hook it is the index of the commit that is being made.',
      'Nothing is written but what --fix, --baseline accept and --output are for, and .tickguard/cache in a project of 100 files or more: summaries of files, so that the next check reads only what changed. git does not see it; it may be deleted at any time, and --no-cache does without.',
    ],
    inputs: [operation.input, display],
    examples: [
      { line: 'tickguard check', does: 'check the project around this folder' },
      { line: 'tickguard check src config --format json', does: 'two folders, for a program' },
      { line: 'tickguard check --gate deploy', does: 'what blocks a deployment' },
      { line: 'tickguard check --staged --gate commit', does: 'in a pre-commit hook: what stops this commit' },
      { line: 'tickguard check --coverage', does: 'which guards stand before every order' },
      { line: 'tickguard check --only APX004,APX005 --pack apex-4.0-intraday', does: 'two rules, by one firm\'s pack' },
      { line: 'tickguard check --format sarif --output tickguard.sarif', does: 'for code scanning' },
      { line: 'git show :risk.py | tickguard check --stdin-filename risk.py', does: 'a text that is not on disk' },
    ],
    run: runCheckCommand,
  };
}

async function runCheckCommand(values: ParsedOptions, session: Session): Promise<number> {
  const { terminal, engine } = session;
  const shown = display.parse(values);
  const text = await stdinText(values, session);
  if (!text.ok) { return fail(terminal, text.error); }
  const input = text.value === undefined ? values : { ...values, text: text.value };
  const outcome = await engine.run('check', input, { cwd: terminal.cwd, signal: terminal.signal, progress: (line) => { terminal.progress(line); }, build: buildIdentity, ...(runsBundle() ? { startThread } : {}) });
  terminal.progressDone();
  if (!outcome.ok) { return fail(terminal, outcome.error); }
  const checked = outcome.value as CheckReport;
  const form = formOf(checked.result.root, shown, session);
  const written = await put(report(shown.format, checked.result, form), shown.output, checked, session);
  if (!written.ok) { return fail(terminal, written.error); }
  const say = shown.format === 'text' && shown.output === undefined ? terminal.out : terminal.err;
  for (const line of afterwards(checked, shown.format, values['fix'] === true)) { say.call(terminal, `${line}\n`); }
  return checked.verdict === 'clean' ? EXIT.clean : checked.verdict === 'findings' ? EXIT.findings : EXIT.error;
}

function formOf(root: string, shown: z.output<typeof display>, { engine, terminal }: Session): ReportOptions {
  // GitHub reads annotations relative to the folder it checked out.
  const checkout = terminal.env['GITHUB_WORKSPACE'];
  const prefix = checkout === undefined ? '' : relativePath(checkout, root);
  return {
    color: terminal.color && shown.output === undefined,
    width: shown.output === undefined ? terminal.width : 0,
    version: VERSION, all: shown.all, rules: engine.rules, page: rulePage,
    ...(prefix === '' || prefix.startsWith('..') || isAbsolutePath(prefix) ? {} : { prefix }),
  };
}

/** The text of `--stdin-filename`; undefined without that option. */
async function stdinText(values: ParsedOptions, { terminal }: Session): Promise<Outcome<string | undefined>> {
  const name = values['stdinFilename'];
  if (typeof name !== 'string') { return { ok: true, value: undefined }; }
  const decoded = decode(await terminal.readInput());
  return decoded.ok ? { ok: true, value: decoded.source.text } : { ok: false, error: `Standard input for ${name}: ${decoded.reason}` };
}

/** Puts the report on standard output or into the file. */
async function put(text: string, output: string | undefined, checked: CheckReport, { terminal }: Session): Promise<Outcome<undefined>> {
  const whole = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  if (output === undefined) {
    terminal.out(whole);
    return { ok: true, value: undefined };
  }
  try {
    await writeFileAtomic(resolve(terminal.cwd, output), whole);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return { ok: false, error: `The report could not be written to ${output} (${code}). Name a file in a folder that exists and is writable.` };
  }
  const count = checked.result.findings.filter((finding) => finding.suppressed === undefined).length;
  terminal.err(`Report with ${count} ${count === 1 ? 'finding' : 'findings'} written to ${output}.\n`);
  return { ok: true, value: undefined };
}

/** What the command did besides looking. */
function afterwards(checked: CheckReport, format: ReportFormat, fixing: boolean): readonly string[] {
  const lines = checked.fixed.flatMap(({ file, changes }) => changes.map((change) => `Fixed ${file}: ${change}`));
  if (fixing && lines.length === 0) { lines.push('Nothing was fixed: no finding has a fix that is safe without a look.'); }
  if (checked.accepted !== undefined) {
    const { file, findings, sites } = checked.accepted;
    const guards = sites === undefined ? '' : ` and the guards of ${sites} order ${sites === 1 ? 'site' : 'sites'}`;
    lines.push(`Baseline written to ${file}: ${findings} ${findings === 1 ? 'finding' : 'findings'}${guards} accepted. Commit it to share it.`);
  }
  if (format === 'sarif') { lines.push(...(checked.result.coverage?.fallen ?? []).map((fall) => `Guard coverage fell: ${fall.message}`)); }
  if (checked.verdict === 'incomplete' && format !== 'text') { lines.push('The check is incomplete: a rule failed or a file could not be read.'); }
  return lines;
}
