import { describe, expect, test } from 'vitest';
import type { Detector } from '../../src/guardians/security/detectors/detector.ts';
import { seeded } from '../../src/guardians/security/detectors/random.ts';
import { DETECTORS, DETECTOR_NAMES, NAMED_DETECTORS, SHAPE_DETECTORS, sampleSecret } from '../../src/guardians/security/detectors/table.ts';
import { found } from './secrets.ts';

const SAMPLES = 250;

/** Lines in which a value with a name may stand: each names its variable and quotes or ends the value differently. */
const LINES: readonly ((variable: string, value: string) => string)[] = [
  (variable, value) => `${variable}=${value}\n`,
  (variable, value) => `export ${variable}="${value}"`,
  (variable, value) => `const ${variable} = '${value}';`,
  (variable, value) => `  "${variable}": "${value}",`,
  (variable, value) => `#define ${variable} "${value}"`,
  (variable, value) => `ENV ${variable}=${value}`,
  (variable, value) => `${variable}: ${value}`,
  (variable, value) => `x = os.environ.get('${variable}') or '${value}'`,
  (variable, value) => `const k = process.env.${variable} ?? "${value}";`,
  (variable, value) => `    "${variable} = \\"${value}\\"\\n",`,
  (variable, value) => `2026-03-04 09:30:01 INFO connecting ${variable}=${value} env=live`,
  (variable, value) => `string ${variable} = "${value}";`,
];

/** Contexts for a value that speaks for itself. */
const ANYWHERE: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => `call("${value}")`,
  (value) => `# left here: ${value}`,
  (value) => `{"a":"${value}"}`,
  (value) => `<tag>${value}</tag>`,
  (value) => `curl -H 'X: ${value}' https://api.host.io`,
];

function variablesOf(row: Detector): readonly string[] {
  return row.kind === 'named' ? row.variables : ['value'];
}

describe.each(DETECTORS.map((row) => [row.name, row] as const))('SEC001/%s', (name, row) => {
  test(`finds ${SAMPLES} generated values, exactly the value, once`, () => {
    for (let seed = 1; seed <= SAMPLES; seed += 1) {
      const value = row.sample(seeded(seed));
      const variables = variablesOf(row);
      const variable = variables[seed % variables.length] as string;
      const line = row.kind === 'named' ? (LINES[seed % LINES.length] as (a: string, b: string) => string)(variable, value)
        : (ANYWHERE[seed % ANYWHERE.length] as (a: string) => string)(value);
      expect(found(line), `seed ${seed}: ${line.replace(value, '…')}`).toEqual([[name, value]]);
    }
  });

  test('samples are made from the seed', () => {
    expect(sampleSecret(name, 7)).toBe(sampleSecret(name, 7));
    expect(sampleSecret(name, 7)).not.toBe(sampleSecret(name, 8));
  });

  test('near misses are not taken for it', () => {
    for (let seed = 1; seed <= SAMPLES; seed += 1) {
      for (const miss of row.nearMisses(seeded(seed))) {
        const line = `${miss.variable} = "${miss.value}"`;
        const named = found(line).filter(([detector]) => detector === name);
        expect(named, `${miss.why}, seed ${seed}`).toEqual([]);
      }
    }
  });

  test('the row says what it opens, where to revoke it and where the format comes from', () => {
    expect(row.opens).toMatch(/^\S.{10,70}$/);
    expect(row.rotate).toMatch(/^[A-Z].{5,60}$/);
    expect(row.source.length).toBeGreaterThan(15);
  });
});

test('names of detectors are unique and kebab-case', () => {
  expect(new Set(DETECTOR_NAMES).size).toBe(DETECTOR_NAMES.length);
  for (const name of DETECTOR_NAMES) expect(name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
});

test('an unknown name of a detector is told', () => {
  expect(() => sampleSecret('no-such-detector')).toThrow('No detector is called no-such-detector.');
});

test('every keyword of a shape is lower-case ASCII, and its pattern is sticky', () => {
  for (const row of SHAPE_DETECTORS) {
    expect(row.pattern.flags).toBe('y');
    for (const word of row.keywords) expect(word).toMatch(/^[\x20-\x40\x5b-\x7e]+$/);
  }
});

test('a named shape is anchored at both ends', () => {
  for (const row of NAMED_DETECTORS) expect(row.shape.source).toMatch(/^\^.*\$$/);
});

describe('checksums decide', () => {
  test.each(['github-token', 'npm-token'])('one changed character of a %s, and nothing at all is reported', (name) => {
    for (let seed = 1; seed <= SAMPLES; seed += 1) {
      const value = sampleSecret(name, seed);
      const at = 4 + (seed % 36);
      const other = value[at] === 'a' ? 'b' : 'a';
      const changed = value.slice(0, at) + other + value.slice(at + 1);
      expect(found(`github_token = "${changed}"`), `seed ${seed}`).toEqual([]);
    }
  });
});

describe('what a name changes', () => {
  const value = sampleSecret('binance-api-secret', 3);
  test('the same value under other names', () => {
    expect(found(`BINANCE_API_SECRET=${value}`)).toEqual([['binance-api-secret', value]]);
    expect(found(`BINANCE_API_KEY=${value}`)).toEqual([['binance-api-key', value]]);
    expect(found(`api_secret=${value}`)).toEqual([['generic-secret', value]]);
    expect(found(`order_digest=${value}`)).toEqual([]);
  });
  test('a section above names the provider', () => {
    expect(found(`[binance]\napi_secret = ${value}\n`)).toEqual([['binance-api-secret', value]]);
  });
});
