/**
 * The way of an account in at most so many pieces, whatever the length of its ledger: each piece keeps the lowest and the highest
 * equity, the last one, the floor and the high-water mark. When there are too many, neighbours are joined two by two, so that a
 * moment is never left out, only drawn together with its neighbours.
 */

/** A stretch of events in a row. */
export interface Piece {
  from: number;
  to: number;
  low: number;
  high: number;
  last: number;
  /** The highest floor within it; undefined where none is judged. */
  floor: number | undefined;
  peak: number | undefined;
  /** Events joined in it. */
  count: number;
}

const MOST = 1_024;

/** Collects the pieces. */
export class Series {
  #pieces: Piece[] = [];
  /** Events that one piece holds. */
  #each = 1;

  add(at: number, equity: number, floor: number | undefined, peak: number | undefined): void {
    const last = this.#pieces.at(-1);
    if (last !== undefined && last.count < this.#each) {
      last.to = at;
      last.last = equity;
      if (equity < last.low) { last.low = equity; }
      if (equity > last.high) { last.high = equity; }
      last.floor = floor;
      last.peak = peak;
      last.count += 1;
      return;
    }
    if (this.#pieces.length >= MOST) { this.#halve(); }
    this.#pieces.push({ from: at, to: at, low: equity, high: equity, last: equity, floor, peak, count: 1 });
  }

  get pieces(): readonly Readonly<Piece>[] {
    return this.#pieces;
  }

  #halve(): void {
    const joined: Piece[] = [];
    for (let index = 0; index < this.#pieces.length; index += 2) {
      const [a, b] = [this.#pieces[index] as Piece, this.#pieces[index + 1]];
      joined.push(b === undefined ? a : { from: a.from, to: b.to, low: Math.min(a.low, b.low), high: Math.max(a.high, b.high), last: b.last, floor: b.floor, peak: b.peak, count: a.count + b.count });
    }
    this.#pieces = joined;
    this.#each *= 2;
  }
}
