/**
 * Reads an expression as a value on a clock: through names, attributes, helper functions and configuration fields of the
 * same file. What cannot be proven is undefined, and stays unreported.
 */
import type { Call, ClassModel, Expr, FunctionModel, Literal, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { fold } from '../../../core/source/fold.ts';
import { qualifiedName, siteOf } from '../../../core/source/names.ts';
import { attributeDefinitions, definitionsOf, receiverClass } from '../../../core/source/scope.ts';
import type { Definition, NameSite } from '../../../core/source/scope.ts';
import { deadlineName, hasWord, saysNewYork, saysServer, saysUtc, wordsOf } from '../words.ts';
import { attributeOf, methodOf, wholeNumbers } from './members.ts';
import { Functions } from './functions.ts';
import { knownCall, knownName } from './library.ts';
import { blocksOf, commonBlock, encloses, holderIn, within } from './flow.ts';
import type { Block } from './flow.ts';
import { arithmetic, choose, compareValues, either, logic, negate, opaqueNamed, truthOf } from './scalars.ts';
import { constant, constantOf, secondsOfText } from './value.ts';
import type { Answer, Moment, Scalar, Value } from './value.ts';
import { newYork, utc } from './zones.ts';

/** Longest chain of expressions, names and calls that is followed: real code needs about 15. */
const MAX_DEPTH = 48;
/** Most expressions one question may look at. */
const MAX_STEPS = 4_000;

/** Where an expression is read: its site, and the values of the parameters of an inlined function. */
export interface Scope {
  readonly site: NameSite;
  readonly parameters?: ReadonlyMap<string, Value | undefined>;
  readonly depth: number;
}

/** Reads the expressions of one file. Answers are remembered: an expression means the same wherever it is asked from. */
export class Evaluator {
  readonly model: SourceModel;
  readonly functions: Functions;
  readonly #known = new Map<Expr, Value | null>();
  readonly #blocks: ReadonlyMap<Stmt, Block>;
  #steps = 0;

  constructor(model: SourceModel) {
    this.model = model;
    this.functions = new Functions(model);
    this.#blocks = blocksOf(model);
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
      value = rooted(arithmetic(ops[i] ?? '', value, right), value, expr);
    }
    return value;
  }

  #compare(ops: readonly string[], operands: readonly Expr[], scope: Scope): Value | undefined {
    if (operands.length > 8) { return undefined; }
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
    const value = this.#resolve(definitions, expr, scope);
    if (value !== undefined) { return withName(value, name); }
    if (definitions.length > 0 && definitions.every((definition) => definition.parameter !== undefined && definition.statement === undefined)) {
      const argument = this.#argument(definitions[0]!, scope);
      if (argument !== undefined) { return withName(argument, name); }
    }
    return assumedByName(name, expr) ?? named(name);
  }

  /** The definition that holds where a name is used. */
  #resolve(definitions: readonly Definition[], use: Span, scope: Scope): Value | undefined {
    const first = definitions[0];
    if (first === undefined) { return undefined; }
    const home = first.function;
    if (definitions.some((definition) => definition.function !== home)) { return undefined; }
    const inside = home !== undefined && within(use, home) && scope.site.function === home;
    const useBlock = inside ? this.#blockAt(home.body, use) : undefined;
    const position = inside ? use.start : Number.POSITIVE_INFINITY;
    const body = useBlock ?? this.#rootBlock(definitions);
    return this.#before(definitions, position, body, scope);
  }

  #rootBlock(definitions: readonly Definition[]): Block | undefined {
    for (const { statement } of definitions) {
      let block = statement === undefined ? undefined : this.#blocks.get(statement);
      while (block?.parent !== undefined) { block = block.parent; }
      if (block !== undefined) { return block; }
    }
    return undefined;
  }

  /** The innermost block that holds a place. */
  #blockAt(body: readonly Stmt[], place: Span): Block | undefined {
    let found: Block | undefined;
    let statements: readonly Stmt[] = body;
    for (;;) {
      const around = statements.find((statement) => within(place, statement));
      if (around === undefined) { return found ?? (body[0] === undefined ? undefined : this.#blocks.get(body[0])); }
      found = this.#blocks.get(around);
      const inner = this.functions.bodyAround(around, place);
      if (inner === undefined) { return found; }
      statements = inner;
    }
  }

  /** The value a name has just before `position`, in a block: the last assignment that has surely run, and branches after it. */
  #before(definitions: readonly Definition[], position: number, block: Block | undefined, scope: Scope): Value | undefined {
    if (scope.depth > MAX_DEPTH) { return undefined; }
    let last: Definition | undefined;
    for (const definition of definitions) {
      const start = definition.statement?.start;
      if (start === undefined || start >= position || (definition.statement?.end ?? 0) > position) {
        if (start === undefined || start >= position || !isCompound(definition.statement)) { continue; }
      }
      if (last?.statement === undefined || start > last.statement.start) { last = definition; }
    }
    if (last?.statement === undefined) { return undefined; }
    const home = this.#blocks.get(last.statement);
    if (home === undefined || block === undefined || encloses(home, block)) { return this.#definition(last, scope); }
    const shared = commonBlock(home, block);
    const holder = shared === undefined ? undefined : holderIn(shared, home, last.statement);
    if (holder === undefined || shared === undefined) { return this.#definition(last, scope); }
    const deeper = { ...scope, depth: scope.depth + 1 };
    const before = (): Value | undefined => this.#before(definitions, holder.start, shared, deeper);
    const inside = (body: readonly Stmt[]): Value | undefined => {
      const own = definitions.filter(({ statement }) => statement !== undefined && body.some((around) => within(statement, around)));
      const end = body[body.length - 1]?.end ?? 0;
      return own.length === 0 ? before() : this.#before(own, end + 1, body[0] === undefined ? undefined : this.#blocks.get(body[0]), deeper);
    };
    return this.#branched(holder, inside, before, last, deeper);
  }

  #branched(holder: Stmt, inside: (body: readonly Stmt[]) => Value | undefined, before: () => Value | undefined, last: Definition, scope: Scope): Value | undefined {
    if (holder.kind === 'if') {
      const [only] = holder.branches;
      // `if now is None: now = datetime.now(ET)`: the default of a parameter.
      if (only !== undefined && holder.branches.length === 1 && holder.else.length === 0 && asksForNone(only.test)) { return inside(only.body); }
      let value = holder.else.length > 0 ? inside(holder.else) : before();
      for (const branch of [...holder.branches].reverse()) {
        value = marked(choose(this.read(branch.test, scope), inside(branch.body), value), branch.test);
      }
      return value;
    }
    if (holder.kind === 'try') {
      const main = inside(holder.body);
      const others = holder.handlers.map((handler) => inside(handler.body));
      return others.reduce<Value | undefined>((value, other) => (other === undefined ? value : either(value, other)), main);
    }
    return this.#definition(last, scope);
  }

  #definition(definition: Definition, scope: Scope): Value | undefined {
    const { value, statement, target } = definition;
    if (definition.op !== undefined) { return undefined; }
    const site = siteOf(definition);
    const inner: Scope = scope.parameters !== undefined && site.function === scope.site.function ? scope : { site, depth: scope.depth };
    if (value !== undefined) { return this.read(value, inner); }
    // `hour, minute = map(int, "16:59".split(":"))`: no value of its own, but a place in the whole.
    const position = statement?.kind === 'assign' ? tuplePosition(statement.targets, target) : undefined;
    const whole = statement?.kind === 'assign' && position !== undefined && statement.value !== undefined ? this.read(statement.value, inner) : undefined;
    return position !== undefined && whole?.kind === 'scalar' && whole.unit === 'tuple' ? elementOf(whole, position) : undefined;
  }

  /** A parameter whose every call in this file passes the same clock. */
  #argument(definition: Definition, scope: Scope): Value | undefined {
    const { parameter, function: fn } = definition;
    if (parameter === undefined || fn === undefined) { return undefined; }
    let found: Value | undefined;
    for (const call of this.functions.callsOf(fn)) {
      const passed = this.functions.argumentFor(fn, parameter, call.call);
      const value = passed === undefined ? undefined : this.read(passed, { site: call.site, depth: scope.depth + 4 });
      if (value === undefined || (found !== undefined && !alike(found, value))) { return undefined; }
      found = value;
    }
    if (found !== undefined) { return found; }
    return parameter.default === undefined ? undefined : this.read(parameter.default, { site: siteOf(definition), depth: scope.depth });
  }

  // --------------------------------------------------------- members and calls

  #member(object: Expr, property: string, expr: Expr, scope: Scope): Value | undefined {
    const known = knownName(qualifiedName(this.model, expr, scope.site), expr);
    if (known !== undefined) { return known; }
    const base = this.read(object, scope);
    if (base !== undefined && !(base.kind === 'scalar' && base.opaque === true)) { return attributeOf(base, property, expr); }
    const cls = receiverClass(this.model, object, scope.site) ?? this.#classNamed(object, scope.site);
    if (cls !== undefined) { return this.#attribute(cls, property, expr, scope) ?? assumedByName(property, expr) ?? named(property); }
    const field = this.functions.configField(object, property, scope.site);
    const value = field === undefined ? undefined : this.#attribute(field, property, expr, scope);
    if (value !== undefined) { return value; }
    const raw = attributeOf(undefined, property, expr);
    return raw ?? assumedByName(property, expr) ?? named(property);
  }

  #classNamed(expr: Expr, site: NameSite): ClassModel | undefined {
    if (expr.kind !== 'name') { return undefined; }
    const declared = definitionsOf(this.model, expr.name, site).find((definition) => definition.declared?.kind === 'class')?.declared;
    return declared === undefined ? undefined : this.model.classes[declared.index];
  }

  #attribute(cls: ClassModel, attribute: string, use: Expr, scope: Scope): Value | undefined {
    const all = attributeDefinitions(this.model, cls, attribute);
    const property = all.find((definition) => definition.declared?.kind === 'function');
    if (property?.declared !== undefined) {
      const fn = this.model.functions[property.declared.index];
      return fn !== undefined && this.functions.isProperty(fn) ? this.#inline(fn, undefined, scope) : undefined;
    }
    const written = all.filter((definition) => definition.value !== undefined && !isPlaceholder(definition.value));
    const home = written[0]?.function;
    if (written.length > 1 && written.every((definition) => definition.function === home)) {
      // `self.close_at = …` in the method that uses it: what stands before the use counts.
      const inside = home !== undefined && scope.site.function === home && within(use, home);
      const block = inside ? this.#blockAt(home.body, use) : this.#rootBlock(written);
      const value = this.#before(written, inside ? use.start : Number.POSITIVE_INFINITY, block, scope);
      return value === undefined ? undefined : withName(value, attribute);
    }
    let found: Value | undefined;
    for (const definition of written) {
      const value = this.#definition(definition, { site: siteOf(definition), depth: scope.depth });
      if (value === undefined || (found !== undefined && !alike(found, value))) { return undefined; }
      found = value;
    }
    return found === undefined ? undefined : withName(found, attribute);
  }

  #call(call: Call, scope: Scope): Value | undefined {
    const argument = (position: number, name?: string): Value | undefined => {
      const passed = argumentExpr(call, position, name);
      return passed === undefined ? undefined : this.read(passed, scope);
    };
    const qualified = qualifiedName(this.model, call.callee, scope.site);
    if (qualified !== undefined) {
      const value = knownCall(qualified, { call, argument, expr: (position, name) => argumentExpr(call, position, name) });
      if (value !== undefined) { return value; }
    }
    if (call.callee.kind === 'member') {
      const base = this.read(call.callee.object, scope);
      const value = methodOf(base, call.callee.property, { call, argument, expr: (position, name) => argumentExpr(call, position, name) });
      if (value !== undefined) { return value; }
    }
    const fn = this.functions.calledFunction(call, scope.site);
    if (fn !== undefined) { return this.#inline(fn, { call, scope }, scope); }
    const last = call.callee.kind === 'member' ? call.callee.property : call.callee.kind === 'name' ? call.callee.name : '';
    const [first] = call.args;
    const passed = first === undefined || call.args.length > 2 ? undefined : argument(0) ?? argument(1);
    // `parse(self.config.flatten_time)`: still that deadline, whatever its type.
    if (passed?.kind === 'scalar' && passed.opaque === true) { return passed; }
    return assumedByName(last, call);
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

  /** A constant the time model does not know (an f-string, `"16" + ":59"`), by the general folding. */
  constantText(expr: Expr, site: NameSite): string | undefined {
    const folded = fold(this.model, expr, site);
    return typeof folded?.value === 'string' ? folded.value : undefined;
  }
}

