/** What SEC001 keeps silent about, each beside the neighbour it must report: a silence that grows too broad fails here. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { BASE62, BASE64, mixed, seeded } from '../../src/guardians/security/detectors/random.ts';
import { sampleSecret } from '../../src/guardians/security/detectors/table.ts';
import { found, hitsIn } from './secrets.ts';

const seeds = Array.from({ length: 40 }, (_, index) => index + 1);

interface Pair {
  readonly why: string;
  readonly silent: (value: string) => string;
  readonly told: (value: string) => string;
  readonly path?: string;
  /** Where the neighbour stands, if not in the same file. */
  readonly toldIn?: string;
  /** Default: a token. */
  readonly detector?: 'generic-token' | 'generic-password' | 'generic-secret';
  /** What the neighbour is told as, if its shape says more than the sample's. */
  readonly as?: string;
}

const PAIRS: readonly Pair[] = [
  { why: 'a list of texts is no pair', silent: (v) => `files = ["conf", "api_key", "${v}", "htaccess"]`, told: (v) => `headers = [("api_key", "${v}")]` },
  { why: 'a name in the middle of a list', silent: (v) => `["conf", "api_key", "${v}"]`, told: (v) => `["api_key", "${v}"]` },
  { why: 'two texts of a choice', silent: (v) => `kind = ok ? 'api_key' : '${v}'`, told: (v) => `kind = { 'api_key' : '${v}' }`, path: 'bot.ts' },
  { why: 'what stands between two texts', silent: (v) => `{label:"Passphrase:",${v.replace(/[^A-Za-z0-9]/g, '')}:"x"}`, told: (v) => `{label:"x",passphrase:"${v}",required:""}`, detector: 'generic-password' },
  { why: 'the rules of a form', silent: () => 'password = "required|string|min:6|confirmed"', told: (v) => `password = "${v}|${v}"`, detector: 'generic-password' },
  { why: 'a value that says what it is', silent: (v) => `api_key = "${v.slice(0, 12)}Secret${v.slice(12, 24)}"`, told: (v) => `api_key = "${v}"` },
  { why: 'the stock word a variable falls back to', silent: () => 'POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-devpassword}', told: (v) => `POSTGRES_PASSWORD: \${POSTGRES_PASSWORD:-${v}}`, path: 'compose.yaml', detector: 'generic-password' },
  { why: 'the database’s name a variable falls back to', silent: () => 'DB_PASS="${DB_PASSWORD:-postgres}"', told: (v) => `DB_PASS="\${DB_PASSWORD:-${v}}"`, path: 'run.sh', detector: 'generic-password' },
  { why: 'what a variable is asked for', silent: () => 'echo ${DB_PASSWORD:?set-it-to-1-of-yours}', told: (v) => `echo \${DB_PASSWORD:=${v}}`, path: 'run.sh', detector: 'generic-password' },
  { why: 'the digest of nothing', silent: () => `api_key = "${['e3b0c44298fc', '1c149afbf4c8996']. join('')}"`, told: (v) => `api_key = "${v}"` },
  { why: 'a stock word behind percent signs', silent: () => 'url = "redis://worker:p%40ss%2Fword@redis.example.com:6380/4"', told: (v) => `url = "redis://worker:p%40${v}@redis.prod.io:6380/4"`, detector: 'connection-string' as never },
  { why: 'where a page keeps its field', silent: () => `fields = { "pass": 'input[name="password"]' }`, told: (v) => `fields = { "pass": '${v}' }`, path: 'login.py', detector: 'generic-password' },
  { why: 'a pattern that reads addresses', silent: () => 'm = re.match(r"http://([^:]+):([^@]+)@([^:]+):(\\d+)", url)', told: (v) => `url = "postgres://trader:${v}@db.prod.io/ticks"`, path: 'proxy.py', detector: 'connection-string' as never },
  { why: 'a stock word with “my” before it', silent: () => 'password = "MyPassw0rd!"', told: (v) => `password = "${v}"`, detector: 'generic-password' },
  { why: 'what a web page hands to Firebase', silent: (v) => `const app = {\n  apiKey: "AIza${v.slice(0, 3)}9x${mixed(seeded(v.length), BASE62, 30)}",\n  authDomain: "desk.firebaseapp.com",\n  messagingSenderId: "1"\n};`, told: (v) => `const maps = {\n  apiKey: "AIza${v.slice(0, 3)}9x${mixed(seeded(v.length), BASE62, 30)}",\n  zone: "eu" };`, path: 'app.ts', as: 'google-api-key' },
  { why: 'a stock password in words', silent: () => "const newPassword = 'NewSecurePass123!';\nconst storedPassword = 'OldPass123!';\n", told: (v) => `const newPassword = '${v}';`, path: 'auth.ts', detector: 'generic-password' },
  { why: 'what an editor of lines writes', silent: () => 'sed -i "s|POSTGRES_PASSWORD=.*|POSTGRES_PASSWORD=$DB_PASSWORD|" "$ENV_FILE"\n', told: (v) => `POSTGRES_PASSWORD="${v}"\n`, path: 'setup.sh', detector: 'generic-password' },
  { why: 'a key that says “your”', silent: () => 'WALLET_PRIVATE_KEY=0xYourPrivateKey', told: (v) => `WALLET_PRIVATE_KEY=${v}`, detector: 'generic-secret' },
  { why: 'a word in colour', silent: () => 'PASS = "\\033[92mPASS\\033[0m"', told: (v) => `PASS = "${v}"`, path: 'run.py', detector: 'generic-password' },
  { why: 'what stands here, in a description', silent: () => 'def send(password):\n    """Args:\n        password: SMTP-Passwort.\n    """\n', told: (v) => `# password: "${v}"\n`, path: 'mail.py', detector: 'generic-password' },
  { why: 'the address of a badge', silent: () => '[![codecov](https://codecov.io/gh/desk/bot/badge.svg?token=AD5BG3ATKI)](https://codecov.io/gh/desk/bot)', told: (v) => `curl https://feed.desk.io/live?token=${v}\n`, path: 'run.sh' },
  { why: 'a piece of a picture', silent: (v) => `x = "data:font/woff;base64,${'d09GMgABAAAAABk/'.repeat(6)}/EAA${v.repeat(4).slice(0, 120)}/${'AAoAAAAAQlQAAEf+'.repeat(6)}"`, told: (v) => `token = "EAA${v.repeat(4).slice(0, 120)}"`, path: 'view.py', as: 'facebook-access-token' },
  { why: 'a sentence in a comment', silent: () => '# Everything a clean clone has to pass: install, every tier.\n', told: (v) => `# for the mail server, pass: ${v}\n`, path: 'run.sh', detector: 'generic-password' },
  { why: 'a gate that is passed', silent: () => 'me_gate_pass: bounded_0_1\nlow_pass: butterworth_4\n', told: (v) => `me_gate_pass: bounded_0_1\nmail_pass: ${v}\n`, path: 'features.yaml', detector: 'generic-password' },
  ...['package-lock.json', 'a/poetry.lock', 'go.sum', 'dist/checksums.txt', 'sha256-checksum', 'locales/de.json', 'src/i18n/login.txt', 'web/translations/a.txt'].map((path): Pair => (
    { why: `names in ${path}`, path, silent: (v) => `"token": "${v}"`, told: (v) => `"token": "${v}"`, toldIn: 'config.json' }
  )),
  // Names that only look like those of lock files and translations.
  ...['locks.json', 'blocks.txt', 'src/lock/a.txt', 'my-package-lock.json.py', 'checksum_tool.py', 'language/a.txt', 'i18n.txt', 'locale.json', 'go.sum.bak'].map((path): Pair => (
    { why: `names in ${path} are judged`, path: 'yarn.lock', silent: (v) => `"token": "${v}"`, told: (v) => `"token": "${v}"`, toldIn: path }
  )),
];

