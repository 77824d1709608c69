/**
 * Events in order of time, from ledgers that nearly have it: a platform writes what two threads saw in the order in which they came
 * to the disk. The last few thousand events are held back, so that one which is late by less than that still finds its place; what
 * is later than that is handed on where it stands, and the replay says so.
 */
import type { Outcome } from '../../../core/outcome.ts';
import type { LedgerEvent } from './event.ts';

/** How many events are held back. */
export const HELD_BACK = 4_096;

/** By instant, then by the nanoseconds within it, then by row. */
export function compareEvents(a: LedgerEvent, b: LedgerEvent): number {
  return a.at - b.at || (a.nanos ?? 0) - (b.nanos ?? 0) || a.row - b.row;
}

/** The same events, in order. */
export async function* inOrder(batches: AsyncIterable<Outcome<readonly LedgerEvent[]>>): AsyncGenerator<Outcome<readonly LedgerEvent[]>> {
  let held: LedgerEvent[] = [];
  for await (const batch of batches) {
    if (!batch.ok) { yield batch; return; }
    const events = [...held, ...batch.value];
    if (!isInOrder(events)) { events.sort(compareEvents); }
    const ready = Math.max(events.length - HELD_BACK, 0);
    held = events.slice(ready);
    if (ready > 0) { yield { ok: true, value: ready === events.length ? events : events.slice(0, ready) }; }
  }
  if (held.length > 0) { yield { ok: true, value: held }; }
}

function isInOrder(events: readonly LedgerEvent[]): boolean {
  for (let index = 1; index < events.length; index += 1) {
    if (compareEvents(events[index - 1] as LedgerEvent, events[index] as LedgerEvent) > 0) { return false; }
  }
  return true;
}

/** Several ledgers of one account as one: the earliest next event of any of them comes first. Equal instants keep the order of the files. */
export async function* merged(ledgers: readonly AsyncIterable<Outcome<readonly LedgerEvent[]>>[]): AsyncGenerator<Outcome<readonly LedgerEvent[]>> {
  const [only] = ledgers;
  if (only === undefined) { return; }
  if (ledgers.length === 1) { yield* only; return; }
  const heads = ledgers.map((ledger) => new Head(ledger[Symbol.asyncIterator]()));
  for (;;) {
    for (const head of heads) {
      const failed = await head.fill();
      if (failed !== undefined) { yield failed; return; }
    }
    const live = heads.filter((head) => head.events.length > head.next);
    if (live.length === 0) { return; }
    // Up to where the first of the batches at hand ends, everything is known.
    const until = live.reduce((least, head) => (compareInstants(head.last, least) < 0 ? head.last : least), (live[0] as Head).last);
    yield { ok: true, value: live.flatMap((head) => head.takeUntil(until)).sort(compareInstants) };
  }
}

function compareInstants(a: LedgerEvent, b: LedgerEvent): number {
  return a.at - b.at || (a.nanos ?? 0) - (b.nanos ?? 0);
}

/** A ledger and the batch of it that is at hand. */
class Head {
  events: readonly LedgerEvent[] = [];
  next = 0;
  readonly #source: AsyncIterator<Outcome<readonly LedgerEvent[]>>;
  #ended = false;

  constructor(source: AsyncIterator<Outcome<readonly LedgerEvent[]>>) {
    this.#source = source;
  }

  get last(): LedgerEvent {
    return this.events.at(-1) as LedgerEvent;
  }

  /** Gets the next batch where this one is used up; the error that ended the ledger, if one did. */
  async fill(): Promise<Outcome<never> | undefined> {
    while (!this.#ended && this.next >= this.events.length) {
      const step = await this.#source.next();
      if (step.done === true) { this.#ended = true; break; }
      if (!step.value.ok) { return step.value; }
      this.events = step.value.value;
      this.next = 0;
    }
    return undefined;
  }

  takeUntil(until: LedgerEvent): readonly LedgerEvent[] {
    const from = this.next;
    while (this.next < this.events.length && compareInstants(this.events[this.next] as LedgerEvent, until) <= 0) { this.next += 1; }
    return this.events.slice(from, this.next);
  }
}
