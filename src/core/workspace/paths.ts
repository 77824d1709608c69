/**
 * Names of files, in one place: what a path means depends on the platform, and the platform's rules are a value here, so
 * that the rules of Windows and macOS are tested on any machine.
 *
 * Three spellings: an absolute path as the platform writes it; a `file:` URI as the editor protocol writes it; and a path
 * relative to a root, which always has `/` and never begins with one – the name a file has in findings, globs and summaries.
 */
import { readdirSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a platform's paths are like. */
export interface PathRules {
  readonly platform: 'windows' | 'macos' | 'posix';
  readonly path: typeof posix;
  /** Two spellings that differ in case name one file: the default of NTFS and APFS. */
  readonly ignoresCase: boolean;
}

export const WINDOWS: PathRules = { platform: 'windows', path: win32, ignoresCase: true };
export const MACOS: PathRules = { platform: 'macos', path: posix, ignoresCase: true };
export const POSIX: PathRules = { platform: 'posix', path: posix, ignoresCase: false };

/** The rules of a platform by Node's name for it. */
export function rulesOf(platform: NodeJS.Platform): PathRules {
  return platform === 'win32' ? WINDOWS : platform === 'darwin' ? MACOS : POSIX;
}

/** The rules of this machine. */
export const HERE: PathRules = rulesOf(process.platform);

/**
 * Equal for two spellings of one path. Case is compared by Unicode's small letters, which is what NTFS and APFS do for all
 * but a few letters; macOS takes composed and decomposed accents for one name as well.
 */
export function pathKey(path: string, rules: PathRules = HERE): string {
  if (!rules.ignoresCase) { return path; }
  return (rules.platform === 'macos' ? path.normalize('NFC') : path).toLowerCase();
}

/** An absolute path without the prefix that lifts Windows' limit of 260 characters (`\\?\C:\…`, `\\?\UNC\server\share\…`); others as they are. */
export function plainPath(path: string, rules: PathRules = HERE): string {
  if (rules.platform !== 'windows') { return path; }
  const long = /^[\\/]{2}\?[\\/](?:(UNC)[\\/])?/i.exec(path);
  if (long === null) { return path; }
  const rest = path.slice(long[0].length);
  return long[1] === undefined ? rest : `\\\\${rest}`;
}

/** Absolute path of a `file:` URI; undefined for another scheme, a malformed one, or one no file of the platform can have. */
export function fileOf(uri: string, rules: PathRules = HERE): string | undefined {
  if (!uri.startsWith('file:')) { return undefined; }
  try {
    const file = fileURLToPath(uri, { windows: rules.platform === 'windows' });
    return file.includes('\0') ? undefined : file;
  } catch {
    return undefined;
  }
}

/**
 * `file:` URI of an absolute path, in the spelling of VS Code (a small drive letter, everything but letters, digits and
 * `-._~/` escaped), so that it equals the one the editor uses for the same file.
 */
export function uriOf(file: string, rules: PathRules = HERE): string {
  if (rules.platform !== 'windows') { return `file://${escaped(file)}`; }
  const path = plainPath(file, rules).replaceAll('\\', '/');
  const share = /^\/\/[^/]+/.exec(path)?.[0];
  if (share !== undefined) { return `file://${escaped(share.slice(2).toLowerCase())}${escaped(path.slice(share.length))}`; }
  return `file://${escaped(path.replace(/^[A-Za-z]:/, (drive) => `/${drive.toLowerCase()}`))}`;
}

/** `file:` URI of a path relative to a root. */
export function uriIn(root: string, path: string, rules: PathRules = HERE): string {
  return uriOf(rules.path.join(root, path), rules);
}

/** Percent-escapes of a path: a lone half of a surrogate pair, which only Windows allows, becomes U+FFFD. */
function escaped(path: string): string {
  return path.split('/').map((name) => encodeURIComponent(name.toWellFormed()).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)).join('/');
}

