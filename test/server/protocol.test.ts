/** The wire: start, end, what no client should send, and a parent that dies. */
import { spawn } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { PLAIN, PULLING, RawClient, STARTS, makeFolder, serverFile } from './client.ts';
import { slownessOfStarts } from '../support/machine.ts';
import { DESK, STRATEGY } from './desk.ts';

const clients: RawClient[] = [];
const folders: { dispose(): void }[] = [];

function start(args?: readonly string[]): RawClient {
  const client = new RawClient(args);
  clients.push(client);
  return client;
}

function desk(): ReturnType<typeof makeFolder> {
  const folder = makeFolder(DESK);
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const client of clients.splice(0)) { client.kill(); }
  for (const folder of folders.splice(0)) { folder.dispose(); }
});

describe.each(Object.entries(STARTS))('%s', (_name, args) => {
  test('answers initialize with what it can do, and ends with 0 after shutdown and exit', async () => {
    const client = start(args);
    const { capabilities, serverInfo } = await client.open(desk().root);
    expect(serverInfo).toEqual({ name: 'tickguard', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    expect(capabilities).toMatchObject({
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: 2, save: { includeText: false } },
      diagnosticProvider: { identifier: 'tickguard', interFileDependencies: true, workspaceDiagnostics: true },
      codeActionProvider: { codeActionKinds: ['quickfix', 'source.fixAll.tickguard'], resolveProvider: true },
    });
    expect(await client.close()).toBe(0);
    expect(client.stderr).toBe('');
  });

  test('ends with 1 on exit without shutdown', async () => {
    const client = start(args);
    await client.open(desk().root);
    client.notify('exit');
    expect(await client.exit).toBe(1);
  });

  test('ends when its input is closed', async () => {
    const client = start(args);
    await client.open(desk().root);
    client.child.stdin.end();
    expect(await client.exit).toBe(1);
  });
});

test('a client without pull gets no pull provider, and no position encoding it did not offer', async () => {
  const client = start();
  const { capabilities } = await client.open(desk().root, PLAIN);
  expect(capabilities).not.toHaveProperty('diagnosticProvider');
  expect(capabilities).not.toHaveProperty('positionEncoding');
  expect(client.count('client/registerCapability')).toBe(0);
  expect(await client.close()).toBe(0);
});

test('initialize without any folder and with a process id of null is fine', async () => {
  const client = start();
  await client.request('initialize', { processId: null, rootUri: null, capabilities: {} });
  client.notify('initialized', {});
  expect(await client.close()).toBe(0);
});

test('asks to be told about files on disk', async () => {
  const client = start();
  await client.open(desk().root, PULLING);
  const { params } = await client.heard((message) => message.method === 'client/registerCapability');
  expect(params).toMatchObject({ registrations: [{ method: 'workspace/didChangeWatchedFiles', registerOptions: { watchers: [{ globPattern: '**/*' }] } }] });
});

describe('messages no client should send', () => {
  const frame = (body: string): string => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  const cases: readonly (readonly [string, string])[] = [
    ['a body that is no JSON', frame('{"jsonrpc":"2.0","method":')],
    ['a body that is no message', frame('[1,2,3]')],
    ['null', frame('null')],
    ['an unknown notification', frame('{"jsonrpc":"2.0","method":"made/up","params":{}}')],
    ['a didChange of a document that is not open', frame(JSON.stringify({ jsonrpc: '2.0', method: 'textDocument/didChange', params: { textDocument: { uri: 'file:///nowhere.py', version: 2 }, contentChanges: [{ text: 'x' }] } }))],
    ['a didChange without changes', frame(JSON.stringify({ jsonrpc: '2.0', method: 'textDocument/didChange', params: { textDocument: { uri: 'file:///nowhere.py', version: 2 } } }))],
    ['a didOpen without text', frame(JSON.stringify({ jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument: { uri: 'file:///x.py' } } }))],
    ['a didOpen of something that is no file', frame(JSON.stringify({ jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument: { uri: 'untitled:Untitled-1', languageId: 'python', version: 1, text: 'x = 1' } } }))],
    ['a didClose of a document that is not open', frame(JSON.stringify({ jsonrpc: '2.0', method: 'textDocument/didClose', params: { textDocument: { uri: 'file:///nowhere.py' } } }))],
    ['watched files of a strange shape', frame(JSON.stringify({ jsonrpc: '2.0', method: 'workspace/didChangeWatchedFiles', params: { changes: [{ uri: 'http://[', type: 9 }] } }))],
    ['a cancellation of nothing', frame('{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":4711}}')],
  ];

  test.each(cases)('%s leaves the server answering', async (_name, bytes) => {
    const client = start();
    const folder = desk();
    await client.open(folder.root);
    client.raw(bytes);
    client.didOpen(folder.uri('strategy.py'), STRATEGY);
    const report = await client.pull(folder.uri('strategy.py'));
    expect(report.kind).toBe('full');
    expect(await client.close()).toBe(0);
  });

  test('an unknown request is refused by its code', async () => {
    const client = start();
    await client.open(desk().root);
    const { error } = await client.ask('made/up', {}).answer;
    expect(error?.code).toBe(-32601);
  });

  test('a request before initialize is refused, not answered', async () => {
    const client = start();
    const { error } = await client.ask('textDocument/diagnostic', { textDocument: { uri: 'file:///x.py' } }).answer;
    expect(error?.code).toBeLessThan(0);
  });

  test('a command without a finding is refused with a sentence', async () => {
    const client = start();
    await client.open(desk().root);
    const { error } = await client.ask('workspace/executeCommand', { command: 'tickguard.server.acceptBaseline', arguments: [] }).answer;
    expect(error?.message).toBe('tickguard.server.acceptBaseline needs a finding: { uri, fingerprint, rule }.');
  });
});

