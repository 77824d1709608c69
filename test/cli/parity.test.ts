/** One engine, several doors: each operation gives the same through every door it names. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { CheckReport } from '../../src/core/operations/check.ts';
import type { ExplainReport } from '../../src/core/operations/explain.ts';
import type { HelpReport } from '../../src/core/operations/help.ts';
import type { LimitReport } from '../../src/guardians/compliance/index.ts';
import type { PacksReport } from '../../src/guardians/compliance/operations/packs.ts';
import type { SizeReport } from '../../src/guardians/compliance/operations/size.ts';
import type { RedactReport } from '../../src/guardians/security/index.ts';
import type { SessionsReport } from '../../src/core/operations/sessions.ts';
import type { InitReport } from '../../src/core/operations/init.ts';
import type { Door } from '../../src/core/operations/operation.ts';
import { createEngine } from '../../src/engine.ts';
import { RawClient } from '../server/client.ts';
import type { HistoryReport, HookReport } from '../../src/guardians/security/index.ts';
import { sampleSecret } from '../../src/guardians/security/index.ts';
import { cli, folderWith } from '../support/cli.ts';
import { repositoryWith } from '../support/repository.ts';
import { projectRoot } from '../support/project.ts';

const engine = createEngine();
const call = async <R>(id: string, input: unknown, cwd: string): Promise<R> => {
  const outcome = await engine.run(id, input, { cwd, signal: new AbortController().signal });
  if (!outcome.ok) { throw new Error(outcome.error); }
  return outcome.value as R;
};

/** The example desk away from this repository, so that git has no say. */
function desk(): string {
  const folder = folderWith({});
  cpSync(join(projectRoot, 'examples', 'desk'), folder, { recursive: true });
  return folder;
}

/** Operations that ask git are called in a repository with one leak. */
const IN_GIT: ReadonlySet<string> = new Set(['history', 'hook']);
const placeFor = (id: string): string => (IN_GIT.has(id) ? repositoryWith({ 'a.py': `BINANCE_API_SECRET = "${sampleSecret('binance-api-secret')}"\n` }).root : desk());

