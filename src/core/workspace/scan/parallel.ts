/** When a scan is worth more than one thread, and how many. Measured by `test/bench/parallel-scan.test.ts`. */

/** Fewer files that still have to be read are read before another thread has started. */
export const THREADS_FROM_FILES = 200;
/** Threads a scan takes without being told, the one that runs already included: each other one takes about 50 MB. */
export const MOST_THREADS = 4;
/** Most that may be asked for. */
export const MOST_JOBS = 32;

/**
 * How many threads read `files` files, this one included.
 *
 * @param jobs how many may, where somebody said so.
 * @param processors how many can run at the same time; asked only where it matters.
 */
export function threadsFor(files: number, jobs: number | undefined, processors: () => number): number {
  if (files < THREADS_FROM_FILES) { return 1; }
  return jobs ?? Math.min(MOST_THREADS, processors());
}
