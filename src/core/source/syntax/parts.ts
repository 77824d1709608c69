/** What nodes become while a file is lowered: expressions, statements, and the pieces that end up inside them. */
import type { Argument, Collection, Expr, Name, Parameter, Span, Stmt, Try, UnknownExpr, With } from '../model.ts';
import type { Frame } from './table.ts';

/** A draft of a model object: builders fill in what they learn later. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface TokenPart { readonly kind: 'token'; readonly text: string }
/** A suite, or the module. `end` is where its last statement ends: comments after it do not belong to a range. */
export interface BlockPart extends Span {
  readonly kind: 'block';
  /** Braces of its own: what is declared in it lives in it. */
  readonly braced?: true;
  readonly body: readonly Stmt[];
  /** The grammar hangs the cases of a `match` in a block. */
  readonly cases: readonly CasePart[];
}
export interface ArgumentsPart extends Span { readonly kind: 'arguments'; readonly args: readonly Argument[] }
export interface ArgumentPart { readonly kind: 'argument'; readonly argument: Argument }
/** `stored` are the assignments that parameters bring which are fields, too: `constructor(private risk: Risk)`. */
export interface ParametersPart { readonly kind: 'parameters'; readonly parameters: readonly Parameter[]; readonly stored?: readonly Stmt[] }
/** `property` is the name of a parameter that is a field, too. */
export interface ParameterPart { readonly kind: 'parameter'; readonly parameter: Parameter; readonly property?: Span }
export interface PairPart { readonly kind: 'pair'; readonly key: Expr; readonly value: Expr }
export interface TypesPart { readonly kind: 'types'; readonly items: readonly Expr[] }
export interface ForInPart { readonly kind: 'forIn'; readonly target: Expr; readonly iterable: Expr }
export interface IfPart { readonly kind: 'ifClause'; readonly test: Expr }
export interface ElifPart extends Span { readonly kind: 'elif'; readonly test: Expr; readonly block: BlockPart }
export interface ElsePart extends Span { readonly kind: 'else'; readonly block: BlockPart }
export interface FinallyPart extends Span { readonly kind: 'finally'; readonly block: BlockPart }
export interface ExceptPart { readonly kind: 'except'; readonly handler: Try['handlers'][number] }
export interface CasePart extends Span {
  readonly kind: 'case';
  readonly patterns: readonly Expr[];
  readonly guard?: Expr;
  readonly body: readonly Stmt[];
}
export interface WithPart { readonly kind: 'withItems'; readonly items: With['items'] }
export interface DecoratorPart { readonly kind: 'decorator'; readonly value: Expr }
/** Text between the interpolations of an f-string. */
export interface ContentPart extends Span { readonly kind: 'content' }
/** `:.2f` or `!r` of an interpolation, with the expressions nested in it. */
export interface FormatPart extends Span { readonly kind: 'format'; readonly parts: readonly Expr[] }
/** `a.b as c` of an import. */
export interface AliasPart extends Span { readonly kind: 'alias'; readonly name: Span; readonly alias: string }
export interface RelativePart extends Span { readonly kind: 'relative' }
export interface WildcardPart extends Span { readonly kind: 'wildcard' }
/** What a declaration declares besides its type: `*p`, `a[10]`, `x = 5`, `trade(7)`, `f(int n)`. */
export interface DeclaratorPart extends Span {
  readonly kind: 'declarator';
  /** A name, or `Class::name` as a member. */
  readonly name: Expr;
  readonly array: boolean;
  /** Of an array of arrays. */
  readonly dimensions?: number;
  /** Of a function. */
  readonly parameters?: readonly Parameter[];
  readonly value?: Expr;
  /** Of an object made here: what its constructor gets. */
  readonly args?: readonly Argument[];
}
/** A word before a declaration: `private`, `override`. */
export interface ModifierPart extends Span { readonly kind: 'modifier' }
/** Base classes, and interfaces behind them. */
export interface BasesPart { readonly kind: 'bases'; readonly items: readonly Expr[] }
/** Names in braces of an import or export. */
export interface SpecifiersPart { readonly kind: 'specifiers'; readonly items: readonly Specifier[]; readonly source?: string }
/** `name` is the other module's, `alias` the one here; of an export the other way round. `typed` for `import { type X }`. */
export interface Specifier extends Span { readonly name: string; readonly alias: string; readonly typed: boolean }

export type Part =
  | Expr | Stmt | TokenPart | BlockPart | ArgumentsPart | ArgumentPart | ParametersPart | ParameterPart | PairPart
  | TypesPart | ForInPart | IfPart | ElifPart | ElsePart | FinallyPart | ExceptPart | CasePart | WithPart
  | DecoratorPart | ContentPart | FormatPart | AliasPart | RelativePart | WildcardPart | DeclaratorPart
  | ModifierPart | BasesPart | SpecifiersPart;

