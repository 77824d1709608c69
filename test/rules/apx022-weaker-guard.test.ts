/** APX022: guards and limits that are gone or weaker than at an earlier revision. */
import { weakerGuard } from '../../src/guardians/compliance/rules/apx022-weaker-guard.ts';
import { ruleTester } from './rule-tester.ts';

const HEAD = 'from nautilus_trader.trading.strategy import Strategy\n\n\n';

/** A strategy whose `on_bar` has these lines before its order. */
const bot = (...lines: readonly string[]): string => `${HEAD}class Bot(Strategy):\n    def on_bar(self, bar):\n${lines.map((line) => `        ${line}\n`).join('')}`;
const ORDER = 'self.submit_order(self.order)';
const MARKED = '«self.submit_order(self.order)»';
const DAILY = ['if self.daily_loss >= self.max_daily_loss:', '    return'];
const KILL = ['if self.kill_switch:', '    return'];

/** An expert with these lines before its order. */
const expert = (...lines: readonly string[]): string => `#include <Trade/Trade.mqh>\nCTrade trade;\ninput double InpMaxDailyLoss = 500;\ndouble g_dayLoss;\nvoid OnTick()\n{\n${lines.map((line) => `   ${line}\n`).join('')}}\n`;
const BUY = 'trade.Buy(0.1, _Symbol, 0, 0, 0);';

