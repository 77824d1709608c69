/** What stands where secrets are written and is none: placeholders, references, hashes, addresses, samples of a manual. */
import { RecentMap } from '../../../core/recent.ts';
import { wordsOf } from './words.ts';

/** Words that people write where a secret belongs. */
export const PLACEHOLDER_WORDS: ReadonlySet<string> = new Set((
  'example examples sample placeholder changeme change replace replaceme insert your yours yourself my enter fill todo fixme tbd dummy fake mock test '
  + 'testing tester demo default none null nil undefined empty missing unknown unset redacted masked hidden removed censored secret secrets '
  + 'password passwd passphrase pass pwd token apikey key here goes foo bar baz qux foobar lorem ipsum something anything whatever value string '
  + 'secure strong old new current previous valid correct super xxx yyy zzz abc abcd abc123 asdf qwerty letmein hunter2 welcome admin root user username guest invalid expired wrong bad bogus notreal not real'
).split(' '));

/** `P@55w0rd!` is the stock word written with look-alikes. */
const LOOK_ALIKES: Readonly<Record<string, string>> = { '@': 'a', '4': 'a', '3': 'e', '1': 'l', '0': 'o', '5': 's', $: 's', '7': 't' };

/** The letters of a text, look-alikes read as what they stand for: `P4ssw0rd!` is `password`. */
export function lettersOf(value: string): string {
  return [...value.toLowerCase()].map((char) => LOOK_ALIKES[char] ?? char).join('').replace(/[^a-z]/g, '');
}

function isStockWord(value: string): boolean {
  if (value.length > 16) return false;
  const letters = lettersOf(value);
  const bare = letters.replace(/^(?:my|your|our|the|new|old|super|strong|some|dev|local|test|secret)/, '');
  return PLACEHOLDER_WORDS.has(letters) || PLACEHOLDER_WORDS.has(bare);
}

/** Words that, standing alone as a word of a value, make it a placeholder however random the rest looks. */
const TELLTALE = /(?:^|[^a-z])(?:examples?|placeholder|change_?me|replace_?me|dev_?only|your|dummy|redacted|todo|insert|lorem|fake|mock|goes-here)(?:[^a-z]|$)/i;

const RUNS = ['0123456789abcdefghijklmnopqrstuvwxyz', '9876543210', 'qwertyuiop', 'zyxwvutsrqponmlkjihgfedcba'];

/**
 * Whether the value holds one character seven times on end, or eight and more in keyboard, number or alphabet order. In a long value such
 * neighbours must be a third of it: random ones hold some by chance or by the hand that made one up from a real one.
 */
function hasRun(value: string): boolean {
  const lower = value.toLowerCase();
  let same = 1;
  for (let i = 1; i < lower.length; i += 1) {
    same = lower[i] === lower[i - 1] ? same + 1 : 1;
    if (same >= 7) return true;
  }
  let covered = 0;
  for (let i = 0; i + 8 <= lower.length; i += 1) {
    const piece = lower.slice(i, i + 8);
    if (!RUNS.some((run) => run.includes(piece)) && piece !== '12345678') continue;
    covered += covered === 0 ? 8 : 1;
    if (covered * 3 >= lower.length) return true;
  }
  return false;
}

