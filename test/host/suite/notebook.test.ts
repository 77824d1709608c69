/** A notebook in VS Code's own notebook editor: its cells show what is wrong in them. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, findings, fixesFor, has, none, own, setText, textAt, uriOf } from './kit.ts';

export function notebookTests(): void {
  suite('notebooks', () => {
    teardown(closeAll);

    test('a cell has its finding, the file has none beside it', async () => {
      const notebook = await vscode.workspace.openNotebookDocument(uriOf('limits.ipynb'));
      await vscode.window.showNotebookDocument(notebook);
      const limits = notebook.cellAt(2).document;
      const [item] = await findings(limits.uri, has('APX001'));
      assert.equal(textAt(limits, item), '12.0');
      const [printed] = await findings(notebook.cellAt(3).document.uri, has('SEC001'));
      assert.match(printed?.message ?? '', /output of this cell/);
      await findings(notebook.uri, none);
    });

    test('follows an edit in the cell, and mends it there', async () => {
      const notebook = await vscode.workspace.openNotebookDocument(uriOf('limits.ipynb'));
      await vscode.window.showNotebookDocument(notebook);
      const { document } = notebook.cellAt(2);
      await findings(document.uri, has('APX001'));
      const before = document.getText();
      await setText(document, before.replace('12.0', '8.0'));
      await findings(document.uri, none);
      await setText(document, before.replace('12.0', '15.0'));
      const [item] = await findings(document.uri, has('APX001'));
      assert.ok(item);
      const [fix] = (await fixesFor(document.uri, item.range)).filter(({ edit }) => edit !== undefined);
      assert.ok(fix?.edit, 'there is a fix');
      await vscode.workspace.applyEdit(fix.edit);
      await findings(document.uri, none);
      assert.equal(document.getText(), before.replace('12.0', '10.0'));
      await setText(document, before);
      await findings(document.uri, has('APX001'));
      assert.ok(own(document.uri).length > 0);
    });
  });
}
