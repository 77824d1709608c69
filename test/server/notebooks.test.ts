/** A notebook that is open as such: findings stand in its cells, fixes are written there. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CodeAction, type Diagnostic, PLAIN, PULLING, RawClient, applied, makeFolder } from './client.ts';
import { ACCOUNT, PASSWORD } from './desk.ts';

const IMPORTS = 'import ccxt\nexchange = ccxt.kraken()\nexchange.create_order("BTC/USD", "market", "sell", 1, None, {"reduceOnly": True})\n';
const LIMITS = 'size = 50_000\nmax_drawdown_pct = 10.0  # of "all"\n';
const LOGIN = `from desk.client import Client\nclient = Client(name="desk-7", password="${PASSWORD}")\nprint("connected")`;

/** The file, as Jupyter writes it. */
const FILE = JSON.stringify({
  cells: [
    { cell_type: 'markdown', metadata: {}, source: ['# Limits\n', 'of the desk'] },
    { cell_type: 'code', execution_count: 1, metadata: {}, outputs: [], source: IMPORTS },
    { cell_type: 'code', execution_count: 2, metadata: {}, outputs: [], source: LIMITS.split(/(?<=\n)/) },
    { cell_type: 'code', execution_count: 3, metadata: {}, outputs: [{ name: 'stdout', output_type: 'stream', text: [`password = "${PASSWORD}"\n`] }], source: ['show()'] },
  ],
  metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5,
}, undefined, 1);

let client: RawClient;
let desk: ReturnType<typeof makeFolder>;
beforeEach(() => {
  client = new RawClient();
  desk = makeFolder({ 'research/limits.ipynb': FILE, 'tickguard.json': ACCOUNT });
});
afterEach(() => {
  client.kill();
  desk.dispose();
});

const cellUri = (number: number): string => desk.uri('research/limits.ipynb').replace('file:', 'vscode-notebook-cell:') + `#W${number}`;

function openNotebook(cells: readonly string[] = [IMPORTS, LIMITS, 'show()']): void {
  const kinds = [1, ...cells.map(() => 2)];
  const texts = ['# Limits\nof the desk', ...cells];
  client.notify('notebookDocument/didOpen', {
    notebookDocument: { uri: desk.uri('research/limits.ipynb'), notebookType: 'jupyter-notebook', version: 1, cells: kinds.map((kind, i) => ({ kind, document: cellUri(i) })) },
    cellTextDocuments: texts.map((text, i) => ({ uri: cellUri(i), languageId: kinds[i] === 1 ? 'markdown' : 'python', version: 1, text })),
  });
}

function edit(number: number, version: number, text: string): void {
  client.notify('notebookDocument/didChange', {
    notebookDocument: { uri: desk.uri('research/limits.ipynb'), version },
    change: { cells: { textContent: [{ document: { uri: cellUri(number), version }, changes: [{ text }] }] } },
  });
}

const has = (code: string) => (items: readonly Diagnostic[]): boolean => items.some((item) => item.code === code);
const none = (items: readonly Diagnostic[]): boolean => items.length === 0;

