/**
 * The small facts about protections that stay of a function: its order sites, the conditions each of its calls stands
 * under, what its answer says, what it raises for. The link step puts them together across files.
 */
import { functionSite, statementsOf, type Definition, type NameSite } from '../meaning/bindings.ts';
import { settled } from '../meaning/held.ts';
import { ModelFact, PerModel } from '../meaning/per-model.ts';
import { wordsOf } from '../meaning/words.ts';
import type { Call, Expr, FunctionModel, SourceModel, Span, Stmt } from '../model.ts';
import { rolesOf } from '../roles.ts';
import { definitionsOf, receiverClass } from '../scope.ts';
import { rangeOf } from '../text.ts';
import { expressionsOf, walkExpression } from '../walk.ts';
import type { Ref } from '../link/ref.ts';
import type { Gate, OrderSite, ProtectionFacts } from '../link/summary.ts';
import { lastName } from '../meaning/annotations.ts';
import { askedOf, BeforeEach, type Asked, type Before } from './before.ts';
import { leavesOf, wordsOfNames, type Context, type Leaf } from './gates.ts';
import { kindsNamed, namesCheck, TRADING_TEXT } from './kinds.ts';
import { reduces } from './exits.ts';
import { orderRequest } from './requests.ts';
import { isRoute, routeHandlers } from './routes.ts';
import { capsIn, mayBeSize, mayCap } from './sizes.ts';
import { offSwitch, type Switch } from './switches.ts';

/** Gates kept of one function; code with more of them is generated. */
const MAX_GATES = 120;
const MAX_TEXT = 60;

const trading = new ModelFact<boolean>();

/** True for a file that may have to do with trading at all: nobody looks for protections in others. */
export function mayTrade(model: SourceModel): boolean {
  let known = trading.get(model);
  if (known === undefined) {
    known = TRADING_TEXT.test(model.source.text);
    trading.set(model, known);
  }
  return known;
}

/** Finds the reference of what is called or read, if it may lead into the project. */
export type Refer = (expr: Expr, site: NameSite) => Ref | undefined;

/** A gate as long as its calls are not numbered yet. */
interface Draft {
  readonly leaf: Leaf;
  readonly gate: Gate;
}

const bodies = new PerModel<readonly Stmt[], BeforeEach>();

function beforeEach(model: SourceModel, body: readonly Stmt[]): BeforeEach {
  const table = bodies.of(model);
  let known = table.get(body);
  if (known === undefined) {
    known = new BeforeEach(body);
    table.set(body, known);
  }
  return known;
}

/** Collects the facts of one function, or of the module's own code, while its calls are being collected. */
export class ProtectionCollector {
  readonly #model: SourceModel;
  readonly #fn: FunctionModel | undefined;
  readonly #body: readonly Stmt[];
  readonly #site: NameSite;
  readonly #refer: Refer;
  readonly #context: Context;
  readonly #drafts: Draft[] = [];
  readonly #byPlace = new Map<string, number>();
  /** Gates by what was asked: chains share their earlier part. */
  readonly #ofAsked = new Map<Asked, readonly number[]>();
  readonly #whenTrue = new Map<Expr, readonly number[]>();
  readonly #whenFalse = new Map<Expr, readonly number[]>();
  readonly #routes: Ref[] = [];
  readonly #sites: { readonly call: Call; readonly name: string; readonly under: readonly number[] }[] = [];

  constructor(model: SourceModel, fn: FunctionModel | undefined, body: readonly Stmt[], refer: Refer) {
    this.#model = model;
    this.#fn = fn;
    this.#body = body;
    this.#site = fn === undefined ? {} : functionSite(model, fn);
    this.#refer = refer;
    this.#context = { model, branchesAround: (definition) => branchesAround(model, definition) };
  }

  /** Gates that a place stands under. */
  under(statement: Stmt, at: Span): readonly number[] {
    return this.#gatesBefore(beforeEach(this.#model, this.#body).at(statement, at));
  }

