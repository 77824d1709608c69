/** Functions of the file: which one a call runs, what it gives back, and what its callers hand in. */
import { bindingsOf, functionSite, type Definition } from '../../../../core/source/meaning/bindings.ts';
import { instanceClass } from '../../../../core/source/meaning/classes.ts';
import { namedClass } from '../../../../core/source/meaning/lineage.ts';
import type { Call, Expr, FunctionModel, SourceModel } from '../../../../core/source/model.ts';
import { attributeDefinitions, definitionsOf, receiverClass, type NameSite } from '../../../../core/source/scope.ts';
import { isScript } from '../../../../core/source/languages.ts';
import type { Asker, Bound, Scope } from './asker.ts';
import { fileIndexOf } from './file-index.ts';
import { hole, oneOf, within } from './forms.ts';
import { returnsOf } from './reaching.ts';
import type { Value } from './value.ts';

/** How deep calls are followed into their functions. */
const MAX_CALLS = 2;
/** Most calls of a function, and most of its returns, that are looked at. */
const MAX_PLACES = 16;

/** The function of this file that a call runs. */
export function calledFunction(model: SourceModel, callee: Expr, site: NameSite): FunctionModel | undefined {
  if (callee.kind === 'lambda') { return model.functions[callee.function]; }
  if (callee.kind === 'name') { return declaredIn(model, definitionsOf(model, callee.name, site, callee.start)); }
  if (callee.kind !== 'member') { return undefined; }
  const owner = receiverClass(model, callee.object, site) ?? namedClass(model, callee.object, site) ?? instanceClass(model, callee.object, site);
  return owner === undefined ? undefined : declaredIn(model, attributeDefinitions(model, owner, callee.property));
}

function declaredIn(model: SourceModel, definitions: readonly Definition[]): FunctionModel | undefined {
  // A name that stands for several functions stands for none.
  const found = definitions.length <= 2 ? definitions.flatMap(({ declared, value }) => (
    declared?.kind === 'function' ? [declared.index] : value?.kind === 'lambda' ? [value.function] : [])) : [];
  return found.length === 1 && found[0] !== undefined ? model.functions[found[0]] : undefined;
}

/** What a call of a function of this file gives back, its parameters being what the call hands in. */
export function returned(asker: Asker, fn: FunctionModel, call: Call, site: NameSite, scope: Scope): Value | undefined {
  if (fn.generator || callsIn(scope.bound) >= MAX_CALLS || isBeingRead(scope.bound, fn)) { return undefined; }
  const returns = returnsOf(fn).flatMap(({ value }) => (value === undefined ? [] : [value]));
  if (returns.length === 0 || returns.length > MAX_PLACES) { return undefined; }
  const values = new Map<string, Value>();
  for (const [i, parameter] of fn.parameters.entries()) {
    const given = argumentFor(asker.model, fn, i, call);
    if (given !== undefined && parameter.pattern === undefined && parameter.rest === undefined) { values.set(parameter.name, asker.value(given, site, scope)); }
  }
  return body(asker, fn, returns, { depth: scope.depth, bound: { function: fn, values, outer: scope.bound } });
}

/** What a function gives back that is handed to a method like `map`. */
export function mapped(asker: Asker, fn: FunctionModel, element: Value, scope: Scope): Value | undefined {
  const returns = returnsOf(fn).flatMap(({ value }) => (value === undefined ? [] : [value]));
  if (returns.length === 0 || returns.length > MAX_PLACES || callsIn(scope.bound) >= MAX_CALLS || isBeingRead(scope.bound, fn)) { return undefined; }
  const values = new Map<string, Value>();
  const [first, second] = fn.parameters;
  if (first !== undefined && first.pattern === undefined) { values.set(first.name, element); }
  if (second !== undefined && isScript(asker.model.language)) { values.set(second.name, hole('plain', fn.parameters.length > 1 ? nameOf(second) : returns[0]!)); }
  return body(asker, fn, returns, { depth: scope.depth, bound: { function: fn, values, outer: scope.bound } });
}

