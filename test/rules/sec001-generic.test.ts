import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { BASE62, BASE64, HEX, LOWER, UPPER, DIGITS, base64Bytes, chars, mixed, seeded, uuid } from '../../src/guardians/security/detectors/random.ts';
import { fillSamples, sampleSecret } from '../../src/guardians/security/detectors/table.ts';
import { found, hitsIn } from './secrets.ts';

const SAMPLES = 250;
const seeds = Array.from({ length: SAMPLES }, (_, i) => i + 1);

describe('names that promise a secret', () => {
  test.each([
    ['password', 'generic-password'], ['DB_PASSWORD', 'generic-password'], ['smtpPass', 'generic-password'], ['MT5_INVESTOR_PASSWORD', 'generic-password'],
    ['okx_passphrase', 'generic-password'], ['TWSPASSWORD', 'generic-password'], ['IbPassword', 'generic-password'],
    ['api_key', 'generic-token'], ['apiKey', 'generic-token'], ['X-API-KEY', 'generic-token'], ['access_token', 'generic-token'], ['alpaca_key', 'generic-token'],
    ['twelvedata_key', 'generic-token'], ['auth.token', 'generic-token'],
    ['client_secret', 'generic-secret'], ['SECRET_KEY', 'generic-secret'], ['apiSecret', 'generic-secret'], ['signing_key', 'generic-secret'],
  ] as const)('%s is reported as %s', (name, detector) => {
    for (const seed of seeds) {
      const value = sampleSecret(detector, seed);
      expect(found(`${name} = "${value}"`), `seed ${seed}`).toEqual([[detector, value]]);
      expect(found(`${name}=${value}`), `bare, seed ${seed}`).toEqual([[detector, value]]);
    }
  });

  test.each([['API Key', 'generic-token'], ['Secret Key', 'generic-secret'], ['private key', 'generic-secret']] as const)('%s in a comment is reported as %s', (name, detector) => {
    for (const seed of seeds.slice(0, 50)) {
      const value = sampleSecret(detector, seed);
      expect(found(`x = 1\n# ${name}: ${value}\n`, 'config.py'), `seed ${seed}`).toEqual([[detector, value]]);
      expect(found(`x = 1\n# Public Key: ${value}\n# Foreign Key: ${value}\n# Key: ${value}\n`, 'config.py'), `seed ${seed}`).toEqual([]);
    }
  });

  test.each([
    'public_key', 'primary_key', 'partition_key', 'cache_key', 'idempotency_key', 'keyboard_shortcut', 'monkey', 'token_id', 'token_address',
    'password_hash', 'hashed_secret', 'secret_name', 'api_key_env', 'password_field', 'key_path', 'client_order_id', 'next_page_token', 'csrf_token',
    'commit', 'etag', 'symbol', 'sort_key', 'translation_key', 'token_count', 'secret_arn', 'x',
  ])('%s is not', (name) => {
    for (const seed of seeds) {
      expect(found(`${name} = "${sampleSecret('generic-token', seed)}"`), `seed ${seed}`).toEqual([]);
    }
  });
});

