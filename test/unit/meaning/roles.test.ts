import { describe, expect, test } from 'vitest';
import type { Call } from '../../../src/core/source/model.ts';
import { frameworkOf, rolesOf } from '../../../src/core/source/roles.ts';
import { classNamed, expression, read } from './read.ts';

function roles(text: string, call: string): readonly string[] {
  const model = read(text);
  const found = expression(model, call);
  return rolesOf(model, found.expr as Call, found.site);
}

const NT = 'from nautilus_trader.trading.strategy import Strategy\nclass S(Strategy):\n    def f(self, tick):\n        ';
const plain = (line: string, head = ''): string => `${head}def f():\n    ${line}\n`;

describe('rolesOf', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['print', plain('print(1)'), 'print(1)', ['print']],
    ['sys.stdout.write', plain('sys.stdout.write("x")', 'import sys\n'), 'sys.stdout.write("x")', ['print']],
    ['logging', plain('logging.info("x")', 'import logging\n'), 'logging.info("x")', ['log', 'log.info']],
    ['a logger of the module', plain('log.info("x")', 'import logging\nlog = logging.getLogger(__name__)\n'), 'log.info("x")', ['log', 'log.info']],
    ['a logger under any name', plain('chatter.warning("x")', 'import logging\nchatter = logging.getLogger()\n'), 'chatter.warning("x")', ['log', 'log.warning']],
    ['debug is a role of its own', plain('log.debug("x")', 'import logging\nlog = logging.getLogger()\n'), 'log.debug("x")', ['log.debug']],
    ['loguru', plain('logger.success("x")', 'from loguru import logger\n'), 'logger.success("x")', ['log', 'log.info']],
    ['structlog', plain('L.error("x")', 'import structlog\nL = structlog.get_logger()\n'), 'L.error("x")', ['log', 'log.error']],
    ['a typed logger', 'import logging\ndef f(out: logging.Logger):\n    out.info("x")\n', 'out.info("x")', ['log', 'log.info']],
    ['an untyped logger by its name', 'def f(logger):\n    logger.info("x")\n', 'logger.info("x")', ['log', 'log.info']],
    ['self.log of a strategy', `${NT}self.log.info("x")`, 'self.log.info("x")', ['log', 'log.info']],
    ['an alias of it', `${NT}log = self.log\n        log.info("x")`, 'log.info("x")', ['log', 'log.info']],
    ['an alias of the method', `${NT}say = self.log.info\n        say("x")`, 'say("x")', ['log', 'log.info']],
    ['self.log of a base in another file', 'from base import Base\nclass S(Base):\n    def f(self):\n        self.log.info("x")', 'self.log.info("x")', ['log', 'log.info']],
    ['submit_order', `${NT}self.submit_order(o)`, 'self.submit_order(o)', ['order.submit']],
    ['super().submit_order', `${NT}super().submit_order(o)`, 'super().submit_order(o)', ['order.submit']],
    ['close_all_positions', `${NT}self.close_all_positions(i)`, 'self.close_all_positions(i)', ['order.close']],
    ['market_exit', `${NT}self.market_exit()`, 'self.market_exit()', ['order.close']],
    ['set_timer', `${NT}self.clock.set_timer("x", 1)`, 'self.clock.set_timer("x", 1)', ['clock.timer']],
    ['utc_now', `${NT}self.clock.utc_now()`, 'self.clock.utc_now()', ['clock.utc']],
    ['a strategy handed over', 'from nautilus_trader.trading.strategy import Strategy\ndef f(s: Strategy):\n    s.log.info("x")', 's.log.info("x")', ['log', 'log.info']],
    ['naive local time', plain('datetime.now()', 'from datetime import datetime\n'), 'datetime.now()', ['clock.local']],
    ['local time by None', plain('datetime.now(None)', 'from datetime import datetime\n'), 'datetime.now(None)', ['clock.local']],
    ['coordinated time', plain('datetime.now(timezone.utc)', 'from datetime import datetime, timezone\n'), 'datetime.now(timezone.utc)', ['clock.utc']],
    ['coordinated time by name', plain('datetime.now(tz=ZoneInfo("UTC"))', 'from datetime import datetime\nfrom zoneinfo import ZoneInfo\n'), 'datetime.now(tz=ZoneInfo("UTC"))', ['clock.utc']],
    ['a zone', plain('datetime.now(NY)', 'from datetime import datetime\nfrom zoneinfo import ZoneInfo\nNY = ZoneInfo("America/New_York")\n'), 'datetime.now(NY)', ['clock.zoned']],
    ['utcnow', plain('dt.datetime.utcnow()', 'import datetime as dt\n'), 'dt.datetime.utcnow()', ['clock.utc']],
    ['time.time', plain('time.time()', 'import time\n'), 'time.time()', ['clock.epoch']],
    ['sleep', plain('sleep(1)', 'from time import sleep\n'), 'sleep(1)', ['sleep']],
    ['http', plain('requests.get(u)', 'import requests\n'), 'requests.get(u)', ['http']],
    ['a session', 'import requests\nclass C:\n    def __init__(self):\n        self.s = requests.Session()\n    def f(self):\n        self.s.get(1)', 'self.s.get(1)', ['http']],
    ['a file', plain('open("x")'), 'open("x")', ['file']],
    ['ccxt', plain('ex.create_order("X")', 'import ccxt\nex = ccxt.binance()\n'), 'ex.create_order("X")', ['order.submit', 'http']],
    ['ccxt.pro', 'import ccxt.pro as ccxtpro\nclass C:\n    def __init__(self):\n        self.ex = ccxtpro.kraken({})\n    async def f(self):\n        await self.ex.watch_ticker("X")', 'self.ex.watch_ticker("X")', ['data.stream']],
    ['MetaTrader5', plain('mt5.order_send(r)', 'import MetaTrader5 as mt5\n'), 'mt5.order_send(r)', ['order.submit']],
    ['alpaca', plain('c.submit_order(o)', 'from alpaca.trading.client import TradingClient\nc = TradingClient(k)\n'), 'c.submit_order(o)', ['order.submit', 'http']],
    ['ib_insync', plain('ib.placeOrder(c, o)', 'from ib_insync import *\nib = IB()\n'), 'ib.placeOrder(c, o)', ['order.submit']],
    ['backtrader', 'import backtrader as bt\nclass S(bt.Strategy):\n    def next(self):\n        self.buy()', 'self.buy()', ['order.submit']],
    ['lumibot', 'from lumibot.strategies import Strategy\nclass S(Strategy):\n    def f(self):\n        self.sell_all()', 'self.sell_all()', ['order.close']],
    ['an unknown broker by convention', 'def f(broker):\n    broker.place_order(1)', 'broker.place_order(1)', ['order.submit']],
  ])('%s', (_title, text, call, expected) => {
    expect(roles(text, call)).toEqual(expected);
  });

  test.each<[string, string, string]>([
    ['an own print', 'def print(x): pass\ndef f():\n    print(1)\n', 'print(1)'],
    ['an own method of the name', `${NT}self.submit_order(o)\n    def submit_order(self, o):\n        pass`, 'self.submit_order(o)'],
    ['an own log', 'class L:\n    def info(self, x): pass\nclass C:\n    def __init__(self):\n        self.log = L()\n    def f(self):\n        self.log.info("x")', 'self.log.info("x")'],
    ['a class without framework', 'class C:\n    def f(self):\n        self.buy()', 'self.buy()'],
    ['a method of a mapping', 'def f(d):\n    d.get("x")', 'd.get("x")'],
    ['an order class of this file', 'class B:\n    def place_order(self, x): pass\ndef f(b: B):\n    b.place_order(1)', 'b.place_order(1)'],
    ['prototype names', 'def f(x):\n    x.constructor()', 'x.constructor()'],
  ])('none: %s', (_title, text, call) => {
    expect(roles(text, call)).toEqual([]);
  });
});

describe('frameworkOf', () => {
  test('by import, by alias, through a base of the file', () => {
    const model = read('import nautilus_trader.trading.strategy as nt\nclass A(nt.Strategy): pass\nclass B(A): pass\nclass C: pass\n');
    expect(['A', 'B', 'C'].map((name) => frameworkOf(model, classNamed(model, name))?.role)).toEqual(['strategy', 'strategy', undefined]);
    expect(frameworkOf(model, classNamed(model, 'B'))?.handlers.get('on_quote_tick')).toBe('tick');
  });
});
