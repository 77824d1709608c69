/** The repository whose history is read: where it lies, what kind it is, and how git is called in it. */
import { realpathSync } from 'node:fs';
import { devNull } from 'node:os';
import type { Outcome } from '../../../core/outcome.ts';
import { MAX_FILE_BYTES } from '../../../core/workspace/entries.ts';
import { failure, findGit, gitEnvironment, type GitRun, runGit, SAFE } from '../../../core/workspace/git.ts';

export interface Repository {
  /** Absolute path of the git program. */
  readonly git: string;
  /** Top folder of the working tree; of a bare repository its own folder. */
  readonly root: string;
  /** Folder of the repository itself, of all working trees together. */
  readonly home: string;
  readonly bare: boolean;
  /** History before some commits was not fetched. */
  readonly shallow: boolean;
  /** Commit that is checked out; undefined where there is none yet. */
  readonly head: string | undefined;
  /** Id of the tree without entries, in the repository's own hash. */
  readonly emptyTree: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Ids of the empty tree: SHA-1 and SHA-256 of `tree 0\0`. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const EMPTY_TREE_256 = '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321';

/** Blobs above this are not compared, but listed as binary: git's own measure is 512 MB, and such a line would have to be kept in memory. */
const LARGE = MAX_FILE_BYTES;

/** What comes before every command of git: nothing that the repository names is started, nothing is written, no large blob compared. */
export const HISTORY_SAFE: readonly string[] = [...SAFE, '--no-pager', '-c', `core.bigFileThreshold=${LARGE}`, '-c', 'core.quotePath=true'];

/**
 * The environment of git here. No object is fetched: in a partial clone a missing one would start the transport that the
 * repository's own configuration names. History is read as it was committed: replacement objects are reached by their own
 * references, and grafts would hide commits.
 */
export function historyEnvironment(): NodeJS.ProcessEnv {
  const { GIT_EXTERNAL_DIFF: _program, ...env } = gitEnvironment();
  return { ...env, GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none', GIT_NO_REPLACE_OBJECTS: '1', GIT_GRAFT_FILE: devNull };
}

/**
 * Opens the repository that a folder lies in. Errors, one sentence each: no git, no repository, one that git refuses or
 * cannot read.
 * @param git the program, for tests; undefined is a machine without git.
 */
export async function openRepository(folder: string, options: { readonly signal?: AbortSignal; readonly git?: string | undefined } = {}): Promise<Outcome<Repository>> {
  const git = 'git' in options ? options.git : findGit();
  if (git === undefined) { return { ok: false, error: 'git is not installed, or not on the PATH, and history is read by it. Install git.' }; }
  const env = historyEnvironment();
  const ask = (...args: readonly string[]): Promise<GitRun> => runGit(git, [...HISTORY_SAFE, ...args], folder, { env, ...(options.signal === undefined ? {} : { signal: options.signal }) });
  const [place, head, top] = await Promise.all([
    ask('rev-parse', '--is-bare-repository', '--is-shallow-repository', '--show-object-format', '--path-format=absolute', '--git-common-dir'),
    ask('rev-parse', '--verify', '--quiet', 'HEAD^{commit}'),
    // Fails in a bare one.
    ask('rev-parse', '--show-toplevel'),
  ]);
  if (place.code !== 0) { return { ok: false, error: refusal(place, folder) }; }
  const [bare, shallow, format, home = ''] = lines(place.out);
  const worked = bare !== 'true' && top.code === 0;
  const root = worked ? lines(top.out)[0] ?? '' : home;
  return {
    ok: true,
    value: {
      git, env, root: realpathSync(root), home: realpathSync(home), bare: !worked, shallow: shallow === 'true',
      head: head.code === 0 ? lines(head.out)[0] : undefined,
      emptyTree: format === 'sha256' ? EMPTY_TREE_256 : EMPTY_TREE,
    },
  };
}

/** Runs git in the repository, with nothing of it started. */
export function ask(repository: Repository, args: readonly string[], options: { readonly input?: string; readonly signal?: AbortSignal; readonly env?: NodeJS.ProcessEnv } = {}): Promise<GitRun> {
  return runGit(repository.git, [...HISTORY_SAFE, ...args], repository.root, { env: repository.env, ...options });
}

/** Lines of an answer, without the last line break. */
export function lines(out: Buffer): readonly string[] {
  const text = out.toString('utf8').replace(/\r?\n$/, '');
  return text === '' ? [] : text.split(/\r?\n/);
}

function refusal(run: GitRun, folder: string): string {
  const { state, detail } = failure(run);
  if (state === 'none') { return `${folder} is not in a git repository, so it has no history. Run it in a repository.`; }
  if (state === 'refused') { return `git refuses the repository of ${folder} because it belongs to another user. Run: git config --global --add safe.directory ${folder}`; }
  return `git cannot read the repository of ${folder} (${detail}). Mend it: git fsck`;
}
