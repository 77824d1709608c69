/** What reads the files of a scan, in the order they are asked for. */
import type { FileOutcome } from '../analyse.ts';
import type { Contents } from '../contents.ts';
import type { DiscoveredFile } from '../discovery.ts';

export interface FileReader {
  /** What came of a file; undefined after the signal to stop. Files are asked for in the order the reader was given them. */
  read(file: DiscoveredFile): Promise<FileOutcome | undefined>;
  /** Ends what it started, done or not. */
  close(): void;
}

/** Reads and judges one file on this thread. */
export type ReadFile = (file: DiscoveredFile) => FileOutcome;

/** Files fetched at a time where fetching takes a wait. */
const FETCHED_AT_ONCE = 256;

/** Reads one file after another on this thread. */
export function serialReader(files: readonly DiscoveredFile[], contents: Contents, read: ReadFile): FileReader {
  let fetched: ReadonlySet<DiscoveredFile> = new Set();
  return {
    async read(file) {
      if (!fetched.has(file)) {
        const from = files.indexOf(file);
        const next = from < 0 ? [file] : files.slice(from, from + FETCHED_AT_ONCE);
        await contents.fetch(next);
        fetched = new Set(next);
      }
      return read(file);
    },
    close: () => undefined,
  };
}
