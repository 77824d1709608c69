/** One secret, one name: a salted hash of its value, the same wherever and however it is written. */
import { createHmac } from 'node:crypto';

/** 16 hex digits; without the salt nobody can try values against it. */
export function secretId(salt: Buffer, value: string): string {
  return createHmac('sha256', salt).update(canonical(value)).digest('hex').slice(0, 16);
}

/** A key block is its base 64, however its lines are broken, indented or quoted; any other value is itself, without a carriage return. */
export function canonical(value: string): string {
  const plain = value.replaceAll('\r', '');
  const start = plain.indexOf('-----BEGIN');
  if (start !== 0) { return plain; }
  const label = plain.indexOf('-----', 11);
  const end = plain.lastIndexOf('-----END');
  if (label < 0 || end < label) { return plain; }
  // Written-out line breaks go first: their letter is of the alphabet.
  return plain.slice(label + 5, end).replace(/\\{1,4}[nrt]/g, '').replace(/[^A-Za-z0-9+/=]/g, '');
}

/** A value to look for in texts, whatever ends their lines. */
export class Needle {
  readonly #plain: string;
  /** The longest line of the value: what is left of it in a patch. */
  readonly line: string;

  constructor(readonly value: string) {
    this.#plain = value.replaceAll('\r', '');
    this.line = this.#plain.split('\n').reduce((longest, line) => (line.length > longest.length ? line : longest), '');
  }

  /** Whether the text holds the value. */
  isIn(text: string): boolean {
    return this.placeIn(text) >= 0;
  }

  /** Offset of the value in the text; -1 where it is not in it. */
  placeIn(text: string): number {
    const at = text.indexOf(this.value);
    if (at >= 0) { return at; }
    if (this.#plain !== this.value && text.includes(this.#plain)) { return text.indexOf(this.#plain); }
    if (!this.#plain.includes('\n') || !text.includes('\r')) { return -1; }
    return text.replaceAll('\r', '').includes(this.#plain) ? Math.max(0, text.indexOf(this.line)) : -1;
  }
}
