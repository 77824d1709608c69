/** Rules that take a look at the text first: what they are sure about is not read as a program, and they find what a whole check finds. */
import { expect, test } from 'vitest';
import { createEngine } from '../../../src/engine.ts';
import { sampleSecret } from '../../../src/guardians/security/detectors/table.ts';
import { folderWith } from '../../support/cli.ts';
import { checkFolder } from './cached.ts';

const KEY = sampleSecret('binance-api-secret', 3);
const ENGINE_RULES = createEngine().rules.filter(({ guardian }) => guardian === 'engine').map(({ id }) => id);

/** Findings of SEC001 and of the engine with their places, files, and how many were parsed. */
async function checked(root: string, ...only: readonly string[]): Promise<{ readonly found: readonly string[]; readonly files: number; readonly parses: number }> {
  const { result, parses } = await checkFolder(root, { cache: false, ...(only.length === 0 ? {} : { more: { only: [...only, ...ENGINE_RULES] } }) });
  const found = result.findings.map(({ finding, suppressed }) => `${finding.rule} ${finding.file}:${finding.range.line}:${finding.range.column}${suppressed === undefined ? '' : ' silenced'}`);
  return { found: found.filter((line) => /^(?:SEC001|TKG)/.test(line)), files: result.files, parses };
}

test('three files of five are not parsed, and the findings are those of a whole check', async () => {
  const root = folderWith({
    'plain.py': 'def total(rows):\n    return sum(rows)\n', 'page.ts': 'export const page = (name: string) => name;\n', 'words.py': 'password = getpass()\n',
    'bot.py': `class Bot:\n    def connect(self):\n        return Client(api_secret="${KEY}", name="binance")\n`,
    'meant.py': `BINANCE_API_SECRET = "${KEY}"  # tickguard: ignore[SEC001] a key of the testnet\n`,
  });
  const alone = await checked(root, 'SEC001');
  const whole = await checked(root);
  expect(alone.found).toEqual(whole.found);
  expect(alone.found).toEqual([expect.stringMatching(/^SEC001 bot\.py:3:/), expect.stringMatching(/^SEC001 meant\.py:1:\d+ silenced$/)]);
  expect([alone.files, alone.parses, whole.parses]).toEqual([5, 2, 5]);
});

test('a detector of the desk, a comment that is wrong, and a second rule have a file read as ever', async () => {
  const acme = { name: 'acme-key', title: 'Acme key', keywords: ['acme_'], pattern: 'acme_[a-z]{8}', examples: ['acme_tkwpzrmu'], nearMisses: ['acme_x'] };
  const root = folderWith({ 'tickguard.json': JSON.stringify({ detectors: [acme], exclude: ['tickguard.json'] }), 'a.py': 'send("acme_wmrkzuip")\n', 'b.py': 'x = 1  # tickguard: ignore[SEC901] why\n', 'c.py': 'y = 2\n' });
  const alone = await checked(root, 'SEC001');
  expect(alone.found).toEqual((await checked(root)).found);
  expect(alone.found).toEqual([expect.stringMatching(/^SEC001 a\.py:1:/), expect.stringMatching(/^TKG003 b\.py:1:/)]);
  expect(alone.parses).toBe(2);
  expect((await checked(root, 'SEC001', 'PRF004')).parses).toBe(3);
});
