/**
 * MQL5's includes to files of the project: `"risk.mqh"` beside the file, `<Trade/Trade.mqh>` in the nearest Include folder.
 * Windows knows no case in paths, so none is known here.
 */

/** A file that may include others, or be included. */
export function isIncludable(path: string): boolean {
  return /\.(?:mq[45]|mqh)$/i.test(path);
}

export class IncludeIndex {
  /** Path in small letters → as it is. */
  readonly #paths = new Map<string, string>();

  /** @returns true if the file is new. */
  add(path: string): boolean {
    const key = path.toLowerCase();
    if (this.#paths.has(key)) { return false; }
    this.#paths.set(key, path);
    return true;
  }

  /** @returns true if the file was known. */
  delete(path: string): boolean {
    return this.#paths.delete(path.toLowerCase());
  }

  /**
   * The file an include means.
   * @param folder of the including file.
   * @param include its path, with `/`.
   * @param level 1 for a path in quotes, 0 for one in angle brackets.
   * @returns undefined where it is outside the project (the terminal's own library) or several files are meant equally.
   */
  resolve(folder: string, include: string, level: number): string | undefined {
    const beside = level > 0 ? this.#at(folder, include) : undefined;
    if (beside !== undefined || include.startsWith('.')) { return beside; }
    for (let base: string | undefined = folder; base !== undefined; base = above(base)) {
      const found = this.#at(joined(base, 'include'), include) ?? this.#at(joined(base, 'mql5/include'), include);
      if (found !== undefined) { return found; }
    }
    return this.#onlyEnding(normal(include));
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

/** Without `.` and `..`, in small letters; undefined for a path that leaves the project. */
function normal(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.toLowerCase().split('/')) {
    if (part === '' || part === '.') { continue; }
    if (part === '..') {
      if (parts.length === 0) { return undefined; }
      parts.pop();
    } else { parts.push(part); }
  }
  return parts.join('/');
}
