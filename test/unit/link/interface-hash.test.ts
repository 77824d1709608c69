import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interfaceHash } from '../../../src/core/source/link/interface-hash.ts';
import { runs } from '../../support/property-tests.ts';

test('ranges do not count, wherever they stand', () => {
  const at = (line: number): object => ({ name: 'f', range: { line, column: 1 }, calls: [{ to: 'g', range: { line, column: 2 } }] });
  expect(interfaceHash(at(1))).toBe(interfaceHash(at(99)));
  expect(interfaceHash({ range: 1 })).toBe(interfaceHash({}));
});

test.each<[object, object]>([
  [['a', 'bc'], ['ab', 'c']],
  [[['a'], 'b'], [['a', 'b']]],
  [{ a: { b: 1 } }, { a: {}, b: 1 }],
  [{ a: '1' }, { a: 1 }],
  [{ a: true }, { a: 'true' }],
  [{ a: undefined }, { a: null }],
  [[], {}],
])('%j and %j differ', (one, other) => {
  expect(interfaceHash(one)).not.toBe(interfaceHash(other));
});

test('different data has different hashes, the same data the same', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
    const [a, b] = [{ value: one }, { value: other }];
    const same = JSON.stringify(a) === JSON.stringify(b);
    const ranged = /"range":|-0/.test(JSON.stringify(a) + JSON.stringify(b));
    return ranged || (interfaceHash(a) === interfaceHash(structuredClone(a)) && (interfaceHash(a) === interfaceHash(b)) === same);
  }), { seed: 11, numRuns: runs(2_000) });
});
