/** SEC001: credentials in every place people put them, and the same read from where they belong. */
import { DETECTORS } from '../../src/guardians/security/detectors/table.ts';
import type { Draw, Form, Made, MutantLanguage, Where } from '../mutants/form.ts';
import { wordsOf } from '../../src/guardians/compliance/words.ts';
import { spelled } from './mutant-words.ts';

interface Credential {
  /** A variable's name as words. */
  readonly words: string;
  readonly value: string;
}

/** A key whose name says whose it is, or what it is. */
function credential(draw: Draw): Credential {
  const kind = draw.one(['provider', 'provider', 'token', 'secret', 'shape', 'password'] as const);
  if (kind === 'token') { return { words: draw.one(['api key', 'feed api key', 'access token', 'auth token']), value: draw.secret('generic-token') }; }
  if (kind === 'secret') { return { words: draw.one(['client secret', 'api secret', 'signing secret']), value: draw.secret('generic-secret') }; }
  if (kind === 'password') { return { words: draw.one(['db password', 'broker password', 'mt5 password']), value: password(draw) }; }
  if (kind === 'shape') { return { words: draw.one(['credential', 'value', 'setting one', 'notify with']), value: draw.secret(draw.one(['telegram-bot-token', 'aws-access-key-id', 'github-token', 'discord-webhook'])) }; }
  const row = draw.one(DETECTORS.filter((one) => one.kind === 'named'));
  return { words: row.kind === 'named' ? wordsOf(draw.one(row.variables)).join(' ') : '', value: draw.secret(row.name) };
}

/** A password without a sign that some format reads as its own. */
function password(draw: Draw): string {
  return draw.secret('generic-password').replace(/[!$%*]/, draw.one(['-', '.', '_'])).concat('q');
}

const named = (draw: Draw, language: MutantLanguage, { words }: Credential, constant = false): string => spelled(draw, language, words.replaceAll('_', ' '), constant);

function form(name: string, language: MutantLanguage, where: Where, make: (draw: Draw) => Made, more: Partial<Form> = {}): Form {
  return { name, language, where, make, ...more };
}

const python: readonly Form[] = [
  form('a constant', 'python', 'module', (draw) => {
    const key = credential(draw);
    const name = named(draw, 'python', key, true);
    return { code: `${name}${draw.is}${draw.text(`«${key.value}»`)}`, twin: `${name}${draw.is}os.environ[${draw.text(name.toUpperCase())}]`, imports: 'import os' };
  }),
  form('in a function', 'python', 'function', (draw) => {
    const key = credential(draw);
    const name = named(draw, 'python', key);
    return { code: `${name}${draw.is}${draw.text(`«${key.value}»`)}`, twin: `${name} = os.getenv(${draw.text(name.toUpperCase())})`, imports: 'import os' };
  }),
  form('keywords of a client', 'python', 'function', (draw) => {
    const [key, secret] = [draw.secret('generic-token'), draw.secret('generic-secret')];
    const call = (a: string, b: string): string => `${draw.one(['session', 'gateway'])} = ${draw.one(['Client', 'RestClient', 'Exchange'])}(\n    api_key=${a},\n    api_secret=${b},\n)`;
    return { code: call(draw.text(`«${key}»`), draw.text(`«${secret}»`)) };
  }),
  form('a dict', 'python', 'function', (draw) => {
    const key = draw.secret('generic-token');
    return { code: `settings = {${draw.text('host')}: ${draw.text('api.feed.io')}, ${draw.text(draw.one(['apiKey', 'api_key', 'token']))}: ${draw.text(`«${key}»`)}}`, twin: `settings = {${draw.text('host')}: ${draw.text('api.feed.io')}, ${draw.text('apiKey')}: keyring.get_password(${draw.text('feed')}, ${draw.text('bot')})}` };
  }),
  form('the default of an environment variable', 'python', 'module', (draw) => {
    const key = credential(draw);
    const name = named(draw, 'python', key, true).toUpperCase();
    return { code: `${name} = os.${draw.one(['getenv', 'environ.get'])}(${draw.text(name)}, ${draw.text(`«${key.value}»`)})`, twin: `${name} = os.getenv(${draw.text(name)}, ${draw.text('')})`, imports: 'import os' };
  }),
  form('a field', 'python', 'module', (draw) => {
    const key = credential(draw);
    const name = named(draw, 'python', key);
    const cls = draw.name('FeedConfig', 'BrokerSettings');
    return { code: `class ${cls}:\n    host: str = ${draw.text('api.feed.io')}\n    ${name}: str = ${draw.text(`«${key.value}»`)}`, twin: `class ${cls}:\n    host: str = ${draw.text('api.feed.io')}\n    ${name}: str = ${draw.text('')}` };
  }),
  form('a header', 'python', 'function', (draw) => ({ code: `headers = {${draw.text('Authorization')}: ${draw.text(`Bearer «${draw.secret('generic-token')}»`)}}`, twin: `headers = {"Authorization": f"Bearer {token}"}` })),
  form('a comment', 'python', 'module', (draw) => ({ code: `# ${draw.one(['api_key', 'old_api_key', 'access_token'])} = ${draw.text(`«${draw.secret('generic-token')}»`)}`, twin: '# api_key = "YOUR_API_KEY"' })),
  form('a private key', 'python', 'module', (draw) => ({ code: `${draw.name('PEM', 'SIGNING_KEY')} = """«${draw.secret('private-key')}»"""` })),
  form('a connection string', 'python', 'module', (draw) => ({ code: `${draw.name('DATABASE_URL', 'TICKS_DSN')}${draw.is}${draw.text(connection(draw))}`, twin: `${draw.name('DATABASE', 'DSN')} = ${draw.text('postgresql://localhost:5432/ticks')}` })),
  form('an attribute', 'python', 'function', (draw) => {
    const key = credential(draw);
    return { code: `${draw.owner}${named(draw, 'python', key)} = ${draw.text(`«${key.value}»`)}`, twin: `${draw.owner}${named(draw, 'python', key)} = config.read()` };
  }),
];

