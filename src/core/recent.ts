/** The last of many: what is older than so many others is forgotten. */

/** Values by key. */
export class RecentMap<V> {
  readonly #most: number;
  readonly #values = new Map<string, V>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): V | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: V): void {
    this.#values.set(key, value);
    if (this.#values.size <= this.#most) { return; }
    for (const oldest of this.#values.keys()) { this.#values.delete(oldest); return; }
  }
}

/** Keys alone. */
export class RecentSet {
  readonly #keys: RecentMap<true>;

  constructor(most: number) {
    this.#keys = new RecentMap(most);
  }

  has(key: string): boolean {
    return this.#keys.get(key) === true;
  }

  add(key: string): void {
    this.#keys.set(key, true);
  }
}
