/** What `init` makes of a workspace: an account only from evidence, and never a firm that does not offer the platform. */
import { describe, expect, test } from 'vitest';
import { type EvidenceFile, proposeAccount } from '../../../src/core/operations/evidence.ts';

const PACKS = [
  { id: 'apex-4.0-intraday', title: 'Apex', sizes: [25_000, 50_000, 100_000, 150_000], anySize: false },
  { id: 'ftmo-2step', title: 'FTMO', sizes: [10_000, 25_000, 50_000, 100_000, 200_000], anySize: false },
];
const entry = (key: string, text: string, line = 1): { readonly key: string; readonly text: string; readonly line: number } => ({ key, text, line });
const propose = (...files: readonly EvidenceFile[]): ReturnType<typeof proposeAccount> => proposeAccount(files, PACKS);

describe('which firm', () => {
  test('nothing points anywhere: no account', () => {
    expect(propose({ path: 'bot.py', text: 'x = 1' })).toBeUndefined();
    expect(propose({ path: 'capex.py', text: 'capex, softmax, apexes' })).toBeUndefined();
  });

  test('a pack we do not hold is not proposed', () => {
    expect(proposeAccount([{ path: 'a.py', text: '# FTMO' }], [])).toBeUndefined();
  });

  test('the name Apex, with its place', () => {
    const proposal = propose({ path: 'a.py', text: '# first\n# our Apex account\n' });
    expect(proposal?.account).toMatchObject({ id: 'apex-1', pack: 'apex-4.0-intraday', phase: 'evaluation', code: ['**'] });
    expect(proposal?.signs).toEqual([{ says: '“Apex”', file: 'a.py', line: 2 }]);
    expect(proposal?.doubt).toMatch(/which plan .* is not in the files/);
  });

  test.each(['Rithmic', 'Tradovate', 'WealthCharts'])('%s alone is a guess, and is called one', (word) => {
    const proposal = propose({ path: 'feed.py', text: `from ${word.toLowerCase()} import client` });
    expect(proposal?.account).toMatchObject({ pack: 'apex-4.0-intraday', vendor: word.toLowerCase() });
    expect(proposal?.doubt).toMatch(/Apex is a guess/);
  });

  test('two platforms: neither is the vendor', () => {
    expect(propose({ path: 'a.py', text: 'rithmic' }, { path: 'b.py', text: 'tradovate' })?.account).not.toHaveProperty('vendor');
  });

  test('the name FTMO', () => {
    expect(propose({ path: 'ftmo.yaml', text: 'x: 1' })).toMatchObject({
      account: { id: 'ftmo-1', pack: 'ftmo-2step', products: [] }, signs: [{ says: '“ftmo” in the name', file: 'ftmo.yaml' }],
    });
  });

  test.each(['Expert.mq5', 'Include/Risk.mqh', 'Old.MQ4'])('MetaTrader source %s: never Apex, whatever else is said', (path) => {
    const proposal = propose({ path }, { path: 'notes.md', text: 'Apex on Rithmic and Tradovate' });
    expect(proposal?.account.pack).toBe('ftmo-2step');
    expect(proposal?.account).not.toHaveProperty('vendor');
    expect(proposal?.doubt).toMatch(/FTMO is a guess/);
  });

  test('FTMO and Apex in one workspace of Python: Apex, which the platforms allow', () => {
    expect(propose({ path: 'a.py', text: 'FTMO or Apex' })?.account.pack).toBe('apex-4.0-intraday');
  });
});

describe('which size and products', () => {
  const apex = { path: 'a.py', text: 'apex' };

  test.each<[string, string, number]>([
    ['account_size', '100000', 100_000], ['starting_balance', '150_000.00', 150_000], ['initialCapital', '25,000', 25_000],
    ['size', '25000', 25_000],
  ])('%s: %s', (key, text, size) => {
    const proposal = propose(apex, { path: 'c.yaml', entries: [entry(key, text, 7)] });
    expect(proposal?.account.size).toBe(size);
    expect(proposal?.signs).toContainEqual({ says: `${key}: ${text}`, file: 'c.yaml', line: 7 });
    expect(proposal?.doubt).not.toMatch(/No account size/);
  });

  test.each<[string, string]>([['account_size', '60000'], ['balance_limit', '50000'], ['account_size', 'fifty'], ['order_size', '50000']])('not %s: %s', (key, text) => {
    const proposal = propose(apex, { path: 'c.yaml', entries: [entry(key, text)] });
    expect(proposal?.account.size).toBe(50_000);
    expect(proposal?.doubt).toMatch(/No account size was found/);
  });

  test('products from instruments, by their root, once and sorted', () => {
    const entries = [entry('instrument_id', 'NQH6.CME'), entry('symbol', 'MES'), entry('symbols', 'ESZ25'), entry('symbol', 'NQ'), entry('symbol', 'AAPL'), entry('note', 'GC')];
    expect(propose(apex, { path: 'c.yaml', entries })?.account.products).toEqual(['ES', 'MES', 'NQ']);
  });
});
