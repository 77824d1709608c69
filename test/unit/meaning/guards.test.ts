import { describe, expect, test } from 'vitest';
import { guardsAt } from '../../../src/core/source/guards.ts';
import { functionNamed, read, spanOf } from './read.ts';

/** Kinds of the guards over `MARK` in a method of a strategy. */
function kinds(body: readonly string[], rest: readonly string[] = []): readonly string[] {
  const text = [
    'import time', 'from nautilus_trader.trading.strategy import Strategy', 'from nautilus_trader.config import StrategyConfig',
    'class Cfg(StrategyConfig):', '    debug: bool = False', '    verbose: bool = True',
    'class S(Strategy):', '    def __init__(self, config: Cfg):', '        super().__init__(config)',
    ...rest.map((line) => `    ${line}`),
    '    def on_quote_tick(self, tick):', ...body.map((line) => `        ${line}`),
  ].join('\n');
  const model = read(text);
  return guardsAt(model, functionNamed(model, 'on_quote_tick'), spanOf(model, 'print(MARK)')).map((guard) => guard.kind);
}

const CASES: readonly (readonly [title: string, body: readonly string[], expected: readonly string[], rest?: readonly string[]])[] = [
  ['nothing', ['print(MARK)'], []],
  ['a new bar', ['if bar.ts_event != self.last_ts:', '    self.last_ts = bar.ts_event', '    print(MARK)'], ['new-bar']],
  ['an early return on the same bar', ['if tick.minute == self.last_minute:', '    return', 'self.last_minute = tick.minute', 'print(MARK)'], ['new-bar']],
  ['a new-bar call', ['if self.is_new_bar(tick):', '    print(MARK)'], ['new-bar']],
  ['no new bar, leave', ['if not self.is_new_bar(tick):', '    return', 'print(MARK)'], ['new-bar']],
  ['a counter', ['self.n += 1', 'if self.n % 500 == 0:', '    print(MARK)'], ['modulo']],
  ['a counter, leaving early', ['self.n += 1', 'if self.n % 500:', '    return', 'print(MARK)'], ['modulo']],
  ['a counter of every event', ['if self.n % 1 == 0:', '    print(MARK)'], []],
  ['the other 499', ['if self.n % 500 != 0:', '    print(MARK)'], []],
  ['a counter that is reset', ['self.count += 1', 'if self.count >= 100:', '    self.count = 0', '    print(MARK)'], ['modulo']],
  ['a throttle, leaving early', ['now = time.time()', 'if now - self.last < 1:', '    return', 'self.last = now', 'print(MARK)'], ['throttle']],
  ['a throttle', ['now = time.time()', 'if now - self.last >= 1.0:', '    self.last = now', '    print(MARK)'], ['throttle']],
  ['a throttle by the next time', ['if self.now() >= self.next_log:', '    self.next_log = self.now() + 60', '    print(MARK)'], ['throttle']],
  ['a cool-down nobody renews here', ['if time.time() - self.last_trade_time < 60:', '    return', 'print(MARK)'], []],
  ['no signal', ['if signal is None:', '    return', 'print(MARK)'], ['early-return']],
  ['no signal from a call', ['signal = self.evaluate(tick)', 'if not signal:', '    return', 'print(MARK)'], ['early-return']],
  ['no tick', ['if tick is None:', '    return', 'print(MARK)'], []],
  ['no instrument', ['if self.instrument is None:', '    return', 'print(MARK)'], [], ['def on_start(self):', '    self.instrument = self.cache.instrument(self.id)']],
  ['the instrument is not found', ['if self.instrument is None:', '    print(MARK)', '    return'], ['error'], ['def on_start(self):', '    self.instrument = self.cache.instrument(self.id)']],
  ['no book yet', ['book = self.cache.order_book(tick.instrument_id)', 'if not book:', '    return', 'print(MARK)'], []],
  ['another instrument', ['if tick.instrument_id != self.instrument_id:', '    return', 'print(MARK)'], []],
  ['a flag of the config that is off', ['if self.config.debug:', '    print(MARK)'], ['flag-off']],
  ['a flag of the config that is on', ['if self.config.verbose:', '    print(MARK)'], []],
  ['a flag that is off, leaving early', ['if not self.config.debug:', '    return', 'print(MARK)'], ['flag-off']],
  ['a short-circuit', ['self.config.debug and print(MARK)'], ['flag-off']],
  ['a conditional expression', ['print(MARK) if self.config.debug else None'], ['flag-off']],
  ['an error', ['try:', '    self.f()', 'except Exception:', '    print(MARK)'], ['error']],
  ['a try body', ['try:', '    print(MARK)', 'except Exception:', '    pass'], []],
  ['an error value', ['if err:', '    print(MARK)'], ['error']],
  ['no success', ['ok = self.f()', 'if not ok:', '    print(MARK)'], ['error']],
  ['a crossing of market values', ['if tick.bid_price > self.high:', '    print(MARK)'], ['signal']],
  ['a side', ['if side == "BUY":', '    print(MARK)'], ['signal']],
  ['not warm yet', ['if not self.indicators_initialized():', '    print(MARK)', '    return'], ['warm-up']],
  ['after the warm-up', ['if not self.indicators_initialized():', '    return', 'print(MARK)'], []],
  ['a window that fills', ['if len(self.prices) < 20:', '    return', 'print(MARK)'], []],
  ['the first time', ['if not self._warned:', '    self._warned = True', '    print(MARK)'], ['once']],
  ['the first time, leaving early', ['if self._warned:', '    return', 'self._warned = True', 'print(MARK)'], ['once']],
  ['a limit that stays reached', ['if self.limit_reached:', '    print(MARK)'], [], ['def stop_out(self):', '    self.limit_reached = True', 'def __init__(self):', '    self.limit_reached = False']],
  ['a drawdown over its limit', ['if drawdown > self.limit:', '    print(MARK)'], []],
  ['a drawdown computed here', ['dd = self.peak - self.equity()', 'if dd > self.limit:', '    print(MARK)'], []],
  ['a drawdown that ends trading', ['if self.halted:', '    return', 'if drawdown > self.limit:', '    self.halted = True', '    print(MARK)'], ['once']],
  ['a drawdown that ends trading in a method', ['if self.halted:', '    return', 'if drawdown > self.limit:', '    self.halt()', '    print(MARK)'], ['once'], ['def halt(self):', '    self.halted = True']],
  ['a drawdown that stops the strategy', ['if drawdown > self.limit:', '    print(MARK)', '    self.stop()'], ['once']],
  ['a stop loss is a signal', ['if tick.bid_price <= self.stop_loss:', '    print(MARK)'], ['signal']],
  ['hours after a cut-off', ['if self.now().hour >= 16:', '    print(MARK)'], []],
  ['after a stop of trading', ['if self.halted:', '    return', 'print(MARK)'], [], ['def halt(self):', '    self.halted = True', 'def on_start(self):', '    self.halted = False']],
  ['what is left when nothing happened', ['if tick.bid > self.high:', '    self.buy()', 'elif tick.bid < self.low:', '    self.sell()', 'else:', '    print(MARK)'], []],
  ['what follows a signal that was acted on', ['if tick.bid > self.high:', '    self.submit_order(self.make())', '    return', 'print(MARK)'], []],
  ['a loop over instruments', ['for level in self.levels:', '    print(MARK)'], []],
  ['a loop over new fills', ['for fill in fills:', '    print(MARK)'], ['signal']],
  ['a loop over what waits', ['for job in self.pending:', '    print(MARK)'], ['signal']],
  ['a loop over errors', ['for e in result.errors:', '    print(MARK)'], ['signal']],
  ['a comprehension over instruments', ['x = [print(MARK) for level in self.levels]'], []],
  ['a comprehension over fills', ['x = [print(MARK) for fill in self.fills]'], ['signal']],
  ['what a comprehension goes over', ['x = [1 for fill in fills(print(MARK))]'], []],
  ['a throttle for each instrument', ['if now - self.last[tick.id] < 1:', '    return', 'self.last[tick.id] = now', 'print(MARK)'], ['throttle']],
  ['a throttle for each instrument, by get', ['if now - self.last.get(tick.id, 0) > 1:', '    self.last[tick.id] = now', '    print(MARK)'], ['throttle']],
  ['a throttle nobody renews', ['if now - self.last[tick.id] < 1:', '    return', 'print(MARK)'], []],
  ['a throttle that renews something else', ['if now - self.last[tick.id] < 1:', '    return', 'self.seen[tick.id] = now', 'print(MARK)'], []],
  ['a new bar for each instrument', ['if self.last_bar.get(tick.id) != bar.ts:', '    self.last_bar[tick.id] = bar.ts', '    print(MARK)'], ['new-bar']],
  ['the first time for each instrument', ['if tick.id not in self.seen:', '    self.seen[tick.id] = 1', '    print(MARK)'], ['once']],
  ['a length is not changed by an item', ['if len(self.window) >= 5:', '    self.window[0] = tick', '    print(MARK)'], []],
  ['a kind of function', ['if asyncio.iscoroutinefunction(self.f):', '    print(MARK)'], []],
  ['an exit that tells of a failure', ['if not self.model.update(tick):', '    self.log.error("no data: update failed")', '    return', 'print(MARK)'], []],
  ['an exit that tells of nothing', ['if not self.model.update(tick):', '    self.log.info("waiting")', '    return', 'print(MARK)'], ['early-return']],
  ['no new bar, with words of a failure', ['if not self.is_new_bar(tick):', '    self.log.error("no bar: failed")', '    return', 'print(MARK)'], ['new-bar']],
  ['behind a return', ['return', 'print(MARK)'], ['flag-off']],
  ['behind a raise', ['raise NotImplementedError', 'print(MARK)'], ['flag-off']],
  ['behind a return of another block', ['with self.lock:', '    return', 'print(MARK)'], []],
  ['a with statement', ['with self.lock:', '    print(MARK)'], []],
  ['several', ['if self.config.debug and self.n % 10 == 0:', '    print(MARK)'], ['flag-off']],
  ['either', ['if self.config.debug or tick is not None:', '    print(MARK)'], []],
  ['a name for a condition', ['fresh = bar.ts_event != self.last_ts', 'self.last_ts = bar.ts_event', 'if fresh:', '    print(MARK)'], ['new-bar']],
  ['a match', ['match side:', '    case 1:', '        print(MARK)'], ['signal']],
  ['one kind of message', ['if msg["type"] == "heartbeat":', '    print(MARK)'], ['signal']],
  ['the kind that always comes', ['if msg["type"] != "ticker":', '    return', 'print(MARK)'], []],
  ['no market yet', ['book = self.cache.order_book(i)', 'bid_size = book.best_bid_size()', 'if not book.spread():', '    return', 'if bid_size is None or bid_size <= 0:', '    return', 'print(MARK)'], []],
  ['orders in flight', ['if len(self.cache.orders_inflight(self.id)) > 0:', '    print(MARK)'], ['signal']],
  ['a field of the event', ['if tick.is_snapshot:', '    print(MARK)'], ['signal']],
  ['the event itself', ['if tick:', '    print(MARK)'], []],
  ['something seen before', ['if tick.ts_event in self.seen:', '    return', 'self.seen.add(tick.ts_event)', 'print(MARK)'], ['once']],
];

