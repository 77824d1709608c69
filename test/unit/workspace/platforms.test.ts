/** What other platforms do to a repository – line ends, case, long, reserved and foreign names – seen through whole checks. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CheckResult } from '../../../src/core/findings/result.ts';
import { discover } from '../../../src/core/workspace/discovery.ts';
import { readIndex } from '../../../src/core/workspace/git-index.ts';
import { globMatcher } from '../../../src/core/workspace/globs.ts';
import { indexContents } from '../../../src/core/workspace/index-contents.ts';
import { MACOS } from '../../../src/core/workspace/paths.ts';
import { Project } from '../../../src/core/workspace/project.ts';
import { createEngine } from '../../../src/engine.ts';
import { samplesOf } from '../../rules/page-samples.ts';
import { folderWith, leak } from '../../support/cli.ts';
import { projectRoot } from '../../support/project.ts';
import { repositoryWith } from '../../support/repository.ts';
import { checkFolder } from './cached.ts';

const engine = createEngine();
const STRATEGY = 'from nautilus_trader.trading.strategy import Strategy\nfrom risk import Risk\n\n\nclass S(Strategy):\n    def on_start(self):\n        self.risk = Risk()\n\n    def on_quote_tick(self, tick):\n        self.risk.check(tick)\n';
const RISK = 'class Risk:\n    """Keeps room.\n    Two lines.\n    """\n    def check(self, tick):\n        print("room",\n              tick)\n';
const EXPERT = '#include <Trade\\Trade.mqh>\n#define LIMIT 5 \\\n  + 1\nCRisk risk;\ninput double InpLimit = 5.0; // limit\nvoid OnTick()\n{\n   risk.Check();\n   Print("tick ", \\\n     LIMIT);\n}\n';
const INCLUDED = 'class CRisk\n{\npublic:\n   void Check() { Print("room"); }\n};\n';
const BOT = 'import WebSocket from "ws";\nconst text = `two\nlines`;\nconst ws = new WebSocket("wss://stream.binance.com/ws");\nws.on("message", (data) => {\n  console.log("tick",\n    data);\n  exchange.createOrder("BTC/USDT", "market", "buy", 1);\n});\n';

/** Findings without the time they took, with everything else. */
const told = (result: Pick<CheckResult, 'findings'>): readonly string[] => result.findings.map(({ finding, suppressed }) => JSON.stringify([finding, suppressed]));
const short = (result: Pick<CheckResult, 'findings'>): readonly string[] => result.findings.map(({ finding }) => `${finding.rule} ${finding.file}:${finding.range.line}:${finding.range.column} ${finding.related.length}`);
const crlf = (text: string): string => text.replace(/\r?\n/g, '\r\n');

async function staged(root: string): Promise<CheckResult> {
  const index = await readIndex(root, { cwd: root });
  if (!index.ok) { throw new Error(index.error); }
  const { result } = await checkFolder(root, { more: { contents: await indexContents(root, index.value) } });
  return { ...result, durationMs: 0 };
}

