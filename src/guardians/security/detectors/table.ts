/** Every detector of SEC001 in one list, and the samples that tests and pages are made from. */
import type { Detector, NamedDetector, ShapeDetector } from './detector.ts';
import { BROKER_DETECTORS } from './brokers.ts';
import { CHAIN_DETECTORS } from './chain.ts';
import { CHAT_DETECTORS } from './chat.ts';
import { CLOUD_DETECTORS } from './cloud.ts';
import { DATABASE_DETECTORS } from './databases.ts';
import { EXCHANGE_DETECTORS } from './exchanges.ts';
import { HOSTING_DETECTORS } from './hosting.ts';
import { IDENTITY_DETECTORS } from './identity.ts';
import { MAIL_DETECTORS } from './mail.ts';
import { DATA_DETECTORS } from './market-data.ts';
import { MODEL_DETECTORS } from './models.ts';
import { OPERATIONS_DETECTORS } from './operations.ts';
import { PAYMENT_DETECTORS } from './payment.ts';
import { SAAS_DETECTORS } from './saas.ts';
import { SERVICE_DETECTORS } from './services.ts';
import { UPPER, base64Bytes, chars, mixed, pick, seeded, BASE62, LOWER, DIGITS, URL_SAFE } from './random.ts';

/** Rows of services of one kind, as the page lists them. */
export interface DetectorGroup {
  readonly title: string;
  readonly rows: readonly Detector[];
}

/** The rows of all providers by what they open. Of two that fit a value the earlier one answers. */
export const DETECTOR_GROUPS: readonly DetectorGroup[] = [
  { title: 'Exchanges and wallets', rows: EXCHANGE_DETECTORS },
  { title: 'Brokers and trading platforms', rows: BROKER_DETECTORS },
  { title: 'Market data and news', rows: DATA_DETECTORS },
  { title: 'Chains, nodes and wallet keys', rows: CHAIN_DETECTORS },
  { title: 'Chat, bots and webhooks', rows: CHAT_DETECTORS },
  { title: 'Clouds, hosting and storage', rows: CLOUD_DETECTORS },
  { title: 'Source hosts, registries and secret stores', rows: HOSTING_DETECTORS },
  { title: 'Models and search', rows: MODEL_DETECTORS },
  { title: 'Databases', rows: DATABASE_DETECTORS },
  { title: 'Build, monitoring and feature flags', rows: OPERATIONS_DETECTORS },
  { title: 'Payment', rows: PAYMENT_DETECTORS },
  { title: 'Mail and messages', rows: MAIL_DETECTORS },
  { title: 'Office, shops and look-ups', rows: SAAS_DETECTORS },
  { title: 'Services found by name and shape', rows: SERVICE_DETECTORS },
  { title: 'Sign-in, social networks and key files', rows: IDENTITY_DETECTORS },
];

export const DETECTORS: readonly Detector[] = DETECTOR_GROUPS.flatMap((group) => group.rows);

export const SHAPE_DETECTORS: readonly ShapeDetector[] = DETECTORS.filter((row) => row.kind === 'shape');
export const NAMED_DETECTORS: readonly NamedDetector[] = DETECTORS.filter((row) => row.kind === 'named');

/** What the detectors that are no rows report, in the form of a row: title, what it opens, what to do. */
export const OTHER_DETECTORS = {
  'private-key': { title: 'Private key', opens: 'whoever reads the file signs as you', rotate: 'Replace the key pair' },
  'encrypted-private-key': { title: 'Encrypted private key', opens: 'only its passphrase protects it', rotate: 'Replace the key pair' },
  'json-web-token': { title: 'Web token (JWT)', opens: 'it is a login until it runs out', rotate: 'Revoke the session' },
  'jwk-private-key': { title: 'Private JSON web key', opens: 'whoever reads the file signs as you', rotate: 'Replace the key pair' },
  'basic-authorization': { title: 'User and password in base 64', opens: 'it opens that account', rotate: 'Change the password' },
  'command-password': { title: 'Password in a command', opens: 'it opens that account', rotate: 'Change it' },
  'sql-password': { title: 'Password in SQL', opens: 'it opens the database', rotate: 'Change it' },
  'connection-string': { title: 'Password in a connection string', opens: 'it opens that server', rotate: 'Change it' },
  'generic-password': { title: 'Password', opens: 'it opens that account', rotate: 'Change it' },
  'generic-secret': { title: 'Secret', opens: 'it signs or decrypts as you', rotate: 'Revoke it' },
  'generic-token': { title: 'Token or API key', opens: 'it opens that service', rotate: 'Revoke it' },
  'seed-phrase': { title: 'Wallet seed phrase', opens: 'it moves everything in the wallet', rotate: 'Move the funds to a new wallet' },
} as const;

