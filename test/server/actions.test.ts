/** What the light bulb offers, and what it writes. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CodeAction, type Diagnostic, type Edit, PULLING, RawClient, type WorkspaceEdit, applied, makeFolder } from './client.ts';
import { ACCOUNT, BROKER, DESK, LATE_CLOCK, PASSWORD, RISK, STRATEGY } from './desk.ts';

let client: RawClient;
let desk: ReturnType<typeof makeFolder>;

beforeEach(() => {
  client = new RawClient();
  desk = makeFolder({ ...DESK, 'clock.py': LATE_CLOCK, 'tickguard.json': ACCOUNT, 'broker.py': BROKER });
});
afterEach(() => {
  client.kill();
  desk.dispose();
});

/** Opens a document, waits for the finding and asks for actions on it. */
async function actionsOn(path: string, text: string, code: string, only?: readonly string[]): Promise<{ readonly item: Diagnostic; readonly actions: readonly CodeAction[] }> {
  client.didOpen(desk.uri(path), text);
  const items = await client.pullUntil(desk.uri(path), (found) => found.some((item) => item.code === code));
  const item = items.find((found) => found.code === code);
  if (item === undefined) { throw new Error(`no ${code}`); }
  return { item, actions: await ask(path, item, only) };
}

function ask(path: string, item: Diagnostic, only?: readonly string[]): Promise<readonly CodeAction[]> {
  return client.request('textDocument/codeAction', {
    textDocument: { uri: desk.uri(path) }, range: item.range, context: { diagnostics: [item], ...(only === undefined ? {} : { only }) },
  });
}

function editsOf(edit: WorkspaceEdit | undefined, path: string): readonly Edit[] {
  const versioned = edit?.documentChanges?.find((change) => change.textDocument.uri === desk.uri(path));
  return versioned?.edits ?? edit?.changes?.[desk.uri(path)] ?? [];
}

const offering = (actions: readonly CodeAction[], start: string): CodeAction => {
  const found = actions.find((action) => action.title.startsWith(start));
  if (found === undefined) { throw new Error(`no "${start}" among ${actions.map((action) => action.title).join(' | ')}`); }
  return found;
};

