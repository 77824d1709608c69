/** Chains of plain names, read from the text instead of the tree. */
import type { Expr, Span } from '../model.ts';
import type { Definitions } from '../syntax/definitions.ts';

const NAME_START = /[A-Za-z_]/;
/** Constants are no names: `None.__class__`. */
const CONSTANT = /^(?:None|True|False)(?:\.|$)/;
const DOT = 46;
const UNDERSCORE = 95;

/**
 * A chain of plain names (`self.values.append`). It is read from the text: the names and dots under such nodes are a
 * fifth of a file's tree, and each costs four questions to the parser.
 */
export function isDotted(text: string, start: number, end: number): boolean {
  if (!NAME_START.test(text[start] ?? '')) return false;
  for (let at = start + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    const plain = code === DOT || code === UNDERSCORE || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
    if (!plain) return false;
  }
  return !CONSTANT.test(text.slice(start, Math.min(end, start + 6)));
}

/** The names of a dotted chain, each a member of those before it. */
export function chainOf(context: Definitions, at: Span): Expr {
  const { text } = context;
  let from = at.start;
  let chain: Expr | undefined;
  while (from < at.end) {
    const dot = text.indexOf('.', from);
    const end = dot < 0 || dot > at.end ? at.end : dot;
    const name = context.name(from, end);
    chain = chain === undefined
      ? { kind: 'name', start: from, end, name }
      : { kind: 'member', start: at.start, end, object: chain, property: name, propertySpan: { start: from, end } };
    from = end + 1;
  }
  return chain ?? { kind: 'unknown', start: at.start, end: at.end, syntax: 'missing', parts: [] };
}
