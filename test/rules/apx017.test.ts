/** APX017: a day's money that resets at midnight, while the account's trading day begins at another time. */
import { wrongDayBorder } from '../../src/guardians/compliance/rules/apx017-wrong-day-border.ts';
import { APEX, fires, FTMO, silent } from './apx-samples.ts';
import { ruleTester } from './rule-tester.ts';

const MQ = { path: 'ea.mq5' };
const TS = { path: 'risk.ts' };
const TOPSTEP = { ...APEX, id: 'ts-1', pack: 'topstep', phase: 'evaluation' as const };

const IMPORTS = 'from datetime import date, datetime, timedelta, timezone\nfrom zoneinfo import ZoneInfo\n\nET = ZoneInfo("America/New_York")\n\n\n';
/** A guard that compares a day with the one it keeps. */
const guard = (today: string, { test = 'today != self.day', body = 'self.daily_pnl = 0.0', more = '' }: { readonly test?: string; readonly body?: string; readonly more?: string } = {}): string =>
  `${IMPORTS}class Guard:\n    def check(self, ts, balance):\n        today = ${today}\n${more}        if ${test}:\n            self.day = today\n            ${body}\n`;
const expert = (fill: string, test: string, body = 'g_dailyLoss = 0;'): string => `double g_dailyLoss = 0; double g_dayStartBalance; int g_lastDay; datetime g_day;\nvoid CheckDay()\n{\n   ${fill}\n   if(${test})\n   {\n      ${body}\n   }\n}\nvoid OnTick() { CheckDay(); }\n`;
const DAY_OF = 'int DayOf(datetime t)\n{\n   MqlDateTime s; TimeToStruct(t, s);\n   return s.day_of_year;\n}\n';
const STRUCT = 'MqlDateTime dt; TimeToStruct(TimeCurrent(), dt);';
const script = (key: string, test = '«today !== this.day»', body = 'this.dailyPnl = 0;'): string => `export class Guard {\n  private day = '';\n  private dailyPnl = 0;\n  check(): void {\n    const today = ${key};\n    if (${test}) {\n      this.day = today;\n      ${body}\n    }\n  }\n}\n`;