describe.each(PAIRS)('$why', ({ silent, told, path = 'notes.cfg', toldIn = path, detector = 'generic-token', as = detector }) => {
  test('is silent, and its neighbour is not', () => {
    for (const seed of seeds) {
      const value = sampleSecret(detector, seed);
      expect(found(silent(value), path), `seed ${seed}`).toEqual([]);
      expect(found(told(value), toldIn).map(([name]) => name), `seed ${seed}`).toEqual([as]);
    }
  });
});

describe('a key in PEM form whose letters are scrambled', () => {
  // Random bytes: no structure behind the marks. Put together here, so that nobody takes this file for a leak.
  const pem = (body: string): string => ['-----BEGIN ', 'PRIVATE KEY-----\n', body.replace(/(.{64})/g, '$1\n'), '\n-----END ', 'PRIVATE KEY-----'].join('');
  const scrambled = (seed: number): string => pem(`x${mixed(seeded(seed), BASE64, 159)}`);
  const real = (): string => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim();

  test('is silent in tests and documents, and told in code', () => {
    for (const seed of seeds) {
      expect(found(scrambled(seed), 'tests/test_keys.txt', true)).toEqual([]);
      expect(found(scrambled(seed)).map(([name]) => name)).toEqual(['private-key']);
    }
  });

  test('one that decodes to a key is told in tests too', () => {
    expect(found(real(), 'tests/test_keys.txt', true).map(([name]) => name)).toEqual(['private-key']);
  });

  test('one that says it is encrypted is told in tests too', () => {
    const encrypted = scrambled(1).replaceAll('PRIVATE KEY', 'ENCRYPTED PRIVATE KEY');
    expect(found(encrypted, 'tests/test_keys.txt', true).map(([name]) => name)).toEqual(['encrypted-private-key']);
  });
});

describe('a web token', () => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = (payload: unknown, seed: number): string => [part({ alg: 'HS256', typ: 'JWT' }), part(payload), mixed(seeded(seed), BASE62, 43)].join('.');
  const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 1_000;

  test.each([
    ['ran out the second before the day', { exp: day('2026-11-22') - 1 }, false],
    ['runs out as the day begins', { exp: day('2026-11-22') }, true],
    ['says when it was made, not when it ends', { iat: day('2020-01-01') }, true],
    ['is of another John', { name: 'John Smith' }, true],
    ['is the one of the manual', { name: 'John Doe' }, false],
  ])('that %s', (_, payload, told) => {
    for (const seed of seeds) { expect(hitsIn(`access_token = "${token(payload, seed)}"`).length, `seed ${seed}`).toBe(told ? 1 : 0); }
  });
});
