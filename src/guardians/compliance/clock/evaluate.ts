/**
 * Reads an expression as a value on a clock: through names, attributes, helper functions and configuration fields of the
 * same file. What cannot be proven is undefined, and stays unreported.
 */
import type { Call, ClassModel, Expr, FunctionModel, Literal, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { isScript } from '../../../core/source/languages.ts';
import { fieldOf, type Placed } from '../../../core/source/meaning/objects.ts';
import { qualifiedName } from '../../../core/source/meaning/qualified.ts';
import { attributeDefinitions, definitionsOf, receiverClass } from '../../../core/source/scope.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { argumentExpr, lastName } from '../named.ts';
import { assumedByName, assumedZone, named } from './assume.ts';
import { Functions } from './functions.ts';
import { knownCall, knownName } from './library.ts';
import type { CallView } from './library.ts';
import { scriptAttribute, scriptCall, scriptMethod, setTime } from './script-library.ts';
import { attributeOf, convertedUnknown, methodOf, stampNamed, wholeNumbers } from './members.ts';
import { mqlCall, mqlField, mqlOperands, mqlQuotient } from './mql5.ts';
import { elementOf, marked, MAX_DEPTH, Resolver, withName } from './resolve.ts';
import type { Scope } from './resolve.ts';
import { arithmetic, choose, compareValues, either, logic, negate, truthOf } from './scalars.ts';
import { constant, constantOf } from './value.ts';
import type { Scalar, Value } from './value.ts';

/** Most expressions one question may look at. */
const MAX_STEPS = 1_000;

/** Reads the expressions of one file. Answers are remembered: an expression means the same wherever it is asked from. */
export class Evaluator {
  readonly model: SourceModel;
  readonly #script: boolean;
  readonly functions: Functions;
  readonly #known = new Map<Expr, Value | null>();
  readonly #resolver: Resolver;
  #steps = 0;

  constructor(model: SourceModel) {
    this.model = model;
    this.#script = isScript(model.language);
    this.functions = new Functions(model);
    this.#resolver = new Resolver(model, this.functions, (expr, scope) => this.read(expr, scope));
  }

  /** The value of an expression at its site, or undefined. */
  value(expr: Expr, site: NameSite): Value | undefined {
    this.#steps = 0;
    return this.read(expr, { site, depth: 0 });
  }

  /** A condition as a function of the moment, or undefined if it has nothing to do with the time of day. */
  condition(expr: Expr, site: NameSite): Scalar | undefined {
    return truthOf(this.value(expr, site));
  }

  /** The value of an expression inside a larger question. */
  read(expr: Expr, scope: Scope): Value | undefined {
    if (scope.depth > MAX_DEPTH || ++this.#steps > MAX_STEPS) { return undefined; }
    const keep = scope.parameters === undefined && scope.depth < MAX_DEPTH / 2;
    const known = keep ? this.#known.get(expr) : undefined;
    if (known !== undefined) { return known ?? undefined; }
    // Marks the question as open: `a = b`, `b = a` ends here.
    if (keep) { this.#known.set(expr, null); }
    const value = this.#read(expr, { ...scope, depth: scope.depth + 1 });
    if (keep) { this.#known.set(expr, value ?? null); }
    return value;
  }

  #read(expr: Expr, scope: Scope): Value | undefined {
    switch (expr.kind) {
      case 'literal': return literalValue(expr);
      case 'name': return this.#name(expr.name, expr, scope);
      case 'member': return this.#member(expr.object, expr.property, expr, scope);
      case 'call': return this.#call(expr, scope);
      case 'unary': return this.#unary(expr.op, expr.operand, scope);
      case 'binary': return this.#binary(expr.ops, expr.operands, expr, scope);
      case 'compare': return tested(this.#compare(expr.ops, expr.operands, scope), expr);
      case 'boolean': return this.#boolean(expr, scope);
      case 'conditional': return marked(choose(this.read(expr.test, scope), this.read(expr.then, scope), this.read(expr.else, scope)), expr);
      case 'collection': return this.#collection(expr.items, expr.type, expr, scope);
      case 'await': return this.read(expr.operand, scope);
      case 'index': return this.#index(expr.object, expr.indices, scope);
      case 'template': return this.#template(expr, scope);
      case 'comprehension': return this.#comprehension(expr, scope);
      default: return undefined;
    }
  }

  #unary(op: string, operand: Expr, scope: Scope): Value | undefined {
    const value = this.read(operand, scope);
    if (value?.kind !== 'scalar') { return undefined; }
    if (op === 'not') { const truth = truthOf(value); return truth === undefined ? undefined : negate(truth); }
    return op === '-' ? arithmetic('*', constant('number', -1), value) : op === '+' ? value : undefined;
  }

  #binary(ops: readonly string[], operands: readonly Expr[], expr: Expr, scope: Scope): Value | undefined {
    if (operands.length > 32) { return undefined; }
    let value = operands[0] === undefined ? undefined : this.read(operands[0], scope);
    for (let i = 0; i < ops.length && value !== undefined; i++) {
      const operand = operands[i + 1];
      const right = operand === undefined ? undefined : this.read(operand, scope);
      if (right === undefined) { return undefined; }
      const op = ops[i] ?? '';
      if (this.model.language !== 'mql5') { value = rooted(arithmetic(op, value, right), value, expr); continue; }
      const [from, by] = mqlOperands(op, value, right);
      const result = rooted(arithmetic(op, from, by), from, expr);
      value = op === '/' ? mqlQuotient(result, operand!) : result;
    }
    return value;
  }

  #compare(ops: readonly string[], operands: readonly Expr[], scope: Scope): Value | undefined {
    if (operands.length > 8 || ops.some((op) => op === 'is' || op === 'is not')) { return undefined; }
    const values = operands.map((operand) => this.read(operand, scope));
    const parts = ops.map((op, i) => {
      const [left, right] = [values[i], values[i + 1]];
      return left === undefined || right === undefined ? undefined : compareValues(op, left, right);
    });
    if (parts.length === 1) { return parts[0]; }
    return parts.some((part) => part === undefined) ? undefined : logic('and', parts);
  }

  #boolean(expr: Expr & { readonly kind: 'boolean' }, scope: Scope): Value | undefined {
    if (expr.operands.length > 64) { return undefined; }
    const values = expr.operands.map((operand) => this.read(operand, scope));
    // `now or datetime.now(ET)`: the first that is there, and nobody passes another.
    const object = expr.op === 'or' ? values.find((value) => value !== undefined && value.kind !== 'scalar') : undefined;
    // `parts.find(…)?.value ?? '0'`: the part is there.
    const [first] = values;
    if (expr.nullish === true && first?.kind === 'scalar' && first.unit === 'number' && first.clock !== undefined) { return first; }
    return object ?? logic(expr.op, values);
  }

  #collection(items: readonly Expr[], type: string, at: Span, scope: Scope): Value | undefined {
    if (type === 'dict' || items.length > 32) { return undefined; }
    const values = items.map((item) => this.read(item, scope));
    if (values.length === 0 || values.some((value) => value?.kind !== 'scalar')) { return undefined; }
    const scalars = values as readonly Scalar[];
    if (scalars.every((value) => value.clock === undefined && value.opaque !== true)) {
      return constant('tuple', scalars.map((value) => constantOf(value)), [{ start: at.start, end: at.end }], scalars.flatMap((value) => value.names));
    }
    const clocked = scalars.find((value) => value.clock !== undefined);
    return clocked?.clock === undefined ? undefined : {
      kind: 'scalar', unit: 'tuple', clock: clocked.clock, dated: scalars.some((value) => value.dated),
      at: (moment) => scalars.map((value) => value.at(moment)),
      origins: scalars.flatMap((value) => value.origins), names: scalars.flatMap((value) => value.names),
    };
  }

  #index(object: Expr, indices: readonly Expr[], scope: Scope): Value | undefined {
    const only = indices.length === 1 ? indices[0] : undefined;
    if (only === undefined) { return undefined; }
    const container = this.read(object, scope);
    const key = constantOf(this.read(only, scope));
    if (container?.kind === 'scalar' && container.unit === 'tuple' && typeof key === 'number') {
      return elementOf(container, key);
    }
    if (typeof key !== 'string' || container !== undefined) { return undefined; }
    return this.functions.dictValue(object, key, scope.site, (expr, site) => this.read(expr, { site, depth: scope.depth })) ?? named(key);
  }

  /** `[int(part) for part in "16:59".split(":")]`. */
  #comprehension(expr: Expr & { readonly kind: 'comprehension' }, scope: Scope): Value | undefined {
    const [clause] = expr.clauses;
    const { element } = expr;
    const numbers = element.kind === 'call' && element.callee.kind === 'name' && element.callee.name === 'int' && element.args[0]?.value.kind === 'name';
    if (!numbers || clause === undefined || expr.clauses.length > 1 || clause.conditions.length > 0) { return undefined; }
    return wholeNumbers(this.read(clause.iterable, scope));
  }

  #template(expr: Expr & { readonly kind: 'template' }, scope: Scope): Value | undefined {
    if (expr.parts.length > 16) { return undefined; }
    const parts = expr.parts.map((part) => constantOf(this.read(part, scope)));
    // f"{date} 16:59": the date does not matter, the time at the end does.
    const last = parts[parts.length - 1];
    const text = parts.every((part) => part !== undefined) ? parts.join('') : typeof last === 'string' ? last : undefined;
    return text === undefined ? undefined : constant('text', text, [{ start: expr.start, end: expr.end }]);
  }

  // -------------------------------------------------------------------- names

  #name(name: string, expr: Expr, scope: Scope): Value | undefined {
    const bound = scope.parameters?.get(name);
    if (bound !== undefined) { return bound; }
    const known = knownName(qualifiedName(this.model, expr, scope.site), expr);
    if (known !== undefined) { return known; }
    const definitions = definitionsOf(this.model, name, scope.site);
    const value = (this.#script ? this.#setHours(name, expr, scope) : undefined) ?? this.#resolver.resolve(definitions, expr, scope);
    if (value !== undefined) { return withName(value, name); }
    if (definitions.length > 0 && definitions.every((definition) => definition.parameter !== undefined && definition.statement === undefined)) {
      const argument = this.#resolver.argument(definitions[0]!, scope);
      if (argument !== undefined) { return withName(argument, name); }
    }
    const elsewhere = definitions.length > 0 && definitions.every((definition) => definition.imported !== undefined);
    // `from desk.settings import FLAT_BY as LIMIT`: the name it has at home says what it is.
    const [home] = elsewhere ? definitions.flatMap(({ imported }) => imported?.name ?? []) : [];
    return (elsewhere ? assumedZone(home ?? name, expr) ?? assumedZone(name, expr) : undefined) ?? assumedByName(name, expr) ?? named(name) ?? (home === undefined ? stampNamed(name, expr) : named(home));
  }

  // --------------------------------------------------------- members and calls

  #member(object: Expr, property: string, expr: Expr, scope: Scope): Value | undefined {
    const known = knownName(qualifiedName(this.model, expr, scope.site), expr);
    if (known !== undefined) { return known; }
    const base = this.read(object, scope);
    if (base !== undefined && !(base.kind === 'scalar' && base.opaque === true)) { return this.#ownField(base, property) ?? attributeOf(base, property, expr) ?? (this.#script ? this.#scriptField(expr, scope) : undefined); }
    const written = this.#script ? this.#scriptField(expr, scope) : undefined;
    if (written !== undefined) { return withName(written, property); }
    const cls = receiverClass(this.model, object, scope.site) ?? this.#classNamed(object, scope.site);
    if (cls !== undefined) { return this.#attribute(cls, property, expr, scope) ?? assumedByName(property, expr) ?? named(property); }
    const field = this.functions.configField(object, property, scope.site);
    const value = field === undefined ? undefined : this.#attribute(field, property, expr, scope);
    if (value !== undefined) { return value; }
    const raw = attributeOf(undefined, property, expr);
    return raw ?? (this.#imported(object, scope.site) ? assumedZone(property, expr) : undefined) ?? assumedByName(property, expr) ?? named(property);
  }

  /** A field that only the language of the file gives a value of this kind. */
  #ownField(base: Value, property: string): Value | undefined {
    if (this.#script) { return scriptAttribute(base, property); }
    return this.model.language === 'mql5' ? mqlField(base, property) : undefined;
  }

  /** A module or class of another file: `settings` of `settings.ET`. */
  #imported(expr: Expr, site: NameSite): boolean {
    const definitions = expr.kind === 'name' ? definitionsOf(this.model, expr.name, site, expr.start) : [];
    return definitions.length > 0 && definitions.every((definition) => definition.imported !== undefined);
  }

  /** A field of an object literal: `cfg.flattenTime`. */
  #scriptField(expr: Expr, scope: Scope): Value | undefined {
    const placed = expr.kind === 'member' ? fieldOf(this.model, expr, scope.site) : undefined;
    return placed === undefined ? undefined : this.read(placed.expr, { ...scope, site: placed.site });
  }

  /** `const cutoff = new Date(); cutoff.setHours(16, 59, 0, 0);`: the last change before the use counts. */
  #setHours(name: string, use: Expr, scope: Scope): Value | undefined {
    const fn = scope.site.function;
    let last: Call | undefined;
    for (const method of ['setHours', 'setUTCHours']) {
      for (const { call, site } of this.functions.callsNamed(method)) {
        const { callee } = call;
        if (site.function !== fn || callee.kind !== 'member' || callee.object.kind !== 'name' || callee.object.name !== name) { continue; }
        if (call.end <= use.start && (last === undefined || call.start > last.start)) { last = call; }
      }
    }
    if (last === undefined || last.callee.kind !== 'member') { return undefined; }
    const call = last;
    return setTime(last.callee.property, {
      call, argument: (position) => { const passed = argumentExpr(call, position); return passed === undefined ? undefined : this.read(passed, scope); },
      expr: (position) => argumentExpr(call, position), option: () => undefined, hasOption: () => false, sought: () => undefined,
    });
  }

  #classNamed(expr: Expr, site: NameSite): ClassModel | undefined {
    if (expr.kind !== 'name') { return undefined; }
    const declared = definitionsOf(this.model, expr.name, site, expr.start).find((definition) => definition.declared?.kind === 'class')?.declared;
    return declared === undefined ? undefined : this.model.classes[declared.index];
  }

  #attribute(cls: ClassModel, attribute: string, use: Expr, scope: Scope): Value | undefined {
    const method = attributeDefinitions(this.model, cls, attribute).find((definition) => definition.declared?.kind === 'function')?.declared;
    if (method === undefined) { return this.#resolver.attribute(cls, attribute, use, scope); }
    const fn = this.model.functions[method.index];
    return fn !== undefined && this.functions.isProperty(fn) ? this.#inline(fn, undefined, scope) : undefined;
  }

  #call(call: Call, scope: Scope): Value | undefined {
    const argument = (position: number, name?: string): Value | undefined => {
      const passed = argumentExpr(call, position, name);
      return passed === undefined ? undefined : this.read(passed, scope);
    };
    const field = (position: number, key: string): Placed | undefined => {
      const object = argumentExpr(call, position);
      return object === undefined ? undefined : fieldOf(this.model, { kind: 'member', start: object.start, end: object.end, object, property: key, propertySpan: object }, scope.site);
    };
    const view: CallView = {
      call, argument, expr: (position, name) => argumentExpr(call, position, name),
      option: (position, key) => { const placed = field(position, key); return placed === undefined ? undefined : this.read(placed.expr, { ...scope, site: placed.site }); },
      hasOption: (position, key) => field(position, key) !== undefined,
      sought: (position, key) => {
        const callback = argumentExpr(call, position);
        const other = callback?.kind === 'lambda' ? this.functions.comparedWith(this.model.functions[callback.function], key) : undefined;
        return other === undefined ? undefined : this.read(other.expr, { ...scope, site: other.site });
      },
    };
    const qualified = qualifiedName(this.model, call.callee, scope.site);
    const known = qualified === undefined ? undefined : this.#script ? scriptCall(qualified, view) : mqlCall(qualified, view) ?? knownCall(qualified, view);
    if (known !== undefined) { return known; }
    if (call.callee.kind === 'member') {
      const base = this.read(call.callee.object, scope);
      const value = (this.#script ? scriptMethod(base, call.callee.property, view) : undefined) ?? methodOf(base, call.callee.property, view)
        ?? (base === undefined ? convertedUnknown(timeName(call.callee.object), call.callee.property, view) : undefined);
      if (value !== undefined) { return value; }
    }
    const looked = this.#lookedUp(call, view);
    if (looked !== undefined) { return looked; }
    const fn = this.functions.calledFunction(call, scope.site);
    if (fn !== undefined) { return this.#inline(fn, { call, scope }, scope); }
    const last = lastName(call.callee) ?? '';
    const [first] = call.args;
    const passed = first === undefined || call.args.length > 2 ? undefined : argument(0) ?? argument(1);
    // `parse(self.config.flatten_time)`: still that deadline, whatever its type.
    if (passed?.kind === 'scalar' && passed.opaque === true) { return passed; }
    return assumedByName(last, call);
  }

  /** `cfg.get("flatten_time", "16:59")`, `getattr(config, "flatten_time", "16:59")`: the default, else the name. */
  #lookedUp(call: Call, view: CallView): Value | undefined {
    const name = lastName(call.callee);
    const at = name === 'get' && call.callee.kind === 'member' ? 0 : name === 'getattr' && call.callee.kind === 'name' ? 1 : undefined;
    const key = at === undefined ? undefined : constantOf(view.argument(at));
    if (at === undefined || typeof key !== 'string') { return undefined; }
    const value = view.argument(at + 1, 'default');
    return value?.kind === 'scalar' ? withName(value, key) : named(key);
  }

  /** What a function of this file returns, with the arguments of a call. */
  #inline(fn: FunctionModel, from: { readonly call: Call; readonly scope: Scope } | undefined, scope: Scope): Value | undefined {
    if (fn.generator || fn.body.length > 40) { return undefined; }
    const parameters = new Map<string, Value | undefined>();
    for (const parameter of fn.parameters) {
      const passed = from === undefined ? undefined : this.functions.argumentFor(fn, parameter, from.call);
      const value = passed !== undefined && from !== undefined ? this.read(passed, { ...from.scope, depth: scope.depth + 1 }) : undefined;
      if (value !== undefined) { parameters.set(parameter.name, value); }
      else if (parameter.default !== undefined) { parameters.set(parameter.name, this.read(parameter.default, { site: {}, depth: scope.depth })); }
    }
    return this.#returned(fn.body, { site: this.functions.siteIn(fn), parameters, depth: scope.depth + 2 });
  }

  #returned(body: readonly Stmt[], scope: Scope): Value | undefined {
    if (scope.depth > MAX_DEPTH) { return undefined; }
    for (let i = 0; i < body.length; i++) {
      const statement = body[i]!;
      if (statement.kind === 'return') { return statement.value === undefined ? undefined : this.read(statement.value, scope); }
      if (statement.kind === 'if' && this.functions.returns(statement)) {
        const deeper = { ...scope, depth: scope.depth + 1 };
        const rest = (own: readonly Stmt[]): Value | undefined => this.#returned([...own, ...body.slice(i + 1)], deeper);
        let value = rest(statement.else);
        for (const branch of [...statement.branches].reverse()) {
          value = marked(choose(this.read(branch.test, scope), rest(branch.body), value), branch.test);
        }
        return value;
      }
      if (statement.kind === 'try') {
        const main = this.#returned([...statement.body, ...statement.else], { ...scope, depth: scope.depth + 1 });
        if (main === undefined) { continue; }
        const others = statement.handlers.map((handler) => this.#returned(handler.body, { ...scope, depth: scope.depth + 1 }));
        return others.reduce<Value | undefined>((value, other) => (other === undefined ? value : either(value, other)), main);
      }
      if (statement.kind === 'with') {
        const value = this.#returned(statement.body, { ...scope, depth: scope.depth + 1 });
        if (value !== undefined) { return value; }
      }
    }
    return undefined;
  }
}

