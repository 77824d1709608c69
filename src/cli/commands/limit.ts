/** `tickguard limit FILE:LINE`: the way of a limit in the terminal. */
import type { Operation } from '../../core/operations/operation.ts';
import type { LimitReport } from '../../guardians/compliance/index.ts';
import { type Command, readingCommand } from '../command.ts';

const BOLD = '\u001b[1m';
const RESET = '\u001b[0m';

/** The command of the operation `limit`. */
export function limitCommand(operation: Operation): Command {
  return readingCommand<LimitReport>(operation, [
    { line: 'tickguard limit config/live.yaml:6', does: 'from the key in the file' },
    { line: 'tickguard limit src/risk.py:41', does: 'from the comparison' },
  ], ({ markdown }, { color }) => `${plainMarkdown(markdown, color)}\n`);
}

/** Markdown without its marks: links are their text, bold is bold where there is colour. */
function plainMarkdown(markdown: string, color: boolean): string {
  return withoutLinks(markdown).replace(/\*\*([^*]{1,300})\*\*/g, color ? `${BOLD}$1${RESET}` : '$1').replaceAll('`', '');
}

/** Every `[text](address)` as its text. */
function withoutLinks(markdown: string): string {
  let plain = '';
  let at = 0;
  for (let middle = markdown.indexOf(']('); middle >= 0; middle = markdown.indexOf('](', at)) {
    const open = markdown.lastIndexOf('[', middle);
    const close = markdown.indexOf(')', middle);
    if (open < at || close < 0) { break; }
    plain += markdown.slice(at, open) + markdown.slice(open + 1, middle);
    at = close + 1;
  }
  return plain + markdown.slice(at);
}
