// Writes src/core/time/hours.json, the table of regular hours, holidays and early closes, from QuantConnect/Lean's
// market-hours-database.json (Apache-2.0), which a developer has downloaded:
//   node scripts/calendar.mjs FILE --commit HASH --date YYYY-MM-DD [--output FILE]
// The same file gives the same table, byte for byte. What the source misses or has wrong is mended here, each with its reason.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MENDED = JSON.parse(readFileSync(join(import.meta.dirname, 'lib', 'calendar-mended.json'), 'utf8')).families;
const TARGET = join(import.meta.dirname, '..', 'src', 'core', 'time', 'hours.json');
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Families of products that share hours, and the entries of the source they are read from: the first has the say. */
const FAMILIES = {
  'equity-index': { entries: ['Future-cme-ES'], common: 'Future-cme-[*]', dayStart: '18:00', from: '2009-01-01', to: '2026-12-31' },
  currencies: { entries: ['Future-cme-6E'], common: 'Future-cme-[*]', dayStart: '17:00', from: '2009-01-01', to: '2026-12-31' },
  rates: { entries: ['Future-cbot-ZN'], common: 'Future-cme-[*]', dayStart: '17:00', from: '2009-01-01', to: '2026-12-31' },
  'metals-energy': { entries: ['Future-nymex-CL'], common: 'Future-nymex-[*]', dayStart: '18:00', from: '2009-01-01', to: '2026-12-31' },
  grains: { entries: ['Future-cbot-ZC'], common: 'Future-cbot-[*]', dayStart: '19:00', from: '2012-01-01', to: '2026-12-31', lateAfterHolidays: true },
  livestock: { entries: ['Future-cme-LE'], common: 'Future-cbot-[*]', dayStart: '00:00', from: '2012-01-01', to: '2026-12-31' },
  // CME announced trading around the clock from 2026-05-29 on; the source has not taken it up.
  'crypto-futures': { entries: ['Future-cme-BTC'], common: 'Future-cme-[*]', dayStart: '17:00', from: '2018-01-01', to: '2026-12-31', certainTo: '2026-05-28' },
  'us-equities': { entries: ['Equity-usa-[*]'], dayStart: '00:00', from: '1998-01-01', to: '2028-12-31', ownDays: true },
  // Dealers close on these two days alone; what they do around them differs from one to the next.
  'spot-currencies': { entries: ['Forex-oanda-[*]'], dayStart: '17:00', rules: { 'new-year': 'closed', christmas: 'closed' } },
  // Dealers in spot gold stop with the metals futures on American holidays (seen in a year of MetaTrader bars), each a trade date of its own.
  'spot-metals': { entries: ['Cfd-oanda-XAUUSD'], dayStart: '18:00', follows: 'metals-energy' },
  crypto: { entries: ['Crypto-coinbase-[*]'], dayStart: '00:00', weekends: true },
};

const [file, ...rest] = process.argv.slice(2);
const option = (name) => rest[rest.indexOf(name) + 1];
if (file === undefined || !rest.includes('--commit') || !rest.includes('--date')) {
  console.error('Usage: node scripts/calendar.mjs market-hours-database.json --commit HASH --date YYYY-MM-DD [--output FILE]');
  process.exit(2);
}
const { entries } = JSON.parse(readFileSync(file, 'utf8'));
const exchange = new Set(dates(entries['Equity-usa-[*]'].holidays));

const table = {
  source: {
    repository: 'https://github.com/QuantConnect/Lean', path: 'Data/market-hours/market-hours-database.json',
    commit: option('--commit'), date: option('--date'), licence: 'Apache-2.0',
    notice: 'Hours, holidays and early closes are facts tabulated from QuantConnect/Lean, Copyright QuantConnect Corporation, licensed under the Apache License 2.0; mended where scripts/lib/calendar-mended.json says so.',
  },
  families: Object.fromEntries(Object.entries(FAMILIES).map(([id, family]) => [id, tabulate(id, family)])),
};
writeFileSync(rest.includes('--output') ? option('--output') : TARGET, `${JSON.stringify(table, undefined, 1)}\n`);

/** One family: zone, regular sessions of a trade date, and the dates that differ. */
function tabulate(id, family) {
  const main = entries[family.entries[0]];
  const sessions = regular(main);
  const result = { zone: main.exchangeTimeZone, dayStart: family.dayStart, ...(family.weekends ? { weekends: true } : {}), sessions, ...(family.rules ? { rules: family.rules } : {}), ...(family.follows ? { follows: family.follows } : {}) };
  if (family.from === undefined) return result;
  const days = exceptions(family, sessions);
  for (const { date, is } of MENDED[id] ?? []) {
    days.delete(date);
    if (is !== 'regular') days.set(date, is);
  }
  const out = { closed: [], halts: {}, early: {}, opens: {} };
  if (family.lateAfterHolidays) for (const date of lateOpens(days, main)) if (date >= family.from && date <= family.to) (out.opens[sessions[1][0]] ??= []).push(date);
  for (const [date, is] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (date < family.from || date > family.to) continue;
    if (is === 'closed') out.closed.push(date);
    else {
      const [kind, time] = is.split(' ');
      (out[kind][time] ??= []).push(date);
    }
  }
  const packed = (groups) => Object.fromEntries(Object.entries(groups).sort(([a], [b]) => (a < b ? -1 : 1)).map(([time, list]) => [time, list.join(' ')]));
  return { ...result, from: family.from, to: family.to, ...(family.certainTo ? { certainTo: family.certainTo } : {}), closed: out.closed.join(' '), halts: packed(out.halts), early: packed(out.early), opens: packed(out.opens) };
}

