/** Decides when the server is worth starting: a covered document is open, or the folder has a policy file. */
import { type TextDocument, workspace } from 'vscode';
import type { Ctx } from './ctx.ts';
import { settings } from './settings.ts';

const LANGUAGES: ReadonlySet<string> = new Set(['python', 'mql5', 'yaml', 'dockercompose', 'json', 'jsonc', 'toml', 'dotenv']);
/** Files whose language VS Code does not know by itself in every version. */
const NAMES = /(?:^|\/)(?:\.env(?:\.[^/]*)?|[^/]*\.(?:toml|env))$/;

/**
 * True for a document that Tickguard reads: in an opened folder any of its languages, elsewhere only a file of code. (VS
 * Code opens the user's own settings.json in every window; that alone is nothing to guard.)
 */
export function covered({ uri, languageId }: Pick<TextDocument, 'uri' | 'languageId'>): boolean {
  if (uri.scheme !== 'file') { return false; }
  if (languageId === 'python' || languageId === 'mql5') { return true; }
  return (LANGUAGES.has(languageId) || NAMES.test(uri.path)) && workspace.getWorkspaceFolder(uri) !== undefined;
}

/** Watches for the first thing to guard, and for `tickguard.enable`. */
export function registerWakeUp(ctx: Ctx): void {
  const { subscriptions } = ctx.extension;
  const wake = (document: TextDocument): void => { if (ctx.state.kind === 'waiting' && covered(document)) { void ctx.start(); } };
  subscriptions.push(
    workspace.onDidOpenTextDocument(wake),
    workspace.onDidChangeConfiguration((event) => { if (settings.needsRestart(event)) { void ctx.restart(); } }),
  );
  // After activation: loading the client must not count against VS Code's start.
  setTimeout(() => {
    workspace.textDocuments.forEach(wake);
    void policyFileThere().then((there) => { if (there && ctx.state.kind === 'waiting') { void ctx.start(); } });
  }, 0);
}

async function policyFileThere(): Promise<boolean> {
  const found = await workspace.findFiles('{tickguard.json,*/tickguard.json}', '**/node_modules/**', 1);
  return found.length > 0;
}
