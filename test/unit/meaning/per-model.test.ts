import { describe, expect, test } from 'vitest';
import { ModelFact, PerModel } from '../../../src/core/source/meaning/per-model.ts';
import { read } from '../source/support.ts';

describe('facts of a model', () => {
  test('are its own, and nobody else sees them', () => {
    const fact = new ModelFact<string>();
    const other = new ModelFact<string>();
    const model = read('x = 1\n');
    const twin = read('x = 1\n');
    expect(fact.get(model)).toBeUndefined();
    fact.set(model, 'known');
    expect([fact.get(model), other.get(model), fact.get(twin)]).toEqual(['known', undefined, undefined]);
    fact.set(model, 'better');
    expect(fact.get(model)).toBe('better');
    expect(model).toEqual(twin);
    expect(JSON.stringify(model)).toBe(JSON.stringify(twin));
    expect(fact.get({ ...model })).toBeUndefined();
    expect(fact.get(structuredClone(model))).toBeUndefined();
  });

  test('a table is made once a model', () => {
    const tables = new PerModel<string, number>();
    const model = read('x = 1\n');
    tables.of(model).set('a', 1);
    expect(tables.of(model).get('a')).toBe(1);
    expect(tables.of(read('x = 1\n')).size).toBe(0);
  });
});
