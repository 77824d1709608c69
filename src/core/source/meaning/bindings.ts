/**
 * What binds which name in a file: one pass over a model, remembered as long as the model lives.
 */
import type {
  ClassModel, Expr, FunctionModel, ImportModel, Name, Parameter, SourceModel, Span, Stmt,
} from '../model.ts';
import { isScript } from '../languages.ts';
import { takesByValue } from '../mql5/builtins.ts';
import { expressionsOf, walkExpression } from '../walk.ts';
import { livesInLoop, offsetsOf, statementsInBlocks } from './blocks.ts';
import { classWritten, renamesReceiver, type OtherName } from './other-names.ts';
import { ownNamesOf } from './own-names.ts';
import { CHANGES, declaredIn } from './mql5-names.ts';
import { fields, namesBound, pairs } from './patterns.ts';
import { ModelFact } from './per-model.ts';
import { outerFunction, receiversOf, thisOf, type Receiver } from './receivers.ts';
import { statementsOf } from './statements.ts';

export { statementsOf };

/** Where an expression stands, for name look-up: the innermost function and class around it. */
export interface NameSite {
  readonly function?: FunctionModel;
  readonly class?: ClassModel;
}

/** One place that gives a name or an attribute its value. */
export interface Definition {
  readonly target: Expr;
  /** Absent where the value is not written down (a loop variable, a parameter, an import). */
  readonly value?: Expr;
  readonly annotation?: Expr;
  /** `+=` and the like. */
  readonly op?: string;
  /** Absent for a parameter. */
  readonly statement: Stmt | undefined;
  /** Function whose body it stands in. */
  readonly function?: FunctionModel;
  /** Class whose body, or whose method, it stands in. */
  readonly class?: ClassModel;
  readonly parameter?: Parameter;
  readonly imported?: ImportModel;
  /** Where the value is to be read; `siteOf` tells it for definitions made elsewhere. */
  readonly site?: NameSite;
  /** Where the value comes out of another one: an element of a loop's iterable, what a `with` gives. */
  readonly drawn?: Drawn;
  /** Index of the function or class that a `def` or `class` statement binds. */
  readonly declared?: { readonly kind: 'function' | 'class'; readonly index: number };
  /** Of JavaScript's `let` and `const`, where they stand in a block: what the variable lives in. */
  readonly block?: Span;
}

/** A value that is taken out of another one. */
export interface Drawn {
  readonly how: 'element' | 'entered';
  readonly from: Expr;
  /** Its place in nested targets: `b` of `for a, (b, c) in x` is `[1, 0]`. */
  readonly at: readonly number[];
  /** The loop, the `with` or the comprehension that gives the name its value. */
  readonly within: Span;
  /** A comprehension's variable: the name means something else outside of it. */
  readonly inner: boolean;
}

/**
 * A definition that is told where it stands. In place: a copy by spreading is put among the old objects, where it keeps
 * the whole model of its file until the next full collection (measured: 6 of 9 KB a file).
 */
type Draft = { -readonly [K in keyof Definition]: Definition[K] };

type Scope = Map<string, Definition[]>;

const NO_PLACE: readonly number[] = [];
/** Deepest nest of targets whose places are told apart. */
const MAX_UNPACKED = 16;

export interface Bindings {
  readonly module: ReadonlyMap<string, readonly Definition[]>;
  /** Per index of `SourceModel.functions`. */
  readonly functions: readonly ReadonlyMap<string, readonly Definition[]>[];
  /** Per index of `SourceModel.classes`: names bound in the class body. */
  readonly classes: readonly ReadonlyMap<string, readonly Definition[]>[];
  /** Per index of `SourceModel.classes`: `self.x = …` in its methods. */
  readonly attributes: readonly ReadonlyMap<string, readonly Definition[]>[];
  /** Per index of `SourceModel.functions`: the `self` (or `cls`) it sees, closures included. */
  readonly receivers: readonly (Receiver | undefined)[];
  /** Modules imported with `*`, in order. */
  readonly stars: readonly ImportModel[];
}

