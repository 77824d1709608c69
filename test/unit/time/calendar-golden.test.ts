/**
 * Holidays and early closes of 1998 to 2030 against two published calendars (`test/python/calendars.py` wrote what they say). Every
 * difference was looked at; those that stay are listed with their number and reason, and nothing else may differ.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addDays, isWeekday } from '../../../src/core/time/dates.ts';
import { dayName } from '../../../src/core/time/holidays.ts';
import { dayHours, FAMILIES, familyHours } from '../../../src/core/time/hours.ts';
import type { Family } from '../../../src/core/time/hours.ts';
import { projectRoot } from '../../support/project.ts';

interface Golden {
  readonly versions: Readonly<Record<string, string>>;
  readonly from: string;
  readonly to: string;
  readonly families: Readonly<Partial<Record<Family, { readonly calendar: string; readonly closed: string; readonly early: Readonly<Record<string, string>> }>>>;
}

const golden = JSON.parse(readFileSync(join(projectRoot, 'test/fixtures/calendars/golden.json'), 'utf8')) as Golden;

const ALWAYS_SHORT = 'pandas_market_calendars shortens every Good Friday from 2023 on; CME was closed on 2024-03-29 and 2025-04-18 and trades only where the jobs report comes out';
const JOBS = 'Before 2021 pandas_market_calendars knows jobs reports on Good Friday for some products and years only; CME traded on them (in 1999 to 10:00 Central: its notice of 1999-03-19)';
const SANDY = 'Hurricane Sandy: CME Group, notices of 2012-10-28 and 29';
const MOURNING = 'Days of mourning closed the exchanges’ floors, not Globex (2004, 2007; CME Group, press releases of 2018-12-02 and 2024-12-30)';
const FRIDAY_BEFORE = 'Fridays before a Monday holiday closed 45 minutes early until 2015 (CME, notice of 2006-01-10, has it for currencies and rates): the source has them from 2009, the pattern does not go back';
const EVE = 'pandas_market_calendars has no early closes of agricultural products before 4 July and before a Christmas weekend';
const JUNETEENTH = 'Livestock rests on Juneteenth (CME Group’s calendars since 2022), pandas_market_calendars does not know';
const ON_FRIDAY = 'A holiday on a Friday halts at noon Central, because no evening follows; pandas_market_calendars has it for 2026 alone, or not at all';
const SINCE_2025 = 'Since 2025 these days end later: the source has it, pandas_market_calendars for metals of 2026 alone';
const FIVE_MINUTES = 'pandas_market_calendars rounds the early closes of agricultural products';
const EVE_MISSING = 'pandas_market_calendars has Christmas Eve of metals for 2026 alone';
const LABOR = 'pandas_market_calendars moved every halt of metals and energy to 14:30 in 2022 but Labor Day’s';
const NYMEX_OLD = 'Until February 2009 NYMEX and COMEX traded through these holidays (CME Group, notice of 2007-08-20: halt at 17:15 New York, after today’s close)';
const QUARTER = 'Until May 2014 NYMEX and COMEX halted at 13:15 (13:30 before a Saturday), pandas_market_calendars has 13:00 throughout';
const CHRISTMAS_1998 = 'pandas_market_calendars begins with a Christmas that it leaves out';
const COINS_EVE = 'pandas_market_calendars shortens 3 July for crypto as for the equity index; the source and brokers’ calendars of 2024 do not';
const NEW_YEARS_EVE = 'New Year’s Eve of 2010, a Friday: the source alone has it';

/** Family, day, what Tickguard says, what the published calendar says, on how many dates, and why. */
const KNOWN: readonly (readonly [Family, string, string, string, number, string])[] = [
  ['equity-index', 'good-friday-jobs', '09:15', 'closed', 2, JOBS],
  ['equity-index', 'other', '09:15', 'regular', 2, SANDY],
  ['equity-index', 'other', '09:30', 'regular', 2, MOURNING],
  ['equity-index', 'good-friday', 'closed', '09:15', 6, ALWAYS_SHORT],
  ['currencies', 'good-friday-jobs', '10:15', 'closed', 5, JOBS],
  ['currencies', 'other', '15:15', 'regular', 34, FRIDAY_BEFORE],
  ['currencies', 'other', '12:15', 'regular', 1, NEW_YEARS_EVE],
  ['currencies', 'good-friday', 'closed', '10:15', 6, ALWAYS_SHORT],
  ['currencies', 'independence-friday', '12:00', 'regular', 2, ON_FRIDAY],
  ['currencies', 'thanksgiving-friday', '13:45', '12:15', 6, SINCE_2025],
  ['currencies', 'christmas-eve', '12:45', '12:15', 4, SINCE_2025],
  ['currencies', 'juneteenth-friday', '12:00', 'regular', 2, ON_FRIDAY],
  ['rates', 'other', 'regular', '15:15', 44, FRIDAY_BEFORE],
  ['rates', 'good-friday-jobs', '10:15', 'closed', 2, JOBS],
  ['rates', 'other', '15:15', 'regular', 4, FRIDAY_BEFORE],
  ['rates', 'other', '11:00', 'regular', 1, SANDY],
  ['rates', 'other', 'closed', 'regular', 1, MOURNING],
  ['rates', 'good-friday', 'closed', '10:15', 6, ALWAYS_SHORT],
  ['rates', 'other', '12:15', 'regular', 1, MOURNING],
  ['metals-energy', 'mlk', 'regular', '13:00', 12, NYMEX_OLD],
  ['metals-energy', 'presidents', 'regular', '13:00', 12, NYMEX_OLD],
  ['metals-energy', 'memorial', '13:15', '13:00', 16, QUARTER],
  ['metals-energy', 'independence-friday', '13:30', '13:00', 4, QUARTER],
  ['metals-energy', 'labor', '13:15', '13:00', 16, QUARTER],
  ['metals-energy', 'thanksgiving', '13:15', '13:00', 16, QUARTER],
  ['metals-energy', 'christmas-eve', '13:45', 'regular', 18, EVE_MISSING],
  ['metals-energy', 'christmas', 'closed', 'regular', 1, CHRISTMAS_1998],
  ['metals-energy', 'independence', '13:15', '13:00', 12, QUARTER],
  ['metals-energy', 'other', '16:15', 'regular', 10, FRIDAY_BEFORE],
  ['metals-energy', 'mlk', '13:15', '13:00', 5, QUARTER],
  ['metals-energy', 'presidents', '13:15', '13:00', 5, QUARTER],
  ['metals-energy', 'labor', '14:30', '13:00', 8, LABOR],
  ['metals-energy', 'independence-friday', '13:00', '14:30', 1, ON_FRIDAY],
  ['metals-energy', 'thanksgiving-friday', '14:45', '13:45', 5, SINCE_2025],
  ['metals-energy', 'juneteenth-friday', '13:00', '14:30', 1, ON_FRIDAY],
  ['grains', 'other', 'regular', 'closed', 2, MOURNING],
  ['grains', 'after-new-year', 'regular', 'closed', 1, MOURNING],
  ['grains', 'independence-eve', '12:00', 'regular', 2, EVE],
  ['grains', 'other', '12:00', 'regular', 1, EVE],
  ['grains', 'thanksgiving-friday', '12:05', '12:00', 16, FIVE_MINUTES],
  ['grains', 'christmas-eve', '12:05', '12:00', 9, FIVE_MINUTES],
  ['grains', 'other', '12:05', 'regular', 3, EVE],
  ['grains', 'independence-eve', '12:05', 'regular', 3, EVE],
  ['grains', 'other', '12:15', 'closed', 1, MOURNING],
  ['livestock', 'thanksgiving-friday', '12:15', '12:05', 22, FIVE_MINUTES],
  ['livestock', 'christmas-eve', '12:15', '12:05', 18, FIVE_MINUTES],
  ['livestock', 'independence-eve', '12:15', 'regular', 5, EVE],
  ['livestock', 'other', '12:15', 'regular', 4, EVE],
  ['livestock', 'other', '12:05', 'regular', 1, EVE],
  ['livestock', 'juneteenth', 'closed', 'regular', 7, JUNETEENTH],
  ['livestock', 'juneteenth-friday', 'closed', 'regular', 2, JUNETEENTH],
  ['crypto-futures', 'christmas', 'closed', 'regular', 1, CHRISTMAS_1998],
  ['crypto-futures', 'good-friday-jobs', '08:15', 'closed', 5, JOBS],
  ['crypto-futures', 'independence-eve', 'regular', '12:15', 6, COINS_EVE],
  ['crypto-futures', 'good-friday', 'closed', '10:15', 6, ALWAYS_SHORT],
  ['crypto-futures', 'christmas-eve', '12:45', '12:15', 5, SINCE_2025],
  ['crypto-futures', 'independence-friday', '12:00', 'regular', 2, ON_FRIDAY],
  ['crypto-futures', 'thanksgiving-friday', '13:45', '12:45', 6, SINCE_2025],
  ['crypto-futures', 'juneteenth-friday', '12:00', 'regular', 2, ON_FRIDAY],
];

