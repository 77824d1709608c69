import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ms, readLedger, readPath } from '../../support/ledger.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/ledgers/parquet');
const AT = ms('2026-03-02T14:30:00Z');
/** The three marks of the fixtures: 50000.00, 49987.45 and −12.345, at times with 456,789, 1 and 0 ns. */
const mark = (index: number, balance?: number): object => ({
  kind: 'mark', at: AT + [123, 60_000, 120_000][index]!, ...(index < 2 ? { nanos: [456_789, 1][index] } : {}), row: index + 1, equity: [5_000_000, 4_998_745, -1235][index], balance,
});

describe('Parquet', () => {
  it.each([
    ['decimal-ns.parquet', [mark(0), mark(1), mark(2)], 1], ['int96.parquet', [mark(0), mark(1), mark(2)], 1],
    ['int64.parquet', [mark(0, 5_000_000), mark(1, 4_998_745), mark(2, -1235)], 2], ['pandas.parquet', [mark(0, 5_000_010), mark(1, 4_998_745), mark(2, -1234)], 1],
  ])('%s: nanoseconds and cents as they are', async (file, events, rounded) => {
    const ledger = await readPath(join(FOLDER, file));
    expect(ledger.error).toBeUndefined();
    expect([ledger.format, ledger.title]).toEqual(['equity-csv', 'Equity (Parquet)']);
    expect(ledger.events).toEqual(events);
    expect(ledger.notes).toEqual({ events: 3, duplicates: 0, unusable: 0, rounded, said: [] });
    expect(ledger.sha256).toBe(createHash('sha256').update(readFileSync(join(FOLDER, file))).digest('hex'));
  });

  it('asks for the clock of timestamps without a zone, and leaves NaN out', async () => {
    expect((await readPath(join(FOLDER, 'wall-float.parquet'))).error)
      .toBe('wall-float.parquet row 1: “2026-03-02T09:30:00.123456000” has no zone; name the clock with --tz America/New_York (or America/New_York+7h for a server that is 7 h ahead of New York).');
    const { events, notes } = await readPath(join(FOLDER, 'wall-float.parquet'), { tz: 'America/New_York' });
    expect(events).toEqual([{ kind: 'mark', at: AT + 123, nanos: 456_000, row: 1, equity: 5_000_000, balance: undefined }, { kind: 'mark', at: AT + 60_000, row: 2, equity: 4_998_745, balance: undefined }]);
    expect(notes?.unusable).toBe(1);
  });

  it('reads dates', async () => {
    const { events, notes } = await readPath(join(FOLDER, 'dates.parquet'), { tz: 'America/New_York' });
    expect(events[2]).toEqual({ kind: 'mark', at: ms('2026-03-04T05:00:00Z'), row: 3, equity: -123_500, balance: undefined });
    expect(notes?.said).toEqual(['Some times are dates alone; they are taken at 00:00.']);
  });

  it('refuses a file that was cut off, and one that gzip packed once more', async () => {
    const bytes = readFileSync(join(FOLDER, 'decimal-ns.parquet'));
    expect((await readLedger(bytes.subarray(0, 600), { name: 'a.parquet' })).error).toBe('a.parquet: it cannot be read: parquet file invalid (footer != PAR1).');
    expect((await readLedger(gzipSync(bytes), { name: 'a.parquet.gz' })).error).toBe('a.parquet.gz: it is a Parquet file that gzip packed once more; unpack it first.');
  });
});
