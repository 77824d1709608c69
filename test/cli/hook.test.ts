/** `tickguard hook`: real git runs the hooks; what was there before stays, byte for byte. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { sampleSecret } from '../../src/guardians/security/index.ts';
import { hookScript, quoted } from '../../src/guardians/security/hooks/script.ts';
import { cli, cliBundle, folderWith } from '../support/cli.ts';
import { projectRoot } from '../support/project.ts';
import { repositoryWith, type Repository } from '../support/repository.ts';

const line = (seed: number): string => `BINANCE_API_SECRET = "${sampleSecret('binance-api-secret', seed)}"\n`;
const IDENTITY = { GIT_AUTHOR_NAME: 'Desk', GIT_AUTHOR_EMAIL: 'd@example.com', GIT_COMMITTER_NAME: 'Desk', GIT_COMMITTER_EMAIL: 'd@example.com', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };

const git = (cwd: string, ...args: readonly string[]) => spawnSync('git', args, { cwd, encoding: 'utf8', env: { ...process.env, ...IDENTITY } });
const hooksOf = (repo: Repository): string => join(repo.root, '.git/hooks');
/** Everything of a folder: names, bytes, modes, links. */
const photograph = (folder: string): unknown => readdirSync(folder).sort().map((name) => {
  const stats = lstatSync(join(folder, name));
  return [name, stats.mode, stats.isSymbolicLink() ? readlinkSync(join(folder, name)) : stats.isFile() ? readFileSync(join(folder, name), 'latin1') : ''];
});
function hook(repo: Repository, name: string, text: string): void {
  mkdirSync(hooksOf(repo), { recursive: true });
  writeFileSync(join(hooksOf(repo), name), text);
  chmodSync(join(hooksOf(repo), name), 0o755);
}

