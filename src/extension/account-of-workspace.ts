/** Which account of the workspace a command speaks of. */
import { window } from 'vscode';
import type { Ctx } from './ctx.ts';

/** An account and the root it belongs to. */
export interface WorkspaceAccount {
  readonly root: string;
  readonly account: string;
}

/** The only account, or the one that is picked; undefined where nobody picks. Throws the sentence to show where there is none. */
export async function accountOfWorkspace({ state }: Ctx, question: string): Promise<WorkspaceAccount | undefined> {
  const roots = state.kind === 'running' ? state.status?.roots ?? [] : [];
  const items = roots.flatMap((root) => root.accounts.map((account) => ({ label: account.id, description: `${account.pack}, ${String(account.size)}`, detail: roots.length > 1 ? root.name : '', root: root.uri })));
  if (items.length === 0) { throw new Error('No account is chosen. Choose one first: its rules are what the answer hangs on.'); }
  const picked = items.length === 1 ? items[0] : await window.showQuickPick(items, { title: `Tickguard: ${question}` });
  return picked === undefined ? undefined : { root: picked.root, account: picked.label };
}