describe('no orphan', () => {
  /** A parent that starts a server, says its process id, and is then killed without a chance to clean up. */
  async function orphan(script: string): Promise<{ readonly pid: number; gone(within: number): Promise<boolean> }> {
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) => { parent.stdout.once('data', (data: Buffer) => resolve(Number(String(data)))); });
    // The server has to be up, or it would only end because it never started.
    const slow = Math.min(3, slownessOfStarts());
    await new Promise((next) => { setTimeout(next, 800 * slow); });
    expect(alive(pid)).toBe(true);
    parent.kill('SIGKILL');
    return {
      pid,
      async gone(within) {
        const end = Date.now() + within * slow;
        while (alive(pid)) {
          if (Date.now() > end) { process.kill(pid, 'SIGKILL'); return false; }
          await new Promise((next) => { setTimeout(next, 25); });
        }
        return true;
      },
    };
  }

  const alive = (pid: number): boolean => { try { process.kill(pid, 0); return true; } catch { return false; } };
  const server = JSON.stringify(serverFile);

  test('over standard streams the server ends within 2 s of its parent\'s death', async () => {
    const { gone } = await orphan(`const c = require('child_process').spawn(process.execPath, [${server}, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] }); console.log(c.pid); setInterval(() => {}, 1000);`);
    expect(await gone(2000)).toBe(true);
  });

  test('over the channel of a forked process as well', async () => {
    const { gone } = await orphan(`const c = require('child_process').fork(${server}, ['--node-ipc']); console.log(c.pid); setInterval(() => {}, 1000);`);
    expect(await gone(2000)).toBe(true);
  });

  test('where somebody else holds the streams open, the process id of initialize decides', async () => {
    // This test is the one who holds them: the parent only starts the server with them.
    const client = start();
    const watched = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await client.request('initialize', { processId: watched.pid, rootUri: null, capabilities: {} });
    watched.kill('SIGKILL');
    const code = await Promise.race([client.exit, new Promise((resolve) => { setTimeout(() => resolve('still there'), 2000); })]);
    expect(code).toBe(1);
  });
});

test('the channel of a forked process carries the same protocol', async () => {
  const { fork } = await import('node:child_process');
  const child = fork(serverFile, ['--node-ipc'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const answer = new Promise<{ result: { serverInfo: unknown } }>((resolve) => {
    child.on('message', (message: { id?: number; result?: { serverInfo: unknown } }) => { if (message.id === 1) { resolve(message as never); } });
  });
  child.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: process.pid, rootUri: null, capabilities: {} } });
  expect((await answer).result.serverInfo).toMatchObject({ name: 'tickguard' });
  child.send({ jsonrpc: '2.0', id: 2, method: 'shutdown' });
  child.send({ jsonrpc: '2.0', method: 'exit' });
  expect(await new Promise((resolve) => { child.once('exit', resolve); })).toBe(0);
});
