/** A project's files as git is about to commit them: partial staging counts, the working copy does not. */
import { join, posix } from 'node:path';
import type { SkippedFile } from '../findings/result.ts';
import { textOf } from '../source/text.ts';
import { BlobReader } from './blobs.ts';
import { CONFIG_FILE } from './config-file.ts';
import { PACK_SUFFIX } from './own-pack.ts';
import type { Content, Contents } from './contents.ts';
import type { DiscoveredFile, Discovery } from './discovery.ts';
import { fileRole, NESTED } from './discovery.ts';
import { binaryByName, MAX_FILE_BYTES, tooLarge } from './entries.ts';
import { isExcludedName } from './folders.ts';
import { runGit, SAFE } from './git.ts';
import type { GitIndex, IndexEntry } from './git-index.ts';
import { globMatcher } from './globs.ts';
import { BASELINE } from './state.ts';

/** Opens the index as a source of files; reads every `tickguard.json` and the baseline at once. */
export async function indexContents(root: string, index: GitIndex): Promise<Contents> {
  const blobs = new BlobReader(index.git, SAFE, root, index.env);
  const policies = await readPolicies(index.entries, blobs);
  /** What `fetch` brought: content, or the size of one too large to be brought. */
  let fetched = new Map<string, Buffer | number>();
  return {
    onDisk: false,
    policy: (path) => policies.get(path),
    discover: (_paths, exclude) => Promise.resolve(filesOf(root, index.entries, exclude)),
    async fetch(files) {
      const ids = new Set(files.flatMap(({ blob }) => blob ?? []));
      const large = await largeBlobs(root, index, ids);
      fetched = new Map<string, Buffer | number>([...large, ...await blobs.read([...ids].filter((id) => !large.has(id)))]);
    },
    read: (file) => contentOf(file, fetched.get(file.blob ?? '')),
    identify: ({ blob }) => blob,
    dispose() { blobs.close(); },
  };
}

function contentOf({ blob }: DiscoveredFile, found: Buffer | number | undefined): Content {
  if (blob === undefined || found === undefined) { throw Object.assign(new Error('missing'), { code: 'git has no such object' }); }
  return { blob, decoded: typeof found === 'number' ? { ok: false, reason: tooLarge(found) } : textOf(found) };
}

/** Sizes of contents over the limit, by id. */
async function largeBlobs(root: string, index: GitIndex, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
  const asked = await runGit(index.git, [...SAFE, 'cat-file', '--batch-check=%(objectname) %(objectsize)'], root, { env: index.env, input: [...ids, ''].join('\n') });
  const large = new Map<string, number>();
  for (const line of asked.out.toString('latin1').split('\n')) {
    const [id = '', size] = line.split(' ');
    if (Number(size) > MAX_FILE_BYTES) { large.set(id, Number(size)); }
  }
  return large;
}

/** A file that steers the check: `tickguard.json`, the baseline, a pack of the desk's own. */
export function isPolicy(path: string): boolean {
  return path === BASELINE || posix.basename(path) === CONFIG_FILE || path.endsWith(PACK_SUFFIX);
}

async function readPolicies(entries: readonly IndexEntry[], blobs: BlobReader): Promise<ReadonlyMap<string, string>> {
  const named = entries.filter(({ path, kind }) => kind !== 'submodule' && isPolicy(path));
  if (named.length === 0) { return new Map(); }
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const texts = await blobs.read(named.map(({ blob }) => blob));
  // A link is followed once, to a file that is committed as well.
  const targets = new Map(named.map((entry): [string, string | undefined] => {
    const target = byPath.get(posix.join(posix.dirname(entry.path), texts.get(entry.blob)?.toString('utf8') ?? ''));
    return [entry.path, entry.kind === 'file' ? entry.blob : target?.kind === 'file' ? target.blob : undefined];
  }));
  const linked = await blobs.read([...targets.values()].flatMap((id) => (id === undefined || texts.has(id) ? [] : [id])));
  return new Map([...targets].flatMap(([path, id]): [string, string][] => {
    const bytes = id === undefined ? undefined : texts.get(id) ?? linked.get(id);
    return bytes === undefined ? [] : [[path, bytes.toString('utf8')]];
  }));
}

/** The files to check, as `discover` would choose among tracked ones. */
function filesOf(root: string, entries: readonly IndexEntry[], exclude: readonly string[]): Discovery {
  const leftOut = folderFilter(entries, exclude);
  const excluded = globMatcher(exclude);
  const files: DiscoveredFile[] = [];
  const skipped: SkippedFile[] = [];
  for (const { path, kind, blob } of entries) {
    if (leftOut(posix.dirname(path)) || excluded(path)) { continue; }
    const reason = kind === 'submodule' ? NESTED
      : kind === 'link' ? 'A symbolic link: not followed in the index. Its target is checked under its own name.' : binaryByName(path);
    if (reason === undefined) { files.push({ path, absolute: join(root, path), bytes: 0, tracked: true, role: fileRole(path), blob }); } else { skipped.push({ file: path, reason, incomplete: false }); }
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, skipped, missing: [], git: 'listed' };
}

/** Whether a folder, or one above it, is left out: by its name, by the user's globs, or as a Python environment. */
function folderFilter(entries: readonly IndexEntry[], exclude: readonly string[]): (folder: string) => boolean {
  const excluded = globMatcher(exclude);
  const environments = new Set(entries.flatMap(({ path }) => (/(?:^|\/)pyvenv\.cfg$/.test(path) ? [posix.dirname(path)] : /(?:^|\/)conda-meta\/[^/]*$/.test(path) ? [posix.dirname(posix.dirname(path))] : [])));
  const known = new Map<string, boolean>([['.', false], ['', false]]);
  return (folder) => {
    // From the nearest folder that is known downwards: paths may be deep.
    const open: string[] = [];
    let at = folder;
    while (!known.has(at)) { open.push(at); at = posix.dirname(at); }
    let answer = known.get(at) === true;
    for (const one of open.reverse()) {
      answer ||= isExcludedName(posix.basename(one)) || excluded(one) || environments.has(one);
      known.set(one, answer);
    }
    return answer;
  };
}
