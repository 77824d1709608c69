/** What git is about to commit: the entries of its index, and which of them differ from the last commit. */
import { existsSync, realpathSync } from 'node:fs';
import type { Outcome } from '../outcome.ts';
import { failure, findGit, gitEnvironment, type GitRun, runGit, SAFE } from './git.ts';
import { absolutePath, isWithin } from './paths.ts';

/** An entry of the index, or of a commit; paths are relative to the folder that was asked about, with `/`. */
export interface IndexEntry {
  readonly path: string;
  readonly kind: 'file' | 'link' | 'submodule';
  /** Id of the content. */
  readonly blob: string;
}

export interface GitIndex {
  readonly entries: readonly IndexEntry[];
  /** Paths of entries that the next commit would add or change. */
  readonly staged: ReadonlySet<string>;
  /** How to ask git more about the same index. */
  readonly git: string;
  readonly env: NodeJS.ProcessEnv;
}

const DIFF = ['diff', '--cached', '--raw', '-z', '--no-renames', '--no-abbrev', '--no-ext-diff', '--no-textconv', '--no-color', '--relative', '--ignore-submodules=none'];

/**
 * Reads the index of the repository a folder lies in, as far as it lies in the folder. In a hook it is the index of the
 * commit that is being made (`git commit -a` and `git commit FILE` use one of their own).
 * Errors, one sentence each: no git, no repository, one that git refuses or cannot read, unresolved merge conflicts.
 * @param git the program, for tests; undefined is a machine without git.
 */
export async function readIndex(folder: string, options: { readonly cwd: string; readonly signal?: AbortSignal; readonly git?: string | undefined }): Promise<Outcome<GitIndex>> {
  const git = 'git' in options ? options.git : findGit();
  if (git === undefined) { return { ok: false, error: 'git is not installed, or not on the PATH, and --staged reads its index. Install it, or check without --staged.' }; }
  const env = { ...gitEnvironment(), GIT_NO_LAZY_FETCH: '1' };
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  const own = await ownIndex(git, folder, env, options.cwd);
  const run = (args: readonly string[]): Promise<GitRun> => runGit(git, [...SAFE, ...args], folder, { env: own, ...signal });
  const runs = await Promise.all([
    run(['ls-files', '--stage', '-z']),
    run([...DIFF, '--ita-invisible-in-index']),
    run([...DIFF, '--ita-visible-in-index', '--diff-filter=A']),
  ]);
  const failed = runs.find((one) => one.code !== 0);
  if (failed !== undefined) { return { ok: false, error: refusal(failed, folder) }; }
  const [listed, changed, added] = runs.map((one) => one.out.toString('utf8')) as [string, string, string];
  const staged = changedPaths(changed);
  const announced = new Set([...changedPaths(added)].filter((path) => !staged.has(path)));
  const { entries, unmerged } = parseEntries(listed, announced);
  const [first] = unmerged;
  if (first !== undefined) {
    const more = unmerged.size > 1 ? ` (and ${unmerged.size - 1} more ${unmerged.size === 2 ? 'file' : 'files'})` : '';
    return { ok: false, error: `${first}${more} has unresolved merge conflicts in the index. Resolve them, "git add" the result, and check again.` };
  }
  return { ok: true, value: { entries, staged, git, env: own } };
}

/**
 * How to ask git about the index that `readIndex` would read, without reading it; undefined where it cannot be committed (a merge is not
 * finished) or not be read.
 */
export async function committableIndex(folder: string, options: { readonly cwd: string; readonly signal: AbortSignal; readonly git: string }): Promise<NodeJS.ProcessEnv | undefined> {
  const { git, signal, cwd } = options;
  const own = await ownIndex(git, folder, { ...gitEnvironment(), GIT_NO_LAZY_FETCH: '1' }, cwd);
  const run = await runGit(git, [...SAFE, 'ls-files', '--unmerged', '-z'], folder, { env: own, signal });
  return run.code === 0 && run.out.length === 0 ? own : undefined;
}

/** Inside a hook `GIT_INDEX_FILE` names the index of the commit; one of another repository is not ours. */
async function ownIndex(git: string, folder: string, env: NodeJS.ProcessEnv, cwd: string): Promise<NodeJS.ProcessEnv> {
  const named = process.env['GIT_INDEX_FILE'];
  if (named === undefined || named === '') { return env; }
  const path = absolutePath(cwd, named);
  const asked = await runGit(git, [...SAFE, 'rev-parse', '--absolute-git-dir'], folder, { env });
  const home = asked.out.toString('utf8').replace(/\r?\n$/, '');
  const real = existsSync(path) ? realpathSync(path) : path;
  return asked.code === 0 && existsSync(home) && isWithin(real, realpathSync(home)) ? { ...env, GIT_INDEX_FILE: real } : env;
}

function refusal(run: GitRun, folder: string): string {
  const { state, detail } = failure(run);
  if (state === 'none') { return `${folder} is not in a git repository, and --staged reads git's index. Run it in a repository, or check without --staged.`; }
  if (state === 'refused') { return `git refuses the repository of ${folder} because it belongs to another user. Run: git config --global --add safe.directory ${folder}`; }
  return `git cannot read its index in ${folder} (${detail}). Mend the repository, or check without --staged.`;
}

/** What a mode stands for; every other one is a file's. */
export const KINDS: Readonly<Record<string, IndexEntry['kind']>> = { 160000: 'submodule', 120000: 'link' };

/** `mode id stage\tpath` one after another, each ended by a zero byte. `announced` are paths of `git add -N`: not in the commit. */
function parseEntries(out: string, announced: ReadonlySet<string>): { readonly entries: readonly IndexEntry[]; readonly unmerged: ReadonlySet<string> } {
  const entries: IndexEntry[] = [];
  const unmerged = new Set<string>();
  for (const record of out.split('\0')) {
    const tab = record.indexOf('\t');
    if (tab < 0) { continue; }
    const [mode = '', blob = '', stage] = record.slice(0, tab).split(' ');
    const path = record.slice(tab + 1);
    if (stage !== '0') { unmerged.add(path); } else if (!announced.has(path)) { entries.push({ path, kind: KINDS[mode] ?? 'file', blob }); }
  }
  return { entries, unmerged };
}

/** Paths of a `--raw -z` diff that are in the index: `:… status`, zero byte, path, zero byte. */
function changedPaths(out: string): Set<string> {
  const paths = new Set<string>();
  const records = out.split('\0');
  for (let i = 0; i + 1 < records.length; i += 2) {
    const path = records[i + 1];
    if (path !== undefined && !(records[i] ?? '').endsWith(' D')) { paths.add(path); }
  }
  return paths;
}
