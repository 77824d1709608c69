/** What the history's cheap look lets pass: every value that the judge would call a credential, in code and in settings. */
import { expect, test } from 'vitest';
import { sourceOf } from '../../../src/core/source/text.ts';
import { seeded } from '../../../src/guardians/security/detectors/random.ts';
import { DETECTORS, NAMED_DETECTORS } from '../../../src/guardians/security/detectors/table.ts';
import { isWorthReading } from '../../../src/guardians/security/history/fragment.ts';
import { judge } from '../../../src/guardians/security/scan/judge.ts';

const looked = (path: string, text: string): boolean => isWorthReading(path, true, { source: sourceOf(text), isNew: () => true });
const ROUNDS = 2;

test.each(NAMED_DETECTORS.map((row) => [row.name, row] as const))('%s', (_name, row) => {
  const random = seeded(7);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of row.variables) {
      const value = row.sample(random);
      if (judge({ name, around: name, value, span: { start: 0, end: value.length } }, 'normal') === undefined) { continue; }
      expect(looked('bot.py', `import os\n${name} = "${value}"\n`), name).toBe(true);
      expect(looked('bot.ts', `const desk = { ${name}: '${value}' };\n`), name).toBe(true);
      expect(looked('.env', `${name}=${value}\n`), name).toBe(true);
      expect(looked('conf.yaml', `desk:\n  ${name}: ${value}\n`), name).toBe(true);
    }
  }
});

test('a password under the names of one, and none under another', () => {
  const password = ['Tr4de', 'Falke', 'x9'].join('-');
  for (const name of ['password', 'db_password', 'mt5_pwd', 'smtpPass', 'DB_PASSWORD']) {
    expect(looked('a.py', `${name} = "${password}"\n`), name).toBe(true);
    expect(looked('a.py', `connect(${name}=\n    "${password}")\n`), name).toBe(true);
    expect(looked('a.yml', `${name}: ${password}\n`), name).toBe(true);
  }
  expect(looked('a.py', `mt5.login(4711, "${password}", "Broker-Demo")\n`)).toBe(true);
  expect(looked('a.py', `title = "${password}"\n`)).toBe(false);
  expect(looked('a.py', 'assert rv.headers["Content-Type"] == "text/html"\nbypass = "Location"\n')).toBe(false);
  expect(looked('a.yaml', 'rev: 9ff2b2e0a7c14d85b3e6f1029384756abcdef012\n')).toBe(false);
});

test('there is more than one kind', () => { expect(DETECTORS.length).toBeGreaterThan(NAMED_DETECTORS.length); });
