/** A window in which nothing was done yet: activation in two stages, and silence. */
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import * as vscode from 'vscode';
import { extension, findings, has, show, sleep, uriOf } from './kit.ts';

export function startTests(): void {
  suite('start', () => {
    test('a window without trading code in sight does not activate it', () => {
      assert.equal(extension().isActive, false);
    });

    test('opening a Python file activates the extension and starts the server', async () => {
      await show('quiet.py');
      const found = extension();
      const end = Date.now() + 20_000;
      while (!found.isActive && Date.now() < end) { await sleep(20); }
      assert.ok(found.isActive);
      await found.exports.ready();
    });

    test('the packed extension carries bundles and grammars, and no sources', () => {
      const { extensionPath, packageJSON } = extension();
      assert.match(extensionPath, process.env['TICKGUARD_PACKED'] === '1' ? /tickguard\.tickguard-[\d.]+/ : /./);
      for (const name of ['extension.cjs', 'client.cjs', 'server.cjs', 'tree-sitter-python.wasm', 'tree-sitter-typescript.wasm', 'tree-sitter-tsx.wasm', 'web-tree-sitter.wasm']) {
        assert.ok(statSync(`${extensionPath}/dist/${name}`).size > 0, name);
      }
      assert.equal((packageJSON as { main: string }).main, './dist/extension.cjs');
    });

    test('closed files are checked as well', async () => {
      const items = await findings(uriOf('risk.py'), has('PRF004'));
      assert.equal(items.length, 1);
      assert.ok(!vscode.workspace.textDocuments.some((document) => document.uri.path.endsWith('/risk.py')), 'risk.py is not open');
    });

    test('nothing was opened or written', async () => {
      await sleep(500);
      assert.equal(vscode.window.tabGroups.all.flatMap((group) => group.tabs).length, 1, 'only the file that was opened');
      assert.throws(() => statSync(uriOf('tickguard.json').fsPath), 'no tickguard.json');
      assert.throws(() => statSync(uriOf('.tickguard').fsPath), 'no .tickguard');
    });
  });
}
