/** Imports of TypeScript and JavaScript to files of the project: relative paths, folders, and what a configuration maps. */
import { SCRIPT_EXTENSIONS } from '../languages.ts';
import type { ModuleAliases } from './summary.ts';

/** What a written extension may stand for: TypeScript imports the file that will be there once it is compiled. */
const COMPILED: Readonly<Record<string, readonly string[]>> = { js: ['ts', 'tsx'], jsx: ['tsx'], mjs: ['mts'], cjs: ['cts'] };

/** The script files of a project. Answers are the caller's to keep. */
export class ScriptModules {
  readonly #paths = new Set<string>();
  /** Folder of a configuration (`''` or with a slash at its end) → what it maps. */
  readonly #aliases = new Map<string, ModuleAliases>();

  add(path: string): boolean {
    if (this.#paths.has(path)) { return false; }
    this.#paths.add(path);
    return true;
  }

  delete(path: string): boolean {
    return this.#paths.delete(path);
  }

  /** Sets what a configuration maps, or takes it away. */
  map(configuration: string, aliases: ModuleAliases | undefined): void {
    const folder = configuration.slice(0, configuration.lastIndexOf('/') + 1);
    if (aliases === undefined) { this.#aliases.delete(folder); } else { this.#aliases.set(folder, aliases); }
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

  /** A bare name, by the nearest configuration above the importing file. */
  #bare(folder: string, module: string): string | undefined {
    if (this.#aliases.size === 0) { return undefined; }
    for (let at = folder === '' ? '' : `${folder}/`; ; at = at.slice(0, at.lastIndexOf('/', at.length - 2) + 1)) {
      const aliases = this.#aliases.get(at);
      if (aliases !== undefined) { return this.#mapped(aliases, module); }
      if (at === '') { return undefined; }
    }
  }

  #mapped(aliases: ModuleAliases, module: string): string | undefined {
    // The pattern with the longest text before its star wins, as the compiler has it.
    const patterns = Object.keys(aliases.paths).filter((pattern) => matches(pattern, module)).sort((a, b) => headOf(b).length - headOf(a).length);
    for (const pattern of patterns.slice(0, 1)) {
      const head = headOf(pattern);
      const star = pattern.includes('*') ? module.slice(head.length, module.length - (pattern.length - head.length - 1)) : '';
      for (const target of aliases.paths[pattern] ?? []) {
        const found = this.#fileAt(target.replace('*', () => star));
        if (found !== undefined) { return found; }
      }
    }
    return aliases.base === undefined ? undefined : this.#fileAt(aliases.base === '' ? module : `${aliases.base}/${module}`);
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

function headOf(pattern: string): string {
  const star = pattern.indexOf('*');
  return star < 0 ? pattern : pattern.slice(0, star);
}

function matches(pattern: string, module: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) { return pattern === module; }
  return module.length >= pattern.length - 1 && module.startsWith(pattern.slice(0, star)) && module.endsWith(pattern.slice(star + 1));
}