describe('values that are no secret', () => {
  const random = seeded(11);
  const cases: readonly (readonly [string, string])[] = [
    ['empty', ''], ['placeholder', 'YOUR_API_KEY'], ['placeholder', 'changeme'], ['placeholder', 'your-api-key-here'], ['masked', 'x'.repeat(32)],
    ['masked', '*'.repeat(20)], ['angle brackets', '<token>'], ['template', '${API_KEY}'], ['template', '{{ api_key }}'], ['percent', '%(api_key)s'],
    ['dots', `${chars(random, BASE62, 6)}...`], ['alphabet', 'abcdefghijklmnopqrstuvwxyz123456'], ['counting', '1234567890123456'],
    ['look-up', 'os.environ["API_KEY"]'], ['look-up', 'process.env.API_KEY'], ['SHA-1', chars(random, HEX, 40)], ['SHA-256', chars(random, HEX, 64)],
    ['prefixed hash', `sha256:${chars(random, HEX, 64)}`], ['image digest', `nginx@sha256:${chars(random, HEX, 64)}`], ['integrity', `sha512-${base64Bytes(random, 64)}`],
    ['UUID', uuid(random)], ['address', `0x${chars(random, HEX, 40)}`], ['transaction', `0x${chars(random, HEX, 64)}`],
    ['path', '/etc/tickguard/live.key'], ['path', './keys/trader.pem'], ['file', 'credentials.json'], ['address', 'https://api.broker.io/v1/token'],
    ['ARN', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:live'], ['public key', `ssh-ed25519 ${base64Bytes(random, 51)}`],
    ['bcrypt', `$2b$12$${chars(random, BASE62, 53)}`], ['identifier', 'refresh_token_rotation'], ['words', 'trader-desk-new-york-main'],
    ['test name', 'test_binance_api_key_1234'], ['sentence', 'The token you got by mail'], ['translated', 'Passwort vergessen?'], ['boolean', 'true'], ['number', '20260310'],
    ['licence groups', 'ABCD1-EFGH2-JKLM3-NPQR4'], ['asset', `data:image/png;base64,${base64Bytes(random, 90)}`], ['base 64', base64Bytes(random, 64)],
  ];
  test.each(cases)('%s: %s', (_why, value) => {
    for (const name of ['api_key', 'token', 'secret', 'API_TOKEN']) {
      expect(found(`${name} = "${value}"`)).toEqual([]);
      expect(found(`"${name}": "${value}"`)).toEqual([]);
    }
  });

  test('a web token whose payload is the one of the manual', () => {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const seed of seeds) {
      const token = [part({ alg: 'HS256', typ: 'JWT' }), part({ sub: '1234567890', name: 'John Doe', iat: 1_516_239_022 }), chars(seeded(seed), BASE62, 43)].join('.');
      expect(found(`token = "${token}"`)).toEqual([]);
    }
  });

  test('a web token that ran out before the day of the check', () => {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = (claims: object): string => [part({ alg: 'HS256', typ: 'JWT' }), part({ user: 'desk', ...claims }), chars(seeded(7), BASE62, 43)].join('.');
    const [old, fresh, endless] = [token({ exp: 1_589_120_581 }), token({ exp: 4_102_444_800 }), token({})];
    expect(found(`access_token = "${old}"`)).toEqual([]);
    expect(found(`access_token = "${fresh}"`)).toEqual([['json-web-token', fresh]]);
    expect(found(`access_token = "${endless}"`)).toEqual([['json-web-token', endless]]);
  });

  test('the pair in the documentation of Binance, and the first account of a development chain', () => {
    const key = ['vmPUZE6mv9SD5VNHk4Hl', 'WFsOr6aKE2zvsw0MuIgw', 'CIPy6utIco14y7Ju91du', 'Eh8A'].join('');
    const secret = ['NhqPtmdSJYdKjVHjA7PZ', 'j4Mge3R5YNiP1e3UZjIn', 'ClVN65XAbvqqM6A7H5fA', 'Tj0j'].join('');
    const account = ['0xac0974bec39a17e36ba4', 'a6b4d238ff944bacb478cb', 'ed5efcae784d7bf4f2ff80'].join('');
    expect(found(`BINANCE_API_KEY=${key}\nBINANCE_API_SECRET=${secret}\napi_secret=${secret}\nwallet_private_key=${account}\n`)).toEqual([]);
  });

  test.each([
    'password', 'test', 'secret', 'db_password', 'user-password', 'changeme123', 'admin', 'postgres', 'enter password', 'trader', '12345678',
  ])('the password "%s"', (value) => {
    expect(found(`password = "${value}"`)).toEqual([]);
  });
});

describe('weak passwords are a guess, whose name alone speaks for them', () => {
  test.each(['Welcome1', 'P4ssw0rd', 'Password123', 'hunter22', 'liang123', 'Oradoc_db1'])('%s', (value) => {
    const [hit, ...rest] = hitsIn(`db_password = "${value}"`, 'setup.py', true);
    expect(rest).toEqual([]);
    expect(hit).toMatchObject({ detector: 'generic-password', confidence: 'low' });
  });
  test('a plain word counts beside a user only', () => {
    expect(found('login(username="sakuya", password="izayoi")')).toEqual([['generic-password', 'izayoi']]);
    expect(found('fields(password="izayoi")')).toEqual([]);
  });
});

