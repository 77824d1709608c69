/** APX020: a fixed cut-off in a project that does not know half-days. */
import { noHalfDays } from '../../src/guardians/compliance/rules/apx020-no-half-days.ts';
import { APEX, fires, FTMO, handler, silent } from './apx-samples.ts';
import { ruleTester } from './rule-tester.ts';

const CLOSE = 'self.close_all_positions()';
const FIXED = handler(`if datetime.now(ET).time() >= «time(16, 55)»:\n    ${CLOSE}`);
const plain = (code: string): string => code.replace(/[«»]/g, '');
const trading = (...products: readonly string[]): { readonly accounts: readonly (typeof APEX)[] } => ({ accounts: [{ ...APEX, products }] });

/** Five days before the half-day after Thanksgiving, and three weeks. */
const SOON = { asOf: '2026-11-22' };
const LATER = { asOf: '2026-11-04' };

const EXPERT = `#include <Trade/Trade.mqh>
CTrade trade;
void OnTick()
{
   MqlDateTime ny;
   ToNewYork(ny);
   if(«ny.hour * 60 + ny.min >= 16 * 60 + 50») CloseAllPositions();
}
`;
const SCRIPT = `const NEW_YORK = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

export async function onTick(broker: Broker): Promise<void> {
  const et = NEW_YORK.format(new Date());
  if (et >= «'16:55'») await broker.closeAllPositions();
}
`;
const SETTING = 'session:\n  timezone: America/New_York\n  flatten_at: "«16:55»"\n';
const script = { path: 'bot.ts' };
const yaml = { path: 'config.yaml' };
const beside = (path: string, text: string, code = FIXED, own = 'bot.py') => ({ files: { [own]: plain(code), [path]: text }, trading: 'assume' as const });

