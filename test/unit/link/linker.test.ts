import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PendingFinding } from '../../../src/core/rules/pending.ts';
import type { Condition } from '../../../src/core/rules/condition.ts';
import { Linker } from '../../../src/core/source/link/linker.ts';
import { summarise } from '../../../src/core/source/link/summarise.ts';
import { read } from '../meaning/read.ts';
import { findingAt, messages, project, STRATEGY, summaryOf } from './project.ts';
import { runs } from '../../support/property-tests.ts';

const RISK = 'class RiskManager:\n    def check(self):\n        self._note()\n    def _note(self):\n        print("x")\n';
const S = `${STRATEGY}from risk import RiskManager\nclass S(Strategy):\n    def __init__(self):\n        self.risk = RiskManager()\n    def on_quote_tick(self, tick):\n        self.risk.check()\n`;

/** A file with one finding that hangs on a condition. */
function conditional(path: string, text: string, when: Condition): ReturnType<typeof summarise> {
  const model = read(text, path);
  const pending: PendingFinding = { finding: findingAt(model, { start: 0, end: 1 }, 'm'), when, fixes: [] };
  return summarise(model, [pending], []);
}

describe('decide', () => {
  test('fills handler and path, adds the calls as related places and drops the condition', () => {
    const linker = project({ 'risk.py': RISK, 's.py': S });
    const [pending, ...others] = linker.decide('risk.py');
    expect(others).toEqual([]);
    expect(pending?.when).toBeUndefined();
    expect(pending?.finding.message).toBe('on_quote_tick: on_quote_tick → RiskManager.check → _note');
    expect(pending?.finding.related).toEqual([
      { file: 's.py', range: { line: 7, column: 9, endLine: 7, endColumn: 26 }, message: 'on_quote_tick calls RiskManager.check' },
      { file: 'risk.py', range: { line: 3, column: 9, endLine: 3, endColumn: 21 }, message: 'check calls _note' },
    ]);
  });

  test('a long path keeps its ends, and the message its 200 characters', () => {
    const steps = Array.from({ length: 12 }, (_, i) => `    def step_with_a_rather_long_name_${i}(self):\n        self.step_with_a_rather_long_name_${i + 1}()\n`).join('');
    const text = `${STRATEGY}class S(Strategy):\n    def on_quote_tick(self, t):\n        self.step_with_a_rather_long_name_0()\n${steps}    def step_with_a_rather_long_name_12(self):\n        print("x")\n`;
    const message = project({ 's.py': text }).decide('s.py')[0]!.finding.message;
    expect(message.length).toBeLessThanOrEqual(200);
    expect(message).toMatch(/^on_quote_tick: on_quote_tick → … → .*step_with_a_rather_long_name_12$/);
  });

  test('the nearest handler is named', () => {
    const near = `${STRATEGY}from risk import RiskManager\nclass N(Strategy):\n    def __init__(self, r: RiskManager):\n        self.r = r\n    def on_trade_tick(self, t):\n        self.r._note()\n`;
    expect(messages(project({ 'a.py': S, 'risk.py': RISK, 'z.py': near }))).toEqual(['risk.py: on_trade_tick: on_trade_tick → RiskManager._note']);
  });

  test('extends is decided across files', () => {
    const base = `${STRATEGY}from nautilus_trader.config import StrategyConfig\nclass Base(Strategy): pass\nclass Cfg(StrategyConfig): pass\n`;
    const linker = new Linker();
    linker.set(summaryOf('base.py', base));
    const text = 'from base import Base, Cfg\nclass S(Base): pass\nclass C(Cfg): pass\nclass O: pass\n';
    const holds = (cls: string, role: string): boolean => {
      linker.set(conditional('s.py', text, { kind: 'extends', class: cls, role }));
      return linker.decide('s.py').length === 1;
    };
    expect([holds('S', 'strategy'), holds('S', 'actor'), holds('S', 'config'), holds('C', 'config'), holds('O', 'strategy'), holds('No', 'strategy')])
      .toEqual([true, true, false, true, false, false]);
  });

  test('trading: roots, what they import, scripts that start them, configuration; no tests, no strangers', () => {
    const linker = new Linker();
    const trading: Condition = { kind: 'trading' };
    const files: Record<string, string> = {
      'src/desk/__init__.py': '', 'src/desk/s.py': `${STRATEGY}from desk.risk import R\nclass S(Strategy):\n    pass\n`,
      'src/desk/risk.py': 'from . import limits\nclass R: pass\n', 'src/desk/limits.py': 'MAX = 5\n', 'run.py': 'from desk.s import S\nMAX_DD = 5\n',
      'tools/plot.py': 'X = 1\n', 'tests/test_s.py': 'from desk.s import S\n', 'orders.py': 'def go(client):\n    client.place_order(1)\n',
    };
    for (const [path, text] of Object.entries(files)) { linker.set(conditional(path, text, trading)); }
    linker.set(summarise({ ...read('', 'config/live.yaml'), language: 'yaml' }, [], []));
    const found = Object.keys(files).filter((path) => linker.decide(path).length > 0);
    expect(found.sort()).toEqual(['orders.py', 'run.py', 'src/desk/__init__.py', 'src/desk/limits.py', 'src/desk/risk.py', 'src/desk/s.py']);
    linker.set({ ...conditional('config/live.yaml', '', trading), language: 'yaml' });
    linker.set({ ...conditional('tests/config.yaml', '', trading), language: 'yaml' });
    expect([linker.decide('config/live.yaml').length, linker.decide('tests/config.yaml').length]).toEqual([1, 0]);
  });

  test('all parts of a condition must hold', () => {
    const linker = new Linker();
    linker.set(summaryOf('s.py', S));
    linker.set(summaryOf('risk.py', RISK));
    const reachable: Condition = { kind: 'reachable', entry: ['tick'], function: 'RiskManager.check', unguarded: true };
    linker.set(conditional('risk.py', RISK, { kind: 'all', of: [{ kind: 'trading' }, reachable] }));
    expect(linker.decide('risk.py')).toHaveLength(1);
    linker.set(conditional('risk.py', RISK, { kind: 'all', of: [{ kind: 'extends', class: 'RiskManager', role: 'strategy' }, reachable] }));
    expect(linker.decide('risk.py')).toHaveLength(0);
  });
});

