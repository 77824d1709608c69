import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskSpan, maskTokens, mergeSecrets, scrub, secretsIn, snippetOf } from '../../../src/core/findings/mask.ts';
import { SecretValues } from '../../../src/core/findings/secret-values.ts';
import { sourceOf } from '../../../src/core/source/text.ts';

/** Looks like a key and is none: built here so that no scanner stops at this file. */
const KEY = ['k9Xq', '7Lm2', 'Zp4R', 't8Vb', '3Nw6', 'Yc5H'].join('');

function spanOf(text: string, part: string): { start: number; end: number } {
  const start = text.indexOf(part);
  return { start, end: start + part.length };
}

describe('maskSpan', () => {
  test('replaces a secret by its kind', () => {
    const text = 'password = "hunter2"';
    expect(maskSpan(text, { start: 0, end: text.length }, [{ at: spanOf(text, 'hunter2'), kind: 'password' }])).toBe('password = "<password>"');
  });

  test('masks a secret that only reaches into the span, from both sides', () => {
    const text = 'aaSECRETbbSECRETcc';
    const secrets = [{ at: { start: 2, end: 8 }, kind: 'one' }, { at: { start: 10, end: 16 }, kind: 'two' }];
    expect(maskSpan(text, { start: 4, end: 13 }, secrets)).toBe('<one>bb<two>');
  });

  test('masks what looks like a key although no rule named it', () => {
    expect(maskTokens(`connect("${KEY}")`)).toBe('connect("<token>")');
  });

  test.each([
    'self.trailing_drawdown_percent_of_high_water_mark', 'data/2024/2025/EURUSD/ticks/part.parquet', '2026-11-27T16:59:00-05:00',
    'https://api.example.test/v1/orders', 'x = 12345678901234567890',
  ])('leaves %s alone', (text) => { expect(maskTokens(text)).toBe(text); });

  test('merges overlapping secrets so that no tail of one is left', () => {
    expect(mergeSecrets([
      { at: { start: 5, end: 9 }, kind: 'b' }, { at: { start: 0, end: 6 }, kind: 'a' }, { at: { start: 3, end: 3 }, kind: 'empty' },
    ])).toEqual([{ at: { start: 0, end: 9 }, kind: 'a' }]);
  });

  test('property: no run of four characters of a masked secret is left', () => {
    const secret = fc.stringMatching(/^[A-Z]{8,30}$/);
    fc.assert(fc.property(secret, fc.stringMatching(/^[a-z =\n]{0,40}$/), fc.stringMatching(/^[a-z =\n]{0,40}$/), fc.nat(80), fc.nat(80), (value, head, tail, a, b) => {
      const text = head + value + tail;
      const [start, end] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)];
      const masked = maskSpan(text, { start, end }, [{ at: spanOf(text, value), kind: 'k' }]);
      expect(masked).not.toMatch(/[A-Z]/);
    }));
  });
});

