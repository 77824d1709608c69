import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CalendarOverrides } from '../../../src/core/time/calendar.ts';
import { minutesToFlat, nextFlat } from '../../../src/server/deadline.ts';
import { runs } from '../../support/property-tests.ts';

const NEW_YORK = 'America/New_York';
const left = (now: string): number => minutesToFlat(Date.parse(now), '16:59', NEW_YORK);

describe('minutes to flat', () => {
  test.each([
    ['a summer morning', '2026-07-01T14:59:00Z', 6 * 60],
    ['a winter morning', '2026-01-14T14:59:00Z', 7 * 60],
    ['the last minute', '2026-07-01T20:58:30Z', 0],
    ['the deadline itself is over: the next one', '2026-07-01T20:59:00Z', 24 * 60],
    ['between deadline and session start: the next one', '2026-07-01T21:30:00Z', 24 * 60 - 31],
    ['the evening belongs to the next day', '2026-07-01T22:00:00Z', 23 * 60 - 1],
    ['Friday after the deadline: Monday', '2026-07-10T21:00:00Z', 3 * 24 * 60 - 1],
    ['over the change to winter time: 25 hours', '2026-10-30T20:59:00Z', 3 * 24 * 60 + 60],
  ])('%s', (_name, now, minutes) => {
    expect(left(now)).toBe(minutes);
  });

  test('is never negative, at most four days, and goes down by one a minute or up to the next deadline', () => {
    fc.assert(fc.property(fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2029-01-01') }), (now) => {
      const here = minutesToFlat(now, '16:59', NEW_YORK);
      const later = minutesToFlat(now + 60_000, '16:59', NEW_YORK);
      expect(here).toBeGreaterThanOrEqual(0);
      expect(here).toBeLessThanOrEqual(4 * 24 * 60);
      if (here > 0) { expect(later).toBe(here - 1); } else { expect(later).toBeGreaterThan(22 * 60); }
    }), { numRuns: runs(200), seed: 11 });
  });
});

describe('the next time an account has to be flat', () => {
  const next = (now: string, products: readonly string[], calendars?: CalendarOverrides) => nextFlat(Date.parse(now), { time: '16:59', zone: NEW_YORK }, { products, ...(calendars === undefined ? {} : { calendars }) });

  test.each([
    ['an ordinary day', '2026-11-24T15:00:00Z', ['ES'], { minutes: 6 * 60 + 59, time: '16:59' }],
    ['an early close today', '2026-11-27T15:00:00Z', ['ES'], { minutes: 3 * 60 + 15, time: '13:15', closes: { product: 'ES', early: true } }],
    ['the first of two products', '2026-11-27T15:00:00Z', ['GC', 'MES'], { minutes: 3 * 60 + 15, time: '13:15', closes: { product: 'MES', early: true } }],
    ['and when that is over the second', '2026-11-27T18:15:00Z', ['GC', 'MES'], { minutes: 90, time: '14:45', closes: { product: 'GC', early: true } }],
    ['a holiday that halts', '2026-11-26T15:00:00Z', ['ES'], { minutes: 180, time: '13:00', closes: { product: 'ES', early: true } }],
    ['over the weekend', '2026-11-28T15:00:00Z', ['ES'], { minutes: 2 * 1440 + 6 * 60 + 59, time: '16:59' }],
    ['a product that closes before the deadline every day', '2026-11-24T15:00:00Z', ['ZC'], { minutes: 4 * 60 + 20, time: '14:20', closes: { product: 'ZC', early: false } }],
    ['the future of a coin', '2026-11-27T15:00:00Z', ['BTC'], { minutes: 4 * 60 + 45, time: '14:45', closes: { product: 'BTC', early: true } }],
    ['a product nobody knows has no say', '2026-11-27T15:00:00Z', ['USTEC'], { minutes: 6 * 60 + 59, time: '16:59' }],
    ['no product', '2026-11-27T15:00:00Z', [], { minutes: 6 * 60 + 59, time: '16:59' }],
  ])('%s', (_name, now, products, expected) => {
    expect(next(now, products)).toEqual(expected);
  });

  test('as the workspace has it', () => {
    expect(next('2026-11-24T15:00:00Z', ['MES'], { ES: { earlyCloses: { '2026-11-24': '12:00' } } })).toEqual({ minutes: 120, time: '12:00', closes: { product: 'MES', early: true } });
  });
});
