/** `tickguard explain`: a rule's page in the terminal. */
import type { ExplainReport } from '../../core/operations/explain.ts';
import type { Operation } from '../../core/operations/operation.ts';
import { type Command, EXIT, type Session, fail } from '../command.ts';
import type { ParsedOptions } from '../options.ts';

const BOLD = '\u001b[1m';
const DIM = '\u001b[2m';
const RESET = '\u001b[0m';

/** The command of the operation `explain`. */
export function explainCommand(operation: Operation): Command {
  return {
    name: operation.id,
    summary: operation.summary,
    description: [],
    inputs: [operation.input],
    examples: [
      { line: 'tickguard explain APX004', does: 'by its id' },
      { line: 'tickguard explain late-cutoff', does: 'by its name' },
    ],
    run: runExplainCommand,
  };
}

async function runExplainCommand(values: ParsedOptions, { engine, terminal }: Session): Promise<number> {
  const outcome = await engine.run('explain', values, { cwd: terminal.cwd, signal: terminal.signal });
  if (!outcome.ok) { return fail(terminal, outcome.error); }
  const { page, docs } = outcome.value as ExplainReport;
  terminal.out(`${styleMarkdown(page, terminal.color)}\n${docs}\n`);
  return EXIT.clean;
}

/** Markdown as it is, without comments; with colour its headings are bold and its code samples dim. */
export function styleMarkdown(page: string, color: boolean): string {
  const lines: string[] = [];
  let code = false;
  let comment = false;
  for (const line of page.trimEnd().split('\n')) {
    if (!code && line.startsWith('<!--')) { comment = true; }
    if (comment) {
      comment = !line.includes('-->');
      continue;
    }
    const fence = line.startsWith('```');
    if (fence) { code = !code; }
    const style = !color ? '' : fence || code ? DIM : line.startsWith('#') ? BOLD : '';
    if (line !== '' || lines.at(-1) !== '') { lines.push(style === '' || line === '' ? line : `${style}${line}${RESET}`); }
  }
  return `${lines.join('\n').trim()}\n`;
}
