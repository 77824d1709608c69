/**
 * The replay view: a ledger against an account's rules, as a page beside the editors. Equity, high-water mark, floor and room are drawn,
 * tables say the same; a click on what broke opens its row of the ledger, and the line that traded opens in the code. The page has no script.
 */
import { commands, Position, Range, Selection, Uri, ViewColumn, window, workspace } from 'vscode';
import { type Answer, METHODS, type ReplayPage, type ReplayPageParams } from '../shared/protocol.ts';
import { accountOfWorkspace } from './account-of-workspace.ts';
import type { ClientHandle } from './client-handle.ts';
import type { CommandEntry } from './commands.ts';
import type { Ctx } from './ctx.ts';

const ZONES = ['America/New_York', 'America/Chicago', 'UTC', 'America/New_York+7h'] as const;
const ELSE = 'Another clock…';

/** The commands of the view. */
export function replayCommands(ctx: Ctx): readonly CommandEntry[] {
  return [
    { id: 'tickguard.replay', running: (client, target) => replay(ctx, client, target) },
    { id: 'tickguard.openPlace', always: (uri, line) => openPlace(uri, line) },
  ];
}

async function replay(ctx: Ctx, client: ClientHandle, target: unknown): Promise<void> {
  const chosen = await accountOfWorkspace(ctx, 'replay the ledger of which account?');
  if (chosen === undefined) { return; }
  let params: ReplayPageParams = { ...chosen, ...(target instanceof Uri && target.scheme === 'file' ? { ledger: target.fsPath } : {}) };
  for (;;) {
    const answer = await client.request<Answer<ReplayPage>>(METHODS.replayPage, params);
    if (answer.ok) { show(answer.value); return; }
    const more = await asked(answer.error, params);
    if (more === 'given up') { return; }
    if (more === undefined) { throw new Error(answer.error); }
    params = { ...params, ...more };
  }
}

/** What the sentence asks for and a person can give: a file, a clock. Undefined for one that nothing helps. */
async function asked(sentence: string, { ledger, tz }: ReplayPageParams): Promise<Partial<ReplayPageParams> | 'given up' | undefined> {
  if (ledger === undefined && sentence.startsWith('No ledger was named')) {
    const [file] = await window.showOpenDialog({ title: 'Tickguard: the ledger of the account', openLabel: 'Replay', canSelectMany: false }) ?? [];
    return file === undefined ? 'given up' : { ledger: file.fsPath };
  }
  if (tz === undefined && sentence.includes(' has no zone')) {
    const picked = await window.showQuickPick([...ZONES, ELSE], { title: 'Tickguard: whose clock are the times of this ledger?', placeHolder: sentence });
    const clock = picked === ELSE ? await window.showInputBox({ title: 'Tickguard: clock of the ledger', prompt: 'A zone such as Europe/Prague, or one with hours ahead: America/New_York+7h' }) : picked;
    return clock === undefined || clock === '' ? 'given up' : { tz: clock };
  }
  return undefined;
}

function show({ title, html }: ReplayPage): void {
  const panel = window.createWebviewPanel('tickguard.replay', title, ViewColumn.Active, { enableScripts: false, enableCommandUris: ['tickguard.openPlace'], enableFindWidget: true, localResourceRoots: [] });
  panel.webview.html = html;
}

async function openPlace(uri: unknown, line: unknown): Promise<void> {
  if (typeof uri !== 'string' || typeof line !== 'number') { return; }
  const at = new Position(Math.max(line - 1, 0), 0);
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const editor = await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true });
  editor.selection = new Selection(at, at);
  editor.revealRange(new Range(at, at));
  await commands.executeCommand('workbench.action.focusActiveEditorGroup');
}