ruleTester(wrongDayBorder, {
  valid: [
    silent('shifted by six hours', guard('(datetime.now(ET) + timedelta(hours=6)).date()')),
    silent('shifted through a name', guard('shifted.date()').replace('        today', '        shifted = datetime.now(ET) + timedelta(hours=6)\n        today')),
    silent('moved on in the evening', guard('datetime.now(ET).date()', { more: '        if datetime.now(ET).hour >= 18:\n            today = today + timedelta(days=1)\n' })),
    silent('a helper that knows the session', `${guard('trade_day(ts)')}\n\ndef trade_day(ts):\n    now = ts.astimezone(ET)\n    return (now + timedelta(days=1)).date() if now.hour >= 18 else now.date()\n`),
    silent('a helper of another file', guard('calendar.trade_date(ts)')),
    silent('a session\'s own date', guard('session_open.date()')),
    silent('a name for a file', guard('datetime.now(timezone.utc).date()', { body: 'self.path = f"log-{today}.csv"' })),
    silent('calls of an interface', guard('datetime.now(timezone.utc).date()', { body: 'self.daily_api_calls = 0' })),
    silent('the high of the day', guard('datetime.now(timezone.utc).date()', { body: 'self.day_high = 0.0' })),
    silent('a report at an hour', guard('datetime.now(timezone.utc).date()', { test: 'ts.hour == 21 and today != self.day', body: 'self.daily_pnl = 0.0' })),
    silent('a list for a report', guard('datetime.now(ET).date()', { body: 'trades_today = [t for t in self.trades if t.day == today]' })),
    silent('a compare that finds the trades of a day', `${IMPORTS}def summary(trades):\n    daily_pnl = 0\n    for trade in trades:\n        if trade.ts.date() == date.today():\n            daily_pnl += trade.pnl\n    return daily_pnl\n`),
    silent('midnight in Paris is the evening in New York', guard('datetime.now(ZoneInfo("Europe/Paris")).date()')),
    silent('a day in Prague', guard('datetime.now(ZoneInfo("Europe/Prague")).date()'), { accounts: [FTMO] }),
    silent('this computer may be in Prague', guard('datetime.now().date()'), { accounts: [FTMO] }),
    silent('a back-test', guard('datetime.now(timezone.utc).date()'), { path: 'backtest/guard.py' }),
    silent('test code', guard('datetime.now(timezone.utc).date()'), { role: 'test' }),
    silent('an opening range', expert(STRUCT, 'dt.day != g_lastDay', 'g_lastDay = dt.day; g_rangeHigh = 0;'), MQ),
    silent('a new bar', expert('datetime bar = iTime(_Symbol, PERIOD_H1, 0);', 'bar != g_day'), MQ),
    silent('an expert that shifts', expert('MqlDateTime dt; TimeToStruct(TimeGMT() + 2 * 3600, dt);', 'dt.day != g_lastDay'), MQ),
    silent('a day that a helper takes of a shifted time', `${DAY_OF}${expert('int today = DayOf(TimeGMT() + 2 * 3600);', 'today != g_lastDay')}`, MQ),
    silent('a day that a helper takes, for a range', `${DAY_OF}${expert('int today = DayOf(TimeCurrent());', 'today != g_lastDay', 'g_lastDay = today; g_rangeHigh = 0;')}`, MQ),
    silent('a history of a week', 'double WeekProfit()\n{\n   HistorySelect(iTime(_Symbol, PERIOD_D1, 0), TimeCurrent());\n   return 0;\n}\n', MQ),
    silent('TypeScript: shifted', script('new Date(Date.now() + 6 * 3600_000).toISOString().slice(0, 10)', 'today !== this.day'), TS),
    silent('TypeScript: shown', script('new Date().toDateString()', 'today !== this.day', 'this.label = today;'), TS),
  ],
  invalid: [
    fires('UTC', guard('datetime.now(timezone.utc).date()', { test: '«today != self.day»' }), {
      messageId: 'shifted', severity: 'warning', layer: 'firm', account: 'apex-1', related: ['guard.py:12 set back here'],
      message: 'daily_pnl resets at midnight UTC, the trading day begins 18:00 ET for account apex-1: evening losses count in the wrong day. Take the date of ET + timedelta(hours=6).',
      evidence: { dayStart: '18:00 America/New_York', border: 'midnight UTC' },
    }, { path: 'guard.py' }),
    fires('New York\'s midnight', guard('datetime.now(ET).date()', { test: '«today != self.day»' }), { messageId: 'shifted', message: /^daily_pnl resets at midnight in New York/ }),
    fires('this computer\'s', guard('datetime.now().strftime("%Y-%m-%d")', { test: '«self.day != today»' }), { messageId: 'shifted', message: /at this computer's midnight/ }),
    fires('date.today()', guard('date.today().isoformat()', { test: '«today != self.day»' }), { messageId: 'shifted', message: /at this computer's midnight/ }),
    fires('a time of no known zone', guard('ts.date()', { test: '«today != self.day»' }), { messageId: 'shifted', message: /resets at midnight, the trading/ }),
    fires('without a name', guard('0', { test: '«datetime.now(timezone.utc).date() != self.day»' }), { messageId: 'shifted' }),
    fires('beside a first run', guard('datetime.now(timezone.utc).date()', { test: 'self.day is None or «today != self.day»' }), { messageId: 'shifted' }),
    fires('the balance of the day\'s start', guard('datetime.now(timezone.utc).date()', { test: '«today != self.day»', body: 'self.day_start_balance = balance' }), { messageId: 'shifted', message: /^day_start_balance resets at/ }),
    fires('a function of the class', `${guard('datetime.now(timezone.utc).date()', { test: '«today != self.day»', body: 'self._roll()' })}\n    def _roll(self):\n        self.trades_today = 0\n`, { messageId: 'shifted', message: /^trades_today resets at/ }),
    fires('a manager of another file', guard('datetime.now(timezone.utc).date()', { test: '«today != self.day»', body: 'self.risk.reset_daily()' }), { messageId: 'shifted', message: /^risk\.reset_daily resets at/ }),
    fires('an early return', `${IMPORTS}class Guard:\n    def check(self):\n        today = datetime.now(timezone.utc).date()\n        if «today == self.day»:\n            return\n        self.day = today\n        self.daily_loss = 0.0\n`, { messageId: 'shifted' }),
    fires('at midnight sharp', `${IMPORTS}async def watch(state):\n    while True:\n        now = datetime.now(ET)\n        if «now.hour == 0» and now.minute == 0:\n            state.daily_pnl = 0.0\n`, { messageId: 'shifted' }),
    fires('by a schedule', `import schedule\n\n\ndef roll():\n    state.daily_pnl = 0.0\n\n\nschedule.every().day.at(«"00:00"»).do(roll)\n`, { messageId: 'shifted' }),
    fires('two places, one counter', `${guard('datetime.now(timezone.utc).date()', { test: '«today != self.day»' })}\n    def other(self):\n        today = datetime.now(timezone.utc).date()\n        if today != self.day:\n            self.daily_pnl = 0.0\n`, { messageId: 'shifted', related: [/set back here$/, /the same here$/] }),
    fires('Topstep', guard('datetime.now(timezone.utc).date()', { test: '«today != self.day»' }), { messageId: 'shifted', message: /begins 17:00 CT for account ts-1: .* CT \+ timedelta\(hours=7\)\.$/ }, { accounts: [TOPSTEP] }),
    fires('UTC under FTMO', guard('datetime.now(timezone.utc).date()', { test: '«today != self.day»' }), {
      messageId: 'zone', severity: 'warning', account: 'ftmo-1', message: 'daily_pnl resets at midnight UTC, the trading day begins 00:00 Prague for account ftmo-1: hours of loss count in the wrong day. Take the date in Prague.',
    }, { accounts: [FTMO] }),
    fires('the broker\'s day under FTMO', expert(STRUCT, '«dt.day != g_lastDay»'), { messageId: 'zone', severity: 'info' }, { ...MQ, accounts: [FTMO] }),
    fires('without an account', guard('datetime.now(timezone.utc).date()', { test: '«today != self.day»' }), { messageId: 'shifted', severity: 'info', layer: 'house', message: /begins 18:00 ET \(house limit; no account chosen\): / }, { accounts: [] }),
    fires('an expert', expert(STRUCT, '«g_lastDay != dt.day»'), { messageId: 'shifted', message: /^g_dailyLoss resets at the broker's midnight, .* Take the date of ET \+ 6 \* 3600\.$/ }, MQ),
    fires('the day of the chart', expert('datetime today = iTime(_Symbol, PERIOD_D1, 0);', '«today != g_day»', 'g_day = today; g_dayStartBalance = AccountInfoDouble(ACCOUNT_BALANCE);'), { messageId: 'shifted', message: /^g_dayStartBalance/ }, MQ),
    fires('a text of the date', expert('string today = TimeToString(TimeGMT(), TIME_DATE);', '«today != g_text»'), { messageId: 'shifted', message: /midnight UTC/ }, MQ),
    fires('a day that a helper takes of the time it is handed', `${DAY_OF}int Opened() { return DayOf(PositionGetInteger(POSITION_TIME)); }\n${expert('int today = DayOf(TimeCurrent());', '«today != g_lastDay»', 'g_lastDay = today; g_dayStartBalance = AccountInfoDouble(ACCOUNT_EQUITY);')}`, { messageId: 'shifted', message: /^g_dayStartBalance resets at the broker's midnight/ }, MQ),
    fires('a division', expert('long today = TimeCurrent() / 86400;', '«today != g_lastDay»'), { messageId: 'shifted' }, MQ),
    fires('MQL4', 'double dailyProfit; int lastDay;\nvoid start()\n{\n   if(«TimeDay(TimeCurrent()) != lastDay») { lastDay = TimeDay(TimeCurrent()); dailyProfit = 0; }\n}\n', { messageId: 'shifted' }, { path: 'ea.mq4' }),
    fires('the day\'s history', 'double TodayProfit()\n{\n   datetime from = StringToTime(TimeToString(TimeCurrent(), TIME_DATE));\n   HistorySelect(«from», TimeCurrent());\n   return 0;\n}\n', { messageId: 'history', related: ['ea.mq5:1 counts the day'], message: /^TodayProfit counts from the broker's midnight, the trading day begins 18:00 ET for account apex-1: .* Begin at 18:00 ET\.$/ }, MQ),
    fires('TypeScript', script('new Date().toDateString()'), { messageId: 'shifted', message: /this computer's midnight, .* Take the date of ET \+ 6 h\.$/ }, TS),
    fires('TypeScript: UTC', script('new Date().toISOString().slice(0, 10)'), { messageId: 'shifted', message: /midnight UTC/ }, TS),
    fires('TypeScript: split', script('new Date().toISOString().split(\'T\')[0]'), { messageId: 'shifted', message: /midnight UTC/ }, TS),
    fires('TypeScript: the day of the month', script('new Date().getUTCDate()'), { messageId: 'shifted' }, TS),
    fires('TypeScript: New York\'s date', script('new Date().toLocaleDateString(\'en-US\', { timeZone: \'America/New_York\' })'), { messageId: 'shifted', message: /midnight in New York/ }, TS),
    fires('TypeScript: a helper', `${script('dayKey()')}function dayKey(): string {\n  return new Date().toISOString().slice(0, 10);\n}\n`, { messageId: 'shifted', message: /midnight UTC/ }, TS),
    fires('JavaScript: a schedule', 'import cron from \'node-cron\';\nlet dailyPnl = 0;\nfunction roll() { dailyPnl = 0; }\ncron.schedule(«\'0 0 * * *\'», roll, { timezone: \'America/New_York\' });\n', { messageId: 'shifted', message: /midnight in New York/ }, { path: 'risk.js' }),
  ],
});
