/** Where a value comes from: the account's closed balance, money with open positions in it, a constant, or who knows. */
import { ModelFact } from '../../../core/source/meaning/per-model.ts';
import type { Expr, FunctionModel, SourceModel, Span } from '../../../core/source/model.ts';
import { definitionsFor, instanceClass } from '../../../core/source/meaning/classes.ts';
import { lineageOf } from '../../../core/source/meaning/lineage.ts';
import { siteOf } from '../../../core/source/names.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import type { Definition, NameSite } from '../../../core/source/scope.ts';
import { indexOf } from '../file-index.ts';
import type { Sited } from '../file-index.ts';
import { lastName } from '../named.ts';
import { hasWord, wordsOf } from '../words.ts';
import { accountRead, saysBalance, saysOpen } from './reads.ts';
import type { AccountRead } from './reads.ts';
import type { Call } from '../../../core/source/model.ts';
import { bodiesOf } from '../../../core/source/walk.ts';
import type { Stmt } from '../../../core/source/model.ts';

/** What a value is made of. */
export type Basis =
  | { readonly kind: 'balance'; readonly read: AccountRead; readonly at: Span }
  /** Given from outside, and no call in this file tells what it is. */
  | { readonly kind: 'parameter'; readonly function: FunctionModel; readonly index: number }
  | { readonly kind: 'open' | 'constant' | 'unknown' };

const OPEN: Basis = { kind: 'open' };
const CONSTANT: Basis = { kind: 'constant' };
const UNKNOWN: Basis = { kind: 'unknown' };

/** Deepest chain of names, calls and operators that is followed. */
const MAX_DEPTH = 14;
/** Most definitions of one name, and most calls of one function, that are looked at. */
const MAX_PLACES = 24;
/** Most steps one question takes: names that mean each other have more ways between them than anybody can walk. */
const MAX_STEPS = 300;

/** Calls that give back what they are given in another form. */
const KEEPERS: ReadonlySet<string> = new Set([
  'float', 'int', 'str', 'Decimal', 'abs', 'round', 'double', 'fabs', 'MathAbs', 'MathRound', 'MathFloor', 'NormalizeDouble', 'Number', 'parseFloat', 'parseInt', 'floor', 'trunc', 'D',
]);
/** Methods that give back their object in another form. */
const KEEPING_METHODS: ReadonlySet<string> = new Set(['as_double', 'as_decimal', 'toFixed', 'toNumber', 'quantize', 'item', 'to_decimal', 'valueOf', 'toString']);
/** The larger or the smaller of several. */
const EXTREMES: ReadonlySet<string> = new Set(['max', 'min', 'fmax', 'fmin', 'MathMax', 'MathMin']);

const SETUP = /^(?:constructor|__init__|__post_init__|on_start|start|initiali[sz]e|init|setup|OnInit|on_reset|reset[A-Za-z_]{0,30}|_?load[A-Za-z_]{0,30}|restore[A-Za-z_]{0,30})$/;

const remembered = new ModelFact<Flow>();

/** The values of a file; what one rule has asked, the next one finds. */
export function basisFlow(model: SourceModel): Flow {
  let flow = remembered.get(model);
  if (flow === undefined) {
    flow = new Flow(model);
    remembered.set(model, flow);
  }
  return flow;
}

/** Basis of values, over one file. */
export class Flow {
  readonly #model: SourceModel;
  readonly #active = new Set<object>();
  /** Answers that hang on nothing but the expression: no cycle, depth or number of steps had a part in them. */
  readonly #known = new Map<Expr, Basis>();
  /** How often something was not followed, and the steps of the question that is asked. */
  #cuts = 0;
  #steps = 0;
  #calls: ReadonlyMap<string, readonly Sited<Call>[]> | undefined;

  constructor(model: SourceModel) {
    this.#model = model;
  }

  /** Source text of an expression. */
  text(expr: Span): string {
    return this.#model.source.text.slice(expr.start, expr.end);
  }

