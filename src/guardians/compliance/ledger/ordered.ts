/** The events of a file that is read whole: each fill once, in order of time. */
import type { LedgerEvent } from './event.ts';
import type { Reading } from './reading.ts';

const NUMERIC = /^\d{1,15}$/;

interface Entry {
  readonly event: LedgerEvent;
  readonly id: string | undefined;
  readonly added: number;
}

/**
 * Collects events and sorts them by their instant. Of those at one instant the lower id comes first where every event has an id that is
 * a number (a platform counts them up), else the row that was written first, which in a file with the newest on top is the lower one.
 */
export class Ordered {
  readonly #entries: Entry[] = [];
  readonly #seen = new Set<string>();

  constructor(private readonly reading: Reading) {}

  /** False, and counted, for an id that came before. An empty id is nobody's. */
  isNew(id: string): boolean {
    if (id === '') return true;
    if (this.#seen.has(id)) {
      this.reading.notes.duplicates += 1;
      return false;
    }
    this.#seen.add(id);
    return true;
  }

  /** Adds an event with the id that tells its place among others of the same instant. */
  add(event: LedgerEvent, id?: string): void {
    this.#entries.push({ event, id, added: this.#entries.length });
  }

  /** All events in order. */
  sorted(): LedgerEvent[] {
    const entries = this.#entries;
    const byId = entries.every(({ id }) => id !== undefined && NUMERIC.test(id));
    const first = entries[0]?.event;
    const last = entries.at(-1)?.event;
    const turned = !byId && first !== undefined && last !== undefined && first.at > last.at ? -1 : 1;
    const rank = ({ event, id }: Entry): number => (byId ? Number(id) : turned * event.row);
    return entries
      .sort((a, b) => a.event.at - b.event.at || (a.event.nanos ?? 0) - (b.event.nanos ?? 0) || rank(a) - rank(b) || a.added - b.added)
      .map(({ event }) => event);
  }
}
