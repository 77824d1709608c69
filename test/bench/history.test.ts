/** The history of a repository of 1,600 commits beside gitleaks on the same one, whole processes by the clock, interleaved. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contention } from '../support/machine.ts';
import { quantile } from './workspaces.ts';

const repository = join(import.meta.dirname, '..', '..');
const cli = join(repository, 'dist', 'cli.cjs');
const tools = join(repository, '.cache', 'gobin');
const gitleaks = join(tools, 'gitleaks');
const COMMITS = 1_600;
/** Steps in which a file grows to what it is. */
const STEPS = 8;
const ROUNDS = process.env['TICKGUARD_LONG'] === '1' ? 3 : 1;
/** The goal; what is held is that the whole history takes no longer than the peer's. */
const GOAL = 3;

let root = '';

/** gitleaks by its own module; undefined, with the reason printed, where Go or the proxy is not to be had. */
function peer(): string | undefined {
  if (existsSync(gitleaks)) { return gitleaks; }
  mkdirSync(tools, { recursive: true });
  const made = spawnSync('go', ['install', 'github.com/zricethezav/gitleaks/v8@v8.30.1'], { env: { ...process.env, GOBIN: tools }, encoding: 'utf8' });
  if (existsSync(gitleaks)) { return gitleaks; }
  console.log(`gitleaks is not to be had here: ${made.error?.message ?? made.stderr.slice(0, 200)}`);
  return undefined;
}

/** Texts of packages, as they are installed for the build. */
function texts(): readonly { readonly path: string; readonly lines: readonly string[] }[] {
  const found: { path: string; lines: readonly string[] }[] = [];
  for (const name of ['zod', 'typescript-eslint', 'eslint', 'fast-check', 'mocha', 'yaml', 'vitest', 'vscode-languageserver', 'picomatch', 'ajv']) {
    const folder = join(repository, 'node_modules', name);
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(?:[cm]?[jt]s|json|md|ya?ml)$/.test(path) && !path.includes('node_modules')).sort();
    for (const path of paths) {
      const absolute = join(folder, path);
      const { size } = statSync(absolute);
      if (size > 2_000 && size < 120_000) { found.push({ path: `${name}/${path}`, lines: readFileSync(absolute, 'utf8').split('\n') }); }
    }
  }
  return found;
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'tickguard-bench-'));
  execFileSync('git', ['init', '-q', '-b', 'main'], { cwd: root });
  const files = texts();
  const step = Math.max(1, Math.floor(files.length / (COMMITS / STEPS)));
  const chosen = files.filter((_file, index) => index % step === 0).slice(0, COMMITS / STEPS);
  const parts: string[] = [];
  for (let n = 0; n < COMMITS; n += 1) {
    const file = chosen[n % chosen.length] as (typeof chosen)[number];
    const grown = Math.min(STEPS, Math.floor(n / chosen.length) + 1);
    const text = `${file.lines.filter((_line, index) => index % STEPS < grown).join('\n')}\n`;
    parts.push(`commit refs/heads/main\ncommitter Bench <bench@example.com> ${1_700_000_000 + n * 60} +0000\ndata 5\nwork\n\nM 100644 inline ${file.path}\ndata ${Buffer.byteLength(text)}\n${text}\n`);
  }
  execFileSync('git', ['fast-import', '--quiet'], { cwd: root, input: parts.join(''), maxBuffer: 1 << 30 });
  execFileSync('git', ['reset', '-q', '--hard'], { cwd: root });
}, 300_000);
afterAll(() => { rmSync(root, { recursive: true, force: true }); });

function timed(command: string, args: readonly string[]): { readonly ms: number; readonly out: string } {
  const started = performance.now();
  const run = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status !== 0 && run.status !== 1) { throw new Error(`${command} ended with ${String(run.status)}: ${run.stderr.slice(0, 300)}`); }
  return { ms: performance.now() - started, out: run.stdout };
}

test('1,600 commits beside gitleaks', () => {
  const other = peer();
  const ours: number[] = [];
  const theirs: number[] = [];
  let bytes = 0;
  const before = contention();
  for (let round = 0; round < ROUNDS; round += 1) {
    const run = timed(process.execPath, [cli, 'history', '--no-cache', '--format', 'json']);
    const report = JSON.parse(run.out) as { readonly patchBytes: number; readonly summary: { readonly total: number } };
    expect(report.summary.total).toBe(COMMITS);
    bytes = report.patchBytes;
    ours.push(run.ms);
    if (other !== undefined) { theirs.push(timed(other, ['git', '--no-banner', '--log-opts=--all', '-r', join(root, '.git', 'gitleaks.json'), root]).ms); }
  }
  const own = quantile(ours, 0.5);
  console.log(`history: ${(bytes / 1e6).toFixed(1)} MB of patches in ${(own / 1000).toFixed(2)} s, ${(bytes / 1e3 / own).toFixed(2)} MB/s (goal 2); contention before: ${JSON.stringify(before)}`);
  if (theirs.length === 0) { return; }
  const ratio = quantile(theirs, 0.5) / own;
  console.log(`gitleaks: ${(quantile(theirs, 0.5) / 1000).toFixed(2)} s; ${ratio.toFixed(2)} times as long (goal ${GOAL})`);
  expect(ratio).toBeGreaterThan(1);
}, 170_000);
