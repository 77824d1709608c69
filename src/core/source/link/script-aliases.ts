/** What bare names mean in a project of scripts: by the configuration nearest to the importing file, and by the project's own packages. */
import type { ModuleAliases, PackageAliases } from './summary.ts';

/** Folders that hold what is made of `src`. */
const MADE = /^(?:dist|lib|build|out)(?:\/(?:esm|cjs|types|src))?\//;
const MOST_CONFIGURATIONS = 16;

interface Package extends PackageAliases {
  /** `''` or with a slash at its end. */
  readonly folder: string;
}

type Mapping = Pick<ModuleAliases, 'base' | 'paths'>;

/** Configurations and packages by path. */
export class ScriptAliases {
  readonly #all = new Map<string, ModuleAliases>();
  /** Folder → the mapping that holds in it; made when it is asked for, and anew after a change. */
  #mappings: ReadonlyMap<string, Mapping> | undefined;
  /** Name → package; `undefined` for a name that two have. */
  #packages: ReadonlyMap<string, Package | undefined> | undefined;

  /** Sets what a configuration or package says, or takes it away. */
  set(path: string, aliases: ModuleAliases | undefined): void {
    if (aliases === undefined) { this.#all.delete(path); } else { this.#all.set(path, aliases); }
    this.#mappings = undefined;
    this.#packages = undefined;
  }

  /** Files without their ending that a bare name may mean to a file in a folder, the likeliest first. */
  candidates(folder: string, module: string): readonly string[] {
    if (this.#all.size === 0) { return []; }
    return [...this.#configured(folder, module), ...this.#packaged(module)];
  }

  #configured(folder: string, module: string): readonly string[] {
    this.#mappings ??= this.#merged();
    for (let at = folder === '' ? '' : `${folder}/`; ; at = at.slice(0, at.lastIndexOf('/', at.length - 2) + 1)) {
      const mapping = this.#mappings.get(at);
      if (mapping !== undefined) { return mapped(mapping, module); }
      if (at === '') { return []; }
    }
  }

  /** One mapping a folder: that of `tsconfig.json` before any other file's. */
  #merged(): ReadonlyMap<string, Mapping> {
    const found = new Map<string, Mapping>();
    const rank = (path: string): number => (path.endsWith('/tsconfig.json') || path === 'tsconfig.json' ? 0 : path.endsWith('jsconfig.json') ? 1 : 2);
    for (const [path, aliases] of [...this.#all].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))) {
      const folder = folderOf(path);
      if (aliases.package !== undefined || found.has(folder)) { continue; }
      const mapping = this.#inherited(path);
      if (mapping !== undefined) { found.set(folder, mapping); }
    }
    return found;
  }

  /** What a configuration maps, with what it takes over: its own `paths` replace all others, as the compiler has it. */
  #inherited(path: string): Mapping | undefined {
    let base: string | undefined;
    let paths: { readonly of: string; readonly mapping: ModuleAliases } | undefined;
    const seen = new Set<string>();
    const stack = [path];
    for (let next = stack.pop(); next !== undefined && seen.size < MOST_CONFIGURATIONS; next = stack.pop()) {
      const aliases = this.#all.get(next);
      if (aliases === undefined || seen.has(next)) { continue; }
      seen.add(next);
      base ??= aliases.base;
      if (paths === undefined && Object.keys(aliases.paths).length > 0) { paths = { of: next, mapping: aliases }; }
      for (const parent of [...aliases.inherits ?? []].reverse()) {
        const file = this.#file(parent);
        if (file !== undefined) { stack.push(file); }
      }
    }
    if (paths === undefined) { return base === undefined ? undefined : { base, paths: {} }; }
    return { ...(base === undefined ? {} : { base }), paths: moved(paths.mapping, folderOf(paths.of), base) };
  }

  /** The configuration that `extends` names: a path with or without its ending, or a file of a package of the project. */
  #file(name: string): string | undefined {
    const held = this.#packageOf(name);
    const place = held === undefined ? name : `${held.folder}${name === held.name ? 'tsconfig.json' : name.slice(held.name.length + 1)}`;
    return [place, `${place}.json`, `${place}/tsconfig.json`].find((path) => this.#all.has(path));
  }

  #packageOf(module: string): Package | undefined {
    this.#packages ??= this.#named();
    const parts = module.split('/');
    return this.#packages.get(parts.slice(0, module.startsWith('@') ? 2 : 1).join('/'));
  }

  #named(): ReadonlyMap<string, Package | undefined> {
    const found = new Map<string, Package | undefined>();
    for (const [path, aliases] of this.#all) {
      if (aliases.package === undefined) { continue; }
      const { name } = aliases.package;
      found.set(name, found.has(name) ? undefined : { ...aliases.package, folder: folderOf(path) });
    }
    return found;
  }

  #packaged(module: string): readonly string[] {
    const held = this.#packageOf(module);
    if (held === undefined) { return []; }
    const { folder, exports } = held;
    const inside = module.slice(held.name.length + 1);
    const files = inside === '' ? exports['.'] ?? [] : targetsOf(exports, `./${inside}`);
    const own = files.flatMap((file) => sourcesOf(folder, file));
    return inside === '' ? [...own, `${folder}src/index`, `${folder}index`] : [...own, `${folder}${inside}`, `${folder}src/${inside}`];
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** `dist/index.js` is made of `src/index.ts`: the source comes first, types and ending are left off. */
function sourcesOf(folder: string, file: string): readonly string[] {
  const inside = file.slice(folder.length).replace(/\.d\.([mc]?)ts$/, '.$1js');
  const source = inside.replace(MADE, 'src/');
  return source === inside ? [`${folder}${inside}`] : [`${folder}${source}`, `${folder}${source.slice('src/'.length)}`, `${folder}${inside}`];
}

/** Paths that were written beside no `baseUrl` start from the one that is taken over. */
function moved(own: ModuleAliases, folder: string, base: string | undefined): ModuleAliases['paths'] {
  if (own.base !== undefined || base === undefined) { return own.paths; }
  const from = base === '' ? '' : `${base}/`;
  return Object.fromEntries(Object.entries(own.paths).map(([pattern, targets]) => [pattern, targets.map((target) => (target.startsWith(folder) ? `${from}${target.slice(folder.length)}` : target))]));
}

function mapped(mapping: Mapping, module: string): readonly string[] {
  const own = targetsOf(mapping.paths, module);
  return mapping.base === undefined ? own : [...own, mapping.base === '' ? module : `${mapping.base}/${module}`];
}

/** What a name is mapped to. The pattern with the longest text before its star wins, as the compiler has it. */
function targetsOf(patterns: Readonly<Record<string, readonly string[]>>, module: string): readonly string[] {
  const [pattern] = Object.keys(patterns).filter((one) => matches(one, module)).sort((a, b) => headOf(b).length - headOf(a).length);
  if (pattern === undefined) { return []; }
  const head = headOf(pattern);
  const star = pattern.includes('*') ? module.slice(head.length, module.length - (pattern.length - head.length - 1)) : '';
  return (patterns[pattern] ?? []).map((target) => target.replace('*', () => star));
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