  /** Gates of a call: those of its place, and the limits its arguments were cut to. */
  underCall(statement: Stmt, call: Call, order = false): readonly number[] {
    const given = !mayCap(this.#model) ? [] : order ? call.args : call.args.filter(mayBeSize);
    const sizes = given.length === 0 ? [] : capsIn(this.#model, given.map(({ name, value }) => ({ expr: value, around: name === undefined ? NO_WORDS : new Set(wordsOf(name)) })), this.#site);
    return merged(this.under(statement, call), this.#add(sizes));
  }

  /** Takes note of an order site, unless the order closes or reduces, and of a route. */
  call(statement: Stmt, call: Call, submits: boolean): void {
    for (const handler of routeHandlers(call)) {
      const ref = this.#refer(handler, this.#site);
      if (ref !== undefined) { this.#routes.push(ref); }
    }
    const name = submits ? lastName(call.callee) ?? 'order' : orderRequest(call);
    if (name === undefined || reduces(this.#model, this.#fn, call, this.#site)) { return; }
    this.#sites.push({ call, name, under: this.underCall(statement, call, true) });
  }

  #gatesBefore(before: Before): readonly number[] {
    let gates: readonly number[] = NONE;
    for (const asked of askedOf(before)) { gates = merged(gates, this.#gatesOf(asked)); }
    return gates;
  }

  #gatesOf(asked: Asked): readonly number[] {
    let known = this.#ofAsked.get(asked);
    if (known === undefined) {
      const idle = this.#idle(asked.within ?? []);
      known = asked.kind === 'test' ? this.#tested(asked.test, asked.taken, idle)
        : this.#add(asked.kind === 'call' ? raisedBy(this.#model, asked.test, this.#site) : this.#cut(asked));
      this.#ofAsked.set(asked, known);
    }
    return known;
  }

  /** The size that a branch has cut to its limit. */
  #cut({ test, taken }: Asked): readonly Leaf[] {
    return leavesOf(this.#context, test, taken, this.#site).filter((leaf) => leaf.kinds.includes('size')).map((leaf) => ({ ...leaf, kinds: ['size'] }));
  }

  /** The first switch among conditions around an exit that is not on by default; each has to turn out the other way for the exit to be asked. */
  #idle(around: readonly Asked[]): Switch | undefined {
    for (const { kind, test, taken } of around) {
      const off = kind === 'test' ? offSwitch(this.#model, test, !taken, this.#site) : undefined;
      if (off !== undefined) { return off; }
    }
    return undefined;
  }

  /** Gates of a condition of this function, for one of its outcomes; `idle` is a switch around it that is off. */
  #tested(test: Expr, taken: boolean, idle?: Switch): readonly number[] {
    if (idle !== undefined) { return this.#add(leavesOf(this.#context, test, taken, this.#site).map((leaf) => ({ only: idle, ...leaf }))); }
    const table = taken ? this.#whenTrue : this.#whenFalse;
    let known = table.get(test);
    if (known === undefined) {
      known = this.#add(leavesOf(this.#context, test, taken, this.#site));
      table.set(test, known);
    }
    return known;
  }

  #add(leaves: readonly Leaf[]): readonly number[] {
    const indexes: number[] = [];
    for (const leaf of leaves) {
      const index = this.#indexOf(leaf);
      if (index !== undefined && !indexes.includes(index)) { indexes.push(index); }
    }
    return indexes.length === 0 ? NONE : indexes;
  }

  #indexOf(leaf: Leaf): number | undefined {
    const { ask, kinds, named, at, only } = leaf;
    const key = `${at.start}:${at.end}:${ask?.use ?? ''}:${kinds.join()}:${ask === undefined ? '' : ask.expr.start}:${only?.start ?? ''}`;
    const known = this.#byPlace.get(key);
    if (known !== undefined) { return known < 0 ? undefined : known; }
    const to = ask === undefined ? undefined : this.#refer(ask.expr, ask.site);
    // A call that leads nowhere is worth a word only where its name says something.
    const empty = kinds.length === 0 && named.length === 0 && to === undefined;
    if (empty || this.#drafts.length >= MAX_GATES) {
      this.#byPlace.set(key, -1);
      return undefined;
    }
    const gate: Gate = {
      ...(kinds.length === 0 ? {} : { kinds }), ...(named.length === 0 ? {} : { named }),
      ...(ask === undefined ? {} : { use: ask.use, ...(to === undefined ? {} : { ask: to }) }),
      ...(leaf.unset === undefined ? {} : { unset: leaf.unset }), ...(only === undefined ? {} : { only: `${only.off === true ? 'not ' : ''}${textOf(this.#model, only)}` }),
      range: rangeOf(this.#model.source, at), text: textOf(this.#model, at),
    };
    this.#drafts.push({ leaf, gate });
    this.#byPlace.set(key, this.#drafts.length - 1);
    return this.#drafts.length - 1;
  }

  // ---------------------------------------------------------------- what the function says

  /** The facts, once every call was seen; undefined where there are none. */
  finish(position: (call: Call) => number | undefined): ProtectionFacts | undefined {
    const fn = this.#fn;
    const answers = fn === undefined || !mayDecide(fn) ? {} : this.#answers(fn);
    const sites = this.#sites.map(({ call, name, under }): OrderSite => {
      const at = position(call);
      return { range: rangeOf(this.#model.source, call), name, ...(under.length === 0 ? {} : { under }), ...(at === undefined ? {} : { call: at }) };
    });
    const route = fn?.decorators.some(isRoute) === true;
    const facts: ProtectionFacts = {
      ...answers, ...(sites.length === 0 ? {} : { sites }), ...(route ? { route: true as const } : {}),
      ...(this.#routes.length === 0 ? {} : { routes: this.#routes }), gates: this.#drafts.map((draft) => draft.gate),
    };
    const empty = facts.gates.length === 0 && sites.length === 0 && facts.constant !== true && !route && facts.routes === undefined;
    return empty ? undefined : facts;
  }

  #answers(fn: FunctionModel): Omit<ProtectionFacts, 'gates' | 'sites'> {
    const before = beforeEach(this.#model, this.#body);
    const truthy = new Set<number>();
    const falsy = new Set<number>();
    const stops = new Set<number>();
    const caps = new Set<number>();
    const outcomes = new Set<string>();
    let gives = false;
    for (const statement of statementsOf(fn.body)) {
      if (statement.kind === 'raise') { this.#raised(before.before(statement), stops); }
      if (statement.kind === 'expression') { this.#checked(statement, stops); }
      if (statement.kind !== 'return') { continue; }
      const outcome = statement.value === undefined ? 'false' : outcomeOf(statement.value);
      outcomes.add(outcome);
      gives ||= statement.value !== undefined;
      this.#returned(statement.value, outcome, before.before(statement), truthy, falsy);
      if (statement.value !== undefined && statement.value.kind !== 'literal' && mayCap(this.#model)) { for (const gate of this.#add(capsIn(this.#model, [{ expr: statement.value, around: wordsOfNames([fn.name]) }], this.#site))) { caps.add(gate); } }
    }
    if (before.endReached && outcomes.size > 0) { outcomes.add('false'); }
    const [only] = outcomes;
    const wraps = this.#wraps(fn);
    return {
      ...listed('truthy', truthy), ...listed('falsy', falsy), ...listed('stops', stops), ...listed('caps', caps), ...listed('wraps', wraps),
      ...(gives && outcomes.size === 1 && only !== 'unknown' ? { constant: true as const } : {}),
    };
  }

  /** A refusal under a condition protects whoever asks for the opposite; an answer under one, whoever asks for that. */
  #returned(value: Expr | undefined, outcome: string, before: Before, truthy: Set<number>, falsy: Set<number>): void {
    const asked = askedOf(before).filter((one) => one.kind === 'test');
    const around = asked.filter((one) => one.form === 'branch');
    // `if not self.enabled: return True` before it: off, it refuses nobody.
    const passed = asked.filter((one) => one.form === 'exit' && one.answer !== undefined && outcomeOf(one.answer) === 'true');
    for (const [i, { test, taken }] of around.entries()) {
      const idle = outcome === 'false' ? this.#idle([...passed.map((one) => ({ ...one, taken: !one.taken })), ...around.slice(0, i).map((one) => ({ ...one, taken: !one.taken }))]) : undefined;
      const same = this.#tested(test, taken, idle);
      const opposite = this.#tested(test, !taken, idle);
      for (const gate of outcome === 'false' ? opposite : same) { truthy.add(gate); }
      for (const gate of outcome === 'true' ? opposite : same) { falsy.add(gate); }
      if (outcome === 'unknown') { for (const gate of opposite) { truthy.add(gate); falsy.add(gate); } }
    }
    if (outcome !== 'unknown' || value === undefined) { return; }
    const parts = value.kind === 'collection' && value.type === 'tuple' ? value.items.slice(0, 1) : [value];
    for (const part of parts) {
      for (const gate of this.#tested(part, true)) { truthy.add(gate); }
      for (const gate of this.#tested(part, false)) { falsy.add(gate); }
    }
  }

  /** `if dd > max: raise Halted`: whoever comes back from here has passed. */
  #raised(before: Before, stops: Set<number>): void {
    const around = askedOf(before).filter((asked) => asked.kind === 'test' && asked.form === 'branch').slice(-3);
    for (const { test, taken } of around) {
      for (const gate of this.#tested(test, !taken)) { stops.add(gate); }
    }
  }

  /** A check that is called by a check. */
  #checked(statement: Stmt & { readonly kind: 'expression' }, stops: Set<number>): void {
    for (const gate of this.#add(raisedBy(this.#model, statement.value, this.#site))) { stops.add(gate); }
  }

  /** Gates under which an inner function calls what its decorator was given. */
  #wraps(fn: FunctionModel): ReadonlySet<number> {
    const found = new Set<number>();
    // Only what is defined inside another function may have been handed one.
    if (fn.outer === undefined) { return found; }
    const before = beforeEach(this.#model, this.#body);
    for (const statement of statementsOf(fn.body)) {
      for (const root of expressionsOf(statement)) {
        walkExpression(root, (expr) => {
          if (expr.kind !== 'call' || expr.callee.kind !== 'name') { return; }
          const handed = definitionsOf(this.#model, expr.callee.name, this.#site).some((definition) => definition.parameter !== undefined && definition.function !== fn);
          if (handed) { for (const gate of this.#gatesBefore(before.at(statement, expr))) { found.add(gate); } }
        });
      }
    }
    return found;
  }
}

const NONE: readonly number[] = [];
const NO_WORDS: ReadonlySet<string> = new Set();

function merged(a: readonly number[], b: readonly number[]): readonly number[] {
  if (b.length === 0) { return a; }
  if (a.length === 0) { return b; }
  return [...new Set([...a, ...b])];
}

function listed(key: 'truthy' | 'falsy' | 'stops' | 'caps' | 'wraps', gates: ReadonlySet<number>): Partial<ProtectionFacts> {
  return gates.size === 0 ? {} : { [key]: [...gates].sort((a, b) => a - b) };
}

/** Constructors answer nothing that a condition asks for; a generator answers whoever delegates to it, `if (!(yield* this.allows(order)))`. */
function mayDecide(fn: FunctionModel): boolean {
  return fn.name !== '__init__' && fn.name !== 'constructor';
}

/** The truth of what is returned: a flag, nothing, `(False, reason)`. */
function outcomeOf(value: Expr): 'true' | 'false' | 'unknown' {
  const part = value.kind === 'collection' && value.type === 'tuple' ? value.items[0] : value;
  if (part?.kind !== 'literal') { return 'unknown'; }
  return part.value === null || part.value === false || part.value === 0 || part.value === '' ? 'false' : 'true';
}

/** `self.risk.check(order)` as a statement of its own: it may raise. */
function raisedBy(model: SourceModel, value: Expr, site: NameSite): readonly Leaf[] {
  const call = settled(value);
  if (call.kind !== 'call' || !namesCheck(wordsOfNames([lastName(call.callee) ?? '']))) { return []; }
  if (rolesOf(model, call, site).length > 0) { return []; }
  return [{ kinds: [], named: [], ask: { expr: call.callee, site, use: 'returns' }, at: call }];
}

/** The conditions around the statement that gives a flag its value, in whatever function it stands. */
function branchesAround(model: SourceModel, definition: Definition): Before | undefined {
  const { function: fn, statement } = definition;
  if (statement === undefined) { return undefined; }
  return beforeEach(model, fn === undefined ? model.body : fn.body).before(statement);
}

/**
 * The attribute of another object, or the variable of another file, that a statement sets and whose name may stand for a
 * guard: `bot.halted = True`.
 */
export function flagSet(model: SourceModel, statement: Stmt, site: NameSite): string | undefined {
  if (statement.kind !== 'assign') { return undefined; }
  for (const target of statement.targets) {
    const foreign = target.kind === 'member' ? receiverClass(model, target.object, site) === undefined
      : target.kind === 'name' && model.language === 'mql5' && definitionsOf(model, target.name, site).every((one) => one.function === undefined);
    const name = lastName(target);
    if (foreign && name !== undefined && kindsNamed(wordsOfNames([name])).length > 0) { return name; }
  }
  return undefined;
}

/** The text of a condition in one line, without what stands in quotes: it is shown, and must not tell a secret. */
function textOf(model: SourceModel, at: Span): string {
  const text = model.source.text.slice(at.start, Math.min(at.end, at.start + 200)).replace(/"[^"\n]*"|'[^'\n]*'/g, '\'…\'').replace(/\s+/g, ' ');
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;
}
