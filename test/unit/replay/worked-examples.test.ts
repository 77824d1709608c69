/** The worked examples of the compliance rules, by their numbers: each to the cent, each as a ledger. */
import { describe, expect, test } from 'vitest';
import { daylightSpans, seenIn } from '../../../src/core/time/daylight.ts';
import { deadlineInstant, tradeDate } from '../../../src/core/time/session.ts';
import { NEW_YORK } from '../../../src/core/time/zone.ts';
import { limitsFor } from '../../../src/guardians/compliance/accounts.ts';
import { listPacks } from '../../../src/guardians/compliance/packs/packs.ts';
import type { LedgerEvent } from '../../../src/guardians/compliance/ledger/event.ts';
import { judgeConsistency } from '../../../src/guardians/compliance/replay/consistency-watch.ts';
import { openLossAllowed } from '../../../src/guardians/compliance/replay/open-loss-watch.ts';
import { type ConsistencyRule, rulebookOf } from '../../../src/guardians/compliance/replay/rulebook.ts';
import { at, type Case, cash, fill, firmOf, mark, order, replayed, told } from './support.ts';

const INTRADAY: Case = { pack: 'apex-4.0-intraday', account: { vendor: 'tradovate' } };
const PERFORMANCE: Case = { pack: 'apex-4.0-intraday', account: { phase: 'funded' } };
const EOD: Case = { pack: 'apex-4.0-eod', account: { vendor: 'rithmic' } };

/** The floor after each of the events, in whole currency. */
function floorsAfter(of: Case, events: readonly LedgerEvent[]): readonly number[] {
  return events.map((_, index) => (firmOf(replayed(of, events.slice(0, index + 1))).floor ?? Number.NaN) / 100);
}

