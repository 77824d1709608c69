/** The order of a frame's rows: in one that is sorted from new to old a negative shift is the past. */
import { fold } from '../../../core/source/fold.ts';
import type { NameSite } from '../../../core/source/meaning/bindings.ts';
import type { Call, Expr, SourceModel } from '../../../core/source/model.ts';
import { siteOf } from '../../../core/source/names.ts';
import { definitionsOf } from '../../../core/source/scope.ts';

const SORTS: ReadonlySet<string> = new Set(['sort_values', 'sort_index', 'sort']);
/** `df[::-1]`, `df.iloc[::-1]`. */
const BACKWARDS = /^\s{0,8}:\s{0,8}:\s{0,8}-\s{0,8}1\s{0,8}$/;
/** How far a frame is followed from assignment to assignment. */
const MAX_HOPS = 8;

/** True where the rows of a value stand from new to old, provably. */
export function runsBackwards(model: SourceModel, value: Expr, site: NameSite): boolean {
  let [expr, at, around] = [value, value.start, site];
  for (let hops = 0; hops < MAX_HOPS; hops += 1) {
    const chain = ofChain(model, expr, around);
    if (typeof chain === 'boolean') { return chain; }
    if (chain === undefined) { return false; }
    // The assignment above is the one that holds; a frame of a loop's later round is not looked for.
    const before = definitionsOf(model, chain, around).filter((one) => one.target.start < at && one.value !== undefined).pop();
    if (before?.value === undefined || before.op !== undefined) { return false; }
    [expr, at, around] = [before.value, before.target.start, siteOf(before)];
  }
  return false;
}

/** What a chain of members, indices and calls says of the order; the name it starts from where it says nothing. */
function ofChain(model: SourceModel, expr: Expr, site: NameSite): boolean | string | undefined {
  for (let current = expr; ;) {
    if (current.kind === 'name') { return current.name; }
    if (current.kind === 'index') {
      if (current.indices.some((index) => BACKWARDS.test(model.source.text.slice(index.start, index.end)))) { return true; }
      current = current.object;
    } else if (current.kind === 'member') {
      current = current.object;
    } else if (current.kind === 'call' && current.callee.kind === 'member') {
      if (SORTS.has(current.callee.property)) { return isDescending(model, current, site); }
      current = current.callee.object;
    } else {
      return undefined;
    }
  }
}

/** `ascending=False` of pandas, `descending=True` of polars; a list of them by its last, the order within equal ones. */
function isDescending(model: SourceModel, sort: Call, site: NameSite): boolean {
  for (const { name, value } of sort.args) {
    if (name !== 'ascending' && name !== 'descending') { continue; }
    const last = value.kind === 'collection' ? value.items.at(-1) : value;
    return last !== undefined && fold(model, last, site)?.value === (name === 'descending');
  }
  return false;
}
