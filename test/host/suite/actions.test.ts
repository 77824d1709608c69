/** The light bulb, and the commands behind it. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, codeOf, findings, fixesFor, has, none, own, sleep, show, until, uriOf } from './kit.ts';

async function chosen(uri: vscode.Uri, start: string): Promise<vscode.CodeAction> {
  const [item] = own(uri);
  assert.ok(item);
  const actions = await fixesFor(uri, item.range);
  const action = actions.find((each) => each.title.startsWith(start));
  assert.ok(action, `"${start}" among ${actions.map((each) => each.title).join(' | ')}`);
  return action;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(() => true, () => false);
}

export function actionTests(): void {
  suite('quick fixes', () => {
    teardown(closeAll);

    test('a finding offers to ignore, to accept and to explain, in this order', async () => {
      const { document } = await show('risk.py');
      const [item] = await findings(document.uri, has('PRF004'));
      assert.ok(item);
      const titles = (await fixesFor(document.uri, item.range)).map((action) => action.title);
      assert.deepEqual(titles.slice(-3).map((title) => title.split(' ')[0]), ['Ignore', 'Accept', 'Why']);
    });

    test('ignoring writes the comment with the reason, and the finding is gone', async () => {
      const { document } = await show('risk.py');
      await findings(document.uri, has('PRF004'));
      const { command } = await chosen(document.uri, 'Ignore PRF004');
      assert.ok(command);
      await vscode.commands.executeCommand(command.command, ...(command.arguments as unknown[]), 'runs in the back-test only');
      assert.equal(document.lineAt(3).text, '        # tickguard: ignore[PRF004] runs in the back-test only');
      await findings(document.uri, none);
      await vscode.commands.executeCommand('undo');
      await findings(document.uri, has('PRF004'));
    });

    test('ignoring from the palette asks for the reason in an input box', async () => {
      const editor = await show('risk.py');
      await findings(editor.document.uri, has('PRF004'));
      editor.selection = new vscode.Selection(3, 10, 3, 10);
      const running = vscode.commands.executeCommand('tickguard.suppressWithReason');
      await sleep(500);
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      await running;
      assert.equal(editor.document.isDirty, false, 'nothing is written without a reason');
    });

    test('explaining opens the rule\'s page in the editor', async () => {
      const { document } = await show('risk.py');
      await findings(document.uri, has('PRF004'));
      const { command } = await chosen(document.uri, 'Why PRF004');
      assert.ok(command);
      await vscode.commands.executeCommand(command.command, ...(command.arguments as unknown[]));
      const label = await until(() => {
        const active = vscode.window.tabGroups.activeTabGroup.activeTab?.label;
        return active?.includes('PRF004') === true ? active : undefined;
      }, 'the page');
      assert.match(label, /PRF004\.md/);
      const page = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'tickguard-rule', path: '/PRF004.md' }));
      assert.match(page.getText(), /^# PRF004/);
    });

    test('moving a password to the environment writes the code, .env and its template in one step', async () => {
      const { document } = await show('broker.py');
      const items = await findings(document.uri, has('SEC001'));
      const item = items.find((each) => codeOf(each).startsWith('SEC001'));
      assert.ok(item);
      const actions = await fixesFor(document.uri, item.range);
      const move = actions.find(({ title }) => title === 'Move the value to the environment (PASSWORD)');
      assert.ok(move?.edit, `an edit among ${actions.map(({ title }) => title).join(' | ')}`);
      assert.ok(await vscode.workspace.applyEdit(move.edit));
      await vscode.workspace.saveAll(false);
      try {
        assert.match(document.getText(), /^import os\nfrom desk/m);
        assert.match(document.getText(), /password=os\.environ\["PASSWORD"\]/);
        // VS Code writes a new file empty, and keeps what was put into it for the next save.
        const read = async (path: string): Promise<string> => {
          const opened = await vscode.workspace.openTextDocument(uriOf(path));
          await opened.save();
          return Buffer.from(await vscode.workspace.fs.readFile(uriOf(path))).toString('utf8');
        };
        assert.equal(await read('.env'), `PASSWORD=${['Herring', 'gull', '4412'].join('-')}\n`);
        assert.equal(await read('.env.example'), 'PASSWORD=\n');
        await findings(document.uri, (now) => !now.some((each) => codeOf(each).startsWith('SEC001')));
        assert.ok(actions.some(({ title }) => title.startsWith('Copy rotation steps for: ')), 'the steps are offered');
      } finally {
        await show('broker.py');
        await vscode.commands.executeCommand('undo');
        await document.save();
        for (const path of ['.env', '.env.example']) { if (await exists(uriOf(path))) { await vscode.workspace.fs.delete(uriOf(path)); } }
      }
    });

    test('copying rotation steps fills the clipboard, without the secret', async () => {
      const { document } = await show('broker.py');
      const items = await findings(document.uri, (now) => now.some((each) => codeOf(each).startsWith('SEC001')));
      const item = items.find((each) => codeOf(each).startsWith('SEC001'));
      assert.ok(item);
      const action = (await fixesFor(document.uri, item.range)).find(({ title }) => title.startsWith('Copy rotation steps'));
      assert.ok(action?.command);
      await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments as unknown[]));
      const text = await vscode.env.clipboard.readText();
      assert.match(text, /broker\.py:\d+\n\n1\. /);
      assert.ok(!text.includes('4412'));
    });

    test('fixing the deadline changes the code and ends the finding', async () => {
      const { document } = await show('clock.py');
      const items = await findings(document.uri, has('APX004'));
      const item = items.find((each) => codeOf(each) === 'APX004');
      assert.ok(item);
      const [fix] = await fixesFor(document.uri, item.range);
      assert.ok(fix?.edit, 'the first action is the fix, with its edit');
      assert.ok(fix.isPreferred);
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
      await findings(document.uri, (now) => !has('APX004')(now));
      assert.ok(document.isDirty);
    });

    test('accepting writes the baseline and hides the finding, for the terminal as well', async () => {
      const { document } = await show('risk.py');
      await findings(document.uri, has('PRF004'));
      const baseline = uriOf('.tickguard/baseline.json');
      try {
        const { command } = await chosen(document.uri, 'Accept this PRF004');
        assert.ok(command);
        await vscode.commands.executeCommand(command.command, ...(command.arguments as unknown[]));
        await findings(document.uri, none);
        const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(baseline));
        assert.match(text, /"PRF004"/);
        assert.ok(await exists(uriOf('.tickguard/.gitignore')));
        assert.equal(document.isDirty, false);
      } finally {
        await vscode.workspace.fs.delete(uriOf('.tickguard'), { recursive: true });
      }
      await findings(document.uri, has('PRF004'));
    });

    test('accepting by the palette takes the finding at the cursor', async () => {
      const editor = await show('risk.py');
      await findings(editor.document.uri, has('PRF004'));
      editor.selection = new vscode.Selection(3, 10, 3, 10);
      try {
        await vscode.commands.executeCommand('tickguard.acceptBaseline');
        await findings(editor.document.uri, none);
      } finally {
        await vscode.workspace.fs.delete(uriOf('.tickguard'), { recursive: true });
      }
      await findings(editor.document.uri, has('PRF004'));
    });
  });
}
