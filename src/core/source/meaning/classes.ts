/** Which class an expression is an instance of: one of this file, or the name of another. */
import type { ClassModel, Expr, SourceModel } from '../model.ts';
import { importedName, siteOf } from '../names.ts';
import { attributeDefinitions, definitionsOf, receiverClass } from '../scope.ts';
import { annotatedType } from './annotations.ts';
import { lineageOf, namedClass } from './lineage.ts';
import { SearchFact } from './long-lists.ts';
import { PerModel } from './per-model.ts';
import type { Definition, NameSite } from './bindings.ts';
import { qualifiedName } from './qualified.ts';

const MAX_HOPS = 12;

/**
 * The class of this file that a value is an instance of: `self`, typed parameters and variables, constructor calls,
 * attributes of such objects. Undefined where this file cannot tell.
 */
export function instanceClass(model: SourceModel, expr: Expr, site: NameSite, hops = 0): ClassModel | undefined {
  if (hops > MAX_HOPS || expr.kind === 'literal') { return undefined; }
  const receiver = receiverClass(model, expr, site);
  if (receiver !== undefined) { return receiver; }
  const table = instances.of(model);
  const known = table.get(expr);
  if (known !== undefined) { return known ?? undefined; }
  // Marked as unknown while it is being found: a cycle ends there.
  table.set(expr, null);
  const found = findInstance(model, expr, site, hops);
  table.set(expr, found ?? null);
  return found;
}

/** Answers by expression, which stands at one site. */
const instances = new PerModel<Expr, ClassModel | null>();
const types = new PerModel<Expr, string | null>();

function findInstance(model: SourceModel, expr: Expr, site: NameSite, hops: number): ClassModel | undefined {
  switch (expr.kind) {
    case 'call':
      return namedClass(model, expr.callee, site);
    case 'await':
      return instanceClass(model, expr.operand, site, hops + 1);
    case 'boolean':
      return expr.operands.map((operand) => instanceClass(model, operand, site, hops + 1)).find((cls) => cls !== undefined);
    case 'conditional':
      return instanceClass(model, expr.then, site, hops + 1) ?? instanceClass(model, expr.else, site, hops + 1);
    case 'name':
      return definedClass(model, definitionsOf(model, expr.name, site, expr.start), hops);
    case 'member': {
      const owner = instanceClass(model, expr.object, site, hops + 1);
      if (owner === undefined) { return undefined; }
      const definitions = attributeDefinitions(model, owner, expr.property);
      return definitions.length > 0 ? definedClass(model, definitions, hops) : handedIn(model, owner, expr.property);
    }
    default:
      return undefined;
  }
}

function definedClass(model: SourceModel, definitions: readonly Definition[], hops: number): ClassModel | undefined {
  return defined.of(model, definitions, hops, () => firstClass(model, definitions, hops));
}

const defined = new SearchFact<ClassModel>();

function firstClass(model: SourceModel, definitions: readonly Definition[], hops: number): ClassModel | undefined {
  for (const definition of definitions) {
    const type = definition.annotation === undefined ? undefined : annotatedType(definition.annotation);
    const annotated = type === undefined ? undefined : namedClass(model, type, siteOf(definition));
    if (annotated !== undefined) { return annotated; }
  }
  for (const definition of definitions) {
    const made = definition.value === undefined ? undefined : instanceClass(model, definition.value, siteOf(definition), hops + 1);
    if (made !== undefined) { return made; }
  }
  return undefined;
}

/**
 * An attribute no line of the class assigns, but whose name is a typed parameter of its constructor: frameworks keep
 * the configuration they are handed (`def __init__(self, config: Cfg): super().__init__(config)` → `self.config`).
 */
function handedIn(model: SourceModel, cls: ClassModel, attribute: string): ClassModel | undefined {
  for (const ancestor of lineageOf(model, cls).local) {
    const index = ancestor.methods.find((method) => model.functions[method]?.name === '__init__');
    const init = index === undefined ? undefined : model.functions[index];
    const annotation = init?.parameters.find((parameter) => parameter.name === attribute)?.annotation;
    const type = annotation === undefined ? undefined : annotatedType(annotation);
    if (type !== undefined) { return namedClass(model, type, init === undefined ? {} : { function: init }); }
  }
  return undefined;
}

/** Full name of the type of a value that is no class of this file: the annotation or the constructor's name. */
export function externalType(model: SourceModel, expr: Expr, site: NameSite, hops = 0): string | undefined {
  if (hops > MAX_HOPS) { return undefined; }
  const table = types.of(model);
  const known = table.get(expr);
  if (known !== undefined) { return known ?? undefined; }
  table.set(expr, null);
  const found = findType(model, expr, site, hops);
  table.set(expr, found ?? null);
  return found;
}

function findType(model: SourceModel, expr: Expr, site: NameSite, hops: number): string | undefined {
  if (expr.kind === 'call') { return qualifiedName(model, expr.callee, site); }
  if (expr.kind === 'await') { return externalType(model, expr.operand, site, hops + 1); }
  if (expr.kind === 'boolean') {
    return expr.operands.map((operand) => externalType(model, operand, site, hops + 1)).find((name) => name !== undefined);
  }
  const definitions = definitionsFor(model, expr, site);
  return named.of(model, definitions, hops, () => firstType(model, definitions, hops));
}

const named = new SearchFact<string>();

function firstType(model: SourceModel, definitions: readonly Definition[], hops: number): string | undefined {
  for (const definition of definitions) {
    if (definition.imported !== undefined) { return importedName(definition.imported); }
    const type = definition.annotation === undefined ? undefined : annotatedType(definition.annotation);
    const name = type === undefined ? undefined : qualifiedName(model, type, siteOf(definition));
    if (name !== undefined) { return name; }
  }
  for (const definition of definitions) {
    const { value } = definition;
    const name = value === undefined ? undefined : externalType(model, value, siteOf(definition), hops + 1);
    if (name !== undefined) { return name; }
  }
  return undefined;
}

/** Definitions of a name, or of an attribute of an object whose class stands in this file. */
export function definitionsFor(model: SourceModel, expr: Expr, site: NameSite): readonly Definition[] {
  if (expr.kind === 'name') { return receiverClass(model, expr, site) === undefined ? definitionsOf(model, expr.name, site, expr.start) : []; }
  if (expr.kind !== 'member') { return []; }
  const owner = receiverClass(model, expr.object, site) ?? instanceClass(model, expr.object, site);
  return owner === undefined ? [] : attributeDefinitions(model, owner, expr.property);
}