// -------------------------------------------------------------------- helpers

function literalValue(literal: Literal): Value | undefined {
  const origins = [{ start: literal.start, end: literal.end }];
  if (typeof literal.value === 'number') { return constant('number', literal.value, origins); }
  if (typeof literal.value === 'string') { return constant('text', literal.value, origins); }
  return typeof literal.value === 'boolean' ? constant('boolean', literal.value) : undefined;
}

/** An argument by position or keyword; undefined behind `*args`. */
export function argumentExpr(call: Call, position: number, name?: string): Expr | undefined {
  const keyword = name === undefined ? undefined : call.args.find((argument) => argument.name === name);
  if (keyword !== undefined) { return keyword.value; }
  const positional = call.args.filter((argument) => argument.name === undefined);
  const found = positional[position];
  return positional.slice(0, position + 1).some((argument) => argument.spread !== undefined) ? undefined : found?.value;
}

function elementOf(tuple: Scalar, position: number): Scalar {
  return {
    ...tuple, unit: 'number',
    at: (moment) => { const all = tuple.at(moment); return Array.isArray(all) ? (all as readonly Answer[])[position] : undefined; },
  };
}

/** Which element of `a, b = …` a target is. */
function tuplePosition(targets: readonly Expr[], target: Expr): number | undefined {
  for (const candidate of targets) {
    if (candidate.kind !== 'collection') { continue; }
    const position = candidate.items.findIndex((item) => item.start === target.start);
    if (position >= 0) { return position; }
  }
  return undefined;
}

