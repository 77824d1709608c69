/** Open documents: incremental edits in, the newest text to the engine once a turn of the event loop. */
import { type Connection, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Notebooks, type OpenNotebook } from './notebooks.ts';
import type { Root } from './root.ts';
import type { Place, Workspace } from './workspace.ts';

/** Larger documents are left to the terminal's check: the editor itself stops tokenising long before. */
const MAX_CHARACTERS = 20_000_000;

export class Documents {
  readonly #texts = new TextDocuments(TextDocument);
  readonly #notebooks = new Notebooks();
  readonly #dirty = new Set<string>();
  #workspace: Workspace | undefined;
  #scheduled = false;

  /** Starts to listen; `workspace` may be set later, what was opened meanwhile is kept. */
  listen(connection: Connection): void {
    // A malformed edit must not end the server: the next full text mends it.
    this.#texts.listen(connection);
    this.#texts.onDidOpen(({ document }) => { this.#adopt(document.uri); });
    this.#texts.onDidChangeContent(({ document }) => this.#changed(document.uri));
    this.#texts.onDidSave(({ document }) => this.#saved(document.uri));
    this.#texts.onDidClose(({ document }) => this.#closed(document.uri));
    this.#notebooks.listen(connection, {
      opened: (uri) => { this.#adopt(uri); },
      changed: (uri) => this.#changed(uri),
      saved: (uri) => this.#saved(uri),
      closed: (uri) => this.#closed(uri),
    });
  }

  /** Hands the documents to the roots: called once the folders are known. */
  attach(workspace: Workspace): void {
    this.#workspace = workspace;
    for (const { uri } of [...this.#texts.all(), ...this.#notebooks.all()]) { this.#adopt(uri); }
  }

  /** An open document; of a notebook that is open as such, one of its cells. */
  get(uri: string): TextDocument | undefined {
    return this.#texts.get(uri) ?? this.#notebooks.cell(uri);
  }

  /** The notebook that is open at an address, of its own or of one of its cells. */
  notebook(uri: string): OpenNotebook | undefined {
    return this.#notebooks.at(uri);
  }

  /** Where the engine has what a document shows: a cell belongs to its notebook's file. */
  place(uri: string): Place | undefined {
    return this.#workspace?.locate(this.#fileOf(uri));
  }

  /** URIs of all documents that show findings: of a notebook its cells. */
  uris(): readonly string[] {
    return [...this.#texts.keys(), ...this.#notebooks.all().flatMap(({ cells }) => cells.map(({ uri }) => uri))];
  }

  /** The open documents of one root. */
  of(root: Root): readonly { readonly path: string; readonly text: string; readonly uri: string }[] {
    return [...this.#texts.all(), ...this.#notebooks.all().map(({ document }) => document)].flatMap((document) => {
      const place = this.place(document.uri);
      return place?.root === root && covered(document) ? [{ path: place.path, text: document.getText(), uri: document.uri }] : [];
    });
  }

  /** Takes an edit into the engine now instead of at the end of this turn. */
  flush(uri: string): void {
    const file = this.#fileOf(uri);
    const document = this.#dirty.delete(file) ? this.#texts.get(file) ?? this.#notebooks.at(file)?.document : undefined;
    if (document === undefined || !covered(document)) { return; }
    const place = this.place(file);
    place?.root.update(place.path, document.getText());
  }

  #fileOf(uri: string): string {
    return this.#notebooks.at(uri)?.uri ?? uri;
  }

  #adopt(uri: string): void {
    const place = this.#workspace?.adopt(uri);
    void place?.root.admit(place.path);
  }

  #saved(uri: string): void {
    this.flush(uri);
    const place = this.place(uri);
    place?.root.save(place.path);
  }

  #closed(uri: string): void {
    this.#dirty.delete(uri);
    const place = this.place(uri);
    if (place === undefined) { return; }
    place.root.close(place.path);
    this.#workspace?.release(place.root);
  }

  #changed(uri: string): void {
    this.#dirty.add(uri);
    if (this.#scheduled) { return; }
    this.#scheduled = true;
    // Edits that arrive together are analysed together.
    setImmediate(() => {
      this.#scheduled = false;
      for (const dirty of [...this.#dirty]) { this.flush(dirty); }
    });
  }
}

/** A client may leave out what the protocol wants: such a document is not looked at. */
function covered(document: TextDocument): boolean {
  const text: unknown = document.getText();
  return typeof text === 'string' && text.length <= MAX_CHARACTERS;
}
