/** What counts as a protection before an order, and what does not: one line each, in every language. */
import { describe, expect, test } from 'vitest';
import { coverage, sites, type Files } from './coverage.ts';

interface Case { readonly title: string; readonly files: Files; readonly expected: readonly string[] }

const HEAD = 'from nautilus_trader.trading.strategy import Strategy\n';
/** A strategy whose `on_bar` has these lines before the order. */
function strategy(lines: readonly string[], more: readonly string[] = [], head = ''): string {
  const body = [...lines, 'self.submit_order(order)'].map((line) => `        ${line}\n`).join('');
  return `${HEAD}${head}class Fade(Strategy):\n    def on_bar(self, bar):\n${body}${more.map((line) => `    ${line}\n`).join('')}`;
}
const ON_BAR = 'Fade.on_bar submit_order';

function py(title: string, lines: readonly string[], expected: string, more: readonly string[] = [], files: Files = {}, head = ''): Case {
  return { title, files: { 's.py': strategy(lines, more, head), ...files }, expected: [expected === '' ? ON_BAR : `${ON_BAR} ${expected}`] };
}

const PYTHON: readonly Case[] = [
  py('nothing', [], ''),
  py('an early exit on drawdown', ['if self.drawdown > self.max_drawdown:', '    return'], '+drawdown'),
  py('a branch on drawdown that asks the wrong way', ['if self.drawdown > self.max_drawdown:', '    self.flatten()', 'if self.drawdown > self.max_drawdown:', '    self.log.info("x")'], ''),
  py('losses written as negative numbers', ['if self.daily_pnl <= -self.max_daily_loss:', '    return'], '+drawdown'),
  py('equity against its floor', ['if self.equity < self.equity_floor:', '    return'], '+drawdown'),
  py('a profit target is no drawdown guard', ['if self.daily_pnl >= self.daily_target:', '    return'], ''),
  py('a stop loss is no drawdown guard', ['if self.stop_loss > self.max_stop_loss:', '    return'], ''),
  py('a guard that raises', ['if self.daily_loss >= self.limit:', '    raise RuntimeError("loss")'], '+drawdown'),
  py('an exit nested in a switch', ['if self.use_limit:', '    if self.daily_loss >= self.max_loss:', '        return'], '!drawdown'),
  py('an exit nested in a switch that is on', ['if self.use_limit:', '    if self.daily_loss >= self.max_loss:', '        return'], '+drawdown', ['use_limit = True']),
  py('an exit nested in a switch that is off', ['if self.use_limit:', '    if self.daily_loss >= self.max_loss:', '        return'], '!drawdown', ['use_limit = False']),
  py('a switch beside the guard', ['if self.config.use_limit and self.daily_loss >= self.max_loss:', '    return'], '!drawdown'),
  py('a switch of a constructor that is on', ['if self.enabled and self.daily_loss >= self.max_loss:', '    return'], '+drawdown', ['def __init__(self, enabled: bool = True):', '    self.enabled = enabled']),
  py('a switch of the environment', ['if os.getenv("LIVE") and self.daily_loss >= self.max_loss:', '    return'], '!drawdown', [], {}, 'import os\n'),
  py('a state beside the guard is no switch', ['if self.position is not None and self.daily_loss >= self.max_loss:', '    return'], '+drawdown'),
  py('off, or within the limit', ['if not self.use_limit or self.daily_loss < self.max_loss:', '    self.log.info("x")', 'else:', '    return'], '!drawdown'),
  py('a switch that refuses as well', ['if self.use_limit or self.daily_loss >= self.max_loss:', '    return'], '+drawdown'),
  py('a switch around the order and the guard', ['if not self.live_trading:', '    return', 'if self.daily_loss >= self.max_loss:', '    return'], '+drawdown'),
  py('a check that a switch lets through', ['if not self.allowed():', '    return'], '!drawdown', ['def allowed(self):', '    if not self.config.enabled:', '        return True', '    if self.daily_loss >= self.max_loss:', '        return False', '    return True']),
  py('a check whose switch refuses', ['if not self.allowed():', '    return'], '+drawdown', ['def allowed(self):', '    if not self.config.enabled:', '        return False', '    if self.daily_loss >= self.max_loss:', '        return False', '    return True']),
  py('a check with the guard inside of a switch', ['if not self.allowed():', '    return'], '!drawdown', ['def allowed(self):', '    if self.config.enabled:', '        if self.daily_loss >= self.max_loss:', '            return False', '    return True']),
  py('a switch that is off for good', ['if False and self.daily_loss >= self.max_loss:', '    return'], ''),
  py('a cutoff by the clock', ['if self.clock.utc_now().time() >= self.cutoff:', '    return'], '+deadline'),
  py('a session that only begins', ['if now.hour < 9:', '    return'], ''),
  py('a window with an end', ['if not (self.start <= now.time() < self.flat_time):', '    return'], '+deadline'),
  py('a cool-down is no deadline', ['if now - self.last_trade_time < self.cooldown:', '    return'], ''),
  py('an hour', ['if now.hour >= 16:', '    return'], '+deadline'),
  py('a size that is too large', ['if qty > self.max_contracts:', '    return'], '+size'),
  py('a size that is too small', ['if qty < self.min_contracts:', '    return'], ''),
  py('a size under a limit', ['qty = min(self.size(), self.max_contracts)', 'order = self.order_factory.market(self.id, side, qty)'], '+size'),
  py('a size cut in a branch', ['if qty > self.max_contracts:', '    qty = self.max_contracts'], '+size'),
  py('a price under another is no size', ['price = min(bid, self.max_price)', 'order = self.order_factory.limit(self.id, side, qty, price)'], ''),
  py('as many positions as allowed', ['if len(self.cache.positions_open()) >= self.config.max_positions:', '    return'], '+size'),
  py('news', ['if self.calendar.is_blackout(now):', '    return'], '?news'),
  py('news by a set of hours', ['if now in self.news_windows:', '    return'], '+news'),
  py('a kill switch that is set somewhere', ['if self.halted:', '    return'], '+kill-switch', ['def on_order_rejected(self, event):', '    self.halted = True', 'def __init__(self):', '    self.halted = False']),
  py('a kill switch nobody sets', ['if self.halted:', '    return'], '', ['def __init__(self):', '    self.halted = False']),
  py('a kill switch that another file sets', ['if self.halted:', '    return'], '+kill-switch', ['def __init__(self):', '    self.halted = False'], { 'ops.py': 'def stop(strategy):\n    strategy.halted = True\n' }),
  py('a flag that is raised on drawdown', ['if self.stop_day:', '    return'], '+drawdown', ['def on_timer(self, event):', '    if self.drawdown >= self.max_drawdown:', '        self.stop_day = True', 'def __init__(self):', '    self.stop_day = False']),
  py('a local verdict', ['ok = True', 'if self.drawdown >= self.max_drawdown:', '    ok = False', 'if not ok:', '    return'], '+drawdown'),
  py('an environment switch', ['if os.getenv("TRADING_ENABLED") != "true":', '    return'], '+kill-switch', [], {}, 'import os\n'),
  py('an assertion', ['assert qty <= self.max_qty'], '+size'),
  py('a swallowed check', ['try:', '    self.risk_check()', 'except RuntimeError:', '    pass'], '', ['def risk_check(self):', '    if self.drawdown > self.max_drawdown:', '        raise RuntimeError()']),
  py('a check that raises', ['self.risk_check()'], '+drawdown', ['def risk_check(self):', '    if self.drawdown > self.max_drawdown:', '        raise RuntimeError()']),
];

