/** Names and attributes to the places that give them their value, as Python and MQL5 look them up. */
import type { ClassModel, Expr, SourceModel, Span } from './model.ts';
import { isScript } from './languages.ts';
import { bindingsOf, inClassBody, type Definition, type NameSite } from './meaning/bindings.ts';
import { lineageOf } from './meaning/classes.ts';
import { PerModel } from './meaning/per-model.ts';
import { outerFunction } from './meaning/receivers.ts';

export type { Definition, NameSite } from './meaning/bindings.ts';

const NOWHERE: readonly Definition[] = [];

/**
 * Definitions of a name in the nearest scope that binds it: the class body (only for code in it), the function, the
 * functions around it, the module. Empty for builtins and names nobody binds.
 * @param at where the name is used: tells variables of one name in several blocks of JavaScript apart.
 */
export function definitionsOf(model: SourceModel, name: string, site: NameSite, at?: number): readonly Definition[] {
  const bindings = bindingsOf(model);
  if (model.language === 'mql5') { return mqlDefinitions(model, name, site); }
  // Fields of a JavaScript class are reached through `this` alone.
  if (inClassBody(site) && !isScript(model.language)) {
    const own = bindings.classes[site.class!.index]?.get(name);
    if (own !== undefined) { return own; }
  }
  for (let fn = site.function; fn !== undefined; fn = outerFunction(model, fn)) {
    const found = visibleAt(model, bindings.functions[fn.index]?.get(name), at);
    if (found !== undefined) { return found; }
  }
  return visibleAt(model, bindings.module.get(name), at) ?? NOWHERE;
}

/** Of the definitions of a name those that mean the variable seen at a place; undefined where none does. */
function visibleAt(model: SourceModel, definitions: readonly Definition[] | undefined, at: number | undefined): readonly Definition[] | undefined {
  if (definitions === undefined || at === undefined || !definitions.some(({ block }) => block !== undefined)) { return definitions; }
  const block = innermost(definitions, at);
  const known = inBlocks.of(model).get(definitions) ?? new Map<string, readonly Definition[]>();
  inBlocks.of(model).set(definitions, known);
  const key = block === undefined ? '' : `${block.start}-${block.end}`;
  let seen = known.get(key);
  if (seen === undefined) {
    seen = definitions.filter((one) => sameSpan(one.block ?? innermost(definitions, one.target.start), block));
    known.set(key, seen);
  }
  return seen.length === 0 ? undefined : seen;
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

/** The function, then the class with its bases, then the file: MQL5 writes members without `this`. */
function mqlDefinitions(model: SourceModel, name: string, site: NameSite): readonly Definition[] {
  const bindings = bindingsOf(model);
  const local = site.function === undefined ? undefined : bindings.functions[site.function.index]?.get(name);
  if (local !== undefined) { return local; }
  const member = site.class === undefined ? NOWHERE : attributeDefinitions(model, site.class, name);
  return member.length > 0 ? member : bindings.module.get(name) ?? NOWHERE;
}

/**
 * Everything that gives an attribute of a class its value: the class body and `self.x = …` in its methods, and the same
 * of base classes in this file, derived classes first. `def` and `class` in the body count.
 */
export function attributeDefinitions(model: SourceModel, cls: ClassModel, attribute: string): readonly Definition[] {
  let known = attributes.of(model).get(cls);
  if (known === undefined) {
    known = new Map();
    attributes.of(model).set(cls, known);
  }
  let definitions = known.get(attribute);
  if (definitions === undefined) {
    definitions = findAttribute(model, cls, attribute);
    known.set(attribute, definitions);
  }
  return definitions;
}

const attributes = new PerModel<ClassModel, Map<string, readonly Definition[]>>();

function findAttribute(model: SourceModel, cls: ClassModel, attribute: string): readonly Definition[] {
  const bindings = bindingsOf(model);
  return lineageOf(model, cls).local.flatMap((ancestor) => [
    ...(bindings.classes[ancestor.index]?.get(attribute) ?? []),
    ...(bindings.attributes[ancestor.index]?.get(attribute) ?? []),
  ]);
}

/** The class that `self` (or `cls`) means for an expression at this site, if the expression is that name. */
export function receiverClass(model: SourceModel, expr: Expr, site: NameSite): ClassModel | undefined {
  if (expr.kind !== 'name') { return undefined; }
  if (expr.name === 'this' && isScript(model.language) && inClassBody(site)) { return site.class; }
  if (site.function === undefined) { return undefined; }
  const receiver = bindingsOf(model).receivers[site.function.index];
  return receiver !== undefined && receiver.name === expr.name ? receiver.class : undefined;
}
