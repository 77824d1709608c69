/** Every blob of a repository, read whole: the slow truth that the history's scan is held against. */
import { spawnSync } from 'node:child_process';
import { createEngine } from '../../src/engine.ts';
import { Judge } from '../../src/guardians/security/history/judge.ts';
import { ConfigSet } from '../../src/core/workspace/config-file.ts';
import { startParsers } from '../../src/core/workspace/parsers.ts';
import { textOf } from '../../src/core/source/text.ts';
import { binaryByName, MAX_FILE_BYTES } from '../../src/core/workspace/entries.ts';
import { canonical } from '../../src/guardians/security/history/secret-id.ts';

/** A secret's value, without line ends and quotes, and the paths it was found in. */
export type Found = ReadonlyMap<string, ReadonlySet<string>>;

/** Judges every file of every commit that any reference leads to, each content once a path. Silenced ones are left out. */
export async function fullScan(root: string, today: string, revisions: readonly string[] = ['--all']): Promise<Found> {
  const git = (args: readonly string[], input?: string): Buffer => {
    const run = spawnSync('git', args, { cwd: root, maxBuffer: 1 << 30, ...(input === undefined ? {} : { input }), env: { ...process.env, GIT_NO_REPLACE_OBJECTS: '1' } });
    return run.stdout;
  };
  const commits = git(['rev-list', ...revisions]).toString().trim().split('\n').filter((id) => id !== '');
  const files = new Map<string, { path: string; blob: string }>();
  for (const commit of commits) {
    for (const record of git(['ls-tree', '-r', '-z', '--full-tree', commit]).toString('utf8').split('\0')) {
      const [head = '', path] = [record.slice(0, record.indexOf('\t')), record.slice(record.indexOf('\t') + 1)];
      const [, type, blob] = head.split(' ');
      if (type === 'blob' && blob !== undefined && path !== undefined) { files.set(`${blob} ${path}`, { path, blob }); }
    }
  }
  return await judgeAll([...files.values()], (blob) => git(['cat-file', 'blob', blob]), today);
}

async function judgeAll(files: readonly { readonly path: string; readonly blob: string }[], read: (blob: string) => Buffer, today: string): Promise<Found> {
  const engine = createEngine();
  const rule = engine.rules.find(({ id }) => id === 'SEC001');
  const config = ConfigSet.load('', () => undefined, engine.rules, engine.packs);
  if (rule === undefined || !config.ok) { throw new Error('no rule'); }
  const judge = new Judge({ rule, known: engine.rules, config: config.value, asOf: today, syntax: await startParsers(undefined) });
  const found = new Map<string, Set<string>>();
  for (const { path, blob } of files) {
    if (binaryByName(path) !== undefined) { continue; }
    const bytes = read(blob);
    const decoded = bytes.length > MAX_FILE_BYTES ? undefined : textOf(bytes);
    if (decoded?.ok !== true) { continue; }
    for (const hit of await judge.hits(path, decoded.source)) {
      if (hit.suppressed) { continue; }
      const value = canonical(hit.value);
      found.set(value, (found.get(value) ?? new Set()).add(path));
    }
  }
  return found;
}
