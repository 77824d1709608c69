/** Files of noise through the terminal, each in a process of its own: seconds, memory and what was found. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cliBundle, leak } from '../support/cli.ts';
import { slownessOfStarts } from '../support/machine.ts';
import { NOISE, sampleOfNoise, type Noise } from './noise.ts';

const LENGTH = 1_200_000;
const MOST_MB = 512;
/** Two seconds of budget for parsing, half as much for the model, and the start of a process; processor time. */
const MOST_SECONDS = 4;
/** One shape in so many of every file; `TICKGUARD_NOISE=all` takes them all. */
const EVERY = process.env['TICKGUARD_LONG'] === '1' ? 2 : 60;
const chosen = process.env['TICKGUARD_NOISE'] === 'all' ? NOISE : sampleOfNoise(EVERY);
/** Files checked at a time. */
const AT_ONCE = Math.min(2, cpus().length);

interface Row { readonly noise: Noise; readonly seconds: number; readonly mb: number; readonly status: number | null; readonly findings: readonly string[] }

let root = '';
beforeAll(() => { root = mkdtempSync(join(tmpdir(), 'tickguard-noise-')); });
afterAll(() => { rmSync(root, { recursive: true, force: true }); });

/** The noise with a private key at its end, for the text rules; what is no text stays as it is. */
function bytesOf({ make }: Noise): string | Uint8Array {
  const made = make(LENGTH);
  return typeof made === 'string' ? `${made}\n${leak().text}` : made;
}

/** What a check of the folder printed, and its exit code; null where it did not end. */
function runCheck(cwd: string): Promise<{ readonly out: string; readonly err: string; readonly status: number | null }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--require', join(import.meta.dirname, 'peak-memory.cjs'), cliBundle, 'check', '--no-cache', '--format', 'json'], { cwd, timeout: 120_000 });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text; });
    child.once('error', fail);
    child.once('close', (status) => { done({ out, err, status }); });
  });
}

async function checkNoise(noise: Noise, folder: string): Promise<Row> {
  const cwd = join(root, folder);
  mkdirSync(cwd);
  try {
    writeFileSync(join(cwd, noise.file), bytesOf(noise));
    const { out, err, status } = await runCheck(cwd);
    const number = (name: string): number => Number(new RegExp(`${name} (\\d+)`).exec(err)?.[1] ?? Number.POSITIVE_INFINITY);
    const report = out.startsWith('{') ? JSON.parse(out) as { findings: readonly { rule: string }[] } : { findings: [] };
    return { noise, seconds: number('CPU') / 1e6, mb: number('PEAK') / 1024, status, findings: report.findings.map(({ rule }) => rule).sort() };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** Every chosen file, some at a time, in the order of the list. */
async function checkAll(): Promise<Row[]> {
  const rows: Row[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < chosen.length; index = next++) { rows[index] = await checkNoise(chosen[index] as Noise, String(index)); }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return rows;
}

/** A text that takes much memory is as slow as the machine is at handing it out, which its start of an empty process tells best. Of two measurements of a file the second one, alone and beside a probe of the machine, decides: seconds on an idle one. */
async function secondsAlone({ noise }: Row): Promise<number> {
  const before = slownessOfStarts();
  const { seconds } = await checkNoise(noise, 'alone');
  return seconds / Math.max(before, slownessOfStarts());
}

function inTable({ noise, seconds, mb, findings }: Row): string {
  return `  ${noise.file.padEnd(12)} ${noise.shape.padEnd(24)} ${seconds.toFixed(1).padStart(5)} s ${mb.toFixed(0).padStart(5)} MB  ${findings.join(' ')}`;
}

describe('noise', () => {
  test('costs no more than its budget, and says one word at most', async () => {
    const rows = await checkAll();
    console.log(rows.map(inTable).join('\n'));
    // A verdict was reached: no crash, no file that could not be read.
    expect(rows.filter(({ status }) => status !== 0 && status !== 1).map(inTable)).toEqual([]);
    expect(rows.filter(({ mb }) => mb > MOST_MB).map(inTable)).toEqual([]);
    expect(rows.filter(({ noise, findings }) => typeof noise.make(8) === 'string' && !findings.includes('SEC001')).map(inTable)).toEqual([]);
    // One information finding, or none where everything was read; lines that no reader of an environment file takes are ENV006's.
    expect(rows.filter(({ findings }) => findings.filter((rule) => rule !== 'SEC001' && rule !== 'ENV006').some((rule, at) => rule !== 'TKG004' || at > 0)).map(inTable)).toEqual([]);
    const slow: string[] = [];
    for (const row of rows.filter(({ seconds }) => seconds > MOST_SECONDS)) {
      const seconds = await secondsAlone(row);
      if (seconds > MOST_SECONDS) { slow.push(inTable({ ...row, seconds })); }
    }
    expect(slow).toEqual([]);
  });
});
