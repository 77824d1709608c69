/**
 * Masks a stream of text piece by piece. Whole lines leave at once; of a line that does not end only a window is held, so the memory
 * is the same for a line of 100 MB. A window keeps some of what went out before it, so that a name and its value are read together.
 */
import { SecretValues } from '../../../core/findings/secret-values.ts';
import type { CustomDetector } from '../../../core/workspace/custom-detector.ts';
import { secretsOf } from './find-secrets.ts';

/** Most characters that are looked at together. */
const WINDOW = 256 * 1024;
/** Of a line that goes on: how much is held back, longer than any value that is looked for. */
const HELD = 16 * 1024;
/** How much of what went out is read again: names stand before their values. */
const CONTEXT = 2 * 1024;
/** Longest private key, with what a log writes before each of its lines. */
const LONGEST_KEY = 64 * 1024;

const KEY_BEGINS = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const KEY_ENDS = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
/** Longest text of the marks around a key. */
const MARK = 90;

/** One stream; the characters of its text are bytes (`latin1`), so that what is not masked comes out as it went in. */
export class Redactor {
  readonly #known: SecretValues;
  readonly #own: readonly CustomDetector[];
  /** Came in and is still to be looked at. */
  #pending = '';
  /** The end of what went out, as it came in. */
  #context = '';
  /** Characters of a private key that were swallowed; undefined outside of one. */
  #inKey: number | undefined;
  #masked = 0;

  /** @param own detectors of the desk's own. */
  constructor(known: SecretValues = SecretValues.none, own: readonly CustomDetector[] = []) {
    this.#known = known;
    this.#own = own;
  }

  /** Values that were masked so far. */
  get masked(): number {
    return this.#masked;
  }

  /** Takes the next piece, gives what may go out: everything up to the last line break. */
  push(piece: string): string {
    this.#pending += piece;
    const out: string[] = [];
    for (;;) {
      const lineEnd = this.#pending.lastIndexOf('\n', WINDOW - 1) + 1;
      if (lineEnd > 0) { out.push(this.#take(lineEnd, lineEnd)); continue; }
      if (this.#pending.length < WINDOW + HELD) { break; }
      out.push(this.#take(WINDOW, WINDOW + HELD));
    }
    return out.join('');
  }

  /** What is left at the end of the stream. */
  end(): string {
    const out = this.#pending === '' ? '' : this.#take(this.#pending.length, this.#pending.length);
    this.#pending = '';
    return out;
  }

  /** Masks `upTo` characters of what is pending, looking at `seen` of them; a value that crosses the border goes out whole. */
  #take(upTo: number, seen: number): string {
    const out: string[] = [];
    let text = this.#pending.slice(0, seen);
    let left = upTo;
    while (left > 0) {
      if (this.#inKey !== undefined) {
        const skipped = this.#skipKey(text, left);
        text = text.slice(skipped);
        left -= skipped;
        continue;
      }
      const begins = KEY_BEGINS.exec(text);
      const border = begins !== null && begins.index < left ? begins.index : left;
      const done = this.#mask(text.slice(0, begins !== null && begins.index < left ? border : text.length), border);
      out.push(done.text);
      text = text.slice(done.length);
      left -= done.length;
      if (begins !== null && begins.index === done.length && left > 0) {
        out.push('<private-key>');
        this.#masked += 1;
        // The beginning itself is swallowed with the rest of the key.
        const head = Math.min(begins[0].length, text.length);
        text = text.slice(head);
        left -= head;
        this.#inKey = head;
      }
    }
    this.#pending = this.#pending.slice(upTo - left);
    return out.join('');
  }

  /** Masks a text up to `border`; the length is that of what was done, beyond the border where a value crosses it. */
  #mask(text: string, border: number): { readonly text: string; readonly length: number } {
    const before = this.#context.length;
    const secrets = secretsOf(this.#context + text, this.#known, this.#own);
    const parts: string[] = [];
    let from = before;
    let to = before + border;
    for (const { at, kind } of secrets) {
      if (at.end <= before || at.start >= to) { continue; }
      if (at.start > from) { parts.push(text.slice(from - before, at.start - before)); }
      parts.push(`<${kind}>`);
      this.#masked += 1;
      from = at.end;
      to = Math.max(to, at.end);
    }
    if (from < to) { parts.push(text.slice(from - before, to - before)); }
    const length = to - before;
    this.#context = (this.#context + text.slice(0, length)).slice(-CONTEXT);
    return { text: parts.join(''), length };
  }

  /** Swallows a private key up to its end mark, of which the beginning may have come already; how many characters that were. */
  #skipKey(text: string, most: number): number {
    const ends = KEY_ENDS.exec(text);
    const soFar = this.#inKey ?? 0;
    if (ends !== null && ends.index + ends[0].length <= most) {
      this.#inKey = undefined;
      this.#context = '';
      return ends.index + ends[0].length;
    }
    // The mark may be cut: its beginning stays until the rest has come.
    const skipped = Math.max(1, most - (text.length > most ? MARK : 0));
    this.#inKey = soFar + skipped;
    if (this.#inKey > LONGEST_KEY) { this.#inKey = undefined; }
    return Math.min(skipped, most);
  }
}
