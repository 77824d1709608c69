/** When a scan is worth more than one thread, and how many. Measured by `test/bench/parallel-scan.test.ts`. */

/**
 * Fewer files that still have to be read take as long on several threads: one thread leaves much of a second core to the collector
 * and the compiler, and each thread starts the program and warms up its own code. On two cores two threads were 0.97 times as
 * fast for 500 files, 1.04 for 750, 1.08 for 1,000, 1.2 for 1,500 and 1.5 for 5,000.
 */
export const THREADS_FROM_FILES = 1_000;
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
