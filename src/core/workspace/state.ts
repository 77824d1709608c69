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

/** Accepted findings. */
export function baselinePath(root: string): string {
  return statePath(root, 'baseline.json');
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

/** Two processes may come at once; the second finds the first's file. */
function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
