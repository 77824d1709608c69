/** Numbers of limits as they are written, and times as text. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountOf, roughly } from '../../../src/guardians/compliance/limits/amount.ts';
import { secondsOfText } from '../../../src/guardians/compliance/clock/value.ts';
import { secondsOfCron } from '../../../src/guardians/compliance/clock/cron-line.ts';
import { clockText, lengthText, spansText } from '../../../src/guardians/compliance/deadline/wording.ts';

describe('amounts', () => {
  test.each([
    ['10', 10, undefined], ['0.1', 0.1, undefined], ['.5', 0.5, undefined], ['5.', 5, undefined], ['-1500', 1500, undefined], ['2_000', 2000, undefined], ['2,500.50', 2500.5, undefined], ['1e3', 1000, undefined],
    ['10%', 10, 'percent'], ['10 %', 10, 'percent'], ['$2,500', 2500, 'money'], ['2.5k', 2500, undefined], ['2000 USD', 2000, 'money'],
  ] as const)('%s', (text, value, unit) => {
    const amount = amountOf(text);
    expect(amount === undefined ? undefined : roughly(amount.value)).toBe(value);
    expect(amount?.unit).toBe(unit);
  });
  test.each(['', 'abc', '0', '0.0', '1-2', '10:30', 'None', '1.2.3', '2026-01-01'])('%s is none', (text) => { expect(amountOf(text)).toBeUndefined(); });
  test('what was written is kept exactly', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 0, max: 4 }), (digits, places) => {
      const text = (digits / 10 ** places).toFixed(places);
      const amount = amountOf(text);
      expect(amount === undefined ? undefined : (BigInt(amount.value.numerator) * 10n ** BigInt(places)) / BigInt(amount.value.denominator)).toBe(BigInt(digits));
    }), { seed: 7 });
  });
});

describe('times', () => {
  test.each([['16:59', 61_140], ['4:59 PM', 61_140], ['12:00 am', 0], ['09:30:15', 34_215], ['24:00', undefined], ['16:60', undefined], ['13:00 pm', undefined], ['1659', undefined], ['', undefined]] as const)('%s', (text, seconds) => {
    expect(secondsOfText(text)).toBe(seconds);
  });
  test.each([['59 16 * * 1-5', 61_140], ['*/5 16 * * *', undefined], ['0 21 * *', undefined], ['60 16 * * *', undefined]] as const)('cron %s', (text, seconds) => { expect(secondsOfCron(text)).toBe(seconds); });
  test('there and back', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 86_399 }), (second) => { expect(secondsOfText(clockText(second))).toBe(second); }), { seed: 8 });
  });
  test.each([[0.5, '1 min'], [56, '56 min'], [60, '1 h'], [296, '4 h 56 min'], [0, '0 min']] as const)('%s minutes', (minutes, text) => { expect(lengthText(minutes)).toBe(text); });
  test('stretches of a year begin and end on weekdays', () => {
    expect(spansText([{ from: '2026-03-08', to: '2026-10-31' }])).toBe('9 Mar–30 Oct');
    expect(spansText([{ from: '2026-03-09', to: '2026-03-27' }, { from: '2026-10-26', to: '2026-10-30' }])).toBe('9 Mar–27 Mar and 26 Oct–30 Oct');
    expect(spansText([{ from: '2026-03-02', to: '2026-03-06' }, { from: '2026-03-09', to: '2026-03-13' }])).toBe('2 Mar–13 Mar');
    expect(spansText([])).toBe('on some days');
  });
});