/** Name of a detector that is no provider row. */
export type OtherDetector = keyof typeof OTHER_DETECTORS;

/** Names of all detectors, for suppressions (`SEC001/<name>`) and the page. */
export const DETECTOR_NAMES: readonly string[] = [...DETECTORS.map((row) => row.name), ...Object.keys(OTHER_DETECTORS)];

/** A PEM block whose body has the shape of a DER sequence; the numbers inside are random. */
function samplePem(seed: number): string {
  const random = seeded(seed);
  const inner = Buffer.from(base64Bytes(random, 600), 'base64');
  const body = Buffer.concat([Buffer.from([0x30, 0x82, inner.length >> 8, inner.length & 0xff]), inner]).toString('base64');
  const lines = body.match(/.{1,64}/g) ?? [];
  const label = `${pick(random, ['RSA ', 'EC ', ''])}PRIVATE KEY`;
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join('\n');
}

const OTHER_SAMPLES: Readonly<Record<OtherDetector, (seed: number) => string>> = {
  'private-key': samplePem,
  'encrypted-private-key': (seed) => samplePem(seed).replace(/(?:RSA |EC )?PRIVATE KEY/g, 'ENCRYPTED PRIVATE KEY'),
  'json-web-token': (seed) => {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    return [part({ alg: 'HS256', typ: 'JWT' }), part({ sub: `desk-${seed}`, iat: 1_760_000_000 + seed }), mixed(seeded(seed), URL_SAFE, 43)].join('.');
  },
  'jwk-private-key': (seed) => {
    const random = seeded(seed);
    return JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: mixed(random, URL_SAFE, 43), d: mixed(random, URL_SAFE, 43) });
  },
  'basic-authorization': (seed) => `Authorization: Basic ${Buffer.from(`desk:${mixed(seeded(seed), BASE62, 14)}`).toString('base64')}`,
  'command-password': (seed) => `curl -u desk:${mixed(seeded(seed), BASE62, 14)} https://ticks.desk.io/v1`,
  'sql-password': (seed) => `CREATE USER desk IDENTIFIED BY '${mixed(seeded(seed), BASE62, 14)}'`,
  'connection-string': (seed) => `postgresql://trader:${mixed(seeded(seed), BASE62, 14)}@10.0.0.7:5432/ticks`,
  'generic-password': (seed) => {
    const random = seeded(seed);
    return `${chars(random, UPPER, 1)}${chars(random, LOWER, 5)}${pick(random, ['!', '$', '%', '*'])}${chars(random, DIGITS, 4)}`;
  },
  'generic-secret': (seed) => mixed(seeded(seed), BASE62, 40),
  'generic-token': (seed) => mixed(seeded(seed), BASE62, 32),
  'seed-phrase': (seed) => {
    const random = seeded(seed);
    const word = (): string => chars(random, 'bcdfglmnprst', 1) + chars(random, 'aeiou', 1) + chars(random, 'lmnrst', 1) + chars(random, 'aeiou', 1);
    return Array.from({ length: 12 }, word).join(' ');
  },
};

/**
 * A value that the detector finds, built at run time. Pages write it as the marker `<generated:NAME>`; whoever runs a
 * page's samples replaces the marker by this. The same name and seed give the same value.
 * @throws when no detector has the name.
 */
export function sampleSecret(name: string, seed = 1): string {
  const row = DETECTORS.find((one) => one.name === name);
  if (row) return row.sample(seeded(seed));
  const other = OTHER_SAMPLES[name as OtherDetector];
  if (!other) throw new Error(`No detector is called ${name}.`);
  return other(seed);
}

/** Replaces every `<generated:NAME>` by a sample; the n-th marker of a text gets seed n. */
export function fillSamples(text: string): string {
  let seed = 0;
  return text.replace(/<generated:([a-z0-9-]{1,60})>/g, (_, name: string) => sampleSecret(name, (seed += 1)));
}
