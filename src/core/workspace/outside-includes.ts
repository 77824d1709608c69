/** Files outside the project that includes lead to, read for their classes and calls alone; see `IncludeFolders`. */
import { setImmediate as turn } from 'node:timers/promises';
import { grammarsOf } from '../source/code-languages.ts';
import { OUTSIDE } from '../source/link/includes.ts';
import type { Linker } from '../source/link/linker.ts';
import { summarise } from '../source/link/summarise.ts';
import { readSource, type Syntax } from '../source/source.ts';
import { textOf } from '../source/text.ts';
import { IncludeFolders, type OpenInclude, terminalIncludes } from './include-folders.ts';
import { loadGrammars } from './parsers.ts';
import { absolutePath } from './paths.ts';

export interface OutsideOptions {
  /** Absolute path of the project. */
  readonly root: string;
  /** What `mql5.include` names, with the folder its file lies in. */
  readonly named: readonly { readonly folder: string; readonly include: string }[];
  readonly linker: Linker;
  readonly syntax: Syntax;
  readonly budgetMs: number;
  readonly wasmFolder?: string;
  /** Include folders of terminals, if not those of this machine. */
  readonly terminals?: () => readonly string[];
}

export class OutsideIncludes {
  readonly #options: OutsideOptions;
  readonly #folders: IncludeFolders;

  constructor(options: OutsideOptions) {
    const { root, named, terminals } = options;
    this.#options = options;
    const folders = named.map(({ folder, include }) => absolutePath(absolutePath(root, folder), include));
    this.#folders = new IncludeFolders(root, folders, terminals ?? (() => terminalIncludes({ root })));
  }

  /**
   * Reads what the includes of some files, or of all, lead to, and what those include. From the disk also where the project
   * is git's index: it is in no repository that could be asked.
   * @returns whether any came.
   */
  async bring(paths?: readonly string[]): Promise<boolean> {
    const { linker } = this.#options;
    let open = linker.openIncludes(paths);
    let brought = false;
    while (open.length > 0) {
      const came: string[] = [];
      for (const include of open) {
        const path = await this.#read(include);
        if (path !== undefined) { came.push(path); }
      }
      brought ||= came.length > 0;
      open = linker.openIncludes(came);
    }
    return brought;
  }

  /** Lets go of everything that was brought. */
  forget(): void {
    const { linker } = this.#options;
    for (const path of linker.files()) { if (path.startsWith(OUTSIDE)) { linker.delete(path); } }
  }

  async #read(include: OpenInclude): Promise<string | undefined> {
    const { linker, syntax, budgetMs, wasmFolder } = this.#options;
    const found = this.#folders.find(include);
    const decoded = found === undefined || linker.summary(found.path) !== undefined ? undefined : textOf(found.content);
    if (found === undefined || decoded?.ok !== true) { return undefined; }
    await loadGrammars(syntax, grammarsOf([found.path]), wasmFolder);
    linker.set(summarise(readSource(found.path, decoded.source, syntax, { budgetMs }), [], []));
    await turn();
    return found.path;
  }
}