describe('suppressions', () => {
  const unused = { ...findingAt(read('x', 'risk.py'), { start: 0, end: 1 }, 'unused'), rule: 'SUP001' };

  function withComment(text: string): ReturnType<typeof summaryOf> {
    const summary = summaryOf('risk.py', text);
    const findings = summary.findings.map((pending) => ({ ...pending, suppressed: { by: 'comment' as const, suppression: 0 } }));
    return { ...summary, findings, suppressions: [{ rules: ['PRF004'], reason: 'r', unused }] };
  }

  test('a comment is used while its finding holds, and unused once nothing reaches it', () => {
    const linker = new Linker();
    linker.set(withComment(RISK));
    linker.set(summaryOf('s.py', S));
    expect(linker.decide('risk.py').map((pending) => [pending.finding.rule, pending.suppressed?.by])).toEqual([['PRF004', 'comment']]);
    linker.set(summaryOf('s.py', S.replace('self.risk.check()', 'pass')));
    expect(linker.decide('risk.py').map((pending) => pending.finding.rule)).toEqual(['SUP001']);
  });

  test('a silenced finding leaves no trace', () => {
    const linker = new Linker();
    linker.set(withComment(RISK));
    linker.set(summaryOf('s.py', S));
    expect(linker.traces('s.py')).toEqual([]);
  });
});

describe('traces', () => {
  test('the call in the handler\'s file that leads to a finding elsewhere', () => {
    const linker = project({ 'risk.py': RISK, 's.py': S });
    expect(linker.traces('s.py').map(({ range, finding }) => [range, finding.file, finding.message])).toEqual([
      [{ line: 7, column: 9, endLine: 7, endColumn: 26 }, 'risk.py', 'on_quote_tick: on_quote_tick → RiskManager.check → _note'],
    ]);
    expect(linker.traces('risk.py')).toEqual([]);
    expect(linker.callers('risk.py')).toEqual(['s.py']);
    expect(linker.callers('s.py')).toEqual([]);
  });

  test('two strategies that reach one finding have a trace each, with their own path', () => {
    const other = S.replace('class S', 'class T').replace('on_quote_tick', 'on_trade_tick');
    const linker = project({ 'risk.py': RISK, 's.py': S, 't.py': other });
    expect(linker.traces('t.py').map(({ finding }) => finding.message)).toEqual(['on_trade_tick: on_trade_tick → RiskManager.check → _note']);
    expect(linker.traces('s.py')).toHaveLength(1);
    expect(linker.decide('risk.py')).toHaveLength(1);
  });

  test('through a helper of the same file, the call that leaves it', () => {
    const text = S.replace('        self.risk.check()\n', '        self.step()\n    def step(self):\n        self.risk.check()\n');
    expect(project({ 'risk.py': RISK, 's.py': text }).traces('s.py').map(({ range }) => range.line)).toEqual([9]);
  });
});