ruleTester(noHalfDays, {
  valid: [
    silent('overnight allowed', plain(FIXED), { accounts: [FTMO], ...SOON }),
    silent('overnight allowed, with a time of the user\'s own', plain(FIXED), { accounts: [{ ...FTMO, products: ['ES'], limits: { flatBy: '16:59' } }], ...SOON }),
    silent('before every close of the year', handler(`if datetime.now(ET).time() >= time(9, 0):\n    ${CLOSE}`), SOON),
    silent('a weekly cut-off', handler(`now = datetime.now(ET)\nif now.weekday() == 4 and now.time() >= time(16, 50):\n    ${CLOSE}`), SOON),
    silent('coins, which have no early close', plain(FIXED), { ...trading('BTCUSDT'), ...SOON }),
    silent('too late on every day is APX004\'s', handler(`if datetime.now(ET).time() >= time(17, 30):\n    ${CLOSE}`), SOON),
    silent('a wrong clock is APX005\'s', handler(`if datetime.now().time() >= time(16, 55):\n    ${CLOSE}`), SOON),
    silent('no new trades', handler('if datetime.now(ET).time() >= time(16, 45):\n    return\nself.enter_long()'), SOON),
    silent('only a log', handler('if datetime.now(ET).time() >= time(16, 45):\n    self.log.info("soon")'), SOON),
    silent('a name for entries', 'session:\n  timezone: America/New_York\n  last_entry_time: "16:45"\n', { ...yaml, ...SOON }),
    silent('an hour of the exchange', 'session:\n  timezone: America/New_York\n  market_close: "16:55"\n', { ...yaml, ...SOON }),
    silent('a time without a zone, hours before the deadline', 'session:\n  flatten_at: "15:10"\n', { ...yaml, ...SOON }),
    silent('a table of its own', `EARLY_CLOSES = {"2026-11-27": "13:10"}\n${plain(FIXED)}`, SOON),
    silent('a package of calendars', `import pandas_market_calendars as mcal\n${plain(FIXED)}`, SOON),
    silent('the broker says when it closes', `${plain(FIXED)}\n\ndef close_at(api):\n    return api.get_clock().next_close\n`, SOON),
    silent('a script with a calendar', `import { isHoliday } from 'nyse-holidays';\n${plain(SCRIPT)}`, { ...script, ...SOON }),
    silent('an expert that asks for the sessions', `datetime from, to;\nbool known = SymbolInfoSessionTrade(_Symbol, FRIDAY, 0, from, to);\n${plain(EXPERT)}`, { path: 'expert.mq5', ...SOON }),
    silent('an expert without an account', plain(EXPERT), { path: 'expert.mq5', accounts: [], ...SOON }),
    { name: 'a calendar in another file', ...beside('desk/days.py', 'HALF_DAYS = ["2026-11-27"]\n'), accounts: [APEX], ...SOON },
    { name: 'holidays in the configuration', ...beside('config/days.yaml', 'holidays:\n  - 2026-11-27\n'), accounts: [APEX], ...SOON },
    { name: 'a setting beside a calendar in code', ...beside('desk/days.py', 'HALF_DAYS = ["2026-11-27"]\n', SETTING, 'config.yaml'), accounts: [APEX], ...SOON },
  ],
  invalid: [
    fires('seven days before', FIXED, {
      messageId: 'early', severity: 'error', layer: 'firm', account: 'apex-1', related: ['strategy.py:10 closes positions'],
      message: 'Fri 27 Nov: ES stops 13:15 ET (12:15 CT). This flattens 16:55, after the close; the position stays to Sunday 18:00 for account apex-1. Flat in time 249 of 252 days. Ask a calendar.',
      evidence: { date: '2026-11-27', close: '2026-11-27T18:15:00.000Z', products: 'ES', said: 'table', cutoff: '16:55', proof: 'flat in time 249 of 252 days', failing: '2026-04-03, 2026-11-27, 2026-12-24' },
    }, SOON),
    fires('eight days before', FIXED, { messageId: 'early', severity: 'warning' }, { asOf: '2026-11-19' }),
    fires('on the seventh day', FIXED, { messageId: 'early', severity: 'error' }, { asOf: '2026-11-20' }),
    fires('on the day itself', FIXED, { messageId: 'early', severity: 'error' }, { asOf: '2026-11-27' }),
    fires('the day after', FIXED, { messageId: 'early', severity: 'warning', message: /^Thu 24 Dec: ES stops 13:15 ET \(12:15 CT\)\. This flattens 16:55, after the close; the position stays to Sunday 18:00/ }, { asOf: '2026-11-28' }),
    fires('several products', FIXED, {
      messageId: 'early', message: 'Fri 27 Nov: GC stops 14:45 ET (13:45 CT), ES 13:15 ET (12:15 CT). This flattens 16:55, after the close; the position stays to Sunday 18:00 for account apex-1. Flat in time 249 of 252 days.',
    }, { ...trading('GC', 'ES'), ...LATER }),
    fires('products that stop together', FIXED, { messageId: 'early', message: /^Fri 27 Nov: MES and NQ stop 13:15 ET/ }, { ...trading('MES', 'NQ'), ...LATER }),
    fires('only the one that stops before', handler(`if datetime.now(ET).time() >= «time(14, 0)»:\n    ${CLOSE}`), { messageId: 'early', message: /^Fri 27 Nov: ES stops 13:15 ET/, evidence: { products: 'ES' } }, { ...trading('GC', 'ES'), ...LATER }),
    fires('Chicago\'s clock', handler(`if datetime.now(ZoneInfo("America/Chicago")).time() >= «time(15, 50)»:\n    ${CLOSE}`), {
      messageId: 'early', message: /^Fri 27 Nov: ES stops 13:15 ET \(12:15 CT\)\. This flattens 15:50 CT, after the close/, evidence: { zone: 'America/Chicago' },
    }, LATER),
    fires('the house\'s limit', FIXED, {
      messageId: 'unnamed', severity: 'info', layer: 'house',
      message: 'Fri 27 Nov: ES stops 13:15 ET (12:15 CT). This flattens 16:55, after the close; the position stays to Sunday 18:00 (house limit; no account chosen). Name the products that are traded.',
    }, { accounts: [], ...SOON }),
    fires('an account without products', FIXED, { messageId: 'unnamed', severity: 'info', account: 'apex-1' }, { ...trading(), ...SOON }),
    fires('a product whose day ends before the cut-off', FIXED, {
      messageId: 'regular', severity: 'error',
      message: 'ZC stops 14:20 ET (13:20 CT), every day. This flattens 16:55, after the close; the position stays to Wednesday 20:00 for account apex-1. Flat in time 0 of 251 days. Flatten before it.',
    }, { ...trading('ZC'), ...LATER }),
    fires('a time of the workspace', FIXED, { messageId: 'early', severity: 'error', message: /^Tue 1 Dec: ES stops 12:00 ET/, evidence: { said: 'workspace' } }, { accounts: [{ ...APEX, calendars: { ES: { earlyCloses: { '2026-12-01': '12:00' } } } }], asOf: '2026-11-28' }),
    fires('the workspace says that the next one is whole', FIXED, { messageId: 'early', severity: 'warning', message: /^Thu 24 Dec: / }, { accounts: [{ ...APEX, calendars: { ES: { earlyCloses: { '2026-11-27': '17:00' } } } }], ...SOON }),
    fires('beyond the table it is no error', FIXED, { messageId: 'early', severity: 'warning', evidence: { said: 'pattern' } }, { asOf: '2039-11-22' }),
    fires('a holiday in a comment is no calendar', FIXED.replace('class Bot', '# TODO: holidays and half days\nclass Bot'), { messageId: 'early' }, SOON),
    fires('one finding, and the others beside it', `${FIXED}\n    def on_timer(self, event):\n        if datetime.now(ET).time() >= time(16, 50):\n            ${CLOSE}\n`, {
      messageId: 'early', related: ['strategy.py:10 closes positions', 'strategy.py:13 the same here'],
    }, SOON),
    fires('a constant, where it is written', handler(`if datetime.now(ET).time() >= FLAT:\n    ${CLOSE}`).replace('class Bot', 'FLAT = «time(16, 55)»\n\n\nclass Bot'), { messageId: 'early' }, SOON),
    fires('a script', SCRIPT, { messageId: 'early', severity: 'error' }, { ...script, ...SOON }),
    fires('an expert', EXPERT, { messageId: 'early', severity: 'error' }, { path: 'expert.mq5', ...SOON }),
    fires('a setting', SETTING, { messageId: 'early', severity: 'error' }, { ...yaml, ...SOON }),
    fires('a setting without a zone, in the last hour', 'session:\n  flatten_at: "«16:40»"\n', { messageId: 'early' }, { ...yaml, ...SOON }),
    {
      name: 'a calendar in another language serves nobody here', accounts: [APEX], ...SOON, ...beside('desk/days.py', 'HALF_DAYS = ["2026-11-27"]\n', SCRIPT, 'bot.ts'),
      files: { 'bot.ts': SCRIPT, 'desk/days.py': 'HALF_DAYS = ["2026-11-27"]\n' }, findings: [{ file: 'bot.ts', messageId: 'early' }],
    },
    {
      name: 'what the policy says of trading days no bot reads', accounts: [APEX], ...SOON, trading: 'assume',
      files: { 'bot.py': FIXED, 'tickguard.json': '{ "calendars": { "ES": { "earlyCloses": { "2026-12-31": "13:00" } } } }\n' }, findings: [{ file: 'bot.py', messageId: 'early' }],
    },
  ],
});
