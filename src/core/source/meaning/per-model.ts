/** Derived facts of immutable models, kept as long as the model lives. */
import type { SourceModel } from '../model.ts';

/**
 * Answers by key, one table a model: thousands of expressions hang on one weak reference, which the garbage collector
 * follows once, not on one each.
 */
export class PerModel<K, V> {
  readonly #tables = new WeakMap<SourceModel, Map<K, V>>();

  /** The table of a model, made on first use. */
  of(model: SourceModel): Map<K, V> {
    let table = this.#tables.get(model);
    if (table === undefined) {
      table = new Map();
      this.#tables.set(model, table);
    }
    return table;
  }
}
