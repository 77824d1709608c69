/** Modules that an expression brings along: `require('./risk')`, `await import('./risk')`. */
import type { Expr } from '../model.ts';

/** A call that brings a module. */
export interface Required {
  readonly call: Expr & { readonly kind: 'call' };
  readonly specifier: string;
}

/** The module that an expression is; undefined for other expressions, and for a name that is worked out. */
export function requiredBy(value: Expr): Required | undefined {
  const call = value.kind === 'await' ? value.operand : value;
  if (call.kind !== 'call' || call.callee.kind !== 'name' || call.args.length === 0) return undefined;
  if (call.callee.name !== 'require' && call.callee.name !== 'import') return undefined;
  const name = call.args[0]!.value;
  return name.kind === 'literal' && typeof name.value === 'string' ? { call, specifier: name.value } : undefined;
}

/** Name by which a file knows a module that an expression brings: no name anybody can write. */
export function aliasOfRequired(specifier: string): string {
  return `require ${specifier}`;
}

/** `./a/b` → `a/b` of level 1, `../a` → `a` of level 2, `node:fs` → `fs` of level 0. */
export function moduleOf(specifier: string): { readonly module: string; readonly level: number } {
  if (!specifier.startsWith('.')) return { module: specifier.startsWith('node:') ? specifier.slice('node:'.length) : specifier, level: 0 };
  let rest = specifier;
  let level = 1;
  for (;;) {
    if (rest === '.' || rest === './') return { module: '', level };
    if (rest === '..') return { module: '', level: level + 1 };
    if (rest.startsWith('./')) rest = rest.slice(2);
    else if (rest.startsWith('../')) {
      rest = rest.slice(3);
      level++;
    } else return { module: rest, level };
  }
}
