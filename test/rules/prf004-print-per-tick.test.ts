import { beforeAll, describe, expect, test } from 'vitest';
import { Syntax } from '../../src/core/source/source.ts';
import { namesWithRole } from '../../src/core/source/frameworks/tables.ts';
import { LINE_WORDS, printPerTick } from '../../src/guardians/performance/rules/prf004-print-per-tick.ts';
import { judgeMutants, type Snippet } from './mutants.ts';
import { ruleTester } from './rule-tester.ts';
import { PRF004_GENERATORS, PRF004_IMPORTS, PRF004_OBJECTS, PRF004_SCRIPTS } from './script-samples.ts';

const IMPORT = 'from nautilus_trader.trading.strategy import Strategy\n\n\n';
/** A strategy with this body in `on_quote_tick`. */
const onTick = (body: string, rest = ''): string =>
  `${IMPORT}class Scalper(Strategy):\n    def on_quote_tick(self, tick):\n${indent(body, 8)}${rest === '' ? '' : `\n${indent(rest, 4)}`}\n`;
const indent = (text: string, by: number): string => text.split('\n').map((line) => (line === '' ? '' : ' '.repeat(by) + line)).join('\n');
/** A strategy file that calls into other files. */
const strategy = (imports: string, init: string, body: string): string =>
  `${IMPORT.trimEnd()}\n${imports}\n\n\nclass Scalper(Strategy):\n${init === '' ? '' : `    def __init__(self, config):\n        super().__init__(config)\n${indent(init, 8)}\n\n`}    def on_quote_tick(self, tick):\n${indent(body, 8)}\n`;
const RISK = 'class RiskManager:\n    def check(self, tick):\n        «print(tick)»\n';
/** A function under a decorator that lets it run once a second. */
const limited = (name: string): string => 'import time\n\n\ndef limited(fn):\n    last = 0\n    def wrapper(*args):\n        nonlocal last\n        now = time.monotonic()\n        if now - last < 1:\n            return None\n        last = now\n        return fn(*args)\n    return wrapper\n\n\n'
  + `@limited\ndef ${name}(tick):\n    «print(tick)»\n`;

/** A strategy of a base class of the project's own, and an engine that drives it. */
const HOME_MADE = 'class BaseStrategy:\n    def on_tick(self, snapshot):\n        raise NotImplementedError\n\n\nclass Rebalance(BaseStrategy):\n    def on_tick(self, snapshot):\n        «print(snapshot)»\n';
const polled = (loop: string): string => `import time\n\n\nclass Engine:\n    def run(self):\n        while self.running:\n${loop}\n\n    def tick(self):\n        self.strategy.on_tick(self.broker.snapshot())\n`;

