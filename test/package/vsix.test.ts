/** The packed extension: what is in it, that the check of it fires, and that its bundles start on their own. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RawClient } from '../server/client.ts';
import { copyProject, projectRoot } from '../support/project.ts';

interface ZipEntry { readonly name: string; readonly bytes: number; read(): Buffer }
interface PackageScript {
  readonly TARGETS: readonly string[];
  problemsOf(path: string, target?: string): readonly string[];
  differencesOf(path: string, other: string): readonly string[];
}
interface ZipScript { listZip(path: string): readonly ZipEntry[] }

let place: string;
let vsix: string;
let copy: string;
let unpacked: string;
let listZip: ZipScript['listZip'];
let script: PackageScript;
let problemsOf: PackageScript['problemsOf'];
/** The packages by platform. */
const packages = new Map<string, string>();

beforeAll(async () => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'tickguard-vsix-')));
  copy = join(place, 'copy');
  copyProject(copy);
  // Beside what belongs inside: what a working copy gathers.
  mkdirSync(join(copy, '.cache'));
  writeFileSync(join(copy, '.cache', 'left.txt'), 'x');
  writeFileSync(join(copy, '.env'), 'NAME=value\n');
  const out = join(place, 'packages');
  const run = spawnSync(process.execPath, [join(copy, 'scripts', 'package.mjs'), '--folder', out], { encoding: 'utf8' });
  if (run.status !== 0) { throw new Error(`scripts/package.mjs failed:\n${run.stdout}${run.stderr}`); }
  for (const match of run.stdout.matchAll(/^([\w-]+): (.*\.vsix), \d+ files, [\d.]+ MB$/gm)) { packages.set(match[1] ?? '', match[2] ?? ''); }
  vsix = packages.get('universal') ?? '';
  ({ listZip } = await import(join(projectRoot, 'scripts', 'lib', 'zip.mjs')) as ZipScript);
  script = await import(join(projectRoot, 'scripts', 'package.mjs')) as PackageScript;
  ({ problemsOf } = script);
  unpacked = join(place, 'unpacked');
  for (const entry of listZip(vsix)) {
    const path = join(unpacked, entry.name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, entry.read());
  }
}, 180_000);
afterAll(() => { rmSync(place, { recursive: true, force: true }); });

