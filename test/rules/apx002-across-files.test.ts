/** APX002 where the balance is read in one file and measured in another. */
import { expect, test } from 'vitest';
import { Syntax } from '../../src/core/source/source.ts';
import { balanceDrawdown } from '../../src/guardians/compliance/rules/apx002-balance-drawdown.ts';
import type { AccountConfig } from '../../src/core/workspace/config.ts';
import { APEX, FTMO } from './apx-samples.ts';
import type { ExpectedFinding, InvalidCase, ValidCase } from './cases.ts';
import { checkInMemory } from './memory.ts';
import { ruleTester } from './rule-tester.ts';

type Files = Readonly<Record<string, string>>;
const silent = (name: string, files: Files, accounts: readonly AccountConfig[] = [APEX]): ValidCase => ({ name, files, accounts, trading: 'assume' });
const fires = (name: string, files: Files, finding: ExpectedFinding, accounts: readonly AccountConfig[] = [APEX]): InvalidCase => ({ name, files, accounts, trading: 'assume', findings: [finding] });

const TRACKER = 'class Tracker:\n    def __init__(self, start):\n        self.peak = start\n\n    def update(self, value):\n        self.peak = max(self.peak, value)\n        return self.peak - value\n';
const bot = (feed: string, more = ''): string => `from tracker import Tracker\nfrom nautilus_trader.trading.strategy import Strategy\n\n\nclass Bot(Strategy):\n    def __init__(self, config):\n        self.tracker = Tracker(50_000)\n\n    def on_bar(self, bar):\n        account = self.portfolio.account(VENUE)\n        ${feed}\n${more}`;
const BALANCE = 'self.tracker.update(«account.balance_total(USD)»)';
const plain = (text: string): string => text.replace(/[«»]/g, '');

const CLASS = 'class CDrawdown\n{\nprivate:\n   double m_peak;\npublic:\n   void Update(double value);\n   double Used(double value) { return m_peak - value; }\n};\nvoid CDrawdown::Update(double value)\n{\n   if(value > m_peak) m_peak = value;\n}\n';
const expert = (feed: string): string => `#include "Drawdown.mqh"\nCDrawdown g_dd;\nvoid OnTick()\n{\n   ${feed}\n}\n`;

const TS_TRACKER = 'export class DrawdownTracker {\n  private peak = 0;\n  update(value: number): number {\n    this.peak = Math.max(this.peak, value);\n    return this.peak - value;\n  }\n}\n';
const tsBot = (feed: string): string => `import { DrawdownTracker } from './tracker';\nimport ccxt from 'ccxt';\n\nexport class Bot {\n  private readonly tracker = new DrawdownTracker();\n  onTick(account: any): void {\n    ${feed}\n  }\n}\n`;