describe('bounds', () => {
  test('cycles end', () => {
    const text = `${STRATEGY}class S(Strategy):\n    def on_quote_tick(self, t):\n        self.a()\n    def a(self):\n        self.b()\n    def b(self):\n        self.a()\n        self.b()\n        print("x")\n`;
    expect(messages(project({ 's.py': text }))).toEqual(['s.py: on_quote_tick: on_quote_tick → a → b']);
  });

  test('cyclic imports, bases and aliases end', () => {
    const files = {
      'a.py': 'from b import B, x\nclass A(B): pass\nfrom b import y as z\n', 'b.py': 'from a import A, x\nclass B(A): pass\nfrom a import z as y\n',
      's.py': `${STRATEGY}from a import A, z\nclass S(A, Strategy):\n    def on_quote_tick(self, t):\n        z()\n        self.nothing()\n        print("x")\n`,
    };
    expect(messages(project(files))).toEqual(['s.py: on_quote_tick: on_quote_tick']);
  });

  test('there is no depth limit: 3,000 calls in a row', () => {
    const steps = Array.from({ length: 3_000 }, (_, i) => `def f${i}():\n    f${i + 1}()\n`).join('');
    const linker = project({ 's.py': `def on_tick(t):\n    f0()\n${steps}def f3000():\n    print("x")\n` });
    expect(messages(linker)).toHaveLength(1);
    expect(linker.undecided).toBe(0);
  });

  test('a search that meets its bound leaves the question open, silent and counted', () => {
    const steps = Array.from({ length: 60 }, (_, i) => `def f${i}():\n    f${i + 1}()\n`).join('');
    const files = { 's.py': `def on_tick(t):\n    f0()\n${steps}def f60():\n    print("x")\n` };
    const linker = project(files, { maxEdges: 50 });
    expect(messages(linker, { maxEdges: 50 })).toEqual([]);
    expect(linker.undecided).toBe(1);
    expect(messages(project(files, { maxEdges: 61 }))).toHaveLength(1);
  });
});

