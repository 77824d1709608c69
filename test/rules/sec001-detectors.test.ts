import { describe, expect, test } from 'vitest';
import type { Detector } from '../../src/guardians/security/detectors/detector.ts';
import { seeded } from '../../src/guardians/security/detectors/random.ts';
import { DETECTORS, DETECTOR_GROUPS, DETECTOR_NAMES, NAMED_DETECTORS, SHAPE_DETECTORS, sampleSecret } from '../../src/guardians/security/detectors/table.ts';
import { found } from './secrets.ts';

/** Values a row is tried with: as many as there are lines to stand in. */
const SAMPLES = 12;
const MISSES = 4;
/** A page, a schema and a message are made of the rows: this many services are promised. */
const PROMISED = 250;


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

/** The line in which the row's value of this seed stands: by its name, or anywhere when it speaks for itself. */
function lineOf(row: Detector, value: string, seed: number): string {
  if (row.kind === 'shape') return (ANYWHERE[seed % ANYWHERE.length] as (a: string) => string)(value);
  const variable = row.variables[seed % row.variables.length] as string;
  return (LINES[seed % LINES.length] as (a: string, b: string) => string)(variable, value);
}

describe.each(DETECTORS.map((row) => [row.name, row] as const))('SEC001/%s', (name, row) => {
  test(`finds ${SAMPLES} generated values, exactly the value, once`, () => {
    const wrong: string[] = [];
    for (let seed = 1; seed <= SAMPLES; seed += 1) {
      const value = row.sample(seeded(seed));
      const line = lineOf(row, value, seed);
      const hits = found(line);
      if (hits.length !== 1 || hits[0]?.[0] !== name || hits[0][1] !== value) wrong.push(`seed ${seed}: ${line.replace(value, '…')} gives ${JSON.stringify(hits)}`);
    }
    expect(wrong).toEqual([]);
  });

  test('samples are made from the seed', () => {
    expect(sampleSecret(name, 7)).toBe(sampleSecret(name, 7));
    expect(sampleSecret(name, 7)).not.toBe(sampleSecret(name, 8));
  });

  test('near misses are not taken for it', () => {
    const wrong: string[] = [];
    for (let seed = 1; seed <= MISSES; seed += 1) {
      for (const { variable, value, why } of row.nearMisses(seeded(seed))) {
        if (found(`${variable} = "${value}"`).some(([detector]) => detector === name)) wrong.push(`${why}, seed ${seed}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('the row says what it opens, where to revoke it and where the format comes from', () => {
    expect(row.opens).toMatch(/^\S.{10,70}$/);
    expect(row.rotate).toMatch(/^[A-Z].{5,60}$/);
    expect(row.source.length).toBeGreaterThan(15);
    expect(row.provider).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(row.can.length).toBeGreaterThan(0);
    expect(new Set(row.can).size).toBe(row.can.length);
  });

  test('the message is short enough with the longest name', () => {
    const { title, opens, rotate } = row;
    expect(`${title} in ${'n'.repeat(40)}: ${opens}. ${rotate}, then read it from the environment.`.length).toBeLessThanOrEqual(200);
  });
});

test(`at least ${PROMISED} detectors, each in one group of the page`, () => {
  expect(DETECTORS.length).toBeGreaterThanOrEqual(PROMISED);
  expect(DETECTOR_GROUPS.flatMap(({ rows }) => rows.map(({ name }) => name))).toEqual(DETECTORS.map(({ name }) => name));
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
  test.each(['github-token', 'npm-token', 'grafana-service-token'])('one changed character of a %s, and nothing at all is reported', (name) => {
    for (let seed = 1; seed <= SAMPLES; seed += 1) {
      const value = sampleSecret(name, seed);
      const at = 5 + (seed % 31);
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
