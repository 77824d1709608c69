/** A back-test of NautilusTrader 1.221, told five ways: whichever report is replayed, the account ends with the same cents. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inOrder, merged } from '../../../src/guardians/compliance/ledger/in-order.ts';
import { openLedger } from '../../../src/guardians/compliance/ledger/open-ledger.ts';
import { findPack } from '../../../src/guardians/compliance/packs/packs.ts';
import { Replay } from '../../../src/guardians/compliance/replay/replay.ts';
import type { ReplayResult } from '../../../src/guardians/compliance/replay/report.ts';
import { rulebookOf } from '../../../src/guardians/compliance/replay/rulebook.ts';
import { instrumentTerms } from '../../../src/guardians/compliance/replay/terms.ts';
import { closes } from './support.ts';

const folder = join(import.meta.dirname, '../../fixtures/ledgers/nautilus');

async function replayed(files: readonly string[]): Promise<ReplayResult> {
  const pack = findPack('apex-4.0-intraday');
  if (pack === undefined) { throw new Error('no pack'); }
  // The test kit's ES is worth one dollar a point.
  const replay = new Replay({ rulebooks: [rulebookOf(pack, { size: 50_000, phase: 'evaluation', vendor: 'tradovate' })], instruments: instrumentTerms('USD', { 'ESH6.GLBX': '1' }), closes });
  const ledgers = await Promise.all(files.map((file) => openLedger(join(folder, file), { currency: 'USD' })));
  const opened = ledgers.map((ledger) => { if (!ledger.ok) { throw new Error(ledger.error); } return ledger.value; });
  for await (const batch of merged(opened.map((ledger) => inOrder(ledger.batches(new AbortController().signal))))) {
    if (!batch.ok) { throw new Error(batch.error); }
    replay.feed(batch.value);
  }
  return replay.finish();
}

test.each([
  [['fills.csv']], [['fills.parquet']], [['order-fills.csv']], [['positions.csv']], [['account.csv']], [['redis.jsonl']], [['redis-wrapped.jsonl']], [['fills.csv', 'account.csv']],
])('%j', async (files) => {
  const { balance, books } = await replayed(files);
  expect(balance).toBe(4_998_345);
  expect(books[0]).toMatchObject({ outcome: 'alive', days: [{ tradeDate: '2026-03-02', net: -1655 }] });
});

test('fills say how many contracts were held, and that all were closed in time', async () => {
  const { fills, books } = await replayed(['fills.csv']);
  expect(fills).toBe(6);
  expect(books[0]?.days[0]).toMatchObject({ contractsHeld: '3', contractsAllowed: 6 });
  expect(books[0]?.incidents.filter(({ outcome }) => outcome !== 'note')).toEqual([]);
});
