import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centsOfDecimal, NumberProof, readNumber, withoutFloatNoise, type DecimalMark } from '../../../src/guardians/compliance/ledger/text/number-text.ts';
import { centsOfBytes } from '../../../src/guardians/compliance/ledger/text/money-bytes.ts';
import { Reading } from '../../../src/guardians/compliance/ledger/reading.ts';
import { moneyText } from '../../../src/guardians/compliance/packs/money.ts';
import { runs } from '../../support/property-tests.ts';

const text = (written: string, mark: DecimalMark = 'point'): string | undefined => {
  const number = readNumber(written, mark);
  return typeof number === 'object' ? number.text : number;
};

describe('numbers as platforms write them', () => {
  it.each([
    ['400', '400'], ['$400.00', '400.00'], ['$(400.00)', '-400.00'], ['($400.00)', '-400.00'], ['$-400.00', '-400.00'], ['-$400.00', '-400.00'], ['400.00-', '-400.00'], ['−12.5', '-12.5'],
    ['$1,200.00', '1200.00'], ['1 234 567.89', '1234567.89'], ['1\u00A0234.50', '1234.50'], ["1'234.50", '1234.50'], ['1_000.00 USD', '1000.00'], ['-2.40 USD', '-2.40'], ['USD 5', '5'], ['+5', '5'],
    ['.5', '0.5'], ['007', '7'], ['5.0e4', '50000'], ['5.001235e4', '50012.35'], ['1e-3', '0.001'], ['1.5E+2', '150'], ['-0.00', '0.00'], ['-37.63', '-37.63'],
    ['NaN', 'unusable'], ['None', 'unusable'], ['', 'unusable'], [' ', 'unusable'], ['inf', 'unusable'], ['-', 'unusable'],
    ['abc', undefined], ['1,2,3', undefined], ['12,34.5', undefined], ['1.2.3', undefined], ['1.234,5', undefined], ['1,234 567', undefined], ['1e999', undefined], ['--', 'unusable'], ['1 2', undefined], ['.', undefined],
  ])('%s with a point', (written, expected) => {
    expect(text(written)).toBe(expected);
  });

  it.each([['1.234,50', '1234.50'], ['1 250,50 $', '1250.50'], ['12,5 €', '12.5'], ['-0,5', '-0.5'], ['1,234.5', undefined], ['1.234', '1234'], ['5,0e1', '50']])('%s with a comma', (written, expected) => {
    expect(text(written, 'comma')).toBe(expected);
  });

  it('knows the currency that stands beside an amount', () => {
    expect(readNumber('12,50 €', 'comma')).toEqual({ text: '12.50', currency: 'EUR' });
    expect(readNumber('-2.40 USDT', 'point')).toEqual({ text: '-2.40', currency: 'USDT' });
    expect(readNumber('$2.40', 'point')).toEqual({ text: '2.40' });
  });

  it.each([
    ['12.345', 1235, false], ['-12.345', -1235, false], ['12.344999', 1234, false], ['0.005', 1, false], ['-0.004', 0, false], ['12.3400', 1234, true], ['7', 700, true], ['90071992547409.91', 9007199254740991, true],
  ])('%s in cents', (plain, cents, exact) => {
    expect(centsOfDecimal(plain)).toEqual({ cents, exact });
  });

  it('counts no more money than integers hold', () => {
    expect(centsOfDecimal('90071992547409.92')).toBeUndefined();
  });

  it.each([['4396.900000000001', '4396.9'], ['6802.333333333333', '6802.33333333333'], ['5012.250', '5012.250'], ['0.30000000000000004', '0.3'], ['1234567890123456', '1234567890123456']])('%s without noise', (plain, expected) => {
    expect(withoutFloatNoise(plain)).toBe(expected);
  });

  it('reads every amount of cents back from each way to write it', () => {
    const ways: ((plain: string, grouped: string, negative: boolean) => readonly [string, DecimalMark])[] = [
      (plain, _grouped, negative) => [`${negative ? '-' : ''}${plain}`, 'point'],
      (_plain, grouped, negative) => [negative ? `$(${grouped})` : `$${grouped}`, 'point'],
      (_plain, grouped, negative) => [`${negative ? '-' : ''}${grouped.replaceAll(',', '\u00A0')} USD`, 'point'],
      (_plain, grouped, negative) => [`${negative ? '-' : ''}${grouped.replaceAll(',', '_').replace('.', ',').replaceAll('_', '.')} $`, 'comma'],
      (plain, _grouped, negative) => [`${negative ? '-' : ''}${plain.replace('.', '')}e-2`, 'point'],
    ];
    fc.assert(fc.property(fc.integer({ min: -1e14, max: 1e14 }), fc.nat(ways.length - 1), (cents, way) => {
      const whole = String(Math.floor(Math.abs(cents) / 100));
      const part = String(Math.abs(cents) % 100).padStart(2, '0');
      const grouped = moneyText(Math.floor(Math.abs(cents) / 100) * 100);
      const [written, mark] = ways[way]!(`${whole}.${part}`, `${grouped}.${part}`, cents < 0);
      const number = readNumber(written, mark);
      expect(typeof number === 'object' && centsOfDecimal(number.text)).toEqual({ cents, exact: true });
    }), { numRuns: runs(300) });
  });

  it('reads bytes as it reads their text', () => {
    const written = fc.oneof(
      fc.stringMatching(/^-?\d{0,16}(\.\d{0,6})?$/), fc.double({ noNaN: false }).map(String), fc.constantFrom('NaN', '', '$5', '1e3', '-', '.', '-.5', '5.', '1,5', '12.3456', ' 7 '), fc.string({ maxLength: 8 }),
    );
    fc.assert(fc.property(written, (value) => {
      const [byText, byBytes] = [new Reading('x', { currency: 'USD' }), new Reading('x', { currency: 'USD' })];
      const bytes = Buffer.from(value);
      const expected = byText.cents(bytes.toString(), 1, 'equity');
      expect(centsOfBytes(bytes, 0, bytes.length, byBytes, 1, 'equity')).toBe(expected);
      expect([byBytes.problem, byBytes.notes]).toEqual([byText.problem, byText.notes]);
    }), { numRuns: runs(500) });
  });
});

describe('which mark a file proves', () => {
  const decided = (...numbers: string[]): string => {
    const proof = new NumberProof();
    for (const number of numbers) proof.see(number);
    const answer = proof.decide();
    return 'mark' in answer ? answer.mark : answer.doubt;
  };

  it.each([
    [['1,234.50'], 'point'], [['1.234,50'], 'comma'], [['12,5'], 'comma'], [['1,234', '5.25'], 'point'], [['1,234', '5,25'], 'comma'], [['1,234,567'], 'point'], [['1.234.567'], 'comma'], [['1.234'], 'point'], [['5'], 'point'],
    [['0,123'], 'comma'], [['1 234,567'], 'comma'], [['1234,567'], 'comma'], [[], 'point'],
    [['1,234', '7'], '“1,234” can be read with thousands or with a decimal comma, and no other number decides; say --decimals point or --decimals comma.'],
    [['12.5', '12,5'], '“12.5” has a decimal point and “12,5” a decimal comma; write all numbers in one way.'],
  ])('%j', (numbers, expected) => {
    expect(decided(...numbers)).toBe(expected);
  });
});
