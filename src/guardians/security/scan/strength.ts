/** How much a value looks like a credential under the name it has: random, drawn by a person, or neither. */
import type { Confidence } from '../../../core/findings/finding.ts';
import type { FileFacts } from '../../../core/rules/rule.ts';
import type { NameVerdict } from './names.ts';
import { isKnownPassword } from '../handling/weak-passwords.ts';
import { PASSWORDS } from './names.ts';
import { FORM_RULES, GROUPED, HASH_LENGTHS, NAMES_ITSELF, PLACEHOLDER_WORDS, UUID, isPlaceholder, isSeedPhrase, isSomethingElse, isStrewn } from './value.ts';
import { isOrderly } from './stand-in.ts';
import { entropy, wordLikeness, wordsOf } from './words.ts';

/** How much proof is asked: `strict` in tests, documents and vendored code. */
export type Proof = 'normal' | 'strict';

/** Prose about keys asks for stronger proof than keys. */
const PROSE = /\.(?:md|mdx|rst|adoc|txt|html?|tex)$/i;

export function isProse(path: string): boolean {
  return PROSE.test(path);
}

/** What a file of this path and role asks for. */
export function proofOf(path: string, role: FileFacts['role']): Proof {
  return role !== 'code' || isProse(path) ? 'strict' : 'normal';
}

