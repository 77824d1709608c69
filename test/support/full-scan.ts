/** Every blob of a repository, read whole: the slow truth that the history's scan is held against. */
import { spawnSync } from 'node:child_process';
import { createEngine } from '../../src/engine.ts';
import { Judge } from '../../src/guardians/security/history/judge.ts';
import { ConfigSet } from '../../src/core/workspace/config-file.ts';
import { BlobReader } from '../../src/core/workspace/blobs.ts';
import { startParsers } from '../../src/core/workspace/parsers.ts';
import { textOf } from '../../src/core/source/text.ts';
import { binaryByName, MAX_FILE_BYTES } from '../../src/core/workspace/entries.ts';
import { canonical } from '../../src/guardians/security/history/secret-id.ts';

/** A secret's value, without line ends and quotes, and the paths it was found in. */
export type Found = ReadonlyMap<string, ReadonlySet<string>>;

/** Judges every file of every commit that any reference leads to, each content once a path. Silenced ones are left out. */
export async function fullScan(root: string, today: string, revisions: readonly string[] = ['--all']): Promise<Found> {
  const env = { ...process.env, GIT_NO_REPLACE_OBJECTS: '1' };
  const listed = spawnSync('git', ['log', '--raw', '-z', '-m', '--root', '--no-renames', '--no-abbrev', '--format=', ...revisions], { cwd: root, maxBuffer: 1 << 30, env }).stdout.toString('utf8');
  const fields = listed.split('\0');
  const files = new Map<string, { path: string; blob: string }>();
  for (let at = 0; at + 1 < fields.length; at += 1) {
    const [before, mode, , blob] = (fields[at] ?? '').trim().split(' ');
    if (before?.startsWith(':') !== true || blob === undefined) { continue; }
    const path = fields[at + 1] as string;
    if (mode !== '160000' && !/^0+$/.test(blob)) { files.set(`${blob} ${path}`, { path, blob }); }
    at += 1;
  }
  const blobs = new BlobReader('git', [], root, env);
  try {
    return await judgeAll([...files.values()], async (blob) => (await blobs.read([blob])).get(blob), today);
  } finally {
    blobs.close();
  }
}

async function judgeAll(files: readonly { readonly path: string; readonly blob: string }[], read: (blob: string) => Promise<Buffer | undefined>, today: string): Promise<Found> {
  const engine = createEngine();
  const rule = engine.rules.find(({ id }) => id === 'SEC001');
  const config = ConfigSet.load('', () => undefined, engine.rules, engine.packs);
  if (rule === undefined || !config.ok) { throw new Error('no rule'); }
  const judge = new Judge({ rule, known: engine.rules, config: config.value, asOf: today, syntax: await startParsers(undefined) });
  const found = new Map<string, Set<string>>();
  for (const { path, blob } of files) {
    if (binaryByName(path) !== undefined) { continue; }
    const bytes = await read(blob);
    const decoded = bytes === undefined || bytes.length > MAX_FILE_BYTES ? undefined : textOf(bytes);
    if (decoded?.ok !== true) { continue; }
    for (const hit of await judge.hits(path, decoded.source)) {
      if (hit.suppressed) { continue; }
      const value = canonical(hit.value);
      found.set(value, (found.get(value) ?? new Set()).add(path));
    }
  }
  return found;
}
