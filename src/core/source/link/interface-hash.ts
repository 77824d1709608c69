/** What tells whether other files have to be decided again after an edit. */
import type { FileSummary } from './summary.ts';

/** FNV-1a (Fowler, Noll, Vo): offset basis and prime of 32 bits; the second lane has the primes of MurmurHash3 (Appleby). */
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;
const OTHER_BASIS = 0x85ebca6b;
const OTHER_PRIME = 0xc2b2ae35;

/**
 * Hash of everything of a summary but its findings and ranges: while it stays, no other file is decided again. Only a
 * summary that replaces another one is asked for it.
 */
export function interfaceOf({ language, classes, functions, imports, variables, exports, aliases, roles, settings, facts }: FileSummary): string {
  return interfaceHash({ language, classes, functions, imports, variables, exports, aliases, roles, settings, facts });
}

/**
 * Hash of plain data, 64 bits as hexadecimal digits, of everything but `range`s: moved lines change nothing for other
 * files. By hand because it runs for every file that is read: a text of the data, without its ranges and digested, takes
 * five times as long.
 */
export function interfaceHash(content: object): string {
  const hasher = new Hasher();
  hasher.value(content);
  return hasher.digest();
}

class Hasher {
  #first = BASIS;
  #second = OTHER_BASIS;

  value(value: unknown): void {
    if (typeof value === 'string') {
      this.#text('"', value);
    } else if (Array.isArray(value)) {
      this.#text('[', String(value.length));
      for (const item of value) { this.value(item); }
    } else if (typeof value === 'object' && value !== null) {
      this.#text('{', '');
      // Plain data has no inherited keys, and `Object.entries` would copy every object.
      for (const key in value) {
        // Nor do protections: only the coverage report asks for them, and it is made anew each time.
        if (key === 'range' || key === 'protection' || key === 'under') { continue; }
        this.#text(':', key);
        this.value((value as Record<string, unknown>)[key]);
      }
      this.#text('}', '');
    } else {
      this.#text('=', String(value));
    }
  }

  digest(): string {
    return [this.#first, this.#second].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
  }

  /** A mark before each text, and its end after it, keep `a`, `bc` apart from `ab`, `c`. */
  #text(mark: string, text: string): void {
    this.#unit(mark.charCodeAt(0));
    for (let i = 0; i < text.length; i++) { this.#unit(text.charCodeAt(i)); }
    this.#unit(0);
  }

  #unit(code: number): void {
    this.#first = Math.imul(this.#first ^ code, PRIME);
    this.#second = Math.imul(this.#second ^ code, OTHER_PRIME);
  }
}
