/** Two ways to declare a row in a few lines: by a beginning of its own, or by the vendor's name beside a shape. */
import type { Ability, NamedDetector, NearMiss, Random, ShapeDetector } from './detector.ts';
import type { Format } from './format.ts';
import { beginsOpen, beginsWord, foreignOf, hasDigitAndLetter, keywordsOf, patternOf, placeholderOf, sampleOf, lengthsOf, shapeOf, shortOf } from './format.ts';
import { pick } from './random.ts';

/** What every row says in words. */
interface Described {
  readonly name: string;
  readonly title: string;
  readonly provider: string;
  readonly can: readonly Ability[];
  readonly opens: string;
  readonly rotate: string;
  readonly source: string;
  readonly severity?: 'error' | 'warning';
  readonly slight?: boolean;
}

/** What some rows have in common. */
export type Common = Partial<Pick<Described, 'provider' | 'can' | 'opens' | 'rotate' | 'severity'>>;

export interface PrefixedSpec extends Described {
  /** All ways such a key is written. */
  readonly formats: readonly Format[];
  /** A proof beyond the shape, in place of “a digit and a letter in it”. */
  check?(value: string): boolean;
  /** `check` is a checksum: what fails it was never issued. */
  readonly decisive?: boolean;
  /** Builds a value that passes `check`, where random parts do not. */
  make?(random: Random): string;
  /** Near misses that only this row has. */
  misses?(random: Random): readonly NearMiss[];
}

/** A value with one character changed at its end, so that a checksum no longer holds. */
export function damaged(token: string): string {
  return token.slice(0, -1) + (token.at(-1) === '0' ? '1' : '0');
}

/** A key with a fixed beginning (or middle), found wherever it stands. */
export function prefixed(spec: PrefixedSpec): ShapeDetector {
  const { formats, check = hasDigitAndLetter(formats), decisive = false, make, misses, ...words } = spec;
  const first = formats[0] as Format;
  const { keywords, before } = keywordsOf(formats);
  const opening = typeof first[0] === 'string' ? first[0] : '';
  const sample = make ?? ((random: Random): string => sampleOf(pick(random, formats), random));
  return {
    kind: 'shape', severity: 'error', ...words, prefix: opening, keywords, before, decisive,
    pattern: patternOf(formats),
    ...(check === undefined ? {} : { check }),
    sample,
    nearMisses: (random) => [
      { why: 'one character short', variable: 'value', value: shortOf(first, random) },
      { why: 'a sign its alphabet lacks', variable: 'value', value: foreignOf(first, random) },
      { why: 'a placeholder', variable: 'value', value: placeholderOf(first) },
      ...(beginsWord(formats) && !beginsOpen(first) ? [{ why: 'part of a longer word', variable: 'value', value: `x${sample(random)}` }] : []),
      ...(decisive ? [{ why: 'wrong checksum: never issued', variable: 'value', value: damaged(sample(random)) }] : []),
      ...(misses?.(random) ?? []),
    ],
  };
}

/** Words of a name that make its value one key of a service that has only one. */
const TOKEN_ROLES = ['key', 'apikey', 'token', 'apitoken', 'accesstoken', 'authtoken', 'accesskey', 'secret', 'auth', 'authorization', 'bearer', 'credential', 'pat'];
const KEY_ROLES = ['key', 'apikey', 'id', 'keyid', 'accesskey'];
const SECRET_ROLES = ['secret', 'apisecret', 'secretkey', 'private', 'privatekey', 'sk', 'clientsecret'];
const NOT_KEYS = ['public', 'pub', 'publishable', 'passphrase', 'password', 'name', 'path', 'file', 'hash', 'digest', 'checksum', 'order', 'url', 'uri', 'count', 'sha', 'commit', 'version', 'type', 'size', 'length'];

const ROLES = { token: TOKEN_ROLES, key: KEY_ROLES, secret: SECRET_ROLES, other: [] } as const;
/** What speaks against a row beside `NOT_KEYS`, by role: the public half of a pair is not its secret. */
const NOT_BY_ROLE = { token: [], key: ['secret', 'private', 'sk'], secret: [], other: [] } as const;