describe('the floor', () => {
  const path = [mark('2026-03-02 10:00', 50_000, 50_000), mark('2026-03-02 10:01', 50_875, 50_000), mark('2026-03-02 10:02', 50_100, 50_100), mark('2026-03-02 10:03', 48_900, 48_900)];
  const end = mark('2026-03-02 10:04', 48_875, 48_875);

  test('1: an open peak raises it, and equity on it ends the account', () => {
    expect(floorsAfter(INTRADAY, path)).toEqual([48_000, 48_875, 48_875, 48_875]);
    expect(firmOf(replayed(INTRADAY, path)).outcome).toBe('alive');
    const dead = replayed(INTRADAY, [...path, end]);
    expect(told(dead)).toEqual(['floor-touched lost']);
    expect(firmOf(dead).end).toMatchObject({ at: end.at, row: end.row, limit: 4_887_500, value: 4_887_500, message: 'Equity 48,875 is on the floor (high-water mark 50,875). The account is lost.' });
  });

  test('2: closed balances alone would show 775 of room at that mark', () => {
    expect(firmOf(replayed(INTRADAY, [...path, end])).closedRoomAtEnd).toBe(77_500);
  });

  test('3: the performance account locks at start + 100', () => {
    const peaks = [51_000, 52_099.99, 52_100, 53_000].map((equity, index) => mark(`2026-03-02 10:0${String(index)}`, equity, equity));
    expect(floorsAfter(PERFORMANCE, peaks)).toEqual([49_000, 50_099.99, 50_100, 50_100]);
    expect(told(replayed(PERFORMANCE, [...peaks, mark('2026-03-03 10:00', 52_000, 52_000), mark('2026-03-04 10:00', 51_000, 51_000), mark('2026-03-05 10:00', 50_100.01, 50_100.01)]))).toEqual(['daily-loss paused']);
    expect(told(replayed(PERFORMANCE, [...peaks, mark('2026-03-03 10:00', 50_100, 50_100)]))).toContain('floor-touched lost');
  });

  test('4: the evaluation locks by vendor', () => {
    const peaks = [54_000, 55_000, 56_000].map((equity, index) => mark(`2026-03-02 10:0${String(index)}`, equity, equity));
    expect(floorsAfter({ pack: 'apex-4.0-intraday', account: { vendor: 'rithmic' } }, peaks)).toEqual([52_000, 53_000, 53_000]);
    expect(floorsAfter(INTRADAY, peaks)).toEqual([52_000, 53_000, 54_000]);
  });

  test('5: legacy 50K trails by 2,500', () => {
    const path5 = [mark('2024-03-04 10:00', 50_500, 50_500), mark('2024-03-04 10:01', 52_000, 50_500), mark('2024-03-04 10:02', 51_000, 51_000), mark('2024-03-04 10:03', 49_500, 49_500)];
    expect(floorsAfter({ pack: 'apex-legacy' }, path5)).toEqual([48_000, 49_500, 49_500, 49_500]);
    expect(told(replayed({ pack: 'apex-legacy' }, path5))).toEqual(['floor-touched lost']);
  });

  test('6: end of day moves at the close, and holds inside the next day', () => {
    const days = [mark('2026-03-02 16:00', 50_000, 50_000), mark('2026-03-03 16:00', 50_800, 50_800), mark('2026-03-04 16:00', 50_300, 50_300), mark('2026-03-05 11:00', 48_800, 50_300)];
    const { days: records, end: dead } = firmOf(replayed(EOD, days));
    expect(records.map((day) => day.floor)).toEqual([4_800_000, 4_880_000, 4_880_000, 4_880_000]);
    expect(dead).toMatchObject({ kind: 'floor-touched', tradeDate: '2026-03-05', limit: 4_880_000 });
  });

  test('7: the daily limit pauses, the account lives', () => {
    const result = replayed(EOD, [mark('2026-03-02 16:00', 50_800, 50_800), mark('2026-03-03 10:00', 49_800.01, 50_800), mark('2026-03-03 10:01', 49_800, 50_800)]);
    expect(told(result)).toEqual(['daily-loss paused']);
    expect(firmOf(result)).toMatchObject({ outcome: 'alive', floor: 4_880_000 });
    expect(firmOf(result).incidents[0]).toMatchObject({ value: 100_000, limit: 100_000, at: at('2026-03-03 10:01') });
  });

  test('8: a payout takes balance, not floor; the level is worked out anew', () => {
    const result = replayed({ ...PERFORMANCE, startBalance: 52_600, startPeak: 52_600 }, [mark('2026-03-02 10:00', 52_600, 52_600), cash('2026-03-02 10:01', 'payout', 1_500), mark('2026-03-02 10:02', 51_100, 51_100), mark('2026-03-03 10:00', 51_100, 51_100)]);
    expect(firmOf(result)).toMatchObject({ floor: 5_010_000, nearest: { room: 100_000 } });
    // Profit 2,600 is level 2 (3 contracts), 1,100 is level 1 (2).
    expect(firmOf(result).days.map((day) => [day.contractsAllowed, day.net])).toEqual([[3, 0], [2, 0]]);
  });
});

describe('consistency', () => {
  const rule = (percent: number, operator: ConsistencyRule['operator']): ConsistencyRule => ({ percent: { numerator: percent, denominator: 1 }, operator, denominator: 'net-profit', window: 'since-start', breach: 'delays-payout' });
  const days = (...cents: number[]) => cents.map((net, index) => ({ tradeDate: `2026-03-0${String(index + 2)}`, net }));

  test('9: exactly 30 % passes, a cent more fails', () => {
    expect(judgeConsistency(days(180_000, 180_000, 120_000, 120_000), rule(30, 'at-most'))).toMatchObject({ state: 'passes', total: 600_000, needed: 600_000 });
    expect(judgeConsistency(days(180_001, 180_000, 120_000, 119_999), rule(30, 'at-most'))).toMatchObject({ state: 'fails', needed: 600_004 });
  });

  test('10: exactly 50 % is blocked, a cent of profit more passes', () => {
    expect(judgeConsistency(days(150_000, 150_000), rule(50, 'below'))).toMatchObject({ state: 'fails', needed: 300_001 });
    expect(judgeConsistency(days(150_000, 150_000, 1), rule(50, 'below'))).toMatchObject({ state: 'passes' });
  });

  test('11: a losing day makes the best one larger', () => {
    expect(judgeConsistency(days(150_000, 160_000, -20_000), rule(50, 'below'))).toMatchObject({ state: 'fails', total: 290_000, needed: 320_001 });
  });

  test('12: without profit there is no ratio', () => {
    expect(judgeConsistency(days(100_000, -100_000), rule(50, 'below'))).toMatchObject({ state: 'no-profit', total: 0 });
    expect(judgeConsistency(days(-5), rule(50, 'below'))).toMatchObject({ state: 'no-profit', total: -5, best: undefined, needed: undefined });
    expect(judgeConsistency([], rule(50, 'below'))).toMatchObject({ state: 'no-profit', total: 0 });
  });

  test('13: no float: a third of a profit of 10^13 cents', () => {
    expect(judgeConsistency(days(3_333_333_333_334, 3_333_333_333_333, 3_333_333_333_333), { ...rule(100, 'at-most'), percent: { numerator: 100, denominator: 3 } })).toMatchObject({ state: 'fails' });
    expect(judgeConsistency(days(3_000_000_000_001, 3_000_000_000_001, 3_000_000_000_001), { ...rule(100, 'at-most'), percent: { numerator: 100, denominator: 3 } })).toMatchObject({ state: 'passes' });
  });
});

