/**
 * The fields of one JSON object on one line, found in its bytes without making an object: where each known field's value begins and
 * ends. Numbers are never made floats. What is inside of nested values is passed over.
 */

/** `equity` as bytes, and the like. */
export function isWord(bytes: Uint8Array, from: number, to: number, word: Uint8Array): boolean {
  if (to - from !== word.length) return false;
  for (let i = 0; i < word.length; i += 1) if (bytes[from + i] !== word[i]) return false;
  return true;
}

/** What a value is: text (without its quotation marks), a number, `true`/`false`/`null`, or something nested. */
export const ABSENT = 0;
export const TEXT = 1;
export const NUMBER = 2;
export const WORD = 3;
export const NESTED = 4;

const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;
const COMMA = 44;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;

/** Finds the fields of a fixed list of names; made once for a file. A field that stands twice counts where it stands last, as in JSON.parse. */
export class JsonFields {
  /** By the field's index in the list of names: where its value begins and ends, and what it is. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly kinds: Uint8Array;
  readonly #names: readonly Uint8Array[];
  /** Index of the first name of a length, by length; the next of that length, by name. */
  readonly #first: Int32Array;
  readonly #next: Int32Array;
  /** What the names of the last line were, in their order: the next line has mostly the same. -1 for a name that is not asked for. */
  readonly #last: Int32Array;

  constructor(names: readonly string[]) {
    this.#names = names.map((name) => Buffer.from(name));
    this.starts = new Int32Array(names.length);
    this.ends = new Int32Array(names.length);
    this.kinds = new Uint8Array(names.length);
    this.#first = new Int32Array(64).fill(-1);
    this.#next = new Int32Array(names.length).fill(-1);
    this.#last = new Int32Array(16).fill(-1);
    for (let index = names.length - 1; index >= 0; index -= 1) {
      const length = this.#names[index]!.length;
      this.#next[index] = this.#first[length]!;
      this.#first[length] = index;
    }
  }

  /** Reads the object in a stretch of bytes. False for bytes that are no object, or not a whole one. */
  read(bytes: Uint8Array, from: number, to: number): boolean {
    this.kinds.fill(ABSENT);
    let at = blanks(bytes, from, to);
    if (bytes[at] !== OPEN_OBJECT || at >= to) return false;
    at = blanks(bytes, at + 1, to);
    if (bytes[at] === CLOSE_OBJECT && at < to) return blanks(bytes, at + 1, to) === to;
    for (let turn = 0; ; turn += 1) {
      if (bytes[at] !== QUOTE || at >= to) return false;
      let field = turn < 16 ? this.#last[turn]! : -1;
      let nameEnd = field < 0 ? -1 : this.#endOf(bytes, at + 1, field);
      if (nameEnd < 0) {
        nameEnd = closing(bytes, at, to);
        if (nameEnd < 0) return false;
        field = this.#fieldOf(bytes, at + 1, nameEnd);
        if (turn < 16) this.#last[turn] = field;
      }
      at = blanks(bytes, nameEnd + 1, to);
      if (bytes[at] !== COLON || at >= to) return false;
      at = this.#value(bytes, blanks(bytes, at + 1, to), to, field);
      if (at < 0) return false;
      at = blanks(bytes, at, to);
      if (at >= to) return false;
      if (bytes[at] === CLOSE_OBJECT) return blanks(bytes, at + 1, to) === to;
      if (bytes[at] !== COMMA) return false;
      at = blanks(bytes, at + 1, to);
    }
  }

  /** Where a name ends, if it stands here with its quotation mark; -1 if not. */
  #endOf(bytes: Uint8Array, from: number, field: number): number {
    const name = this.#names[field]!;
    for (let i = 0; i < name.length; i += 1) if (bytes[from + i] !== name[i]) return -1;
    return bytes[from + name.length] === QUOTE ? from + name.length : -1;
  }

  #fieldOf(bytes: Uint8Array, from: number, to: number): number {
    const length = to - from;
    if (length >= 64) return -1;
    for (let field = this.#first[length]!; field >= 0; field = this.#next[field]!) {
      const name = this.#names[field]!;
      let i = 0;
      while (i < length && bytes[from + i] === name[i]) i += 1;
      if (i === length) return field;
    }
    return -1;
  }

  /** Passes one value and notes it; the place after it, or -1. */
  #value(bytes: Uint8Array, from: number, to: number, field: number): number {
    const first = from < to ? bytes[from]! : 0;
    let kind = NUMBER;
    let start = from;
    let end: number;
    let after: number;
    if (first === QUOTE) {
      kind = TEXT;
      start = from + 1;
      end = closing(bytes, from, to);
      after = end + 1;
    } else if (first === OPEN_OBJECT || first === OPEN_LIST) {
      kind = NESTED;
      end = nestedEnd(bytes, from, to);
      after = end;
    } else {
      end = from;
      while (end < to && bytes[end]! > 32 && bytes[end] !== COMMA && bytes[end] !== CLOSE_OBJECT) end += 1;
      if (end === from) return -1;
      if (first > 57) kind = WORD;
      after = end;
    }
    if (end < 0) return -1;
    if (field >= 0) {
      this.starts[field] = start;
      this.ends[field] = end;
      this.kinds[field] = kind;
    }
    return after;
  }
}

function blanks(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at]! <= 32) at += 1;
  return at;
}

/** The quotation mark that ends the text whose first one stands at `from`; -1 without one. */
function closing(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from + 1; at < to; at += 1) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) at += 1;
  }
  return -1;
}

/** The place after a nested value; -1 for one that does not end. */
function nestedEnd(bytes: Uint8Array, from: number, to: number): number {
  let depth = 0;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      at = closing(bytes, at, to);
      if (at < 0) return -1;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}
