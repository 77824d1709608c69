import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { explainOperation, type ExplainReport } from '../../../src/core/operations/explain.ts';
import { GUARDIAN_GROUPS } from '../../../src/core/operations/guardian-words.ts';
import { helpOperation, type HelpReport } from '../../../src/core/operations/help.ts';
import type { Outcome } from '../../../src/core/outcome.ts';
import { defineOperation, type Operation, type OperationContext } from '../../../src/core/operations/operation.ts';
import { engineRules } from '../../../src/core/rules/registry.ts';
import type { GuardianId } from '../../../src/core/findings/finding.ts';
import type { Rule } from '../../../src/core/rules/rule.ts';
import { ruleOf } from './run-helper.ts';

const RULES: readonly Rule[] = [
  ...engineRules,
  ruleOf({ id: 'SEC001', name: 'hardcoded-secret', guardian: 'security', summary: 'A credential in a file.', detectors: ['binance-secret', 'private-key'] }),
  ruleOf({ id: 'APX004', name: 'late-cutoff', guardian: 'compliance', summary: 'Positions are closed after the deadline.' }),
  ruleOf({ id: 'PRF004', name: 'print-per-tick', guardian: 'performance', summary: 'Printing or logging on every tick.' }),
];

function operation(id: string, words: readonly string[]): Operation {
  return defineOperation({ id, summary: `Does ${id}`, words, input: z.object({}), output: z.unknown(), doors: ['cli'], needsTrust: false, run: () => Promise.reject(new Error('unused')) });
}

const CONTEXT = {
  cwd: '/', rules: RULES, packs: [], today: '2026-08-03', signal: new AbortController().signal, progress: () => undefined,
  operations: [operation('check', ['security', 'slow']), operation('init', ['account', 'set-up']), explainOperation, helpOperation],
} satisfies OperationContext;

function explain(rule: string): Promise<Outcome<ExplainReport>> { return explainOperation.run({ rule }, CONTEXT) as Promise<Outcome<ExplainReport>>; }
function help(...words: string[]): Promise<Outcome<HelpReport>> { return helpOperation.run({ words }, CONTEXT) as Promise<Outcome<HelpReport>>; }

function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) { throw new Error(outcome.error); }
  return outcome.value;
}

describe('explain', () => {
  test.each(['TKG003', 'tkg003', 'bad-suppression'])('%s gives the page beside the package', async (name) => {
    const report = value(await explain(name));
    expect(report).toMatchObject({ rule: 'TKG003', name: 'bad-suppression' });
    for (const heading of ['## Why', '## Bad', '## Good', '## When not to use it']) { expect(report.page).toContain(`\n${heading}\n`); }
    expect(explainOperation.output.safeParse(report).success).toBe(true);
  });

  test('a detector is named above its rule\'s page', async () => {
    const report = value(await explain('SEC001/binance-secret'));
    expect(report.detector).toBe('binance-secret');
    expect(report.page).toMatch(/^Detector `binance-secret` of SEC001: .*ignore\[SEC001\/binance-secret\]/);
  });

  test('a rule without a page is told by what it knows of itself', async () => {
    const outcome = await explainOperation.run({ rule: 'ZZZ999' }, { ...CONTEXT, rules: [ruleOf({ id: 'ZZZ999', name: 'no-page', summary: 'Nothing.' })] });
    expect((outcome as { value: ExplainReport }).value.page).toContain('# ZZZ999: no-page\n\nNothing.\n\nSeverity error, gate commit');
  });

  test.each([
    ['APX04', 'There is no rule APX04. Did you mean APX004?'],
    ['late-cut-off', 'There is no rule late-cut-off. Did you mean late-cutoff?'],
    ['SEC001/binance', 'SEC001 has no such detector. It has SEC001/binance-secret, SEC001/private-key.'],
    ['SEC001/private-keys', 'There is no rule SEC001/private-keys. Did you mean SEC001/private-key?'],
    ['APX004/x', 'APX004 has no detectors. Ask for APX004 alone.'],
    ['nonsense', 'There is no rule nonsense. The rules are TKG001, TKG002, TKG003, TKG004, SEC001, APX004, PRF004.'],
    ['../../package', 'There is no rule ../../package. The rules are TKG001, TKG002, TKG003, TKG004, SEC001, APX004, PRF004.'],
  ])('%s: one sentence', async (name, error) => { expect(await explain(name)).toEqual({ ok: false, error }); });
});

describe('help', () => {
  /** The five guardians' trigger words, as people know them. */
  const TRIGGERS: readonly (readonly [GuardianId, readonly string[]])[] = [
    ['security', ['security', 'compliance', 'audit', 'secrets', 'credentials', 'Apex rules']],
    ['performance', ['performance', 'slow', 'bottleneck', 'profiling', 'optimize', 'OnTick', 'ONNX']],
    ['data', ['data', 'Parquet', 'Twelve-Data', 'ingestion', 'quality', 'gaps']],
    ['monitoring', ['monitoring', 'alerting', 'dashboard', 'anomaly', 'circuit breaker']],
    ['deployment', ['deployment', 'deploy', 'CI/CD', 'rollback', 'environment', 'devops']],
  ];

  test.each(TRIGGERS)('%s: every trigger word finds its guardian, with all its rules and commands', async (guardian, words) => {
    const group = GUARDIAN_GROUPS.find((one) => one.guardians.includes(guardian));
    const own = RULES.filter((rule) => group?.guardians.includes(rule.guardian)).map((rule) => rule.id);
    for (const word of words) {
      const report = value(await help(...word.split(' ')));
      expect(report.guardians.map(({ title }) => title)).toContain(group?.title);
      expect(report.rules.map(({ id }) => id)).toEqual(expect.arrayContaining(own));
      if (['security', 'performance'].includes(guardian)) { expect(report.operations.map(({ id }) => id)).toContain('check'); }
      expect(helpOperation.output.safeParse(report).success).toBe(true);
    }
  });

  test('says when a guardian is not there yet', async () => {
    expect(value(await help('Parquet')).guardians).toEqual([{ title: 'data', present: false }]);
    expect(value(await help('OnTick')).guardians).toEqual([{ title: 'performance', present: true }]);
  });

  test.each(['on_tick', 'ONTICK', 'on tick', 'On-Tick'])('%s is OnTick', async (word) => {
    expect(value(await help(word)).rules.map(({ id }) => id)).toEqual(['PRF004']);
  });

  test('finds rules and commands by what they say', async () => {
    expect(value(await help('deadline')).rules.map(({ id }) => id)).toEqual(['APX004']);
    expect(value(await help('binance')).rules.map(({ id }) => id)).toEqual(['SEC001']);
    expect(value(await help('init')).operations.map(({ id }) => id)).toEqual(['init']);
    expect(value(await help('print')).rules.map(({ id }) => id)).toEqual(['PRF004']);
  });

  test('without a word gives everything', async () => {
    const report = value(await help());
    expect(report.rules).toHaveLength(RULES.length);
    expect(report.operations).toHaveLength(4);
    expect(report.guardians).toHaveLength(5);
  });

  test('a word that leads nowhere: one sentence with the nearest', async () => {
    expect(await help('perfomance')).toEqual({ ok: false, error: 'No command or rule speaks of "perfomance". Did you mean performance?' });
    expect(await help('xyzzy')).toEqual({ ok: false, error: 'No command or rule speaks of "xyzzy". "tickguard help" lists them all.' });
  });
});
