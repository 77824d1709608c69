/** Where a project's files come from: the disk, or what git is about to commit. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DiscoveredFile, Discovery } from './discovery.ts';
import { type Decoded, decodedText, readText, textOf } from '../source/text.ts';
import { discover } from './discovery.ts';

/** The content of one file. */
export interface Content {
  readonly decoded: Decoded;
  /** git's id of it, where it was asked for. */
  readonly blob?: string;
}

export interface Contents {
  /** They are the files of the disk: `diskContents` of another thread reads the same. */
  readonly onDisk: boolean;
  /** A file that steers the check (`tickguard.json`, the baseline), by its path relative to the root; undefined where there is none. */
  policy(path: string): string | undefined;
  /** The files to check; `paths` and `exclude` as in `discover`. */
  discover(paths: readonly string[], exclude: readonly string[]): Promise<Discovery>;
  /** Fetches files that `read` is about to be asked for. */
  fetch(files: readonly DiscoveredFile[]): Promise<void>;
  /** The content of a file; `identified` asks for its blob id too. Throws the file system's error. */
  read(file: DiscoveredFile, identified: boolean): Content;
  /** The blob id of a file without decoding it; undefined where it cannot be read. */
  identify(file: DiscoveredFile): string | undefined;
  /** Ends what `fetch` started. */
  dispose(): void;
}

/** The id git gives to a content (`git hash-object`, in a repository of the usual kind): SHA-1 over `blob <size>\0` and the bytes. */
export function blobId(content: Uint8Array | string): string {
  return createHash('sha1').update(`blob ${Buffer.byteLength(content)}\0`).update(content).digest('hex');
}

/** The files as they are on the disk. */
export function diskContents(root: string): Contents {
  return {
    onDisk: true,
    policy(path) {
      try { return readFileSync(join(root, path), 'utf8'); } catch { return undefined; }
    },
    discover: (paths, exclude) => discover(root, paths, { exclude }),
    fetch: () => Promise.resolve(),
    // Synchronous: a source file is small, and a trip through the thread pool costs more than reading it.
    read(file, identified) {
      if (!identified) { return { decoded: readText(file.absolute) }; }
      // Text without a replacement character is what its bytes were; memory of bytes is given back late.
      const text = readFileSync(file.absolute, 'utf8');
      if (!text.includes('\uFFFD')) { return { decoded: decodedText(text) ?? textOf(Buffer.from(text)), blob: blobId(text) }; }
      const bytes = readFileSync(file.absolute);
      return { decoded: textOf(bytes), blob: blobId(bytes) };
    },
    identify(file) {
      try { return blobId(readFileSync(file.absolute)); } catch { return undefined; }
    },
    dispose: () => undefined,
  };
}