/** Adds the name a constant came through; what reads a clock keeps its own. */
function withName(value: Value, name: string): Value {
  if (value.kind === 'scalar' || (value.kind === 'moment' && value.fixed)) { return { ...value, names: [...value.names, name] }; }
  return value;
}

/** A value nobody can resolve, whose name still says that it is a deadline. */
function named(name: string): Value | undefined {
  const meaning = deadlineName(name);
  return meaning === 'flat' || meaning === 'end' ? opaqueNamed(name) : undefined;
}

/** A clock nobody can resolve, whose name says which it is: `now_et`, `utc_now`, `server_time`. */
function assumedByName(name: string, at: Span): Moment | undefined {
  const words = wordsOf(name);
  if (!hasWord(words, CLOCK_WORDS) || hasWord(words, FIXED_WORDS) || deadlineName(name) !== undefined) { return undefined; }
  const clock = saysNewYork(name) ? newYork(at, 'assumed') : saysUtc(name) ? { ...utc(at), how: 'assumed' as const } : saysServer(name) ? { kind: 'server' as const, root: at } : undefined;
  if (clock === undefined) { return undefined; }
  return { kind: 'moment', clock, aware: true, fixed: false, dated: false, second: (moment) => moment.second, origins: [], names: [] };
}

const CLOCK_WORDS: ReadonlySet<string> = new Set(['now', 'time', 'clock', 'dt', 'datetime', 'ts', 'timestamp', 'current', 'et', 'ny', 'nyc', 'est']);
const FIXED_WORDS: ReadonlySet<string> = new Set(['zone', 'tz', 'timezone', 'offset', 'open', 'start', 'last', 'entry', 'close', 'end', 'session', 'hour', 'minute', 'min', 'date', 'day', 'frame', 'in', 'to']);

