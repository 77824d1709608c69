/** Diagnostics: pulled and published, across files, beside unsaved buffers and broken configuration. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Diagnostic, PLAIN, PULLING, RawClient, makeFolder, rangeOf } from './client.ts';
import { ACCOUNT, BROKER, DESK, LATE_CLOCK, PASSWORD, QUIET_RISK, RISK, STRATEGY } from './desk.ts';

let client: RawClient;
let desk: ReturnType<typeof makeFolder>;

beforeEach(() => {
  client = new RawClient();
  desk = makeFolder(DESK);
});
afterEach(() => {
  client.kill();
  desk.dispose();
});

const has = (code: string) => (items: readonly Diagnostic[]): boolean => items.some((item) => item.code === code);
const none = (items: readonly Diagnostic[]): boolean => items.length === 0;

describe('a client that pulls', () => {
  test('gets the finding where it starts, with code, page, exact range and the way there', async () => {
    await client.open(desk.root);
    client.didOpen(desk.uri('risk.py'), RISK);
    const [item, ...rest] = await client.pullUntil(desk.uri('risk.py'), has('PRF004'));
    expect(rest).toEqual([]);
    expect(item).toMatchObject({
      source: 'tickguard', code: 'PRF004', severity: 2,
      range: rangeOf(RISK, 'print(room)'),
      codeDescription: { href: expect.stringMatching(/\/PRF004\.md$/) },
      data: { rule: 'PRF004', fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) },
    });
    expect(item?.message.length).toBeLessThanOrEqual(200);
    const places = item?.relatedInformation?.map(({ location }) => location.uri) ?? [];
    expect(places).toContain(desk.uri('strategy.py'));
  });

  test('is told at the call in the handler what it leads to', async () => {
    await client.open(desk.root);
    client.didOpen(desk.uri('strategy.py'), STRATEGY);
    const [item] = await client.pullUntil(desk.uri('strategy.py'), has('PRF004'));
    expect(item).toMatchObject({ code: 'PRF004', severity: 3, message: expect.stringMatching(/ \(PRF004 at risk\.py:4\)$/) });
    expect(item?.range.start.line).toBe(rangeOf(STRATEGY, 'self.risk.check').start.line);
    expect(item?.relatedInformation?.[0]?.location).toEqual({ uri: desk.uri('risk.py'), range: rangeOf(RISK, 'print(room)') });
  });

  test('hears “unchanged” for the result id it has, and a full report after an edit', async () => {
    await client.open(desk.root);
    client.didOpen(desk.uri('risk.py'), RISK);
    await client.pullUntil(desk.uri('risk.py'), has('PRF004'));
    const first = await client.pull(desk.uri('risk.py'));
    expect(await client.pull(desk.uri('risk.py'), first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    client.didChange(desk.uri('risk.py'), 2, [{ range: rangeOf(RISK, '        print(room)\n'), text: '' }]);
    const second = await client.pull(desk.uri('risk.py'), first.resultId);
    expect(second).toMatchObject({ kind: 'full', items: [] });
    expect(second.resultId).not.toBe(first.resultId);
  });

  test('sees the unsaved buffer and not the disk, and the disk again after closing', async () => {
    await client.open(desk.root);
    client.didOpen(desk.uri('strategy.py'), STRATEGY);
    await client.pullUntil(desk.uri('strategy.py'), has('PRF004'));
    client.didOpen(desk.uri('risk.py'), QUIET_RISK);
    await client.pullUntil(desk.uri('strategy.py'), none);
    // The file on disk is written meanwhile, with two prints: the buffer still wins.
    desk.write('risk.py', RISK.replace('print(room)', 'print(room)\n        print(price)'));
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: desk.uri('risk.py'), type: 2 }] });
    expect((await client.pull(desk.uri('risk.py'))).items).toEqual([]);
    client.notify('textDocument/didClose', { textDocument: { uri: desk.uri('risk.py') } });
    await client.pullUntil(desk.uri('strategy.py'), has('PRF004'));
  });

  test('counts in UTF-16 units behind characters of two', async () => {
    await client.open(desk.root);
    const text = RISK.replace('print(room)', 'note = "🦉🦉"; print(room)');
    client.didOpen(desk.uri('risk.py'), text);
    const [item] = await client.pullUntil(desk.uri('risk.py'), has('PRF004'));
    expect(item?.range).toEqual(rangeOf(text, 'print(room)'));
    expect(item?.range.start.character).toBe('        note = "'.length + 4 + '"; '.length);
    // An edit between the two halves of nothing: the place behind the owls is a UTF-16 offset as well.
    const at = item?.range.start ?? { line: 0, character: 0 };
    client.didChange(desk.uri('risk.py'), 2, [{ range: { start: at, end: at }, text: 'x = 1; ' }]);
    const [moved] = await client.pullUntil(desk.uri('risk.py'), (items) => items[0]?.range.start.character === at.character + 7);
    expect(moved?.code).toBe('PRF004');
  });

  test('an edit in the other file brings one refresh, however many edits arrive together', async () => {
    await client.open(desk.root);
    client.didOpen(desk.uri('strategy.py'), STRATEGY);
    client.didOpen(desk.uri('risk.py'), RISK);
    await client.pullUntil(desk.uri('strategy.py'), has('PRF004'));
    await settled();
    const from = client.received.length;
    client.didChange(desk.uri('risk.py'), 2, [{ range: rangeOf(RISK, '        print(room)\n'), text: '' }]);
    client.didChange(desk.uri('risk.py'), 3, [{ text: `${QUIET_RISK}\n` }]);
    client.didChange(desk.uri('risk.py'), 4, [{ text: `${QUIET_RISK}\n\n` }]);
    await client.heard((message) => message.method === 'workspace/diagnostic/refresh', from);
    expect((await client.pull(desk.uri('strategy.py'))).items).toEqual([]);
    await client.pull(desk.uri('risk.py'));
    await new Promise((next) => { setTimeout(next, 300); });
    expect(client.count('workspace/diagnostic/refresh', from)).toBe(1);
  });

  test('an edit that changes nothing elsewhere brings no refresh', async () => {
    await client.open(desk.root);
    client.didOpen(desk.uri('strategy.py'), STRATEGY);
    client.didOpen(desk.uri('risk.py'), RISK);
    await client.pullUntil(desk.uri('strategy.py'), has('PRF004'));
    await settled();
    const from = client.received.length;
    client.didChange(desk.uri('risk.py'), 2, [{ text: `${RISK}\n# a comment\n` }]);
    await client.pull(desk.uri('risk.py'));
    await new Promise((next) => { setTimeout(next, 300); });
    expect(client.count('workspace/diagnostic/refresh', from)).toBe(0);
  });

  test('a file written on disk changes what an open one says', async () => {
    await client.open(desk.root);
    client.didOpen(desk.uri('strategy.py'), STRATEGY);
    await client.pullUntil(desk.uri('strategy.py'), has('PRF004'));
    desk.write('risk.py', QUIET_RISK);
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: desk.uri('risk.py'), type: 2 }] });
    await client.pullUntil(desk.uri('strategy.py'), none);
    desk.write('risk.py', RISK);
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: desk.uri('risk.py'), type: 1 }] });
    await client.pullUntil(desk.uri('strategy.py'), has('PRF004'));
    rmSync(join(desk.root, 'risk.py'));
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: desk.uri('risk.py'), type: 3 }] });
    await client.pullUntil(desk.uri('strategy.py'), none);
  });

  test('a cancelled pull is answered as cancelled, and the next one in full', async () => {
    await client.open(desk.root);
    client.didOpen(desk.uri('risk.py'), RISK);
    const { id, answer } = client.ask('textDocument/diagnostic', { textDocument: { uri: desk.uri('risk.py') } });
    client.notify('$/cancelRequest', { id });
    const { error, result } = await answer;
    expect(error === undefined ? (result as { kind: string }).kind : error.code).toBe(error === undefined ? 'full' : -32800);
    await client.pullUntil(desk.uri('risk.py'), has('PRF004'));
  });

  test('a document outside every folder is checked by itself', async () => {
    await client.open(undefined);
    const other = makeFolder({ 'broker.py': BROKER, 'unrelated.py': BROKER });
    try {
      client.didOpen(other.uri('broker.py'), BROKER);
      const items = await client.pullUntil(other.uri('broker.py'), has('SEC001'));
      expect(items[0]?.range).toEqual(rangeOf(BROKER, PASSWORD));
      expect(JSON.stringify(items)).not.toContain(PASSWORD);
    } finally {
      other.dispose();
    }
  });
});

describe('the workspace\'s diagnostics', () => {
  interface WorkspaceReport { readonly items: readonly { readonly uri: string; readonly kind: string; readonly resultId: string; readonly version: null; readonly items: readonly Diagnostic[] }[] }
  const ask = (ids: readonly { uri: string; value: string }[], token?: string): Promise<WorkspaceReport> =>
    client.request('workspace/diagnostic', { previousResultIds: ids, ...(token === undefined ? {} : { partialResultToken: token }) });

  test('name closed files, then only what changed', async () => {
    await client.open(desk.root);
    const first = await eventually(() => ask([]), (report) => report.items.some((item) => item.uri === desk.uri('risk.py')));
    const risk = first.items.find((item) => item.uri === desk.uri('risk.py'));
    expect(risk).toMatchObject({ kind: 'full', version: null, items: [{ code: 'PRF004' }] });
    const known = first.items.map(({ uri, resultId }) => ({ uri, value: resultId }));
    expect(await ask(known)).toEqual({ items: [] });
    desk.write('risk.py', QUIET_RISK);
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: desk.uri('risk.py'), type: 2 }] });
    const second = await eventually(() => ask(known), (report) => report.items.length > 0);
    expect(second.items.map((item) => [item.uri, item.items]).sort()).toEqual([[desk.uri('risk.py'), []], [desk.uri('strategy.py'), []]]);
  });

  test('are held back from a client that waits, until something changes', async () => {
    await client.open(desk.root);
    await settled();
    const first = await eventually(() => ask([]), (report) => report.items.length === 2);
    let answered = false;
    const waiting = ask(first.items.map(({ uri, resultId }) => ({ uri, value: resultId })), 'token').then((report) => { answered = true; return report; });
    await new Promise((next) => { setTimeout(next, 500); });
    expect(answered).toBe(false);
    desk.write('risk.py', QUIET_RISK);
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: desk.uri('risk.py'), type: 2 }] });
    expect((await waiting).items.length).toBeGreaterThan(0);
  });
});

describe('a client that only shows what is published', () => {
  test('gets open and closed files, changes in other files, and the end of a finding', async () => {
    await client.open(desk.root, PLAIN);
    await client.published(desk.uri('risk.py'), has('PRF004'));
    client.didOpen(desk.uri('risk.py'), QUIET_RISK);
    await client.published(desk.uri('risk.py'), none);
    await client.published(desk.uri('strategy.py'), none);
    client.didChange(desk.uri('risk.py'), 2, [{ text: RISK }]);
    const items = await client.published(desk.uri('strategy.py'), has('PRF004'));
    expect(items[0]).not.toHaveProperty('codeDescription');
    expect(client.count('workspace/diagnostic/refresh')).toBe(0);
  });

  test('hears nothing about files without findings, and the same thing once', async () => {
    await client.open(desk.root, PLAIN);
    desk.write('quiet.py', 'x = 1\n');
    client.didOpen(desk.uri('quiet.py'), 'x = 1\n');
    await client.published(desk.uri('risk.py'), has('PRF004'));
    client.didChange(desk.uri('quiet.py'), 2, [{ text: 'x = 2\n' }]);
    client.didOpen(desk.uri('risk.py'), RISK);
    client.didChange(desk.uri('risk.py'), 2, [{ text: `${RISK}# the end\n` }]);
    await new Promise((next) => { setTimeout(next, 400); });
    const uris = client.received.filter((message) => message.method === 'textDocument/publishDiagnostics').map((message) => (message.params as { uri: string }).uri);
    expect(uris.filter((uri) => uri === desk.uri('quiet.py'))).toEqual([]);
    expect(uris.filter((uri) => uri === desk.uri('risk.py')).length).toBeLessThanOrEqual(2);
  });

  test('is told when a file with findings is deleted', async () => {
    await client.open(desk.root, PLAIN);
    await client.published(desk.uri('risk.py'), has('PRF004'));
    rmSync(join(desk.root, 'risk.py'));
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: desk.uri('risk.py'), type: 3 }] });
    await client.published(desk.uri('risk.py'), none);
  });
});

describe('the policy file', () => {
  test('an account makes the firm\'s deadline an error that names it; its end takes it back', async () => {
    desk.write('clock.py', LATE_CLOCK);
    desk.write('tickguard.json', ACCOUNT);
    await client.open(desk.root);
    client.didOpen(desk.uri('clock.py'), LATE_CLOCK);
    const items = await client.pullUntil(desk.uri('clock.py'), has('APX004'));
    expect(items.find((item) => item.code === 'APX004')).toMatchObject({ severity: 1, message: expect.stringContaining('apex-1') });
    desk.write('tickguard.json', '{ "rules": { "APX004": "off" } }\n');
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: desk.uri('tickguard.json'), type: 2 }] });
    await client.pullUntil(desk.uri('clock.py'), (found) => !has('APX004')(found));
  });

  test('a mistake in it stands at its place, and the guard goes on with the defaults', async () => {
    const broken = '{\n  "accounts": [],\n  "rulez": {}\n}\n';
    desk.write('tickguard.json', broken);
    await client.open(desk.root);
    client.didOpen(desk.uri('tickguard.json'), broken, 1, 'jsonc');
    const [problem] = await client.pullUntil(desk.uri('tickguard.json'), has('config'));
    expect(problem).toMatchObject({ severity: 1, range: { start: { line: 2, character: 2 } }, message: expect.stringContaining('rulez') });
    client.didOpen(desk.uri('risk.py'), RISK);
    await client.pullUntil(desk.uri('risk.py'), has('PRF004'));
    // Mended and saved: the problem goes, and what it says holds.
    const mended = '{ "rules": { "PRF004": "off" } }\n';
    desk.write('tickguard.json', mended);
    client.didChange(desk.uri('tickguard.json'), 2, [{ text: mended }]);
    client.notify('textDocument/didSave', { textDocument: { uri: desk.uri('tickguard.json') } });
    await client.pullUntil(desk.uri('tickguard.json'), none);
    await client.pullUntil(desk.uri('risk.py'), none);
  });

  test('a mistake made later leaves the last good file in force', async () => {
    desk.write('tickguard.json', '{ "rules": { "PRF004": "error" } }\n');
    await client.open(desk.root);
    client.didOpen(desk.uri('risk.py'), RISK);
    await client.pullUntil(desk.uri('risk.py'), (items) => items[0]?.severity === 1);
    desk.write('tickguard.json', '{ "rules": ');
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: desk.uri('tickguard.json'), type: 2 }] });
    client.didOpen(desk.uri('tickguard.json'), '{ "rules": ', 1, 'jsonc');
    await client.pullUntil(desk.uri('tickguard.json'), has('config'));
    expect((await client.pull(desk.uri('risk.py'))).items[0]?.severity).toBe(1);
  });
});

describe('files a check would not look at', () => {
  test('an open document that tickguard.json excludes is left alone, until it no longer does', async () => {
    desk.write('tickguard.json', '{ "exclude": ["old/**"] }\n');
    desk.write('old/broker.py', BROKER);
    await client.open(desk.root);
    client.didOpen(desk.uri('old/broker.py'), BROKER);
    expect((await client.pull(desk.uri('old/broker.py'))).items).toEqual([]);
    client.didChange(desk.uri('old/broker.py'), 2, [{ text: `${BROKER}# again\n` }]);
    expect((await client.pull(desk.uri('old/broker.py'))).items).toEqual([]);
    desk.write('tickguard.json', '{}\n');
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: desk.uri('tickguard.json'), type: 2 }] });
    await client.pullUntil(desk.uri('old/broker.py'), has('SEC001'));
    desk.write('tickguard.json', '{ "exclude": ["old/**"] }\n');
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: desk.uri('tickguard.json'), type: 2 }] });
    await client.pullUntil(desk.uri('old/broker.py'), none);
  });

  test('an ignored .env may hold its secrets; once git tracks it they are found', async () => {
    const secret = `TRADOVATE_PASSWORD=${PASSWORD}\n`;
    desk.write('.env', secret);
    desk.write('.gitignore', '.env\n');
    git('init', '-q');
    await client.open(desk.root);
    client.didOpen(desk.uri('.env'), secret, 1, 'dotenv');
    expect((await client.pull(desk.uri('.env'))).items).toEqual([]);
    git('add', '-f', '.env');
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: desk.uri('.git/index'), type: 2 }] });
    const items = await client.pullUntil(desk.uri('.env'), has('ENV001'));
    expect(JSON.stringify(items)).not.toContain(PASSWORD);
  });

  test('a new file that is not on disk yet is checked', async () => {
    await client.open(desk.root);
    client.didOpen(desk.uri('new.py'), BROKER);
    await client.pullUntil(desk.uri('new.py'), has('SEC001'));
  });

  test('a broken tickguard.json in a subfolder is told at its place', async () => {
    desk.write('sub/tickguard.json', '{\n  "rulez": {}\n}\n');
    desk.write('sub/broker.py', BROKER);
    await client.open(desk.root);
    client.didOpen(desk.uri('sub/tickguard.json'), '{\n  "rulez": {}\n}\n', 1, 'jsonc');
    const [problem] = await client.pullUntil(desk.uri('sub/tickguard.json'), has('config'));
    expect(problem?.range.start).toEqual({ line: 1, character: 2 });
  });

  function git(...args: readonly string[]): void {
    execFileSync('git', [...args], { cwd: desk.root, stdio: 'ignore' });
  }
});

describe('several folders', () => {
  test('each has its own policy, and one can come and go', async () => {
    desk.write('tickguard.json', '{ "rules": { "PRF004": "off" } }\n');
    const second = makeFolder(DESK);
    try {
      await client.open(desk.root, PULLING);
      client.didOpen(desk.uri('risk.py'), RISK);
      client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [{ uri: second.uri('').replace(/\/$/, ''), name: 'second' }], removed: [] } });
      client.didOpen(second.uri('risk.py'), RISK);
      await client.pullUntil(second.uri('risk.py'), has('PRF004'));
      expect((await client.pull(desk.uri('risk.py'))).items).toEqual([]);
      const status = await client.request<{ roots: { name: string }[] }>('tickguard/status');
      expect(status.roots.map((root) => root.name)).toEqual(['desk', 'second']);
      client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [{ uri: second.uri('').replace(/\/$/, ''), name: 'second' }] } });
      expect((await client.request<{ roots: unknown[] }>('tickguard/status')).roots.length).toBeGreaterThan(0);
    } finally {
      second.dispose();
    }
  });
});

/** The first scan is over, and what it had to say is said. */
async function settled(): Promise<void> {
  await eventually(() => client.request<{ roots: { state: string }[] }>('tickguard/status'), (status) => status.roots.every((root) => root.state === 'ready'));
  await new Promise((next) => { setTimeout(next, 150); });
}

async function eventually<T>(ask: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const value = await ask();
    if (wanted(value)) { return value; }
    if (Date.now() > end) { throw new Error(`not as wanted: ${JSON.stringify(value)}`); }
    await new Promise((next) => { setTimeout(next, 40); });
  }
}
