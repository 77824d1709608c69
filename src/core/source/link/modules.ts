/** Modules to files of the project: of Python by relative imports, dotted names by the end of their path, packages; MQL5's includes. */
import { isScript, languageOf } from '../languages.ts';
import { isCommonExternal } from './externals.ts';
import { IncludeIndex, isIncludable } from './includes.ts';
import { ScriptModules } from './script-modules.ts';
import type { ModuleAliases } from './summary.ts';

interface Candidate {
  readonly path: string;
  /** Folder the dotted name starts in: `src` for `src/desk/risk.py` as `desk.risk`. */
  readonly root: string;
}

/** The files of a project, found by dotted name. Answers are kept until a file comes or goes. */
export class ModuleIndex {
  /** Last part of a module's name → files that may be it. */
  readonly #byName = new Map<string, Set<string>>();
  readonly #paths = new Set<string>();
  readonly #answers = new Map<string, string | undefined>();
  readonly #includes = new IncludeIndex();
  readonly #scripts = new ScriptModules();
  /** Configuration → what it maps, as text. */
  readonly #mapped = new Map<string, string>();

  /** @returns true if the file is new: then names may mean other files than before. */
  add(path: string, aliases?: ModuleAliases): boolean {
    if (aliases !== undefined || path.endsWith('.json')) { return this.#map(path, aliases); }
    const others = this.#othersOf(path);
    if (others !== undefined) {
      const isNew = others.add(path);
      if (isNew) { this.#answers.clear(); }
      return isNew;
    }
    const name = moduleParts(path)?.at(-1);
    if (name === undefined || this.#paths.has(path)) { return false; }
    this.#paths.add(path);
    const files = this.#byName.get(name);
    if (files === undefined) { this.#byName.set(name, new Set([path])); } else { files.add(path); }
    this.#answers.clear();
    return true;
  }

  /** @returns true if the file was known. */
  delete(path: string): boolean {
    if (path.endsWith('.json')) { return this.#map(path, undefined); }
    const others = this.#othersOf(path);
    if (others !== undefined) {
      this.#answers.clear();
      return others.delete(path);
    }
    if (!this.#paths.delete(path)) { return false; }
    this.#byName.get(moduleParts(path)?.at(-1) ?? '')?.delete(path);
    this.#answers.clear();
    return true;
  }

  /**
   * The file a module name means to an importing file.
   * @param module dotted name without leading dots; empty for `from . import x`. Of an include its path.
   * @param level number of leading dots. Of an include 1 for `"x.mqh"` and 0 for `<x.mqh>`.
   * @returns undefined for packages outside the project and where two files are equally near.
   */
  resolve(importer: string, module: string, level: number): string | undefined {
    const folder = folderOf(importer);
    const key = `${kindOf(importer)}\n${folder}\n${level}\n${module}`;
    if (this.#answers.has(key)) { return this.#answers.get(key); }
    const others = this.#othersOf(importer);
    const answer = others !== undefined ? others.resolve(folder, module, level) : level > 0 ? this.#relative(folder, module, level) : this.#absolute(folder, module);
    this.#answers.set(key, answer);
    return answer;
  }

  /** The files of a language that finds them by path, not by dotted name. */
  #othersOf(path: string): IncludeIndex | ScriptModules | undefined {
    const kind = kindOf(path);
    return kind === 'include' ? this.#includes : kind === 'script' ? this.#scripts : undefined;
  }

  /** @returns true if imports may mean other files than before. */
  #map(configuration: string, aliases: ModuleAliases | undefined): boolean {
    const text = JSON.stringify(aliases);
    if (this.#mapped.get(configuration) === text) { return false; }
    if (text === undefined) { this.#mapped.delete(configuration); } else { this.#mapped.set(configuration, text); }
    this.#scripts.map(configuration, aliases);
    this.#answers.clear();
    return true;
  }

  #relative(folder: string, module: string, level: number): string | undefined {
    const parts = folder === '' ? [] : folder.split('/');
    if (level - 1 > parts.length) { return undefined; }
    const base = parts.slice(0, parts.length - (level - 1));
    return this.#fileAt([...base, ...(module === '' ? [] : module.split('.'))].join('/'));
  }

  #fileAt(stem: string): string | undefined {
    const folder = stem === '' ? '' : `${stem}/`;
    const forms = stem === '' ? ['__init__.py'] : [`${stem}.py`, `${folder}__init__.py`, `${stem}.pyi`, `${folder}__init__.pyi`];
    return forms.find((path) => this.#paths.has(path));
  }

  #absolute(folder: string, module: string): string | undefined {
    const parts = module.split('.');
    const last = parts.at(-1);
    if (last === undefined || last === '') { return undefined; }
    const candidates: Candidate[] = [];
    for (const path of this.#byName.get(last) ?? []) {
      const root = rootFor(path, parts);
      if (root !== undefined) { candidates.push({ path, root }); }
    }
    // `import logging` means the library, unless the script's own folder holds a file of that name.
    const near = isCommonExternal(parts[0]!) ? candidates.filter((candidate) => candidate.root === folder && !this.#isPackage(folder)) : candidates;
    return nearest(folder, near);
  }

  #isPackage(folder: string): boolean {
    return this.#paths.has(folder === '' ? '__init__.py' : `${folder}/__init__.py`);
  }
}

/** How a file names others. */
function kindOf(path: string): 'include' | 'script' | 'dotted' {
  return isIncludable(path) ? 'include' : isScript(languageOf(path)) ? 'script' : 'dotted';
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** `src/desk/risk.py` → `src`, `desk`, `risk`; a package's `__init__.py` is named after its folder. */
function moduleParts(path: string): readonly string[] | undefined {
  const dot = path.lastIndexOf('.');
  const extension = path.slice(dot + 1);
  if (dot < 0 || (extension !== 'py' && extension !== 'pyi')) { return undefined; }
  const parts = path.slice(0, dot).split('/');
  return parts.at(-1) === '__init__' && parts.length > 1 ? parts.slice(0, -1) : parts;
}

/** The folder from which a path spells the dotted name, if it does. */
function rootFor(path: string, parts: readonly string[]): string | undefined {
  const own = moduleParts(path)!;
  const offset = own.length - parts.length;
  if (offset < 0 || parts.some((part, i) => own[offset + i] !== part)) { return undefined; }
  return own.slice(0, offset).join('/');
}

/** The candidate whose root is nearest; a stub loses to its module; undefined where two are equally near. */
function nearest(folder: string, candidates: readonly Candidate[]): string | undefined {
  let best: Candidate | undefined;
  let bestDistance = Infinity;
  let tie = false;
  for (const candidate of candidates) {
    const distance = distanceTo(folder, candidate.root);
    if (best !== undefined && stemOf(best.path) === stemOf(candidate.path)) {
      if (best.path.endsWith('.pyi')) { best = candidate; }
      continue;
    }
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
      tie = false;
    } else if (distance === bestDistance) { tie = true; }
  }
  return tie ? undefined : best?.path;
}

function stemOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.'));
}

/** Folders up from the importer, then twice the folders down: Python looks above a script before it looks aside. */
function distanceTo(folder: string, root: string): number {
  const from = folder === '' ? [] : folder.split('/');
  const to = root === '' ? [] : root.split('/');
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) { common++; }
  return from.length - common + 2 * (to.length - common);
}
