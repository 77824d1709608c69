import { describe, expect, test } from 'vitest';
import { duration, statusText } from '../../../src/extension/status-text.ts';
import type { AccountStatus, RootStatus } from '../../../src/shared/protocol.ts';

const ROOT: RootStatus = {
  uri: 'file:///desk', name: 'desk', state: 'ready', done: 3, total: 3, counts: { error: 0, warning: 0, info: 0 }, hidden: 0, accounts: [],
};
const ACCOUNT: AccountStatus = {
  id: 'apex-1', pack: 'apex-4.0-intraday', size: 50_000, phase: 'evaluation', flatBy: '16:59', zone: 'America/New_York', minutesToFlat: 312,
};
const of = (...roots: readonly Partial<RootStatus>[]) => statusText({ kind: 'running', status: { roots: roots.map((root) => ({ ...ROOT, ...root })) } });

describe('the most urgent thing', () => {
  test.each([
    ['nothing', [{}], '$(check) TG ok', 'accounts'],
    ['warnings are no alarm', [{ counts: { error: 0, warning: 4, info: 1 } }], '$(check) TG ok', 'problems'],
    ['one error', [{ counts: { error: 1, warning: 4, info: 0 } }], '$(error) TG 1 error', 'problems'],
    ['errors of all folders', [{ counts: { error: 1, warning: 0, info: 0 } }, { counts: { error: 2, warning: 0, info: 0 } }], '$(error) TG 3 errors', 'problems'],
    ['the deadline', [{ accounts: [ACCOUNT] }], '$(clock) TG 5 h 12 min to flat', 'accounts'],
    ['the nearest deadline', [{ accounts: [ACCOUNT, { ...ACCOUNT, minutesToFlat: 43 }] }], '$(clock) TG 43 min to flat', 'accounts'],
    ['an early close today', [{ accounts: [{ ...ACCOUNT, flatBy: '13:15', minutesToFlat: 43, closes: { product: 'ES', early: true } }] }], '$(clock) TG 43 min to flat, ES stops early', 'accounts'],
    ['a product that closes before the deadline every day', [{ accounts: [{ ...ACCOUNT, minutesToFlat: 43, closes: { product: 'ZC', early: false } }] }], '$(clock) TG 43 min to flat', 'accounts'],
    ['an error before the deadline', [{ accounts: [ACCOUNT], counts: { error: 1, warning: 0, info: 0 } }], '$(error) TG 1 error', 'problems'],
    ['no deadline over the weekend', [{ accounts: [{ ...ACCOUNT, minutesToFlat: 1441 }] }], '$(check) TG ok', 'accounts'],
    ['an account that may stay overnight', [{ accounts: [{ id: 'f', pack: 'ftmo-2step', size: 1, phase: 'funded' }] }], '$(check) TG ok', 'accounts'],
    ['a broken policy file', [{ problem: 'unknown key "rulez".' }], '$(warning) TG config', 'problems'],
    ['reading', [{ state: 'scanning' as const }], '$(sync~spin) TG', 'accounts'],
  ])('%s', (_name, roots, text, click) => {
    expect(of(...roots)).toMatchObject({ text, click });
  });

  test.each([
    [{ kind: 'starting' } as const, '$(sync~spin) TG'],
    [{ kind: 'stopped', reason: 'It ended.' } as const, '$(warning) TG stopped'],
    [{ kind: 'running', status: undefined } as const, '$(sync~spin) TG'],
  ])('%s', (state, text) => { expect(statusText(state).text).toBe(text); });

  test('is an alarm in the last quarter of an hour and when the server is gone, and else not', () => {
    expect(of({ accounts: [{ ...ACCOUNT, minutesToFlat: 15 }] }).alarm).toBe(true);
    expect(of({ accounts: [{ ...ACCOUNT, minutesToFlat: 16 }] }).alarm).toBe(false);
    expect(of({ counts: { error: 9, warning: 0, info: 0 } }).alarm).toBe(false);
    expect(statusText({ kind: 'stopped', reason: '' }).alarm).toBe(true);
  });
});

test('a screen reader hears words, not icons', () => {
  for (const shown of [of({}), of({ accounts: [ACCOUNT] }), of({ counts: { error: 2, warning: 0, info: 0 } }), statusText({ kind: 'starting' })]) {
    expect(shown.label).not.toMatch(/\$\(/);
    expect(shown.label.length).toBeGreaterThan(8);
  }
});

describe('the table', () => {
  const rows = (markdown: string): string[][] => markdown.split('\n').map((line) => line.split(' | ').map((part) => part.replaceAll('&nbsp;', ' ').replace(/^\| | \|$/g, '').trim()));

  test('has a line a folder and a line an account', () => {
    const table = rows(of({ accounts: [ACCOUNT], counts: { error: 1, warning: 2, info: 3 } }).tooltip);
    expect(table).toHaveLength(4);
    expect(table[2]).toEqual(['**desk**', '1', '2', '3', '', '']);
    expect(table[3]).toEqual(['apex\\-1: apex\\-4.0\\-intraday 50K', '', '', '', '16:59 New York', '5 h 12 min']);
  });

  test('names the product that stops before the deadline', () => {
    const flatBy = (early: boolean) => rows(of({ accounts: [{ ...ACCOUNT, flatBy: '13:15', closes: { product: 'ES', early } }] }).tooltip)[3]?.[4];
    expect([flatBy(true), flatBy(false)]).toEqual(['13:15 New York, ES stops early', '13:15 New York, ES closes']);
  });

  test('says that the house limits hold where there is no account', () => {
    expect(of({}).tooltip).toContain('house limits, no account chosen');
  });

  test('a folder\'s name can neither break it nor become a link', () => {
    const { tooltip } = of({ name: 'a|b](command:x)<img src=x>`\n' });
    expect(tooltip.split('\n')).toHaveLength(3);
    expect(tooltip).toContain('a\\|b\\]\\(command:x\\)\\<img src=x\\>\\`');
  });
});

test.each([[0, '0 min'], [59, '59 min'], [60, '1 h'], [61, '1 h 1 min'], [1440, '24 h']])('%i minutes are %s', (minutes, text) => {
  expect(duration(minutes)).toBe(text);
});