/** `file` (absolute) relative to `root`, or undefined if it lies outside; the root itself is `''`. */
export function pathIn(root: string, file: string, rules: PathRules = HERE): string | undefined {
  const inside = relativePath(root, file, rules);
  return inside === '..' || inside.startsWith('../') || rules.path.isAbsolute(inside) ? undefined : inside;
}

/** The way from one absolute path to another with `/`: begins with `../` outside, and is absolute on another drive. */
export function relativePath(from: string, to: string, rules: PathRules = HERE): string {
  return slashed(rules.path.relative(plainPath(from, rules), plainPath(to, rules)), rules);
}

/** A path of the platform with `/`. On Linux and macOS a backslash is a letter of a name and stays one. */
export function slashed(path: string, rules: PathRules = HERE): string {
  return path.split(rules.path.sep).join('/');
}

/** A path as somebody typed it, absolute. */
export function absolutePath(cwd: string, path: string, rules: PathRules = HERE): string {
  return plainPath(rules.path.resolve(plainPath(cwd, rules), plainPath(path, rules)), rules);
}

/** True for a path that does not hang on the current folder. */
export function isAbsolutePath(path: string, rules: PathRules = HERE): boolean {
  return rules.path.isAbsolute(path);
}

/** Without `.`, `..` and doubled or closing slashes; the folder itself is `''`. `path` is relative, with the platform's separators or `/`. */
export function cleanRelative(path: string, rules: PathRules = HERE): string {
  const clean = posix.normalize(slashed(path, rules)).replace(/\/$/, '');
  return clean === '.' ? '' : clean;
}

/** True if an absolute path is a folder or below it. */
export function isWithin(path: string, folder: string, rules: PathRules = HERE): boolean {
  return pathIn(folder, path, rules) !== undefined;
}

/** The nearest folder that holds every one of some absolute folders; on two drives the first one's root. */
export function commonFolder(folders: readonly string[], rules: PathRules = HERE): string {
  let [common = rules.path.sep] = folders;
  while (!folders.every((folder) => isWithin(folder, common, rules)) && rules.path.dirname(common) !== common) { common = rules.path.dirname(common); }
  return common;
}

/** Names of one folder's entries, as `readdir` gives them. */
export type ListFolder = (folder: string) => readonly string[];

/**
 * A path relative to a root in the spelling of the disk. Where case counts for nothing somebody may name `SRC\Risk.py`
 * what git and the disk know as `src/risk.py`, and it must stay one file. What is not there stays as it was written.
 */
export function spelledAsOnDisk(root: string, path: string, rules: PathRules = HERE, list: ListFolder = entriesOf): string {
  if (!rules.ignoresCase || path === '') { return path; }
  const spelled: string[] = [];
  for (const name of path.split('/')) {
    const names = name === '..' ? [] : list(rules.path.join(root, ...spelled));
    const same = names.includes(name) ? name : names.find((one) => pathKey(one, rules) === pathKey(name, rules));
    spelled.push(same ?? name);
  }
  return spelled.join('/');
}

function entriesOf(folder: string): readonly string[] {
  try { return readdirSync(folder); } catch { return []; }
}

/** Known paths, found again by any spelling of them. */
export class Spellings {
  readonly #rules: PathRules;
  readonly #byKey = new Map<string, string>();

  constructor(paths: Iterable<string>, rules: PathRules = HERE) {
    this.#rules = rules;
    if (!rules.ignoresCase) { return; }
    for (const path of paths) { this.add(path); }
  }

  /** Makes a path known, unless it is by another spelling. */
  add(path: string): void {
    if (!this.#rules.ignoresCase) { return; }
    const key = pathKey(path, this.#rules);
    if (!this.#byKey.has(key)) { this.#byKey.set(key, path); }
  }

  /** The known spelling of a path, or the path itself. */
  of(path: string): string {
    return this.#rules.ignoresCase ? this.#byKey.get(pathKey(path, this.#rules)) ?? path : path;
  }
}

/** Names under which a platform's git is found, and what stands between the folders of its PATH. */
export function programNames(name: string, rules: PathRules = HERE): readonly string[] {
  return rules.platform === 'windows' ? [`${name}.exe`, `${name}.cmd`] : [name];
}
