/** Whether a value can be a secret: placeholders, references, hashes, identifiers and prose are told from it here. */
import { PASSWORDS, type Role } from './names.ts';
import { entropy, wordLikeness, wordsOf } from './words.ts';

/** How much proof is asked: `strict` in tests and vendored code. */
export type Proof = 'normal' | 'strict';

/** Words that people write where a secret belongs. */
const PLACEHOLDER_WORDS: ReadonlySet<string> = new Set((
  'example examples sample placeholder changeme change replace replaceme insert your yours yourself my enter fill todo fixme tbd dummy fake mock test '
  + 'testing tester demo default none null nil undefined empty missing unknown unset redacted masked hidden removed censored secret secrets '
  + 'password passwd passphrase pass pwd token apikey key here goes foo bar baz qux foobar lorem ipsum something anything whatever value string '
  + 'secure strong old new current previous valid correct super xxx yyy zzz abc abcd abc123 asdf qwerty letmein hunter2 welcome admin root user username guest invalid expired wrong bad bogus notreal not real'
).split(' '));

/** `P@55w0rd!` is the stock word written with look-alikes. */
const LOOK_ALIKES: Readonly<Record<string, string>> = { '@': 'a', '4': 'a', '3': 'e', '1': 'l', '0': 'o', '5': 's', $: 's', '7': 't' };

function isStockWord(value: string): boolean {
  if (value.length > 16) return false;
  const letters = [...value.toLowerCase()].map((char) => LOOK_ALIKES[char] ?? char).join('').replace(/[^a-z]/g, '');
  const bare = letters.replace(/^(?:my|your|our|the|new|old|super|strong|some|dev|local|test|secret)/, '');
  return PLACEHOLDER_WORDS.has(letters) || PLACEHOLDER_WORDS.has(bare);
}

/** Words that, standing alone as a word of a value, make it a placeholder however random the rest looks. */
const TELLTALE = /(?:^|[^a-z])(?:examples?|placeholder|change_?me|replace_?me|dev_?only|your|dummy|redacted|todo|insert|lorem|fake|mock|goes-here)(?:[^a-z]|$)/i;

const RUNS = ['0123456789abcdefghijklmnopqrstuvwxyz', '9876543210', 'qwertyuiop', 'zyxwvutsrqponmlkjihgfedcba'];

/** Whether the value holds eight or more characters in keyboard, number or alphabet order, or one character seven times. */
function hasRun(value: string): boolean {
  const lower = value.toLowerCase();
  let same = 1;
  for (let i = 1; i < lower.length; i += 1) {
    same = lower[i] === lower[i - 1] ? same + 1 : 1;
    if (same >= 7) return true;
  }
  for (let i = 0; i + 8 <= lower.length; i += 1) {
    const piece = lower.slice(i, i + 8);
    if (RUNS.some((run) => run.includes(piece)) || piece === '12345678') return true;
  }
  return false;
}

