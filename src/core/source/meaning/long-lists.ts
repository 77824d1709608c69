/** Answers about a name with very many definitions: generated code assigns one name thousands of times and asks as often. */
import type { SourceModel } from '../model.ts';
import type { Definition } from './bindings.ts';
import { PerModel } from './per-model.ts';

/** Shorter lists are gone through: to remember an answer costs more. */
const LONG = 16;

/** One answer a list of definitions, remembered for long ones. The lists of a model are the same objects at every look. */
export class ListFact<V> {
  readonly #answers = new PerModel<readonly Definition[], V>();

  of(model: SourceModel, definitions: readonly Definition[], find: () => V): V {
    if (definitions.length < LONG) { return find(); }
    const table = this.#answers.of(model);
    if (!table.has(definitions)) { table.set(definitions, find()); }
    return table.get(definitions) as V;
  }
}

/**
 * As `ListFact`, for answers that are looked for through a bounded number of hops: that there is none counts only for
 * those who have no more hops left than the one who looked. While an answer is looked for there is none: a cycle ends.
 */
export class SearchFact<V> {
  readonly #answers = new PerModel<readonly Definition[], { readonly hops: number; readonly found: V | undefined }>();

  of(model: SourceModel, definitions: readonly Definition[], hops: number, find: () => V | undefined): V | undefined {
    if (definitions.length < LONG) { return find(); }
    const table = this.#answers.of(model);
    const known = table.get(definitions);
    if (known !== undefined && (known.found !== undefined || known.hops <= hops)) { return known.found; }
    table.set(definitions, { hops, found: undefined });
    const found = find();
    table.set(definitions, { hops, found });
    return found;
  }
}
