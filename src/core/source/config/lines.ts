/** Lines of a text by hand, for formats of one entry a line. */
import type { Span } from '../model.ts';

/** Offset of the end of the line around `at`, before its line break. A lone carriage return ends a line too. */
export function endOfLine(text: string, at: number): number {
  for (let i = at; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) return i;
  }
  return text.length;
}

/** Offset of the line after the one that ends at `end`. */
export function nextLine(text: string, end: number): number {
  return end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1);
}

/** Offset of the first character from `at` that is neither blank nor tab, `end` at most. */
export function skipBlanks(text: string, at: number, end: number): number {
  let i = at;
  while (i < end && (text[i] === ' ' || text[i] === '\t')) i += 1;
  return i;
}

/** The span without blanks and tabs at its ends. */
export function trimmed(text: string, start: number, end: number): Span {
  let last = end;
  const first = skipBlanks(text, start, end);
  while (last > first && (text[last - 1] === ' ' || text[last - 1] === '\t')) last -= 1;
  return { start: first, end: last };
}

/** Offset of a character between two offsets, or -1: a search to the end of the text on every line would be quadratic. */
export function indexWithin(text: string, char: string, start: number, end: number): number {
  for (let i = start; i < end; i += 1) {
    if (text[i] === char) return i;
  }
  return -1;
}
