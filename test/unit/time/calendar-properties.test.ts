/** What holds of every product on every day of 1998 to 2030. Wall time is read from `Intl` here, not from our own zone tables. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TradingCalendar } from '../../../src/core/time/calendar.ts';
import { addDays, dateOfDay, dayNumber } from '../../../src/core/time/dates.ts';
import { productOf } from '../../../src/core/time/products.ts';
import type { Product } from '../../../src/core/time/products.ts';
import { deadlineInstant, nextTradeDate } from '../../../src/core/time/session.ts';
import { runs } from '../../support/property-tests.ts';

const calendar = new TradingCalendar();
const PRODUCTS = ['ES', 'MNQ', 'GC', 'CL', '6E', 'ZN', 'ZC', 'LE', 'MBT', 'AAPL.NASDAQ', 'EURUSD', 'XAUUSD', 'BTCUSDT'].map(productOf).filter((product) => product !== undefined);
const CME = PRODUCTS.filter(({ family }) => ['equity-index', 'metals-energy', 'currencies', 'rates', 'crypto-futures'].includes(family));
const HOUR = 3_600_000;

const aProduct = fc.constantFrom(...PRODUCTS);
const anInstant = fc.integer({ min: Date.parse('1998-01-02'), max: Date.parse('2030-12-30') });
const aDate = fc.integer({ min: dayNumber('1998-01-02'), max: dayNumber('2030-12-30') }).map(dateOfDay);

const format = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
/** `Sun 18:00` in New York. */
const newYork = (instant: number): string => format.format(instant).replace(',', '');

/** Every trade date of a product from a date on, so many. */
function tradeDates(product: Product, from: string, count: number): readonly string[] {
  const dates = [nextTradeDate(addDays(from, -1), calendar.rule(product))];
  while (dates.length < count) dates.push(nextTradeDate(dates.at(-1) ?? from, calendar.rule(product)));
  return dates;
}

describe('every instant belongs to one trade date', () => {
  test('which exists, and an open instant lies in that date’s intervals and in no neighbour’s', () => {
    fc.assert(fc.property(aProduct, anInstant, (product, instant) => {
      const date = calendar.tradeDateOf(product, instant);
      expect(calendar.isTradeDate(product, date)).toBe(true);
      const around = tradeDates(product, addDays(date, -5), 8).filter((one) => calendar.openIntervals(product, one).some(({ from, to }) => instant >= from && instant < to));
      expect(around).toEqual(calendar.isOpen(product, instant) ? [date] : []);
    }), { numRuns: runs(200), seed: 21 });
  });

  test('and later instants never to an earlier one', () => {
    fc.assert(fc.property(aProduct, anInstant, fc.integer({ min: 0, max: 5 * 24 * HOUR }), (product, instant, later) => {
      expect(calendar.tradeDateOf(product, instant + later) >= calendar.tradeDateOf(product, instant)).toBe(true);
    }), { numRuns: runs(400), seed: 22 });
  });
});

describe('open intervals', () => {
  test('are in order, do not overlap, and neither do those of the next trade date', () => {
    fc.assert(fc.property(aProduct, aDate, (product, from) => {
      const dates = tradeDates(product, from, 3);
      const intervals = dates.flatMap((date) => calendar.openIntervals(product, date).map((interval) => ({ ...interval, date })));
      expect(intervals.length).toBeGreaterThanOrEqual(3);
      intervals.forEach(({ from: opens, to, date }, index) => {
        expect(opens).toBeLessThan(to);
        if (index > 0) expect(intervals[index - 1]?.to).toBeLessThanOrEqual(opens);
        expect([calendar.tradeDateOf(product, opens), calendar.tradeDateOf(product, to - 1)]).toEqual([date, date]);
      });
      for (const date of dates) expect(calendar.closeOf(product, date)).toBe(intervals.filter((interval) => interval.date === date).at(-1)?.to);
    }), { numRuns: runs(300), seed: 23 });
  });

  test('of CME’s overnight products lie between 18:00 and 17:00 New York, 23 hours at most, and never on the weekend', () => {
    fc.assert(fc.property(fc.constantFrom(...CME), aDate, (product, from) => {
      for (const date of tradeDates(product, from, 2)) {
        for (const { from: opens, to } of calendar.openIntervals(product, date)) {
          expect(newYork(opens)).toMatch(/^(?:Sun|Mon|Tue|Wed|Thu) 18:00$/);
          expect(newYork(to)).toMatch(/^(?:Mon|Tue|Wed|Thu|Fri) (?:0\d|1[0-6]):\d\d$|17:00$/);
          expect(to - opens).toBeLessThanOrEqual(23 * HOUR);
        }
      }
    }), { numRuns: runs(300), seed: 24 });
  });

  test('are 23 hours on every regular day of CME, the Mondays after a change of the clocks included', () => {
    for (const product of CME) {
      for (let year = 1998; year <= 2030; year += 1) {
        for (const month of ['03', '11']) {
          for (let date = `${String(year)}-${month}-01`; date <= `${String(year)}-${month}-16`; date = addDays(date, 1)) {
            const session = calendar.session(product, date);
            if (session.kind !== 'regular') continue;
            expect([product.root, date, session.intervals.map(({ from, to }) => (to - from) / HOUR)]).toEqual([product.root, date, [23]]);
          }
        }
      }
    }
  });
});

test('an account is flat by the earlier of close and deadline, and on a holiday that halts before the halt', () => {
  const deadlines = fc.record({ time: fc.constantFrom('16:59', '15:10', '12:00', '22:59'), zone: fc.constantFrom('America/New_York', 'America/Chicago', 'Europe/Prague', 'UTC') });
  fc.assert(fc.property(fc.constantFrom(...PRODUCTS.filter(({ family }) => family !== 'crypto')), aDate, deadlines, (product, from, deadline) => {
    const [date = from] = tradeDates(product, from, 1);
    const flat = calendar.flatBy(product, date, deadline);
    const close = calendar.closeOf(product, date) ?? 0;
    const firm = deadlineInstant(date, deadline.time, deadline.zone);
    expect(flat?.instant).toBe(Math.min(close, firm));
    expect(flat?.by).toBe(close < firm ? 'close' : 'firm');
    for (const { instant, date: day } of calendar.flatTimes(product, date, deadline)) expect(instant).toBeLessThanOrEqual(calendar.session(product, day).intervals.at(-1)?.to ?? 0);
    const next = calendar.nextFlat(product, (flat?.instant ?? 0) - 1, deadline);
    expect(next.instant).toBe(flat?.instant);
  }), { numRuns: runs(300), seed: 25 });
});
