/** What VS Code holds as diagnostics: ranges, codes, links, ways there, and how they follow the typing. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, codeOf, findings, has, none, own, setText, show, textAt, uriOf } from './kit.ts';

export function diagnosticTests(): void {
  suite('diagnostics', () => {
    teardown(closeAll);

    test('a finding stands at its exact range, with code and page', async () => {
      const { document } = await show('risk.py');
      const [item] = await findings(document.uri, has('PRF004'));
      assert.equal(textAt(document, item), 'print(room)');
      assert.deepEqual(item?.range, new vscode.Range(3, 8, 3, 19));
      assert.equal(item?.severity, vscode.DiagnosticSeverity.Warning);
      assert.ok(typeof item?.code === 'object', 'the code is a link');
      assert.match(item.code.target.toString(), /^https:\/\/.*\/docs\/rules\/PRF004\.md$/);
      assert.equal(item.relatedInformation?.[0]?.location.uri.path.split('/').at(-1), 'strategy.py');
    });

    test('the handler shows where its call leads', async () => {
      const { document } = await show('strategy.py');
      const [item] = await findings(document.uri, has('PRF004'));
      assert.equal(item?.severity, vscode.DiagnosticSeverity.Information);
      assert.match(item?.message ?? '', / \(PRF004 at risk\.py:4\)$/);
      assert.match(textAt(document, item), /^self\.risk\.check/);
      assert.equal(item?.relatedInformation?.[0]?.location.uri.toString(), uriOf('risk.py').toString());
    });

    test('an unsaved edit in one file changes the other one, and back', async () => {
      const strategy = await show('strategy.py');
      const { document } = await show('risk.py');
      await findings(strategy.document.uri, has('PRF004'));
      const before = document.getText();
      await setText(document, before.replace('        print(room)\n', ''));
      await findings(strategy.document.uri, none);
      assert.ok(document.isDirty);
      await setText(document, before);
      await findings(strategy.document.uri, has('PRF004'));
    });

    test('half a statement takes no finding of another one away', async () => {
      const { document } = await show('risk.py');
      await findings(document.uri, has('PRF004'));
      const seen: string[][] = [];
      const listener = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((uri) => uri.toString() === document.uri.toString())) { seen.push(own(document.uri).map(codeOf)); }
      });
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(2, 12), ' = compute((1, [');
      await vscode.workspace.applyEdit(edit);
      await findings(document.uri, (items) => items.length > 0);
      await new Promise((resolve) => { setTimeout(resolve, 600); });
      listener.dispose();
      assert.ok(seen.every((codes) => codes.includes('PRF004')), JSON.stringify(seen));
    });

    test('a secret is found and never shown', async () => {
      const { document } = await show('broker.py');
      const [item] = await findings(document.uri, has('SEC001'));
      const secret = textAt(document, item);
      assert.match(secret, /4412/);
      assert.ok(!JSON.stringify(item).includes(secret), 'the message does not repeat it');
    });

    test('a mistake in tickguard.json stands at its place', async () => {
      const uri = uriOf('tickguard.json');
      try {
        await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('{\n  "rulez": {}\n}\n'));
        const { document } = await show('tickguard.json');
        assert.equal(document.languageId, 'jsonc');
        const items = await findings(uri, has('config'));
        assert.equal(items.find((item) => codeOf(item) === 'config')?.range.start.line, 1);
      } finally {
        await vscode.workspace.fs.delete(uri);
      }
      await findings(uri, none);
    });
  });
}
