/** Marks beside fills: dense, once a day, or one at the beginning alone. A loss between two marks is seen, and none is counted twice. */
import { describe, expect, test } from 'vitest';
import { type Case, fill, firmOf, mark, replayed, told } from './support.ts';

const EOD: Case = { pack: 'apex-4.0-intraday', account: { vendor: 'tradovate' } };
/** Loses 2,500 with one ES: 50 points. */
const LOSS = [fill('2026-03-02 10:00', 'buy', '1', 'ES', { price: '6000' }), fill('2026-03-02 10:10', 'sell', '1', 'ES', { price: '5950' })];

describe('a mark that is long ago', () => {
  test('at the beginning alone (MetaTrader’s first deposit): what was traded after it ends the account', () => {
    const result = replayed(EOD, [mark('2026-03-02 09:00', 50_000, 50_000), ...LOSS]);
    expect(told(result)).toEqual(['floor lost']);
    expect(firmOf(result).end).toMatchObject({ value: 4_750_000, limit: 4_800_000, row: LOSS[1]?.row });
    expect(result).toMatchObject({ equityFrom: 'fills', balance: 4_750_000 });
    expect(result.notChecked).toContain('Between fills nothing tells the open profit: the peak may have been higher and the equity lower than at any fill. Add marks, prices or bars to know.');
  });

  test('once a day, with a position open: a loss that is made good before the next mark is seen', () => {
    const result = replayed(EOD, [
      fill('2026-03-02 09:00', 'buy', '1', 'MES', { price: '6000' }), mark('2026-03-02 09:30:01', 50_000, 50_000), fill('2026-03-02 09:31', 'sell', '1', 'MES', { price: '6000' }), ...LOSS,
      fill('2026-03-02 11:00', 'buy', '1', 'ES', { price: '5950' }), fill('2026-03-02 12:00', 'sell', '1', 'ES', { price: '6010' }), mark('2026-03-02 16:00:01', 50_500, 50_500),
    ]);
    expect(told(result)).toEqual(['floor lost']);
    expect(result.equityFrom).toBe('marks');
  });
});

describe('a mark of the same stamp', () => {
  test('may hold the fill already: it is not counted twice, in seconds and in minutes', () => {
    // 1,500 are lost: within the room once, beyond it twice.
    const [bought, sold] = [fill('2026-03-02 10:00', 'buy', '1', 'ES', { price: '6000' }), (moment: string) => fill(moment, 'sell', '1', 'ES', { price: '5970' })];
    const seconds = replayed(EOD, [mark('2026-03-02 09:59:59', 50_000, 50_000), bought, mark('2026-03-02 10:10:07', 48_500, 48_500), sold('2026-03-02 10:10:07.400'), mark('2026-03-02 10:10:08', 48_500, 48_500)]);
    expect([told(seconds), seconds.balance]).toEqual([[], 4_850_000]);
    const minutes = replayed(EOD, [mark('2026-03-02 09:59', 50_000, 50_000), bought, mark('2026-03-02 10:10', 48_500, 48_500), sold('2026-03-02 10:10:31'), mark('2026-03-02 10:11', 48_500, 48_500)]);
    expect([told(minutes), minutes.balance]).toEqual([[], 4_850_000]);
  });
});

test('a profit that nobody knows makes no loss of its own where marks tell the equity', () => {
  const result = replayed(EOD, [
    mark('2026-03-02 09:00:01', 53_000), fill('2026-03-02 10:00', 'buy', '1', 'FDAX', { price: '18000' }), mark('2026-03-02 10:00:05', 53_100), fill('2026-03-02 10:10', 'sell', '1', 'FDAX', { price: '18100' }),
    fill('2026-03-02 10:20', 'buy', '1', 'FDAX', { price: '18100' }), fill('2026-03-02 10:30', 'sell', '1', 'FDAX', { price: '18000' }), mark('2026-03-02 10:30:05', 53_100),
  ]);
  expect(told(result)).toEqual([]);
  expect(firmOf(result)).toMatchObject({ peak: 5_310_000, nearest: { room: 200_000 } });
});