const RISK = [
  'class Risk:',
  '    def allows(self, order):',
  '        if self.equity < self.peak - self.max_drawdown:',
  '            return False',
  '        if order.quantity > self.max_size:',
  '            return False',
  '        return not self.in_news(order)',
  '    def in_news(self, order):',
  '        return order.ts in self.events',
  '    def always(self, order):',
  '        return True',
  '    def drawdown_ok(self):',
  '        return True',
  '    def drawdown_fine(self):',
  '        return self.tracker.ok()',
  '    def guard(self, order):',
  '        if self.halted:',
  '            raise RuntimeError("halted")',
  '    def sized(self, risk):',
  '        lots = risk / self.atr',
  '        return min(lots, self.max_lots)',
].join('\n');
const USES_RISK = 'from risk import Risk\n';
function withRisk(title: string, lines: readonly string[], expected: string): Case {
  return py(title, lines, expected, ['def __init__(self, risk: Risk):', '    self.risk = risk'], { 'risk.py': `${RISK}\n` }, USES_RISK);
}

const ACROSS: readonly Case[] = [
  withRisk('a check in another file', ['if not self.risk.allows(order):', '    return'], '+drawdown +size +news'),
  withRisk('a check that is asked the wrong way', ['if self.risk.allows(order):', '    return'], ''),
  withRisk('a check by way of a name', ['ok = self.risk.allows(order)', 'if not ok:', '    return'], '+drawdown +size +news'),
  withRisk('a check whose answer nobody reads', ['self.risk.allows(order)'], ''),
  withRisk('a check that says yes always', ['if not self.risk.always(order):', '    return'], ''),
  withRisk('a check that only its name tells, and says yes always', ['if not self.risk.drawdown_ok():', '    return'], ''),
  withRisk('a check that only its name tells', ['if not self.risk.drawdown_fine():', '    return'], '+drawdown'),
  withRisk('a check that raises', ['self.risk.guard(order)'], '+kill-switch'),
  withRisk('a function that sizes', ['qty = self.risk.sized(0.01)', 'order = self.order_factory.market(self.id, side, qty)'], '+size'),
  withRisk('a check that cannot be found', ['if not self.desk.drawdown_ok():', '    return'], '?drawdown'),
  {
    title: 'a decorator', expected: ['Fade.on_bar submit_order +drawdown'],
    files: {
      'wrap.py': 'def guarded(fn):\n    def inner(self, bar):\n        if self.drawdown > self.max_drawdown:\n            return None\n        return fn(self, bar)\n    return inner\n',
      's.py': `${HEAD}from wrap import guarded\nclass Fade(Strategy):\n    @guarded\n    def on_bar(self, bar):\n        self.submit_order(order)\n`,
    },
  },
  {
    title: 'guards of the callers', expected: ['Desk.enter place_order ~drawdown +deadline'],
    files: {
      'desk.py': 'class Desk:\n    def enter(self, qty):\n        if self.now.hour >= 16:\n            return\n        self.broker.place_order(qty)\n',
      's.py': `${HEAD}from desk import Desk\nclass Fade(Strategy):\n    def __init__(self, desk: Desk):\n        self.desk = desk\n    def on_bar(self, bar):\n        if self.drawdown < self.max_drawdown:\n            self.desk.enter(1)\n    def on_quote_tick(self, tick):\n        self.desk.enter(2)\n`,
    },
  },
  {
    title: 'a function of the project that is called like an order is a step', expected: ['Broker.place_order create_order +size'],
    files: {
      'broker.py': 'import ccxt\nclass Broker:\n    def __init__(self):\n        self.exchange = ccxt.binance()\n    def place_order(self, qty):\n        if qty > self.max_qty:\n            return\n        self.exchange.create_order("BTC/USDT", "market", "buy", qty)\n',
      's.py': `${HEAD}from broker import Broker\nclass Fade(Strategy):\n    def __init__(self, broker: Broker):\n        self.broker = broker\n    def on_bar(self, bar):\n        self.broker.place_order(1)\n`,
    },
  },
  {
    title: 'exits and reductions', expected: [],
    files: {
      's.py': `${HEAD}class Fade(Strategy):\n    def on_bar(self, bar):\n        order = self.order_factory.market(self.id, side, qty, reduce_only=True)\n        self.submit_order(order)\n        self.close_position(position)\n        self.flatten_now()\n    def flatten_now(self):\n        self.submit_order(self.opposite())\n`,
    },
  },
  {
    title: 'nothing reaches it', expected: ['dead unused place_order +drawdown'],
    files: { 's.py': 'def unused(broker, drawdown, max_drawdown):\n    if drawdown < max_drawdown:\n        broker.place_order(1)\n' },
  },
  {
    title: 'a script', expected: [' create_order +kill-switch'],
    files: { 's.py': 'import ccxt, os\nexchange = ccxt.binance()\nwhile True:\n    if os.path.exists("KILL_SWITCH"):\n        break\n    exchange.create_order("BTC/USDT", "market", "buy", 1)\n' },
  },
];

