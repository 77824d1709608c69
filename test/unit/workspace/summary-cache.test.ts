import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Rule } from '../../../src/core/rules/rule.ts';
import type { DiscoveredFile } from '../../../src/core/workspace/discovery.ts';
import { SummaryCache } from '../../../src/core/workspace/summary-cache.ts';
import { createEngine } from '../../../src/engine.ts';
import { runs } from '../../support/property-tests.ts';
import { folderWith, leak } from '../../support/cli.ts';
import { checkFolder } from './cached.ts';

const STRATEGY = 'from nautilus_trader.trading.strategy import Strategy\nfrom risk import Risk\n\n\nclass S(Strategy):\n    def on_start(self):\n        self.risk = Risk()\n\n    def on_quote_tick(self, tick):\n        self.risk.check(tick)\n';
const RISK = 'class Risk:\n    def check(self, tick):\n        print("room", tick)\n';
const QUIET = 'class Risk:\n    def check(self, tick):\n        pass\n';
const DESK = { 'tickguard.json': '{}', 'strategy.py': STRATEGY, 'risk.py': RISK, 'notes.txt': 'nothing\n', 'blob.dat': new Uint8Array([1, 0, 2]) };

const cacheFiles = (root: string): readonly string[] => readdirSync(join(root, '.tickguard', 'cache')).filter((name) => name.endsWith('.jsonl'));
const cacheFile = (root: string): string => join(root, '.tickguard', 'cache', cacheFiles(root)[0] ?? 'none');
/** Two file system clock ticks (4 ms each on Linux): what follows has another time. */
const tick = (): Promise<void> => new Promise((done) => { setTimeout(done, 12); });