describe('in a repository', () => {
  test('a commit with a secret is stopped, a clean one is not; installing twice changes nothing', async () => {
    const repo = repositoryWith({ 'a.py': 'x = 1\n' });
    const run = await cli(['hook', 'install'], { cwd: repo.root });
    expect([run.code, run.out]).toEqual([0, expect.stringMatching(/^pre-commit: installed\.\npre-push: installed\.\n/)]);
    const before = photograph(hooksOf(repo));
    expect((await cli(['hook', 'install'], { cwd: repo.root })).out).toMatch(/^pre-commit: already installed\.\npre-push: already installed\.\n/);
    expect(photograph(hooksOf(repo))).toEqual(before);
    repo.stage('a.py', line(1));
    const stopped = git(repo.root, 'commit', '-m', 'leak');
    expect([stopped.status, stopped.stdout + stopped.stderr]).toEqual([1, expect.stringContaining('SEC001/binance-api-secret')]);
    repo.stage('a.py', 'x = 2\n');
    expect(git(repo.root, 'commit', '-m', 'clean').status).toBe(0);
    expect((await cli(['hook', 'status'], { cwd: repo.root })).code).toBe(0);
  });

  test('a push with a secret in any of its commits is stopped: new branch, old branch, another remote; a deletion is not looked at', async () => {
    const repo = repositoryWith({ 'a.py': 'x = 1\n' });
    const remote = folderWith({});
    git(remote, 'init', '-q', '--bare');
    const other = folderWith({});
    git(other, 'init', '-q', '--bare');
    git(repo.root, 'remote', 'add', 'origin', remote);
    git(repo.root, 'remote', 'add', 'public', other);
    expect(git(repo.root, 'push', '-q', 'origin', 'main').status).toBe(0);
    await cli(['hook', 'install'], { cwd: repo.root });
    const leak = (): void => {
      repo.stage('a.py', line(1));
      git(repo.root, 'commit', '-q', '--no-verify', '-m', 'leak');
      repo.stage('a.py', 'x = 3\n');
      git(repo.root, 'commit', '-q', '-m', 'hidden');
    };
    leak();
    const stopped = git(repo.root, 'push', 'origin', 'main');
    expect([stopped.status, stopped.stdout + stopped.stderr]).toEqual([1, expect.stringContaining('SEC001/binance-api-secret')]);
    expect(git(repo.root, 'push', 'origin', 'HEAD:refs/heads/new').status).toBe(1);
    // What the private remote was given stands in the way of the public one still.
    expect(git(repo.root, 'push', '--no-verify', 'origin', 'main').status).toBe(0);
    expect(git(repo.root, 'push', 'public', 'main').status).toBe(1);
    repo.stage('b.py', 'y = 1\n');
    git(repo.root, 'commit', '-q', '-m', 'after');
    expect(git(repo.root, 'push', 'origin', 'main').status).toBe(0);
    git(repo.root, 'push', '-q', '--no-verify', 'origin', 'HEAD:refs/heads/gone');
    expect(git(repo.root, 'push', 'origin', ':gone').status).toBe(0);
  });

  test('a hook that was there runs first, its failure counts, and it is back afterwards, byte for byte', async () => {
    const repo = repositoryWith({ 'a.py': 'x = 1\n' });
    hook(repo, 'pre-commit', '#!/bin/sh\necho before >> "$(git rev-parse --show-toplevel)/ran"\n[ ! -e "$(git rev-parse --show-toplevel)/no" ] || exit 7\n');
    hook(repo, 'pre-push', '#!/bin/sh\ncat > "$(git rev-parse --show-toplevel)/pushed"\necho "$@" >> "$(git rev-parse --show-toplevel)/pushed"\n');
    writeFileSync(join(hooksOf(repo), 'commit-msg'), 'caf\xe9', 'latin1');
    symlinkSync('nowhere', join(hooksOf(repo), 'post-merge'));
    const before = photograph(hooksOf(repo));
    await cli(['hook', 'install'], { cwd: repo.root });
    expect((await cli(['hook', 'status'], { cwd: repo.root })).out).toContain('with the hook from before');
    repo.stage('b.py', 'y = 1\n');
    expect(git(repo.root, 'commit', '-m', 'one').status).toBe(0);
    expect(readFileSync(join(repo.root, 'ran'), 'utf8')).toBe('before\n');
    writeFileSync(join(repo.root, 'no'), '');
    repo.stage('b.py', 'y = 2\n');
    expect(git(repo.root, 'commit', '-m', 'two').status).not.toBe(0);
    const remote = folderWith({});
    git(remote, 'init', '-q', '--bare');
    expect(git(repo.root, 'push', remote, 'HEAD:refs/heads/main').status).toBe(0);
    expect(readFileSync(join(repo.root, 'pushed'), 'utf8')).toMatch(/^HEAD [0-9a-f]{40} refs\/heads\/main 0{40}\n.*tickguard-test-/);
    expect((await cli(['hook', 'uninstall'], { cwd: repo.root })).out).toMatch(/^pre-commit: taken out; the hook from before is back\./);
    expect(photograph(hooksOf(repo))).toEqual(before);
    expect((await cli(['hook', 'uninstall'], { cwd: repo.root })).out).toMatch(/^pre-commit: not installed/);
    expect(photograph(hooksOf(repo))).toEqual(before);
  });

  test('a link as the hook from before; one hook alone; hooks nobody may run', async () => {
    const repo = repositoryWith({ 'a.py': 'x = 1\n', 'scripts/check.sh': '#!/bin/sh\nexit 3\n' });
    chmodSync(join(repo.root, 'scripts/check.sh'), 0o755);
    symlinkSync('../../scripts/check.sh', join(hooksOf(repo), 'pre-commit'));
    const before = photograph(hooksOf(repo));
    await cli(['hook', 'install', '--only', 'pre-commit'], { cwd: repo.root });
    expect(existsSync(join(hooksOf(repo), 'pre-push'))).toBe(false);
    repo.stage('b.py', 'y = 1\n');
    expect(git(repo.root, 'commit', '-m', 'one').status).not.toBe(0);
    expect(readFileSync(join(repo.root, 'scripts/check.sh'), 'utf8')).toContain('exit 3');
    chmodSync(join(hooksOf(repo), 'pre-commit'), 0o644);
    const status = await cli(['hook', 'status', '--only', 'pre-commit'], { cwd: repo.root });
    expect([status.code, status.out]).toEqual([1, expect.stringContaining('git does not run it')]);
    await cli(['hook', 'uninstall', '--only', 'pre-commit'], { cwd: repo.root });
    expect(photograph(hooksOf(repo))).toEqual(before);
  });

  test('core.hooksPath inside the repository, a working tree, names with quotes', async () => {
    const repo = repositoryWith({ 'a.py': 'x = 1\n' });
    git(repo.root, 'config', 'core.hooksPath', 'my \'hooks\'');
    await cli(['hook', 'install'], { cwd: repo.root });
    expect(readdirSync(join(repo.root, 'my \'hooks\''))).toEqual(['pre-commit', 'pre-push']);
    repo.stage('a.py', line(1));
    expect(git(repo.root, 'commit', '-m', 'leak').status).toBe(1);
    git(repo.root, 'config', '--unset', 'core.hooksPath');
    const tree = join(folderWith({}), 'tree');
    git(repo.root, 'worktree', 'add', '-q', tree, '-b', 'side', 'HEAD');
    await cli(['hook', 'install'], { cwd: tree });
    writeFileSync(join(tree, 'a.py'), line(2));
    git(tree, 'add', 'a.py');
    expect(git(tree, 'commit', '-m', 'leak').status).toBe(1);
    expect(existsSync(join(hooksOf(repo), 'pre-commit'))).toBe(true);
  });

  test('the weekly job is written when it is asked for, and never over another', async () => {
    const repo = repositoryWith({ 'a.py': 'x = 1\n' });
    await cli(['hook', 'install'], { cwd: repo.root });
    const path = join(repo.root, '.github/workflows/tickguard-history.yml');
    expect(existsSync(path)).toBe(false);
    await cli(['hook', 'install', '--ci-weekly'], { cwd: repo.root });
    const job = parse(readFileSync(path, 'utf8')) as { on: { schedule: readonly { cron: string }[] }; jobs: { history: { steps: readonly { run?: string; with?: Record<string, unknown> }[] } } };
    expect(job.on.schedule[0]?.cron).toMatch(/^\d+ \d+ \* \* [0-6]$/);
    expect(job.jobs.history.steps[0]?.with).toEqual({ 'fetch-depth': 0 });
    writeFileSync(path, 'mine\n');
    const again = await cli(['hook', 'install', '--ci-weekly'], { cwd: repo.root });
    expect([again.code, again.err, readFileSync(path, 'utf8')]).toEqual([2, expect.stringContaining('is already there and stays as it is'), 'mine\n']);
  });
});

