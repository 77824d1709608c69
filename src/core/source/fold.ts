/**
 * Constants: what a value is before the program runs, and where it was written.
 *
 * Folds literals, arithmetic in exact decimals, strings, module constants, class attributes, defaults of parameters and
 * configuration fields. Nothing read at run time is a constant: an environment variable with a default is not.
 */
import type { Expr, SourceModel, Span } from './model.ts';
import type { NameSite } from './meaning/bindings.ts';
import { plan } from './meaning/fold-plan.ts';
import { PerModel } from './meaning/per-model.ts';
import type { Constant, Step } from './meaning/fold-values.ts';

/** A constant and where it was written. */
export interface Folded {
  readonly value: string | number | boolean | null;
  /** Of a number: its exact decimal text (`0.1`, `50000`); absent where the exact value has no end (1 / 3). */
  readonly exact?: string;
  /** Of a number: how Python types it. */
  readonly numeric?: 'integer' | 'float' | 'decimal';
  /** Places that carry the value, the use first and the definition last. */
  readonly origins: readonly Span[];
}

/** Most expressions one question may look at; beyond it the value counts as unknown. */
const MAX_STEPS = 100_000;

interface Frame {
  readonly expr: Expr;
  readonly step: Step;
  readonly results: (Constant | undefined)[];
}

/** Constants of a model by expression; an expression stands at one site, so it needs no other key. */
const remembered = new PerModel<Expr, Constant | null>();

/**
 * The constant an expression stands for.
 * @returns undefined where it is not provably one; cycles (`a = b`, `b = a`) and very large expressions are not.
 */
export function fold(model: SourceModel, expr: Expr, site: NameSite): Folded | undefined {
  const memory = remembered.of(model);
  const known = memory.get(expr);
  if (known !== undefined) { return known ?? undefined; }
  return evaluate(model, expr, site, memory);
}

/** A stack machine instead of recursion: expressions may be 20,000 levels deep. */
function evaluate(model: SourceModel, root: Expr, site: NameSite, memory: Map<Expr, Constant | null>): Constant | undefined {
  const active = new Set<Expr>([root]);
  const stack: Frame[] = [{ expr: root, step: plan(model, root, site), results: [] }];
  let answer: Constant | undefined;
  let steps = 0;
  while (stack.length > 0) {
    const frame = stack[stack.length - 1]!;
    const child = frame.step.kind === 'combine' ? frame.step.operands[frame.results.length] : undefined;
    if (child === undefined) {
      const outcome = frame.step.kind === 'done' ? frame.step.value : frame.step.combine(frame.results);
      if (outcome !== undefined && 'kind' in outcome) {
        stack[stack.length - 1] = { expr: frame.expr, step: outcome, results: [] };
        continue;
      }
      stack.pop();
      active.delete(frame.expr);
      memory.set(frame.expr, outcome ?? null);
      const parent = stack[stack.length - 1];
      if (parent === undefined) { answer = outcome; } else { parent.results.push(outcome); }
      continue;
    }
    const known = memory.get(child.expr);
    if (known !== undefined || active.has(child.expr)) { frame.results.push(known ?? undefined); continue; }
    if (++steps > MAX_STEPS) { return undefined; }
    active.add(child.expr);
    stack.push({ expr: child.expr, step: plan(model, child.expr, child.site), results: [] });
  }
  return answer;
}
