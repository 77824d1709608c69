/** APX006: what opens positions and never closes them by the clock, every day, without waiting for a tick. */
import { noFlatten } from '../../src/guardians/compliance/rules/apx006-no-flatten.ts';
import type { InvalidCase, ValidCase } from './cases.ts';
import { APEX, fires, FTMO, silent } from './apx-samples.ts';
import { ruleTester } from './rule-tester.ts';

const MQ = { path: 'ea.mq5' };
const TS = { path: 'bot.ts' };

const NAUTILUS = 'from datetime import time, timedelta\nfrom zoneinfo import ZoneInfo\nfrom nautilus_trader.trading.strategy import Strategy\n\nET = ZoneInfo("America/New_York")\n\n\n';
const ORDER = 'self.submit_order(self.order_factory.market(self.instrument_id, self.side, self.qty))';
/** A strategy that opens on a bar; `start` and `bar` are more of both handlers, `more` are other methods. */
const strategy = (order: string, { start = 'pass', bar = '', more = '' }: { readonly start?: string; readonly bar?: string; readonly more?: string } = {}): string =>
  `${NAUTILUS}class Momentum(Strategy):\n    def on_start(self):\n        ${start}\n\n    def on_bar(self, bar):\n${bar === '' ? '' : `        ${bar}\n`}        if bar.close > self.high:\n            ${order}\n${more === '' ? '' : `\n${more}`}`;
const MARKED = '«self.submit_order»(self.order_factory.market(self.instrument_id, self.side, self.qty))';
const FLAT = '    def _flat(self, event):\n        self.close_all_positions(self.instrument_id)\n';

/** An expert that buys above its average; `more` is what else OnTick does, `outside` other functions. */
const expert = (order: string, more = '', outside = ''): string =>
  `#include <Trade/Trade.mqh>\nCTrade trade;\ndouble ma;\n${outside}void OnTick()\n{\n   double ask = SymbolInfoDouble(_Symbol, SYMBOL_ASK);\n   ${more}\n   if(ask > ma) ${order}(0.1, _Symbol, ask, ask - 50 * _Point, ask + 100 * _Point);\n}\n`;
const CLOSE_ALL = 'void CloseAll()\n{\n   for(int i = PositionsTotal() - 1; i >= 0; i--) trade.PositionClose(PositionGetTicket(i));\n}\n';
const BY_HOUR = 'MqlDateTime t; TimeToStruct(TimeGMT(), t);\n   if(t.hour >= 20) { CloseAll(); return; }';

const feed = (order: string, more = ''): string =>
  `import WebSocket from 'ws';\nconst ws = new WebSocket(url);\nlet high = 0;\nws.on('message', async (raw) => {\n  const quote = JSON.parse(raw.toString());\n  if (quote.last > high) await ${order}({ symbol: 'ES', qty: 1 });\n});\n${more}`;

const loop = (order: string, more = ''): string =>
  `import time\n\n\nclass TradingBot:\n    def __init__(self, client):\n        self.client = client\n\n    def run(self):\n        while True:\n${more}            if self.signal():\n                ${order}("ES", "BUY", 1)\n            time.sleep(1)\n\n    def signal(self):\n        return self.client.last() > self.high\n`;

/** A class whose job runs every five minutes. */
const JOBS = 'import { Cron } from \'@nestjs/schedule\';\nexport class TrendBot {\n  @Cron(\'*/5 * * * *\')\n  async look() {\n    if (await this.signal()) await this.broker.placeOrder({ symbol: \'ES\', qty: 1 });\n  }\n';
/** A pure function that says which orders are to be sent. */
const REDUCER = 'const onChart = (prev, { data, props }) => {\n  if (crossed(prev, data)) {\n    return { state: prev, effects: [{ url: \'order/placeorder\', data: { action: \'Buy\', orderQty: 1 } }] };\n  }\n  return { state: prev };\n};\nmodule.exports = { onChart };\n';

const files = (name: string, texts: Readonly<Record<string, string>>): ValidCase => ({ name, files: texts, accounts: [APEX], trading: 'assume' });
const firesIn = (name: string, texts: Readonly<Record<string, string>>, finding: InvalidCase['findings'][number]): InvalidCase => ({ name, files: texts, accounts: [APEX], trading: 'assume', findings: [finding] });

