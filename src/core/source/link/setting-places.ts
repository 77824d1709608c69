/** Places of settings across files: which variable, attribute or result of which file a root means. */
import type { Place } from '../settings/facts.ts';
import type { ModuleIndex } from './modules.ts';
import type { Resolver } from './resolve.ts';
import type { Ref } from './ref.ts';
import type { FileSummary } from './summary.ts';

/** A node of the graph, and the keys still to be taken from it. */
export interface Located {
  readonly node: string;
  readonly keys: readonly string[];
}

/** What takes a mapping apart: the node of its content, and every key it asks for. */
export interface Taking {
  readonly node: string;
  readonly keys: readonly string[];
}

/** Bases that bring no keys of their own. */
const KNOWN_BASE = /^(?:builtins\.|typing(?:_extensions)?\.(?:TypedDict|NamedTuple|Generic|Protocol)$|abc\.ABC$|object$|msgspec\.Struct$|pydantic(?:\.\w{1,30}){0,3}\.(?:BaseModel|BaseSettings)$|pydantic_settings\.(?:\w{1,30}\.){0,2}BaseSettings$)/;

/** Longest chain of re-exports that is followed. */
const MAX_HOPS = 6;
/** Most functions one method name may mean. */
const MAX_MEANT = 12;

export interface Indexes {
  /** Name → functions that return something that is followed, as `path\nr fn`. */
  readonly returning: ReadonlyMap<string, readonly string[]>;
  /** Name → functions with followed parameters. */
  readonly taking: ReadonlyMap<string, readonly { readonly path: string; readonly name: string }[]>;
  /** Attribute → nodes of that name in any class. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  /** Variables of MQL5 files, by name. */
  readonly globals: ReadonlyMap<string, readonly string[]>;
}

/** Resolves roots of one project; answers hold as long as its summaries. */
export class SettingPlaces {
  readonly #files: ReadonlyMap<string, FileSummary>;
  readonly #modules: ModuleIndex;
  readonly #resolver: Resolver;
  readonly #indexes: Indexes;
  readonly #canonical = new Map<string, string>();

  constructor(files: ReadonlyMap<string, FileSummary>, modules: ModuleIndex, resolver: Resolver, indexes: Indexes) {
    this.#files = files;
    this.#modules = modules;
    this.#resolver = resolver;
    this.#indexes = indexes;
  }

