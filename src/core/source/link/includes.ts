/**
 * MQL5's includes to files of the project: `"risk.mqh"` beside the file, `<Trade/Trade.mqh>` in the nearest Include folder.
 * Windows knows no case in paths, so none is known here.
 */

/** A file that may include others, or be included. */
export function isIncludable(path: string): boolean {
  return /\.(?:mq[45]|mqh)$/i.test(path);
}

/** How paths of files outside the project begin: then the number of their Include folder and `>/`. */
export const OUTSIDE = '<include:';

/** The Include folder of a file outside the project, and its path there; undefined for a file of the project. */
export function inOutside(path: string): { readonly folder: number; readonly path: string } | undefined {
  const match = path.startsWith(OUTSIDE) ? /^<include:(\d{1,4})>\/(.*)$/.exec(path) : null;
  return match === null ? undefined : { folder: Number(match[1]), path: match[2] ?? '' };
}

/** What an include in a file of an Include folder means there; undefined where it leaves the folder. */
export function outsidePath(file: string, include: string): string | undefined {
  const slash = file.lastIndexOf('/');
  return plain(slash < 0 ? include : `${file.slice(0, slash)}/${include}`);
}

export class IncludeIndex {
  /** As `#paths`, of files outside the project. */
  readonly #outside = new Map<string, string>();
  /** Path in small letters → as it is. */
  readonly #paths = new Map<string, string>();

  /** @returns true if the file is new. */
  add(path: string): boolean {
    const key = path.toLowerCase();
    const paths = path.startsWith(OUTSIDE) ? this.#outside : this.#paths;
    if (paths.has(key)) { return false; }
    paths.set(key, path);
    return true;
  }

  /** @returns true if the file was known. */
  delete(path: string): boolean {
    return (path.startsWith(OUTSIDE) ? this.#outside : this.#paths).delete(path.toLowerCase());
  }

  /**
   * The file an include means.
   * @param folder of the including file.
   * @param include its path, with `/`.
   * @param level 1 for a path in quotes, 0 for one in angle brackets.
   * @returns undefined where it is outside the project (the terminal's own library) or several files are meant equally.
   */
  resolve(folder: string, include: string, level: number): string | undefined {
    if (/\.ex[45]$/i.test(include)) { return this.#library(folder, include); }
    if (folder.startsWith(OUTSIDE)) { return this.#fromOutside(folder, include, level); }
    const beside = level > 0 ? this.#at(folder, include) : undefined;
    if (beside !== undefined || include.startsWith('.')) { return beside; }
    for (let base: string | undefined = folder; base !== undefined; base = above(base)) {
      const found = this.#at(joined(base, 'include'), include) ?? this.#at(joined(base, 'mql5/include'), include);
      if (found !== undefined) { return found; }
    }
    return this.#onlyEnding(normal(include)) ?? (level === 0 ? this.#inOutside(include) : undefined);
  }

  /** An include of a file outside the project never leads back into it. */
  #fromOutside(folder: string, include: string, level: number): string | undefined {
    const [root = ''] = folder.split('/', 1);
    if (level > 0) {
      const path = outsidePath(`${folder.slice(root.length + 1)}/x`.replace(/^\//, ''), include);
      return path === undefined ? undefined : this.#outside.get(`${root}/${path}`.toLowerCase());
    }
    return this.#outside.get(`${root}/${normal(include) ?? ''}`.toLowerCase()) ?? this.#inOutside(include);
  }

  #inOutside(include: string): string | undefined {
    const path = normal(include);
    if (path === undefined || this.#outside.size === 0) { return undefined; }
    for (const [key, known] of this.#outside) { if (key.slice(key.indexOf('/') + 1) === path) { return known; } }
    return undefined;
  }

  /** The source of a library that `#import "risk.ex5"` names: beside the file, or in the nearest Libraries folder. */
  #library(folder: string, library: string): string | undefined {
    const source = library.replace(/\.ex([45])$/i, '.mq$1');
    for (let base: string | undefined = folder; base !== undefined; base = above(base)) {
      const found = (base === folder ? this.#at(base, source) : undefined) ?? this.#at(joined(base, 'libraries'), source) ?? this.#at(joined(base, 'mql5/libraries'), source);
      if (found !== undefined) { return found; }
    }
    return this.#onlyEnding(normal(source));
  }

  #at(folder: string, include: string): string | undefined {
    const path = normal(joined(folder, include));
    return path === undefined ? undefined : this.#paths.get(path);
  }

  /** A repository may hold the content of an Include folder without the folder. */
  #onlyEnding(include: string | undefined): string | undefined {
    if (include === undefined || include === '') { return undefined; }
    let only: string | undefined;
    for (const [key, path] of this.#paths) {
      if (key !== include && !key.endsWith(`/${include}`)) { continue; }
      if (only !== undefined) { return undefined; }
      only = path;
    }
    return only;
  }
}

function joined(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

function above(folder: string): string | undefined {
  if (folder === '') { return undefined; }
  const slash = folder.lastIndexOf('/');
  return slash < 0 ? '' : folder.slice(0, slash);
}

/** As `plain`, in small letters. */
function normal(path: string): string | undefined {
  return plain(path.toLowerCase());
}

/** Without `.` and `..`; undefined for a path that leads out. */
function plain(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') { continue; }
    if (part === '..') {
      if (parts.length === 0) { return undefined; }
      parts.pop();
    } else { parts.push(part); }
  }
  return parts.join('/');
}