describe('snippetOf', () => {
  test('shows the line without indentation and marks the finding', () => {
    const source = sourceOf('def f():\n\tif now.hour >= 16:\n\t\tpass\n');
    const snippet = snippetOf(source, spanOf(source.text, 'now.hour >= 16'), []);
    expect(snippet).toEqual({ text: 'if now.hour >= 16:', start: 3, end: 17 });
  });

  test('stops at the end of the first line, with any line break', () => {
    for (const feed of ['\n', '\r\n', '\r']) {
      const source = sourceOf(`a = f(${feed}  1)${feed}`);
      expect(snippetOf(source, { start: 4, end: source.text.length }, [])).toEqual({ text: 'a = f(', start: 4, end: 6 });
    }
  });

  test('marks stand right behind a mask of another length', () => {
    const source = sourceOf('pw = "hunter2"; limit = 9');
    const snippet = snippetOf(source, spanOf(source.text, 'limit'), [{ at: spanOf(source.text, 'hunter2'), kind: 'password' }]);
    expect(snippet.text).toBe('pw = "<password>"; limit = 9');
    expect(snippet.text.slice(snippet.start, snippet.end)).toBe('limit');
  });

  test('a finding inside a secret marks the whole mask', () => {
    const source = sourceOf('pw = "hunter2"');
    const snippet = snippetOf(source, spanOf(source.text, 'nte'), [{ at: spanOf(source.text, 'hunter2'), kind: 'password' }]);
    expect(snippet.text.slice(snippet.start, snippet.end)).toBe('<password>');
  });

  test('a long line is cut around the finding', () => {
    const source = sourceOf(`${'a, '.repeat(200)}HERE${', b'.repeat(200)}`);
    const snippet = snippetOf(source, spanOf(source.text, 'HERE'), []);
    expect(snippet.text.length).toBeLessThanOrEqual(160);
    expect(snippet.text.slice(snippet.start, snippet.end)).toBe('HERE');
    expect(snippet.text.startsWith('…')).toBe(true);
    expect(snippet.text.endsWith('…')).toBe(true);
  });

  test('a line of 2 MB costs no more than a short one, and a cut through it shows no half of a key', () => {
    const long = `${`${KEY}, 1, `.repeat(20_000)}${'x'.repeat(990)} ${KEY} HERE ${KEY}${', 2'.repeat(200_000)}`;
    const source = sourceOf(long);
    const started = performance.now();
    for (let round = 0; round < 200; round++) {
      const { text, start, end } = snippetOf(source, spanOf(long, 'HERE'), []);
      expect(text.slice(start, end)).toBe('HERE');
      expect(text).not.toContain(KEY.slice(-4));
    }
    const perSnippet = (performance.now() - started) / 200;
    const reference = performance.now();
    long.indexOf('no such text');
    // Searching the line once is the floor for anything that reads it whole.
    expect(perSnippet).toBeLessThan(Math.max(2, 4 * (performance.now() - reference)));
  });

  test('property: any finding on any line gives a mark inside a short text, and no part of the key', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', ' ', '\n', '\t', KEY, '"', 'limit = '), { maxLength: 60 }), fc.nat(), fc.nat(), (parts, a, b) => {
      const source = sourceOf(parts.join(''));
      const size = source.text.length + 1;
      const at = { start: Math.min(a % size, b % size), end: Math.max(a % size, b % size) };
      const { text, start, end } = snippetOf(source, at, []);
      expect(text.length).toBeLessThanOrEqual(162);
      expect(0 <= start && start <= end && end <= text.length).toBe(true);
      expect(text).not.toContain(KEY.slice(2, 8));
    }));
  });
});

describe('scrub', () => {
  test('removes a secret from free text wherever it stands, the longest first', () => {
    const text = `k = "${KEY}"; j = "${KEY.slice(0, 12)}"`;
    const values = new SecretValues(text, [{ at: spanOf(text, KEY.slice(0, 12)), kind: 'part' }, { at: spanOf(text, KEY), kind: 'key' }]);
    expect(scrub(`found ${KEY} and ${KEY.slice(0, 12)}`, values)).toBe('found <key> and <part>');
  });

  test('leaves short values in place: they are numbers and words', () => {
    const values = new SecretValues('pin = "1234"', [{ at: { start: 7, end: 11 }, kind: 'pin' }]);
    expect(scrub('1234 of 12345', values)).toBe('1234 of 12345');
  });

  test('property: of values that lie across each other, or in each other, nothing is left', () => {
    const value = fc.stringMatching(/^[AB]{6,9}$/);
    fc.assert(fc.property(fc.array(value, { minLength: 1, maxLength: 6 }), fc.stringMatching(/^[ABc]{0,40}$/), (known, text) => {
      const file = known.join('\n');
      const secrets = known.map((one) => ({ at: spanOf(file, one), kind: 'k' }));
      const left = scrub(text, new SecretValues(file, secrets)).split('<k>');
      for (const one of known) { for (const part of left) { expect(part).not.toContain(one); } }
      if (!known.some((one) => text.includes(one))) { expect(left).toEqual([text]); }
    }));
  });
});

describe('secretsIn', () => {
  test('property: are those that reach into the span', () => {
    const drawn = fc.array(fc.record({ start: fc.nat(60), length: fc.integer({ min: 1, max: 6 }) }), { maxLength: 12 });
    fc.assert(fc.property(drawn, fc.nat(66), fc.integer({ min: 1, max: 10 }), (spans, start, length) => {
      const merged = mergeSecrets(spans.map((span) => ({ at: { start: span.start, end: span.start + span.length }, kind: 'k' })));
      const span = { start, end: start + length };
      expect(secretsIn(merged, span)).toEqual(merged.filter(({ at }) => at.end > span.start && at.start < span.end));
    }));
  });
});
