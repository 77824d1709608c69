/** Where the project is, for tests that work on its files. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the project's folder. */
export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
