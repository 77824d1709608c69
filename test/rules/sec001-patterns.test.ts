/** How a format becomes an expression, keywords and words. That each expression is linear is judged by `scripts/regexes.mjs`. */
import { describe, expect, test } from 'vitest';
import { inWords, keywordsOf, oneOf, patternOf, run, sampleOf, shapeOf } from '../../src/guardians/security/detectors/format.ts';
import { BASE62, HEX, LOWER, seeded } from '../../src/guardians/security/detectors/random.ts';
import { SHAPE_DETECTORS } from '../../src/guardians/security/detectors/table.ts';

describe('a format', () => {
  const format = ['glx_', run(BASE62, 20), '_', run(HEX, 8)];

  test('gives the expression of its values, up to where they end', () => {
    const pattern = patternOf([format]);
    const value = sampleOf(format, seeded(3));
    const matchAt = (text: string, at: number): string | undefined => {
      pattern.lastIndex = at;
      return pattern.exec(text)?.[0];
    };
    expect(matchAt(value, 0)).toBe(value);
    expect(matchAt(`"${value}"`, 1)).toBe(value);
    expect(matchAt(`\\n${value}`, 2)).toBe(value);
    expect(matchAt(`%3D${value}`, 3)).toBe(value);
    expect(matchAt(`a${value}`, 1)).toBeUndefined();
    expect(matchAt(`${value}0`, 0)).toBeUndefined();
    expect(shapeOf([format]).test(value)).toBe(true);
    expect(shapeOf([format]).test(`${value}0`)).toBe(false);
  });

  test('is looked for by its beginning, or by its rarest text where it begins open', () => {
    expect(keywordsOf([format])).toEqual({ keywords: ['glx_'], before: 0 });
    expect(keywordsOf([[oneOf('sk', 'rk'), '_live_', run(BASE62, 24)]]).keywords).toEqual(['sk_live_', 'rk_live_']);
    expect(keywordsOf([[run(BASE62, 14), '.atlasv1.', run(BASE62, 60)]])).toEqual({ keywords: ['.atlasv1.'], before: 14 });
    // Two letters stand everywhere; with the digit behind them they do not.
    expect(keywordsOf([['SK', run(HEX, 32)]]).keywords).toContain('sk0');
  });

  test('is said in words', () => {
    expect(inWords(format)).toBe('glx_, 20 letters and digits, _, 8 hex digits');
    expect(inWords([run(LOWER, 3, 5)])).toBe('3–5 characters');
  });
});

test('no row is looked for by a text that stands everywhere', () => {
  const short = SHAPE_DETECTORS.flatMap((row) => row.keywords.filter((word) => word.length < 2 || /^[a-z]{1,2}$/.test(word)).map((word) => `${row.name}: ${word}`));
  expect(short).toEqual([]);
});