export interface NamedSpec extends Described {
  /** Words that name the vendor. */
  readonly vendors: readonly string[];
  /** `token`: the service has one kind of key; `key` and `secret`: the halves of a pair; `other`: what `roles` says. */
  readonly role: 'token' | 'key' | 'secret' | 'other';
  readonly formats: readonly Format[];
  /** Further roles and words against, beside the usual ones. */
  readonly roles?: readonly string[];
  readonly not?: readonly string[];
  readonly variables?: readonly string[];
  check?(value: string): boolean;
  make?(random: Random): string;
  misses?(random: Random): readonly NearMiss[];
}

const SPELLINGS: Readonly<Record<NamedSpec['role'], (vendor: string) => readonly string[]>> = {
  token: (vendor) => [`${vendor.toUpperCase()}_API_KEY`, `${vendor}_token`, `${vendor}ApiKey`],
  key: (vendor) => [`${vendor.toUpperCase()}_API_KEY`, `${vendor}_key`, `${vendor}ApiKey`],
  secret: (vendor) => [`${vendor.toUpperCase()}_API_SECRET`, `${vendor}_secret`, `${vendor}SecretKey`],
  other: () => [],
};

/** Vendors that are words of every day, too: around a name they say nothing. Short words are taken for such as well. */
const EVERYDAY: ReadonlySet<string> = new Set((
  'polygon massive linear notion segment square capital delta backpack circle brave together modal scale commerce transaction storage account subscription private secret '
  + 'drift shortcut canny pivotal harvest phrase privacy particle percy keen packet sauce abstract tomorrow steam guardian genius crisp streak apollo copper hunter delighted '
  + 'semaphore twelve whale lunar amber optimism optimistic census channel stream daily groove basecamp podio greenhouse guru clearout assembly elastic account storage private '
  + 'access wallet consumer oauth token client authorization bearer recaptcha captcha spaces docker travis cypress sonar sentry drone jenkins phantom ripple stellar vault consul nomad boundary '
  + 'render railway replicate fireworks voyage pinecone chroma dropbox adobe asana figma shodan censys strava signal pusher airship mux crowdin transifex qualtrics insightly recurly '
  + 'registry smtp cosmos batch cognitive database laravel django secretkey privatekey presharedkey preshared'
).split(' '));

/** Whether a vendor's word may stand around the name instead of in it. */
function isTelling(vendor: string): boolean {
  return vendor.length > 4 && !EVERYDAY.has(vendor);
}

/** A key without a beginning of its own: the vendor's word, a role's word and the exact shape together make the proof. */
export function named(spec: NamedSpec): NamedDetector {
  const { vendors, role, formats, roles = [], not = [], check = hasDigitAndLetter(formats), make, misses, variables: given, ...words } = spec;
  const [vendor] = vendors as readonly [string];
  const variables = given ?? SPELLINGS[role](vendor);
  const [variable] = variables as readonly [string];
  const all = [...new Set([...ROLES[role], ...roles])];
  const first = formats[0] as Format;
  const sample = make ?? ((random: Random): string => sampleOf(pick(random, formats), random));
  return {
    kind: 'named', severity: 'error', ...words, prefix: '', variables,
    vendors: vendors.filter(isTelling),
    vendorsInName: vendors.filter((word) => !isTelling(word)),
    roles: all,
    not: [...[...NOT_KEYS, ...NOT_BY_ROLE[role]].filter((word) => !all.includes(word)), ...not],
    shape: shapeOf(formats), lengths: lengthsOf(formats),
    ...(check === undefined ? {} : { check }),
    sample,
    nearMisses: (random) => [
      { why: 'one character short', variable, value: shortOf(first, random) },
      { why: 'a sign its alphabet lacks', variable, value: foreignOf(first, random) },
      { why: 'a placeholder', variable, value: placeholderOf(first) },
      { why: 'by its name the hash of an order', variable: `${vendor}_order_hash`, value: sample(random) },
      { why: 'no vendor is named', variable: 'feed_api_key', value: sample(random) },
      ...(misses?.(random) ?? []),
    ],
  };
}
