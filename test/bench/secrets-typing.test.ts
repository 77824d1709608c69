/**
 * What the search for secrets costs while somebody types: of each edit of a program of 2,000 lines, and of 50 KB of anything. Time of the rules alone, in
 * this process: what reading the text costs is measured beside the server (typing.test.ts).
 */
import { describe, expect, test } from 'vitest';
import { slowness } from '../support/machine.ts';
import { runRules } from '../../src/core/rules/run.ts';
import type { Rule } from '../../src/core/rules/rule.ts';
import type { SourceModel } from '../../src/core/source/model.ts';
import { SourceDocument } from '../../src/core/source/document.ts';
import { grammarsOf } from '../../src/core/source/code-languages.ts';
import { loadGrammars, startParsers } from '../../src/core/workspace/parsers.ts';
import { securityRules } from '../../src/guardians/security/index.ts';
import { NO_CONFIG } from '../unit/rules/run-helper.ts';
import { LANGUAGES } from './languages.ts';
import { HOSTILE_PIECES } from '../support/hostile-pieces.ts';
import { apply, script } from './typed-edits.ts';
import { quantile } from './workspaces.ts';

/** Of the secrets' rules on 2,000 lines, and on 50 KB, ms. */
const TYPING_GOAL_MS = 5;
const ANYTHING_GOAL_MS = 10;
const ANYTHING = 50 * 1024;
/** The rules that look for credentials, and those that follow them. */
const SECRETS = securityRules.filter(({ id }) => id === 'SEC001' || id.startsWith('ENV'));

/** ms that the rules take on a model, once. */
function cost(rules: readonly Rule[], model: SourceModel): number {
  const started = performance.now();
  runRules({ model, file: { role: 'code' }, rules, config: NO_CONFIG, asOf: '2026-11-22' });
  return performance.now() - started;
}

describe.each(LANGUAGES.map((language) => [language.name, language] as const))('secrets while typing in %s', (_name, language) => {
  test('200 edits of 2,000 lines', async () => {
    const { path, text: long } = language.big;
    const syntax = await startParsers(undefined);
    await loadGrammars(syntax, grammarsOf([path]), undefined);
    let text = long(2_000);
    const document = new SourceDocument(path, text, syntax, { budgetMs: 2_000 });
    const secrets: number[] = [];
    const all: number[] = [];
    const busy = slowness();
    for (const edit of script(text, language.big)) {
      ({ text } = apply(text, edit));
      document.update(text);
      // First the secrets: what they ask of the model, such as what its names mean, is on their bill.
      secrets.push(cost(SECRETS, document.model));
      all.push(cost(securityRules, document.model));
    }
    document.dispose();
    const limit = TYPING_GOAL_MS * Math.max(busy, slowness());
    console.log(`  ${language.name}: secrets p50 ${quantile(secrets, 0.5).toFixed(1)} ms, p95 ${quantile(secrets, 0.95).toFixed(1)} ms (goal ${TYPING_GOAL_MS}, held ${limit.toFixed(1)}); all of security behind them p50 ${quantile(all, 0.5).toFixed(1)} ms, p95 ${quantile(all, 0.95).toFixed(1)} ms`);
    expect(quantile(secrets, 0.95)).toBeLessThanOrEqual(limit);
  });
});

test('50 KB of anything', async () => {
  const syntax = await startParsers(undefined);
  const rows = Object.entries(HOSTILE_PIECES).map(([name, piece]) => {
    const text = piece.repeat(Math.ceil(ANYTHING / piece.length)).slice(0, ANYTHING);
    const document = new SourceDocument('anything.txt', text, syntax, { budgetMs: 2_000 });
    const times = Array.from({ length: 12 }, () => cost(SECRETS, document.model));
    document.dispose();
    return { name, first: times[0] as number, ms: quantile(times.slice(2), 0.5) };
  });
  const busy = slowness();
  const slow = [...rows].sort((a, b) => b.ms - a.ms);
  console.log(`  50 KB: ${slow.slice(0, 8).map(({ name, ms, first }) => `${name} ${ms.toFixed(1)} ms (first ${first.toFixed(0)})`).join(', ')}; goal ${ANYTHING_GOAL_MS}, machine slower ${busy.toFixed(2)}x`);
  expect(slow.filter(({ ms }) => ms > ANYTHING_GOAL_MS * busy).map(({ name, ms }) => `${name} ${ms.toFixed(1)} ms`)).toEqual([]);
});
