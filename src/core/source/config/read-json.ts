/**
 * JSON and JSON with comments, read token by token (the scanner of `jsonc-parser`) with a stack of our own: half-typed
 * text gives what is whole, and depth costs no recursion.
 */
import { createScanner } from 'jsonc-parser';
import type { JSONScanner } from 'jsonc-parser';
import type { Comment, Span } from '../model.ts';
import { Allowance } from './allowance.ts';
import { childOf, closeAt, commentAt, containerEntry, itemOf, MAX_DEPTH, scalarEntry } from './entry-list.ts';
import type { ConfigRead, OpenEntry, Place, ScalarValue } from './entry-list.ts';

/** Tokens, by the numbers of the scanner (its enum is declared `const`, which a bundler cannot read). */
const T = {
  openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, comma: 5, colon: 6, null: 7, true: 8, false: 9, string: 10, number: 11,
  lineComment: 12, blockComment: 13, lineBreak: 14, blank: 15, unknown: 16, end: 17,
} as const;

/** An open object or array. */
interface Frame {
  readonly list: boolean;
  readonly place: Place;
  readonly entry: OpenEntry | undefined;
  /** Items begun so far. */
  count: number;
  /** The key whose value comes next. */
  key: { readonly text: string; readonly inner: Span; readonly start: number } | undefined;
  colon: boolean;
  /** A value ended and no comma came since. */
  filled: boolean;
}

/** Reads JSON; comments and trailing commas are taken without complaint. */
export function readJson(text: string, allowance = new Allowance()): ConfigRead {
  const reader = new JsonReader(text, allowance);
  reader.run();
  return { entries: reader.entries, comments: reader.comments, errors: reader.errors };
}

class JsonReader {
  readonly entries: OpenEntry[] = [];
  readonly comments: Comment[] = [];
  readonly errors: Span[] = [];
  readonly #text: string;
  readonly #allowance: Allowance;
  readonly #scanner: JSONScanner;
  readonly #stack: Frame[] = [];
  /** Brackets open below the depth that is read. */
  #tooDeep = 0;
  #deepStart = 0;
  #last = 0;

  constructor(text: string, allowance: Allowance) {
    this.#text = text;
    this.#allowance = allowance;
    this.#scanner = createScanner(text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text, false);
  }