describe('what is remembered', () => {
  test('a second check parses nothing and finds the same, across files too', async () => {
    const root = folderWith(DESK);
    const cold = await checkFolder(root);
    expect(cold.result.findings.map(({ finding }) => `${finding.rule} ${finding.file} ${finding.related.length}`)).toEqual(['PRF004 risk.py 1']);
    expect(cold).toMatchObject({ written: true, parses: 2 });
    expect(cold.result.skipped).toEqual([expect.objectContaining({ file: 'blob.dat' })]);
    const warm = await checkFolder(root);
    expect(warm.parses).toBe(0);
    expect(warm.result).toEqual(cold.result);
  });

  test.each([
    ['the paths of a tsconfig.json', {
      'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@desk/*": ["lib/*"] } } }\n',
      'bot.ts': 'import WebSocket from "ws";\nimport { Risk } from "@desk/risk";\n\nconst risk = new Risk();\nconst ws = new WebSocket("wss://stream.binance.com/ws");\nws.on("message", (data) => { risk.check(data); exchange.createOrder("BTC/USDT", "market", "sell", 1, undefined, { reduceOnly: true }); });\n',
      'lib/risk.ts': 'export class Risk {\n  check(data: unknown): void {\n    console.log("room", data);\n  }\n}\n',
    }, 'PRF004 lib/risk.ts 1'],
    ['an include of an expert', {
      'Experts/desk.mq5': '#include "../Include/Risk.mqh"\nCRisk risk;\nvoid OnTick() { risk.Check(); }\n',
      'Include/Risk.mqh': 'class CRisk {\npublic:\n  void Check() { Print("room"); }\n};\n',
    }, 'PRF004 Include/Risk.mqh 1'],
  ])('%s leads as far as before', async (_what, files, finding) => {
    const root = folderWith({ 'tickguard.json': '{}', ...files });
    const cold = await checkFolder(root);
    expect(cold.result.findings.map(({ finding: one }) => `${one.rule} ${one.file} ${one.related.length}`)).toEqual([finding]);
    const warm = await checkFolder(root);
    expect(warm.parses).toBe(0);
    expect(warm.result).toEqual(cold.result);
  });

  test('a desk in every language says the same, all of it remembered or one file read again', async () => {
    const root = folderWith({});
    cpSync(join(import.meta.dirname, '..', '..', '..', 'examples', 'desk'), root, { recursive: true });
    const cold = await checkFolder(root);
    expect(cold.result.findings.length).toBeGreaterThan(20);
    const warm = await checkFolder(root);
    expect(warm.parses).toBe(0);
    expect(warm.result).toEqual(cold.result);
    for (const file of ['src/desk/risk.py', 'bots/scalper/src/main.ts', 'config/live.yaml', 'experts/Breakout.mq5']) {
      appendFileSync(join(root, file), '\n');
      expect((await checkFolder(root)).result.findings).toEqual((await checkFolder(root, { cache: false })).result.findings);
    }
  });

  test('one changed file is read, and decides what others say', async () => {
    const root = folderWith(DESK);
    await checkFolder(root);
    writeFileSync(join(root, 'risk.py'), QUIET);
    const warm = await checkFolder(root);
    expect(warm.parses).toBe(1);
    expect(warm.result.findings).toEqual([]);
  });

  test('a change of the same length under the old modification time is noticed', async () => {
    const root = folderWith(DESK);
    const path = join(root, 'risk.py');
    utimesSync(path, 1_000_000, 1_000_000);
    await checkFolder(root);
    await tick();
    writeFileSync(path, RISK.replace('print("room", tick)', 'count("room", tick)'));
    utimesSync(path, 1_000_000, 1_000_000);
    expect((await checkFolder(root)).result.findings).toEqual([]);
  });

  test('a touched or moved-back file is known by its content', async () => {
    const root = folderWith(DESK);
    await checkFolder(root);
    await tick();
    for (const name of ['strategy.py', 'risk.py']) { writeFileSync(join(root, name), readFileSync(join(root, name))); }
    expect((await checkFolder(root)).parses).toBe(0);
  });

  test('of another build, day, selection or policy nothing is known', async () => {
    const root = folderWith({ ...DESK, 'sub/a.py': 'x = 1\n' });
    const cold = (await checkFolder(root)).parses;
    expect((await checkFolder(root, { build: 'other' })).parses).toBe(cold);
    expect((await checkFolder(root, { more: { asOf: '2026-03-10' } })).parses).toBe(cold);
    expect((await checkFolder(root, { more: { only: ['PRF004'] } })).parses).toBe(cold);
    expect((await checkFolder(root)).parses).toBe(0);
    expect((await checkFolder(root, { more: { pack: 'ftmo-2step' } })).parses).toBe(cold);
    writeFileSync(join(root, 'sub', 'tickguard.json'), '{ "rules": { "PRF004": "off" } }');
    expect((await checkFolder(root)).parses).toBe(cold);
    writeFileSync(join(root, 'tickguard.json'), '{ "rules": { "PRF004": "off" } }');
    const off = await checkFolder(root);
    expect([off.parses, off.result.findings]).toEqual([cold, []]);
    expect(cacheFiles(root)).toHaveLength(4);
  });

  test('a broken policy below the root is told by a warm check as well', async () => {
    const root = folderWith({ ...DESK, 'sub/a.py': 'x = 1\n', 'sub/tickguard.json': '{' });
    const cold = await checkFolder(root);
    expect(cold.result.skipped.filter(({ incomplete }) => incomplete)).toHaveLength(1);
    const warm = await checkFolder(root);
    expect([warm.parses, warm.result]).toEqual([0, cold.result]);
  });

  test('what git says of a file is part of it', async () => {
    const root = folderWith({ 'tickguard.json': '{}', '.env': `TOKEN=${leak().secret.slice(0, 40)}\n`, 'a.py': 'x = 1\n' });
    execFileSync('git', ['init', '-q'], { cwd: root });
    const rules = async (): Promise<readonly string[]> => (await checkFolder(root)).result.findings.map(({ finding }) => finding.rule);
    expect(await rules()).not.toContain('ENV001');
    execFileSync('git', ['add', '.env'], { cwd: root });
    expect(await rules()).toContain('ENV001');
  });

  test('git status does not show it', async () => {
    const root = folderWith(DESK);
    execFileSync('git', ['init', '-q'], { cwd: root });
    execFileSync('git', ['add', '.'], { cwd: root });
    await checkFolder(root);
    expect(existsSync(cacheFile(root))).toBe(true);
    expect(execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], { cwd: root, encoding: 'utf8' })).not.toContain('.tickguard');
  });
});

