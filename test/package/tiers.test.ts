/** A tier whose needs the machine lacks is skipped by name and reason, and on a build server that is a failure. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, spawnRun } from '../support/cli.ts';
import { projectRoot } from '../support/project.ts';

const SCRIPT = join(projectRoot, 'scripts', 'test.mjs');
const REASON = 'Python 3 with pip is missing, and only root may install it here: apt-get install python3 python3-pip';

test.each([
  ['a Python without pip', { python3: '#!/bin/sh\nexit 1\n' }],
  ['no Python at all', {}],
])('corpus, on a machine with %s', async (_, programs) => {
  const bin = folderWith(programs);
  for (const name of Object.keys(programs)) { await spawnRun('/bin/chmod', ['+x', join(bin, name)], { cwd: bin }); }
  const here = await spawnRun(process.execPath, [SCRIPT, 'corpus'], { cwd: projectRoot, env: { PATH: bin } });
  expect(here.out).toContain(`skipped: ${REASON}`);
  expect(here.out.trimEnd().split('\n').at(-1)).toBe('0 passed, 0 failed');
  expect(here.code).toBe(0);
  const server = await spawnRun(process.execPath, [SCRIPT, 'corpus'], { cwd: projectRoot, env: { PATH: bin, CI: 'true' } });
  expect(server.out).toMatch(/^corpus +skipped +0 +1 /m);
  expect(server.code).toBe(1);
});

test('corpus, on a machine with Python and without git', async () => {
  const bin = folderWith({ python3: '#!/bin/sh\nexit 0\n' });
  await spawnRun('/bin/chmod', ['+x', join(bin, 'python3')], { cwd: bin });
  const { out, code } = await spawnRun(process.execPath, [SCRIPT, 'corpus'], { cwd: projectRoot, env: { PATH: bin } });
  expect(out).toContain('skipped: git is missing, and only root may install it here: apt-get install git');
  expect(code).toBe(0);
});
