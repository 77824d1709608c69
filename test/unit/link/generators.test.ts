/** Generators: what runs them, once an event or once, in scripts and in Python. */
import { describe, expect, test } from 'vitest';
import { messages, project } from './project.ts';

type Files = Readonly<Record<string, string>>;
type Case = readonly [title: string, files: Files, expected: readonly string[]];

const PRINTS = 'function* plan(ctx) {\n  print(ctx);\n  yield 1;\n}\n';
/** A generator that is handed one tick a round. */
const COROUTINE = 'function* plan(ctx) {\n  print("once");\n  while (true) {\n    const tick = yield;\n    print(tick);\n  }\n}\n';
const OTHER = 'export function* other(ctx) {\n  print(ctx);\n  yield 1;\n}\n';
const METHOD = 'export class Desk {\n  *manage(t) {\n    print(t);\n    yield t;\n  }\n}\n';
const PY_COROUTINE = 'def plan(ctx):\n    print("once")\n    while True:\n        tick = yield\n        print(tick)\n';

function looped(head: string, over: string, parameters = 'stream, ex, feed, db'): string {
  return `async function run(${parameters}) {\n  ${head} ${over}) {\n    print(1);\n  }\n}\n`;
}

const SCRIPTS: readonly Case[] = [
  ['a generator method that is a handler', { 's.ts': 'export class Bot extends Base {\n  *onTick(t) {\n    print(t);\n    yield t;\n  }\n}\n' }, ['s.ts: onTick: onTick']],
  ['an asynchronous generator method', { 's.ts': 'export class Bot extends Base {\n  async *onTick(t) {\n    yield this.note(t);\n  }\n  note(t) { print(t); }\n}\n' }, ['s.ts: onTick: onTick → note']],
  ['a generator as a listener', { 's.js': `${PRINTS}bus.on('tick', plan);\n` }, ['s.js: plan: plan']],
  ['a call inside yield', { 's.ts': 'const note = (t) => print(t);\nexport class Bot extends Base {\n  *onTick(t) {\n    const done = yield note(t);\n    return done;\n  }\n}\n' }, ['s.ts: onTick: onTick → note']],
  ['yield* into another file', { 's.ts': "import { other } from './other';\nexport class Bot extends Base {\n  *onTick(t) {\n    yield* other(t);\n  }\n}\n", 'other.ts': OTHER }, ['other.ts: onTick: onTick → other']],
  ['yield* into a method of another file', { 's.ts': "import { Desk } from './desk';\nexport class Bot extends Base {\n  desk = new Desk();\n  *onTick(t) {\n    yield* this.desk.manage(t);\n  }\n}\n", 'desk.ts': METHOD }, ['desk.ts: onTick: onTick → Desk.manage']],
  ['yield* twice over', { 's.ts': "import { mid } from './mid';\nexport class Bot extends Base {\n  *onTick(t) { yield* mid(t); }\n}\n", 'mid.ts': "import { other } from './other';\nexport const mid = function* (t) { yield* other(t); };\n", 'other.ts': OTHER }, ['other.ts: onTick: onTick → mid → other']],
  ['a loop over a generator', { 's.ts': `${PRINTS}export class Bot extends Base {\n  onTick(t) { for (const x of plan(t)) act(x); }\n}\n` }, ['s.ts: onTick: onTick → plan']],
  // ------------------------------------------------------------- driven by next
  ['next, from a handler', { 's.ts': `${COROUTINE}export class Bot extends Base {\n  run = plan(this);\n  onTick(t) { this.run.next(t); }\n}\n` }, ['s.ts: onTick: onTick → plan']],
  ['next, of a generator of another file', { 's.ts': "import { plan } from './plan';\nexport class Bot extends Base {\n  constructor() { super(); this.run = plan(this); }\n  onTick(t) { this.run.next(t); }\n}\n", 'plan.ts': `export ${COROUTINE}` }, ['plan.ts: onTick: onTick → plan']],
  ['next, of a method', { 's.ts': 'export class Bot extends Base {\n  run = this.plan();\n  *plan() {\n    while (true) {\n      const t = yield;\n      print(t);\n    }\n  }\n  onTick(t) { this.run.next(t); }\n}\n' }, ['s.ts: onTick: onTick → plan']],
  ['next, as a listener', { 's.js': `${COROUTINE}const run = plan({});\nbus.on('tick', (t) => run.next(t));\n` }, ['s.js: callback: callback → plan']],
  ['next, bound', { 's.js': `${COROUTINE}const run = plan({});\nbus.on('tick', run.next.bind(run));\n` }, ['s.js: plan: plan']],
  ['a generator nobody asks for more', { 's.ts': `${COROUTINE}export class Bot extends Base {\n  run = plan(this);\n  onTick(t) { this.last = t; }\n}\n` }, []],
  ['another method of what is no generator', { 's.ts': `${PRINTS.replace('*', '')}export class Bot extends Base {\n  run = plan(this);\n  onTick(t) { this.run.next(t); }\n}\n`.replace('  yield 1;\n', '') }, []],
  // ------------------------------------------------------------------- policies
  ['a policy of a strategy, by candle', { 's.ts': `export ${PRINTS}plan.runPolicy = { onCandleClosed: true };\n` }, []],
  ['a policy of a strategy, by trade', { 's.ts': `export ${PRINTS}plan.displayName = 'Plan';\nplan.runPolicy = { onCandleClosed: true, onPublicTrade: true };\n` }, ['s.ts: plan: plan']],
  ['a policy that asks', { 's.ts': `export ${PRINTS}plan.runPolicy = { onTickerChange: (config) => config.fast };\n` }, ['s.ts: plan: plan']],
  ['a policy that is off', { 's.ts': `export ${PRINTS}plan.runPolicy = { onTickerChange: false, onCandleClosed: true };\n` }, []],
  ['a policy by name', { 's.ts': `const policy = { onOrderbookChange: true };\nexport ${PRINTS}plan.runPolicy = policy;\n` }, ['s.ts: plan: plan']],
  ['a policy of another file', { 's.ts': `export ${PRINTS}`, 'all.ts': "import { plan } from './s';\nplan.runPolicy = { onPublicTrade: true };\n" }, ['s.ts: plan: plan']],
  ['an object with a policy', { 's.ts': 'export const grid = {\n  runPolicy: { onTickerChange: true },\n  *run(ctx) {\n    print(ctx);\n    yield 1;\n  },\n  describe(x) { print(x); },\n};\n' }, ['s.ts: callback: callback']],
  ['an object with a policy, and a strategy by name', { 's.ts': `${PRINTS}export const grid = { strategy: plan, runPolicy: { onPublicTrade: true } };\n` }, ['s.ts: plan: plan']],
  ['handlers in a policy', { 's.ts': 'export const grid = {\n  runPolicy: {\n    onTickerChange(ticker) { print(ticker); },\n    *onPublicTrade(trade) {\n      print(trade);\n      yield 1;\n    },\n    describe(x) { print(x); },\n  },\n};\n' }, ['s.ts: callback: callback', 's.ts: callback: callback']],
  ['another property', { 's.ts': `export ${PRINTS}plan.policy = { onPublicTrade: true };\n` }, []],
  // ------------------------------------------------------------- for await
  ['for await over a stream', { 's.ts': looped('for await (const tick of', 'stream') }, ['s.ts: run: run']],
  ['for await over a feed', { 's.ts': looped('for await (const tick of', 'feed') }, ['s.ts: run: run']],
  ['for await over what a feed gives', { 's.ts': looped('for await (const { price } of', "feed.quotes('ES')") }, ['s.ts: run: run']],
  ['for await over ticks', { 's.ts': looped('for await (const tick of', 'ticks', 'ticks: AsyncIterable<Tick>') }, ['s.ts: run: run']],
  ['for await over trades that come', { 's.ts': looped('for await (const trade of', 'ex.subscribeTrades()') }, ['s.ts: run: run']],
  ['for await over what a table knows', { 's.ts': looped('for await (const x of', "ex.watchTrades('BTC/USDT')") }, ['s.ts: run: run']],
  ['for await over events of an emitter', { 's.ts': `import { on } from 'node:events';\n${looped('for await (const [t] of', "on(feed, 'tick')")}` }, ['s.ts: run: run']],
  ['for await over another event', { 's.ts': `import { on } from 'node:events';\n${looped('for await (const [t] of', "on(ex, 'exit')")}` }, []],
  ['for await, and what stands before it', { 's.ts': `async function run(feed) {\n  print('up');\n  for await (const tick of feed) {\n    note(tick);\n  }\n}\nfunction note(t) { print(t); }\n` }, ['s.ts: run: run → note']],
  ['a generator that goes over a feed', { 's.ts': 'export async function* plan(feed) {\n  for await (const tick of feed) {\n    print(tick);\n    yield tick;\n  }\n}\n' }, ['s.ts: plan: plan']],
  ['a generator that goes over candles of a feed', { 's.ts': 'export async function* plan(feed) {\n  for await (const candle of feed.candles()) {\n    print(candle);\n    yield candle;\n  }\n}\n' }, []],
  ['for await over a cursor', { 's.ts': looped('for await (const trade of', 'db.trades.find()') }, []],
  ['for await over a file of ticks', { 's.ts': looped('for await (const tick of', "readTicks('ticks.csv')") }, []],
  ['for await over lines', { 's.ts': looped('for await (const line of', 'readStream') }, []],
  ['for without await', { 's.ts': looped('for (const tick of', 'feed.ticks') }, []],
];