const MQL_HEAD = '#include <Trade/Trade.mqh>\nCTrade trade;\n';
function mql(title: string, lines: readonly string[], expected: string, more: readonly string[] = [], files: Files = {}): Case {
  return {
    title, expected: [expected === '' ? 'OnTick Buy' : `OnTick Buy ${expected}`],
    files: { 'ea.mq5': `${MQL_HEAD}${more.map((line) => `${line}\n`).join('')}void OnTick()\n{\n${[...lines, 'trade.Buy(lots);'].map((line) => `   ${line}\n`).join('')}}\n`, ...files },
  };
}

const MQL: readonly Case[] = [
  mql('nothing', ['double lots = 0.1;'], ''),
  mql('an early exit', ['if(dailyLoss >= MaxDailyLoss) return;'], '+drawdown', ['input double MaxDailyLoss = 500;', 'double dailyLoss = 0;']),
  mql('a value that only its limit names', ['if(Breached()) return;'], '+drawdown', ['input double InpMaxDrawdownPercent = 5;', 'double m_start = 0;', 'bool Breached() { double equity = AccountInfoDouble(ACCOUNT_EQUITY); double total = (m_start - equity) / m_start * 100.0; return total >= InpMaxDrawdownPercent || total < 0; }']),
  mql('the same, asked the wrong way', ['if(!Breached()) return;'], '', ['input double InpMaxDrawdownPercent = 5;', 'double m_start = 0;', 'bool Breached() { double equity = AccountInfoDouble(ACCOUNT_EQUITY); double total = (m_start - equity) / m_start * 100.0; return total >= InpMaxDrawdownPercent; }']),
  mql('a switch of the user that is on', ['if(!TradingEnabled) return;'], '+kill-switch', ['input bool TradingEnabled = true;']),
  mql('a filter that is off by default', ['if(UseNewsFilter && IsNewsTime()) return;'], '!news', ['input bool UseNewsFilter = false;', 'bool IsNewsTime() { return CalendarValueHistory(values, 0, 0) > 0; }']),
  mql('a guard whose switch is on', ['if(UseGuard && dailyLoss >= MaxDailyLoss) return;'], '+drawdown', ['input bool UseGuard = true;', 'input double MaxDailyLoss = 500;', 'double dailyLoss = 0;']),
  mql('a guard inside of a switch that is off', ['if(UseGuard) { if(dailyLoss >= MaxDailyLoss) return; }'], '!drawdown', ['input bool UseGuard = false;', 'input double MaxDailyLoss = 500;', 'double dailyLoss = 0;']),
  mql('a filter that is on', ['if(UseNewsFilter && IsNewsTime()) return;'], '+news', ['input bool UseNewsFilter = true;', 'bool IsNewsTime() { return CalendarValueHistory(values, 0, 0) > 0; }']),
  mql('the platform’s switch', ['if(!TerminalInfoInteger(TERMINAL_TRADE_ALLOWED)) return;'], '+kill-switch'),
  mql('a check of the file', ['if(!RiskOK()) return;'], '+drawdown +deadline', [
    'input double MaxDD = 5;', 'input int FlatHour = 16;',
    'bool RiskOK() { MqlDateTime t; TimeToStruct(TimeCurrent(), t); if(t.hour >= FlatHour) return false; double dd = Peak() - AccountInfoDouble(ACCOUNT_EQUITY); if(dd > MaxDD) return(false); return true; }', 'double Peak() { return peak; }', 'double peak = 0;',
  ]),
  mql('a size that is capped', ['double lots = MathMin(Lots(), MaxLots);'], '+size', ['input double MaxLots = 2;', 'double Lots() { return 1; }']),
  mql('the broker’s own bound is no cap', ['double lots = MathMin(Lots(), SymbolInfoDouble(_Symbol, SYMBOL_VOLUME_MAX));'], '', ['double Lots() { return 1; }']),
  mql('a check in an include', ['if(!g_risk.CanTrade()) return;'], '+drawdown', ['#include "Risk.mqh"', 'CRisk g_risk;'], {
    'Risk.mqh': 'class CRisk\n{\nprivate:\n   double m_maxLoss;\n   double m_dailyLoss;\npublic:\n   bool CanTrade() { if(m_dailyLoss >= m_maxLoss) return false; return true; }\n};\n',
  }),
  {
    title: 'a request that moves a stop, and one that opens', expected: ['Enter OrderSend +size'],
    files: {
      'ea.mq5': 'input double MaxLots = 1;\nvoid OnTick() { Enter(); Trail(); }\nvoid Enter() { MqlTradeRequest request = {}; MqlTradeResult result = {}; request.action = TRADE_ACTION_DEAL; request.volume = MathMin(Lots(), MaxLots); OrderSend(request, result); }\nvoid Trail() { MqlTradeRequest request = {}; MqlTradeResult result = {}; request.action = TRADE_ACTION_SLTP; OrderSend(request, result); }\ndouble Lots() { return 1; }\n',
    },
  },
];