/** The password is what is pointed at. */
function connection(draw: Draw): string {
  return draw.secret('connection-string').replace(/(trader:)([^@]+)/, '$1«$2»');
}

const mql5: readonly Form[] = [
  form('an input', 'mql5', 'module', (draw) => {
    const key = credential(draw);
    const name = named(draw, 'mql5', key);
    return { code: `${draw.one(['input string', 'sinput string', 'input  string'])} ${name} = "«${key.value}»";`, twin: `input string ${name} = "";` };
  // What is typed into an input is kept in presets, whatever its default.
  }, { also: ['SEC214'] }),
  form('a macro', 'mql5', 'module', (draw) => {
    const key = credential(draw);
    return { code: `#define ${named(draw, 'mql5', key, true)} "«${key.value}»"`, twin: `#define ${named(draw, 'mql5', key, true)} "YOUR_KEY_HERE"` };
  }),
  form('a variable', 'mql5', 'function', (draw) => {
    const key = credential(draw);
    return { code: `${draw.one(['string', 'const string', 'static string'])} ${named(draw, 'mql5', key)}${draw.is}"«${key.value}»";`, twin: `string ${named(draw, 'mql5', key)} = ReadKey();` };
  }),
  form('a header', 'mql5', 'function', (draw) => ({ code: `string ${draw.name('headers', 'hdr')} = "${draw.one(['X-API-KEY', 'X-Api-Key', 'Api-Key'])}: «${draw.secret('generic-token')}»\\r\\n";`, twin: `string ${draw.name('headers', 'hdr')} = "X-API-KEY: " + InpKey + "\\r\\n";` })),
  form('a comment', 'mql5', 'module', (draw) => ({ code: `// ${draw.one(['api_key', 'apiKey'])} = "«${draw.secret('generic-token')}»"`, twin: '// api_key = "put your key here"' })),
  form('a bot\'s address', 'mql5', 'function', (draw) => ({ code: `string ${draw.name('url', 'address')} = "https://api.telegram.org/bot«${draw.secret('telegram-bot-token')}»/sendMessage";`, twin: 'string where = "https://api.telegram.org/bot" + InpToken + "/sendMessage";' })),
  form('a class', 'mql5', 'module', (draw) => {
    const cls = draw.name('CFeed', 'CBridge');
    const key = draw.secret('generic-token');
    return { code: `class ${cls}\n{\n    string m_apiKey;\npublic:\n    ${cls}() { m_apiKey = "«${key}»"; }\n};`, twin: `class ${cls}\n{\n    string m_apiKey;\npublic:\n    ${cls}(string key) { m_apiKey = key; }\n};` };
  }),
];

