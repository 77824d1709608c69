/** Where the project is, for tests that work on its files. */
import { cpSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the project's folder. */
export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What builds and tests leave in the project's folder. */
const LEFT = new Set(['node_modules', 'dist', '.tsbuild', '.cache', '.git', 'out', 'coverage']);

/** Copies the project as a clone has it, with the packages that `npm ci` brings. */
export function copyProject(to: string): void {
  cpSync(projectRoot, to, { recursive: true, filter: (path) => !LEFT.has(path.slice(projectRoot.length + 1)) });
  symlinkSync(join(projectRoot, 'node_modules'), join(to, 'node_modules'));
}
