/** `check --jobs`: the built program on real threads prints the same bytes, also when the threads are killed. */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { THREADS_FROM_FILES } from '../../src/core/workspace/scan/parallel.ts';
import { cli, cliBundle, folderWith, spawnRun } from '../support/cli.ts';
import { projectRoot } from '../support/project.ts';
import { repositoryWith } from '../support/repository.ts';

const WATCH = join(projectRoot, 'test', 'support', 'watch-threads.cjs');

let root: string;
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'tickguard-jobs-')));
  cpSync(join(projectRoot, 'examples', 'desk'), root, { recursive: true, filter: (path) => !path.endsWith('.csv') });
  mkdirSync(join(root, 'more'));
  // Twice as many: while threads start the first one reads on.
  for (let n = 0; n < 2 * THREADS_FROM_FILES; n++) {
    const [name, text] = n % 3 === 0 ? [`m${n}.py`, `class M${n}:\n    def check(self, tick):\n        print(tick)\n`]
      : n % 3 === 1 ? [`m${n}.ts`, `export class M${n} {\n  check(data: unknown): void {\n    console.log(data);\n  }\n}\n`]
        : [`m${n}.mqh`, `class CM${n} {\npublic:\n  void Check() { Print("room"); }\n};\n`];
    writeFileSync(join(root, 'more', name), text);
  }
});
afterAll(() => { rmSync(root, { recursive: true, force: true, maxRetries: 3 }); });

interface Run {
  readonly code: number | null;
  /** Without what it took. */
  readonly report: string;
  readonly threads: number;
  readonly killed: number;
}

async function check(args: readonly string[], options: { readonly cwd?: string; readonly kill?: number } = {}): Promise<Run> {
  const run = await spawnRun(process.execPath, ['--require', WATCH, cliBundle, 'check', '--format', 'json', ...args], {
    cwd: options.cwd ?? root, env: options.kill === undefined ? {} : { TICKGUARD_KILL_THREADS: String(options.kill) },
  });
  const [, threads, killed] = /^THREADS (\d+)\nKILLED (\d+)\n$/.exec(run.err) ?? [];
  if (threads === undefined) { throw new Error(run.err); }
  return { code: run.code, report: run.out.replace(/"durationMs": [\d.]+/, ''), threads: Number(threads), killed: Number(killed) };
}

/** Every check that is to read everything begins without a cache; its lines are compared by a unit test, as what is kept hangs on the clock. */
function forget(): void {
  rmSync(join(root, '.tickguard', 'cache'), { recursive: true });
}

describe('--jobs', () => {
  let serial: Run;
  beforeAll(async () => {
    serial = await check(['--jobs', '1']);
    forget();
  });

  test('3: two more threads, the same report', async () => {
    expect(serial).toMatchObject({ code: 1, threads: 0 });
    expect(serial.report).toContain('PRF004');
    const run = await check(['--jobs', '3']);
    expect(run.threads).toBe(2);
    expect(run.report).toBe(serial.report);
    forget();
  });

  test('every thread killed when its first part comes: the same report', async () => {
    const run = await check(['--jobs', '3', '--no-cache'], { kill: 1 });
    expect(run.killed).toBeGreaterThan(0);
    expect({ ...run, threads: 0, killed: 0 }).toEqual(serial);
  });

  test('below the threshold, and with a warm cache, no thread', async () => {
    const few = folderWith({ 'tickguard.json': '{}', 'a.py': 'x = 1\n' });
    expect(await check(['--jobs', '8'], { cwd: few })).toMatchObject({ code: 0, threads: 0 });
    const cold = await check(['--jobs', '2']);
    expect(cold.threads).toBe(1);
    expect(await check(['--jobs', '2'])).toEqual({ ...serial, threads: 0 });
    forget();
  });

  test('what is staged is read on one thread', async () => {
    const files = Object.fromEntries(Array.from({ length: THREADS_FROM_FILES }, (_, n) => [`m${n}.py`, `x = ${n}\n`]));
    const repo = repositoryWith(files);
    repo.stage('m0.py', 'x = 2\n');
    expect(await check(['--staged', '--jobs', '8'], { cwd: repo.root })).toMatchObject({ code: 0, threads: 0 });
  });

  test.each([
    ['0', 'tickguard: --jobs must be at least 1.\n'],
    ['1.5', 'tickguard: --jobs must be a whole number.\n'],
    ['33', 'tickguard: --jobs must be at most 32.\n'],
  ])('%s is refused', async (jobs, err) => {
    expect(await cli(['check', '--jobs', jobs], { cwd: root })).toEqual({ code: 2, out: '', err });
  });
});