  /** What an expression is made of. */
  of(expr: Expr, site: NameSite, depth = 0): Basis {
    const known = this.#known.get(expr);
    if (known !== undefined) { return known; }
    if (depth === 0) { this.#steps = 0; }
    if (depth > MAX_DEPTH || this.#steps++ > MAX_STEPS || this.#active.has(expr)) {
      this.#cuts++;
      return UNKNOWN;
    }
    const cuts = this.#cuts;
    this.#active.add(expr);
    const found = this.#find(expr, site, depth);
    this.#active.delete(expr);
    // What was asked first is not asked again, whatever became of it.
    if (this.#cuts === cuts || depth === 0) { this.#known.set(expr, found); }
    return found;
  }

  #find(expr: Expr, site: NameSite, depth: number): Basis {
    switch (expr.kind) {
      case 'literal': return expr.type === 'number' || expr.type === 'none' ? CONSTANT : UNKNOWN;
      case 'await': return this.of(expr.operand, site, depth + 1);
      case 'unary': return expr.op === '-' || expr.op === '+' ? this.of(expr.operand, site, depth + 1) : UNKNOWN;
      case 'conditional': return this.#either([expr.then, expr.else], site, depth);
      case 'boolean': return this.#either(expr.operands, site, depth);
      case 'binary': return this.#sum(expr, site, depth);
      case 'call': return this.#call(expr, site, depth);
      case 'name': case 'member': return this.#named(expr, site, depth);
      case 'index': return this.#read(expr, site) ?? UNKNOWN;
      case 'unknown': return expr.syntax === 'named_expression' && expr.parts[1] !== undefined ? this.of(expr.parts[1], site, depth + 1) : UNKNOWN;
      default: return UNKNOWN;
    }
  }

  #read(expr: Expr, site: NameSite): Basis | undefined {
    const read = accountRead(this.#model, expr, site, (inner) => this.text(inner));
    if (read === undefined) { return undefined; }
    return read.money === 'open' ? OPEN : { kind: 'balance', read, at: { start: expr.start, end: expr.end } };
  }

  /** One of several: balance where all are, or are constants that stand in for it. */
  #either(exprs: readonly Expr[], site: NameSite, depth: number): Basis {
    return oneOf(exprs.slice(0, MAX_PLACES).map((expr) => this.of(expr, site, depth + 1)));
  }

