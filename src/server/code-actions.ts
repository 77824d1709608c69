/** Quick fixes: mend it, silence it with a reason, accept it as known, read why. Edits are computed when one is chosen. */
import {
  type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic, LSPErrorCodes, type Range, ResponseError,
  type TextEdit, type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Fix } from '../core/findings/finding.ts';
import type { CheckedFinding } from '../core/findings/result.ts';
import { CLIENT_COMMANDS, type FindingReference, SERVER_COMMANDS } from '../shared/protocol.ts';
import { type ActionContext, findingOf } from './action-context.ts';
import { type DiagnosticData, lspRange, ruleId } from './diagnostics.ts';
import { fixEdits, insertionEdit, joinFixes, workspaceEdit } from './edits.ts';
import { ignoreEdit, moveEdit, plannedMove } from './move-edit.ts';
import { canSuppress, suppressionFor } from './suppress-edit.ts';
import { cellEdits, rangeIn } from './shown.ts';
import { offsetAt } from '../core/source/text.ts';
import type { Place } from './workspace.ts';

/** Kind of the action that applies all safe fixes of a file; an editor may run it on save. */
export const FIX_ALL = 'source.fixAll.tickguard';

/** What stands in for the reason where the client cannot ask for one; it has to be replaced by the user. */
const PLACEHOLDER = 'say why this is right here';

/** `CodeAction.data`: what to compute once the action is chosen. */
type ActionData = { readonly uri: string } & (
  | { readonly do: 'fix'; readonly fingerprint: string; readonly fix: number }
  | { readonly do: 'suppress'; readonly fingerprint: string }
  | { readonly do: 'move'; readonly fingerprint: string }
  | { readonly do: 'ignoreFile'; readonly fingerprint: string }
  | { readonly do: 'fixAll' }
);

/** Registers `textDocument/codeAction` and `codeAction/resolve`. */
export function serveCodeActions(context: ActionContext): void {
  context.connection.onCodeAction(async (params) => {
    const place = context.documents.place(params.textDocument.uri);
    if (place === undefined) { return []; }
    await place.root.ready;
    await place.root.admit(place.path);
    context.documents.flush(params.textDocument.uri);
    const actions = actionsAt(context, place, params);
    return context.client.resolveEdit ? actions : actions.map((action) => resolved(context, action));
  });
  context.connection.onCodeActionResolve((action) => {
    const done = resolved(context, action);
    if (done.edit === undefined) { throw new ResponseError(LSPErrorCodes.ContentModified, 'The finding is gone: the text changed meanwhile.'); }
    return done;
  });
}

