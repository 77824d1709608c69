/** `tickguard history --proof`, what stands besides single secrets, and a scan that is killed. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleSecret } from '../../src/guardians/security/index.ts';
import { cli, cliBundle } from '../support/cli.ts';
import { history } from '../support/history.ts';
import { repositoryWith } from '../support/repository.ts';

const KEY = sampleSecret('binance-api-secret', 77);
const line = (value: string): string => `BINANCE_API_SECRET = "${value}"\n`;

interface Proof {
  readonly id: string; readonly detector?: string; readonly opens?: string; readonly verdict: string;
  readonly places: readonly { readonly repository: string; readonly place: string; readonly state: string; readonly looked: number; readonly found: number; readonly where: readonly string[] }[];
  readonly oldest?: { readonly commit: string; readonly path: string }; readonly pushed?: { readonly refs: readonly string[]; readonly since?: string };
}

async function proof(cwd: string, args: readonly string[] = [], key = KEY): Promise<Proof & { readonly code: number | null }> {
  const run = await cli(['history', '--proof', '--format', 'json', ...args], { cwd, input: `${key}\n` });
  expect(run.out, run.err).not.toContain(key);
  return { ...(JSON.parse(run.out) as { proof: Proof }).proof, code: run.code };
}
const states = ({ places }: Proof): Readonly<Record<string, string>> => Object.fromEntries(places.map(({ place, state, found }) => [place, `${state} ${found}`]));

describe('the proof that a key is gone', () => {
  test('gone everywhere: exit 0; the counts say that something was looked at', async () => {
    const repo = repositoryWith({ 'a.py': 'x = 1\n', '.env': 'A=1\n', 'logs/bot.log': 'started\n' });
    const report = await proof(repo.root);
    expect([report.code, report.verdict]).toEqual([0, 'gone']);
    expect(report.places.every(({ looked }) => looked > 0)).toBe(true);
    const text = await cli(['history', '--proof', '--key-from', 'OLD'], { cwd: repo.root, env: { OLD: KEY } });
    expect([text.code, text.out]).toEqual([0, expect.stringContaining('Gone: no place that was searched holds the key.')]);
  });

  test.each([
    ['an untracked file', { 'new.py': line(KEY) }, 'files'],
    ['an ignored environment file', { '.env.live.bak': `K=${KEY}\n` }, 'environment files'],
    ['a log', { 'logs/2026/bot.log.1': `auth ${KEY} ok\n` }, 'logs'],
    ['base 64 in a file', { 'k8s.yaml': Buffer.from(`xy${KEY}z`).toString('base64') }, 'files'],
    ['UTF-16', { 'run.log': Buffer.from(`key ${KEY}`, 'utf16le') }, 'logs'],
    ['a folder that no check looks into', { 'node_modules/x/dist/y.js': line(KEY) }, 'files'],
  ] as const)('found in %s', async (_name, files, place) => {
    const repo = repositoryWith({ '.gitignore': '*\n' });
    for (const [path, text] of Object.entries(files)) { repo.write(path, text); }
    const report = await proof(repo.root);
    expect([report.code, states(report)[place]]).toEqual([1, 'found 1']);
    expect(report.places.find((one) => one.place === place)?.where[0]).toMatch(new RegExp(`^${Object.keys(files)[0]?.replaceAll('.', '\\.') ?? ''}`));
  });

  test('in the history, with what it could do and the oldest commit; after a rewrite in objects nothing leads to; after a collection nowhere', async () => {
    const repo = repositoryWith({ 'x.py': 'x = 1\n' });
    repo.stage('a.py', line(KEY));
    repo.commit();
    const leak = repo.git('rev-parse', 'HEAD').trim();
    repo.git('update-ref', '-m', 'push', '--create-reflog', 'refs/remotes/origin/main', leak);
    repo.git('rm', '-q', 'a.py');
    repo.commit();
    const before = await proof(repo.root);
    expect(before).toMatchObject({ code: 1, detector: 'binance-api-secret', opens: expect.stringContaining('signs orders') as unknown as string, oldest: { commit: leak, path: 'a.py' }, pushed: { refs: ['origin/main'] } });
    expect(before.pushed?.since).toMatch(/^20\d\d-/);
    expect(states(before)).toMatchObject({ files: 'gone 0', history: 'found 1', 'unreachable objects': 'gone 0' });
    repo.git('update-ref', '-d', 'refs/remotes/origin/main');
    repo.git('reset', '-q', '--hard', 'HEAD~2');
    repo.git('reflog', 'expire', '--expire=now', '--all');
    expect(states(await proof(repo.root))).toMatchObject({ history: 'gone 0', 'unreachable objects': 'found 1' });
    repo.git('gc', '-q', '--prune=now');
    expect(await proof(repo.root)).toMatchObject({ code: 0, verdict: 'gone' });
  });

  test('in other repositories, in a commit\'s message, in a stash', async () => {
    const repo = repositoryWith({ 'a.py': 'x = 1\n' });
    const other = repositoryWith({ 'b.py': 'y = 1\n' });
    other.git('commit', '-q', '--allow-empty', '-m', `used ${KEY}`);
    expect(await proof(repo.root)).toMatchObject({ code: 0 });
    const report = await proof(repo.root, ['--repository', other.root]);
    expect(report.code).toBe(1);
    expect(report.places.filter(({ state }) => state === 'found')).toMatchObject([{ repository: other.root, place: 'history' }]);
    repo.write('a.py', line(KEY));
    repo.git('stash', '-q');
    expect(states(await proof(repo.root))).toMatchObject({ files: 'gone 0', history: 'found 1' });
  });

  test('a key block, of which one line is enough', async () => {
    const pem = sampleSecret('private-key', 5);
    const repo = repositoryWith({ 'k.yaml': `key: |\n${pem.replace(/^/gm, '  ').replaceAll('\n', '\r\n')}\n` });
    expect(await proof(repo.root, [], pem)).toMatchObject({ code: 1, detector: 'private-key' });
  });

  test('what cannot be read proves nothing: exit 2', async () => {
    const repo = repositoryWith({ 'a.py': 'x = 1\n', 'b.py': 'y = 2\n' });
    const blob = repo.git('rev-parse', 'HEAD:b.py').trim();
    const path = join(repo.root, '.git/objects', blob.slice(0, 2), blob.slice(2));
    chmodSync(path, 0o644);
    writeFileSync(path, 'damaged');
    expect(await proof(repo.root)).toMatchObject({ code: 2, verdict: 'unknown' });
  });

  test.each([
    [[], 'short', /The key has 5 characters; fewer than 8 are found by accident/],
    [[], '\n', /No key was given\. Pipe it into the command/],
    [['--key-from', 'NOT_SET'], '', /The environment variable NOT_SET is not set/],
    [['--repository', 'nowhere'], KEY, /--repository nowhere: /],
    [['--detector', 'nothing'], KEY, /There is no detector nothing/],
    [['main'], KEY, /A proof looks everywhere/],
    [['--format', 'sarif'], KEY, /formats text and json/],
  ])('%j: one sentence, exit 2', async (args, input, says) => {
    const repo = repositoryWith({ 'a.py': 'x = 1\n' });
    const run = await cli(['history', '--proof', ...args], { cwd: repo.root, input });
    expect([run.code, run.out, run.err]).toEqual([2, '', expect.stringMatching(says)]);
    expect((await cli(['history', '--repository', '.'], { cwd: repo.root })).err).toContain('belong to --proof');
  });
});

describe('what stands besides single secrets', () => {
  const kinds = async (cwd: string, ...args: readonly string[]): Promise<readonly string[]> => {
    const report = await history(cwd, args) as unknown as { standing: readonly { kind: string }[] };
    return report.standing.map(({ kind }) => kind);
  };

  test('keys of HEAD older than 90 days, and no others', async () => {
    const repo = repositoryWith({ 'a.py': 'x = 1\n' });
    const commit = (date: string): void => { execFileSync('git', ['-c', 'user.name=D', '-c', 'user.email=d@e', 'commit', '-q', '-m', 'k', '--date', date], { cwd: repo.root }); };
    repo.stage('a.py', line(KEY));
    commit('2026-01-01T00:00:00Z');
    expect(await kinds(repo.root, '--as-of', '2026-03-30')).toEqual(['hook-missing']);
    expect(await kinds(repo.root, '--as-of', '2026-04-03')).toContain('old-secret');
    repo.stage('a.py', 'x = 2\n');
    commit('2026-02-01T00:00:00Z');
    expect(await kinds(repo.root, '--as-of', '2026-04-03')).not.toContain('old-secret');
  });

  test('default passwords in settings, not in samples, tests, code or under other names', async () => {
    const repo = repositoryWith({
      'deploy/docker-compose.yml': 'services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: postgres\n      POSTGRES_USER: postgres\n',
      'config/live.toml': '[rabbit]\nuser = "guest"\npassword = "guest"\n', '.env.example': 'DB_PASSWORD=changeme\n', 'tests/conf.yaml': 'password: admin\n',
      'dev/compose.yaml': 'password: admin\n', 'a.py': 'password = "admin"\n', 'theme.yaml': 'color: red\nmode: default\npassword_reset: default\n', 'real.yaml': 'password: ${DB_PASSWORD}\n',
    });
    const report = await history(repo.root) as unknown as { standing: readonly { kind: string; about: readonly string[] }[] };
    expect(report.standing.find(({ kind }) => kind === 'default-password')?.about).toEqual(['config/live.toml:3', 'deploy/docker-compose.yml:4']);
  });

  test('a hook that is missing, one that was passed by, and none of both', async () => {
    const repo = repositoryWith({ 'a.py': line(sampleSecret('binance-api-secret', 1)) });
    expect(await kinds(repo.root)).toContain('hook-missing');
    await new Promise((done) => { setTimeout(done, 1_100); });
    await cli(['hook', 'install'], { cwd: repo.root });
    expect(await kinds(repo.root)).toEqual([]);
    await new Promise((done) => { setTimeout(done, 1_100); });
    repo.stage('b.py', line(KEY));
    repo.git('commit', '-q', '--no-verify', '-m', 'late');
    const report = await history(repo.root) as unknown as { standing: readonly { kind: string; about: readonly string[] }[]; secrets: readonly { id: string; first: { path: string } }[] };
    expect(report.standing.find(({ kind }) => kind === 'hook-bypassed')?.about).toEqual([report.secrets.find(({ first }) => first.path === 'b.py')?.id]);
  });

  test('a whole scan older than seven days', async () => {
    const repo = repositoryWith({ 'a.py': 'x = 1\n' });
    expect(await kinds(repo.root, 'HEAD')).toContain('scan-old');
    await history(repo.root);
    expect(await kinds(repo.root, 'HEAD')).not.toContain('scan-old');
    const path = join(repo.root, '.tickguard/cache/history-scan.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"at":"[^"]*"/, `"at":"${new Date(Date.now() - 8.5 * 86_400_000).toISOString()}"`));
    expect(await kinds(repo.root, 'HEAD')).toContain('scan-old');
    expect((await cli(['history'], { cwd: repo.root })).out).toMatch(/The whole history was last read [89] days ago/);
    expect(await kinds(repo.root)).not.toContain('scan-old');
  });
});

test('killed in the middle: the next run goes on, and says what a run in one piece says', async () => {
  const repo = repositoryWith({ 'a.py': 'x = 1\n' });
  const stream = Array.from({ length: 2_500 }, (_, n) => {
    const text = Array.from({ length: 12 }, (_row, row) => `value_${n}_${row} = ${n * row}\n`).join('') + (n % 500 === 7 ? line(sampleSecret('binance-api-secret', n + 1)) : '');
    return `commit refs/heads/main\ncommitter D <d@e> ${1_700_000_000 + n * 60} +0000\ndata 4\nwork\n${n === 0 ? 'from refs/heads/main^0\n' : ''}M 100644 inline f${n % 50}.py\ndata ${Buffer.byteLength(text)}\n${text}\n`;
  }).join('');
  mkdirSync(join(repo.root, '.git/info'), { recursive: true });
  expect(spawnSync('git', ['fast-import', '--quiet'], { cwd: repo.root, input: stream, maxBuffer: 1 << 28 }).status).toBe(0);
  let remembered = 0;
  for (let attempt = 0; attempt < 8 && remembered === 0; attempt += 1) {
    const child = spawn(process.execPath, [cliBundle, 'history', '--format', 'json'], { cwd: repo.root, stdio: 'ignore' });
    const ended = new Promise<NodeJS.Signals | null>((done) => { child.once('close', (_code, signal) => { done(signal); }); });
    const path = join(repo.root, '.tickguard/cache/history.jsonl');
    // Until something was written down.
    for (let waited = 0; waited < 3_000; waited += 1) {
      await new Promise((done) => { setTimeout(done, 5); });
      let size = 0;
      try { size = readFileSync(path).length; } catch { /* not yet */ }
      if (size > 2_000) { break; }
    }
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const next = await history(repo.root);
    ({ remembered } = next.summary);
    expect(next.summary.read + remembered).toBe(2_501);
    expect(next.summary.read).toBeGreaterThan(0);
    const whole = await history(repo.root, ['--no-cache']);
    expect(next.secrets.map(({ id: _id, ...rest }) => rest)).toEqual(whole.secrets.map(({ id: _id, ...rest }) => rest));
    expect(next.secrets).toHaveLength(5);
  }
  expect(remembered).toBeGreaterThan(0);
  expect((await history(repo.root)).summary).toMatchObject({ read: 0, remembered: 2_501 });
}, 240_000);
