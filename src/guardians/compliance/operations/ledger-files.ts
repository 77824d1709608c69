/** Ledger files on their way into replays: opened as a person named them, put in order, joined, played. */
import type { Outcome } from '../../../core/outcome.ts';
import type { OperationContext } from '../../../core/operations/operation.ts';
import type { LedgerOptions, OpenLedger } from '../ledger/event.ts';
import { inOrder, merged } from '../ledger/in-order.ts';
import { openLedger } from '../ledger/open-ledger.ts';
import { parseZone } from '../ledger/zone-text.ts';
import type { Replay } from '../replay/replay.ts';

/** A file as it was named, and where it is. */
export interface LedgerPath {
  readonly file: string;
  readonly path: string;
}

/** A ledger and the name it was called by. */
export interface NamedLedger {
  readonly file: string;
  readonly ledger: OpenLedger;
}

/** How they are read: the clock as it was typed. */
export interface LedgerReading {
  readonly currency: string;
  readonly tz: string | undefined;
  readonly decimals?: LedgerOptions['decimals'];
}

/** Opens them all. Errors: a clock that is none, a file that cannot be read or that nobody knows. */
export async function openLedgers(files: readonly LedgerPath[], { currency, tz, decimals = 'auto' }: LedgerReading): Promise<Outcome<readonly NamedLedger[]>> {
  const zone = tz === undefined ? undefined : parseZone(tz);
  if (zone?.ok === false) { return zone; }
  const opened: NamedLedger[] = [];
  for (const { file, path } of files) {
    const ledger = await openLedger(path, { currency, decimals, ...(zone === undefined ? {} : { zone: zone.value }) });
    if (!ledger.ok) { return ledger; }
    opened.push({ file, ledger: ledger.value });
  }
  return { ok: true, value: opened };
}

/** Plays ledgers as one into every replay; the error that ended it, if one did. */
export async function play(ledgers: readonly NamedLedger[], replays: readonly Replay[], { signal, progress }: OperationContext): Promise<Outcome<never> | undefined> {
  let events = 0;
  for await (const batch of merged(ledgers.map(({ ledger }) => inOrder(ledger.batches(signal))))) {
    if (!batch.ok) { return batch; }
    for (const replay of replays) { replay.feed(batch.value); }
    events += batch.value.length;
    progress(`Replayed ${events.toLocaleString('en-US')} events`);
    if (signal.aborted) { return { ok: false, error: 'The replay was stopped before its end.' }; }
  }
  return undefined;
}
