/** “Move the value to the environment”, as an editor asks for it. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sampleSecret } from '../../src/guardians/security/detectors/table.ts';
import { applied, type CodeAction, type Diagnostic, makeFolder, PULLING, RawClient } from './client.ts';

const KEY = sampleSecret('binance-api-secret', 31);
const BOT = `import ccxt\n\nexchange = ccxt.binance({"secret": "${KEY}"})\n`;
const EDITOR = { ...PULLING, workspace: { ...PULLING.workspace, workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] } } };

interface Change { readonly kind?: string; readonly uri?: string; readonly textDocument?: { readonly uri: string; readonly version: number | null }; readonly edits?: Parameters<typeof applied>[1] }

let client: RawClient;
let desk: ReturnType<typeof makeFolder>;
beforeEach(() => {
  client = new RawClient();
  desk = makeFolder({ 'bot.py': BOT, 'tickguard.json': '{}\n' });
  execFileSync('git', ['init', '-q'], { cwd: desk.root });
});
afterEach(() => {
  client.kill();
  desk.dispose();
});

async function actionsOn(path: string, text: string, code = 'SEC001', language = 'python'): Promise<{ readonly item: Diagnostic; readonly actions: readonly CodeAction[] }> {
  client.didOpen(desk.uri(path), text, 1, language);
  const items = await client.pullUntil(desk.uri(path), (found) => found.some((item) => item.code === code));
  const item = items.find((found) => found.code === code);
  if (item === undefined) { throw new Error(`no ${code}`); }
  return { item, actions: await client.request('textDocument/codeAction', { textDocument: { uri: desk.uri(path) }, range: item.range, context: { diagnostics: [item] } }) };
}

const moving = (actions: readonly CodeAction[]): CodeAction | undefined => actions.find(({ title }) => title.startsWith('Move the value'));

async function changesOf(action: CodeAction | undefined): Promise<readonly Change[]> {
  const { edit } = await client.request<CodeAction>('codeAction/resolve', action);
  return (edit as { readonly documentChanges?: readonly Change[] } | undefined)?.documentChanges ?? [];
}

/** Writes the changes to the disk as an editor does, and gives the names of the files in order. */
function write(changes: readonly Change[]): readonly string[] {
  return changes.map((change) => {
    const uri = change.uri ?? change.textDocument?.uri ?? '';
    const path = uri.slice(uri.lastIndexOf('/') + 1);
    const file = join(desk.root, path);
    if (change.kind === 'create') { writeFileSync(file, '', { flag: 'a' }); return `+${path}`; }
    writeFileSync(file, applied(existsSync(file) ? readFileSync(file, 'utf8') : '', change.edits ?? []));
    return path;
  });
}

