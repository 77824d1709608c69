/** Targets that take a value apart: which of its parts each of them gets. */
import type { Expr, Name } from '../model.ts';

/** The parts of `a, b = 1, 2` side by side; without values where the shapes differ. */
export function pairs(targets: readonly Expr[], value: Expr | undefined): [Expr, Expr | undefined][] {
  const values = value?.kind === 'collection' && value.items.length === targets.length ? value.items : [];
  const starred = [...targets, ...values].some((item) => item.kind === 'unknown' || item.kind === 'unary' && item.op === '*');
  return targets.map((target, i) => [target, starred ? undefined : values[i]]);
}

/** The fields an object pattern takes: from an object written down, or as members of what is taken apart. */
export function fields(target: Expr & { readonly kind: 'collection' }, value: Expr | undefined): [Expr, Expr | undefined][] {
  return target.items.map((item, i): [Expr, Expr | undefined] => {
    const key = target.keys?.[i];
    if (key?.kind !== 'literal' || typeof key.value !== 'string' || value === undefined) { return [item, undefined]; }
    if (value.kind === 'collection' && value.keys !== undefined) {
      const at = value.keys.findIndex((one) => one?.kind === 'literal' && one.value === key.value);
      return [item, at < 0 || value.keys.includes(null) ? undefined : value.items[at]];
    }
    const span = { start: key.start, end: key.end };
    return [item, { kind: 'member', ...span, object: value, property: key.value, propertySpan: span }];
  });
}

/** The names that `({ price, size: [first] })` binds. */
export function namesBound(pattern: Expr): readonly Name[] {
  const names: Name[] = [];
  const pending: Expr[] = [pattern];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === 'name') { names.push(next); }
    if (next.kind === 'collection') { pending.push(...next.items); }
    if (next.kind === 'unknown' && next.parts[0] !== undefined) { pending.push(next.parts[0]); }
  }
  return names;
}
