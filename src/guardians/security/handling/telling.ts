/**
 * Which names in code hold a secret by their name alone, and which only where it is proven that one is put there.
 * `token` is a coin, a word of a parser and a credential: printing it proves nothing.
 */
import { classifyName } from '../scan/names.ts';
import { wordsOf } from '../scan/words.ts';

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** `…_token` after one of these opens something; `base_token`, `page_token` and `next_token` do not. */
const OPENING_TOKENS = list('access api auth bearer bot refresh oauth oauth2 personal secret bearer telegram tg discord slack github gitlab pat jwt deploy');
/** `…_key` after one of these; `project_key`, `user_key` and `row_key` are names of rows as often. */
const OPENING_KEYS = list('api access auth secret private signing encryption hmac');
/** Words that are a secret standing alone. `pass`, `pwd`, `token`, `secrets`, `credentials` are other things as often. */
const ALONE = list('password passwd passphrase passwort kennwort senha apikey apisecret secretkey privatekey accesstoken authtoken mnemonic secret');
/** Words before `password` or `secret` that make it a text about one, or a question. */
const ABOUT = list('is has no needs need with without use uses show hide ask prompt check verify valid validate invalid require required requires can should enable enabled missing bad wrong forgot change reset input enter conf');
/** What a function is called that hands out a secret. */
const GETTERS = list('get load read fetch resolve obtain retrieve decrypt require');
/** Names of functions whose result shows nothing worth hiding. */
const COVERS = list(
  'mask masked redact redacted hide hash hashed sha1 sha224 sha256 sha384 sha512 md5 digest hexdigest hmac sign signature encrypt encrypted obfuscate obfuscated '
  + 'obscure sanitize sanitise sanitized censor scrub anonymize anonymise fingerprint len length size count bool boolean type typeof isinstance is has verify check '
  + 'validate compare equals startswith endswith starts ends includes contains index find shorten truncate short preview partial last first tail head suffix prefix checksum crc32 id',
);

/** Words at the end that change nothing of what a name says: `token_value` is as weak as `token`. */
const ENDINGS = list('value val str string raw plain default live prod production paper demo sandbox testnet mainnet main backup old new current real const dev staging');

function withoutEnding(words: readonly string[]): readonly string[] {
  let end = words.length;
  while (end > 1 && ENDINGS.has(words[end - 1] ?? '')) { end -= 1; }
  return words.slice(0, end);
}

/** A name that is said to hold a secret, with how it may be told. */
export interface Telling {
  /** Told by the name alone; otherwise only where the value is proven to be one. */
  readonly alone: boolean;
}

/** What the name of a variable, field, parameter or key says; undefined where it says nothing. */
export function tellingName(name: string): Telling | undefined {
  const verdict = classifyName(name);
  if (verdict === undefined || verdict.role === 'webhook' || verdict.role === 'authorization') { return verdict === undefined ? undefined : { alone: false }; }
  const words = withoutEnding(wordsOf(name).filter((word) => !/^\d+$/.test(word)));
  if (words.some((word) => ABOUT.has(word))) { return undefined; }
  const last = words.at(-1) ?? '';
  const before = words.at(-2);
  if (words.length === 1) { return { alone: ALONE.has(last) }; }
  if (last === 'token' || last === 'tokens') { return { alone: last === 'token' && before !== undefined && OPENING_TOKENS.has(before) }; }
  if (last === 'key' || last === 'keys') { return { alone: last === 'key' && before !== undefined && OPENING_KEYS.has(before) }; }
  if (verdict.role === 'seed') { return { alone: last !== 'seed' }; }
  return { alone: last !== 'secrets' && last !== 'credentials' && last !== 'credential' && last !== 'pass' };
}

/** Whether a variable of the environment holds a secret: there, a weak name is enough. */
export function isSecretVariable(name: string): boolean {
  return classifyName(name) !== undefined;
}

/** Whether a function of this name gives something that shows no secret: `mask`, `sha256`, `len`. */
export function coversUp(name: string): boolean {
  return wordsOf(name).some((word) => COVERS.has(word));
}

/** The secret that a function hands out by its name: `get_api_key` gives `api_key`. */
export function handedOutBy(name: string): string | undefined {
  const words = wordsOf(name);
  if (words.length < 2 || !GETTERS.has(words[0] ?? '')) { return undefined; }
  const rest = words.slice(1).join('_');
  return tellingName(rest)?.alone === true ? rest : undefined;
}
