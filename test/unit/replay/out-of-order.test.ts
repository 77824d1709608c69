/** Ledgers that two threads wrote: what is a little late finds its place, what is very late is said. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src/core/outcome.ts';
import { compareEvents, HELD_BACK, inOrder, merged } from '../../../src/guardians/compliance/ledger/in-order.ts';
import type { LedgerEvent, Mark } from '../../../src/guardians/compliance/ledger/event.ts';
import { at, fill, firmOf, mark, replayed, told } from './support.ts';

async function* batches(...lists: readonly (readonly LedgerEvent[])[]): AsyncGenerator<Outcome<readonly LedgerEvent[]>> {
  for (const list of lists) { yield await Promise.resolve({ ok: true, value: list } as const); }
}

async function all(source: AsyncIterable<Outcome<readonly LedgerEvent[]>>): Promise<readonly LedgerEvent[]> {
  const found: LedgerEvent[] = [];
  for await (const batch of source) { if (!batch.ok) { throw new Error(batch.error); } found.push(...batch.value); }
  return found;
}

const marks = (times: readonly number[]): readonly Mark[] => times.map((time, index) => ({ kind: 'mark', at: time, row: index + 1, equity: 5_000_000 + index, balance: undefined }));

test('what is late by less than is held back finds its place, whatever the batches', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 200 }), fc.integer({ min: 1, max: 60 }), async (times, length) => {
    const events = marks(times);
    const lists = Array.from({ length: Math.ceil(events.length / length) }, (_, index) => events.slice(index * length, (index + 1) * length));
    expect(await all(inOrder(batches(...lists)))).toEqual([...events].sort(compareEvents));
  }), { numRuns: 60 });
});

test('what is later than that is handed on where it stands', async () => {
  const events = marks([...Array.from({ length: HELD_BACK + 10 }, (_, index) => 1_000 + index), 1]);
  const sorted = await all(inOrder(batches(events.slice(0, HELD_BACK + 10), events.slice(HELD_BACK + 10))));
  expect(sorted.findIndex((event) => event.at === 1)).toBe(10);
  expect(sorted).toHaveLength(events.length);
});

test('several ledgers are one, and an error in one ends it', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 20 }), { minLength: 1, maxLength: 4 }), async (lists) => {
    const ledgers = lists.map((times) => marks([...times].sort((a, b) => a - b)));
    const joined = await all(merged(ledgers.map((events) => batches(events.slice(0, 3), events.slice(3)))));
    expect(joined.map((event) => event.at)).toEqual(lists.flat().sort((a, b) => a - b));
  }), { numRuns: 60 });
  const broken = async function* (): AsyncGenerator<Outcome<readonly LedgerEvent[]>> { yield await Promise.resolve({ ok: false, error: 'row 3' } as const); };
  await expect(all(merged([batches(marks([1])), broken()]))).rejects.toThrow('row 3');
});

describe('a replay of what is very late', () => {
  test('a late mark raises the floor and judges nothing', () => {
    const result = replayed({ pack: 'apex-4.0-intraday' }, [mark('2026-03-02 10:00', 50_000, 50_000), mark('2026-03-02 10:10', 50_100, 50_100), mark('2026-03-02 09:00', 51_000, 51_000), mark('2026-03-02 08:00', 40_000, 40_000)]);
    expect(firmOf(result)).toMatchObject({ outcome: 'alive', peak: 5_100_000, floor: 4_900_000 });
    expect(result).toMatchObject({ late: 2, balance: 5_010_000 });
    expect(result.notChecked).toContain('2 events came long after later ones: marks among them raise the peak and judge nothing, the others count from when they came.');
  });

  test('a late fill counts from when it came: the position after it is right', () => {
    const result = replayed({ pack: 'apex-4.0-intraday' }, [
      fill('2026-03-02 10:00', 'buy', '1', 'ES', { price: '6000' }), mark('2026-03-02 10:30', 50_000, 50_000), fill('2026-03-02 10:10', 'sell', '1', 'ES', { price: '6000' }), mark('2026-03-02 17:30', 50_000, 50_000),
    ]);
    expect(told(result)).toEqual([]);
    expect(result).toMatchObject({ late: 1, fills: 2 });
  });
});

test('a platform that closes the position itself is said', () => {
  const result = replayed({ pack: 'apex-4.0-intraday' }, [fill('2026-03-02 10:00', 'buy', '1', 'ES', { price: '6000' }), fill('2026-03-02 16:59:10', 'sell', '1', 'ES', { price: '6000', liquidation: true })]);
  expect(firmOf(result).incidents.find((one) => one.kind === 'deadline-grace')).toMatchObject({ at: at('2026-03-02 16:59:10'), message: '1 ES closed at 16:59:10, after 16:59: the last of it. The platform closed it itself.' });
});
