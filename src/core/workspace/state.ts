/**
 * The folder `.tickguard` at the root of a workspace: what Tickguard remembers. `baseline.json` and `budgets.json` are
 * meant to be committed; everything else is ignored by the `.gitignore` that stands in the folder itself.
 */
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Name of the state folder. */
export const STATE_FOLDER = '.tickguard';

const IGNORE = [
  '# Written by Tickguard: what it remembers is local, but for the files that are agreed on.',
  '*',
  '!.gitignore',
  '!baseline.json',
  '!budgets.json',
  '',
].join('\n');

/** Absolute path of a file in the state folder: `statePath(root, 'cache', 'summaries.bin')`. */
export function statePath(root: string, ...parts: readonly string[]): string {
  return join(root, STATE_FOLDER, ...parts);
}

/** Accepted findings, relative to the root with `/`. */
export const BASELINE = `${STATE_FOLDER}/baseline.json`;

/** Absolute path of the accepted findings. */
export function baselinePath(root: string): string {
  return join(root, BASELINE);
}

/** Agreed budgets of handlers and models. */
export function budgetsPath(root: string): string {
  return statePath(root, 'budgets.json');
}

/**
 * Makes the state folder and its `.gitignore` where they are missing, and returns the folder's path. A `.gitignore`
 * that is there is left alone: it is the user's. Throws the file system's error where the root cannot be written.
 */
export async function ensureState(root: string): Promise<string> {
  const folder = statePath(root);
  await mkdir(folder, { recursive: true });
  const file = join(folder, '.gitignore');
  const there = await stat(file).then(() => true, () => false);
  if (!there) await writeFile(file, IGNORE, { flag: 'wx' }).catch(ignoreExisting);
  return folder;
}

/** Folder of what can be made again at any time. */
export const CACHE_FOLDER = 'cache';

/**
 * Makes the folder for caches. It hides itself from git by a `.gitignore` of its own, so that a mere check adds nothing
 * to `git status`. Throws the file system's error where it cannot be made.
 */
export async function ensureCache(root: string): Promise<string> {
  const folder = statePath(root, CACHE_FOLDER);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, '.gitignore'), '# Written by Tickguard: it can be deleted at any time.\n*\n', { flag: 'wx' }).catch(ignoreExisting);
  return folder;
}

/** Two processes may come at once; the second finds the first's file. */
function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