describe('line ends', () => {
  const desk = (): Record<string, string> => ({
    'tickguard.json': '{\n  // policy\n  "accounts": [\n    { "id": "ftmo-1", "pack": "ftmo-2step", "size": 100000, "phase": "evaluation" }\n  ]\n}\n',
    'strategy.py': STRATEGY, 'risk.py': RISK, 'keys.py': leak().text, 'Experts/ea.mq5': EXPERT, 'Include/trade/trade.mqh': INCLUDED, 'bot.ts': BOT,
    'config.yaml': 'risk:\n  max_drawdown_pct: 0.5\n  note: |\n    two\n    lines\n', 'bot.ini': '[risk]\nmax_daily_loss_percent = 40\n',
    'AGENTS.md': '# Rules\n\n- list\n\n  ```python\n  MAX_DRAWDOWN_PCT = 50\n  ```\n\n```yaml\nrisk:\n  max_drawdown_pct: 0.5\n```\n',
    'run.sh': '#!/bin/sh\nexport MAX_DAILY_LOSS_PERCENT=40\nexport A="two\nlines"\n', 'Dockerfile': 'FROM python:3.12\nENV A=1 \\\n  MAX_DRAWDOWN_PCT=50\n',
    'run.ps1': '$env:MAX_DAILY_LOSS_PERCENT = "40"\n', 'desk.toml': '[risk]\nmax_drawdown_pct = 0.5\nnote = """\ntwo\nlines"""\n', 'limits.json': '{\n  "risk": {\n    "max_drawdown_pct": 0.5\n  }\n}\n',
    'notebook.ipynb': `${JSON.stringify({ cells: [{ cell_type: 'code', source: ['MAX_DRAWDOWN_PCT = 50\n', 'x = 1'], outputs: [], metadata: {}, execution_count: null }], metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5 }, undefined, 1)}\n`,
  });

  test('the same files with CRLF: the same findings, to the last place and fingerprint', async () => {
    const files = desk();
    const unix = await checkFolder(folderWith(files), { cache: false });
    const windows = await checkFolder(folderWith(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, crlf(text)]))), { cache: false });
    expect(short(unix.result).length).toBeGreaterThanOrEqual(9);
    expect(told(windows.result)).toEqual(told(unix.result));
  });

  test('every sample of the rules\' pages with CRLF', async () => {
    let findings = 0;
    const files: Record<string, string> = {};
    const folder = join(projectRoot, 'docs', 'rules');
    for (const page of readdirSync(folder).filter((name) => name.endsWith('.md'))) {
      samplesOf(readFileSync(join(folder, page), 'utf8')).forEach((sample, index) => {
        for (const [path, text] of Object.entries(sample.files)) { files[`${page.slice(0, -3)}-${index}/${path}`] = text; }
      });
    }
    const results = [];
    for (const change of [(text: string) => text, crlf]) {
      const { result } = await checkFolder(folderWith(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, change(text)]))), { cache: false });
      findings = result.findings.length;
      results.push(told(result));
    }
    expect(findings).toBeGreaterThan(10);
    expect(results[1]).toEqual(results[0]);
  });

  test('core.autocrlf: index with LF, working copy with CRLF; the disk, what is staged, cold and from the cache say the same', async () => {
    const files = desk();
    const repo = repositoryWith();
    repo.git('config', 'core.autocrlf', 'true');
    for (const [path, text] of Object.entries(files)) { repo.write(path, crlf(text)); }
    repo.git('add', '-A');
    expect(repo.git('ls-files', '--eol', 'risk.py')).toMatch(/^i\/lf\s+w\/crlf/);
    const unix = await checkFolder(folderWith(files), { cache: false });
    const cold = await checkFolder(repo.root);
    expect(cold.parses).toBeGreaterThan(0);
    expect(told(cold.result)).toEqual(told(unix.result));
    const warm = await checkFolder(repo.root);
    expect(warm.parses).toBe(0);
    expect(told(warm.result)).toEqual(told(cold.result));
    expect(told(await staged(repo.root))).toEqual(told(cold.result));
    // What one left behind the other finds again, and no summary is taken for the other bytes.
    expect(told(await staged(repo.root))).toEqual(told(cold.result));
    expect(told((await checkFolder(repo.root)).result)).toEqual(told(cold.result));
  });
});

describe('names', () => {
  const NAMES = ['été/Gewinn & Verlust.py', 'with "quotes".py', 'tab\there.py', 'back\\slash.py', 'new\nline.py', '日本/板.py', 'con.py', 'aux.mqh', 'nul', 'dot. /x.py', '-n.py', ':(top)x.py'];

  test('git quotes none of them, whatever core.quotepath says', async () => {
    for (const quote of ['true', 'false']) {
      const repo = repositoryWith();
      repo.git('config', 'core.quotepath', quote);
      for (const name of NAMES) { repo.stage(name, 'x = 1\n'); }
      const { files, git } = await discover(repo.root, [], { exclude: [] });
      expect(git).toBe('listed');
      expect(files.map(({ path, tracked }) => [path, tracked])).toEqual([...NAMES].sort().map((name) => [name, true]));
      const index = await readIndex(repo.root, { cwd: repo.root });
      expect(index.ok && index.value.entries.map(({ path }) => path).sort()).toEqual([...NAMES].sort());
      expect(index.ok && [...index.value.staged].sort()).toEqual([...NAMES].sort());
    }
  });

  test('a repository from another platform is checked from the index under names that Windows cannot open', async () => {
    const repo = repositoryWith();
    const { text } = leak();
    for (const name of ['con.py', 'aux.py', 'a:b.py', 'what?.py']) { repo.stage(name, text); rmSync(join(repo.root, name)); }
    expect((await staged(repo.root)).findings.map(({ finding }) => finding.file)).toEqual(['a:b.py', 'aux.py', 'con.py', 'what?.py']);
  });

  test('a path longer than Windows\' 260 characters', async () => {
    const deep = `${'a folder with a long name/'.repeat(20)}risk.py`;
    const repo = repositoryWith();
    repo.stage(deep, leak().text);
    expect(deep.length).toBeGreaterThan(500);
    expect((await checkFolder(repo.root, { cache: false })).result.findings.map(({ finding }) => finding.file)).toEqual([deep]);
    expect((await staged(repo.root)).findings.map(({ finding }) => finding.file)).toEqual([deep]);
  });

  test('links in a circle, as junctions on Windows, end; each file is read once', async () => {
    for (const git of [false, true]) {
      const root = folderWith({ 'tickguard.json': '{}', 'a/b/risk.py': leak().text });
      symlinkSync('../..', join(root, 'a/b/up'));
      symlinkSync('two', join(root, 'one'));
      symlinkSync('one', join(root, 'two'));
      symlinkSync('a', join(root, 'same'));
      if (git) { execFileSync('git', ['init', '-q'], { cwd: root }); }
      const { result } = await checkFolder(root, { cache: false });
      expect(result.findings.map(({ finding }) => finding.file)).toEqual(['a/b/risk.py']);
      expect(result.skipped.filter(({ incomplete }) => incomplete)).toEqual([]);
      expect(result.skipped.map(({ file }) => file)).toEqual(expect.arrayContaining(['a/b/up', 'one', 'two']));
    }
  });
});

