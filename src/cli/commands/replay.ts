/** `tickguard replay LEDGER…`: runs the operation, prints its report in the wanted form, turns the verdict into the exit code. */
import { resolve } from 'node:path';
import * as z from 'zod';
import type { Operation } from '../../core/operations/operation.ts';
import { writeFileAtomic } from '../../core/storage/atomic-file.ts';
import { VERSION } from '../../core/version.ts';
import { htmlOf, markdownOf, replayDocument, type ReplayReport, replayText } from '../../guardians/compliance/index.ts';
import { type Command, EXIT, type Session, fail } from '../command.ts';
import type { ParsedOptions } from '../options.ts';

const FORMATS = ['text', 'json', 'markdown', 'html'] as const;

const display = z.object({
  format: z.enum(FORMATS).default('text').meta({ value: 'FORMAT', description: 'Form of the report; html prints well, so it is the way to PDF' }),
  output: z.string().optional().meta({ value: 'FILE', description: 'Write the report to this file instead of standard output' }),
  all: z.boolean().default(false).meta({ description: 'Show every incident, note and day' }),
});

/** The command, on top of the operation's own options. */
export function replayCommand(operation: Operation): Command {
  return {
    name: operation.id,
    summary: operation.summary,
    description: [
      'Fills, orders, equity marks, prices and bars of one account are put in order and played against its rules: where the floor was and how much room there was at every mark, in exact cents; the day’s loss, contracts, the flat deadline of each product and half-day, consistency. What a file cannot tell is said, not guessed.',
      'A time without a zone is refused until --tz names its clock. Several files of one account are played as one.',
    ],
    inputs: [operation.input, display],
    examples: [
      { line: 'tickguard replay fills.csv --tz America/New_York', does: 'against the account of tickguard.json' },
      { line: 'tickguard replay equity.csv fills.csv --pack topstep --size 50000', does: 'marks and fills of one account' },
      { line: 'tickguard replay ledger.jsonl --compare apex-4.0-eod,topstep', does: 'what other packs would have said' },
      { line: 'tickguard replay report.html --tz America/New_York+7h --format html --output report-of-may.html', does: 'a MetaTrader report, as a document' },
    ],
    run: runReplay,
  };
}

async function runReplay(values: ParsedOptions, { engine, terminal }: Session): Promise<number> {
  const { format, output, all, ...input } = values;
  const outcome = await engine.run('replay', input, { cwd: terminal.cwd, signal: terminal.signal, progress: (text) => { terminal.progress(text); } });
  terminal.progressDone();
  if (!outcome.ok) { return fail(terminal, outcome.error); }
  const report = outcome.value as ReplayReport;
  const text = textOf(report, (format ?? 'text') as (typeof FORMATS)[number], { color: typeof output === 'string' ? false : terminal.color, all: all === true });
  if (typeof output === 'string') {
    try {
      await writeFileAtomic(resolve(terminal.cwd, output), text);
    } catch (error) {
      return fail(terminal, `${output} could not be written (${(error as NodeJS.ErrnoException).code ?? String(error)}). Check the folder and its permissions.`);
    }
    terminal.err(`Report written to ${output}.\n`);
  } else {
    terminal.out(text);
  }
  return report.verdict === 'kept' ? EXIT.clean : EXIT.findings;
}

function textOf(report: ReplayReport, format: (typeof FORMATS)[number], shown: { readonly color: boolean; readonly all: boolean }): string {
  if (format === 'json') { return `${JSON.stringify({ schema: 1, tool: { name: 'tickguard', version: VERSION }, ...report }, undefined, 2)}\n`; }
  if (format === 'text') { return replayText(report, shown); }
  const document = replayDocument(report, `Tickguard ${VERSION}`);
  return format === 'html' ? htmlOf(document) : markdownOf(document);
}