/** A place to be filled in: `{{ name }}`, `${name}`, `{name}`, `<name>`. */
const BLANK = /\{\{ {0,4}[\w.]{1,60} {0,4}\}\}|\{[A-Za-z_][\w.]{1,60}\}|\$\{[A-Za-z_][\w.:-]{0,60}\}|<[A-Za-z][\w -]{1,40}>/;
/** Patterns, calls and masks have as many signs. */
const WRITTEN_IN_SIGNS = /\][{+*?]|\\[dwsb]|\.\*|\(\?|^[/^]|\(\)|=>|->|([^A-Za-z0-9])\1\1/;

/** Whether a value draws from all signs of the keyboard, as generators of passwords do: seven kinds of them and more, no blank between. */
export function isStrewn(value: string): boolean {
  if (value.length < 12 || value.length > 128 || !/^[\x21-\x7e]+$/.test(value) || WRITTEN_IN_SIGNS.test(value) || BLANK.test(value)) return false;
  const signs = value.replace(/[A-Za-z0-9]/g, '');
  return new Set(signs).size >= 7 && signs.length * 2 <= value.length;
}

function isMade(value: string): boolean {
  if ((/[<>{}]/.test(value) && !isStrewn(value)) || /\*\*\*|\.\.\.|…|•|\$\(|%\(|%[A-Z_]{2,40}%|\$[A-Z_]{3,40}$/.test(value) || value.startsWith('$')) return true;
  if (/^(.{1,4})\1{3,64}$/.test(value.slice(0, 260)) || hasRun(value) || /x{4}/i.test(value)) return true;
  // What a tool fills in later: `@PASSWORD@`, `###ORACLE_PWD###`, `__TOKEN__`.
  if (/^([#@%_~])\1{0,3}[A-Za-z][A-Za-z0-9_.-]{1,60}\1{1,4}$/.test(value)) return true;
  if (TELLTALE.test(value) || value.includes('EXAMPLE') || value.endsWith('example') || isStockWord(value)) return true;
  if (wordsOf(value).includes('your')) return true;
  const words = wordsOf(value).map((word) => word.replace(/[0-9]{1,8}$/, '')).filter((word) => word.length > 1);
  return words.length === 0 ? /^[0-9]{0,64}$/.test(value) : words.every((word) => PLACEHOLDER_WORDS.has(word));
}

/** Beginnings of things that are written where secrets are, and are none. */
const NOT_SECRET_START = /^(?:--|sha(?:1|224|256|384|512)[-:=]|md5[-:]|\$2[aby]?\$|\$argon2|pbkdf2|bcrypt|\{ssha|arn:|urn:|data:|file:|env:|vault:|ssm:|op:\/\/|kms:|enc\[|encrypted:|!(?:[a-z]{2,20}(?:[ .:/]|$)|$)|@[a-z0-9_.-]{0,80}(?:[:/,(]|$)|#[a-z]*$|#[0-9a-f]{3,8}$|ssh-(?:rsa|ed25519)|ecdsa-|age1|pk_live_|pk_test_)/i;
const REFERENCE = /\b(?:os\.environ|os\.getenv|getenv|process\.env|import\.meta|secrets\.|config\.|settings\.|self\.|this\.|args\.|options\.|vault|keyring)/i;
const FILE_NAME = /\.(?:pem|key|crt|cer|p12|pfx|jks|json|ya?ml|toml|ini|env|txt|md|csv|py|ts|js|sh|cfg|conf|log|html|xml|db|sqlite)$/i;
export const UUID = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i;
/** Lengths of SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512 in hex; MD5 (32) is also the length of many API keys. */
export const HASH_LENGTHS: ReadonlySet<number> = new Set([40, 56, 64, 96, 128]);
/** A UUID whose groups somebody cut or lengthened. */
export const UUID_LIKE = /^[0-9a-f]{6,12}(?:-[0-9a-f]{2,6}){3}-[0-9a-f]{6,14}$/i;
/** `input[name="password"]`: where a page keeps its field. */
const SELECTOR = /^[a-z#.*][\w.#-]{0,60}\[[a-z-]{1,40}[~|^$*]?=["']?[\w -]{1,60}["']?\]$/i;
/** SHA-256, SHA-1 and MD5 of nothing, whole or cut off: what a sample is written with. */
const EMPTY_HASH = /^(?:e3b0c44298fc1c149afb|da39a3ee5e6b4b0d3255|d41d8cd98f00b204e980)/i;
export const GROUPED = /^[A-Za-z0-9]{2,6}(?:-[A-Za-z0-9]{2,6}){2,9}$/;

/** The web token that jwt.io shows everybody, whatever it is signed with: its payload names John Doe. */
export function isSampleJwt(value: string): boolean {
  if (!value.startsWith('eyJ')) return false;
  const payload = Buffer.from(value.split('.')[1] ?? '', 'base64url').toString('latin1');
  return payload.includes('"John Doe"') || payload.includes('"1234567890"');
}

/**
 * Whether the value is a web token (RFC 7519) that ran out before the day (`YYYY-MM-DD`): it opens nothing any more.
 * One without `exp`, or that does not parse, has not.
 */
export function isExpiredJwt(value: string, day: string): boolean {
  if (!value.startsWith('eyJ')) return false;
  const payload = Buffer.from(value.split('.')[1] ?? '', 'base64url').toString('latin1');
  const expiry = /"exp"\s{0,4}:\s{0,4}([0-9]{9,11})[^0-9]/.exec(payload)?.[1];
  return expiry !== undefined && Number(expiry) * 1000 < Date.parse(`${day}T00:00:00Z`);
}

/** `key-api-secret-0001`: a value that says what it is, behind its beginning, was written by hand. Issuers put such a word first, if anywhere. */
export const NAMES_ITSELF = /.(?:secret|passw(?:or)?d|passphrase|api[-_]?key|sentinel|token)/i;

/** `required|string|min:6|confirmed`: the rules a form checks a field by. */
export const FORM_RULES = /^[a-z_]{2,30}(?::[\w.,-]{1,40})?(?:\|[a-z_]{2,30}(?::[\w.,-]{1,40})?){1,12}$/;

/** `s|PASSWORD=.*|PASSWORD=$NEW|`: the pattern of an editor, up to its end. */
const EDITED = /^\.\*(?:[|#,@/]|\\[|/])/;
/** `\\033[92mPASS`, as it is written and as it is meant: what colours a terminal. */
const COLOUR = /(?:\\(?:033|x1b|u001b|e)|\u{1b})\[/iu;

/** Whether the value says where something stands: a file, a folder, an address. */
export function isPlace(value: string): boolean {
  return FILE_NAME.test(value) || /^(?:~|\.{0,2}\/|[A-Za-z]:[\\/])/.test(value) || /^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(value);
}

/** Whether the value is a path, an address, a hash, a UUID, a reference to a secret or a chain of words. */
export function isSomethingElse(value: string): boolean {
  if (NOT_SECRET_START.test(value) || REFERENCE.test(value) || isPlace(value)) return true;
  if (/(?:^|[@:=])sha(?:1|256|384|512)[:-]|arn:aws/i.test(value) || isSampleJwt(value)) return true;
  if (EMPTY_HASH.test(value) || SELECTOR.test(value) || COLOUR.test(value) || EDITED.test(value)) return true;
  if (/^(?:\^|\(\?)|\][+*?]/.test(value)) return true;
  if (UUID_LIKE.test(value) || UUID.test(value) || /^0x[0-9a-f]{1,128}$/i.test(value)) return true;
  if (/^[0-9a-f]+$/i.test(value) && HASH_LENGTHS.has(value.length)) return true;
  return /^(?:true|false|yes|no|on|off|none|null|undefined|nil)$/i.test(value) || /^[0-9.,:+_-]+$/.test(value);
}

/** Twelve to 24 plain words (BIP-39 allows 12, 15, 18, 21 and 24), not all the same. */
export function isSeedPhrase(value: string): boolean {
  if (!/^[a-z]{3,8}(?: [a-z]{3,8}){11,23}$/.test(value)) return false;
  const words = value.split(' ');
  return words.length % 3 === 0 && new Set(words).size >= words.length - 3;
}

/** The value of an `Authorization` header behind its scheme, with where it begins. */
export function credentialOf(value: string): { readonly value: string; readonly offset: number } | undefined {
  const scheme = /^(?:Bearer|Token|Bot|Basic|Apikey|ApiKey|Key) +/i.exec(value);
  return scheme ? { value: value.slice(scheme[0].length), offset: scheme[0].length } : undefined;
}

/** The pair of RFC 7617 and those that stand in for one everywhere. */
const SAMPLE_PAIRS: ReadonlySet<string> = new Set(['Aladdin:open sesame', 'user:pass', 'user:passwd', 'user:password', 'username:password', 'foo:bar', 'user:secret', 'login:password', 'test:test', 'key:secret']);

/**
 * Basic authorization: whether the value is base 64 of `user:password`, and how sure it is a real one. Nobody sees through the encoding by eye, so a
 * weak password counts as well, as a guess; the samples of the manuals do not.
 */
export function isBasicCredential(value: string): 'medium' | 'low' | undefined {
  if (!/^[A-Za-z0-9+/]{8,600}={0,2}$/.test(value)) return undefined;
  // `echo` writes a line end behind what it hands to base64.
  const text = Buffer.from(value, 'base64').toString('latin1').replace(/\r?\n$/, '');
  const colon = text.indexOf(':');
  if (colon < 1 || colon >= text.length - 3 || !/^[\x20-\x7e]+$/.test(text) || SAMPLE_PAIRS.has(text)) return undefined;
  const password = text.slice(colon + 1);
  if (/[<>{}]|\*\*\*|\.\.\./.test(password) || /^(.)\1+$/.test(password)) return undefined;
  return password.length >= 8 && !isPlaceholder(password) ? 'medium' : 'low';
}

const MOST_VALUES = 4_096;
const placeholders = new RecentMap<boolean>(MOST_VALUES);

/** Whether the value stands in for a secret: masked, templated, a stock word, a run of neighbours. */
export function isPlaceholder(value: string): boolean {
  const known = placeholders.get(value);
  if (known !== undefined) return known;
  const made = isMade(value);
  placeholders.set(value, made);
  return made;
}

/** A value of an object written as a text: long enough for a key. */
const OBJECT_VALUE = /:\s{0,4}\\{0,3}"([A-Za-z0-9_+/=.-]{20,300})(?=\\{0,3}")/;

/** The first long value of an object that is written as a text, `{"name":"root","sig":"…"}`, with where it begins. */
export function insideObject(text: string): { readonly value: string; readonly offset: number } | undefined {
  const found = text.length <= 1024 && /^\{[\s\\]{0,8}"/.test(text) ? OBJECT_VALUE.exec(text) : null;
  return found?.[1] === undefined ? undefined : { value: found[1], offset: found.index + found[0].length - found[1].length };
}
