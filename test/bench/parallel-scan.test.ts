/** From how many files on several threads are faster than one: whole processes, interleaved, with threads forced below the threshold. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MOST_THREADS, THREADS_FROM_FILES } from '../../src/core/workspace/scan/parallel.ts';
import { processors } from '../../src/core/workspace/scan/processors.ts';
import { contention } from '../support/machine.ts';
import { projectRoot } from '../support/project.ts';
import { writeWorkspace } from './workspaces.ts';

const full = process.env['TICKGUARD_LONG'] === '1';
/** Files → rounds: an idle core takes 2 to 3 ms a file. */
const SIZES: readonly (readonly [files: number, rounds: number])[] = full ? [[50, 2], [500, 2], [THREADS_FROM_FILES, 2], [2_000, 1]] : [[THREADS_FROM_FILES, 2]];
/** What two measurements of the same thing differ by on an idle machine. */
const NOISE = 1.1;
/**
 * A machine that others work on as well cannot be judged by the clock: then by how long the main thread was on a processor.
 * It reads as long as there is something to read, so on idle processors that is the clock.
 */
const BUSY = 1.15;
const jobs = Math.min(MOST_THREADS, processors());

/** The program with other threads from the first file on; `--jobs` then decides alone. */
async function forcedBundle(folder: string): Promise<string> {
  const require = createRequire(join(projectRoot, 'package.json'));
  const bundle = join(folder, 'cli.cjs');
  await build({
    absWorkingDir: projectRoot, bundle: true, platform: 'node', format: 'cjs', target: 'node20', minify: true, logLevel: 'error', mainFields: ['module', 'main'],
    entryPoints: ['src/cli/main.ts'], outfile: bundle, define: { 'import.meta.url': 'undefined' },
    alias: { 'web-tree-sitter': join(dirname(require.resolve('web-tree-sitter')), 'web-tree-sitter.cjs') },
    plugins: [{
      name: 'forced',
      setup({ onLoad }) {
        onLoad({ filter: /scan[\\/]parallel\.ts$/ }, ({ path }) => {
          const text = readFileSync(path, 'utf8');
          const contents = text.replace(/THREADS_FROM_FILES = [\d_]+;/, 'THREADS_FROM_FILES = 1;');
          if (contents === text) { throw new Error('The threshold is not where it was.'); }
          return { contents, loader: 'ts' };
        });
      },
    }],
  });
  const dist = join(projectRoot, 'dist');
  for (const name of readdirSync(dist).filter((file) => file.endsWith('.wasm'))) { copyFileSync(join(dist, name), join(folder, name)); }
  return bundle;
}

/** `mainMs`: how long the main thread was on a processor, NaN where the system does not tell. */
interface Run { readonly ms: number; readonly mainMs: number; readonly cpuMs: number; readonly peakMb: number; readonly report: string }

function check(bundle: string, root: string, threads: number): Run {
  const started = performance.now();
  const run = spawnSync(process.execPath, ['--require', join(import.meta.dirname, 'peak-memory.cjs'), bundle, 'check', '--no-cache', '--format', 'json', '--jobs', String(threads)], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  const ms = performance.now() - started;
  const [, peak, cpu, main] = /^PEAK (\d+)\nCPU (\d+)\n(?:MAIN (\d+)\n)?$/.exec(run.stderr) ?? [];
  if (run.status !== 0 || cpu === undefined) { throw new Error(`${run.status} ${run.stderr}`); }
  return { ms, mainMs: Number(main) / 1_000, cpuMs: Number(cpu) / 1_000, peakMb: Number(peak) / 1_024, report: run.stdout.replace(/"durationMs": [\d.]+/, '') };
}

describe('a cold check on several threads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tickguard-bench-'));
  const roots: string[] = [];
  let bundle = '';
  beforeAll(async () => { bundle = await forcedBundle(folder); });
  afterAll(() => { for (const root of [folder, ...roots]) { rmSync(root, { recursive: true, force: true }); } });

  test.skipIf(jobs < 2).each(SIZES)('%d files', (files, rounds) => {
    const root = writeWorkspace(files);
    roots.push(root);
    const serial: Run[] = [];
    const several: Run[] = [];
    const busy = [contention()];
    for (let round = 0; round < rounds; round++) {
      // In turns first and second, so that a machine that grows busier harms neither more.
      for (const threads of round % 2 === 0 ? [1, jobs] : [jobs, 1]) { (threads === 1 ? serial : several).push(check(bundle, root, threads)); }
      busy.push(contention());
    }
    const shared = Math.max(...busy);
    const least = (of: 'ms' | 'mainMs' | 'cpuMs'): readonly [number, number] => [Math.min(...serial.map((run) => run[of])), Math.min(...several.map((run) => run[of]))];
    const shown = ([one, more]: readonly [number, number]): string => `${one.toFixed(0)} → ${more.toFixed(0)} ms (${(one / more).toFixed(2)})`;
    const peak = (runs: readonly Run[]): string => Math.max(...runs.map((run) => run.peakMb)).toFixed(0);
    console.log(`  ${files} files, 1 → ${jobs} threads: clock ${shown(least('ms'))}, main thread ${shown(least('mainMs'))}, all threads ${shown(least('cpuMs'))}, `
      + `peak ${peak(serial)} → ${peak(several)} MB; machine shared ${shared.toFixed(1)} times, load ${loadavg()[0]?.toFixed(1)}`);
    expect(new Set([...serial, ...several].map(({ report }) => report)).size).toBe(1);
    const [one, more] = least(shared < BUSY || serial.some(({ mainMs }) => Number.isNaN(mainMs)) ? 'ms' : 'mainMs');
    if (files >= THREADS_FROM_FILES) { expect(more).toBeLessThanOrEqual(one * NOISE); }
  });
});
