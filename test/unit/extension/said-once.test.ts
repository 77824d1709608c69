/** What an editor says once: shown in the session that showed it first, and not in the next. */
import { expect, test } from 'vitest';
import { SaidOnce } from '../../../src/extension/said-once.ts';

const ban = (message = 'Apex bans automation (page of 2026-07-31).'): { message: string; code: { value: string }; data: { fingerprint: string } } => ({ message, code: { value: 'APX015' }, data: { fingerprint: 'abc' } });
const other = { message: 'late', code: { value: 'APX004' }, data: { fingerprint: 'abc' } };

function store(start?: unknown): { readonly values: Map<string, unknown>; get(key: string): unknown; update(key: string, value: unknown): Promise<void> } {
  const values = new Map<string, unknown>(start === undefined ? [] : [['tickguard.seen', start]]);
  return { values, get: (key) => values.get(key), update: (key, value) => { values.set(key, value); return Promise.resolve(); } };
}

test('a ban is shown for the whole first session, and left out of the next', () => {
  const memory = store();
  const first = new SaidOnce(memory);
  expect(first.fresh([ban(), other])).toEqual([ban(), other]);
  expect(first.fresh([ban()])).toEqual([ban()]);
  const second = new SaidOnce(memory);
  expect(second.fresh([ban(), other])).toEqual([other]);
});

test('a newer page of the firm is said again', () => {
  const memory = store();
  new SaidOnce(memory).fresh([ban()]);
  expect(new SaidOnce(memory).fresh([ban('Apex bans automation (page of 2026-11-30).')])).toHaveLength(1);
});

test('a store that holds something else is no memory', () => {
  for (const start of ['x', { a: 1 }, [1, null]]) { expect(new SaidOnce(store(start)).fresh([ban()])).toHaveLength(1); }
});

test('at most 200 are kept, the newest', () => {
  const memory = store();
  const once = new SaidOnce(memory);
  for (let i = 0; i < 250; i++) { once.fresh([ban(`ban ${String(i)}`)]); }
  const kept = memory.values.get('tickguard.seen') as readonly string[];
  expect([kept.length, kept[0], kept.at(-1)]).toEqual([200, 'APX015 abc ban 50', 'APX015 abc ban 249']);
});