describe('in a Python file', () => {
  test('it is one change of four files, and nothing of the key is told before it is chosen', async () => {
    await client.open(desk.root, EDITOR);
    const { item, actions } = await actionsOn('bot.py', BOT);
    const action = moving(actions);
    expect(action?.title).toBe('Move the value to the environment (BINANCE_API_SECRET)');
    expect(action).not.toHaveProperty('edit');
    expect(JSON.stringify([item, actions])).not.toContain(KEY);
    const changes = await changesOf(action);
    expect(changes[0]?.textDocument).toEqual({ uri: desk.uri('bot.py'), version: 1 });
    expect(write(changes)).toEqual(['bot.py', '+.gitignore', '.gitignore', '+.env', '.env', '+.env.example', '.env.example']);
    expect(readFileSync(join(desk.root, 'bot.py'), 'utf8')).toBe('import os\nimport ccxt\n\nexchange = ccxt.binance({"secret": os.environ["BINANCE_API_SECRET"]})\n');
    expect(readFileSync(join(desk.root, '.env'), 'utf8')).toBe(`BINANCE_API_SECRET=${KEY}\n`);
    expect(readFileSync(join(desk.root, '.env.example'), 'utf8')).toBe('BINANCE_API_SECRET=\n');
    expect(readFileSync(join(desk.root, '.gitignore'), 'utf8')).toBe('.env\n');
    client.didChange(desk.uri('bot.py'), 2, [{ text: readFileSync(join(desk.root, 'bot.py'), 'utf8') }]);
    await client.pullUntil(desk.uri('bot.py'), (items) => items.every(({ code }) => code !== 'SEC001'));
  });

  test('a new environment file is for its owner alone', async () => {
    await client.open(desk.root, EDITOR);
    const { actions } = await actionsOn('bot.py', BOT);
    write(await changesOf(moving(actions)));
    const mode = (): number => statSync(join(desk.root, '.env')).mode & 0o777;
    for (let waited = 0; waited < 100 && mode() !== 0o600; waited++) { await new Promise((next) => { setTimeout(next, 100); }); }
    expect(mode()).toBe(0o600);
  });

  test('files that are there are gone on with, and what git ignores is left alone', async () => {
    desk.write('.env', 'A=1\r\nBINANCE_API_SECRET=other');
    desk.write('.env.sample', 'A=\n');
    desk.write('.gitignore', '*.log\n.env\n');
    await client.open(desk.root, EDITOR);
    const { actions } = await actionsOn('bot.py', BOT);
    expect(moving(actions)?.title).toContain('(BINANCE_API_SECRET_2)');
    expect(write(await changesOf(moving(actions)))).toEqual(['bot.py', '.env', '.env.sample']);
    expect(readFileSync(join(desk.root, '.env'), 'utf8')).toBe(`A=1\r\nBINANCE_API_SECRET=other\r\nBINANCE_API_SECRET_2=${KEY}\r\n`);
    expect(readFileSync(join(desk.root, '.env.sample'), 'utf8')).toBe('A=\nBINANCE_API_SECRET_2=\n');
  });

  test('what the editor holds unsaved of the environment file counts', async () => {
    desk.write('.env', 'A=1\n');
    await client.open(desk.root, EDITOR);
    client.didOpen(desk.uri('.env'), 'A=1\nB=2\n', 7, 'dotenv');
    const { actions } = await actionsOn('bot.py', BOT);
    const change = (await changesOf(moving(actions))).find(({ textDocument }) => textDocument?.uri === desk.uri('.env'));
    expect(change?.textDocument?.version).toBe(7);
    expect(applied('A=1\nB=2\n', change?.edits ?? [])).toBe(`A=1\nB=2\nBINANCE_API_SECRET=${KEY}\n`);
  });

  test('it is worked out from the text as it stands when it is chosen', async () => {
    await client.open(desk.root, EDITOR);
    const { actions } = await actionsOn('bot.py', BOT);
    client.didChange(desk.uri('bot.py'), 2, [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# live\n' }]);
    const [first] = await changesOf(moving(actions));
    expect(applied(`# live\n${BOT}`, first?.edits ?? [])).toBe('# live\nimport os\nimport ccxt\n\nexchange = ccxt.binance({"secret": os.environ["BINANCE_API_SECRET"]})\n');
  });

  test('a finding that is gone is refused', async () => {
    await client.open(desk.root, EDITOR);
    const { actions } = await actionsOn('bot.py', BOT);
    client.didChange(desk.uri('bot.py'), 2, [{ text: 'x = 1\n' }]);
    expect((await client.ask('codeAction/resolve', moving(actions)).answer).error).toMatchObject({ code: -32801 });
  });
});

test('a client that makes no files is offered it where none is missing', async () => {
  await client.open(desk.root, PULLING);
  const first = await actionsOn('bot.py', BOT);
  expect(moving(first.actions)).toBeUndefined();
  for (const path of ['.env', '.env.example', '.gitignore']) { desk.write(path, ''); }
  const again = await client.request<readonly CodeAction[]>('textDocument/codeAction', { textDocument: { uri: desk.uri('bot.py') }, range: first.item.range, context: { diagnostics: [first.item] } });
  expect(write(await changesOf(moving(again)))).toEqual(['bot.py', '.gitignore', '.env', '.env.example']);
});

test('a compose file reads the variable by itself', async () => {
  const compose = `services:\n  bot:\n    environment:\n      BINANCE_API_SECRET: ${KEY}\n`;
  desk.write('compose.yaml', compose);
  await client.open(desk.root, EDITOR);
  const { actions } = await actionsOn('compose.yaml', compose, 'SEC001', 'yaml');
  const [first] = await changesOf(moving(actions));
  expect(applied(compose, first?.edits ?? [])).toBe('services:\n  bot:\n    environment:\n      BINANCE_API_SECRET: ${BINANCE_API_SECRET}\n');
});

test('a notebook does not offer it', async () => {
  const notebook = JSON.stringify({ cells: [{ cell_type: 'code', source: [`api_secret = "${KEY}"\n`], outputs: [], metadata: {}, execution_count: null }], metadata: { kernelspec: { language: 'python' } }, nbformat: 4, nbformat_minor: 5 }, null, 1);
  desk.write('x.ipynb', notebook);
  await client.open(desk.root, EDITOR);
  const { actions } = await actionsOn('x.ipynb', notebook, 'SEC001', 'json');
  expect(moving(actions)).toBeUndefined();
});

test('rotation steps are copied by clients that can, without the key', async () => {
  await client.open(desk.root, EDITOR, { commands: true });
  const { actions } = await actionsOn('bot.py', BOT);
  const action = actions.find(({ title }) => title.startsWith('Copy rotation steps'));
  expect(action?.command?.command).toBe('tickguard.copyRotationSteps');
  const [, text] = (action?.command as { readonly arguments?: readonly unknown[] } | undefined)?.arguments ?? [];
  expect(text).toMatch(/^Binance API secret in bot\.py:3\n\n1\. /);
  expect(text).not.toContain(KEY);
});

test('an environment file that git would add is added to .gitignore', async () => {
  desk.write('.env', `BINANCE_API_SECRET=${KEY}\n`);
  await client.open(desk.root, EDITOR);
  const { actions } = await actionsOn('.env', `BINANCE_API_SECRET=${KEY}\n`, 'ENV002', 'dotenv');
  const action = actions.find(({ title }) => title === 'Add it to .gitignore');
  expect(write(await changesOf(action))).toEqual(['+.gitignore', '.gitignore']);
  expect(readFileSync(join(desk.root, '.gitignore'), 'utf8')).toBe('.env\n');
});
