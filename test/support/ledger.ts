/** Ledgers for tests: a file of given contents, read to its end. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerEvent, LedgerFormat, LedgerNotes, LedgerOptions, LedgerZone } from '../../src/guardians/compliance/ledger/event.ts';
import { openLedger } from '../../src/guardians/compliance/ledger/open-ledger.ts';
import { parseZone } from '../../src/guardians/compliance/ledger/zone-text.ts';

/** What a ledger gave: events, and the sentence that ended it, if one did. */
export interface ReadLedger {
  readonly format: LedgerFormat | undefined;
  readonly title: string | undefined;
  readonly events: readonly LedgerEvent[];
  readonly notes: LedgerNotes | undefined;
  readonly error: string | undefined;
  readonly sha256: string | undefined;
}

/** `America/New_York+7h` as a clock. */
export function zone(text: string): LedgerZone {
  const parsed = parseZone(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

/** Reads a ledger in a currency of dollars, with a named clock or none. */
export async function readPath(path: string, options: Partial<LedgerOptions> & { readonly tz?: string } = {}): Promise<ReadLedger> {
  const { tz, ...rest } = options;
  const opened = await openLedger(path, { currency: 'USD', ...rest, ...(tz === undefined ? {} : { zone: zone(tz) }) });
  if (!opened.ok) return { format: undefined, title: undefined, events: [], notes: undefined, error: opened.error, sha256: undefined };
  const events: LedgerEvent[] = [];
  let error: string | undefined;
  for await (const batch of opened.value.batches(new AbortController().signal)) {
    if (batch.ok) events.push(...batch.value);
    else error = batch.error;
  }
  const { format, title, notes } = opened.value;
  return { format, title, events, notes, error, sha256: error === undefined ? opened.value.sha256() : undefined };
}

/** Writes a file with these contents and reads it. */
export async function readLedger(contents: string | Uint8Array, options: Parameters<typeof readPath>[1] & { readonly name?: string } = {}): Promise<ReadLedger> {
  const { name = 'ledger.csv', ...rest } = options;
  const folder = mkdtempSync(join(tmpdir(), 'tickguard-ledger-'));
  try {
    writeFileSync(join(folder, name), contents);
    return await readPath(join(folder, name), rest);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A text as UTF-16 with its mark, as MetaTrader writes files. */
export function utf16(text: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
}

/** Milliseconds of an ISO time. */
export function ms(iso: string): number {
  return Date.parse(iso);
}
