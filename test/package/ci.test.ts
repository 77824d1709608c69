/** `.ci/run`: it installs, runs both commands without input and with CI=true, and its last line is the sum. */
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type CliRun, folderWith, spawnRun } from '../support/cli.ts';
import { projectRoot } from '../support/project.ts';

/** Runs `.ci/run` where npm is a script that answers each of its calls with these lines. */
async function ciRun(npm: { readonly ci: string; readonly test: string; readonly long: string }): Promise<CliRun & { readonly calls: string }> {
  const folder = folderWith({});
  mkdirSync(join(folder, '.ci'));
  mkdirSync(join(folder, 'bin'));
  cpSync(join(projectRoot, '.ci', 'run'), join(folder, '.ci', 'run'));
  const fake = ['#!/usr/bin/env bash', `echo "$* CI=$CI input=$(cat | wc -c)" >> ${join(folder, 'calls')}`, 'case "$*" in',
    `ci) ${npm.ci} ;;`, `test) ${npm.test} ;;`, `"run test:long") ${npm.long} ;;`, '*) exit 9 ;;', 'esac', ''];
  writeFileSync(join(folder, 'bin', 'npm'), fake.join('\n'));
  chmodSync(join(folder, 'bin', 'npm'), 0o755);
  const run = await spawnRun(join(folder, '.ci', 'run'), [], { cwd: '/', input: 'typed', env: { PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` } });
  return { ...run, calls: readFileSync(join(folder, 'calls'), 'utf8') };
}

const last = (run: CliRun): string | undefined => run.out.trimEnd().split('\n').at(-1);

test('all passed: the sum, exit 0, and how npm was called', async () => {
  const run = await ciRun({ ci: 'true', test: 'echo "      3 passed, 1 failed of a tier"; echo "10 passed, 0 failed"', long: 'echo "5 passed, 0 failed"' });
  expect({ code: run.code, last: last(run) }).toEqual({ code: 0, last: '15 passed, 0 failed' });
  expect(run.calls).toBe('ci CI=true input=0\ntest CI=true input=0\nrun test:long CI=true input=0\n');
});

test('something failed: the long tests run all the same, exit 1', async () => {
  const run = await ciRun({ ci: 'true', test: 'echo "9 passed, 1 failed"; exit 1', long: 'echo "5 passed, 0 failed"' });
  expect({ code: run.code, last: last(run) }).toEqual({ code: 1, last: '14 passed, 1 failed' });
});

test.each([
  ['a run without a count', { ci: 'true', test: 'exit 1', long: 'echo "5 passed, 0 failed"' }, '5 passed, 1 failed'],
  ['a run that ends well without a count', { ci: 'true', test: 'true', long: 'echo "5 passed, 0 failed"' }, '5 passed, 1 failed'],
  ['a run that fails with a count of none', { ci: 'true', test: 'echo "9 passed, 0 failed"; exit 1', long: 'echo "5 passed, 0 failed"' }, '14 passed, 1 failed'],
  ['packages that cannot be installed', { ci: 'exit 1', test: 'true', long: 'true' }, '0 passed, 1 failed'],
])('%s is a failure', async (_name, npm, line) => {
  const run = await ciRun(npm);
  expect({ code: run.code, last: last(run) }).toEqual({ code: 1, last: line });
});
