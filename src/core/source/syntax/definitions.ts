/** The state of one lowering: the definitions found so far and the scopes the walk stands in. */
import type { ClassModel, ClassStmt, ExportModel, Expr, FunctionModel, FunctionStmt, ImportModel, Parameter, Span, Stmt } from '../model.ts';
import { nameIn } from '../text.ts';
import type { Mutable } from './parts.ts';

/** A function or class the walk is inside of. */
interface Scope {
  readonly kind: 'function' | 'class' | 'object';
  readonly index: number;
}

/** A definition in source order, with the scope it stands in: what qualified names are made of. */
interface Definition {
  readonly model: { name: string; qualifiedName: string };
  owner: Definition | undefined;
  readonly kind: 'function' | 'class' | 'lambda';
}

const NOWHERE: Span = { start: 0, end: 0 };
/** Lambdas nest as deep as a file is long; their names must not grow with the square of it. */
const LONGEST_PREFIX = 400;

export class Definitions {
  readonly text: string;
  readonly functions: Mutable<FunctionModel>[] = [];
  readonly classes: (Mutable<ClassModel> & { methods: number[] })[] = [];
  readonly imports: Mutable<ImportModel>[] = [];
  readonly exports: ExportModel[] = [];
  /** Blocks that stand alone and declare something; an inner one comes before the one around it. */
  readonly blocks: Span[] = [];
  /** Classes inside expressions, until the block around them takes them in. */
  readonly loose: ClassStmt[] = [];
  /** The library that prototypes name functions of, after MQL5's `#import`. */
  library: string | undefined;
  /** Every name once: whoever looks one up compares the same string with itself, and a file holds each only once. */
  readonly #names = new Map<string, string>();
  readonly #scopes: Scope[] = [];
  readonly #definitions: Definition[] = [];
  readonly #owners: Definition[] = [];

  constructor(text: string) {
    this.text = text;
  }

  /** The name that stands between two offsets, as a string of its own. */
  name(start: number, end: number): string {
    const written = this.text.slice(start, end);
    const known = this.#names.get(written);
    if (known !== undefined) return known;
    const own = nameIn(this.text, start, end);
    this.#names.set(own, own);
    return own;
  }

  /** The innermost function around the walk. */
  get function(): number | undefined {
    for (let i = this.#scopes.length - 1; i >= 0; i--) {
      const scope = this.#scopes[i]!;
      if (scope.kind === 'function') return scope.index;
    }
    return undefined;
  }

  /** The class the walk is directly in: a function here is a method. */
  get class(): number | undefined {
    const scope = this.#scopes.at(-1);
    return scope?.kind === 'class' ? scope.index : undefined;
  }

  /** Enters `def` or `lambda`; its number is taken now, so that outer functions come before inner ones. */
  openFunction(lambda: boolean): void {
    const index = this.functions.length;
    const fn: Mutable<FunctionModel> = {
      index, name: '', nameSpan: NOWHERE, qualifiedName: '', async: false, generator: false,
      parameters: [], decorators: [], body: [], start: 0, end: 0,
    };
    const { class: cls, function: outer } = this;
    if (cls !== undefined && !lambda) {
      fn.class = cls;
      this.classes[cls]!.methods.push(index);
    }
    if (outer !== undefined) fn.outer = outer;
    this.functions.push(fn);
    this.#open({ kind: 'function', index }, fn, lambda ? 'lambda' : 'function');
  }

  openClass(): void {
    const index = this.classes.length;
    const cls: Mutable<ClassModel> & { methods: number[] } = {
      index, name: '', nameSpan: NOWHERE, qualifiedName: '', bases: [], keywords: [], decorators: [], body: [],
      methods: [], start: 0, end: 0,
    };
    const { class: outerClass, function: outerFunction } = this;
    if (outerClass !== undefined) cls.outerClass = outerClass;
    if (outerFunction !== undefined) cls.outerFunction = outerFunction;
    this.classes.push(cls);
    this.#open({ kind: 'class', index }, cls, 'class');
  }

  /** Enters an object literal: its methods belong to no class. */
  openObject(): void {
    this.#scopes.push({ kind: 'object', index: -1 });
  }

  /** Leaves an object literal. */
  closeObject(): void {
    this.#scopes.pop();
  }

  /** Takes the classes inside expressions that start behind an offset. */
  takeLoose(from: number): readonly ClassStmt[] {
    let first = this.loose.length;
    while (first > 0 && this.loose[first - 1]!.start >= from) first--;
    return this.loose.splice(first);
  }