describe('where nothing is written', () => {
  test.each([
    ['husky', { '.husky/_/x': '', '.husky/pre-commit': '' }, '.husky/_', /^tickguard: husky looks after the hooks .*\.husky\/pre-commit\.\n$/],
    ['pre-commit', { '.pre-commit-config.yaml': 'repos: []\n' }, undefined, /^tickguard: pre-commit looks after/],
    ['lefthook', { 'lefthook.yml': '' }, undefined, /^tickguard: lefthook looks after/],
  ] as const)('%s looks after the hooks', async (name, files, path, says) => {
    const repo = repositoryWith({ ...files });
    if (path !== undefined) { git(repo.root, 'config', 'core.hooksPath', path); }
    if (name !== 'husky') { hook(repo, 'pre-commit', name === 'pre-commit' ? '#!/usr/bin/env bash\n# File generated by pre-commit: https://pre-commit.com\n' : '#!/bin/sh\ncall_lefthook run "pre-commit" "$@"\n'); }
    const before = photograph(hooksOf(repo));
    const run = await cli(['hook', 'install'], { cwd: repo.root });
    expect([run.code, run.out, run.err]).toEqual([2, '', expect.stringMatching(says)]);
    expect(photograph(hooksOf(repo))).toEqual(before);
  });

  test('hooks that other repositories share, two hooks of others, no repository, a strange action', async () => {
    const repo = repositoryWith({ 'a.py': 'x = 1\n' });
    const shared = folderWith({});
    git(repo.root, 'config', 'core.hooksPath', shared);
    expect((await cli(['hook', 'install'], { cwd: repo.root })).err).toContain('serves other repositories, too');
    git(repo.root, 'config', '--unset', 'core.hooksPath');
    hook(repo, 'pre-commit', '#!/bin/sh\n');
    hook(repo, 'pre-commit.before-tickguard', '#!/bin/sh\n');
    for (const action of ['install', 'uninstall']) {
      const run = await cli(['hook', action, '--only', 'pre-commit'], { cwd: repo.root });
      expect([run.code, run.err]).toEqual([2, expect.stringMatching(/^tickguard: [^\n]{20,400}delete the other[^\n]*\n$/)]);
    }
    expect((await cli(['hook', 'install'], { cwd: folderWith({}) })).err).toContain('so it has no hooks');
    expect((await cli(['hook', 'remove'], { cwd: repo.root })).code).toBe(2);
    expect((await cli(['hook'], { cwd: repo.root })).err).toContain('needs action');
  });
});

test('a hook whose program is gone stops the commit and says so', async () => {
  const repo = repositoryWith({ 'a.py': 'x = 1\n' });
  hook(repo, 'pre-commit', hookScript({ hook: 'pre-commit', program: ['/nowhere/node', '/nowhere/cli.cjs'], since: '2026-01-01T00:00:00.000Z' }));
  repo.stage('b.py', 'y = 1\n');
  const tools = folderWith({});
  for (const name of ['git', 'sh', 'dirname', 'cat']) { symlinkSync(execFileSync('which', [name]).toString().trim(), join(tools, name)); }
  const run = spawnSync('git', ['commit', '-m', 'one'], { cwd: repo.root, encoding: 'utf8', env: { ...IDENTITY, PATH: tools, HOME: tools } });
  expect([run.status, run.stderr]).toEqual([1, expect.stringContaining('hook install" again')]);
});