/**
 * Dates that differ, by what happens on them: `closed`; `halts T`: trading stops at T and the day has no trade date of its own, so
 * that what was traded belongs to the next; `early T`: the trade date ends at T.
 */
function exceptions(family, sessions) {
  const main = entries[family.entries[0]];
  const common = family.common === undefined ? {} : entries[family.common];
  const close = sessions.at(-1)[1];
  const early = new Map(Object.entries(main.earlyCloses ?? {}).map(([date, time]) => [iso(date), time.slice(0, 5)]));
  const bank = new Set(dates(main.bankHolidays));
  const days = new Map();
  const closed = [...dates(main.holidays), ...dates(common.holidays)];
  // A holiday on which the source tells no halt is a closed one, save days on which only banks or the trading floor rested:
  // Columbus and Veterans Day, and New Year's Eve where New Year is a Saturday.
  for (const date of [...closed, ...bank]) if (family.ownDays || (!/-(?:10-\d\d|11-1[0-2]|12-31)$/.test(date) && !early.has(date))) days.set(date, 'closed');
  for (const [date, time] of early) {
    if (weekend(date)) continue;
    const day = date.slice(5);
    const halt = !family.ownDays && sessions[0][0].startsWith('-') && (bank.has(date) || exchange.has(date)) && !goodFriday(date);
    if (halt && (day === '12-25' || day === '01-01')) days.set(date, 'closed');
    else if (halt && day !== '12-31') days.set(date, `halts ${time < close ? time : close}`);
    else if (time < close) days.set(date, `early ${time}`);
  }
  for (const date of [...days.keys()]) if (weekend(date) && !family.weekends) days.delete(date);
  return days;
}

/**
 * Dates without a session on the evening before: after New Year's Day, Thanksgiving, Christmas and a 4 July that is no Monday
 * grains begin with the day session. The source lists some of them; the rule has them all, and the source none that it has not (the script fails else).
 */
function lateOpens(days, main) {
  const after = [...days].filter(([date, is]) => is === 'closed' && /-(?:01-0[12]|07-0[345]|11-2\d|12-2[4-6])$/.test(date) && !(date.includes('-07-') && monday(date))).map(([date]) => nextDay(date)).filter((date) => !weekend(date)).sort();
  const listed = Object.entries(main.lateOpens ?? {}).map(([date, time]) => [iso(date), time.slice(0, 5)]).filter(([date, time]) => time === '08:30' && date >= '2015-01-01');
  const missed = listed.filter(([date]) => !after.includes(date));
  if (missed.length > 0) throw new Error(`Late opens that no rule knows: ${missed.join(', ')}`);
  return after;
}

function monday(date) {
  return new Date(`${date}T00:00Z`).getUTCDay() === 1;
}

function nextDay(date) {
  return new Date(Date.parse(`${date}T00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** Sessions of a trade date, `-18:00` on the evening before: from a Wednesday, with a Tuesday evening where trading goes on past midnight. */
function regular(entry) {
  const segments = (day) => entry[WEEKDAYS[day]].filter(({ state }) => entry !== entries['Equity-usa-[*]'] || state === 'market')
    .map(({ start, end }) => [start.slice(0, 5), end.startsWith('1.') ? '24:00' : end.slice(0, 5)]);
  const joined = (list) => list.reduce((done, [start, end]) => {
    if (done.at(-1)?.[1] === start) done.at(-1)[1] = end;
    else done.push([start, end]);
    return done;
  }, []);
  const today = joined(segments(3));
  const evening = today.at(-1)?.[1] === '24:00' && today.length > 1 ? today.pop() : undefined;
  return evening === undefined ? today : [[`-${evening[0]}`, today[0][1]], ...today.slice(1)];
}

/** `1/19/2026` as `2026-01-19`. */
function iso(text) {
  const [month, day, year] = text.split('/');
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function dates(list) {
  return (list ?? []).map(iso);
}

function weekend(date) {
  return [0, 6].includes(new Date(`${date}T00:00Z`).getUTCDay());
}

/** The Friday before Easter (Meeus' rule): the one holiday of the exchange on which a short session is a trade date of its own. */
function goodFriday(date) {
  const year = Number(date.slice(0, 4));
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const n = h + l - 7 * Math.floor((a + 11 * h + 22 * l) / 451) + 114;
  return new Date(Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1 - 2)).toISOString().slice(0, 10) === date;
}
