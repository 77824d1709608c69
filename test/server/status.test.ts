/** `tickguard/status`, and what choosing an account proposes. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PULLING, RawClient, makeFolder } from './client.ts';
import { ACCOUNT, DESK, LATE_CLOCK, QUIET_RISK } from './desk.ts';
import type { Answer, ProposedFile, Status } from '../../src/shared/protocol.ts';

let client: RawClient;
let desk: ReturnType<typeof makeFolder>;

beforeEach(() => {
  client = new RawClient();
  desk = makeFolder({ ...DESK, 'clock.py': LATE_CLOCK });
});
afterEach(() => {
  client.kill();
  desk.dispose();
});

const told = async (wanted: (status: Status) => boolean): Promise<Status> =>
  (await client.heard((message) => message.method === 'tickguard/status' && wanted(message.params as Status))).params as Status;

describe('the status', () => {
  test('is told to a client that asks for it: states, counts, no account', async () => {
    await client.open(desk.root, PULLING, { status: true });
    const { roots: [root] } = await told((status) => status.roots[0]?.state === 'ready');
    expect(root).toMatchObject({ name: 'desk', done: 3, total: 3, hidden: 0, accounts: [] });
    expect((root?.counts.warning ?? 0)).toBeGreaterThanOrEqual(2);
    const from = client.received.length;
    client.didOpen(desk.uri('risk.py'), QUIET_RISK);
    const { params } = await client.heard((message) => message.method === 'tickguard/status', from);
    expect((params as Status).roots[0]?.counts.warning).toBe((root?.counts.warning ?? 0) - 1);
  });

  test('names the account, its deadline and the minutes left', async () => {
    desk.write('tickguard.json', ACCOUNT);
    await client.open(desk.root, PULLING, { status: true });
    const { roots: [root] } = await told((status) => (status.roots[0]?.accounts.length ?? 0) > 0 && status.roots[0]?.state === 'ready');
    expect(root?.accounts).toEqual([{
      id: 'apex-1', pack: 'apex-4.0-intraday', size: 50_000, phase: 'evaluation',
      flatBy: '16:59', zone: 'America/New_York', minutesToFlat: expect.any(Number),
    }]);
    expect(root?.counts.error).toBeGreaterThanOrEqual(1);
  });

  test('is not told to a client that did not ask, but answered', async () => {
    await client.open(desk.root, PULLING);
    const end = Date.now() + 10_000;
    let state = '';
    while (state !== 'ready' && Date.now() < end) { state = (await client.request<Status>('tickguard/status')).roots[0]?.state ?? ''; }
    expect(state).toBe('ready');
    expect(client.count('tickguard/status')).toBe(0);
  });
});

describe('choosing an account', () => {
  const propose = (pack: string, size: number): Promise<Answer<ProposedFile>> =>
    client.request('tickguard/proposeAccount', { root: desk.uri('').replace(/\/$/, ''), pack, size });

  test('proposes a whole file and writes nothing', async () => {
    await client.open(desk.root);
    const { packs } = await client.request<{ packs: { id: string; sizes: number[] }[] }>('tickguard/packs');
    expect(packs.map((pack) => pack.id)).toContain('apex-4.0-intraday');
    const answer = await propose('apex-4.0-intraday', 50_000);
    if (!answer.ok) { throw new Error(answer.error); }
    expect(answer.value).toMatchObject({ uri: desk.uri('tickguard.json'), before: '' });
    expect(JSON.parse(answer.value.after.replace(/^\/\/.*$/gm, ''))).toEqual({
      accounts: [{ id: 'apex-1', pack: 'apex-4.0-intraday', size: 50_000, phase: 'evaluation' }],
    });
    expect(existsSync(join(desk.root, 'tickguard.json'))).toBe(false);
  });

  test('adds to a file that is there, comments kept, with an id of its own', async () => {
    const before = ACCOUNT.replace('{\n', '{\n  // the desk\'s\n');
    desk.write('tickguard.json', before);
    await client.open(desk.root);
    const answer = await propose('apex-4.0-intraday', 100_000);
    if (!answer.ok) { throw new Error(answer.error); }
    expect(answer.value.before).toBe(before);
    expect(answer.value.after).toContain('// the desk\'s');
    expect(answer.value.after).toContain('"id": "apex-2"');
    expect(readFileSync(join(desk.root, 'tickguard.json'), 'utf8')).toBe(before);
  });

  test.each([
    ['an unknown pack', 'apex-9', 50_000, 'There is no pack "apex-9". Known are'],
    ['a size the firm does not sell', 'apex-4.0-intraday', 12_345, 'has no account of size 12345'],
  ])('refuses %s with a sentence', async (_name, pack, size, sentence) => {
    await client.open(desk.root);
    const answer = await propose(pack, size);
    expect(answer).toMatchObject({ ok: false, error: expect.stringContaining(sentence) });
  });

  test('refuses a file that is broken or has the account already', async () => {
    desk.write('tickguard.json', ACCOUNT);
    await client.open(desk.root);
    expect(await propose('apex-4.0-intraday', 50_000)).toMatchObject({ ok: false, error: expect.stringContaining('already') });
    desk.write('tickguard.json', '{ "accounts": ');
    expect(await propose('apex-4.0-intraday', 50_000)).toMatchObject({ ok: false, error: expect.stringContaining('Mend it first') });
  });
});
