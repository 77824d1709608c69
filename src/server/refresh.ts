/**
 * Tells the client what changed outside the document it edits: one coalesced `workspace/diagnostic/refresh` for those
 * that pull, published diagnostics for those that do not.
 */
import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { ChangedPaths } from '../core/workspace/project.ts';
import type { ClientFeatures } from './client.ts';
import type { Reports } from './diagnostics.ts';
import type { Documents } from './documents.ts';
import { fileOf, pathIn, uriIn } from '../core/workspace/paths.ts';
import type { Root } from './root.ts';
import { reportFor } from './shown.ts';
import type { Workspace } from './workspace.ts';

/** Changes within this time are told together; small against the 150 ms an edit in another file may take. */
const COALESCE_MS = 20;
/** A client that waits for the workspace's diagnostics is answered at most this often. */
const WORKSPACE_MS = 200;
/** Longest stretch of publishing between two turns of the event loop. */
const SLICE_MS = 10;

export interface RefresherOptions {
  readonly connection: Connection;
  readonly client: ClientFeatures;
  readonly workspace: Workspace;
  readonly documents: Documents;
  readonly reports: Reports;
  log(message: string): void;
}

export class Refresher {
  readonly #options: RefresherOptions;
  /** What the client shows: result id by URI. */
  readonly #served = new Map<string, string>();
  readonly #shown = new Set<string>();
  /** Paths to look at again by root; `undefined` means all. */
  #pending = new Map<Root, Set<string> | undefined>();
  #timer: NodeJS.Timeout | undefined;
  #busy = false;
  #waiting: (() => void)[] = [];
  #wake: NodeJS.Timeout | undefined;

  constructor(options: RefresherOptions) {
    this.#options = options;
  }

  /** A report of an open document went to the client. */
  served(uri: string, resultId: string): void {
    this.#served.set(uri, resultId);
    this.#shown.add(uri);
  }

  /** A report of a closed one did. */
  reported(uri: string): void {
    this.#shown.add(uri);
  }

  /** Every document the client was told about. */
  shown(): readonly string[] {
    return [...this.#shown];
  }

  /** The client was told that nothing is to be said about it any more. */
  forget(uri: string): void {
    this.#shown.delete(uri);
    this.#served.delete(uri);
  }

  changed(root: Root, change: ChangedPaths): void {
    this.#options.reports.invalidate(root, change);
    const paths = this.#pending.get(root);
    if (change.others) {
      this.#pending.set(root, undefined);
    } else if (paths !== undefined || !this.#pending.has(root)) {
      this.#pending.set(root, new Set([...(paths ?? []), ...change.paths]));
    }
    this.#schedule();
    this.#wakeWaiting();
  }

  /** A folder was closed: what is shown of its files is taken back. */
  dropped(root: Root): void {
    this.#pending.delete(root);
    this.#wakeWaiting();
    for (const uri of [...this.#served.keys()]) {
      const file = fileOf(uri);
      if (file === undefined || pathIn(root.folder, file) === undefined || this.#options.workspace.locate(uri) !== undefined) { continue; }
      this.#served.delete(uri);
      if (!this.#options.client.pull) { void this.#options.connection.sendDiagnostics({ uri, diagnostics: [] }); }
    }
  }

  /** Settles after the next change, or when the request is cancelled. */
  nextChange(token: CancellationToken): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      token.onCancellationRequested(() => resolve());
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#wake);
    for (const resolve of this.#waiting.splice(0)) { resolve(); }
  }

  #wakeWaiting(): void {
    this.#wake ??= setTimeout(() => {
      this.#wake = undefined;
      for (const resolve of this.#waiting.splice(0)) { resolve(); }
    }, WORKSPACE_MS);
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#busy) { return; }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#tell();
    }, COALESCE_MS);
  }

  async #tell(): Promise<void> {
    const { client, log } = this.#options;
    const pending = this.#pending;
    this.#pending = new Map();
    this.#busy = true;
    try {
      if (!client.pull) {
        await this.#publish(pending);
      } else if (client.refresh && await this.#openDocumentChanged()) {
        await this.#options.connection.languages.diagnostics.refresh();
      }
    } catch (error) {
      log(`Telling the editor about changed findings failed: ${String(error)}`);
    } finally {
      this.#busy = false;
      // One refresh at a time: what changed meanwhile is told now.
      if (this.#pending.size > 0) { this.#schedule(); }
    }
  }

  /** Whether an open document shows something else than it should; the edited one was asked for already. */
  async #openDocumentChanged(): Promise<boolean> {
    const { documents, reports } = this.#options;
    const slice = this.#slicer();
    for (const uri of documents.uris()) {
      const shown = this.#served.get(uri);
      const place = documents.place(uri);
      if (shown === undefined || place === undefined) { continue; }
      documents.flush(uri);
      if (reportFor(documents, reports, place, uri).resultId !== shown) { return true; }
      await slice();
    }
    return false;
  }

  async #publish(pending: ReadonlyMap<Root, ReadonlySet<string> | undefined>): Promise<void> {
    const { workspace, documents } = this.#options;
    const slice = this.#slicer();
    for (const [root, some] of pending) {
      if (!workspace.roots().includes(root)) { continue; }
      const open = new Map(documents.of(root).map(({ path, uri }) => [path, uri]));
      const known = [...root.files(), ...root.problems().map((problem) => problem.path)];
      // Deleted files are no longer listed but may still be shown.
      for (const path of some ?? new Set([...open.keys(), ...known, ...this.#shownIn(root)])) {
        const uri = open.get(path);
        for (const shown of documents.notebook(uri ?? '')?.cells.map((cell) => cell.uri) ?? [uri]) { this.#publishOne(root, path, shown); }
        await slice();
      }
    }
  }

  #publishOne(root: Root, path: string, openUri: string | undefined): void {
    const uri = openUri ?? uriIn(root.folder, path);
    const { documents, reports } = this.#options;
    const { resultId, items } = reportFor(documents, reports, { root, path }, uri);
    const shown = this.#served.get(uri);
    // Silence about a file that was never mentioned needs no message.
    if (shown === resultId || (shown === undefined && items.length === 0)) { return; }
    this.#served.set(uri, resultId);
    void this.#options.connection.sendDiagnostics({ uri, diagnostics: [...items] });
  }

  #shownIn(root: Root): readonly string[] {
    return [...this.#served.keys()].flatMap((uri) => {
      const place = this.#options.workspace.locate(uri);
      return place?.root === root ? [place.path] : [];
    });
  }

  #slicer(): () => Promise<void> {
    let since = performance.now();
    return async () => {
      if (performance.now() - since < SLICE_MS) { return; }
      await new Promise((next) => setImmediate(next));
      since = performance.now();
    };
  }
}
