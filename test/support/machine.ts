/**
 * How slow and how busy the machine is right now: absolute bounds hold on the one they were measured on while it does nothing else, and are
 * stretched on one that is slower or does something else. A ratio of two measurements knows a slow machine by itself, and is stretched where it is shared.
 */

import { execFileSync } from 'node:child_process';

/** What `work` takes on an idle machine with two cores of an AMD EPYC (Node 20), ms, on 2026-12-01: the median of many runs, and what one in twenty takes longer than. */
const REFERENCE_MS = 17;
const REFERENCE_TAIL_MS = 26;
/** What starting Node for nothing takes there, ms. */
const REFERENCE_START_MS = 45;
/** The first rounds are V8's, who compiles. */
const WARM_UP = 4;
const ROUNDS = 64;
const STARTS = 5;

/** Objects, texts, maps and numbers, as an engine has them. */
function work(): number {
  const counts = new Map<string, number>();
  let sum = 0;
  for (let i = 0; i < 60_000; i++) {
    const name = `handler_${i % 4_001}`;
    counts.set(name, (counts.get(name) ?? 0) + i);
    sum = (sum + (/_(\d+)$/.exec(name)?.[1]?.length ?? 0) * i) % 1_000_003;
  }
  const text = JSON.stringify([...counts].map(([name, count]) => ({ name, count, parts: name.split('_') })));
  return sum + (JSON.parse(text) as unknown[]).length;
}

const at = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;

function timed(rounds: number, run: () => void): readonly number[] {
  return Array.from({ length: rounds }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  }).sort((a, b) => a - b);
}

/**
 * Wall time of a fixed piece of work over what it takes on the idle machine of the bounds, at least 1: the worse of the median and of the slowest in
 * twenty, since a machine that is now and then taken away is slow in the tail alone. Measure it right before and after what it is to judge.
 */
export function slowness(): number {
  const once = (): void => { if (work() < 0) { throw new Error('numbers below nothing'); } };
  timed(WARM_UP, once);
  const times = timed(ROUNDS, once);
  return Math.max(1, at(times, 0.5) / REFERENCE_MS, at(times, 0.95) / REFERENCE_TAIL_MS);
}

/** The same for what is mostly the start of a process: as slow as the machine is at that, where it is slower at that than at computing. */
export function slownessOfStarts(): number {
  const starts = timed(STARTS, () => { execFileSync(process.execPath, ['-e', '0']); });
  return Math.max(slowness(), at(starts, 0.5) / REFERENCE_START_MS);
}

/**
 * Wall time over processor time of a stretch of pure computation (200 ms of processor time), at least 1: 1.0 on an idle
 * machine, 3 where three processes share the core. Measure it right before and after what it is to judge.
 */
export function contention(): number {
  const wall = performance.now();
  const start = process.cpuUsage();
  let spent = 0;
  for (let sum = 0; spent < 200_000; ) {
    for (let i = 0; i < 100_000; i++) { sum = (sum + i * i) % 1_000_003; }
    const { user, system } = process.cpuUsage(start);
    spent = user + system + (sum < 0 ? 1 : 0);
  }
  return Math.max(1, (performance.now() - wall) / (spent / 1_000));
}
