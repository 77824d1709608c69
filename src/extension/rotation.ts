/** “Copy rotation steps”: the steps of a provider, on the clipboard for a ticket. The server wrote them; no secret is in them. */
import { env, window } from 'vscode';
import { CLIENT_COMMANDS } from '../shared/protocol.ts';
import type { CommandEntry } from './commands.ts';

/** How long the status bar says that the steps were copied, ms. */
const SHOWN_MS = 4_000;

export function registerRotation(): readonly CommandEntry[] {
  return [{
    id: CLIENT_COMMANDS.copyRotationSteps,
    always: async (_reference, text) => {
      if (typeof text !== 'string' || text === '') { throw new Error('There are no steps to copy. Use the quick fix of a finding of SEC001.'); }
      await env.clipboard.writeText(text);
      window.setStatusBarMessage('Tickguard: rotation steps copied', SHOWN_MS);
    },
  }];
}
