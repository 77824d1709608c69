/** “Choose account”: pack and size from a list, then the whole `tickguard.json` to look at, and only then a write. */
import { commands, EventEmitter, type QuickPickItem, Range, TabInputTextDiff, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import { type Answer, METHODS, type PackChoices, type ProposeAccountParams, type ProposedFile } from '../shared/protocol.ts';
import type { ClientHandle } from './client-handle.ts';
import type { CommandEntry } from './commands.ts';
import type { Ctx } from './ctx.ts';

const SCHEME = 'tickguard-preview';
const WRITE = 'Write tickguard.json';

interface AccountItem extends QuickPickItem {
  readonly pack?: string;
  readonly size?: number;
}

export function registerChooseAccount(ctx: Ctx): readonly CommandEntry[] {
  const preview = new Preview();
  ctx.extension.subscriptions.push(preview, workspace.registerTextDocumentContentProvider(SCHEME, preview));
  return [{ id: 'tickguard.chooseAccount', running: (client) => chooseAccount(client, preview) }];
}

async function chooseAccount(client: ClientHandle, preview: Preview): Promise<void> {
  if (!workspace.isTrusted) {
    await manageTrust('Choosing an account writes tickguard.json, and this folder is in restricted mode. Trust the folder first.');
    return;
  }
  const root = await chooseFolder();
  if (root === undefined) { throw new Error('An account belongs to a folder. Open the folder of your trading code first.'); }
  const account = await chooseItem(client);
  if (account?.pack === undefined || account.size === undefined) { return; }
  const params: ProposeAccountParams = { root: root.toString(), pack: account.pack, size: account.size };
  const answer = await client.request<Answer<ProposedFile>>(METHODS.proposeAccount, params);
  if (!answer.ok) { throw new Error(answer.error); }
  await preview.show(answer.value);
  const agreed = await askToWrite(answer.value);
  await preview.close();
  if (agreed) { await write(answer.value); }
}

async function manageTrust(message: string): Promise<void> {
  if (await window.showWarningMessage(`Tickguard: ${message}`, 'Manage Trust') === 'Manage Trust') {
    await commands.executeCommand('workbench.trust.manage');
  }
}

/** The folder of the active document, or the only one, or the one chosen. */
async function chooseFolder(): Promise<Uri | undefined> {
  const folders = (workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
  if (folders.length < 2) { return folders[0]?.uri; }
  const chosen = await window.showWorkspaceFolderPick({ placeHolder: 'Which folder trades the account?' });
  return chosen?.uri;
}

async function chooseItem(client: ClientHandle): Promise<AccountItem | undefined> {
  const { packs } = await client.request<PackChoices>(METHODS.packs);
  const items: AccountItem[] = packs.flatMap((pack) => pack.sizes.map((size) => ({
    label: `${pack.title} · ${money(size)}`, description: pack.id, pack: pack.id, size,
  })));
  return window.showQuickPick(items, {
    title: 'Tickguard: choose account', placeHolder: 'Which account does this code trade? Nothing is written yet.', matchOnDescription: true,
  });
}

/** In a message at the edge, so that the whole file can be read before answering; closing it writes nothing. */
async function askToWrite(file: ProposedFile): Promise<boolean> {
  const what = file.before === '' ? 'tickguard.json would be this file.' : 'tickguard.json would change like this.';
  return await window.showInformationMessage(`Tickguard: ${what} Nothing is written yet.`, WRITE, 'Write Nothing') === WRITE;
}

/** As an edit of the document, so that an unsaved one is respected and the change can be undone. */
async function write(file: ProposedFile): Promise<void> {
  const uri = Uri.parse(file.uri, true);
  const edit = new WorkspaceEdit();
  if (file.before === '') {
    edit.createFile(uri, { ignoreIfExists: false, overwrite: false, contents: new TextEncoder().encode(file.after) });
  } else {
    const document = await workspace.openTextDocument(uri);
    if (document.getText() !== file.before) { throw new Error('tickguard.json changed meanwhile. Nothing was written; choose the account again.'); }
    edit.replace(uri, new Range(document.positionAt(0), document.positionAt(file.before.length)), file.after);
  }
  if (!await workspace.applyEdit(edit)) { throw new Error('tickguard.json could not be written. Nothing was changed.'); }
  const document = await workspace.openTextDocument(uri);
  await document.save();
  await window.showTextDocument(document);
}

function money(size: number): string {
  return size.toLocaleString('en-US');
}

/** The proposed file as a read-only document: by itself where there is none yet, beside the present one where there is. */
class Preview {
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #uri = Uri.from({ scheme: SCHEME, path: '/tickguard.json' });
  #text = '';

  provideTextDocumentContent(): string {
    return this.#text;
  }

  async show(file: ProposedFile): Promise<void> {
    this.#text = file.after;
    this.#changed.fire(this.#uri);
    if (file.before === '') {
      await window.showTextDocument(this.#uri, { preview: true });
    } else {
      await commands.executeCommand('vscode.diff', Uri.parse(file.uri, true), this.#uri, 'tickguard.json: as it is, and with the account');
    }
  }

  /** Takes the preview away again, also where it is one side of a comparison. */
  async close(): Promise<void> {
    const mine = this.#uri.toString();
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs).filter(({ input }) => {
      const uri = input instanceof TabInputTextDiff ? input.modified : (input as { uri?: Uri } | undefined)?.uri;
      return uri?.toString() === mine;
    });
    await window.tabGroups.close(tabs, true);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
