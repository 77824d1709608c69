/** An installation that lacks a parser, or has a damaged one: one sentence, in the terminal and over the wire. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RawClient } from '../server/client.ts';
import { cli, cliBundle, folderWith } from '../support/cli.ts';

const DIST = dirname(cliBundle);
const MODULES = ['web-tree-sitter.wasm', 'tree-sitter-python.wasm'];

/** What can happen to a file, and the sentence it gives. */
const HARMS: readonly (readonly [string, (path: string) => void, (path: string) => string])[] = [
  ['cut short', (path) => { writeFileSync(path, readFileSync(path).subarray(0, 5_000)); }, (path) => `A parser of Tickguard is damaged: ${path}; install Tickguard again.`],
  ['empty', (path) => { writeFileSync(path, ''); }, (path) => `A parser of Tickguard is damaged: ${path}; install Tickguard again.`],
  ['a page of a proxy', (path) => { writeFileSync(path, '<html>Sign in</html>'); }, (path) => `A parser of Tickguard is damaged: ${path}; install Tickguard again.`],
  ['missing', (path) => { rmSync(path); }, (path) => `Tickguard is not installed completely: ${path.slice(dirname(path).length + 1)} was not found in ${dirname(path)}; install Tickguard again.`],
];

/** A copy of the build beside a folder to check. */
function installed(): { readonly dist: string; readonly desk: string } {
  const root = folderWith({ 'desk/a.py': 'print(1)\n' });
  const dist = join(root, 'dist');
  cpSync(DIST, dist, { recursive: true, filter: (path) => !path.endsWith('.map') });
  return { dist, desk: join(root, 'desk') };
}

test('the parsers are files of the build', () => {
  expect(readdirSync(DIST).filter((name) => MODULES.includes(name)).sort()).toEqual([...MODULES].sort());
});

describe.each(MODULES)('%s', (name) => {
  test.each(HARMS)('%s', async (_, harm, sentence) => {
    const { dist, desk } = installed();
    harm(join(dist, name));
    const run = await cli(['check'], { cwd: desk, bundle: join(dist, 'cli.cjs') });
    expect(run).toEqual({ code: 2, out: '', err: `tickguard: ${sentence(join(dist, name))}\n` });
  });
});

test('a grammar nobody needs is not missed', async () => {
  const { dist, desk } = installed();
  rmSync(join(dist, 'tree-sitter-python.wasm'));
  rmSync(join(desk, 'a.py'));
  writeFileSync(join(desk, 'a.yaml'), 'a: 1\n');
  expect(await cli(['check'], { cwd: desk, bundle: join(dist, 'cli.cjs') })).toMatchObject({ code: 0, err: '' });
});

test.each(HARMS)('over the wire: %s', async (_, harm, sentence) => {
  const { dist, desk } = installed();
  const path = join(dist, 'tree-sitter-python.wasm');
  harm(path);
  const client = new RawClient([join(dist, 'server.cjs'), '--stdio']);
  try {
    await client.open(desk);
    const said = (): boolean => client.received.some(({ method, params }) => method === 'window/logMessage'
      && (params as { readonly message: string }).message.includes(sentence(path)));
    await expect.poll(said, { timeout: 20_000 }).toBe(true);
    expect(client.received.some(({ params }) => /defaults meanwhile|\n {4}at /.test(JSON.stringify(params ?? '')))).toBe(false);
    // It goes on answering, and ends as it should.
    expect(await client.close()).toBe(0);
    expect(client.stderr).toBe('');
  } finally {
    client.kill();
  }
});