describe('changes', () => {
  test('a loop that polls a handler makes it none, in whichever file and whenever it comes', () => {
    const strategy = 'class Rebalance:\n    def on_tick(self, book):\n        print("x")\n';
    const engine = (pause: string): string => `import time\n\n\nclass Engine:\n    def run(self):\n        while self.running:\n            self.strategy.on_tick(self.book)\n            ${pause}\n`;
    const linker = project({ 'strategy.py': strategy, 'engine.py': engine('pass') });
    expect(messages(linker)).toEqual(['strategy.py: on_tick: on_tick']);
    linker.set(summaryOf('engine.py', engine('time.sleep(60)')));
    expect(messages(linker)).toEqual([]);
    linker.set(summaryOf('engine.py', engine('pass')));
    expect(messages(linker)).toHaveLength(1);
  });

  test('a print added in one file changes its findings, not its interface; the other file is told by its trace', () => {
    const quiet = RISK.replace('print("x")', 'self.n = 1');
    const linker = project({ 'risk.py': quiet, 's.py': S });
    expect(linker.traces('s.py')).toEqual([]);
    expect(linker.set(summaryOf('risk.py', RISK))).toEqual({ interfaceChanged: false, findingsChanged: true });
    expect(linker.traces('s.py')).toHaveLength(1);
    expect(linker.set(summaryOf('risk.py', RISK))).toEqual({ interfaceChanged: false, findingsChanged: false });
    expect(linker.set(summaryOf('risk.py', quiet))).toEqual({ interfaceChanged: false, findingsChanged: true });
    expect(linker.traces('s.py')).toEqual([]);
  });

  test('moved lines move the related places', () => {
    const linker = project({ 'risk.py': RISK, 's.py': S });
    linker.decide('risk.py');
    expect(linker.set(summaryOf('s.py', `\n\n${S}`)).interfaceChanged).toBe(false);
    expect(linker.decide('risk.py')[0]?.finding.related[0]?.range.line).toBe(9);
  });

  test('a deleted file decides others anew; deleting it again does nothing', () => {
    const linker = project({ 'risk.py': RISK, 's.py': S });
    expect(messages(linker)).toHaveLength(1);
    expect(linker.delete('s.py')).toBe(true);
    expect(linker.delete('s.py')).toBe(false);
    expect(messages(linker)).toEqual([]);
    expect(linker.files()).toEqual(['risk.py']);
  });

  test('a file that appears resolves an import that failed', () => {
    const linker = project({ 's.py': S });
    expect(messages(linker)).toEqual([]);
    linker.set(summaryOf('risk.py', RISK));
    expect(messages(linker)).toHaveLength(1);
  });

  test('a class without bases keeps its handlers while their bodies are edited', () => {
    const desk = (body: string): string => `class Desk:\n    def on_quote_tick(self, tick):\n        ${body}\n    def _note(self):\n        print("x")\n`;
    const linker = project({ 'desk.py': desk('pass') });
    for (const body of ['self._note()', 'tick.x()', 'self._note()']) {
      linker.set(summaryOf('desk.py', desk(body)));
      expect(messages(linker)).toEqual(messages(project({ 'desk.py': desk(body) })));
    }
    expect(messages(linker)).toHaveLength(1);
  });

  test('any sequence of edits ends where a fresh start ends', () => {
    const variants: Record<string, readonly (string | undefined)[]> = {
      'risk.py': [undefined, RISK, RISK.replace('print("x")', 'pass'), RISK.replace('self._note()', 'pass'), `\n${RISK}`, RISK.replace('RiskManager', 'Renamed')],
      's.py': [undefined, S, `\n\n${S}`, S.replace('self.risk.check()', 'pass'), S.replace('        self.risk.check', '        if self.n % 9 == 0:\n            self.risk.check'), S.replace('on_quote_tick', 'on_bar')],
      'base.py': [undefined, 'from risk import RiskManager\nclass Base:\n    def on_quote_tick(self, t):\n        RiskManager().check()\n', 'class Base:\n    pass\n'],
      't.py': [undefined, `${STRATEGY}from base import Base\nclass T(Base, Strategy):\n    pass\n`, `${STRATEGY}from base import Base\nclass T(Base, Strategy):\n    def on_quote_tick(self, t):\n        print("t")\n        super().on_quote_tick(t)\n`],
      'feed.py': [undefined, 'import risk\ndef go(ws):\n    ws.on_message = risk.RiskManager().check\n'],
    };
    const edit = fc.constantFrom(...Object.keys(variants)).chain((path) => fc.tuple(fc.constant(path), fc.constantFrom(...variants[path]!)));
    fc.assert(fc.property(fc.array(edit, { minLength: 1, maxLength: 25 }), (edits) => {
      const linker = new Linker();
      const state = new Map<string, string>();
      for (const [path, text] of edits) {
        if (text === undefined) { linker.delete(path); state.delete(path); } else { linker.set(summaryOf(path, text)); state.set(path, text); }
        for (const file of state.keys()) { linker.decide(file); linker.traces(file); }
      }
      const fresh = project(Object.fromEntries(state));
      for (const path of state.keys()) {
        expect(linker.decide(path)).toEqual(fresh.decide(path));
        expect(linker.traces(path)).toEqual(fresh.traces(path));
      }
    }), { numRuns: runs(150), seed: 7 });
  });
});

test('types and aliases that lead in circles end', () => {
  const text = `${STRATEGY}def f(x: x.T, y: "y"):\n    x.go()\n    y.go()\na = b\nb = a\nclass S(Strategy):\n    def __init__(self, a: "a.B"):\n        self.p = self.q\n        self.q = self.p\n    def on_quote_tick(self, t):\n        self.p.go()\n        self.q()\n        a.go()\n        print("x")\n`;
  expect(messages(project({ 's.py': text }))).toEqual(['s.py: on_quote_tick: on_quote_tick']);
});
