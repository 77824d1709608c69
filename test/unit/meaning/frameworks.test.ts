import { readFileSync, readdirSync } from 'node:fs';
import { visit } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { frameworkTable } from '../../../src/core/source/frameworks/schema.ts';
import { distinctiveHandler, frameworkClassNamed, FRAMEWORKS } from '../../../src/core/source/frameworks/tables.ts';

const FOLDER = new URL('../../../src/core/source/frameworks/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

/** Keys that stand more than once in the same object of a JSON text. */
function doubledKeys(text: string): readonly string[] {
  const open: Set<string>[] = [];
  const doubled: string[] = [];
  visit(text, {
    onObjectBegin: () => { open.push(new Set()); },
    onObjectEnd: () => { open.pop(); },
    onObjectProperty: (key) => {
      const keys = open.at(-1)!;
      if (keys.has(key)) { doubled.push(key); }
      keys.add(key);
    },
  });
  return doubled;
}

describe('framework tables', () => {
  test.each(FILES)('%s has the shape of the schema and is loaded under its own name', (file) => {
    const table = frameworkTable.parse(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')));
    expect(`${table.id}.json`).toBe(file);
    expect(FRAMEWORKS.map((one) => one.id)).toContain(table.id);
    expect(new Date(table.date).getTime()).toBeLessThanOrEqual(Date.now());
  });

  // `JSON.parse` takes the last of two equal keys without a word, and the bundler warns.
  test.each(FILES)('%s names nothing twice', (file) => {
    expect(doubledKeys(readFileSync(new URL(file, FOLDER), 'utf8'))).toEqual([]);
  });

  test('a key that stands twice in one object is seen, in two it is not', () => {
    expect(doubledKeys('{"a": {"b": 1, "c": 2, "b": 1}, "b": [{"a": 1}, {"a": 2}]}')).toEqual(['b']);
  });

  test('both versions of NautilusTrader know their own handlers', () => {
    const one = frameworkClassNamed('nautilus_trader.trading.strategy.Strategy');
    expect([one?.role, one?.handlers.get('on_quote_tick'), one?.handlers.get('on_quote'), one?.handlers.get('on_bar')]).toEqual(['strategy', 'tick', undefined, 'bar']);
    const two = frameworkClassNamed('nautilus_trader.common.DataActor');
    expect([two?.role, two?.handlers.get('on_quote'), two?.handlers.get('on_quote_tick')]).toEqual(['actor', 'tick', undefined]);
    // The package exports the class in both versions: both sets of names count.
    const either = frameworkClassNamed('nautilus_trader.trading.Strategy');
    expect([either?.handlers.get('on_quote'), either?.handlers.get('on_quote_tick')]).toEqual(['tick', 'tick']);
  });

  test('configuration classes have no handlers', () => {
    expect(frameworkClassNamed('nautilus_trader.config.StrategyConfig')).toMatchObject({ role: 'config', handlers: new Map() });
  });

  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('%s is no name of any table', (name) => {
    expect([frameworkClassNamed(name), distinctiveHandler(name)]).toEqual([undefined, undefined]);
  });
});
