/** Names to the places that give them their value, by where they stand alone: what classes inherit is not asked. */
import type { SourceModel, Span } from '../model.ts';
import { isScript } from '../languages.ts';
import { bindingsOf, inClassBody, type Definition, type NameSite } from './bindings.ts';
import { PerModel } from './per-model.ts';
import { outerFunction } from './receivers.ts';

const NOWHERE: readonly Definition[] = [];

/**
 * Definitions of a name in the nearest scope that binds it: the class body (only for code in it), the function, the
 * functions around it, the module. Empty for builtins and names nobody binds.
 * @param at where the name is used: tells variables of one name in several blocks of JavaScript apart.
 */
export function lexicalDefinitions(model: SourceModel, name: string, site: NameSite, at?: number): readonly Definition[] {
  const bindings = bindingsOf(model);
  if (model.language === 'mql5') { return localDefinitions(model, name, site) ?? bindings.module.get(name) ?? NOWHERE; }
  // Fields of a JavaScript class are reached through `this` alone.
  if (inClassBody(site) && !isScript(model.language)) {
    const own = bindings.classes[site.class!.index]?.get(name);
    if (own !== undefined) { return own; }
  }
  for (let fn = site.function; fn !== undefined; fn = outerFunction(model, fn)) {
    const scope = bindings.functions[fn.index];
    if (scope === undefined || scope.size === 0) { continue; }
    const bound = scope.get(name);
    const found = bound === undefined ? undefined : visibleAt(model, bound, at);
    if (found !== undefined) { return found; }
  }
  const bound = bindings.module.get(name);
  return bound === undefined ? NOWHERE : visibleAt(model, bound, at) ?? NOWHERE;
}

/** Definitions of a name in the function itself. */
export function localDefinitions(model: SourceModel, name: string, site: NameSite): readonly Definition[] | undefined {
  return site.function === undefined ? undefined : bindingsOf(model).functions[site.function.index]?.get(name);
}

/** Of the definitions of a name those that mean the variable seen at a place; undefined where none does. */
function visibleAt(model: SourceModel, definitions: readonly Definition[], at: number | undefined): readonly Definition[] | undefined {
  if (at === undefined || !isScript(model.language) || !liveInBlocks(definitions)) { return definitions; }
  const block = innermost(definitions, at);
  const table = inBlocks.of(model);
  let known = table.get(definitions);
  if (known === undefined) {
    known = new Map<string, readonly Definition[]>();
    table.set(definitions, known);
  }
  const key = block === undefined ? '' : `${block.start}-${block.end}`;
  let seen = known.get(key);
  if (seen === undefined) {
    seen = definitions.filter((one) => sameSpan(one.block ?? innermost(definitions, one.target.start), block));
    known.set(key, seen);
  }
  return seen.length === 0 ? undefined : seen;
}

function liveInBlocks(definitions: readonly Definition[]): boolean {
  for (const { block } of definitions) { if (block !== undefined) { return true; } }
  return false;
}

/** Lists of definitions → those of each block. */
const inBlocks = new PerModel<readonly Definition[], Map<string, readonly Definition[]>>();

function innermost(definitions: readonly Definition[], at: number): Span | undefined {
  let found: Span | undefined;
  for (const { block } of definitions) {
    if (block === undefined || at < block.start || at >= block.end) { continue; }
    if (found === undefined || block.end - block.start < found.end - found.start) { found = block; }
  }
  return found;
}

function sameSpan(one: Span | undefined, other: Span | undefined): boolean {
  return one?.start === other?.start && one?.end === other?.end;
}
