/** `textDocument/diagnostic` and `workspace/diagnostic`, for clients that ask. */
import {
  type CancellationToken, type Connection, type DocumentDiagnosticReport, DocumentDiagnosticReportKind, LSPErrorCodes,
  ResponseError, type WorkspaceDiagnosticParams, type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Documents } from './documents.ts';
import type { Reports } from './diagnostics.ts';
import { fileOf, uriIn, uriOf } from '../core/workspace/paths.ts';
import type { Refresher } from './refresh.ts';
import { reportFor } from './shown.ts';
import type { Workspace } from './workspace.ts';

export interface PullContext {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly documents: Documents;
  readonly reports: Reports;
  readonly refresher: Refresher;
}

/** Longest stretch of work between two turns of the event loop, in ms. */
const SLICE_MS = 10;

/** Registers both handlers. */
export function servePulls(context: PullContext): void {
  const { connection } = context;
  connection.languages.diagnostics.on((params, token) => documentReport(context, params.textDocument.uri, params.previousResultId, token));
  connection.languages.diagnostics.onWorkspace(async (params, token, _work, partial) => ({
    items: await workspaceReport(context, params, token, partial !== undefined),
  }));
}

async function documentReport(
  context: PullContext, uri: string, previous: string | undefined, token: CancellationToken,
): Promise<DocumentDiagnosticReport> {
  const place = context.documents.place(uri);
  if (place === undefined) { return { kind: DocumentDiagnosticReportKind.Full, items: [] }; }
  await place.root.ready;
  await place.root.admit(place.path);
  throwIfCancelled(token);
  context.documents.flush(uri);
  const { resultId, items } = reportFor(context.documents, context.reports, place, uri);
  context.refresher.served(uri, resultId);
  return resultId === previous
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...items] };
}

/**
 * Everything that differs from what the client knows. A client that takes partial results waits with an open request,
 * as the protocol intends, so with nothing new the answer is held back until something changes.
 */
async function workspaceReport(
  context: PullContext, params: WorkspaceDiagnosticParams, token: CancellationToken, waits: boolean,
): Promise<WorkspaceDocumentDiagnosticReport[]> {
  const known = new Map(params.previousResultIds.map(({ uri, value }) => [normal(uri), { uri, value }]));
  await Promise.all(context.workspace.roots().map((root) => root.ready));
  for (;;) {
    throwIfCancelled(token);
    const changed = context.refresher.nextChange(token);
    const reports = await differences(context, known, token);
    if (reports.length > 0 || !waits) { return reports; }
    await changed;
  }
}

async function differences(
  context: PullContext, known: ReadonlyMap<string, { readonly uri: string; readonly value: string }>, token: CancellationToken,
): Promise<WorkspaceDocumentDiagnosticReport[]> {
  const reports: WorkspaceDocumentDiagnosticReport[] = [];
  // What a client was told it may have forgotten to ask about: VS Code does between closing a document and its next turn.
  const gone = new Map([...context.refresher.shown().map((uri) => [normal(uri), { uri, value: '' }] as const), ...known]);
  let slice = performance.now();
  for (const root of context.workspace.roots()) {
    const paths = new Set(root.files());
    for (const { path } of root.problems()) { paths.add(path); }
    for (const path of paths) {
      const key = uriIn(root.folder, path);
      const before = gone.get(key);
      gone.delete(key);
      const { resultId, items } = reportFor(context.documents, context.reports, { root, path }, key);
      if (before?.value !== resultId && (items.length > 0 || before !== undefined)) {
        const uri = before?.uri ?? key;
        reports.push({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, resultId, items: [...items] });
        context.refresher.reported(uri);
      }
      if (performance.now() - slice > SLICE_MS) {
        await new Promise((next) => setImmediate(next));
        throwIfCancelled(token);
        slice = performance.now();
      }
    }
  }
  for (const { uri, value } of gone.values()) {
    // A cell of an open notebook is no file; it is asked for by itself.
    if (context.documents.notebook(uri) !== undefined) { continue; }
    context.refresher.forget(uri);
    if (value !== GONE) { reports.push({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, resultId: GONE, items: [] }); }
  }
  return reports;
}

/** Result id of a file that is no longer checked. */
const GONE = 'gone';

/** One spelling for each address: clients differ in what they escape. */
function normal(uri: string): string {
  const file = fileOf(uri);
  return file === undefined ? uri : uriOf(file);
}

function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) { throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.'); }
}
