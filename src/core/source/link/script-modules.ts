/** Imports of TypeScript and JavaScript to files of the project: relative paths, folders, what a configuration maps, packages. */
import { SCRIPT_EXTENSIONS } from '../languages.ts';
import { ScriptAliases } from './script-aliases.ts';
import type { ModuleAliases } from './summary.ts';

/** What a written extension may stand for: TypeScript imports the file that will be there once it is compiled. */
const COMPILED: Readonly<Record<string, readonly string[]>> = { js: ['ts', 'tsx'], jsx: ['tsx'], mjs: ['mts'], cjs: ['cts'] };

/** The script files of a project. Answers are the caller's to keep. */
export class ScriptModules {
  readonly #paths = new Set<string>();
  readonly #aliases = new ScriptAliases();

  add(path: string): boolean {
    if (this.#paths.has(path)) { return false; }
    this.#paths.add(path);
    return true;
  }

  delete(path: string): boolean {
    return this.#paths.delete(path);
  }

  /** Sets what a configuration or package says of imports, or takes it away. */
  map(configuration: string, aliases: ModuleAliases | undefined): void {
    this.#aliases.set(configuration, aliases);
  }

  /**
   * @param folder of the importing file, without a slash at its end.
   * @param level 1 for `./`, 2 for `../`, 0 for a bare name.
   */
  resolve(folder: string, module: string, level: number): string | undefined {
    if (level === 0) { return this.#bare(folder, module); }
    const parts = folder === '' ? [] : folder.split('/');
    if (level - 1 > parts.length) { return undefined; }
    return this.#fileAt([...parts.slice(0, parts.length - (level - 1)), ...(module === '' ? [] : [module])].join('/'));
  }

  /** A bare name, by the nearest configuration above the importing file, or of a package of the project. */
  #bare(folder: string, module: string): string | undefined {
    for (const candidate of this.#aliases.candidates(folder, module)) {
      const found = this.#fileAt(candidate);
      if (found !== undefined) { return found; }
    }
    return undefined;
  }

  #fileAt(stem: string): string | undefined {
    if (this.#paths.has(stem)) { return stem; }
    const dot = stem.lastIndexOf('.');
    for (const extension of COMPILED[stem.slice(dot + 1)] ?? []) {
      const path = `${stem.slice(0, dot + 1)}${extension}`;
      if (this.#paths.has(path)) { return path; }
    }
    const folder = stem === '' ? '' : `${stem}/`;
    return SCRIPT_EXTENSIONS.map((extension) => `${stem}.${extension}`).find((path) => this.#paths.has(path))
      ?? SCRIPT_EXTENSIONS.map((extension) => `${folder}index.${extension}`).find((path) => this.#paths.has(path));
  }
}
