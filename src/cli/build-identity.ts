/** Which program this is, down to its bytes: what another build remembered may not hold for this one. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A hash of the running bundle, and size and time of the grammars beside it: these come with the bundle, and to read their 7 MB
 * would take a tenth of a warm check. Undefined where it runs from sources, which may change under it.
 */
export function buildIdentity(): string | undefined {
  if (typeof __filename !== 'string') { return undefined; }
  try {
    const folder = dirname(__filename);
    const hash = createHash('sha256').update(readFileSync(__filename));
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.wasm')).sort()) {
      const { size, mtimeMs } = statSync(join(folder, name));
      hash.update(`\n${name} ${size} ${mtimeMs}`);
    }
    return `${process.version} ${hash.digest('hex')}`;
  } catch {
    return undefined;
  }
}