describe('passwords people choose', () => {
  test.each(['Falcon', 'harbor', 'Nimbus'])('%s with a mark and digits', (word) => {
    for (const seed of seeds) {
      const random = seeded(seed);
      const value = `${word}${'!$%&*#'[seed % 6]}${chars(random, DIGITS, 4)}`;
      expect(found(`mt5_password = "${value}"`)).toEqual([['generic-password', value]]);
    }
  });
  test('in a test a word and digits are a guess', () => {
    expect(hitsIn('password = "falcon1970"', 'tests/test_login.py', true).map(({ confidence }) => confidence)).toEqual(['low']);
    expect(hitsIn('password = "falcon1970"', 'login.py').map(({ confidence }) => confidence)).toEqual(['medium']);
    const strong = `${chars(seeded(4), UPPER, 3)}${chars(seeded(5), LOWER, 4)}!${chars(seeded(6), DIGITS, 4)}`;
    expect(found(`password = "${strong}"`, 'tests/test_login.txt', true)).toEqual([['generic-password', strong]]);
  });
  test('an app password of a mail provider has spaces', () => {
    const value = ['crkq', 'htzx', 'wvks', 'kvpd'].join(' ');
    expect(found(`smtp_password = "${value}"`)).toEqual([['generic-password', value]]);
  });
});

describe('a value in its text', () => {
  const value = sampleSecret('generic-token', 5);
  test.each<[string, (v: string) => string, string?]>([
    ['behind an export', (v) => `export API_KEY="${v}"`],
    ['TypeScript with a type', (v) => `const apiKey: string = '${v}';`, 'bot.ts'],
    ['Rust', (v) => `const API_KEY: &str = "${v}";`, 'bot.rs'],
    ['Go', (v) => `apiKey := "${v}"`, 'bot.go'],
    ['MQL input', (v) => `input string InpApiKey = "${v}"; // key`, 'ea.mq5'],
    ['MQL define', (v) => `#define API_KEY "${v}"`, 'ea.mqh'],
    ['Dockerfile', (v) => `FROM python\nENV API_KEY ${v}\nRUN true`, 'Dockerfile'],
    ['flag', (v) => `bot --api-key ${v} --live`],
    ['header call', (v) => `req.headers.set("X-API-KEY", "${v}")`, 'bot.ts'],
    ['look-up default', (v) => `const k = process.env.API_KEY ?? '${v}'`, 'bot.ts'],
    ['look-up call', (v) => `getenv("API_KEY", "${v}")`, 'bot.rb'],
    ['query', (v) => `wss://feed.host.io/live?api_key=${v}&sub=ES`],
    ['bearer', (v) => `curl -H "Authorization: Bearer ${v}" https://api.host.io`],
    ['comment in code', (v) => `// api_key = ${v}\n`, 'bot.ts'],
    ['notebook source', (v) => `    "api_key = \\"${v}\\"\\n",`, 'a.ipynb'],
    ['log line', (v) => `2026-03-04 INFO api_key=${v} env=live`, 'run.log'],
    ['ini', (v) => `[feed]\r\napi_key = ${v}\r\n`, 'feed.ini'],
  ])('%s', (_where: string, line: (v: string) => string, path?: string) => {
    const text = line(value);
    const [hit, ...rest] = hitsIn(text, path ?? 'notes.cfg');
    expect(rest).toEqual([]);
    expect(hit).toMatchObject({ detector: 'generic-token', span: { start: text.indexOf(value), end: text.indexOf(value) + value.length } });
  });

  test('an expression in code is no value', () => {
    for (const text of ['const apiKey = loadSecret8xKq2Zt();', 'api_key = config9aB.apiKey4Zq;', 'token := tokens[i8Kq2Zt9x]', 'password: string;']) {
      expect(found(text, 'bot.ts')).toEqual([]);
    }
  });
  test('prose about keys is no key', () => {
    for (const text of ['Not a pass: `trailR_k40_t000` retains more.', 'password : Optional[str]', 'password = getpass.getpass("Password: ")', 'a set pass `x9K2=True` to it']) {
      expect(found(text, 'notes.md'), text).toEqual([]);
    }
  });
  test('an escaped quote does not end a value', () => {
    const value = 'Falcn\\"Q!4711';
    expect(found(`const password = "${value}";`, 'bot.ts')).toEqual([['generic-password', value]]);
  });
  test('lock files and translations are not judged by names', () => {
    for (const path of ['package-lock.json', 'poetry.lock', 'go.sum', 'locales/de.json', 'i18n/login.txt']) {
      expect(found(`"token": "${value}"`, path)).toEqual([]);
    }
    const aws = sampleSecret('aws-access-key-id', 2);
    expect(found(`"x": "${aws}"`, 'poetry.lock')).toEqual([['aws-access-key-id', aws]]);
  });
});

