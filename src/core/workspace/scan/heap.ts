import { setFlagsFromString } from 'node:v8';

/**
 * How much the heap may grow between two full collections. V8 itself lets it grow fourfold, and what is left of files that were
 * read long ago is most of it then: 5,000 MQL5 files of 31 MB live took 122.
 */
const GROWTH_PERCENT = 50;
/** Fewer files leave little behind, and one large file is slowed by it: 1.2 MB of TOML took half as long again. */
const FROM_FILES = 1_000;

/** Keeps the heap of this thread's process close to what lives, where many files are read one after another. */
export function keepHeapSmall(files: number): void {
  if (files >= FROM_FILES) { setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`); }
}
