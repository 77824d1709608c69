/** `tickguard history`: secrets that were ever committed, with real git. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleSecret } from '../../src/guardians/security/index.ts';
import { cli, folderWith } from '../support/cli.ts';
import { fullScan } from '../support/full-scan.ts';
import { history } from '../support/history.ts';
import { repositoryWith } from '../support/repository.ts';

const TODAY = new Date().toISOString().slice(0, 10);
const secret = (seed: number): string => sampleSecret('binance-api-secret', seed);
const line = (seed: number): string => `BINANCE_API_SECRET = "${secret(seed)}"\n`;
const pem = (seed: number): string => sampleSecret('private-key', seed);

describe('what is told of a secret', () => {
  test('first and last commit, author, date, path, whether HEAD has it; never the value', async () => {
    const repo = repositoryWith({ 'a.py': 'x = 1\n' });
    repo.stage('a.py', `x = 1\n${line(1)}`);
    repo.git('commit', '-q', '-m', 'keys', '--author', 'Ann <ann@example.com>', '--date', '2024-03-09T10:00:00+0100');
    const added = repo.git('rev-parse', 'HEAD').trim();
    repo.stage('a.py', 'x = 2\n');
    repo.commit();
    const removed = repo.git('rev-parse', 'HEAD').trim();
    repo.stage('b.py', line(2));
    repo.commit();
    const report = await history(repo.root);
    expect(report.secrets).toHaveLength(2);
    const [still, gone] = report.secrets;
    expect(still).toMatchObject({ detector: 'binance-api-secret', head: [{ path: 'b.py', line: 1 }], staged: false, paths: ['b.py'] });
    expect(gone).toMatchObject({
      head: [], paths: ['a.py'], preview: 'BINANCE_API_SECRET = "<binance-api-secret>"',
      first: { commit: added, author: 'Ann', email: 'ann@example.com', date: '2024-03-09T10:00:00+01:00', path: 'a.py', line: 2, change: 'added' },
      last: { commit: removed, path: 'a.py', change: 'removed', author: 'Desk' },
    });
    expect(report.code).toBe(1);
    const text = await cli(['history'], { cwd: repo.root });
    expect(text.out).toContain('no longer in HEAD, still in history');
    expect(text.out).toContain('2024-03-09');
    for (const out of [report.run.out, text.out, readFileSync(join(repo.root, '.tickguard/cache/history.jsonl'), 'utf8')]) {
      expect(out).not.toContain(secret(1));
      expect(out).not.toContain(secret(2));
    }
  });

  test('how to rotate and to purge, with the paths of what was found', async () => {
    const repo = repositoryWith({ '.env': line(1).replace(' = ', '='), 'it\'s here.py': line(2) });
    const { secrets, purge } = await history(repo.root);
    expect(secrets.map(({ rotate }) => rotate)).toEqual(['Delete the key under API Management', 'Delete the key under API Management']);
    expect(purge.join('\n')).toMatch(/^Rotate first[^]*git filter-repo --invert-paths --path \.env\n[^]*bfg --delete-files \.env[^]*it's here\.py[^]*--replace-text[^]*git push --force --all[^]*every clone, fork/i);
  });

  test('one secret however often and wherever it was committed, on any branch', async () => {
    const repo = repositoryWith({ 'a.py': line(1) });
    repo.git('checkout', '-q', '-b', 'side');
    repo.stage('b/c.yaml', `binance:\n  api_secret: ${secret(1)}\n`);
    repo.commit();
    repo.git('checkout', '-q', 'main');
    const report = await history(repo.root);
    expect(report.secrets).toHaveLength(1);
    expect(report.secrets[0]).toMatchObject({ paths: ['a.py', 'b/c.yaml'], head: [{ path: 'a.py', line: 1 }], commits: 2 });
  });

  test('a line that only moves is no new leak; one that comes back is', async () => {
    const repo = repositoryWith({ 'a.py': `${line(1)}x = 1\ny = 2\nz = 3\n` });
    repo.stage('a.py', `x = 1\ny = 2\nz = 3\n${line(1)}`);
    repo.commit();
    expect((await history(repo.root)).secrets[0]).toMatchObject({ commits: 1, last: { change: 'added' } });
    repo.stage('a.py', 'x = 1\n');
    repo.commit();
    repo.git('revert', '--no-edit', 'HEAD');
    expect((await history(repo.root)).secrets[0]).toMatchObject({ commits: 3, last: { commit: repo.git('rev-parse', 'HEAD').trim(), change: 'added' } });
  });

  test('silenced by a comment or the baseline: counted, not told', async () => {
    const repo = repositoryWith({ 'a.py': `${line(1).trimEnd()}  # tickguard: ignore[SEC001] revoked in May\n`, 'b.py': line(2) });
    await cli(['check', '--baseline', 'accept'], { cwd: repo.root });
    const report = await history(repo.root);
    expect(report.secrets.map(({ suppressed }) => suppressed).sort()).toEqual(['baseline', 'comment']);
    expect([report.code, report.summary.secrets]).toEqual([0, 0]);
    expect((await history(repo.root, ['--baseline', 'ignore'])).code).toBe(1);
    const text = await cli(['history'], { cwd: repo.root });
    expect(text.out).toContain('No secret in the history (1 silenced by comments, 1 in the baseline)');
  });
});

describe('what is read', () => {
  test('staged content, in the working copy\'s stead; every entry of the stash, untracked files included', async () => {
    const repo = repositoryWith({ 'a.py': 'x = 1\n' });
    repo.write('a.py', line(1));
    repo.git('stash', '-q');
    repo.write('new.py', line(2));
    repo.git('stash', '-q', '--include-untracked');
    repo.stage('a.py', line(3));
    repo.write('a.py', line(4));
    const report = await history(repo.root);
    expect(report.secrets).toHaveLength(3);
    expect(report.secrets.filter(({ staged }) => staged).map(({ first }) => first)).toEqual([expect.objectContaining({ commit: 'staged', path: 'a.py', line: 1 })]);
    expect((await history(repo.root, ['--no-stashes'])).secrets).toHaveLength(1);
    expect((await history(repo.root, ['HEAD'])).secrets).toHaveLength(0);
    expect((await history(repo.root, ['HEAD', '--staged'])).secrets).toHaveLength(1);
  });

  test('a range, one branch, a pattern, a date, what is not pushed, the reflog', async () => {
    const repo = repositoryWith({ 'a.py': line(1) });
    repo.git('tag', 'v1');
    repo.git('checkout', '-q', '-b', 'release/1');
    repo.stage('b.py', line(2));
    repo.git('commit', '-q', '-m', 'two', '--date', '2020-01-01T00:00:00Z');
    repo.git('checkout', '-q', '-b', 'feature', 'main');
    repo.stage('c.py', line(3));
    repo.commit();
    repo.git('update-ref', 'refs/remotes/origin/main', 'v1');
    const paths = async (...args: readonly string[]): Promise<readonly string[]> => (await history(repo.root, ['--no-cache', ...args])).secrets.map(({ first }) => first.path).sort();
    expect(await paths()).toEqual(['a.py', 'b.py', 'c.py']);
    expect(await paths('v1..feature')).toEqual(['c.py']);
    expect(await paths('feature', '^main')).toEqual(['c.py']);
    expect(await paths('--refs', 'release/*')).toEqual(['a.py', 'b.py']);
    expect(await paths('--refs', 'main,feature')).toEqual(['a.py', 'c.py']);
    expect(await paths('--not-pushed')).toEqual(['b.py', 'c.py']);
    repo.git('commit', '-q', '--amend', '-m', 'again', '--only', '--allow-empty');
    repo.stage('c.py', 'c = 1\n');
    repo.git('commit', '-q', '--amend', '-m', 'clean');
    expect(await paths()).toEqual(['a.py', 'b.py']);
    expect(await paths('--reflog')).toEqual(['a.py', 'b.py', 'c.py']);
  });

  test('lines that only a merge has, and not those of its parents again', async () => {
    const repo = repositoryWith({ 'a.py': 'x = 1\ny = 2\n' });
    repo.git('checkout', '-q', '-b', 'side');
    repo.stage('a.py', `x = 1\ny = 3\n${line(1)}`);
    repo.commit();
    repo.git('checkout', '-q', 'main');
    repo.stage('a.py', 'x = 5\ny = 2\n');
    repo.commit();
    expect(() => repo.git('merge', 'side')).toThrow();
    repo.stage('a.py', `x = 5\ny = 3\n${line(1)}${line(2)}`);
    repo.stage('evil.py', line(3));
    repo.git('commit', '-q', '-m', 'merge');
    const merge = repo.git('rev-parse', 'HEAD').trim();
    const report = await history(repo.root);
    expect(report.secrets).toHaveLength(3);
    expect(report.secrets.filter(({ first }) => first.commit === merge).map(({ first }) => first.path).sort()).toEqual(['a.py', 'evil.py']);
    expect(report.secrets.find(({ first }) => first.commit !== merge)).toMatchObject({ commits: 1 });
  });

  test('any encoding, key blocks over many lines, values in pieces, unusual names, files git calls binary', async () => {
    const repo = repositoryWith({ 'x': '' });
    repo.stage('wide.py', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(line(1), 'utf16le')]));
    repo.stage('crlf.py', `import os\n${line(2)}`.replaceAll('\n', '\r\n'));
    repo.stage('latin.ini', Buffer.concat([Buffer.from([0x23, 0xe9, 0x0a]), Buffer.from(`[binance]\napi_secret=${secret(3)}\n`)]));
    repo.stage('dé pôt/"q"\t.py', line(4));
    repo.stage('key.pem', `${pem(5)}\n`);
    repo.stage('attr.dat', `binance_api_secret=${secret(6)}\n`);
    repo.stage('.gitattributes', '*.dat -diff\n');
    repo.stage('nul.bin', Buffer.concat([Buffer.from([0, 1, 2, 0, 255]), Buffer.from(line(7))]));
    repo.commit();
    const report = await history(repo.root);
    expect(report.secrets.map(({ first }) => first.path).sort()).toEqual(['attr.dat', 'crlf.py', 'dé pôt/"q"\t.py', 'key.pem', 'latin.ini', 'wide.py']);
    // The binary file holds the bytes of a key; a check of files leaves it out as well.
    expect((await cli(['check', '--format', 'json', 'nul.bin'], { cwd: repo.root })).out).toContain('binary');
  });

  test('the first line of a key block in one commit, the rest in the next', async () => {
    const text = pem(1).split('\n');
    const repo = repositoryWith({ 'k.txt': `${text.slice(0, 4).join('\n')}\n` });
    repo.stage('k.txt', `${text.join('\n')}\n`);
    repo.commit();
    expect((await history(repo.root)).secrets).toEqual([expect.objectContaining({ detector: 'private-key', first: expect.objectContaining({ commit: repo.git('rev-parse', 'HEAD').trim() }) })]);
  });

  test('a name that file gets later makes its old lines new', async () => {
    const repo = repositoryWith({ 'notes.lock': `api_secret = ${secret(1)}\n` });
    expect((await history(repo.root)).secrets).toEqual([]);
    repo.git('mv', 'notes.lock', '.env');
    repo.commit();
    expect((await history(repo.root)).secrets.map(({ first }) => first.path)).toEqual(['.env']);
  });
});

describe('the same as reading every file of every commit', () => {
  test('renames, splits, moves, merges, carriage returns, values that come in pieces', async () => {
    const repo = repositoryWith({ 'a.py': `import os\n\n\nclass Desk:\n    name = "one"\n${line(1).replace(/^/gm, '    ').trimEnd()}\n`, 'conf.yaml': 'binance:\n  live:\n    name: x\n' });
    const step = (files: Readonly<Record<string, string>>): void => { for (const [path, text] of Object.entries(files)) { repo.stage(path, text); } repo.commit(); };
    step({ 'conf.yaml': `binance:\n  live:\n    name: x\n    a: 1\n    b: 2\n    c: 3\n    d: 4\n    api_secret: ${secret(2)}\n` });
    step({ 'b.py': `KEY = (\n    "${secret(3).slice(0, 30)}"\n)\nBINANCE_API_SECRET = KEY\n` });
    step({ 'b.py': `BINANCE_API_SECRET = (\n    "${secret(3).slice(0, 30)}"\n    "${secret(3).slice(30)}"\n)\n` });
    repo.git('mv', 'a.py', 'moved.py');
    repo.commit();
    step({ 'moved.py': 'import os\n', 'split.py': `class Desk:\n    name = "one"\n    ${line(1)}` });
    step({ 'split.py': `class Desk:\r\n    name = "one"\r\n    ${line(1).trimEnd()}\r\n` });
    step({ 'docker-compose.yml': `services:\n  bot:\n    environment:\n      - POSTGRES_PASSWORD=Tr4de-${secret(4).slice(0, 9)}\n`, 'tests/test_a.py': `TOKEN = "${sampleSecret('telegram-bot-token', 5)}"\n` });
    step({ 'nb.ipynb': JSON.stringify({ cells: [{ cell_type: 'code', source: [line(6)], outputs: [], metadata: {}, execution_count: null }], metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1) });
    const slow = await fullScan(repo.root, TODAY);
    const fast = await history(repo.root);
    expect(fast.secrets.map(({ paths }) => paths.join()).sort()).toEqual([...slow.values()].map((paths) => [...paths].sort().join()).sort());
    expect(slow.size).toBeGreaterThan(4);
  });
});

describe('kinds of repositories', () => {
  test('empty, detached, bare, a working tree beside it, a submodule', async () => {
    const empty = repositoryWith();
    expect(await history(empty.root)).toMatchObject({ code: 0, summary: { total: 0 }, secrets: [] });
    empty.stage('a.py', line(9));
    expect((await history(empty.root)).secrets).toMatchObject([{ staged: true }]);
    const repo = repositoryWith({ 'a.py': line(1) });
    repo.git('checkout', '-q', '--detach');
    repo.stage('b.py', line(2));
    repo.commit();
    expect((await history(repo.root)).secrets).toHaveLength(2);
    const tree = join(folderWith({}), 'tree');
    repo.git('worktree', 'add', '-q', tree, 'main');
    expect((await history(tree)).secrets.map(({ head }) => head.length).sort()).toEqual([0, 1]);
    const bare = join(folderWith({}), 'bare.git');
    repo.git('clone', '-q', '--bare', '.', bare);
    expect(await history(bare)).toMatchObject({ code: 1, secrets: [{ first: { path: 'a.py' } }, {}] });
    const outer = repositoryWith({ 'x.py': 'x = 1\n' });
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repo.root, 'sub');
    outer.commit();
    expect(await history(outer.root)).toMatchObject({ code: 0, submodules: ['sub'], secrets: [] });
  });

  test('shallow: read as far as it goes, and said', async () => {
    const repo = repositoryWith({ 'a.py': line(1) });
    repo.stage('a.py', 'x = 1\n');
    repo.commit();
    repo.stage('b.py', line(2));
    repo.commit();
    const clone = join(folderWith({}), 'shallow');
    repo.git('clone', '-q', '--depth', '1', `file://${repo.root}`, clone);
    const report = await history(clone);
    expect(report).toMatchObject({ code: 1, summary: { shallow: true }, secrets: [{ first: { path: 'b.py' } }] });
    expect((await cli(['history'], { cwd: clone })).out).toContain('git fetch --unshallow');
  });

  test('a missing content, a missing tree, a missing commit: named, exit 2, the rest is read', async () => {
    for (const what of ['b.py', '', 'commit'] as const) {
      const repo = repositoryWith({ 'a.py': line(1) });
      repo.stage('b.py', 'b = 1\n');
      repo.commit();
      const bad = what === 'commit' ? repo.git('rev-parse', 'HEAD').trim() : repo.git('rev-parse', what === '' ? 'HEAD^{tree}' : `HEAD:${what}`).trim();
      const hurt = repo.git('rev-parse', 'HEAD').trim();
      repo.stage('c.py', line(2));
      repo.commit();
      rmSync(join(repo.root, '.git/objects', bad.slice(0, 2), bad.slice(2)), { force: true });
      const report = await history(repo.root, ['--no-cache']);
      expect(report.code, what).toBe(2);
      expect([...report.broken.map(({ commit }) => commit), ...report.unread.map(({ commit }) => commit)], what).toContain(hurt);
      expect(report.secrets.map(({ first }) => first.path), what).toContain('c.py');
      expect(report.run.err).toBe('The scan is incomplete: something in the repository could not be read.\n');
    }
  });

  test('replacement objects and grafts hide nothing', async () => {
    const repo = repositoryWith({ 'a.py': 'x = 1\n' });
    repo.stage('a.py', line(1));
    repo.commit();
    const leaky = repo.git('rev-parse', 'HEAD').trim();
    repo.stage('a.py', 'x = 3\n');
    repo.commit();
    const clean = repo.git('commit-tree', '-m', 'clean', '-p', 'HEAD~2', 'HEAD^{tree}').trim();
    repo.git('replace', leaky, clean);
    writeFileSync(join(repo.root, '.git/info/grafts'), `${repo.git('rev-parse', 'HEAD').trim()}\n`);
    expect((await history(repo.root)).secrets).toMatchObject([{ first: { commit: leaky } }]);
  });

  test('authors and names that are no UTF-8, dates no calendar has', async () => {
    const repo = repositoryWith({ 'a.py': 'x = 1\n' });
    const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: repo.root, input: line(1) }).toString().trim();
    const tree = execFileSync('git', ['mktree', '-z'], { cwd: repo.root, input: Buffer.concat([Buffer.from(`100644 blob ${blob}\tk`), Buffer.from([0xe9]), Buffer.from('.py\0')]) }).toString().trim();
    const raw = Buffer.concat([Buffer.from(`tree ${tree}\nauthor Ren`), Buffer.from([0xe9]), Buffer.from(' <r@example.com> 99999999999999 +0000\ncommitter R <r@example.com> 1700000000 +0000\n\nwork\n')]);
    const commit = execFileSync('git', ['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'], { cwd: repo.root, input: raw }).toString().trim();
    repo.git('update-ref', 'refs/heads/odd', commit);
    expect((await history(repo.root)).secrets).toMatchObject([{ first: { path: 'ké.py', author: 'René', commit } }]);
  });

  test('nothing that the repository names is started', async () => {
    const repo = repositoryWith({ 'a.py': line(1), 'b.dat': 'x\n', '.gitattributes': '*.py diff=evil\n*.dat filter=evil diff=evil\n' });
    const mark = join(repo.root, 'started');
    const evil = join(repo.root, 'evil.sh');
    writeFileSync(evil, `#!/bin/sh\necho "$0 $*" >> ${mark}\ncat\n`);
    chmodSync(evil, 0o755);
    for (const [key, value] of [['core.fsmonitor', evil], ['diff.external', evil], ['diff.evil.command', evil], ['diff.evil.textconv', evil], ['filter.evil.clean', evil], ['filter.evil.smudge', evil],
      ['core.pager', evil], ['core.sshCommand', evil], ['core.hooksPath', repo.root], ['remote.origin.url', 'ssh://example.invalid/x'], ['remote.origin.promisor', 'true'], ['remote.origin.uploadpack', evil],
      ['extensions.partialClone', 'origin'], ['protocol.allow', 'always'], ['core.alternateRefsCommand', evil], ['log.showSignature', 'true'], ['gpg.program', evil], ['uploadpack.packObjectsHook', evil]] as const) {
      repo.git('config', key, value);
    }
    const gone = repo.git('rev-parse', 'HEAD:b.dat').trim();
    rmSync(join(repo.root, '.git/objects', gone.slice(0, 2), gone.slice(2)), { force: true });
    for (const name of ['post-index-change', 'reference-transaction', 'fsmonitor-watchman']) { writeFileSync(join(repo.root, name), readFileSync(evil)); chmodSync(join(repo.root, name), 0o755); }
    expect((await history(repo.root, ['--no-cache'])).secrets).toHaveLength(1);
    expect(existsSync(mark)).toBe(false);
  });
});

describe('what is remembered', () => {
  test('the second run reads only new commits and says the same', async () => {
    const repo = repositoryWith({ 'a.py': line(1) });
    const before = await history(repo.root);
    expect(before.summary).toMatchObject({ total: 1, read: 1, remembered: 0 });
    repo.stage('a.py', 'x = 1\n');
    repo.commit();
    const after = await history(repo.root);
    expect(after.summary).toMatchObject({ total: 2, read: 1, remembered: 1 });
    expect(after.secrets[0]).toMatchObject({ id: before.secrets[0]?.id, head: [], last: { change: 'removed' } });
    const { summary: _summary, run: _run, patchBytes: _bytes, ...plain } = { patchBytes: 0, ...(await history(repo.root)) };
    const { summary: _other, run: _others, patchBytes: _otherBytes, ...fresh } = { patchBytes: 0, ...(await history(repo.root, ['--no-cache'])) };
    expect(plain.secrets.map(({ id: _id, ...rest }) => rest)).toEqual(fresh.secrets.map(({ id: _id, ...rest }) => rest));
  });

  test('a range neither fills the cache nor is misled by it', async () => {
    const repo = repositoryWith({ 'a.py': line(1) });
    repo.stage('a.py', 'x = 1\n');
    repo.commit();
    await history(repo.root, ['HEAD~1..HEAD']);
    const whole = await history(repo.root);
    expect(whole.summary).toMatchObject({ read: 2 });
    expect(whole.secrets[0]).toMatchObject({ last: { change: 'removed' } });
    expect((await history(repo.root, ['HEAD~1..HEAD'])).secrets).toEqual([]);
  });

  test('a cache that is torn, damaged, linked, or brought by a clone is not believed', async () => {
    const repo = repositoryWith({ 'a.py': line(1), 'b.py': line(2) });
    await history(repo.root);
    const path = join(repo.root, '.tickguard/cache/history.jsonl');
    const sound = readFileSync(path);
    for (const [name, bytes, read] of [
      ['torn', sound.subarray(0, sound.length - 7), 1], ['damaged', Buffer.from(sound.toString('latin1').replace(/"size":20/, '"size":21'), 'latin1'), 1],
      ['empty', Buffer.alloc(0), 1], ['foreign', Buffer.from('{}\n'), 1],
    ] as const) {
      writeFileSync(path, bytes);
      expect((await history(repo.root)), name).toMatchObject({ summary: { read, secrets: 2 } });
      expect((await history(repo.root)), name).toMatchObject({ summary: { read: 0, secrets: 2 } });
    }
    // What somebody else says of these commits.
    const other = repositoryWith({ 'a.py': line(1), 'b.py': line(2) });
    mkdirSync(join(other.root, '.tickguard/cache'), { recursive: true });
    writeFileSync(join(other.root, '.tickguard/cache/history.jsonl'), sound);
    expect((await history(other.root)).summary).toMatchObject({ read: 1, remembered: 0 });
    rmSync(join(repo.root, '.tickguard'), { recursive: true });
    const elsewhere = folderWith({});
    symlinkSync(elsewhere, join(repo.root, '.tickguard'));
    expect((await history(repo.root)).summary).toMatchObject({ read: 1 });
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test('settings that change make it read anew', async () => {
    const repo = repositoryWith({ 'a.py': line(1) });
    await history(repo.root);
    writeFileSync(join(repo.root, 'tickguard.json'), '{ "rules": { "SEC001/binance-api-secret": "off" } }');
    expect(await history(repo.root)).toMatchObject({ secrets: [], summary: { read: 1 } });
    appendFileSync(join(repo.root, 'tickguard.json'), '{');
    const run = await cli(['history'], { cwd: repo.root });
    expect([run.code, run.err.split('\n').length]).toEqual([2, 2]);
  });
});

describe('bad input', () => {
  test.each([
    [['nowhere'], /^tickguard: There is no nowhere in this repository\. Name commits/],
    [['--refs', 'no/*'], /No reference matches no\/\*/],
    [['a..b', '--refs', 'main'], /Give a range or --refs, not both/],
    [['--since', 'soon'], /--since soon is no date/],
    [['--fail-on', 'nothing'], /--fail-on must be one of/],
  ])('%j: one sentence, exit 2', async (args, says) => {
    const repo = repositoryWith({ 'a.py': 'x = 1\n' });
    const run = await cli(['history', ...args], { cwd: repo.root });
    expect([run.code, run.out]).toEqual([2, '']);
    expect(run.err).toMatch(says);
    expect(run.err.trim().split('\n')).toHaveLength(1);
  });

  test('no repository', async () => {
    const run = await cli(['history'], { cwd: folderWith({}) });
    expect([run.code, run.err]).toEqual([2, expect.stringMatching(/is not in a git repository, so it has no history\. Run it in a repository\.\n$/)]);
  });

  test('a line of 100 MB and a file over 10 MB: said, in bounded memory', async () => {
    const repo = repositoryWith({ 'a.py': line(1) });
    repo.stage('line.txt', Buffer.concat([Buffer.alloc(100 * 1024 * 1024, 'a'), Buffer.from(line(2))]));
    repo.commit();
    const report = await history(repo.root, ['--no-cache'], { NODE_OPTIONS: '--max-old-space-size=200' });
    expect(report).toMatchObject({ code: 1, summary: { secrets: 1 }, unread: [{ path: 'line.txt', incomplete: false, reason: expect.stringContaining('100 MB') as unknown as string }] });
  });
});
