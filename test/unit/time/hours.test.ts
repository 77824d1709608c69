import { describe, expect, test } from 'vitest';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDate, isWeekday } from '../../../src/core/time/dates.ts';
import { dayName, namedDays } from '../../../src/core/time/holidays.ts';
import { dayHours, FAMILIES, familyHours, HOURS_SOURCE, tabulatedSpan } from '../../../src/core/time/hours.ts';
import type { Family } from '../../../src/core/time/hours.ts';
import table from '../../../src/core/time/hours.json' with { type: 'json' };
import { projectRoot } from '../../support/project.ts';

describe('days with a name', () => {
  test.each([
    ['2026-01-01', 'new-year'], ['2022-01-01', undefined], ['2021-12-31', undefined], ['2023-01-02', 'new-year'], ['2026-01-19', 'mlk'], ['2026-02-16', 'presidents'],
    ['2026-04-03', 'good-friday-jobs'], ['2025-04-18', 'good-friday'], ['2024-03-29', 'good-friday'], ['2026-05-25', 'memorial'], ['2021-06-18', undefined], ['2022-06-20', 'juneteenth'],
    ['2027-06-18', 'juneteenth-friday'], ['2025-07-03', 'independence-eve'], ['2026-07-03', 'independence-friday'], ['2025-07-04', 'independence-friday'], ['2027-07-05', 'independence'],
    ['2026-09-07', 'labor'], ['2026-11-26', 'thanksgiving'], ['2026-11-27', 'thanksgiving-friday'], ['2026-12-24', 'christmas-eve'], ['2027-12-24', 'christmas'], ['2022-12-26', 'christmas'],
    ['2026-12-28', undefined], ['2025-12-26', 'after-christmas'], ['2026-07-06', undefined], ['2023-07-05', 'after-independence'], ['2022-07-05', undefined], ['2026-10-12', undefined],
  ])('%s is %s', (date, name) => {
    expect(dayName(date)).toBe(name);
  });

  test('each year has ten to eighteen of them, all weekdays of that year', () => {
    for (let year = 1998; year <= 2030; year += 1) {
      const days = [...namedDays(String(year)).keys()];
      expect(days.length).toBeGreaterThanOrEqual(10);
      expect(days.length).toBeLessThanOrEqual(18);
      for (const date of days) expect([isWeekday(date), date.slice(0, 4)]).toEqual([true, String(year)]);
    }
  });
});

const mended = (JSON.parse(readFileSync(join(projectRoot, 'scripts/lib/calendar-mended.json'), 'utf8')) as { readonly families: Readonly<Record<string, readonly { readonly date: string; readonly is: string; readonly why: string }[]>> }).families;

interface Packed { readonly from?: string; readonly to?: string; readonly closed?: string; readonly halts?: Record<string, string>; readonly early?: Record<string, string>; readonly opens?: Record<string, string> }

describe('the table', () => {
  test('is small, and says where it comes from', () => {
    expect(statSync(join(projectRoot, 'src/core/time/hours.json')).size).toBeLessThan(30_000);
    expect(HOURS_SOURCE.licence).toBe('Apache-2.0');
    expect(HOURS_SOURCE.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(isDate(HOURS_SOURCE.date)).toBe(true);
    expect(HOURS_SOURCE.notice).toContain('Apache License 2.0');
  });

  test.each(FAMILIES.filter((family) => tabulatedSpan(family) !== undefined))('%s has every day with a name, so that each has a pattern', (family) => {
    const { from = '', to = '' } = tabulatedSpan(family) ?? {};
    const names = new Set<string>();
    for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) for (const name of namedDays(String(year)).values()) names.add(name);
    expect(names.size).toBe(19);
  });

  test.each(FAMILIES)('%s lists weekdays of its span, in order, each once', (family) => {
    const { from, to, closed = '', halts = {}, early = {}, opens = {} } = table.families[family] as Packed;
    const lists = [closed, ...Object.values(halts), ...Object.values(early)].map((list) => (list === '' ? [] : list.split(' ')));
    const late = Object.values(opens).flatMap((list) => list.split(' '));
    for (const list of [...lists, late]) expect(list).toEqual([...list].sort());
    const all = lists.flat();
    expect(new Set(all).size).toBe(all.length);
    for (const date of [...all, ...late]) expect([date, isWeekday(date), date >= (from ?? ''), date <= (to ?? '')]).toEqual([date, true, true, true]);
    for (const time of [halts, early, opens].flatMap(Object.keys)) expect(time).toMatch(/^\d\d:\d\d$/);
    expect(all.length === 0).toBe(from === undefined);
  });

  test.each(Object.entries(mended))('what is mended in %s is mended', (family, dates) => {
    for (const { date, is, why } of dates) {
      expect(why.length).toBeGreaterThan(10);
      const { kind, at } = dayHours(family as Family, date);
      expect([date, kind === 'closed' || kind === 'regular' ? kind : `${kind} ${at ?? ''}`]).toEqual([date, is]);
    }
  });
});

