/** Values as shells and build files write them: bare, in quotes, or pieces of both. */
import type { Span } from '../model.ts';

/** What differs between the languages. */
export interface Quoting {
  /** Makes the next character an ordinary one: `\`, PowerShell's back quote. */
  readonly escape: string;
  /** Characters at which a bare value ends, beside white space. */
  readonly ends: string;
}

/** A value as written and as the program gets it. */
export interface Word extends Span {
  /** Inside its quotes, where one pair of them is all around it. */
  readonly inner: Span;
  readonly value: string;
}

/** Reads one value from `at`; it is empty where none begins. An unclosed quote ends with its line. */
export function readWord(text: string, at: number, { escape, ends }: Quoting): Word {
  let value = '';
  let pieces = 0;
  let quoted: Span | undefined;
  let i = at;
  while (i < text.length) {
    const char = text[i] as string;
    if (char === '"' || char === "'") {
      const close = closingQuote(text, i, char, escape);
      quoted = { start: i + 1, end: close };
      value += text.slice(i + 1, close);
      i = Math.min(close + 1, text.length);
    } else if (char === escape && i + 1 < text.length) {
      // In front of a line break it joins two lines.
      if (text[i + 1] !== '\n' && text[i + 1] !== '\r') value += text[i + 1];
      i += text[i + 1] === '\r' && text[i + 2] === '\n' ? 3 : 2;
    } else if (char === '$' && (text[i + 1] === '(' || text[i + 1] === '{')) {
      const close = closingBracket(text, i + 1);
      value += text.slice(i, close);
      i = close;
    } else if (/\s/.test(char) || ends.includes(char)) {
      break;
    } else {
      const start = i;
      while (i < text.length && !isSpecial(text[i] as string, escape, ends)) i += 1;
      if (i === start) i += 1;
      value += text.slice(start, i);
    }
    pieces += 1;
  }
  const inner = pieces === 1 && quoted !== undefined ? quoted : { start: at, end: i };
  return { start: at, end: i, inner, value };
}

function isSpecial(char: string, escape: string, ends: string): boolean {
  return char === '"' || char === "'" || char === '$' || char === escape || /\s/.test(char) || ends.includes(char);
}

/** Longest command or default in brackets; of one that never closes as much is passed over, so that reading stays linear. */
const LONGEST_BRACKET = 4096;

/** Offset behind the bracket that closes the one at `open`, of the same kind. */
function closingBracket(text: string, open: number): number {
  const [mark, other] = text[open] === '(' ? ['(', ')'] : ['{', '}'];
  let depth = 0;
  const stop = Math.min(text.length, open + LONGEST_BRACKET);
  for (let i = open; i < stop; i += 1) {
    if (text[i] === mark) depth += 1;
    else if (text[i] === other) {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return stop;
}

/** Offset of the quote that closes the one at `open`, or of the end of its line. */
export function closingQuote(text: string, open: number, quote: string, escape: string): number {
  let lineEnd: number | undefined;
  for (let i = open + 1; i < text.length; i += 1) {
    const char = text[i];
    if (char === escape && quote === '"') i += 1;
    else if (char === quote) return i;
    else if (char === '\n') lineEnd ??= i;
  }
  return lineEnd ?? text.length;
}
