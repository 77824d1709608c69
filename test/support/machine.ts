/** How busy the machine is: absolute bounds hold on a machine that does nothing else, and are stretched by this on one that does. */

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