describe('the .vsix', () => {
  test('holds the bundles, the grammars, the pages and what its manifest names', () => {
    const names = listZip(vsix).map((entry) => entry.name);
    expect(problemsOf(vsix)).toEqual([]);
    expect(names.filter((name) => name.startsWith('extension/dist/')).sort()).toEqual([
      'extension/dist/client.cjs', 'extension/dist/extension.cjs', 'extension/dist/server.cjs',
      'extension/dist/tree-sitter-cpp.wasm', 'extension/dist/tree-sitter-python.wasm', 'extension/dist/tree-sitter-tsx.wasm',
      'extension/dist/tree-sitter-typescript.wasm', 'extension/dist/web-tree-sitter.wasm',
    ]);
    expect(names).toContain('extension/docs/rules/APX004.md');
    expect(names.some((name) => /\.(?:ts|map|env)$|node_modules|\/src\/|\/test\//.test(name))).toBe(false);
  });

  test('the check of its content fires: for a file too many, and for one too few', () => {
    const manifest = { main: './dist/extension.cjs', icon: './media/icon.png' };
    const path = join(place, 'bad.vsix');
    writeFileSync(path, storedZip({ 'extension/package.json': JSON.stringify(manifest), 'extension/src/engine.ts': '' }));
    expect(problemsOf(path)).toEqual(expect.arrayContaining([
      'extension/src/engine.ts does not belong inside.',
      'extension/dist/server.cjs is missing.',
      'package.json names media/icon.png, which is missing.',
    ]));
  });

  test('there is one for each platform, named and marked for it, with the same content', () => {
    const { version } = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8')) as { version: string };
    expect([...packages].map(([target, path]) => [target, basename(path)])).toEqual([
      ['universal', `tickguard-${version}.vsix`], ['win32-x64', `tickguard-win32-x64-${version}.vsix`],
      ['linux-x64', `tickguard-linux-x64-${version}.vsix`], ['darwin-arm64', `tickguard-darwin-arm64-${version}.vsix`],
    ]);
    expect([...packages.keys()]).toEqual(script.TARGETS);
    for (const [target, path] of packages) {
      expect(problemsOf(path, target)).toEqual([]);
      expect(script.differencesOf(vsix, path)).toEqual([]);
      const manifest = listZip(path).find((entry) => entry.name === 'extension.vsixmanifest')?.read().toString('utf8') ?? '';
      expect(/TargetPlatform="([^"]*)"/.exec(manifest)?.[1]).toBe(target === 'universal' ? undefined : target);
      expect(statSync(path).size).toBeLessThan(4_000_000);
    }
  });

  test('a package that says another platform, and one that differs, are told', () => {
    const windows = packages.get('win32-x64') ?? '';
    expect(problemsOf(windows)).toEqual(['It says it is for win32-x64, and universal was asked for.']);
    expect(problemsOf(vsix, 'darwin-arm64')).toEqual(['It says it is for universal, and darwin-arm64 was asked for.']);
    const [one, other] = [{ 'a.txt': '1', 'b.txt': '2' }, { 'a.txt': '3', 'c.txt': '2' }].map((files, index) => {
      const path = join(place, `${index}.vsix`);
      writeFileSync(path, storedZip(files));
      return path;
    }) as [string, string];
    expect(script.differencesOf(one, other)).toEqual(['b.txt is missing.', 'a.txt differs.', 'c.txt is in it alone.']);
  });

  test('a platform there is no package for is refused in one sentence', () => {
    const run = spawnSync(process.execPath, [join(copy, 'scripts', 'package.mjs'), '--target', 'beos-x64', '--no-build'], { encoding: 'utf8' });
    expect({ code: run.status, out: run.stdout, err: run.stderr }).toEqual({
      code: 1, out: '', err: 'There is no package for beos-x64. There are universal, win32-x64, linux-x64, darwin-arm64.\n',
    });
  });

  test('the extension\'s entry loads nothing but vscode and Node', () => {
    const asked: string[] = [];
    const text = readFileSync(join(unpacked, 'extension', 'dist', 'extension.cjs'), 'utf8');
    for (const match of text.matchAll(/\brequire\("([^"]+)"\)/g)) { asked.push(match[1] ?? ''); }
    const builtin = new Set(createRequire(import.meta.url)('node:module').builtinModules as readonly string[]);
    expect(asked.filter((name) => name !== 'vscode' && !name.startsWith('node:') && !builtin.has(name) && !name.startsWith('./'))).toEqual([]);
  });

  test('the server starts from the unpacked extension, away from the repository', async () => {
    const client = new RawClient([join(unpacked, 'extension', 'dist', 'server.cjs'), '--stdio'], unpacked);
    expect((await client.open(unpacked)).capabilities).toHaveProperty('diagnosticProvider');
    expect(await client.close()).toBe(0);
  });

  test('the terminal\'s bundle starts away from the repository, with the grammars beside it', () => {
    const away = join(place, 'away');
    mkdirSync(away);
    for (const name of ['cli.cjs', 'web-tree-sitter.wasm', 'tree-sitter-cpp.wasm', 'tree-sitter-python.wasm']) { cpSync(join(copy, 'dist', name), join(away, name)); }
    writeFileSync(join(away, 'ok.py'), 'x = 1\n');
    const run = spawnSync(process.execPath, [join(away, 'cli.cjs'), 'check', 'ok.py'], { cwd: away, encoding: 'utf8' });
    expect({ code: run.status, err: run.stderr }).toEqual({ code: 0, err: '' });
    expect(run.stdout).toMatch(/^Nothing to report: 1 file/);
  });
});

/** A zip whose entries are stored as they are. */
function storedZip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt32LE(data.length, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(data.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    parts.push(local, Buffer.from(name), data);
    directory.push(entry, Buffer.from(name));
    offset += 30 + name.length + data.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
