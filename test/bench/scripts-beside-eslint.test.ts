/**
 * TypeScript beside the linter its users know: the terminal's check and eslint with typescript-eslint's recommended rules, each a
 * process of its own, over the same files in the same run.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cliBundle } from '../support/cli.ts';

const root = join(import.meta.dirname, '../..');
/** TypeScript that packages ship: on every machine after `npm ci`. */
const SOURCES = ['zod/src', 'ajv/lib', '@azure/msal-node/src', '@azure/msal-common/src'];
/** Ours may take at most this part of eslint's time. */
const GOAL = 1;

function sourcesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Seconds of processor time a command takes, its children included. */
function processor(args: readonly string[], cwd: string): { readonly seconds: number; readonly out: string } {
  const run = spawnSync(process.execPath, ['-e', MEASURE, ...args], { cwd, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  if (run.error !== undefined) { throw run.error; }
  const seconds = Number(/processor ([\d.]+)\s*$/.exec(run.stderr)?.[1]);
  if (!Number.isFinite(seconds)) { throw new Error(`not measured: ${run.stderr.slice(-500)}`); }
  return { seconds, out: run.stdout };
}

/** Runs a script as the program itself and says at its end what processor time it took: the clock says more about the other work of the machine. */
const MEASURE = `
const { pathToFileURL } = require('node:url');
const [file, ...rest] = process.argv.slice(1);
process.argv.splice(1, process.argv.length, file, ...rest);
process.on('exit', () => { const { user, system } = process.cpuUsage(); process.stderr.write('processor ' + ((user + system) / 1e6).toFixed(3) + '\\n'); });
import(pathToFileURL(file).href);
`;

describe('TypeScript beside eslint', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tickguard-eslint-'));
  let lines = 0;
  let files = 0;
  beforeAll(() => {
    mkdirSync(join(folder, 'src'));
    for (const path of SOURCES.flatMap((source) => sourcesUnder(join(root, 'node_modules', source)))) {
      const name = `f${++files}.ts`;
      copyFileSync(path, join(folder, 'src', name));
      lines += readFileSync(path, 'utf8').split('\n').length;
    }
    const eslint = pathToFileURL(join(root, 'node_modules/typescript-eslint/dist/index.js')).href;
    writeFileSync(join(folder, 'eslint.config.mjs'), `import tseslint from '${eslint}';\nexport default tseslint.config(...tseslint.configs.recommended);\n`);
  });
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

  test('the check takes less processor time', () => {
    const ours = processor([cliBundle, 'check', 'src', '--format', 'json'], folder);
    const theirs = processor([join(root, 'node_modules/eslint/bin/eslint.js'), 'src', '--format', 'json'], folder);
    expect((JSON.parse(ours.out) as { summary: { files: number } }).summary.files).toBe(files);
    expect(JSON.parse(theirs.out) as unknown[]).toHaveLength(files);
    const ratio = ours.seconds / theirs.seconds;
    console.log(`  ${files} files, ${lines} lines: check ${ours.seconds.toFixed(1)} s, eslint ${theirs.seconds.toFixed(1)} s of processor time; ratio ${ratio.toFixed(2)}, limit ${GOAL}`);
    expect(ratio).toBeLessThanOrEqual(GOAL);
  });
});
