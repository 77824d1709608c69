/** “Accept as known”: the server writes the finding into `.tickguard/baseline.json`. */
import { window } from 'vscode';
import { SERVER_COMMANDS } from '../shared/protocol.ts';
import type { CommandEntry } from './commands.ts';
import type { Ctx } from './ctx.ts';
import { referenceOf } from './finding-at.ts';

export function registerAcceptBaseline(_ctx: Ctx): readonly CommandEntry[] {
  return [{
    id: 'tickguard.acceptBaseline',
    running: async (client, argument) => {
      const finding = referenceOf(argument, window.activeTextEditor);
      if (finding === undefined) { throw new Error('There is no Tickguard finding at the cursor. Place it on an underlined part.'); }
      await client.execute(SERVER_COMMANDS.acceptBaseline, finding);
    },
  }];
}