function ts(title: string, lines: readonly string[], expected: string, more: readonly string[] = [], files: Files = {}, head = ''): Case {
  const body = [...lines, 'await this.exchange.createOrder("BTC/USDT", "market", "buy", qty);'].map((line) => `    ${line}\n`).join('');
  return {
    title, expected: [expected === '' ? 'TickBot.onTick createOrder' : `TickBot.onTick createOrder ${expected}`],
    files: { 'bot.ts': `import ccxt from 'ccxt';\n${head}export class TickBot {\n  exchange = new ccxt.binance();\n  async ${lines.some((line) => line.includes('yield')) ? '*' : ''}onTick(tick) {\n${body}  }\n${more.map((line) => `  ${line}\n`).join('')}}\n`, ...files },
  };
}

const SCRIPT: readonly Case[] = [
  ts('nothing', [], ''),
  ts('an early exit', ['if (this.drawdown >= this.maxDrawdown) return;'], '+drawdown'),
  ts('an exit that throws', ['if (this.drawdown >= this.maxDrawdown) { throw new Error("dd"); }'], '+drawdown'),
  ts('a check that is awaited', ['if (!(await this.canTrade())) { return; }'], '+drawdown +kill-switch', ['async canTrade() { if (this.killSwitch.engaged) return false; return this.dailyLoss < this.maxDailyLoss; }']),
  ts('a size under a limit', ['const qty = Math.min(this.size(), this.maxPositionSize);'], '+size', ['size() { return 1; }']),
  ts('a guard behind an option', ['if (this.options.enforceLimits && this.drawdown >= this.maxDrawdown) return;'], '!drawdown'),
  ts('a guard behind a field that is on', ['if (this.enforceLimits && this.drawdown >= this.maxDrawdown) return;'], '+drawdown', ['enforceLimits = true;']),
  ts('an hour', ['if (new Date().getUTCHours() >= 20) return;'], '+deadline'),
  ts('a verdict of another file', ['const verdict = await this.risk.evaluate(qty);', 'if (!verdict.allowed) return;'], '+drawdown +size', ['risk = new Risk();'], {
    'risk.ts': 'export class Risk {\n  async evaluate(qty) {\n    if (this.loss > this.maxDailyLoss) { return { allowed: false, reason: "loss" }; }\n    if (qty > this.maxQty) { return { allowed: false, reason: "size" }; }\n    return { allowed: true };\n  }\n}\n',
  }, 'import { Risk } from \'./risk\';\n'),
  ts('an order that reduces is none', [], '', ['async onBar(bar) { await this.exchange.createOrder("BTC/USDT", "market", "sell", 1, undefined, { reduceOnly: true }); }']),
  ts('a check that is delegated to', ['if (!(yield* this.canTrade())) { return; }'], '+drawdown', ['*canTrade() { yield 1; return this.dailyLoss < this.maxDailyLoss; }']),
  ts('a short circuit', ['this.halted || await this.exchange.createOrder("ETH/USDT", "market", "buy", 1);', 'if (this.halted) return;'], '+kill-switch', ['onStop() { this.halted = true; }']),
];

