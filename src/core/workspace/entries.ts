/** Looking at one entry of the file system: a file to check, or why not, in a sentence. */
import { accessSync, constants, lstatSync, realpathSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { join } from 'node:path';
import type { SkippedFile } from '../findings/result.ts';
import { binaryEnding } from './folders.ts';
import { isWithin } from './paths.ts';

/** Larger files are read in windows, for secrets alone, and those of data not at all; between this and 2 MB only text rules look at a file. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;
/** Tables of ticks and bars, by the gigabyte: no credential is looked for in them. */
const DATA = /\.(?:csv|tsv|psv|jsonl|ndjson|hst|fxt|tick|ticks|bi5|hcc|tkc|dat|data|raw|img|iso|bin|dump)(?:\.[a-z0-9]{1,8})?$/i;

/**
 * What tells one state of a file from another without reading it, by the system's `stat`. Times are ms since 1970 with
 * their fraction: a double holds steps of a quarter of a microsecond there, far below the clock tick of any file system.
 */
export interface FileStamp {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly ino: number;
}

/** What an entry turned out to be. */
export type Entry =
  | { readonly kind: 'file'; readonly bytes: number; readonly stamp: FileStamp; /** Where a symbolic link leads, real path. */ readonly target?: string }
  | { readonly kind: 'folder' }
  | { readonly kind: 'skip'; readonly skip: SkippedFile }
  /** Gone, or to be passed over without a word. */
  | { readonly kind: 'nothing' };

const NOTHING: Entry = { kind: 'nothing' };

/**
 * Looks at an entry. `root` is the real path of the checked root. Of an entry somebody named, links are followed and
 * the ending is no reason to leave it out.
 */
export function lookAt(root: string, path: string, named: boolean): Entry {
  const absolute = join(root, path);
  let stats: Stats;
  try {
    stats = named ? statSync(absolute) : lstatSync(absolute);
  } catch (error) {
    return unseen(path, error);
  }
  if (stats.isSymbolicLink()) return lookAtLink(root, path, absolute);
  return judge(path, absolute, stats, named);
}

/** Why something could not be opened, in words for people. */
export function unreadableReason(error: unknown, what: 'file' | 'folder'): string {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  if (code === 'EACCES' || code === 'EPERM') return `No permission to read this ${what}. Grant read access or exclude it in tickguard.json.`;
  return `This ${what} could not be read (${code}). Check the disk, or exclude it in tickguard.json.`;
}

function skip(file: string, reason: string, incomplete = false): Entry {
  return { kind: 'skip', skip: { file, reason, incomplete } };
}

function judge(path: string, absolute: string, stats: Stats, named: boolean): Entry {
  if (stats.isDirectory()) return { kind: 'folder' };
  if (stats.isFIFO()) return skip(path, 'A named pipe, not a file: not read.');
  if (stats.isSocket()) return skip(path, 'A socket, not a file: not read.');
  if (!stats.isFile()) return skip(path, 'A device, not a file: not read.');
  const binary = named ? undefined : binaryByName(path);
  if (binary !== undefined) return skip(path, binary);
  if (stats.size > MAX_FILE_BYTES && DATA.test(path)) {
    return skip(path, tooLarge(stats.size));
  }
  try {
    accessSync(absolute, constants.R_OK);
  } catch (error) {
    return skip(path, unreadableReason(error, 'file'), true);
  }
  const { size, mtimeMs, ctimeMs, ino } = stats;
  return { kind: 'file', bytes: size, stamp: { size, mtimeMs, ctimeMs, ino } };
}

/** Why a file that is binary by its name is left out; undefined for any other. */
export function binaryByName(path: string): string | undefined {
  const ending = binaryEnding(path);
  return ending === undefined ? undefined : `A binary file (${ending}): not checked.`;
}

/** Why a file of this size is left out. */
export function tooLarge(size: number): string {
  return `${megabytes(size)} MB, over the ${megabytes(MAX_FILE_BYTES)} MB that are checked: not read. Split it, or exclude it in tickguard.json.`;
}

/** Whole megabytes, but one decimal below ten. */
function megabytes(bytes: number): string {
  const value = bytes / (1024 * 1024);
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}

/** A link is followed to a file within the root only; a folder within it is met at its own place. */
function lookAtLink(root: string, path: string, absolute: string): Entry {
  let target: string;
  try {
    target = realpathSync(absolute);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ELOOP') return skip(path, 'A symbolic link that leads back to itself: not followed. Remove it.');
    if (code === 'ENOENT' || code === 'ENOTDIR') return skip(path, 'A symbolic link to something that does not exist: not followed. Mend or remove it.');
    return skip(path, unreadableReason(error, 'file'), true);
  }
  if (isWithin(absolute, target)) return skip(path, 'A symbolic link to a folder above it, a loop: not followed.');
  if (!isWithin(target, root)) return skip(path, 'A symbolic link out of the checked folder: not followed. Check its target by its own name.');
  const entry = judge(path, absolute, statSync(target), false);
  if (entry.kind === 'file') return { ...entry, target };
  return entry.kind === 'folder' ? NOTHING : entry;
}

/** A file git lists and the disk does not have was deleted, unless its name is one that text cannot hold. */
function unseen(path: string, error: unknown): Entry {
  const code = (error as NodeJS.ErrnoException).code;
  if ((code === 'ENOENT' || code === 'ENOTDIR') && !path.includes('\uFFFD')) return NOTHING;
  if (code === 'ENOENT') return skip(path, 'Its name is not valid UTF-8, so it cannot be opened. Rename it.', true);
  return skip(path, unreadableReason(error, 'file'), true);
}
