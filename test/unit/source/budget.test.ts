/** The time a piece of work may take is its own thread's, not that of others beside it. */
import { Worker } from 'node:worker_threads';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Budget } from '../../../src/core/source/syntax/budget.ts';

const MS = 250;
const told = existsSync('/proc/thread-self/schedstat') || 'threadCpuUsage' in process;

/** Blocks this thread without working. */
function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Works until so much of this thread's budget is gone by the clock. */
function work(ms: number): void {
  for (const until = performance.now() + ms; performance.now() < until;) { /* busy */ }
}

test.skipIf(!told)('other threads that work do not spend it; work on this one does', async () => {
  // Several, so that they get on where others use the machine as well.
  const others = Array.from({ length: 6 }, () => new Worker('for (;;) ;', { eval: true }));
  try {
    await Promise.all(others.map((other) => new Promise((online) => { other.once('online', online); })));
    const waiting = new Budget(MS);
    sleep(MS / 4);
    expect(waiting.spent).toBe(false);
    sleep(4 * MS);
    expect(waiting.spent).toBe(false);
    const working = new Budget(MS);
    work(MS * 6);
    expect(working.spent || (work(MS * 6), working.spent)).toBe(true);
  } finally {
    await Promise.all(others.map((other) => other.terminate()));
  }
});
