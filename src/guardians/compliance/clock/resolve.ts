/**
 * Names to values: which definition holds where a name is used, what a parameter is called with, what an attribute is set
 * to. Branches are joined the way the code chooses between them.
 */
import type { ClassModel, Expr, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { siteOf } from '../../../core/source/names.ts';
import { attributeDefinitions } from '../../../core/source/scope.ts';
import type { Definition, NameSite } from '../../../core/source/scope.ts';
import { unwrapped } from '../named.ts';
import { blocksOf, commonBlock, encloses, holderIn, within } from './flow.ts';
import type { Block } from './flow.ts';
import type { Functions } from './functions.ts';
import { filled } from './mql5.ts';
import { choose, either } from './scalars.ts';
import { constantOf, DAY_SECONDS } from './value.ts';
import type { Answer, Moment, Scalar, Value } from './value.ts';

/** Where an expression is read: its site, and the values of the parameters of an inlined function. */
export interface Scope {
  readonly site: NameSite;
  readonly parameters?: ReadonlyMap<string, Value | undefined>;
  readonly depth: number;
}

/** Longest chain of expressions, names and calls that is followed: real code needs about 15. */
export const MAX_DEPTH = 48;

/** Resolves the names of one file; expressions are read by the evaluator it belongs to. */
export class Resolver {
  readonly #model: SourceModel;
  readonly #functions: Functions;
  readonly #blocks: ReadonlyMap<Stmt, Block>;
  readonly #read: (expr: Expr, scope: Scope) => Value | undefined;

  constructor(model: SourceModel, functions: Functions, read: (expr: Expr, scope: Scope) => Value | undefined) {
    this.#model = model;
    this.#functions = functions;
    this.#blocks = blocksOf(model);
    this.#read = read;
  }

  /** The definition that holds where a name is used. */
  resolve(all: readonly Definition[], use: Span, scope: Scope): Value | undefined {
    // `MqlDateTime dt;` says nothing of the time it will hold.
    const definitions = this.#model.language === 'mql5' ? all.filter((definition) => definition.value !== undefined || definition.op !== undefined || definition.statement === undefined) : all;
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
      const inner = this.#functions.bodyAround(around, place);
      if (inner === undefined) { return found; }
      statements = inner;
    }
  }

  /** The value a name has just before `position`, in a block: the last assignment that has surely run, and branches after it. */
  #before(definitions: readonly Definition[], position: number, block: Block | undefined, scope: Scope): Value | undefined {
    if (scope.depth > MAX_DEPTH) { return undefined; }
    let last: Definition | undefined;
    for (const definition of definitions) {
      if (this.#movesByDays(definition, scope)) { continue; }
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

  /** `target += timedelta(days=1)` leaves the time of day as it is. */
  #movesByDays(definition: Definition, scope: Scope): boolean {
    if (definition.op === undefined || definition.value === undefined) { return false; }
    const by = this.#read(definition.value, { site: siteOf(definition), depth: scope.depth + 1 });
    const seconds = by?.kind === 'scalar' && by.unit === 'span' ? constantOf(by) : undefined;
    return typeof seconds === 'number' && seconds % DAY_SECONDS === 0;
  }

  #branched(holder: Stmt, inside: (body: readonly Stmt[]) => Value | undefined, before: () => Value | undefined, last: Definition, scope: Scope): Value | undefined {
    if (holder.kind === 'if') {
      const [only] = holder.branches;
      // `if now is None: now = datetime.now(ET)`: the default of a parameter.
      if (only !== undefined && holder.branches.length === 1 && holder.else.length === 0 && asksForNone(only.test)) { return inside(only.body); }
      let value = holder.else.length > 0 ? inside(holder.else) : before();
      for (const branch of [...holder.branches].reverse()) {
        value = marked(choose(this.#read(branch.test, scope), inside(branch.body), value), branch.test);
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
    const site = siteOf(definition);
    if (definition.op === '&' && statement !== undefined) {
      return filled(statement, target, (expr) => this.#read(expr, { ...scope, site }));
    }
    if (definition.op !== undefined) { return undefined; }
    const inner: Scope = scope.parameters !== undefined && site.function === scope.site.function ? scope : { site, depth: scope.depth };
    if (value !== undefined) { return this.#read(unwrapped(value, this.#model), inner); }
    // `hour, minute = map(int, "16:59".split(":"))`: no value of its own, but a place in the whole.
    const position = statement?.kind === 'assign' ? tuplePosition(statement.targets, target) : undefined;
    const whole = statement?.kind === 'assign' && position !== undefined && statement.value !== undefined ? this.#read(statement.value, inner) : undefined;
    return position !== undefined && whole?.kind === 'scalar' && whole.unit === 'tuple' ? elementOf(whole, position) : undefined;
  }

  /** A parameter whose every call in this file passes the same clock. */
  argument(definition: Definition, scope: Scope): Value | undefined {
    const { parameter, function: fn } = definition;
    if (parameter === undefined || fn === undefined) { return undefined; }
    let found: Value | undefined;
    for (const call of this.#functions.callsOf(fn)) {
      const passed = this.#functions.argumentFor(fn, parameter, call.call);
      const value = passed === undefined ? undefined : this.#read(passed, { site: call.site, depth: scope.depth + 4 });
      if (value === undefined || (found !== undefined && !alike(found, value))) { return undefined; }
      found = value;
    }
    if (found !== undefined) { return found; }
    return parameter.default === undefined ? undefined : this.#read(parameter.default, { site: siteOf(definition), depth: scope.depth });
  }

  /** What an attribute of a class is set to; undefined where its methods set it to different things. */
  attribute(cls: ClassModel, attribute: string, use: Expr, scope: Scope): Value | undefined {
    const all = attributeDefinitions(this.#model, cls, attribute);
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
}

/** One element of a tuple. */
export function elementOf(tuple: Scalar, position: number): Scalar {
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
export function withName(value: Value, name: string): Value {
  if (value.kind === 'scalar' || (value.kind === 'moment' && value.fixed)) { return { ...value, names: [...value.names, name] }; }
  return value;
}

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

/** Remembers where a choice by date was made. */
export function marked(value: Value | undefined, at: Span): Value | undefined {
  const span = { start: at.start, end: at.end };
  if (value?.kind === 'scalar' && value.dated && value.chosenAt === undefined) { return { ...value, chosenAt: span }; }
  if ((value?.kind === 'zone' || value?.kind === 'moment') && value.clock.kind === 'guessed') { return { ...value, clock: { ...value.clock, root: span } }; }
  return value;
}
