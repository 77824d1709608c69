/** Which files are trading code: what a strategy, a handler or an order call can reach by import, and configuration. */
import { isAgentFile } from '../embedded/agent-files.ts';
import type { Language } from '../model.ts';
import type { ModuleIndex } from './modules.ts';
import type { FileSummary } from './summary.ts';

/** Languages of configuration files: limits and deadlines live there as often as in code. */
const CONFIGURATION: ReadonlySet<Language> = new Set(['yaml', 'json', 'toml', 'dotenv', 'ini', 'shell', 'powershell', 'dockerfile']);

/** Roles that make a file trading code by itself. */
function isTradingRole(role: string): boolean {
  return role.startsWith('order.') || role === 'data.stream';
}

/**
 * The trading files of a project: roots (files with a strategy, a handler or order calls), everything they import, and
 * the scripts that import a root directly. Configuration files always are. Of files that none of these lead to nothing but what
 * tells a root is looked at: most of a project may be written down and not parsed.
 */
export class TradingFiles {
  readonly #files: ReadonlyMap<string, FileSummary>;
  readonly #modules: ModuleIndex;
  readonly #isCode: (path: string) => boolean;
  readonly #roots: ReadonlySet<string>;
  /** Roots and what they import, at any depth. */
  readonly #reached: ReadonlySet<string>;
  /** Programs that import a root, and what these import. */
  #around: ReadonlySet<string> | undefined;

  /**
   * @param isRoot tells a file with a strategy class or a handler.
   * @param isCode false for tests, vendored and archived files: they are never trading code.
   */
  constructor(files: ReadonlyMap<string, FileSummary>, modules: ModuleIndex, isRoot: (path: string) => boolean, isCode: (path: string) => boolean) {
    this.#files = files;
    this.#modules = modules;
    this.#isCode = isCode;
    this.#roots = new Set([...files].flatMap(([path, file]) => (isCode(path) && (file.roles.some(isTradingRole) || isRoot(path)) ? [path] : [])));
    this.#reached = this.#imported(this.#roots);
  }

  /**
   * Whether a file that somebody said to trade an account does so as far as can be seen: it is trading code, it is brought by a program that brings some (the
   * risk manager beside the broker's client), or nothing of the project is seen to trade and the orders go through what is not in sight.
   */
  mayTrade(path: string): boolean {
    if (!this.#isCode(path)) { return false; }
    if (this.#roots.size === 0 || this.has(path)) { return true; }
    this.#around ??= this.#imported([...this.#files.keys()].filter((file) => this.#isCode(file) && this.#importsOf(file).some((target) => this.#roots.has(target))));
    return this.#around.has(path);
  }

  /** These files, and everything they import. */
  #imported(from: Iterable<string>): ReadonlySet<string> {
    const reached = new Set(from);
    for (const path of reached) {
      for (const target of this.#importsOf(path)) { if (this.#isCode(target)) { reached.add(target); } }
    }
    return reached;
  }

  has(path: string): boolean {
    const file = this.#files.get(path);
    if (file === undefined || !this.#isCode(path)) { return false; }
    return CONFIGURATION.has(file.language) || (file.language === 'markdown' && isAgentFile(path))
      || this.#reached.has(path) || this.#importsOf(path).some((target) => this.#roots.has(target));
  }

  #importsOf(path: string): readonly string[] {
    const file = this.#files.get(path);
    return file === undefined ? [] : importedFiles(file, this.#modules);
  }
}

/**
 * Other files that a file stands with: what it imports at any depth, and with `neighbours` also what imports it at any
 * depth, and what those import.
 */
export function neighbourhood(path: string, among: 'imports' | 'neighbours', files: ReadonlyMap<string, FileSummary>, modules: ModuleIndex): readonly string[] {
  const found = new Set([path]);
  if (among === 'neighbours') {
    const importers = new Map<string, string[]>();
    for (const [other, file] of files) {
      for (const target of importedFiles(file, modules)) { importers.set(target, [...(importers.get(target) ?? []), other]); }
    }
    for (const one of found) { for (const other of importers.get(one) ?? []) { found.add(other); } }
  }
  for (const one of found) {
    const file = files.get(one);
    for (const target of file === undefined ? [] : importedFiles(file, modules)) { found.add(target); }
  }
  found.delete(path);
  return [...found];
}

/** Files an import statement of the file reads: the module, and where a name is a module itself, that one. */
function importedFiles(file: FileSummary, modules: ModuleIndex): readonly string[] {
  const targets: string[] = [];
  for (const entry of file.imports) {
    const module = modules.resolve(file.path, entry.module, entry.level);
    if (module !== undefined) { targets.push(module); }
    if (entry.name === undefined || entry.name === '*') { continue; }
    const below = modules.resolve(file.path, entry.module === '' ? entry.name : `${entry.module}.${entry.name}`, entry.level);
    if (below !== undefined) { targets.push(below); }
  }
  return targets;
}
