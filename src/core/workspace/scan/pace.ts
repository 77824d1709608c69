/** How long a scan keeps the thread before an editor's requests, or other threads' parts, get their turn. */
const SLICE_MS = 8;
/** Rest between two files while somebody is typing. */
const REST_MS = 4;

/** Gives way to other work every few milliseconds. */
export class Pace {
  #slice = performance.now();
  readonly #typing: () => boolean;

  constructor(typing: () => boolean) {
    this.#typing = typing;
  }

  /** What is to be waited for before the next file; undefined while the slice lasts. */
  due(): Promise<void> | undefined {
    const typing = this.#typing();
    return typing || performance.now() - this.#slice >= SLICE_MS ? this.#turn(typing) : undefined;
  }

  async #turn(typing: boolean): Promise<void> {
    await new Promise((next) => (typing ? setTimeout(next, REST_MS) : setImmediate(next)));
    this.#slice = performance.now();
  }
}
