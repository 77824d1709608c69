/** Object literals of JavaScript as tables of constants: `limits.daily.max`. */
import type { Collection, Expr, SourceModel } from '../model.ts';
import { siteOf } from '../names.ts';
import type { NameSite } from './bindings.ts';
import { definitionsFor } from './classes.ts';

/** An expression and where it is to be read. */
export interface Placed {
  readonly expr: Expr;
  readonly site: NameSite;
}

const MAX_HOPS = 12;
/** Functions that give back the object they are given. */
const KEEPERS: ReadonlySet<string> = new Set(['freeze', 'seal', 'preventExtensions']);

/**
 * The value a member has in the object literal it is read from.
 * @returns undefined where the object is not one literal, a spread or computed key may hide the member, or the file assigns it.
 */
export function fieldOf(model: SourceModel, expr: Expr & { readonly kind: 'member' }, site: NameSite): Placed | undefined {
  const table = literalOf(model, expr.object, site, 0);
  if (table === undefined || (expr.object.kind !== 'collection' && isAssigned(model.source.text, expr))) { return undefined; }
  return itemOf(table, expr.property);
}

interface Table {
  readonly object: Collection;
  readonly site: NameSite;
}

function literalOf(model: SourceModel, start: Expr, around: NameSite, depth: number): Table | undefined {
  let expr = start;
  let site = around;
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    if (expr.kind === 'collection') { return expr.type === 'dict' ? { object: expr, site } : undefined; }
    if (expr.kind === 'call') {
      const kept = expr.callee.kind === 'member' && KEEPERS.has(expr.callee.property) ? expr.args[0] : undefined;
      if (kept === undefined) { return undefined; }
      expr = kept.value;
      continue;
    }
    const definitions = definitionsFor(model, expr, site);
    const only = definitions.length === 1 ? definitions[0] : undefined;
    if (only !== undefined) {
      if (only.value === undefined || only.op !== undefined) { return undefined; }
      expr = only.value;
      site = siteOf(only);
      continue;
    }
    if (definitions.length > 0 || expr.kind !== 'member' || depth >= MAX_HOPS) { return undefined; }
    // An object in an object.
    const outer = literalOf(model, expr.object, site, depth + 1);
    const inner = outer === undefined ? undefined : itemOf(outer, expr.property);
    if (inner === undefined) { return undefined; }
    expr = inner.expr;
    site = inner.site;
  }
  return undefined;
}

function itemOf({ object, site }: Table, property: string): Placed | undefined {
  const keys = object.keys ?? [];
  if (keys.some((key) => key === null || key.kind !== 'literal')) { return undefined; }
  const at = keys.findLastIndex((key) => key?.kind === 'literal' && key.value === property);
  const expr = at < 0 ? undefined : object.items[at];
  return expr === undefined ? undefined : { expr, site };
}

/** True where the text assigns a member of this name of an object of this name, in any form. */
function isAssigned(text: string, expr: Expr & { readonly kind: 'member' }): boolean {
  const object = expr.object.kind === 'name' ? expr.object.name : expr.object.kind === 'member' ? expr.object.property : undefined;
  if (object === undefined) { return true; }
  const needle = `${object}.${expr.property}`;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    const after = text.slice(at + needle.length, at + needle.length + 8).trimStart();
    if (/^(?:=(?![=>])|\+\+|--|(?:[-+*/%&|^]|\*\*|\?\?|\|\||&&|<<|>>)=)/.test(after)) { return true; }
  }
  return text.includes(`Object.assign(${object}`) || text.includes(`delete ${needle}`);
}
