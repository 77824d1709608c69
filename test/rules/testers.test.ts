/** The test helpers of the rules, tested: what they must refuse, and that they see what is there. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineRule, type Rule, type RuleListener } from '../../src/core/rules/rule.ts';
import { readSource, Syntax } from '../../src/core/source/source.ts';
import { slice, sourceOf } from '../../src/core/source/text.ts';
import { annotationProblems, annotationsOf } from './annotated.ts';
import { caseProblems, type InvalidCase } from './cases.ts';
import { judgeInvalid, judgeValid } from './judge.ts';
import { unmark } from './markers.ts';
import { checkInMemory } from './memory.ts';
import { judgeMutants, mutate, seededRandom, type Snippet } from './mutants.ts';
import { ruleTester } from './rule-tester.ts';
import { runs } from '../support/property-tests.ts';

/** Wants `good()` where `bad()` is called; `worse()` is an error without a fix. */
const badCalls: Rule = defineRule<'bad' | 'worse', { except: string }>({
  id: 'TST001', name: 'bad-calls', guardian: 'security', languages: ['python'], severity: 'warning', gate: 'merge', since: '0.1.0',
  scope: 'everywhere', cost: 'fast', fixable: true, summary: 'For tests.',
  messages: { bad: '{count} bad. Call good.', worse: 'Worse. Remove it.' },
  options: z.strictObject({ except: z.string().default('') }),
  create: (context): RuleListener => ({
    call(node) {
      if (node.callee.kind !== 'name' || node.callee.name === context.options.except) { return; }
      const { start, end } = node.callee;
      if (node.callee.name === 'bad') {
        context.report({
          at: node, messageId: 'bad', data: { count: node.args.length }, evidence: { args: String(node.args.length) },
          related: [{ at: node.callee, message: 'called here' }], fixes: [{ title: 'Call good', safe: true, edits: [{ start, end, text: 'good' }] }],
        });
      }
      if (node.callee.name === 'worse') { context.report({ at: node, messageId: 'worse', severity: 'error' }); }
    },
  }),
});

let syntax: Syntax;
beforeAll(async () => { syntax = await Syntax.create(); });

ruleTester(badCalls, {
  valid: ['good()\n', { name: 'an exception', code: 'bad()\n', options: { except: 'bad' } }, 'bad()  # tickguard: ignore[TST001] for the test\n'],
  invalid: [
    {
      code: '«bad(1, 2)»\nx = «worse()»\n', output: 'good(1, 2)\nx = worse()\n',
      findings: [
        { messageId: 'bad', message: '2 bad. Call good.', severity: 'warning', gate: 'merge', evidence: { args: '2' }, related: ['strategy.py:1 called here'] },
        { messageId: 'worse', severity: 'error' },
      ],
    },
    { name: 'two files', files: { 'a.py': 'x = 1\nworse()\n', 'b.py': 'worse(2)\n' }, findings: [{ message: /^Worse/, messageId: 'worse', at: 'worse()', file: 'a.py' }, { messageId: 'worse', at: 'worse(2)', file: 'b.py' }] },
    { name: 'nested', code: '«bad(«bad()»)»\n', output: 'good(good())\n', findings: [{ messageId: 'bad' }, { messageId: 'bad' }] },
    { name: 'silenced', code: '«worse()»  # tickguard: ignore[TST001] for the test\n', findings: [{ messageId: 'worse', suppressed: true }] },
    { name: 'set by the user', code: '«worse()»\n', configured: 'info', findings: [{ messageId: 'worse', severity: 'info', gate: 'none' }] },
  ],
});

