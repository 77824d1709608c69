import { describe, expect, test } from 'vitest';
import { namesWithRole } from '../../src/core/source/frameworks/tables.ts';
import { SLEEP_WORDS, sleepPerTick } from '../../src/guardians/performance/rules/prf001-sleep-per-tick.ts';
import { ruleTester } from './rule-tester.ts';

const indent = (text: string, by: number): string => text.split('\n').map((line) => (line === '' ? '' : ' '.repeat(by) + line)).join('\n');
const IMPORT = 'import time\nfrom nautilus_trader.trading.strategy import Strategy\n\n\n';
/** A strategy with this body in `on_quote_tick`. */
const onTick = (body: string, rest = ''): string =>
  `${IMPORT}class Scalper(Strategy):\n    def on_quote_tick(self, tick):\n${indent(body, 8)}${rest === '' ? '' : `\n${indent(rest, 4)}`}\n`;
/** A loop over a stream of prices. */
const stream = (body: string): string => `import asyncio\nimport ccxt.pro as ccxt\n\n\nasync def run():\n    ex = ccxt.binance()\n    while True:\n        ticker = await ex.watch_ticker("BTC/USDT")\n${indent(body, 8)}\n`;
const EA = 'Experts/ea.mq5';
const mql = (body: string, before = ''): string => `#include <Trade/Trade.mqh>\nCTrade trade;\n${before}\nvoid OnTick()\n{\n   ${body.split('\n').join('\n   ')}\n}\n`;
const BOT = 'src/bot.ts';
const ws = (body: string, before = ''): string => `import WebSocket from 'ws';\n${before}const ws = new WebSocket(url);\nws.on('message', async (data) => {\n${indent(body, 2)}\n});\n`;

