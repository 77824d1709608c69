/** What the history's cheap look lets pass: every value that the judge would call a credential, in code and in settings. */
import { expect, test } from 'vitest';
import { sourceOf } from '../../../src/core/source/text.ts';
import { lengthsOf, oneOf, run } from '../../../src/guardians/security/detectors/format.ts';
import { HEX, seeded } from '../../../src/guardians/security/detectors/random.ts';
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

test('a value goes by the key of its own line, a far one where it has none', () => {
  const password = ['Tr4de', 'Falke', 'x9'].join('-');
  const random = DETECTORS.find(({ name }) => name === 'binance-api-secret')?.sample(seeded(3)) ?? '';
  expect(looked('a.yaml', `token: none\nuses: actions/checkout@${'9ff2b2e0a7c14d85b3e6f1029384756abcdef012'}\n`)).toBe(false);
  expect(looked('a.yaml', `password:\n  value: ${password}\n`)).toBe(true);
  expect(looked('a.yaml', `passwords:\n  - ${password}\n`)).toBe(true);
  expect(looked('a.yaml', `- name: API_SECRET\n  label: a\n  kind: b\n  team: c\n  place: d\n  value: ${random}\n`)).toBe(true);
  expect(looked('a.json', `{"binance": {"a": 1,\n"b": 2,\n"c": 3,\n"d": 4,\n"key": "${random}"}}\n`)).toBe(true);
  expect(looked('a.py', `API_SECRETS = [\n    1,\n    2,\n    3,\n    4,\n    "${random}",\n]\n`)).toBe(true);
  expect(looked('a.py', 'class User:\n    pass\n\ndef hello():\n    return "hello"\n')).toBe(false);
});

test('escapes are read, and what is only near is no value', () => {
  const key = DETECTORS.find(({ name }) => name === 'binance-api-secret')?.sample(seeded(3)) ?? '';
  const escaped = ['Tr4', '\\u{64}', 'e-Falke'].join('');
  expect(looked('a.ts', `const password =\n  "${escaped}";\n`)).toBe(true);
  expect(looked('a.ts', 'const key = { source: "[a-zA-Z_]\\\\w*" };\n')).toBe(false);
  // A call takes keys by place under its own name only.
  const password = ['Tr4de', 'Falke', 'x9'].join('-');
  expect(looked('a.py', `requests.get(url, auth=HTTPBasicAuth("desk", "${password}"))\n`)).toBe(true);
  expect(looked('a.ts', `makeClient("${password}");\n`)).toBe(false);
  // Far from a name: a key is one in a text, or alone on its line in a text of several lines; a name of the program is none.
  const far = (line: string): string => `const API_SECRETS = [\n  1,\n  2,\n  3,\n  4,\n${line}\n];\n`;
  expect(looked('a.ts', far(`  "${key}",`))).toBe(true);
  expect(looked('a.ts', far(`  ${key}`))).toBe(true);
  expect(looked('a.ts', far('  toBase32Unmapper64Text(1),'))).toBe(false);
  expect(looked('a.json', '{"tokens": {\n"a": 1,\n"b": 2,\n"c": 3,\n"d": 4,\n"vnd.d2l.coursepackage1p0x": {}}}\n')).toBe(false);
});

test('nothing is judged by its name among hashes and translations', () => {
  const password = ['Tr4de', 'Falke', 'x9'].join('-');
  for (const path of ['package-lock.json', 'poetry.lock', 'src/locales/de.json']) { expect(looked(path, `{"password": "${password}"}\n`), path).toBe(false); }
});

test('no value is longer or shorter than its row says', () => {
  for (const row of NAMED_DETECTORS) {
    const random = seeded(11);
    const lengths = Array.from({ length: 40 }, () => row.sample(random).length);
    expect(Math.min(...lengths), row.name).toBeGreaterThanOrEqual(row.lengths.min);
    expect(Math.max(...lengths), row.name).toBeLessThanOrEqual(row.lengths.max);
  }
  expect(lengthsOf([['ab', run(HEX, 3, 9), oneOf('x', 'yyy')], [run(HEX, 5)]])).toEqual({ min: 5, max: 14 });
});

test('lines that a patch does not touch count where a new one can mean them', () => {
  const password = ['Tr4de', 'Falke', 'x9'].join('-');
  const at = (path: string, text: string, added: number): boolean => isWorthReading(path, false, { source: sourceOf(text), isNew: (index) => index === added });
  const old = `password = "${password}"\na = 1\nb = 2\nc = 3\n`;
  expect(at('a.py', old, 3)).toBe(false);
  expect(at('a.py', old, 0)).toBe(true);
  // A new name above an old value, a new user beside an old word.
  expect(at('a.py', `connect(password=\n    "${password}")\n`, 0)).toBe(true);
  expect(at('a.py', `a = 1\nlogin = "desk"\nb = 2\npassword = "sparrow"\n`, 1)).toBe(true);
});

test('there is more than one kind', () => { expect(DETECTORS.length).toBeGreaterThan(NAMED_DETECTORS.length); });
