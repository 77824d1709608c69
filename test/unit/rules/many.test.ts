/** Thousands of findings in one file: the time grows with them, not with their square. */
import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { engineRules } from '../../../src/core/rules/registry.ts';
import { runRules } from '../../../src/core/rules/run.ts';
import { readSource, Syntax } from '../../../src/core/source/source.ts';
import { sourceOf } from '../../../src/core/source/text.ts';
import { badCalls, NO_CONFIG, secretStrings } from './run-helper.ts';

let syntax: Syntax;
beforeAll(async () => { syntax = await Syntax.create(); });

const FEW = 500;
const TIMES = 6;

/** Values that differ from their sixth character on, as the keys of one provider do. */
const value = (index: number): string => `sk-${createHash('sha256').update(String(index)).digest('hex').slice(0, 32)}`;
const lines = (count: number, line: (index: number) => string): string => Array.from({ length: count }, (_, index) => line(index)).join('');

const SHAPES: readonly (readonly [string, string, (count: number) => string])[] = [
  ['entries of a YAML file', 'a.yaml', (count) => `list:\n${lines(count, (index) => `  - name: n${index}\n    bad: ${index}\n`)}`],
  ['entries of a JSON file on one line', 'a.json', (count) => `[${lines(count, (index) => `{"bad": ${index}},`)}0]`],
  ['functions', 'a.py', (count) => lines(count, (index) => `def f${index}():\n    bad(${index})\n`)],
  ['lambdas', 'a.py', (count) => lines(count, (index) => `x${index} = lambda: bad(${index})\n`)],
  ['secrets', 'a.py', (count) => lines(count, (index) => `x = '${value(index)}'\n`)],
  ['places of broken code', 'a.py', (count) => lines(count, (index) => `bad(${index})\nx = = ${index}\n`)],
  ['comments beside what they silence', 'a.py', (count) => lines(count, (index) => `bad(${index})  # tickguard: ignore[TST001] it is meant\n`)],
  ['comments above what they silence', 'a.py', (count) => lines(count, (index) => `# tickguard: ignore[TST001] it is meant\nbad(${index})\n`)],
  ['comments one under the other', 'a.yaml', (count) => lines(count, (index) => `# tickguard: ignore[TST001] reason ${index}\n`) + lines(count, (index) => `- bad: ${index}\n`)],
];

test.each(SHAPES)('%s', (_, path, text) => {
  const cost = (count: number): number => {
    const model = readSource(path, sourceOf(text(count)), syntax, { budgetMs: 60_000 });
    const before = process.cpuUsage();
    const { findings } = runRules({ model, file: { role: 'code' }, rules: [...engineRules, badCalls, secretStrings], config: NO_CONFIG, asOf: '2026-11-22' });
    const { user, system } = process.cpuUsage(before);
    expect(findings.filter(({ finding }) => finding.guardian !== 'engine').length).toBe(count);
    return user + system;
  };
  cost(FEW);
  const few = Math.max(cost(FEW), cost(FEW));
  const many = Math.min(cost(FEW * TIMES), cost(FEW * TIMES));
  expect(many / few).toBeLessThan(2 * TIMES);
}, 60_000);