const CATEGORY: Readonly<Record<Part['kind'], 'expression' | 'statement' | 'part'>> = {
  literal: 'expression', name: 'expression', member: 'expression', index: 'expression', call: 'expression',
  unary: 'expression', binary: 'expression', compare: 'expression', boolean: 'expression', conditional: 'expression',
  template: 'expression', lambda: 'expression', collection: 'expression', comprehension: 'expression',
  await: 'expression', unknown: 'expression',
  assign: 'statement', if: 'statement', loop: 'statement', try: 'statement', with: 'statement', return: 'statement',
  raise: 'statement', import: 'statement', expression: 'statement', function: 'statement', class: 'statement',
  break: 'statement', continue: 'statement', pass: 'statement', match: 'statement', unknownStatement: 'statement',
  token: 'part', block: 'part', arguments: 'part', argument: 'part', parameters: 'part', parameter: 'part', pair: 'part',
  types: 'part', forIn: 'part', ifClause: 'part', elif: 'part', else: 'part', finally: 'part', except: 'part',
  case: 'part', withItems: 'part', decorator: 'part', content: 'part', format: 'part', alias: 'part', relative: 'part',
  wildcard: 'part', declarator: 'part', modifier: 'part', bases: 'part', specifiers: 'part',
};

export function isExpr(part: Part): part is Expr {
  return CATEGORY[part.kind] === 'expression';
}

export function isStmt(part: Part): part is Stmt {
  return CATEGORY[part.kind] === 'statement';
}

type PartOf<K extends Part['kind']> = Extract<Part, { readonly kind: K }>;

/** The first child of a kind. */
export function childOf<K extends Part['kind']>(frame: Frame<Part>, kind: K): PartOf<K> | undefined {
  for (const child of frame.children) {
    if (child.value.kind === kind) return child.value as PartOf<K>;
  }
  return undefined;
}

/** Every child of a kind, in order. */
export function childrenOfKind<K extends Part['kind']>(frame: Frame<Part>, kind: K): PartOf<K>[] {
  const found: PartOf<K>[] = [];
  for (const child of frame.children) {
    if (child.value.kind === kind) found.push(child.value as PartOf<K>);
  }
  return found;
}

/** The expression in a field. */
export function exprIn(frame: Frame<Part>, field: string): Expr | undefined {
  for (const child of frame.children) {
    if (child.field === field && isExpr(child.value)) return child.value;
  }
  return undefined;
}

/** Every expression in a field, in order. */
export function exprsIn(frame: Frame<Part>, field: string): Expr[] {
  const found: Expr[] = [];
  for (const child of frame.children) {
    if (child.field === field && isExpr(child.value)) found.push(child.value);
  }
  return found;
}

/** Every child that is an expression, in order. */
export function exprsOf(frame: Frame<Part>): Expr[] {
  const found: Expr[] = [];
  for (const child of frame.children) {
    if (isExpr(child.value)) found.push(child.value);
  }
  return found;
}

/** The text of the first anonymous token, of those given, among the children. */
export function tokenOf(frame: Frame<Part>, ...texts: readonly string[]): string | undefined {
  for (const child of frame.children) {
    if (child.value.kind === 'token' && texts.includes(child.value.text)) return child.value.text;
  }
  return undefined;
}

/** A node whose builder misses something (a broken file): what it has is kept. */
export function unknownOf(frame: Frame<Part>): UnknownExpr {
  return { kind: 'unknown', start: frame.start, end: frame.end, syntax: frame.type, parts: exprsOf(frame) };
}

/** Several expressions, or one with a comma after it, where Python makes a tuple of them; `whole` is its span. */
export function tupleOf(items: readonly Expr[], whole?: Span): Expr | undefined {
  const first = items[0];
  const last = items.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (items.length === 1 && whole === undefined) return first;
  const tuple: Collection = {
    kind: 'collection', type: 'tuple', start: whole?.start ?? first.start, end: whole?.end ?? last.end, items,
  };
  return tuple;
}

/** The name of an expression that is one. */
export function nameOf(expr: Expr | undefined): Name | undefined {
  return expr?.kind === 'name' ? expr : undefined;
}

/** The statements inside a part of a compound statement or an error. */
export function statementsIn(part: Part): readonly Stmt[] {
  if (isStmt(part)) return [part];
  switch (part.kind) {
    case 'block':
    case 'case':
      return part.body;
    case 'elif':
    case 'else':
    case 'finally':
      return part.block.body;
    case 'except':
      return part.handler.body;
    default:
      return [];
  }
}

/** The statements of the suite of a compound statement. */
export function bodyOf(frame: Frame<Part>): readonly Stmt[] {
  return childOf(frame, 'block')?.body ?? [];
}

/** Where a compound statement ends: with its last suite, which a comment after it does not lengthen. */
export function endOf(frame: Frame<Part>): number {
  for (let i = frame.children.length - 1; i >= 0; i--) {
    const part = frame.children[i]!.value;
    if (part.kind === 'block' || part.kind === 'elif' || part.kind === 'else' || part.kind === 'finally' || part.kind === 'case') {
      return part.end;
    }
    if (part.kind === 'except') return part.handler.end;
  }
  return frame.end;
}