/** Strategies that yield what the runner shall do. */
const YIELDED: readonly Case[] = [
  {
    title: 'effects of a framework', expected: ['rsi sell', 'rsi buy +drawdown'],
    files: { 'rsi.ts': "import { buy, sell, useRSI } from '@opentrader/bot-processor';\nexport function* rsi(ctx) {\n  const rsi = yield useRSI(14);\n  if (rsi > 70) { yield sell({ quantity: 1 }); }\n  if (ctx.drawdown >= ctx.maxDrawdown) return;\n  yield buy({ quantity: 1 });\n}\nrsi.runPolicy = { onCandleClosed: true };\n" },
  },
  {
    title: 'a bare effect of a strategy', expected: ['strategy buy'],
    files: { 's.ts': "import { buy } from './effects';\nexport async function* strategy(feed) {\n  for await (const tick of feed) { yield buy(); }\n}\n" },
  },
  {
    title: 'an effect under another name, with the keys of an order', expected: ['dead loop long', 'dead loop placeOrder'],
    files: { 's.js': "const { buy: long, placeOrder } = require('desk');\nfunction* loop(state) {\n  const filled = yield long({ quantity: 1, symbol: state.symbol });\n  yield* placeOrder(filled);\n}\n" },
  },
  { title: 'a shop', expected: [], files: { 's.js': "import { buy } from './cart';\nexport function* checkout(cart) {\n  yield buy(cart.items, { coupon: cart.coupon });\n}\n" } },
  { title: 'a call that is not yielded', expected: [], files: { 's.js': "import { buy } from './effects';\nexport function* strategy(ticker) {\n  const order = buy({ quantity: 1 });\n  yield ticker;\n}\n" } },
  { title: 'a yield in another function', expected: [], files: { 's.js': "import { buy } from './effects';\nexport function strategy(ticker) {\n  const yieldBuy = buy({ quantity: 1 });\n}\n" } },
  {
    title: 'a generator of the project that is called like an order is a step', expected: ['placeOrder createOrder +size'],
    files: { 's.js': "import ccxt from 'ccxt';\nconst exchange = new ccxt.binance();\nfunction* placeOrder(qty) {\n  if (qty > maxQty) return;\n  yield exchange.createOrder('BTC/USDT', 'market', 'buy', qty);\n}\nfunction* plan() {\n  yield* placeOrder(1);\n}\nplan.runPolicy = { onPublicTrade: true };\n" },
  },
  { title: 'Python', expected: ['on_tick buy', 'on_tick place_order'], files: { 's.py': 'from desk import buy, place_order\n\n\ndef on_tick(ticker):\n    if ticker.ready:\n        yield buy(1)\n    yield from place_order(1)\n' } },
];

