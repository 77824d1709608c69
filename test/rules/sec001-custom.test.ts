/** Detectors of a desk's own: what may be written, and what they find. */
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/core/workspace/config-file.ts';
import type { CustomDetector } from '../../src/core/workspace/custom-detector.ts';
import { createEngine } from '../../src/engine.ts';
import { customHits, customProblems } from '../../src/guardians/security/custom/custom-scan.ts';
import { patternProblem } from '../../src/guardians/security/custom/pattern.ts';
import { BASE62, mixed, seeded } from '../../src/guardians/security/detectors/random.ts';

const { rules } = createEngine();
const valueOf = (seed: number): string => `acme_${mixed(seeded(seed), BASE62, 24)}`;
const ROW: CustomDetector = { name: 'acme-desk-key', title: 'Acme desk key', keywords: ['acme_'], pattern: 'acme_[A-Za-z0-9]{24}', examples: [valueOf(1)], nearMisses: ['acme_short'] };

describe('a pattern is refused, and the part that is wrong is named', () => {
  test.each([
    ['acme_[a-z]+', '"[a-z]+" has no upper bound; write {1,64} for the +'],
    ['acme_[a-z]*', '"[a-z]*" has no upper bound; write {0,64} for the *'],
    ['acme_[a-z]{8,}', '"[a-z]{8,}" has no upper bound; write one, such as {8,64}'],
    ['acme_(a)\\1', 'the back-reference "\\1" at 9 is not allowed'],
    ['(?<k>acme_)', 'the group "(?<" at 1 is not allowed; write (?:…)'],
    ['(?=x)acme_', 'the look-ahead "(?=" at 1 is not allowed'],
    ['(?<!x)acme_', 'the look-behind "(?<!" at 1 is not allowed'],
    ['acme_(?:[a-z]{1,50}){1,10}', '"(?:[a-z]{1,50}){1,10}" can be laid over a text in more than 256 ways'],
    ['acme_[a-z]{0,20}[a-z]{0,20}', 'its parts together can be laid over a text in 441 ways'],
    ['acme_[a-z]{508}', 'it matches up to 513 characters; at most 512 are allowed'],
    ['^acme_', '"^" at 1 ties a value to a line'],
    ['acme_[a-z', 'the "[" at 6 is not closed'],
    ['acme_(a', 'the "(" at 6 is not closed'],
    ['acme_a)', 'the ")" at 7 closes nothing'],
    ['acme_[z-a]{4}', 'it is no regular expression'],
    ['acme_\\x41', 'the escape "\\x" at 6 is not known'],
    ['acme_a{2}{3}', '"a{2}{" repeats a repetition'],
    ['acme_\\b?', 'repeats the edge of a word'],
    ['(?:acme_|other_)[a-z]{8}', 'no keyword stands in every match'],
    ['(?:acme_)?[a-z]{8}', 'no keyword stands in every match'],
    ['ac[m]e_[a-z]{8}', 'no keyword stands in every match'],
  ])('%s', (pattern, said) => {
    expect(patternProblem(pattern, ['acme_'])).toContain(said);
  });

  test.each(['acme_[A-Za-z0-9]{32}', 'ACME_(?:live|test)_[a-f0-9]{20,40}', '[a-z]{2}-acme_\\d{6}\\b', '(?:acme_){1}x', 'acme\\_[^"\\]]{16}'])('%s is taken', (pattern) => {
    expect(patternProblem(pattern, ['acme_'])).toBeUndefined();
  });
});

describe('a detector is refused', () => {
  const said = (change: Partial<CustomDetector>, more: readonly CustomDetector[] = []): string => customProblems([{ ...ROW, ...change }, ...more]).map(({ key, what }) => `${key}: ${what}`).join('\n');
  test('whose name is taken, by Tickguard or by another', () => {
    expect(said({ name: 'github-token' })).toMatch(/^name: Tickguard has a detector called "github-token"/);
    expect(said({}, [ROW])).toBe('name: the detector "acme-desk-key" stands twice; keep one');
  });
  test('whose examples and near misses say something else than its pattern', () => {
    expect(said({ examples: [valueOf(1), 'acme_no'] })).toMatch(/^examples: "acme-desk-key" does not find this example whole/);
    expect(said({ nearMisses: [`key ${valueOf(2)}`] })).toMatch(/^nearMisses: "acme-desk-key" finds a value/);
    expect(said({})).toBe('');
  });
});

