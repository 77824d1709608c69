import { beforeAll, describe, expect, test } from 'vitest';
import { Syntax } from '../../src/core/source/source.ts';
import { DETECTORS, DETECTOR_NAMES, OTHER_DETECTORS, sampleSecret } from '../../src/guardians/security/detectors/table.ts';
import { hardcodedSecret } from '../../src/guardians/security/rules/sec001-hardcoded-secret.ts';
import { runSecurity, type SecurityRun } from './security-run.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await Syntax.create();
});

/** What others say of a secret that is logged, or of a weak one, is tested with them. */
const OTHERS = ['ENV007', 'ENV008'];
const run = (path: string, text: string, role: 'code' | 'test' | 'vendored' = 'code', off: readonly string[] = []): SecurityRun =>
  runSecurity(syntax, path, text, { role }, [...OTHERS, ...off]);
const SECRET = sampleSecret('binance-api-secret', 21);
const TOKEN = sampleSecret('generic-token', 22);
const PASSWORD = sampleSecret('generic-password', 23);

describe('Python: what a string is given to', () => {
  test.each<readonly [string, string]>([
    ['a name', `api_key = "${TOKEN}"`],
    ['a typed name', `api_key: str = "${TOKEN}"`],
    ['an attribute', `class A:\n    def __init__(self):\n        self.api_key = '${TOKEN}'\n`],
    ['a class attribute', `class Config:\n    api_key: str = "${TOKEN}"\n`],
    ['a key of the environment', `import os\nos.environ["API_KEY"] = "${TOKEN}"`],
    ['a keyword argument', `client = Client(api_key="${TOKEN}", testnet=True)`],
    ['a key of a dict', `config = {"api_key": "${TOKEN}", "testnet": False}`],
    ['a key of a dict in a call', `exchange = ccxt.kraken({"apiKey": "${TOKEN}"})`],
    ['a look-up with a default', `import os\nkey = os.getenv("FEED_API_KEY", "${TOKEN}")`],
    ['a look-up with a keyword default', `key = config("FEED_API_KEY", default="${TOKEN}")`],
    ['a look-up and or', `import os\nkey = os.environ.get("FEED_API_KEY") or "${TOKEN}"`],
    ['a default of a parameter', `def connect(host, api_key="${TOKEN}"):\n    pass\n`],
    ['a wrapped value', `api_key = SecretStr("${TOKEN}")`],
    ['a conditional', `api_key = None if paper else "${TOKEN}"`],
    ['a tuple', `api_key, host = "${TOKEN}", "feed.host.io"`],
    ['a comparison', `if request.api_key == "${TOKEN}":\n    pass\n`],
    ['a header', `session.headers.update({"X-API-KEY": "${TOKEN}"})`],
    ['a bearer header', `headers = {"Authorization": "Bearer ${TOKEN}"}`],
    ['a returned dict', `def keys():\n    return {"api_key": "${TOKEN}"}\n`],
    ['a comment', `# api_key = "${TOKEN}"\n`],
    ['a comment without quotes', `x = 1  # api_key=${TOKEN}\n`],
    ['a string with settings', `dsn = "host=db;ApiKey=${TOKEN};Timeout=3"`],
    ['an address', `url = "https://feed.host.io/live?api_key=${TOKEN}&sub=ES"`],
    ['a raw string', `api_key = r"${TOKEN}"`],
    ['bytes', `api_key = b"${TOKEN}"`],
    ['a lambda default', `f = lambda api_key="${TOKEN}": api_key`],
  ])('%s', (_what, text) => {
    expect(run('bot.py', text).found).toEqual([['SEC001/generic-token', TOKEN]]);
  });

  test.each<readonly [string, string, string, string]>([
    ['a key and secret by place', `from binance.client import Client\nc = Client("${sampleSecret('binance-api-key', 5)}", x)`, 'binance-api-key', sampleSecret('binance-api-key', 5)],
    ['MetaTrader login by place', `mt5.login(4711, "${PASSWORD}", "Broker-Demo")`, 'generic-password', PASSWORD],
    ['MetaTrader login by keyword', `mt5.initialize(login=4711, password="${PASSWORD}", server="Broker-Demo")`, 'generic-password', PASSWORD],
    ['a wallet', `acct = Account.from_key("${sampleSecret('wallet-private-key', 6)}")`, 'wallet-private-key', sampleSecret('wallet-private-key', 6)],
    ['an attribute of an exchange', `class BinanceConfig:\n    api_secret = "${SECRET}"\n`, 'binance-api-secret', SECRET],
    ['a dict of an exchange', `settings = {"binance": {"secret": "${SECRET}"}}`, 'binance-api-secret', SECRET],
    ['the options of an exchange', `ex = ccxt.binance({"secret": "${SECRET}"})`, 'binance-api-secret', SECRET],
    ['a function of an exchange', `def connect_binance():\n    return Session(secret="${SECRET}")\n`, 'binance-api-secret', SECRET],
  ])('%s', (_what, text, detector, value) => {
    expect(run('bot.py', text).found).toEqual([[`SEC001/${detector}`, value]]);
  });

  test.each([
    'api_key = os.environ["API_KEY"]', 'api_key = config.api_key', 'api_key = load("keys.json")', 'password = getpass.getpass("Password: ")',
    'if password == "":\n    pass', 'raise ValueError("api_key is missing: set API_KEY2")', 'parser.add_argument("--api-key", help="The key of the feed, 32 letters")',
    'keys = ["open", "high", "low", "close"]', `order_id = "${sampleSecret('okx-api-key', 2)}"`, 'token: str\npassword: str = ""', 'API_KEY_ENV = "FEED_API_KEY_2"',
    'log.info("password=%s", password)', 'f"https://host/{token}?api_key={api_key}"', 'secret_name = "prod/desk/binance-2026"',
    'TOKENS = {"USDC": "0x' + 'ab12cd34'.repeat(5) + '"}', 'def test():\n    """token: the token of the account, see RFC7519x2"""\n',
  ])('silent: %s', (text) => {
    expect(run('bot.py', text).found).toEqual([]);
  });

  test('a call that takes no key by place', () => {
    expect(run('bot.py', `print("${TOKEN}", "${TOKEN}")\nmt5.login(4711)\nmt5.login(*args)`).found).toEqual([]);
  });

  test('a file that does not parse is searched all the same', () => {
    const text = `def f(:\n    api_key = "${TOKEN}"\n    aws = "${sampleSecret('aws-access-key-id', 3)}"\nx = (\n`;
    expect(run('bot.py', text).found.map(([what]) => what)).toContain('SEC001/aws-access-key-id');
    expect(run('bot.py', `class A(\n    api_key = "${TOKEN}"`).found).toEqual([['SEC001/generic-token', TOKEN]]);
  });

  test('a sum of 20,000 strings', () => {
    const text = `x = ${Array.from({ length: 20_000 }, (_, i) => `"part${i}"`).join(' + ')}\napi_key = "${TOKEN}"\n`;
    expect(run('bot.py', text).found).toEqual([['SEC001/generic-token', TOKEN]]);
  });
});

