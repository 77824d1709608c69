/** Choosing an account: the file is shown, then written, and only on agreement. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, codeOf, findings, has, show, sleep, until, uriOf } from './kit.ts';

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(() => true, () => false);
}

/** The open preview's text. */
async function preview(): Promise<string> {
  // A preview that was closed may still be held as a document: its tab is what counts.
  const shown = (tab: vscode.Tab): boolean => tab.input instanceof vscode.TabInputText && tab.input.uri.scheme === 'tickguard-preview';
  await until(() => vscode.window.tabGroups.all.some((group) => group.tabs.some(shown)), 'the preview');
  const document = await until(() => vscode.workspace.textDocuments.find((each) => each.uri.scheme === 'tickguard-preview'), 'its document');
  return until(() => document.getText(), 'its text');
}

/** Takes the first account of the list, once it is drawn. */
async function chooseFirst(): Promise<void> {
  await sleep(600);
  await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
}

/** Presses the first button of the message, once it is drawn. */
async function agree(): Promise<void> {
  await sleep(600);
  await vscode.commands.executeCommand('notification.acceptPrimaryAction');
}

export function accountTests(): void {
  suite('choose account', () => {
    const config = (): vscode.Uri => uriOf('tickguard.json');
    teardown(async () => {
      await closeAll();
      if (await exists(config())) { await vscode.workspace.fs.delete(config()); }
    });

    test('writes exactly the file that was shown, once agreed', async () => {
      await show('quiet.py');
      const running = vscode.commands.executeCommand('tickguard.chooseAccount');
      await chooseFirst();
      const shown = await preview();
      assert.equal(await exists(config()), false, 'nothing is written before the agreement');
      await agree();
      await running;
      assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(config())), shown);
      assert.match(shown, /"pack": "apex-4\.0-intraday"/);
      // With an account of the firm its deadline is an error, and the message names the account.
      await show('clock.py');
      const items = await findings(uriOf('clock.py'), (found) => found.some((item) => codeOf(item) === 'APX004' && item.severity === vscode.DiagnosticSeverity.Error));
      assert.ok(items.some((item) => item.message.includes('apex-1')));
      // The firm's ban is said through the whole session in which it comes up.
      await show('tickguard.json');
      await findings(config(), has('APX015'));
      await vscode.commands.executeCommand('tickguard.restart');
      await findings(config(), has('APX015'));
    });

    test('writes nothing when it is called off, and takes the preview away', async () => {
      await show('quiet.py');
      const running = vscode.commands.executeCommand('tickguard.chooseAccount');
      await chooseFirst();
      await preview();
      await sleep(600);
      await vscode.commands.executeCommand('notifications.clearAll');
      await running;
      assert.equal(await exists(config()), false);
      const labels = vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
      assert.deepEqual(labels, ['quiet.py']);
      await findings(uriOf('risk.py'), has('PRF004'));
    });
  });
}
