/**
 * Secrets that a call hands to a function which writes them where others can read: in the same file one call deep, and across
 * files by facts that the link step joins.
 */
import type { Condition } from '../../../core/rules/condition.ts';
import type { Fact, ParameterAt } from '../../../core/rules/facts.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { argumentKinds } from '../../../core/source/link/kinds.ts';
import { refOf } from '../../../core/source/link/refs.ts';
import type { Call, Expr, FunctionModel, Parameter, SourceModel, Span } from '../../../core/source/model.ts';
import { definitionsFor } from '../../../core/source/meaning/classes.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import { walkExpression } from '../../../core/source/walk.ts';
import type { SinkKind } from './sinks.ts';
import { tellingName } from './telling.ts';
import { isLeak, ownFunctionOf, Trace, type Leak } from './trace.ts';

/** The topic of the facts. */
const TOPIC = 'secret.shown';
/** Most functions of a file that are kept for other files. */
const MAX_TAKES = 40;

/** A call of a function of this file that shows what it is handed. */
export interface HandedHere {
  readonly leak: Leak;
  readonly argument: Expr;
  readonly kind: SinkKind;
  /** The place in the function. */
  readonly at: Span;
  readonly callee: string;
}

/** A call of a function of another file; `give` is the question to the link step. */
export interface HandedElsewhere {
  readonly leak: Leak;
  readonly argument: Expr;
  readonly give: Condition;
  readonly callee: string;
}

interface Taken { readonly parameter: Parameter; readonly position: number; readonly kind: SinkKind; readonly at: Span }

/** Collects sinks and calls of one file while it is walked; `finish`, `facts` and `elsewhere` come after. */
export class HandedSecrets {
  readonly #model: SourceModel;
  readonly #trace: Trace;
  readonly #takes = new Map<FunctionModel, Taken[]>();
  readonly #calls: { readonly call: Call; readonly site: Site }[] = [];
  readonly #facts: Fact[] = [];
  readonly #elsewhere: HandedElsewhere[] = [];

  constructor(model: SourceModel, trace: Trace) {
    this.#model = model;
    this.#trace = trace;
  }

  /** A place that others read: the parameters of the function around it that end there. */
  sink(kind: SinkKind, exprs: readonly Expr[], site: Site): void {
    const fn = site.function;
    if (fn === undefined || fn.name === '' || fn.parameters.length === 0) { return; }
    const names = new Set<string>();
    for (const expr of exprs) { walkExpression(expr, (one) => { if (one.kind === 'name') { names.add(one.name); } }); }
    for (const parameter of fn.parameters) {
      // What is a secret by its name is told at the place itself.
      if (!names.has(parameter.name) || parameter.rest === '**' || tellingName(parameter.name)?.alone === true) { continue; }
      const asked = new Trace(this.#model, parameter);
      const at = exprs.find((expr) => { const verdict = asked.of(expr, site); return isLeak(verdict) && verdict.name === parameter.name; });
      if (at === undefined) { continue; }
      const taken: Taken = { parameter, position: this.#position(fn, parameter), kind, at: { start: at.start, end: at.end } };
      const known = this.#takes.get(fn);
      if (known === undefined) { this.#takes.set(fn, [taken]); } else if (!known.some((one) => one.parameter === parameter)) { known.push(taken); }
    }
  }

  /** A call that is no such place itself. */
  call(call: Call, site: Site): void {
    if (call.args.length > 0 && call.args.length <= 12 && (call.callee.kind === 'name' || call.callee.kind === 'member')) { this.#calls.push({ call, site }); }
  }

  /** Calls of functions of this file that show a secret they are handed. */
  finish(): readonly HandedHere[] {
    const found: HandedHere[] = [];
    const names = new Set([...this.#takes.keys()].map((fn) => fn.name));
    for (const { call, site } of this.#calls) {
      const name = call.callee.kind === 'name' ? call.callee.name : call.callee.kind === 'member' ? call.callee.property : '';
      const own = names.has(name) || name === 'super' ? ownFunctionOf(this.#model, call, site) : undefined;
      if (own === undefined) { this.#other(call, name, site); continue; }
      for (const taken of this.#takes.get(own) ?? []) {
        const argument = this.#argumentFor(call, own, taken);
        const leak = argument === undefined ? undefined : this.#trace.of(argument, site);
        if (argument !== undefined && isLeak(leak)) { found.push({ leak, argument, kind: taken.kind, at: taken.at, callee: own.name }); }
      }
    }
    return found;
  }

  /** What other files ask for: functions that show a parameter, and secrets handed to functions of other files. */
  facts(): readonly Fact[] {
    const takes = [...this.#takes].flatMap(([fn, list]) => list.map(({ parameter, position, at }): Fact => ({
      kind: 'take', topic: TOPIC, use: 'shown', function: fn.qualifiedName, parameter: { at: position, name: parameter.name } satisfies ParameterAt, where: at,
    })));
    return [...this.#facts, ...takes.slice(0, MAX_TAKES)];
  }

  elsewhere(): readonly HandedElsewhere[] {
    return this.#elsewhere;
  }

  /** A call that may lead into another file, with a secret among what it is handed. */
  #other(call: Call, name: string, site: Site): void {
    if (definitionsFor(this.#model, call.callee, site).some((definition) => definition.declared?.kind === 'function')) { return; }
    let to: ReturnType<typeof refOf>;
    call.args.forEach(({ name: keyword, value, spread }, position) => {
      if (spread !== undefined || value.kind === 'literal' || value.kind === 'lambda') { return; }
      // A parameter that is a secret by its name is told where it is shown.
      if (keyword !== undefined && tellingName(keyword)?.alone === true) { return; }
      const leak = this.#trace.of(value, site);
      if (!isLeak(leak)) { return; }
      to ??= refOf(this.#model, call.callee, site);
      if (to === undefined || to.path.length === 0 || to.root === 'super' || to.root === 'list' || to.root === 'dict') { return; }
      const root = to.path[0] ?? '';
      if (to.root === 'name' && this.#model.language !== 'mql5' && definitionsOf(this.#model, root, site).length === 0) { return; }
      this.#elsewhere.push({ leak, argument: value, callee: name, give: { kind: 'handed', topic: TOPIC, give: this.#facts.length, use: 'shown', before: [], anyCaller: true } });
      this.#facts.push({
        kind: 'give', topic: TOPIC, function: site.function?.qualifiedName ?? '', to, at: keyword ?? position, value: 'wanted', where: { start: value.start, end: value.end },
        ...(this.#model.language === 'mql5' ? { args: argumentKinds(this.#model, call, site) } : {}),
      });
    });
  }

  #argumentFor(call: Call, fn: FunctionModel, { parameter, position }: Taken): Expr | undefined {
    const named = call.args.find(({ name }) => name === parameter.name);
    if (named !== undefined) { return named.value; }
    const positional = call.args.filter(({ name, spread }) => name === undefined && spread === undefined);
    return fn.parameters.length === 0 ? undefined : positional[position]?.value;
  }

  /** Place among what a call hands over: `self` is none of it. */
  #position(fn: FunctionModel, parameter: Parameter): number {
    const index = fn.parameters.indexOf(parameter);
    const python = this.#model.language === 'python' || this.#model.language === 'notebook';
    const bound = python && fn.class !== undefined && fn.static !== true && !fn.decorators.some((one) => one.kind === 'name' && one.name === 'staticmethod') ? 1 : 0;
    return index - bound;
  }
}
