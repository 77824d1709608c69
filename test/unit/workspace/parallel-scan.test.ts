/** A scan on several threads says and remembers what a scan on one does, byte for byte, whatever becomes of the threads. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { reportJson } from '../../../src/core/findings/reporters/json.ts';
import type { Rule } from '../../../src/core/rules/rule.ts';
import { Syntax } from '../../../src/core/source/syntax/syntax.ts';
import { diskContents } from '../../../src/core/workspace/contents.ts';
import type { ProjectOptions } from '../../../src/core/workspace/project-options.ts';
import { Project } from '../../../src/core/workspace/project.ts';
import { MOST_THREADS, THREADS_FROM_FILES, threadsFor } from '../../../src/core/workspace/scan/parallel.ts';
import { processors, quota } from '../../../src/core/workspace/scan/processors.ts';
import { createEngine } from '../../../src/engine.ts';
import { leak } from '../../support/cli.ts';
import { projectRoot } from '../../support/project.ts';
import { ruleOf } from '../rules/run-helper.ts';
import { type Death, testThreads, type TestThreads } from './scan-threads.ts';

const engine = createEngine();
const { text: LEAK, secret: SECRET } = leak();

/** Python, MQL5, TypeScript, configurations, a notebook and pages, with findings in and across them, and files that are skipped. */
function mixedProject(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'tickguard-test-')));
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'bot/feed.ts': 'import WebSocket from "ws";\nimport { Risk } from "./risk";\n\nconst risk = new Risk();\nconst ws = new WebSocket("wss://stream.binance.com/ws");\nws.on("message", (data) => { risk.check(data); exchange.createOrder("BTC/USDT", "market", "buy", 1); });\n',
    'bot/risk.ts': 'export class Risk {\n  check(data: unknown): void {\n    console.log("room", data);\n  }\n}\n',
    'bot/view.tsx': 'export const View = () => <b>{"x"}</b>;\n',
    'bot/tickguard.json': '{ "rules": { "PRF004": "info" } }',
    'broken/tickguard.json': '{ "rules": { "NOPE1": "off" } }',
    'broken/half.py': 'def f(:\n    return (\n',
    'keys/key.py': LEAK,
    'keys/known.py': `${LEAK.trimEnd()}  # tickguard: ignore[SEC001] a sample of the ${SECRET} page\n`,
    'keys/names.py': `__all__ = ['${SECRET.slice(0, 40).replaceAll(/\W/g, 'x')}']\napi_secret = '${SECRET.slice(0, 40).replaceAll(/\W/g, 'x')}'\n`,
    'keys/unused.py': 'x = 1  # tickguard: ignore[SEC001] nothing\n',
    'wide.mq5': Buffer.from('\uFEFFvoid OnTick() { Print("room"); Sleep(10); }\n', 'utf16le'),
    'blob.txt': new Uint8Array([1, 0, 2, 255, 0]),
    'more/notes.txt': 'größer\n',
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  cpSync(join(projectRoot, 'examples', 'desk'), root, { recursive: true, filter: (path) => !path.endsWith('.csv') });
  for (let n = 0; n < 50; n++) { writeFileSync(join(root, 'more', `m${n}.py`), `class M${n}:\n    def check(self, tick):\n        print(tick)\n`); }
  return root;
}

interface Checked {
  readonly report: string;
  /** All lines of the cache but the first, which holds the time, and the last, its checksum. */
  readonly cache: readonly string[];
  readonly failed: unknown;
}

async function check(root: string, threads?: ProjectOptions['threads'], more: Partial<ProjectOptions> = {}): Promise<Checked> {
  const folder = join(root, '.tickguard', 'cache');
  rmSync(folder, { recursive: true, force: true });
  const opened = await Project.open({
    root, rules: engine.rules, packs: engine.packs, asOf: '2026-03-09', budgetMs: 60_000, coverage: true,
    cache: { build: () => 'test', always: true, now: () => Date.now() + 10_000 }, ...(threads === undefined ? {} : { threads }), ...more,
  });
  if (!opened.ok) { throw new Error(opened.error); }
  const project = opened.value;
  try {
    await project.scan();
    const report = reportJson({ ...project.result(), durationMs: 0 }, { color: false, width: 0, version: 'test', all: true, rules: engine.rules, page: () => undefined } as never);
    await project.remember();
    const [file] = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
    return { report, cache: readFileSync(join(folder, file ?? ''), 'utf8').split('\n').slice(1, -2), failed: [...project.failedRules] };
  } finally {
    project.dispose();
  }
}

const on = (threads: TestThreads, count: number): NonNullable<ProjectOptions['threads']> => ({ start: threads.start, count: () => count });

