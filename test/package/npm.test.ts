/** The npm package, packed from a clean copy and installed in an empty folder: both of its doors work there. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RawClient } from '../server/client.ts';
import { leak } from '../support/cli.ts';
import { copyProject } from '../support/project.ts';

const MAX_BYTES = 15_000_000;

let place: string;
let installed: string;
let tarball: string;
let files: readonly string[];

beforeAll(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'tickguard-npm-')));
  const copy = join(place, 'copy');
  copyProject(copy);
  // `ignore-scripts` of the repository's .npmrc would leave out prepack, which builds.
  const packed = npm(['pack', '--ignore-scripts=false', '--json', '--pack-destination', place], copy);
  const report = JSON.parse(packed.slice(packed.lastIndexOf('\n[') + 1)) as readonly { readonly filename: string; readonly files: readonly { readonly path: string }[] }[];
  tarball = join(place, report[0]?.filename ?? '');
  files = report[0]?.files.map((file) => file.path) ?? [];
  installed = join(place, 'empty');
  mkdirSync(installed);
  writeFileSync(join(installed, 'package.json'), '{"private":true}\n');
  npm(['install', '--offline', '--no-audit', '--no-fund', tarball], installed);
});
afterAll(() => { rmSync(place, { recursive: true, force: true }); });

function npm(args: readonly string[], cwd: string): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, npm_config_update_notifier: 'false' } });
}

const binary = (): string => join(installed, 'node_modules', '.bin', 'tickguard');

describe('the npm package', () => {
  test('holds the terminal, the server, the grammars and the pages, and nothing else', () => {
    const others = files.filter((path) => !/^docs\/rules\/[\w.-]+\.md$/.test(path) && !/^schemas\/[\w.-]+\.json$/.test(path));
    expect([...others].sort()).toEqual([
      'CHANGELOG.md', 'LICENSE', 'README.md', 'dist/cli.cjs', 'dist/server.cjs', 'dist/tree-sitter-cpp.wasm', 'dist/tree-sitter-python.wasm',
      'dist/tree-sitter-tsx.wasm', 'dist/tree-sitter-typescript.wasm', 'dist/web-tree-sitter.wasm', 'package.json', 'python/tickguard_redact.py',
    ]);
    expect(files).toContain('docs/rules/APX004.md');
    expect(files).toContain('schemas/tickguard.schema.json');
  });

  test('is small, and brings no other package', () => {
    expect(statSync(tarball).size).toBeLessThan(MAX_BYTES);
    expect(manifestOf(installed)['dependencies']).toBeUndefined();
    expect(existsSync(join(installed, 'node_modules', 'zod'))).toBe(false);
  });

  test('npx tickguard check finds what is wrong in a folder that has nothing but the package', () => {
    const work = join(place, 'work');
    mkdirSync(work);
    writeFileSync(join(work, 'bot.py'), leak().text);
    const run = runBinary(['check', '--format', 'json', work], installed);
    expect(run.code).toBe(1);
    const report = JSON.parse(run.out) as { findings: readonly { rule: string; file: string; line: number }[] };
    expect(report.findings).toEqual([expect.objectContaining({ rule: 'SEC001', file: 'bot.py', line: 1 })]);
  });

  test('npx tickguard explain shows the page that came with it', () => {
    const run = runBinary(['explain', 'APX004'], installed);
    expect(run.code).toBe(0);
    expect(run.out).toMatch(/^# APX004/);
    expect(run.out).toContain('When not to use it');
  });

  test('npx tickguard lsp answers an editor, and ends when it is told to', async () => {
    const client = new RawClient([binary(), 'lsp', '--stdio'], installed);
    const { capabilities, serverInfo } = await client.open(installed);
    expect(capabilities).toHaveProperty('diagnosticProvider');
    expect(serverInfo).toEqual({ name: 'tickguard', version: manifestOf(installed)['version'] });
    expect(await client.close()).toBe(0);
  });
});

function runBinary(args: readonly string[], cwd: string): { readonly code: number; readonly out: string } {
  try {
    return { code: 0, out: execFileSync(binary(), args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }) };
  } catch (error) {
    const { status, stdout } = error as { readonly status: number; readonly stdout: string };
    return { code: status, out: stdout };
  }
}

function manifestOf(folder: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, 'node_modules', 'tickguard', 'package.json'), 'utf8')) as Record<string, unknown>;
}
