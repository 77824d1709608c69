import { expect, test } from 'vitest';
import { problemOf } from '../../../src/server/config-problem.ts';

test.each([
  ['tickguard.json:3:5: unknown key "rulez".', { path: 'tickguard.json', line: 3, column: 5, message: 'unknown key "rulez".' }],
  ['sub/a b/tickguard.json:12:1: broken JSON.', { path: 'sub/a b/tickguard.json', line: 12, column: 1, message: 'broken JSON.' }],
  ['/desk/tickguard.json:2:1: broken JSON.', { path: 'tickguard.json', line: 2, column: 1, message: 'broken JSON.' }],
  ['.tickguard/baseline.json is not JSON. Mend it.', { path: 'tickguard.json', line: 1, column: 1, message: '.tickguard/baseline.json is not JSON. Mend it.' }],
])('%s', (sentence, problem) => {
  expect(problemOf('/desk', sentence)).toEqual(problem);
});
