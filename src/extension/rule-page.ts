/** A rule's page inside the editor: the same file that the web shows, shipped with the extension, without a network. */
import { commands, EventEmitter, FileType, languages, Uri, window, workspace } from 'vscode';
import { CLIENT_COMMANDS } from '../shared/protocol.ts';
import type { Ctx } from './ctx.ts';

const SCHEME = 'tickguard-rule';

/** Registers the pages as read-only documents and the command that opens one. */
export function registerRulePages(ctx: Ctx): void {
  const changed = new EventEmitter<Uri>();
  ctx.extension.subscriptions.push(
    changed,
    workspace.registerTextDocumentContentProvider(SCHEME, { onDidChange: changed.event, provideTextDocumentContent: (uri) => pageText(ctx, uri) }),
    commands.registerCommand(CLIENT_COMMANDS.openRulePage, (target?: unknown) => openRulePage(ctx, target)),
  );
}

/** Opens the page of a rule: named by an id or a finding, else that of the finding at the cursor, else chosen from a list. */
async function openRulePage(ctx: Ctx, target: unknown): Promise<void> {
  const id = ruleOf(target) ?? ruleAtCursor() ?? await chooseRule(ctx);
  if (id === undefined) { return; }
  const uri = Uri.from({ scheme: SCHEME, path: `/${id}.md` });
  try {
    await commands.executeCommand('markdown.showPreview', uri);
  } catch {
    // The built-in Markdown extension can be switched off; the text alone is readable.
    await window.showTextDocument(uri, { preview: true });
  }
}

async function pageText(ctx: Ctx, uri: Uri): Promise<string> {
  const name = uri.path.slice(1);
  if (!/^[A-Z]{3}\d{3}\.md$/.test(name)) { return `There is no page ${name}.`; }
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(ctx.asset('docs', 'rules', name)));
  } catch {
    return `The page of ${name.slice(0, -3)} is not part of this version of Tickguard.`;
  }
}

/** `SEC001` of a rule id, a detector id or an argument of a quick fix. */
function ruleOf(target: unknown): string | undefined {
  const rule = typeof target === 'object' && target !== null ? (target as { rule?: unknown }).rule : target;
  return typeof rule === 'string' ? /^[A-Z]{3}\d{3}/.exec(rule)?.[0] : undefined;
}

function ruleAtCursor(): string | undefined {
  const editor = window.activeTextEditor;
  if (editor === undefined) { return undefined; }
  const here = languages.getDiagnostics(editor.document.uri)
    .find((diagnostic) => diagnostic.source === 'tickguard' && diagnostic.range.contains(editor.selection.active));
  return typeof here?.code === 'object' ? ruleOf(here.code.value) : ruleOf(here?.code);
}

async function chooseRule(ctx: Ctx): Promise<string | undefined> {
  const files = await workspace.fs.readDirectory(ctx.asset('docs', 'rules'));
  const ids = files.flatMap(([name, type]) => (type === FileType.File && /^[A-Z]{3}\d{3}\.md$/.test(name) ? [name.slice(0, -3)] : [])).sort();
  const items = await Promise.all(ids.map(async (id) => ({ label: id, description: await title(ctx, id) })));
  const chosen = await window.showQuickPick(items, { title: 'Tickguard: explain a rule', placeHolder: 'Which rule?', matchOnDescription: true });
  return chosen?.label;
}

/** What the page's first heading says beside the id. */
async function title(ctx: Ctx, id: string): Promise<string> {
  const text = await pageText(ctx, Uri.from({ scheme: SCHEME, path: `/${id}.md` }));
  const [heading = ''] = text.split('\n', 1);
  return heading.replace(/^#+\s*/, '').replace(id, '').replace(/^[\s:–—-]+/, '');
}
