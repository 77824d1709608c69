/** The script that writes the table, on a small file in the form of its source. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../support/project.ts';

const SCRIPT = join(projectRoot, 'scripts', 'calendar.mjs');
const WORKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

/** An entry whose weekdays all have the same segments, `18:00–24:00` on Sunday where they go past midnight. */
function entry(zone: string, segments: readonly (readonly [string, string])[], more: object = {}): object {
  const whole = segments.map(([start, end]) => ({ start: `${start}:00`, end: end === '24:00' ? '1.00:00:00' : `${end}:00`, state: 'market' }));
  return { exchangeTimeZone: zone, sunday: [], saturday: [], ...Object.fromEntries(WORKDAYS.map((day) => [day, whole])), ...more };
}

const OVERNIGHT = [['00:00', '09:30'], ['09:30', '17:00'], ['18:00', '24:00']] as const;
const CHICAGO = [['00:00', '16:00'], ['17:00', '24:00']] as const;
const ny = 'America/New_York';

const SOURCE = {
  entries: {
    'Future-cme-[*]': entry('America/Chicago', CHICAGO, { holidays: ['1/1/2020', '11/11/2019', '12/31/2021', '4/15/2022'] }),
    'Future-nymex-[*]': entry(ny, OVERNIGHT, { holidays: [] }),
    'Future-cbot-[*]': entry('America/Chicago', CHICAGO, { holidays: ['11/26/2020', '7/4/2016'] }),
    'Future-cme-ES': entry(ny, OVERNIGHT, {
      holidays: ['12/25/2026', '1/1/2027'], bankHolidays: ['1/20/2020', '10/12/2020', '12/25/2025'], lateOpens: { '1/20/2020': '18:00:00' },
      earlyCloses: { '1/20/2020': '13:00:00', '9/7/2020': '13:00:00', '11/27/2020': '13:15:00', '4/17/2025': '17:00:00', '12/25/2025': '17:00:00', '4/2/2021': '09:15:00' },
    }),
    'Future-cme-6E': entry('America/Chicago', CHICAGO), 'Future-cbot-ZN': entry('America/Chicago', CHICAGO), 'Future-nymex-CL': entry(ny, OVERNIGHT),
    'Future-cbot-ZC': entry('America/Chicago', [['00:00', '07:45'], ['08:30', '13:20'], ['19:00', '24:00']], { lateOpens: { '11/27/2020': '08:30:00' } }),
    'Future-cme-LE': entry('America/Chicago', [['08:30', '13:05']]), 'Future-cme-BTC': entry('America/Chicago', CHICAGO),
    'Equity-usa-[*]': { ...entry(ny, []), ...Object.fromEntries(WORKDAYS.map((day) => [day, [{ start: '04:00:00', end: '09:30:00', state: 'premarket' }, { start: '09:30:00', end: '16:00:00', state: 'market' }]])), holidays: ['9/7/2020', '4/2/2021'] },
    'Forex-oanda-[*]': entry(ny, [['00:00', '16:58'], ['17:03', '24:00']]), 'Cfd-oanda-XAUUSD': entry(ny, [['00:00', '16:58'], ['18:03', '24:00']]), 'Crypto-coinbase-[*]': entry('UTC', [['00:00', '24:00']]),
  },
};

function write(name: string, source: object): { readonly folder: string; readonly args: readonly string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'calendar-'));
  writeFileSync(join(folder, 'source.json'), JSON.stringify(source));
  return { folder, args: [SCRIPT, join(folder, 'source.json'), '--commit', 'a'.repeat(40), '--date', '2026-08-11', '--output', join(folder, name)] };
}

test('holidays, halts and early closes are told apart, and artefacts of the source left out', () => {
  const { folder, args } = write('hours.json', SOURCE);
  execFileSync(process.execPath, args);
  const text = readFileSync(join(folder, 'hours.json'), 'utf8');
  const { source, families } = JSON.parse(text) as { source: object; families: Record<string, Record<string, unknown>> };
  expect(source).toMatchObject({ commit: 'a'.repeat(40), date: '2026-08-11', licence: 'Apache-2.0' });
  const es = families['equity-index'];
  expect(es).toMatchObject({ zone: ny, dayStart: '18:00', sessions: [['-18:00', '17:00']] });
  // Of the bank’s holidays Columbus Day is an ordinary day, of the floor’s Veterans Day and New Year’s Eve; a Christmas that “closes” at 17:00 is closed.
  expect(es?.['closed']).toBe('2020-01-01 2022-04-15 2025-12-25 2026-12-25');
  // A date on which the stock exchange rests has no trade date of its own, in the bank’s list or not; Good Friday has one.
  expect((es?.['halts'] as Record<string, string>)['13:00']).toBe('2020-01-20 2020-09-07');
  expect((es?.['early'] as Record<string, string>)['09:15']).toContain('2021-04-02');
  expect((es?.['early'] as Record<string, string>)['13:15']).toContain('2020-11-27');
  expect(JSON.stringify(es)).not.toContain('2025-04-17');
  // Grains open late after Thanksgiving, and after a 4 July that is no Monday (2016 was one).
  expect(families['grains']?.['opens']).toEqual({ '08:30': '2020-11-27' });
  expect(families['us-equities']?.['sessions']).toEqual([['09:30', '16:00']]);
  expect(families['crypto']).toEqual({ zone: 'UTC', dayStart: '00:00', weekends: true, sessions: [['00:00', '24:00']] });
  execFileSync(process.execPath, args);
  expect(readFileSync(join(folder, 'hours.json'), 'utf8')).toBe(text);
});

test('a late open that no rule knows, and wrong use, are said', () => {
  const odd = structuredClone(SOURCE);
  (odd.entries['Future-cbot-ZC'] as { lateOpens: Record<string, string> }).lateOpens['6/2/2020'] = '08:30:00';
  const run = spawnSync(process.execPath, write('odd.json', odd).args, { encoding: 'utf8' });
  expect([run.status, run.stderr]).toEqual([1, expect.stringContaining('Late opens that no rule knows: 2020-06-02')]);
  const bare = spawnSync(process.execPath, [SCRIPT], { encoding: 'utf8' });
  expect([bare.status, bare.stderr]).toEqual([2, expect.stringMatching(/^Usage: node scripts\/calendar\.mjs /)]);
});
