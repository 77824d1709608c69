/** References to what they mean, across files: names, imports, members, inheritance, results of calls. */
import { frameworkClassNamed, type FrameworkClass } from '../frameworks/tables.ts';
import { isScript } from '../languages.ts';
import { WHOLE_EXPORT } from './script-exports.ts';
import { Elsewhere, overloads } from './elsewhere.ts';
import { Implementers, isProtocol } from './implementers.ts';
import type { ModuleIndex } from './modules.ts';
import type { Ref } from './ref.ts';
import type { FileSummary, ImportSummary } from './summary.ts';
import { Units } from './units.ts';
import {
  ADVANCES, givenBy, indexFile, instanceOfValue, isStarred, lastOf, outsideMember, outsideName, own, setterAmong, subclassesAmong,
  type Ancestry, type ClassNode, type Container, type FileIndex, type FunctionNode, type Scope, type Value,
} from './values.ts';

/** Longest chain of imports, aliases and results that is followed for one reference. */
const MAX_DEPTH = 40;
/** Most meanings one reference may have: overrides in many subclasses. */
const MAX_VALUES = 200;

/** Most containers that are looked into for one reference: containers of one another have no end. */
const MAX_CONTAINERS = 500;

/** Resolves references over a set of summaries. Answers are kept until `forget` is called. */
export class Resolver {
  readonly #files: ReadonlyMap<string, FileSummary>;
  readonly #modules: ModuleIndex;
  readonly #indexes = new Map<FileSummary, FileIndex>();
  readonly #ancestries = new Map<string, Ancestry>();
  readonly #units: Units;
  #subclasses: Map<string, ClassNode[]> | undefined;
  readonly #implementers: Implementers;
  readonly #elsewhere: Elsewhere;
  /** Containers looked into for the reference at hand. */
  #opened = 0;

  constructor(files: ReadonlyMap<string, FileSummary>, modules: ModuleIndex) {
    this.#files = files;
    this.#modules = modules;
    this.#units = new Units(files, modules);
    this.#implementers = new Implementers(() => [...files.keys()].flatMap((path) => [...this.index(path)?.classes.values() ?? []]), (cls) => this.ancestry(cls).classes);
    this.#elsewhere = new Elsewhere(files, this.#units, (path, name) => this.function(path, name));
  }

  /** Drops every answer; names of one file (`indexes`) are kept by summary. */
  forget(): void {
    this.#ancestries.clear();
    this.#units.forget();
    this.#subclasses = undefined;
    this.#implementers.forget();
    this.#elsewhere.forget();
  }

  /** Drops what was kept of a replaced summary. */
  drop(summary: FileSummary): void {
    this.#indexes.delete(summary);
  }

  index(path: string): FileIndex | undefined {
    const summary = this.#files.get(path);
    if (summary === undefined) { return undefined; }
    let index = this.#indexes.get(summary);
    if (index === undefined) {
      index = indexFile(summary);
      this.#indexes.set(summary, index);
    }
    return index;
  }

  function(path: string, qualifiedName: string): FunctionNode | undefined {
    return this.index(path)?.functions.get(qualifiedName);
  }

  class(path: string, qualifiedName: string): ClassNode | undefined {
    return this.index(path)?.classes.get(qualifiedName);
  }

  /** Class whose `self` a function sees. */
  classOf(node: FunctionNode): ClassNode | undefined {
    const { class: name, of } = node.summary;
    return name !== undefined ? this.class(node.path, name) : of === undefined ? undefined : this.#classSeen(node.path, of);
  }

