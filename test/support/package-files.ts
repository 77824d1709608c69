/** Sources of installed packages, as bodies of code that nobody here wrote. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** At most `most` files below a folder, spread over all of it, declarations and files of `largest` bytes and more left out. */
export function filesUnder(folder: string, wanted: RegExp, most: number, largest: number): string[] {
  const found: string[] = [];
  const open = [folder];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const entry of readdirSync(next, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) open.push(path);
      else if (wanted.test(entry.name) && !/\.d\.[cm]?ts$/.test(entry.name) && statSync(path).size < largest) found.push(path);
    }
  }
  const step = Math.max(1, Math.floor(found.length / most));
  return found.sort().filter((_, i) => i % step === 0).slice(0, most);
}
