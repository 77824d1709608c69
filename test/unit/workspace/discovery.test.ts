import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import { discover, fileRole, trackedFiles } from '../../../src/core/workspace/discovery.ts';
import type { Discovery } from '../../../src/core/workspace/discovery.ts';
import { findGit, gitFiles } from '../../../src/core/workspace/git.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files; a key that ends in `/` is an empty folder. */
function folder(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'tickguard-')));
  folders.push(root);
  write(root, files);
  return root;
}

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const absolute = join(root, path);
    mkdirSync(path.endsWith('/') ? absolute : dirname(absolute), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(absolute, text);
  }
}

function git(root: string, ...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: root, stdio: 'ignore' });
}

/** A git repository in which everything given is committed, ignored or not. */
function repository(files: Readonly<Record<string, string>>): string {
  const root = folder(files);
  git(root, 'init', '-q');
  git(root, 'add', '-f', '.');
  git(root, 'commit', '-qm', 'first');
  return root;
}

const paths = (found: Discovery): string[] => found.files.map((file) => file.path);
const reasons = (found: Discovery): Record<string, string> => Object.fromEntries(found.skipped.map((skip) => [skip.file, skip.reason]));
const none = { exclude: [] };

describe('in a git repository', () => {
  test('tracked files and untracked ones that are not ignored; ignored ones not, unless tracked', async () => {
    const root = repository({ '.gitignore': '*.log\n.env\n', 'a.py': '', 'kept.log': '', '.env': 'A=1', 'deep/b.yaml': '' });
    write(root, { 'new.py': '', 'other.log': '', 'deep/new.log': '' });
    const found = await discover(root, [], none);
    expect(found.files.map((file) => [file.path, file.tracked])).toEqual([
      ['.env', true], ['.gitignore', true], ['a.py', true], ['deep/b.yaml', true], ['kept.log', true], ['new.py', false],
    ]);
    expect(found).toMatchObject({ skipped: [], missing: [], git: 'listed' });
    expect(found.files[2]).toEqual({ path: 'a.py', absolute: join(root, 'a.py'), bytes: 0, tracked: true, role: 'code', stamp: { size: 0, mtimeMs: expect.any(Number) as number, ctimeMs: expect.any(Number) as number, ino: expect.any(Number) as number } });
  });

  test('names with spaces, line breaks, brackets and quotes', async () => {
    const names = ['a b.py', 'new\nline.py', '[x].py', '"q".py', 'ä.py', '*.py', '-o.py'];
    const root = repository(Object.fromEntries(names.map((name) => [name, ''])));
    expect(paths(await discover(root, [], none))).toEqual([...names].sort());
    expect(paths(await discover(root, ['[x].py', '*.py', '-o.py'], none))).toEqual(['*.py', '-o.py', '[x].py']);
  });

  test('a folder below the repository\'s top is a root like any other', async () => {
    const root = repository({ 'bots/a.py': '', 'bots/sub/b.py': '', 'other.py': '' });
    expect(paths(await discover(join(root, 'bots'), [], none))).toEqual(['a.py', 'sub/b.py']);
    expect(paths(await discover(root, ['bots/sub'], none))).toEqual(['bots/sub/b.py']);
  });

  test('a file that was deleted but is still tracked is passed over', async () => {
    const root = repository({ 'a.py': '', 'gone.py': '' });
    rmSync(join(root, 'gone.py'));
    expect(await discover(root, [], none)).toMatchObject({ files: [{ path: 'a.py' }], skipped: [] });
  });

  test('nested repositories and submodules are skipped, each said once', async () => {
    const root = repository({ 'a.py': '' });
    const other = repository({ 'x.py': '' });
    write(root, { 'bare/y.py': '', 'node_modules/dep/z.py': '' });
    git(join(root, 'bare'), 'init', '-q');
    git(join(root, 'node_modules/dep'), 'init', '-q');
    git(root, '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', other, 'module');
    const found = await discover(root, [], none);
    expect(paths(found)).toEqual(['.gitmodules', 'a.py']);
    expect(found.skipped).toEqual(['bare', 'module'].map((file) => ({ file, reason: 'A git repository of its own: not checked from here. Check it by its own name.', incomplete: false })));
    expect((await discover(root, ['module'], none)).files.map((file) => [file.path, file.tracked])).toEqual([['module/x.py', true]]);
    expect(paths(await discover(root, ['bare'], none))).toEqual(['bare/y.py']);
  });

  test('a hostile repository starts no program', async () => {
    const root = repository({ 'a.py': '' });
    git(root, 'config', 'core.fsmonitor', `touch ${join(root, 'pwned')}; false`);
    expect(paths(await discover(root, [], none))).toEqual(['a.py']);
  });

  test('the answer does not hang on the repository of a hook that runs us', async () => {
    const root = repository({ 'a.py': '' });
    const other = repository({ 'other.py': '' });
    process.env['GIT_DIR'] = join(other, '.git');
    process.env['GIT_INDEX_FILE'] = join(other, '.git/index');
    try {
      expect((await discover(root, [], none)).files.map((file) => [file.path, file.tracked])).toEqual([['a.py', true]]);
    } finally {
      delete process.env['GIT_DIR'];
      delete process.env['GIT_INDEX_FILE'];
    }
  });

  test('what is named is checked even if it is ignored or excluded', async () => {
    const root = repository({ '.gitignore': 'ignored/\nsecret.py\n', 'a.py': '' });
    write(root, { 'ignored/b.py': '', 'secret.py': '', 'node_modules/m/c.js': '', 'data/d.py': '' });
    expect(paths(await discover(root, ['secret.py', 'ignored', 'node_modules/m'], none))).toEqual(['ignored/b.py', 'node_modules/m/c.js', 'secret.py']);
    expect(paths(await discover(root, ['data'], { exclude: ['data/**'] }))).toEqual(['data/d.py']);
    expect((await discover(root, ['secret.py'], none)).files[0]?.tracked).toBe(false);
    expect(paths(await discover(root, [], { exclude: ['data'] }))).toEqual(['.gitignore', 'a.py']);
  });

  test('what is not named but changed is taken only if a whole check would take it', async () => {
    const root = repository({ '.gitignore': 'ignored/\n', 'a.py': '' });
    write(root, { 'ignored/b.py': '', 'new.py': '', 'node_modules/c.js': '', 'data/d.py': '' });
    const changed = ['a.py', 'new.py', 'ignored/b.py', 'node_modules/c.js', 'data/d.py', 'gone.py'];
    const found = await discover(root, changed, { exclude: ['data/**'], named: false });
    expect(paths(found)).toEqual(['a.py', 'new.py']);
    expect(found).toMatchObject({ skipped: [], missing: [] });
  });

  test('an abort ends it with the signal\'s reason', async () => {
    const root = repository({ 'a.py': '' });
    await expect(discover(root, [], { ...none, signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped');
  });

  test('trackedFiles', async () => {
    const root = repository({ 'a.py': '' });
    write(root, { 'b.py': '' });
    expect(await trackedFiles(root)).toEqual(new Set(['a.py']));
    expect(await trackedFiles(folder({ 'a.py': '' }))).toBeUndefined();
  });
});

describe('without git', () => {
  const files = { '.gitignore': '*.log\n/top\nsub/*\n!sub/keep.py\n', 'a.py': '', 'x.log': '', 'top/t.py': '', 'deep/top/t.py': '', 'sub/no.py': '', 'sub/keep.py': '', 'deep/.gitignore': '!y.log\n', 'deep/y.log': '', 'deep/z.log.py': '' };
  const expected = ['.gitignore', 'a.py', 'deep/.gitignore', 'deep/top/t.py', 'deep/y.log', 'deep/z.log.py', 'sub/keep.py'];

  test('the walk honours .gitignore files as git does', async () => {
    const root = folder(files);
    const walked = await discover(root, [], none);
    expect(paths(walked)).toEqual(expected);
    expect(walked.files.every((file) => file.tracked === undefined)).toBe(true);
    git(root, 'init', '-q');
    expect(paths(await discover(root, [], none))).toEqual(expected);
  });

  test('a machine without git, a broken repository and a foreign one are told and walked', async () => {
    const root = repository(files);
    const walked = [...expected, 'sub/no.py', 'top/t.py', 'x.log'].sort();
    const missing = await discover(root, [], { ...none, git: undefined });
    expect(paths(missing)).toEqual(expected);
    expect(reasons(missing)).toEqual({ '.git': 'git is not installed. Files are found without it; which are tracked is not known.' });
    expect(paths(await discover(root, [], none))).toEqual(walked);
    writeFileSync(join(root, '.git/index'), 'no index');
    const broken = await discover(root, [], none);
    expect(paths(broken)).toEqual(expected);
    expect(reasons(broken)['.git']).toMatch(/^git cannot read this repository \(.+\)\. Files are found without it; which are tracked is not known\.$/);
    expect(broken.skipped.every((skip) => !skip.incomplete)).toBe(true);
  });

  test.runIf(process.getuid?.() === 0)('a repository of another user', async () => {
    const root = repository({ 'a.py': '' });
    execFileSync('chown', ['-R', '65534', root]);
    const config = process.env['GIT_CONFIG_GLOBAL'];
    process.env['GIT_CONFIG_GLOBAL'] = '/dev/null';
    try {
      const found = await discover(root, [], none);
      expect(paths(found)).toEqual(['a.py']);
      expect(found.git).toBe('refused');
      expect(reasons(found)['.git']).toBe(`git refuses this repository because it belongs to another user. Files are found without it; which are tracked is not known. Run: git config --global --add safe.directory ${root}`);
    } finally {
      if (config === undefined) delete process.env['GIT_CONFIG_GLOBAL'];
      else process.env['GIT_CONFIG_GLOBAL'] = config;
    }
  });

  test('nested repositories are skipped', async () => {
    const root = folder({ 'a.py': '', 'repo/b.py': '' });
    git(join(root, 'repo'), 'init', '-q');
    const found = await discover(root, [], none);
    expect(paths(found)).toEqual(['a.py']);
    expect(Object.keys(reasons(found))).toEqual(['repo']);
  });

  test('changed files are judged by the ignore files on their way', async () => {
    const root = folder(files);
    const found = await discover(root, ['a.py', 'x.log', 'top/t.py', 'deep/y.log', 'sub/no.py', 'sub/keep.py'], { ...none, named: false });
    expect(paths(found)).toEqual(['a.py', 'deep/y.log', 'sub/keep.py']);
  });

  test('an ignore file made to be slow is not', async () => {
    const root = folder({ '.gitignore': `${'*a'.repeat(30)}b\n`, [`${'a'.repeat(200)}.py`]: '' });
    const start = performance.now();
    expect((await discover(root, [], { ...none, git: undefined })).files).toHaveLength(2);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('default folders', () => {
  test('what tools install, build and cache is left out, environments whatever their name', async () => {
    const left = ['node_modules/a.js', '.venv/a.py', 'venv/a.py', 'myenv/a.py', 'conda/a.py', 'x/site-packages/a.py', 'dist/a.js', 'build/a.py', '.tickguard/a.json', '__pycache__/a.py', 'vendor/a.py', 'pkg.egg-info/a.txt', 'deep/er/node_modules/a.js'];
    const kept = ['a.py', 'builder/a.py', 'env/a.py', 'x/distance.py'];
    const root = repository(Object.fromEntries([...left, ...kept, 'myenv/pyvenv.cfg', 'conda/conda-meta/history'].map((path) => [path, ''])));
    expect(paths(await discover(root, [], none))).toEqual([...kept].sort());
    rmSync(join(root, '.git'), { recursive: true });
    expect(paths(await discover(root, [], none))).toEqual([...kept].sort());
  });

  test('roles', () => {
    const roles: Record<string, readonly string[]> = {
      code: ['a.py', 'backtest/a.py', 'backtests/run_backtest.py', 'strategies/latest.py', 'contest/a.py', 'src/testnet.py', 'examples/a.py', 'goldenrod/a.py', 'config.py', 'external/binance.py', 'MQL5/Include/Trade/MyTrade.mqh', 'MQL5/Include/Risk.mqh', 'Experts/Trade/Trade.mq5', 'reports/presets/gold.set', 'reports/limits.yaml', 'results/a.py', 'MQL5/Presets/gold.set'],
      test: ['tests/a.py', 'test/a.yaml', 'src/__tests__/a.ts', 'test_a.py', 'src/a_test.py', 'conftest.py', 'a.spec.ts', 'a.test.mjs', 'Tests/a.py', 'fixtures/x.json', 'MQL5/Profiles/Tester/gold.set'],
      vendored: ['node_modules/x/test/a.js', 'third_party/a.py', 'x/site-packages/a.py', 'src/_vendor/a.py', 'MQL5/Include/Trade/Trade.mqh', 'Include/Math/Alglib/alglib.mqh', 'x/include/Controls/Dialog.mqh', 'Include/Expert/Signal/SignalMACD.mqh'],
      archived: ['archive/a.py', '_old/a.py', 'src/deprecated/a.py', 'backup_2024/a.py', 'strategy.py.bak', 'a.py~', 'backups/test_a.py', 'reports/research/run-1/params.json', 'results/best.json', 'x/Report/a.htm'],
    };
    for (const [role, files] of Object.entries(roles)) expect(Object.fromEntries(files.map((file) => [file, fileRole(file)]))).toEqual(Object.fromEntries(files.map((file) => [file, role])));
  });
});

describe('what cannot be checked', () => {
  for (const kind of ['with git', 'without git'] as const) {
    test(`links, pipes, sockets, binaries and huge files, ${kind}`, async () => {
      const root = folder({ 'real/a.py': 'a', 'config/live.env': 'A=1', 'model.onnx': '', 'ticks.csv': '' });
      const outside = folder({ 'o.py': '' });
      truncateSync(join(root, 'ticks.csv'), 50 * 1024 * 1024);
      symlinkSync('..', join(root, 'real/loop'));
      symlinkSync('selfish', join(root, 'selfish'));
      symlinkSync(outside, join(root, 'out'));
      symlinkSync(join(outside, 'o.py'), join(root, 'out.py'));
      symlinkSync('nowhere', join(root, 'broken'));
      symlinkSync('real', join(root, 'again'));
      symlinkSync('real/a.py', join(root, 'again.py'));
      execFileSync('mkfifo', [join(root, 'pipe')]);
      const server = createServer();
      await new Promise<void>((done) => { server.listen(join(root, 'socket'), done); });
      if (kind === 'with git') {
        git(root, 'init', '-q');
        git(root, 'add', '-f', 'model.onnx', 'real', 'out', 'out.py', 'selfish', 'broken', 'again', 'again.py', 'ticks.csv');
      }
      const found = await discover(root, [], none);
      server.close();
      expect(paths(found)).toEqual(['config/live.env', 'real/a.py']);
      // git itself lists neither pipes nor sockets.
      const special = kind === 'with git' ? {} : { pipe: 'A named pipe, not a file: not read.', socket: 'A socket, not a file: not read.' };
      expect(reasons(found)).toEqual({
        ...special,
        broken: 'A symbolic link to something that does not exist: not followed. Mend or remove it.',
        'model.onnx': 'A binary file (.onnx): not checked.',
        out: 'A symbolic link out of the checked folder: not followed. Check its target by its own name.',
        'out.py': 'A symbolic link out of the checked folder: not followed. Check its target by its own name.',
        'real/loop': 'A symbolic link to a folder above it, a loop: not followed.',
        selfish: 'A symbolic link that leads back to itself: not followed. Remove it.',
        'ticks.csv': '50 MB, over the 10 MB that are checked: not read. Split it, or exclude it in tickguard.json.',
      });
      expect(found.skipped.every((skip) => !skip.incomplete)).toBe(true);
      const named = await discover(root, ['pipe', 'out.py', 'again', 'model.onnx'], none);
      expect(paths(named)).toEqual(['again/a.py', 'model.onnx', 'out.py']);
      expect(reasons(named)['pipe']).toBe('A named pipe, not a file: not read.');
    });
  }

  test('a link to a file that is left out is checked in its place', async () => {
    const root = repository({ '.gitignore': 'hidden/\n' });
    write(root, { 'hidden/live.env': 'A=1' });
    symlinkSync('hidden/live.env', join(root, '.env'));
    git(root, 'add', '.env');
    expect((await discover(root, [], none)).files.map((file) => [file.path, file.tracked, file.bytes])).toEqual([['.env', true, 3], ['.gitignore', true, 8]]);
  });

  test('missing paths and paths outside are said, and make the check incomplete', async () => {
    const root = repository({ 'a.py': '' });
    const found = await discover(root, ['a.py', 'b.py', '../x', 'a.py/b'], none);
    expect(paths(found)).toEqual(['a.py']);
    expect(found.missing).toEqual(['b.py', 'a.py/b']);
    expect(found.skipped).toEqual([
      { file: '../x', reason: 'It lies outside the checked folder. Check it from a folder that holds both.', incomplete: true },
      { file: 'a.py/b', reason: 'There is no such file or folder. Check the spelling.', incomplete: true },
      { file: 'b.py', reason: 'There is no such file or folder. Check the spelling.', incomplete: true },
    ]);
  });

  test('absolute paths, and a root reached through a link', async () => {
    const root = repository({ 'a.py': '', 'sub/b.py': '' });
    const link = join(folder({}), 'link');
    symlinkSync(root, link);
    for (const given of [[root], [link], [join(root, 'sub')], [join(link, 'sub', 'b.py')], ['./sub/../sub/']]) {
      const found = paths(await discover(link, given, none));
      expect(found).toEqual(given[0] === root || given[0] === link ? ['a.py', 'sub/b.py'] : ['sub/b.py']);
    }
  });

  for (const kind of ['with git', 'without git'] as const) {
    test(`a file and a folder without read permission make the check incomplete, ${kind}`, () => {
      const root = folder({ 'a.py': 'a', 'locked.py': 'a', 'closed/b.py': 'b' });
      if (kind === 'with git') git(root, 'init', '-q');
      const script = join(root, 'probe.mjs');
      const source = `import { discover } from ${JSON.stringify(join(import.meta.dirname, '../../../src/core/workspace/discovery.ts'))};
        const { files, skipped } = await discover(process.argv[2], [], { exclude: ['probe.mjs'] });
        console.log(JSON.stringify({ files: files.map((file) => file.path), skipped }));`;
      const built = buildSync({ stdin: { contents: source, resolveDir: import.meta.dirname }, bundle: true, write: false, platform: 'node', format: 'esm', banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } });
      writeFileSync(script, built.outputFiles[0]?.text ?? '');
      chmodSync(join(root, 'locked.py'), 0);
      chmodSync(join(root, 'closed'), 0);
      chmodSync(root, 0o755);
      // Root may read everything, so another user has to try; the repository then is not that user's own.
      const other = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
      const env = { ...process.env, HOME: root, GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' };
      const run = spawnSync(process.execPath, [script, root], { ...other, env, encoding: 'utf8' });
      chmodSync(join(root, 'closed'), 0o755);
      expect(run.stderr).toBe('');
      expect(JSON.parse(run.stdout)).toEqual({
        files: ['a.py'],
        skipped: [
          { file: 'closed', reason: 'No permission to read this folder. Grant read access or exclude it in tickguard.json.', incomplete: true },
          { file: 'locked.py', reason: 'No permission to read this file. Grant read access or exclude it in tickguard.json.', incomplete: true },
        ],
      });
    });
  }
});

describe('git itself', () => {
  test('is found on the PATH by absolute entries only', () => {
    const here = folder({ git: '#!/bin/sh\n' });
    chmodSync(join(here, 'git'), 0o755);
    expect(findGit(`relative:${here}`)).toBe(join(here, 'git'));
    expect(findGit('.:relative:')).toBeUndefined();
    expect(findGit(folder({ 'git/': '' }))).toBeUndefined();
  });

  test('a program that is not git is told', async () => {
    const root = folder({ 'git.sh': '#!/bin/sh\nexit 3\n' });
    chmodSync(join(root, 'git.sh'), 0o755);
    expect(await gitFiles(root, [], { git: join(root, 'git.sh') })).toEqual({ state: 'broken', detail: 'git ended with 3' });
    expect(await gitFiles(root, [], { git: join(root, 'none') })).toMatchObject({ state: 'broken' });
  });

  test('a thousand files are found within the event loop\'s patience', async () => {
    const root = repository(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`d${i % 20}/f${i}.py`, ''])));
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => { const now = performance.now(); longest = Math.max(longest, now - last); last = now; }, 1);
    expect((await discover(root, [], none)).files).toHaveLength(1000);
    clearInterval(timer);
    expect(longest).toBeLessThan(500);
  });
});
