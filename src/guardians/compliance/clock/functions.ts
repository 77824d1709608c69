/** The functions of a file as the time rules need them: who calls what with which argument, and what stands in a block. */
import type { Call, ClassModel, Expr, FunctionModel, Parameter, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { isScript } from '../../../core/source/languages.ts';
import { definitionsOf, attributeDefinitions, receiverClass } from '../../../core/source/scope.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { instanceClass } from '../../../core/source/meaning/classes.ts';
import { bodiesOf } from '../../../core/source/walk.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { wordsOf } from '../words.ts';
import { pushReversed, within } from './flow.ts';

/** A call and where it stands. */
export interface SitedCall {
  readonly call: Call;
  readonly site: NameSite;
}

const CONFIG_WORDS: ReadonlySet<string> = new Set(['config', 'cfg', 'conf', 'settings', 'params', 'parameters', 'options', 'opts', 'p', 'limits', 'rules', 'risk', 'session', 'schedule']);

/** Calls, classes and fields of one file by name. */
export class Functions {
  readonly #model: SourceModel;
  #calls: ReadonlyMap<string, readonly SitedCall[]> | undefined;
  #fields: ReadonlyMap<string, readonly ClassModel[]> | undefined;

  constructor(model: SourceModel) {
    this.#model = model;
  }

  /** Calls in this file of this last name. */
  callsNamed(name: string): readonly SitedCall[] {
    return this.#index().get(name) ?? [];
  }

  /** Calls in this file whose last name is the function's. */
  callsOf(fn: FunctionModel): readonly SitedCall[] {
    return fn.name === '' ? [] : this.#index().get(fn.name) ?? [];
  }

  #index(): ReadonlyMap<string, readonly SitedCall[]> {
    if (this.#calls !== undefined) { return this.#calls; }
    const calls = new Map<string, SitedCall[]>();
    for (const { node, site } of indexOf(this.#model).calls) {
      const name = lastName(node.callee);
      if (name === undefined) { continue; }
      const list = calls.get(name) ?? [];
      list.push({ call: node, site });
      calls.set(name, list);
    }
    this.#calls = calls;
    return calls;
  }

  /** What a call passes for a parameter; undefined when it leaves it to the default. */
  argumentFor(fn: FunctionModel, parameter: Parameter, call: Call): Expr | undefined {
    const keyword = call.args.find((argument) => argument.name === parameter.name);
    if (keyword !== undefined) { return keyword.value; }
    // Scripts and MQL5 have no `self` among the parameters.
    const implicit = isScript(this.#model.language) || this.#model.language === 'mql5';
    const bound = !implicit && fn.class !== undefined && call.callee.kind === 'member' && !isStatic(fn) ? 1 : 0;
    const position = fn.parameters.findIndex((candidate) => candidate.name === parameter.name) - bound;
    const positional = call.args.filter((argument) => argument.name === undefined);
    if (position < 0 || positional.slice(0, position + 1).some((argument) => argument.spread !== undefined)) { return undefined; }
    return positional[position]?.value;
  }

  /** The function or method of this file that a call runs, if that is certain. */
  calledFunction(call: Call, site: NameSite): FunctionModel | undefined {
    const { callee } = call;
    if (callee.kind === 'name') {
      const definitions = definitionsOf(this.#model, callee.name, site, callee.start);
      const only = definitions.length === 1 ? definitions[0] : undefined;
      if (only?.declared?.kind === 'function') { return this.#model.functions[only.declared.index]; }
      return only?.value?.kind === 'lambda' ? this.#model.functions[only.value.function] : undefined;
    }
    if (callee.kind !== 'member') { return undefined; }
    const cls = instanceClass(this.#model, callee.object, site) ?? this.#declaredClass(callee.object, site);
    return cls === undefined ? undefined : this.methodNamed(cls, callee.property);
  }

  #declaredClass(expr: Expr, site: NameSite): ClassModel | undefined {
    if (expr.kind !== 'name') { return undefined; }
    const declared = definitionsOf(this.#model, expr.name, site, expr.start).find((definition) => definition.declared?.kind === 'class')?.declared;
    return declared === undefined ? undefined : this.#model.classes[declared.index];
  }

  /** A method by name, own or inherited within the file. */
  methodNamed(cls: ClassModel, name: string): FunctionModel | undefined {
    const found = attributeDefinitions(this.#model, cls, name).find((definition) => definition.declared?.kind === 'function');
    return found?.declared === undefined ? undefined : this.#model.functions[found.declared.index];
  }

  /** A function named by an expression: a callback (`self._flatten`, `flatten_all`, a lambda). */
  functionNamed(expr: Expr, site: NameSite): FunctionModel | undefined {
    if (expr.kind === 'lambda') { return this.#model.functions[expr.function]; }
    if (expr.kind === 'call') { return expr.args[0] === undefined ? undefined : this.functionNamed(expr.args[0].value, site); }
    return this.calledFunction({ kind: 'call', callee: expr, args: [], start: expr.start, end: expr.end }, site);
  }

  /** Is it read like a field (`@property`, `@cached_property`)? */
  isProperty(fn: FunctionModel): boolean {
    return fn.accessor === 'get' || fn.decorators.some((decorator) => lastName(decorator)?.includes('property') === true);
  }

  /** Names inside a function mean what they mean at this site. */
  siteIn(fn: FunctionModel): NameSite {
    const cls = fn.class === undefined ? undefined : this.#model.classes[fn.class];
    return cls === undefined ? { function: fn } : { function: fn, class: cls };
  }

  /** The class of this file that has the field, for `self.config.flatten_time`: only when the object is a configuration and one class has it. */
  configField(object: Expr, field: string, site: NameSite): ClassModel | undefined {
    const typed = instanceClass(this.#model, object, site);
    if (typed !== undefined) { return typed; }
    const name = lastName(object);
    if (name === undefined || !wordsOf(name).some((word) => CONFIG_WORDS.has(word))) { return undefined; }
    this.#fields ??= fieldsOf(this.#model);
    const owners = this.#fields.get(field)?.filter((cls) => cls !== site.class) ?? [];
    return owners.length === 1 ? owners[0] : undefined;
  }

  /** The value of a key of a dict literal held by a name of this file: `CONFIG["flatten_time"]`. */
  dictValue<T>(object: Expr, key: string, site: NameSite, read: (expr: Expr, site: NameSite) => T): T | undefined {
    const name = object.kind === 'name' ? object.name : undefined;
    const cls = object.kind === 'member' ? receiverClass(this.#model, object.object, site) : undefined;
    const definitions = name !== undefined ? definitionsOf(this.#model, name, site)
      : cls !== undefined && object.kind === 'member' ? attributeDefinitions(this.#model, cls, object.property) : [];
    const only = definitions.length === 1 ? definitions[0] : undefined;
    const dict = only?.value?.kind === 'collection' && only.value.type === 'dict' ? only.value : undefined;
    const position = dict?.keys?.findIndex((candidate) => candidate?.kind === 'literal' && candidate.value === key) ?? -1;
    const item = position < 0 ? undefined : dict?.items[position];
    return item === undefined ? undefined : read(item, {});
  }

  /** Does a statement return on some path? */
  returns(statement: Stmt): boolean {
    const stack: Stmt[] = [statement];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (next.kind === 'return') { return true; }
      for (const body of bodiesOf(next)) { pushReversed(stack, body); }
    }
    return false;
  }

  /** The branch of a compound statement that holds a place. */
  bodyAround(statement: Stmt, place: Span): readonly Stmt[] | undefined {
    return bodiesOf(statement).find((body) => body.some((inner) => within(place, inner)));
  }
}

function isStatic(fn: FunctionModel): boolean {
  return fn.decorators.some((decorator) => decorator.kind === 'name' && decorator.name === 'staticmethod');
}

/** Fields written in class bodies, by name. */
function fieldsOf(model: SourceModel): ReadonlyMap<string, readonly ClassModel[]> {
  const fields = new Map<string, ClassModel[]>();
  for (const cls of model.classes) {
    for (const statement of cls.body) {
      if (statement.kind !== 'assign') { continue; }
      for (const target of statement.targets) {
        if (target.kind !== 'name') { continue; }
        const owners = fields.get(target.name) ?? [];
        owners.push(cls);
        fields.set(target.name, owners);
      }
    }
  }
  return fields;
}
