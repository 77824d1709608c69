/** `tickguard redact`: a filter in a pipeline, and files masked where they are. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleSecret } from '../../src/guardians/security/detectors/table.ts';
import { cli, cliBundle, folderWith } from '../support/cli.ts';

const KEY = sampleSecret('binance-api-secret', 41);
const LOG = `10:00 start\napi_secret=${KEY}\nend`;

describe('a stream', () => {
  test('is masked, and what is not masked is the same byte by byte', async () => {
    const bytes = Buffer.concat([Buffer.from([0x80, 0xff, 0x0a]), Buffer.from(LOG)]);
    const run = await cli(['redact'], { cwd: folderWith({}), input: bytes });
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toMatch(/10:00 start\napi_secret=<[\w-]+>\nend$/);
  });

  test('secrets of the environment files of the folder are known by their values', async () => {
    const cwd = folderWith({ '.env': 'DESK_PASSWORD="Odd-Value 77"\nLOG=info\n' });
    const run = await cli(['redact'], { cwd, input: 'login Odd-Value 77 and Odd-Value%2077, info\n' });
    expect(run.out).toBe('login <DESK_PASSWORD> and <DESK_PASSWORD>, info\n');
  });

  test('a line leaves while the stream goes on', async () => {
    const child = spawn(process.execPath, [cliBundle, 'redact'], { cwd: folderWith({}) });
    const first = new Promise<string>((done) => { child.stdout.once('data', (chunk: Buffer) => { done(chunk.toString()); }); });
    child.stdin.write(`token=${KEY}\nhalf a li`);
    expect(await first).toMatch(/^token=<[\w-]+>\n$/);
    child.stdin.end();
    await new Promise((done) => { child.once('close', done); });
  });
});

describe('files', () => {
  test('are masked in place, whole or not at all, with their rights and through links', async () => {
    const cwd = folderWith({ 'a.log': LOG, 'b.log': 'nothing\n' });
    chmodSync(join(cwd, 'a.log'), 0o640);
    symlinkSync('a.log', join(cwd, 'link.log'));
    const run = await cli(['redact', '--in-place', 'link.log', 'b.log'], { cwd });
    expect(run).toEqual({ code: 0, out: 'link.log: 1 masked\nb.log: 0 masked\n', err: '' });
    expect(readFileSync(join(cwd, 'a.log'), 'utf8')).toMatch(/^10:00 start\napi_secret=<[\w-]+>\nend$/);
    expect(statSync(join(cwd, 'a.log')).mode & 0o777).toBe(0o640);
    expect(readdirSync(cwd).sort()).toEqual(['a.log', 'b.log', 'link.log']);
  });

  test('go to another file, or one after another to standard output', async () => {
    const cwd = folderWith({ 'a.log': LOG, 'b.log': 'nothing\n' });
    expect(await cli(['redact', 'a.log', 'b.log', '--output', 'out.log'], { cwd })).toMatchObject({ code: 0, out: 'a.log: 1 masked\nb.log: 0 masked\n' });
    expect(readFileSync(join(cwd, 'out.log'), 'utf8')).toMatch(/api_secret=<[\w-]+>\nendnothing\n$/);
    expect((await cli(['redact', 'b.log'], { cwd })).out).toBe('nothing\n');
  });

  test.each([
    [['redact', 'gone.log'], /no such file/], [['redact', '.'], /It is a folder|it is a folder/], [['redact', '--in-place'], /--in-place needs a file/],
    [['redact', '--in-place', '--output', 'x', 'a.log'], /exclude each other/], [['redact', '--python-filter', 'no/where/x.py'], /was not written: there is no such file or folder/],
  ])('%j is refused in one sentence', async (args, sentence) => {
    const cwd = folderWith({ 'a.log': LOG });
    const run = await cli(args, { cwd });
    expect(run.code).toBe(2);
    expect(run.err).toMatch(sentence);
    expect(run.err.trimEnd().split('\n')).toHaveLength(1);
    expect(readFileSync(join(cwd, 'a.log'), 'utf8')).toBe(LOG);
  });
});

test('the filter for Python is written', async () => {
  const cwd = folderWith({});
  expect(await cli(['redact', '--python-filter', 'tickguard_redact.py'], { cwd })).toMatchObject({ code: 0, out: expect.stringContaining('wrote ') });
  expect(readFileSync(join(cwd, 'tickguard_redact.py'), 'utf8')).toContain('class RedactFilter(logging.Filter)');
  expect(existsSync(join(cwd, '.tickguard'))).toBe(false);
});
