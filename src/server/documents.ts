/** Open documents: incremental edits in, the newest text to the engine once a turn of the event loop. */
import { type Connection, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Root } from './root.ts';
import type { Place, Workspace } from './workspace.ts';

/** Larger documents are left to the terminal's check: the editor itself stops tokenising long before. */
const MAX_CHARACTERS = 20_000_000;

export class Documents {
  readonly #texts = new TextDocuments(TextDocument);
  readonly #dirty = new Set<string>();
  #workspace: Workspace | undefined;
  #scheduled = false;

  /** Starts to listen; `workspace` may be set later, what was opened meanwhile is kept. */
  listen(connection: Connection): void {
    // A malformed edit must not end the server: the next full text mends it.
    this.#texts.listen(connection);
    this.#texts.onDidOpen(({ document }) => { this.#adopt(document.uri); });
    this.#texts.onDidChangeContent(({ document }) => this.#changed(document.uri));
    this.#texts.onDidSave(({ document }) => {
      this.flush(document.uri);
      const place = this.place(document.uri);
      place?.root.save(place.path);
    });
    this.#texts.onDidClose(({ document }) => {
      this.#dirty.delete(document.uri);
      const place = this.place(document.uri);
      if (place === undefined) { return; }
      place.root.close(place.path);
      this.#workspace?.release(place.root);
    });
  }

  /** Hands the documents to the roots: called once the folders are known. */
  attach(workspace: Workspace): void {
    this.#workspace = workspace;
    for (const document of this.#texts.all()) { this.#adopt(document.uri); }
  }

  get(uri: string): TextDocument | undefined {
    return this.#texts.get(uri);
  }

  place(uri: string): Place | undefined {
    return this.#workspace?.locate(uri);
  }

  /** URIs of all open documents. */
  uris(): readonly string[] {
    return this.#texts.keys();
  }

  /** The open documents of one root. */
  of(root: Root): readonly { readonly path: string; readonly text: string; readonly uri: string }[] {
    return this.#texts.all().flatMap((document) => {
      const place = this.place(document.uri);
      return place?.root === root && covered(document) ? [{ path: place.path, text: document.getText(), uri: document.uri }] : [];
    });
  }

  /** Takes an edit into the engine now instead of at the end of this turn. */
  flush(uri: string): void {
    const document = this.#dirty.delete(uri) ? this.#texts.get(uri) : undefined;
    if (document === undefined || !covered(document)) { return; }
    const place = this.place(uri);
    place?.root.update(place.path, document.getText());
  }

  #adopt(uri: string): void {
    const place = this.#workspace?.adopt(uri);
    void place?.root.admit(place.path);
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
