/** Self-contained mutants: each fault is found at exactly its place, and its right twin is silent. */
import { beforeAll, describe, expect, test } from 'vitest';
import { Syntax } from '../../src/core/source/source.ts';
import { balanceDrawdown } from '../../src/guardians/compliance/rules/apx002-balance-drawdown.ts';
import { restingEntry } from '../../src/guardians/compliance/rules/apx007-resting-entry.ts';
import { APX002_SNIPPETS } from './apx002-snippets.ts';
import { APX007_SNIPPETS } from './apx007-snippets.ts';
import { APEX } from './apx-samples.ts';
import { checkInMemory } from './memory.ts';
import { unmark } from './markers.ts';
import type { SnippetMutant } from './snippet-mutants.ts';

const PATHS = { python: 'strategy.py', mql5: 'Experts/ea.mq5', script: 'src/bot.js' };

let syntax: Syntax;
beforeAll(async () => { syntax = await Syntax.create(); });

describe.each([['APX002', balanceDrawdown, APX002_SNIPPETS], ['APX007', restingEntry, APX007_SNIPPETS]] as const)('%s', (_id, rule, all) => {
  const found = (mutant: SnippetMutant, body: string): readonly string[] => {
    const text = `${mutant.imports ?? ''}\n\n${body}`;
    const config = { accounts: [APEX], setting: (): { readonly options: undefined } => ({ options: undefined }) };
    const checked = checkInMemory({ [PATHS[mutant.language]]: text }, { rules: [rule], config, trading: 'assume' }, syntax);
    const lines = text.split('\n');
    return [...checked.values()].flatMap(({ findings, failed }) => [...failed, ...findings.map(({ finding: { range } }) => `${range.line}:${range.column} ${(lines[range.line - 1] ?? '').slice(range.column - 1, range.endColumn - 1)}`)]);
  };

  test.each(['python', 'mql5', 'script'] as const)('at least 20 shapes in %s, each found at its place and silent when right', (language) => {
    const shapes = all.filter((mutant) => mutant.language === language);
    expect(shapes.length).toBeGreaterThanOrEqual(20);
    expect(new Set(shapes.map((mutant) => mutant.bad)).size).toBe(shapes.length);
    const problems = shapes.flatMap((mutant) => {
      const marked = unmark(`${mutant.imports ?? ''}\n\n${mutant.bad}`);
      const [span] = marked.spans;
      if (span === undefined || marked.spans.length !== 1) { return [`${mutant.name}: not one mark`]; }
      const before = marked.text.slice(0, span.start).split('\n');
      const place = `${before.length}:${(before[before.length - 1] ?? '').length + 1} ${marked.text.slice(span.start, span.end)}`;
      const bad = found(mutant, mutant.bad.replace(/[«»]/g, ''));
      const good = found(mutant, mutant.good);
      return [...(bad.length === 1 && bad[0] === place ? [] : [`${mutant.name}: ${place} expected, found ${bad.join(', ')}`]), ...good.map((one) => `${mutant.name}: twin not silent: ${one}`)];
    });
    expect(problems).toEqual([]);
  });
});
