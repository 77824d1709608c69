/**
 * A cold check against the floor: a bare tree-sitter parse of the same bytes, in a process of its own, interleaved. Of MQL5 only
 * the masked text parses, which is as long: it is written beside the workspace, and making it is no part of the floor.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contention } from '../support/machine.ts';
import { type BenchLanguage, LANGUAGES, PYTHON } from './languages.ts';
import { quantile, writeFiles, writeWorkspace } from './workspaces.ts';

const repository = join(import.meta.dirname, '..', '..');
const cli = join(repository, 'dist', 'cli.cjs');
const ROUNDS = process.env['TICKGUARD_LONG'] === '1' ? 5 : 3;

/** Cold check over bare parse of the same bytes: the goal; each language says what is held. */
const COLD_GOAL = 3;
/** Peak for 5,000 files over the peak for 500, and in MB. */
const PEAK_RATIO_LIMIT = 1.5;
const PEAK_LIMIT_MB = 350;
/** Peaks differ by a collection more or less: the median of so many. 5,000 files of the other languages take their time, and are run once. */
const PEAKS = 3;

interface Run {
  /** By the clock, and of the processor (all threads). */
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly out: string;
}

/** Runs a program of Node to its end: its time from start to exit, and what the kernel says of it. */
function run(args: readonly string[], cwd: string): Run {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', join(import.meta.dirname, 'peak-memory.cjs'), ...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  const ms = performance.now() - started;
  const [, peak, cpu] = /^PEAK (\d+)\nCPU (\d+)\n/.exec(stderr) ?? [];
  if (status !== 0 || peak === undefined) { throw new Error(`ended with ${status}: ${stderr.slice(0, 400)}`); }
  return { ms, cpuMs: Number(cpu) / 1_000, peakMb: Number(peak) / 1024, out: stdout };
}

/** On one thread, as the floor; `more` may say otherwise. */
function check(root: string, files: number, more: readonly string[] = ['--jobs', '1']): Run {
  const done = run([cli, 'check', '--no-cache', '--format', 'json', '--fail-on', 'error', ...more], root);
  expect((JSON.parse(done.out) as { summary: { files: number } }).summary.files).toBe(files);
  return done;
}

interface Floor extends Run { readonly bytes: number }

function bareParse(root: string, language: BenchLanguage, files: number): Floor {
  const done = run([join(import.meta.dirname, 'bare-parse.mjs'), root, language.grammar], repository);
  const read = JSON.parse(done.out) as { readonly files: number; readonly bytes: number };
  expect(read.files).toBe(files);
  return { ...done, bytes: read.bytes };
}

/** The same files as the grammar gets them. */
function maskedCopy(root: string, mask: (text: string) => string): string {
  const sources = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return writeFiles(sources.map((path) => [relative(root, path), mask(readFileSync(path, 'utf8'))] as const));
}

describe.each(LANGUAGES.map((language) => [language.name, language] as const))('check of %s, cold', (name, language) => {
  const roots: string[] = [];
  const made = (root: string): string => { roots.push(root); return root; };
  afterAll(() => { for (const root of roots) { rmSync(root, { recursive: true, force: true }); } });
  let small: string;
  beforeAll(() => { small = made(writeWorkspace(500, language)); });

  test('500 files against bare parses of the same bytes', () => {
    const bare = language.mask === undefined ? small : made(maskedCopy(small, language.mask));
    const ratios = { wall: [] as number[], cpu: [] as number[] };
    const before = contention();
    for (let round = 0; round < ROUNDS; round++) {
      const floor = bareParse(bare, language, 500);
      const whole = check(small, 500);
      ratios.wall.push(whole.ms / floor.ms);
      ratios.cpu.push(whole.cpuMs / floor.cpuMs);
      console.log(`  ${name}, round ${round + 1}: check ${whole.ms.toFixed(0)} ms (processor ${whole.cpuMs.toFixed(0)}), bare parse ${floor.ms.toFixed(0)} ms (processor ${floor.cpuMs.toFixed(0)}) of ${(floor.bytes / 1e6).toFixed(1)} MB, ratio ${(whole.ms / floor.ms).toFixed(2)}`);
    }
    const busy = Math.max(before, contention());
    console.log(`  ${name}: median ratio ${quantile(ratios.wall, 0.5).toFixed(2)} (goal ${COLD_GOAL}, held ${language.held.cold}, machine shared ${busy.toFixed(1)} times), of processor time ${quantile(ratios.cpu, 0.5).toFixed(2)}`);
    // The check leaves collecting garbage to helper threads, a bare parse has none: who shares the machine slows only the check.
    expect(quantile(ratios.wall, 0.5)).toBeLessThanOrEqual(language.held.cold * busy);
  });

  test('5,000 files take at most 350 MB and half more than 500', () => {
    const large = made(writeWorkspace(5_000, language));
    const median = (root: string, files: number, times: number): number => quantile(Array.from({ length: times }, () => check(root, files).peakMb), 0.5);
    const few = median(small, 500, PEAKS);
    const many = median(large, 5_000, language === PYTHON ? PEAKS : 1);
    console.log(`  ${name}, peak: 500 files ${few.toFixed(0)} MB, 5,000 files ${many.toFixed(0)} MB (limit ${PEAK_LIMIT_MB}), ratio ${(many / few).toFixed(2)} (limit ${PEAK_RATIO_LIMIT})`);
    expect(many).toBeLessThanOrEqual(PEAK_LIMIT_MB);
    expect(many / few).toBeLessThanOrEqual(PEAK_RATIO_LIMIT);
  });
});
