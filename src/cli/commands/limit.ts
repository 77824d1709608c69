/** `tickguard limit FILE:LINE`: the way of a limit in the terminal. */
import type { Operation } from '../../core/operations/operation.ts';
import type { LimitReport } from '../../guardians/compliance/index.ts';
import { type Command, EXIT, type Session, fail } from '../command.ts';
import type { ParsedOptions } from '../options.ts';

const BOLD = '\u001b[1m';
const RESET = '\u001b[0m';

/** The command of the operation `limit`. */
export function limitCommand(operation: Operation): Command {
  return {
    name: operation.id,
    summary: operation.summary,
    description: [],
    inputs: [operation.input],
    examples: [
      { line: 'tickguard limit config/live.yaml:6', does: 'from the key in the file' },
      { line: 'tickguard limit src/risk.py:41', does: 'from the comparison' },
    ],
    run: runLimitCommand,
  };
}

async function runLimitCommand(values: ParsedOptions, { engine, terminal }: Session): Promise<number> {
  const outcome = await engine.run('limit', values, { cwd: terminal.cwd, signal: terminal.signal, progress: (text) => { terminal.progress(text); } });
  terminal.progressDone();
  if (!outcome.ok) { return fail(terminal, outcome.error); }
  terminal.out(`${plainMarkdown((outcome.value as LimitReport).markdown, terminal.color)}\n`);
  return EXIT.clean;
}

/** Markdown without its marks: links are their text, bold is bold where there is colour. */
function plainMarkdown(markdown: string, color: boolean): string {
  return markdown.replace(/\[([^\]]{1,300})\]\([^)]{1,1000}\)/g, '$1').replace(/\*\*([^*]{1,300})\*\*/g, color ? `${BOLD}$1${RESET}` : '$1').replaceAll('`', '');
}
