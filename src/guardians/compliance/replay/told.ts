/**
 * What marks tell, beside fills. A ledger may have a mark a second, one a day, or one at its beginning alone (MetaTrader's first deposit),
 * and each is right for its own instant only: what was traded after it must not wait for the next one.
 */
import type { Mark } from '../ledger/event.ts';

const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

/** Follows the marks of a ledger. */
export class Told {
  #last = Number.NEGATIVE_INFINITY;
  /** The step of the marks' clock: marks of whole minutes may speak of anything within theirs. */
  #step = MINUTE_MS;
  #whileOpen = false;
  #balance = false;

  /** A mark while a position was open was seen: marks tell the open profit, and last prices of other instruments would only be older. */
  get openProfit(): boolean {
    return this.#whileOpen;
  }

  /** Marks tell the balance as well. */
  get balance(): boolean {
    return this.#balance;
  }

  mark({ at, balance }: Mark, isFlat: boolean): void {
    this.#last = at;
    if (at % MINUTE_MS !== 0) { this.#step = Math.min(this.#step, at % SECOND_MS === 0 ? SECOND_MS : 1); }
    if (!isFlat) { this.#whileOpen = true; }
    if (balance !== undefined) { this.#balance = true; }
  }

  /** Whether the last mark may have counted what happened at an instant: it has the same stamp on the marks' clock. */
  mayHold(at: number): boolean {
    return at < this.#last + this.#step;
  }
}
