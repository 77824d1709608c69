/** APX002: high-water marks and drawdowns from the closed balance. */
import { balanceDrawdown } from '../../src/guardians/compliance/rules/apx002-balance-drawdown.ts';
import type { AccountConfig } from '../../src/core/workspace/config.ts';
import { APEX, fires, FTMO, silent } from './apx-samples.ts';
import { ruleTester } from './rule-tester.ts';

const MQ = { path: 'Experts/ea.mq5' };
const TS = { path: 'src/risk.ts' };
const NAUTILUS = 'from nautilus_trader.trading.strategy import Strategy\n\n\n';
const bot = (body: string): string => `${NAUTILUS}class Bot(Strategy):\n    def on_bar(self, bar):\n${body.split('\n').map((line) => `        ${line}`).join('\n')}\n`;
const tick = (body: string, before = 'double g_peak = 0;'): string => `${before}\nvoid OnTick()\n{\n   ${body.split('\n').join('\n   ')}\n}\n`;
const LEGACY: AccountConfig = { ...APEX, size: 25_000 };

ruleTester(balanceDrawdown, {
  valid: [
    silent('the highest equity', bot('bal = self.portfolio.account(VENUE).balance_total(USD)\neq = bal + self.portfolio.unrealized_pnl(self.instrument_id)\nself.peak = max(self.peak, eq)\nused = self.peak - eq')),
    silent('open profit under another name', bot('acct = self.portfolio.account(VENUE)\nself.peak = max(self.peak, float(acct.balance_total(USD)) + self.open_pnl())')),
    silent('sizing', bot('bal = self.portfolio.account(VENUE).balance_total(USD)\nqty = bal * 0.01 / (self.peak - bar.low)')),
    silent('a peak of balances that sizes orders', 'def lot_size(self):\n    self.peak = max(self.peak, self.account.balance)\n    return self.peak - self.account.balance\n'),
    silent('shown, not compared', 'def show(account, peak):\n    print(peak - account.balance)\n'),
    silent('the reference of the day', 'def new_day(self):\n    self.day_start_balance = self.account.balance\n'),
    silent('a balance nobody can tell', 'def update(self, balance):\n    self.peak = max(self.peak, balance)\n'),
    silent('handed in with open profit', 'class Guard:\n    def update(self, balance):\n        self.peak = max(self.peak, balance)\n\n\ndef run(guard, account):\n    guard.update(account.balance + account.unrealized_pnl)\n'),
    silent('something unknown is added', 'def update(self, account, extra):\n    self.peak = max(self.peak, account.balance + extra)\n'),
    silent('own bookkeeping of a simulation', 'class Sim:\n    def __init__(self, start):\n        self.balance = start\n        self.peak = start\n\n    def fill(self, pnl):\n        self.balance += pnl\n        self.peak = max(self.peak, self.balance)\n'),
    silent('the smaller of balance and equity', 'import MetaTrader5 as mt5\n\n\ndef dd(self):\n    info = mt5.account_info()\n    drawdown = self.peak - min(info.balance, info.equity)\n    return drawdown\n'),
    silent('both are measured', 'import MetaTrader5 as mt5\n\n\ndef dd(self):\n    info = mt5.account_info()\n    self.peak_balance = max(self.peak_balance, info.balance)\n    self.peak_equity = max(self.peak_equity, info.equity)\n'),
    silent('a peak of closes under a fixed floor', tick('g_peak = MathMax(g_peak, AccountInfoDouble(ACCOUNT_BALANCE));'), { ...MQ, accounts: [FTMO] }),
    silent('a report', 'def drawdown_report(account, peak):\n    peak = max(peak, account.balance)\n    return peak - account.balance\n'),
    silent('a back-test', 'def step(account, peak):\n    peak = max(peak, account.balance)\n    return peak\n', { path: 'src/backtest_engine.py' }),
    silent('a test', 'def step(account, peak):\n    peak = max(peak, account.balance)\n', { role: 'test' }),
    silent('a highest balance that scales the risk', tick('double balance = AccountInfoDouble(ACCOUNT_BALANCE);\ng_maxBalance = MathMax(balance, g_maxBalance);\ng_riskAversion = MathExp((g_maxBalance - balance) / (g_maxBalance * 0.02)) - 1.0;', 'double g_maxBalance = 0;\ndouble g_riskAversion = 0;'), MQ),
    silent('a peak price', 'def step(self, account):\n    self.peak_price = max(self.peak_price, account.balance)\n'),
    silent('what was gained', 'def profit(self, account):\n    gained = account.balance - self.initial_balance\n    return gained\n'),
    silent('the highest equity of an expert', tick('double eq = AccountInfoDouble(ACCOUNT_EQUITY);\nif(eq > g_peak) g_peak = eq;'), MQ),
    silent('balance plus floating profit', tick('double now = AccountInfoDouble(ACCOUNT_BALANCE) + AccountInfoDouble(ACCOUNT_PROFIT);\ng_peak = MathMax(g_peak, now);'), MQ),
    silent('lots from the balance', tick('double lots = AccountInfoDouble(ACCOUNT_BALANCE) * 0.01 / 1000;'), MQ),
    silent('open profit is taken off in the same sum', 'def check(self, account):\n    drawdown = self.peak - account.balance - account.open_pnl\n    return drawdown\n'),
    silent('the day starts', tick('if(NewDay()) g_dayStart = AccountInfoDouble(ACCOUNT_BALANCE);', 'double g_dayStart = 0;'), MQ),
    silent('floating loss', tick('double dd = (AccountInfoDouble(ACCOUNT_BALANCE) - AccountInfoDouble(ACCOUNT_EQUITY)) / AccountInfoDouble(ACCOUNT_BALANCE);'), MQ),
    silent('a daily loss where the account has no daily limit', tick('double dailyLoss = g_dayStart - AccountInfoDouble(ACCOUNT_BALANCE);', 'double g_dayStart = 0;'), MQ),
    silent('equity of a script', 'hwm = Math.max(hwm, account.cash + account.openPnl);\n', TS),
    silent('the equity of a script alone', 'export class Guard { private hwm = 0; update(account: any) { this.hwm = Math.max(this.hwm, account.equity); } }\n', TS),
    silent('shown by a script', 'export function show(account: any, peak: number) { console.log(peak - account.balance); }\n', TS),
    silent('suppressed', 'hwm = Math.max(hwm, account.cash); // tickguard: ignore[APX002] this account trails the close\n', TS),
  ],
  invalid: [
    fires('a peak of closed trades', bot('bal = self.portfolio.account(VENUE).balance_total(USD)\nself.peak = max(self.peak, «bal»)\neq = bal + self.portfolio.unrealized_pnl(self.instrument_id)\nused = self.peak - eq'),
      { messageId: 'peak', severity: 'error', layer: 'firm', account: 'apex-1', message: /^775 of room that is not there: a trade up 875 that closes up 100 ends account apex-1 at 48,875; a peak of closed balances says 48,100\. Add open profit\.$/, related: [/closed balance is read here/] }),
    fires('at another size', bot('self.peak = max(self.peak, «self.portfolio.account(VENUE).balance_total(USD).as_double()»)'), { messageId: 'peak', message: /ends account apex-1 at 24,875; .* says 24,100/ }, { accounts: [LEGACY] }),
    fires('raised in a branch', bot('balance = float(self.portfolio.account(VENUE).balance_total(USD))\nif balance > self.high_water_mark:\n    self.high_water_mark = «balance»'), { messageId: 'peak' }),
    fires('raised by a conditional', 'def step(self, account):\n    self.hwm = «account.balance» if account.balance > self.hwm else self.hwm\n', { messageId: 'peak', severity: 'warning' }),
    fires('an entry of a dict', 'def step(state, account):\n    state["peak"] = max(state["peak"], «account["cash"]»)\n', { messageId: 'peak' }),
    fires('through a helper', 'import MetaTrader5 as mt5\n\n\ndef balance_now():\n    info = mt5.account_info()\n    return info.balance if info else 0.0\n\n\nclass Guard:\n    def step(self):\n        self.peak = max(self.peak, «balance_now()»)\n', { messageId: 'peak', severity: 'error' }),
    fires('handed to the tracker', 'class Tracker:\n    def update(self, value):\n        if value > self.peak:\n            self.peak = «value»\n\n\ndef run(tracker, account):\n    tracker.update(account.balance)\n', { messageId: 'peak' }),
    fires('a guard that books closed trades', 'class RiskManager:\n    def __init__(self, start):\n        self.current_balance = start\n        self.high_water_mark = start\n\n    def on_close(self, trade):\n        pnl = trade.pnl or 0.0\n        self.current_balance += pnl\n        self.high_water_mark = max(self.high_water_mark, «self.current_balance»)\n', { messageId: 'peak', severity: 'warning', related: [/closed balance is read here/] }),
    fires('through an attribute', 'import MetaTrader5 as mt5\n\n\nclass Guard:\n    def __init__(self, start):\n        self.balance = start\n        self.peak = start\n\n    def refresh(self):\n        self.balance = mt5.account_info().balance\n\n    def check(self):\n        self.peak = max(self.peak, «self.balance»)\n', { messageId: 'peak' }),
    fires('an equity that is none', bot('equity = self.portfolio.account(VENUE).balance_total(USD)\nself.peak = max(self.peak, «equity»)'), { messageId: 'peak' }),
    fires('a drawdown from the peak', 'import MetaTrader5 as mt5\n\n\ndef check(self):\n    info = mt5.account_info()\n    drawdown = (self.peak - «info.balance») / self.peak\n    return drawdown > 0.04\n',
      { messageId: 'current', severity: 'error', message: /^2,000 of open loss ends account apex-1 at 48,000 while this drawdown, .* Use info\.equity\.$/, fix: [['info.balance', 'info.equity']] }),
    fires('a drawdown from a peak of equity', 'def check(self, account):\n    drawdown = (self.peak_equity - «account.balance») / self.peak_equity\n    return drawdown > 0.04\n', { messageId: 'current' }),
    fires('a function whose name only contains another word', 'def check_state_informative_slot(self, account):\n    self.peak = max(self.peak, «account.balance»)\n', { messageId: 'peak' }),
    fires('a drawdown from the start', 'def check(self, account):\n    used = self.start_balance - «account.balance»\n    return used\n', { messageId: 'current' }),
    fires('against a fixed floor', 'import MetaTrader5 as mt5\n\n\ndef check(self):\n    if «mt5.account_info().balance» <= self.drawdown_floor:\n        self.flatten()\n', { messageId: 'current', message: /5,000 of open loss ends account ftmo-1 at 45,000/, fix: [['.balance', '.equity']] }, { accounts: [FTMO] }),
    fires('a highest balance that a drawdown is measured from', 'def check(self, account):\n    if account.balance > self.max_balance:\n        self.max_balance = «account.balance»\n    drawdown = (self.max_balance - account.equity) / self.max_balance\n    return drawdown\n', { messageId: 'peak' }),
    fires('room above the floor', 'def room(self, account):\n    return «account.balance» - self.trailing_floor\n', { messageId: 'current' }),
    fires('a share of the peak', 'def breached(self, account):\n    return «account.balance» < self.peak_balance * 0.96\n', { messageId: 'current' }),
    fires('a loss of the day', tick('double dailyLoss = g_dayStartBalance - «AccountInfoDouble(ACCOUNT_BALANCE)»;', 'double g_dayStartBalance = 0;'), { messageId: 'day', severity: 'error', message: /^2,500 of open loss .* account ftmo-1 for the day/, fix: [['ACCOUNT_BALANCE', 'ACCOUNT_EQUITY']] }, { ...MQ, accounts: [FTMO] }),
    fires('the peak of an expert', tick('g_peak = MathMax(g_peak, «AccountInfoDouble(ACCOUNT_BALANCE)»);'), { messageId: 'peak', severity: 'error', message: /Use AccountInfoDouble\(ACCOUNT_EQUITY\)\.$/, fix: [['ACCOUNT_BALANCE', 'ACCOUNT_EQUITY']] }, MQ),
    fires('the peak of an expert in a branch', tick('double balance = AccountInfoDouble(ACCOUNT_BALANCE);\nif(balance > g_peak) g_peak = «balance»;'), { messageId: 'peak', fix: [['(balance > g_peak) g_peak = balance', '(AccountInfoDouble(ACCOUNT_EQUITY) > g_peak) g_peak = AccountInfoDouble(ACCOUNT_EQUITY)']] }, MQ),
    fires('an expert that asks MetaTrader 4', tick('if(g_peak < AccountBalance()) g_peak = «AccountBalance()»;'), { messageId: 'peak', fix: [['(g_peak < AccountBalance()) g_peak = AccountBalance()', '(g_peak < AccountEquity()) g_peak = AccountEquity()']] }, { path: 'ea.mq4' }),
    fires('both faults of an expert', tick('double used = g_startBalance - «AccountInfoDouble(ACCOUNT_BALANCE)»;', 'double g_startBalance = 0;'), { messageId: 'current', fix: [['ACCOUNT_BALANCE', 'ACCOUNT_EQUITY']] }, MQ),
    fires('through an object', tick('double dd = 100 * (g_peak - «m_account.Balance()») / g_peak;', '#include <Trade/AccountInfo.mqh>\nCAccountInfo m_account;\ndouble g_peak = 0;'), { messageId: 'current', fix: [['Balance()', 'Equity()']] }, MQ),
    fires('the peak of a script', 'export function step(account: any) { hwm = Math.max(hwm, «account.cash»); }\nlet hwm = 0;\n', { messageId: 'peak', severity: 'warning' }, TS),
    fires('a field of a script', 'export class Guard {\n  private peakBalance = 0;\n  update(account: any) {\n    if (account.balance > this.peakBalance) { this.peakBalance = «account.balance»; }\n    const drawdown = this.peakBalance - account.balance;\n    return drawdown;\n  }\n}\n', { messageId: 'peak', related: [/the same balance again/] }, TS),
    fires('a drawdown of a script', 'export async function check(client: any, peak: number) {\n  const account = await client.getAccount();\n  const drawdown = (peak - «Number(account.cash)») / peak;\n  return drawdown > 0.04;\n}\n', { messageId: 'current', severity: 'error', fix: [['account.cash', 'account.equity']] }, TS),
    fires('the house limit', tick('g_peak = MathMax(g_peak, «AccountInfoDouble(ACCOUNT_BALANCE)»);'), { messageId: 'housePeak', severity: 'warning', layer: 'house', fix: [['ACCOUNT_BALANCE', 'ACCOUNT_EQUITY']] }, { ...MQ, accounts: [] }),
    fires('a drawdown under the house limit', 'def breached(self, account):\n    return «account.balance» < self.peak_balance * 0.9\n', { messageId: 'houseCurrent', severity: 'warning', layer: 'house' }, { accounts: [] }),
  ],
});
