/**
 * Which files a check looks at. In a git repository git says so: tracked files, and untracked ones that are not
 * ignored. Elsewhere a walk of our own honours `.gitignore`. What somebody names is checked even if it is ignored.
 */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { FileFacts } from '../rules/rule.ts';
import type { SkippedFile } from '../findings/result.ts';
import { isEnvironmentFile, isKeptBeside } from './environment-files.ts';
import { type FileStamp, lookAt, unreadableReason } from './entries.ts';
import { fileRole, isEnvironment, isExcludedName, isRepository } from './folders.ts';
import { gitFiles } from './git.ts';
import type { GitListing } from './git.ts';
import { globMatcher } from './globs.ts';
import type { PathMatcher } from './globs.ts';
import { ignoreRulesIn, isIgnored } from './ignore-files.ts';
import type { IgnoreRules } from './ignore-files.ts';
import { absolutePath, cleanRelative, HERE, isAbsolutePath, isWithin, type PathRules, relativePath, Spellings, spelledAsOnDisk } from './paths.ts';

export { fileRole } from './folders.ts';

/** A file to check. */
export interface DiscoveredFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly absolute: string;
  readonly bytes: number;
  /** git tracks it; absent where git does not say. */
  readonly tracked?: boolean;
  /** As in `FileFacts`. */
  readonly ignored?: FileFacts['ignored'];
  readonly role: FileFacts['role'];
  /** As `stat` had it when the file was found; of a link, its target's. */
  readonly stamp?: FileStamp;
  /** git's id of the content, where git's index was asked. */
  readonly blob?: string;
}

/** What was found. */
export interface Discovery {
  /** Sorted by path. */
  readonly files: readonly DiscoveredFile[];
  readonly skipped: readonly SkippedFile[];
  /** Paths that were named and do not exist; they are in `skipped` too. */
  readonly missing: readonly string[];
  /** Whether git answered; `tracked` is known only then. */
  readonly git: GitListing['state'];
}

/** How to look. */
export interface DiscoverOptions {
  /** Globs relative to the root that are left out, besides the default folders. */
  readonly exclude: readonly string[];
  readonly signal?: AbortSignal;
  /** False: the paths are not somebody's wish (a file watcher's), so ignored and excluded ones stay out. Default true. */
  readonly named?: boolean;
  /** What paths are like, if not as on this machine; for tests. */
  readonly pathRules?: PathRules;
  /** The git program, for tests; undefined is a machine without git. */
  readonly git?: string | undefined;
}

/** A path that may be checked, before anybody looked at it. */
interface Candidate {
  readonly path: string;
  readonly tracked?: boolean;
  readonly ignored?: FileFacts['ignored'];
  readonly named: boolean;
}

/** Most folders in which ignored environment files are looked for. */
const MOST_ENVIRONMENTS = 200;
/** Entries looked at before the event loop has its turn. */
const SLICE = 256;
/** Why a repository within the repository is left out. */
export const NESTED = 'A git repository of its own: not checked from here. Check it by its own name.';

/**
 * Finds the files under `root` (absolute), or of it only `paths` (files and folders, relative to the root or absolute).
 * Nothing is read. A path that does not exist, or that leads out of the root, is skipped with `incomplete`. Throws the
 * signal's reason when it aborts.
 */
export async function discover(root: string, paths: readonly string[], options: DiscoverOptions): Promise<Discovery> {
  const search = new Search(root, options);
  await search.run(paths);
  options.signal?.throwIfAborted();
  return search.result();
}

class Search {
  /** The real path of the root, and the one it was given by. */
  readonly #root: string;
  readonly #given: string;
  readonly #options: DiscoverOptions;
  readonly #named: boolean;
  readonly #excluded: PathMatcher;
  readonly #candidates = new Map<string, Candidate>();
  readonly #skipped = new Map<string, SkippedFile>();
  readonly #missing: string[] = [];
  /** Whether a folder is left out, by path relative to the root. */
  readonly #folders = new Map<string, boolean>();
  #files: DiscoveredFile[] = [];
  #git: GitListing['state'] = 'none';

