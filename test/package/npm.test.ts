/** The npm package, packed from a clean copy and installed in an empty folder: both of its doors work there. */
import { spawn, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leak } from '../support/cli.ts';
import { projectRoot } from '../support/project.ts';

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

/** The project as a clone has it: without what builds and tests left, with the packages that npm ci brings. */
function copyProject(to: string): void {
  const left = new Set(['node_modules', 'dist', '.tsbuild', '.cache', '.git', 'out', 'coverage']);
  cpSync(projectRoot, to, { recursive: true, filter: (path) => !left.has(path.slice(projectRoot.length + 1)) });
  symlinkSync(join(projectRoot, 'node_modules'), join(to, 'node_modules'));
}

function npm(args: readonly string[], cwd: string): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, npm_config_update_notifier: 'false' } });
}

const binary = (): string => join(installed, 'node_modules', '.bin', 'tickguard');

describe('the npm package', () => {
  test('holds the terminal, the server, the grammars and the pages, and nothing else', () => {
    const others = files.filter((path) => !/^docs\/rules\/[\w.-]+\.md$/.test(path) && !/^schemas\/[\w.-]+\.json$/.test(path));
    expect([...others].sort()).toEqual([
      'CHANGELOG.md', 'LICENSE', 'README.md', 'dist/cli.cjs', 'dist/server.cjs', 'dist/tree-sitter-python.wasm',
      'dist/web-tree-sitter.wasm', 'package.json',
    ]);
    expect(files).toContain('docs/rules/APX004.md');
    expect(files).toContain('schemas/tickguard.schema.json');
  });

  test('is small, and brings no other package', () => {
    expect(statSync(tarball).size).toBeLessThan(MAX_BYTES);
    const manifest = JSON.parse(readFileSync(join(installed, 'node_modules', 'tickguard', 'package.json'), 'utf8')) as Record<string, unknown>;
    expect(manifest['dependencies']).toBeUndefined();
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
    const child = spawn(binary(), ['lsp', '--stdio'], { cwd: installed });
    const answers = talk(child);
    child.stdin.write(message({ id: 1, method: 'initialize', params: { processId: process.pid, rootUri: null, capabilities: {} } }));
    const answer = await answers(1);
    expect(answer['result']).toMatchObject({ capabilities: { textDocumentSync: expect.anything() as unknown } });
    child.stdin.write(message({ method: 'initialized', params: {} }));
    child.stdin.write(message({ id: 2, method: 'shutdown' }));
    await answers(2);
    child.stdin.write(message({ method: 'exit' }));
    expect(await new Promise((done) => { child.once('exit', done); })).toBe(0);
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

function message(body: object): string {
  const text = JSON.stringify({ jsonrpc: '2.0', ...body });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/** Reads the messages of a server; the answer to an id, whenever it comes. */
function talk(child: ReturnType<typeof spawn>): (id: number) => Promise<Record<string, unknown>> {
  const answers = new Map<number, Record<string, unknown>>();
  const waiting = new Map<number, (answer: Record<string, unknown>) => void>();
  let data = Buffer.alloc(0);
  child.stdout?.on('data', (chunk: Buffer) => {
    data = Buffer.concat([data, chunk]);
    for (;;) {
      const head = data.indexOf('\r\n\r\n');
      const length = head === -1 ? undefined : Number(/Content-Length: (\d+)/.exec(data.toString('ascii', 0, head))?.[1]);
      if (length === undefined || data.length < head + 4 + length) { return; }
      const answer = JSON.parse(data.toString('utf8', head + 4, head + 4 + length)) as Record<string, unknown>;
      data = data.subarray(head + 4 + length);
      if (typeof answer['id'] === 'number' && answer['method'] === undefined) {
        answers.set(answer['id'], answer);
        waiting.get(answer['id'])?.(answer);
      }
    }
  });
  return (id) => new Promise((done) => {
    const there = answers.get(id);
    if (there === undefined) { waiting.set(id, done); } else { done(there); }
  });
}