describe('configuration files', () => {
  test.each<readonly [string, string, string, string]>([
    ['feed.yaml', `feed:\n  api_key: ${TOKEN}\n`, 'generic-token', TOKEN],
    ['feed.yaml', `feed:\n  api_key: "${TOKEN}"  # live\n`, 'generic-token', TOKEN],
    ['feed.yml', `services:\n  bot:\n    environment:\n      - API_KEY=${TOKEN}\n`, 'generic-token', TOKEN],
    ['k.yaml', `env:\n  - name: API_KEY\n    value: ${TOKEN}\n`, 'generic-token', TOKEN],
    ['k.yaml', `exchange: binance\nkeys:\n  binance:\n    secret: ${SECRET}\n`, 'binance-api-secret', SECRET],
    ['old.yaml', `# api_key: ${TOKEN}\nother: 1\n`, 'generic-token', TOKEN],
    ['c.json', `{"exchange": {"name": "binance", "secret": "${SECRET}"}}`, 'binance-api-secret', SECRET],
    ['c.json', `{"exchange": {"key": "${TOKEN}", "secret": ""}}`, 'generic-token', TOKEN],
    ['launch.json', `{"env": [{"name": "API_KEY", "value": "${TOKEN}"}]}`, 'generic-token', TOKEN],
    ['part.json', `  "apiKey": "${TOKEN}",\n`, 'generic-token', TOKEN],
    ['a.ipynb', JSON.stringify({ cells: [{ source: [`api_key = "${TOKEN}"\n`] }] }, null, 1), 'generic-token', TOKEN],
    ['c.toml', `[feed]\napi_key = "${TOKEN}"\n`, 'generic-token', TOKEN],
    ['c.toml', `[binance]\nsecret = '${SECRET}'\n`, 'binance-api-secret', SECRET],
    ['.env', `API_KEY=${TOKEN}\n`, 'generic-token', TOKEN],
    ['.env', `export MT5_PASSWORD="${PASSWORD}"\n`, 'generic-password', PASSWORD],
    ['prod.env', `# old: API_KEY=${TOKEN}\n`, 'generic-token', TOKEN],
    ['config.ini', `[Common]\nLogin=4711\nPassword=${PASSWORD}\nServer=Broker-Demo`, 'generic-password', PASSWORD],
  ])('%s %#', (path, text, detector, value) => {
    expect(run(path, text).found).toEqual([[`SEC001/${detector}`, value]]);
  });

  test('the encoding of a Kubernetes secret protects nothing', () => {
    const encoded = Buffer.from(sampleSecret('github-token', 4)).toString('base64');
    const text = `apiVersion: v1\nkind: Secret\ndata:\n  value: ${encoded}\n  name: ${Buffer.from('desk').toString('base64')}\n`;
    expect(run('s.yaml', text).found).toEqual([['SEC001/github-token', encoded]]);
    expect(run('s.yaml', text.replace('Secret', 'ConfigMap')).found).toEqual([['SEC001/github-token', encoded]]);
    const damaged = Buffer.from(`${sampleSecret('github-token', 4).slice(0, -1)}-`.replace('-', sampleSecret('github-token', 4).endsWith('a') ? 'b' : 'a')).toString('base64');
    expect(run('s.yaml', `kind: Secret\ndata:\n  token: ${damaged}\n`).found).toEqual([]);
  });

  test.each([
    ['c.yaml', 'api_key: ${API_KEY}\ntoken: !vault |\n  abc\npassword: ""\nsecret:\n'], ['c.json', '{"api_key": "YOUR_API_KEY", "password": null, "token": 12345678}'],
    ['c.toml', 'api_key = ""\ntoken = "<token>"\n'], ['.env', 'API_KEY=\nTOKEN=${OTHER}\nPASSWORD=changeme\n'],
    ['de.json', '{"password": "Passwort eingeben", "token_expired": "Sitzung abgelaufen"}'],
  ])('silent: %s', (path, text) => expect(run(path, text).found).toEqual([]));
});

