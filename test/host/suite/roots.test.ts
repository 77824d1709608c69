/** A second folder in the workspace: its own policy, coming and going. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, findings, has, none, show, until, uriOf } from './kit.ts';

export function rootTests(): void {
  suite('two folders', () => {
    teardown(closeAll);

    test('each is checked by its own tickguard.json', async () => {
      const [first] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(first);
      const second = vscode.Uri.joinPath(first.uri, '..', 'second');
      assert.ok(vscode.workspace.updateWorkspaceFolders(1, 0, { uri: second, name: 'second' }));
      await until(() => vscode.workspace.workspaceFolders?.length === 2, 'the second folder');
      await show('risk.py', 1);
      const [item] = await findings(uriOf('risk.py', 1), has('PRF004'));
      assert.equal(item?.severity, vscode.DiagnosticSeverity.Error);
      const [other] = await findings(uriOf('risk.py', 0), has('PRF004'));
      assert.equal(other?.severity, vscode.DiagnosticSeverity.Warning);
    });

    test('a folder that goes takes its findings along', async () => {
      const uri = uriOf('risk.py', 1);
      await closeAll();
      vscode.workspace.updateWorkspaceFolders(1, 1);
      await findings(uri, none);
      await findings(uriOf('risk.py', 0), has('PRF004'));
    });
  });
}
