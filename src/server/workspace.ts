/** The roots of the workspace: one engine session each, and a loose one for a file outside all of them. */
import { basename, dirname } from 'node:path';
import { isProgram } from '../core/source/code-languages.ts';
import { languageOf } from '../core/source/languages.ts';
import type { Engine } from '../engine.ts';
import { fileOf, pathIn, pathKey, uriOf } from '../core/workspace/paths.ts';
import { Root, type RootEvents } from './root.ts';

/** A document's place: its root and its path in it. */
export interface Place {
  readonly root: Root;
  readonly path: string;
}

export class Workspace {
  readonly #engine: Engine;
  readonly #events: RootEvents;
  /** By the key of their folder: `C:\\desk` and `c:\\desk` are one. */
  readonly #roots = new Map<string, Root>();

  constructor(engine: Engine, events: RootEvents) {
    this.#engine = engine;
    this.#events = events;
  }

  roots(): readonly Root[] {
    return [...this.#roots.values()];
  }

  /** Opens a folder; one that is open already, or no `file:` folder, is left alone. */
  add(folder: { readonly uri: string; readonly name: string }): void {
    const path = fileOf(folder.uri);
    const known = path === undefined ? undefined : this.#roots.get(pathKey(path));
    if (path !== undefined && (known === undefined || known.loose)) { this.#start(path, folder.uri, folder.name); }
  }

  /** Closes a folder and answers the root it had. */
  remove(uri: string): Root | undefined {
    const path = fileOf(uri);
    const root = path === undefined ? undefined : this.#roots.get(pathKey(path));
    if (root !== undefined) { this.#drop(root.folder); }
    return root;
  }

  /** The place of a document that belongs to an opened folder; the innermost one wins. */
  locate(uri: string): Place | undefined {
    const file = fileOf(uri);
    return file === undefined ? undefined : this.#locateFile(file);
  }

  /** As `locate`, but code outside every folder gets a loose root of its own folder; other files there are nobody's business. */
  adopt(uri: string): Place | undefined {
    const file = fileOf(uri);
    if (file === undefined) { return undefined; }
    const known = this.#locateFile(file);
    if (known !== undefined || !isProgram(languageOf(file))) { return known; }
    const folder = dirname(file);
    const path = basename(file);
    return { root: this.#start(folder, uriOf(folder), basename(folder), path), path };
  }

  /** Closes a loose root that holds no open document any more. */
  release(root: Root): void {
    if (root.loose && this.#events.documents(root).length === 0) { this.#drop(root.folder); }
  }

  dispose(): void {
    for (const path of [...this.#roots.keys()]) { this.#drop(path); }
  }

  #locateFile(file: string): Place | undefined {
    let best: Place | undefined;
    for (const root of this.#roots.values()) {
      const path = pathIn(root.folder, file);
      // A loose root speaks for the files right in its folder only.
      if (path === undefined || path === '' || (root.loose && path.includes('/'))) { continue; }
      if (best === undefined || root.folder.length > best.root.folder.length) { best = { root, path: root.spelled(path) }; }
    }
    return best;
  }

  #start(path: string, uri: string, name: string, only?: string): Root {
    this.#drop(path);
    const root = new Root({ uri, name, folder: path, only, engine: this.#engine, events: this.#events });
    this.#roots.set(pathKey(path), root);
    return root;
  }

  #drop(path: string): void {
    const key = pathKey(path);
    this.#roots.get(key)?.dispose();
    this.#roots.delete(key);
  }
}
