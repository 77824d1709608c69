import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf, isZone, NEW_YORK, offsetChanges, offsetMinutes, wallTime } from '../../../src/core/time/zone.ts';
import { runs } from '../../support/property-tests.ts';

const DAY = 86_400_000;

/** The n-th Sunday (n ≥ 1) or the last one (n = −1) of a month, as a day of the month; month counts from 0. */
function sunday(year: number, month: number, n: number): number {
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const all: number[] = [];
  for (let day = 1; day <= length; day += 1) if (new Date(Date.UTC(year, month, day)).getUTCDay() === 0) all.push(day);
  return (n > 0 ? all[n - 1] : all[all.length - 1]) as number;
}

/** The American rule, written from the statutes: 2005 Energy Policy Act from 2007 on, the 1986 amendment before. */
function newYorkOffset(instant: number): number {
  const year = new Date(instant - 5 * 3_600_000).getUTCFullYear();
  const [startMonth, startNth, endMonth, endNth] = year >= 2007 ? [2, 2, 10, 1] : [3, 1, 9, -1];
  const start = Date.UTC(year, startMonth as number, sunday(year, startMonth as number, startNth as number), 7);
  const end = Date.UTC(year, endMonth as number, sunday(year, endMonth as number, endNth as number), 6);
  return instant >= start && instant < end ? -240 : -300;
}

const instants = fc.integer({ min: Date.UTC(1998, 0, 1, 6), max: Date.UTC(2030, 11, 31) });

describe('offsetMinutes', () => {
  test('New York follows the statutes at any instant of 1998–2030', () => {
    fc.assert(fc.property(instants, (instant) => offsetMinutes(instant, NEW_YORK) === newYorkOffset(instant)), { numRuns: runs(3000) });
  });

  test('New York follows the statutes around every change, to the millisecond', () => {
    for (let year = 1998; year <= 2030; year += 1) {
      const changes = offsetChanges(year, NEW_YORK);
      expect(changes).toHaveLength(2);
      for (const change of changes) {
        for (const off of [-DAY, -3_600_000, -1000, -1, 0, 1, 999, 3_600_000, DAY]) {
          expect(offsetMinutes(change.at + off, NEW_YORK)).toBe(newYorkOffset(change.at + off));
        }
        expect(change.before).toBe(newYorkOffset(change.at - 1));
        expect(change.after).toBe(newYorkOffset(change.at));
      }
    }
  });

  test('agrees with what Intl formats, in zones of every habit', () => {
    const zones = ['Europe/Prague', 'America/Chicago', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Africa/Casablanca', 'UTC', 'Pacific/Apia', 'Asia/Kathmandu'];
    const formats = new Map(zones.map((zone) => [zone, new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })]));
    fc.assert(fc.property(instants, fc.constantFrom(...zones), (instant, zone) => {
      const name = formats.get(zone)?.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? '';
      const match = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name);
      const expected = match?.[1] ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : 0;
      expect(offsetMinutes(instant, zone)).toBe(expected);
    }), { numRuns: runs(2000) });
  });

  test('an unknown zone and no instant are told apart from a zone', () => {
    expect(isZone('America/New_York')).toBe(true);
    expect(isZone('New York')).toBe(false);
    expect(() => offsetMinutes(0, 'New York')).toThrow(RangeError);
    expect(() => offsetMinutes(Number.NaN, NEW_YORK)).toThrow(/not an instant/);
  });

  test('a million look-ups take less than a second', () => {
    const rounds: number[] = [];
    offsetMinutes(0, NEW_YORK);
    for (let round = 0; round < 5; round += 1) {
      const start = performance.now();
      let sum = 0;
      for (let i = 0; i < 1_000_000; i += 1) sum += offsetMinutes(1_700_000_000_000 + i * 47_000, NEW_YORK);
      rounds.push(performance.now() - start);
      expect(sum).toBeLessThan(0);
    }
    expect(rounds.sort((a, b) => a - b)[2]).toBeLessThan(1000);
  });
});

describe('wallTime and instantOf', () => {
  test('are inverse wherever the wall time is not repeated, and find one of the two where it is', () => {
    fc.assert(fc.property(instants, fc.constantFrom(NEW_YORK, 'Europe/Prague', 'Australia/Lord_Howe', 'UTC'), (instant, zone) => {
      const wall = wallTime(instant, zone);
      const found = [instantOf(wall, zone, 'earlier'), instantOf(wall, zone, 'later')];
      expect(found).toContain(instant);
      for (const one of found) expect(wallTime(one, zone)).toEqual(wall);
    }), { numRuns: runs(3000) });
  });

  test('a repeated time is the first or the second coming', () => {
    const wall = { year: 2026, month: 11, day: 1, hour: 1, minute: 30, second: 0, millisecond: 0 };
    expect(new Date(instantOf(wall, NEW_YORK)).toISOString()).toBe('2026-11-01T05:30:00.000Z');
    expect(new Date(instantOf(wall, NEW_YORK, 'later')).toISOString()).toBe('2026-11-01T06:30:00.000Z');
  });

  test('a skipped time moves on by the gap', () => {
    const wall = { year: 2026, month: 3, day: 8, hour: 2, minute: 30, second: 0, millisecond: 0 };
    expect(wallTime(instantOf(wall, NEW_YORK), NEW_YORK)).toMatchObject({ hour: 3, minute: 30, day: 8 });
  });

  test('16:59 in New York is 21:59 UTC in January and 20:59 UTC in July', () => {
    expect(wallTime(Date.UTC(2026, 0, 14, 21, 59), NEW_YORK)).toMatchObject({ hour: 16, minute: 59, day: 14 });
    expect(wallTime(Date.UTC(2026, 6, 14, 20, 59), NEW_YORK)).toMatchObject({ hour: 16, minute: 59, day: 14 });
  });
});
