/** How long this thread was on a processor: what it worked, whoever else works in the process or on the machine. */
import { readFileSync } from 'node:fs';

/** Newer Nodes tell; their types come with them. */
const told = process as { threadCpuUsage?(): NodeJS.CpuUsage };

/**
 * Milliseconds so far. By Node from 23.9 on, by Linux before (proc(5): the first number of `schedstat`, nanoseconds, brought up
 * to date at every clock tick); elsewhere of the whole process, which is too much while other threads read as well.
 */
export function threadTime(): number {
  if (told.threadCpuUsage === undefined) {
    try {
      const spent = Number.parseInt(readFileSync('/proc/thread-self/schedstat', 'latin1'), 10) / 1_000_000;
      if (spent > 0) return spent;
    } catch {
      // Not on this system.
    }
  }
  const { user, system } = told.threadCpuUsage?.() ?? process.cpuUsage();
  return (user + system) / 1_000;
}