const script: readonly Form[] = [
  form('a constant', 'script', 'module', (draw) => {
    const key = credential(draw);
    const name = named(draw, 'script', key, true);
    return { code: `const ${name}${draw.is}${draw.text(`«${key.value}»`)};`, twin: `const ${name} = process.env.${name.toUpperCase()};` };
  }),
  form('in a function', 'script', 'function', (draw) => {
    const key = credential(draw);
    return { code: `${draw.one(['const', 'let', 'var'])} ${named(draw, 'script', key)}${draw.type('string')} = ${draw.one([draw.text(`«${key.value}»`), `\`«${key.value}»\``])};`, twin: `const ${named(draw, 'script', key)} = await vault.read();`.replace('await ', '') };
  }),
  form('options of a client', 'script', 'function', (draw) => ({ code: `const exchange = new ccxt.binance({ apiKey: ${draw.text(`«${draw.secret('generic-token')}»`)}, enableRateLimit: true });`, twin: 'const exchange = new ccxt.binance({ apiKey: process.env.KEY, enableRateLimit: true });' })),
  form('what the environment lacks', 'script', 'module', (draw) => {
    const key = credential(draw);
    const name = named(draw, 'script', key, true);
    return { code: `const ${name} = process.env.${name.toUpperCase()} ${draw.one(['||', '??'])} ${draw.text(`«${key.value}»`)};`, twin: `const ${name} = process.env.${name.toUpperCase()} ?? '';` };
  }),
  form('a class', 'script', 'module', (draw) => {
    const key = credential(draw);
    const cls = draw.name('FeedConfig', 'BrokerSettings');
    return { code: `class ${cls} {\n    host = ${draw.text('api.feed.io')};\n    ${named(draw, 'script', key)} = ${draw.text(`«${key.value}»`)};\n}`, twin: `class ${cls} {\n    host = 'api.feed.io';\n    ${named(draw, 'script', key)} = '';\n}` };
  }),
  form('a header', 'script', 'function', (draw) => ({ code: `const headers = { Authorization: ${draw.text(`Bearer «${draw.secret('generic-token')}»`)} };`, twin: 'const headers = { Authorization: `Bearer ${token}` };' })),
  form('a comment', 'script', 'module', (draw) => ({ code: `// const apiKey = ${draw.text(`«${draw.secret('generic-token')}»`)};`, twin: '// const apiKey = "<your api key>";' })),
  form('a private key', 'script', 'module', (draw) => ({ code: `const ${draw.name('pem', 'signingKey')} = \`«${draw.secret('private-key')}»\`;` })),
  form('a webhook', 'script', 'function', (draw) => ({ code: `notify(${draw.text(`«${draw.secret(draw.one(['discord-webhook', 'slack-webhook']))}»`)}, 'filled');`, twin: 'notify(process.env.WEBHOOK, "filled");' })),
  form('a connection string', 'script', 'module', (draw) => ({ code: `const ${draw.name('databaseUrl', 'dsn')} = ${draw.text(connection(draw))};`, twin: `const ${draw.name('databaseUrl', 'dsn')} = 'postgresql://localhost:5432/ticks';` })),
];

function settings(language: MutantLanguage, line: (name: string, value: string) => string, section: (lines: string) => string): readonly Form[] {
  return [
    form('a key of its own', language, 'entry', (draw) => {
      const key = credential(draw);
      const name = named(draw, language, key);
      return { code: line(name, `«${key.value}»`), twin: line(name, draw.one(['${API_KEY}', 'YOUR_API_KEY', ''])) };
    }),
    form('a section', language, 'entry', (draw) => {
      const value = draw.secret('generic-token');
      const name = spelled(draw, language, draw.one(['api key', 'access token', 'auth token']));
      return { code: section(line(name, `«${value}»`)), twin: section(line(name, '')) };
    }),
    form('a connection string', language, 'entry', (draw) => ({ code: line(spelled(draw, language, 'database url'), connection(draw)), twin: line(spelled(draw, language, 'database url'), 'postgresql://localhost/ticks') })),
  ];
}

export const SEC001_MUTANTS: readonly Form[] = [
  ...python, ...mql5, ...script,
  ...settings('yaml', (name, value) => `${name}: "${value}"`, (lines) => `vendor_feed:\n  ${lines}`),
  ...settings('yaml', (name, value) => `${name}: ${value === '' ? '""' : value}`, (lines) => `vendor_feed:\n  region: eu\n  ${lines}`).filter(({ name }) => name !== 'a connection string'),
  ...settings('json', (name, value) => `  "${name}": "${value}"`, (lines) => `  "vendorFeed": { ${lines.trim()} }`),
  ...settings('toml', (name, value) => `${name} = "${value}"`, (lines) => lines).map((one) => ({ ...one, make: (draw: Draw) => sectioned('[vendor.feed]', one.make(draw)) })),
  ...settings('toml', (name, value) => `${name} = '${value}'`, (lines) => lines).map((one) => ({ ...one, make: (draw: Draw) => sectioned('[vendor]', one.make(draw)) })),
  ...settings('ini', (name, value) => `${name}=${value}`, (lines) => lines).filter(({ name }) => name !== 'a connection string'),
  ...settings('dotenv', (name, value) => `${name}=${value}`, (lines) => lines),
  ...settings('dotenv', (name, value) => `export ${name}="${value}"`, (lines) => lines),
];

function sectioned(head: string, made: Made): Made {
  return { code: `${head}\n${made.code}`, ...(made.twin === undefined ? {} : { twin: `${head}\n${made.twin}` }) };
}