  /** The nodes a place of a file starts from. */
  of(path: string, place: Place): readonly Located[] {
    const [root, ...keys] = place;
    const rest = root.slice(2);
    switch (root[0]) {
      case 'a': return [{ node: this.attribute(path, rest), keys }];
      case 'o': return [{ node: objectOf(path, rest), keys }];
      case 'y': {
        const cls = this.#callable(path, rest);
        return cls?.kind === 'class' ? [{ node: objectOf(cls.path, cls.name), keys }] : [];
      }
      case 'n': return this.#imported(path, rest, keys, 0);
      case 'c': return this.#results(path, rest).map((node) => ({ node, keys }));
      case 'm': return (this.#indexes.returning.get(rest) ?? []).slice(0, MAX_MEANT).map((node) => ({ node, keys }));
      case 'e': return [{ node: 'e', keys }];
      default: return [{ node: `${path}\n${root}`, keys }];
    }
  }

  /** The node of an attribute of an object, by the node of the object. */
  attributeOf(object: string, name: string): string {
    const blank = object.lastIndexOf(' ');
    return this.attribute(object.slice(1, blank), `${object.slice(blank + 1)} ${name}`);
  }

  /** Attributes of a class and of its bases are one. */
  attribute(path: string, rest: string): string {
    const key = `${path}\n${rest}`;
    const known = this.#canonical.get(key);
    if (known !== undefined) { return known; }
    const blank = rest.lastIndexOf(' ');
    const [cls, name] = [rest.slice(0, blank), rest.slice(blank + 1)];
    const node = this.#resolver.class(path, cls);
    const ancestors = node === undefined ? [] : this.#resolver.ancestry(node).classes;
    const base = ancestors[ancestors.length - 1];
    const answer = base === undefined ? `${path}\na ${cls} ${name}` : `${base.path}\na ${base.summary.qualifiedName} ${name}`;
    this.#canonical.set(key, answer);
    return answer;
  }

  /** Parameters (or fields) that an argument of a call goes to; undefined where the callee is not of the project or does not tell. */
  parameters(path: string, to: Place): readonly string[] | undefined {
    const [root, at] = to;
    if (at === undefined) { return undefined; }
    const name = root.slice(2);
    if (root.startsWith('M ')) {
      const taking = this.#indexes.taking.get(name) ?? [];
      const found = taking.slice(0, MAX_MEANT).flatMap((fn) => this.#parameter(fn.path, fn.name, at) ?? []);
      return found.length === 0 ? undefined : found;
    }
    const callee = root.startsWith('F ') ? { path, name, kind: 'class' as const } : this.#callable(path, name);
    if (callee === undefined) { return undefined; }
    if (callee.kind === 'function') { return this.#parameter(callee.path, callee.name, at); }
    const cls = this.#resolver.class(callee.path, callee.name);
    for (const one of cls === undefined ? [] : this.#resolver.ancestry(cls).classes) {
      const { methods, name: own } = one.summary;
      const called = ['__init__', 'constructor', own].find((method) => Object.hasOwn(methods, method));
      const init = called === undefined ? undefined : methods[called];
      if (init !== undefined) { return this.#parameter(one.path, init, at); }
    }
    return /^\d+$/.test(at) ? undefined : [this.attribute(callee.path, `${callee.name} ${at}`)];
  }

  /**
   * What takes a mapping apart by its keys: a class with its bases, or a schema. Undefined where that is not of the project, or
   * where a base nobody knows may take more.
   */
  models(path: string, to: Place): readonly Taking[] | undefined {
    const name = to[0].slice(2);
    const own = to[0].startsWith('F ') ? { path, name } : undefined;
    if (to[0].startsWith('M ')) { return undefined; }
    const callee = own ?? this.#callable(path, name) ?? this.#variable(path, name);
    if (callee === undefined) { return undefined; }
    const cls = this.#resolver.class(callee.path, callee.name);
    if (cls === undefined) { return this.#taking([callee]); }
    const { classes, outside, complete, frameworks } = this.#resolver.ancestry(cls);
    const known = complete && outside.every((base) => KNOWN_BASE.test(base) || frameworks.some((one) => one.role === 'config'));
    return known ? this.#taking(classes.map((one) => ({ path: one.path, name: one.summary.qualifiedName }))) : undefined;
  }

  #taking(places: readonly { readonly path: string; readonly name: string }[]): readonly Taking[] | undefined {
    const found = places.flatMap(({ path, name }): readonly Taking[] => {
      const models = this.#files.get(path)?.settings?.models;
      const keys = models !== undefined && Object.hasOwn(models, name) ? models[name] : undefined;
      return keys === undefined ? [] : [{ node: `${path}\nk ${name}`, keys }];
    });
    return found.length === 0 ? undefined : found;
  }

  /** A schema that stands in a variable of another file. */
  #variable(path: string, name: string): { readonly path: string; readonly name: string } | undefined {
    for (const { node, keys } of this.#imported(path, name, [], 0)) {
      const [home = '', root = ''] = node.split('\n');
      if (keys.length === 0 && root.startsWith('l  ')) { return { path: home, name: root.slice(3) }; }
    }
    return undefined;
  }

  #parameter(path: string, fn: string, at: string): readonly string[] | undefined {
    const names = this.#files.get(path)?.settings?.params[fn];
    const name = /^\d+$/.test(at) ? names?.[Number(at)] : names?.find((one) => one === at);
    return name === undefined || name === '' ? undefined : [`${path}\nl ${fn} ${name}`];
  }

  // ---------------------------------------------------------------------- imports

  #results(path: string, dotted: string): readonly string[] {
    const callee = this.#callable(path, dotted);
    if (callee?.kind === 'class') { return [objectOf(callee.path, callee.name)]; }
    return callee?.kind === 'function' ? [`${callee.path}\nr ${callee.name}`] : [];
  }

  /** The function or class that a dotted name of a file means. */
  #callable(path: string, dotted: string): { readonly path: string; readonly name: string; readonly kind: 'function' | 'class' } | undefined {
    const [alias = '', ...members] = dotted.split('.');
    for (const { node, keys } of this.#imported(path, alias, members, 0)) {
      const home = node.slice(0, node.indexOf('\n'));
      const root = node.slice(node.indexOf('\n') + 1);
      const name = root.startsWith('l  ') ? [root.slice(3), ...keys].join('.') : root.startsWith('a ') ? root.slice(2).replace(' ', '.') : '';
      const summary = this.#files.get(home);
      if (summary === undefined) { continue; }
      if (this.#resolver.class(home, name) !== undefined) { return { path: home, name, kind: 'class' }; }
      if (this.#resolver.function(home, name) !== undefined) { return { path: home, name, kind: 'function' }; }
    }
    return undefined;
  }

  #imported(path: string, alias: string, keys: readonly string[], hops: number): readonly Located[] {
    const summary = this.#files.get(path);
    if (summary === undefined || hops > MAX_HOPS) { return []; }
    if (summary.language === 'mql5') { return (this.#indexes.globals.get(alias) ?? []).slice(0, MAX_MEANT).map((node) => ({ node, keys })); }
    const found = summary.imports.find((one) => one.alias === alias);
    if (found === undefined) { return []; }
    // A file of settings that is imported holds its content.
    if (/\.json5?$/.test(found.module)) { return [{ node: `${path}\nn ${alias}`, keys }]; }
    const target = this.#modules.resolve(path, found.module, found.level);
    if (found.name === undefined || found.name === '*') {
      const [first, ...rest] = keys;
      const inner = found.name === undefined && first !== undefined && target === undefined ? this.#modules.resolve(path, `${found.module}.${first}`, found.level) : undefined;
      if (inner !== undefined && rest[0] !== undefined) { return this.#member(inner, rest[0], rest.slice(1), hops); }
      return target === undefined || first === undefined ? [] : this.#member(target, first, rest, hops);
    }
    // `from desk import settings` may name a module.
    const module = this.#modules.resolve(path, found.module === '' ? found.name : `${found.module}.${found.name}`, found.level);
    if (module !== undefined && keys[0] !== undefined) { return this.#member(module, keys[0], keys.slice(1), hops); }
    return target === undefined ? [] : this.#member(target, found.name, keys, hops);
  }

  /** A name of another file's module. */
  #member(path: string, name: string, keys: readonly string[], hops: number): readonly Located[] {
    const summary = this.#files.get(path);
    if (summary === undefined) { return []; }
    if (this.#resolver.class(path, name) !== undefined && keys[0] !== undefined) { return [{ node: this.attribute(path, `${name} ${keys[0]}`), keys: keys.slice(1) }]; }
    if (summary.imports.some((one) => one.alias === name)) { return this.#imported(path, name, keys, hops + 1); }
    const ref = Object.hasOwn(summary.variables, name) ? summary.variables[name] : undefined;
    const local = plainName(ref);
    return [{ node: `${path}\nl  ${local !== undefined && (name === 'default' || local === name) ? local : name}`, keys }];
  }
}

/** The node of an object of a class: `@path class`. */
function objectOf(path: string, cls: string): string {
  return `@${path} ${cls}`;
}

/** `export default config`: what it is called here. */
function plainName(ref: Ref | undefined): string | undefined {
  return ref?.root === 'name' && ref.path.length === 1 ? ref.path[0] : undefined;
}
