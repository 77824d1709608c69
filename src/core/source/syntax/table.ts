/**
 * What a language tells the lowering machine: one rule a node type. Builders run when a node is left, so their children
 * are already built and no builder ever recurses.
 */
import type { Comment, Span } from '../model.ts';

/** A built child with the field it stands in (`left`, `body`), where the rule of its parent asks for fields. */
export interface Child<V> {
  readonly field: string | undefined;
  readonly value: V;
}

/** A node being left: offsets are UTF-16 units into the parsed text. */
export interface Frame<V> {
  /** Node type as the grammar names it. */
  readonly type: string;
  readonly field: string | undefined;
  readonly start: number;
  readonly end: number;
  /** Named children in source order, and the anonymous tokens where the rule asks for them. */
  readonly children: readonly Child<V>[];
}

export interface NodeRule<V, C> {
  /** Makes the value of a node; `undefined` leaves the node out of its parent. */
  readonly build: (frame: Frame<V>, context: C) => V | undefined;
  /** Runs before the children of the node are built: opens a scope. */
  readonly enter?: (start: number, context: C) => void;
  /** Never descended into, or only where the predicate says so: what is inside is read from the text. */
  readonly leaf?: true | ((text: string, start: number, end: number) => boolean);
  /** The builder looks at the fields of its children: finding a field out costs as much as finding a type. */
  readonly fields?: true;
  /** Hand anonymous tokens (operators, commas) to the builder as values of `LanguageTable.token`. */
  readonly tokens?: true;
}

/** A language: its nodes, and what to do with everything else. */
export interface LanguageTable<V, C> {
  /** Fresh state of one lowering. */
  readonly context: (text: string) => C;
  readonly nodes: Readonly<Record<string, NodeRule<V, C>>>;
  /** For named nodes without a rule: keeps what is under them. */
  readonly other: (frame: Frame<V>, context: C) => V | undefined;
  /** For what the parser gave up on; gets the tokens too. */
  readonly error: (frame: Frame<V>, context: C) => V | undefined;
  /** The value of an anonymous token: one object a token type, without a place. */
  readonly token: (text: string) => V;
  readonly comments: readonly string[];
  readonly comment: (text: string, span: Span) => Comment;
  /** Whether a value is a statement: complete statements inside an error node are kept. */
  readonly isStatement: (value: V) => boolean;
  /** Node types that may hold the remains of an error node as a child. */
  readonly holdsErrors: readonly string[];
}
