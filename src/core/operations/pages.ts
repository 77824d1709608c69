/**
 * The pages of the rules, read from `docs/rules` beside the package: the npm package and the .vsix both carry the folder,
 * so no copy of the texts lives in a bundle and a page can be opened as a file.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** From `dist/` it is one folder up to the package, from `src/core/operations/` three. */
const LEVELS = 3;

/** Absolute path of a rule's page; undefined when this installation has none. `id` is an id from the registry. */
export function rulePagePath(id: string): string | undefined {
  // A CommonJS bundle has `__dirname`; a module has `import.meta.url`.
  let folder = typeof __dirname === 'string' ? __dirname : dirname(fileURLToPath(import.meta.url));
  for (let level = 0; level < LEVELS; level++) {
    folder = dirname(folder);
    const path = join(folder, 'docs', 'rules', `${id}.md`);
    if (existsSync(path)) { return path; }
  }
  return undefined;
}

/** Markdown of a rule's page; undefined when this installation has none or cannot read it. */
export function rulePage(id: string): string | undefined {
  const path = rulePagePath(id);
  if (path === undefined) { return undefined; }
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
