/** What references turn out to be, across files. */
import type { FrameworkClass } from '../frameworks/tables.ts';
import type { Ref } from './ref.ts';
import type { ClassSummary, FileSummary, FunctionSummary, ImportSummary } from './summary.ts';

/** A function and the file it stands in. */
export interface FunctionNode {
  readonly key: string;
  readonly path: string;
  readonly summary: FunctionSummary;
}

/** A class and the file it stands in. */
export interface ClassNode {
  readonly key: string;
  readonly path: string;
  readonly summary: ClassSummary;
}

/** A place in a project: the file, and the class whose `self` is meant. */
export interface Scope {
  readonly path: string;
  readonly self?: ClassNode;
}

/** A list or a dict; its elements are looked up where somebody takes one. */
export interface Container {
  readonly kind: 'container';
  readonly root: 'list' | 'dict';
  readonly items: readonly Ref[];
  /** Of an object literal of JavaScript. */
  readonly fields?: Readonly<Record<string, Ref>>;
  readonly scope: Scope;
}

/**
 * - `instance`: `exact` after a constructor call; `self` where it may be an instance of any known subclass; `declared`
 *   by annotation.
 * - `function`: with the class its `self` is bound to.
 * - `generator`: what a call of one made; it runs where it is asked for the next value.
 * - `containerMethod`: `values` of a dict, `copy` of a list.
 * - `module`: a file or a package without one; `outside` is the full name of something outside the project, or with an
 *   `importer` perhaps of a folder of modules that is no package.
 */
export type Value =
  | { readonly kind: 'instance'; readonly class: ClassNode; readonly as: 'exact' | 'self' | 'declared' }
  | { readonly kind: 'class'; readonly class: ClassNode }
  | { readonly kind: 'function'; readonly function: FunctionNode; readonly self?: ClassNode }
  | { readonly kind: 'generator'; readonly function: FunctionNode; readonly self?: ClassNode }
  | { readonly kind: 'module'; readonly importer: string; readonly module: string; readonly level: number; readonly path?: string }
  | { readonly kind: 'outside'; readonly name: string; readonly importer?: string }
  | Container
  | { readonly kind: 'containerMethod'; readonly of: Container; readonly name: string };

/** What a method of a list or a dict gives: a container, or one of its items. */
export function givenBy(of: Container, name: string): Container | 'item' | undefined {
  const dict = of.root === 'dict';
  switch (name) {
    case 'copy':
      return of;
    case 'pop':
      return 'item';
    case 'popleft':
    case '__enter__':
    case '__aenter__':
      // A generator that is entered is a context manager: it gives the one thing it yields.
      return dict ? undefined : 'item';
    case 'get':
    case 'setdefault':
      return dict ? 'item' : undefined;
    case 'values':
    case 'items':
      return dict ? { ...of, root: 'list' } : undefined;
    default:
      return undefined;
  }
}

/** Methods of a generator that run it to where it yields next (ECMA-262 27.5.1 and 27.6.1; Python reference 6.2.9.1 and 6.2.9.3). */
export const ADVANCES: ReadonlySet<string> = new Set(['next', 'return', 'throw', 'send', '__next__', 'asend', 'athrow', '__anext__']);

/** Ancestors of a class in the order Python asks them, itself first, and the framework classes among them. */
export interface Ancestry {
  readonly classes: readonly ClassNode[];
  readonly frameworks: readonly FrameworkClass[];
  /** Full names of other classes outside the project. */
  readonly outside: readonly string[];
  /** False where a base could not be resolved. */
  readonly complete: boolean;
}

/** Names of a file, found fast. */
export interface FileIndex {
  readonly summary: FileSummary;
  readonly functions: ReadonlyMap<string, FunctionNode>;
  readonly classes: ReadonlyMap<string, ClassNode>;
}

/** Key of a function or class across files. */
export function nodeKey(path: string, qualifiedName: string): string {
  return `${path}\n${qualifiedName}`;
}

/** Indexes a summary by qualified name. */
export function indexFile(summary: FileSummary): FileIndex {
  const { path } = summary;
  let functions: ReadonlyMap<string, FunctionNode> | undefined;
  return {
    summary,
    // Most files are asked for their classes alone.
    get functions() {
      functions ??= new Map(summary.functions.map((fn) => [fn.qualifiedName, { key: nodeKey(path, fn.qualifiedName), path, summary: fn }]));
      return functions;
    },
    classes: new Map(summary.classes.map((cls) => [cls.qualifiedName, { key: nodeKey(path, cls.qualifiedName), path, summary: cls }])),
  };
}

/** A property of a record that came from JSON, never one of `Object.prototype`. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** What a type stands for where a value is annotated with it; undefined for what is no class. */
export function instanceOfValue(type: Value, as: 'declared'): Value | undefined {
  if (type.kind === 'class') { return { kind: 'instance', class: type.class, as }; }
  return type.kind === 'instance' ? type : undefined;
}

/** Full name of what an import binds. */
export function outsideName(entry: ImportSummary): string {
  return entry.name === undefined ? entry.module : `${entry.module}.${entry.name}`;
}

/** `import desk.risk.checks` where the folders have no `__init__.py`: only the whole name is a module of the project, as `resolve` finds it. */
export function outsideMember(
  { name, importer }: Value & { readonly kind: 'outside' }, property: string, resolve: (importer: string, module: string) => string | undefined,
): Value {
  const whole = `${name}.${property}`;
  if (importer === undefined) { return { kind: 'outside', name: whole }; }
  const path = resolve(importer, whole);
  return path === undefined ? { kind: 'outside', name: whole, importer } : { kind: 'module', importer, module: whole, level: 0, path };
}

/** Each class once, where it comes last: bases before what they derive from, as Python's order has it. */
export function lastOf(classes: readonly ClassNode[]): readonly ClassNode[] {
  const keys = classes.map((cls) => cls.key);
  return classes.filter((cls, i) => keys.lastIndexOf(cls.key) === i);
}

/** Classes that derive from each class, by its key. */
export function subclassesAmong(classes: readonly ClassNode[], ancestry: (cls: ClassNode) => Ancestry): Map<string, ClassNode[]> {
  const subclasses = new Map<string, ClassNode[]>();
  for (const cls of classes) {
    for (const ancestor of ancestry(cls).classes.slice(1)) {
      const list = subclasses.get(ancestor.key);
      if (list === undefined) { subclasses.set(ancestor.key, [cls]); } else { list.push(cls); }
    }
  }
  return subclasses;
}

/** The setter of an attribute, the nearest one: its file and qualified name. */
export function setterAmong({ classes }: Ancestry, attribute: string): readonly { readonly path: string; readonly name: string }[] {
  for (const { path, summary } of classes) {
    const name = summary.setters === undefined ? undefined : own(summary.setters, attribute);
    if (name !== undefined) { return [{ path, name }]; }
  }
  return [];
}

/** True for a name that `from … import *` brings along. */
export function isStarred(summary: FileSummary | undefined, name: string): boolean {
  return summary?.exports === undefined ? !name.startsWith('_') : summary.exports.includes(name);
}