  #open(scope: Scope, model: { name: string; qualifiedName: string }, kind: Definition['kind']): void {
    const definition: Definition = { model, owner: this.#owners.at(-1), kind };
    this.#definitions.push(definition);
    this.#owners.push(definition);
    this.#scopes.push(scope);
  }

  /** Leaves the innermost scope and returns its number. */
  close(): number {
    this.#owners.pop();
    return this.#scopes.pop()!.index;
  }

  /** Leaves the innermost scope as if it had never been opened: what looked like a definition only named one. */
  discard(): void {
    const scope = this.#scopes.pop()!;
    const gone = this.#owners.pop();
    const at = this.#definitions.lastIndexOf(gone!);
    this.#definitions.splice(at, 1);
    if (scope.kind === 'class') this.classes.pop();
    else {
      const fn = this.functions.pop();
      if (fn?.class !== undefined) this.classes[fn.class]!.methods.pop();
    }
  }

  /**
   * Makes the function the walk is in a method of a class that was closed before: `void Class::method() {}`.
   * @param elsewhere the class may be another file's; the function is then named as its method and knows its name.
   */
  adopt(className: string, elsewhere = false): void {
    const cls = this.classes.findLast((one) => one.name === className);
    const scope = this.#scopes.at(-1);
    const definition = this.#owners.at(-1);
    if (scope?.kind !== 'function' || definition === undefined) return;
    if (cls === undefined) {
      if (!elsewhere) return;
      this.functions[scope.index]!.ownerName = className;
      definition.owner = { model: { name: className, qualifiedName: className }, owner: undefined, kind: 'class' };
      return;
    }
    const owner = this.#definitions.find((one) => one.model === cls);
    if (owner === undefined) return;
    this.functions[scope.index]!.class = cls.index;
    cls.methods.push(scope.index);
    definition.owner = owner;
  }

  /** The function around the walk yields. */
  markGenerator(): void {
    const index = this.function;
    if (index !== undefined) this.functions[index]!.generator = true;
  }

  /**
   * Lambdas in defaults and annotations run where the definition stands: those numbered since the innermost function was
   * opened move out of it.
   *
   * @param before only those that start before this offset: the end of the parameters, where the body was built already.
   */
  liftSignature(before = Infinity): void {
    const inner = this.function;
    if (inner === undefined) return;
    const { outer } = this.functions[inner]!;
    for (let i = inner + 1; i < this.functions.length; i++) {
      const fn = this.functions[i]!;
      if (fn.start >= before) return;
      if (fn.outer !== inner) continue;
      if (outer === undefined) delete fn.outer;
      else fn.outer = outer;
    }
  }

  /** Gives every definition its qualified name; call once, when the walk is done. */
  nameDefinitions(): void {
    const seen = new Map<string, number>();
    const lambdas = new Map<Definition | undefined, number>();
    for (const { model, owner, kind } of this.#definitions) {
      let { name } = model;
      if (kind === 'lambda' && name === '') {
        // Numbered inside their scope: the name survives lines that move.
        const ordinal = (lambdas.get(owner) ?? 0) + 1;
        lambdas.set(owner, ordinal);
        name = `<lambda:${ordinal}>`;
      }
      const plain = prefixOf(owner) + name;
      const count = (seen.get(plain) ?? 0) + 1;
      seen.set(plain, count);
      model.qualifiedName = count === 1 ? plain : `${plain}#${count}`;
    }
  }

  /** Fills in a function whose scope is being left. */
  defineFunction(
    span: Span, name: { readonly name: string; readonly span: Span },
    rest: { readonly async: boolean; readonly generator?: boolean; readonly parameters: readonly Parameter[]; readonly returns: Expr | undefined; readonly body: readonly Stmt[] },
  ): FunctionStmt {
    const index = this.close();
    const fn = this.functions[index]!;
    fn.start = span.start;
    fn.end = span.end;
    fn.name = name.name;
    fn.nameSpan = name.span;
    fn.async = rest.async;
    if (rest.generator === true) fn.generator = true;
    fn.parameters = rest.parameters;
    if (rest.returns !== undefined) fn.returns = rest.returns;
    fn.body = rest.body;
    return { kind: 'function', start: span.start, end: span.end, function: index };
  }
}

function prefixOf(owner: Definition | undefined): string {
  if (owner === undefined) return '';
  const outer = owner.model.qualifiedName;
  return (outer.length > LONGEST_PREFIX ? '<deep>' : outer) + (owner.kind === 'class' ? '.' : '.<locals>.');
}
