/** Commands whose answer is a text to read, as documents. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, findings, show, sleep, until, uriOf } from './kit.ts';

/** The text of the report that is open, once it has one. */
async function report(name: string): Promise<string> {
  const document = await until(() => vscode.workspace.textDocuments.find((each) => each.uri.scheme === 'tickguard-report' && each.uri.path === `/${name}.txt`), `the report ${name}`);
  assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), document.uri.toString());
  return until(() => document.getText(), 'its text');
}

/** Takes the first entry of a list, once it is drawn. */
async function takeFirst(): Promise<void> {
  await sleep(600);
  await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
}

export function reportTests(): void {
  suite('reports', () => {
    const config = uriOf('tickguard.json');
    teardown(async () => {
      await closeAll();
      await vscode.workspace.fs.stat(config).then(() => vscode.workspace.fs.delete(config), () => undefined);
    });

    test('the sessions of a product', async () => {
      await vscode.commands.executeCommand('tickguard.sessions', 'gc');
      const text = await report('Sessions of GC');
      assert.match(text, /^GC, America\/New_York\n/);
      assert.match(text, /QuantConnect/);
    });

    test('a rule pack, chosen from the list', async () => {
      const running = vscode.commands.executeCommand('tickguard.packs');
      await takeFirst();
      await takeFirst();
      await running;
      assert.match(await report('apex-4.0-intraday'), /apex-4\.0-intraday/);
    });

    test('how many contracts fit, for the account of the workspace', async () => {
      const account = { id: 'desk', pack: 'apex-4.0-intraday', size: 50_000, phase: 'evaluation', products: ['ES'], code: ['**'] };
      await vscode.workspace.fs.writeFile(config, new TextEncoder().encode(JSON.stringify({ accounts: [account] })));
      await show('clock.py');
      await findings(uriOf('clock.py'), (found) => found.some((item) => item.message.includes('desk')));
      await until(async () => { await vscode.commands.executeCommand('tickguard.size', '8 MES'); return vscode.workspace.textDocuments.some((each) => each.uri.scheme === 'tickguard-report' && each.uri.path.includes('Size')); }, 'the size');
      const text = await report('Size MES 8 (desk)');
      assert.match(text, /^5 MES for desk: loses 200 at the stop/);
    });
  });
}
