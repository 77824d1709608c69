/** `tickguard redact [FILE…]`: a filter for log pipelines, and for files. */
import type { Operation } from '../../core/operations/operation.ts';
import type { RedactReport } from '../../guardians/security/index.ts';
import { type Command, EXIT, fail } from '../command.ts';

/** The command of the operation `redact`. */
export function redactCommand(operation: Operation): Command {
  return {
    name: operation.id,
    summary: operation.summary,
    description: [
      'Masked are what SEC001 finds, private keys over several lines, and every value of the environment files of this folder, as it is, percent-encoded and in base64.',
      'Lines leave as soon as they are whole; what is not masked leaves byte by byte as it came. Nothing is sent anywhere.',
    ],
    inputs: [operation.input],
    examples: [
      { line: 'tail -f bot.log | tickguard redact', does: 'follow a log' },
      { line: 'tickguard redact --in-place logs/*.log', does: 'mask files where they are' },
      { line: 'tickguard redact --python-filter tickguard_redact.py', does: 'the filter for a Python strategy' },
    ],
    async run(values, { engine, terminal }) {
      const outcome = await engine.run(operation.id, values, { cwd: terminal.cwd, signal: terminal.signal, streams: terminal.streams });
      if (!outcome.ok) { return fail(terminal, outcome.error); }
      const { streams, wrote } = outcome.value as RedactReport;
      if (wrote !== undefined) { terminal.out(`wrote ${wrote}\n`); }
      // Where the masked text itself goes to standard output nothing else does.
      if (values['inPlace'] !== true && values['output'] === undefined) { return EXIT.clean; }
      for (const { name, masked } of streams) { terminal.out(`${name}: ${String(masked)} masked\n`); }
      return EXIT.clean;
    },
  };
}
