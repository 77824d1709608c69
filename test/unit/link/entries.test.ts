/** Which functions are entries: by framework class, by distinctive name, by registration. */
import { describe, expect, test } from 'vitest';
import { messages, project, STRATEGY } from './project.ts';

const P = '        print("x")\n';

describe('registrations', () => {
  test.each<[string, string, readonly string[]]>([
    ['clock.set_timer is a timer, not a tick', 'self.clock.set_timer("x", interval, callback=self._f)', []],
    ['clock.set_time_alert likewise', 'self.clock.set_time_alert("x", at, self._f)', []],
    ['ws.on_message = self._f', 'ws.on_message = self._f', ['s.py: _f: _f']],
    ['subscribe(handler=self._f)', 'bus.subscribe("quotes", handler=self._f)', ['s.py: _f: _f']],
    ['subscribe(handler=self._f) without a topic', 'bus.subscribe(handler=self._f)', ['s.py: _f: _f']],
    ['subscribe to what is no market data', 'bus.subscribe("health.state", self._f)', []],
    ['subscribe to a topic that is put together', 'bus.subscribe(f"data.quotes.{id}", self._f)', ['s.py: _f: _f']],
    ['ticker_stream(callback=…)', 'ws.ticker_stream(symbol="X", callback=self._f)', ['s.py: _f: _f']],
    ['subscribe_quotes(self._f)', 'stream.subscribe_quotes(self._f, "SPY")', ['s.py: _f: _f']],
    ['subscribe_bars(self._f) is a bar', 'stream.subscribe_bars(self._f, "SPY")', []],
    ['on_message=', 'WebSocketApp(url, on_message=self._f)', ['s.py: _f: _f']],
    ['ws.on("message", f)', 'ws.on("message", self._f)', ['s.py: _f: _f']],
    ['ws.on("close", f) is not', 'ws.on("close", self._f)', []],
    ['+= of a tick event', 'ib.pendingTickersEvent += self._f', ['s.py: _f: _f']],
    ['+= of an order event is not', 'ib.orderStatusEvent += self._f', []],
    ['a lambda', 'ws.on_message = lambda m: self._f(m)', ['s.py: lambda: lambda → C._f']],
    ['a partial', 'ws.on_message = functools.partial(self._f, 1)', ['s.py: _f: _f']],
  ])('%s', (_title, line, expected) => {
    const text = `import functools\nclass C:\n    def start(self, ws, ib, bus, stream):\n        ${line}\n    def _f(self, x):\n${P}`;
    expect(messages(project({ 's.py': text }))).toEqual(expected.map((one) => one.replace('C._f', '_f')));
  });

  test('the class of updateEvent hangs on what made the object', () => {
    const text = (call: string): string => `class C:\n    def start(self, ib):\n        t = ib.${call}(1)\n        t.updateEvent += self._f\n    def _f(self, x):\n${P}`;
    expect(messages(project({ 's.py': text('reqMktData') }))).toEqual(['s.py: _f: _f']);
    expect(messages(project({ 's.py': text('reqRealTimeBars') }))).toEqual([]);
    expect(messages(project({ 's.py': text('somethingElse') }))).toEqual([]);
  });

  test('at the top of a script', () => {
    expect(messages(project({ 's.py': 'import websocket\ndef on_message(ws, m):\n    print(m)\nws = websocket.WebSocketApp(URL, on_message=on_message)\n' })))
      .toEqual(['s.py: on_message: on_message']);
  });

  test('a callback of another file', () => {
    const files = {
      'feed.py': 'from handler import on_msg\ndef run(ws):\n    ws.on_message = on_msg\n',
      'handler.py': 'def on_msg(ws, m):\n    print("x")\n',
    };
    expect(messages(project(files))).toEqual(['handler.py: on_msg: on_msg']);
  });

  test('a timer callback reaches what timers may do, and no tick finding', () => {
    const text = `${STRATEGY}class S(Strategy):\n    def on_start(self):\n        self.clock.set_timer("x", 1, callback=self._on_timer)\n    def _on_timer(self, e):\n        self.note()\n    def note(self):\n${P}`;
    expect(messages(project({ 's.py': text }))).toEqual([]);
  });

  test('a loop over a stream of messages, and what stands outside of it', () => {
    const text = 'import ccxt.pro\nasync def run(ex):\n    print("a")\n    while True:\n        t = await ex.watch_ticker("X")\n        handle(t)\ndef handle(t):\n    print("x")\n';
    expect(messages(project({ 's.py': text }))).toEqual(['s.py: run: run → handle']);
  });
});

