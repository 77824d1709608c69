/** The view Guard Coverage: its rows, what they open, and that it follows edits. Runs in a restricted window as well. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CoverageRow } from '../../../src/extension/coverage-view.ts';
import { closeAll, extension, setText, show, until } from './kit.ts';

async function children(row?: CoverageRow): Promise<readonly CoverageRow[]> {
  return (await extension().exports.coverage.getChildren(row)) ?? [];
}

async function items(row?: CoverageRow): Promise<readonly vscode.TreeItem[]> {
  return Promise.all((await children(row)).map((one) => extension().exports.coverage.getTreeItem(one)));
}

const textOf = ({ label, resourceUri, description }: vscode.TreeItem): string => `${String(label ?? resourceUri?.path.split('/').pop())}: ${String(description)}`;

/** The site of entry.py, once the folder was read. */
async function site(): Promise<CoverageRow> {
  return until(async () => {
    const file = (await children()).find((row) => row.kind === 'file' && row.file === 'entry.py');
    return file === undefined ? undefined : (await children(file))[0];
  }, 'the order site of entry.py');
}

export function coverageTests(): void {
  suite('guard coverage', () => {
    suiteSetup(async () => {
      await show('quiet.py');
      await extension().activate();
      await extension().exports.ready();
    });
    teardown(closeAll);

    test('order sites by file with the five guards, ways and proofs below', async () => {
      const row = await site();
      assert.deepEqual((await items()).map(textOf), ['entry.py: 1 order site', 'limits.ipynb: 1 order site']);
      const item = await extension().exports.coverage.getTreeItem(row);
      assert.equal(textOf(item), 'submit_order · line 16: 1/5 · drawdown 1/2  deadline ✓  size –  news –  kill switch –');
      assert.match((item.tooltip as vscode.MarkdownString).value.replaceAll('\\', '').replaceAll('&nbsp;', ' '), /drawdown: entry\.py:6; not on the way from on_order_filled/);
      assert.deepEqual((await items(row)).slice(0, 5).map(textOf), [
        'drawdown 1/2: entry.py:6; not on the way from on_order_filled', 'deadline ✓: entry.py:14', 'size –: none', 'news –: none', 'kill switch –: none',
      ]);
      const ways = (await children(row)).slice(5);
      assert.deepEqual((await items(row)).slice(5).map(textOf), ['way from on_bar: bar · drawdown, deadline', 'way from on_order_filled: order · deadline']);
      assert.deepEqual((await items(ways[0])).map(textOf), [
        'on_bar calls enter: entry.py:8', 'submit_order: entry.py:16',
        'drawdown: self.drawdown > self.max_drawdown: entry.py:6', 'deadline: self.now.hour >= 16: entry.py:14',
      ]);
    });

    test('a click opens the site', async () => {
      const { command } = await extension().exports.coverage.getTreeItem(await site());
      assert.ok(command);
      await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
      const editor = await until(() => vscode.window.activeTextEditor, 'an editor');
      assert.equal(editor.document.getText(editor.selection), 'self.submit_order(self.order)');
    });

    test('an edit that is not saved counts', async () => {
      const { document } = await show('entry.py');
      await setText(document, document.getText().replace('        if self.now.hour >= 16:\n            return\n', ''));
      await until(async () => textOf(await extension().exports.coverage.getTreeItem(await site())).includes('deadline –'), 'the guard that is gone');
    });

    test('the view can be shown, and shows itself only then', async () => {
      await vscode.commands.executeCommand('tickguard.coverage.focus');
      assert.ok((await vscode.commands.getCommands(true)).includes('tickguard.coverage.focus'));
      await vscode.commands.executeCommand('workbench.action.closeSidebar');
    });
  });
}
