import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../src/core/source/document.ts';
import { read, syntax } from './support.ts';

const line = 'function f(a){return a+1}';
const bundle = `${line.repeat(900)}\n`;

describe('what a bundler made', () => {
  test.each([
    ['long lines', 'static/app.js', bundle],
    ['its length', 'static/worker.js', `${line}\n`.repeat(90_000)],
    ['its name', 'vendor/chart.min.js', `${line}\n`],
    ['its name, whatever the case', 'vendor/CHART.MIN.MJS', `${line}\n`],
  ])('is told by %s and is not parsed', (_how, path, text) => {
    const before = syntax.parses;
    expect(read(text, path)).toMatchObject({ incomplete: 'made', functions: [], body: [] });
    expect(syntax.parses).toBe(before);
  });

  test.each([
    ['a long script of people', 'src/app.js', `${line}\n`.repeat(2_000)],
    ['a short script on one line', 'src/app.js', line.repeat(100)],
    ['TypeScript, which nobody ships', 'src/app.ts', bundle],
  ])('is not %s', (_what, path, text) => {
    const model = read(text, path);
    expect(model.incomplete).toBeUndefined();
    expect(model.functions.length).toBeGreaterThan(0);
  });

  test('in an editor it stays one while it is being edited', () => {
    const document = new SourceDocument('static/app.js', bundle, syntax, { budgetMs: 1_000 });
    document.update(`${bundle}// edited\n`);
    expect(document.model.incomplete).toBe('made');
    document.dispose();
    expect(syntax.liveTrees).toBe(0);
  });
});
