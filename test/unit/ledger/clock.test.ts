import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Clock } from '../../../src/guardians/compliance/ledger/text/clock.ts';
import { Reading } from '../../../src/guardians/compliance/ledger/reading.ts';
import { instantOf, wallTime } from '../../../src/core/time/zone.ts';
import { ms, zone } from '../../support/ledger.ts';
import { runs } from '../../support/property-tests.ts';

function reading(tz?: string): Reading {
  return new Reading('ledger.csv', { currency: 'USD', ...(tz === undefined ? {} : { zone: zone(tz) }) });
}

/** `[ms, ns]`, or what stands against it. */
function read(written: string, tz?: string, learned: readonly string[] = []): unknown {
  const one = reading(tz);
  const clock = new Clock(one);
  for (const time of learned) clock.learn(time);
  return clock.read(written, 2) ? [clock.at, clock.nanos] : one.problem ?? 'unusable';
}

describe('times of a ledger', () => {
  it.each([
    ['2026-03-02T14:30:00Z', ms('2026-03-02T14:30:00Z'), 0], ['2026-03-02 14:30:00.123456789Z', ms('2026-03-02T14:30:00.123Z'), 456_789], ['2026-03-02T09:30:00-05:00', ms('2026-03-02T14:30:00Z'), 0],
    ['2026-03-02 14:30:00+0000', ms('2026-03-02T14:30:00Z'), 0], ['2026-03-02 14:30:00 UTC', ms('2026-03-02T14:30:00Z'), 0], ['1772461800', ms('2026-03-02T14:30:00Z'), 0], ['1772461800123', ms('2026-03-02T14:30:00.123Z'), 0],
    ['1772461800123456', ms('2026-03-02T14:30:00.123Z'), 456_000], ['1772461800123456789', ms('2026-03-02T14:30:00.123Z'), 456_789], ['32503680000000', ms('3000-01-01T00:00:00Z'), 0], ['1772461800.25', ms('2026-03-02T14:30:00.250Z'), 0], ['-1', -1000, 0], ['0', 0, 0],
  ])('%s', (written, at, nanos) => {
    expect(read(written)).toEqual([at, nanos]);
  });

  it.each([
    ['2026-03-02 09:30', '2026-03-02T14:30:00Z'], ['2026.03.02 09:30:00', '2026-03-02T14:30:00Z'], ['20260302', '2026-03-02T05:00:00Z'], ['20260302093000', '2026-03-02T14:30:00Z'], ['2026-03-02', '2026-03-02T05:00:00Z'],
    ['02.03.2026 09:30:12', '2026-03-02T14:30:12Z'], ['2026/03/02 9:30:00 AM', '2026-03-02T14:30:00Z'], ['2026-07-02T09:30:00', '2026-07-02T13:30:00Z'], ['03/03/2026 12:05:00 AM', '2026-03-03T05:05:00Z'], ['2026-03-02 12:00:00 p.m.', '2026-03-02T17:00:00Z'],
  ])('%s on New York’s clock', (written, iso) => {
    expect(read(written, 'America/New_York')).toEqual([ms(iso), 0]);
  });

  it('reads a server that is 7 h ahead of New York, winter and summer', () => {
    expect(read('2026.03.02 16:30:00', 'America/New_York+7h')).toEqual([ms('2026-03-02T14:30:00Z'), 0]);
    expect(read('2026.07.02 16:30:00', 'America/New_York+7h')).toEqual([ms('2026-07-02T13:30:00Z'), 0]);
    // Eastern European Time changes on another day: 2026-03-20 is summer in New York and winter in Athens.
    expect(read('2026.03.20 16:30:00', 'America/New_York+7h')).toEqual([ms('2026-03-20T13:30:00Z'), 0]);
  });

  it('takes the order of day and month from the file', () => {
    expect(read('03/02/2026 09:30:00', 'UTC', ['25/02/2026 10:00:00'])).toEqual([ms('2026-02-03T09:30:00Z'), 0]);
    expect(read('03/02/2026 09:30:00', 'UTC', ['02/25/2026 10:00:00'])).toEqual([ms('2026-03-02T09:30:00Z'), 0]);
    expect(read('25/02/26 10:00', 'UTC', ['25/02/26 10:00'])).toEqual([ms('2026-02-25T10:00:00Z'), 0]);
    expect(read('03/02/2026 09:30:00', 'UTC')).toBe('ledger.csv row 2: “03/02/2026 09:30:00” may be month/day or day/month, and no date in the file decides; write dates as 2026-03-02.');
    expect(read('25/02/2026 10:00', 'UTC', ['02/25/2026 10:00', '25/02/2026 10:00'])).toBe('ledger.csv row 2: “25/02/2026 10:00” does not fit: “02/25/2026 10:00” has the month first and “25/02/2026 10:00” the day; write dates as 2026-03-02.');
  });

  it.each(['NaT', '', 'None', ' '])('leaves “%s” out', (written) => {
    expect(read(written)).toBe('unusable');
  });

  it.each(['yesterday', '2026-02-30T00:00:00Z', '2026-03-02T24:00:00Z', '2026-13-01', '03/02/2026 13:00 PM', '12345678901234567890123', '09:30:00', '2026-03-02T14:30:60Z'])('refuses %s', (written) => {
    expect(read(written, 'UTC', ['12/25/2026'])).toBe(`ledger.csv row 2: “${written}” is no time; write it as 2026-03-02T14:30:00Z, as 2026-03-02 09:30:00 with a clock named by --tz, or as s, ms, µs or ns since 1970.`);
  });

  it('asks for the clock of a time without a zone', () => {
    expect(read('2026-03-02 09:30:12')).toBe('ledger.csv row 2: “2026-03-02 09:30:12” has no zone; name the clock with --tz America/New_York (or America/New_York+7h for a server that is 7 h ahead of New York).');
  });

  it('says once that a time comes twice, and that one does not exist', () => {
    const one = reading('America/New_York');
    const clock = new Clock(one);
    const at = (written: string): number => (clock.read(written, 2), clock.at);
    expect(at('2026-11-01 01:30:00')).toBe(ms('2026-11-01T05:30:00Z'));
    expect(at('2026-11-01 01:59:59')).toBe(ms('2026-11-01T05:59:59Z'));
    expect(at('2026-11-01 02:00:00')).toBe(ms('2026-11-01T07:00:00Z'));
    expect(at('2026-11-01 00:59:59')).toBe(ms('2026-11-01T04:59:59Z'));
    expect(at('2026-03-08 02:30:00')).toBe(ms('2026-03-08T07:30:00Z'));
    expect(at('2026-03-08 02:45:00')).toBe(ms('2026-03-08T07:45:00Z'));
    expect(at('2026-03-08 03:00:00')).toBe(ms('2026-03-08T07:00:00Z'));
    expect(one.notes.said).toEqual([
      '2026-11-01 01:30:00 comes twice on the clock America/New_York (it is set back); the first coming is taken, here and wherever else.',
      '2026-03-08 02:30:00 does not exist on the clock America/New_York (it is set forward); such times are moved on by the length of the gap.',
    ]);
  });

  it('gives what zone.ts gives, in whatever order times come', () => {
    // Around both changes of 2026, of a zone of half an hour, and of one that is far ahead.
    const near = fc.tuple(fc.constantFrom(ms('2026-03-08T02:00:00Z'), ms('2026-11-01T01:00:00Z'), ms('2026-04-05T02:00:00Z'), ms('2026-10-04T02:00:00Z')), fc.integer({ min: -8_000_000, max: 8_000_000 })).map(([at, more]) => at + more);
    fc.assert(fc.property(fc.constantFrom('America/New_York', 'Australia/Lord_Howe', 'Pacific/Auckland'), fc.array(near, { minLength: 1, maxLength: 12 }), (tz, walls) => {
      const clock = new Clock(reading(tz));
      for (const wall of walls) {
        expect(clock.read(new Date(wall).toISOString().slice(0, 23), 2)).toBe(true);
        expect(clock.at).toBe(instantOf(wallTime(wall, 'UTC'), tz));
      }
    }), { numRuns: runs(200) });
  });

  it('reads bytes as it reads their text', () => {
    const digits = (from: number, to: number): fc.Arbitrary<string> => fc.integer({ min: from, max: to }).map((value) => String(value).padStart(String(to).length, '0'));
    const iso = fc.tuple(digits(1890, 2105), digits(0, 13), digits(0, 32), fc.constantFrom('T', ' ', 'x'), digits(0, 25), digits(0, 61), digits(0, 61), fc.constantFrom('', '.1', '.123', '.123456789', '.', '.1234567890'), fc.constantFrom('', 'Z', '+00:00', '-05:00', '+0530', ' Z', 'z', '+00:0'))
      .map(([year, month, day, t, hour, minute, second, fraction, end]) => `${year}-${month}-${day}${t}${hour}:${minute}:${second}${fraction}${end}`);
    const written = fc.oneof(iso, fc.stringMatching(/^-?\d{1,21}$/), fc.constantFrom('2026.03.02 09:30:00', '25/02/2026 10:00', 'NaT', '2026-03-02', '1772461800.123456'), fc.string({ maxLength: 20 }));
    fc.assert(fc.property(fc.array(written, { minLength: 1, maxLength: 4 }), fc.constantFrom(undefined, 'America/New_York'), (times, tz) => {
      const [texts, bytes] = [reading(tz), reading(tz)];
      const [byText, byBytes] = [new Clock(texts), new Clock(bytes)];
      for (const time of times) {
        const buffer = Buffer.from(`;${time};`);
        const ok = byText.read(buffer.toString('utf8', 1, buffer.length - 1), 2);
        expect(byBytes.readBytes(buffer, 1, buffer.length - 1, 2)).toBe(ok);
        if (ok) expect([byBytes.at, byBytes.nanos]).toEqual([byText.at, byText.nanos]);
        // A reading that has ended reads no more.
        if (texts.problem !== undefined) break;
      }
      expect([bytes.problem, bytes.notes]).toEqual([texts.problem, texts.notes]);
    }), { numRuns: runs(500) });
  });
});