describe('handlers by class', () => {
  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['NautilusTrader 1', { 's.py': `${STRATEGY}class S(Strategy):\n    def on_trade_tick(self, t):\n${P}` }, ['s.py: on_trade_tick: on_trade_tick']],
    ['NautilusTrader 2: on_quote', { 's.py': `from nautilus_trader.trading import Strategy\nclass S(Strategy):\n    def on_quote(self, t):\n${P}` }, ['s.py: on_quote: on_quote']],
    ['an actor of NautilusTrader 2', { 's.py': `from nautilus_trader.common import DataActor\nclass S(DataActor):\n    def on_book(self, t):\n${P}` }, ['s.py: on_book: on_book']],
    ['on_quote of a version 1 strategy is its own method', { 's.py': `${STRATEGY}class S(Strategy):\n    def on_quote(self, t):\n${P}` }, []],
    ['the base in another file, over two steps', {
      'a.py': `${STRATEGY}class A(Strategy):\n    pass\n`, 'b.py': 'from a import A\nclass B(A):\n    pass\n', 's.py': `from b import B\nclass S(B):\n    def on_quote_tick(self, t):\n${P}`,
    }, ['s.py: on_quote_tick: on_quote_tick']],
    ['a mixin of another file', {
      'mixin.py': `class Mixin:\n    def on_mark_price(self, t):\n${P}`, 's.py': `${STRATEGY}from mixin import Mixin\nclass S(Mixin, Strategy):\n    pass\n`,
    }, ['mixin.py: on_mark_price: on_mark_price']],
    ['a class inside a function', { 's.py': `${STRATEGY}def make():\n    class S(Strategy):\n        def on_quote_tick(self, t):\n            print("x")\n    return S\n` }, ['s.py: on_quote_tick: on_quote_tick']],
    ['backtrader next is a bar', { 's.py': `import backtrader as bt\nclass S(bt.Strategy):\n    def next(self):\n${P}` }, []],
    ['a distinctive name without bases', { 's.py': `class Feed:\n    def on_quote_tick(self, t):\n${P}` }, ['s.py: on_quote_tick: on_quote_tick']],
    ['a distinctive name, bases unknown', { 's.py': `from somewhere import Base\nclass Feed(Base):\n    def on_quote_tick(self, t):\n${P}` }, ['s.py: on_quote_tick: on_quote_tick']],
    ['a distinctive name, a base that is computed', { 's.py': `class Feed(make_base()):\n    def on_quote_tick(self, t):\n${P}` }, ['s.py: on_quote_tick: on_quote_tick']],
    ['a distinctive name, object and ABC say nothing', { 's.py': `from abc import ABC\nclass Feed(ABC, object):\n    def on_quote_tick(self, t):\n${P}` }, ['s.py: on_quote_tick: on_quote_tick']],
    ['a distinctive name under a builtin', { 's.py': `class Feed(dict):\n    def on_quote_tick(self, t):\n${P}` }, []],
    ['a distinctive name under a known base that is no strategy', { 's.py': `class Recorder:\n    pass\nclass Feed(Recorder):\n    def on_quote_tick(self, t):\n${P}` }, []],
    ['a strategy of the project\'s own framework', { 's.py': `class BaseStrategy:\n    pass\nclass Mine(BaseStrategy):\n    def on_tick(self, t):\n${P}` }, ['s.py: on_tick: on_tick']],
    ['an ordinary name', { 's.py': `class Feed:\n    def on_quote(self, t):\n${P}` }, []],
    ['a free function', { 's.py': 'def on_tick(t):\n    print("x")\n' }, ['s.py: on_tick: on_tick']],
    ['a strategy in a test', { 'tests/test_s.py': `${STRATEGY}class S(Strategy):\n    def on_quote_tick(self, t):\n${P}` }, []],
  ])('%s', (_title, files, expected) => {
    expect(messages(project(files))).toEqual(expected);
  });

  test('a test that registers a callback makes no entry', () => {
    expect(messages(project({
      'app.py': 'def on_msg(m):\n    print("x")\n', 'tests/test_app.py': 'from app import on_msg\ndef test_it(ws):\n    ws.on_message = on_msg\n',
    }))).toEqual([]);
  });
});