const PYTHON: readonly Case[] = [
  ['async for over a feed', { 's.py': 'async def run(feed):\n    async for tick in feed:\n        print(tick)\n' }, ['s.py: run: run']],
  ['async for over quotes of a client', { 's.py': 'class Desk:\n    async def run(self):\n        async for quote in self.client.stream_quotes("ES"):\n            self.note(quote)\n    def note(self, quote):\n        print(quote)\n' }, ['s.py: run: run → note']],
  ['async for over rows', { 's.py': 'async def run(db):\n    async for trade in db.fetch("select * from trades"):\n        print(trade)\n' }, []],
  ['send, from a handler', { 's.py': `${PY_COROUTINE}\nclass Bot:\n    def __init__(self):\n        self.run = plan(self)\n        next(self.run)\n    def on_tick(self, tick):\n        self.run.send(tick)\n` }, ['s.py: on_tick: on_tick → plan']],
  ['send, of a generator of another file', { 'plan.py': PY_COROUTINE, 's.py': 'from plan import plan\n\nclass Bot:\n    def __init__(self):\n        self.run = plan(self)\n    def on_tick(self, tick):\n        self.run.send(tick)\n' }, ['plan.py: on_tick: on_tick → plan']],
  ['next, from a handler', { 's.py': 'def plan(ctx):\n    while True:\n        print(ctx)\n        yield ctx\n\nclass Bot:\n    def __init__(self):\n        self.run = plan(self)\n    def on_tick(self, tick):\n        signal = next(self.run)\n' }, ['s.py: on_tick: on_tick → plan']],
  ['yield from another file', { 'other.py': 'def other(t):\n    print(t)\n    yield t\n', 's.py': 'from other import other\n\nclass Bot:\n    def on_tick(self, tick):\n        yield from other(tick)\n' }, ['other.py: on_tick: on_tick → other']],
  ['a generator nobody asks for more', { 's.py': `${PY_COROUTINE}\nclass Bot:\n    def __init__(self):\n        self.run = plan(self)\n    def on_tick(self, tick):\n        self.last = tick\n` }, []],
];

describe('generators', () => {
  test.each(SCRIPTS)('scripts: %s', (_title, files, expected) => { expect(messages(project(files))).toEqual(expected); });
  test.each(PYTHON)('Python: %s', (_title, files, expected) => { expect(messages(project(files))).toEqual(expected); });
});
