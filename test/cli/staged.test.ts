/** `tickguard check --staged`: what the next commit would hold, with real git. */
import { chmodSync, existsSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, cliBundle, folderWith, leak, spawnRun } from '../support/cli.ts';
import { repositoryWith, type Repository } from '../support/repository.ts';

const { text: LEAK } = leak();
const CLEAN = 'size = 1\n';
const STRATEGY = 'from nautilus_trader.trading.strategy import Strategy\nfrom risk import Risk\n\n\nclass S(Strategy):\n    def on_start(self):\n        self.risk = Risk()\n\n    def on_quote_tick(self, tick):\n        self.risk.check(tick)\n';
const LOUD = 'class Risk:\n    def check(self, tick):\n        print("room", tick)\n';
const QUIET = 'class Risk:\n    def check(self, tick):\n        pass\n';

interface Report {
  readonly summary: { readonly files: number };
  readonly findings: readonly { readonly rule: string; readonly file: string; readonly line: number; readonly severity: string; readonly related?: readonly unknown[] }[];
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

async function staged(cwd: string, ...args: readonly string[]): Promise<Report & { readonly code: number | null }> {
  const run = await cli(['check', '--staged', '--format', 'json', ...args], { cwd });
  expect(run.err).toBe(run.code === 2 ? 'The check is incomplete: a rule failed or a file could not be read.\n' : '');
  return { ...(JSON.parse(run.out) as Report), code: run.code };
}

const files = (report: Report): readonly string[] => report.findings.map(({ file }) => file);

describe('what is read', () => {
  test('the staged text, not the working copy', async () => {
    const repo = repositoryWith({ 'a.py': CLEAN, 'b.py': CLEAN });
    repo.stage('a.py', CLEAN + LEAK);
    repo.write('a.py', CLEAN);
    repo.stage('b.py', `${CLEAN}more = 2\n`);
    repo.write('b.py', LEAK);
    const report = await staged(repo.root);
    expect(report.findings).toEqual([expect.objectContaining({ rule: 'SEC001', file: 'a.py', line: 2 })]);
    expect([report.code, report.summary.files]).toEqual([1, 2]);
  });

  test('part of a file: one of its two changes', async () => {
    const lines = Array.from({ length: 30 }, (_, n) => `x${n} = ${n}`);
    const repo = repositoryWith({ 'a.py': `${lines.join('\n')}\n` });
    repo.write('a.py', `${LEAK}${lines.join('\n')}\nlast = 1\n`);
    // What "git add --patch" does with the second change alone.
    const patch = repo.git('diff', '--unified=0', 'a.py').split(/^(?=@@)/m);
    const only = join(repo.root, '.git', 'only.patch');
    writeFileSync(only, `${patch[0] ?? ''}${patch.at(-1) ?? ''}`);
    repo.git('apply', '--cached', '--unidiff-zero', only);
    expect(await staged(repo.root)).toMatchObject({ code: 0, findings: [], summary: { files: 1 } });
    repo.git('add', 'a.py');
    expect(files(await staged(repo.root))).toEqual(['a.py']);
  });

  test('findings of staged files alone; the others are linked as they would be committed', async () => {
    const repo = repositoryWith({ 'strategy.py': STRATEGY, 'risk.py': QUIET, 'old.py': LEAK });
    repo.write('strategy.py', CLEAN);
    repo.stage('risk.py', LOUD);
    const report = await staged(repo.root);
    expect(report.findings.map(({ rule, file, related }) => [rule, file, related?.length])).toEqual([['PRF004', 'risk.py', 1]]);
    repo.git('add', 'strategy.py');
    expect((await staged(repo.root)).findings).toEqual([]);
  });

  test('tickguard.json and the baseline as they are staged', async () => {
    const repo = repositoryWith({ 'strategy.py': STRATEGY, 'risk.py': QUIET });
    repo.stage('risk.py', LOUD);
    expect(files(await staged(repo.root))).toEqual(['risk.py']);
    repo.write('tickguard.json', '{ "rules": { "PRF004": "off" } }');
    expect(files(await staged(repo.root))).toEqual(['risk.py']);
    repo.git('add', 'tickguard.json');
    expect(files(await staged(repo.root))).toEqual([]);
    repo.git('rm', '-q', '--cached', 'tickguard.json');
    rmSync(join(repo.root, 'tickguard.json'));
    await cli(['check', '--baseline', 'accept'], { cwd: repo.root });
    expect(files(await staged(repo.root))).toEqual(['risk.py']);
    repo.git('add', '-f', '.tickguard/baseline.json');
    expect(files(await staged(repo.root))).toEqual([]);
    expect(files(await staged(repo.root, '--baseline', 'ignore'))).toEqual(['risk.py']);
  });

  test('a staged tickguard.json below the root, and a broken one', async () => {
    const repo = repositoryWith({ 'bots/strategy.py': STRATEGY, 'bots/risk.py': QUIET });
    repo.stage('bots/risk.py', LOUD);
    repo.stage('bots/tickguard.json', '{ "rules": { "PRF004": "off" } }');
    expect(files(await staged(repo.root))).toEqual([]);
    repo.stage('bots/tickguard.json', '{');
    expect(await staged(repo.root)).toMatchObject({ code: 2, skipped: [{ file: 'bots/tickguard.json' }] });
  });

  test('any encoding, any line ending, and nothing binary or over 10 MB', async () => {
    const repo = repositoryWith({ 'a.py': CLEAN });
    repo.git('config', 'core.autocrlf', 'true');
    repo.stage('crlf.py', LEAK.replaceAll('\n', '\r\n'));
    repo.stage('wide.py', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(LEAK, 'utf16le')]));
    repo.stage('data.bin', new Uint8Array([0, 1, 2, 0]));
    repo.stage('model.onnx', 'x');
    repo.stage('large.csv', Buffer.alloc(11 * 1024 * 1024, 'a,b\n'));
    const report = await staged(repo.root);
    expect(files(report)).toEqual(['crlf.py', 'wide.py']);
    expect(report.skipped.map(({ file, reason }) => `${file}: ${reason.slice(0, 20)}`)).toEqual(['model.onnx: A binary file (.onnx', 'data.bin: The file is binary, ', 'large.csv: 11 MB, over the 10 M']);
    expect(report.code).toBe(1);
  });
});

