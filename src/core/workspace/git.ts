/**
 * What git knows of a folder. Git runs as a child process without a shell, with everything off that a hostile
 * repository's own configuration could make it start (`core.fsmonitor` names a program), and writes nothing.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { HERE, type PathRules, programNames } from './paths.ts';

/** A path as git has it, relative to the folder that was asked about, with `/`. A nested repository ends in `/`. */
export interface GitFile {
  readonly path: string;
  readonly tracked: boolean;
}

/**
 * Files of a folder that git tracks or would (not ignored); or why it does not say:
 * `none` (no repository), `missing` (git is not installed), `refused` (the repository belongs to another user), `broken`.
 */
export type GitListing =
  | { readonly state: 'listed'; readonly files: readonly GitFile[]; /** Folders git could not open. */ readonly unreadable: readonly string[] }
  | { readonly state: 'none' | 'missing' | 'refused' | 'broken'; readonly detail: string };

/** What a run of git gave. */
export interface GitRun {
  readonly code: number | null;
  readonly out: Buffer;
  readonly error: string;
}

/** Hooks set these for their own repository; another folder's answer must not hang on them. */
const INHERITED = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY', 'GIT_NAMESPACE'];
/** Options that keep git from starting what a hostile repository names, and from writing. */
export const SAFE = ['-c', 'core.fsmonitor=false', '-c', 'core.untrackedCache=false', '-c', 'core.hooksPath=', '--no-optional-locks', '--literal-pathspecs'];
const TIME_LIMIT_MS = 60_000;
/** More paths than this are not worth an argument each: the whole folder is listed. */
const MOST_PATHSPECS = 100;

/** Absolute path of the git program: the first on the PATH, relative entries of which are never used. */
export function findGit(path: string = process.env['PATH'] ?? process.env['Path'] ?? '', rules: PathRules = HERE): string | undefined {
  const { delimiter, isAbsolute, join } = rules.path;
  for (const folder of path.split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    for (const name of programNames('git', rules)) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        if (statSync(join(folder, name)).isFile()) return join(folder, name);
      } catch {
        // Not here.
      }
    }
  }
  return undefined;
}

/**
 * Lists the files of a folder by `git ls-files`: tracked ones (ignored or not) and untracked ones that no ignore file
 * names. `paths` limits it to files and folders, relative to the folder. `git` is the program, for tests.
 */
export async function gitFiles(
  folder: string, paths: readonly string[] = [], options: { readonly signal?: AbortSignal; readonly git?: string | undefined } = {},
): Promise<GitListing> {
  const git = 'git' in options ? options.git : findGit();
  if (git === undefined) return { state: 'missing', detail: 'git is not on the PATH' };
  const limits = paths.length <= MOST_PATHSPECS && !paths.includes('') ? paths : [];
  const args = [...SAFE, 'ls-files', '-z', '-t', '--cached', '--others', '--exclude-standard', '--', ...limits];
  const run = await runGit(git, args, folder, options.signal === undefined ? {} : { signal: options.signal });
  if (run.code !== 0) return failure(run);
  return { state: 'listed', files: parseListing(run.out), unreadable: unreadableFolders(run.error) };
}

/** `H path`, `? path` … one after another, each ended by a zero byte; an unmerged path comes up to three times. */
function parseListing(out: Buffer): GitFile[] {
  const found = new Map<string, GitFile>();
  for (const line of out.toString('utf8').split('\0')) {
    if (line.length < 3) continue;
    const path = line.slice(2);
    found.set(path, { path, tracked: !line.startsWith('?') });
  }
  return [...found.values()];
}

/** Git warns of folders it may not open and goes on. */
function unreadableFolders(error: string): string[] {
  return error.split('\n').flatMap((line) => {
    const match = /could not open directory '([^']*)'/.exec(line);
    const folder = match?.[1];
    return folder === undefined ? [] : [folder.endsWith('/') ? folder.slice(0, -1) : folder];
  });
}

/** Why git does not answer. */
export function failure(run: GitRun): Exclude<GitListing, { state: 'listed' }> {
  const detail = run.error.split('\n').find((line) => line.trim() !== '')?.trim() ?? `git ended with ${run.code ?? 'a signal'}`;
  if (/dubious ownership/.test(run.error)) return { state: 'refused', detail };
  return { state: /not a git repository/i.test(run.error) ? 'none' : 'broken', detail };
}

/** The environment git runs in: its own repository by the folder alone, no prompt, English messages. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' };
  for (const name of INHERITED) delete env[name];
  return env;
}

/** Runs git to its end; `input` goes to its standard input. Never throws: what went wrong is in `error`. */
export function runGit(
  git: string, args: readonly string[], cwd: string,
  options: { readonly signal?: AbortSignal; readonly env?: NodeJS.ProcessEnv; readonly input?: string } = {},
): Promise<GitRun> {
  const { signal, input, env = gitEnvironment() } = options;
  return new Promise((resolve) => {
    const out: Buffer[] = [];
    let error = '';
    const child = spawn(git, args, { cwd, env, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'], windowsHide: true, timeout: TIME_LIMIT_MS, ...(signal ? { signal } : {}) });
    // A git that ends early says why by itself.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => { if (error.length < 65_536) error += chunk.toString('utf8'); });
    child.on('error', (problem) => resolve({ code: null, out: Buffer.alloc(0), error: problem.message }));
    child.on('close', (code) => resolve({ code, out: Buffer.concat(out), error }));
  });
}