const root = mixedProject();
let serial: Checked;
beforeAll(async () => { serial = await check(root); });
afterAll(() => { rmSync(root, { recursive: true, force: true, maxRetries: 3 }); });
afterEach(() => { vi.restoreAllMocks(); });

describe('on several threads as on one', () => {
  test('the same findings, in the same order, and the same cache', async () => {
    const threads = testThreads();
    const parallel = await check(root, on(threads, 4));
    expect(threads.parts).toHaveLength(3);
    expect(Math.max(...threads.parts)).toBeGreaterThan(2);
    expect(parallel).toEqual(serial);
    const found = JSON.parse(serial.report) as { readonly findings: readonly { readonly file: string; readonly rule: string }[] };
    const endings = new Set(found.findings.map(({ file }) => file.slice(file.lastIndexOf('.'))));
    for (const ending of ['.py', '.mq5', '.ts', '.yaml', '.ipynb']) { expect(endings).toContain(ending); }
    expect(serial.report).toContain('NOPE1');
  });

  test('no secret is in the cache, nor in what threads send', async () => {
    const start: NonNullable<ProjectOptions['threads']>['start'] = (share, events) => testThreads().start(share, {
      ...events, part: (part) => { expect(`${JSON.stringify(part.outcomes)}`).not.toContain(SECRET); events.part(part); },
    });
    const parallel = await check(root, { start, count: () => 2 });
    expect(parallel.report).toContain('keys/names.py');
    expect(parallel.cache.join('\n')).not.toContain(SECRET);
    expect(parallel.cache.join('\n')).not.toContain(SECRET.slice(0, 40).replaceAll(/\W/g, 'x'));
  });

  test('what it remembers serves the next check, which starts no thread', async () => {
    const cold = await check(root, on(testThreads(), 3));
    const start = vi.fn(testThreads().start);
    const opened = await Project.open({
      root, rules: engine.rules, packs: engine.packs, asOf: '2026-03-09', budgetMs: 60_000, coverage: true,
      cache: { build: () => 'test', always: true, now: () => Date.now() + 20_000 }, threads: { start },
    });
    if (!opened.ok) { throw new Error(opened.error); }
    await opened.value.scan();
    const warm = reportJson({ ...opened.value.result(), durationMs: 0 }, { color: false, width: 0, version: 'test', all: true, rules: engine.rules, page: () => undefined } as never);
    expect(warm).toBe(cold.report);
    expect(start).not.toHaveBeenCalled();
    opened.value.dispose();
  });

  test.each<[string, Partial<ProjectOptions>]>([
    ['one account', { account: 'nobody' }],
    ['a pack', { pack: 'apex-4.0-intraday', size: 50_000 }],
    ['two rules', { only: ['SEC001', 'PRF004'] }],
    ['no coverage', { coverage: false }],
  ])('with %s', async (_what, more) => {
    expect(await check(root, on(testThreads(), 3), more)).toEqual(await check(root, undefined, more));
  });
});

describe('threads that die', () => {
  test.each<[string, readonly (Death | undefined)[]]>([
    ['before they read', ['at once', 'at once']],
    ['with their first part', [0, 0]],
    ['one of two, later', [1, undefined]],
    ['all, later', [1, 2]],
  ])('%s: their files are read here', async (_what, deaths) => {
    const threads = testThreads(engine.rules, deaths);
    expect(await check(root, on(threads, 3))).toEqual(serial);
    expect(threads.parts).toHaveLength(2);
  });

  test('a thread that cannot be started', async () => {
    expect(await check(root, { start: () => { throw new Error('no room'); }, count: () => 3 })).toEqual(serial);
  });

  test('the parser breaks in a thread', async () => {
    let broken = 0;
    const parse = Syntax.prototype.parse;
    const inThread = new Set<Syntax>();
    const create = Syntax.create.bind(Syntax);
    let starting = false;
    vi.spyOn(Syntax, 'create').mockImplementation(async (options) => {
      const mine = starting;
      const syntax = await create(options);
      if (mine) { inThread.add(syntax); }
      return syntax;
    });
    vi.spyOn(Syntax.prototype, 'parse').mockImplementation(function (this: Syntax, ...args: Parameters<Syntax['parse']>) {
      if (inThread.has(this) && args[1].includes('OnTick')) { broken++; trap(); }
      return parse.apply(this, args);
    });
    const threads = testThreads(engine.rules, [], (work) => {
      starting = true;
      try { return work(); } finally { starting = false; }
    });
    expect(await check(root, on(threads, 3))).toEqual(serial);
    expect(broken).toBeGreaterThan(0);
  });

  test('a parser that breaks on every thread breaks the scan as it does on one', async () => {
    const parse = Syntax.prototype.parse;
    vi.spyOn(Syntax.prototype, 'parse').mockImplementation(function (this: Syntax, ...args: Parameters<Syntax['parse']>) {
      if (args[1].includes('class Risk {')) { trap(); }
      return parse.apply(this, args);
    });
    await expect(check(root)).rejects.toThrow(Wasm.RuntimeError);
    await expect(check(root, on(testThreads(), 3))).rejects.toThrow(Wasm.RuntimeError);
  });

  test('a rule that throws is reported as it is on one thread', async () => {
    const throwing: Rule = { ...ruleOf({ id: 'TST001', name: 'throws', languages: ['python', 'mql5'] }), create: ({ model }) => {
      if (model.path.includes('desk')) { throw new Error(`no way through ${model.path}`); }
      return {};
    } };
    const rules = [...engine.rules, throwing];
    const alone = await check(root, undefined, { rules });
    expect(alone.report).toContain('TKG001');
    expect(alone.failed).not.toEqual([]);
    expect(await check(root, on(testThreads(rules), 3), { rules })).toEqual(alone);
  });

  test('a stopped scan stops its threads', async () => {
    const stop = new AbortController();
    // Never sends, never ends.
    const stopped = vi.fn();
    const opened = await Project.open({
      root, rules: engine.rules, packs: engine.packs, asOf: '2026-03-09', budgetMs: 60_000,
      threads: { start: ({ next }) => { Atomics.add(next, 0, 3); return { stop: stopped }; }, count: () => 2 },
    });
    if (!opened.ok) { throw new Error(opened.error); }
    setTimeout(() => { stop.abort(); }, 300);
    await opened.value.scan({ signal: stop.signal });
    expect(stopped).toHaveBeenCalledTimes(1);
    opened.value.dispose();
  });
});

