/** What the manifest promises, held against what runs. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, findings, has, none, show, uriOf } from './kit.ts';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
  };
}

/** The words under which people look for the guardians there are. */
const WORDS = [
  'security', 'compliance', 'audit', 'secrets', 'credentials', 'Apex rules',
  'performance', 'slow', 'bottleneck', 'profiling', 'optimize', 'OnTick', 'ONNX',
  'data', 'quality',
];

export function manifestTests(): void {
  suite('manifest', () => {
    const manifest = (): Manifest['contributes'] => (extension().packageJSON as Manifest).contributes;

    test('every command of the palette is registered, under one category', async () => {
      const known = await vscode.commands.getCommands(true);
      for (const { command, category } of manifest().commands) {
        assert.ok(known.includes(command), command);
        assert.equal(category, 'Tickguard');
      }
    });

    test('every word of a guardian finds one of its commands', () => {
      const titles = manifest().commands.map(({ title }) => title.toLowerCase());
      for (const word of WORDS) { assert.ok(titles.some((title) => title.includes(word.toLowerCase())), word); }
    });

    test('switching it off takes the findings away, and switching it on brings them back', async () => {
      const { document } = await show('risk.py');
      await findings(document.uri, has('PRF004'));
      const settings = vscode.workspace.getConfiguration('tickguard');
      await settings.update('enable', false, vscode.ConfigurationTarget.Workspace);
      await findings(document.uri, none);
      await settings.update('enable', undefined, vscode.ConfigurationTarget.Workspace);
      await findings(document.uri, has('PRF004'));
    });

    test('tickguard.json is checked by its schema', async () => {
      const uri = uriOf('tickguard.json');
      try {
        await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('{ "accounts": 1 }\n'));
        await show('tickguard.json');
        const end = Date.now() + 20_000;
        const foreign = (): boolean => vscode.languages.getDiagnostics(uri).some((item) => item.source !== 'tickguard' && /array/i.test(item.message));
        while (!foreign() && Date.now() < end) { await new Promise((resolve) => { setTimeout(resolve, 50); }); }
        assert.ok(foreign(), JSON.stringify(vscode.languages.getDiagnostics(uri)));
      } finally {
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        await vscode.workspace.fs.delete(uri);
      }
    });
  });
}
