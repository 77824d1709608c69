import { describe, expect, test } from 'vitest';
import { TradingCalendar } from '../../../src/core/time/calendar.ts';
import type { CalendarOverrides, FirmDeadline } from '../../../src/core/time/calendar.ts';
import { productOf } from '../../../src/core/time/products.ts';
import type { Product } from '../../../src/core/time/products.ts';
import { deadlineInstant, judgeExit } from '../../../src/core/time/session.ts';

const calendar = new TradingCalendar();
const FIRM: FirmDeadline = { time: '16:59', zone: 'America/New_York' };

function product(symbol: string): Product {
  const found = productOf(symbol);
  if (!found) throw new Error(`no product ${symbol}`);
  return found;
}

/** `2026-11-26 13:00` in New York. */
const newYork = (text: string): number => deadlineInstant(text.slice(0, 10), text.slice(11));
/** `11-25T23:00Z` of instants. */
const utc = (instant: number | undefined): string => (instant === undefined ? 'never' : new Date(instant).toISOString().replace(':00.000Z', 'Z').slice(5));
const opens = (symbol: string, date: string, own = calendar): readonly string[] => own.openIntervals(product(symbol), date).map(({ from, to }) => `${utc(from)} ${utc(to)}`);
const earlyCloses = (symbol: string, from: string, days: number): readonly string[] => calendar.earlyClosesFrom(product(symbol), from, days).map(({ date, at, tradeDate }) => `${date} ${utc(at).slice(6)} ${tradeDate.slice(5)}`);

describe('the early closes of 2026', () => {
  test('ES stops at 13:00 New York on seven holidays, 09:15 on Good Friday, 13:15 twice', () => {
    expect(earlyCloses('ES', '2026-01-01', 365)).toEqual([
      '2026-01-19 18:00Z 01-20', '2026-02-16 18:00Z 02-17', '2026-04-03 13:15Z 04-03', '2026-05-25 17:00Z 05-26', '2026-06-19 17:00Z 06-22', '2026-07-03 17:00Z 07-06',
      '2026-09-07 17:00Z 09-08', '2026-11-26 18:00Z 11-27', '2026-11-27 18:15Z 11-27', '2026-12-24 18:15Z 12-24',
    ]);
    expect(calendar.isTradeDate(product('ES'), '2026-12-25')).toBe(false);
  });

  test('GC stops at 14:30 on Monday holidays and Thanksgiving, 13:00 on 19 June and 3 July, 14:45 and 13:45', () => {
    expect(earlyCloses('GC', '2026-01-01', 365)).toEqual([
      '2026-01-19 19:30Z 01-20', '2026-02-16 19:30Z 02-17', '2026-05-25 18:30Z 05-26', '2026-06-19 17:00Z 06-22', '2026-07-03 17:00Z 07-06', '2026-09-07 18:30Z 09-08',
      '2026-11-26 19:30Z 11-27', '2026-11-27 19:45Z 11-27', '2026-12-24 18:45Z 12-24',
    ]);
  });

  test('corn stops at 13:05 New York on the day after Thanksgiving, and begins with the day session', () => {
    expect(opens('ZC', '2026-11-27')).toEqual(['11-27T14:30Z 11-27T18:05Z']);
    expect(opens('ZC', '2026-11-26')).toEqual([]);
    expect(opens('ZC', '2026-11-25')).toEqual(['11-25T01:00Z 11-25T13:45Z', '11-25T14:30Z 11-25T19:20Z']);
  });

  test('what says so, what day it is, and when it opens again', () => {
    const [thanksgiving, friday] = calendar.earlyClosesFrom(product('MES'), '2026-11-26', 2);
    expect(thanksgiving).toEqual({ date: '2026-11-26', at: newYork('2026-11-26 13:00'), time: '13:00', reopens: newYork('2026-11-26 18:00'), tradeDate: '2026-11-27', name: 'Thanksgiving', said: 'table', certainty: 'tabulated' });
    expect(friday).toMatchObject({ time: '13:15', reopens: newYork('2026-11-29 18:00'), name: 'day after Thanksgiving' });
    expect(calendar.nextEarlyClose(product('ES'), newYork('2026-11-26 12:59'))?.date).toBe('2026-11-26');
    expect(calendar.nextEarlyClose(product('ES'), newYork('2026-11-26 13:00'))?.date).toBe('2026-11-27');
    expect(calendar.nextEarlyClose(product('ES'), newYork('2026-11-27 13:15'))?.date).toBe('2026-12-24');
    expect(calendar.nextEarlyClose(product('ES'), newYork('2026-12-28 13:15'))).toMatchObject({ date: '2027-01-18', said: 'pattern', certainty: 'projected' });
    expect(calendar.nextEarlyClose(product('BTCUSDT'), newYork('2026-11-26 12:00'))).toBeUndefined();
  });
});

