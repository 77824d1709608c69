/** The two commands of the README as far as they go without a window: what they print, and how they end. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CliRun, spawnRun } from '../support/cli.ts';
import { copyProject } from '../support/project.ts';

let place: string;
let copy: string;
beforeAll(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'tickguard-start-')));
  copy = join(place, 'copy');
  copyProject(copy);
});
afterAll(() => { rmSync(place, { recursive: true, force: true, maxRetries: 3 }); });

const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliRun> =>
  spawnRun(process.execPath, [join(copy, 'scripts', 'start.mjs'), ...args], { cwd: copy, env: { INIT_CWD: copy, ...env } });

describe('npm start', () => {
  test('--no-open: builds, prints the report of examples/desk, exits 0 although there are findings', async () => {
    const run = await start(['--no-open']);
    expect(run).toMatchObject({ code: 0, err: '' });
    const order = ['Step 1 of 2: build', 'Step 2 of 2: check examples/desk', 'error', 'Next: tickguard explain'].map((text) => run.out.indexOf(text));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test('a path of one\'s own, relative to where one stands', async () => {
    mkdirSync(join(place, 'mine'));
    writeFileSync(join(place, 'mine', 'bot.py'), 'x = 1\n');
    const run = await start(['--no-open', '../mine'], { INIT_CWD: copy });
    expect(run).toMatchObject({ code: 0, out: expect.stringContaining('Nothing to report: 1 file') as unknown });
  });

  test('where `code` is on the PATH it opens the folder itself with the extension under development, after the report', async () => {
    const bin = join(place, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'code'), `#!/bin/sh\nprintf '%s\\n' "$@" > ${join(place, 'code-args')}\n`);
    chmodSync(join(bin, 'code'), 0o755);
    const run = await start([], { PATH: `${bin}:${process.env['PATH'] ?? ''}` });
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out.indexOf('Step 2 of 4: check')).toBeLessThan(run.out.indexOf('Step 4 of 4: open the window'));
    const args = readFileSync(join(place, 'code-args'), 'utf8').trim().split('\n');
    expect(args).toContain(`--extensionDevelopmentPath=${copy}`);
    expect(args.at(-1)).toBe(join(copy, 'examples', 'desk'));
  });

  test.each<[string, readonly string[], RegExp]>([
    ['a folder that does not exist', ['nope'], /^npm start: .*\/nope does not exist\. Name the folder of a repository\.\n$/],
    ['a file', ['package.json'], /^npm start: .*\/package\.json is a file\. Name the folder it is in\.\n$/],
    ['two paths', ['src', 'docs'], /^npm start: One path can be opened; "docs" is a second one\.\n$/],
    ['an unknown option', ['--open'], /^npm start: Unknown option '--open'\. Use: npm start -- \[PATH\] \[--no-open\]\n$/],
  ])('%s: one sentence, exit 2', async (_name, args, says) => {
    const run = await start(args);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toMatch(says);
  });
});

describe('npm test', () => {
  const tests = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliRun> =>
    spawnRun(process.execPath, [join(copy, 'scripts', 'test.mjs'), ...args], { cwd: copy, env });

  test('an unknown tier: one sentence with those there are, exit 2', async () => {
    const run = await tests(['unti']);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toMatch(/^npm test: There is no tier "unti"\. The tiers are build, types, lint, .*\.\n$/);
  });

  test('a tier that fails fails the run; the last line counts', async () => {
    await spawnRun(process.execPath, [join(copy, 'scripts', 'generate.mjs')], { cwd: copy });
    const good = await tests(['generated']);
    expect({ code: good.code, last: good.out.trimEnd().split('\n').at(-1) }).toEqual({ code: 0, last: '0 passed, 0 failed' });
    writeFileSync(join(copy, 'docs', 'cli.md'), 'by hand\n');
    const bad = await tests(['generated']);
    expect({ code: bad.code, last: bad.out.trimEnd().split('\n').at(-1) }).toEqual({ code: 1, last: '0 passed, 1 failed' });
    expect(bad.out).toContain('docs/cli.md is out of date: run npm run generate.');
  });

  test('what a machine lacks is a tier skipped by name and reason, and a failure with CI=true', async () => {
    // A host that cannot be installed: the registry does not answer.
    const env = { TICKGUARD_HOST_CACHE: join(place, 'no-host'), npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0', npm_config_cache: join(place, 'npm-cache') };
    const lax = await tests(['newest-node'], env);
    expect(lax.code).toBe(0);
    expect(lax.out).toMatch(/^newest-node +skipped +0 +0 +\d+\.\d +VS Code 1\.139 could not be installed from the npm registry: /m);
    const strict = await tests(['newest-node'], { ...env, CI: 'true' });
    expect({ code: strict.code, last: strict.out.trimEnd().split('\n').at(-1) }).toEqual({ code: 1, last: '0 passed, 1 failed' });
  });
});

describe('the judge of regular expressions', () => {
  const judge = async (text: string): Promise<CliRun> => {
    writeFileSync(join(copy, 'src', 'judged.ts'), text);
    return spawnRun(process.execPath, [join(copy, 'scripts', 'regexes.mjs'), 'src/judged.ts'], { cwd: copy });
  };

  test.each<[string, string, string]>([
    ['exponential time', 'export const x = /^(a|a)*$/;\n', 'src/judged.ts:1  /^(a|a)*$/  exponential'],
    ['quadratic time', 'export const x =\n  /\\s+$/u;\n', 'src/judged.ts:2  /\\s+$/u  2nd degree polynomial'],
    ['cubic time in a constructor', 'export const x = new RegExp(\'a+b?a+$\', \'i\');\n', 'src/judged.ts:1  /a+b?a+$/i  3rd degree polynomial'],
    ['a pattern put together at run time', 'export const f = (a: string): RegExp => new RegExp(`${a}+`);\n', 'src/judged.ts:1  a pattern is put together at run time'],
  ])('refuses %s', async (_name, text, says) => {
    const run = await judge(text);
    expect(run.code).toBe(1);
    expect(run.out).toContain(says);
    expect(run.out.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed');
  });

  test('lets linear ones pass: anchored, sticky, with named groups', async () => {
    const run = await judge('export const all = [/^\\s*$/, /\\s+x/y, /^(?<day>\\d{2})$/];\n');
    expect(run).toMatchObject({ code: 0, out: '3 passed, 0 failed\n' });
  });
});
