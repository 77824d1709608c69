/** Which entries a stop belongs to: one that is placed after an entry of the same function is that entry's, and no other's. */
import type { Call, FunctionModel, SourceModel, Span } from '../../../core/source/model.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { ModelFact } from '../../../core/source/meaning/per-model.ts';
import type { Flow } from '../orders/flow.ts';
import { entriesOf } from '../orders/entries.ts';

const MOST_HOPS = 4;

/** The functions that enter themselves, with the first place where each does. */
const entering = new ModelFact<ReadonlyMap<FunctionModel, number>>();

function enteringOf(model: SourceModel): ReadonlyMap<FunctionModel, number> {
  let known = entering.get(model);
  if (known === undefined) {
    const found = new Map<FunctionModel, number>();
    for (const { site, call } of entriesOf(model)) { if (site.function !== undefined && !found.has(site.function)) { found.set(site.function, call.start); } }
    known = found;
    entering.set(model, known);
  }
  return known;
}

/** The functions whose entries a stop is placed for; undefined where it may be for any (a handler, a loop that watches). */
export function boundTo(model: SourceModel, flow: Flow, site: Site, at: Span, depth = 0): ReadonlySet<FunctionModel> | undefined {
  const fn = site.function;
  if (fn === undefined || depth > MOST_HOPS) { return undefined; }
  const entered = enteringOf(model).get(fn);
  if (entered !== undefined) { return entered < at.start ? new Set([fn]) : undefined; }
  if (flow.isRoot(fn)) { return undefined; }
  const callers = flow.callersOf(fn).filter((caller) => caller.site.function !== fn);
  if (callers.length === 0) { return undefined; }
  const found = new Set<FunctionModel>();
  for (const caller of callers) {
    const bound = boundTo(model, flow, caller.site, caller.call, depth + 1);
    if (bound === undefined) { return undefined; }
    for (const one of bound) { found.add(one); }
  }
  return found;
}

/** Is an order sent on the way of one of these functions: in it, by what it calls, or by what calls it? */
export function shareWay(flow: Flow, order: { readonly call: Call; readonly site: Site }, bound: ReadonlySet<FunctionModel>): boolean {
  const fn = order.site.function;
  if (fn === undefined || bound.has(fn)) { return true; }
  for (const one of callersAbove(flow, fn)) { if (bound.has(one)) { return true; } }
  for (const one of bound) { if (callersAbove(flow, one).has(fn)) { return true; } }
  return false;
}

function callersAbove(flow: Flow, fn: FunctionModel): ReadonlySet<FunctionModel> {
  const seen = new Set<FunctionModel>([fn]);
  for (const one of seen) {
    if (seen.size > 40) { break; }
    for (const { site } of flow.callersOf(one)) { if (site.function !== undefined) { seen.add(site.function); } }
  }
  return seen;
}