describe('where it stands', () => {
  test('a provider key is reported in tests as anywhere, a weak password as a remark', () => {
    expect(run('tests/test_a.py', `k = "${sampleSecret('github-token', 1)}"`, 'test').found.map(([what]) => what)).toEqual(['SEC001/github-token']);
    const [weak, ...rest] = run('tests/test_a.py', 'login(password="falcon1970")', 'test').findings;
    expect(rest).toEqual([]);
    expect(weak).toMatchObject({ detector: 'generic-password', severity: 'info', confidence: 'low' });
    expect(run('src/a.py', 'login(password="falcon1970")').found).toEqual([['SEC001/generic-password', 'falcon1970']]);
  });
  test('a comment with a reason silences it, whole or by detector', () => {
    const line = `api_key = "${TOKEN}"`;
    expect(run('a.py', `${line}  # tickguard: ignore[SEC001] key of the public demo feed\n`).found).toEqual([]);
    expect(run('a.py', `${line}  # tickguard: ignore[SEC001/generic-token] key of the public demo feed\n`).found).toEqual([]);
    expect(run('a.py', `${line}  # tickguard: ignore[SEC001/github-token] key of the public demo feed\n`).found).toHaveLength(1);
  });
  test('a detector can be switched off', () => {
    expect(run('a.py', `api_key = "${TOKEN}"\np = "${sampleSecret('github-token', 1)}"`, 'code', ['SEC001/generic-token']).found.map(([what]) => what))
      .toEqual(['SEC001/github-token']);
  });
});

describe('a finding holds no secret', () => {
  test.each(DETECTOR_NAMES)('%s', (name) => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const value = sampleSecret(name, seed);
      const row = DETECTORS.find((one) => one.name === name);
      const variable = row?.kind === 'named' ? row.variables[0] as string
        : ({ 'generic-password': 'db_password', 'generic-secret': 'signing_key', 'generic-token': 'api_key', 'seed-phrase': 'mnemonic' } as Record<string, string>)[name] ?? 'value';
      const text = `class Desk:\n    ${variable} = """${value}"""\n`;
      const { findings } = run('desk.py', text);
      expect(findings.map(({ detector }) => detector)).toEqual([name]);
      const written = JSON.stringify(findings);
      const secret = name === 'connection-string' ? value.slice(value.indexOf('trader:') + 7, value.indexOf('@')) : value;
      for (const part of [secret, ...secret.split('\n').filter((line) => line.length > 20 && !line.startsWith('-'))]) expect(written).not.toContain(part);
      expect(findings[0]?.message.length).toBeLessThanOrEqual(200);
      expect(findings[0]?.message).not.toContain('{');
    }
  });
  test('the fingerprint does not depend on the value', () => {
    const print = (seed: number): string | undefined => run('a.py', `api_key = "${sampleSecret('generic-token', seed)}"`).findings[0]?.fingerprint;
    expect(print(1)).toBe(print(2));
  });
  test('messages keep their length with the longest name that is shown', () => {
    const titles = [...DETECTORS, ...Object.values(OTHER_DETECTORS)];
    for (const { title, opens, rotate } of titles) {
      for (const template of Object.values(hardcodedSecret.messages)) {
        const message = template.replace('{title}', title).replace('{name}', 'x'.repeat(40)).replace('{opens}', opens).replace('{rotate}', rotate);
        expect(message.length, message).toBeLessThanOrEqual(200);
      }
    }
  });
});
