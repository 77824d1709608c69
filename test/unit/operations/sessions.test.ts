import { describe, expect, test } from 'vitest';
import { sessionsText } from '../../../src/core/operations/sessions-text.ts';
import type { SessionsReport } from '../../../src/core/operations/sessions.ts';
import { createEngine } from '../../../src/engine.ts';
import { folderWith } from '../../support/cli.ts';

const engine = createEngine();
const ask = (input: object, files: Readonly<Record<string, string>> = {}) =>
  engine.run('sessions', input, { cwd: folderWith(files), signal: new AbortController().signal, today: '2026-11-26' });

async function report(input: object, files?: Readonly<Record<string, string>>): Promise<SessionsReport> {
  const outcome = await ask(input, files);
  if (!outcome.ok) { throw new Error(outcome.error); }
  return outcome.value as SessionsReport;
}

/** The table without its head and its source. */
const table = async (input: object, files?: Readonly<Record<string, string>>): Promise<readonly string[]> => sessionsText(await report(input, files), false).split('\n').slice(1, -3);

describe('sessions', () => {
  test('of a product, from today on, without weekends', async () => {
    expect(await table({ product: 'MESZ6.CME', days: 5 })).toEqual([
      'Date            New York           Trade date      Says',
      'Thu 2026-11-26  Wed 18:00 – 13:00  Fri 2026-11-27  table  Thanksgiving, halts early, counts for 27 Nov',
      'Fri 2026-11-27  Thu 18:00 – 13:15  Fri 2026-11-27  table  day after Thanksgiving, early close',
      'Mon 2026-11-30  Sun 18:00 – 17:00  Mon 2026-11-30  table',
    ]);
  });

  test('in New York and the product’s own zone, with rests, late opens and closed days', async () => {
    expect(await table({ product: 'ZC', days: 2 })).toEqual([
      'Date            New York       Chicago        Trade date      Says',
      'Thu 2026-11-26  closed         closed                         table  Thanksgiving',
      'Fri 2026-11-27  09:30 – 13:05  08:30 – 12:05  Fri 2026-11-27  table  day after Thanksgiving, early close, late open',
    ]);
    expect((await table({ product: 'ZC', from: '2028-02-21', days: 2 })).slice(1)).toEqual([
      'Mon 2028-02-21  closed             closed                             pattern  Presidents’ Day',
      'Tue 2028-02-22  Mon 20:00 – 14:20  Mon 19:00 – 13:20  Tue 2028-02-22  pattern  rests 07:45–08:30',
    ]);
  });

  test('a product that never rests has Saturdays and Sundays', async () => {
    expect((await table({ product: 'BTCUSDT', from: '2026-11-28', days: 1 })).slice(1)).toEqual(['Sat 2026-11-28  Fri 19:00 – 19:00  00:00 – 24:00  Sat 2026-11-28  table']);
  });

  test('as the workspace has it; the report has instants', async () => {
    const files = { 'tickguard.json': '{ "calendars": { "ES": { "closed": ["2026-11-27"], "earlyCloses": { "2026-11-30": "12:30" } } } }' };
    expect((await table({ product: 'ES', days: 5 }, files)).slice(1)).toEqual([
      'Thu 2026-11-26  Wed 18:00 – 13:00  Mon 2026-11-30  table      Thanksgiving, halts early, counts for 30 Nov',
      'Fri 2026-11-27  closed                             workspace  day after Thanksgiving',
      'Mon 2026-11-30  Sun 18:00 – 12:30  Mon 2026-11-30  workspace  early close',
    ]);
    const { product, zone, days, source } = await report({ product: '/ES', from: '2026-11-30', days: 1 }, files);
    expect([product, zone]).toEqual(['ES', 'America/New_York']);
    expect(days).toEqual([{ date: '2026-11-30', kind: 'early', tradeDate: '2026-11-30', opens: '2026-11-29T23:00:00Z', closes: '2026-11-30T17:30:00Z', breaks: [], early: true, late: false, said: 'workspace' }]);
    expect(source).toContain('QuantConnect/Lean of 2026-08-11 (Apache-2.0)');
  });

  test.each([
    [{ product: 'USTEC' }, 'There is no product USTEC. Write its root as the exchange has it (ES, GC, 6E), a pair (EURUSD, BTCUSDT) or a share with its venue (AAPL.NASDAQ).'],
    [{ product: 'BTC' }, 'There is no product BTC. Write /BTC for the future or BTCUSD for the coin.'],
    [{ product: 'ES', from: '2026-02-30' }, 'sessions: "from" must be a date such as 2026-11-23, from 1998-01-01 to 2060-12-31.'],
    [{ product: 'ES', from: '9999-12-31' }, 'sessions: "from" must be a date such as 2026-11-23, from 1998-01-01 to 2060-12-31.'],
    [{ product: 'ES', days: 0 }, 'sessions: "days" must be at least 1.'],
  ])('%j is refused in a sentence', async (input, error) => {
    expect(await ask(input)).toEqual({ ok: false, error });
  });

  test('so is a broken tickguard.json', async () => {
    expect(await ask({ product: 'ES' }, { 'tickguard.json': '{ "calendars": 1 }' })).toMatchObject({ ok: false, error: expect.stringMatching(/^tickguard\.json:1:16: calendars is 1: an object is expected/) as string });
  });
});