  constructor(root: string, options: DiscoverOptions) {
    this.#given = absolutePath(root, '.');
    this.#root = existsSync(root) ? realpathSync(root) : root;
    this.#options = options;
    this.#named = options.named !== false;
    this.#excluded = globMatcher(options.exclude);
  }

  async run(paths: readonly string[]): Promise<void> {
    const folders: string[] = [];
    const files: string[] = [];
    for (const path of paths.length === 0 ? [''] : paths) this.#sort(path, folders, files);
    const inRoot = folders.filter((folder) => folder === '' || !isRepository(join(this.#root, folder)));
    await this.#list('', inRoot, files);
    for (const folder of folders) if (!inRoot.includes(folder)) await this.#list(folder, [folder], []);
    await this.#look();
  }

  result(): Discovery {
    const byPath = <T>(of: (one: T) => string) => (a: T, b: T): number => (of(a) < of(b) ? -1 : 1);
    return {
      files: this.#files.sort(byPath((file) => file.path)),
      skipped: [...this.#skipped.values()].sort(byPath((skip) => skip.file)),
      missing: this.#missing,
      git: this.#git,
    };
  }

  #skip(file: string, reason: string, incomplete: boolean): void {
    if (!this.#skipped.has(file)) this.#skipped.set(file, { file, reason, incomplete });
  }

  /** Puts a path among folders or files, or says why it is neither. */
  #sort(given: string, folders: string[], files: string[]): void {
    const path = this.#relative(given);
    if (path === '..' || path.startsWith('../') || isAbsolutePath(path)) {
      this.#skip(path, 'It lies outside the checked folder. Check it from a folder that holds both.', true);
      return;
    }
    const entry = lookAt(this.#root, path, this.#named);
    if (entry.kind === 'folder') folders.push(path);
    else if (entry.kind === 'file') files.push(path);
    else if (entry.kind === 'skip') this.#skipped.set(path, entry.skip);
    else if (this.#named) {
      this.#missing.push(path);
      this.#skip(path, 'There is no such file or folder. Check the spelling.', true);
    }
  }

  /** Relative to the root, with `/`; begins with `../` outside of it. The root may be reached, and named, through a link. */
  #relative(given: string): string {
    let path = given;
    if (isAbsolutePath(given)) {
      const root = [this.#given, this.#root].find((one) => isWithin(given, one));
      const above = dirname(given);
      path = relativePath(root ?? this.#root, root !== undefined || !existsSync(above) ? given : join(realpathSync(above), basename(given)));
    }
    return spelledAsOnDisk(this.#root, cleanRelative(path), this.#options.pathRules ?? HERE);
  }

  /** Lists folders and files that lie in one repository, `base`, or in none. */
  async #list(base: string, folders: readonly string[], files: readonly string[]): Promise<void> {
    if (folders.length === 0 && files.length === 0) return;
    const inside = (path: string): string => (base === '' ? path : path.slice(base.length + 1));
    const from = (path: string): string => (base === '' ? path : path === '' ? base : `${base}/${path}`);
    const { signal } = this.#options;
    const listing = await gitFiles(join(this.#root, base), [...folders, ...files].map(inside), {
      ...(signal ? { signal } : {}), ...('git' in this.#options ? { git: this.#options.git } : {}),
    });
    signal?.throwIfAborted();
    if (this.#git === 'none') this.#git = listing.state;
    if (listing.state !== 'listed') {
      this.#explain(base, listing);
      for (const folder of folders) await this.#walk(folder);
      for (const file of files) this.#file(file, undefined);
      return;
    }
    for (const folder of listing.unreadable) this.#unreadable(from(folder));
    const known = new Map(listing.files.map((file) => [from(file.path), file.tracked]));
    // git's spelling wins over the disk's: it is the same on every machine.
    const spellings = new Spellings(known.keys(), this.#options.pathRules ?? HERE);
    for (const folder of folders) {
      await this.#listed(folder, known);
      this.#environments(folder, known);
    }
    for (const file of files) this.#file(spellings.of(file), known);
  }

  #unreadable(folder: string): void {
    if (!this.#leftOut(folder, '')) this.#skip(folder, unreadableReason({ code: 'EACCES' }, 'folder'), true);
  }

  /** Says once why git is not asked, where somebody would expect it. */
  #explain(base: string, listing: Exclude<GitListing, { state: 'listed' }>): void {
    const file = base === '' ? '.git' : `${base}/.git`;
    const without = 'Files are found without it; which are tracked is not known.';
    if (listing.state === 'refused') {
      this.#skip(file, `git refuses this repository because it belongs to another user. ${without} Run: git config --global --add safe.directory ${join(this.#root, base)}`, false);
    } else if (listing.state === 'broken') this.#skip(file, `git cannot read this repository (${listing.detail}). ${without}`, false);
    else if (listing.state === 'missing' && existsSync(join(this.#root, file))) this.#skip(file, `git is not installed. ${without}`, false);
  }

  /** The files git lists under a folder. A folder it lists nothing of is ignored, but somebody asked for it. */
  async #listed(folder: string, known: ReadonlyMap<string, boolean>): Promise<void> {
    const prefix = folder === '' ? '' : `${folder}/`;
    let any = false;
    let count = 0;
    for (const [path, tracked] of known) {
      if (!path.startsWith(prefix)) continue;
      any = true;
      if (path.endsWith('/')) this.#nested(path.slice(0, -1), folder);
      else this.#add({ path, tracked, named: false }, folder);
      if ((count += 1) % SLICE === 0) await this.#turn();
    }
    if (!any && this.#named) await this.#walk(folder, false);
  }

  /** Environment files that git ignores, as it should: what is wrong in them is told, no secret of theirs is. */
  #environments(base: string, known: ReadonlyMap<string, boolean>): void {
    const folders = new Set([base]);
    for (const path of known.keys()) {
      const slash = path.lastIndexOf('/');
      if (isKeptBeside(path) && isWithinFolder(path, base) && folders.size < MOST_ENVIRONMENTS) folders.add(slash < 0 ? '' : path.slice(0, slash));
    }
    for (const folder of folders) {
      let names: string[];
      try { names = readdirSync(join(this.#root, folder)); } catch { continue; }
      for (const name of names) {
        const path = folder === '' ? name : `${folder}/${name}`;
        if (isEnvironmentFile(path) && !known.has(path)) this.#add({ path, tracked: false, ignored: 'unasked', named: false }, base);
      }
    }
  }

  #nested(path: string, base: string): void {
    if (!this.#leftOut(path, base)) this.#skip(path, NESTED, false);
  }

  /** A file that was named, or one that changed: that one is taken only if a whole check would take it. */
  #file(path: string, known: ReadonlyMap<string, boolean> | undefined): void {
    const tracked = known === undefined ? undefined : known.get(path) ?? false;
    const candidate = { path, named: this.#named, ...(tracked === undefined ? {} : { tracked }) };
    const ignored = known?.has(path) === false;
    if (this.#named) this.#candidates.set(path, ignored ? { ...candidate, ignored: 'named' } : candidate);
    else if (ignored && isEnvironmentFile(path)) this.#add({ ...candidate, ignored: 'unasked' }, '');
    else if (known ? known.has(path) : !this.#ignoredOnItsWay(path)) this.#add(candidate, '');
  }

  #add(candidate: Candidate, base: string): void {
    const { path } = candidate;
    if (this.#candidates.has(path)) return;
    const slash = path.lastIndexOf('/');
    if (slash > 0 && this.#leftOut(path.slice(0, slash), base)) return;
    if (this.#excludedUnder(path, base)) return;
    this.#candidates.set(path, candidate);
  }

  /** By the user's globs; not under a folder that is itself excluded and was named all the same. */
  #excludedUnder(path: string, base: string): boolean {
    return this.#excluded(path) && !(base !== '' && this.#excluded(base));
  }

  /** Whether a folder, or one between it and `base`, is left out. */
  #leftOut(folder: string, base: string): boolean {
    if (folder === base || folder === '') return false;
    const key = `${base}\n${folder}`;
    const known = this.#folders.get(key);
    if (known !== undefined) return known;
    const slash = folder.lastIndexOf('/');
    const above = slash < 0 ? '' : folder.slice(0, slash);
    const answer = (above.length >= base.length && this.#leftOut(above, base)) || this.#isLeftOut(folder, base);
    this.#folders.set(key, answer);
    return answer;
  }

  #isLeftOut(folder: string, base: string): boolean {
    const absolute = join(this.#root, folder);
    return isExcludedName(folder.slice(folder.lastIndexOf('/') + 1)) || this.#excludedUnder(folder, base) || isEnvironment(absolute);
  }

  /** Whether an ignore file on the way to a path names it. */
  #ignoredOnItsWay(path: string): boolean {
    const names = path.split('/');
    let rules: IgnoreRules | undefined;
    for (let depth = 0; depth < names.length; depth += 1) {
      const folder = names.slice(0, depth).join('/');
      rules = ignoreRulesIn(join(this.#root, folder), folder, rules);
      if (isIgnored(names.slice(0, depth + 1).join('/'), depth < names.length - 1, rules)) return true;
    }
    return false;
  }

  /** Our own walk. `tracked` is given where git was asked and knows none of it. */
  async #walk(base: string, tracked?: boolean): Promise<void> {
    const open: { readonly folder: string; readonly rules: IgnoreRules | undefined }[] = [{ folder: base, rules: undefined }];
    let count = 0;
    for (let next = open.pop(); next; next = open.pop()) {
      const { folder } = next;
      const absolute = join(this.#root, folder);
      const rules = ignoreRulesIn(absolute, folder, next.rules);
      let entries;
      try {
        entries = readdirSync(absolute, { withFileTypes: true });
      } catch (error) {
        this.#skip(folder === '' ? '.' : folder, unreadableReason(error, 'folder'), true);
        continue;
      }
      for (const entry of entries) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if ((count += 1) % SLICE === 0) await this.#turn();
        if (isIgnored(path, entry.isDirectory(), rules)) continue;
        if (!entry.isDirectory()) this.#add({ path, named: false, ...(tracked === undefined ? {} : { tracked }) }, base);
        else if (this.#leftOut(path, base)) continue;
        else if (isRepository(join(this.#root, path))) this.#nested(path, base);
        else open.push({ folder: path, rules });
      }
    }
  }

  async #turn(): Promise<void> {
    await new Promise((next) => setImmediate(next));
    this.#options.signal?.throwIfAborted();
  }

  /** Looks at every candidate; a link to a file is taken only if the file itself is not. */
  async #look(): Promise<void> {
    const links: { readonly candidate: Candidate; readonly stamp: FileStamp; readonly target: string }[] = [];
    const taken = new Set<string>();
    let count = 0;
    for (const candidate of this.#candidates.values()) {
      if ((count += 1) % SLICE === 0) await this.#turn();
      const entry = lookAt(this.#root, candidate.path, candidate.named);
      if (entry.kind === 'skip') this.#skipped.set(candidate.path, entry.skip);
      else if (entry.kind === 'folder') this.#nested(candidate.path, '');
      else if (entry.kind === 'file' && entry.target !== undefined) links.push({ candidate, stamp: entry.stamp, target: entry.target });
      else if (entry.kind === 'file') taken.add(this.#take(candidate, entry.stamp));
    }
    for (const { candidate, stamp, target } of links) {
      if (taken.has(target)) continue;
      taken.add(target);
      this.#take(candidate, stamp);
    }
  }

  #take(candidate: Candidate, stamp: FileStamp): string {
    const { path, tracked, ignored } = candidate;
    const absolute = join(this.#root, path);
    this.#files.push({ path, absolute, bytes: stamp.size, stamp, role: fileRole(path), ...(tracked === undefined ? {} : { tracked }), ...(ignored === undefined ? {} : { ignored }) });
    return absolute;
  }
}

/** The paths git tracks under a folder, relative to it; undefined where git does not say. */
export async function trackedFiles(folder: string, options: { readonly signal?: AbortSignal } = {}): Promise<ReadonlySet<string> | undefined> {
  const listing = await gitFiles(folder, [], options);
  return listing.state === 'listed' ? new Set(listing.files.filter((file) => file.tracked).map((file) => file.path)) : undefined;
}

function isWithinFolder(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}