/** Days on which a year differs from the year before, in the last ten years that the table has: they are what the pattern rests on. */
const CHANGED: Readonly<Partial<Record<Family, Readonly<Record<string, string>>>>> = {
  currencies: { 2022: 'mlk presidents memorial independence labor thanksgiving', 2025: 'thanksgiving-friday christmas-eve' },
  'metals-energy': { 2022: 'mlk presidents memorial independence labor thanksgiving', 2025: 'thanksgiving-friday' },
  grains: { 2023: 'independence-eve' },
  livestock: { 2020: 'thanksgiving-friday christmas-eve', 2023: 'independence-eve', 2024: 'christmas-eve' },
  'equity-index': {}, rates: {}, 'us-equities': {},
};

describe('the pattern beyond the table', () => {
  test.each(Object.entries(CHANGED))('holds for %s over the last ten years but for the changes listed', (name, changed) => {
    const family = name as Family;
    const last = Number(tabulatedSpan(family)?.to.slice(0, 4));
    const before = new Map<string, string>();
    const found: Record<string, string[]> = {};
    for (let year = last - 10; year <= last; year += 1) {
      for (const [date, day] of namedDays(String(year))) {
        const { certainty, ...hours } = dayHours(family, date);
        expect(certainty).toBe('tabulated');
        const said = JSON.stringify(hours);
        if ((before.get(day) ?? said) !== said) (found[year] ??= []).push(day);
        before.set(day, said);
      }
    }
    expect(Object.fromEntries(Object.entries(found).map(([year, days]) => [year, days.sort().join(' ')])))
      .toEqual(Object.fromEntries(Object.entries(changed).map(([year, days]) => [year, days.split(' ').sort().join(' ')])));
  });

  test.each([
    ['equity-index', '2027-01-18', { kind: 'halts', at: '13:00', certainty: 'projected' }],
    ['equity-index', '2027-03-26', { kind: 'closed', certainty: 'projected' }],
    ['equity-index', '2027-11-26', { kind: 'early', at: '13:15', certainty: 'projected' }],
    ['equity-index', '2029-07-03', { kind: 'early', at: '13:15', certainty: 'projected' }],
    ['equity-index', '2034-04-07', { kind: 'early', at: '09:15', certainty: 'projected' }],
    ['equity-index', '1998-01-19', { kind: 'halts', at: '11:30', certainty: 'projected' }],
    ['equity-index', '2027-03-25', { kind: 'regular', certainty: 'projected' }],
    ['equity-index', '2026-03-25', { kind: 'regular', certainty: 'tabulated' }],
    ['metals-energy', '2027-06-18', { kind: 'halts', at: '13:00', certainty: 'projected' }],
    ['grains', '2027-11-26', { kind: 'early', at: '12:05', opens: '08:30', certainty: 'projected' }],
    ['us-equities', '2029-12-25', { kind: 'closed', certainty: 'projected' }],
    ['spot-metals', '2026-01-19', { kind: 'early', at: '14:30', certainty: 'projected' }],
    ['spot-currencies', '2026-12-25', { kind: 'closed', certainty: 'projected' }],
    ['crypto', '2026-12-25', { kind: 'regular', certainty: 'tabulated' }],
    ['crypto-futures', '2026-05-25', { kind: 'halts', at: '16:00', certainty: 'tabulated' }],
    ['crypto-futures', '2026-07-03', { kind: 'halts', at: '12:00', certainty: 'projected' }],
    ['equity-index', '2026-11-28', { kind: 'closed', certainty: 'tabulated' }],
  ] as const)('%s on %s', (family, date, hours) => {
    expect(dayHours(family, date)).toEqual(hours);
  });
});

test('regular hours', () => {
  expect(familyHours('equity-index')).toEqual({ zone: 'America/New_York', dayStart: '18:00', weekends: false, sessions: [['-18:00', '17:00']] });
  expect(familyHours('grains').sessions).toEqual([['-19:00', '07:45'], ['08:30', '13:20']]);
  expect(familyHours('us-equities').sessions).toEqual([['09:30', '16:00']]);
});