describe('an open notebook', () => {
  test('says so before anything is opened', async () => {
    const { capabilities } = await client.open(desk.root);
    expect(capabilities['notebookDocumentSync']).toEqual({ notebookSelector: [{ notebook: { notebookType: 'jupyter-notebook', scheme: 'file' } }], save: true });
  });

  test('has its finding in the cell, at the exact range, and nowhere else', async () => {
    await client.open(desk.root);
    openNotebook();
    const [item] = await client.pullUntil(cellUri(2), has('APX001'));
    expect(item!.range).toEqual({ start: { line: 1, character: 19 }, end: { line: 1, character: 23 } });
    expect((await client.pull(cellUri(0))).items).toEqual([]);
    expect((await client.pull(cellUri(1))).items).toEqual([]);
    const answer = await client.request<{ items: readonly { uri: string; items: readonly Diagnostic[] }[] }>('workspace/diagnostic', { previousResultIds: [] });
    expect(answer.items.filter(({ uri, items }) => uri.includes('limits.ipynb') && items.length > 0)).toEqual([]);
  });

  test('follows the text as it is typed', async () => {
    await client.open(desk.root);
    openNotebook();
    await client.pullUntil(cellUri(2), has('APX001'));
    edit(2, 2, 'size = 50_000\nmax_drawdown_pct = 3.0\n');
    await client.pullUntil(cellUri(2), none);
    edit(1, 3, `${IMPORTS}\n\nmax_drawdown_pct = 9.0`);
    const [item] = await client.pullUntil(cellUri(1), has('APX001'));
    expect(item!.range.start).toEqual({ line: 5, character: 19 });
  });

  test('is mended in the cell', async () => {
    await client.open(desk.root);
    openNotebook();
    const [item] = await client.pullUntil(cellUri(2), has('APX001'));
    const ask = (uri: string): Promise<readonly CodeAction[]> => client.request('textDocument/codeAction', {
      textDocument: { uri }, range: item!.range, context: { diagnostics: [], only: ['quickfix'] },
    });
    expect(await ask(cellUri(1))).toEqual([]);
    const [fix] = await ask(cellUri(2));
    const { edit: written } = await client.request<CodeAction>('codeAction/resolve', fix);
    expect(written?.documentChanges?.[0]?.textDocument).toEqual({ uri: cellUri(2), version: 1 });
    expect(applied(LIMITS, written?.documentChanges?.[0]?.edits ?? [])).toBe('size = 50_000\nmax_drawdown_pct = 4.0  # of "all"\n');
  });

  test('takes a comment with a reason in the cell, from the light bulb and from the command', async () => {
    await client.open(desk.root);
    openNotebook();
    const [item] = await client.pullUntil(cellUri(2), has('APX001'));
    const actions = await client.request<readonly CodeAction[]>('textDocument/codeAction', { textDocument: { uri: cellUri(2) }, range: item!.range, context: { diagnostics: [], only: ['quickfix'] } });
    const ignore = actions.find(({ title }) => title.startsWith('Ignore APX001'))!;
    const { edit: written } = await client.request<CodeAction>('codeAction/resolve', ignore);
    expect(written?.documentChanges?.[0]?.textDocument).toEqual({ uri: cellUri(2), version: 1 });
    const { fingerprint } = item!.data as { readonly fingerprint: string };
    const answer = await client.request<{ readonly ok: boolean; readonly value: { readonly documentChanges: readonly { readonly edits: never[] }[] } }>('tickguard/suppress', { uri: cellUri(2), fingerprint, reason: 'the "old" account' });
    const silenced = applied(LIMITS, answer.value.documentChanges[0]!.edits);
    expect(silenced).toBe('size = 50_000\n# tickguard: ignore[APX001] the "old" account\nmax_drawdown_pct = 10.0  # of "all"\n');
    edit(2, 2, silenced);
    await client.pullUntil(cellUri(2), none);
  });

  test('says that an output takes no comment', async () => {
    await client.open(desk.root);
    openNotebook([IMPORTS, LIMITS, 'show()']);
    const [printed] = await client.pullUntil(cellUri(3), has('SEC001'));
    const { fingerprint } = printed!.data as { readonly fingerprint: string };
    expect(await client.request('tickguard/suppress', { uri: cellUri(3), fingerprint, reason: 'old' })).toEqual({ ok: false, error: expect.stringMatching(/^No comment can stand there/) as unknown });
    const actions = await client.request<readonly CodeAction[]>('textDocument/codeAction', { textDocument: { uri: cellUri(3) }, range: printed!.range, context: { diagnostics: [], only: ['quickfix'] } });
    expect(actions.map(({ title }) => title).filter((title) => title.startsWith('Ignore'))).toEqual([]);
  });

  test('tells a password in a cell, and one that a cell has printed', async () => {
    await client.open(desk.root);
    openNotebook([IMPORTS, LOGIN, 'show()']);
    const [inCode] = await client.pullUntil(cellUri(2), has('SEC001'));
    expect(inCode!.range).toEqual({ start: { line: 1, character: 41 }, end: { line: 1, character: 41 + PASSWORD.length } });
    const [printed] = await client.pullUntil(cellUri(3), has('SEC001'));
    expect(printed!.range).toEqual({ start: { line: 0, character: 0 }, end: { line: 0, character: 6 } });
    expect(printed!.message).toMatch(/output of this cell/);
    expect(printed!.message).not.toContain(PASSWORD);
  });

  test('that is closed is the file on disk again', async () => {
    await client.open(desk.root);
    openNotebook();
    edit(2, 2, 'max_drawdown_pct = 3.0\n');
    await client.pullUntil(cellUri(2), none);
    client.notify('notebookDocument/didClose', {
      notebookDocument: { uri: desk.uri('research/limits.ipynb') }, cellTextDocuments: [0, 1, 2, 3].map((i) => ({ uri: cellUri(i) })),
    });
    const items = await client.pullUntil(desk.uri('research/limits.ipynb'), has('APX001'));
    expect(items.map(({ code }) => code).sort()).toEqual(['APX001', 'SEC001']);
  });

  test('is published cell by cell to a client that does not ask', async () => {
    await client.open(desk.root, PLAIN);
    openNotebook();
    const [item] = await client.published(cellUri(2), has('APX001'));
    expect(item!.range.start).toEqual({ line: 1, character: 19 });
  });

  test('with no cell, and one in another language, is nothing to complain of', async () => {
    await client.open(desk.root, PULLING);
    openNotebook([]);
    expect((await client.pull(cellUri(0))).items).toEqual([]);
  });
});
