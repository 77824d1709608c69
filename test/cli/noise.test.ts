/** A file made to hurt, through the terminal: a bounded process, one word about it, and what the text rules find. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NOISE } from '../bench/noise.ts';
import { cliBundle, folderWith, leak } from '../support/cli.ts';
import { projectRoot } from '../support/project.ts';

const LENGTH = 1_200_000;
const MOST_MB = 512;
/** Two seconds of budget for parsing, half as much for the model, and the start of a process. */
const MOST_SECONDS = 4;

interface Report { readonly findings: readonly { readonly rule: string; readonly severity: string }[] }

describe('1.2 MB of noise', () => {
  test.each([['noise.py', 'a.b.c'], ['noise.ts', '(a,'], ['noise.ts', 'object'], ['noise.mq5', '{{{{'], ['noise.yaml', '[[[['], ['noise.ipynb', 'one cell (a,']])('%s %s', (file, shape) => {
    const noise = NOISE.find((one) => one.file === file && one.shape === shape);
    const cwd = folderWith({ [file]: `${String(noise?.make(LENGTH))}\n${leak().text}` });
    const run = spawnSync(process.execPath, ['--require', join(projectRoot, 'test', 'bench', 'peak-memory.cjs'), cliBundle, 'check', '--no-cache', '--format', 'json'], { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
    expect(run.status).toBe(1);
    const { findings } = JSON.parse(run.stdout) as Report;
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`).sort()).toEqual(['SEC001 error', 'TKG004 info']);
    expect(Number(/PEAK (\d+)/.exec(run.stderr)?.[1]) / 1024).toBeLessThanOrEqual(MOST_MB);
    // Processor time: the machine is shared.
    expect(Number(/CPU (\d+)/.exec(run.stderr)?.[1]) / 1e6).toBeLessThanOrEqual(MOST_SECONDS);
  });
});
