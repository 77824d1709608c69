/** What the parts of the provenance ask of each other. */
import type { Expr, FunctionModel, SourceModel } from '../../../../core/source/model.ts';
import type { NameSite } from '../../../../core/source/scope.ts';
import type { Value } from './value.ts';

/** The call through which a function's body is read: what its parameters are in it. */
export interface Bound {
  readonly function: FunctionModel;
  readonly values: ReadonlyMap<string, Value>;
  /** The call the caller itself is read through. */
  readonly outer: Bound | undefined;
}

/** How far a question has come. */
export interface Scope {
  readonly depth: number;
  readonly bound: Bound | undefined;
}

export interface Asker {
  readonly model: SourceModel;
  /** What an expression is made of. */
  value(expr: Expr, site: NameSite, scope: Scope): Value;
}