ruleTester(printPerTick, {
  valid: [
    ...PRF004_SCRIPTS.valid, ...PRF004_IMPORTS.valid, ...PRF004_OBJECTS.valid, ...PRF004_GENERATORS.valid,
    { name: 'bar handler', code: `${IMPORT}class S(Strategy):\n    def on_bar(self, bar):\n        print(bar)\n        self.log.info("bar")\n` },
    { name: 'start and stop', code: `${IMPORT}class S(Strategy):\n    def on_start(self):\n        print("up")\n    def on_stop(self):\n        self.log.info("down")\n` },
    { name: 'order event', code: `${IMPORT}class S(Strategy):\n    def on_order_filled(self, event):\n        self.log.info(f"filled {event}")\n` },
    { name: 'timer', code: `${IMPORT}class S(Strategy):\n    def on_start(self):\n        self.clock.set_timer("t", 60, callback=self.report)\n    def report(self, event):\n        print(event)\n` },
    { name: 'decisions that are handed on as data', code: `${IMPORT}class S(Strategy):\n    def on_data(self, data):\n        if not isinstance(data, RebalanceOrders):\n            return\n        self.log.info(f"received {data}")\n` },
    { name: 'a connection that each round opens', code: 'import websockets\n\n\nasync def listen(url, auth):\n    while True:\n        try:\n            async with websockets.connect(url) as ws:\n                await ws.send(auth)\n                answer = await ws.recv()\n                print(answer)\n                async for message in ws:\n                    handle(message)\n        except OSError:\n            pass\n' },
    { name: 'a connection that each round makes', code: 'import websockets\n\n\nasync def listen(url, auth):\n    while True:\n        ws = await websockets.connect(url)\n        answer = await ws.recv()\n        print(answer)\n        while True:\n            handle(await ws.recv())\n' },
    { name: 'a tick that the project makes itself, once a minute', files: { 'strategy.py': HOME_MADE.replace(/[«»]/g, ''), 'engine.py': polled('            self.pool.submit(self.tick).result()\n            time.sleep(60)') } },
    { name: 'a tick that the project makes itself, in the loop', files: { 'strategy.py': HOME_MADE.replace(/[«»]/g, ''), 'run.py': 'import asyncio\n\n\nasync def run(strategy, broker):\n    while True:\n        try:\n            strategy.on_tick(await broker.price())\n        except OSError as error:\n            print(error)\n        await asyncio.sleep(5)\n' } },
    { name: 'module level', code: `${IMPORT}print("loaded")\n\nclass S(Strategy):\n    def on_quote_tick(self, tick):\n        pass\n` },
    { name: 'method that no handler calls', code: onTick('pass', '\ndef report(self):\n    print("report")') },
    { name: 'function of the same name elsewhere', files: { 'strategy.py': strategy('', '', 'self.last = tick'), 'report.py': 'def check(tick):\n    print(tick)\n' } },
    { name: 'class whose base is known and no strategy', code: 'class Sink:\n    pass\n\n\nclass Recorder(Sink):\n    def on_quote_tick(self, tick):\n        print(tick)\n' },
    { name: 'counter', code: onTick('self.n += 1\nif self.n % 1000 == 0:\n    print(self.n)') },
    { name: 'counter that leaves early', code: onTick('self.n += 1\nif self.n % 500 != 0:\n    return\nself.log.info("alive")') },
    { name: 'throttle', code: onTick('now = self.clock.timestamp_ns()\nif now - self.last_log > 1_000_000_000:\n    self.last_log = now\n    print(tick)') },
    { name: 'new bar', code: onTick('if tick.bar_start != self.last_bar:\n    self.last_bar = tick.bar_start\n    self.log.info("new bar")') },
    { name: 'error branch', code: onTick('try:\n    self.update(tick)\nexcept ValueError as error:\n    self.log.error(f"bad tick {error}")', '\ndef update(self, tick):\n    pass') },
    { name: 'switch that is off', code: `${IMPORT}DEBUG = False\n\nclass S(Strategy):\n    def on_quote_tick(self, tick):\n        if DEBUG:\n            print(tick)\n` },
    { name: 'branch that trades', code: onTick('if self.crossed(tick):\n    self.log.info("enter")\n    self.submit_order(self.order())', '\ndef crossed(self, tick):\n    return False\n\ndef order(self):\n    return None') },
    { name: 'once', code: onTick('if not self.announced:\n    self.announced = True\n    print("first tick")') },
    { name: 'guard on the way', files: { 'strategy.py': strategy('from risk import RiskManager', 'self.risk = RiskManager()\nself.n = 0', 'self.n += 1\nif self.n % 100 == 0:\n    self.risk.check(tick)'), 'risk.py': RISK.replace(/[«»]/g, '') } },
    { name: 'guard in the caller of the caller', files: { 'strategy.py': strategy('from risk import RiskManager', 'self.risk = RiskManager()', 'try:\n    self.last = tick\nexcept ValueError:\n    self.risk.check(tick)'), 'risk.py': RISK.replace(/[«»]/g, '') } },
    { name: 'debug line of fixed text', code: onTick('self.log.debug("tick")') },
    { name: 'debug lines switched off', code: onTick('self.log.debug(f"{tick}")'), options: { debug: false } },
    { name: 'list called log', code: onTick('log = []\nlog.append(tick)') },
    { name: 'method of its own called print', code: onTick('self.print(tick)', '\ndef print(self, tick):\n    self.last = tick') },
    { name: 'tests', code: onTick('print(tick)'), role: 'test' },
    { name: 'suppressed', code: onTick('print(tick)  # tickguard: ignore[PRF004] this strategy is a recorder') },
    { name: 'file outside of trading code', files: { 'tool.py': 'def show(ticks):\n    for tick in ticks:\n        print(tick)\n\n\nshow([1])\n' } },
    { name: 'callback of a timer', code: `${IMPORT}class S(Strategy):\n    def on_start(self):\n        self.clock.set_time_alert("flat", self.at, self.flatten)\n\n    def flatten(self, event):\n        print(event)\n` },
    { name: 'keys of a dict', files: { 'strategy.py': strategy('from risk import RiskManager', 'self.risks: dict[str, RiskManager] = {}', 'for risk in self.risks:\n    risk.check(tick)'), 'risk.py': RISK.replace(/[«»]/g, '') } },
    { name: 'a table of handlers by key', files: { 'strategy.py': strategy('from risk import RiskManager', 'self.actions = {"reject": RiskManager().check}', 'self.actions[tick.kind](tick)'), 'risk.py': RISK.replace(/[«»]/g, '') } },
    { name: 'a throttle for each instrument', code: onTick('if now() - self.last[tick.instrument_id] < 1:\n    return\nself.last[tick.instrument_id] = now()\nprint(tick)') },
    { name: 'a decorator whose wrapper returns early', files: { 'strategy.py': strategy('from risk import check', '', 'check(tick)'), 'risk.py': limited('check').replace(/[«»]/g, '') } },
    { name: 'a loop that connects again', code: 'import websockets\n\n\nasync def run(url):\n    while True:\n        ws = await websockets.connect(url)\n        print("connected")\n        while True:\n            message = await ws.recv()\n' },
    { name: 'a pipe is no feed', code: 'def run(pipe):\n    while True:\n        print(pipe.recv())\n' },
    { name: 'cycle that ends', code: onTick('self.a(tick)', '\ndef a(self, tick):\n    self.b(tick)\n\ndef b(self, tick):\n    self.a(tick)') },
  ],
  invalid: [
    ...PRF004_SCRIPTS.invalid, ...PRF004_IMPORTS.invalid, ...PRF004_OBJECTS.invalid, ...PRF004_GENERATORS.invalid,
    { name: 'prices that are handed on as data', code: `${IMPORT}class S(Strategy):\n    def on_data(self, data):\n        if not isinstance(data, SpreadQuote):\n            return\n        «self.log.info(f"received {data}")»\n`, findings: [{ messageId: 'log' }] },
    { name: 'a connection that is made again where it broke', code: 'import websockets\n\n\nasync def listen(url):\n    ws = await websockets.connect(url)\n    while True:\n        message = await ws.recv()\n        «print(message)»\n        if message is None:\n            ws = await websockets.connect(url)\n' , findings: [{ messageId: 'print' }] },
    { name: 'the messages of a connection that each round opens', code: 'import websockets\n\n\nasync def listen(url, auth):\n    while True:\n        async with websockets.connect(url) as ws:\n            answer = await ws.recv()\n            while True:\n                «print(await ws.recv())»\n', findings: [{ messageId: 'print' }] },
    { name: 'a loop that only waits where something went wrong', files: { 'strategy.py': HOME_MADE, 'engine.py': polled('            try:\n                self.tick()\n            except OSError:\n                time.sleep(60)') }, findings: [{ messageId: 'print' }] },
    { name: 'a framework\'s own tick, whatever else is polled', files: { 's.py': onTick('«print(tick)»'), 'engine.py': polled('            self.tick()\n            time.sleep(60)').replaceAll('on_tick', 'on_quote_tick') }, findings: [{ messageId: 'print' }] },
    { name: 'print in the handler', code: onTick('«print(tick)»'),
      findings: [{ messageId: 'print', severity: 'warning', gate: 'merge', message: /^Prints on every tick: on_quote_tick.*\. Each call formats and writes before the next tick is read\. Print every n-th tick or on change\.$/ }] },
    { name: 'log in the handler', code: onTick('«self.log.info(f"{tick}")»'), findings: [{ messageId: 'log', severity: 'warning' }] },
    { name: 'a logger of the module', code: `import logging\n${IMPORT}logger = logging.getLogger(__name__)\n\nclass S(Strategy):\n    def on_trade_tick(self, tick):\n        «logger.info("%s", tick)»\n`, findings: [{ messageId: 'log' }] },
    { name: 'debug line with a composed text', code: onTick('«self.log.debug(f"{tick}")»'), findings: [{ messageId: 'debug', severity: 'info', gate: 'none' }] },
    { name: 'after a permission to trade', code: onTick('if not self.risk.can_trade(tick):\n    self.flatten()\n    return\n«print(tick)»'), findings: [{ messageId: 'print' }] },
    { name: 'under a permission to trade', code: onTick('if self.may_trade:\n    «print(tick)»'), findings: [{ messageId: 'print' }] },
    { name: 'after an exit that hands over to a method', code: onTick('if not self.has_room(tick):\n    return self.flatten()\n«print(tick)»'), findings: [{ messageId: 'print' }] },
    { name: 'two in one handler', code: onTick('«print("a")»\nx = 1\n«print("b")»'), findings: [{ messageId: 'print' }, { messageId: 'print' }] },
    { name: 'order book deltas', code: `${IMPORT}class S(Strategy):\n    def on_order_book_deltas(self, deltas):\n        «print(deltas)»\n`, findings: [{ messageId: 'print' }] },
    { name: 'branch that stays true once entered', code: onTick('if self.loss >= self.config.max_daily_loss:\n    «self.log.warning("limit reached")»\n    return\nself.last = tick'), findings: [{ messageId: 'log' }] },
    { name: 'data is there', code: onTick('if tick is not None:\n    «print(tick)»'), findings: [{ messageId: 'print' }] },
    { name: 'in a loop over levels', code: onTick('for level in self.levels:\n    «print(level)»'), findings: [{ messageId: 'print' }] },
    { name: 'inside with and try', code: onTick('try:\n    with self.lock:\n        «print(tick)»\nexcept ValueError:\n    pass'), findings: [{ messageId: 'print' }] },

    // One case for each way in which a receiver is found.
    { name: 'self.m', code: onTick('self.check(tick)', '\ndef check(self, tick):\n    «print(tick)»'), findings: [{ messageId: 'print', message: /on_quote_tick → .*check/ }] },
    { name: 'super().m', files: { 'base.py': `${IMPORT}class Base(Strategy):\n    def check(self, tick):\n        «print(tick)»\n`, 'strategy.py': 'from base import Base\n\n\nclass S(Base):\n    def on_quote_tick(self, tick):\n        super().check(tick)\n' },
      findings: [{ messageId: 'print' }] },
    { name: 'a base in another file', files: { 'base.py': `${IMPORT}class Base(Strategy):\n    pass\n`, 'strategy.py': 'from base import Base\n\n\nclass S(Base):\n    def on_quote_tick(self, tick):\n        «print(tick)»\n' },
      findings: [{ messageId: 'print' }] },
    { name: 'a handler in the base, the method below', files: { 'base.py': `${IMPORT}class Base(Strategy):\n    def on_quote_tick(self, tick):\n        self.check(tick)\n`, 'strategy.py': 'from base import Base\n\n\nclass S(Base):\n    def check(self, tick):\n        «print(tick)»\n' },
      findings: [{ messageId: 'print' }] },
    { name: 'self.attr.m, made in the constructor', files: { 'strategy.py': strategy('from risk import RiskManager', 'self.risk = RiskManager()', 'self.risk.check(tick)'), 'risk.py': RISK },
      findings: [{ messageId: 'print', file: 'risk.py', message: /on_quote_tick → RiskManager\.check/, related: [/^strategy\.py:/] }] },
    { name: 'self.attr.m, annotated', files: { 'strategy.py': `${IMPORT.trimEnd()}\nfrom risk import RiskManager\n\n\nclass S(Strategy):\n    risk: RiskManager\n\n    def on_quote_tick(self, tick):\n        self.risk.check(tick)\n`, 'risk.py': RISK },
      findings: [{ messageId: 'print' }] },
    { name: 'self.attr.m, from a typed parameter', files: { 'strategy.py': `${IMPORT.trimEnd()}\nfrom risk import RiskManager\n\n\nclass S(Strategy):\n    def __init__(self, risk: RiskManager):\n        self.risk = risk\n\n    def on_quote_tick(self, tick):\n        self.risk.check(tick)\n`, 'risk.py': RISK },
      findings: [{ messageId: 'print' }] },
    { name: 'an import under another name', files: { 'strategy.py': strategy('import risk as r', '', 'r.check(tick)'), 'risk.py': 'def check(tick):\n    «print(tick)»\n' }, findings: [{ messageId: 'print' }] },
    { name: 'a module by its whole name', files: { 'desk/__init__.py': '', 'desk/risk/__init__.py': '', 'strategy.py': strategy('import desk.risk.base\nimport desk.risk.checks', '', 'desk.risk.checks.check(tick)'), 'desk/risk/base.py': 'x = 1\n', 'desk/risk/checks.py': 'def check(tick):\n    «print(tick)»\n' }, findings: [{ messageId: 'print' }] },
    { name: 'a module by its whole name, in folders that are no packages', files: { 'strategy.py': strategy('import desk.risk.base\nimport desk.risk.checks', '', 'desk.risk.checks.check(tick)'), 'desk/risk/base.py': 'x = 1\n', 'desk/risk/checks.py': 'def check(tick):\n    «print(tick)»\n' }, findings: [{ messageId: 'print' }] },
    { name: 'a relative import', files: { 'desk/__init__.py': '', 'desk/strategy.py': strategy('from .risk import check as verify', '', 'verify(tick)'), 'desk/risk.py': 'def check(tick):\n    «print(tick)»\n' },
      findings: [{ messageId: 'print' }] },
    { name: 'a re-export by __init__', files: { 'desk/__init__.py': 'from .risk import RiskManager\n', 'desk/risk.py': RISK, 'strategy.py': strategy('from desk import RiskManager', 'self.risk = RiskManager()', 'self.risk.check(tick)') },
      findings: [{ messageId: 'print' }] },
    { name: 'a callback of a socket', files: { 'feed.py': 'import websocket\n\nfrom book import Book\n\nbook = Book()\napp = websocket.WebSocketApp("wss://feed.host.io", on_message=book.apply)\napp.run_forever()\n', 'book.py': 'class Book:\n    def apply(self, ws, message):\n        «print(message)»\n' },
      findings: [{ messageId: 'print', message: /^Prints on every message: .*apply/ }] },
    { name: 'partial', files: { 'strategy.py': strategy('from functools import partial\nfrom risk import check', '', 'run = partial(check, tick)\nrun()'), 'risk.py': 'def check(tick):\n    «print(tick)»\n' }, findings: [{ messageId: 'print' }] },
    { name: 'lambda', files: { 'strategy.py': strategy('from risk import check', '', 'run = lambda: check(tick)\nrun()'), 'risk.py': 'def check(tick):\n    «print(tick)»\n' }, findings: [{ messageId: 'print' }] },
    { name: 'a decorated function', files: { 'strategy.py': strategy('from risk import check', '', 'check(tick)'), 'risk.py': 'import functools\n\n\ndef timed(fn):\n    @functools.wraps(fn)\n    def inner(*args):\n        return fn(*args)\n    return inner\n\n\n@timed\ndef check(tick):\n    «print(tick)»\n' },
      findings: [{ messageId: 'print' }] },
    { name: 'a property', code: onTick('x = self.spread', '\n@property\ndef spread(self):\n    «print("spread")»\n    return 0'), findings: [{ messageId: 'print' }] },
    { name: 'through three files', files: { 'strategy.py': strategy('from a import A', 'self.a = A()', 'self.a.go(tick)'), 'a.py': 'from b import B\n\n\nclass A:\n    def __init__(self):\n        self.b = B()\n\n    def go(self, tick):\n        self.b.go(tick)\n', 'b.py': 'class B:\n    def go(self, tick):\n        «print(tick)»\n' },
      findings: [{ messageId: 'print', message: /A\.go → B\.go/ }] },
    { name: 'a loop over annotated elements', files: { 'strategy.py': strategy('from risk import RiskManager', 'self.risks: list[RiskManager] = []', 'for risk in self.risks:\n    risk.check(tick)'), 'risk.py': RISK },
      findings: [{ messageId: 'print', file: 'risk.py', message: /on_quote_tick → RiskManager\.check/, related: [/^strategy\.py:/] }] },
    { name: 'a comprehension over constructors', files: { 'strategy.py': strategy('from risk import RiskManager', 'self.risks = [RiskManager(), RiskManager()]', 'ok = all([risk.check(tick) for risk in self.risks])'), 'risk.py': RISK },
      findings: [{ messageId: 'print' }] },
    { name: 'a dict by key, filled elsewhere', files: { 'strategy.py': strategy('from risk import RiskManager', 'self.risks = {}\nself.risks["es"] = RiskManager()', 'self.risks[tick.instrument_id].check(tick)'), 'risk.py': RISK },
      findings: [{ messageId: 'print' }] },
    { name: 'the values of a dict', files: { 'strategy.py': strategy('from risk import RiskManager', 'self.risks: dict[str, RiskManager] = {}', 'for name, risk in self.risks.items():\n    risk.check(tick)'), 'risk.py': RISK },
      findings: [{ messageId: 'print' }] },
    { name: 'what a with statement gives', files: { 'strategy.py': strategy('from risk import RiskManager', '', 'with RiskManager() as risk:\n    risk.check(tick)'), 'risk.py': `${RISK}\n    def __enter__(self):\n        return self\n` },
      findings: [{ messageId: 'print' }] },
    { name: 'an abstract type and the class that implements it', files: { 'strategy.py': `${IMPORT.trimEnd()}\nfrom risk import Risk\n\n\nclass S(Strategy):\n    risk: Risk\n\n    def on_quote_tick(self, tick):\n        self.risk.check(tick)\n`, 'risk.py': `from abc import ABC, abstractmethod\n\n\nclass Risk(ABC):\n    @abstractmethod\n    def check(self, tick): ...\n\n\n${RISK.replace('RiskManager', 'RiskManager(Risk)')}` },
      findings: [{ messageId: 'print', message: /on_quote_tick → RiskManager\.check/ }] },
    { name: 'a decorator that only measures', files: { 'strategy.py': strategy('from risk import check', '', 'check(tick)'), 'risk.py': limited('check').replace('        if now - last < 1:\n            return None\n', '') },
      findings: [{ messageId: 'print' }] },
    { name: 'a loop over a web socket', code: 'def run(ws):\n    while True:\n        message = ws.recv()\n        if not message:\n            continue\n        «print(message)»\n',
      findings: [{ messageId: 'print', message: 'Prints on every message: run. Each call formats and writes before the next message is read. Print every n-th message or on change.' }] },
    { name: 'a log line for each message', code: 'import logging\n\nlogger = logging.getLogger(__name__)\n\n\nasync def run(ws):\n    async for message in ws:\n        «logger.info("got %s", message)»\n        «logger.debug(f"got {message}")»\n',
      findings: [{ messageId: 'log', message: /^Logs on every message: run\. .* next message is read/ }, { messageId: 'debug', severity: 'info', message: /^Formats a debug line on every message, / }] },
    { name: 'a thread for each message', code: 'import threading\n\nimport websockets.sync.client\n\n\ndef run(ws):\n    for message in ws:\n        threading.Thread(target=work, args=(message,)).start()\n\n\ndef work(message):\n    «print(message)»\n',
      findings: [{ messageId: 'print', message: /every message: run → work/ }] },
    { name: 'the feed is not subscribed to, others are', code: `${IMPORT}class A(Strategy):\n    def on_start(self):\n        self.subscribe_trade_ticks(self.config.instrument_id)\n        # self.subscribe_quote_ticks(self.config.instrument_id)\n\n    def on_quote_tick(self, tick):\n        «self.log.info(f"{tick}")»\n`,
      findings: [{ messageId: 'idle', severity: 'info' }] },
    { name: 'the feed is behind a switch that is off by default', code: `from nautilus_trader.config import StrategyConfig\n${IMPORT}class Config(StrategyConfig, frozen=True):\n    quotes: bool = False\n\n\nclass A(Strategy):\n    def __init__(self, config: Config):\n        super().__init__(config)\n\n    def on_start(self):\n        self.subscribe_bars(self.config.bar_type)\n        if self.config.quotes:\n            self.subscribe_quote_ticks(self.config.instrument_id)\n\n    def on_quote_tick(self, tick):\n        «self.log.info(f"{tick}")»\n`,
      findings: [{ messageId: 'idle', severity: 'info' }] },
    { name: 'the feed is subscribed to', code: `${IMPORT}class A(Strategy):\n    def on_start(self):\n        self.subscribe_quote_ticks(self.config.instrument_id)\n\n    def on_quote_tick(self, tick):\n        «self.log.info(f"{tick}")»\n`,
      findings: [{ messageId: 'log', severity: 'warning' }] },
    { name: 'a base that subscribes to nothing leaves it to others', code: `${IMPORT}class A(Strategy):\n    def on_quote_tick(self, tick):\n        «self.log.info(f"{tick}")»\n`,
      findings: [{ messageId: 'log', severity: 'warning' }] },
    { name: 'one path is guarded, one is not', files: { 'strategy.py': strategy('from risk import RiskManager', 'self.risk = RiskManager()\nself.n = 0', 'self.n += 1\nif self.n % 100 == 0:\n    self.risk.check(tick)\nself.risk.check(tick)'), 'risk.py': RISK },
      findings: [{ messageId: 'print' }] },
  ],
});