describe('cases are refused', () => {
  const problems = (...invalid: readonly unknown[]): readonly string[] =>
    caseProblems({ valid: ['ok()\n'], invalid: invalid as readonly InvalidCase[] }, ['bad', 'worse']);

  test.each([
    ['unknown property lines', { code: '«x»', lines: 1, findings: [{ messageId: 'bad' }] }],
    ['finding 1 has an unknown property messageID', { code: '«x»', findings: [{ messageID: 'bad', messageId: 'bad' }] }],
    ['asserts no message', { code: '«x»', findings: [{}] }],
    ['asserts no place', { code: 'x', findings: [{ messageId: 'bad' }] }],
    ['has a place twice', { code: '«x»', findings: [{ messageId: 'bad', at: 'x' }] }],
    ['expects no finding', { code: '«x»', findings: [] }],
    ["names a message 'lost'", { code: '«x»', findings: [{ messageId: 'lost' }] }],
    ['either code or files', { findings: [{ messageId: 'bad', at: 'x' }] }],
    ['they have paths already', { files: { 'a.py': '«x»' }, path: 'b.py', findings: [{ messageId: 'bad' }] }],
  ])('%s', (sentence, one) => { expect(problems(one).join('\n')).toContain(sentence); });

  test('doubles, whatever their names and marks', () => {
    const one = { code: '«x»', findings: [{ messageId: 'bad' }] };
    expect(problems(one, { ...one, name: 'other' })).toEqual(['invalid case other (number 3) is the same as invalid case "«x»"']);
    expect(caseProblems({ valid: ['x\n', { code: 'x\n' }], invalid: [] }, [])).toHaveLength(1);
    expect(caseProblems({ valid: ['x\n', { code: 'x\n', role: 'test' }], invalid: [] }, [])).toEqual([]);
  });

  test('marks in a valid case', () => { expect(caseProblems({ valid: ['«x»'], invalid: [] }, [])).toEqual(['valid case "«x»" marks a range but expects no finding']); });
});

describe('what is not as expected is seen', () => {
  const judge = (one: Omit<InvalidCase, 'findings'> & { findings?: InvalidCase['findings'] }): string =>
    judgeInvalid(badCalls, { findings: [{ messageId: 'worse' }], ...one }, syntax).join('\n');

  test.each([
    ['expected at strategy.py 1:1-1:6', { code: '«worse»()\n' }],
    ['2 findings instead of 1', { code: '«worse()»\nworse()\n' }],
    ['0 findings instead of 1', { code: '«fine()»\n' }],
    ['2 marks for 1 findings', { code: '«worse»«()»\n' }],
    ["messageId is 'worse', not 'bad'", { code: '«worse()»\n', findings: [{ messageId: 'bad' }] }],
    ['message is not Late', { code: '«worse()»\n', findings: [{ message: 'Late' }] }],
    ['severity is error, not info', { code: '«worse()»\n', findings: [{ messageId: 'worse', severity: 'info' as const }] }],
    ['evidence zone is undefined', { code: '«worse()»\n', findings: [{ messageId: 'worse', evidence: { zone: 'UTC' } }] }],
    ['related is []', { code: '«worse()»\n', findings: [{ messageId: 'worse', related: ['x'] }] }],
    ['is suppressed', { code: '«worse()»  # tickguard: ignore[TST001] test\n' }],
    ['must occur once', { code: 'worse()\nworse()\n', findings: [{ messageId: 'worse', at: 'worse()' }, { messageId: 'worse', at: 'worse()' }] }],
    ['no output of strategy.py is asserted', { code: '«bad()»\n', findings: [{ messageId: 'bad' }] }],
    ['the output of strategy.py is:\ngood()', { code: '«bad()»\n', findings: [{ messageId: 'bad' }], output: 'better()\n' }],
    ['expects an output, but no finding has a fix', { code: '«worse()»\n', output: 'good()\n' }],
  ])('%s', (sentence, one) => { expect(judge(one)).toContain(sentence); });

  const fixing = (edits: readonly { start: number; end: number; text: string }[], change: Partial<Rule> = {}): Rule => ({
    ...badCalls, ...change,
    create: (context) => ({ end() { context.report({ at: { start: 0, end: 5 }, messageId: 'worse', fixes: [{ title: 'x', safe: true, edits }] }); } }),
  });

  test.each([
    ['does not parse', [{ start: 3, end: 5, text: '((' }], 'bad((\n'],
    ['does not change strategy.py', [{ start: 0, end: 3, text: 'bad' }], 'bad()\n'],
    ['overlaps another', [{ start: 0, end: 3, text: 'x' }, { start: 2, end: 5, text: 'y' }], ''],
    ['overlaps another or lies outside', [{ start: 0, end: 99, text: 'x' }], ''],
  ])('a fix that %s', (sentence, edits, output) => {
    expect(judgeInvalid(fixing(edits), { code: '«bad()»\n', output, findings: [{ messageId: 'worse' }] }, syntax).join('\n')).toContain(sentence);
  });

  test('a fix of a rule that does not say fixable', () => {
    const { fixable: _, ...silent } = fixing([{ start: 0, end: 3, text: 'good' }]);
    expect(judgeInvalid(silent, { code: '«bad()»\n', output: 'good()\n', findings: [{ messageId: 'worse' }] }, syntax)).toEqual(['a finding has a fix, and the rule does not say fixable']);
  });

  test.each([['x'.repeat(230), 'the message has'], ['It may break.', 'says "may"']])('a message %.20s', (message, sentence) => {
    const rule = { ...badCalls, messages: { ...badCalls.messages, worse: message } };
    expect(judgeInvalid(rule, { code: '«worse()»\n', findings: [{ messageId: 'worse' }] }, syntax).join()).toContain(sentence);
  });

  test('a rule that breaks, in valid cases too', () => {
    const broken: Rule = { ...badCalls, create: () => ({ end() { throw new Error('no'); } }) };
    expect(judgeValid(broken, { code: 'x\n' }, syntax)).toEqual(['the rule broke: TST001: Error: no']);
    expect(judgeValid(badCalls, { code: 'worse()\n' }, syntax)).toEqual(['not silent: strategy.py 1:1-1:8 worse: Worse. Remove it.']);
  });
});

