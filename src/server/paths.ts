/** Addresses of documents and paths of files: the protocol speaks `file:` URIs, the engine paths relative to a root. */
import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Absolute path of a `file:` URI; undefined for another scheme or a malformed one. */
export function fileOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) { return undefined; }
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

/** `file:` URI of an absolute path. */
export function uriOf(file: string): string {
  return pathToFileURL(file).href;
}

/** `file:` URI of a path relative to a root. */
export function uriIn(root: string, path: string): string {
  return uriOf(join(root, path));
}

/** `file` relative to `root` with `/`, or undefined if it lies outside; the root itself is `''`. */
export function pathIn(root: string, file: string): string | undefined {
  const inside = relative(root, file);
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) { return undefined; }
  return inside.split(sep).join('/');
}
