/**
 * How slow and how busy the machine is right now: absolute bounds hold on the one they were measured on while it does nothing else, and are
 * stretched on one that is slower or does something else. A ratio of two measurements knows a slow machine by itself, and is stretched where it is shared.
 */

/** What `work` takes on an idle machine with two cores of an AMD EPYC (Node 20), ms: the tenth part of 200 runs took less, on 2026-12-01. */
const REFERENCE_MS = 17;
/** The first rounds are V8's, who compiles; of the others the median counts. */
const WARM_UP = 4;
const ROUNDS = 13;

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

/** Wall time of a fixed piece of work over what it takes on the idle machine of the bounds, at least 1. Measure it right before and after what it is to judge. */
export function slowness(): number {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    if (work() < 0) { throw new Error('numbers below nothing'); }
    if (round >= WARM_UP) { times.push(performance.now() - started); }
  }
  times.sort((a, b) => a - b);
  return Math.max(1, (times[times.length >> 1] as number) / REFERENCE_MS);
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