ruleTester(balanceDrawdown, {
  valid: [
    silent('the equity is handed over', { 'tracker.py': TRACKER, 'bot.py': bot('self.tracker.update(account.balance_total(USD) + self.portfolio.unrealized_pnl(self.instrument_id))') }),
    silent('another caller adds open profit', { 'tracker.py': TRACKER, 'bot.py': bot(plain(BALANCE)), 'live.py': 'from tracker import Tracker\n\n\nclass Live:\n    def __init__(self):\n        self.tracker = Tracker(0)\n\n    def step(self, account):\n        self.tracker.update(account.equity)\n' }),
    silent('another caller hands over something nobody knows', { 'tracker.py': TRACKER, 'bot.py': bot(plain(BALANCE)), 'live.py': 'from tracker import Tracker\n\n\nclass Live:\n    def __init__(self):\n        self.tracker = Tracker(0)\n\n    def step(self, feed):\n        self.tracker.update(feed.latest())\n' }),
    silent('so does the same function', { 'tracker.py': TRACKER, 'bot.py': bot(`${plain(BALANCE)}\n        self.tracker.update(self.feed.latest())`) }),
    silent('a caller nobody can follow adds open profit', { 'tracker.py': TRACKER, 'bot.py': bot(plain(BALANCE)), 'live.py': 'def step(tracker, account):\n    tracker.update(account.equity)\n' }),
    silent('the tracker adds open profit', { 'tracker.py': TRACKER.replace('value):\n        self.peak = max(self.peak, value)', 'value, open_pnl):\n        self.peak = max(self.peak, value + open_pnl)').replace('self.peak - value', 'self.peak - value - open_pnl'), 'bot.py': bot('self.tracker.update(account.balance_total(USD), self.open_pnl())') }),
    silent('the tracker measures both', { 'tracker.py': TRACKER.replace('        return', '        self.peak_equity = max(self.peak_equity, self.account.equity)\n        return').replace('self.peak - value', 'self.peak_equity - self.account.equity'), 'bot.py': bot(plain(BALANCE)) }),
    silent('the value sizes orders', { 'tracker.py': 'class Tracker:\n    def __init__(self, start):\n        self.start = start\n\n    def position_size(self, value):\n        self.peak = max(self.peak, value)\n        return value * 0.01\n', 'bot.py': bot('self.tracker.position_size(account.balance_total(USD))') }),
    silent('the value is shown', { 'tracker.py': 'class Tracker:\n    def __init__(self, start):\n        self.peak = start\n\n    def update(self, value):\n        print(self.peak - value)\n', 'bot.py': bot(plain(BALANCE)) }),
    silent('handed over by what reports', { 'tracker.py': TRACKER, 'report.py': bot(plain(BALANCE)) }),
    silent('the start of the peak', { 'tracker.py': TRACKER, 'bot.py': bot('self.tracker = Tracker(account.balance_total(USD))') }),
    silent('another parameter', { 'tracker.py': TRACKER.replace('def update(self, value)', 'def update(self, value, cash)'), 'bot.py': bot('self.tracker.update(self.feed.latest(), account.balance_total(USD))') }),
    silent('an account whose floor is fixed', { 'tracker.py': TRACKER.replace('        return self.peak - value\n', ''), 'bot.py': bot(plain(BALANCE)) }, [FTMO]),
    silent('a wrapper that adds open profit', { 'tracker.py': TRACKER, 'feed.py': 'from tracker import Tracker\n\n\nclass Feed:\n    def __init__(self):\n        self.tracker = Tracker(0)\n\n    def push(self, balance, unrealized):\n        self.tracker.update(balance + unrealized)\n', 'bot.py': bot('self.feed.push(account.balance_total(USD), self.pnl)').replace('from tracker import Tracker', 'from feed import Feed').replace('self.tracker = Tracker(50_000)', 'self.feed = Feed()') }),
    silent('MQL5: the equity', { 'Drawdown.mqh': CLASS, 'Bot.mq5': expert('g_dd.Update(AccountInfoDouble(ACCOUNT_EQUITY));') }),
    silent('MQL5: the smaller of both', { 'Drawdown.mqh': CLASS, 'Bot.mq5': expert('g_dd.Update(MathMin(AccountInfoDouble(ACCOUNT_BALANCE), AccountInfoDouble(ACCOUNT_EQUITY)));') }),
    silent('TypeScript: the equity', { 'tracker.ts': TS_TRACKER, 'bot.ts': tsBot('this.tracker.update(account.equity);') }),
    silent('TypeScript: an object nobody knows', { 'tracker.ts': TS_TRACKER, 'bot.ts': 'export function step(tracker: any, account: any): void {\n  tracker.update(account.balance);\n}\n' }),
  ],
  invalid: [
    fires('a tracker of another file', { 'tracker.py': TRACKER, 'bot.py': bot(BALANCE) }, { messageId: 'peak', severity: 'error', account: 'apex-1', message: /^775 of room that is not there: .* Add open profit\.$/, related: [/tracker\.py:6 Tracker\.update uses it here/] }),
    fires('through a variable', { 'tracker.py': TRACKER, 'bot.py': bot('balance = account.balance_total(USD)\n        self.tracker.update(«balance»)') }, { messageId: 'peak', related: [/the closed balance is read here/, /tracker\.py:6/] }),
    fires('by keyword', { 'tracker.py': TRACKER, 'bot.py': bot('self.tracker.update(value=«account.balance_total(USD)»)') }, { messageId: 'peak' }),
    fires('through a function that hands it on', { 'tracker.py': TRACKER, 'feed.py': 'from tracker import Tracker\n\n\nclass Feed:\n    def __init__(self):\n        self.tracker = Tracker(0)\n\n    def push(self, balance):\n        self.tracker.update(balance)\n', 'bot.py': bot('self.feed.push(«account.balance_total(USD)»)').replace('from tracker import Tracker', 'from feed import Feed').replace('self.tracker = Tracker(50_000)', 'self.feed = Feed()') }, { messageId: 'peak', related: [/tracker\.py:6/] }),
    fires('a free function', { 'risk.py': 'STATE = {"peak": 0}\n\n\ndef note(value):\n    STATE["peak"] = max(STATE["peak"], value)\n', 'bot.py': 'from risk import note\n\n\ndef step(account):\n    note(«account.balance»)\n' }, { messageId: 'peak', severity: 'warning' }),
    fires('two callers, both with the balance', { 'tracker.py': TRACKER, 'bot.py': bot(plain(BALANCE)).replace('self.tracker.update(account.balance_total(USD))', 'pass'), 'live.py': bot(BALANCE) }, { messageId: 'peak' }),
    fires('another object of the tracker has a method of that name', { 'tracker.py': TRACKER.replace('        return', '        self.state.update({"peak": self.peak})\n        return'), 'bot.py': bot(BALANCE) }, { messageId: 'peak' }),
    fires('kept by the tracker first', { 'tracker.py': TRACKER.replace('max(self.peak, value)', 'max(self.peak, self.now)').replace('        self.peak = max', '        self.now = value\n        self.peak = max'), 'bot.py': bot(BALANCE) }, { messageId: 'peak' }),
    fires('a drawdown against a fixed floor', { 'tracker.py': 'class Tracker:\n    def __init__(self, start):\n        self.initial_balance = start\n\n    def update(self, value):\n        drawdown = self.initial_balance - value\n        return drawdown\n', 'bot.py': bot(BALANCE) }, { messageId: 'current', account: 'ftmo-1' }, [FTMO]),
    fires('a loss of the day', { 'tracker.py': 'class Tracker:\n    def __init__(self, start):\n        self.day_start_balance = start\n\n    def update(self, value):\n        daily_loss = self.day_start_balance - value\n        return daily_loss\n', 'bot.py': bot(BALANCE) }, { messageId: 'day', account: 'ftmo-1' }, [FTMO]),
    fires('a drawdown under the house limit', { 'tracker.py': TRACKER.replace('        self.peak = max(self.peak, value)\n', ''), 'bot.py': bot(BALANCE) }, { messageId: 'houseCurrent', layer: 'house' }, []),
    fires('the house limit', { 'tracker.py': TRACKER, 'bot.py': bot(BALANCE) }, { messageId: 'housePeak', layer: 'house', severity: 'warning' }, []),
    { ...fires('MQL5: a class in an include', { 'Drawdown.mqh': CLASS, 'Bot.mq5': expert('g_dd.Update(«AccountInfoDouble(ACCOUNT_BALANCE)»);') }, { messageId: 'peak', severity: 'error', message: /Use AccountInfoDouble\(ACCOUNT_EQUITY\)\.$/, related: [/Drawdown\.mqh:11/] }), output: { 'Bot.mq5': expert('g_dd.Update(AccountInfoDouble(ACCOUNT_EQUITY));') } },
    fires('TypeScript: through an import', { 'tracker.ts': TS_TRACKER, 'bot.ts': tsBot('this.tracker.update(«account.balance»);') }, { messageId: 'peak', severity: 'warning', related: [/tracker\.ts:4 DrawdownTracker\.update uses it here/] }),
    fires('TypeScript: handed to the constructor by its type', { 'tracker.ts': TS_TRACKER, 'bot.ts': "import type { DrawdownTracker } from './tracker';\n\nexport class Bot {\n  constructor(private readonly tracker: DrawdownTracker) {}\n  onTick(account: any): void { this.tracker.update(«account.cash»); }\n}\n" }, { messageId: 'peak' }),
  ],
});

// Without a bound this took longer than anybody waited: lumibot 4.6 was given up on after six minutes.
test('functions that all hand each other their money end in time', async () => {
  const syntax = await Syntax.create();
  const names = Array.from({ length: 16 }, (_, i) => `mix_${i}`);
  const body = names.map((name) => `def ${name}(balance, cash, equity):\n${names.map((other) => `    cash = ${other}(balance + cash, cash + equity, ${other}(equity, cash, balance))\n`).join('')}    return cash\n`).join('\n');
  const started = performance.now();
  checkInMemory({ 'mix.py': `${body}\ndef step(account):\n    tracker.update(mix_0(account.balance, account.cash, 1))\n` }, { rules: [balanceDrawdown], trading: 'assume' }, syntax);
  expect(performance.now() - started).toBeLessThan(10_000);
});
