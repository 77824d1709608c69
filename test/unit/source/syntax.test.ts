import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import { PARSE_LIMIT, readSource, Syntax } from '../../../src/core/source/source.ts';
import { sourceOf } from '../../../src/core/source/text.ts';
import { strategyText } from './strategy-sample.ts';
import { read, syntax } from './support.ts';

describe('budgets', () => {
  test('a text over the time budget gives a model that says so, and the parser works on', () => {
    const text = strategyText(4_000);
    const model = readSource('slow.py', sourceOf(text), syntax, { budgetMs: 0 });
    expect(model).toEqual({
      path: 'slow.py', language: 'python', source: sourceOf(text), incomplete: 'time',
      body: [], functions: [], classes: [], imports: [], comments: [], entries: [], errors: [],
    });
    expect(read('x = 1\n').body).toHaveLength(1);
    expect(syntax.liveTrees).toBe(0);
  });

  test('a budget stops the parser soon after it ran out', () => {
    const text = strategyText(60_000);
    const start = performance.now();
    expect(readSource('slow.py', sourceOf(text), syntax, { budgetMs: 20 }).incomplete).toBe('time');
    const stopped = performance.now() - start;
    const whole = performance.now();
    expect(read(text).incomplete).toBeUndefined();
    expect(stopped).toBeLessThan((performance.now() - whole) / 2);
  });

  test('a text over the size limit is not parsed', () => {
    const parses = syntax.parses;
    const text = '#'.repeat(PARSE_LIMIT + 1);
    expect(read(text)).toMatchObject({ incomplete: 'size', comments: [], body: [] });
    expect(read(text, 'a.yaml')).toMatchObject({ incomplete: 'size', entries: [] });
    expect(syntax.parses).toBe(parses);
    expect(read(text.slice(1)).incomplete).toBeUndefined();
    expect(syntax.parses).toBe(parses + 1);
  });
});

describe('trees', () => {
  test('are gone when a file is read, and counted', () => {
    const parses = syntax.parses;
    for (let i = 0; i < 200; i++) read(`x = ${i}\n`);
    expect(syntax.parses - parses).toBe(200);
    expect(syntax.liveTrees).toBe(0);
  });

  test('other languages need none', () => {
    const parses = syntax.parses;
    expect(read('max_drawdown: 0.1\n', 'risk.yaml').entries).not.toEqual([]);
    expect(read('TOKEN=1\n', '.env').entries).not.toEqual([]);
    expect(read('max_drawdown: 0.1\n', 'notes.txt')).toMatchObject({ language: 'text', entries: [], comments: [] });
    expect(syntax.parses).toBe(parses);
  });
});

test('several parsers may be made at once', async () => {
  const several = await Promise.all([Syntax.create(), Syntax.create(), Syntax.create()]);
  const models = several.map((one) => readSource('a.py', sourceOf('f(x)\n'), one, { budgetMs: 1_000 }));
  expect(models[0]).toEqual(models[2]);
  expect(models[1]!.errors).toEqual([]);
  expect(several.map((one) => [one.parses, one.liveTrees])).toEqual([[1, 0], [1, 0], [1, 0]]);
});

test('a folder without the grammar is one clear sentence', async () => {
  await expect(Syntax.create({ wasmFolder: '/nowhere' })).rejects.toThrow(
    'tree-sitter-python.wasm was not found in /nowhere; install Tickguard again.',
  );
});

describe('a bundle', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tickguard-bundle-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('finds its WebAssembly files beside it, anywhere', async () => {
    const root = join(import.meta.dirname, '../../..');
    const require = createRequire(import.meta.url);
    const treeSitter = join(require.resolve('web-tree-sitter/web-tree-sitter.wasm'), '..');
    await build({
      stdin: {
        contents: `
          import { readSource, Syntax } from './src/core/source/source.ts';
          import { sourceOf } from './src/core/source/text.ts';
          Syntax.create({ grammars: ['python'] }).then((syntax) => {
            const model = readSource('a.py', sourceOf('def f(): pass'), syntax, { budgetMs: 5000 });
            console.log(JSON.stringify([model.functions[0].name, syntax.parses, syntax.liveTrees]));
          });`,
        resolveDir: root, loader: 'ts',
      },
      bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'error', outfile: join(folder, 'bundle.cjs'),
      mainFields: ['module', 'main'],
      alias: { 'web-tree-sitter': join(treeSitter, 'web-tree-sitter.cjs') },
      define: { 'import.meta.url': 'undefined' },
    });
    const run = () => spawnSync(process.execPath, [join(folder, 'bundle.cjs')], { cwd: tmpdir(), encoding: 'utf8' });
    expect(run().stderr).toContain('web-tree-sitter.wasm was not found');
    copyFileSync(join(treeSitter, 'web-tree-sitter.wasm'), join(folder, 'web-tree-sitter.wasm'));
    copyFileSync(require.resolve('tree-sitter-python/tree-sitter-python.wasm'), join(folder, 'tree-sitter-python.wasm'));
    expect(run()).toMatchObject({ status: 0, stderr: '', stdout: '["f",1,0]\n' });
  }, 60_000);
});
