/** APX003: drawdowns from the initial balance or the day's start, under a floor that trails. */
import { fixedReference } from '../../src/guardians/compliance/rules/apx003-fixed-reference.ts';
import { APEX, fires, FTMO, silent } from './apx-samples.ts';
import { ruleTester } from './rule-tester.ts';

const MQ = { path: 'ea.mq5' };
const TS = { path: 'bot.ts' };

/** A class with a drawdown and what it is held against. */
const guard = (measure: string, test = 'drawdown >= self.max_drawdown'): string => `class Guard:\n    def breached(self, equity):\n        drawdown = ${measure}\n        return ${test}\n`;
/** The same of an expert. */
const expert = (measure: string, test = 'dd >= MaxDrawdownPct'): string => `input double MaxDrawdownPct = 4.0;\ndouble g_start;\nvoid OnTick()\n{\n   double dd = ${measure};\n   if(${test}) CloseAll();\n}\n`;

ruleTester(fixedReference, {
  valid: [
    silent('from a peak', guard('self.peak - equity')),
    silent('a floor that never moves', guard('self.initial_balance - equity'), { accounts: [FTMO] }),
    silent('a daily limit', guard('self.day_start_equity - equity', 'drawdown >= self.max_daily_loss')),
    silent('a daily loss by its name', 'class Guard:\n    def breached(self, equity):\n        daily_loss = self.day_start_equity - equity\n        return daily_loss >= self.max_daily_loss\n'),
    silent('only shown', 'class Guard:\n    def status(self, equity):\n        drawdown = self.initial_balance - equity\n        print(drawdown)\n'),
    silent('a status', 'class Guard:\n    def get_status(self, equity):\n        drawdown = self.initial_balance - equity\n        return {"used": drawdown, "left": self.max_drawdown - drawdown}\n'),
    silent('a component of a page', 'export function Card({ start, equity, maxDrawdown }: any) {\n  return start - equity >= maxDrawdown ? 1 : 0;\n}\n', { path: 'card.tsx' }),
    silent('a variable of another function', 'class Guard:\n    def day(self, equity):\n        lost = self.day_start_equity - equity\n        return lost * 2\n\n    def ok(self, lost):\n        return lost < self.max_drawdown\n'),
    silent('a profit', 'class Guard:\n    def done(self, equity):\n        profit = equity - self.initial_balance\n        return profit >= self.profit_target\n'),
    silent('a second figure', `${guard('self.initial_balance - equity')}\n    def trails(self, equity):\n        return self.peak_equity - equity >= self.max_drawdown\n`),
    silent('a floor that trails beside it', `${guard('self.initial_balance - equity')}\n    def trails(self, equity):\n        return equity <= self.trailing_floor\n`),
    silent('a start that is raised', 'class Guard:\n    def breached(self, equity):\n        if equity > self.start_equity:\n            self.start_equity = equity\n        drawdown = self.start_equity - equity\n        return drawdown >= self.max_drawdown\n'),
    silent('raised by a call', 'class Guard:\n    def breached(self, equity):\n        self.base_equity = max(self.base_equity, equity)\n        return self.base_equity - equity >= self.max_drawdown\n'),
    silent('a floor that is moved', 'class Guard:\n    def __init__(self):\n        self.floor = self.initial_balance - self.max_drawdown\n\n    def update(self, equity):\n        self.floor = self.best - self.max_drawdown\n        return equity <= self.floor\n'),
    silent('a time', 'def late(start_time, equity_time, max_drawdown):\n    drawdown = start_time - equity_time\n    return drawdown > max_drawdown\n'),
    silent('a back-test', guard('self.initial_balance - equity').replace('class Guard', 'class Backtest')),
    silent('a report', guard('self.initial_balance - equity'), { path: 'report.py' }),
    silent('test code', guard('self.initial_balance - equity'), { role: 'test' }),
    silent('an expert of a fixed floor', expert('(g_start - AccountInfoDouble(ACCOUNT_EQUITY)) / g_start * 100'), { ...MQ, accounts: [FTMO] }),
    silent('an expert that keeps a peak', expert('(g_peak - AccountInfoDouble(ACCOUNT_EQUITY)) / g_peak * 100'), MQ),
    silent('a script with a peak', 'export function breached(peak: number, equity: number, maxDrawdown: number) {\n  return peak - equity >= maxDrawdown;\n}\n', TS),
  ],
  invalid: [
    fires('from the start', guard('«self.initial_balance - equity»'), {
      messageId: 'firm', severity: 'error', layer: 'firm', account: 'apex-1', gate: 'merge', related: ['strategy.py:4 held against the limit here'],
      message: 'From the start the floor stays at 48,000; after 875 of profit account apex-1 ends at 48,875, for it follows the highest equity. Measure from a running peak.',
      evidence: { from: 'start', drawdown: 'intraday-trailing', pack: 'apex-4.0-intraday' },
    }),
    fires('at the close', guard('«self.initial_balance - equity»'), { messageId: 'firm', message: /follows the highest close\. Measure/ }, { accounts: [{ ...APEX, pack: 'apex-4.0-eod' }] }),
    fires('never below zero', guard('max(0.0, «self.initial_balance - equity»)'), { messageId: 'firm' }),
    fires('as a share', guard('(«self.starting_capital - equity») / self.starting_capital'), { messageId: 'firm' }),
    fires('turned around', guard('-(«equity - self.initial_balance»)'), { messageId: 'firm' }),
    fires('in the comparison', 'def breached(start_balance, equity, max_drawdown):\n    return «start_balance - equity» >= max_drawdown\n', { messageId: 'firm', related: [] }),
    fires('by a function', 'class Guard:\n    def total_drawdown(self):\n        return «self.initial_balance - self.equity»\n\n    def ok(self):\n        return self.total_drawdown() < self.max_drawdown\n', { messageId: 'firm', related: ['strategy.py:6 held against the limit here'] }),
    fires('as a part of the limit', 'class Guard:\n    def update(self, equity):\n        dd_used = «self.initial_balance - equity»\n        self.part = dd_used / self.max_drawdown\n', { messageId: 'firm' }),
    fires('from the morning', guard('«self.day_start_equity - equity»'), { messageId: 'firm', message: /^From the day's start/, evidence: { from: 'day' } }),
    fires('as a profit turned around', 'class Guard:\n    def update(self, equity):\n        self.total_pnl = «equity - self.initial_balance»\n\n    def ok(self):\n        return -self.total_pnl < self.max_drawdown\n', { messageId: 'firm', related: ['strategy.py:6 held against the limit here'] }),
    fires('a floor that is set once', 'class Guard:\n    def __init__(self):\n        self.floor = «self.initial_balance - self.max_drawdown»\n\n    def breached(self, equity):\n        return equity <= self.floor\n', { messageId: 'firm', related: ['strategy.py:6 held against the limit here'] }),
    fires('a floor in the comparison', 'def breached(initial_balance, equity, max_drawdown_pct):\n    return equity <= «initial_balance * (1 - max_drawdown_pct)»\n', { messageId: 'firm' }),
    fires('an expert', expert('(«g_start - AccountInfoDouble(ACCOUNT_EQUITY)») / g_start * 100'), { messageId: 'firm', severity: 'error' }, MQ),
    fires('an expert by a local', 'input double MaxTotalDD = 4.0;\ndouble g_startBalance;\nbool Ok()\n{\n   double equity = AccountInfoDouble(ACCOUNT_EQUITY);\n   double totalDD = («g_startBalance - equity») / g_startBalance * 100;\n   return totalDD < MaxTotalDD;\n}\nvoid OnTick() {}\n', { messageId: 'firm' }, MQ),
    fires('a script', 'export function breached(startBalance: number, equity: number, maxDrawdown: number) {\n  return «startBalance - equity» >= maxDrawdown;\n}\n', { messageId: 'firm' }, TS),
    fires('the house limit', guard('«self.initial_balance - equity»'), { messageId: 'house', severity: 'warning', layer: 'house', message: '10 % from the highest equity is the house limit (no account chosen); from the start a profit is left out. Measure from a running peak.' }, { accounts: [] }),
    fires('an account that trails among others', guard('«self.initial_balance - equity»'), { messageId: 'firm', account: 'apex-1' }, { accounts: [FTMO, APEX] }),
  ],
});
