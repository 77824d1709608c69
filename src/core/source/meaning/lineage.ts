/** Classes of one file with their ancestors, as far as the file shows them. */
import type { ClassModel, Expr, SourceModel } from '../model.ts';
import { dottedName, importOf } from '../names.ts';
import { annotatedType } from './annotations.ts';
import { bindingsOf, classSite, type Definition, type NameSite } from './bindings.ts';
import { lexicalDefinitions } from './lexical.ts';
import { ListFact } from './long-lists.ts';
import { PerModel } from './per-model.ts';

/** A class with its ancestors: those of this file nearest first, and the full names of the ones that are not. */
export interface Lineage {
  readonly local: readonly ClassModel[];
  /** `nautilus_trader.trading.strategy.Strategy`, `.base.RiskBase`. */
  readonly external: readonly string[];
  /** False where a base is computed or has no name this file can tell. */
  readonly complete: boolean;
}

const remembered = new PerModel<ClassModel, Lineage>();

/** Ancestors of a class as far as this file shows them; cycles end. */
export function lineageOf(model: SourceModel, cls: ClassModel): Lineage {
  const known = remembered.of(model).get(cls);
  if (known !== undefined) { return known; }
  const local: ClassModel[] = [];
  const external: string[] = [];
  let complete = true;
  const queue: ClassModel[] = [cls];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (local.includes(next)) { continue; }
    local.push(next);
    for (const base of next.bases) {
      const expr = annotatedType(base);
      const site = outside(model, next);
      const found = expr === undefined ? undefined : namedClass(model, expr, site);
      if (found !== undefined) { queue.push(found); continue; }
      const name = expr === undefined ? undefined : dottedName(lexicalDefinitions, model, expr, site);
      if (name === undefined) { complete = false; } else { external.push(name); }
    }
  }
  const lineage = { local, external, complete };
  remembered.of(model).set(cls, lineage);
  return lineage;
}

/** Site at which the heading of a class is read: around it, not in it. */
function outside(model: SourceModel, cls: ClassModel): NameSite {
  const around = cls.outerClass === undefined ? undefined : model.classes[cls.outerClass];
  if (around !== undefined) { return classSite(model, around); }
  const fn = cls.outerFunction === undefined ? undefined : model.functions[cls.outerFunction];
  return fn === undefined ? {} : { function: fn };
}

/** The class of this file that a name means (`Risk`, `Outer.Inner`). */
export function namedClass(model: SourceModel, expr: Expr, site: NameSite): ClassModel | undefined {
  const chain: string[] = [];
  let root = expr;
  while (root.kind === 'member') {
    chain.push(root.property);
    root = root.object;
  }
  if (root.kind !== 'name' || chain.length > 8) { return undefined; }
  const definitions = lexicalDefinitions(model, root.name, site, root.start);
  // A shim (`except ImportError: class Strategy: …`) is not what runs where the import works.
  let found = importOf(model, definitions) === undefined ? declaredClass(model, definitions) : undefined;
  for (let name = chain.pop(); name !== undefined && found !== undefined; name = chain.pop()) {
    found = declaredClass(model, bindingsOf(model).classes[found.index]?.get(name) ?? []);
  }
  return found;
}

function declaredClass(model: SourceModel, definitions: readonly Definition[]): ClassModel | undefined {
  const declared = declarations.of(model, definitions, () => definitions.find((definition) => definition.declared?.kind === 'class')?.declared);
  return declared === undefined ? undefined : model.classes[declared.index];
}

const declarations = new ListFact<Definition['declared']>();
