// What the source of the calendar misses or has wrong, by family: `regular`, `closed`, or `early`, `halts`, `opens` and a time of the
// family's zone. Each was looked at where the test against other calendars showed a difference; `why` says who knows better.

const SANDY = 'CME Group, notices of 2012-10-28 and 29 (hurricane Sandy)';
const BUSH = 'CME Group, press release of 2018-12-02 (day of mourning): equity index to 8:30 Central, rates closed, all else regular';
const CARTER = 'CME Group, press release of 2024-12-30 (day of mourning): equity index to 8:30, rates and agriculture to 12:15 Central, all else regular';
const JULY_3 = 'The day before 4 July: 12:15 Central as in 2017 to 2019 and 2025; DTN, service hours of July 2024';
const DAY_AFTER_2024 = 'The Friday after Thanksgiving 2024, which the source lacks: hours as in 2023 (pandas_market_calendars 5.5.0)';

export const MENDED = {
  'equity-index': [
    { date: '2012-10-29', is: 'early 09:15', why: SANDY },
    { date: '2012-10-30', is: 'early 09:15', why: SANDY },
    { date: '2018-12-05', is: 'early 09:30', why: BUSH },
    { date: '2023-07-03', is: 'early 13:15', why: JULY_3 },
    { date: '2024-07-03', is: 'early 13:15', why: JULY_3 },
    { date: '2024-11-29', is: 'early 13:15', why: DAY_AFTER_2024 },
    { date: '2025-01-09', is: 'early 09:30', why: CARTER },
  ],
  currencies: [
    { date: '2018-12-05', is: 'regular', why: BUSH },
    { date: '2024-11-29', is: 'early 12:15', why: DAY_AFTER_2024 },
  ],
  rates: [
    { date: '2011-05-30', is: 'halts 12:00', why: 'Every other holiday of 2009 to 2013 halts at 12:00; 10:30 is the time of the equity index' },
    { date: '2012-10-29', is: 'early 11:00', why: SANDY },
    { date: '2018-12-05', is: 'closed', why: BUSH },
    { date: '2024-11-29', is: 'early 12:15', why: DAY_AFTER_2024 },
    { date: '2025-01-09', is: 'early 12:15', why: CARTER },
  ],
  'metals-energy': [
    { date: '2018-12-05', is: 'regular', why: BUSH },
    { date: '2024-11-29', is: 'early 13:45', why: DAY_AFTER_2024 },
    { date: '2025-01-09', is: 'regular', why: CARTER },
  ],
  grains: [
    { date: '2018-12-05', is: 'regular', why: BUSH },
    { date: '2024-01-02', is: 'regular', why: 'Listed as closed for its missing evening session; the day session was held' },
    { date: '2024-11-29', is: 'early 12:05', why: DAY_AFTER_2024 },
    { date: '2025-01-09', is: 'early 12:15', why: CARTER },
  ],
  livestock: [
    { date: '2018-12-05', is: 'regular', why: BUSH },
    { date: '2024-11-29', is: 'early 12:05', why: DAY_AFTER_2024 },
    { date: '2024-12-24', is: 'early 12:15', why: 'As in 2025 and 2026; the source lacks it (pandas_market_calendars 5.5.0 has it at 12:05)' },
    { date: '2025-01-09', is: 'early 12:15', why: CARTER },
  ],
  'crypto-futures': [
    { date: '2018-02-19', is: 'halts 12:00', why: 'Presidents’ Day 2018, listed as closed from the floor’s holidays; CME halted as on the other Mondays of 2018' },
    { date: '2018-12-05', is: 'regular', why: BUSH },
    { date: '2024-11-29', is: 'early 12:45', why: DAY_AFTER_2024 },
  ],
  'us-equities': [],
};