  run(): void {
    for (let token: number = this.#scanner.scan(); token !== T.end; token = this.#scanner.scan()) {
      if (!this.#allowance.piece(this.errors.length)) return;
      const start = this.#scanner.getTokenOffset();
      // An unclosed comment is reported longer than the text.
      const span = { start, end: Math.min(start + this.#scanner.getTokenLength(), this.#text.length) };
      if (token === T.lineBreak || token === T.blank) continue;
      if (token === T.lineComment) this.comments.push(commentAt(this.#text, span.start, span.end, 2));
      else if (token === T.blockComment) this.comments.push(commentAt(this.#text, span.start, span.end, 2, span.end - span.start >= 4 && this.#text.endsWith('*/', span.end) ? 2 : 0));
      else {
        if (this.#tooDeep > 0) this.#skip(token, span);
        else this.#take(token, span);
        this.#last = span.end;
      }
    }
    if (this.#tooDeep > 0) this.errors.push({ start: this.#deepStart, end: this.#last });
    while (this.#stack.length > 0) this.#close(this.#last);
  }

  #skip(token: number, span: Span): void {
    if (token === T.openBrace || token === T.openBracket) this.#tooDeep += 1;
    if (token !== T.closeBrace && token !== T.closeBracket) return;
    this.#tooDeep -= 1;
    if (this.#tooDeep === 0) {
      this.errors.push({ start: this.#deepStart, end: span.end });
      this.#valueDone();
    }
  }

  #take(token: number, span: Span): void {
    const frame = this.#stack.at(-1);
    if (token === T.closeBrace || token === T.closeBracket) this.#closeMatching(token === T.closeBracket, span);
    else if (token === T.comma) this.#comma(frame, span);
    else if (token === T.colon) {
      if (frame?.key && !frame.colon) frame.colon = true;
      else this.errors.push(span);
    } else if (frame && !frame.list && !frame.colon) this.#key(frame, token, span);
    else this.#value(frame, token, span);
  }

  #comma(frame: Frame | undefined, span: Span): void {
    if (!frame?.filled) this.errors.push(span);
    if (!frame) return;
    this.#dropKey(frame);
    frame.filled = false;
  }

  /** A key that never got its value. */
  #dropKey(frame: Frame): void {
    if (frame.key) this.errors.push({ start: frame.key.start, end: this.#last });
    frame.key = undefined;
    frame.colon = false;
  }

  #key(frame: Frame, token: number, span: Span): void {
    this.#dropKey(frame);
    if (token !== T.string && token !== T.unknown) {
      this.errors.push(span);
      if (token === T.openBrace || token === T.openBracket) this.#open(token === T.openBracket, { ...frame.place }, span.start, span, true);
      return;
    }
    if (frame.filled) this.errors.push({ start: span.start, end: span.start });
    const inner = token === T.string ? this.#inner(span) : span;
    const text = token === T.string ? this.#scanner.getTokenValue() : this.#text.slice(span.start, span.end);
    if (token === T.unknown) this.errors.push(span);
    frame.filled = false;
    frame.key = { text, inner, start: span.start };
  }

  #value(frame: Frame | undefined, token: number, span: Span): void {
    // A key on a line of its own after `"key":` is the next key, not this one's value.
    if (frame && !frame.list && token === T.string && this.#isKey(span.end)) {
      this.#key(frame, token, span);
      return;
    }
    if (frame?.filled) this.errors.push({ start: span.start, end: span.start });
    const start = frame?.key?.start ?? span.start;
    const place = this.#place(frame);
    if (token === T.openBrace || token === T.openBracket) {
      this.#open(token === T.openBracket, place, start, span, false);
      return;
    }
    const ragged = token === T.number && /[\w.:+-]/.test(this.#text[span.end] ?? '');
    const value = ragged ? undefined : this.#scalar(token);
    if (ragged) this.#passOver(span);
    else if (value === undefined) this.errors.push(span);
    else if (place.path.length > 0 && this.#allowance.entry(place.path.length)) {
      const inner = token === T.string ? this.#inner(span) : span;
      this.entries.push(scalarEntry(place, { start, end: span.end }, value, inner, this.#text.slice(inner.start, inner.end)));
    }
    this.#valueDone();
  }

  /** `16:59` or `07`: begins like a number and is none. The whole of it is the error. */
  #passOver(span: Span): void {
    let end = span.end;
    while (/[\w.:+-]/.test(this.#text[end] ?? '')) end += 1;
    this.errors.push({ start: span.start, end });
    this.#scanner.setPosition(end);
  }

  /** Whether a colon comes next, blanks aside. */
  #isKey(at: number): boolean {
    let i = at;
    while (this.#text[i] === ' ' || this.#text[i] === '\t') i += 1;
    return this.#text[i] === ':';
  }

  #place(frame: Frame | undefined): Place {
    if (!frame) return { path: [], key: '' };
    if (frame.list) return itemOf(frame.place, frame.count++);
    return childOf(frame.place.path, frame.key?.text ?? '', frame.key?.inner ?? { start: 0, end: 0 });
  }

  #open(list: boolean, place: Place, start: number, span: Span, lost: boolean): void {
    if (this.#stack.length >= MAX_DEPTH) {
      this.#tooDeep = 1;
      this.#deepStart = span.start;
      return;
    }
    const entry = place.path.length === 0 || lost ? undefined : containerEntry(place, list ? 'list' : 'mapping', start, span);
    if (entry && this.#allowance.entry(place.path.length)) this.entries.push(entry);
    this.#stack.push({ list, place, entry, count: 0, key: undefined, colon: false, filled: false });
  }

  /** A bracket of the wrong kind closes the nearest one of its own; without one it is passed over. */
  #closeMatching(list: boolean, span: Span): void {
    if (!this.#stack.some((frame) => frame.list === list)) {
      this.errors.push(span);
      return;
    }
    while (this.#stack.at(-1)?.list !== list) {
      this.errors.push({ start: span.start, end: span.start });
      this.#close(this.#last);
    }
    this.#close(span.end);
  }

  #close(end: number): void {
    const frame = this.#stack.pop();
    if (!frame) return;
    this.#dropKey(frame);
    if (frame.entry) closeAt(frame.entry, end);
    this.#valueDone();
  }

  #valueDone(): void {
    const frame = this.#stack.at(-1);
    if (!frame) return;
    frame.key = undefined;
    frame.colon = false;
    frame.filled = true;
  }

  #inner(span: Span): Span {
    const closed = span.end - span.start >= 2 && this.#scanner.getTokenError() !== 2;
    if (!closed) this.errors.push({ start: span.start, end: span.start + 1 });
    return { start: span.start + 1, end: closed ? span.end - 1 : span.end };
  }

  #scalar(token: number): ScalarValue | undefined {
    if (token === T.string) return this.#scanner.getTokenValue();
    if (token === T.number) return Number(this.#scanner.getTokenValue());
    if (token === T.true) return true;
    if (token === T.false) return false;
    return token === T.null ? null : undefined;
  }
}
