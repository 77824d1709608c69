/** Names that are assigned thousands of times: asking about each use costs no more than asking about one. */
import { expect, test } from 'vitest';
import { bindingsOf } from '../../../src/core/source/meaning/bindings.ts';
import { externalType, instanceClass } from '../../../src/core/source/meaning/classes.ts';
import type { NameSite } from '../../../src/core/source/names.ts';
import type { SourceModel } from '../../../src/core/source/model.ts';
import { walkModule } from '../../../src/core/source/walk.ts';
import { read } from '../source/support.ts';

const FEW = 250;
const TIMES = 8;

const lines = (count: number, line: (index: number) => string): string => Array.from({ length: count }, (_, index) => line(index)).join('');

/** What is asked of every expression; how many of them are instances of a class of the file. */
function askAll(model: SourceModel): number {
  let known = 0;
  walkModule(model, {
    expression: (expr, { function: fn, class: cls }) => {
      const site: NameSite = { ...(fn === undefined ? {} : { function: fn }), ...(cls === undefined ? {} : { class: cls }) };
      if (instanceClass(model, expr, site) !== undefined) { known += 1; }
      externalType(model, expr, site);
    },
  });
  return known;
}

/** Name → text for a count, and how many expressions of it are instances. */
const SHAPES: readonly (readonly [string, (count: number) => string, (count: number) => number])[] = [
  ['values nobody knows', (count) => `class A: pass\n${lines(count, (index) => `x = f(${index})\nx.go()\n`)}`, () => 0],
  ['values of one class', (count) => `class A: pass\n${lines(count, () => 'x = A()\nx.go()\n')}`, (count) => 3 * count],
  ['an attribute', (count) => `class A:\n    def go(self):\n${lines(count, (index) => `        self.x = f(${index})\n        self.x.go()\n`)}`, (count) => 2 * count],
  ['types of elsewhere', (count) => lines(count, () => 'x: Foo = f()\nx.go()\n'), () => 0],
  ['names that swap', (count) => lines(count, () => 'x = y\ny = x\nx.go()\n'), () => 0],
  ['classes of one name', (count) => lines(count, () => 'class A: pass\nx = A()\nx.go()\n'), (count) => 3 * count],
];

test.each(SHAPES)('%s', (_, text, instances) => {
  const cost = (count: number): number => {
    const model = read(text(count));
    const before = process.cpuUsage();
    expect(askAll(model)).toBe(instances(count));
    const { user, system } = process.cpuUsage(before);
    return Math.max(user + system, 2_000);
  };
  cost(FEW);
  const few = Math.max(cost(FEW), cost(FEW));
  const many = Math.min(cost(FEW * TIMES), cost(FEW * TIMES));
  // Linear is TIMES, a square TIMES times as much.
  expect(many / few).toBeLessThan(3 * TIMES);
}, 60_000);

test('an answer that took more hops than were left is looked for again by those who have them', () => {
  const chain = lines(11, (index) => `x${index + 1} = x${index}\n`);
  // Asked from the end of the chain first, where no hop is left for the value.
  const model = read(`class A: pass\nx0 = A()\n${lines(20, () => 'x0 = f()\n')}${chain}y = x11\ny2 = y\ny3 = y2\n`);
  const name = (at: string): SourceModel['body'][number] => model.body.find((statement) => statement.kind === 'assign' && statement.targets[0]?.kind === 'name' && statement.targets[0].name === at)!;
  for (const at of ['y3', 'x1']) {
    const statement = name(at);
    if (statement.kind !== 'assign' || statement.value === undefined) { throw new Error(at); }
    expect(instanceClass(model, statement.value, {})?.name).toBe(at === 'x1' ? 'A' : undefined);
  }
});

test('lambdas in lambdas: the receiver they see is found once for all', () => {
  const cost = (depth: number): number => {
    const model = read(`class A:\n    def go(self):\n        x = ${'lambda: '.repeat(depth)}self.go()\n`);
    const before = process.cpuUsage();
    expect(bindingsOf(model).receivers.every((receiver) => receiver?.class.name === 'A')).toBe(true);
    const { user, system } = process.cpuUsage(before);
    return Math.max(user + system, 2_000);
  };
  cost(1_000);
  expect(Math.min(cost(16_000), cost(16_000)) / Math.max(cost(2_000), cost(2_000))).toBeLessThan(16);
}, 60_000);

test('a parameter hides the receiver from what is nested in its function, and from nothing else', () => {
  const model = read('class A:\n    def go(self):\n        f = lambda self: (lambda: self)\n        g = lambda: (lambda other: self)\n    @staticmethod\n    def free(self):\n        h = lambda: self\n');
  expect(bindingsOf(model).receivers.map((receiver) => receiver?.method.name)).toEqual(model.functions.map(({ start }) => (
    ['go', 'lambda: (lambda other: self)', 'lambda other: self'].some((text) => model.source.text.startsWith(text, start) || model.source.text.startsWith(`def ${text}`, start)) ? 'go' : undefined
  )));
});
