/** How many threads can run at the same time: what the machine has, and what a container may use of it. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

type ReadText = (path: string) => string | undefined;

/** At least 1. Part of a processor counts as none: threads that share it wait for each other. */
export function processors(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(quota((path) => {
    try { return readFileSync(path, 'utf8'); } catch { return undefined; }
  }))));
}

/**
 * Processors that the control groups of this process allow, all groups above its own included; infinite where none says
 * so, and on a system without them. (cgroups(7): `cpu.max` holds `quota period` in version 2, `cpu.cfs_quota_us` and
 * `cpu.cfs_period_us` in version 1; `/proc/self/cgroup` names the group. Node 20 does not ask.)
 */
export function quota(read: ReadText): number {
  let least = Number.POSITIVE_INFINITY;
  for (const line of read('/proc/self/cgroup')?.split('\n') ?? []) {
    const [, controllers, group] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (controllers === undefined || group === undefined) { continue; }
    if (controllers === '') { least = Math.min(least, leastOf('/sys/fs/cgroup', group, (folder) => ofVersion2(read, folder))); }
    if (controllers.split(',').includes('cpu')) { least = Math.min(least, leastOf('/sys/fs/cgroup/cpu', group, (folder) => ofVersion1(read, folder))); }
  }
  return least;
}

/** The least of a group and those above it; in a container its own group may stand at the top. */
function leastOf(top: string, group: string, ask: (folder: string) => number): number {
  let least = ask(top);
  for (let at = group; at.length > 1; at = at.slice(0, at.lastIndexOf('/'))) { least = Math.min(least, ask(`${top}${at}`)); }
  return least;
}

function ofVersion2(read: ReadText, folder: string): number {
  const [most, period] = read(`${folder}/cpu.max`)?.trim().split(' ') ?? [];
  return shareOf(most, period);
}

function ofVersion1(read: ReadText, folder: string): number {
  return shareOf(read(`${folder}/cpu.cfs_quota_us`)?.trim(), read(`${folder}/cpu.cfs_period_us`)?.trim());
}

/** `max` and -1 mean as much as there is. */
function shareOf(most: string | undefined, period: string | undefined): number {
  const share = Number(most) / Number(period);
  return share > 0 ? share : Number.POSITIVE_INFINITY;
}