function actionsAt(context: ActionContext, place: Place, params: CodeActionParams): CodeAction[] {
  const { only } = params.context;
  const wants = (kind: string): boolean => only === undefined || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`) || asked === '');
  const uri = params.textDocument.uri;
  const notebook = context.documents.notebook(uri);
  const here = (range: Range): boolean => {
    const shown = rangeIn(notebook, uri, range);
    return shown !== undefined && touches(shown, params.range);
  };
  const open = place.root.findings(place.path).filter((checked) => checked.suppressed === undefined);
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const found = open.filter((checked) => here(lspRange(checked.finding.range)));
    for (const checked of found) { actions.push(...actionsFor(context, uri, checked, params.context.diagnostics)); }
    const told = new Set(found.map((checked) => checked.finding.rule));
    for (const trace of place.root.traces(place.path)) {
      // The call that leads to a finding elsewhere: it is mended there, here there is only its page.
      if (!here(lspRange(trace.range)) || told.has(trace.finding.rule)) { continue; }
      told.add(trace.finding.rule);
      actions.push(pageAction(context, { uri, fingerprint: trace.finding.fingerprint, rule: trace.finding.rule }, trace.finding.name));
    }
  }
  // Offered on request only: the light bulb of a line is no place for changes of the whole file.
  if (only !== undefined && wants(FIX_ALL) && open.some((checked) => checked.fixes.some((fix) => fix.safe))) {
    const data: ActionData = { uri, do: 'fixAll' };
    actions.push({ title: 'Apply all safe Tickguard fixes', kind: FIX_ALL, data });
  }
  return actions;
}

function actionsFor(context: ActionContext, uri: string, checked: CheckedFinding, shown: readonly Diagnostic[]): CodeAction[] {
  const { finding } = checked;
  const diagnostics = shown.filter((diagnostic) => (diagnostic.data as DiagnosticData | undefined)?.fingerprint === finding.fingerprint
    || (diagnostic.data === undefined && diagnostic.code === finding.rule));
  const base = { kind: CodeActionKind.QuickFix, diagnostics };
  const rule = ruleId(finding);
  const reference: FindingReference = { uri, fingerprint: finding.fingerprint, rule };
  const actions: CodeAction[] = checked.fixes.map((fix, index): CodeAction => {
    const data: ActionData = { uri, do: 'fix', fingerprint: finding.fingerprint, fix: index };
    return { ...base, title: fix.title, isPreferred: index === 0, data };
  });
  actions.push(...secretActions(context, uri, checked, reference).map((action) => ({ ...base, ...action })));
  if (mayBeSilenced(context, uri, checked)) {
    const data: ActionData = { uri, do: 'suppress', fingerprint: finding.fingerprint };
    const title = `Ignore ${rule} here, with a reason…`;
    actions.push(context.client.options.commands === true
      ? { ...base, title, command: { title, command: CLIENT_COMMANDS.suppressWithReason, arguments: [reference] } }
      : { ...base, title, data });
  }
  const accept = `Accept this ${finding.rule} as known (baseline)`;
  actions.push({ ...base, title: accept, command: { title: accept, command: SERVER_COMMANDS.acceptBaseline, arguments: [reference] } });
  actions.push(pageAction(context, reference, finding.name));
  return actions;
}

/** What a secret needs: out of the file, out of git's reach, and replaced at the provider. Its value is in none of it. */
function secretActions(context: ActionContext, uri: string, checked: CheckedFinding, reference: FindingReference): readonly Omit<CodeAction, 'kind'>[] {
  const { finding } = checked;
  const actions: Omit<CodeAction, 'kind'>[] = [];
  const place = context.documents.place(uri);
  if (finding.rule === 'SEC001' && place !== undefined) {
    const planned = plannedMove(context, place, uri, finding.fingerprint);
    if (planned !== undefined) {
      const data: ActionData = { uri, do: 'move', fingerprint: finding.fingerprint };
      actions.push({ title: `Move the value to the environment (${planned.variable})`, data });
    }
    const steps = finding.detector === undefined ? undefined : context.engine.rotationSteps(finding.detector, `${finding.file}:${String(finding.range.line)}`);
    if (steps !== undefined && context.client.options.commands === true) {
      const title = `Copy rotation steps for: ${steps.title}`;
      actions.push({ title, command: { title, command: CLIENT_COMMANDS.copyRotationSteps, arguments: [reference, steps.text] } });
    }
  }
  if (finding.rule === 'ENV002' && context.client.documentChanges) {
    const data: ActionData = { uri, do: 'ignoreFile', fingerprint: finding.fingerprint };
    actions.push({ title: 'Add it to .gitignore', isPreferred: true, data });
  }
  return actions;
}

/** Whether a comment can be written for a finding where the document at `uri` shows it. */
function mayBeSilenced({ documents }: ActionContext, uri: string, { finding }: CheckedFinding): boolean {
  const project = documents.place(uri)?.root.project;
  const source = project?.document(finding.file);
  const at = source === undefined ? 0 : offsetAt(source, finding.range.line, finding.range.column);
  return canSuppress(finding.file, project?.model(finding.file), at);
}

function pageAction(context: ActionContext, reference: FindingReference, name: string): CodeAction {
  const [rule = reference.rule] = reference.rule.split('/');
  const title = `Why ${rule} (${name})? Open its page`;
  const command = context.client.options.commands === true ? CLIENT_COMMANDS.openRulePage : SERVER_COMMANDS.openPage;
  return { title, kind: CodeActionKind.QuickFix, command: { title, command, arguments: [reference] } };
}

/** The action with its edit, if the document still has what it speaks of. */
function resolved(context: ActionContext, action: CodeAction): CodeAction {
  const data = action.data as ActionData | undefined;
  if (data === undefined) { return action; }
  const edit = editOf(context, data);
  return edit === undefined ? action : { ...action, edit };
}

function editOf(context: ActionContext, data: ActionData): WorkspaceEdit | undefined {
  const { client, documents } = context;
  documents.flush(data.uri);
  const place = documents.place(data.uri);
  const document = documents.get(data.uri);
  if (place === undefined || document === undefined) { return undefined; }
  const notebook = documents.notebook(data.uri);
  const editsOf = (fix: Fix): TextEdit[] | undefined => (notebook === undefined ? fixEdits(document, fix) : cellEdits(notebook, data.uri, fix));
  if (data.do === 'fixAll') {
    const fixes = place.root.findings(place.path)
      .filter((checked) => checked.suppressed === undefined)
      .flatMap((checked) => checked.fixes.find((fix) => fix.safe && editsOf(fix) !== undefined) ?? []);
    return workspaceEdit(client, document, editsOf({ title: '', safe: true, edits: joinFixes(fixes) }) ?? []);
  }
  if (data.do === 'move') { return moveEdit(context, place, data.uri, data.fingerprint); }
  if (data.do === 'ignoreFile') { return ignoreEdit(context, place, data.fingerprint); }
  if (data.do === 'suppress') { return suppressEdit(context, place, data.uri, data.fingerprint, PLACEHOLDER, true); }
  const fix = findingOf(place, data.fingerprint)?.fixes[data.fix];
  const edits = fix === undefined ? undefined : editsOf(fix);
  return edits === undefined ? undefined : workspaceEdit(client, document, edits);
}

/** The edit that silences a finding; with `ask` the reason is left for the user to type over. */
export function suppressEdit(
  context: ActionContext, place: Place, uri: string, fingerprint: string, reason: string, ask: boolean,
): WorkspaceEdit | undefined {
  const document = context.documents.get(uri);
  const finding = findingOf(place, fingerprint)?.finding;
  const source = place.root.project?.document(place.path);
  if (document === undefined || finding === undefined || source === undefined) { return undefined; }
  const insertion = suppressionFor(finding, ruleId(finding), reason, source, place.root.project?.model(place.path));
  if (insertion === undefined) { return undefined; }
  const notebook = context.documents.notebook(uri);
  const whole = (notebook?.document ?? document).positionAt(insertion.offset);
  const at = rangeIn(notebook, uri, { start: whole, end: whole })?.start;
  const written = notebook === undefined ? insertion : insertion.inCell;
  if (at === undefined || written === undefined) { return undefined; }
  if (ask) { return insertionEdit(context.client, document, at, written); }
  return workspaceEdit(context.client, document, [{ range: { start: at, end: at }, newText: written.text }]);
}

/** Whether two ranges share a place; a cursor at either edge counts. */
function touches(a: Range, b: Range): boolean {
  return !before(a.end, b.start) && !before(b.end, a.start);
}

function before(a: { line: number; character: number }, b: { line: number; character: number }): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
