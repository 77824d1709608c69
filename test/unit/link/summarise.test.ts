import { describe, expect, test } from 'vitest';
import { Linker } from '../../../src/core/source/link/linker.ts';
import { summarise } from '../../../src/core/source/link/summarise.ts';
import { interfaceOf } from '../../../src/core/source/link/interface-hash.ts';
import type { FileSummary } from '../../../src/core/source/link/summary.ts';
import { read } from '../meaning/read.ts';
import { messages, STRATEGY, summaryOf } from './project.ts';

function summary(text: string, path = 's.py'): FileSummary {
  return summarise(read(text, path), [], []);
}

/** Targets of a function's calls, as written. */
function targets(text: string, name: string): readonly string[] {
  const fn = summary(text).functions.find((one) => one.qualifiedName === name);
  return (fn?.calls ?? []).map(({ to }) => `${to.root}:${to.path.join('.')}`);
}

describe('what a file says to others', () => {
  const base = 'import risk\nclass C:\n    def f(self):\n        risk.check()\n        print("a")\n';

  test.each([
    ['moved lines', `\n\n# note\n${base}`],
    ['another text that is printed', base.replace('"a"', '"b"')],
    ['a print less', base.replace('        print("a")\n', '')],
    ['another number', base.replace('print("a")', 'x = 5')],
    ['a call of the library', base.replace('print("a")', 'len("a")')],
  ])('stays with %s', (_title, text) => {
    expect(interfaceOf(summary(text))).toBe(interfaceOf(summary(base)));
  });

  test.each([
    ['another call', base.replace('risk.check', 'risk.other')],
    ['a guard over a call', base.replace('risk.check()', 'if self.n % 5 == 0: risk.check()')],
    ['another name', base.replace('def f', 'def g')],
    ['another base', base.replace('class C', 'class C(B)')],
    ['another import', base.replace('import risk', 'import desk.risk as risk')],
    ['an order that is sent', base.replace('print("a")', 'broker.place_order(1)')],
  ])('changes with %s', (_title, text) => {
    expect(interfaceOf(summary(text))).not.toBe(interfaceOf(summary(base)));
  });
});

describe('calls', () => {
  test('builtins, the library, packages outside and framework members are left out', () => {
    const text = `${STRATEGY}import math, numpy as np\nfrom datetime import datetime\nimport risk\nclass S(Strategy):\n    def f(self, q):\n        print(len(q))\n        math.sqrt(2)\n        np.mean(q)\n        datetime.now().isoformat()\n        self.log.info("x")\n        self.clock.utc_now()\n        "a".join(q)\n        q.anything()\n        risk.check()\n        self.step()\n`;
    expect(targets(text, 'S.f')).toEqual(['name:risk.check', 'self:step']);
  });

  test('the same call counts once for each set of guards', () => {
    const text = 'class C:\n    def f(self):\n        self.g()\n        self.g()\n        if self.n % 5 == 0:\n            self.g()\n    def g(self): pass\n';
    expect(summary(text).functions.find((fn) => fn.name === 'f')?.calls.map((call) => call.guards)).toEqual([[], ['modulo']]);
  });

  test('a read under a guard adds nothing to the same read under none', () => {
    const guarded = (...lines: readonly string[]): unknown => summary(`from risk import Risk\nclass C:\n    def f(self, risk: Risk):\n${lines.map((line) => `        ${line}\n`).join('')}`)
      .functions.find((fn) => fn.name === 'f')?.calls.map(({ guards, read }) => [guards, read]);
    expect(guarded('x = risk.state', 'if self.n % 5 == 0:', '    y = risk.state')).toEqual([[[], true]]);
    expect(guarded('if self.n % 5 == 0:', '    y = risk.state', 'x = risk.state')).toEqual([[['modulo'], true], [[], true]]);
    expect(guarded('risk.state()', 'if self.n % 5 == 0:', '    risk.state()')).toEqual([[[], undefined], [['modulo'], undefined]]);
  });

  test('a test file keeps its classes and no calls', () => {
    const found = summary('import risk\nclass TestRisk:\n    def test_it(self):\n        risk.check()\n', 'tests/test_risk.py');
    expect([found.classes.length, found.functions.length]).toEqual([1, 0]);
  });

  test('names of object prototypes are names like others', () => {
    const text = `${STRATEGY}class S(Strategy):\n    def on_quote_tick(self, t):\n        self.constructor()\n        self.toString()\n    def constructor(self):\n        print("x")\n`;
    const linker = new Linker();
    linker.set(summaryOf('s.py', text));
    expect(messages(linker)).toEqual(['s.py: on_quote_tick: on_quote_tick → constructor']);
  });
});

test('a summary that went through JSON decides the same', () => {
  const files = {
    'risk.py': 'class Risk:\n    def check(self):\n        print("x")\n',
    's.py': `${STRATEGY}from risk import Risk\nclass S(Strategy):\n    def __init__(self, risk: Risk):\n        self.risk = risk\n    def on_quote_tick(self, t):\n        self.risk.check()\n`,
  };
  const linker = new Linker();
  for (const [path, text] of Object.entries(files)) { linker.set(JSON.parse(JSON.stringify(summaryOf(path, text))) as FileSummary); }
  expect(messages(linker)).toEqual(['risk.py: on_quote_tick: on_quote_tick → Risk.check']);
});

test('a summary is a fraction of its file', () => {
  const methods = Array.from({ length: 40 }, (_, i) => `    def step${i}(self, tick):\n        self.n += 1\n        if self.n % 10 == 0:\n            self.log.info(f"{tick}")\n        self.step${(i + 1) % 40}(tick)\n        value = self.value + ${i}\n        return value\n`);
  const text = `${STRATEGY}class S(Strategy):\n    def __init__(self):\n        self.n = 0\n${methods.join('')}`;
  // One call a method: about 350 bytes each, and no more for what stands in the bodies.
  const once = JSON.stringify(summary(text)).length;
  expect(once).toBeLessThan(40 * 450);
  expect(JSON.stringify(summary(text.replaceAll('value = self.value', 'value = self.value * 3 + self.n'))).length).toBe(once);
});