describe('worked examples', () => {
  test('24: both change days are Sundays, and no session is 22 or 24 hours long', () => {
    for (const [friday, monday, before, after] of [['2026-03-06', '2026-03-09', '22:00', '21:00'], ['2026-10-30', '2026-11-02', '21:00', '22:00']] as const) {
      const [friday_, monday_] = [calendar.openIntervals(product('ES'), friday)[0], calendar.openIntervals(product('ES'), monday)[0]];
      for (const session of [friday_, monday_]) expect(((session?.to ?? 0) - (session?.from ?? 0)) / 3_600_000).toBe(23);
      expect([utc(friday_?.to), utc(monday_?.to)]).toEqual([`${friday.slice(5)}T${before}Z`, `${monday.slice(5)}T${after}Z`]);
    }
  });

  test('25: on 2026-11-27 an account in ES is flat by 13:15, and 16:55 is late', () => {
    const flat = calendar.flatBy(product('ES'), '2026-11-27', FIRM);
    expect(flat).toEqual({ date: '2026-11-27', instant: newYork('2026-11-27 13:15'), by: 'close', early: true, said: 'table', certainty: 'tabulated' });
    expect(calendar.isOpen(product('ES'), newYork('2026-11-27 16:55'))).toBe(false);
    expect(judgeExit(newYork('2026-11-27 16:55'), '2026-11-27', '13:15', 0)).toBe('late');
    expect(calendar.flatBy(product('GC'), '2026-11-27', FIRM)?.instant).toBe(newYork('2026-11-27 14:45'));
    expect(calendar.flatBy(product('ES'), '2026-11-30', FIRM)).toMatchObject({ instant: newYork('2026-11-30 16:59'), by: 'firm', early: false });
    expect(calendar.flatBy(product('ZC'), '2026-11-30', FIRM)).toMatchObject({ instant: newYork('2026-11-30 14:20'), by: 'close', early: false });
    expect(calendar.flatBy(product('ES'), '2026-11-27', { time: '12:00', zone: 'America/New_York' })).toMatchObject({ instant: newYork('2026-11-27 12:00'), by: 'firm', early: false });
    expect(calendar.flatBy(product('ES'), '2026-11-26', FIRM)).toBeUndefined();
  });

  test('26: Thanksgiving halts at 13:00, opens again at 18:00 and belongs to the 27th, once', () => {
    expect(opens('ES', '2026-11-27')).toEqual(['11-25T23:00Z 11-26T18:00Z', '11-26T23:00Z 11-27T18:15Z']);
    expect(opens('ES', '2026-11-26')).toEqual([]);
    for (const time of ['2026-11-25 18:00', '2026-11-26 10:00', '2026-11-26 13:00', '2026-11-26 17:59', '2026-11-26 18:00', '2026-11-27 13:15']) {
      expect([time, calendar.tradeDateOf(product('ES'), newYork(time))]).toEqual([time, '2026-11-27']);
    }
    expect(calendar.tradeDateOf(product('ES'), newYork('2026-11-25 17:59'))).toBe('2026-11-25');
    expect(['2026-11-26 12:59', '2026-11-26 13:00', '2026-11-26 18:00'].map((time) => calendar.isOpen(product('ES'), newYork(time)))).toEqual([true, false, true]);
    // Nothing can be closed in the halt, in which the firm's 16:59 of that day falls.
    expect(calendar.flatTimes(product('ES'), '2026-11-27', FIRM).map(({ instant }) => utc(instant))).toEqual(['11-26T18:00Z', '11-27T18:15Z']);
    expect(calendar.nextFlat(product('ES'), newYork('2026-11-26 13:00'), FIRM).instant).toBe(newYork('2026-11-27 13:15'));
  });

  test('27: on Good Friday 2026 ES trades until 09:15 with a trade date of its own, GC and CL are closed', () => {
    expect(opens('ES', '2026-04-03')).toEqual(['04-02T22:00Z 04-03T13:15Z']);
    for (const symbol of ['GC', 'CL', 'ZC', 'AAPL.NASDAQ']) expect([symbol, opens(symbol, '2026-04-03')]).toEqual([symbol, []]);
    expect(calendar.tradeDateOf(product('GC'), newYork('2026-04-02 18:00'))).toBe('2026-04-06');
    expect(calendar.tradeDateOf(product('ES'), newYork('2026-04-02 18:00'))).toBe('2026-04-03');
    expect(opens('GC', '2026-04-06')).toEqual(['04-05T22:00Z 04-06T21:00Z']);
  });

  test('the seed session 20 to 23: a fixed UTC time is before the close in one half of the year only', () => {
    const at = (date: string, time: string) => calendar.isOpen(product('ES'), Date.parse(`${date}T${time}:00Z`));
    expect([at('2026-01-14', '21:59'), at('2026-07-15', '21:59'), at('2026-07-15', '20:59'), at('2026-01-14', '20:59')]).toEqual([true, false, true, true]);
  });
});

