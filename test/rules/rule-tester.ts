/**
 * Tests of one rule: valid and invalid cases with exact ranges, through the real engine.
 *
 * ```ts
 * ruleTester(lateCutoff, {
 *   valid: ['flatten_at = time(16, 50)\n'],
 *   invalid: [{ code: 'flatten_at = «time(17, 30)»\n', findings: [{ messageId: 'late', severity: 'warning' }] }],
 * });
 * ```
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Rule } from '../../src/core/rules/rule.ts';
import { Syntax } from '../../src/core/source/source.ts';
import { asCase, caseProblems, nameOf, type RuleCases } from './cases.ts';
import { judgeInvalid, judgeValid } from './judge.ts';

/** Defines one test a case, and one that refuses cases that assert too little (see `cases.ts`). */
export function ruleTester(rule: Rule, cases: RuleCases): void {
  describe(`${rule.id} ${rule.name}`, () => {
    let syntax: Syntax;
    beforeAll(async () => { syntax = await Syntax.create(); });

    test('its cases are different, known to the tester, and assert enough', () => {
      expect(caseProblems(cases, Object.keys(rule.messages))).toEqual([]);
      expect(cases.valid.length).toBeGreaterThan(0);
      expect(cases.invalid.length).toBeGreaterThan(0);
    });

    test('every message is asserted by some case', () => {
      const asserted = new Set(cases.invalid.flatMap((one) => one.findings.map((finding) => finding.messageId)));
      expect(Object.keys(rule.messages).filter((id) => !asserted.has(id))).toEqual([]);
    });

    describe('silent', () => {
      for (const one of cases.valid.map(asCase)) {
        test(nameOf(one), () => { expect(judgeValid(rule, one, syntax)).toEqual([]); });
      }
    });

    describe('fires', () => {
      for (const one of cases.invalid) {
        test(nameOf(one), () => { expect(judgeInvalid(rule, one, syntax)).toEqual([]); });
      }
    });
  });
}
