import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dateOfDay, dayNumber, isDate, isWeekday, minutesOf, shortDate, timeOf, weekday } from '../../../src/core/time/dates.ts';
import { daylightSpans, rangeText, seenIn, weekdayRange } from '../../../src/core/time/daylight.ts';
import { newYorkSummer } from '../../../src/core/time/new-york.ts';
import { deadlineInstant, FUTURES_SESSION, judgeExit, nextTradeDate, tradeDate } from '../../../src/core/time/session.ts';
import { instantOf, NEW_YORK, wallTime } from '../../../src/core/time/zone.ts';
import { runs } from '../../support/property-tests.ts';

const newYork = (text: string): number => {
  const [year, month, day, hour, minute, second] = text.split(/[- :]/).map(Number) as [number, number, number, number, number, number];
  const whole = Math.floor(second);
  return instantOf({ year, month, day, hour, minute, second: whole, millisecond: Math.round((second - whole) * 1000) }, NEW_YORK);
};

describe('dates', () => {
  test('weekday agrees with Date over every day of 1998–2030', () => {
    for (let day = dayNumber('1998-01-01'); day <= dayNumber('2030-12-31'); day += 1) {
      expect(weekday(dateOfDay(day))).toBe(new Date(day * 86_400_000).getUTCDay());
    }
  });

  test('dates that do not exist are none', () => {
    expect(isDate('2026-02-28')).toBe(true);
    for (const text of ['2026-02-29', '2026-13-01', '2026-00-10', '26-01-01', '2026-1-1', 'today', '']) expect(isDate(text)).toBe(false);
    expect(() => dayNumber('2026-02-29')).toThrow(/not a date: 2026-02-29/);
  });

  test('times of day', () => {
    expect([minutesOf('16:59'), minutesOf('9:00'), minutesOf('00:00'), minutesOf('23:59:59')]).toEqual([1019, 540, 0, 1439]);
    for (const text of ['24:00', '16:60', '16', '1659', '16:5', '16:59 ET', '']) expect(minutesOf(text)).toBeUndefined();
    fc.assert(fc.property(fc.integer({ min: 0, max: 1439 }), (minutes) => minutesOf(timeOf(minutes)) === minutes));
    expect(shortDate('2026-03-09')).toBe('9 Mar');
  });
});