describe('days', () => {
  test('14: a win closed on Monday at 18:30 is Tuesday’s', () => {
    const { days } = firmOf(replayed(PERFORMANCE, [mark('2026-03-02 10:00', 50_000, 50_000), mark('2026-03-02 18:30', 50_400, 50_400), mark('2026-03-03 10:00', 50_400, 50_400)]));
    expect(days.map((day) => [day.tradeDate, day.net])).toEqual([['2026-03-02', 0], ['2026-03-03', 40_000]]);
  });

  test('15: the open loss of Apex 3.0', () => {
    const rule = rulebookOf(listPacks().find((pack) => pack.id === 'apex-3.0') as never, { size: 50_000, phase: 'funded' }).openLoss;
    expect(rule && [50_000, 400_000, 519_999, 520_000].map((profit) => openLossAllowed(rule, profit))).toEqual([75_000, 120_000, 155_999, 260_000]);
    const result = replayed({ pack: 'apex-3.0', account: { phase: 'funded' }, startBalance: 50_500 }, [mark('2026-01-05 10:00', 49_750, 50_500), mark('2026-01-05 10:01', 49_749.99, 50_500)]);
    expect(told(result)).toEqual(['open-loss warning']);
    expect(firmOf(result).incidents[0]).toMatchObject({ value: 75_001, limit: 75_000 });
  });

  test('16: the level goes by the prior close', () => {
    const levels = (close: number): readonly unknown[] => firmOf(replayed(PERFORMANCE, [mark('2026-03-02 16:00', close, close), mark('2026-03-03 10:00', close + 2_000, close), mark('2026-03-03 16:00', close, close)])).days.map((day) => day.contractsAllowed);
    expect(levels(51_499.99)).toEqual([2, 2]);
    expect(levels(51_500)).toEqual([2, 3]);
  });

  test('17: two minis and ten micros are three', () => {
    const result = replayed(PERFORMANCE, [fill('2026-03-02 10:00', 'buy', '2', 'ES', { price: '6000' }), fill('2026-03-02 10:01', 'buy', '10', 'MES', { price: '6000' })]);
    expect(told(result)).toEqual(['contracts violation']);
    expect(firmOf(result).incidents[0]?.message).toBe('3 contracts are held (10 micros count as one) where 2 are allowed.');
    expect(told(replayed(PERFORMANCE, [fill('2026-03-02 10:00', 'buy', '1', 'ES', { price: '6000' }), fill('2026-03-02 10:01', 'buy', '10', 'MES', { price: '6000' })]))).toEqual([]);
  });
});

