/** Values for the gate of SEC001, built at run time from a seed: credentials with the names they have, and what looks like one and is none. */
import { DETECTORS } from '../../src/guardians/security/detectors/table.ts';
import type { Random } from '../../src/guardians/security/detectors/detector.ts';
import { BASE62, BASE64, DIGITS, HEX, LOWER, UPPER, URL_SAFE, base64Bytes, chars, mixed, pick, uuid } from '../../src/guardians/security/detectors/random.ts';

/** A value and the name it is given to; `mark` is the part that must be found, without one the value. */
export interface Sample {
  readonly kind: string;
  readonly name: string;
  readonly value: string;
  readonly mark?: string;
}

const word = (random: Random): string => pick(random, ['falcon', 'harbor', 'nimbus', 'copper', 'meadow', 'saffron', 'tundra', 'lantern', 'quartz', 'violet', 'anchor', 'bramble']);
const service = (random: Random): string => pick(random, ['clarifai', 'tickstream', 'barchart', 'quantfeed', 'lucidbars', 'marketvue', 'edgarline', 'helixdata']);
const title = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A password as people make them: a word, a mark, a number. */
function password(random: Random): string {
  return pick(random, [
    () => `${title(word(random))}${pick(random, ['!', '%', '*', '_'])}${chars(random, DIGITS, 4)}`,
    () => `${word(random)}${chars(random, DIGITS, 2)}${title(word(random))}`,
    () => mixed(random, BASE62, 12),
    () => `${chars(random, LOWER, 3)}${chars(random, DIGITS, 3)}${chars(random, UPPER, 3)}${chars(random, DIGITS, 2)}`,
  ])();
}

const connection = (random: Random): Sample => {
  const secret = mixed(random, BASE62, 16);
  const user = pick(random, ['', 'trader', 'desk']);
  const scheme = user === '' ? 'redis' : pick(random, ['postgresql', 'mysql', 'amqps', 'mongodb']);
  return { kind: 'connection string', name: 'database url', value: `${scheme}://${user}:${secret}@10.0.0.7:5432/ticks`, mark: secret };
};

const webToken = (random: Random): Sample => ({
  kind: 'web token', name: 'session',
  value: [part({ alg: 'HS256', typ: 'JWT' }), part({ sub: `desk-${chars(random, DIGITS, 6)}`, iat: 1_760_000_000 }), mixed(random, URL_SAFE, 43)].join('.'),
});

/** Credentials that any row or judgement must find. */
const KINDS: readonly ((random: Random) => Sample)[] = [
  (random) => ({ kind: 'token', name: pick(random, ['api key', 'access token', 'auth token', 'feed api key', 'bot token']), value: mixed(random, BASE62, pick(random, [24, 32, 40])) }),
  (random) => ({ kind: 'secret', name: pick(random, ['client secret', 'api secret', 'signing key', 'secret key', 'app secret']), value: mixed(random, BASE62, pick(random, [32, 40, 48])) }),
  (random) => ({ kind: 'url-safe token', name: pick(random, ['api token', 'refresh token', 'service key']), value: `${chars(random, BASE62, 1)}${mixed(random, URL_SAFE, 42)}x` }),
  (random) => ({ kind: 'lower-case token', name: 'api key', value: `${chars(random, LOWER, 2)}${chars(random, '0123456789abcdefghjkmnpqrstvwxyz', 28)}7q` }),
  (random) => ({ kind: 'hex key', name: pick(random, ['api key', 'data api key']), value: chars(random, HEX, 32) }),
  (random) => ({ kind: 'password', name: pick(random, ['password', 'db password', 'smtp password', 'mt5 password', 'investor password', 'tws password']), value: password(random) }),
  (random) => ({ kind: 'passphrase', name: pick(random, ['okx passphrase', 'api passphrase']), value: password(random) }),
  (random) => ({ kind: 'key of a service', name: `${service(random)} key`, value: mixed(random, BASE62, 32) }),
  (random) => ({ kind: 'UUID of a service', name: `${service(random)} api key`, value: uuid(random) }),
  connection,
  webToken,
  (random) => {
    const row = pick(random, DETECTORS);
    return { kind: row.name, name: row.kind === 'named' ? row.variables[0] as string : 'value', value: row.sample(random) };
  },
];

/** Names that promise a credential, for values that are none. */
const PROMISES = ['api key', 'access token', 'auth token', 'client secret', 'secret', 'token', 'password'] as const;
/** Names that promise nothing, for values that look random. */
const HARMLESS = [
  'client order id', 'idempotency key', 'request id', 'token address', 'mint', 'commit', 'checksum', 'etag', 'public key', 'cache key', 'session id', 'build hash',
  'partition key', 'token id', 'next page token', 'digest', 'integrity', 'pool address', 'trace id', 'sort key', 'primary key', 'api key id', 'secret name', 'key path',
] as const;