describe('which entries', () => {
  test('added, changed, renamed and copied; not deleted', async () => {
    const repo = repositoryWith({ 'gone.py': LEAK, 'moved.py': LEAK, 'same.py': LEAK });
    repo.git('rm', '-q', 'gone.py');
    repo.git('mv', 'moved.py', 'here.py');
    repo.stage('new.py', LEAK);
    const report = await staged(repo.root);
    expect([files(report), report.summary.files]).toEqual([['here.py', 'new.py'], 2]);
  });

  test('only deletions, or nothing at all: nothing to report', async () => {
    const repo = repositoryWith({ 'gone.py': LEAK, 'a.py': CLEAN });
    repo.git('rm', '-q', 'gone.py');
    expect(await staged(repo.root)).toMatchObject({ code: 0, summary: { files: 0 }, findings: [] });
    repo.commit();
    expect(await staged(repo.root)).toMatchObject({ code: 0, summary: { files: 0 } });
  });

  test('a file that is only announced (git add -N) is in no commit', async () => {
    const repo = repositoryWith({ 'a.py': CLEAN });
    repo.write('soon.py', LEAK);
    repo.git('add', '-N', 'soon.py');
    repo.stage('empty.py', '');
    expect(await staged(repo.root)).toMatchObject({ code: 0, summary: { files: 1 }, findings: [] });
  });

  test('a repository without commits', async () => {
    const repo = repositoryWith();
    repo.stage('first.py', LEAK);
    repo.write('second.py', LEAK);
    expect(files(await staged(repo.root))).toEqual(['first.py']);
    const empty = repositoryWith();
    expect(await staged(empty.root)).toMatchObject({ code: 0, summary: { files: 0 } });
  });

  test('links and submodules are named, not followed', async () => {
    const inner = repositoryWith({ 'x.py': LEAK });
    const repo = repositoryWith({ 'real.py': LEAK });
    symlinkSync('real.py', join(repo.root, 'link.py'));
    repo.git('add', 'link.py');
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'sub');
    const report = await staged(repo.root);
    expect(report).toMatchObject({ code: 0, findings: [] });
    expect(report.skipped.map(({ file }) => file)).toEqual(['link.py', 'sub']);
  });

  test('a file that became a link, and a link that became a file', async () => {
    const repo = repositoryWith({ 'a.py': LEAK, 'real.py': CLEAN });
    symlinkSync('real.py', join(repo.root, 'b.py'));
    repo.git('add', 'b.py');
    repo.commit();
    rmSync(join(repo.root, 'a.py'));
    symlinkSync('real.py', join(repo.root, 'a.py'));
    rmSync(join(repo.root, 'b.py'));
    repo.write('b.py', LEAK);
    repo.git('add', '-A');
    expect(files(await staged(repo.root))).toEqual(['b.py']);
  });

  test('names with spaces, quotes, line breaks, tabs and other alphabets', async () => {
    const names = ['a b.py', 'quo"te.py', 'line\nbreak.py', 'tab\there.py', 'ümläut/日本.py', '-dash.py', ':colon.py', '\\back.py'];
    const repo = repositoryWith({ 'a.py': CLEAN });
    for (const name of names) { repo.write(name, LEAK); }
    repo.git('add', '-A');
    expect([...files(await staged(repo.root))].sort()).toEqual([...names].sort());
  });

  test('what a whole check leaves out is left out', async () => {
    const repo = repositoryWith({ 'a.py': CLEAN });
    for (const path of ['node_modules/x/a.py', 'env1/pyvenv.cfg', 'env1/lib/a.py', 'legacy/a.py', 'deep/legacy/b.py']) { repo.stage(path, LEAK); }
    repo.stage('tickguard.json', '{ "exclude": ["legacy/**"] }');
    expect(files(await staged(repo.root))).toEqual(['deep/legacy/b.py']);
  });

  test('the part that is named, also when it is on no disk', async () => {
    const repo = repositoryWith({ 'a.py': CLEAN });
    for (const path of ['one/a.py', 'two/b.py', 'three.py']) { repo.stage(path, LEAK); }
    rmSync(join(repo.root, 'one'), { recursive: true });
    expect(files(await staged(repo.root, 'one', 'three.py'))).toEqual(['one/a.py', 'three.py']);
    const run = await cli(['check', '--staged', '..'], { cwd: repo.root });
    expect([run.code, run.err]).toEqual([2, expect.stringContaining('.. lies outside')]);
  });

  test('a project in a folder of the repository', async () => {
    const repo = repositoryWith({ 'bots/tickguard.json': '{}', 'bots/a.py': CLEAN });
    repo.stage('bots/b.py', LEAK);
    repo.stage('elsewhere.py', LEAK);
    expect(files(await staged(join(repo.root, 'bots')))).toEqual(['b.py']);
    expect(files(await staged(repo.root))).toEqual(['bots/b.py', 'elsewhere.py']);
  });
});