  /** A sum with open profit in it is open; with anything nobody knows, unknown. A difference or a product is no balance any more. */
  #sum(expr: Expr & { readonly kind: 'binary' }, site: NameSite, depth: number): Basis {
    const parts = expr.operands.slice(0, MAX_PLACES).map((operand) => this.of(operand, site, depth + 1));
    if (parts.some((part) => part.kind === 'open')) { return OPEN; }
    if (expr.operands.length > MAX_PLACES || parts.some((part) => part.kind === 'unknown' || part.kind === 'parameter')) { return UNKNOWN; }
    const balances = parts.filter((part) => part.kind === 'balance');
    if (balances.length === 0) { return CONSTANT; }
    return balances.length === 1 && expr.ops.every((op) => op === '+') ? balances[0] ?? UNKNOWN : UNKNOWN;
  }

  #call(expr: Call, site: NameSite, depth: number): Basis {
    const name = lastName(expr.callee) ?? '';
    const first = expr.args[0]?.value;
    if (expr.callee.kind === 'member' && KEEPING_METHODS.has(name)) { return this.of(expr.callee.object, site, depth + 1); }
    if (first !== undefined && EXTREMES.has(name) && expr.args.length > 1) { return this.#either(expr.args.map((argument) => argument.value), site, depth); }
    const own = this.#declared(expr.callee, site);
    if (own !== undefined) { return this.#returned(own, site, depth); }
    if (first !== undefined && KEEPERS.has(name)) { return this.of(first, site, depth + 1); }
    if (name === 'getattr' && expr.args[1]?.value.kind === 'literal' && first !== undefined) {
      const property = String(expr.args[1].value.value);
      return this.#read({ kind: 'member', object: first, property, propertySpan: expr.args[1].value, start: expr.start, end: expr.end }, site) ?? UNKNOWN;
    }
    return this.#read(expr, site) ?? UNKNOWN;
  }

  /** The function of this file that is called. */
  #declared(callee: Expr, site: NameSite): FunctionModel | undefined {
    const index = this.#definitions(callee, site).find((definition) => definition.declared?.kind === 'function')?.declared?.index;
    return index === undefined ? undefined : this.#model.functions[index];
  }

  #definitions(expr: Expr, site: NameSite): readonly Definition[] {
    return definitionsFor(this.#model, expr, site);
  }

  #returned(fn: FunctionModel, site: NameSite, depth: number): Basis {
    if (this.#active.has(fn)) {
      this.#cuts++;
      return UNKNOWN;
    }
    this.#active.add(fn);
    const inside: NameSite = { function: fn, ...(fn.class === undefined ? (site.class === undefined ? {} : { class: site.class }) : classSite(this.#model, fn.class)) };
    const found = oneOf(returnsOf(fn).slice(0, MAX_PLACES).map((value) => this.of(value, inside, depth + 1)));
    this.#active.delete(fn);
    return found;
  }

  #named(expr: Expr & { readonly kind: 'name' | 'member' }, site: NameSite, depth: number): Basis {
    const definitions = expr.kind === 'name' ? definitionsOf(this.#model, expr.name, site) : this.#definitions(expr, site);
    if (definitions.length === 0) { return this.#read(expr, site) ?? (saysOpen(lastName(expr) ?? '') ? OPEN : UNKNOWN); }
    const property = definitions.find((definition) => definition.declared?.kind === 'function')?.declared?.index;
    const fn = property === undefined ? undefined : this.#model.functions[property];
    if (fn !== undefined) { return expr.kind === 'member' && fn.decorators.length + (fn.accessor === 'get' ? 1 : 0) > 0 ? this.#returned(fn, site, depth) : UNKNOWN; }
    const values = definitions.slice(0, MAX_PLACES).flatMap((definition) => this.#defined(definition, depth));
    if (values.length === 0 || definitions.length > MAX_PLACES) { return this.#read(expr, site) ?? (saysOpen(lastName(expr) ?? '') ? OPEN : UNKNOWN); }
    return oneOf(values);
  }

  /** The values a definition gives; none for a declaration, and for what only a constructor or a reset puts there for a start. */
  #defined(definition: Definition, depth: number): readonly Basis[] {
    if (definition.parameter !== undefined) { return [this.#handedIn(definition, depth)]; }
    if (definition.value === undefined) { return definition.statement?.kind === 'assign' ? [] : [UNKNOWN]; }
    // A compound name of several targets (`a, b = f()`) does not tell which part it takes.
    if (definition.statement?.kind === 'assign' && definition.statement.targets.some((target) => target.kind === 'collection')) { return [UNKNOWN]; }
    const value = this.of(definition.value, siteOf(definition), depth + 1);
    if (definition.op !== undefined) { return value.kind === 'constant' ? [] : [value.kind === 'open' ? OPEN : booked(definition) ?? UNKNOWN]; }
    const starts = definition.target.kind === 'member' || definition.function === undefined ? definition.function === undefined || SETUP.test(definition.function.name) : false;
    return starts && (value.kind === 'unknown' || value.kind === 'parameter') ? [CONSTANT] : [value];
  }

  /** What the calls of this file hand in for a parameter. */
  #handedIn(definition: Definition, depth: number): Basis {
    const fn = definition.function ?? definition.site?.function;
    const index = fn?.parameters.findIndex((parameter) => parameter === definition.parameter) ?? -1;
    if (fn === undefined || index < 0 || definition.parameter?.rest !== undefined) { return UNKNOWN; }
    if (saysOpen(definition.parameter?.name ?? '')) { return OPEN; }
    const bound = fn.class !== undefined && this.#model.language === 'python' && fn.static !== true && !fn.decorators.some((decorator) => lastName(decorator) === 'staticmethod') ? 1 : 0;
    const given = (this.#callsOf(fn.name) ?? []).filter(({ node, site }) => this.#mayMean(node, site, fn)).slice(0, MAX_PLACES).map(({ node, site }) => {
      const byName = node.args.find((argument) => argument.name === definition.parameter?.name);
      const value = byName?.value ?? node.args.filter((argument) => argument.name === undefined)[index - bound]?.value ?? definition.parameter?.default;
      return value === undefined ? UNKNOWN : this.of(value, site, depth + 1);
    });
    return given.length === 0 ? { kind: 'parameter', function: fn, index } : oneOf(given);
  }

  /** A method of that name may be another object's: `self.state.update({…})`. */
  #mayMean({ callee, args }: Call, site: NameSite, fn: FunctionModel): boolean {
    if (args.some(({ value }) => value.kind === 'collection')) { return false; }
    const owner = callee.kind === 'member' ? instanceClass(this.#model, callee.object, site) : undefined;
    return owner === undefined || fn.class === undefined || lineageOf(this.#model, owner).local.some((one) => one.index === fn.class);
  }

  #callsOf(name: string): readonly Sited<Call>[] | undefined {
    if (this.#calls === undefined) {
      const byName = new Map<string, Sited<Call>[]>();
      for (const call of indexOf(this.#model).calls) {
        const called = lastName(call.node.callee);
        if (called === undefined) { continue; }
        const list = byName.get(called);
        if (list === undefined) { byName.set(called, [call]); } else { list.push(call); }
      }
      this.#calls = byName;
    }
    return name === '' ? undefined : this.#calls.get(name);
  }
}

const RISK_WORDS: ReadonlySet<string> = new Set(['risk', 'guard', 'guardian', 'governance', 'monitor', 'compliance', 'limits', 'limiter', 'drawdown', 'prop', 'propfirm', 'firm', 'protector', 'safety']);
const RESULT_WORDS: ReadonlySet<string> = new Set(['pnl', 'profit', 'pl', 'realized', 'realised', 'net']);

/** A class that guards the account and keeps its balance by adding the result of each closed trade: `self.current_balance += pnl`. */
function booked(definition: Definition): Basis | undefined {
  const { value, statement } = definition;
  const cls = wordsOf(definition.class?.name ?? '');
  const made = value === undefined ? [] : wordsOf(lastName(value) ?? '');
  if (definition.op !== '+=' || statement === undefined || !saysBalance(lastName(definition.target) ?? '') || !hasWord(cls, RISK_WORDS) || hasWord(cls, PRETENDED)) { return undefined; }
  return hasWord(made, RESULT_WORDS) ? { kind: 'balance', read: { money: 'balance', proof: 'name' }, at: { start: statement.start, end: statement.end } } : undefined;
}

const PRETENDED: ReadonlySet<string> = new Set(['sim', 'simulated', 'simulation', 'simulator', 'paper', 'backtest', 'mock', 'virtual', 'test']);

function classSite(model: SourceModel, index: number): { class?: NonNullable<NameSite['class']> } {
  const cls = model.classes[index];
  return cls === undefined ? {} : { class: cls };
}

/** Of values that may be: open where one is, balance where one is and the rest are constants. */
function oneOf(values: readonly Basis[]): Basis {
  if (values.some((value) => value.kind === 'open')) { return OPEN; }
  const odd = values.find((value) => value.kind === 'unknown' || value.kind === 'parameter');
  if (odd !== undefined) { return values.every((value) => value.kind === 'parameter' || value.kind === 'constant') ? odd : UNKNOWN; }
  return values.find((value) => value.kind === 'balance') ?? (values.length === 0 ? UNKNOWN : CONSTANT);
}

/** The values a function returns, nested blocks included. */
export function returnsOf(fn: FunctionModel): readonly Expr[] {
  const found: Expr[] = [];
  const pending: Stmt[] = [...fn.body];
  for (let statement = pending.pop(); statement !== undefined; statement = pending.pop()) {
    if (statement.kind === 'return' && statement.value !== undefined) { found.push(statement.value); }
    for (const body of bodiesOf(statement)) { pending.push(...body); }
  }
  return found;
}
