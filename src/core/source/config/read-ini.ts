/**
 * INI files and their kin: `[section]` and `key = value` (Windows, Python's configparser), Java properties, and MetaTrader's
 * presets. A preset (`.set`, `[TesterInputs]`) gives an input as `Name=value||start||step||stop||Y`, of which the first is
 * what the expert runs with (MetaTrader 5 help, "Strategy testing: inputs"); MetaTrader 4 adds lines `Name,F=`, `Name,1=` to `,3=`.
 */
import type { Comment, Span } from '../model.ts';
import { Allowance } from './allowance.ts';
import { childOf, closeAt, commentAt, containerEntry, scalarEntry } from './entry-list.ts';
import type { ConfigRead, OpenEntry } from './entry-list.ts';
import { endOfLine, indexWithin, nextLine, skipBlanks, trimmed } from './lines.ts';

/** Longest key: what stands before a later sign is a sentence. */
const LONGEST_KEY = 120;
/** Range and step of an optimisation in MetaTrader 4: no value the expert runs with. */
const OPTIMISATION_KEY = /,[F123]$/;
/** Fewest `||` in MetaTrader 5's form of an input; a value of its own with as many is no number anyway. */
const RANGE_MARKS = 3;
/** Sections of a saved chart that are drawings: tens of thousands of lines that set nothing. */
const DRAWINGS: ReadonlySet<string> = new Set(['object', 'graph', 'window', 'level']);

/** Reads an INI file. Lines that are none of the forms are passed over: values may go on over several lines. */
export function readIni(text: string, allowance = new Allowance()): ConfigRead {
  const reader = new IniReader(text, allowance);
  reader.run();
  return { entries: reader.entries, comments: reader.comments, errors: reader.errors };
}

class IniReader {
  readonly entries: OpenEntry[] = [];
  readonly comments: Comment[] = [];
  readonly errors: Span[] = [];
  readonly #text: string;
  readonly #allowance: Allowance;
  #section: OpenEntry | undefined;
  #drawing = false;

  constructor(text: string, allowance: Allowance) {
    this.#text = text;
    this.#allowance = allowance;
  }

  run(): void {
    const text = this.#text;
    for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length && this.#allowance.line(this.entries.length + this.comments.length, this.errors.length);) {
      const end = endOfLine(text, at);
      const line = trimmed(text, at, end);
      if (line.end > line.start) this.#line(line, end);
      at = nextLine(text, end);
    }
  }

  #line(line: Span, end: number): void {
    const first = this.#text[line.start];
    if (first === ';' || first === '#' || first === '!') this.comments.push(commentAt(this.#text, line.start, end, 1));
    else if (first === '[') this.#bracket(line, end);
    else if (first === '<') this.#angle(line);
    else if (!this.#drawing) this.#pair(line, end);
  }

  /** `[section]`, with a comment behind it. */
  #bracket(line: Span, end: number): void {
    const close = indexWithin(this.#text, ']', line.start, line.end);
    if (close < 0) {
      this.errors.push(line);
      return;
    }
    this.#open({ start: line.start + 1, end: close }, line);
    const behind = skipBlanks(this.#text, close + 1, end);
    if (this.#text[behind] === ';' || this.#text[behind] === '#') this.comments.push(commentAt(this.#text, behind, end, 1));
  }

  /** `<inputs>` … `</inputs>` of MetaTrader's charts and testers. */
  #angle(line: Span): void {
    const close = indexWithin(this.#text, '>', line.start, line.end);
    if (close < 0) return;
    const name = this.#text.slice(line.start + 1, close);
    this.#drawing = DRAWINGS.has(name);
    if (name.startsWith('/')) this.#section = undefined;
    else if (!this.#drawing) this.#open({ start: line.start + 1, end: close }, line);
  }

  #open(name: Span, line: Span): void {
    const key = this.#text.slice(name.start, name.end).trim();
    this.#section = containerEntry(childOf([], key, name), 'mapping', line.start, line);
    this.entries.push(this.#section);
  }

  #pair(line: Span, end: number): void {
    const text = this.#text;
    const sign = this.#sign(line);
    if (sign === undefined) return;
    const keySpan = trimmed(text, line.start, sign);
    const key = text.slice(keySpan.start, keySpan.end);
    if (key === '' || OPTIMISATION_KEY.test(key)) return;
    const comment = this.#comment(sign + 1, line.end);
    const value = this.#value(trimmed(text, sign + 1, comment ?? line.end));
    const written = text.slice(value.start, value.end);
    const entry = scalarEntry(childOf(this.#section?.path ?? [], key, keySpan), { start: line.start, end: Math.max(sign + 1, value.end) }, written, value, written);
    this.entries.push(entry);
    if (this.#section !== undefined) closeAt(this.#section, line.end);
    if (comment !== undefined) this.comments.push(commentAt(text, comment, end, 1));
  }

  /** Where key and value part: at the first `=`, or the first `:` that is not part of a word. */
  #sign(line: Span): number | undefined {
    const stop = Math.min(line.end, line.start + LONGEST_KEY);
    for (let at = line.start + 1; at < stop; at += 1) {
      const char = this.#text[at];
      if (char === '=') return at;
      if (char === ':' && (at + 1 === line.end || /[ \t]/.test(this.#text[at + 1] ?? ''))) return at;
    }
    return undefined;
  }

  /** A comment behind a value: ` ;` or ` #`, but not inside the quotes the value begins with. */
  #comment(from: number, end: number): number | undefined {
    const first = skipBlanks(this.#text, from, end);
    const quote = this.#text[first];
    const closing = quote === '"' || quote === "'" ? indexWithin(this.#text, quote, first + 1, end) : -1;
    for (let at = closing > 0 ? closing + 1 : from; at < end; at += 1) {
      const char = this.#text[at];
      if ((char === ';' || char === '#') && /[ \t]/.test(this.#text[at - 1] ?? '')) return at;
    }
    return undefined;
  }

  /** The value itself: without its quotes, and of an input to optimise what the expert runs with. */
  #value(span: Span): Span {
    const written = this.#text.slice(span.start, span.end);
    const quote = written[0];
    if ((quote === '"' || quote === "'") && written.length > 1 && written.endsWith(quote)) return { start: span.start + 1, end: span.end - 1 };
    const range = written.indexOf('||');
    if (range < 0 || written.split('||').length <= RANGE_MARKS) return span;
    return trimmed(this.#text, span.start, span.start + range);
  }
}
