/**
 * Ten million marks against a pack: time and memory of the whole process, and the time beside merely reading the same file. Both are
 * processes of their own, one after the other, in turn.
 */
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { folderWith, spawnRun } from '../support/cli.ts';
import { slowness } from '../support/machine.ts';
import { projectRoot } from '../support/project.ts';
import { random as chance } from './random.ts';

const MARKS = 10_000_000;
const ROUNDS = 3;
/** Seconds, and MB of the largest resident set. */
const GOAL_S = 10;
const GOAL_MB = 512;
/** Processor time of the replay over that of reading alone. */
const GOAL_RATIO = 3;

/** The ledger, and a program that reads it with the same reader and nobody who listens. */
async function prepared(): Promise<string> {
  const folder = folderWith({});
  await writeMarks(join(folder, 'marks.csv'));
  await build({
    stdin: {
      contents: `import { openLedger } from './src/guardians/compliance/ledger/open-ledger.ts';
const opened = await openLedger(process.argv[2], { currency: 'USD' });
if (!opened.ok) { throw new Error(opened.error); }
let events = 0;
for await (const batch of opened.value.batches(new AbortController().signal)) { if (!batch.ok) { throw new Error(batch.error); } events += batch.value.length; }
console.log(events);`,
      resolveDir: projectRoot, loader: 'ts',
    },
    bundle: true, platform: 'node', format: 'esm', target: 'node20', outfile: join(folder, 'read.mjs'), logLevel: 'error',
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  return folder;
}

test(`${MARKS.toLocaleString('en-US')} marks: at most ${String(GOAL_S)} s, ${String(GOAL_MB)} MB and ${String(GOAL_RATIO)} times reading them`, async () => {
  const folder = await prepared();
  const busy = slowness();
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const read = await timed(folder, [join(folder, 'read.mjs'), join(folder, 'marks.csv')]);
    const replay = await timed(folder, [join(projectRoot, 'dist', 'cli.cjs'), 'replay', join(folder, 'marks.csv'), '--pack', 'apex-4.0-eod', '--size', '50000', '--vendor', 'tradovate']);
    expect(read.out.trim()).toBe(String(MARKS));
    expect(replay.out).toContain(`${MARKS.toLocaleString('en-US')} marks in 1 file`);
    rounds.push({ read, replay });
  }
  const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  const seconds = median(rounds.map(({ replay }) => replay.seconds));
  const ratio = median(rounds.map(({ read, replay }) => replay.cpu / read.cpu));
  const megabytes = Math.max(...rounds.map(({ replay }) => replay.megabytes));
  console.log(`replay ${seconds.toFixed(1)} s (goal ${String(GOAL_S)}), ${megabytes.toFixed(0)} MB (goal ${String(GOAL_MB)}), ${ratio.toFixed(2)} times reading (goal ${String(GOAL_RATIO)}); machine ${busy.toFixed(1)} times slower`);
  expect(megabytes).toBeLessThanOrEqual(GOAL_MB);
  expect(ratio).toBeLessThanOrEqual(GOAL_RATIO);
  expect(seconds).toBeLessThanOrEqual(GOAL_S * Math.max(busy, slowness()));
}, 900_000);

interface Timed { readonly out: string; readonly seconds: number; readonly cpu: number; readonly megabytes: number }

/** A Node process: its clock, processor time and largest resident set, as it tells them at its end. */
async function timed(folder: string, args: readonly string[]): Promise<Timed> {
  const told = await teller(folder);
  const started = performance.now();
  const { out, err } = await spawnRun(process.execPath, ['--require', told, ...args], { cwd: folder });
  const seconds = (performance.now() - started) / 1000;
  const match = /told (\d+) (\d+)/.exec(err);
  return { out, seconds, cpu: Number(match?.[1]) / 1e6, megabytes: Number(match?.[2]) / 1024 };
}

/** A file that makes a process tell its processor time (µs) and largest resident set (KB) when it ends. */
async function teller(folder: string): Promise<string> {
  const path = join(folder, 'told.cjs');
  await writeFile(path, "process.on('exit', () => { const { user, system } = process.cpuUsage(); process.stderr.write(`told ${user + system} ${process.resourceUsage().maxRSS}\\n`); });\n");
  return path;
}

/** Marks a second apart, in days of 20,000; equity walks and turns before it ends the account. */
async function writeMarks(path: string): Promise<void> {
  const random = chance(5);
  const stream = createWriteStream(path, { highWaterMark: 1 << 20 });
  let at = Date.UTC(2020, 0, 2, 15);
  let equity = 5_000_000;
  let text = 'timestamp,equity,balance\n';
  for (let mark = 0; mark < MARKS; mark += 1) {
    at += mark % 20_000 === 0 ? 68_400_000 : 1000;
    equity += Math.floor(random() * 1001) - 500;
    if (equity < 4_850_000) { equity += 3000; }
    text += `${String(at)},${String(Math.floor(equity / 100))}.${String(equity % 100).padStart(2, '0')},50000.00\n`;
    if (text.length > 1 << 20) {
      if (!stream.write(text)) { await new Promise<void>((resolve) => { stream.once('drain', () => { resolve(); }); }); }
      text = '';
    }
  }
  stream.end(text);
  await new Promise<void>((resolve, reject) => { stream.once('close', () => { resolve(); }); stream.once('error', reject); });
}
