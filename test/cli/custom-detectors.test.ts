/** `detectors` of tickguard.json in the built program: check, the index, comments, settings, history, redact, explain. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BASE62, mixed, seeded } from '../../src/guardians/security/detectors/random.ts';
import { RawClient } from '../server/client.ts';
import { cli, folderWith } from '../support/cli.ts';
import { repositoryWith } from '../support/repository.ts';

const value = (seed: number): string => `acme_${mixed(seeded(seed), BASE62, 24)}`;
const ROW = {
  name: 'acme-desk-key', title: 'Acme desk key', keywords: ['acme_'], pattern: 'acme_[A-Za-z0-9]{24}', opens: 'it moves orders between books', rotate: 'Revoke it in the desk console',
  provider: 'acme', confidence: 'high', examples: [value(1)], nearMisses: ['acme_short'],
};
const policy = (more: object = {}, row: object = {}): string => JSON.stringify({ detectors: [{ ...ROW, ...row }], exclude: ['tickguard.json'], ...more });
const LINE = `send("${value(2)}")\n`;
const SAID = /SEC001\/acme-desk-key/;

test('check finds it, says what the file says, and filters by its provider', async () => {
  const cwd = folderWith({ 'tickguard.json': policy(), 'a.py': LINE });
  const run = await cli(['check', '--format', 'json', '--provider', 'acme'], { cwd });
  const { findings } = JSON.parse(run.out) as { readonly findings: readonly Readonly<Record<string, unknown>>[] };
  expect([run.code, findings]).toEqual([1, [expect.objectContaining({
    rule: 'SEC001', detector: 'acme-desk-key', severity: 'error', message: 'Acme desk key in the file: it moves orders between books. Revoke it in the desk console, then read it from the environment.',
  })]]);
  expect(run.out).not.toContain(value(2));
  expect((await cli(['check'], { cwd: folderWith({ 'a.py': LINE }) })).out).not.toMatch(SAID);
});

test('a comment and a setting silence it by its name; what is cached is read anew when it changes', async () => {
  const files = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`m${n}.py`, `x = ${n}\n`]));
  const silenced = folderWith({ 'tickguard.json': policy(), 'a.py': `${LINE.trim()}  # tickguard: ignore[SEC001/acme-desk-key] a canary of ours\n` });
  expect(await cli(['check'], { cwd: silenced })).toMatchObject({ code: 0 });
  expect(await cli(['check'], { cwd: folderWith({ 'tickguard.json': policy({ rules: { 'SEC001/acme-desk-key': 'off' } }), 'a.py': LINE }) })).toMatchObject({ code: 0 });
  const cached = folderWith({ ...files, 'tickguard.json': policy({ rules: {} }, { pattern: 'acme_[A-Z]{24}', examples: [`acme_${'QWERTZUIOPASDFGHJKLYXCVB'}`] }), 'a.py': LINE });
  expect((await cli(['check'], { cwd: cached })).code).toBe(0);
  writeFileSync(`${cached}/tickguard.json`, policy());
  expect(await cli(['check'], { cwd: cached })).toMatchObject({ code: 1, out: expect.stringMatching(SAID) as unknown });
});

test('a file whose pattern is refused is told, and nothing is checked by half of it', async () => {
  const run = await cli(['check'], { cwd: folderWith({ 'tickguard.json': policy({}, { pattern: 'acme_.+' }), 'a.py': LINE }) });
  expect([run.code, run.err]).toEqual([2, expect.stringContaining('the pattern of "acme-desk-key" is refused: ".+" has no upper bound; write {1,64} for the +')]);
});

test('what is staged, and the history, know it, also where it is gone', async () => {
  const repository = repositoryWith({ 'tickguard.json': policy(), 'a.py': 'x = 1\n', 'notes.txt': 'nothing\n' });
  repository.stage('notes.txt', `nothing\n${value(2)}\n`);
  expect(await cli(['check', '--staged'], { cwd: repository.root })).toMatchObject({ code: 1, out: expect.stringMatching(SAID) as unknown });
  repository.commit();
  repository.stage('notes.txt', 'nothing\n');
  repository.commit();
  const run = await cli(['history', '--format', 'json'], { cwd: repository.root });
  const { secrets } = JSON.parse(run.out) as { readonly secrets: readonly unknown[] };
  expect([run.code, secrets]).toEqual([1, [expect.objectContaining({ detector: 'acme-desk-key', title: 'Acme desk key', rotate: ROW.rotate, provider: 'acme', head: [] })]]);
});

test('a history is judged by the settings that lie nearest to a path, and anew where they change', async () => {
  const repository = repositoryWith({ 'a.txt': 'nothing\n', 'desk/tickguard.json': policy(), 'desk/gone.txt': `${value(2)}\n`, 'lab/x.txt': `${value(3)}\n` });
  repository.stage('desk/gone.txt', 'nothing\n');
  repository.commit();
  const paths = async (): Promise<readonly unknown[]> => {
    const run = await cli(['history', '--format', 'json'], { cwd: repository.root });
    return (JSON.parse(run.out) as { readonly secrets: readonly { readonly detector: string; readonly paths: readonly string[] }[] }).secrets.map(({ detector, paths: [path] }) => [detector, path]);
  };
  expect(await paths()).toEqual([['acme-desk-key', 'desk/gone.txt']]);
  writeFileSync(join(repository.root, 'desk', 'tickguard.json'), '{}');
  expect(await paths()).toEqual([]);
  writeFileSync(join(repository.root, 'desk', 'tickguard.json'), '{');
  expect(await cli(['history'], { cwd: repository.root })).toMatchObject({ code: 2, err: expect.stringMatching(/^tickguard: desk\/tickguard\.json:1:/) as unknown });
});

describe('redact', () => {
  const plain = `order ${value(2)} sent\n`;
  const masked = 'order <acme-desk-key> sent\n';
  test('masks by the settings of the folder, and of the folder that a file lies in', async () => {
    const cwd = folderWith({ 'tickguard.json': policy(), 'logs/a.log': plain, 'lab/tickguard.json': '{}', 'lab/b.log': plain });
    expect((await cli(['redact'], { cwd: join(cwd, 'logs'), input: plain })).out).toBe(masked);
    expect((await cli(['redact', 'logs/a.log', 'lab/b.log'], { cwd })).out).toBe(`${masked}${plain}`);
    expect((await cli(['redact'], { cwd: folderWith({ 'x.py': '' }), input: plain })).out).toBe(plain);
  });

  test('lets nothing out where the settings are broken', async () => {
    const cwd = folderWith({ 'tickguard.json': policy({}, { pattern: 'acme_.+' }), 'a.log': plain });
    const run = await cli(['redact', '--in-place', 'a.log'], { cwd });
    expect([run.code, run.out, run.err]).toEqual([2, '', expect.stringContaining('the pattern of "acme-desk-key" is refused')]);
    expect(readFileSync(join(cwd, 'a.log'), 'utf8')).toBe(plain);
  });

  test('writes them into the filter for Python', async () => {
    const cwd = folderWith({ 'tickguard.json': policy() });
    await cli(['redact', '--python-filter', 'masks.py'], { cwd });
    expect(readFileSync(join(cwd, 'masks.py'), 'utf8')).toContain('("acme-desk-key", ("acme_",), r"""(?<![A-Za-z0-9])(?:acme_[A-Za-z0-9]{24})(?![A-Za-z0-9])"""),');
  });
});

test('explain shows what the desk wrote, wherever below the root it stands', async () => {
  const cwd = folderWith({ 'tickguard.json': '{}', 'desk/tickguard.json': policy() });
  const run = await cli(['explain', 'SEC001/acme-desk-key'], { cwd });
  expect(run.out).toMatch(/^Detector `acme-desk-key` of SEC001, your own, from `tickguard\.json`: silence it alone with `ignore\[SEC001\/acme-desk-key\]`\.\n\nAcme desk key \(acme\): it moves orders between books\. Revoke it in the desk console, then read it from the environment\.\n\nFound by `acme_` and the pattern `acme_\[A-Za-z0-9\]\{24\}`\.\n\n# SEC001/);
  expect(run.out).not.toContain(value(1));
  const client = new RawClient();
  await client.open(cwd);
  expect(await client.request('workspace/executeCommand', { command: 'tickguard.server.explain', arguments: [{ rule: 'SEC001/acme-desk-key' }] })).toMatchObject({ rule: 'SEC001', detector: 'acme-desk-key', page: expect.stringContaining(run.out.split('\n# SEC001')[0] as string) as unknown });
  await client.close();
  const near = await cli(['explain', 'SEC001/acme-desk-kee'], { cwd });
  expect([near.code, near.err]).toEqual([2, expect.stringContaining('Did you mean SEC001/acme-desk-key?')]);
});
