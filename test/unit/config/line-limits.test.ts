/** Formats of one entry a line, made to hurt: how many entries are read, and that the clock is asked. */
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../src/core/source/config/read-config.ts';
import type { ConfigReading } from '../../../src/core/source/config/read-config.ts';
import type { ConfigLanguage } from '../../../src/core/source/model.ts';
import { Budget } from '../../../src/core/source/syntax/budget.ts';
import { sourceOf } from '../../../src/core/source/text.ts';
import { read, syntax } from '../source/support.ts';
import { readSource } from '../../../src/core/source/source.ts';

/** Entries and comments of one file, as the reader bounds them. */
const MOST = 50_000;

const reading = (language: ConfigLanguage, text: string, budget?: Budget): ConfigReading => readConfig(language, sourceOf(text), budget);
const lines = (count: number, line: (index: number) => string): string => Array.from({ length: count }, (_, index) => line(index)).join('');

const FORMS: readonly (readonly [ConfigLanguage, (index: number) => string])[] = [
  ['dotenv', (index) => `A${index}=b\n`],
  ['ini', (index) => `a${index}=b\n`],
  ['ini', (index) => (index % 2 === 0 ? `[s${index}]\n` : 'a=b\n')],
  ['shell', (index) => `export A${index}=b\n`],
  ['powershell', (index) => `$env:A${index} = "b"\n`],
  ['dockerfile', (index) => `ENV A${index}=b\n`],
  ['dotenv', () => '# a\n'],
  ['ini', () => '; a\n'],
  ['shell', () => '# a\n'],
  ['powershell', () => '# a\n'],
  ['dockerfile', () => '# a\n'],
];

describe('lines', () => {
  test.each(FORMS)('%s: as many as may be are read, one more is data', (language, line) => {
    const whole = reading(language, lines(MOST, line));
    expect(whole.incomplete).toBeUndefined();
    expect(whole.entries.length + whole.comments.length).toBe(MOST);
    expect(reading(language, lines(MOST + 2, line))).toMatchObject({ entries: [], comments: [], incomplete: 'size' });
  });

  test('variables of one instruction count as well', () => {
    expect(reading('dockerfile', `ENV ${lines(MOST + 2, (index) => `A${index}=b `)}\n`).incomplete).toBe('size');
    expect(reading('dockerfile', `ENV ${lines(MOST, (index) => `A${index}=b `)}\n`).entries).toHaveLength(MOST);
  });

  test.each(['dotenv', 'ini', 'shell', 'powershell', 'dockerfile'] as const)('%s is given up when the time is gone', (language) => {
    const spent = new Budget(0);
    const until = performance.now() + 20;
    while (performance.now() < until && !spent.spent) { /* processor time */ }
    expect(reading(language, lines(1_000, (index) => `A${index}=b\n`), spent)).toMatchObject({ entries: [], incomplete: 'time' });
  });

  test('quotes that never close do not cost the file again and again', () => {
    const before = process.cpuUsage();
    const { incomplete } = reading('powershell', '`"\n'.repeat(400_000), new Budget(250));
    const { user, system } = process.cpuUsage(before);
    expect(incomplete).toBe('time');
    expect((user + system) / 1_000).toBeLessThan(4 * 250);
  });
});

describe('a notebook', () => {
  const cell = (source: readonly string[]): string => JSON.stringify({ cells: [{ cell_type: 'code', metadata: {}, outputs: [], source }], metadata: {}, nbformat: 4, nbformat_minor: 5 });

  test('of more lines than fit is data', () => {
    const model = read(cell(Array.from({ length: 320_000 }, () => '\n')), 'a.ipynb');
    expect(model).toMatchObject({ incomplete: 'size', body: [], entries: [] });
    expect(model.parts ?? []).toEqual([]);
  });

  test('that takes too long is given up as a whole', () => {
    const text = cell(Array.from({ length: 100_000 }, () => 'a = 1\n'));
    const before = process.cpuUsage();
    const model = readSource('a.ipynb', sourceOf(text), syntax, { budgetMs: 100 });
    const { user, system } = process.cpuUsage(before);
    expect(model.incomplete).toBe('time');
    expect(model.body).toEqual([]);
    expect((user + system) / 1_000).toBeLessThan(4 * 100);
  });

  test('of a broken cell still gives what the cell holds', () => {
    const model = read(cell(['a = 1\n', 'b = (\n', 'c = 2\n', 'def f():\n', '    pass\n']), 'a.ipynb');
    expect(model.incomplete).toBeUndefined();
    expect(model.functions.map((fn) => fn.name)).toEqual(['f']);
  });
});