describe('mutants', () => {
  const FOREIGN: Readonly<Record<string, string>> = {
    'a.py': `${IMPORT}class A(Strategy):\n    """Trades the open."""\n\n    def __init__(self, config):\n        super().__init__(config)\n        self.count = 0\n\n    def on_quote_tick(self, tick):\n        self.count += 1\n        spread = tick.ask_price - tick.bid_price\n        if spread > self.config.max_spread:\n            return\n        self.last = tick\n\n    def on_bar(self, bar):\n        self.bars = bar\n        self.high = max(self.high, bar.high)\n`,
    'b.py': `import logging\n${IMPORT}class B(Strategy):\n    def on_trade_tick(self, tick):\n        self.volume = self.volume + tick.size\n        self.check(tick)\n\n    def check(self, tick):\n        price = tick.price\n        self.vwap = price\n\n    def on_order_filled(self, event):\n        self.position = event\n`,
  };
  const tickOnly = new Set(['on_trade_tick', 'check']);
  const snippets: readonly Snippet[] = [
    { name: 'print', where: 'function', code: '«print("mutant", 1)»', into: (fn) => tickOnly.has(fn.name) },
    { name: 'log', where: 'function', code: '«self.log.info(f"mutant {tick}")»', into: (fn) => tickOnly.has(fn.name) },
    { name: 'every n-th', where: 'function', code: 'self.seen += 1\nif self.seen % 250 == 0:\n    print("mutant")' },
    { name: 'error', where: 'function', code: 'try:\n    pass\nexcept ValueError:\n    print("mutant")' },
    { name: 'bar', where: 'function', code: 'print("mutant")', into: (fn) => fn.name === 'on_bar' || fn.name === '__init__' || fn.name === 'on_order_filled' },
  ];
  let syntax: Syntax;
  beforeAll(async () => { syntax = await Syntax.create(); });
  test('injected prints are found where they are, good twins change nothing', () => {
    const verdict = judgeMutants(printPerTick, FOREIGN, snippets, { seed: 404, count: 20 }, syntax);
    expect(verdict.problems).toEqual([]);
    expect(verdict.made).toBeGreaterThan(60);
  });
});

test('every name with which the tables write a line lets a file be walked, and no part of a longer name does', () => {
  const names = [...namesWithRole('print', 'log', 'log.debug')];
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !LINE_WORDS.test(`self.log.${name}("x")`.replace('.log.', '.it.')))).toEqual([]);
  for (const text of ['self.values.append(x)', 'raise ZeroDivisionError', 'pprinted = 1', 'catalog.info_']) { expect(LINE_WORDS.test(text), text).toBe(false); }
});
