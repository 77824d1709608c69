/** Restricted mode: files are checked, nothing of the folder runs, and no policy is written. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, findings, fixesFor, has, show, sleep, until, uriOf } from './kit.ts';

export function restrictedTests(): void {
  suite('restricted mode', () => {
    test('the folder is not trusted, and still checked', async () => {
      assert.equal(vscode.workspace.isTrusted, false);
      const { document } = await show('risk.py');
      const [item] = await findings(document.uri, has('PRF004'));
      assert.ok(item);
      // The first finding may be drawn a moment before the workbench knows who offers fixes.
      await until(async () => (await fixesFor(document.uri, item.range)).some((action) => action.title.startsWith('Ignore PRF004')), 'its fixes');
      assert.ok(extension().isActive);
    });

    test('choosing an account is refused and writes nothing', async () => {
      await show('quiet.py');
      // The command ends with a message that waits for an answer; it is not waited for here.
      const running = vscode.commands.executeCommand('tickguard.chooseAccount');
      await sleep(800);
      await vscode.commands.executeCommand('notifications.clearAll');
      await running;
      await assert.rejects(async () => vscode.workspace.fs.stat(uriOf('tickguard.json')));
      assert.equal(vscode.workspace.textDocuments.some((document) => document.uri.scheme === 'tickguard-preview'), false);
    });
  });
}
