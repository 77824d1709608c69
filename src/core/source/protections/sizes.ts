/** Where the size of an order is held under a limit: `min(qty, max_contracts)`, `if lots > cap: lots = cap`, a sizing function. */
import { lastName } from '../meaning/annotations.ts';
import { statementsOf, type Definition, type NameSite } from '../meaning/bindings.ts';
import { wordsOf } from '../meaning/words.ts';
import { ModelFact } from '../meaning/per-model.ts';
import type { Argument, Call, Expr, SourceModel } from '../model.ts';
import { siteOf } from '../names.ts';
import { definitionsOf } from '../scope.ts';
import { childrenOf } from '../walk.ts';
import { sideOf, textWordsOf, type Leaf } from './gates.ts';
import { capsSize, kindsCompared } from './kinds.ts';

/** Functions that give the smaller of their arguments, or hold a value between two. */
const CAPS: ReadonlySet<string> = new Set(['min', 'MathMin', 'fmin', 'minimum', 'clamp', 'clip', 'Min', 'Clamp']);
/** Words of functions that work out how much to trade. */
const SIZING = new Set(['size', 'sizing', 'sizer', 'lots', 'lot', 'qty', 'quantity', 'volume', 'contracts', 'units', 'stake', 'amount', 'shares', 'normalize', 'normalise', 'clamp', 'cap', 'limit', 'risk', 'exposure', 'notional']);
/** Fields of a request that hold the size. */
const SIZE_FIELDS: ReadonlySet<string> = new Set(['volume', 'quantity', 'qty', 'amount', 'size', 'contracts', 'lots', 'totalQuantity', 'orderQty', 'units']);
const MAX_PARTS = 150;
const MAX_HOPS = 6;

interface Part {
  readonly expr: Expr;
  readonly site: NameSite;
  readonly hops: number;
  /** Words of what it is given to. */
  readonly around: ReadonlySet<string>;
}

/** True for an argument that is named like a size: of other calls than orders only these are looked at. */
export function mayBeSize({ name, value }: Argument): boolean {
  const named = value.kind === 'call' ? lastName(value.callee) : lastName(value);
  return [...wordsOf(name ?? ''), ...wordsOf(named ?? '')].some((word) => SIZING.has(word)) || (value.kind === 'call' && CAPS.has(named ?? ''));
}

const capped = new ModelFact<boolean>();

/** True for a file in which something may be held under a limit. */
export function mayCap(model: SourceModel): boolean {
  let known = capped.get(model);
  if (known === undefined) {
    known = /\b(?:min|mathmin|fmin|minimum|clamp|clip)\s?\(|size|lot|qty|quant/i.test(model.source.text);
    capped.set(model, known);
  }
  return known;
}

/** Caps on the sizes an expression is made of; local names are followed, functions of the project are named. */
export function capsIn(model: SourceModel, roots: readonly { readonly expr: Expr; readonly around: ReadonlySet<string> }[], site: NameSite): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const seen = new Set<Expr>();
  const pending: Part[] = roots.map(({ expr, around }) => ({ expr, site, hops: 0, around }));
  for (let count = 0; count < MAX_PARTS; count++) {
    const part = pending.shift();
    if (part === undefined) { break; }
    if (seen.has(part.expr)) { continue; }
    seen.add(part.expr);
    readPart(model, part, pending, leaves);
  }
  return leaves;
}

function readPart(model: SourceModel, part: Part, pending: Part[], leaves: Leaf[]): void {
  const { expr, site, hops, around } = part;
  if (expr.kind === 'call') { readCall(model, expr, part, leaves); }
  if (expr.kind === 'conditional' && expr.test.kind === 'compare' && expr.test.operands.length === 2) {
    const [left, right] = expr.test.operands.map((operand) => sideOf(model, operand, site)) as [ReturnType<typeof sideOf>, ReturnType<typeof sideOf>];
    if (['<', '>'].some((op) => kindsCompared({ left, right, op }).includes('size'))) { leaves.push({ kinds: ['size'], named: [], at: expr }); }
  }
  if (expr.kind === 'collection' && expr.keys !== undefined) {
    expr.items.forEach((item, i) => {
      const key = expr.keys?.[i];
      pending.push({ ...part, expr: item, around: key?.kind === 'literal' ? new Set(wordsOf(String(key.value))) : around });
    });
    return;
  }
  if (expr.kind === 'name') {
    for (const definition of hops < MAX_HOPS ? valuesOf(model, expr.name, site) : []) {
      pending.push({ expr: definition.value!, site: siteOf(definition), hops: hops + 1, around: new Set(wordsOf(expr.name)) });
    }
    for (const value of hops < 2 ? fieldsOf(model, expr.name, site) : []) { pending.push({ expr: value, site, hops: hops + 1, around: new Set(['size']) }); }
    return;
  }
  if (expr.kind === 'call') {
    for (const argument of expr.args) { pending.push({ ...part, expr: argument.value, around: argument.name === undefined ? around : new Set(wordsOf(argument.name)) }); }
    return;
  }
  for (const child of childrenOf(expr)) { pending.push({ ...part, expr: child }); }
}

function readCall(model: SourceModel, call: Call, { site, around }: Part, leaves: Leaf[]): void {
  const name = lastName(call.callee) ?? '';
  if (CAPS.has(name)) {
    const sides = call.args.map((argument) => sideOf(model, argument.value, site));
    if (sides.length >= 2 && capsSize(sides, around)) { leaves.push({ kinds: ['size'], named: [], at: call }); }
    return;
  }
  if (wordsOf(name).some((word) => SIZING.has(word)) || [...around].some((word) => SIZING.has(word))) {
    const words = textWordsOf(model, call.callee, site);
    leaves.push({ kinds: [], named: words.has('cap') || words.has('capped') || words.has('clamp') ? ['size'] : [], ask: { expr: call.callee, site, use: 'value' }, at: call });
  }
}

function valuesOf(model: SourceModel, name: string, site: NameSite): readonly Definition[] {
  const definitions = definitionsOf(model, name, site);
  return definitions.length > 8 ? [] : definitions.filter((one) => one.value !== undefined && one.function === site.function);
}

/** What is put into the size of a request: `request.volume = lots`. */
function fieldsOf(model: SourceModel, name: string, site: NameSite): readonly Expr[] {
  const values: Expr[] = [];
  for (const statement of site.function === undefined ? [] : statementsOf(site.function.body)) {
    if (statement.kind !== 'assign') { continue; }
    for (const target of statement.targets) {
      const field = target.kind === 'member' ? target : undefined;
      if (field?.object.kind === 'name' && field.object.name === name && SIZE_FIELDS.has(field.property) && statement.value !== undefined) { values.push(statement.value); }
    }
  }
  return values;
}
