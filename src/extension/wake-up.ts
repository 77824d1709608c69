/** Decides when the server is worth starting: a covered document is open, or the folder has a policy file. */
import { Range, type TextDocument, workspace } from 'vscode';
import type { Ctx } from './ctx.ts';
import { settings } from './settings.ts';
import { EVIDENCE_LIMIT, hasTradingEvidence } from './trading-evidence.ts';

const LANGUAGES: ReadonlySet<string> = new Set([
  'python', 'mql5', 'yaml', 'dockercompose', 'json', 'jsonc', 'toml', 'dotenv', 'ini', 'properties', 'shellscript', 'powershell', 'dockerfile',
]);
/** Languages of the web as well: only a script that says that it trades is worth a server. */
const SCRIPTS: ReadonlySet<string> = new Set(['typescript', 'typescriptreact', 'javascript', 'javascriptreact']);
/** Files whose language VS Code does not know by itself in every version. */
const NAMES = /(?:^|\/)(?:\.env(?:\.[^/]*)?|\.cursorrules|AGENTS\.md|CLAUDE\.md|[^/]*\.(?:toml|env|set|mdc))$/;

/**
 * True for a document that Tickguard reads: in an opened folder any of its languages, elsewhere only a Python or MQL5 file; a
 * script only if it trades. (VS Code opens the user's own settings.json in every window; that alone is nothing to guard.)
 */
export function covered(document: TextDocument): boolean {
  const { uri, languageId } = document;
  if (uri.scheme === 'vscode-notebook-cell') { return languageId === 'python'; }
  if (uri.scheme !== 'file') { return false; }
  if (languageId === 'python' || languageId === 'mql5') { return true; }
  if (SCRIPTS.has(languageId)) { return workspace.getWorkspaceFolder(uri) !== undefined && hasTradingEvidence(headOf(document)); }
  return (LANGUAGES.has(languageId) || NAMES.test(uri.path)) && workspace.getWorkspaceFolder(uri) !== undefined;
}

/** The first characters of a document, without a copy of all of it. */
function headOf(document: TextDocument): string {
  return document.getText(new Range(document.positionAt(0), document.positionAt(EVIDENCE_LIMIT)));
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