describe('what stands before an order', () => {
  for (const [language, cases] of [['Python', PYTHON], ['across files', ACROSS], ['MQL5', MQL], ['TypeScript', SCRIPT], ['generators', YIELDED]] as const) {
    describe(language, () => {
      for (const { title, files, expected } of cases) {
        test(title, () => {
          expect([...new Set(sites(files))]).toEqual(expected);
        });
      }
    });
  }
});

const PY = 'import ccxt\nex = ccxt.binance()\n';
const SEND = 'ex.create_order("BTC", "market", "buy", 1)';
const TS_BOT = (head: string, start: string, before = ''): Files => ({ 'bot.ts': `import ccxt from 'ccxt';\n${head}export class Bot {\n  ex = new ccxt.binance();\n  start() { ${start} }\n${before}  async enter() { await this.ex.createOrder('a', 'market', 'buy', 1); }\n}\n` });
const ENTRY = { 's.py': `${PY}from typing import Protocol\nclass Entry(Protocol):\n    def enter(self, qty): ...\nclass Market:\n    def enter(self, qty):\n        ${SEND}\n`, 'b.py': `${HEAD}from s import Entry\nclass Fade(Strategy):\n    def __init__(self, entry: Entry):\n        self.entry = entry\n    def on_bar(self, bar):\n        self.entry.enter(1)\n` };