/** Whether the value stands in for a secret: masked, templated, a stock word, a run of neighbours. */
export function isPlaceholder(value: string): boolean {
  if (/[<>{}]|\*\*\*|\.\.\.|…|•|\$\(|%\(|%[A-Z_]{2,40}%|\$[A-Z_]{3,40}$/.test(value) || value.startsWith('$')) return true;
  if (/^(.{1,4})\1{3,64}$/.test(value.slice(0, 260)) || hasRun(value) || /x{4}/i.test(value)) return true;
  if (TELLTALE.test(value) || value.includes('EXAMPLE') || value.endsWith('example') || isStockWord(value)) return true;
  if (wordsOf(value).includes('your')) return true;
  const words = wordsOf(value).map((word) => word.replace(/[0-9]{1,8}$/, '')).filter((word) => word.length > 1);
  return words.length === 0 ? /^[0-9]{0,64}$/.test(value) : words.every((word) => PLACEHOLDER_WORDS.has(word));
}

/** Beginnings of things that are written where secrets are, and are none. */
const NOT_SECRET_START = /^(?:--|sha(?:1|224|256|384|512)[-:=]|md5[-:]|\$2[aby]?\$|\$argon2|pbkdf2|bcrypt|\{ssha|arn:|urn:|data:|file:|env:|vault:|ssm:|op:\/\/|kms:|enc\[|encrypted:|!|@|#|ssh-(?:rsa|ed25519)|ecdsa-|age1|pk_live_|pk_test_)/i;
const REFERENCE = /\b(?:os\.environ|os\.getenv|getenv|process\.env|import\.meta|secrets\.|config\.|settings\.|self\.|this\.|args\.|options\.|vault|keyring)/i;
const FILE_NAME = /\.(?:pem|key|crt|cer|p12|pfx|jks|json|ya?ml|toml|ini|env|txt|md|csv|py|ts|js|sh|cfg|conf|log|html|xml|db|sqlite)$/i;
const UUID = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i;
/** Lengths of SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512 in hex; MD5 (32) is also the length of many API keys. */
const HASH_LENGTHS: ReadonlySet<number> = new Set([40, 56, 64, 96, 128]);
/** `input[name="password"]`: where a page keeps its field. */
const SELECTOR = /^[a-z#.*][\w.#-]{0,60}\[[a-z-]{1,40}[~|^$*]?=["']?[\w -]{1,60}["']?\]$/i;
/** SHA-256, SHA-1 and MD5 of nothing, whole or cut off: what a sample is written with. */
const EMPTY_HASH = /^(?:e3b0c44298fc1c149afb|da39a3ee5e6b4b0d3255|d41d8cd98f00b204e980)/i;
const GROUPED = /^[A-Za-z0-9]{2,6}(?:-[A-Za-z0-9]{2,6}){2,9}$/;

/** The web token that jwt.io shows everybody, whatever it is signed with: its payload names John Doe. */
function isSampleJwt(value: string): boolean {
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
const NAMES_ITSELF = /.(?:secret|passw(?:or)?d|passphrase|api[-_]?key|sentinel|token)/i;

/** `required|string|min:6|confirmed`: the rules a form checks a field by. */
const FORM_RULES = /^[a-z_]{2,30}(?::[\w.,-]{1,40})?(?:\|[a-z_]{2,30}(?::[\w.,-]{1,40})?){1,12}$/;

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
  if (UUID.test(value) || /^0x[0-9a-f]{1,128}$/i.test(value)) return true;
  if (/^[0-9a-f]+$/i.test(value) && HASH_LENGTHS.has(value.length)) return true;
  return /^(?:true|false|yes|no|on|off|none|null|undefined|nil)$/i.test(value) || /^[0-9.,:+_-]+$/.test(value);
}

/** `snake_case`, `kebab-case`, `dotted.name`, `camelCase` or one word: what programmers call things. */
export function isIdentifier(value: string): boolean {
  if (!/^[A-Za-z_$][A-Za-z0-9_$.:/-]*$/.test(value)) return false;
  const letters = value.replace(/[^A-Za-z]/g, '').length;
  const digits = value.replace(/[^0-9]/g, '').length;
  return digits <= 3 && letters >= digits * 4 && wordLikeness(value) >= 0.62 && longestRandomRun(value) < 5;
}

/** `test_binance_key_1234`: words and short numbers joined by marks. Random values do not fall apart into words. */
function isWordChain(value: string): boolean {
  const parts = value.split(/[-_. ]/);
  return parts.length >= 2 && parts.every((part) => /^[0-9]{0,4}$/.test(part) || (/^[A-Za-z]{2,24}[0-9]?$/.test(part) && wordLikeness(part) >= 0.6));
}

/** Length of the longest run of consonants (`y` counts as a vowel): words seldom pass four. */
function longestRandomRun(value: string): number {
  let longest = 0;
  let run = 0;
  for (const char of value.toLowerCase()) {
    run = /[bcdfghjklmnpqrstvwxz]/.test(char) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** How many of lower case, upper case, digit and other stand in the value. */
export function characterClasses(value: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((test) => test.test(value)).length;
}

/** Four groups of four small letters: the app passwords that mail providers hand out. */
const APP_PASSWORD = /^[a-z]{4} [a-z]{4} [a-z]{4} [a-z]{4}$/;

function isPassword(value: string, proof: Proof): boolean {
  if (APP_PASSWORD.test(value)) return wordLikeness(value.replaceAll(' ', '')) < 0.8;
  if (value.length < 6 || value.length > 128 || /\s/.test(value) || isIdentifier(value)) return false;
  const letter = /[A-Za-z]/.test(value);
  const other = /[^A-Za-z]/.test(value);
  // `SMTP-Passwort.`: words that say what would stand here.
  if (/^[\p{L}._ -]+$/u.test(value) && wordsOf(value).some((word) => PASSWORDS.has(word))) return false;
  if (!letter || !other) return letter && value.length >= 12 && wordLikeness(value) < 0.5;
  if (proof === 'strict') return value.length >= 10 && characterClasses(value) >= 3 && entropy(value) >= 3;
  // `db_password`, `user-name`: words joined by a mark carry no digit and no case change.
  if (/^[a-z]+(?:[-_. ][a-z]+)+$/i.test(value) || /^[^a-z0-9]?(?:[a-z]+[^a-z0-9]){2,40}[a-z]*$/i.test(value)) return wordLikeness(value) < 0.5;
  return value.length >= 8 && entropy(value) >= 2.5;
}

/** Bits a character that random text of this length and alphabet reaches nearly always. */
function entropyFloor(value: string): number {
  // Sixteen hex digits are a row's number or half a digest more often than a key.
  if (/^[0-9a-f]+$/i.test(value)) return value.length >= 32 ? 3 : value.length >= 20 ? 2.8 : Infinity;
  return value.length >= 32 ? 3.9 : value.length >= 20 ? 3.4 : 3.1;
}

function looksRandom(value: string, proof: Proof): boolean {
  if (!/^[A-Za-z0-9+/=_.~:!@#%^&*-]+$/.test(value)) return false;
  if (entropy(value) < entropyFloor(value) + (proof === 'strict' ? 0.2 : 0)) return false;
  if (isIdentifier(value) || isWordChain(value) || GROUPED.test(value)) return false;
  const digits = value.replace(/[^0-9]/g, '').length;
  if (digits === 0) return value.length >= 20 && /[a-z]/.test(value) && /[A-Z]/.test(value) && wordLikeness(value) < 0.5;
  return wordLikeness(value) < 0.72 || digits * 3 >= value.length;
}

/**
 * Standard base 64 with its own marks, whole groups of four: what encoders write, and what issuers of tokens avoid in
 * headers and addresses. Forty characters are the exception: thirty bytes is no digest's length, and AWS' for secrets.
 */
function isPlainBase64(value: string): boolean {
  return /^[A-Za-z0-9+/]{20,}={0,2}$/.test(value) && /[+/=]/.test(value) && value.length % 4 === 0 && value.length !== 40;
}

function isToken(value: string, role: Role, vendor: boolean, proof: Proof): boolean {
  const shortest = proof === 'strict' ? 20 : 16;
  if (value.length < shortest || value.length > 1024 || !looksRandom(value, proof)) return false;
  return !isPlainBase64(value) || (role === 'secret' && vendor);
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

/** Basic authorization: base 64 of `user:password`. */
export function isBasicCredential(value: string): boolean {
  if (!/^[A-Za-z0-9+/]{8,400}={0,2}$/.test(value)) return false;
  const text = Buffer.from(value, 'base64').toString('latin1');
  const colon = text.indexOf(':');
  return colon > 0 && colon < text.length - 3 && /^[\x20-\x7e]+$/.test(text) && !isPlaceholder(text.slice(colon + 1));
}

/** Whether a value given to a name of this role is a secret. `proof` is `strict` in tests and vendored code. */
export function isSecretValue(value: string, role: Role, vendor: boolean, proof: Proof): boolean {
  if (value.length < 6 || value.length > 4096) return false;
  if (role === 'seed') return isSeedPhrase(value);
  if (isPlaceholder(value) || isSomethingElse(value) || FORM_RULES.test(value)) return false;
  if ((role !== 'password' || proof === 'strict') && NAMES_ITSELF.test(value)) return false;
  if (role === 'password') return isPassword(value, proof);
  if (role === 'authorization' || role === 'webhook') return false;
  return isToken(value, role, vendor, proof);
}
