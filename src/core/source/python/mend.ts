/**
 * Reading around what does not parse. One open bracket can cost a parser the rest of a file; with the line it stands on
 * masked, the rest reads as it always did. Masks have the length of what they hide: no offset moves.
 */
import type { Tree } from 'web-tree-sitter';
import type { Span } from '../model.ts';
import { errorPieces, extentOf } from '../syntax/extent.ts';
import type { Mended, TreeParser } from '../code-language.ts';
import type { Budget } from '../syntax/budget.ts';

/** A mended text, and how much of it the parser still gives up on; 0 as well for a text that was not looked into. */
interface Attempt extends Mended {
  readonly extent: number;
}

/** Longest text that is mended, UTF-16 units: a longer one was written by a machine, or is no Python. */
const MEND_LIMIT = 256 * 1024;
/** Share of the errors one mask has to take away: in a text in another language every line is a small mistake. */
const LEAST_GAIN = 0.03;
/** Parses one text may cost after its first, most of them incremental; a file with one mistake needs two or three. */
const MOST_PARSES = 24;
/** Headings are masked by a heading, so that what stands below them stays a body, if not of the same function. */
const HEADING = /^(?:async|def|class|if|elif|else|for|while|try|except|finally|with|match|case)\b/;
const HEADING_MASK = 'if 1:';
/** Words no line inside brackets begins with: a bracket before it was never closed. */
const STATEMENT = /^(?:@|(?:async|def|class|import|return|while|with|raise|pass|break|continue)\b|try:)/;

/**
 * Masks line after line while that leaves the parser less to give up on, then takes back the masks that were not to
 * blame. The tree passed in becomes the result's or is released.
 *
 * @param budget once it is spent, no more is tried.
 */
export function mend(parser: TreeParser, text: string, tree: Tree, budget: Budget): Mended {
  if (text.length > MEND_LIMIT || !tree.rootNode.hasError) return { tree, text, masked: [] };
  const first: Attempt = { tree, text, masked: [], extent: extentOf(errorPieces(tree, budget)) };
  return new Mending(parser, text, first, budget).run();
}

class Mending {
  readonly #parser: TreeParser;
  readonly #written: string;
  readonly #budget: Budget;
  #best: Attempt;
  #parses = 0;

  constructor(parser: TreeParser, written: string, first: Attempt, budget: Budget) {
    this.#parser = parser;
    this.#written = written;
    this.#best = first;
    this.#budget = budget;
  }

  run(): Mended {
    while (this.#best.extent > 0) {
      const better = this.#maskOneMore();
      if (better === undefined) break;
      if (better.extent > this.#best.extent * (1 - LEAST_GAIN)) {
        this.#parser.release(better.tree);
        break;
      }
      this.#replace(better);
    }
    this.#takeBack();
    return this.#best;
  }

  #replace(by: Attempt): void {
    this.#parser.release(this.#best.tree);
    this.#best = by;
  }

  /** Masks the line that helps most; `undefined` if none does. */
  #maskOneMore(): Attempt | undefined {
    const from = this.#best;
    let better: Attempt | undefined;
    for (const line of suspects(from, this.#budget)) {
      const written = from.text.slice(line.start, line.end);
      const masked = [...from.masked, line].sort((a, b) => a.start - b.start);
      for (const mask of masksOf(written)) {
        const attempt = this.#replacing(line, mask, masked);
        if (attempt === undefined) continue;
        const helps = attempt.extent < (better ?? from).extent;
        const loser = helps ? better : attempt;
        if (loser !== undefined) this.#parser.release(loser.tree);
        if (helps) better = attempt;
      }
    }
    return better;
  }

  /** A line masked on suspicion may have become innocent with the next one. */
  #takeBack(): void {
    if (this.#best.masked.length < 2) return;
    for (const line of this.#best.masked) {
      const masked = this.#best.masked.filter((other) => other !== line);
      const attempt = this.#replacing(line, this.#written.slice(line.start, line.end), masked);
      if (attempt === undefined) continue;
      if (attempt.extent <= this.#best.extent) this.#replace(attempt);
      else this.#parser.release(attempt.tree);
    }
  }

  /** The best text so far with one line replaced by something as long. */
  #replacing(line: Span, by: string, masked: readonly Span[]): Attempt | undefined {
    const from = this.#best;
    if (this.#budget.spent || this.#parses++ >= MOST_PARSES) return undefined;
    const text = from.text.slice(0, line.start) + by + from.text.slice(line.end);
    const changes = [{ start: line.start, oldEnd: line.end, inserted: by }];
    const tree = this.#parser.parse(text, { tree: from.tree, text: from.text, changes });
    return tree === undefined ? undefined : { tree, text, masked, extent: extentOf(errorPieces(tree, this.#budget)) };
  }
}

function masksOf(written: string): string[] {
  const blank = ''.padEnd(written.length);
  return HEADING.test(written) && written.length >= HEADING_MASK.length ? [HEADING_MASK.padEnd(written.length), blank] : [blank];
}

/** Lines that may be to blame: where a bracket was left open, where errors start, and the lines before those. */
function suspects({ text, tree }: Attempt, budget: Budget): Span[] {
  const errors = errorPieces(tree, budget);
  // The first may be long and vague; the smallest stand where the parser stumbled.
  const small = errors.toSorted((a, b) => (a.end - a.start) - (b.end - b.start) || a.start - b.start).slice(0, 2);
  const found = new Map<number, Span>();
  const add = (offset: number | undefined): void => {
    if (offset === undefined) return;
    const line = lineAround(text, offset);
    if (line.end > line.start) found.set(line.start, line);
  };
  add(unclosedBracket(text));
  for (const { start } of [...small, ...errors.slice(0, 1)]) {
    add(start);
    add(previousLine(text, start));
  }
  return [...found.values()];
}

/** A line without its indentation, its trailing blanks and its line break. */
function lineAround(text: string, offset: number): Span {
  let start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  let end = text.indexOf('\n', start);
  if (end < 0) end = text.length;
  while (start < end && isBlank(text[start])) start++;
  while (end > start && isBlank(text[end - 1])) end--;
  return { start, end };
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\f';
}

/** An offset on the nearest line above that is not blank. */
function previousLine(text: string, offset: number): number | undefined {
  let at = offset === 0 ? -1 : text.lastIndexOf('\n', offset - 1) - 1;
  while (at >= 0 && (isBlank(text[at]) || text[at] === '\n')) at--;
  return at < 0 ? undefined : at;
}

/**
 * Offset of the outermost bracket that is still open where a line begins like a statement, or at the end. Strings are
 * skipped as far as their quotes match on a line; a text this is asked about is broken anyway.
 */
function unclosedBracket(text: string): number | undefined {
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '#') {
      const end = text.indexOf('\n', at);
      if (end < 0) break;
      at = end - 1;
    } else if (char === '"' || char === "'") at = stringEnd(text, at) - 1;
    else if (char === '(' || char === '[' || char === '{') open.push(at);
    else if (char === ')' || char === ']' || char === '}') open.pop();
    else if (char === '\n' && open.length > 0 && STATEMENT.test(text.slice(lineAround(text, at + 1).start, at + 200))) return open[0];
  }
  return open[0];
}

/** Offset behind the string that opens at an offset; an unclosed one ends with its line. */
function stringEnd(text: string, at: number): number {
  const quote = text.startsWith(text[at]!.repeat(3), at) ? text[at]!.repeat(3) : text[at]!;
  for (let i = at + quote.length; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text.startsWith(quote, i)) return i + quote.length;
    else if (text[i] === '\n' && quote.length === 1) return i;
  }
  return text.length;
}