test.each<readonly [string, string, Files]>([
  ['APScheduler', 'timer enter', { 's.py': `${PY}def enter():\n    ${SEND}\ndef boot(scheduler):\n    scheduler.add_job(enter, "interval", seconds=5)\n` }],
  ['APScheduler, a decorator', 'timer enter', { 's.py': `${PY}from apscheduler.schedulers.background import BackgroundScheduler\nscheduler = BackgroundScheduler()\n@scheduler.scheduled_job("interval", seconds=5)\ndef enter():\n    ${SEND}\n` }],
  ['aiocron', 'timer enter', { 's.py': `${PY}import aiocron\n@aiocron.crontab("* * * * *")\nasync def enter():\n    ${SEND}\n` }],
  ['schedule', 'timer enter', { 's.py': `${PY}import schedule\ndef enter():\n    ${SEND}\nschedule.every(5).minutes.do(enter)\n` }],
  ['sched', 'timer enter', { 's.py': `${PY}import sched\ns = sched.scheduler()\ndef enter():\n    ${SEND}\ndef boot():\n    s.enter(5, 1, enter)\n` }],
  ['set_timer', 'timer enter', { 's.py': `${HEAD}class Fade(Strategy):\n    def on_start(self):\n        self.clock.set_timer("x", 5, callback=self.enter)\n    def enter(self, event):\n        self.submit_order(order)\n` }],
  ['setInterval', 'timer callback', TS_BOT('', 'setInterval(() => void this.enter(), 1000);')],
  ['node-cron', 'timer callback', TS_BOT("import cron from 'node-cron';\n", "cron.schedule('* * * * *', () => this.enter());")],
  ['CronJob', 'timer callback', TS_BOT("import { CronJob } from 'cron';\n", "new CronJob('* * * * *', () => this.enter(), null, true);")],
  ['a decorator of a script', 'timer enter', TS_BOT("import { Cron } from '@nestjs/schedule';\n", '', "  @Cron('* * * * *')\n")],
  ['OnTimer', 'timer OnTimer', { 'ea.mq5': `${MQL_HEAD}int OnInit() { EventSetTimer(5); return 0; }\nvoid OnTimer() { Enter(); }\nvoid Enter() { trade.Buy(0.1); }\n` }],
  ['a Protocol', 'bar on_bar', ENTRY],
])('a way by %s', (_name, expected, files) => {
  expect(coverage(files).sites.map((site) => site.ways.map((way) => `${way.entry} ${way.handler}`).join())).toEqual([expected]);
});

test.each<readonly [string, Files]>([
  ['a class without a method of the Protocol is not taken for it', { ...ENTRY, 's.py': ENTRY['s.py'].replace('def enter(self, qty): ...', 'def enter(self, qty): ...\n    def leave(self): ...') }],
  ['of two classes with all its methods nobody knows which it is', { ...ENTRY, 'm.py': `${PY}class Limit:\n    def enter(self, qty):\n        pass\n` }],
])('%s', (_name, files) => {
  const { sites: reached, unreached } = coverage(files);
  expect([reached.length, unreached.length]).toEqual([0, 1]);
});

test('the switch of a guard is told', () => {
  const [own] = coverage({ 'ea.mq5': `${MQL_HEAD}input bool UseGuard = false;\ninput double MaxDailyLoss = 500;\ndouble dailyLoss = 0;\nbool Allowed() { if(!UseGuard) return true; if(dailyLoss >= MaxDailyLoss) return false; return true; }\nvoid OnTick()\n{\n   if(!Allowed()) return;\n   trade.Buy(0.1);\n}\n` }).sites;
  expect(own?.ways.map((way) => [way.kinds, way.conditional, way.proofs.map((proof) => `${proof.file}:${proof.range.line} ${proof.kinds.join()} ${proof.text} by ${proof.by ?? ''} only ${proof.only ?? ''}`)])).toEqual([
    [[], ['drawdown'], ['ea.mq5:9 drawdown Allowed() by Allowed only UseGuard']],
  ]);
});

test('a handler that comes as a tick and as a message is one way in', () => {
  const [site] = coverage({ 'bot.ts': "import ccxt from 'ccxt';\nexport class Bot {\n  exchange = new ccxt.binance();\n  start(ws) { ws.on('message', this.onQuote); }\n  async onQuote(quote) { await this.exchange.createOrder('BTC', 'market', 'buy', 1); }\n}\n" }).sites;
  expect(site?.ways.map((way) => `${way.entry} ${way.handler}`)).toEqual(['tick onQuote']);
});

test('the way that lacks a guard is told', () => {
  const found = coverage(ACROSS.find((one) => one.title === 'guards of the callers')!.files).sites[0]!;
  expect(found.ways.map((way) => `${way.entry} ${way.handler}: ${way.kinds.join(' ')}: ${way.steps.map((step) => `${step.file}:${step.range.line} ${step.text}`).join(', ')}`)).toEqual([
    'bar on_bar: drawdown deadline: s.py:8 on_bar calls Desk.enter, desk.py:5 place_order',
    'tick on_quote_tick: deadline: s.py:10 on_quote_tick calls Desk.enter, desk.py:5 place_order',
  ]);
  expect(found.ways[0]!.proofs.map((proof) => `${proof.file}:${proof.range.line} ${proof.kinds.join()} ${proof.text}`)).toEqual([
    's.py:7 drawdown self.drawdown < self.max_drawdown', 'desk.py:3 deadline self.now.hour >= 16',
  ]);
});
