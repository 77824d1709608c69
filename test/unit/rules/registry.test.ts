import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { engineRules, findRule, nearest, ruleNames } from '../../../src/core/rules/registry.ts';
import { defineRule } from '../../../src/core/rules/rule.ts';

const secrets = defineRule({
  id: 'SEC001', name: 'hardcoded-secret', guardian: 'security', languages: ['python'], severity: 'error', gate: 'commit', since: '0.1.0',
  scope: 'everywhere', cost: 'fast', summary: 'A key in code.', messages: {}, options: z.strictObject({}),
  detectors: ['binance-secret', 'private-key'], create: () => ({}),
});
const rules = [...engineRules, secrets];

describe('findRule', () => {
  test.each(['SEC001', 'sec001', 'hardcoded-secret', ' SEC001 '])('finds %s', (text) => {
    expect(findRule(rules, text)).toEqual({ rule: secrets });
  });

  test('finds a detector of its rule only', () => {
    expect(findRule(rules, 'SEC001/binance-secret')).toEqual({ rule: secrets, detector: 'binance-secret' });
    expect(findRule(rules, 'SEC001/kraken')).toBeUndefined();
    expect(findRule(rules, 'TKG001/binance-secret')).toBeUndefined();
    expect(findRule(rules, 'SEC001/private-key/x')).toBeUndefined();
  });

  test.each(['', 'SEC', 'SEC0011', '/'])('knows no rule %j', (text) => { expect(findRule(rules, text)).toBeUndefined(); });
});

describe('nearest', () => {
  test.each([
    ['SEC01', 'SEC001'], ['sce001', 'SEC001'], ['hardcoded-secrets', 'hardcoded-secret'], ['TKG01', 'TKG001'],
    ['SEC001/binance-secert', 'SEC001/binance-secret'],
  ])('%s is meant to be %s', (typed, meant) => { expect(nearest(typed, ruleNames(rules))).toBe(meant); });

  test.each(['', 'x', 'drawdown', 'QQQ999'])('%j is near nothing', (typed) => { expect(nearest(typed, ruleNames(rules))).toBeUndefined(); });
});

test('ids are unique and of one form', () => {
  const ids = rules.map((rule) => rule.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) { expect(id).toMatch(/^[A-Z]{3}\d{3}$/); }
});
