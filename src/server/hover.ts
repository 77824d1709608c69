/** Hovers: the way of the limit under the mouse. */
import { type Connection, type Hover, MarkupKind } from 'vscode-languageserver';
import { sourceOf } from '../core/source/text.ts';
import type { Engine } from '../engine.ts';
import type { Documents } from './documents.ts';
import { uriIn } from '../core/workspace/paths.ts';

/** Registers `textDocument/hover`. The buffer counts, saved or not; what is not known yet is not waited for. */
export function serveHovers({ connection, documents, engine }: { readonly connection: Connection; readonly documents: Documents; readonly engine: Engine }): void {
  connection.onHover(({ textDocument, position }): Hover | null => {
    // Positions in a cell are not those of the text that the engine reads of its notebook, and ways of settings do not begin there.
    if (documents.notebook(textDocument.uri) !== undefined) { return null; }
    documents.flush(textDocument.uri);
    const place = documents.place(textDocument.uri);
    const project = place?.root.project;
    const text = documents.get(textDocument.uri)?.getText();
    if (place === undefined || project === undefined || text === undefined || !project.has(place.path)) { return null; }
    const source = project.document(place.path) ?? sourceOf(text);
    const markdown = engine.limitAt(project, place.path, source, position.line + 1, position.character + 1, (file, { line, column }) => `${uriIn(place.root.folder, file)}#L${String(line)},${String(column)}`);
    return markdown === undefined ? null : { contents: { kind: MarkupKind.Markdown, value: markdown } };
  });
}
