/** The closed balance on its way between files: what a file hands to functions elsewhere, and what its own functions measure of what they are handed. */
import type { Fact, Give, ParameterAt } from '../../../core/rules/facts.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { argumentKinds } from '../../../core/source/link/kinds.ts';
import { refOf } from '../../../core/source/link/refs.ts';
import type { Call, Expr, FunctionModel, SourceModel } from '../../../core/source/model.ts';
import { definitionsFor } from '../../../core/source/meaning/classes.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { wordsOf } from '../words.ts';
import type { Basis, Flow } from './flow.ts';
import { isMeasured, isQuiet } from './marks.ts';
import type { Mark, MarkKind } from './marks.ts';

/** The topic of these facts. */
export const BALANCE = 'closed-balance';

type GiveTo = Omit<Give, 'at' | 'value'>;

/** A closed balance that is handed to a function of another file. */
export interface HandedBalance {
  /** Its position among the gives of the file. */
  readonly give: number;
  readonly argument: Expr;
  readonly basis: Extract<Basis, { kind: 'balance' }>;
  readonly site: Site;
}

/** What a file hands on: the facts, and which of them may be findings. */
export interface Handed {
  readonly facts: readonly Fact[];
  readonly balances: readonly HandedBalance[];
}

/** Marks that are fed by a parameter no call of this file fills. */
export function takesOf(model: SourceModel, marks: readonly Mark[], isSecond: (mark: Mark) => boolean): readonly Fact[] {
  return marks.flatMap((mark): readonly Fact[] => {
    const { basis } = mark;
    if (basis.kind !== 'parameter' || isSecond(mark)) { return []; }
    const parameter = parameterOf(model, basis.function, basis.index);
    return parameter === undefined ? [] : [{ kind: 'take', topic: BALANCE, use: mark.kind satisfies MarkKind, function: basis.function.qualifiedName, parameter, where: mark.at }];
  });
}

/** Position without `self`; undefined for what takes the rest. */
function parameterOf(model: SourceModel, fn: FunctionModel, index: number): ParameterAt | undefined {
  const parameter = fn.parameters[index];
  const bound = model.language !== 'python' && model.language !== 'notebook' ? 0 : fn.class !== undefined && fn.static !== true && !fn.decorators.some((one) => lastName(one) === 'staticmethod') ? 1 : 0;
  return parameter === undefined || parameter.rest !== undefined || index < bound ? undefined : { at: index - bound, name: parameter.name };
}

/** A value that may be money by how it is written: everything else needs no look. */
function mayBeMoney(expr: Expr): boolean {
  return expr.kind !== 'literal' && expr.kind !== 'collection' && expr.kind !== 'lambda' && expr.kind !== 'template' && expr.kind !== 'comprehension' && expr.kind !== 'compare';
}

const MONEY_NAME: ReadonlySet<string> = new Set(['balance', 'cash', 'equity', 'capital', 'money', 'value', 'amount', 'bal', 'nav', 'account']);

/** Everything of money that a file hands to functions of other files, in source order. */
export function handedOn(model: SourceModel, flow: Flow): Handed {
  const facts: Fact[] = [];
  const balances: HandedBalance[] = [];
  if (!isMeasured(model.path)) { return { facts, balances }; }
  const told = new Set<string>();
  let last: { readonly function: FunctionModel | undefined; readonly class: Site['class']; readonly quiet: boolean } | undefined;
  for (const { node: call, site } of indexOf(model).calls) {
    if (call.args.length === 0 || call.args.length > 8 || (call.callee.kind !== 'name' && call.callee.kind !== 'member')) { continue; }
    if (last === undefined || last.function !== site.function || last.class !== site.class) { last = { function: site.function, class: site.class, quiet: isQuiet('peak', site) }; }
    if (last.quiet) { continue; }
    call.args.forEach(({ name, value, spread }, position) => {
      if (spread !== undefined || !mayBeMoney(value)) { return; }
      const basis = flow.of(value, site);
      const given = givenAs(model, basis);
      const to = given === undefined ? undefined : elsewhere(model, call, site) ?? (given === 'other' ? nowhere(call, site) : undefined);
      if (given === undefined || to === undefined) { return; }
      told.add(calleeKey(flow, call, site));
      if (basis.kind === 'balance') { balances.push({ give: facts.length, argument: value, basis, site }); }
      facts.push({ ...to, at: name ?? position, value: given, where: { start: value.start, end: value.end } });
    });
  }
  return { facts: told.size === 0 ? facts : [...facts, ...doubtful(model, flow, told)], balances };
}

/** Beside a balance the same function may hand over something nobody knows. */
function doubtful(model: SourceModel, flow: Flow, told: ReadonlySet<string>): readonly Fact[] {
  return indexOf(model).calls.flatMap(({ node: call, site }): readonly Fact[] => {
    if (!told.has(calleeKey(flow, call, site))) { return []; }
    const to = elsewhere(model, call, site);
    return to === undefined ? [] : call.args.flatMap(({ name, value }, position): readonly Fact[] => (
      mayBeMoney(value) && flow.of(value, site).kind === 'unknown' ? [{ ...to, at: name ?? position, value: 'other', where: { start: value.start, end: value.end } }] : []));
  });
}

function calleeKey(flow: Flow, call: Call, site: Site): string {
  return `${String(site.function?.start ?? -1)} ${flow.text(call.callee)}`;
}

function givenAs(model: SourceModel, basis: Basis): 'wanted' | 'other' | ParameterAt | undefined {
  if (basis.kind === 'balance') { return 'wanted'; }
  if (basis.kind === 'open') { return 'other'; }
  if (basis.kind !== 'parameter') { return undefined; }
  const parameter = parameterOf(model, basis.function, basis.index);
  return parameter !== undefined && wordsOf(parameter.name).some((word) => MONEY_NAME.has(word)) ? parameter : undefined;
}

/** A call of an object that this file does not tell: it may be anybody's. */
function nowhere(call: Call, site: Site): GiveTo | undefined {
  const name = call.callee.kind === 'member' ? call.callee.property : undefined;
  return name === undefined ? undefined : { kind: 'give', topic: BALANCE, function: site.function?.qualifiedName ?? '', to: { root: 'name', path: ['?', name] } };
}

/** The function a call leads to, if that may stand in another file. */
function elsewhere(model: SourceModel, call: Call, site: Site): GiveTo | undefined {
  if (definitionsFor(model, call.callee, site).some((definition) => definition.declared?.kind === 'function')) { return undefined; }
  const to = refOf(model, call.callee, site);
  if (to === undefined || to.path.length === 0 || to.root === 'super' || to.root === 'list' || to.root === 'dict') { return undefined; }
  // A name nobody binds is the language's own; of MQL5 it may stand in an include.
  if (to.root === 'name' && model.language !== 'mql5' && definitionsOf(model, to.path[0] ?? '', site).length === 0) { return undefined; }
  return {
    kind: 'give', topic: BALANCE, function: site.function?.qualifiedName ?? '', to,
    ...(model.language === 'mql5' ? { args: argumentKinds(model, call, site) } : {}),
  };
}