describe('connection strings', () => {
  test.each(['postgresql', 'mysql', 'mongodb+srv', 'amqp', 'https'])('%s: the password, and only it', (scheme) => {
    for (const seed of seeds) {
      const password = mixed(seeded(seed), BASE62, 14);
      const text = `DSN = "${scheme}://trader:${password}@10.0.0.7:5432/ticks"`;
      expect(found(text)).toEqual([['connection-string', password]]);
    }
  });
  test('redis without a user', () => {
    const password = mixed(seeded(9), BASE62, 18);
    expect(found(`redis://:${password}@cache.internal:6379/0`)).toEqual([['connection-string', password]]);
  });
  test.each([
    'redis://localhost:6379/0', 'postgres://localhost/ticks', 'postgres://user:password@localhost/db', 'postgres://postgres:postgres@db/app', 'postgres://desk4711x:desk4711x@db/app', 'http://evil:thing@example.com', 'mysql://trader:trader@localhost/ticks',
    'postgres://trader:${DB_PASSWORD}@db/app', 'mysql://root:<password>@db', 'https://api.host.io:8080/a@b', 'amqp://guest:guest@mq', 'postgres://trader:PASSWORD@db',
    'http://{user}:{password}@proxy:8080', 'https://host.io/path?x=a:b@c',
    'postgresql://nautilus:nautilus123@localhost:5432/ticks', 'postgresql://bot:bot_dev_only@timescaledb:5432/ticks', 'redis://:tradingdesk2024@redis:6379/0',
    'postgres://trader:marketdata99@host.docker.internal/ticks', 'postgres://trader:marketdata99@[::1]:5432/ticks',
  ])('%s is none', (text) => expect(found(text)).toEqual([]));
  test.each(['localhost:5432', 'timescaledb', '127.0.0.1', 'db:5432'])('at home (%s) a password that was drawn is still one', (host) => {
    for (const seed of seeds) {
      const password = `${mixed(seeded(seed), BASE62, 13)}7`;
      expect(found(`postgresql://trader:${password}@${host}/ticks`)).toEqual([['connection-string', password]]);
    }
  });
  test.each(['db.desk.io', '10.0.0.7', 'cache.internal'])('at %s a made-up password opens a server', (host) => {
    expect(found(`postgresql://nautilus:nautilus123@${host}:5432/ticks`)).toEqual([['connection-string', 'nautilus123']]);
  });
});

describe('seed phrases', () => {
  test('twelve words under a name that says so', () => {
    for (const seed of seeds) {
      const value = sampleSecret('seed-phrase', seed);
      expect(found(`DYDX_MNEMONIC = "${value}"`)).toEqual([['seed-phrase', value]]);
    }
  });
  test('published test vectors, other counts and other names are none', () => {
    const words = sampleSecret('seed-phrase', 1).split(' ');
    expect(found(`mnemonic = "${'abandon '.repeat(11)}about"`)).toEqual([]);
    expect(found(`mnemonic = "${words.slice(1).join(' ')}"`)).toEqual([]);
    expect(found(`title = "${words.join(' ')}"`)).toEqual([]);
  });
});

