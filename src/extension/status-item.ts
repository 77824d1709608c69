/** The one status item: the most urgent thing, a table on hovering, Problems or accounts on a click. */
import { MarkdownString, StatusBarAlignment, type TextEditor, ThemeColor, window } from 'vscode';
import type { Ctx } from './ctx.ts';
import { statusText } from './status-text.ts';
import { covered } from './wake-up.ts';

const COMMANDS = {
  problems: 'tickguard.showProblems',
  accounts: 'tickguard.chooseAccount',
  restart: 'tickguard.restart',
} as const;

/** Creates the item and keeps it true; it hides itself beside files that Tickguard does not read. */
export function registerStatusItem(ctx: Ctx): void {
  const item = window.createStatusBarItem('tickguard.status', StatusBarAlignment.Left, 10);
  item.name = 'Tickguard';
  let belongs = true;
  const render = (): void => {
    const { kind } = ctx.state;
    if (!belongs || kind === 'disabled' || kind === 'waiting') { item.hide(); return; }
    const shown = statusText(ctx.state);
    item.text = shown.text;
    item.tooltip = markdown(shown.tooltip);
    item.accessibilityInformation = { label: shown.label, role: 'button' };
    item.command = COMMANDS[shown.click];
    item.backgroundColor = shown.alarm ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    item.show();
  };
  const follow = (editor: TextEditor | undefined): void => {
    // An output channel or a settings page in front says nothing about the file behind it.
    if (editor !== undefined && editor.document.uri.scheme !== 'file') { return; }
    belongs = editor === undefined || covered(editor.document);
    render();
  };
  ctx.extension.subscriptions.push(item, ctx.onState(render), window.onDidChangeActiveTextEditor(follow));
  follow(window.activeTextEditor);
}

/** Plain Markdown: no command links, no HTML, whatever a folder is called. */
function markdown(text: string): MarkdownString {
  const value = new MarkdownString(text);
  value.isTrusted = false;
  value.supportHtml = false;
  return value;
}
