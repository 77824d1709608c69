/**
 * What an MQL5 file sees: its includes are pasted into it, so a name may stand in any file it includes, and an included
 * file may use what the programs that include it have brought along.
 */
import type { ModuleIndex } from './modules.ts';
import type { FileSummary } from './summary.ts';

/** Most files one question may look at. */
const MAX_FILES = 400;

export class Units {
  readonly #files: ReadonlyMap<string, FileSummary>;
  readonly #modules: ModuleIndex;
  readonly #included = new Map<string, readonly string[]>();
  readonly #around = new Map<string, readonly string[]>();
  #includers: Map<string, string[]> | undefined;

  constructor(files: ReadonlyMap<string, FileSummary>, modules: ModuleIndex) {
    this.#files = files;
    this.#modules = modules;
  }

  forget(): void {
    this.#included.clear();
    this.#around.clear();
    this.#includers = undefined;
  }

  /** The files a file includes, nearest first, through other includes; without itself. */
  included(path: string): readonly string[] {
    let known = this.#included.get(path);
    if (known === undefined) {
      known = this.#search(path, (file) => this.#targets(file));
      this.#included.set(path, known);
    }
    return known;
  }

  /** The files seen through those that include a file: they and what they include, without what it includes itself. */
  around(path: string): readonly string[] {
    let known = this.#around.get(path);
    if (known === undefined) {
      const own = new Set([path, ...this.included(path)]);
      const above = this.#search(path, (file) => this.#includersOf(file));
      known = [...new Set(above.flatMap((file) => [file, ...this.included(file)]))].filter((file) => !own.has(file)).slice(0, MAX_FILES);
      this.#around.set(path, known);
    }
    return known;
  }

  /** The files whose names a file sees: itself, what it includes, and what those that include it bring along. */
  seen(path: string): readonly string[] {
    return [path, ...this.included(path), ...this.around(path)];
  }

  #search(path: string, next: (file: string) => readonly string[]): readonly string[] {
    const found = new Set([path]);
    for (const file of found) {
      for (const target of next(file)) { if (found.size < MAX_FILES) { found.add(target); } }
    }
    found.delete(path);
    return [...found];
  }

  #targets(path: string): readonly string[] {
    return (this.#files.get(path)?.imports ?? []).filter((entry) => entry.name === '*').map((entry) => this.#modules.resolve(path, entry.module, entry.level))
      .filter((target) => target !== undefined && this.#files.has(target)) as readonly string[];
  }

  #includersOf(path: string): readonly string[] {
    if (this.#includers === undefined) {
      this.#includers = new Map();
      for (const [file, summary] of this.#files) {
        if (summary.language !== 'mql5') { continue; }
        for (const target of this.#targets(file)) {
          const list = this.#includers.get(target);
          if (list === undefined) { this.#includers.set(target, [file]); } else { list.push(file); }
        }
      }
    }
    return this.#includers.get(path) ?? [];
  }
}
