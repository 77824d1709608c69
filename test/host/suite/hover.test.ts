/** The hover on a limit, as VS Code asks for it. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, show, until } from './kit.ts';

/** The text of all hovers at a place. */
async function hoverAt(uri: vscode.Uri, line: number, character: number): Promise<string> {
  const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>('vscode.executeHoverProvider', uri, new vscode.Position(line, character));
  return hovers.flatMap((hover) => hover.contents.map((content) => (typeof content === 'string' ? content : content.value))).join('\n');
}

export function hoverTests(): void {
  suite('hover', () => {
    teardown(closeAll);

    test('shows where a limit comes from and where it is compared, saved or not', async () => {
      const editor = await show('allowance.py');
      const { uri } = editor.document;
      const text = await until(async () => { const found = await hoverAt(uri, 4, 35); return found.includes('wins') ? found : undefined; }, 'the hover');
      assert.match(text, /^\*\*1,500\*\* holds for `max_drawdown_usd`/);
      assert.match(text, /1\. default `1500\.0` of `max_drawdown_usd` at \[allowance\.py:2\]\(file:.*allowance\.py#L2,\d+\) — \*\*wins\*\*/);
      assert.match(text, /2\. compared at \[allowance\.py:5\]\(file:.*\) `drawdown > self\.max_drawdown_usd`/);
      await editor.edit((edit) => { edit.replace(new vscode.Range(1, 30, 1, 36), '1200.0'); });
      await until(async () => (await hoverAt(uri, 4, 35)).includes('**1,200** holds'), 'the hover of the open text');
      await vscode.commands.executeCommand('undo');
    });

    test('shows nothing beside a limit', async () => {
      const { document } = await show('allowance.py');
      assert.equal(await hoverAt(document.uri, 3, 10), '');
    });
  });
}
