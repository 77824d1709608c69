import { describe, expect, test } from 'vitest';
import { walkExpression, walkModule } from '../../../src/core/source/walk.ts';
import { read, syntax } from './support.ts';

const TERMS = 20_000;

/** Name → a text of so many terms, and how many expressions are in it. */
const SHAPES: readonly (readonly [string, (terms: number) => string, (terms: number) => number])[] = [
  ['a concatenation', (n) => `x = ${Array.from({ length: n }, (_, i) => `"a${i}"`).join(' + ')}`, (n) => n + 2],
  ['a chain of `and`', (n) => `x = ${Array(n).fill('a').join(' and ')}`, (n) => n + 2],
  ['a chain of `**`, which nests', (n) => `x = ${Array(n).fill('a').join(' ** ')}`, (n) => 2 * n],
  ['brackets', (n) => `x = ${'('.repeat(n)}1${')'.repeat(n)}`, () => 2],
  ['lists in lists', (n) => `${'['.repeat(n)}${']'.repeat(n)}`, (n) => n],
  ['attributes', (n) => `x = a${'.b'.repeat(n)}`, (n) => n + 2],
  ['calls', (n) => `a${'()'.repeat(n)}`, (n) => n + 1],
  ['`not`', (n) => `x = ${'not '.repeat(n)}a`, (n) => n + 2],
  ['conditionals', (n) => `x = ${'a if b else '.repeat(n)}c`, (n) => 3 * n + 2],
  ['lambdas', (n) => `x = ${'lambda: '.repeat(n)}1`, (n) => n + 2],
  ['elif branches', (n) => `if a: pass\n${'elif a: pass\n'.repeat(n)}`, (n) => n + 1],
  ['targets', (n) => `${'a = '.repeat(n)}1`, (n) => n + 1],
  ['adjacent strings', (n) => `x = (${'"a" '.repeat(n)})`, () => 2],
  ['an f-string', (n) => `x = f"${'{a}'.repeat(n)}"`, (n) => n + 2],
  ['types', (n) => `x: ${Array(n).fill('A').join(' | ')}`, (n) => n + 2],
];

describe(`${TERMS} terms`, () => {
  test.each(SHAPES)('of %s are read and walked', (_, text, count) => {
    const model = read(text(TERMS));
    expect(model.errors).toEqual([]);
    let expressions = 0;
    walkModule(model, { expression: () => expressions++ });
    expect(expressions).toBe(count(TERMS));
  });

  test('of a concatenation are one flat node', () => {
    const model = read(SHAPES[0]![1](TERMS));
    const statement = model.body[0];
    if (statement?.kind !== 'assign' || statement.value?.kind !== 'binary') throw new Error('not flat');
    expect(statement.value.operands).toHaveLength(TERMS);
    expect(statement.value.ops).toEqual(Array(TERMS - 1).fill('+'));
    expect(statement.value).toMatchObject({ start: 4, end: model.source.text.length });
    let depth = 0;
    walkExpression(statement.value, (_expr, parent) => { if (parent !== undefined && parent !== statement.value) depth++; });
    expect(depth).toBe(0);
  });

  test('more cost in proportion: ten times the terms, not a hundred times the work', () => {
    const time = (terms: number): number => {
      const text = SHAPES[0]![1](terms);
      const runs = [0, 1, 2].map(() => {
        const start = performance.now();
        read(text);
        return performance.now() - start;
      });
      return Math.min(...runs);
    };
    time(2_000);
    // A quadratic walk would need a hundred times as long.
    expect(time(60_000) / time(6_000)).toBeLessThan(40);
  });
});

test('deep nesting leaves no tree behind', () => {
  expect(syntax.liveTrees).toBe(0);
});