describe('what stops it', () => {
  const refused = async (cwd: string, env: Record<string, string> = {}, ...args: readonly string[]): Promise<string> => {
    const run = await cli(['check', '--staged', ...args], { cwd, env });
    expect([run.code, run.out]).toEqual([2, '']);
    expect(run.err.trimEnd()).not.toContain('\n');
    return run.err;
  };

  test('no repository, no git', async () => {
    const folder = folderWith({ 'a.py': CLEAN });
    expect(await refused(folder)).toMatch(/^tickguard: \S+ is not in a git repository, and --staged reads git's index\. Run it/);
    expect(await refused(folder, { PATH: folder })).toMatch(/^tickguard: git is not installed, or not on the PATH/);
  });

  test('unresolved conflicts', async () => {
    const repo = repositoryWith({ 'a.py': CLEAN, 'b.py': CLEAN });
    repo.git('checkout', '-q', '-b', 'other');
    for (const path of ['a.py', 'b.py']) { repo.stage(path, 'size = 2\n'); }
    repo.commit();
    repo.git('checkout', '-q', 'main');
    for (const path of ['a.py', 'b.py']) { repo.stage(path, 'size = 3\n'); }
    repo.commit();
    expect(() => repo.git('merge', '-q', 'other')).toThrow();
    expect(await refused(repo.root)).toBe('tickguard: a.py (and 1 more file) has unresolved merge conflicts in the index. Resolve them, "git add" the result, and check again.\n');
    repo.stage('a.py', LEAK);
    repo.stage('b.py', CLEAN);
    expect(files(await staged(repo.root))).toEqual(['a.py']);
  });

  test('a broken index', async () => {
    const repo = repositoryWith({ 'a.py': CLEAN });
    writeFileSync(join(repo.root, '.git', 'index'), 'not an index');
    expect(await refused(repo.root)).toMatch(/git cannot read its index in \S+ \(.+\)\. Mend the repository/);
  });

  test('an object that is not there: the check is incomplete, and says which file', async () => {
    const repo = repositoryWith({ 'a.py': CLEAN });
    repo.stage('b.py', LEAK);
    const id = repo.git('rev-parse', ':b.py').trim();
    rmSync(join(repo.root, '.git', 'objects', id.slice(0, 2), id.slice(2)), { force: true });
    expect(await staged(repo.root)).toMatchObject({ code: 2, skipped: [{ file: 'b.py', reason: expect.stringContaining('git has no such object') as unknown }] });
  });

  test('an unknown account, and what would change files', async () => {
    const repo = repositoryWith({ 'a.py': CLEAN });
    repo.write('tickguard.json', '{ "accounts": [{ "id": "one", "pack": "apex-4.0-intraday", "size": 50000, "phase": "evaluation" }] }');
    expect(await refused(repo.root, {}, '--account', 'one')).toContain('There is no account one');
    for (const args of [['--fix'], ['--baseline', 'accept'], ['--stdin-filename', 'a.py']]) {
      expect(await refused(repo.root, {}, ...args)).toContain('What is staged can be checked only');
    }
  });
});

describe('in a hook', () => {
  function withHook(): Repository {
    const repo = repositoryWith({ 'a.py': CLEAN, 'b.py': CLEAN });
    const hook = join(repo.root, '.git', 'hooks', 'pre-commit');
    writeFileSync(hook, `#!/bin/sh\nexec "${process.execPath}" "${cliBundle}" check --staged --gate commit\n`);
    chmodSync(hook, 0o755);
    return repo;
  }
  const commit = (repo: Repository, ...args: readonly string[]): Promise<{ code: number | null; err: string; out: string }> =>
    spawnRun('git', ['-c', 'user.name=Desk', '-c', 'user.email=desk@example.com', 'commit', '-q', '-m', 'work', ...args], { cwd: repo.root });

  test('commit, commit -a and commit FILE are checked by what they would commit', async () => {
    const repo = withHook();
    repo.write('a.py', LEAK);
    expect((await commit(repo, '-a')).code).toBe(1);
    repo.write('b.py', 'size = 2\n');
    expect(await commit(repo, 'b.py')).toMatchObject({ code: 0 });
    repo.git('add', 'a.py');
    repo.write('a.py', CLEAN);
    const refused = await commit(repo);
    expect([refused.code, `${refused.out}${refused.err}`]).toEqual([1, expect.stringContaining('a.py:1:')]);
    repo.git('add', 'a.py');
    repo.write('c.py', CLEAN);
    repo.git('add', 'c.py');
    expect((await commit(repo)).code).toBe(0);
  });

  test('the index of another repository is not taken for this one', async () => {
    const other = repositoryWith({ 'x.py': CLEAN });
    const repo = repositoryWith({ 'a.py': CLEAN });
    repo.stage('a.py', LEAK);
    const run = await cli(['check', '--staged', '--format', 'json'], { cwd: repo.root, env: { GIT_INDEX_FILE: join(other.root, '.git', 'index'), GIT_DIR: join(other.root, '.git') } });
    expect(files(JSON.parse(run.out) as Report)).toEqual(['a.py']);
  });

  test('a linked worktree has an index of its own', async () => {
    const repo = withHook();
    const tree = join(folderWith({}), 'tree');
    repo.git('worktree', 'add', '-q', tree);
    writeFileSync(join(tree, 'a.py'), LEAK);
    const run = await spawnRun('git', ['-c', 'user.name=Desk', '-c', 'user.email=desk@example.com', 'commit', '-q', '-a', '-m', 'work'], { cwd: tree });
    expect([run.code, `${run.out}${run.err}`]).toEqual([1, expect.stringContaining('a.py:1:')]);
  });
});

describe('the cache', () => {
  const many = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`pkg/m${n}.py`, `def f${n}(x):\n    return x + ${n}\n`]));
  const cacheOf = (root: string): readonly string[] => existsSync(join(root, '.tickguard', 'cache')) ? readdirSync(join(root, '.tickguard', 'cache')).filter((name) => name.endsWith('.jsonl')) : [];

  test('check and check --staged share one, in both directions, and agree with no cache', async () => {
    const repo = repositoryWith({ ...many, 'strategy.py': STRATEGY, 'risk.py': QUIET });
    repo.stage('risk.py', LOUD);
    repo.write('risk.py', QUIET);
    const first = await staged(repo.root);
    expect(cacheOf(repo.root)).toHaveLength(1);
    const whole = async (...args: readonly string[]): Promise<readonly string[]> => files(JSON.parse((await cli(['check', '--format', 'json', ...args], { cwd: repo.root })).out) as Report);
    expect(await whole()).toEqual(await whole('--no-cache'));
    expect(cacheOf(repo.root)).toHaveLength(1);
    const again = await staged(repo.root);
    expect([files(first), files(again), again.findings]).toEqual([['risk.py'], ['risk.py'], (await staged(repo.root, '--no-cache')).findings]);
    expect(repo.git('status', '--porcelain')).not.toContain('.tickguard');
  });

  test('is written by a check of enough files in a marked project, and by nothing else', async () => {
    const repo = repositoryWith(many);
    await cli(['check', '--no-cache'], { cwd: repo.root });
    await cli(['check', '--stdin-filename', 'pkg/m1.py'], { cwd: repo.root, input: CLEAN });
    await cli(['check', 'pkg/m1.py'], { cwd: repo.root });
    expect(existsSync(join(repo.root, '.tickguard'))).toBe(false);
    await cli(['check', 'pkg'], { cwd: repo.root });
    expect(cacheOf(repo.root)).toHaveLength(1);
    const small = repositoryWith({ 'a.py': CLEAN });
    const unmarked = folderWith(many);
    for (const cwd of [small.root, unmarked]) {
      expect((await cli(['check'], { cwd })).code).toBe(0);
      expect(existsSync(join(cwd, '.tickguard'))).toBe(false);
    }
  });
});
