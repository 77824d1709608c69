/**
 * Line breaks the grammar lets pass and Python does not. tree-sitter takes `self.` and the `print(x)` on the next line for
 * one expression; while somebody types the first, the second must stay what it is.
 */
import type { Span } from '../model.ts';

const LINE_FEED = 10;
const BACKSLASH = 92;
const BRACE = 123;

/** The string the scan is in; expressions in the braces of an f-string are code again. */
interface OpenString {
  readonly quote: string;
  readonly interpolated: boolean;
}

/**
 * Offset of the first line break inside a piece of a file (a simple statement, the heading of a compound one) that ends
 * the statement for Python: outside brackets and strings, not behind a backslash. `undefined` if there is none.
 */
export function strayLineBreak(text: string, piece: Span): number | undefined {
  const first = text.indexOf('\n', piece.start);
  if (first < 0 || first >= piece.end) return undefined;
  return new Scan(text, piece).run();
}

class Scan {
  readonly #text: string;
  readonly #end: number;
  #at: number;
  /** Open brackets and open strings, innermost last; a string under a bracket is an f-string's. */
  readonly #open: ('bracket' | OpenString)[] = [];

  constructor(text: string, piece: Span) {
    this.#text = text;
    this.#at = piece.start;
    this.#end = piece.end;
  }

  run(): number | undefined {
    while (this.#at < this.#end) {
      const top = this.#open.at(-1);
      if (top !== undefined && top !== 'bracket') this.#stepString(top);
      else if (this.#stepCode(top)) return this.#at;
    }
    return undefined;
  }

  /** One character of code; true at a line break that ends the statement. */
  #stepCode(top: 'bracket' | undefined): boolean {
    const char = this.#text[this.#at]!;
    if (char === '\n' && top === undefined) return true;
    if (char === '\\') {
      // Joins lines, whatever the line break.
      this.#at += this.#text.startsWith('\r\n', this.#at + 1) ? 3 : 2;
      return false;
    }
    if (char === '#') {
      const end = this.#text.indexOf('\n', this.#at);
      this.#at = end < 0 ? this.#end : end;
      return false;
    }
    if (char === '"' || char === "'") {
      this.#openString(char);
      return false;
    }
    if (char === '(' || char === '[' || char === '{') this.#open.push('bracket');
    else if (char === ')' || char === ']' || char === '}') this.#open.pop();
    this.#at++;
    return false;
  }

  #openString(char: string): void {
    let prefix = '';
    for (let i = this.#at - 1; i >= this.#at - 2 && /[a-zA-Z]/.test(this.#text[i] ?? ''); i--) prefix += this.#text[i]!.toLowerCase();
    const triple = char.repeat(3);
    const quote = this.#text.startsWith(triple, this.#at) ? triple : char;
    this.#at += quote.length;
    this.#open.push({ quote, interpolated: prefix.includes('f') || prefix.includes('t') });
  }

  #stepString(string: OpenString): void {
    const text = this.#text;
    const { quote, interpolated } = string;
    const mark = quote.charCodeAt(0);
    for (; this.#at < this.#end; this.#at++) {
      const code = text.charCodeAt(this.#at);
      if (code === BACKSLASH) this.#at++;
      else if (code === mark && text.startsWith(quote, this.#at)) {
        this.#at += quote.length;
        this.#open.pop();
        return;
      } else if (code === BRACE && interpolated) {
        this.#at++;
        if (text.charCodeAt(this.#at) === BRACE) continue;
        this.#open.push('bracket');
        return;
      } else if (code === LINE_FEED && quote.length === 1) {
        // An unclosed string ends with its line; the parser has reported it.
        this.#open.pop();
        return;
      }
    }
  }
}