/** Date → `closed` or the time of an early close; of a family of the published calendars. */
function published(family: Family): ReadonlyMap<string, string> | undefined {
  const { closed, early } = golden.families[family] ?? {};
  if (closed === undefined || early === undefined) return undefined;
  const says = new Map(closed.split(' ').map((date) => [date, 'closed']));
  for (const [time, dates] of Object.entries(early)) for (const date of dates.split(' ')) says.set(date, time);
  return says;
}

test('what differs from the published calendars is known, each with its reason', () => {
  const found = new Map<string, number>();
  for (const family of FAMILIES) {
    const says = published(family);
    if (!says) continue;
    const close = familyHours(family).sessions.at(-1)?.[1] ?? '';
    for (let date = golden.from; date <= golden.to; date = addDays(date, 1)) {
      if (!isWeekday(date)) continue;
      const { kind, at = close } = dayHours(family, date);
      const ours = kind === 'closed' ? 'closed' : at < close ? at : 'regular';
      const theirs = says.get(date) ?? 'regular';
      const key = [family, dayName(date) ?? 'other', ours, theirs].join(' ');
      if (ours !== theirs) found.set(key, (found.get(key) ?? 0) + 1);
    }
  }
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(KNOWN.map(([family, day, ours, theirs, count]) => [[family, day, ours, theirs].join(' '), count])));
  for (const [, , , , , why] of KNOWN) expect(why.length).toBeGreaterThan(20);
});

test('the published calendars cover 33 years of the families that have one', () => {
  expect([golden.from, golden.to]).toEqual(['1998-01-01', '2030-12-31']);
  expect(Object.keys(golden.families).sort()).toEqual(['crypto-futures', 'currencies', 'equity-index', 'grains', 'livestock', 'metals-energy', 'rates', 'us-equities']);
  expect(golden.versions).toEqual({ exchange_calendars: '4.13.2', pandas_market_calendars: '5.5.0' });
  // The New York Stock Exchange has no difference at all, so its row is worth having.
  expect(published('us-equities')?.size).toBeGreaterThan(350);
});
