/** Scaled integers: exact where a text is, the nearest where a float was written. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { centsOfPoints, fixedOf, nearestFixedOf, quantityText } from '../../../src/guardians/compliance/replay/fixed.ts';

test('decimals are read exactly, or not at all', () => {
  expect([fixedOf('6000.25', 9), fixedOf('-37.63', 2), fixedOf('1.500', 1), fixedOf('0', 3)]).toEqual([6_000_250_000_000n, -3763n, 15n, 0n]);
  expect([fixedOf('1.55', 1), fixedOf('1e5', 9), fixedOf('', 9), fixedOf('1,5', 9), fixedOf('NaN', 9)]).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

test('more decimals than are kept go to the nearest', () => {
  expect([nearestFixedOf('6802.33333333333', 9), nearestFixedOf('0.99999999951', 9), nearestFixedOf('-1.0000000005', 9), nearestFixedOf('-0.0000000004', 9)]).toEqual([6_802_333_333_333n, 1_000_000_000n, -1_000_000_001n, 0n]);
  expect(nearestFixedOf('1e-7', 9)).toBeUndefined();
  fc.assert(fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (value) => {
    const digits = String(value < 0n ? -value : value).padStart(13, '0');
    const text = `${value < 0n ? '-' : ''}${digits.slice(0, -12)}.${digits.slice(-12)}`;
    const near = nearestFixedOf(text, 9) as bigint;
    expect((near * 1000n - value) ** 2n <= 500n ** 2n).toBe(true);
  }));
});

test('cents of points, halves away from zero; quantities as people write them', () => {
  const points = (price: string, quantity: string): bigint => (fixedOf(price, 9) as bigint) * (fixedOf(quantity, 8) as bigint);
  const value = (text: string): bigint => fixedOf(text, 6) as bigint;
  expect([centsOfPoints(points('0.25', '1'), value('50')), centsOfPoints(points('-0.25', '3'), value('5')), centsOfPoints(points('0.001', '1'), value('5')), centsOfPoints(points('-0.001', '1'), value('5'))]).toEqual([1250, -375, 1, -1]);
  expect([quantityText(200_000_000n), quantityText(-35_000_000n), quantityText(0n)]).toEqual(['2', '-0.35', '0']);
});
