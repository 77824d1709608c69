/** The status item is drawn by the workbench and cannot be read here: its words are tested where they are made, and its parts. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { duration, statusText } from '../../../src/extension/status-text.ts';
import type { RootStatus } from '../../../src/shared/protocol.ts';
import { closeAll, extension, findings, has, servers, setText, show, until } from './kit.ts';

const ROOT: RootStatus = {
  uri: 'file:///desk', name: 'desk', state: 'ready', done: 3, total: 3, counts: { error: 0, warning: 0, info: 0 }, hidden: 0, accounts: [],
};

export function statusTests(): void {
  suite('status item', () => {
    test('says the most urgent thing first', () => {
      const account = { id: 'apex-1', pack: 'apex-4.0-intraday', size: 50_000, phase: 'evaluation', flatBy: '16:59', zone: 'America/New_York' };
      const text = (root: Partial<RootStatus>): string => statusText({ kind: 'running', status: { roots: [{ ...ROOT, ...root }] } }).text;
      assert.equal(text({}), '$(check) TG ok');
      assert.equal(text({ counts: { error: 1, warning: 4, info: 0 } }), '$(error) TG 1 error');
      assert.equal(text({ accounts: [{ ...account, minutesToFlat: 43 }] }), '$(clock) TG 43 min to flat');
      assert.equal(text({ accounts: [{ ...account, minutesToFlat: 43 }], counts: { error: 2, warning: 0, info: 0 } }), '$(error) TG 2 errors');
      assert.equal(duration(312), '5 h 12 min');
    });

    test('its commands exist, whatever the server does', async () => {
      const known = await vscode.commands.getCommands(true);
      for (const id of ['tickguard.showProblems', 'tickguard.chooseAccount', 'tickguard.restart']) { assert.ok(known.includes(id), id); }
    });

    test('a restart ends the server and starts another one, and the findings are back', async () => {
      const { document } = await show('risk.py');
      await findings(document.uri, has('PRF004'));
      const [before] = servers();
      await vscode.commands.executeCommand('tickguard.restart');
      await extension().exports.ready();
      await findings(document.uri, has('PRF004'));
      const [after, ...others] = servers();
      assert.deepEqual(others, []);
      assert.notEqual(after, before);
    });

    test('a server that is killed comes back by itself, with the unsaved text', async () => {
      const { document } = await show('risk.py');
      await findings(document.uri, has('PRF004'));
      await setText(document, document.getText().replace('        print(room)\n', '        print(room)\n        print(price)\n'));
      await findings(document.uri, (items) => items.length === 2);
      const [killed] = servers();
      assert.ok(killed);
      process.kill(killed, 'SIGKILL');
      await until(() => servers().some((pid) => pid !== killed), 'another server');
      await setText(document, `${document.getText()}# again\n`);
      await findings(document.uri, (items) => items.length === 2);
      await closeAll();
    });
  });
}