/** Derived facts of immutable models; an entry goes with its model. */
const remembered = new ModelFact<Bindings>();

/** Bindings of a file, computed once per model. */
export function bindingsOf(model: SourceModel): Bindings {
  let bindings = remembered.get(model);
  if (bindings === undefined) {
    bindings = new Collector(model).collect();
    remembered.set(model, bindings);
  }
  return bindings;
}

/** A name as an expression, for names that stand in no expression of their own (imports, `except … as`). */
export function nameAt(name: string, span: Span): Name {
  return { kind: 'name', name, start: span.start, end: span.end };
}

/** True where the innermost thing around the site is the body of a class, not a function in it. */
export function inClassBody(site: NameSite): boolean {
  if (site.class === undefined) { return false; }
  return site.function === undefined || site.class.outerFunction === site.function.index;
}

class Collector {
  readonly #model: SourceModel;
  readonly #script: boolean;
  readonly #module: Scope = new Map();
  readonly #functions: Scope[];
  readonly #classes: Scope[];
  readonly #attributes: Scope[];
  readonly #receivers: (Receiver | undefined)[];
  /** Offsets of `for` and `:=`: only statements around one can bind a name inside an expression. */
  readonly #binders: readonly number[];
  readonly #globals = new Map<number, Set<string>>();
  readonly #nonlocals = new Map<number, Set<string>>();
  /** Of MQL5: what each function declares; any other name it assigns is a member's or the file's. */
  readonly #declared: readonly ReadonlySet<string>[] | undefined;
  /** Of a script: the block around the statement at hand. */
  #block: Span | undefined;
  readonly #hasVar: boolean;
  /** Assignments to attributes of other names than the receiver's; undefined where no line gives the receiver another name. */
  readonly #otherNames: OtherName<Draft>[] | undefined;

  constructor(model: SourceModel) {
    this.#model = model;
    this.#script = isScript(model.language);
    this.#hasVar = this.#script && /\bvar\b/.test(model.source.text);
    this.#otherNames = renamesReceiver(model) ? [] : undefined;
    this.#functions = model.functions.map(() => new Map());
    this.#classes = model.classes.map(() => new Map());
    this.#attributes = model.classes.map(() => new Map());
    this.#receivers = this.#script ? thisOf(model) : receiversOf(model);
    this.#declared = model.language === 'mql5' ? model.functions.map(declaredIn) : undefined;
    this.#binders = [...offsetsOf(model.source.text, ':='), ...offsetsOf(model.source.text, 'for')].sort((one, other) => one - other);
  }