describe('guardsAt', () => {
  test.each(CASES.map(([title, body, expected, rest = []]) => ({ title, body, expected, rest })))('$title', ({ body, expected, rest }) => {
    expect(kinds(body, rest)).toEqual(expected);
  });

  test('tells where the guard stands and what it says', () => {
    const model = read('def f(tick):\n    if n % 5 == 0:\n        print(MARK)\n');
    expect(guardsAt(model, functionNamed(model, 'f'), spanOf(model, 'print(MARK)'))).toEqual([
      { kind: 'modulo', at: spanOf(model, 'n % 5 == 0'), text: 'n % 5 == 0' },
    ]);
  });

  test('a decorator that throttles guards the body, another one does not', () => {
    const text = '@throttle(5)\ndef f(t):\n    print(MARK)\n@timed\ndef g(t):\n    print(OTHER)\n';
    const model = read(text);
    expect(guardsAt(model, functionNamed(model, 'f'), spanOf(model, 'print(MARK)')).map((guard) => guard.kind)).toEqual(['throttle']);
    expect(guardsAt(model, functionNamed(model, 'g'), spanOf(model, 'print(OTHER)'))).toEqual([]);
  });

  test('in a function that loops over a stream only the loop runs per message', () => {
    const model = read('async def run(ex):\n    print(BEFORE)\n    while True:\n        t = await ex.watch_ticker("X")\n        print(MARK)\n');
    const fn = functionNamed(model, 'run');
    expect(guardsAt(model, fn, spanOf(model, 'print(BEFORE)')).map((guard) => guard.kind)).toEqual(['once']);
    expect(guardsAt(model, fn, spanOf(model, 'print(MARK)'))).toEqual([]);
  });
});

test('conditions nested without end are judged without deep calls', () => {
  for (const [open, close] of [['(not ', ')'], ['bool(', ')'], ['(1 == ', ')'], ['(x and ', ')'], ['f(', ')']] as const) {
    const model = read(`def f(x):\n    if ${open.repeat(3_000)}x${close.repeat(3_000)}:\n        print(MARK)\n`);
    expect(Array.isArray(guardsAt(model, functionNamed(model, 'f'), spanOf(model, 'print(MARK)')))).toBe(true);
  }
});