/** The part of WebAssembly that Node's types leave out. */
const { WebAssembly: Wasm } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (module: object) => { readonly exports: { f(): void } };
    readonly RuntimeError: new () => Error;
  };
};

/** What a broken parser does: runs into `unreachable` (a module of one function with no other instruction). */
function trap(): void {
  const module = new Wasm.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 0x66, 0, 0, 10, 5, 1, 3, 0, 0, 11]));
  new Wasm.Instance(module).exports.f();
}

describe('when it is worth it', () => {
  const machine = (count: number) => (): number => count;

  test.each<[files: number, jobs: number | undefined, processors: number, threads: number]>([
    [THREADS_FROM_FILES - 1, undefined, 16, 1],
    [THREADS_FROM_FILES - 1, 8, 16, 1],
    [THREADS_FROM_FILES, undefined, 16, MOST_THREADS],
    [THREADS_FROM_FILES, undefined, 1, 1],
    [THREADS_FROM_FILES, undefined, 2, 2],
    [THREADS_FROM_FILES, 1, 16, 1],
    [THREADS_FROM_FILES, 8, 2, 8],
    [0, undefined, 16, 1],
  ])('%d files, --jobs %s, %d processors: %d', (files, jobs, count, threads) => {
    expect(threadsFor(files, jobs, machine(count))).toBe(threads);
  });

  test('the number of processors is not asked for below the threshold', () => {
    expect(threadsFor(THREADS_FROM_FILES - 1, undefined, () => { throw new Error('asked'); })).toBe(1);
  });

  test('files of git\'s index stay on one thread', async () => {
    const start = vi.fn(testThreads().start);
    await check(root, { start, count: () => 3 }, { contents: { ...diskContents(root), onDisk: false } });
    expect(start).not.toHaveBeenCalled();
  });
});

describe('what a container may use', () => {
  const of = (files: Readonly<Record<string, string>>): number => quota((path) => files[path]);

  test.each<[string, Readonly<Record<string, string>>, number]>([
    ['no control groups', {}, Infinity],
    ['version 2, a container whose group is the top', { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': '150000 100000\n' }, 1.5],
    ['version 2, as much as there is', { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': 'max 100000\n' }, Infinity],
    ['version 2, a group above says less', { '/proc/self/cgroup': '0::/build/job\n', '/sys/fs/cgroup/build/cpu.max': '200000 100000\n', '/sys/fs/cgroup/build/job/cpu.max': '400000 100000\n' }, 2],
    ['version 1', { '/proc/self/cgroup': '5:memory:/x\n4:cpu,cpuacct:/docker/a\n', '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '50000\n', '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n' }, 0.5],
    ['version 1, as much as there is', { '/proc/self/cgroup': '4:cpu:/\n', '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n', '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n' }, Infinity],
    ['nonsense', { '/proc/self/cgroup': 'x\n0::/../a\n', '/sys/fs/cgroup/cpu.max': '0 0\n' }, Infinity],
  ])('%s', (_what, files, expected) => { expect(of(files)).toBe(expected); });

  test('at least one on this machine', () => { expect(processors()).toBeGreaterThanOrEqual(1); });
});
