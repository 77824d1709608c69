/** Functions and classes that are stored under a name: `const check = () => …`, `export default class { … }`. */
import type { ClassStmt, Expr, FunctionModel, FunctionStmt, Span } from '../model.ts';
import type { Definitions } from '../syntax/definitions.ts';
import type { Mutable } from '../syntax/parts.ts';

/** Name a class goes by while it has none. */
export const NAMELESS = '<class>';

/** Gives a function without a name the one it is stored under. */
export function named(value: Expr & { readonly kind: 'lambda' }, name: { readonly name: string; readonly span: Span }, whole: Span, context: Definitions): FunctionStmt {
  const fn: Mutable<FunctionModel> = context.functions[value.function]!;
  fn.name = name.name;
  fn.nameSpan = name.span;
  return { kind: 'function', start: whole.start, end: whole.end, function: value.function };
}

/** Takes a class back that was just built as an expression, under the name it is stored under. */
export function namedClassOf(value: Expr, name: { readonly name: string; readonly span: Span }, whole: Span, context: Definitions): ClassStmt | undefined {
  const last = context.loose.at(-1);
  if (value.kind !== 'name' || last === undefined || last.start !== value.start || last.end !== value.end) return undefined;
  const cls = context.classes[last.class]!;
  context.loose.pop();
  // A class with a name of its own is known by both; the outer one is what others see.
  if (cls.name !== NAMELESS && cls.name !== name.name) cls.ownName = { name: cls.name, span: cls.nameSpan };
  cls.name = name.name;
  cls.nameSpan = name.span;
  return { kind: 'class', start: whole.start, end: whole.end, class: last.class };
}

/** Gives a function expression the name it is exported under. */
export function namedFunctionOf(value: Expr, name: { readonly name: string; readonly span: Span }, whole: Span, context: Definitions): FunctionStmt | undefined {
  return value.kind === 'lambda' ? named(value, name, whole, context) : undefined;
}