describe('in tickguard.json', () => {
  const read = (detectors: unknown, extra: object = {}) => parseConfig(JSON.stringify({ detectors, ...extra }), 'tickguard.json', rules);
  const error = (detectors: unknown): string => { const outcome = read(detectors); return outcome.ok ? '' : outcome.error; };
  test('every mistake is one sentence with its place', () => {
    expect(error([{ ...ROW, name: 'Acme Key' }])).toMatch(/^tickguard\.json:1:\d+: detectors\[0\]\.name is "Acme Key": small letters, digits and single hyphens are expected, such as "acme-desk-key"\.$/);
    expect(error([{ ...ROW, keywords: ['ac'] }])).toMatch(/detectors\[0\]\.keywords\[0\] is "ac": 3 to 64 characters/);
    expect(error([{ ...ROW, examples: undefined }])).toMatch(/detectors\[0\]\.examples is missing/);
    expect(error([{ ...ROW, patern: 'x' }])).toMatch(/unknown key "patern" in detectors\[0\]; did you mean "pattern"\?$/);
    const refused = error([{ ...ROW, pattern: 'acme_[a-z]+' }]);
    expect(refused).toMatch(/the pattern of "acme-desk-key" is refused: "\[a-z\]\+" has no upper bound/);
    const [, column] = /^tickguard\.json:1:(\d+):/.exec(refused) ?? [];
    expect(JSON.stringify({ detectors: [{ ...ROW, pattern: 'acme_[a-z]+' }] }).slice(Number(column) - 1)).toMatch(/^"acme_\[a-z\]\+"/);
  });
  test('its settings may name it, and no other', () => {
    expect(read([ROW], { rules: { 'SEC001/acme-desk-key': 'off' } })).toMatchObject({ ok: true, value: { rules: { 'SEC001/acme-desk-key': 'off' }, detectors: [ROW] } });
    expect(read([ROW], { rules: { 'SEC001/acme-desk-kee': 'off' } })).toMatchObject({ ok: false, error: expect.stringContaining('did you mean "SEC001/acme-desk-key"?') as unknown });
    expect(read([], { rules: { 'SEC001/acme-desk-key': 'off' } })).toMatchObject({ ok: false });
  });
});

describe('what it finds', () => {
  const places = (text: string): readonly string[] => customHits(text, [ROW]).map(({ span }) => text.slice(span.start, span.end));
  test('each value once, whatever stands around, and none in a longer word', () => {
    const [one, two] = [valueOf(3), valueOf(4)];
    expect(places(`a = "${one}" # ${two}\n${' '.repeat(3_000)}${one}`)).toEqual([one, two, one]);
    expect(places(`x${one} ${one}x`)).toEqual([]);
    expect(places(`acme_${'x'.repeat(24)}`)).toEqual([]);
  });
  test('in time that grows with the text', () => {
    const hostile: CustomDetector = { ...ROW, pattern: '[a-z_]{0,15}[a-z_]{0,14}acme_[0-9]{24}' };
    expect(patternProblem(hostile.pattern, ['acme_'])).toBeUndefined();
    const time = (length: number): number => {
      const text = 'acme_'.repeat(length / 5);
      const before = process.cpuUsage();
      expect(customHits(text, [hostile])).toEqual([]);
      return process.cpuUsage(before).user / 1000;
    };
    time(50_000);
    const [small, large] = [time(100_000), time(400_000)];
    if (large > 200) { expect(large / small).toBeLessThan(10); }
    expect(large).toBeLessThan(10_000);
  });
});
