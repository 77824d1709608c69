/** Texts nobody writes: what they may cost, and that the next file is read as if they had never been there. */
import { afterEach, describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../src/core/source/document.ts';
import type { SourceModel } from '../../../src/core/source/model.ts';
import { readSource } from '../../../src/core/source/source.ts';
import { MOST_BRACES, MOST_MEMORY } from '../../../src/core/source/syntax/limits.ts';
import { sourceOf } from '../../../src/core/source/text.ts';
import { NOISE } from '../../bench/noise.ts';
import { read, syntax } from './support.ts';

const LENGTH = 1_200_000;
/** What the server gives a file. */
const BUDGET_MS = 200;
/** A piece of work that has begun is ended, and the machine is shared: processor time. */
const MOST_MS = 4 * BUDGET_MS;

/** The shapes that cost most before there were limits, one of a kind. */
const SHAPES = [
  ['noise.ts', '(a,'], ['noise.ts', 'a<b<'], ['noise.ts', 'object'], ['noise.ts', 'case 1:'], ['noise.tsx', '<a b={'],
  ['noise.py', 'a.b.c'], ['noise.py', 'a+'], ['noise.py', 'f(f(…)'], ['noise.mq5', '[[[['], ['noise.mq5', 'else if'],
] as const;

function make(file: string, shape: string): string {
  const noise = NOISE.find((one) => one.file === file && one.shape === shape);
  if (noise === undefined) { throw new Error(`no noise ${shape} in ${file}`); }
  return String(noise.make(LENGTH));
}

/** Processor time of a piece of work, ms. */
function cost<T>(work: () => T): { readonly value: T; readonly ms: number } {
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return { value, ms: (user + system) / 1_000 };
}

/** A file of every language still gives what it holds. */
function readsOn(): void {
  for (const path of ['a.py', 'a.ts', 'a.tsx', 'a.mq5']) {
    const model = read(path === 'a.py' ? 'def f(a):\n    g(a)\n' : path === 'a.mq5' ? 'void f(int a) { g(a); }\n' : 'function f(a) { g(a); }\n', path);
    expect(model.functions.map((fn) => fn.name)).toEqual(['f']);
    expect(model.errors).toEqual([]);
  }
}

afterEach(() => {
  expect(syntax.liveTrees).toBe(0);
  // Memory grows by a fifth at a time.
  expect(syntax.memory).toBeLessThanOrEqual(MOST_MEMORY * 1.25);
});

describe('1.2 MB of noise', () => {
  test.each(SHAPES)('%s %s is given up in time, and the next file is read', (file, shape) => {
    const source = sourceOf(make(file, shape));
    const { value: model, ms } = cost(() => readSource(file, source, syntax, { budgetMs: BUDGET_MS }));
    expect(model.incomplete).toBeDefined();
    expect(model.body).toEqual([]);
    expect(ms).toBeLessThan(MOST_MS);
    readsOn();
  });

  test('in a document that is typed into', () => {
    const text = make('noise.ts', '(a,');
    const document = new SourceDocument('noise.ts', text, syntax, { budgetMs: BUDGET_MS });
    expect(document.model.incomplete).toBeDefined();
    for (let i = 1; i <= 5; i++) {
      const { ms } = cost(() => { document.update(text + 'b'.repeat(i)); });
      expect(ms).toBeLessThan(MOST_MS);
      expect(document.model.incomplete).toBeDefined();
    }
    document.update('run(1);\n');
    document.settle();
    document.dispose();
    readsOn();
  });
});

describe('braces of a script', () => {
  test('beyond the limit are given up before the parser can break', () => {
    expect(read('{a: '.repeat(3_000), 'a.ts').incomplete).toBe('size');
    expect(read('{a: '.repeat(3_000), 'a.js').incomplete).toBe('size');
    readsOn();
  });

  test('within it are read', () => {
    const model = read(`${'if (a) {\n'.repeat(MOST_BRACES)}b(1);${'}'.repeat(MOST_BRACES)}`, 'a.ts');
    expect(model.incomplete).toBeUndefined();
    expect(model.errors).toEqual([]);
  });

  test('that are closed again are not counted', () => {
    expect(read('f({ a: 1 });\n'.repeat(3 * MOST_BRACES), 'a.ts').body).toHaveLength(3 * MOST_BRACES);
  });
});

describe('a text that is nearly all error', () => {
  const stray = '}\n'.repeat(40_000);

  test('says so when it is long', () => {
    expect(read(stray, 'a.ts').incomplete).toBe('syntax');
  });

  test('is read for what it holds when it is short', () => {
    expect(read('}\n'.repeat(40), 'a.ts').incomplete).toBeUndefined();
  });

  test('is read when a part of it is code', () => {
    const model = read(`${'run(1);\n'.repeat(20_000)}${stray}`, 'a.ts');
    expect(model.incomplete).toBeUndefined();
    expect(model.body.length).toBeGreaterThanOrEqual(20_000);
  });
});

describe('long lists take time in proportion', () => {
  const cases = (n: number): string => `switch (a) {${' case 1:'.repeat(n)} b(); }`;
  const elses = (n: number): string => `if (a) b();${' else if (a) b();'.repeat(n)}`;
  const inside = (text: string): string => `void f() { ${text} }`;

  test.each<[string, string, (n: number) => string]>([
    ['cases in TypeScript', 'a.ts', cases],
    ['cases in MQL5', 'a.mq5', (n) => inside(cases(n))],
    ['`else if` in MQL5', 'a.mq5', (n) => inside(elses(n))],
  ])('%s', (_, path, text) => {
    const time = (n: number): number => Math.min(...[0, 1, 2].map(() => cost(() => read(text(n), path)).ms));
    time(200);
    // Quadratic work would need a hundred times as long.
    expect(time(8_000) / time(800)).toBeLessThan(40);
  });

  test('and keep what they hold', () => {
    const branches = (model: SourceModel): unknown => model.functions[0]?.body.map((one) => (one.kind === 'if' ? [one.branches.length, one.else.length] : one.kind));
    expect(branches(read(inside(`${elses(3)} else c();`), 'a.mq5'))).toEqual([[4, 1]]);
    const patterns = (path: string, text: string): unknown => {
      const model = read(text, path);
      const body = path === 'a.ts' ? model.body : model.functions[0]?.body ?? [];
      return body.map((one) => (one.kind === 'match' ? one.cases.map(({ patterns: list, body: done }) => [list.length, done.length]) : one.kind));
    };
    expect(patterns('a.ts', 'switch (a) { case 1: case 2: b(); case 3: default: c(); case 4: }')).toEqual([[[2, 1], [2, 1], [1, 0]]]);
    expect(patterns('a.mq5', inside('switch (a) { case 1: case 2: b(); case 3: default: c(); case 4: d(); }'))).toEqual([[[2, 1], [0, 1], [1, 1]]]);
  });
});
