/** A cold check against the floor: a bare tree-sitter parse of the same bytes, in a process of its own, interleaved. */
import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contention } from '../support/machine.ts';
import { quantile, writeWorkspace } from './workspaces.ts';

const repository = join(import.meta.dirname, '..', '..');
const cli = join(repository, 'dist', 'cli.cjs');
const full = process.env['TICKGUARD_LONG'] === '1';

/** Cold check over bare parse of the same bytes. */
const COLD_LIMIT = 3;
/** Peak for 5,000 files over the peak for 500, and in MB. */
const PEAK_RATIO_LIMIT = 1.5;
const PEAK_LIMIT_MB = 350;
/** Peaks differ by a collection more or less: the median of so many. */
const PEAKS = 3;

interface Run { readonly ms: number; readonly peakMb: number }

/** Runs the built command under /usr/bin/time's role: wall time and peak memory of the child, measured by a wrapper. */
function check(root: string): Run {
  const wrapper = `
    const { spawnSync } = require('node:child_process');
    const started = performance.now();
    const run = spawnSync(process.execPath, [${JSON.stringify(cli)}, 'check', '--no-cache', '--format', 'json', '--fail-on', 'error'], { cwd: ${JSON.stringify(root)}, maxBuffer: 1 << 28 });
    const ms = performance.now() - started;
    process.stdout.write(JSON.stringify({ status: run.status, stderr: String(run.stderr), ms, files: JSON.parse(run.stdout).summary.files }));
  `;
  const out = execFileSync(process.execPath, ['-e', wrapper], { encoding: 'utf8' });
  const { status, stderr, ms, files } = JSON.parse(out) as { status: number; stderr: string; ms: number; files: number };
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(files).toBeGreaterThan(0);
  return { ms, peakMb: peakMemory(root) };
}

/** Peak resident memory of one check in MB, as the kernel reports it for the process itself. */
function peakMemory(root: string): number {
  const run = spawnSync(process.execPath, ['--require', join(import.meta.dirname, 'peak-memory.cjs'), cli, 'check', '--no-cache', '--format', 'json'], {
    cwd: root, encoding: 'utf8', maxBuffer: 1 << 28,
  });
  const peak = /PEAK (\d+)/.exec(run.stderr)?.[1];
  if (peak === undefined) { throw new Error(`no peak in: ${run.stderr.slice(0, 400)}`); }
  return Number(peak) / 1024;
}

function bareParse(root: string): { readonly ms: number; readonly files: number; readonly bytes: number; readonly wall: number } {
  const started = performance.now();
  const out = execFileSync(process.execPath, [join(import.meta.dirname, 'bare-parse.mjs'), root], { cwd: repository, encoding: 'utf8' });
  return { ...(JSON.parse(out) as { ms: number; files: number; bytes: number }), wall: performance.now() - started };
}

describe('check, cold', () => {
  const roots = new Map<number, string>();
  beforeAll(() => { for (const count of [500, 5_000]) { roots.set(count, writeWorkspace(count)); } });
  afterAll(() => { for (const root of roots.values()) { rmSync(root, { recursive: true, force: true }); } });
  const rootOf = (count: number): string => {
    const root = roots.get(count);
    if (root === undefined) { throw new Error('no workspace'); }
    return root;
  };

  test('500 files against bare parses of the same bytes', () => {
    const ratios: number[] = [];
    const before = contention();
    for (let round = 0; round < (full ? 9 : 3); round++) {
      const floor = bareParse(rootOf(500));
      const run = check(rootOf(500));
      ratios.push(run.ms / floor.wall);
      console.log(`  round ${round + 1}: check ${run.ms.toFixed(0)} ms, bare parse ${floor.wall.toFixed(0)} ms (${floor.files} files, ${(floor.bytes / 1e6).toFixed(1)} MB), ratio ${(run.ms / floor.wall).toFixed(2)}`);
    }
    const busy = Math.max(before, contention());
    console.log(`  median ratio ${quantile(ratios, 0.5).toFixed(2)} (limit ${COLD_LIMIT}, machine shared ${busy.toFixed(1)} times)`);
    // The check leaves collecting garbage to helper threads, a bare parse has none: who shares the machine slows only the check.
    expect(quantile(ratios, 0.5)).toBeLessThanOrEqual(COLD_LIMIT * busy);
  });

  test('5,000 files take at most 350 MB and half more than 500', () => {
    const median = (count: number): number => quantile(Array.from({ length: PEAKS }, () => peakMemory(rootOf(count))), 0.5);
    const small = median(500);
    const large = median(5_000);
    console.log(`  peak: 500 files ${small.toFixed(0)} MB, 5,000 files ${large.toFixed(0)} MB (limit ${PEAK_LIMIT_MB}), ratio ${(large / small).toFixed(2)} (limit ${PEAK_RATIO_LIMIT})`);
    expect(large).toBeLessThanOrEqual(PEAK_LIMIT_MB);
    expect(large / small).toBeLessThanOrEqual(PEAK_RATIO_LIMIT);
  });
});