test('paths as a POSIX shell takes them, Windows\' too', () => {
  expect(quoted('C:\\Program Files\\nodejs\\node.exe')).toBe('\'C:/Program Files/nodejs/node.exe\'');
  expect(quoted('\\\\server\\share\\cli.cjs')).toBe('\'//server/share/cli.cjs\'');
  expect(execFileSync('sh', ['-c', `printf %s ${quoted('/a \'b\'/$(c)`d`')}`]).toString()).toBe('/a \'b\'/$(c)`d`');
  for (const hookName of ['pre-commit', 'pre-push'] as const) {
    const script = hookScript({ hook: hookName, program: ['C:\\n\'ode.exe', 'C:\\cli.cjs'], since: '2026-01-01' });
    expect(spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  }
});

describe('for other programs', () => {
  test('.pre-commit-hooks.yaml names commands that exist, and files that the package has', async () => {
    const hooks = parse(readFileSync(join(projectRoot, '.pre-commit-hooks.yaml'), 'utf8')) as readonly { id: string; name: string; entry: string; language: string; pass_filenames: boolean; stages: readonly string[] }[];
    expect(hooks.map(({ id }) => id)).toEqual(['tickguard', 'tickguard-history']);
    const repo = repositoryWith({ 'a.py': 'x = 1\n' });
    for (const { entry, language, pass_filenames: passes } of hooks) {
      const [program, ...args] = entry.split(' ');
      expect([program, language, passes]).toEqual(['tickguard', 'node', false]);
      expect((await cli(args, { cwd: repo.root })).code, entry).toBe(0);
    }
  });

  test('the steps of the action run as written, with inputs that are no commands', () => {
    const action = parse(readFileSync(join(projectRoot, 'action.yml'), 'utf8')) as {
      inputs: Record<string, { default: string }>; runs: { using: string; steps: readonly { shell: string; run: string; env: Record<string, string> }[] };
    };
    const [step] = action.runs.steps;
    expect(action.runs.using).toBe('composite');
    expect(step?.run).not.toContain('${{');
    const repo = repositoryWith({ 'a.py': line(1) });
    const tools = folderWith({ 'npx': `#!/bin/sh\n[ "$1" = --yes ] && [ "$2" = tickguard@latest ] || exit 9\nshift 2\nexec '${process.execPath}' '${cliBundle}' "$@"\n` });
    chmodSync(join(tools, 'npx'), 0o755);
    const runWith = (inputs: Readonly<Record<string, string>>) => {
      const env = Object.fromEntries(Object.entries(step?.env ?? {}).map(([name, value]) => {
        const input = /\$\{\{ inputs\.([a-z-]+) \}\}/.exec(value)?.[1] ?? '';
        expect(Object.keys(action.inputs)).toContain(input);
        return [name, inputs[input] ?? action.inputs[input]?.default ?? ''];
      }));
      const output = join(tools, 'output');
      writeFileSync(output, '');
      const run = spawnSync('bash', ['-eo', 'pipefail', '-c', step?.run ?? ''], { cwd: repo.root, encoding: 'utf8', env: { ...process.env, ...env, PATH: `${tools}:${process.env['PATH'] ?? ''}`, GITHUB_OUTPUT: output, GITHUB_ACTIONS: 'true' } });
      return { ...run, report: readFileSync(output, 'utf8') };
    };
    expect(runWith({})).toMatchObject({ status: 1, stdout: expect.stringMatching(/^::error file=a\.py,line=1/) as unknown as string });
    expect(runWith({ command: 'history' })).toMatchObject({ status: 1, stdout: expect.stringMatching(/^::error file=a\.py,line=1.*in the history since/) as unknown as string });
    expect(runWith({ format: 'sarif', output: 'out $(touch x).sarif' })).toMatchObject({ status: 1, report: 'report=out $(touch x).sarif\n' });
    expect((JSON.parse(readFileSync(join(repo.root, 'out $(touch x).sarif'), 'utf8')) as { version: string }).version).toBe('2.1.0');
    expect(runWith({ command: 'check; touch y' })).toMatchObject({ status: 2 });
    expect(runWith({ arguments: '--only\nAPX004' }).status).toBe(0);
    expect(readdirSync(repo.root).filter((name) => name === 'x' || name === 'y')).toEqual([]);
  });
});