/** What each operation is asked here; an operation without a sample fails the test below. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  check: {}, history: {}, hook: { action: 'status' }, explain: { rule: 'APX004' }, limit: { place: 'experts/Include/RiskGuard.mqh:8' },
  redact: { files: ['tickguard.json'], output: 'masked.txt' }, init: {}, sessions: { product: 'GC', from: '2026-11-23', days: 5 },
  replay: { account: 'apex-1' }, size: { stop: '8', product: 'MES', account: 'apex-1', balance: '51200' }, packs: { words: ['diff', 'apex-3.0', 'apex-4.0-eod'] }, help: { words: ['Apex', 'rules'] },
};

/** The terminal's arguments and the part of its output that the operation's answer must be found in. */
const TERMINAL: Readonly<Record<string, { readonly args: readonly string[]; compare(out: string, answer: unknown): void }>> = {
  check: {
    args: ['check', '--format', 'json'],
    compare(out, answer) {
      const { result } = answer as CheckReport;
      const listed = (JSON.parse(out) as { findings: readonly { fingerprint: string; message: string; file: string }[] }).findings;
      expect(listed.map(({ fingerprint, message, file }) => ({ fingerprint, message, file })))
        .toEqual(result.findings.filter(({ suppressed }) => suppressed === undefined).map(({ finding: { fingerprint, message, file } }) => ({ fingerprint, message, file })));
      expect(listed.length).toBeGreaterThan(5);
    },
  },
  history: {
    args: ['history', '--format', 'json'],
    compare(out, answer) {
      const { secrets } = answer as HistoryReport;
      const listed = (JSON.parse(out) as { secrets: HistoryReport['secrets'] }).secrets;
      // Outside of the terminal nothing is kept, not even the salt of the ids.
      const plain = (all: HistoryReport['secrets']): unknown => all.map(({ id: _id, ...rest }) => rest);
      expect(plain(listed)).toEqual(plain(secrets));
      expect(listed).toHaveLength(1);
    },
  },
  hook: { args: ['hook', 'status'], compare(out, answer) { for (const { hook } of (answer as HookReport).hooks) { expect(out).toContain(`${hook}: not installed.`); } } },
  explain: { args: ['explain', 'APX004'], compare(out, answer) { expect(out).toContain((answer as ExplainReport).page.split('\n## ')[1]); } },
  limit: {
    args: ['limit', 'experts/Include/RiskGuard.mqh:8'],
    compare(out, answer) {
      const { values, name, winners } = answer as LimitReport;
      expect(values.length).toBeGreaterThan(0);
      for (const part of [...values, name, ...winners.map(({ file, line }) => `${file}:${line}`)]) { expect(out).toContain(part); }
    },
  },
  redact: {
    args: ['redact', 'tickguard.json', '--output', 'masked.txt'],
    compare(out, answer) { expect(out).toBe((answer as RedactReport).streams.map(({ name, masked }) => `${name}: ${String(masked)} masked\n`).join('')); },
  },
  sessions: {
    args: ['sessions', 'GC', '--from', '2026-11-23', '--days', '5'],
    compare(out, answer) {
      const { days, source } = answer as SessionsReport;
      expect(days.map(({ date, closes }) => `${date} ${closes ?? ''}`)).toContain('2026-11-27 2026-11-27T19:45:00Z');
      for (const { date, tradeDate, name = '' } of days) { expect(out).toMatch(new RegExp(`${date}.*${tradeDate}.*${name}`)); }
      expect(out).toContain(source);
    },
  },
  replay: {
    args: ['replay', '--account', 'apex-1', '--format', 'json'],
    compare(out, answer) {
      const { schema, tool, ...report } = JSON.parse(out) as Record<string, unknown>;
      expect([schema, (tool as { name: string }).name]).toEqual([1, 'tickguard']);
      expect(report).toEqual(JSON.parse(JSON.stringify(answer)));
    },
  },
  size: {
    args: ['size', '--stop', '8', '--product', 'MES', '--account', 'apex-1', '--balance', '51200'],
    compare(out, answer) {
      const { contracts, product, bounds } = answer as SizeReport;
      expect(out.startsWith(`${String(contracts)} ${product} for apex-1`)).toBe(true);
      for (const { why } of bounds) { expect(out).toContain(why); }
    },
  },
  packs: {
    args: ['packs', 'diff', 'apex-3.0', 'apex-4.0-eod'],
    compare(out, answer) {
      const fields = (answer as PacksReport).diff?.fields ?? [];
      expect(fields.length).toBeGreaterThan(20);
      for (const { field, first, second } of fields) { expect(out).toContain(`${field}: ${first ?? '–'} → ${second ?? '–'}`); }
    },
  },
  init: { args: ['init'], compare(out, answer) { expect(out).toContain((answer as InitReport).text); } },
  help: {
    args: ['help', 'Apex', 'rules'],
    compare(out, answer) {
      const { rules, operations } = answer as HelpReport;
      expect(rules.length + operations.length).toBeGreaterThan(3);
      for (const { id, summary } of [...rules, ...operations]) { expect(out).toMatch(new RegExp(`${id}.*${summary.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)); }
    },
  },
};

test('every operation names a door and has a sample here', () => {
  expect(engine.operations.map(({ id }) => id).sort()).toEqual(Object.keys(SAMPLES).sort());
  for (const { doors } of engine.operations) { expect(doors.length).toBeGreaterThan(0); }
});

test.each(engine.operations)('$id gives what its output schema says', async ({ id, output }) => {
  expect(output.safeParse(await call(id, SAMPLES[id], placeFor(id))).error).toBeUndefined();
});

/** How an operation is called through a door; a door without an entry fails the test. */
const THROUGH: Readonly<Partial<Record<Door, (id: string, cwd: string) => Promise<void>>>> = {
  async cli(id, cwd) {
    const run = await cli(TERMINAL[id]?.args ?? [], { cwd });
    expect(run.err).toBe('');
    expect(TERMINAL).toHaveProperty(id);
    TERMINAL[id]?.compare(run.out, await call(id, SAMPLES[id], cwd));
  },
  async lsp(id, cwd) {
    const client = new RawClient();
    const { capabilities } = await client.open(cwd);
    const command = `tickguard.server.${id}`;
    expect((capabilities['executeCommandProvider'] as { commands: readonly string[] }).commands).toContain(command);
    expect(await client.request('workspace/executeCommand', { command, arguments: [SAMPLES[id]] })).toEqual(await call(id, SAMPLES[id], cwd));
    if (engine.operations.find((operation) => operation.id === id)?.text !== undefined) {
      const text = await client.request('tickguard/text', { root: pathToFileURL(cwd).href, operation: id, input: SAMPLES[id] });
      expect(text).toEqual({ ok: true, value: (await cli(TERMINAL[id]?.args ?? [], { cwd })).out });
    }
    await client.close();
  },
};

test.each(engine.operations.flatMap(({ id, doors }) => doors.map((door) => ({ id, door }))))('$id through the door $door', async ({ id, door }) => {
  expect(Object.keys(THROUGH)).toContain(door);
  await THROUGH[door]?.(id, placeFor(id));
});

test('what an operation refuses is refused in the same words by every door', async () => {
  const outcome = await engine.run('explain', { rule: 'APX040' }, { cwd: projectRoot, signal: new AbortController().signal });
  const sentence = outcome.ok ? '' : outcome.error;
  expect(sentence).toMatch(/^There is no rule APX040\. Did you mean APX0/);
  expect((await cli(['explain', 'APX040'], { cwd: projectRoot })).err).toBe(`tickguard: ${sentence}\n`);
  const client = new RawClient();
  await client.open(undefined);
  await expect(client.request('workspace/executeCommand', { command: 'tickguard.server.explain', arguments: [{ rule: 'APX040' }] })).rejects.toThrow(sentence);
  const place = { root: pathToFileURL(projectRoot).href };
  expect(await client.request('tickguard/text', { ...place, operation: 'sessions', input: { product: 'NOPE' } })).toMatchObject({ ok: false, error: expect.stringContaining('NOPE') as string });
  expect(await client.request('tickguard/text', { ...place, operation: 'check', input: {} })).toEqual({ ok: false, error: 'There is no text of check.' });
  await client.close();
});

test('the editor shows the findings that the terminal prints, file by file', async () => {
  const cwd = desk();
  const report = JSON.parse((await cli(['check', '--format', 'json'], { cwd })).out) as { findings: readonly { rule: string; file: string; line: number; column: number; message: string; fingerprint: string }[] };
  const client = new RawClient();
  await client.open(cwd);
  for (const file of new Set(report.findings.map((finding) => finding.file))) {
    const expected = report.findings.filter((finding) => finding.file === file);
    const shown = await client.pullUntil(pathToFileURL(join(cwd, file)).href, (items) => items.filter((item) => item.data !== undefined).length >= expected.length);
    // A trace points to a finding elsewhere and is the editor's own.
    const own = shown.filter((item) => expected.some((finding) => finding.fingerprint === item.data?.fingerprint));
    expect(own.map((item) => ({ line: item.range.start.line + 1, column: item.range.start.character + 1, message: item.message })))
      .toEqual(expected.map(({ line, column, message }) => ({ line, column, message })));
  }
  await client.close();
});
