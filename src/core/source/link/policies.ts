/** Policies: what a function, or the object it stands in, says it is run for. `strategy.runPolicy = { onCandleClosed: true }`. */
import { callbacksFor } from '../frameworks/tables.ts';
import type { NameSite } from '../meaning/bindings.ts';
import type { Assign, Collection, EntryClass, Expr, SourceModel } from '../model.ts';
import { definitionsOf } from '../scope.ts';

/** A function and what it is run for. */
export interface PolicyRun {
  readonly value: Expr;
  readonly entry: EntryClass;
}

const NO_RUNS: readonly PolicyRun[] = [];

/** Of `strategy.runPolicy = { … }`: the function the property is set on. */
export function assignedPolicies(model: SourceModel, { targets, value, op }: Assign, site: NameSite): readonly PolicyRun[] {
  if (value === undefined || op !== undefined) { return NO_RUNS; }
  return targets.flatMap((target) => (target.kind === 'member' ? runsOf(model, target.property, value, [target.object], site) : NO_RUNS));
}

/** Of `{ runPolicy: { … }, *run(ctx) { … } }`: the generators beside the policy, or the handlers in it. */
export function literalPolicies(model: SourceModel, { keys, items }: Collection, site: NameSite): readonly PolicyRun[] {
  if (keys === undefined) { return NO_RUNS; }
  return keys.flatMap((key, i) => {
    if (key?.kind !== 'literal' || callbacksFor('policy', String(key.value)).length === 0) { return NO_RUNS; }
    const generators = items.filter((item) => isGenerator(model, item, site));
    return runsOf(model, String(key.value), items[i]!, generators, site);
  });
}

/** @param owners the functions that are run; without one, the functions in the policy are. */
function runsOf(model: SourceModel, name: string, policy: Expr, owners: readonly Expr[], site: NameSite): readonly PolicyRun[] {
  const flags = literalOf(model, policy, site);
  if (flags?.keys === undefined) { return NO_RUNS; }
  const runs: PolicyRun[] = [];
  for (const callback of callbacksFor('policy', name)) {
    if (callback.kind !== 'policy') { continue; }
    flags.keys.forEach((key, i) => {
      const entry = key?.kind === 'literal' && Object.hasOwn(callback.flags, String(key.value)) ? callback.flags[String(key.value)] : undefined;
      const flag = flags.items[i]!;
      if (entry === undefined || (flag.kind === 'literal' && (flag.value === false || flag.value === null))) { return; }
      // Beside an owner, a function is asked whether that is run.
      const run = flag.kind === 'lambda' && (owners.length === 0 || isGenerator(model, flag, site)) ? [flag] : owners;
      for (const value of run) { runs.push({ value, entry }); }
    });
  }
  return runs;
}

function literalOf(model: SourceModel, expr: Expr, site: NameSite): Collection | undefined {
  const definitions = expr.kind === 'name' ? definitionsOf(model, expr.name, site, expr.start) : [];
  const value = definitions.length === 1 ? definitions[0]?.value : expr;
  return value?.kind === 'collection' && value.type === 'dict' ? value : undefined;
}

function isGenerator(model: SourceModel, expr: Expr, site: NameSite): boolean {
  if (expr.kind === 'lambda') { return model.functions[expr.function]?.generator === true; }
  const definitions = expr.kind === 'name' ? definitionsOf(model, expr.name, site, expr.start) : [];
  return definitions.some(({ declared }) => declared?.kind === 'function' && model.functions[declared.index]?.generator === true);
}
