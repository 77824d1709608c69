/**
 * The gate of SEC001: thousands of credentials and of values that are none, each in a file of its own, built from seeds. Whoever changes a judgement
 * sees here what it costs: at most two in a hundred may be missed, and at most two in a hundred flagged.
 */
import { beforeAll, expect, test } from 'vitest';
import { seeded } from '../../src/guardians/security/detectors/random.ts';
import { Syntax } from '../../src/core/source/source.ts';
import { CONTEXTS } from './secret-contexts.ts';
import { type Sample, credential, noCredential } from './secret-values.ts';
import { runSecurity } from './security-run.ts';

const COUNT = 1_600;
const SHARE = 0.98;
const names = Object.keys(CONTEXTS);

let syntax: Syntax;
beforeAll(async () => { syntax = await Syntax.create(); });

interface Case {
  readonly sample: Sample;
  readonly context: string;
  readonly found: readonly string[];
}

/** The findings of SEC001 in the n-th file. */
function look(make: (random: () => number, n: number) => Sample, n: number, seed: number): Case {
  const sample = make(seeded(seed + n), n);
  // Every kind meets every context: the two counts have no common divisor.
  const context = names[Math.floor(n / 3 + n) % names.length] as string;
  const { path, text } = (CONTEXTS[context] as (typeof CONTEXTS)[string])(sample.name, sample.value);
  return { sample, context, found: runSecurity(syntax, path, text).found.filter(([what]) => what.startsWith('SEC001/')).map(([, value]) => value) };
}

/** What went wrong, by kind and context, so that a failure shows where to look. */
function tally(wrong: readonly Case[]): string {
  const counts = new Map<string, number>();
  for (const { sample, context } of wrong) {
    const key = `${sample.kind} in ${context}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 25).map(([key, count]) => `${count} × ${key}`).join('\n');
}

/** Whether one of the found texts is the credential, or a piece of it where the file writes it in two. */
function isFound({ sample, found }: Case): boolean {
  const mark = sample.mark ?? sample.value;
  return found.some((text) => text.includes(mark) || mark.includes(text) || text.replace(/["'] \+ ["']/, '').includes(mark));
}

test(`of ${COUNT} credentials at least ${SHARE * 100} % are found`, { timeout: 60_000 }, () => {
  const missed = Array.from({ length: COUNT }, (_, n) => look(credential, n, 10_000)).filter((one) => !isFound(one));
  expect(1 - missed.length / COUNT, tally(missed)).toBeGreaterThanOrEqual(SHARE);
});

test(`of ${COUNT} values that are none at least ${SHARE * 100} % stay silent`, { timeout: 60_000 }, () => {
  const flagged = Array.from({ length: COUNT }, (_, n) => look(noCredential, n, 50_000)).filter(({ found }) => found.length > 0);
  expect(1 - flagged.length / COUNT, tally(flagged)).toBeGreaterThanOrEqual(SHARE);
});
