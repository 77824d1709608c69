/** Names and attributes to the places that give them their value, as Python and MQL5 look them up. */
import type { ClassModel, Expr, SourceModel } from './model.ts';
import { isScript } from './languages.ts';
import { bindingsOf, inClassBody, type Definition, type NameSite } from './meaning/bindings.ts';
import { lexicalDefinitions, localDefinitions } from './meaning/lexical.ts';
import { lineageOf } from './meaning/lineage.ts';
import { PerModel } from './meaning/per-model.ts';

export type { Definition, NameSite } from './meaning/bindings.ts';

const NOWHERE: readonly Definition[] = [];

/**
 * Definitions of a name in the nearest scope that binds it; in MQL5 the members of the class and of its bases are among them.
 * Empty for builtins and names nobody binds.
 * @param at where the name is used: tells variables of one name in several blocks of JavaScript apart.
 */
export function definitionsOf(model: SourceModel, name: string, site: NameSite, at?: number): readonly Definition[] {
  return model.language === 'mql5' ? mqlDefinitions(model, name, site) : lexicalDefinitions(model, name, site, at);
}

/** The function, then the class with its bases, then the file: MQL5 writes members without `this`. */
function mqlDefinitions(model: SourceModel, name: string, site: NameSite): readonly Definition[] {
  const local = localDefinitions(model, name, site);
  if (local !== undefined) { return local; }
  const member = site.class === undefined ? NOWHERE : attributeDefinitions(model, site.class, name);
  return member.length > 0 ? member : bindingsOf(model).module.get(name) ?? NOWHERE;
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