describe('names whose case counts for nothing', () => {
  let open: (root: string) => Promise<Project>;
  beforeAll(() => {
    open = async (root) => {
      const opened = await Project.open({ root, rules: engine.rules, packs: engine.packs, asOf: '2026-03-09', budgetMs: 2_000, pathRules: MACOS });
      if (!opened.ok) { throw new Error(opened.error); }
      await opened.value.scan();
      return opened.value;
    };
  });

  test('a document opened by another spelling is the same file', async () => {
    const project = await open(folderWith({ 'tickguard.json': '{}', 'Desk/strategy.py': STRATEGY, 'Desk/risk.py': RISK }));
    const before = short(project.result());
    expect(before).toEqual(['PRF004 Desk/risk.py:6:9 1']);
    const path = project.spelled('desk/RISK.py');
    expect(path).toBe('Desk/risk.py');
    project.openDocument(path, RISK);
    expect(short(project.result())).toEqual(before);
    expect(project.spelled('desk/new.py')).toBe('desk/new.py');
    project.openDocument('desk/new.py', '');
    expect(project.spelled('Desk/NEW.py')).toBe('desk/new.py');
    project.fileDeleted('Desk/risk.py');
    expect(project.spelled('desk/RISK.py')).toBe('desk/RISK.py');
    project.dispose();
  });

  test('a file named by another spelling is found once, by git\'s spelling, else by the disk\'s', async () => {
    const repo = repositoryWith({ 'Src/Risk.py': RISK });
    for (const named of ['src/risk.py', 'SRC/RISK.PY', 'Src/Risk.py', join(repo.root, 'src/RISK.py')]) {
      const { files, missing } = await discover(repo.root, ['', named], { exclude: [], pathRules: MACOS });
      expect([files.map(({ path, tracked }) => [path, tracked]), missing]).toEqual([[['Src/Risk.py', true]], []]);
    }
    const plain = folderWith({ 'Src/Risk.py': RISK });
    expect((await discover(plain, ['src/risk.PY'], { exclude: [], pathRules: MACOS })).files.map(({ path }) => path)).toEqual(['Src/Risk.py']);
    expect((await discover(plain, ['src/risk.PY'], { exclude: [] })).missing).toEqual(['src/risk.PY']);
  });

  test('globs of tickguard.json mean the spelling git has, so that every machine judges alike', async () => {
    expect(['Bots/a.py', 'bots/a.py'].map(globMatcher(['Bots/**']))).toEqual([true, false]);
    const off = { 'tickguard.json': '{ "overrides": [{ "files": ["Desk/**"], "rules": { "PRF004": "off" } }] }', 'Desk/strategy.py': STRATEGY, 'Desk/risk.py': RISK };
    const project = await open(folderWith(off));
    project.openDocument(project.spelled('DESK/risk.py'), RISK);
    expect(short(project.result())).toEqual([]);
    project.dispose();
  });

  test.each([
    ['<Desk\\Risk.mqh>', 'Include/desk/risk.mqh'], ['<desk/RISK.mqh>', 'Include/Desk/Risk.MQH'], ['"..\\INCLUDE\\Desk\\risk.MQH"', 'include/Desk/Risk.mqh'],
  ])('MetaTrader\'s include %s is the file %s', async (include, file) => {
    const root = folderWith({
      'tickguard.json': '{}', 'Experts/ea.mq5': `#include <Trade\\Trade.mqh>\n#include ${include}\nCDesk desk;\nvoid OnTick() { desk.Check(); }\n`,
      'Include/trade/trade.mqh': 'class CTrade { };\n', [file]: 'class CDesk\n{\npublic:\n   void Check() { Print("room"); }\n};\n',
    });
    const { result } = await checkFolder(root, { cache: false });
    expect(short(result)).toEqual([`PRF004 ${file}:4:19 1`]);
  });
});
