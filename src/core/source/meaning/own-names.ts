/** What function and class expressions of JavaScript call themselves: `const run = function tick() { tick(); }`. */
import type { SourceModel, Span } from '../model.ts';

/** A name that stands for the function or class it is the name of, inside of that alone. */
export interface OwnName {
  readonly name: string;
  readonly span: Span;
  readonly declared: { readonly kind: 'function' | 'class'; readonly index: number };
  /** Index of the function whose names it is among; those of the file otherwise. */
  readonly within: number | undefined;
  /** Of a class, which has no names of its own: where the name is seen. */
  readonly block?: Span;
}

/** The own names of all function and class expressions of a file. */
export function ownNamesOf({ functions, classes }: SourceModel): readonly OwnName[] {
  const found: OwnName[] = [];
  for (const { ownName, index } of functions) {
    if (ownName !== undefined) { found.push({ ...ownName, declared: { kind: 'function', index }, within: index }); }
  }
  for (const { ownName, index, outerFunction, start, end } of classes) {
    if (ownName !== undefined) { found.push({ ...ownName, declared: { kind: 'class', index }, within: outerFunction, block: { start, end } }); }
  }
  return found;
}
