/** Which of many overlapping spans lies on top at an offset: worked out once, then found by halving. */
import type { Span } from '../source/model.ts';

/** How many of the first `length` positions hold, where those that hold come first. */
export function countUpTo(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) { low = middle + 1; } else { high = middle; }
  }
  return low;
}

/**
 * Spans that may lie in, beside or across each other (copies that aliases bring are written elsewhere, tables may stand
 * twice). On top is the one of the highest rank; of equals the later one.
 */
export class Layers<T extends Span> {
  /** Where another span comes to lie on top, ascending; before the first there is none. */
  readonly #starts: number[] = [];
  readonly #tops: (T | undefined)[] = [];

  constructor(spans: readonly T[], rank: (span: T) => number) {
    const order = spans.map((span, index) => ({ span, rank: rank(span), index })).filter(({ span }) => span.end > span.start);
    const opened = [...order].sort((a, b) => a.span.start - b.span.start);
    const edges = [...new Set(order.flatMap(({ span }) => [span.start, span.end]))].sort((a, b) => a - b);
    const heap = new Heap<Layer<T>>((a, b) => a.rank > b.rank || (a.rank === b.rank && a.index > b.index));
    let next = 0;
    for (const edge of edges) {
      for (; next < opened.length && (opened[next] as Layer<T>).span.start === edge; next += 1) { heap.push(opened[next] as Layer<T>); }
      while ((heap.top?.span.end ?? Infinity) <= edge) { heap.pop(); }
      this.#starts.push(edge);
      this.#tops.push(heap.top?.span);
    }
  }

  /** The span on top at an offset. */
  at(offset: number): T | undefined {
    return this.#tops[countUpTo(this.#starts.length, (index) => (this.#starts[index] as number) <= offset) - 1];
  }
}

interface Layer<T> {
  readonly span: T;
  readonly rank: number;
  readonly index: number;
}

/** A binary heap: `above` says which of two is to come out first. */
class Heap<T> {
  readonly #items: T[] = [];
  readonly #above: (a: T, b: T) => boolean;

  constructor(above: (a: T, b: T) => boolean) {
    this.#above = above;
  }

  get top(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    for (let up = (at - 1) >> 1; at > 0 && this.#above(item, items[up] as T); up = (at - 1) >> 1) {
      items[at] = items[up] as T;
      at = up;
    }
    items[at] = item;
  }

  pop(): void {
    const items = this.#items;
    const last = items.pop();
    if (last === undefined || items.length === 0) { return; }
    let at = 0;
    for (let down = this.#better(1, last); down !== undefined; down = this.#better(2 * at + 1, last)) {
      items[at] = items[down] as T;
      at = down;
    }
    items[at] = last;
  }

  /** Position of the child, from `left` on, that is to stand above `item`. */
  #better(left: number, item: T): number | undefined {
    const items = this.#items;
    if (left >= items.length) { return undefined; }
    const right = left + 1;
    const child = right < items.length && this.#above(items[right] as T, items[left] as T) ? right : left;
    return this.#above(items[child] as T, item) ? child : undefined;
  }
}