describe('a fix', () => {
  test('has no edit until it is chosen, then mends the open text', async () => {
    await client.open(desk.root);
    const { actions } = await actionsOn('clock.py', LATE_CLOCK, 'APX004', ['quickfix']);
    const [fix] = actions;
    expect(fix).toMatchObject({ kind: 'quickfix', isPreferred: true });
    expect(fix).not.toHaveProperty('edit');
    const { edit } = await client.request<CodeAction>('codeAction/resolve', fix);
    expect(edit?.documentChanges?.[0]?.textDocument).toEqual({ uri: desk.uri('clock.py'), version: 1 });
    const mended = applied(LATE_CLOCK, editsOf(edit, 'clock.py'));
    expect(mended).not.toBe(LATE_CLOCK);
    client.didChange(desk.uri('clock.py'), 2, [{ text: mended }]);
    await client.pullUntil(desk.uri('clock.py'), (items) => items.every((item) => item.code !== 'APX004'));
  });

  test('is computed from the text as it stands when it is chosen', async () => {
    await client.open(desk.root);
    const { actions } = await actionsOn('clock.py', LATE_CLOCK, 'APX004', ['quickfix']);
    const longer = `# one line more\n${LATE_CLOCK}`;
    client.didChange(desk.uri('clock.py'), 2, [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# one line more\n' }]);
    const { edit } = await client.request<CodeAction>('codeAction/resolve', actions[0]);
    const mended = applied(longer, editsOf(edit, 'clock.py'));
    expect(mended.startsWith('# one line more\nfrom datetime')).toBe(true);
    client.didChange(desk.uri('clock.py'), 3, [{ text: mended }]);
    await client.pullUntil(desk.uri('clock.py'), (items) => items.every((item) => item.code !== 'APX004'));
  });

  test('of a finding that is gone is refused, not misapplied', async () => {
    await client.open(desk.root);
    const { actions } = await actionsOn('clock.py', LATE_CLOCK, 'APX004', ['quickfix']);
    client.didChange(desk.uri('clock.py'), 2, [{ text: 'x = 1\n' }]);
    const { error } = await client.ask('codeAction/resolve', actions[0]).answer;
    expect(error).toMatchObject({ code: -32801 });
  });

  test('comes with its edit for a client that cannot resolve', async () => {
    await client.open(desk.root, { textDocument: { diagnostic: {} } });
    const { actions } = await actionsOn('clock.py', LATE_CLOCK, 'APX004', ['quickfix']);
    expect(actions[0]?.edit?.changes?.[desk.uri('clock.py')]?.length).toBeGreaterThan(0);
  });

  test('of a secret is in no answer before it is chosen', async () => {
    await client.open(desk.root);
    const { item, actions } = await actionsOn('broker.py', BROKER, 'SEC001', ['quickfix']);
    expect(JSON.stringify([item, actions])).not.toContain(PASSWORD);
  });
});

describe('ignore here', () => {
  test('writes a comment with a placeholder above the line, and the finding is gone', async () => {
    await client.open(desk.root);
    const { actions } = await actionsOn('risk.py', RISK, 'PRF004');
    const { edit } = await client.request<CodeAction>('codeAction/resolve', offering(actions, 'Ignore PRF004'));
    const silenced = applied(RISK, editsOf(edit, 'risk.py'));
    expect(silenced).toContain('        # tickguard: ignore[PRF004] say why this is right here\n        print(room)\n');
    client.didChange(desk.uri('risk.py'), 2, [{ text: silenced }]);
    await client.pullUntil(desk.uri('risk.py'), (items) => items.length === 0);
  });

  test('lets a client with snippets type over the reason', async () => {
    const workspace = { ...PULLING.workspace, workspaceEdit: { documentChanges: true, snippetEditSupport: true } };
    await client.open(desk.root, { ...PULLING, workspace });
    const { actions } = await actionsOn('risk.py', RISK, 'PRF004');
    const { edit } = await client.request<CodeAction>('codeAction/resolve', offering(actions, 'Ignore PRF004'));
    expect(editsOf(edit, 'risk.py')[0]?.snippet?.value).toBe('        # tickguard: ignore[PRF004] ${1:say why this is right here}\n');
  });

  test('is left to the client that asks for the reason, and needs one', async () => {
    await client.open(desk.root, PULLING, { commands: true });
    const { item, actions } = await actionsOn('risk.py', RISK, 'PRF004');
    const action = offering(actions, 'Ignore PRF004');
    const reference = { uri: desk.uri('risk.py'), fingerprint: item.data?.fingerprint, rule: 'PRF004' };
    expect(action.command).toMatchObject({ command: 'tickguard.suppressWithReason', arguments: [reference] });
    const blank = await client.request<{ ok: boolean; error?: string }>('tickguard/suppress', { ...reference, reason: '  ' });
    expect(blank).toMatchObject({ ok: false, error: expect.stringContaining('reason') });
    const answer = await client.request<{ ok: boolean; value?: WorkspaceEdit }>('tickguard/suppress', { ...reference, reason: 'off in\nlive trading' });
    expect(applied(RISK, editsOf(answer.value, 'risk.py'))).toContain('        # tickguard: ignore[PRF004] off in live trading\n        print(room)\n');
  });

  test('keeps CRLF, and does not cut a string of several lines in two', async () => {
    await client.open(desk.root);
    const text = ['class RiskManager:', '    def check(self, price) -> bool:', '        print("""room', '  left""", price)', '        return True', ''].join('\r\n');
    const { actions } = await actionsOn('risk.py', text, 'PRF004');
    const { edit } = await client.request<CodeAction>('codeAction/resolve', offering(actions, 'Ignore PRF004'));
    const silenced = applied(text, editsOf(edit, 'risk.py'));
    expect(silenced.split('\r\n').indexOf('        # tickguard: ignore[PRF004] say why this is right here')).toBe(2);
    expect(silenced.replaceAll('\r\n', '')).not.toContain('\n');
    client.didChange(desk.uri('risk.py'), 2, [{ text: silenced }]);
    await client.pullUntil(desk.uri('risk.py'), (items) => items.length === 0);
  });
});

describe('accept as known', () => {
  test('writes the baseline, once, and hides the finding in every file that shows it', async () => {
    await client.open(desk.root);
    client.didOpen(desk.uri('strategy.py'), STRATEGY);
    const { actions } = await actionsOn('risk.py', RISK, 'PRF004');
    const { command } = offering(actions, 'Accept this PRF004');
    await client.request('workspace/executeCommand', command);
    const file = join(desk.root, '.tickguard', 'baseline.json');
    expect(readFileSync(file, 'utf8')).toContain('"PRF004"');
    expect(existsSync(join(desk.root, '.tickguard', '.gitignore'))).toBe(true);
    await client.pullUntil(desk.uri('risk.py'), (items) => items.length === 0);
    const { error } = await client.ask('workspace/executeCommand', command).answer;
    expect(error?.message).toContain('Nothing was written');
  });

  test('leaves a broken baseline as it is', async () => {
    await client.open(desk.root);
    const { actions } = await actionsOn('risk.py', RISK, 'PRF004');
    desk.write('.tickguard/baseline.json', '{ broken');
    const { error } = await client.ask('workspace/executeCommand', offering(actions, 'Accept').command).answer;
    expect(error?.message).toContain('baseline.json');
    expect(readFileSync(join(desk.root, '.tickguard', 'baseline.json'), 'utf8')).toBe('{ broken');
  });
});

describe('open the page', () => {
  test('asks the client to show it where it can', async () => {
    client.replies.set('window/showDocument', { success: true });
    await client.open(desk.root, { ...PULLING, window: { showDocument: { support: true } } });
    const { actions } = await actionsOn('risk.py', RISK, 'PRF004');
    await client.request('workspace/executeCommand', offering(actions, 'Why PRF004').command);
    const { params } = await client.heard((message) => message.method === 'window/showDocument');
    expect(params).toEqual({ uri: expect.stringMatching(/^https:.*\/PRF004\.md$/), external: true });
  });

  test('is all there is at a call that leads to a finding elsewhere', async () => {
    await client.open(desk.root);
    const { actions } = await actionsOn('strategy.py', STRATEGY, 'PRF004');
    expect(actions.map((action) => action.title)).toEqual(['Why PRF004 (' + actions[0]?.title.match(/\((.*)\)/)?.[1] + ')? Open its page']);
  });
});

test('fix-all applies the safe fixes, on request only', async () => {
  await client.open(desk.root);
  const { item, actions } = await actionsOn('clock.py', LATE_CLOCK, 'APX004');
  expect(actions.every((action) => action.kind === 'quickfix')).toBe(true);
  const all = await ask('clock.py', item, ['source.fixAll']);
  expect(all.every((action) => action.kind === 'source.fixAll.tickguard')).toBe(true);
  for (const action of all) {
    const { edit } = await client.request<CodeAction>('codeAction/resolve', action);
    expect(applied(LATE_CLOCK, editsOf(edit, 'clock.py'))).not.toBe(LATE_CLOCK);
  }
});