describe('what is not', () => {
  test('a file the parser ran out of time with', async () => {
    const root = folderWith({ 'tickguard.json': '{}', 'slow.py': 'x = [1, 2, 3]\n'.repeat(2_000) });
    const more = { budgetMs: 0.01 };
    const cold = await checkFolder(root, { more });
    expect(cold.result.findings.map(({ finding }) => finding.rule)).toEqual(['TKG004']);
    expect((await checkFolder(root, { more })).parses).toBeGreaterThan(0);
  });

  test('a file on which a rule broke', async () => {
    const root = folderWith(DESK);
    let runs = 0;
    const broken = { ...createEngine().rules.find(({ id }) => id === 'PRF004'), scope: 'everywhere', create() { runs += 1; throw new Error('boom'); } } as unknown as Rule;
    await checkFolder(root, { rules: [broken] });
    expect(runs).toBe(2);
    await checkFolder(root, { rules: [broken] });
    expect(runs).toBe(4);
  });

  test('a file that changed within the margin is read again, however alike its stat', async () => {
    const root = folderWith(DESK);
    await checkFolder(root, { ahead: 0 });
    expect(cacheFiles(root)).toHaveLength(1);
    const stamp = statSync(join(root, 'risk.py'));
    const file: DiscoveredFile = {
      path: 'risk.py', absolute: join(root, 'risk.py'), bytes: stamp.size, role: 'code',
      stamp: { size: stamp.size, mtimeMs: stamp.mtimeMs, ctimeMs: stamp.ctimeMs, ino: stamp.ino },
    };
    const key = JSON.parse(readFileSync(cacheFile(root), 'utf8').split('\n')[0] ?? '') as { key: string };
    const asked: string[] = [];
    const identify = ({ path }: DiscoveredFile): string => { asked.push(path); return 'another content'; };
    expect(SummaryCache.open(root, key.key, Date.now()).knows(file, identify)).toBe(false);
    expect(asked).toEqual(['risk.py']);
    await checkFolder(root, { ahead: 10_000 });
    expect(SummaryCache.open(root, key.key, Date.now()).knows(file, identify)).toBe(true);
    expect(asked).toEqual(['risk.py']);
  });

  test('a raw secret, wherever it stands', async () => {
    const { text, secret } = leak();
    const token = Array.from({ length: 40 }, () => 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'.charAt(randomInt(56))).join('').replace(/^\d/, 'k');
    const root = folderWith({
      'tickguard.json': '{}', 'key.py': text, 'names.py': `__all__ = ['${token}']\napi_secret = '${token}'\n\ndef ${token}():\n    pass\n`,
      'reason.py': `api_secret = '${token}'  # tickguard: ignore[SEC001] the old ${token}\n`, 'other.py': 'x = 1\n',
    });
    const cold = await checkFolder(root);
    expect(cold.result.findings.map(({ finding }) => `${finding.file} ${finding.rule}`)).toEqual(['key.py SEC001', 'names.py SEC001', 'reason.py SEC001']);
    const bytes = readFileSync(cacheFile(root), 'utf8');
    expect(bytes).toContain('other.py');
    for (const raw of [secret, token]) { expect(bytes).not.toContain(raw); }
    expect((await checkFolder(root)).result).toEqual(cold.result);
  });
});

describe('a cache that is not to be believed', () => {
  /** Runs warm after `harm` was done to the cache of a root, and expects the answer of a check without one. */
  async function harmed(harm: (file: string, root: string) => void, reads = 2): Promise<string> {
    const root = folderWith(DESK);
    await checkFolder(root);
    harm(cacheFile(root), root);
    const warm = await checkFolder(root);
    expect(warm.result).toEqual((await checkFolder(root, { cache: false })).result);
    expect(warm.parses).toBe(reads);
    return root;
  }

  test.each([
    ['empty', (file: string) => { writeFileSync(file, ''); }],
    ['a folder', (file: string) => { rmSync(file); mkdirSync(file); }],
    ['not JSON', (file: string) => { writeFileSync(file, 'x\n'); }],
    ['without its end', (file: string) => { writeFileSync(file, readFileSync(file).subarray(0, -3)); }],
    ['without its beginning', (file: string) => { writeFileSync(file, readFileSync(file).subarray(5)); }],
    ['with more at its end', (file: string) => { appendFileSync(file, '{}\n'); }],
    ['of another format', (file: string) => { writeFileSync(file, readFileSync(file, 'utf8').replace(/"format":\d+/, '"format":0')); }],
    ['a link', (file: string) => { renameSync(file, `${file}.real`); symlinkSync(`${file}.real`, file); }],
    ['in a linked folder', (file: string) => { const folder = dirname(file); renameSync(folder, `${folder}-real`); symlinkSync(`${folder}-real`, folder); }],
    ['in a linked state folder', (file: string) => { const folder = dirname(dirname(file)); renameSync(folder, `${folder}-real`); symlinkSync(`${folder}-real`, folder); }],
    ['in a folder made anew', (file: string) => { const folder = dirname(file); cpSync(folder, `${folder}2`, { recursive: true }); rmSync(folder, { recursive: true }); renameSync(`${folder}2`, folder); }],
  ])('%s', async (_what, harm) => { await harmed(harm); });

  test('cut off anywhere, or with any bit turned', async () => {
    const root = folderWith(DESK);
    const cold = await checkFolder(root);
    const whole = readFileSync(cacheFile(root));
    const wrong = fc.oneof(
      fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
      fc.tuple(fc.nat(whole.length - 1), fc.nat(7)).map(([at, bit]) => { const bytes = Buffer.from(whole); bytes[at] = (bytes[at] ?? 0) ^ (1 << bit); return bytes; }),
    );
    await fc.assert(fc.asyncProperty(wrong, async (bytes) => {
      writeFileSync(cacheFile(root), bytes);
      expect((await checkFolder(root, { more: {} })).result).toEqual(cold.result);
    }), { numRuns: Math.min(60, runs(30)) });
  });

  test('a cache that came with a copy of the project', async () => {
    const root = folderWith(DESK);
    await checkFolder(root);
    const copy = join(realpathSync(mkdtempSync(join(tmpdir(), 'tickguard-test-'))), 'copy');
    onTestFinished(() => { rmSync(dirname(copy), { recursive: true, force: true }); });
    cpSync(root, copy, { recursive: true, preserveTimestamps: true });
    expect((await checkFolder(copy)).parses).toBe(2);
  });

  test('nothing is written through links, and what cannot be written is no error', async () => {
    const target = folderWith({});
    for (const link of ['.tickguard', '.tickguard/cache']) {
      const root = folderWith(DESK);
      if (link.includes('/')) { mkdirSync(join(root, '.tickguard')); }
      symlinkSync(target, join(root, link));
      expect((await checkFolder(root)).written).toBe(false);
      expect(readdirSync(target)).toEqual([]);
    }
    const root = folderWith({ ...DESK, '.tickguard': 'a file\n' });
    expect(await checkFolder(root)).toMatchObject({ written: false, parses: 2 });
  });

  test('what killed processes left goes, what others wrote stays', async () => {
    const root = folderWith(DESK);
    await checkFolder(root);
    const folder = dirname(cacheFile(root));
    const old = join(folder, '.summaries-0123456789abcdef.jsonl.77.0123456789ab.tmp');
    for (const file of [old, join(folder, 'mine.tmp')]) { writeFileSync(file, ''); utimesSync(file, 1, 1); }
    await checkFolder(root);
    expect([existsSync(old), existsSync(join(folder, 'mine.tmp'))]).toEqual([false, true]);
  });
});

// -------------------------------------------------------------------------------------------------- warm is as cold

const NAMES = ['strategy.py', 'risk.py', 'a/risk.py', 'a/__init__.py', 'tests/test_a.py', 'live.yaml', '.env', 'a/notes.txt'] as const;
const TEXTS = [
  STRATEGY, RISK, QUIET, '', 'x = (\n', 'from a.risk import Risk\n', `${RISK}  # tickguard: ignore[PRF004] it is slow\n`,
  '# tickguard: ignore[PRF004]\n', 'max_drawdown: 9000\nflat_by: "17:30"\n', 'API_KEY=x\n',
] as const;
const CONFIGS = ['{}', '{ "rules": { "PRF004": "off" } }', '{ "rules": { "PRF004": "error" } }', '{ "exclude": ["a/**"] }',
  '{ "accounts": [{ "id": "one", "pack": "apex-4.0-intraday", "size": 50000, "phase": "evaluation" }] }'] as const;

type Step = (root: string) => void;

const name = fc.constantFrom(...NAMES);
const put = (root: string, path: string, text: string): void => { mkdirSync(dirname(join(root, path)), { recursive: true }); writeFileSync(join(root, path), text); };
const there = (root: string, path: string): boolean => existsSync(join(root, path));
const git = (root: string, ...args: readonly string[]): void => { execFileSync('git', args, { cwd: root, stdio: 'ignore' }); };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(name, fc.constantFrom(...TEXTS)).map(([path, text]): Step => (root) => { put(root, path, text); }) },
  { weight: 1, arbitrary: name.map((path): Step => (root) => { rmSync(join(root, path), { force: true }); }) },
  { weight: 2, arbitrary: fc.tuple(name, name).map(([from, to]): Step => (root) => { if (there(root, from) && from !== to) { mkdirSync(dirname(join(root, to)), { recursive: true }); renameSync(join(root, from), join(root, to)); } }) },
  { weight: 1, arbitrary: fc.tuple(name, fc.nat(2_000_000_000)).map(([path, time]): Step => (root) => { if (there(root, path)) { utimesSync(join(root, path), time, time); } }) },
  { weight: 1, arbitrary: fc.tuple(name, fc.constantFrom(0o600, 0o644, 0o755)).map(([path, mode]): Step => (root) => { if (there(root, path)) { chmodSync(join(root, path), mode); } }) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('tickguard.json', 'a/tickguard.json'), fc.constantFrom(...CONFIGS)).map(([path, text]): Step => (root) => { put(root, path, text); }) },
  { weight: 1, arbitrary: name.map((path): Step => (root) => { if (there(root, path)) { git(root, 'add', '-f', path); } }) },
  { weight: 1, arbitrary: name.map((path): Step => (root) => { if (there(root, path)) { git(root, 'rm', '-q', '-f', '--cached', '--ignore-unmatch', path); } }) },
);

test.each([['stat is believed', 10_000], ['content is asked', 0]])('after any changes a warm check finds what a cold one finds (%s)', async (_how, ahead) => {
  await fc.assert(fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }), async (rounds) => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'tickguard-warm-')));
    try {
      for (const [path, text] of Object.entries(DESK)) { writeFileSync(join(root, path), text); }
      git(root, 'init', '-q');
      await checkFolder(root, { ahead });
      for (const steps of rounds) {
        await tick();
        for (const one of steps) { one(root); }
        const warm = await checkFolder(root, { ahead });
        const cold = await checkFolder(root, { cache: false });
        expect(JSON.stringify(warm.result)).toBe(JSON.stringify(cold.result));
      }
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }), { numRuns: Math.min(25, runs(12)), interruptAfterTimeLimit: 20_000 });
});