test('trading rules are linked, and assumed to be trading code on request only', () => {
  const rule: Rule = { ...badCalls, scope: 'trading' };
  const found = (trading: 'assume' | 'decide'): number => checkInMemory({ 'a.py': 'worse()\n' }, { rules: [rule], trading }, syntax).get('a.py')?.findings.length ?? -1;
  expect(found('assume')).toBe(1);
  expect(found('decide')).toBe(0);
});

describe('marks', () => {
  test('property: what was marked is what the span holds', () => {
    const part = fc.stringMatching(/^[a-z \n]{0,6}$/);
    const filled = fc.stringMatching(/^[a-z \n]{1,6}$/);
    fc.assert(fc.property(fc.array(fc.tuple(part, filled), { maxLength: 6 }), (pairs) => {
      const { text, spans } = unmark(pairs.map(([plain, marked]) => `${plain}«${marked}»`).join(''));
      expect(text).toBe(pairs.flat().join(''));
      expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(pairs.map(([, marked]) => marked));
    }));
  });

  test('nested ones come from the outside in; lonely ones are refused', () => {
    expect(unmark('«a«b»»').spans).toEqual([{ start: 0, end: 2 }, { start: 1, end: 2 }]);
    expect(() => unmark('a»')).toThrow('» without «');
    expect(() => unmark('«a')).toThrow('« without »');
  });
});

describe('annotated fixtures', () => {
  const problems = (text: string): readonly string[] => annotationProblems({ 'a.py': text }, [badCalls], syntax).get('a.py') ?? [];

  test('annotations speak of the next line that is none', () => {
    expect(annotationsOf('# ruleid: TST001, APX004\n# ok: SEC001\nx\n  // ok: TST001\ny\n; ruleid: A\nz')).toEqual([
      { rule: 'TST001', fires: true, line: 3 }, { rule: 'APX004', fires: true, line: 3 }, { rule: 'SEC001', fires: false, line: 3 },
      { rule: 'TST001', fires: false, line: 5 }, { rule: 'A', fires: true, line: 7 },
    ]);
  });

  test('everything found is annotated and everything annotated is found', () => {
    expect(problems('# ruleid: TST001\nworse()\n# ok: TST001\ngood()\n# ruleid: APX004\nx = 1\n')).toEqual([]);
    expect(problems('worse()\n')).toEqual(['TST001 1: found, not annotated']);
    expect(problems('# ok: TST001\nworse()\n')).toEqual(['TST001 2: found, not annotated']);
    expect(problems('# ruleid: TST001\ngood()\n')).toEqual(['TST001 2: annotated, not found']);
  });
});