  /** The class of a name that an MQL5 file sees: in itself, in an include, or in a program that includes it. */
  #classSeen(path: string, name: string): ClassNode | undefined {
    const found = this.#units.seen(path).flatMap((file) => this.class(file, name) ?? []);
    return found[0];
  }

  /** Functions that a call of the reference runs, seen from a function. */
  called(from: FunctionNode, to: Ref, args?: string): readonly FunctionNode[] {
    const found: FunctionNode[] = [];
    this.#opened = 0;
    for (const value of this.#values(to, this.#scopeOf(from), 0)) {
      for (const node of this.#runBy(value)) { if (!found.includes(node)) { found.push(node); } }
    }
    // What overrides an abstract method runs in its place.
    const real = found.filter((node) => node.summary.abstract !== true);
    const meant = real.length > 0 ? real : found;
    return args === undefined ? meant : [...new Set(meant.flatMap((node) => overloads(node, args, this.index(node.path))))];
  }

  /** The functions that decorators put in the place of a function and that call it only now and then. */
  withholding(node: FunctionNode): readonly { readonly function: FunctionNode; readonly call: number }[] {
    return node.summary.calls.flatMap((edge, call) => (
      edge.decorator === true ? this.called(node, edge.to).filter((one) => one.summary.withholds === true).map((one) => ({ function: one, call })) : []));
  }

  /** Properties that reading the reference runs. */
  read(from: FunctionNode, to: Ref): readonly FunctionNode[] {
    return this.#owners(from, to).flatMap((owner) => (owner.kind === 'instance' ? this.#methods(owner, to.path.at(-1) ?? '') : [])).filter((node) => node.summary.property);
  }

  /** Setters that assigning the reference runs. */
  written(from: FunctionNode, to: Ref): readonly FunctionNode[] {
    return this.#owners(from, to).flatMap((owner) => (owner.kind === 'instance' ? setterAmong(this.ancestry(owner.class), to.path.at(-1) ?? '') : []))
      .map(({ path, name }) => this.function(path, name)).filter((node) => node !== undefined);
  }

  /** What the reference takes its last member from. */
  #owners(from: FunctionNode, to: Ref): readonly Value[] {
    this.#opened = 0;
    return this.#values({ ...to, path: to.path.slice(0, -1) }, this.#scopeOf(from), 0);
  }

  #scopeOf(from: FunctionNode): Scope {
    const self = this.classOf(from);
    return self === undefined ? { path: from.path } : { path: from.path, self };
  }

  #runBy(value: Value): readonly FunctionNode[] {
    switch (value.kind) {
      case 'function':
      case 'generator':
        return [value.function];
      case 'class':
        return ['__init__', '__post_init__', 'constructor', value.class.summary.name].flatMap((name) => this.#methods({ kind: 'instance', class: value.class, as: 'exact' }, name));
      case 'instance':
        return this.#methods(value, '__call__');
      default:
        return [];
    }
  }

  // ------------------------------------------------------------------ references

  #values(ref: Ref, scope: Scope, depth: number): readonly Value[] {
    if (depth > MAX_DEPTH) { return []; }
    switch (ref.root) {
      case 'self':
        return scope.self === undefined ? [] : this.#along([{ kind: 'instance', class: scope.self, as: 'self' }], ref.path, depth);
      case 'super':
        return scope.self === undefined ? [] : this.#superMember(scope.self, ref.path, depth);
      case 'name': {
        const [first, ...rest] = ref.path;
        if (first === undefined) { return []; }
        if (first === 'this' && this.#files.get(scope.path)?.language === 'mql5') { return this.#values({ root: 'self', path: rest }, scope, depth + 1); }
        const inherited = this.#ownMember(scope, first, depth + 1);
        return this.#along(inherited.length > 0 ? inherited : this.#name(scope.path, first, depth + 1), rest, depth);
      }
      case 'type': {
        const types = ref.type === undefined ? [] : this.#values(ref.type, scope, depth + 1);
        return this.#along(types.map((type) => instanceOfValue(type, 'declared')).filter((value) => value !== undefined), ref.path, depth);
      }
      case 'result': {
        const callees = ref.type === undefined ? [] : this.#values(ref.type, scope, depth + 1);
        return this.#along(callees.flatMap((callee) => this.#result(callee, depth + 1)), ref.path, depth);
      }
      case 'list':
      case 'dict':
        return this.#along([{ kind: 'container', root: ref.root, items: ref.items ?? [], scope, ...(ref.fields === undefined ? {} : { fields: ref.fields }) }], ref.path, depth);
      case 'element':
      case 'item': {
        const from = ref.type === undefined ? [] : this.#values(ref.type, scope, depth + 1);
        const taken = from.flatMap((value) => (ref.root === 'element' ? this.#elements(value, depth + 1) : this.#item(value, depth + 1)));
        return this.#along(taken, ref.path, depth);
      }
    }
  }

  /** What a loop over a value gives. */
  #elements(value: Value, depth: number): readonly Value[] {
    if (value.kind === 'container') { return value.root === 'dict' ? [] : this.#held(value, depth); }
    if (value.kind !== 'instance' || ++this.#opened > MAX_CONTAINERS) { return []; }
    return this.#given(value, '__iter__', depth).flatMap((iterator) => (
      iterator.kind === 'container' ? this.#elements(iterator, depth + 1) : iterator.kind === 'instance' ? this.#given(iterator, '__next__', depth) : []));
  }

  /**
   * What `value[…]` gives. Of several elements it cannot be told which one; and what is found by a key in a table of
   * functions runs for that key only.
   */
  #item(value: Value, depth: number): readonly Value[] {
    if (value.kind === 'class') { return [value]; }
    if (value.kind === 'instance') { return this.#given(value, '__getitem__', depth); }
    if (value.kind !== 'container' || value.items.length !== 1) { return []; }
    const held = this.#held(value, depth);
    return value.root === 'dict' ? held.filter((one) => one.kind === 'instance' || one.kind === 'container') : held;
  }

  #held(container: Container, depth: number): readonly Value[] {
    if (++this.#opened > MAX_CONTAINERS) { return []; }
    const held = container.items.flatMap((item) => this.#values(item, container.scope, depth + 1));
    return held.length > MAX_VALUES ? held.slice(0, MAX_VALUES) : held;
  }

  /** What a method of an instance returns. */
  #given(value: Value & { readonly kind: 'instance' }, name: string, depth: number): readonly Value[] {
    return this.#methods(value, name).flatMap((fn) => this.#returned(fn, value.class, depth + 1));
  }

  /** MQL5 writes members without `this`: a name in a method may be one that a base class in another file brings. */
  #ownMember(scope: Scope, name: string, depth: number): readonly Value[] {
    if (scope.self === undefined || this.#files.get(scope.path)?.language !== 'mql5') { return []; }
    return this.#instanceMember({ kind: 'instance', class: scope.self, as: 'self' }, name, depth);
  }

  #result(callee: Value, depth: number): readonly Value[] {
    if (callee.kind === 'class') { return [{ kind: 'instance', class: callee.class, as: 'exact' }]; }
    if (callee.kind === 'containerMethod') {
      const given = givenBy(callee.of, callee.name);
      return given === 'item' ? this.#item(callee.of, depth) : given === undefined ? [] : [given];
    }
    const fn = callee.kind === 'instance' ? this.#methods(callee, '__call__')[0] : callee.kind === 'function' ? callee.function : undefined;
    if (fn === undefined) { return []; }
    const self = callee.kind === 'function' ? callee.self : undefined;
    const returned = this.#returned(fn, self, depth);
    return fn.summary.generator === true ? [{ kind: 'generator', function: fn, ...(self === undefined ? {} : { self }) }, ...returned] : returned;
  }

  #returned(fn: FunctionNode, self: ClassNode | undefined, depth: number): readonly Value[] {
    const { returns } = fn.summary;
    const around = self ?? this.classOf(fn);
    return returns === undefined ? [] : this.#values(returns, around === undefined ? { path: fn.path } : { path: fn.path, self: around }, depth + 1);
  }

  #along(start: readonly Value[], path: readonly string[], depth: number): readonly Value[] {
    let values = start;
    for (const name of path) {
      const next = values.flatMap((value) => this.#member(value, name, depth + 1));
      values = next.length > MAX_VALUES ? next.slice(0, MAX_VALUES) : next;
    }
    return values;
  }

  #member(value: Value, name: string, depth: number): readonly Value[] {
    if (depth > MAX_DEPTH) { return []; }
    switch (value.kind) {
      case 'instance':
        return this.#instanceMember(value, name, depth);
      case 'class':
        return this.#classMember(value.class, name, depth);
      case 'module':
        return this.#exported(value.importer, value.module, value.level, name, depth);
      case 'outside':
        return [outsideMember(value, name, (importer, module) => this.#modules.resolve(importer, module, 0))];
      case 'container': {
        const field = value.fields === undefined ? undefined : own(value.fields, name);
        return field === undefined ? [{ kind: 'containerMethod', of: value, name }] : this.#values(field, value.scope, depth + 1);
      }
      case 'generator':
        return ADVANCES.has(name) ? [{ ...value, kind: 'function' }] : [];
      case 'function':
        // `check.call(this, order)` is a call of `check`.
        return (name === 'call' || name === 'apply') && this.#isScript(value.function.path) ? [value] : [];
      default:
        return [];
    }
  }

  #instanceMember(value: Value & { readonly kind: 'instance' }, name: string, depth: number): readonly Value[] {
    const methods = this.#methods(value, name);
    if (methods.length === 0) { return this.#attribute(value.class, name, depth); }
    return methods.flatMap((fn) => (fn.summary.property
      ? this.#returned(fn, value.class, depth)
      : [{ kind: 'function' as const, function: fn, self: value.class }]));
  }

  #attribute(cls: ClassNode, name: string, depth: number): readonly Value[] {
    for (const ancestor of this.ancestry(cls).classes) {
      const ref = own(ancestor.summary.attributes, name);
      if (ref !== undefined) { return this.#values(ref, { path: ancestor.path, self: cls.path === ancestor.path ? cls : ancestor }, depth + 1); }
    }
    return [];
  }

  #classMember(cls: ClassNode, name: string, depth: number): readonly Value[] {
    const method = this.#inherited(cls, name);
    if (method?.summary.property === true && this.#isScript(method.path)) { return this.#returned(method, cls, depth); }
    if (method !== undefined) { return [{ kind: 'function', function: method, self: cls }]; }
    const nested = this.class(cls.path, `${cls.summary.qualifiedName}.${name}`);
    return nested === undefined ? this.#attribute(cls, name, depth) : [{ kind: 'class', class: nested }];
  }

  // -------------------------------------------------------------------- classes

  /** Methods of this name an instance may run: the inherited one, and those of known subclasses where it may be one. */
  #methods(value: Value & { readonly kind: 'instance' }, name: string): readonly FunctionNode[] {
    const inherited = this.#inherited(value.class, name);
    const open = value.as === 'self' || (value.as === 'declared' && (inherited === undefined || inherited.summary.abstract === true));
    const protocol = isProtocol(value.class);
    const others = !open ? [] : protocol ? this.#implementers.of(value.class) : this.#descendants(value.class);
    const overriding = others.flatMap((one) => (protocol ? this.#inherited(one, name) : this.#ownMethod(one, name)) ?? []);
    return [...new Set([...(inherited === undefined ? [] : [inherited]), ...overriding])];
  }

  #inherited(cls: ClassNode, name: string): FunctionNode | undefined {
    for (const ancestor of this.ancestry(cls).classes) {
      const method = this.#ownMethod(ancestor, name);
      if (method !== undefined) { return method; }
    }
    return undefined;
  }

  #ownMethod(cls: ClassNode, name: string): FunctionNode | undefined {
    const qualified = own(cls.summary.methods, name);
    if (qualified !== undefined) { return this.function(cls.path, qualified); }
    return this.#elsewhere.find(cls, name, (node) => this.classOf(node)?.key === cls.key);
  }

  #superMember(cls: ClassNode, path: readonly string[], depth: number): readonly Value[] {
    const [name, ...rest] = path;
    if (name === undefined) { return []; }
    for (const ancestor of this.ancestry(cls).classes.slice(1)) {
      const method = this.#ownMethod(ancestor, name);
      if (method !== undefined) { return this.#along([{ kind: 'function', function: method, self: cls }], rest, depth); }
    }
    return this.#along(this.#attribute(cls, name, depth), rest, depth);
  }

  /** Ancestors of a class across files; cycles end. */
  ancestry(cls: ClassNode): Ancestry {
    const known = this.#ancestries.get(cls.key);
    if (known !== undefined) { return known; }
    // A class that descends from itself ends here.
    this.#ancestries.set(cls.key, { classes: [cls], frameworks: [], outside: [], complete: false });
    const classes: ClassNode[] = [];
    const frameworks: FrameworkClass[] = [];
    const outside: string[] = [];
    let complete = true;
    for (const base of cls.summary.bases) {
      if (base.path[0]?.startsWith('builtins.') === true || base.path[0]?.startsWith('mql5.') === true) {
        outside.push(base.path[0]);
        continue;
      }
      // A framework's own repository holds its classes as files, too: the imported name tells first.
      const framework = this.#frameworkBase(cls.path, base);
      if (framework !== undefined) { frameworks.push(framework); }
      const values = this.#values(base, { path: cls.path }, 0);
      if (values.length === 0 && framework === undefined) { complete = false; }
      for (const value of values) {
        if (value.kind === 'outside') { outside.push(value.name); continue; }
        if (value.kind !== 'class') { complete = false; continue; }
        const above = this.ancestry(value.class);
        classes.push(...above.classes);
        frameworks.push(...above.frameworks);
        outside.push(...above.outside);
        complete &&= above.complete;
      }
    }
    for (const name of outside) {
      const framework = frameworkClassNamed(name);
      if (framework !== undefined && !frameworks.includes(framework)) { frameworks.push(framework); }
    }
    const ancestry = { classes: [cls, ...lastOf(classes)], frameworks, outside, complete };
    this.#ancestries.set(cls.key, ancestry);
    return ancestry;
  }

  #frameworkBase(path: string, base: Ref): FrameworkClass | undefined {
    const [first, ...rest] = base.root === 'name' ? base.path : [];
    const entry = first === undefined ? undefined : this.#imports(path).find((one) => one.alias === first && one.level === 0);
    return entry === undefined ? undefined : frameworkClassNamed([outsideName(entry), ...rest].join('.'));
  }

  #descendants(cls: ClassNode): readonly ClassNode[] {
    this.#subclasses ??= subclassesAmong(
      [...this.#files].flatMap(([path, file]) => (file.plain === true ? [] : [...this.index(path)?.classes.values() ?? []])), (one) => this.ancestry(one),
    );
    return this.#subclasses.get(cls.key) ?? [];
  }

  // -------------------------------------------------------------------- modules

  #imports(path: string): readonly ImportSummary[] {
    return this.#files.get(path)?.imports ?? [];
  }

  /** What a name means at the top of a file: its own definitions, then its imports, then star imports. */
  #name(path: string, name: string, depth: number): readonly Value[] {
    const index = this.index(path);
    if (index === undefined || depth > MAX_DEPTH) { return []; }
    if (index.summary.language === 'mql5') { return this.#unitName(path, name, depth); }
    const declared = this.#declaredIn(path, name, depth);
    if (declared !== undefined) { return declared; }
    for (const entry of index.summary.imports) {
      if (entry.alias !== name || entry.name === '*') { continue; }
      const values = this.#imported(path, entry, depth + 1);
      if (values.length > 0) { return values; }
    }
    return this.#starred(path, name, depth + 1);
  }

  /** A name of an MQL5 file: its own, one of its includes', or one that the programs including it bring along. */
  #unitName(path: string, name: string, depth: number): readonly Value[] {
    for (const file of [path, ...this.#units.included(path)]) {
      const values = this.#declaredIn(file, name, depth);
      if (values !== undefined && values.length > 0) { return values; }
    }
    for (const entry of this.#imports(path)) {
      if (entry.alias === name && entry.name !== undefined && entry.name !== '*') { return this.#exported(path, entry.module, entry.level, entry.name, depth + 1); }
    }
    // Two programs may each bring a name of their own: then it cannot be told which one is meant.
    let found: readonly Value[] = [];
    for (const file of this.#units.around(path)) {
      const values = this.#declaredIn(file, name, depth) ?? [];
      if (values.length === 0) { continue; }
      if (found.length > 0) { return []; }
      found = values;
    }
    return found;
  }

  /** What a file itself means by a name; undefined where it does not define it. */
  #declaredIn(path: string, name: string, depth: number): readonly Value[] | undefined {
    const index = this.index(path);
    const cls = index?.classes.get(name);
    if (cls !== undefined) { return [{ kind: 'class', class: cls }]; }
    const fn = name === '' ? undefined : index?.functions.get(name);
    if (fn !== undefined) {
      const self = this.classOf(fn);
      return [{ kind: 'function', function: fn, ...(self === undefined ? {} : { self }) }];
    }
    const variable = index === undefined ? undefined : own(index.summary.variables, name);
    return variable === undefined ? undefined : this.#values(variable, { path }, depth + 1);
  }

  #imported(path: string, entry: ImportSummary, depth: number): readonly Value[] {
    if (entry.name !== undefined) { return this.#exported(path, entry.module, entry.level, entry.name, depth); }
    if (this.#isScript(path)) {
      const module = this.#module(path, entry.module, entry.level);
      const whole = module.kind === 'module' && module.path !== undefined ? this.#name(module.path, WHOLE_EXPORT, depth + 1) : [];
      return whole.length > 0 ? whole : [module];
    }
    const first = entry.module.split('.')[0]!;
    return [this.#module(path, entry.alias === first ? first : entry.module, entry.level)];
  }

  #isScript(path: string): boolean {
    return isScript(this.#files.get(path)?.language ?? 'text');
  }

  #module(importer: string, module: string, level: number): Value {
    const path = this.#modules.resolve(importer, module, level);
    return { kind: 'module', importer, module, level, ...(path === undefined ? {} : { path }) };
  }

  /** A name of another module: something it defines or imports itself, else a module below it. */
  #exported(importer: string, module: string, level: number, name: string, depth: number): readonly Value[] {
    const path = this.#modules.resolve(importer, module, level);
    if (path !== undefined && path !== importer) {
      const values = this.#name(path, name, depth + 1);
      if (values.length > 0) { return values; }
      // `module.exports = require('./risk')`, `module.exports = tools`.
      const whole = this.#isScript(path) ? this.#name(path, WHOLE_EXPORT, depth + 1).flatMap((value) => this.#member(value, name, depth + 1)) : [];
      if (whole.length > 0) { return whole; }
    }
    if (this.#isScript(importer)) { return path === undefined && level === 0 ? [{ kind: 'outside', name: `${module}.${name}` }] : []; }
    const below = module === '' ? name : `${module}.${name}`;
    const submodule = this.#modules.resolve(importer, below, level);
    if (submodule !== undefined) { return [{ kind: 'module', importer, module: below, level, path: submodule }]; }
    return path === undefined && level === 0 ? [{ kind: 'outside', name: below, importer }] : [];
  }

  #starred(path: string, name: string, depth: number): readonly Value[] {
    for (const entry of this.#imports(path)) {
      if (entry.name !== '*') { continue; }
      const source = this.#modules.resolve(path, entry.module, entry.level);
      if (source === undefined || source === path || !isStarred(this.#files.get(source), name)) { continue; }
      const values = this.#name(source, name, depth + 1);
      if (values.length > 0) { return values; }
    }
    const stars = this.#imports(path).filter((entry) => entry.name === '*' && entry.level === 0);
    const only = stars.length === 1 ? stars[0] : undefined;
    return only === undefined || this.#modules.resolve(path, only.module, 0) !== undefined ? [] : [{ kind: 'outside', name: `${only.module}.${name}` }];
  }
}