// -------------------------------------------------------------------- helpers

/** The name of a time: `bar.timestamp`, `frame.index` of `frame.index[-1]`, `get_time` of a call. */
function timeName(expr: Expr): string | undefined {
  return lastName(expr.kind === 'index' ? expr.object : expr);
}

function literalValue(literal: Literal): Value | undefined {
  const origins = [{ start: literal.start, end: literal.end }];
  if (typeof literal.value === 'number') { return constant('number', literal.value, origins); }
  if (typeof literal.value === 'string') { return constant('text', literal.value, origins); }
  return typeof literal.value === 'boolean' ? constant('boolean', literal.value) : undefined;
}

/** Remembers the comparison a condition came from. */
function tested(value: Value | undefined, at: Span): Value | undefined {
  return value?.kind === 'scalar' && value.unit === 'boolean' ? { ...value, tests: [{ start: at.start, end: at.end }] } : value;
}

/** A clock made by this expression is rooted in it: `utcnow() - timedelta(hours=5)`. */
function rooted(value: Value | undefined, from: Value, at: Span): Value | undefined {
  if (value?.kind !== 'moment' && value?.kind !== 'epoch') { return value; }
  if (from.kind !== value.kind || from.clock === value.clock || value.clock.kind !== 'fixed') { return value; }
  return { ...value, clock: { ...value.clock, root: { start: at.start, end: at.end } } };
}
