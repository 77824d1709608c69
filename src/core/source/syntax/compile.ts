/** Joins a language's table to the numbers a loaded grammar gives its node types. */
import type { Language } from 'web-tree-sitter';
import type { CursorFunctions } from './cursor.ts';
import type { LanguageTable, NodeRule } from './table.ts';

/** What to do with a node type; `skip` costs one look at the node. */
export interface NodePlan<V, C> {
  readonly action: 'skip' | 'token' | 'comment' | 'node' | 'error';
  readonly type: string;
  readonly rule: NodeRule<V, C>;
  /** The value of an anonymous token. */
  readonly token: V | undefined;
  readonly holdsErrors: boolean;
}

export interface CompiledTable<V, C> {
  readonly table: LanguageTable<V, C>;
  /** By node type id. */
  readonly plans: readonly NodePlan<V, C>[];
  readonly error: NodePlan<V, C>;
  /** By field id. */
  readonly fields: readonly (string | undefined)[];
  /** What a walk over this grammar's trees calls. */
  readonly cursor: CursorFunctions;
}

/** Resolves the names of a table; a name the grammar does not know is a broken table and throws. */
export function compileTable<V, C>(language: Language, table: LanguageTable<V, C>, cursor: CursorFunctions): CompiledTable<V, C> {
  const known = new Set(language.types);
  const missing = Object.keys(table.nodes).filter((type) => !known.has(type));
  if (missing.length > 0) throw new Error(`The grammar has no node types ${missing.join(', ')}.`);
  const comments = new Set(table.comments);
  const holders = new Set(table.holdsErrors);
  const other: NodeRule<V, C> = { build: table.other };
  const plans = language.types.map((type, id): NodePlan<V, C> => {
    const named = language.nodeTypeIsNamed(id);
    const action = comments.has(type) ? 'comment' : named ? 'node' : 'token';
    return {
      action,
      type,
      rule: (named ? table.nodes[type] : undefined) ?? other,
      token: action === 'token' ? table.token(type) : undefined,
      holdsErrors: holders.has(type),
    };
  });
  const error: NodePlan<V, C> = {
    action: 'error', type: 'ERROR', rule: { build: table.error, tokens: true }, token: undefined, holdsErrors: true,
  };
  const fields = language.fields.map((field) => field ?? undefined);
  return { table, plans, error, fields, cursor };
}
