import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { sampleSecret, DETECTOR_NAMES } from '../../src/guardians/security/detectors/table.ts';
import { KeywordIndex } from '../../src/guardians/security/scan/keywords.ts';
import { FileScan } from '../../src/guardians/security/scan/file-scan.ts';
import { found, hitsIn, textModel } from './secrets.ts';
import { HOSTILE_PIECES } from '../support/hostile-pieces.ts';
import { runs } from '../support/property-tests.ts';

const MEGABYTE = 1 << 20;
/** What every run takes the time of; the long one takes more. */
const WHOLE = process.env['TICKGUARD_LONG'] === '1' ? MEGABYTE : MEGABYTE / 4;
const filled = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** Processor time of some work in ms, the least of some runs: other processes on the machine do not count. */
function least(runs: number, work: () => void): number {
  let best = Infinity;
  for (let i = 0; i < runs; i += 1) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

describe('time grows with the length, not with its square', () => {
  test.each(Object.entries(HOSTILE_PIECES))('one line of %s', (_name, piece) => {
    const scan = (length: number, runs: number): number => {
      const model = textModel('bundle.txt', filled(piece, length));
      return least(runs, () => new FileScan(model, false, '2026-11-22').finish());
    };
    const floor = least(2, () => [...filled(piece, WHOLE).matchAll(/[A-Za-z0-9+/=_-]{20,}/g)].length);
    scan(WHOLE / 16, 1);
    // Four times the text takes four times as long; a square would take sixteen, and seconds: 100 ms are neither.
    const whole = scan(WHOLE, 2);
    if (whole > Math.max(100, 20 * floor)) expect(whole / scan(WHOLE / 4, 2)).toBeLessThan(10);
    expect(whole).toBeLessThan(Math.max(2_000, 300 * floor));
  });
});

describe('what holds for any text', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 12, unit: 'binary' }), fc.constantFrom('password', 'api_key', 'token', '=', ':', '"', "'", '\\"', '\n', ' ', '://', '@', 'Bearer ', '-----', '{', '}', '#', '//', 'é', '😀'),
    fc.tuple(fc.constantFrom(...DETECTOR_NAMES), fc.integer({ min: 1, max: 50 })).map(([name, seed]) => sampleSecret(name, seed)),
  );
  const texts = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));

  test('spans lie inside, in order, apart, and a second look finds the same', () => {
    fc.assert(fc.property(texts, (text) => {
      const hits = hitsIn(text);
      let end = 0;
      for (const { span } of hits) {
        expect(span.start).toBeGreaterThanOrEqual(end);
        expect(span.end).toBeGreaterThan(span.start);
        end = span.end;
      }
      expect(end).toBeLessThanOrEqual(text.length);
      expect(hitsIn(text)).toEqual(hits);
    }), { seed: 41, numRuns: runs(1500) });
  });

  test('a line in front moves every finding by its length', () => {
    fc.assert(fc.property(texts, (text) => {
      const line = 'one two three\n';
      expect(hitsIn(line + text).map(({ span }) => span.start - line.length)).toEqual(hitsIn(text).map(({ span }) => span.start));
    }), { seed: 42, numRuns: runs(700) });
  });

  test('keywords are found as a plain search finds them', () => {
    const words = ['he', 'she', 'his', 'hers', 'key', 'api_key', '_key', 'y='];
    const index = new KeywordIndex(words);
    fc.assert(fc.property(fc.array(fc.constantFrom(...'hersiHERS_keyapiKEY=ü '), { maxLength: 60 }), (letters) => {
      const text = letters.join('');
      const got = new Set<string>();
      index.scan(text, (id, start) => got.add(`${id}@${start}`));
      const expected = new Set<string>();
      words.forEach((word, id) => {
        for (let at = 0; at < text.length; at += 1) if (text.slice(at, at + word.length).toLowerCase() === word) expected.add(`${id}@${at}`);
      });
      expect(got).toEqual(expected);
    }), { seed: 43, numRuns: runs(2000) });
  });
});

test('a key in the middle of one line of a megabyte', () => {
  const value = sampleSecret('telegram-bot-token', 9);
  const half = filled('const x=foo(bar,"baz");key=value;', MEGABYTE / 2);
  expect(found(`${half}"${value}"${half}`, 'bundle.min.js')).toEqual([['telegram-bot-token', value]]);
});
