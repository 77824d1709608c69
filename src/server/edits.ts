/** Edits of open documents, from offsets of the engine to positions of the protocol. */
import type { Position, SnippetTextEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Fix } from '../core/findings/finding.ts';
import type { ClientFeatures } from './client.ts';
import type { Insertion } from './suppress-edit.ts';

/** One document's edits, versioned where the client can tell a stale edit by it. */
export function workspaceEdit(client: ClientFeatures, document: TextDocument, edits: TextEdit[]): WorkspaceEdit {
  const { uri, version } = document;
  return client.documentChanges
    ? { documentChanges: [{ textDocument: { uri, version }, edits }] }
    : { changes: { [uri]: edits } };
}

/** The edits of a fix; offsets are UTF-16 units into the document's current text. */
export function fixEdits(document: TextDocument, fix: Fix): TextEdit[] {
  return fix.edits.map((edit) => ({
    range: { start: document.positionAt(edit.start), end: document.positionAt(edit.end) },
    newText: edit.text,
  }));
}

/** All edits of the fixes that do not touch an earlier one's, in the order given. */
export function joinFixes(fixes: readonly Fix[]): Fix['edits'] {
  const taken: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  for (const fix of fixes) {
    const free = fix.edits.every((edit) => taken.every((other) => edit.end < other.start || other.end < edit.start));
    if (free) { taken.push(...fix.edits); }
  }
  return taken.sort((a, b) => a.start - b.start);
}

/** An insertion whose reason the user types over, where the client can do that; plain text elsewhere. */
export function insertionEdit(client: ClientFeatures, document: TextDocument, start: Position, insertion: Pick<Insertion, 'text' | 'reason'>): WorkspaceEdit {
  const range = { start, end: start };
  if (!client.snippetEdits || !client.documentChanges) {
    return workspaceEdit(client, document, [{ range, newText: insertion.text }]);
  }
  const { text, reason } = insertion;
  const placeholder = `\${1:${escapeSnippet(text.slice(reason.start, reason.end))}}`;
  const value = `${escapeSnippet(text.slice(0, reason.start))}${placeholder}${escapeSnippet(text.slice(reason.end))}`;
  const edit: SnippetTextEdit = { range, snippet: { kind: 'snippet', value } };
  return { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits: [edit] }] };
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