describe('the deadline', () => {
  const exit = (moment: string, quantity = '1', held = '1') => replayed(INTRADAY, [
    fill('2026-03-02 10:00', 'buy', held, 'ES', { price: '6000' }), fill(moment, 'sell', quantity, 'ES', { price: '6000' }), mark('2026-03-02 17:30', 50_000, 50_000),
  ]);

  test('18: in time, in the firm’s own minute, after it', () => {
    expect(told(exit('2026-03-02 16:58:59.999'))).toEqual([]);
    expect(told(exit('2026-03-02 16:59:00'))).toEqual(['deadline-grace warning']);
    expect(told(exit('2026-03-02 16:59:59'))).toEqual(['deadline-grace warning']);
    const late = exit('2026-03-02 17:00:00');
    expect(told(late)).toEqual(['deadline violation']);
    expect(firmOf(late).incidents.find((one) => one.kind === 'deadline')).toMatchObject({ at: at('2026-03-02 17:00'), instrument: 'ES', tradeDate: '2026-03-02', message: '1 ES long is still open at 17:00:00; flat by 16:59 is asked for.' });
  });

  test('19: a part filled late is a warning for the rest', () => {
    const result = replayed(INTRADAY, [
      fill('2026-03-02 10:00', 'buy', '2', 'ES', { price: '6000' }), fill('2026-03-02 16:58:58', 'sell', '1', 'ES', { price: '6000' }), fill('2026-03-02 16:59:03', 'sell', '1', 'ES', { price: '6000' }),
    ]);
    expect(told(result)).toEqual(['deadline-grace warning']);
    expect(firmOf(result).incidents.at(-1)?.message).toBe('1 ES closed at 16:59:03, after 16:59: the last of it. The firm closes positions itself then.');
  });

  test('20 and 21: a fixed UTC flattens at 16:59 in one half of the year', () => {
    expect(seenIn(2026, '21:59', { offsetMinutes: 0 }, NEW_YORK).map((span) => span.time)).toEqual(['16:59', '17:59', '16:59']);
    expect(seenIn(2026, '20:59', { offsetMinutes: 0 }, NEW_YORK).map((span) => span.time)).toEqual(['15:59', '16:59', '15:59']);
    expect(told(exit('2026-07-06 17:59'))).not.toEqual([]);
  });

  test('22: a broker’s server that follows Europe is an hour late in two stretches', () => {
    expect(seenIn(2026, '23:59', { zone: 'Europe/Athens' }, NEW_YORK).filter((span) => span.time === '17:59').map(({ from, to }) => [from, to])).toEqual([['2026-03-09', '2026-03-27'], ['2026-10-26', '2026-10-30']]);
  });

  test('23: March to November guessed by the month is early on the days it is wrong', () => {
    const wrong = seenIn(2026, '16:59', { offsetOn: (date) => (Number(date.slice(5, 7)) >= 3 && Number(date.slice(5, 7)) <= 11 ? -240 : -300) }, NEW_YORK).filter((span) => span.time !== '16:59');
    expect(wrong.map(({ from, to, time }) => [from, to, time])).toEqual([['2026-03-02', '2026-03-06', '15:59'], ['2026-11-02', '2026-11-30', '15:59']]);
  });

  test('24: the Sundays on which the clock changes make no session longer or shorter', () => {
    expect(daylightSpans(2026, NEW_YORK).map((span) => span.from)).toEqual(['2026-01-01', '2026-03-08', '2026-11-01']);
    for (const date of ['2026-03-06', '2026-03-09', '2026-10-30', '2026-11-02']) {
      const start = deadlineInstant(date === '2026-03-09' ? '2026-03-08' : date === '2026-11-02' ? '2026-11-01' : date === '2026-03-06' ? '2026-03-05' : '2026-10-29', '18:00');
      expect((deadlineInstant(date, '17:00') - start) / 3_600_000, date).toBe(23);
      expect(tradeDate(start)).toBe(date);
    }
  });

  test('25: a half-day binds earlier, by product', () => {
    const held = (root: string, until: string) => replayed(INTRADAY, [fill('2026-11-27 10:00', 'buy', '1', root, { price: '6000' }), fill(`2026-11-27 ${until}`, 'sell', '1', root, { price: '6000' })]);
    const result = held('ES', '16:55');
    expect(told(result)).toEqual(['deadline violation']);
    expect(firmOf(result).incidents.find((one) => one.kind === 'deadline')).toMatchObject({ at: at('2026-11-27 13:15'), message: '27 Nov: ES closes early at 13:15:00, and 1 ES long is still open.' });
    expect(told(held('GC', '14:44'))).toEqual([]);
    expect(firmOf(held('GC', '16:55')).incidents.find((one) => one.kind === 'deadline')).toMatchObject({ at: at('2026-11-27 14:45') });
  });

  test('26: Thanksgiving has no trade date of its own: what it holds is Friday’s, and counts once', () => {
    const result = replayed(INTRADAY, [mark('2026-11-25 12:00', 50_000, 50_000), mark('2026-11-26 10:00', 50_100, 50_100), mark('2026-11-27 10:00', 50_300, 50_300)]);
    expect(firmOf(result).days.map((day) => [day.tradeDate, day.net])).toEqual([['2026-11-25', 0], ['2026-11-27', 30_000]]);
    const held = replayed(INTRADAY, [fill('2026-11-26 10:00', 'buy', '1', 'ES', { price: '6000' }), fill('2026-11-26 18:30', 'sell', '1', 'ES', { price: '6000' })]);
    expect(told(held)).toEqual(['deadline violation']);
    expect(firmOf(held).incidents.find((one) => one.kind === 'deadline')).toMatchObject({ at: at('2026-11-26 13:00'), tradeDate: '2026-11-27', message: '26 Nov: ES closes early at 13:00:00, and 1 ES long is still open.' });
  });

  test('27: Good Friday ends at 09:15 for ES, its micro with it', () => {
    const result = replayed(INTRADAY, [fill('2026-04-03 09:00', 'buy', '1', 'MES', { price: '6000' }), fill('2026-04-03 09:20', 'sell', '1', 'MES', { price: '6000' })]);
    expect(told(result)).toEqual(['deadline violation']);
    expect(firmOf(result).incidents[0]).toMatchObject({ at: at('2026-04-03 09:15'), instrument: 'MES' });
  });

  test('an order that still works at the deadline is said, one that is done is not', () => {
    const result = replayed(INTRADAY, [order('2026-03-02 10:00', 'O-1', 'ES'), order('2026-03-02 10:01', 'O-2', 'ES'), order('2026-03-02 12:00', 'O-2', 'ES', 'done'), mark('2026-03-02 17:10', 50_000, 50_000)]);
    expect(told(result)).toEqual(['working-order warning']);
    expect(firmOf(result).incidents[0]?.message).toBe('Order O-1 in ES still works at 16:59:00.');
  });
});

