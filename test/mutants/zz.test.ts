import { test } from 'vitest';
import { Syntax } from '../../src/core/source/source.ts';
import { RULES } from './session.ts';
import { checkInMemory } from '../rules/memory.ts';
import { APEX } from '../rules/apx-samples.ts';
import { readFileSync, existsSync } from 'node:fs';
test('x', async () => {
  const syntax = await Syntax.create();
  const cases = JSON.parse(readFileSync('/tmp/mutq/cases.json', 'utf8'));
  for (const [name, files] of Object.entries(cases)) {
    const out = checkInMemory(files as any, { rules: RULES.filter((r) => !r.id.startsWith('TKG')), config: { accounts: [APEX], setting: () => ({ options: undefined }) }, trading: 'decide' }, syntax);
    console.log(name, [...out].flatMap(([f, o]) => o.findings.map(({ finding: x }) => `${f} ${x.rule} ${x.range.line}:${x.range.column}-${x.range.endLine}:${x.range.endColumn} ${x.message.slice(0, 80)}`)));
  }
});