ruleTester(sleepPerTick, {
  valid: [
    { name: 'bar and timer of nobody', code: `${IMPORT}class S(Strategy):\n    def on_start(self):\n        time.sleep(1)\n    def on_stop(self):\n        time.sleep(1)\n` },
    { name: 'timer', code: `${IMPORT}class S(Strategy):\n    def on_start(self):\n        self.clock.set_timer("t", 60, callback=self.report)\n    def report(self, event):\n        time.sleep(1)\n` },
    { name: 'a polling script', code: 'import time\nimport requests\n\n\ndef main():\n    while True:\n        price = requests.get("https://host/price").json()\n        time.sleep(60)\n\n\nmain()\n' },
    { name: 'a polling bot of ccxt', code: 'import asyncio\nimport ccxt.async_support as ccxt\n\n\nasync def main():\n    ex = ccxt.binance()\n    while True:\n        ticker = await ex.fetch_ticker("BTC/USDT")\n        await asyncio.sleep(1)\n' },
    { name: 'reconnect', code: 'import asyncio\nimport websockets\n\n\nasync def run(url):\n    while True:\n        async with websockets.connect(url) as ws:\n            async for message in ws:\n                handle(message)\n        await asyncio.sleep(5)\n' },
    { name: 'after an error', code: stream('try:\n    handle(ticker)\nexcept ValueError:\n    await asyncio.sleep(1)') },
    { name: 'counter', code: onTick('self.n += 1\nif self.n % 1000 == 0:\n    time.sleep(0.1)') },
    { name: 'throttle', code: onTick('now = time.monotonic()\nif now - self.last > 5:\n    self.last = now\n    time.sleep(0.1)') },
    { name: 'signal', code: onTick('if self.crossed(tick):\n    self.submit_order(self.order())\n    time.sleep(0.1)', '\ndef crossed(self, tick):\n    return False\n\ndef order(self):\n    return None') },
    { name: 'no length', code: onTick('time.sleep(0)') },
    { name: 'a yield to the loop', code: stream('await asyncio.sleep(0)') },
    { name: 'a thread of its own', code: `import threading\n${IMPORT}class S(Strategy):\n    def on_quote_tick(self, tick):\n        threading.Thread(target=self.later, args=(tick,)).start()\n\n    def later(self, tick):\n        time.sleep(1)\n` },
    { name: 'an executor', code: `${IMPORT}class S(Strategy):\n    def on_quote_tick(self, tick):\n        self.pool.submit(self.later, tick)\n\n    def later(self, tick):\n        time.sleep(1)\n` },
    { name: 'a task of its own', code: 'import asyncio\nimport ccxt.pro as ccxt\n\n\nasync def later(ticker):\n    await asyncio.sleep(1)\n\n\nasync def run():\n    ex = ccxt.binance()\n    while True:\n        ticker = await ex.watch_ticker("BTC/USDT")\n        asyncio.create_task(later(ticker))\n' },
    { name: 'a coroutine that is not awaited', code: stream('nap = asyncio.sleep(1)') },
    { name: 'a method of its own called sleep', code: onTick('self.sleep(1)', '\ndef sleep(self, n):\n    self.naps = n') },
    { name: 'work until a deadline', code: onTick('end = time.monotonic() + 0.01\nwhile time.monotonic() < end and self.queue:\n    self.handle(self.queue.popleft())', '\ndef handle(self, event):\n    pass') },
    { name: 'a loop that counts', code: onTick('i = 0\nwhile i < self.levels:\n    i += 1') },
    { name: 'another command', code: `import os\n${onTick('os.system("sleepwatch")')}` },
    { name: 'tests', code: onTick('time.sleep(1)'), role: 'test' },
    { name: 'suppressed', code: onTick('time.sleep(1)  # tickguard: ignore[PRF001] replay at reading speed') },
    { name: 'a script of MQL5', path: 'Scripts/s.mq5', code: 'void OnStart() { while(!IsStopped()) { Sleep(100); } }\n' },
    { name: 'start, end and timer of MQL5', path: EA, code: 'int OnInit() { Sleep(100); return INIT_SUCCEEDED; }\nvoid OnDeinit(const int r) { Sleep(100); }\nvoid OnTimer() { Sleep(10); }\nvoid OnTick() { }\n' },
    { name: 'a new bar of MQL5', path: EA, code: mql('static datetime last = 0;\ndatetime bar = iTime(_Symbol, PERIOD_M5, 0);\nif(bar == last) return;\nlast = bar;\nSleep(100);') },
    { name: 'waiting for data that failed', path: EA, code: mql('int copied = CopyBuffer(h, 0, 0, 3, buffer);\nif(copied < 3) { Sleep(50); return; }', 'int h; double buffer[];') },
    { name: 'Sleep of an indicator is ignored by the terminal', path: 'Indicators/i.mq5', code: 'int OnCalculate(const int rates_total, const int prev_calculated, const int begin, const double &price[])\n{\n   Sleep(100);\n   return rates_total;\n}\n' },
    { name: 'a loop over positions as long as the session lasts', path: EA, code: mql('int i = PositionsTotal() - 1;\nwhile(i >= 0 && TimeCurrent() < until) { if(PositionGetTicket(i) > 0) Count(); i--; }', 'datetime until;\nint n;\nvoid Count() { n++; }') },
    { name: 'a search back to a price', path: EA, code: mql('int i = 1;\nwhile(iClose(_Symbol, PERIOD_M1, i) < level) i++;', 'double level;') },
    { name: 'a loop that moves on', path: EA, code: mql('int i = 0;\nwhile(i < 5 && levels[i++] < Bid);', 'double levels[];') },
    { name: 'a timer of TypeScript', path: BOT, code: "import WebSocket from 'ws';\nconst ws = new WebSocket(url);\nws.on('message', () => {});\nsetInterval(async () => { await sleep(100); }, 1000);\nconst sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));\n" },
    { name: 'a poller of TypeScript', path: BOT, code: "import ccxt from 'ccxt';\nconst ex = new ccxt.binance();\nasync function main() {\n  while (true) {\n    const t = await ex.fetchTicker('BTC/USDT');\n    await new Promise((r) => setTimeout(r, 1000));\n  }\n}\nvoid main();\n" },
    { name: 'a promise nobody waits for', path: BOT, code: ws('sleep(100).then(() => flush());', "import { sleep } from './util';\n") },
    { name: 'a time limit', path: BOT, code: ws('await Promise.race([work(data), new Promise((r) => setTimeout(r, 100))]);') },
    { name: 'a promise with work in it', path: BOT, code: ws('await new Promise((resolve) => { send(data); setTimeout(resolve, 100); });') },
    { name: 'a task nobody waits for', path: BOT, code: ws('void later(data);', 'async function later(data: unknown) { await sleep(100); use(data); }\nconst sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));\n') },
    { name: 'a delay that is something else', path: BOT, code: ws('await delay(data);', 'function delay(data: unknown) { return queue.add(data); }\n') },
    { name: 'a socket that connects again', path: BOT, code: "import WebSocket from 'ws';\nconst ws = new WebSocket(url);\nws.on('message', () => {});\nws.on('close', async () => { await new Promise((r) => setTimeout(r, 1000)); connect(); });\n" },
  ],
  invalid: [
    { name: 'time.sleep', code: onTick('«time.sleep(0.1)»'), findings: [{ messageId: 'sleep', severity: 'error', gate: 'merge', message: /^100 ms asleep on every tick: on_quote_tick/ }] },
    { name: 'from time import sleep', code: `from time import sleep as nap\n${onTick('«nap(2)»')}`, findings: [{ messageId: 'sleep', message: /^2 s asleep/ }] },
    { name: 'a length nobody can tell', code: onTick('«time.sleep(tick.delay)»'), findings: [{ messageId: 'sleep', message: /^Some time asleep/ }] },
    { name: 'an event', code: `import threading\n${onTick('«threading.Event().wait(0.5)»')}`, findings: [{ messageId: 'sleep', message: /^500 ms/ }] },
    { name: 'an event of the class', code: `import threading\n${IMPORT}class S(Strategy):\n    def __init__(self, config):\n        super().__init__(config)\n        self.stop = threading.Event()\n\n    def on_trade_tick(self, tick):\n        «self.stop.wait(1)»\n`, findings: [{ messageId: 'sleep' }] },
    { name: 'in another file', files: { 'strategy.py': `from nautilus_trader.trading.strategy import Strategy\nfrom risk import Risk\n\n\nclass S(Strategy):\n    def __init__(self, config):\n        super().__init__(config)\n        self.risk = Risk()\n\n    def on_quote_tick(self, tick):\n        self.risk.check(tick)\n`, 'risk.py': 'import time\n\n\nclass Risk:\n    def check(self, tick):\n        «time.sleep(0.05)»\n' },
      findings: [{ messageId: 'sleep', file: 'risk.py', message: /on_quote_tick → Risk\.check/, related: [/^strategy\.py:/] }] },
    { name: 'a loop over a socket', code: 'import time\nimport websockets\n\n\nasync def run(url):\n    async with websockets.connect(url) as ws:\n        async for message in ws:\n            «time.sleep(0.01)»\n', findings: [{ messageId: 'sleep', severity: 'error', message: /^10 ms asleep on every message/ }] },
    { name: 'a stream that waits', code: stream('«asyncio.sleep(1)»'.replace('«', 'await «')), findings: [{ messageId: 'gap', severity: 'error', message: /^1 s pass before the next tick is read/ }] },
    { name: 'asyncio.sleep on the way', code: 'import asyncio\nimport ccxt.pro as ccxt\n\n\nasync def step(ticker):\n    await «asyncio.sleep(0.2)»\n\n\nasync def run():\n    ex = ccxt.binance()\n    while True:\n        ticker = await ex.watch_ticker("BTC/USDT")\n        await step(ticker)\n', findings: [{ messageId: 'wait', severity: 'warning' }] },
    { name: 'gathered', code: 'import asyncio\nimport ccxt.pro as ccxt\n\n\nasync def step(ticker):\n    await asyncio.gather(«asyncio.sleep(0.2)», asyncio.sleep(0))\n\n\nasync def run():\n    ex = ccxt.binance()\n    while True:\n        ticker = await ex.watch_ticker("BTC/USDT")\n        await step(ticker)\n', findings: [{ messageId: 'wait' }] },
    { name: 'a bar handler', code: `${IMPORT}class S(Strategy):\n    def on_bar(self, bar):\n        «time.sleep(1)»\n`, findings: [{ messageId: 'sleep', severity: 'info', gate: 'none', message: /every bar/ }] },
    { name: 'spins for the clock', code: onTick('end = time.time() + 0.1\nwhile «time.time() < end»:\n    pass'), findings: [{ messageId: 'clock', severity: 'error' }] },
    { name: 'spins and keeps the time', code: onTick('start = now = time.perf_counter()\nwhile «now - start < 0.1»:\n    now = time.perf_counter()').replace('now - start', 'time.perf_counter() - start'), findings: [{ messageId: 'clock' }] },
    { name: 'spins until a break', code: onTick('end = time.monotonic() + 1\nwhile True:\n    if «time.monotonic() > end»:\n        break'), findings: [{ messageId: 'clock' }] },
    { name: 'spins for a flag', code: onTick('while «not self.ready»:\n    pass'), findings: [{ messageId: 'flag', severity: 'error' }] },
    { name: 'naps until a flag', code: onTick('while not self.ready:\n    «time.sleep(0.01)»'), findings: [{ messageId: 'poll', severity: 'error' }] },
    { name: 'a shell that sleeps', code: `import subprocess\n${onTick('«subprocess.run(["sleep", "1"])»')}`, findings: [{ messageId: 'sleep', message: /^1 s/ }] },
    { name: 'a handler without its feed', code: `${IMPORT}class S(Strategy):\n    def on_start(self):\n        self.subscribe_bars(self.bar_type)\n\n    def on_quote_tick(self, tick):\n        «time.sleep(1)»\n`, findings: [{ messageId: 'idle', severity: 'info' }] },
    { name: 'an order that is tried again', code: onTick('for attempt in range(3):\n    if self.submit_order(self.order()):\n        break\n    «time.sleep(0.5)»', '\ndef order(self):\n    return None'), findings: [{ messageId: 'retry', severity: 'info' }] },

    { name: 'two pauses of one loop', path: EA, code: mql('for(int i = 0; i < 5; i++)\n{\n   if(trade.Buy(0.1)) break;\n   «Sleep(50)»;\n   Sleep(1000);\n}'), findings: [{ messageId: 'retry', severity: 'info' }] },
    { name: 'Sleep', path: EA, code: mql('«Sleep(100)»;'), findings: [{ messageId: 'sleep', severity: 'error', message: /^100 ms asleep on every tick: OnTick\./ }] },
    { name: 'Sleep of minutes', path: EA, code: mql('«Sleep(600000)»;'), findings: [{ messageId: 'sleep', message: /^10 min asleep/ }] },
    { name: 'Sleep of an input', path: EA, code: mql('«Sleep(InpDelay)»;', 'input int InpDelay = 250;'), findings: [{ messageId: 'sleep', message: /^250 ms/ }] },
    { name: 'Sleep in a member object of an include', files: { 'Experts/ea.mq5': '#include <Risk/Risk.mqh>\nclass CBot { CRisk m_risk; public: void Run() { m_risk.Check(); } };\nCBot bot;\nvoid OnTick() { bot.Run(); }\n', 'Include/Risk/Risk.mqh': 'class CRisk { public: void Check() { «Sleep(50)»; } };\n' },
      findings: [{ messageId: 'sleep', file: 'Include/Risk/Risk.mqh', message: /OnTick → CBot\.Run → CRisk\.Check/ }] },
    { name: 'once a price is there', path: EA, code: 'void OnTick()\n{\n   if(SymbolInfoDouble(_Symbol, SYMBOL_BID) > 0) «Sleep(50)»;\n}\n', findings: [{ messageId: 'sleep' }] },
    { name: 'Sleep in a base class', files: { 'ea.mq5': '#include "base.mqh"\nclass CMy : public CBase { public: void Go() { Run(); } };\nCMy my;\nvoid OnTick() { my.Go(); }\n', 'base.mqh': 'class CBase { public: void Run() { «Sleep(10)»; } };\n' }, findings: [{ messageId: 'sleep', file: 'base.mqh' }] },
    { name: 'spins for the clock of MQL5', path: EA, code: mql('uint t = GetTickCount();\nwhile(«GetTickCount() - t < 100»);'), findings: [{ messageId: 'clock' }] },
    { name: 'spins in a for', path: EA, code: mql('for(ulong t = GetMicrosecondCount(); «GetMicrosecondCount() - t < 500»;) {}'), findings: [{ messageId: 'clock' }] },
    { name: 'spins for an entry until the window ends', path: EA, code: mql('if(entered) return;\nwhile(«InWindow() && !entered») { if(iClose(_Symbol, PERIOD_M1, 1) > level) { trade.Buy(0.1); entered = true; } }', 'bool entered = false;\ndouble level;\nCTrade trade;\nlong Now() { return TimeCurrent() % 86400; }\nbool InWindow() { long now = Now(); return now >= 28800 && now < 30600; }'), findings: [{ messageId: 'market', severity: 'error' }] },
    { name: 'spins for a price', path: EA, code: mql('if(armed) { while(«SymbolInfoDouble(_Symbol, SYMBOL_BID) < level») { } }', 'bool armed = false;\ndouble level;'), findings: [{ messageId: 'market' }] },
    { name: 'waits for the trade context', path: EA, code: mql('while(IsTradeContextBusy()) «Sleep(10)»;'), findings: [{ messageId: 'retry', severity: 'info' }] },
    { name: 'spins for the trade context', path: EA, code: mql('while(«IsTradeContextBusy()»);'), findings: [{ messageId: 'flag' }] },
    { name: 'an order of MQL5 that is tried again', path: EA, code: mql('if(Signal())\n   for(int i = 0; i < 5; i++)\n   {\n      if(trade.Buy(0.1)) break;\n      «Sleep(1000)»;\n   }', 'bool Signal() { return false; }'), findings: [{ messageId: 'retry', severity: 'info' }] },

    { name: 'await sleep of the file', path: BOT, code: ws('await «sleep(100)»;\nuse(data);', 'const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));\n'), findings: [{ messageId: 'wait', severity: 'warning', message: /^100 ms of waiting on every message: callback/ }] },
    { name: 'await sleep of another file', path: BOT, code: ws('await «sleep(250)»;', "import { sleep } from './util';\n"), findings: [{ messageId: 'wait', message: /^250 ms/ }] },
    { name: 'a helper of another name', path: BOT, code: ws('await rest();', 'async function rest() {\n  await «new Promise((resolve) => setTimeout(resolve, 50))»;\n}\n'), findings: [{ messageId: 'wait', message: /^50 ms of waiting on every message: callback → rest/ }] },
    { name: 'a promise in place', path: BOT, code: ws('await «new Promise<void>((done) => { setTimeout(() => done(), 20); })»;'), findings: [{ messageId: 'wait', message: /^20 ms/ }] },
    { name: 'timers/promises', path: BOT, code: ws('await «pause(10)»;', "import { setTimeout as pause } from 'node:timers/promises';\n"), findings: [{ messageId: 'wait', message: /^10 ms/ }] },
    { name: 'a stream of TypeScript that waits', path: BOT, code: "import ccxt from 'ccxt';\nconst ex = new ccxt.pro.binance();\nasync function run() {\n  while (true) {\n    const t = await ex.watchTicker('BTC/USDT');\n    await «sleep(500)»;\n  }\n}\nconst sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));\nvoid run();\n", findings: [{ messageId: 'gap', severity: 'error' }] },
    { name: 'a loop that burns', path: BOT, code: ws('const end = Date.now() + 50;\nwhile («Date.now() < end») {}'), findings: [{ messageId: 'clock', severity: 'error' }] },
    { name: 'Atomics.wait', path: BOT, code: ws('«Atomics.wait(lock, 0, 0, 100)»;'), findings: [{ messageId: 'sleep', severity: 'error', message: /^100 ms/ }] },
    { name: 'execSync', path: BOT, code: ws("«execSync('sleep 1')»;", "import { execSync } from 'node:child_process';\n"), findings: [{ messageId: 'sleep', message: /^1 s/ }] },
  ],
});

describe('PRF001 before anything is resolved', () => {
  test('the words find every name that sleeps', () => {
    // A default export is found by the name of its package.
    expect([...namesWithRole('sleep', 'sleep.async')].filter((name) => name !== 'default' && !SLEEP_WORDS.test(`${name}(`))).toEqual([]);
  });
});