/** What is known about a value besides its name. */
export interface Setting {
  readonly proof: Proof;
  /** Nothing but a space joins name and value, or they stand in a sentence. */
  readonly loose: boolean;
  /** The value of an entry of settings that are no template: what stands there is in use. */
  readonly settings: boolean;
  /** The file is a template of settings: what stands there is to be replaced. */
  readonly template?: boolean;
  /** Whether a user's name or login stands beside it. */
  nearUser(): boolean;
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

/** How often letters and digits take turns: `a1b2` three times, `falcon1970` once. Words with a number take turns once or twice. */
export function turns(value: string): number {
  return (value.match(/[A-Za-z](?=[0-9])|[0-9](?=[A-Za-z])/g) ?? []).length;
}

/** Number of signs the value draws from: sixteen where nearly all are hex digits. */
function alphabetOf(value: string): number {
  const hex = value.replace(/[^0-9a-fA-F]/g, '').length;
  if (hex >= value.length * 0.85) return 16;
  return /[a-z]/.test(value) && /[A-Z]/.test(value) ? 62 : 36;
}

/**
 * Bits a character that random text of this length and alphabet reaches nearly always: three quarters of what it could have
 * (`log2` of the shorter of length and alphabet). Texts with repeated pieces stay below.
 */
function entropyFloor(value: string): number {
  // Sixteen hex digits are a row's number or half a digest more often than a key.
  if (/^[0-9a-f]+$/i.test(value) && value.length < 20) return Infinity;
  return 0.75 * Math.log2(Math.min(value.length, alphabetOf(value)));
}

/** Signs after which a value has shown how it was drawn: what repeats or pads it later takes nothing back. */
const SHOWN = 40;

function isEven(value: string, more: number): boolean {
  const beginning = value.slice(0, SHOWN);
  return entropy(value) >= entropyFloor(value) + more || (value.length > SHOWN && entropy(beginning) >= entropyFloor(beginning) + more);
}

/** Whether letters and digits take turns all through a value, as evenly as drawn ones: proof enough where no name stands. */
export function isStrewnEvenly(value: string): boolean {
  return turns(value) * 6 >= value.length && isEven(value, 0.2) && looksRandom(value, 'strict');
}

function looksRandom(value: string, proof: Proof): boolean {
  if (!/^[\x21-\x7e]+$/.test(value) || (!/^[A-Za-z0-9+/=_.~:!@#%^&*-]+$/.test(value) && characterClasses(value) < 3)) return false;
  if (!isEven(value, proof === 'strict' ? 0.2 : 0)) return false;
  if (isIdentifier(value) || isWordChain(value) || GROUPED.test(value)) return false;
  const digits = value.replace(/[^0-9]/g, '').length;
  if (digits === 0) return value.length >= 20 && /[a-z]/.test(value) && (/[A-Z]/.test(value) || value.length >= 32) && wordLikeness(value) < 0.5;
  return wordLikeness(value) < 0.72 || digits * 3 >= value.length;
}

/**
 * Standard base 64 with its own marks, whole groups of four: what encoders write, and what issuers of tokens avoid in
 * headers and addresses. Forty characters are the exception: thirty bytes is no digest's length, and AWS' for secrets.
 */
function isPlainBase64(value: string): boolean {
  return /^[A-Za-z0-9+/]{20,}={0,2}$/.test(value) && /[+/=]/.test(value) && value.length % 4 === 0 && value.length !== 40;
}

/** A short value in which letters and digits take turns as in no word: `kkk9d7dh3k39sjv7`. */
function isShortRandom(value: string): boolean {
  return value.length >= 10 && /^[A-Za-z0-9_-]+$/.test(value) && turns(value) >= 3 && new Set(value).size >= 7 && !isWordChain(value) && !GROUPED.test(value);
}

/**
 * A UUID or a digest is an order, a row or a commit unless the name says which service's key it is: then it is what many
 * services hand out (Heroku, Snyk, Datadog, Postmark).
 */
function gradeIdentifierLike(value: string, { qualified, role, weak, named }: NameVerdict, { loose }: Setting): Confidence | undefined {
  if (loose || new Set(value.replace(/-/g, '')).size < 9) return undefined;
  // Rails and its kin draw secrets of 128 hex digits; a digest that long is rare.
  if (!qualified) return value.length >= 96 && named ? 'low' : undefined;
  return role === 'secret' || !weak || /^[0-9a-f]{40,}$/i.test(value) ? 'low' : undefined;
}

/** One or two signs that no issuer uses (RFC 6750, 2.1, has `-._~+/=`; Salesforce a `!`) in a value of letters and digits: damaged. More were drawn from the keyboard. */
function hasForeignSign(value: string): boolean {
  const foreign = value.replace(/%[0-9A-Fa-f]{2}/g, '').match(/[@#$%^&*]/g)?.length ?? 0;
  return foreign > 0 && foreign <= 2 && value.length >= 16;
}

/** Hex digits come in pairs, two a byte: a long value with one over is damaged. */
function isHalfHex(value: string): boolean {
  return value.length >= 25 && value.length % 2 === 1 && /^[0-9a-f]+$/i.test(value);
}

function gradeToken(value: string, verdict: NameVerdict, setting: Setting): Confidence | undefined {
  const { proof, loose } = setting;
  const { role, vendor, qualified, weak } = verdict;
  if (value.length > 1024 || isPlaceholder(value)) return undefined;
  // Issuers draw tokens from signs that stand in headers and addresses unescaped.
  if (role === 'token' && (/[?;]/.test(value) || hasForeignSign(value)) && !isStrewn(value)) return undefined;
  if (isHalfHex(value)) return undefined;
  if (UUID.test(value) || (/^[0-9a-f]+$/i.test(value) && HASH_LENGTHS.has(value.length))) return gradeIdentifierLike(value, verdict, setting);
  if (isSomethingElse(value) || FORM_RULES.test(value) || NAMES_ITSELF.test(value)) return undefined;
  if (isPlainBase64(value) && !qualified && !(role === 'secret' && vendor)) return undefined;
  const shortest = proof === 'strict' || weak || loose ? 20 : 16;
  if (value.length >= shortest && looksRandom(value, loose || weak ? 'strict' : proof)) return weak || loose ? 'low' : 'medium';
  if (weak || loose) return undefined;
  if (isStrewn(value)) return 'low';
  if ((value.length >= 16 && looksRandom(value, 'normal')) || (proof === 'normal' && /^(?:[a-z]+|[A-Z]+)$/.test(value) && isLetterSalad(value, 16, 0.45))) return 'low';
  return isShortRandom(value) && value.length < 40 ? 'low' : undefined;
}

/** Four groups of four small letters: the app passwords that mail providers hand out. */
const APP_PASSWORD = /^[a-z]{4} [a-z]{4} [a-z]{4} [a-z]{4}$/;

/** A password that was drawn with care: letters and something else, no words joined by marks. */
function isDrawnPassword(value: string): boolean {
  if (isIdentifier(value)) return false;
  const letter = /[A-Za-z]/.test(value);
  const other = /[^A-Za-z]/.test(value);
  if (!letter || !other) return letter && value.length >= 12 && wordLikeness(value) < 0.5;
  // `db_password`, `user-name`: words joined by a mark carry no digit and no case change.
  if (/^[a-z]+(?:[-_. ][a-z]+)+$/i.test(value) || /^[^a-z0-9]?(?:[a-z]+[^a-z0-9]){2,40}[a-z]*$/i.test(value)) return wordLikeness(value) < 0.5;
  return value.length >= 8 && entropy(value) >= 2.5;
}

const GROUPED_LICENCE = /^[A-Z0-9]{4,6}(?:-[A-Z0-9]{4,6}){3,7}$/;

/** Words that forms, protocols and programs write where a password would stand. */
const SPOKEN: ReadonlySet<string> = new Set((
  'required optional string text hidden visible invalid enabled disabled failed failure error warning success passed basic plain plaintext login prompt stdin keyboard interactive '
  + 'input field label button icon reset forgot confirm confirmation strength length policy rule rules number boolean object array integer bytes char varchar type name email file '
  + 'environment environ env config settings vault keychain keyring manual auto automatic always never optional mandatory sensitive protected private public internal external '
  + 'update create delete view show hide toggle encrypt encrypted decrypt hash hashed digest scram md5 sha256 trust peer ident ldap kerberos certificate negotiate bearer oauth '
  + 'first second third last next other another this that self none nothing blank bcrypt argon2 scrypt foo bar baz trader user users admin'
).split(' '));

/** Templates, masks and names of variables: no password, not even a weak one. */
function isNoPassword(value: string): boolean {
  if (!/^[A-Za-z0-9][A-Za-z0-9!@#$%^&*_.+=?~-]*$/.test(value) || /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(value)) return true;
  if (/x{4}|\*{3}|\.{3}|example|placeholder|redacted|change_?me|your|insert|replace|dummy|todo/i.test(value) || /^(.{1,4})\1{2,40}$/.test(value)) return true;
  if (/^(?:my|our|new|old|some|any|the|test|wrong|bad|good|valid|invalid|in?correct|current|confirm)[-_]?(?:secure|strong|super|safe)?[-_]?(?:p[a@4][s5$]{2}|pwd|s[e3]cr[e3]t)(?:w[o0]rd)?[-_!]?$/i.test(value)) return true;
  if (/^(?:my|new|old)[-_]?(?:secure|strong|super|safe)?[-_]?p[a@4][s5$]{2}/i.test(value)) return true;
  // Names of variables and settings: `smtpLogin`, `db.main`, `mail_server`.
  return /[a-z][A-Z]|[._-][A-Za-z]/.test(value) && !/[0-9]/.test(value) && isIdentifier(value);
}

/** Marks of what is to be filled in. */
const TO_FILL_IN = /[<>{}$*]|x{4}|\.{3}|example|placeholder|redacted|change|your|insert|replace|dummy|todo|goes_?here/i;

/**
 * What a variable of settings is given is in use, however weak it is: `MYSQL_ROOT_PASSWORD: rootpassword`. Words that everybody knows are told by
 * ENV008, which weighs who reaches the server.
 */
function isInUse(value: string, { settings }: Setting): boolean {
  if (!settings || TO_FILL_IN.test(value) || isKnownPassword(value) || !/^[\x21-\x7e]+$/.test(value)) return false;
  const lower = value.toLowerCase();
  return !SPOKEN.has(lower) && !PASSWORDS.has(lower) && !PLACEHOLDER_WORDS.has(lower) && !/^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(value) && !FORM_RULES.test(value) && !isSomethingElse(value);
}

/**
 * `rootpass`, `mysqlrootpassword` beside a user's name: a word of the owner's before the stock word. With “my”, “new” or “test” before it, it only says
 * what would stand there.
 */
function isMadeOfStock(value: string, setting: Setting): boolean {
  return value.length >= 7 && /^[a-z]{3,24}[-_]?(?:password|passwd|pass|pwd|secret)$/i.test(value) && !/[a-z][A-Z]|^[A-Z_]+$/.test(value) && !isNoPassword(value)
    && !/^(?:user|name|login|account|client|auth|db|database|confirm|repeat|current|reset|forgot|enter|hash|encrypt|plain|default|admin|invalid|wrong|valid|first|second)/i.test(value)
    && setting.nearUser();
}

/** Letters in no order: pairs of neighbours as rare as in drawn ones. Words of every language with Latin letters have more of the frequent pairs. */
function isLetterSalad(value: string, shortest: number, most: number): boolean {
  return value.length >= shortest && value.length <= 64 && /^(?:[a-z]+|[A-Z]+)$/.test(value) && new Set(value).size >= 6 && wordLikeness(value) <= most && !isPlaceholder(value);
}

/**
 * A weak password: one that somebody chose and others guess, a stock word with a number (`Welcome1`) or in look-alikes (`P4ssw0rd`) included. Plain words
 * count beside a user's name only, and none that says what would stand here (`newpassword`, `required`).
 */
function isWeakPassword(value: string, setting: Setting): boolean {
  if (value.length < 5 || value.length > 40 || setting.loose || !/[A-Za-z].*[A-Za-z]/.test(value)) return false;
  if (isInUse(value, setting) || isMadeOfStock(value, setting) || isLetterSalad(value, 8, 0.4)) return true;
  if (isNoPassword(value)) return false;
  // `password1`, `test_2`: the first and the second of a list.
  if (/[0-9]/.test(value)) return !/^(?:test|pass|password|passwd|secret|user|old|new|key|foo|bar)[-_]?[0-9]$/i.test(value) && !/^(?:[a-z]{1,20}[-_]){1,4}[0-9]{1,2}$/i.test(value);
  const words = wordsOf(value);
  if (words.some((word) => PASSWORDS.has(word) || SPOKEN.has(word) || PLACEHOLDER_WORDS.has(word))) return false;
  return !/pass|secret|pwd|token|credential|user|string|value/i.test(value) && setting.nearUser();
}

/** A password of stock words or plain letters: those who know the house guess it, and it is a hint more than a leak. */
export function isStockMade(value: string): boolean {
  return /^[A-Za-z_-]+$/.test(value) && /pass|pwd|secret/i.test(value);
}

function gradePassword(value: string, setting: Setting): Confidence | undefined {
  if (APP_PASSWORD.test(value)) return wordLikeness(value.replaceAll(' ', '')) < 0.8 ? 'medium' : undefined;
  if (value.length < 5 || value.length > 128 || /\s/.test(value) || isSomethingElse(value) || FORM_RULES.test(value)) return undefined;
  // Encoded bytes and licences: nobody types a password of 64 letters.
  if ((isPlainBase64(value) && value.length >= 40) || GROUPED_LICENCE.test(value)) return undefined;
  if (isPlaceholder(value)) return isWeakPassword(value, setting) ? 'low' : undefined;
  // `SMTP-Passwort.`: words that say what would stand here.
  if (/^[\p{L}._ -]+$/u.test(value) && wordsOf(value).some((word) => PASSWORDS.has(word))) return undefined;
  if (value.length >= 6 && isDrawnPassword(value)) {
    if (setting.proof === 'normal' && !setting.loose) return 'medium';
    if (value.length >= 10 && characterClasses(value) >= 3 && entropy(value) >= 3) return 'medium';
  }
  return isWeakPassword(value, setting) ? 'low' : undefined;
}

/** Whether only the order of its signs speaks against a value that a service's name and the word of a key stand before. */
export function isStandIn(value: string, { role, qualified, weak }: NameVerdict, { proof, loose, template }: Setting): boolean {
  return (role === 'token' || role === 'secret') && qualified && !weak && proof === 'normal' && !loose && template !== true && isOrderly(value);
}

/** How sure it is that a value given to a name like this is a credential; undefined when it is none. */
export function gradeValue(value: string, verdict: NameVerdict, setting: Setting): Confidence | undefined {
  if (value.length < 5 || value.length > 4096) return undefined;
  switch (verdict.role) {
    case 'seed': return isSeedPhrase(value) ? 'medium' : undefined;
    case 'password': return gradePassword(value, setting);
    case 'authorization':
    case 'webhook': return undefined;
    default: return gradeToken(value, verdict, setting);
  }
}
