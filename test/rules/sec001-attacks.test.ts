/**
 * Every detector's expression on the texts that cost it most. recheck finds all of them linear (`scripts/regexes.mjs`) and so has no pump to
 * give: what is left are near misses, the value itself without its end, over and over. Time is held against a trivial expression over the
 * same characters in the same run.
 */
import { describe, expect, test } from 'vitest';
import { seeded } from '../../src/guardians/security/detectors/random.ts';
import { DETECTORS, sampleSecret } from '../../src/guardians/security/detectors/table.ts';

const long = process.env['TICKGUARD_LONG'] === '1';
/** Characters of a text. */
const SHORT = 4 * 1024;
const LARGE = 1024 * 1024;
/** How many times the trivial expression an expression may take without a question; above, it must be seen to grow with the text. */
const TIMES = 40;
/** Four times the text takes four times as long; a square sixteen. */
const GROWTH = 10;
/** Nothing that grows with the text only takes so many times: the widest repetition of a detector has a bound of 300. */
const MOST = 2_000;
const ATTEMPTS = 8;
const TRIVIAL = /[A-Za-z0-9+/=_-]{20,}/g;

const filled = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** What nearly is a value: whole but for its last character, cut in the middle, its beginning, its beginning with what may follow, its keyword. */
function pieces(sample: string, near: readonly string[]): readonly string[] {
  const head = /^[A-Za-z]{0,8}[-_.:]?/.exec(sample)?.[0] ?? '';
  const all = [`${sample.slice(0, -1)}!`, `${sample.slice(0, -1)} `, sample.slice(0, -1), sample.slice(0, Math.ceil(sample.length / 2)), head, `${head}A`, `${head}0a`, sample.at(-2) ?? '', ...near];
  return [...new Set(all.filter((piece) => piece !== ''))];
}

function timeOf(expression: RegExp, text: string): number {
  const started = performance.now();
  for (const match of text.matchAll(expression)) { if (match.index < 0) { break; } }
  return performance.now() - started;
}

/** Least time of some scans, ms; `enough` ends the search. */
function least(expression: RegExp, text: string, enough = 0): number {
  let best = Infinity;
  for (let i = 0; i < ATTEMPTS && best > enough; i += 1) { best = Math.min(best, timeOf(expression, text)); }
  return best;
}

const floors = new Map([SHORT, LARGE].map((length) => [length, least(TRIVIAL, filled('0aB-', length))]));

/** What is wrong where a text takes too long; empty where it does not. */
function slow({ name, expression }: Row, piece: string, length: number): string {
  const floor = floors.get(length) as number;
  const [whole, part] = [filled(piece, length), filled(piece, length / 4)];
  const [enough, most] = [TIMES * floor, MOST * floor];
  const said = (what: string): string => `${name} on ${JSON.stringify(piece.slice(0, 40))} over and over: ${what}, a trivial expression ${floor.toFixed(3)}`;
  if (length !== SHORT) {
    // What grows with its square was seen on the short text; on the long one it would take hours.
    const ms = least(expression, whole, most);
    return ms <= most ? '' : said(`${ms.toFixed(0)} ms`);
  }
  let took = least(expression, whole, enough);
  if (took <= enough) { return ''; }
  // Turn by turn, so that other work on the machine meets both.
  let quarter = Infinity;
  for (let i = 0; i < ATTEMPTS; i += 1) {
    quarter = Math.min(quarter, timeOf(expression, part));
    took = Math.min(took, timeOf(expression, whole));
  }
  return took <= enough || (took <= most && took < GROWTH * quarter) ? '' : said(`${took.toFixed(2)} ms, a quarter of it ${quarter.toFixed(2)}`);
}

interface Row {
  readonly name: string;
  /** Tried at every place, where the product tries it at keywords alone. */
  readonly expression: RegExp;
  readonly texts: readonly string[];
}

const everywhere = ({ source, flags }: RegExp): RegExp => new RegExp(source, `${flags.replace(/[gy]/g, '')}g`);
const rows = DETECTORS.map((row): Row => ({
  name: row.name, expression: everywhere(row.kind === 'shape' ? row.pattern : row.shape),
  texts: pieces(sampleSecret(row.name, 3), [...row.nearMisses(seeded(5)).map(({ value }) => value), ...(row.kind === 'shape' ? row.keywords : [])]),
}));

describe('every expression is quick on its own near misses', () => {
  test('4 KB of each', () => {
    expect(rows.flatMap((row) => row.texts.map((piece) => slow(row, piece, SHORT))).filter((said) => said !== '')).toEqual([]);
  });

  // What the short run leaves out is no test of it.
  if (long) { test('1 MB of the worst of each', () => {
    const said = rows.map((row) => {
      const [worst = ''] = row.texts.map((piece) => ({ piece, ms: least(row.expression, filled(piece, SHORT)) })).sort((a, b) => b.ms - a.ms).map(({ piece }) => piece);
      return slow(row, worst, LARGE);
    });
    expect(said.filter((one) => one !== '')).toEqual([]);
  }, 600_000); }

  test('one that takes the square is caught', () => {
    expect(slow({ name: 'a square', expression: /a+b/g, texts: [] }, 'a', SHORT)).toContain('a square');
  });
});
