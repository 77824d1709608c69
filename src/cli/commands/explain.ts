/** `tickguard explain`: a rule's page in the terminal. */
import type { ExplainReport } from '../../core/operations/explain.ts';
import type { Operation } from '../../core/operations/operation.ts';
import { type Command, readingCommand } from '../command.ts';

const BOLD = '\u001b[1m';
const DIM = '\u001b[2m';
const RESET = '\u001b[0m';

/** The command of the operation `explain`. */
export function explainCommand(operation: Operation): Command {
  return readingCommand<ExplainReport>(operation, [
    { line: 'tickguard explain APX004', does: 'by its id' },
    { line: 'tickguard explain late-cutoff', does: 'by its name' },
  ], ({ page, docs }, { color }) => `${styleMarkdown(page, color)}\n${docs}\n`);
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