describe('tradeDate', () => {
  test('a win closed on Monday 18:30 belongs to Tuesday', () => {
    expect(tradeDate(newYork('2026-06-15 18:30:00'))).toBe('2026-06-16');
    expect(tradeDate(newYork('2026-06-15 17:59:59.999'))).toBe('2026-06-15');
    expect(tradeDate(newYork('2026-06-15 18:00:00'))).toBe('2026-06-16');
  });

  test('Friday evening to Monday evening is Monday, over both changes of the clock', () => {
    for (const [friday, monday] of [['2026-03-06', '2026-03-09'], ['2026-10-30', '2026-11-02'], ['2026-06-12', '2026-06-15']] as const) {
      expect(tradeDate(newYork(`${friday} 16:59:00`))).toBe(friday);
      expect(tradeDate(newYork(`${friday} 18:00:00`))).toBe(monday);
      expect(tradeDate(newYork(`${addDays(friday, 1)} 12:00:00`))).toBe(monday);
      expect(tradeDate(newYork(`${addDays(friday, 2)} 18:00:00`))).toBe(monday);
      expect(tradeDate(newYork(`${monday} 16:58:59`))).toBe(monday);
    }
  });

  test('no session is 22 or 24 hours long: it is 22:59 from its open to its deadline on every weekday but after a weekend', () => {
    for (let date = '2026-01-06'; date <= '2026-12-31'; date = nextTradeDate(date)) {
      const [year, month, day] = addDays(date, -1).split('-').map(Number) as [number, number, number];
      const open = instantOf({ year, month, day, hour: 18, minute: 0, second: 0, millisecond: 0 }, NEW_YORK);
      expect(tradeDate(open)).toBe(date);
      expect((deadlineInstant(date, '16:59') - open) / 60_000).toBe(22 * 60 + 59);
    }
  });

  test('a holiday session counts for the next trade date (Thanksgiving 2026)', () => {
    const session = { ...FUTURES_SESSION, holidays: new Set(['2026-11-26']) };
    expect(tradeDate(newYork('2026-11-25 18:30:00'), session)).toBe('2026-11-27');
    expect(tradeDate(newYork('2026-11-26 12:59:00'), session)).toBe('2026-11-27');
    expect(tradeDate(newYork('2026-11-26 18:00:00'), session)).toBe('2026-11-27');
    expect(tradeDate(newYork('2026-11-26 12:59:00'))).toBe('2026-11-26');
  });

  test('a day that begins at midnight in Prague', () => {
    const prague = { zone: 'Europe/Prague', dayStart: '00:00' };
    expect(tradeDate(Date.UTC(2026, 5, 15, 21, 59), prague)).toBe('2026-06-15');
    expect(tradeDate(Date.UTC(2026, 5, 15, 22, 0), prague)).toBe('2026-06-16');
    expect(tradeDate(Date.UTC(2026, 0, 15, 22, 59), prague)).toBe('2026-01-15');
    expect(tradeDate(Date.UTC(2026, 0, 15, 23, 0), prague)).toBe('2026-01-16');
    expect(tradeDate(Date.UTC(2026, 5, 13, 12), { ...prague, weekends: true })).toBe('2026-06-13');
  });

  test('is a weekday, never goes back, and agrees with the wall clock, at any instant of 1998–2030', () => {
    const instants = fc.integer({ min: Date.UTC(1998, 0, 1), max: Date.UTC(2030, 11, 31) });
    fc.assert(fc.property(instants, fc.integer({ min: 0, max: 5 * 86_400_000 }), (instant, later) => {
      const date = tradeDate(instant);
      expect(isWeekday(date)).toBe(true);
      expect(tradeDate(instant + later) >= date).toBe(true);
      const wall = wallTime(instant, NEW_YORK);
      const own = `${wall.year}-${String(wall.month).padStart(2, '0')}-${String(wall.day).padStart(2, '0')}`;
      const rolled = wall.hour >= 18 ? addDays(own, 1) : own;
      expect(date).toBe(isWeekday(rolled) ? rolled : nextTradeDate(rolled));
    }), { numRuns: runs(3000) });
  });

  test('a calendar without trade dates is a broken one', () => {
    const holidays = new Set(Array.from({ length: 400 }, (_, i) => addDays('2026-01-01', i)));
    expect(() => tradeDate(Date.UTC(2026, 0, 2, 12), { ...FUTURES_SESSION, holidays })).toThrow(/no trade date/);
    expect(() => tradeDate(0, { zone: NEW_YORK, dayStart: '6 pm' })).toThrow(/not a time of day/);
  });
});

describe('deadlines', () => {
  test('16:58:59.999 is in time, 16:59:00 to 16:59:59.999 in the grace minute, 17:00:00 late', () => {
    const judge = (time: string) => judgeExit(newYork(`2026-06-15 ${time}`), '2026-06-15', '16:59', 60);
    expect(['16:58:59.999', '16:59:00', '16:59:59', '16:59:59.999', '17:00:00'].map(judge))
      .toEqual(['flat-in-time', 'in-grace', 'in-grace', 'in-grace', 'late']);
  });

  test('the deadline is one hour apart in UTC between winter and summer', () => {
    expect(new Date(deadlineInstant('2026-01-14', '16:59')).toISOString()).toBe('2026-01-14T21:59:00.000Z');
    expect(new Date(deadlineInstant('2026-07-14', '16:59')).toISOString()).toBe('2026-07-14T20:59:00.000Z');
    expect(() => deadlineInstant('2026-07-14', '4:59 pm')).toThrow(/not a time of day/);
  });
});