describe('the rest', () => {
  test('28: a position without change or order for more than 30 minutes is a note', () => {
    const after = (moment: string) => firmOf(replayed(INTRADAY, [fill('2026-03-02 10:00', 'buy', '1', 'ES', { price: '6000' }), mark(moment, 50_000, 50_000), fill('2026-03-02 11:00', 'sell', '1', 'ES', { price: '6000' })])).incidents.filter((one) => one.kind === 'stuck');
    expect(after('2026-03-02 10:30')).toHaveLength(1);
    expect(after('2026-03-02 10:30')[0]).toMatchObject({ outcome: 'note', layer: 'house', at: at('2026-03-02 10:30:00.001') });
    const busy = firmOf(replayed(INTRADAY, [fill('2026-03-02 10:00', 'buy', '1', 'ES', { price: '6000' }), order('2026-03-02 10:20', 'O', 'ES'), fill('2026-03-02 10:50', 'sell', '1', 'ES', { price: '6000' })]));
    expect(busy.incidents.filter((one) => one.kind === 'stuck')).toEqual([]);
  });

  test('29: the mission’s 10 % on a 50K warns at 4,000, after the account has ended at 2,000', () => {
    const [held] = limitsFor([{ id: 'a', pack: 'apex-4.0-intraday', size: 50_000, phase: 'evaluation', products: [], code: [], limits: { maxDrawdownPercent: 10 } }], listPacks());
    expect(held).toMatchObject({ drawdown: { cents: 200_000, from: 'pack' }, looser: [{ limit: 'maxDrawdownPercent', user: '10 %', pack: '4 %' }] });
  });
});
