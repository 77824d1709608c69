/**
 * What is said once in a workspace and then known: that the firm of an account bans programs. Shown through the session that showed it first, stored
 * as seen, and left out from the next session on. A ban that changes (another firm, a newer page) is another finding, and said again.
 */

/** Rules whose findings are said once. */
const ONCE: ReadonlySet<string> = new Set(['APX015']);
const KEY = 'tickguard.seen';
/** As many are remembered; a workspace has a handful of accounts. */
const MOST = 200;

/** The part of VS Code's `Memento` that is needed. */
export interface SeenStore {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

/** The parts of a diagnostic that tell which finding it is. */
interface Shown {
  readonly message: string;
  readonly code?: unknown;
  readonly data?: unknown;
}

/** Remembers findings that are said once. One object for one session. */
export class SaidOnce {
  readonly #store: SeenStore;
  /** What earlier sessions have shown. */
  readonly #before: ReadonlySet<string>;
  readonly #seen: Set<string>;

  constructor(store: SeenStore) {
    this.#store = store;
    const stored = store.get(KEY);
    this.#before = new Set(Array.isArray(stored) ? stored.filter((key): key is string => typeof key === 'string') : []);
    this.#seen = new Set(this.#before);
  }

  /** The diagnostics that are to be shown: all but those of an earlier session. */
  fresh<T extends Shown>(items: readonly T[]): T[] {
    return items.filter((item) => {
      const key = keyOf(item);
      if (key === undefined) { return true; }
      if (this.#before.has(key)) { return false; }
      if (!this.#seen.has(key)) {
        this.#seen.add(key);
        void this.#store.update(KEY, [...this.#seen].slice(-MOST));
      }
      return true;
    });
  }
}

/** Rule, place and words: a fingerprint alone does not change when the firm's page does. */
function keyOf({ message, code, data }: Shown): string | undefined {
  const rule = typeof code === 'object' && code !== null ? (code as { value?: unknown }).value : code;
  if (typeof rule !== 'string' || !ONCE.has(rule)) { return undefined; }
  const fingerprint = typeof data === 'object' && data !== null ? (data as { fingerprint?: unknown }).fingerprint : undefined;
  return `${rule} ${typeof fingerprint === 'string' ? fingerprint : ''} ${message}`;
}