describe('daylight', () => {
  test('New York 2026: 8 March to 31 October; weekdays 9 March to 30 October', () => {
    expect(daylightSpans(2026, NEW_YORK)).toEqual([
      { from: '2026-01-01', to: '2026-03-07', offsetMinutes: -300, daylight: false },
      { from: '2026-03-08', to: '2026-10-31', offsetMinutes: -240, daylight: true },
      { from: '2026-11-01', to: '2026-12-31', offsetMinutes: -300, daylight: false },
    ]);
    expect(rangeText(weekdayRange(newYorkSummer(2026)) ?? { from: '', to: '' })).toBe('9 Mar–30 Oct');
    expect(daylightSpans(2026, 'UTC')).toEqual([{ from: '2026-01-01', to: '2026-12-31', offsetMinutes: 0, daylight: false }]);
  });

  test('a weekday range begins and ends on a weekday, within the stretch, or is none', () => {
    const base = dayNumber('2026-01-01');
    fc.assert(fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 40 }), (start, length) => {
      const from = dateOfDay(base + start);
      const to = addDays(from, length);
      const days = Array.from({ length: length + 1 }, (_, i) => addDays(from, i)).filter(isWeekday);
      expect(weekdayRange({ from, to })).toEqual(days.length ? { from: days[0], to: days.at(-1) } : undefined);
    }));
    expect(rangeText({ from: '2026-11-27', to: '2026-11-27' })).toBe('27 Nov');
  });

  test('a fixed UTC flatten at 21:59 is right in winter and 17:59 in summer', () => {
    expect(seenIn(2026, '21:59', { offsetMinutes: 0 }, NEW_YORK)).toEqual([
      { from: '2026-01-01', to: '2026-03-06', time: '16:59', dayShift: 0 },
      { from: '2026-03-09', to: '2026-10-30', time: '17:59', dayShift: 0 },
      { from: '2026-11-02', to: '2026-12-31', time: '16:59', dayShift: 0 },
    ]);
  });

  test('20:59 UTC is right in summer and an hour early in winter', () => {
    expect(seenIn(2026, '20:59', { zone: 'UTC' }, NEW_YORK).map((span) => span.time)).toEqual(['15:59', '16:59', '15:59']);
  });

  test('a broker server on European change is an hour late for three weeks in March and one in October', () => {
    expect(seenIn(2026, '23:59', { zone: 'Europe/Helsinki' }, NEW_YORK).filter((span) => span.time !== '16:59')).toEqual([
      { from: '2026-03-09', to: '2026-03-27', time: '17:59', dayShift: 0 },
      { from: '2026-10-26', to: '2026-10-30', time: '17:59', dayShift: 0 },
    ]);
  });

  test('“March to November is −4” is an hour early in the first March week and in November', () => {
    const guess = { offsetOn: (date: string) => (Number(date.slice(5, 7)) >= 3 && Number(date.slice(5, 7)) <= 11 ? -240 : -300) };
    const wrong = seenIn(2026, '16:59', guess, NEW_YORK).filter((span) => span.time !== '16:59');
    expect(wrong).toEqual([
      { from: '2026-03-02', to: '2026-03-06', time: '15:59', dayShift: 0 },
      { from: '2026-11-02', to: '2026-11-30', time: '15:59', dayShift: 0 },
    ]);
  });

  test('a time after midnight UTC is the evening before in New York', () => {
    expect(seenIn(2026, '01:00', { offsetMinutes: 0 }, NEW_YORK)[1]).toMatchObject({ time: '21:00', dayShift: -1 });
  });

  test('the United States rule gives the summer weekdays of 1998–2030', () => {
    for (let year = 1998; year <= 2030; year += 1) {
      const range = weekdayRange(newYorkSummer(year));
      const march = year >= 2007;
      let start = addDays(`${year}-${march ? '03-08' : '04-01'}`, 0);
      while (weekday(start) !== 0) start = addDays(start, 1);
      let end = march ? `${year}-11-01` : `${year}-10-31`;
      while (weekday(end) !== 0) end = addDays(end, march ? 1 : -1);
      expect(range).toEqual({ from: addDays(start, 1), to: addDays(end, -2) });
    }
  });
});