  collect(): Bindings {
    const { functions, classes, imports } = this.#model;
    for (const fn of functions) { this.#parameters(fn); }
    if (!this.#script && /\b(?:global|nonlocal)\b/.test(this.#model.source.text)) { for (const fn of functions) { this.#declareGlobals(fn); } }
    this.#body(this.#model.body, {}, 0);
    for (const cls of classes) { this.#body(cls.body, classSite(this.#model, cls), cls.start); }
    for (const fn of functions) { this.#body(fn.body, functionSite(this.#model, fn), fn.start); }
    if (this.#script) { this.#ownNames(); }
    for (const one of this.#otherNames ?? []) {
      const cls = classWritten(one, this.#model, this.#functions, this.#receivers);
      if (cls !== undefined) { this.#addAttribute(cls, one.target.property, one.definition, one.site); }
    }
    return {
      module: this.#module, functions: this.#functions, classes: this.#classes, attributes: this.#attributes,
      receivers: this.#receivers, stars: this.#script ? [] : imports.filter((entry) => entry.name === '*'),
    };
  }

  #parameters(fn: FunctionModel): void {
    for (const parameter of fn.parameters) {
      if (parameter.given !== undefined) {
        this.#given(parameter, parameter.given, fn);
        continue;
      }
      if (parameter.pattern !== undefined) {
        for (const target of namesBound(parameter.pattern)) { add(this.#functions[fn.index]!, target.name, { target, statement: undefined, function: fn, parameter }); }
        continue;
      }
      add(this.#functions[fn.index]!, parameter.name, {
        target: nameAt(parameter.name, parameter), statement: undefined, function: fn, parameter,
        ...(parameter.annotation === undefined || parameter.rest !== undefined ? {} : { annotation: parameter.annotation }),
      });
    }
  }

  /** `global x` makes assignments in the function bind the module's name, wherever the statement stands. */
  #declareGlobals(fn: FunctionModel): void {
    for (const statement of statementsOf(fn.body)) {
      if (statement.kind !== 'unknownStatement') { continue; }
      const kept = statement.syntax === 'global_statement' ? this.#globals
        : statement.syntax === 'nonlocal_statement' ? this.#nonlocals : undefined;
      if (kept === undefined) { continue; }
      const names = kept.get(fn.index) ?? new Set();
      for (const part of statement.parts) { if (part.kind === 'name') { names.add(part.name); } }
      kept.set(fn.index, names);
    }
  }

  /** A parameter whose value is known: `import('./risk').then(({ check }) => check())`. */
  #given(parameter: Parameter, given: Expr, fn: FunctionModel): void {
    const { pattern } = parameter;
    const bound = pattern?.kind === 'collection' ? fields(pattern, given) : [[nameAt(parameter.name, parameter), given] as const];
    for (const [target, value] of bound) {
      if (target.kind === 'name') { add(this.#functions[fn.index]!, target.name, { target, statement: undefined, function: fn, parameter, ...(value === undefined ? {} : { value }) }); }
    }
  }

  /** What function and class expressions call themselves. */
  #ownNames(): void {
    for (const { name, span, within, ...rest } of ownNamesOf(this.#model)) {
      const scope = within === undefined ? this.#module : this.#functions[within]!;
      // A parameter or variable of the function hides its name.
      if (rest.block === undefined && scope.has(name)) { continue; }
      add(scope, name, { target: nameAt(name, span), statement: undefined, ...rest });
    }
  }

  #body(body: readonly Stmt[], site: NameSite, from: number): void {
    for (const { statement, block } of this.#script ? statementsInBlocks(this.#model, body, from) : statementsOf(body).map((one) => ({ statement: one, block: undefined }))) {
      this.#block = block;
      this.#statement(statement, site);
    }
    this.#block = undefined;
  }

  #statement(statement: Stmt, site: NameSite): void {
    switch (statement.kind) {
      case 'assign':
        for (const target of statement.targets) { this.#assign(target, statement.value, statement, site, statement.declares === true); }
        break;
      case 'loop':
        if (statement.target !== undefined) {
          if (this.#script) { this.#block = livesInLoop(this.#model.source.text, statement, statement.target) ? statement : undefined; }
          this.#draw(statement.target, 'element', statement.over, statement, statement, site);
        }
        break;
      case 'with':
        for (const item of statement.items) {
          if (item.target !== undefined) { this.#draw(item.target, 'entered', item.value, statement, statement, site); }
        }
        break;
      case 'try':
        for (const handler of statement.handlers) {
          if (handler.name !== undefined) {
            if (this.#script) { this.#block = handler; }
            this.#bind(handler.name, { target: nameAt(handler.name, handler), statement }, site);
          }
        }
        break;
      case 'import':
        for (const index of statement.imports) { this.#import(index, statement, site); }
        break;
      case 'function':
      case 'class':
        this.#declare(statement, site);
        break;
      case 'match':
        // A `switch` compares, it binds nothing.
        if (this.#script || this.#declared !== undefined) { break; }
        for (const branch of statement.cases) { for (const pattern of branch.patterns) { this.#captures(pattern, statement, site); } }
        break;
      default:
        break;
    }
    if (!this.#mayBindInside(statement)) { return; }
    for (const expr of expressionsOf(statement)) { this.#expression(expr, statement, site); }
  }

  /** Most statements hold neither a walrus nor a comprehension, and are not walked. */
  #mayBindInside(statement: Stmt): boolean {
    if (this.#declared !== undefined) { return true; }
    if (this.#script) { return statement.kind !== 'import'; }
    let low = 0;
    let high = this.#binders.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#binders[middle]! < statement.start) { low = middle + 1; } else { high = middle; }
    }
    return (this.#binders[low] ?? Infinity) < statement.end;
  }

  #declare(statement: Stmt & { readonly kind: 'function' | 'class' }, site: NameSite): void {
    const index = statement.kind === 'function' ? statement.function : statement.class;
    const declared = statement.kind === 'function' ? this.#model.functions[index] : this.#model.classes[index];
    if (declared === undefined) { return; }
    const target = nameAt(declared.name, declared.nameSpan);
    // `void Class::method() {}` stands outside of its class.
    const home = 'parameters' in declared && declared.class !== undefined ? this.#model.classes[declared.class] : undefined;
    if (home !== undefined && site.class === undefined && site.function === undefined) {
      this.#bind(declared.name, { target, statement, declared: { kind: statement.kind, index } }, { class: home });
      return;
    }
    this.#bind(declared.name, { target, statement, declared: { kind: statement.kind, index } }, site);
  }

  #import(index: number, statement: Stmt, site: NameSite): void {
    const imported = this.#model.imports[index];
    if (imported === undefined || imported.name === '*') { return; }
    this.#bind(imported.alias, { target: nameAt(imported.alias, imported), statement, imported }, site);
  }

  /** Names bound inside expressions: `(n := f())` and the variables of comprehensions. */
  #expression(root: Expr, statement: Stmt, site: NameSite): void {
    if (root.kind === 'name' || root.kind === 'literal') { return; }
    walkExpression(root, (expr) => {
      if (expr.kind === 'comprehension') {
        for (const clause of expr.clauses) { this.#draw(clause.target, 'element', clause.iterable, expr, statement, site); }
      } else if (expr.kind === 'unknown' && expr.syntax === 'named_expression') {
        const [target, value] = expr.parts;
        if (target !== undefined) { this.#assign(target, value, statement, site, false, expr.op); }
      } else if (this.#declared !== undefined) {
        this.#changed(expr, statement, site);
      }
    });
  }

  /** MQL5 changes variables inside expressions, too: `++n`, `x += 1`, and whatever a function is handed by reference. */
  #changed(expr: Expr, statement: Stmt, site: NameSite): void {
    if (expr.kind === 'unknown' && CHANGES.has(expr.syntax)) { this.#change(expr.parts[0], expr.syntax, statement, site); }
    if (expr.kind !== 'call') { return; }
    for (const [i, argument] of expr.args.entries()) {
      if (argument.value.kind === 'name' && !this.#byValue(expr.callee, i)) { this.#change(argument.value, '&', statement, site); }
    }
  }

  #change(target: Expr | undefined, op: string, statement: Stmt, site: NameSite): void {
    if (target?.kind === 'name' && this.#isDeclared(target.name, site)) { this.#bind(target.name, { target, statement, op }, site); }
  }

  #byValue(callee: Expr, position: number): boolean {
    if (callee.kind !== 'name') { return false; }
    const own = this.#model.functions.filter((fn) => fn.name === callee.name);
    if (own.length === 0) { return takesByValue(callee.name) || this.#model.classes.some((cls) => cls.name === callee.name); }
    const { text } = this.#model.source;
    return own.every(({ parameters }) => {
      const parameter = parameters[position];
      return parameter === undefined || !text.slice(parameter.start, parameter.end).includes('&') || text.startsWith('const', parameter.start);
    });
  }

  /** Variables of this file that can be assigned; inputs and constants cannot. */
  #isDeclared(name: string, site: NameSite): boolean {
    if (site.function !== undefined && this.#declared?.[site.function.index]?.has(name) === true) { return true; }
    if (site.class !== undefined && this.#memberClass(site.class, name) !== undefined) { return true; }
    const [first] = this.#module.get(name) ?? [];
    return first?.statement?.kind === 'assign' && (first.statement.storage === undefined || first.statement.storage === 'static');
  }

  /** The class, of those in this file, whose member a name is: the class itself or one of its bases. */
  #memberClass(cls: ClassModel, name: string): ClassModel | undefined {
    const seen = new Set<ClassModel>();
    for (let current: ClassModel | undefined = cls; current !== undefined && !seen.has(current);) {
      seen.add(current);
      if (this.#classes[current.index]!.has(name)) { return current; }
      const base: Expr | undefined = current.bases[0];
      current = base?.kind === 'name' ? this.#model.classes.find((one) => one.name === base.name) : undefined;
    }
    return undefined;
  }

  #captures(pattern: Expr, statement: Stmt, site: NameSite): void {
    walkExpression(pattern, (expr, parent) => {
      if (expr.kind === 'name' && parent?.kind !== 'member' && parent?.kind !== 'call') {
        this.#bind(expr.name, { target: expr, statement }, site);
      }
    });
  }

  #assign(root: Expr, value: Expr | undefined, statement: Stmt, site: NameSite, declares = false, inner?: string): void {
    const whole = root.kind !== 'collection';
    const own = statement.kind === 'assign' && statement.targets.includes(root) ? statement : undefined;
    const annotation = whole ? own?.annotation : undefined;
    const op = own === undefined ? inner : own.op;
    const pending: [Expr, Expr | undefined][] = [[root, value]];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const [target, bound] = next;
      if (target.kind === 'collection') {
        (target.type === 'dict' ? fields(target, bound) : pairs(target.items, bound)).forEach((pair) => pending.push(pair));
        continue;
      }
      if (this.#script && target.kind === 'unknown' && target.parts[0] !== undefined && target.syntax !== 'named_expression') {
        // `size = 1` and `...rest` of a pattern.
        pending.push([target.parts[0], undefined]);
        continue;
      }
      const definition: Draft = { target, statement };
      if (bound !== undefined) { definition.value = bound; }
      if (annotation !== undefined) { definition.annotation = annotation; }
      if (op !== undefined) { definition.op = op; }
      if (target.kind === 'name') { this.#bind(target.name, definition, site, declares); }
      if (target.kind === 'member') { this.#attribute(target, definition, site); }
    }
  }

  /** The targets of a loop or a `with`, and where in what they are given each of them stands. */
  #draw(root: Expr, how: Drawn['how'], from: Expr, within: Stmt | Expr, statement: Stmt, site: NameSite): void {
    const pending: { readonly target: Expr; readonly at: readonly number[] }[] = [{ target: root, at: NO_PLACE }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { target, at } = next;
      if (target.kind === 'collection') {
        // Nobody unpacks deeper, and the places of a deep nest would grow with its square.
        target.items.forEach((item, i) => { pending.push({ target: item, at: at.length < MAX_UNPACKED ? [...at, i] : at }); });
        continue;
      }
      if (this.#script && target.kind === 'unknown' && target.parts[0] !== undefined) {
        pending.push({ target: target.parts[0], at });
        continue;
      }
      const definition: Draft = { target, statement, drawn: { how, from, at, within, inner: within !== statement } };
      if (target.kind === 'name') { this.#bind(target.name, definition, site); }
      if (target.kind === 'member') { this.#attribute(target, definition, site); }
    }
  }

  #attribute(target: Expr & { readonly kind: 'member' }, definition: Draft, site: NameSite): void {
    if (target.object.kind !== 'name' || site.function === undefined) { return; }
    const receiver = this.#receivers[site.function.index];
    if (receiver !== undefined && receiver.name === target.object.name) { this.#addAttribute(receiver.class, target.property, definition, site); } else { this.#otherNames?.push({ target, definition, site }); }
  }

  #addAttribute(cls: ClassModel, property: string, definition: Draft, site: NameSite): void {
    definition.site = site;
    definition.function = site.function!;
    definition.class = cls;
    add(this.#attributes[cls.index]!, property, definition);
  }

  #bind(name: string, definition: Draft, site: NameSite, declares = true): void {
    if (this.#block !== undefined && declares && !(this.#hasVar && this.#isVar(definition))) { definition.block = this.#block; }
    if (inClassBody(site)) {
      definition.site = site;
      definition.class = site.class!;
      add(this.#classes[site.class!.index]!, name, definition);
      return;
    }
    if (site.function === undefined) {
      add(this.#module, name, definition);
      return;
    }
    if (this.#declared !== undefined && !this.#declared[site.function.index]!.has(name)) {
      this.#bindOutside(name, definition, site);
      return;
    }
    const scope = this.#script && !declares ? this.#scopeAround(name, site.function) : this.#scopeOf(name, site.function);
    definition.site = site;
    definition.function = site.function;
    add(scope, name, definition);
  }

  /** A `var` belongs to the function, whatever block it stands in; of several on one statement only the first shows the word. */
  #isVar({ statement, drawn }: Draft): boolean {
    return drawn === undefined && statement?.kind === 'assign' && !/^(?:const|let|export|using|await)\b/.test(this.#model.source.text.slice(statement.start, statement.start + 8));
  }

  /** What an MQL5 function assigns without declaring it: a member, a variable of the file, or one that is declared elsewhere. */
  #bindOutside(name: string, definition: Draft, site: NameSite): void {
    definition.site = site;
    if (site.function !== undefined) { definition.function = site.function; }
    const member = site.class === undefined ? undefined : this.#memberClass(site.class, name);
    if (member !== undefined || (site.class !== undefined && site.class.bases.length > 0 && !this.#module.has(name))) {
      definition.class = member ?? site.class!;
      add(this.#attributes[definition.class.index]!, name, definition);
    } else if (this.#module.has(name)) {
      add(this.#module, name, definition);
    }
  }

  /** Where an assignment of JavaScript goes: the nearest variable of the name. Outer functions were read before. */
  #scopeAround(name: string, fn: FunctionModel): Scope {
    for (let around: FunctionModel | undefined = fn; around !== undefined; around = outerFunction(this.#model, around)) {
      if (this.#functions[around.index]!.has(name)) { return this.#functions[around.index]!; }
    }
    return this.#module;
  }

  #scopeOf(name: string, fn: FunctionModel): Scope {
    if (this.#globals.get(fn.index)?.has(name) === true) { return this.#module; }
    if (this.#nonlocals.get(fn.index)?.has(name) !== true) { return this.#functions[fn.index]!; }
    for (let outer = outerFunction(this.#model, fn); outer !== undefined; outer = outerFunction(this.#model, outer)) {
      if (this.#functions[outer.index]!.has(name)) { return this.#functions[outer.index]!; }
    }
    return this.#functions[fn.index]!;
  }
}

function add(scope: Scope, name: string, definition: Definition): void {
  const list = scope.get(name);
  if (list === undefined) { scope.set(name, [definition]); } else { list.push(definition); }
}

/** Site of the statements in a function. */
export function functionSite(model: SourceModel, fn: FunctionModel): NameSite {
  const cls = fn.class === undefined ? undefined : model.classes[fn.class];
  return cls === undefined ? { function: fn } : { function: fn, class: cls };
}

/** Site of the statements in a class body. */
export function classSite(model: SourceModel, cls: ClassModel): NameSite {
  const outer = cls.outerFunction === undefined ? undefined : model.functions[cls.outerFunction];
  return outer === undefined ? { class: cls } : { function: outer, class: cls };
}
