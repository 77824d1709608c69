import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { writeFileAtomic } from '../../../src/core/storage/atomic-file.ts';
import { baselinePath, budgetsPath, ensureState, statePath } from '../../../src/core/workspace/state.ts';

const root = mkdtempSync(join(tmpdir(), 'tickguard-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let next = 0;
const fresh = (): string => {
  const folder = join(root, `f${(next += 1)}`);
  mkdirSync(folder);
  return folder;
};

describe('writeFileAtomic', () => {
  test('writes text and bytes, new and over old, and leaves nothing beside it', async () => {
    const folder = fresh();
    const file = join(folder, 'a.json');
    await writeFileAtomic(file, 'ä');
    expect(readFileSync(file, 'utf8')).toBe('ä');
    await writeFileAtomic(file, new Uint8Array([1, 2]));
    expect([...readFileSync(file)]).toEqual([1, 2]);
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  test('keeps the permissions of the old file and goes through a link', async () => {
    const folder = fresh();
    const file = join(folder, 'real');
    writeFileSync(file, 'old');
    chmodSync(file, 0o640);
    symlinkSync('real', join(folder, 'link'));
    await writeFileAtomic(join(folder, 'link'), 'new');
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777, readlinkSync(join(folder, 'link'))]).toEqual(['new', 0o640, 'real']);
  });

  test.skipIf(process.platform === 'win32')('a pipe is written to, and stays one', async () => {
    const folder = fresh();
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const [read] = await Promise.all([readFile(path, 'utf8'), writeFileAtomic(path, 'two\nlines\n')]);
    expect(read).toBe('two\nlines\n');
    expect(lstatSync(path).isFIFO()).toBe(true);
    expect(readdirSync(folder)).toEqual(['pipe']);
  });

  test('a failure throws with its code, keeps the old and cleans up', async () => {
    const folder = fresh();
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'taken', 'x'), '');
    await expect(writeFileAtomic(join(folder, 'taken'), 'new')).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(writeFileAtomic(join(folder, 'no', 'a'), 'new')).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(folder)).toEqual(['taken']);
    await writeFileAtomic(join(folder, 'no', 'a'), 'new', { folders: true });
    expect(readFileSync(join(folder, 'no', 'a'), 'utf8')).toBe('new');
  });

  test('readers see the old or the new, never a part, while many write', async () => {
    const file = join(fresh(), 'a');
    const texts = Array.from({ length: 30 }, (_, i) => String(i % 10).repeat(50_000));
    await writeFileAtomic(file, texts[0] ?? '');
    const writing = Promise.all(texts.map((text) => writeFileAtomic(file, text)));
    const seen = new Set<string>();
    let done = false;
    void writing.then(() => { done = true; });
    while (!done) {
      seen.add(readFileSync(file, 'utf8'));
      await new Promise((turn) => setImmediate(turn));
    }
    expect([...seen].every((text) => texts.includes(text))).toBe(true);
  });
});

describe('the state folder', () => {
  test('ignores everything in it but what is meant to be committed', async () => {
    const folder = fresh();
    execFileSync('git', ['init', '-q'], { cwd: folder });
    expect(await ensureState(folder)).toBe(join(folder, '.tickguard'));
    mkdirSync(statePath(folder, 'cache'));
    for (const file of [baselinePath(folder), budgetsPath(folder), statePath(folder, 'cache', 'x'), statePath(folder, 'other.json')]) writeFileSync(file, '{}');
    const listed = execFileSync('git', ['ls-files', '-o', '--exclude-standard'], { cwd: folder, encoding: 'utf8' }).trim().split('\n');
    expect(listed).toEqual(['.tickguard/.gitignore', '.tickguard/baseline.json', '.tickguard/budgets.json']);
  });

  test('an ignore file that is there is left alone', async () => {
    const folder = fresh();
    mkdirSync(statePath(folder));
    writeFileSync(statePath(folder, '.gitignore'), 'mine');
    await Promise.all([ensureState(folder), ensureState(folder)]);
    expect(readFileSync(statePath(folder, '.gitignore'), 'utf8')).toBe('mine');
    const both = fresh();
    await Promise.all(Array.from({ length: 10 }, () => ensureState(both)));
    expect(existsSync(statePath(both, '.gitignore'))).toBe(true);
  });

  test('a root that cannot hold it throws the system\'s error', async () => {
    const folder = fresh();
    writeFileSync(statePath(folder), 'a file');
    await expect(ensureState(folder)).rejects.toMatchObject({ code: 'EEXIST' });
  });
});
