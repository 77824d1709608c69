/**
 * Finds many keywords in one pass (Aho and Corasick, "Efficient string matching", CACM 18(6), 1975). The time is linear
 * in the text whatever the keywords are, so no expression runs where no keyword stands.
 */

const ALPHABET = 128;

/** A keyword that ends in the text: its position in the list given to the constructor, and where it begins. */
export type OnKeyword = (keyword: number, start: number) => void;

export class KeywordIndex {
  private readonly width: number;
  /** Class of each ASCII character; 0 is "in no keyword". Upper case falls together with lower case. */
  private readonly classes = new Uint8Array(ALPHABET);
  /** The state behind each state and class, in rows of `1 << shift`; sixteen bits where they are enough, so that more of it stays near. */
  private readonly next: Uint16Array | Uint32Array;
  private readonly shift: number;
  private readonly found: readonly (readonly number[])[];
  /** 1 for a state in which a keyword ends. */
  private readonly ends: Uint8Array;
  private readonly lengths: readonly number[];

  /** @param keywords lower-case ASCII, none empty. */
  constructor(keywords: readonly string[]) {
    this.lengths = keywords.map((word) => word.length);
    this.width = this.assignClasses(keywords);
    this.shift = Math.ceil(Math.log2(Math.max(2, this.width)));
    const { children, found } = this.tree(keywords);
    this.next = this.completed(children, found);
    this.found = found;
    this.ends = Uint8Array.from(found, (words) => (words.length > 0 ? 1 : 0));
  }

  /** The keywords as a tree: of each state the one behind it by class, 0 where there is none, and the keywords that end in it. */
  private tree(keywords: readonly string[]): { readonly children: Int32Array; readonly found: number[][] } {
    const { shift, classes } = this;
    const most = keywords.reduce((sum, word) => sum + word.length, 1);
    const children = new Int32Array(most << shift);
    const found: number[][] = [[]];
    keywords.forEach((word, id) => {
      let state = 0;
      for (let i = 0; i < word.length; i += 1) {
        const cell = (state << shift) | (classes[word.charCodeAt(i)] as number);
        if (children[cell] === 0) { children[cell] = found.push([]) - 1; }
        state = children[cell] as number;
      }
      (found[state] as number[]).push(id);
    });
    return { children, found };
  }

  /** Calls `on` for every keyword in `text` between the offsets, case-blind, in the order in which they end. */
  scan(text: string, on: OnKeyword, from = 0, to = text.length): void {
    const { next, classes, shift, found, ends, lengths } = this;
    let state = 0;
    for (let i = from; i < to; i += 1) {
      const code = text.charCodeAt(i);
      state = code < ALPHABET ? (next[(state << shift) | (classes[code] as number)] as number) : 0;
      if (ends[state] === 0) continue;
      const words = found[state] as readonly number[];
      for (let k = 0; k < words.length; k += 1) on(words[k] as number, i + 1 - (lengths[words[k] as number] as number));
    }
  }

  private assignClasses(keywords: readonly string[]): number {
    let width = 1;
    for (const word of keywords) {
      for (let i = 0; i < word.length; i += 1) {
        const code = word.charCodeAt(i);
        if (this.classes[code] !== 0) continue;
        this.classes[code] = width;
        const upper = word.charAt(i).toUpperCase().charCodeAt(0);
        this.classes[upper] = width;
        width += 1;
      }
    }
    return width;
  }

  /** Fills in the failure links breadth first, so that the scan only ever steps forward. */
  private completed(children: Int32Array, found: number[][]): Uint16Array | Uint32Array {
    const { shift, width } = this;
    const states = found.length;
    const next = new (states <= 0xffff ? Uint16Array : Uint32Array)(states << shift);
    const fail = new Int32Array(states);
    const queue = new Int32Array(states);
    let last = 1;
    for (let head = 0; head < last; head += 1) {
      const state = queue[head] as number;
      const row = state << shift;
      const failed = (fail[state] as number) << shift;
      for (let cls = 0; cls < width; cls += 1) {
        const child = children[row | cls] as number;
        const fallback = state === 0 ? 0 : (next[failed | cls] as number);
        if (child === 0) {
          next[row | cls] = fallback;
          continue;
        }
        next[row | cls] = child;
        fail[child] = fallback;
        const words = found[fallback] as number[];
        if (words.length > 0) { (found[child] as number[]).push(...words); }
        queue[last] = child;
        last += 1;
      }
    }
    return next;
  }
}
