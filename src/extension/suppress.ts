/** “Ignore here, with a reason”: asks for the reason, then writes the comment. */
import { window } from 'vscode';
import { type Answer, CLIENT_COMMANDS, METHODS, type SuppressParams } from '../shared/protocol.ts';
import type { CommandEntry } from './commands.ts';
import type { Ctx } from './ctx.ts';
import { referenceOf } from './finding-at.ts';

export function registerSuppress(_ctx: Ctx): readonly CommandEntry[] {
  return [{
    id: CLIENT_COMMANDS.suppressWithReason,
    // The second argument is for tests and key bindings: a reason given is not asked for.
    running: async (client, argument, given) => {
      const finding = referenceOf(argument, window.activeTextEditor);
      if (finding === undefined) { throw new Error('There is no Tickguard finding at the cursor. Place it on an underlined part.'); }
      const reason = typeof given === 'string' ? given : await askReason(finding.rule);
      if (reason === undefined) { return; }
      const params: SuppressParams = { uri: finding.uri, fingerprint: finding.fingerprint, reason };
      const answer = await client.request<Answer<unknown>>(METHODS.suppress, params);
      if (!answer.ok) { throw new Error(answer.error); }
      if (!await client.applyEdit(answer.value)) { throw new Error('The text changed meanwhile. Nothing was written.'); }
    },
  }];
}

async function askReason(rule: string): Promise<string | undefined> {
  return window.showInputBox({
    title: `Ignore ${rule} here`,
    prompt: 'Why is this right here? The reason is written beside the code, for whoever reads it next.',
    placeHolder: 'runs only in the back-test, behind a flag',
    ignoreFocusOut: true,
    validateInput: (text) => (/[\p{L}\p{N}]/u.test(text) ? undefined : 'A suppression needs a reason.'),
  });
}
