/** Where the WebAssembly files are: beside a bundle, or in `node_modules` when run from the sources. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Absolute path of a WebAssembly file.
 *
 * @param owner the npm package that brings it.
 * @param folder where to look instead, if the caller knows better.
 * @throws if the file is nowhere: the installation is broken.
 */
export function locateWasm(file: string, owner: string, folder?: string): string {
  // A CommonJS bundle has `__dirname` and its files beside it; a module has `import.meta.url` and resolves packages.
  const beside = folder ?? (typeof __dirname === 'string' ? __dirname : undefined);
  if (beside !== undefined) {
    const path = join(beside, file);
    if (existsSync(path)) return path;
  }
  const base = import.meta.url ?? (beside === undefined ? undefined : pathToFileURL(join(beside, 'index.cjs')).href);
  if (folder === undefined && base !== undefined) {
    try {
      return createRequire(base).resolve(`${owner}/${file}`);
    } catch {
      // Falls through to the sentence below, which names the file.
    }
  }
  throw new Error(`${file} was not found${beside === undefined ? '' : ` in ${beside}`}; install Tickguard again.`);
}
