/**
 * Notebooks that are open as such: the protocol sends their cells, each a document of its own. Kept here is the text that
 * the engine reads of each (`notebook-text.ts`), and which cell belongs to which notebook.
 */
import { readFile } from 'node:fs/promises';
import { type Connection, type NotebookCell, NotebookCellKind, type NotebookDocument, NotebookDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fileOf } from '../core/workspace/paths.ts';
import { NotebookText, type OpenCell } from './notebook-text.ts';

/** Larger files are left to the terminal's check, in UTF-16 units. */
const MAX_CHARACTERS = 20_000_000;

/** What the session does when a notebook comes, changes or goes; all by the address of the notebook's file. */
export interface NotebookEvents {
  opened(uri: string): void;
  changed(uri: string): void;
  saved(uri: string): void;
  closed(uri: string): void;
}

/** A notebook as it stands now. */
export interface OpenNotebook extends Pick<NotebookText, 'cells' | 'toCell' | 'isOutput'> {
  readonly uri: string;
  /** The text that the engine reads. */
  readonly document: TextDocument;
}

export class Notebooks {
  readonly #notebooks = new NotebookDocuments(TextDocument);
  /** What was made of a notebook since it changed last. */
  readonly #open = new Map<string, OpenNotebook>();
  /** Outputs by cell, as the file on disk had them when it was opened or saved. */
  readonly #outputs = new Map<string, string>();

  listen(connection: Connection, events: NotebookEvents): void {
    this.#notebooks.listen(connection);
    this.#notebooks.onDidOpen((notebook) => {
      events.opened(notebook.uri);
      void this.#readOutputs(notebook, events);
    });
    this.#notebooks.onDidChange(({ notebookDocument }) => { this.#forget(notebookDocument, events); });
    this.#notebooks.onDidSave((notebook) => {
      events.saved(notebook.uri);
      void this.#readOutputs(notebook, events);
    });
    this.#notebooks.onDidClose((notebook) => {
      this.#open.delete(notebook.uri);
      for (const { document } of notebook.cells) { this.#outputs.delete(document); }
      events.closed(notebook.uri);
    });
  }

  /** The notebook at an address of its own, or of one of its cells. */
  at(uri: string): OpenNotebook | undefined {
    const notebook = this.#notebooks.getNotebookDocument(uri) ?? this.#notebooks.findNotebookDocumentForCell(uri);
    if (notebook === undefined) { return undefined; }
    let open = this.#open.get(notebook.uri);
    if (open === undefined) { this.#open.set(notebook.uri, open = this.#compose(notebook)); }
    return open;
  }

  /** The document of one cell. */
  cell(uri: string): TextDocument | undefined {
    return this.#notebooks.cellTextDocuments.get(uri);
  }

  all(): readonly OpenNotebook[] {
    const uris = new Set(this.#notebooks.cellTextDocuments.keys().flatMap((cell) => this.#notebooks.findNotebookDocumentForCell(cell)?.uri ?? []));
    return [...uris].flatMap((uri) => this.at(uri) ?? []);
  }

  #compose(notebook: NotebookDocument): OpenNotebook {
    const cells = notebook.cells.flatMap((cell) => this.#cellOf(cell) ?? []);
    const text = new NotebookText(cells, languageOf(cells));
    const document = TextDocument.create(notebook.uri, 'json', notebook.version, text.text);
    return { uri: notebook.uri, document, cells, toCell: (range) => text.toCell(range), isOutput: (range) => text.isOutput(range) };
  }

  #cellOf({ kind, document }: NotebookCell): OpenCell | undefined {
    const held = this.#notebooks.cellTextDocuments.get(document);
    if (held === undefined) { return undefined; }
    return {
      uri: document, version: held.version, language: held.languageId, code: kind === NotebookCellKind.Code,
      text: held.getText(), outputs: this.#outputs.get(document),
    };
  }

  #forget({ uri }: NotebookDocument, events: NotebookEvents): void {
    this.#open.delete(uri);
    events.changed(uri);
  }

  /** A file that cannot be read, or holds other cells than the editor, gives no outputs: the cells are checked without. */
  async #readOutputs(notebook: NotebookDocument, events: NotebookEvents): Promise<void> {
    const file = fileOf(notebook.uri);
    const text = file === undefined ? undefined : await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined || text.length > MAX_CHARACTERS) { return; }
    const outputs = outputsOf(text);
    if (outputs.length !== notebook.cells.length) { return; }
    notebook.cells.forEach(({ document }, i) => { this.#outputs.set(document, outputs[i] ?? '[]'); });
    this.#forget(notebook, events);
  }
}

/** The language of most code cells: what the kernel speaks. */
function languageOf(cells: readonly OpenCell[]): string {
  const counts = new Map<string, number>();
  for (const { code, language } of cells) { if (code) { counts.set(language, (counts.get(language) ?? 0) + 1); } }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 'python';
}

/** The outputs of each cell of a notebook's file, as JSON in one line; none where the file is no notebook. */
function outputsOf(text: string): readonly string[] {
  try {
    const { cells } = JSON.parse(text) as { readonly cells?: readonly { readonly outputs?: unknown }[] };
    return Array.isArray(cells) ? cells.map((cell) => JSON.stringify(cell?.outputs ?? [])) : [];
  } catch {
    return [];
  }
}
