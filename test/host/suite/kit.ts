/** What the in-host tests share: the extension, documents, and waiting. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import type { Api } from '../../../src/extension/main.ts';

export const EXTENSION = 'tickguard.tickguard';

export function extension(): vscode.Extension<Api> {
  const found = vscode.extensions.getExtension<Api>(EXTENSION);
  assert.ok(found, `${EXTENSION} is installed`);
  return found;
}

/** Polls until `check` answers something true; fails after `timeout` ms with `what` was waited for. */
export async function until<T>(check: () => T | Promise<T>, what: string, timeout = 20_000): Promise<NonNullable<T>> {
  const end = Date.now() + timeout;
  for (;;) {
    const value = await check();
    if (value) { return value; }
    if (Date.now() > end) { throw new Error(`timed out after ${timeout} ms waiting for ${what}`); }
    await sleep(40);
  }
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** A file of the first folder, or of the one named. */
export function uriOf(path: string, folder = 0): vscode.Uri {
  const root = vscode.workspace.workspaceFolders?.[folder];
  assert.ok(root, `there is a folder ${folder}`);
  return vscode.Uri.joinPath(root.uri, path);
}

export async function show(path: string, folder = 0): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uriOf(path, folder)), { preview: false });
}

/** Ours, of one document. */
export function own(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === 'tickguard');
}

export function codeOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : code);
}

/** Waits for diagnostics of a document to be as wanted. */
export function findings(uri: vscode.Uri, wanted: (items: readonly vscode.Diagnostic[]) => boolean): Promise<readonly vscode.Diagnostic[]> {
  return until(() => { const items = own(uri); return wanted(items) ? items : undefined; }, `findings of ${uri.path}`).catch((error: unknown) => {
    const seen = own(uri).map((item) => `${codeOf(item)} ${item.range.start.line + 1}: ${item.message}`);
    throw new Error(`${error instanceof Error ? error.message : String(error)}; there were ${JSON.stringify(seen)}`);
  });
}

export const has = (code: string) => (items: readonly vscode.Diagnostic[]): boolean => items.some((item) => codeOf(item) === code);
export const none = (items: readonly vscode.Diagnostic[]): boolean => items.length === 0;

/** The text a range covers. */
export function textAt(document: vscode.TextDocument, item: vscode.Diagnostic | undefined): string {
  assert.ok(item, 'there is a finding');
  return document.getText(item.range);
}

/** Quick fixes on a finding, as the light bulb lists them, edits computed. */
export async function fixesFor(uri: vscode.Uri, range: vscode.Range, kind = vscode.CodeActionKind.QuickFix): Promise<readonly vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range, kind.value, 20);
}

/** Process ids of our servers: children of this extension host. */
export function servers(): readonly number[] {
  const list = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return list.split('\n').flatMap((line) => {
    const [pid, parent] = line.trim().split(/\s+/, 2).map(Number);
    return pid !== undefined && parent === process.pid && line.includes('server.cjs') ? [pid] : [];
  });
}

/** Replaces the whole text of a document, unsaved. */
export async function setText(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length)), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** Gives every document back to the disk and closes it. */
export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter((each) => each.isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
