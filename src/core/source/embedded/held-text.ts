/**
 * The text of a file that is held inside another one, and where each of its characters stands there. A Markdown fence
 * loses its indentation, a notebook's cell the escapes and quotes of JSON.
 */
import type { Span } from '../model.ts';

/** A stretch that stands in the host as it is; any other stretch is one UTF-16 unit. */
const VERBATIM = -1;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** A text under construction; offsets of what is there already never change. */
export class HeldText {
  readonly #host: string;
  readonly #pieces: string[] = [];
  /** Where stretches begin in the held text, where in the host, and how much of the host their one unit takes. */
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #width: number[] = [];
  #length = 0;

  constructor(host: string) {
    this.#host = host;
  }

  get length(): number {
    return this.#length;
  }

  get text(): string {
    return this.#pieces.join('');
  }

  /** Adds a stretch of the host as it is. */
  verbatim({ start, end }: Span): void {
    if (end > start) this.#add(this.#host.slice(start, end), start, VERBATIM);
  }

  /** Adds the inside of a JSON string (RFC 8259, section 7); a broken escape is taken as it stands. */
  json({ start, end }: Span): void {
    const written = this.#host.slice(start, end);
    let at = 0;
    for (let mark = written.indexOf('\\'); mark >= 0; mark = written.indexOf('\\', at)) {
      this.verbatim({ start: start + at, end: start + mark });
      const letter = written[mark + 1] ?? '';
      const hex = letter === 'u' ? /^[0-9a-fA-F]{4}$/.exec(written.slice(mark + 2, mark + 6))?.[0] : undefined;
      const width = hex === undefined ? Math.min(2, written.length - mark) : 6;
      const char = hex === undefined ? ESCAPES[letter] ?? (letter === '' ? '\\' : letter) : String.fromCharCode(Number.parseInt(hex, 16));
      this.#add(char, start + mark, width);
      at = mark + width;
    }
    this.verbatim({ start: start + at, end });
  }

  /** Adds a line break that the host has not, at an offset of it. */
  lineBreak(at: number): void {
    this.#add('\n', at, 0);
  }

  /** Adds another text of the same host. */
  append(other: HeldText): void {
    other.#pieces.forEach((piece, i) => { this.#add(piece, other.#to[i] as number, other.#width[i] as number); });
  }

  /** Where a span of this text stands in the host: from its first character to its last, with all that is between them. */
  toHost({ start, end }: Span): Span {
    const from = this.#startOf(start);
    return { start: from, end: end > start ? Math.max(this.#endOf(end), from) : from };
  }

  #add(text: string, to: number, width: number): void {
    this.#pieces.push(text);
    this.#from.push(this.#length);
    this.#to.push(to);
    this.#width.push(width);
    this.#length += text.length;
  }

  #startOf(offset: number): number {
    if (this.#from.length === 0) return 0;
    const i = this.#stretchAt(offset);
    const into = offset - (this.#from[i] as number);
    const width = this.#width[i] as number;
    return (this.#to[i] as number) + (width === VERBATIM ? into : into > 0 ? width : 0);
  }

  /** Behind the character before an offset. */
  #endOf(offset: number): number {
    const i = this.#stretchAt(offset - 1);
    const width = this.#width[i] as number;
    return (this.#to[i] as number) + (width === VERBATIM ? offset - (this.#from[i] as number) : width);
  }

  /** The last stretch that begins at or before an offset. */
  #stretchAt(offset: number): number {
    let low = 0;
    let high = this.#from.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#from[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