test('other products', () => {
  expect(opens('EURUSD', '2026-11-30')).toEqual(['11-29T22:03Z 11-30T21:58Z']);
  expect(opens('XAUUSD', '2026-11-26')).toEqual(['11-25T23:03Z 11-26T19:30Z']);
  expect(opens('BTCUSDT', '2026-11-28')).toEqual(['11-28T00:00Z 11-29T00:00Z']);
  expect(calendar.flatBy(product('BTCUSDT'), '2026-11-28', { time: '23:59', zone: 'America/New_York' })).toMatchObject({ by: 'firm', instant: newYork('2026-11-28 23:59') });
  expect(opens('AAPL.NASDAQ', '2026-11-27')).toEqual(['11-27T14:30Z 11-27T18:00Z']);
  // The whole of Thanksgiving's session of currencies belongs to the next day although it is no shorter.
  expect(opens('6E', '2026-11-27')).toEqual(['11-25T23:00Z 11-26T22:00Z', '11-26T23:00Z 11-27T19:45Z']);
  expect(earlyCloses('6E', '2026-11-20', 14)).toEqual(['2026-11-27 19:45Z 11-27']);
});

describe('a workspace says otherwise', () => {
  const own: CalendarOverrides = {
    ES: { closed: ['2026-12-24'], earlyCloses: { '2026-11-26': '12:00', '2026-11-27': '17:00', '2026-12-01': '15:00', '2026-12-25': '10:00' } },
    GC: { zone: 'Europe/Berlin', earlyCloses: { '2026-11-30': '18:30' } },
    'us-equities': { closed: ['2026-12-02'] },
  };
  const desk = new TradingCalendar(own);

  test('for its dates alone, and for the micros', () => {
    for (const symbol of ['ES', 'MES']) {
      expect(opens(symbol, '2026-11-27', desk)).toEqual(['11-25T23:00Z 11-26T17:00Z', '11-26T23:00Z 11-27T22:00Z']);
      expect(desk.session(product(symbol), '2026-11-27')).toMatchObject({ early: false, said: 'workspace' });
      expect(opens(symbol, '2026-12-01', desk)).toEqual(['11-30T23:00Z 12-01T20:00Z']);
      expect(opens(symbol, '2026-12-24', desk)).toEqual([]);
      expect(opens(symbol, '2026-12-25', desk)).toEqual(['12-24T23:00Z 12-25T15:00Z']);
      expect(opens(symbol, '2026-12-02', desk)).toEqual(opens(symbol, '2026-12-02'));
    }
    expect(opens('NQ', '2026-12-24', desk)).toEqual(opens('NQ', '2026-12-24'));
  });

  test('in its own zone, and for a family', () => {
    expect(opens('MGC', '2026-11-30', desk)).toEqual(['11-29T23:00Z 11-30T17:30Z']);
    expect(opens('AAPL.NASDAQ', '2026-12-02', desk)).toEqual([]);
    expect(opens('ES.NYSE', '2026-12-24', desk)).toEqual(opens('ES.NYSE', '2026-12-24'));
  });
});
