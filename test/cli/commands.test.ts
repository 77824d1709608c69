/** The other commands of the terminal: init, explain, help, lsp, and what belongs to all. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cliPage } from '../../src/cli/help-text.ts';
import { listCommands } from '../../src/cli/commands.ts';
import { styleMarkdown } from '../../src/cli/commands/explain.ts';
import { VERSION } from '../../src/core/version.ts';
import { createEngine } from '../../src/engine.ts';
import { RawClient } from '../server/client.ts';
import { cli, cliBundle, folderWith } from '../support/cli.ts';
import { projectRoot } from '../support/project.ts';

const DESK = { 'config/live.yaml': 'account:\n  account_size: 100000\n  feed: rithmic\n  symbol: ESZ5.CME\n', 'bot.py': 'x = 1\n' };

describe('init', () => {
  test('shows what it found and what it would write, and writes nothing', async () => {
    const cwd = folderWith(DESK);
    const run = await cli(['init'], { cwd });
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toContain('“rithmic” in config/live.yaml:3');
    expect(run.out).toContain('account_size: 100000 in config/live.yaml:2');
    expect(run.out).toContain('Apex is a guess');
    expect(run.out).toMatch(/"pack": "apex-4\.0-intraday",\n\s+"size": 100000,/);
    expect(run.out).toMatch(/Nothing was written\. Write it with: tickguard init --yes\n$/);
    expect(existsSync(join(cwd, 'tickguard.json'))).toBe(false);
  });

  test('--yes writes the file, and check can read it', async () => {
    const cwd = folderWith(DESK);
    const run = await cli(['init', '--yes'], { cwd });
    expect(run.code).toBe(0);
    expect(run.out).toMatch(/\nWrote tickguard\.json\. Next: tickguard check\n$/);
    expect(run.out).toContain(readFileSync(join(cwd, 'tickguard.json'), 'utf8'));
    expect(await cli(['check', '--account', 'apex-1'], { cwd })).toMatchObject({ code: 0, err: '' });
  });

  test('without evidence: no account, the house limits', async () => {
    const cwd = folderWith({ 'bot.py': 'x = 1\n' });
    const run = await cli(['init', '--yes'], { cwd });
    expect(run.out).toContain('Nothing in the files names a firm');
    expect(readFileSync(join(cwd, 'tickguard.json'), 'utf8')).toContain('"accounts": []');
    expect((await cli(['check'], { cwd })).code).toBe(0);
  });

  test('a file that is there stays, unless it is said otherwise', async () => {
    const cwd = folderWith({ ...DESK, 'sub/tickguard.json': '{}\n' });
    expect(await cli(['init', 'sub'], { cwd })).toMatchObject({ code: 0, out: expect.stringMatching(/sub\/tickguard\.json is already there and stays as it is\. Replace it with: tickguard init sub --overwrite\n$/) as unknown });
    expect(await cli(['init', 'sub', '--yes'], { cwd })).toMatchObject({ code: 2, err: 'tickguard: sub/tickguard.json is already there and stays as it is. Edit it, or replace it with --overwrite.\n' });
    expect(readFileSync(join(cwd, 'sub', 'tickguard.json'), 'utf8')).toBe('{}\n');
    expect((await cli(['init', 'sub', '--yes', '--overwrite'], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, 'sub', 'tickguard.json'), 'utf8')).toContain('"accounts"');
  });

  test('a folder that is none', async () => {
    expect(await cli(['init', 'nope'], { cwd: folderWith({}) })).toEqual({ code: 2, out: '', err: 'tickguard: nope is not a folder that can be read. Name the folder of your trading code.\n' });
  });
});

describe('explain', () => {
  test('by id, by name, in any case: the page that is in docs', async () => {
    const page = readFileSync(join(projectRoot, 'docs', 'rules', 'PRF004.md'), 'utf8');
    const runs = await Promise.all(['PRF004', 'prf004', 'print-per-tick'].map((name) => cli(['explain', name], { cwd: folderWith({}) })));
    for (const run of runs) {
      expect(run).toMatchObject({ code: 0, err: '' });
      expect(run.out).toContain('## When not to use it');
      expect(run.out).toMatch(/\nhttps:\/\/\S+\/PRF004\.md\n$/);
      expect(page).toContain(run.out.split('\n').find((line) => line.startsWith('## Bad')) ?? 'no such line');
      expect(run.out).not.toContain('<!--');
    }
  });

  test('an unknown rule, with the nearest', async () => {
    const run = await cli(['explain', 'PRF0004'], { cwd: folderWith({}) });
    expect(run).toEqual({ code: 2, out: '', err: 'tickguard: There is no rule PRF0004. Did you mean PRF004?\n' });
  });

  test('colour marks headings and code, and takes comments away', () => {
    const page = '<!-- generated\nby us -->\n# Title\n\n\nText\n```python\n# no heading\n<!-- kept -->\n```\n';
    expect(styleMarkdown(page, false)).toBe('# Title\n\nText\n```python\n# no heading\n<!-- kept -->\n```\n');
    expect(styleMarkdown(page, true)).toContain('\u001b[1m# Title\u001b[0m');
    expect(styleMarkdown(page, true)).toContain('\u001b[2m# no heading\u001b[0m');
  });
});

describe('help', () => {
  test.each([
    'security', 'compliance', 'secrets', 'credentials', 'Apex rules', 'performance', 'slow', 'OnTick', 'data', 'look-ahead',
  ])('the word “%s” leads to check and to rules', async (word) => {
    const run = await cli(['help', ...word.split(' ')], { cwd: folderWith({}) });
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toMatch(/tickguard check /);
    expect(run.out).toMatch(/Next: tickguard explain \w+\n$/);
  });

  test('a guardian that is not there yet says so', async () => {
    expect((await cli(['help', 'rollback'], { cwd: folderWith({}) })).out).toMatch(/deployment +not in this version/);
  });

  test('a word that leads nowhere', async () => {
    expect(await cli(['help', 'secruity'], { cwd: folderWith({}) })).toEqual({ code: 2, out: '', err: expect.stringMatching(/^tickguard: No command or rule speaks of "secruity"\. .+\n$/) as unknown });
  });

  test('--help, -h and no command at all show the same: commands, examples, exit codes', async () => {
    const [bare, long, short] = await Promise.all([[], ['--help'], ['-h']].map((args) => cli(args, { cwd: folderWith({}) })));
    expect(bare).toEqual(long);
    expect(bare).toEqual(short);
    expect(bare).toMatchObject({ code: 0, err: '' });
    for (const word of ['check [path…]', 'explain <rule>', 'init [folder]', 'lsp', 'Exit codes:', 'Examples:', 'tickguard check']) { expect(bare?.out).toContain(word); }
    for (const line of bare?.out.split('\n') ?? []) { expect(line.length).toBeLessThanOrEqual(110); }
  });

  test.each(['check', 'explain', 'init', 'lsp', 'help'])('%s --help names every option once, with examples and exit codes', async (name) => {
    const run = await cli([name, '--help'], { cwd: folderWith({}) });
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toContain('Exit codes:');
    expect(run.out).toContain('Examples:');
    expect(run.out.match(/^ {2}--help /gm)).toHaveLength(1);
  });

  test('--version says the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
    expect(VERSION).toBe(version);
    expect(await cli(['--version'], { cwd: folderWith({}) })).toEqual({ code: 0, out: `tickguard ${version}\n`, err: '' });
  });

  test('docs/cli.md is the table of options', () => {
    const page = cliPage(listCommands(createEngine().operations));
    expect(readFileSync(join(projectRoot, 'docs', 'cli.md'), 'utf8')).toBe(page);
    for (const option of ['--fail-on SEVERITY', '--stdin-filename FILE', '--format FORMAT', '--gate GATE']) { expect(page).toContain(`| \`${option}\` |`); }
  });
});

describe('lsp', () => {
  test('without --stdio it is the same server', async () => {
    const client = new RawClient([cliBundle, 'lsp'], folderWith({}));
    expect((await client.open(undefined)).serverInfo).toEqual({ name: 'tickguard', version: VERSION });
    expect(await client.close()).toBe(0);
  });

  test('a bundle without the server beside it says what to do', async () => {
    const away = folderWith({ 'cli.cjs': readFileSync(cliBundle) });
    const run = await cli(['lsp', '--stdio'], { cwd: away, bundle: join(away, 'cli.cjs') });
    expect(run).toEqual({ code: 2, out: '', err: `tickguard: The language server is missing: ${join(away, 'server.cjs')} does not exist. Install tickguard again, or run "npm run build".\n` });
  });
});

describe('colours', () => {
  test('none in a pipe, some when asked for, none with --no-color or NO_COLOR', async () => {
    const cwd = folderWith({ 'ok.py': 'x = 1  # tickguard: ignore[APX004]\n' });
    const escape = '\u001b[';
    expect((await cli(['check'], { cwd })).out).not.toContain(escape);
    expect((await cli(['check'], { cwd, env: { FORCE_COLOR: '1' } })).out).toContain(escape);
    expect((await cli(['check', '--no-color'], { cwd, env: { FORCE_COLOR: '1' } })).out).not.toContain(escape);
    expect((await cli(['--no-color', 'check'], { cwd, env: { FORCE_COLOR: '1' } })).out).not.toContain(escape);
    expect((await cli(['check'], { cwd, env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).out).not.toContain(escape);
  });
});

test('an error of our own: its text and exit 2', async () => {
  const away = folderWith({ 'work/ok.py': 'x = 1\n', 'torn.cjs': 'JSON.stringify = () => { throw new TypeError("torn"); };\n' });
  const run = await cli(['check', 'work', '--format', 'json'], { cwd: away, env: { NODE_OPTIONS: `--require=${join(away, 'torn.cjs')}` } });
  expect(run).toMatchObject({ code: 2, out: '' });
  expect(run.err).toMatch(/^tickguard: An error of Tickguard itself; please report it with this text\.\nTypeError: torn$/m);
});