const promised = (random: Random, kind: string, value: string): Sample => ({ kind, name: pick(random, PROMISES), value });
const harmless = (random: Random, kind: string, value: string): Sample => ({ kind, name: pick(random, HARMLESS), value });

/** What looks like a credential and must stay silent. */
const NO_KINDS: readonly ((random: Random) => Sample)[] = [
  (random) => promised(random, 'placeholder', pick(random, ['YOUR_API_KEY', 'your-token-here', 'changeme', 'CHANGE_ME', '<token>', '<your password>', 'xxxxxxxxxxxxxxxx', 'replace_me', '********', 'placeholder', 'insert-key-here', 'REDACTED', 'none', 'example-key', 'dummy-value'])),
  (random) => promised(random, 'reference', pick(random, ['${API_KEY}', '$(cat /run/secrets/key)', '{{ api_key }}', '%(api_key)s', '$API_KEY', '{api_key}', 'env:API_KEY', 'vault:secret/desk#key', 'ssm:/desk/key', 'op://desk/feed/key'])),
  (random) => promised(random, 'identifier', pick(random, ['refresh_token_rotation', 'settings.api_key', 'apiKeyFromVault', 'credential_store', 'os.environ', 'config.feed.token', 'TokenProvider', 'get_secret', 'auth_header', 'ConfigurationManager'])),
  (random) => promised(random, 'file', pick(random, ['/etc/desk/live.key', './keys/trader.pem', 'credentials.json', '~/.ssh/id_ed25519', 'C:\\\\desk\\\\key.txt'])),
  (random) => promised(random, 'address', pick(random, ['https://api.desk.io/v1/token', 'wss://feed.desk.io/live', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:live'])),
  (random) => promised(random, 'digest', chars(random, HEX, pick(random, [40, 64]))),
  (random) => promised(random, 'UUID', uuid(random)),
  (random) => promised(random, 'hash with its name', `${pick(random, ['sha256:', 'sha512-', 'md5-', '$2b$12$'])}${base64Bytes(random, 48)}`),
  (random) => promised(random, 'encoded bytes', base64Bytes(random, 48)),
  (random) => promised(random, 'licence', Array.from({ length: 5 }, () => chars(random, UPPER + DIGITS, 5)).join('-')),
  (random) => promised(random, 'number', chars(random, DIGITS, pick(random, [6, 10, 18]))),
  (random) => ({ kind: 'sealed', name: pick(random, ['encrypted password', 'sealed secret', 'password hash', 'hashed secret']), value: base64Bytes(random, 64) }),
  (random) => promised(random, 'words of a page', pick(random, ['Passwort', 'Contraseña', 'Kennwort vergessen?', 'Enter your password', 'Mot de passe', 'required', 'Token abgelaufen'])),
  (random) => promised(random, 'pattern', pick(random, ['^[A-Za-z0-9]{32}$', '[a-f0-9]+', '(?i)token', 'required|string|min:8'])),
  (random) => harmless(random, 'order id', uuid(random)),
  (random) => harmless(random, 'random id', mixed(random, BASE62, pick(random, [16, 22, 32]))),
  (random) => harmless(random, 'hash', chars(random, HEX, pick(random, [32, 40, 64]))),
  (random) => harmless(random, 'token address', `0x${chars(random, HEX, 40)}`),
  (random) => harmless(random, 'mint', mixed(random, '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz', 44)),
  (random) => harmless(random, 'integrity', `sha512-${base64Bytes(random, 64)}`),
  (random) => harmless(random, 'public key', `ssh-ed25519 ${base64Bytes(random, 51)}`),
  (random) => harmless(random, 'encoded asset', base64Bytes(random, 66)),
  (random) => harmless(random, 'bars', Array.from({ length: 6 }, () => `${chars(random, DIGITS, 5)}.${chars(random, DIGITS, 2)}`).join(',')),
  (random) => ({ kind: 'public half', name: 'publishable key', value: `pk_live_${mixed(random, BASE62, 24)}` }),
  (random) => ({ kind: 'magic', name: 'magic number', value: chars(random, DIGITS, 8) }),
  (random) => ({ kind: 'connection without password', name: 'database url', value: pick(random, ['postgresql://localhost:5432/ticks', 'redis://cache:6379/0', 'postgresql://${DB_USER}:${DB_PASSWORD}@db/ticks', 'amqp://guest:guest@mq:5672']) }),
  (random) => ({ kind: 'asset', name: pick(random, ['logo', 'icon', 'cover']), value: `data:image/png;base64,${chars(random, BASE64, 80)}` }),
];

/** The n-th credential. */
export const credential = (random: Random, n: number): Sample => (KINDS[n % KINDS.length] as (random: Random) => Sample)(random);
/** The n-th value that is none. */
export const noCredential = (random: Random, n: number): Sample => (NO_KINDS[n % NO_KINDS.length] as (random: Random) => Sample)(random);
