/** What holds of guard coverage whatever the code: more guards never lower a number, order and cache change nothing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Linker } from '../../../src/core/source/link/linker.ts';
import { interfaceOf } from '../../../src/core/source/link/interface-hash.ts';
import { summarise } from '../../../src/core/source/link/summarise.ts';
import type { FileSummary } from '../../../src/core/source/link/summary.ts';
import { PROTECTION_KINDS } from '../../../src/core/source/protections/kinds.ts';
import { read } from '../meaning/read.ts';
import { runs } from '../../support/property-tests.ts';
import { coverage, lineOf, type Files } from './coverage.ts';

const GUARDS = [
  'if self.drawdown > self.max_drawdown: return',
  'if self.now.hour >= 16: return',
  'if qty > self.max_contracts: return',
  'if now in self.news_windows: return',
  'if not self.risk.allows(qty): return',
  'if self.halted > 5: return',
  'if self.ready: pass',
] as const;
const HELPERS = 3;

/** Guards before the order and in each of the functions on the way to it; which function calls which. */
interface Plan {
  readonly bodies: readonly (readonly number[])[];
  readonly calls: readonly number[];
}

const plans: fc.Arbitrary<Plan> = fc.record({
  bodies: fc.array(fc.array(fc.nat({ max: GUARDS.length - 1 }), { maxLength: 3 }), { minLength: HELPERS + 3, maxLength: HELPERS + 3 }),
  calls: fc.array(fc.nat({ max: HELPERS }), { minLength: HELPERS + 2, maxLength: HELPERS + 2 }),
});

/** Handlers call helpers, helpers call helpers or send the order; each with its guards. */
function filesOf({ bodies, calls }: Plan): Files {
  const method = (name: string, index: number, call: string): string => [
    `    def ${name}(self, qty, now):`, ...(bodies[index] ?? []).map((guard) => `        ${GUARDS[guard] ?? ''}`), `        ${call}`, '',
  ].join('\n');
  const target = (index: number): string => (calls[index] === HELPERS ? 'self.send(qty, now)' : `self.step${calls[index] ?? 0}(qty, now)`);
  return {
    'risk.py': 'class Risk:\n    def allows(self, qty):\n        if self.equity < self.floor:\n            return False\n        return qty <= self.max_size\n',
    'steps.py': `class Steps:\n${Array.from({ length: HELPERS }, (_, i) => method(`step${i}`, i, target(i))).join('')}${method('send', HELPERS, 'self.submit_order(qty)')}`,
    's.py': `from nautilus_trader.trading.strategy import Strategy\nfrom steps import Steps\nfrom risk import Risk\nclass Fade(Steps, Strategy):\n    def on_stop(self):\n        self.halted = True\n    def on_start(self):\n        self.risk = Risk()\n        self.halted = False\n`
      + `${method('on_bar', HELPERS + 1, target(HELPERS))}${method('on_quote_tick', HELPERS + 2, target(HELPERS + 1))}`,
  };
}

const numbers = (files: Files): readonly number[] => {
  const { sites } = coverage(files);
  return PROTECTION_KINDS.map((kind) => sites.filter((site) => site.states[kind] === 'guarded').length);
};

test('one more guard never lowers a number', () => {
  fc.assert(fc.property(plans, fc.nat({ max: HELPERS + 2 }), fc.nat({ max: GUARDS.length - 1 }), (plan, where, guard) => {
    const before = numbers(filesOf(plan));
    const after = numbers(filesOf({ ...plan, bodies: plan.bodies.map((body, i) => (i === where ? [...body, guard] : body)) }));
    before.forEach((count, kind) => expect(after[kind]).toBeGreaterThanOrEqual(count));
  }), { numRuns: runs(40) });
});

test('the order in which files are read changes nothing', () => {
  fc.assert(fc.property(plans, (plan) => {
    const files = filesOf(plan);
    const turned = Object.fromEntries(Object.entries(files).reverse());
    expect(coverage(turned)).toEqual(coverage(files));
  }), { numRuns: runs(25) });
});

const summaries = (files: Files): readonly FileSummary[] => Object.entries(files).map(([path, text]) => summarise(read(text, path), [], []));

test('a summary that was written down and read again says the same', () => {
  fc.assert(fc.property(plans, (plan) => {
    const [fresh, recalled] = [new Linker(), new Linker()];
    for (const summary of summaries(filesOf(plan))) {
      fresh.set(summary);
      recalled.set(JSON.parse(JSON.stringify(summary)) as FileSummary);
    }
    expect(recalled.coverage()).toEqual(fresh.coverage());
  }), { numRuns: runs(25) });
});

test('after an edit the same comes out as from the start, and no other finding is asked for', () => {
  fc.assert(fc.property(plans, plans, (before, after) => {
    const linker = new Linker();
    for (const summary of summaries(filesOf(before))) { linker.set(summary); }
    linker.coverage();
    for (const summary of summaries(filesOf(after))) { linker.set(summary); }
    expect(linker.coverage().sites.map(lineOf)).toEqual(coverage(filesOf(after)).sites.map(lineOf));
  }), { numRuns: runs(25) });
});

test('guards are no interface: other files are not decided again for them', () => {
  const model = read('class Desk:\n    def enter(self, qty):\n        if self.drawdown > self.limit: return\n        self.broker.place_order(qty)\n', 'desk.py');
  const whole = summarise(model, [], []);
  expect(whole.functions[0]?.protection?.gates).toHaveLength(1);
  const without = summarise(model, [], [], { protections: false });
  expect(without.functions[0]).not.toHaveProperty('protection');
  expect(interfaceOf(without)).toBe(interfaceOf(whole));
});