describe('private keys', () => {
  const pem = (type: 'rsa' | 'ec' | 'ed25519', passphrase?: string): string => {
    const encoding = { type: 'pkcs8', format: 'pem', ...(passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }) } as const;
    if (type === 'rsa') return generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export(encoding).toString().trim();
    if (type === 'ec') return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(encoding).toString().trim();
    return generateKeyPairSync('ed25519').privateKey.export(encoding).toString().trim();
  };
  test.each(['rsa', 'ec', 'ed25519'] as const)('a real %s key, exactly, and its structure is known', (type) => {
    const key = pem(type);
    const text = `KEY = """${key}"""\n`;
    expect(found(text)).toEqual([['private-key', key]]);
    expect(hitsIn(text)[0]?.evidence).toEqual({ structure: 'der' });
  });
  test('on one line with the line breaks written out, also twice escaped', () => {
    for (const seed of seeds.slice(0, 200)) {
      const key = sampleSecret('private-key', seed);
      for (const written of [key.replaceAll('\n', '\\n'), key.replaceAll('\n', '\\\\n'), key.replaceAll('\n', '\\r\\n')]) {
        expect(found(`{"privateKey": "${written}"}`)).toEqual([['private-key', written]]);
      }
    }
  });
  test('indented, commented, and in quoted pieces', () => {
    const lines = sampleSecret('private-key', 1).split('\n');
    for (const text of [lines.map((line) => `    ${line}`).join('\n'), lines.map((line) => `# ${line}`).join('\n'),
      lines.map((line) => `"${line}\\n"`).join(' +\n  '), lines.map((line) => `'${line}'`).join(',\n')]) {
      expect(found(text).map(([detector]) => detector)).toEqual(['private-key']);
    }
  });
  test('encrypted ones are told apart', () => {
    const key = pem('ec', sampleSecret('generic-password', 1));
    expect(found(key)).toEqual([['encrypted-private-key', key]]);
    const old = sampleSecret('private-key', 2).replace('-----\n', '-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n');
    expect(found(old).map(([detector]) => detector)).toEqual(['encrypted-private-key']);
  });
  test('two keys are two findings, and the name beside them adds none', () => {
    const [a, b] = [sampleSecret('private-key', 3), sampleSecret('private-key', 4)];
    expect(found(`private_key = """${a}"""\nsecret = """${b}"""`)).toEqual([['private-key', a], ['private-key', b]]);
  });
  test('what is none', () => {
    const mark = (what: string): string => `-----${what} PRIVATE KEY-----`;
    const publicKey = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
    for (const text of [publicKey, `${mark('BEGIN')}\n...\n${mark('END')}`, `${mark('BEGIN')}\n<your key>\n${mark('END')}`, `${mark('BEGIN')}\n${mark('END')}`,
      `if text.startswith("${mark('BEGIN')}"):`, `${mark('BEGIN')}\n${'A'.repeat(600)}\n${mark('END')}`, `${mark('BEGIN')}${base64Bytes(seeded(1), 200)}`, sampleSecret('private-key', 1).replace(/END (?:RSA |EC )?PRIVATE/, 'END DSA PRIVATE'),
      `key = "${mark('BEGIN')}\\n" + body + "\\n${mark('END')}"`]) {
      expect(found(text)).toEqual([]);
    }
  });
});

describe('one finding a value', () => {
  test('a provider key under a generic name is the provider\'s', () => {
    for (const name of ['github-token', 'anthropic-key', 'telegram-bot-token', 'stripe-live-key', 'databento-key', 'slack-webhook', 'discord-webhook']) {
      for (const seed of seeds.slice(0, 50)) {
        const value = sampleSecret(name, seed);
        expect(found(`api_key = "${value}"`)).toEqual([[name, value]]);
        expect(found(`webhook_url=${value}`)).toEqual([[name, value]]);
      }
    }
  });
  test('markers of the pages become values, each its own', () => {
    const text = fillSamples('a = "<generated:github-token>"\nb = "<generated:github-token>"');
    expect(found(text).map(([detector]) => detector)).toEqual(['github-token', 'github-token']);
    expect(new Set(found(text).map(([, value]) => value)).size).toBe(2);
  });
  test('base 64 of user and password behind Basic', () => {
    const value = Buffer.from(`trader:${mixed(seeded(3), BASE64, 12)}`).toString('base64');
    expect(found(`Authorization: Basic ${value}`)).toEqual([['basic-authorization', value]]);
    expect(found(`Authorization: Basic ${Buffer.from('user:password').toString('base64')}`)).toEqual([]);
  });
});