ruleTester(noFlatten, {
  valid: [
    silent('an account that allows overnight', strategy(ORDER), { accounts: [FTMO] }),
    silent('a time alert that flattens', strategy(ORDER, { start: 'self.clock.set_time_alert("flat", next_flat(self.clock.utc_now(), ET), self._flat)', more: FLAT })),
    silent('a time alert whose callback is another object\'s', strategy(ORDER, { start: 'self.clock.set_time_alert("flat", next_flat(self.clock.utc_now(), ET), self.desk.flatten)' })),
    silent('a daily timer with a start', strategy(ORDER, { start: 'self.clock.set_timer("flat", timedelta(hours=24), next_flat(self.clock.utc_now(), ET), None, self._flat)', more: FLAT })),
    silent('a timer that asks for the time', strategy(ORDER, { start: 'self.clock.set_timer("check", timedelta(seconds=5), callback=self._check)', more: '    def _check(self, event):\n        if self.clock.utc_now().astimezone(ET).time() >= time(16, 50):\n            self.market_exit()\n' })),
    silent('a helper that may know the time', strategy(ORDER, { bar: 'if self.session.should_flatten():\n            self.market_exit()\n            return' })),
    silent('a manager of another file that is asked', strategy(ORDER, { bar: 'if self.desk.must_flatten(bar):\n            self.close_all_positions(self.instrument_id)' })),
    silent('a hold of so many minutes', strategy(ORDER, { bar: 'if self.clock.utc_now() - self.opened_at > self.max_hold:\n            self.close_all_positions(self.instrument_id)' })),
    silent('a strategy that sends no orders', `${NAUTILUS}class Recorder(Strategy):\n    def on_bar(self, bar):\n        self.rows.append(bar)\n`),
    silent('a base nobody sees', strategy(ORDER).replace('from nautilus_trader.trading.strategy import Strategy', 'from desk.base import Strategy')),
    silent('an order manager', 'class OrderManager:\n    def __init__(self, client):\n        self.client = client\n\n    def open(self, symbol, side, qty):\n        return self.client.place_order(symbol, side, qty)\n'),
    silent('a client of a broker with its own loop', loop('self.client.place_order').replace('TradingBot', 'BrokerClient')),
    silent('a bot that asks the clock', loop('self.client.place_order', '            if time.localtime().tm_hour >= 15:\n                self.close_all()\n                continue\n')),
    silent('a bot that works until the cut-off and closes then', loop('self.client.place_order').replace('while True', 'while now() < self.cutoff').replace('time.sleep(1)\n', 'time.sleep(1)\n        self.client.close_all_positions()\n')),
    silent('coins never close, and no account says otherwise', loop('self.client.place_order').replace('import time\n', 'import time\nimport ccxt\n'), { accounts: [] }),
    silent('coins, and an account that may stay overnight', loop('self.client.place_order').replace('import time\n', 'import time\nimport ccxt\n'), { accounts: [FTMO] }),
    silent('an executor that only closes', loop('self.executor.close_position')),
    silent('a job by the clock that closes before it looks for entries elsewhere', `${JOBS}  @Cron('50 16 * * 1-5', { timeZone: 'America/New_York' })\n  async flatten() {\n    await this.broker.closeAllPositions();\n  }\n}\n`, TS),
    silent('a reducer that cancels', REDUCER.replace('order/placeorder', 'order/cancelorder'), { path: 'crossover/onChart.js' }),
    silent('a class of data on bars', 'from feeds import Feed\n\n\nclass Momentum(Feed):\n    def on_bar(self, bar):\n        self.desk.place_order("ES", "BUY", 1)\n'),
    silent('a base of the project that nobody sees through', 'from desk.base import BaseStrategy\n\n\nclass MeanReversionExample(BaseStrategy):\n    async def on_bar(self, symbol, price, broker):\n        await broker.place_order(symbol)\n'),
    silent('freqtrade', 'from freqtrade.strategy import IStrategy\n\n\nclass Trend(IStrategy):\n    def bot_loop_start(self, **kwargs):\n        self.client.place_order("BTC/USDT", "buy", 1)\n'),
    silent('a back-test', strategy(ORDER), { path: 'backtest/momentum.py' }),
    silent('a class that plays the past', loop('self.client.place_order').replace('TradingBot', 'BacktestBot')),
    silent('test code', strategy(ORDER), { role: 'test' }),
    silent('orders that only reduce', strategy('self.submit_order(self.order_factory.market(self.instrument_id, self.side, self.qty, reduce_only=True))')),
    silent('an expert whose timer asks', `${expert('trade.Buy', '', CLOSE_ALL)}int OnInit() { EventSetTimer(1); return INIT_SUCCEEDED; }\nvoid OnTimer()\n{\n   MqlDateTime t; TimeToStruct(TimeGMT(), t);\n   if(t.hour >= 20) CloseAll();\n}\n`, MQ),
    silent('an expert that closes what it held for long', expert('trade.Buy', 'if(TimeCurrent() - openedAt > MaxHoldMinutes * 60) CloseAll();', `datetime openedAt;\ninput int MaxHoldMinutes = 15;\n${CLOSE_ALL}`), MQ),
    silent('buttons that a person presses', 'void OnTick() { Poll(); }\nvoid Poll() { if(pressed) OnBuyClick(); }\nvoid OnBuyClick() { trade.Buy(0.1, _Symbol); }\n', MQ),
    silent('an indicator', '#property indicator_chart_window\nint OnCalculate(const int total, const int prev, const int begin, const double &price[]) { trade.Buy(0.1); return total; }\n', MQ),
    silent('a script', '#include <Trade/Trade.mqh>\nCTrade trade;\nvoid OnStart() { trade.Buy(0.1, _Symbol); }\n', MQ),
    silent('an include that sends orders', 'class CEngine { public: CTrade trade; void OnTick() { trade.Buy(0.1, _Symbol); } };\n', { path: 'engine.mqh' }),
    silent('an include nobody sees', expert('trade.Buy').replace('CTrade trade;', '#include "Desk.mqh"\nCTrade trade;'), MQ),
    silent('a feed with a scheduler', feed('client.placeOrder', 'cron.schedule(\'50 16 * * 1-5\', () => client.closeAllPositions(), { timezone: \'America/New_York\' });\n').replace('import WebSocket', 'import cron from \'node-cron\';\nimport WebSocket'), TS),
    silent('a route that forwards what others decide', 'app.post(\'/hook\', async (req, res) => {\n  await client.placeOrder(req.body);\n  res.send(\'ok\');\n});\n', TS),
    files('a program beside it that flattens', { 'strategy.py': strategy(ORDER), 'flatten.py': 'from datetime import datetime, time\nfrom zoneinfo import ZoneInfo\n\n\ndef main(client):\n    if datetime.now(ZoneInfo("America/New_York")).time() >= time(16, 50):\n        client.close_all_positions()\n' }),
    files('a base of the project that flattens', { 'base.py': strategy(ORDER, { start: 'self.clock.set_time_alert("flat", next_flat(), self._flat)', more: FLAT }).replace('class Momentum', 'class Base'), 'strategy.py': 'from base import Base\n\n\nclass Breakout(Base):\n    def on_bar(self, bar):\n        self.submit_order(self.order_factory.market(self.instrument_id, self.side, self.qty))\n' }),
    files('an include that flattens by the clock', { 'Desk.mqh': `void CheckTime()\n{\n   MqlDateTime t; TimeToStruct(TimeGMT(), t);\n   if(t.hour >= 20) trade.PositionClose(_Symbol);\n}\n`, 'ea.mq5': expert('trade.Buy', 'CheckTime();').replace('CTrade trade;', '#include "Desk.mqh"\nCTrade trade;') }),
  ],
  invalid: [
    fires('coins, for an account that forbids the night', loop('«self.client.place_order»').replace('import time\n', 'import time\nimport ccxt\n'), { messageId: 'none', severity: 'warning', layer: 'firm', account: 'apex-1' }),
    fires('a strategy on coins', strategy(MARKED).replace('self.high:', 'self.high:  # BTCUSDT-PERP.BINANCE'), { messageId: 'none', severity: 'warning' }),
    fires('an executor that a method of the same name asks', 'import time\n\n\nclass Bot:\n    def run(self):\n        while self.running:\n            self.run_cycle()\n            time.sleep(30)\n\n    def run_cycle(self):\n        self.open_position("ES")\n\n    def open_position(self, symbol):\n        «self.trade_executor.open_position»(symbol, 1)\n', { messageId: 'none', message: /^Bot opens positions/ }),
    fires('a loop that waits for the end of the program', loop('«self.client.place_order»').replace('while True', 'while not self.stop_event.wait(30)'), { messageId: 'none' }),
    fires('a loop that two flags end', loop('«self.client.place_order»').replace('while True', 'while self.running and not self.stopping'), { messageId: 'none' }),
    fires('a loop without a head', 'async function main() {\n  for (;;) {\n    if (await signal()) await «client.placeMarketOrder»(\'ES\', 1);\n    await sleep(1000);\n  }\n}\nvoid main();\n', { messageId: 'none' }, TS),
    fires('a cron job around the clock', 'import cron from \'node-cron\';\ncron.schedule(\'*/5 * * * *\', async () => {\n  if (await signal()) await «client.placeOrder»({ symbol: \'ES\', qty: 1 });\n});\n', { messageId: 'none' }, TS),
    fires('a job of a class around the clock', `${JOBS.replace('this.broker.placeOrder', '«this.broker.placeOrder»')}}\n`, { messageId: 'none', message: /^TrendBot opens positions/ }, TS),
    fires('a reducer that hands back its orders', REDUCER.replace('\'order/placeorder\'', '«\'order/placeorder\'»'), { messageId: 'none', message: /^This program opens positions/ }, { path: 'crossover/onChart.js' }),
    firesIn('a subclass that only its base names', { 'base.py': 'from abc import ABC\n\n\nclass BaseStrategy(ABC):\n    async def get_position(self, symbol, broker):\n        return 0\n', 'strategy.py': 'from base import BaseStrategy\n\n\nclass MeanReversionExample(BaseStrategy):\n    async def on_bar(self, symbol, price, broker):\n        await «broker.place_order»(symbol)\n' }, { messageId: 'none', message: /^MeanReversionExample opens positions/ }),
    fires('a strategy', strategy(MARKED), {
      messageId: 'none', severity: 'warning', layer: 'firm', account: 'apex-1', related: ['strategy.py:8 the strategy'],
      message: 'Momentum opens positions, and nothing closes them by the clock: everything has to be flat by 16:59 ET for account apex-1. Flatten from 16:57 by a timer.',
      evidence: { deadline: '16:59 America/New_York' },
    }),
    fires('the house limit', strategy(MARKED), {
      messageId: 'none', severity: 'info', layer: 'house', message: /: everything has to be flat by 16:59 ET \(house limit; no account chosen\)\. Flatten from 16:57 by a timer\.$/,
    }, { accounts: [] }),
    fires('it closes on a signal only', strategy(MARKED, { bar: 'if bar.close < self.low:\n            self.close_all_positions(self.instrument_id)' }), { messageId: 'none' }),
    fires('it closes at a daily loss only', strategy(MARKED, { bar: 'if self.daily_loss > self.limit:\n            self.flatten_all()\n            return', more: '    def flatten_all(self):\n        self.close_all_positions(self.instrument_id)\n' }), { messageId: 'none' }),
    fires('it only keeps out of the night', strategy(MARKED, { bar: 'if self.clock.utc_now().hour >= 20:\n            return' }), { messageId: 'none' }),
    fires('it closes when it is stopped', strategy(MARKED, { more: '    def on_stop(self):\n        self.close_all_positions(self.instrument_id)\n' }), { messageId: 'none' }),
    fires('a timer from the start of the program', strategy(ORDER, { start: '«self.clock.set_timer("flat", timedelta(hours=24), callback=self._flat)»', more: FLAT }), {
      messageId: 'floating', severity: 'warning', message: 'This timer runs 24 h after the start and so on, not at a time of day: 16:59 ET passes in between for account apex-1. Start it at 16:57.',
      related: [/closes positions$/, /opens positions$/],
    }),
    fires('a close that hangs on bars', strategy(ORDER, { bar: 'if «self.clock.utc_now().astimezone(ET).time() >= time(16, 50)»:\n            self.close_all_positions(self.instrument_id)' }), {
      messageId: 'ticks', severity: 'info', layer: 'firm', message: 'Only a bar lets this close: in a quiet market none comes, and the position stays after 16:59 ET for account apex-1. Close from a timer as well.',
      related: [/opens positions$/],
    }),
    fires('a bot with a loop', loop('«self.client.place_order»'), { messageId: 'none', message: /^TradingBot opens positions/ }),
    fires('a script with a loop', 'import time\n\n\ndef main(client):\n    while True:\n        if client.last() > client.high():\n            «client.place_order»("ES", "BUY", 1)\n        time.sleep(1)\n', { messageId: 'none', message: /^This program opens positions/ }),
    fires('an expert', expert('«trade.Buy»'), { messageId: 'none', severity: 'warning', message: /^This expert opens positions/ }, MQ),
    fires('an expert that waits for a new bar', expert('«trade.Buy»', 'static datetime last; datetime now = iTime(_Symbol, PERIOD_H1, 0);\n   if(now == last) return; last = now;\n   if(ask < ma) CloseAll();', CLOSE_ALL), { messageId: 'none' }, MQ),
    fires('Fridays only', expert('«trade.Buy»', 'MqlDateTime t; TimeToStruct(TimeGMT(), t);\n   if(t.day_of_week == 5 && t.hour >= 20) { CloseAll(); return; }', CLOSE_ALL), {
      messageId: 'friday', message: 'This expert closes by the clock on Fridays only: everything has to be flat by 16:59 ET every day for account apex-1. Flatten daily from 16:57.', related: [/closes on Fridays$/],
    }, MQ),
    fires('every other day is turned away', expert('«trade.Buy»', 'CloseWeek();', `${CLOSE_ALL}void CloseWeek()\n{\n   MqlDateTime t; TimeToStruct(TimeGMT(), t);\n   if(t.day_of_week != 5) return;\n   if(t.hour >= 20) CloseAll();\n}\n`), { messageId: 'friday' }, MQ),
    fires('an expert that closes on ticks', expert('trade.Buy', BY_HOUR.replace('t.hour >= 20', '«t.hour >= 20»'), CLOSE_ALL), { messageId: 'ticks', severity: 'info', message: /^Only a tick lets this close: .* Close from OnTimer as well\.$/ }, MQ),
    fires('an expert whose timer is a day', `${expert('trade.Buy', '', CLOSE_ALL)}int OnInit() { «EventSetTimer(86400)»; return INIT_SUCCEEDED; }\nvoid OnTimer() { CloseAll(); }\n`, { messageId: 'floating' }, MQ),
    fires('a flatten that nobody calls', expert('«trade.Buy»', '', `${CLOSE_ALL.replace('CloseAll', 'CloseAtEod')}`), { messageId: 'none' }, MQ),
    fires('MQL4', 'void start()\n{\n   if(Ask > High[1]) «OrderSend»(Symbol(), OP_BUY, 0.1, Ask, 3, Ask - 50 * Point, Ask + 50 * Point);\n}\n', { messageId: 'none' }, { path: 'ea.mq4' }),
    fires('a feed', feed('«client.placeOrder»'), { messageId: 'none', message: /^This program opens positions/ }, TS),
    fires('a class on a feed', 'export class BreakoutStrategy {\n  onBar(bar: Bar): void {\n    if (bar.close > this.high) this.broker.«»placeOrder({ side: \'buy\', qty: 1 });\n  }\n}\n'.replace('this.broker.«»placeOrder', '«this.broker.placeOrder»'), { messageId: 'none', message: /^BreakoutStrategy opens positions/ }, TS),
    fires('a day of milliseconds', feed('client.placeOrder', '«setInterval(flattenAll, 24 * 60 * 60 * 1000)»;\nfunction flattenAll(): void {\n  client.closeAllPositions();\n}\n'), { messageId: 'floating' }, TS),
    firesIn('a subclass of a strategy of the project', { 'base.py': `${NAUTILUS}class Base(Strategy):\n    def on_start(self):\n        self.subscribe_bars(self.bar_type)\n`, 'strategy.py': 'from base import Base\n\n\nclass Breakout(Base):\n    def on_bar(self, bar):\n        «self.submit_order»(self.order_factory.market(self.instrument_id, self.side, self.qty))\n' }, { messageId: 'none', message: /^Breakout opens positions/ }),
    firesIn('a subclass of a class of the project', { 'base.py': 'from abc import ABC\n\n\nclass BaseStrategy(ABC):\n    def __init__(self, broker):\n        self.broker = broker\n', 'strategy.py': 'from base import BaseStrategy\n\n\nclass Breakout(BaseStrategy):\n    def on_bar(self, bar):\n        «self.broker.place_order»("ES", "BUY", 1)\n' }, { messageId: 'none', message: /^Breakout opens positions/ }),
    firesIn('an include without a clock', { 'Desk.mqh': 'double Lots() { return 0.1; }\n', 'ea.mq5': expert('«trade.Buy»').replace('CTrade trade;', '#include "Desk.mqh"\nCTrade trade;') }, { messageId: 'none' }),
    firesIn('another strategy that closes its own', { 'other.py': strategy(ORDER, { start: 'self.clock.set_time_alert("flat", next_flat(), self._flat)', more: FLAT }).replace('Momentum', 'Other'), 'strategy.py': strategy(MARKED) }, { messageId: 'none' }),
  ],
});
