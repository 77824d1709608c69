/** An earlier revision of a project: what it held, and which of today's files differ from it. */
import type { Outcome } from '../outcome.ts';
import { failure, findGit, gitEnvironment, type GitRun, runGit, SAFE } from './git.ts';
import { type GitIndex, type IndexEntry, KINDS } from './git-index.ts';

/** The word that stands for the last tag before what is checked. */
export const LAST_RELEASE = 'release';

export interface GitRevision {
  /** As a person calls it: what was asked for, or the tag that was found. */
  readonly name: string;
  /** The tree of the commit, in the form `indexContents` reads; nothing of it is staged. */
  readonly tree: GitIndex;
  /** Today's path of each file that differs → its path then; a renamed file has two. New files are left out. */
  readonly changed: ReadonlyMap<string, string>;
}

export interface RevisionOptions {
  /** `main`, `v1.2.0`, `4be2f00`, `HEAD`, or `release`. */
  readonly revision: string;
  /** Compare with what is staged instead of the files on the disk: how to ask git about that index. */
  readonly staged?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** The program, for tests. */
  readonly git?: string | undefined;
}

/**
 * Reads a revision of the repository a folder lies in, as far as it lies in the folder. Of a branch it is the commit where today's work left it
 * (`git merge-base`), so that what others did since then is nobody's change here.
 * Errors, one sentence each: no git, no repository, no such revision, no tag.
 */
export async function readRevision(folder: string, options: RevisionOptions): Promise<Outcome<GitRevision>> {
  const git = 'git' in options ? options.git : findGit();
  if (git === undefined) { return { ok: false, error: 'git is not installed, or not on the PATH, and --base reads an earlier revision from it. Install it, or check without --base.' }; }
  const env = { ...(options.staged ?? gitEnvironment()), GIT_NO_LAZY_FETCH: '1' };
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  const run = (args: readonly string[]): Promise<GitRun> => runGit(git, [...SAFE, ...args], folder, { env, ...signal });
  const inside = options.staged === undefined ? await run(['rev-parse', '--is-inside-work-tree']) : undefined;
  if (inside !== undefined && inside.code !== 0) { return { ok: false, error: refusal(inside, folder) }; }
  const name = options.revision === LAST_RELEASE ? await lastTag(run) : options.revision;
  if (name === undefined) { return { ok: false, error: 'There is no tag before this revision, so there is no last release. Name a branch, a tag or a commit: --base main.' }; }
  const commit = await commitOf(run, name);
  if (commit === undefined) { return { ok: false, error: `git knows no revision ${name}. Name a branch, a tag or a commit that this clone has (a shallow clone has few).` }; }
  const [listed, differing] = await Promise.all([
    run(['ls-tree', '-r', '-z', commit]),
    run(['diff', '--raw', '-z', '--find-renames', '--no-abbrev', '--no-ext-diff', '--no-textconv', '--no-color', '--relative', '--ignore-submodules=all', ...(options.staged === undefined ? [] : ['--cached']), commit]),
  ]);
  const failed = [listed, differing].find((one) => one.code !== 0);
  if (failed !== undefined) { return { ok: false, error: refusal(failed, folder) }; }
  return { ok: true, value: { name: shownName(name), tree: { entries: parseTree(listed.out.toString('utf8')), staged: new Set(), git, env }, changed: parseChanges(differing.out.toString('utf8')) } };
}

/** Eight digits of a commit's id say which one; forty look like a secret. */
function shownName(name: string): string {
  return /^[0-9a-f]{9,64}$/i.test(name) ? name.slice(0, 8) : name;
}

/** The last tag on the way to HEAD; of a tagged HEAD, the one before. */
async function lastTag(run: (args: readonly string[]) => Promise<GitRun>): Promise<string | undefined> {
  const here = await run(['describe', '--tags', '--exact-match', 'HEAD']);
  const found = await run(['describe', '--tags', '--abbrev=0', here.code === 0 ? 'HEAD^' : 'HEAD']);
  const tag = found.out.toString('utf8').trim();
  return found.code === 0 && tag !== '' ? tag : undefined;
}

/** The commit of a revision, or where HEAD left it. */
async function commitOf(run: (args: readonly string[]) => Promise<GitRun>, name: string): Promise<string | undefined> {
  const found = await run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  const commit = found.out.toString('utf8').trim();
  if (found.code !== 0 || commit === '') { return undefined; }
  if (name === 'HEAD') { return commit; }
  const base = await run(['merge-base', commit, 'HEAD']);
  const left = base.out.toString('utf8').trim();
  return base.code === 0 && left !== '' ? left : commit;
}

function refusal(run: GitRun, folder: string): string {
  const { state, detail } = failure(run);
  if (state === 'none') { return `${folder} is not in a git repository, and --base reads an earlier revision from one. Run it in a repository, or check without --base.`; }
  if (state === 'refused') { return `git refuses the repository of ${folder} because it belongs to another user. Run: git config --global --add safe.directory ${folder}`; }
  return `git cannot read the earlier revision in ${folder} (${detail}). Mend the repository, or check without --base.`;
}

/** `mode type id\tpath` one after another, each ended by a zero byte. */
function parseTree(out: string): readonly IndexEntry[] {
  return out.split('\0').flatMap((record): readonly IndexEntry[] => {
    const tab = record.indexOf('\t');
    if (tab < 0) { return []; }
    const [mode = '', , blob = ''] = record.slice(0, tab).split(' ');
    return [{ path: record.slice(tab + 1), kind: KINDS[mode] ?? 'file', blob }];
  });
}

/** `:… status` and one path, or two of a rename or a copy, each ended by a zero byte. */
function parseChanges(out: string): ReadonlyMap<string, string> {
  const changed = new Map<string, string>();
  const records = out.split('\0');
  for (let i = 0; i + 1 < records.length;) {
    const status = (records[i] ?? '').split(' ').at(-1) ?? '';
    const [first = '', second = ''] = [records[i + 1], records[i + 2]];
    const two = status.startsWith('R') || status.startsWith('C');
    if (two) { changed.set(second, first); } else if (status.startsWith('M') || status.startsWith('T')) { changed.set(first, first); }
    i += two ? 3 : 2;
  }
  return changed;
}
