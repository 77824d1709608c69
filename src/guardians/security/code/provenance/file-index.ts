/** One walk over a file for its provenance: calls by name, what is added to lists, and the calls functions are written into. */
import { targetKey } from '../../../../core/source/meaning/effects.ts';
import { ModelFact } from '../../../../core/source/meaning/per-model.ts';
import type { Call, Expr, SourceModel } from '../../../../core/source/model.ts';
import type { NameSite } from '../../../../core/source/scope.ts';
import { walkModule } from '../../../../core/source/walk.ts';

/** A node and where it stands. */
export interface Sited<T> {
  readonly node: T;
  readonly site: NameSite;
}

export interface FileIndex {
  /** Last name of what is called → calls. */
  readonly calls: ReadonlyMap<string, readonly Sited<Call>[]>;
  /** A list by its name (`rows`, `self.parts`) → what is added to it. */
  readonly added: ReadonlyMap<string, readonly Sited<Expr>[]>;
  /** Index of a function without a name → the call it is an argument of, and its position. */
  readonly written: ReadonlyMap<number, Sited<Call> & { readonly at: number }>;
}

const remembered = new ModelFact<FileIndex>();
const ADDS: ReadonlySet<string> = new Set(['append', 'extend', 'insert', 'push', 'unshift', 'add', 'appendleft', 'write']);

/** The index of a file; made once per model and gone with it. */
export function fileIndexOf(model: SourceModel): FileIndex {
  const known = remembered.get(model);
  if (known !== undefined) { return known; }
  const calls = new Map<string, Sited<Call>[]>();
  const added = new Map<string, Sited<Expr>[]>();
  const written = new Map<number, Sited<Call> & { readonly at: number }>();
  walkModule(model, {
    expression: (node, site) => {
      if (node.kind !== 'call') { return; }
      const { callee, args } = node;
      const name = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : undefined;
      for (const [at, { value }] of args.entries()) { if (value.kind === 'lambda') { written.set(value.function, { node, site, at }); } }
      if (name === undefined) { return; }
      put(calls, name, { node, site });
      const key = callee.kind === 'member' && ADDS.has(name) ? targetKey(callee.object) : undefined;
      if (key !== undefined) { for (const { value } of args) { put(added, key, { node: value, site }); } }
    },
  });
  const index = { calls, added, written };
  remembered.set(model, index);
  return index;
}

function put<T>(table: Map<string, T[]>, key: string, value: T): void {
  const list = table.get(key);
  if (list === undefined) { table.set(key, [value]); } else { list.push(value); }
}