ruleTester(weakerGuard, {
  valid: [
    { name: 'no earlier revision', code: bot(ORDER) },
    { name: 'nothing changed', code: bot(...DAILY, ORDER), before: bot(...DAILY, ORDER) },
    { name: 'a guard that came', code: bot(...DAILY, ORDER), before: bot(ORDER) },
    { name: 'an order that went', code: bot('pass'), before: bot(...DAILY, ORDER) },
    { name: 'another way to ask the same', code: bot('if self.daily_loss < self.max_daily_loss:', `    ${ORDER}`), before: bot(...DAILY, ORDER) },
    {
      name: 'a check that moved into a helper', before: bot(...DAILY, ORDER),
      code: `${HEAD}class Bot(Strategy):\n    def on_bar(self, bar):\n        if not self.may_trade():\n            return\n        ${ORDER}\n\n    def may_trade(self):\n        return self.daily_loss < self.max_daily_loss\n`,
    },
    {
      name: 'an order that moved behind the check', before: bot(...DAILY, ORDER),
      code: `${HEAD}class Bot(Strategy):\n    def on_bar(self, bar):\n        if self.daily_loss >= self.max_daily_loss:\n            return\n        self.enter()\n\n    def enter(self):\n        ${ORDER}\n`,
    },
    { name: 'a check that cannot be followed any more', code: bot('if not self.gate.may_trade_daily_loss(bar):', '    return', ORDER), before: bot(...DAILY, ORDER) },
    { name: 'a stricter limit', code: 'class Risk:\n    max_daily_loss_usd = 400\n', before: 'class Risk:\n    max_daily_loss_usd = 500\n' },
    { name: 'the same limit as another literal', code: 'class Risk:\n    max_daily_loss_usd = 500.0\n', before: 'class Risk:\n    max_daily_loss_usd = 500\n' },
    { name: 'a limit in another unit', code: 'class Risk:\n    max_drawdown_usd = 2000\n', before: 'class Risk:\n    max_drawdown_pct = 2\n' },
    { name: 'a limit that is new', code: 'class Risk:\n    max_daily_loss_usd = 900\n', before: 'class Risk:\n    name = "desk"\n' },
    { name: 'a number that is no limit', code: 'class Risk:\n    lookback = 900\n', before: 'class Risk:\n    lookback = 500\n' },
    { name: 'fewer contracts', path: 'config.yaml', code: 'risk:\n  max_contracts: 4\n', before: 'risk:\n  max_contracts: 6\n' },
    { name: 'the account itself', path: 'tickguard.json', code: '{ "accounts": [{ "id": "a", "limits": { "maxDrawdown": 1900 } }] }\n', before: '{ "accounts": [{ "id": "a", "limits": { "maxDrawdown": 1000 } }] }\n' },
    { name: 'test code', code: bot(ORDER), before: bot(...DAILY, ORDER), role: 'test' },
  ],
  invalid: [
    {
      name: 'a drawdown guard that is gone', code: bot(MARKED), before: bot(...DAILY, ORDER),
      findings: [{
        messageId: 'gone', severity: 'warning', gate: 'merge',
        message: 'submit_order has lost its drawdown guard since main (strategy.py:6, self.daily_loss >= self.max_daily_loss). Put back what is missing, or say why it is not needed.',
        evidence: { guards: 'drawdown missing', revision: 'main', was: 'drawdown strategy.py:6 self.daily_loss >= self.max_daily_loss' },
      }],
    },
    { name: 'two at once', code: bot(MARKED), before: bot(...DAILY, ...KILL, ORDER), findings: [{ messageId: 'gone', message: /^submit_order has lost its drawdown and kill switch guards since main/ }] },
    { name: 'one of two', code: bot(...KILL, MARKED), before: bot(...DAILY, ...KILL, ORDER), findings: [{ messageId: 'gone', message: /lost its drawdown guard/ }] },
    {
      name: 'a second way in without it', before: bot(...DAILY, ORDER), findings: [{ messageId: 'some', message: /^submit_order has its drawdown guard on some ways only since main .* Ask it on every way\.$/ }],
      code: `${HEAD}class Bot(Strategy):\n    def on_bar(self, bar):\n        if self.daily_loss >= self.max_daily_loss:\n            return\n        self.enter()\n\n    def on_quote_tick(self, tick):\n        self.enter()\n\n    def enter(self):\n        ${MARKED}\n`,
    },
    {
      name: 'a switch that is off', before: bot(...DAILY, ORDER), findings: [{ messageId: 'conditional', message: /^submit_order has its drawdown guard only when .*use_guard.* since main/ }],
      code: `${HEAD}class Bot(Strategy):\n    use_guard = False\n\n    def on_bar(self, bar):\n        if self.use_guard and self.daily_loss >= self.max_daily_loss:\n            return\n        ${MARKED}\n`,
    },
    { name: 'the wrong way round', code: bot('if self.daily_loss < self.max_daily_loss:', '    return', MARKED), before: bot(...DAILY, ORDER), findings: [{ messageId: 'gone' }] },
    { name: 'in an expert', path: 'ea.mq5', code: expert('«trade.Buy(0.1, _Symbol, 0, 0, 0)»;'), before: expert('if(g_dayLoss >= InpMaxDailyLoss) return;', BUY), findings: [{ messageId: 'gone', message: /^Buy has lost its drawdown guard since main/ }] },
    {
      name: 'in a script', path: 'bot.ts', findings: [{ messageId: 'gone', message: /^createOrder has lost its drawdown guard since main/ }],
      code: "import ccxt from 'ccxt';\nconst ex = new ccxt.binance();\nexport async function onTicker(dayLoss: number): Promise<void> {\n  await «ex.createOrder('BTC/USDT', 'market', 'buy', 1)»;\n}\nwhile (true) { await ex.watchTicker('BTC/USDT'); await onTicker(1); }\n",
      before: "import ccxt from 'ccxt';\nconst ex = new ccxt.binance();\nexport async function onTicker(dayLoss: number): Promise<void> {\n  if (dayLoss >= MAX_DAILY_LOSS) { return; }\n  await ex.createOrder('BTC/USDT', 'market', 'buy', 1);\n}\nwhile (true) { await ex.watchTicker('BTC/USDT'); await onTicker(1); }\n",
    },
    {
      name: 'by a change in another file', findings: [{ messageId: 'gone', message: /^submit_order has lost its drawdown guard since main/ }],
      files: {
        'risk.py': 'def may_trade(loss, limit):\n    return True\n',
        'bot.py': `from nautilus_trader.trading.strategy import Strategy\nfrom risk import may_trade\n\n\nclass Bot(Strategy):\n    def on_bar(self, bar):\n        if not may_trade(self.daily_loss, self.limit):\n            return\n        ${MARKED}\n`,
      },
      before: {
        'risk.py': 'def may_trade(daily_loss, max_daily_loss):\n    return daily_loss < max_daily_loss\n',
        'bot.py': `from nautilus_trader.trading.strategy import Strategy\nfrom risk import may_trade\n\n\nclass Bot(Strategy):\n    def on_bar(self, bar):\n        if not may_trade(self.daily_loss, self.limit):\n            return\n        ${ORDER}\n`,
      },
    },
    {
      name: 'a limit that was raised', code: 'class Risk:\n    max_daily_loss_usd = «900»\n', before: 'class Risk:\n    max_daily_loss_usd = 500\n',
      findings: [{ messageId: 'looser', message: 'max_daily_loss_usd was 500 at main and is 900 now: it allows more. Put it back, or say why it is not needed.', evidence: { was: '500', now: '900' } }],
    },
    { name: 'a share, in settings', path: 'config.yaml', code: 'risk:\n  max_drawdown_pct: «3»\n', before: 'risk:\n  max_drawdown_pct: 2.5\n', findings: [{ messageId: 'looser', message: /^risk_max_drawdown_pct was 2\.5 at main and is 3 now/ }] },
    { name: 'contracts', path: 'config.yaml', code: 'risk:\n  max_contracts: «9»\n', before: 'risk:\n  max_contracts: 6\n', findings: [{ messageId: 'looser' }] },
    { name: 'an input', path: 'ea.mq5', code: 'input double InpMaxDailyLossPercent = «5.0»;\nvoid OnTick() {}\n', before: 'input double InpMaxDailyLossPercent = 4.0;\nvoid OnTick() {}\n', findings: [{ messageId: 'looser' }] },
    { name: 'silenced, with a reason', code: bot(`${ORDER}  # tickguard: ignore[APX022] the broker's own limit stops it`), before: bot(...DAILY, ORDER), findings: [{ messageId: 'gone', at: ORDER, suppressed: true }] },
  ],
});