function isPlaceholder(expr: Expr): boolean {
  return expr.kind === 'literal' && (expr.type === 'none' || expr.type === 'boolean');
}

/** `x is None`, `not x`. */
function asksForNone(test: Expr): boolean {
  if (test.kind === 'unary') { return test.op === 'not' && test.operand.kind === 'name'; }
  const last = test.kind === 'compare' ? test.operands[1] : undefined;
  return test.kind === 'compare' && test.ops[0] === 'is' && last?.kind === 'literal' && last.type === 'none';
}

function isCompound(statement: Stmt | undefined): boolean {
  return statement?.kind === 'if' || statement?.kind === 'try' || statement?.kind === 'with' || statement?.kind === 'loop';
}

/** Same clock, same constant: good enough to be one value. */
function alike(a: Value, b: Value): boolean {
  if (a.kind !== b.kind) { return false; }
  if (a.kind === 'scalar' && b.kind === 'scalar') {
    const [x, y] = [constantOf(a), constantOf(b)];
    return x !== undefined ? x === y : a.unit === b.unit && a.clock?.kind === b.clock?.kind && a.clock?.zone === b.clock?.zone && a.clock?.offset === b.clock?.offset && a.origins.length === 0 && b.origins.length === 0;
  }
  const [x, y] = [(a as Moment).clock, (b as Moment).clock];
  return x.kind === y.kind && x.zone === y.zone && x.offset === y.offset && x.kind !== 'guessed';
}

/** Remembers the comparison a condition came from. */
function tested(value: Value | undefined, at: Span): Value | undefined {
  return value?.kind === 'scalar' && value.unit === 'boolean' ? { ...value, tests: [{ start: at.start, end: at.end }] } : value;
}

/** Remembers where a choice by date was made. */
function marked(value: Value | undefined, at: Span): Value | undefined {
  const span = { start: at.start, end: at.end };
  if (value?.kind === 'scalar' && value.dated && value.chosenAt === undefined) { return { ...value, chosenAt: span }; }
  if ((value?.kind === 'zone' || value?.kind === 'moment') && value.clock.kind === 'guessed') { return { ...value, clock: { ...value.clock, root: span } }; }
  return value;
}

/** A clock made by this expression is rooted in it: `utcnow() - timedelta(hours=5)`. */
function rooted(value: Value | undefined, from: Value, at: Span): Value | undefined {
  if (value?.kind !== 'moment' && value?.kind !== 'epoch') { return value; }
  if (from.kind !== value.kind || from.clock === value.clock || value.clock.kind !== 'fixed') { return value; }
  return { ...value, clock: { ...value.clock, root: { start: at.start, end: at.end } } };
}

/** Seconds after midnight of a text constant, for `strptime` and the like. */
export function clockText(value: Value | undefined): number | undefined {
  const answer = constantOf(value);
  return typeof answer === 'string' ? secondsOfText(answer) : undefined;
}
