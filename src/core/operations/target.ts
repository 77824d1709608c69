/** What a check speaks of: the root every path is relative to, and the part of it that was asked for. */
import { stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { absolutePath, commonFolder, HERE, isWithin, pathKey, type PathRules, relativePath, spelledAsOnDisk } from '../workspace/paths.ts';
import type { Outcome } from '../outcome.ts';

export interface Target {
  /** Absolute. */
  readonly root: string;
  /** A `tickguard.json`, `.tickguard` or git repository marks the root: all of it is read, so that other files can be linked. */
  readonly marked: boolean;
  /** Files and folders asked for, relative to the root with `/`; empty means all of it. */
  readonly scope: readonly string[];
}

const MARKS = ['tickguard.json', '.tickguard', '.git'];

/**
 * The root of a check: the nearest folder, from the targets upwards, that holds `tickguard.json`, `.tickguard` or
 * `.git`; without one the folder the command was called in, or the targets' own folder when they lie outside it.
 * Errors: a path that does not exist or cannot be looked at.
 */
export async function findTarget(cwd: string, paths: readonly string[]): Promise<Outcome<Target>> {
  const targets: { readonly path: string; readonly folder: string }[] = [];
  for (const path of paths) {
    const absolute = absolutePath(cwd, path);
    const kind = await kindOf(absolute);
    if (typeof kind !== 'boolean') { return { ok: false, error: `${path} ${kind.reason}` }; }
    targets.push({ path: absolute, folder: kind ? absolute : dirname(absolute) });
  }
  const common = targets.length === 0 ? absolutePath(cwd, '.') : commonFolder(targets.map((target) => target.folder));
  const mark = markedFolder(common);
  const root = mark ?? (isWithin(common, absolutePath(cwd, '.')) ? absolutePath(cwd, '.') : common);
  const scope = targets.map((target) => spelledAsOnDisk(root, relativePath(root, target.path)));
  return { ok: true, value: { root, marked: mark !== undefined, scope: scope.includes('') ? [] : scope } };
}

/** True when `path`, relative to the root with `/`, was asked for. */
export function inScope(target: Target, path: string, rules: PathRules = HERE): boolean {
  if (target.scope.length === 0) { return true; }
  const key = pathKey(path, rules);
  return target.scope.map((asked) => pathKey(asked, rules)).some((asked) => key === asked || key.startsWith(`${asked}/`));
}

/** True for a folder, false for a file, or why there is neither. */
async function kindOf(absolute: string): Promise<boolean | { readonly reason: string }> {
  try {
    const stats = await stat(absolute);
    if (stats.isDirectory()) { return true; }
    return stats.isFile() ? false : { reason: 'is neither a file nor a folder. Name a file or a folder to check.' };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    if (code === 'ENOENT' || code === 'ENOTDIR') { return { reason: 'does not exist. Check the spelling, or run the command in the folder it is in.' }; }
    if (code === 'EACCES' || code === 'EPERM') { return { reason: 'may not be read by this user. Grant read access to it.' }; }
    if (code === 'ELOOP') { return { reason: 'is a symbolic link that leads to itself. Name the file it should lead to.' }; }
    return { reason: `cannot be looked at (${code}). Check the path and the disk.` };
  }
}

function markedFolder(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (MARKS.some((mark) => existsSync(join(folder, mark)))) { return folder; }
    if (dirname(folder) === folder) { return undefined; }
  }
}
