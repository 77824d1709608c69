/** Parentheses around parts of a test: a place that is shown has both halves of each, or none. */
import type { Span } from '../../../core/source/model.ts';

/** A span of a test together with the parentheses that it has one half of: of `a or (b and c)` the last one, too. */
export function balanced(span: Span, test: Span, text: string): Span {
  let [open, missing] = [0, 0];
  for (let at = span.start; at < span.end; at++) {
    if (text[at] === '(') { open++; } else if (text[at] === ')' && open-- === 0) { missing++; open = 0; }
  }
  return { start: reach(span.start, missing, -1, '(', test.start, text), end: reach(span.end, open, 1, ')', test.end, text) };
}

/** Offset behind so many parentheses, over nothing but space; where it is if they are not there. */
function reach(from: number, count: number, step: 1 | -1, sign: string, bound: number, text: string): number {
  let at = from;
  for (let left = count; left > 0; left--) {
    let next = at;
    const char = (): string | undefined => text[step === 1 ? next : next - 1];
    while (next !== bound && /\s/.test(char() ?? 'x')) { next += step; }
    if (next === bound || char() !== sign) { return at; }
    at = next + step;
  }
  return at;
}
