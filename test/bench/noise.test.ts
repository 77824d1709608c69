/** Every file of noise through the terminal, each in a process of its own: seconds, memory and what was found. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cliBundle, leak } from '../support/cli.ts';
import { NOISE, type Noise } from './noise.ts';

const full = process.env['TICKGUARD_LONG'] === '1';
const LENGTH = 1_200_000;
const MOST_MB = 512;
/** Two seconds of budget for parsing, half as much for the model, and the start of a process; processor time. */
const MOST_SECONDS = 4;
/** The plain bench takes one shape in so many. */
const EVERY = full ? 1 : 12;

interface Row { readonly noise: Noise; readonly seconds: number; readonly mb: number; readonly status: number | null; readonly findings: readonly string[] }

let root = '';
beforeAll(() => { root = mkdtempSync(join(tmpdir(), 'tickguard-noise-')); });
afterAll(() => { rmSync(root, { recursive: true, force: true }); });

/** The noise with a private key at its end, for the text rules; what is no text stays as it is. */
function bytesOf({ make }: Noise): string | Uint8Array {
  const made = make(LENGTH);
  return typeof made === 'string' ? `${made}\n${leak().text}` : made;
}

function checkNoise(noise: Noise): Row {
  const path = join(root, noise.file);
  writeFileSync(path, bytesOf(noise));
  try {
    const run = spawnSync(process.execPath, ['--require', join(import.meta.dirname, 'peak-memory.cjs'), cliBundle, 'check', '--no-cache', '--format', 'json'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, timeout: 60_000 });
    const number = (name: string): number => Number(new RegExp(`${name} (\\d+)`).exec(run.stderr)?.[1] ?? Number.POSITIVE_INFINITY);
    const report = run.stdout.startsWith('{') ? JSON.parse(run.stdout) as { findings: readonly { rule: string }[] } : { findings: [] };
    return { noise, seconds: number('CPU') / 1e6, mb: number('PEAK') / 1024, status: run.status, findings: report.findings.map(({ rule }) => rule).sort() };
  } finally {
    rmSync(path, { force: true });
  }
}

function inTable({ noise, seconds, mb, findings }: Row): string {
  return `  ${noise.file.padEnd(12)} ${noise.shape.padEnd(24)} ${seconds.toFixed(1).padStart(5)} s ${mb.toFixed(0).padStart(5)} MB  ${findings.join(' ')}`;
}

describe('noise', () => {
  test('costs no more than its budget, and says one word at most', () => {
    const rows = NOISE.filter((_, index) => index % EVERY === 0).map(checkNoise);
    console.log(rows.map(inTable).join('\n'));
    // A verdict was reached: no crash, no file that could not be read.
    expect(rows.filter(({ status }) => status !== 0 && status !== 1).map(inTable)).toEqual([]);
    expect(rows.filter(({ mb }) => mb > MOST_MB).map(inTable)).toEqual([]);
    expect(rows.filter(({ seconds }) => seconds > MOST_SECONDS).map(inTable)).toEqual([]);
    expect(rows.filter(({ noise, findings }) => typeof noise.make(8) === 'string' && !findings.includes('SEC001')).map(inTable)).toEqual([]);
    expect(rows.filter(({ findings }) => findings.filter((rule) => rule !== 'SEC001').length > 1).map(inTable)).toEqual([]);
  });
});