describe('mutants', () => {
  const FOREIGN = {
    'a.py': '"""Doc."""\nfrom __future__ import annotations\nimport os\n\n\n@decorated\ndef f(x):\n    """Doc."""\n    if x:\n        return os.getcwd()\n    y = (1 +\n         2)\n    return y\n\n\nclass A:\n    def g(self):\n\n        return 1\n',
    'b.py': 'x = 1\r\nif x:\r\n    print(x)\r\n',
  };
  const SNIPPETS: readonly Snippet[] = [
    { name: 'module', where: 'module', code: 'if True:\n    «worse()»\n', imports: 'import sys' },
    { name: 'function', where: 'function', code: 'x = «worse(\n    1)»\n«bad()»' },
    { name: 'twin', where: 'function', code: 'good()' },
    { name: 'method', where: 'function', code: '«worse()»', into: (fn) => fn.class !== undefined },
  ];

  test('property: the mutant parses, and the spans hold what was marked', () => {
    fc.assert(fc.property(fc.integer(), fc.constantFrom(...SNIPPETS), fc.constantFrom(...Object.values(FOREIGN)), (seed, snippet, text) => {
      const model = readSource('a.py', sourceOf(text), syntax, { budgetMs: 1_000 });
      const mutant = mutate(model, snippet, seededRandom(seed));
      if (mutant === undefined) { expect(snippet.where).toBe('function'); return; }
      const source = sourceOf(mutant.text);
      const plain = (part: string): string => part.replace(/\s+/g, ' ');
      expect(mutant.expected.map((span) => plain(slice(source, span)))).toEqual([...snippet.code.matchAll(/«([^»]*)»/g)].map((match) => plain(match[1] as string)));
      const after = readSource('a.py', source, syntax, { budgetMs: 1_000 });
      expect(after.errors).toEqual([]);
      expect(after.imports[0]?.module).toBe(model.imports[0]?.module === '__future__' ? '__future__' : snippet.imports === undefined ? model.imports[0]?.module : 'sys');
      if (text.includes('\r\n')) { expect(mutant.text).not.toMatch(/[^\r]\n/); }
    }), { numRuns: runs(300) });
  });

  test('the same seed makes the same mutants', () => {
    const draw = (seed: number): readonly number[] => { const random = seededRandom(seed); return [random(), random(), random()]; };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    for (const value of draw(9)) { expect(value >= 0 && value < 1).toBe(true); }
  });

  test('a rule that finds them passes, and one that does not is told', () => {
    const options = { seed: 11, count: 8 };
    const good = judgeMutants(badCalls, FOREIGN, SNIPPETS, options, syntax);
    expect(good.problems).toEqual([]);
    expect(good.made).toBeGreaterThan(20);
    const blind: Rule = { ...badCalls, create: () => ({}) };
    expect(judgeMutants(blind, FOREIGN, SNIPPETS, options, syntax).problems.length).toBeGreaterThan(10);
    const shifted: Rule = { ...badCalls, create: (context) => ({ call: (node) => { if (node.callee.kind === 'name' && ['worse', 'bad'].includes(node.callee.name)) { context.report({ at: node.callee, messageId: 'worse' }); } } }) };
    expect(judgeMutants(shifted, FOREIGN, SNIPPETS, options, syntax).problems.length).toBeGreaterThan(10);
  });
});
