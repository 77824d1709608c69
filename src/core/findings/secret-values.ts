/** Where values of known secrets stand in any text, for thousands of them at once. */
import type { Span } from '../source/model.ts';

/** A stretch of a text that must not be shown, and what to show instead. */
export interface Secret {
  readonly at: Span;
  readonly kind: string;
}

/** Shorter values are left out: replacing every `1` in a message would destroy it, and no rule quotes so short a secret. */
const SHORTEST = 6;

/** Values with the same beginning, by length and then by themselves; the lengths longest first. */
interface Alike {
  lengths: number[];
  readonly kinds: Map<string, string>;
}

/**
 * The values of a file's secrets. A look at a text costs its length, however many values there are: they are found by their
 * first six characters.
 */
export class SecretValues {
  /** Of a file without secrets. */
  static readonly none = new SecretValues('', []);

  readonly #alike = new Map<string, Alike>();

  /** `secrets` are offsets into `text`; of equal values the kind of the first one counts. */
  constructor(text: string, secrets: readonly Secret[]) {
    for (const { at, kind } of secrets) { this.#add(text.slice(at.start, at.end), kind); }
  }

  #add(value: string, kind: string): void {
    if (value.length < SHORTEST) { return; }
    const beginning = value.slice(0, SHORTEST);
    const alike = this.#alike.get(beginning) ?? { lengths: [], kinds: new Map<string, string>() };
    this.#alike.set(beginning, alike);
    if (!alike.lengths.includes(value.length)) { alike.lengths = [...alike.lengths, value.length].sort((a, b) => b - a); }
    if (!alike.kinds.has(value)) { alike.kinds.set(value, kind); }
  }

  /** Whether there is none to be looked for. */
  get empty(): boolean {
    return this.#alike.size === 0;
  }

  /** The values themselves. */
  get values(): readonly string[] {
    return [...this.#alike.values()].flatMap(({ kinds }) => [...kinds.keys()]);
  }

  /** Every place of a text at which a value begins, the longest there; they may overlap. */
  placesIn(text: string): readonly Secret[] {
    const places: Secret[] = [];
    if (this.empty) { return places; }
    for (let start = 0; start + SHORTEST <= text.length; start += 1) {
      const alike = this.#alike.get(text.slice(start, start + SHORTEST));
      if (alike === undefined) { continue; }
      for (const length of alike.lengths) {
        const kind = start + length <= text.length ? alike.kinds.get(text.slice(start, start + length)) : undefined;
        if (kind === undefined) { continue; }
        places.push({ at: { start, end: start + length }, kind });
        break;
      }
    }
    return places;
  }
}
