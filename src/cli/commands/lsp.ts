/** `tickguard lsp`: the language server, for any editor that speaks the protocol over standard input and output. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as z from 'zod';
import { type Command, type Session, fail } from '../command.ts';
import type { ParsedOptions } from '../options.ts';

const transport = z.object({
  stdio: z.boolean().default(false).meta({ description: 'Speak over standard input and output; the only way there is, and the default' }),
});

/** The command; it has no operation of its own, it is another door. */
export const lspCommand: Command = {
  name: 'lsp',
  summary: 'Start the language server for an editor, over standard input and output',
  description: ['For editors, not for people: it waits for messages of the language server protocol and ends when its editor does.'],
  inputs: [transport],
  examples: [{ line: 'tickguard lsp --stdio', does: 'what to enter as the server\'s command in an editor' }],
  run: startServer,
};

function startServer(_values: ParsedOptions, { terminal }: Session): Promise<number | undefined> {
  const server = join(__dirname, 'server.cjs');
  if (!existsSync(server)) {
    return Promise.resolve(fail(terminal, `The language server is missing: ${server} does not exist. Install tickguard again, or run "npm run build".`));
  }
  // The protocol library reads its transport from the arguments of the process.
  if (!process.argv.includes('--stdio')) { process.argv.push('--stdio'); }
  createRequire(__filename)(server);
  return Promise.resolve(undefined);
}