function body(asker: Asker, fn: FunctionModel, returns: readonly Expr[], scope: Scope): Value {
  const inside = functionSite(asker.model, fn);
  return oneOf(returns.map((value) => asker.value(value, inside, { ...scope, depth: scope.depth + 1 })));
}

function nameOf({ name, start, end }: { readonly name: string; readonly start: number; readonly end: number }): Expr {
  return { kind: 'name', name, start, end };
}

function callsIn(bound: Bound | undefined): number {
  let count = 0;
  for (let one = bound; one !== undefined; one = one.outer) { count++; }
  return count;
}

function isBeingRead(bound: Bound | undefined, fn: FunctionModel): boolean {
  for (let one = bound; one !== undefined; one = one.outer) { if (one.function === fn) { return true; } }
  return false;
}

/** What a call hands in for a parameter; its default where it hands nothing; undefined where that is not written down. */
function argumentFor(model: SourceModel, fn: FunctionModel, index: number, call: Call): Expr | undefined {
  const parameter = fn.parameters[index];
  if (parameter === undefined || call.args.some(({ spread }) => spread !== undefined)) { return undefined; }
  const byName = call.args.find(({ name }) => name === parameter.name);
  if (byName !== undefined) { return byName.value; }
  const bound = fn.class !== undefined && !isScript(model.language) && call.callee.kind === 'member' && !fn.decorators.some((one) => one.kind === 'name' && one.name === 'staticmethod') ? 1 : 0;
  return call.args.filter(({ name }) => name === undefined)[index - bound]?.value ?? parameter.default;
}

/**
 * What the calls of this file hand in for a parameter.
 * @returns undefined where no call of it is seen here.
 */
export function handedIn(asker: Asker, definition: Definition, scope: Scope): Value | undefined {
  const { model } = asker;
  const fn = definition.function;
  const index = fn?.parameters.findIndex((parameter) => parameter === definition.parameter) ?? -1;
  if (fn === undefined || index < 0) { return undefined; }
  const within = writtenInto(asker, fn, index, scope);
  if (within !== undefined) { return within; }
  const calls = fn.name === '' ? [] : fileIndexOf(model).calls.get(fn.name) ?? [];
  const own = calls.slice(0, MAX_PLACES).filter(({ node, site }) => site.function !== fn && calledFunction(model, node.callee, site) === fn);
  if (own.length === 0) { return undefined; }
  const given = own.map(({ node, site }) => ({ value: argumentFor(model, fn, index, node), site }));
  if (given.some(({ value }) => value === undefined)) { return undefined; }
  return oneOf(given.flatMap(({ value, site }) => (value === undefined ? [] : [asker.value(value, site, { depth: scope.depth + 1, bound: undefined })])));
}

const OVER_ITEMS: ReadonlySet<string> = new Set(['map', 'forEach', 'filter', 'some', 'every', 'flatMap', 'find', 'findIndex', 'sort']);

/** The parameter of a function that is written into `list.map(…)`: an item of the list, or its number. */
function writtenInto(asker: Asker, fn: FunctionModel, index: number, scope: Scope): Value | undefined {
  const written = fileIndexOf(asker.model).written.get(fn.index);
  if (written === undefined || !isScript(asker.model.language)) { return undefined; }
  const { callee } = written.node;
  if (callee.kind !== 'member' || !OVER_ITEMS.has(callee.property) || written.at !== 0) { return undefined; }
  if (index > 0) { return hole(index === 1 ? 'plain' : 'unknown', callee); }
  return within(asker.value(callee.object, written.site, { depth: scope.depth + 1, bound: undefined }), callee.object);
}

/** True where an expression is a parameter of the method's receiver: `self`, `cls`. */
export function isReceiver(model: SourceModel, expr: Expr, site: NameSite): boolean {
  const receiver = site.function === undefined ? undefined : bindingsOf(model).receivers[site.function.index];
  return expr.kind === 'name' && (receiver?.name === expr.name || receiverClass(model, expr, site) !== undefined);
}

