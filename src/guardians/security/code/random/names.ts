/** What a name says its value is for, where that value must not be guessed or met twice. */
import { mentions, wordsOf } from '../../../../core/source/meaning/words.ts';

/** `secret`: opens something; `nonce`: used once; `order`: an order's own name at the broker. */
export type Purpose = 'secret' | 'nonce' | 'order';

function list(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

const SECRETS = list('token secret password passwd pwd passphrase otp csrf apikey apisecret sessionid credential credentials captcha');
const KEY_KINDS = list('api secret private encryption encrypt aes session signing sign access auth fernet hmac master symmetric cipher jwt');
const NONCES = list('nonce iv salt');
const ORDER_WORDS = list('order orders ord orderid cl cloid clord clordid coid');
const ORDER_NAMES = list('cloid clordid coid clorderid clientorderid');
/** With one of these a name is about an amount, a place in a list, or a language model's token. */
const OTHER = list('price count amount num number index idx len length size balance value type name address pad mask eos bos max min limit volume weight delay time interval pair symbol mint usage budget rate holder ttl expiry');

/** What a value of this name is for; undefined for names that promise nothing of the kind. */
export function purposeOf(name: string): Purpose | undefined {
  const words = wordsOf(name);
  const set = new Set(words);
  const last = words[words.length - 1] ?? '';
  const before = words[words.length - 2] ?? '';
  if (ORDER_NAMES.has(words.join('')) || (mentions(set, ORDER_WORDS) && /^(?:id|ref|tag|uid)$/.test(last))) { return 'order'; }
  if (mentions(set, OTHER)) { return undefined; }
  if (NONCES.has(last)) { return 'nonce'; }
  if (SECRETS.has(last) || (last === 'key' && KEY_KINDS.has(before)) || (last === 'id' && before === 'session') || (last === 'code' && /^(?:verification|auth|totp|reset)$/.test(before))) { return 'secret'; }
  return undefined;
}

const PASSWORDS = list('password passwd pwd passphrase pw passcode userpass pwtext');
const SIGNATURES = list('signature sign sig signed');

/** True for the name of a password. */
export function isPasswordName(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => PASSWORDS.has(word)) && !words.some((word) => /^(?:path|file|url|field|reset|attempts|length|policy)$/.test(word));
}

/** True for the name of a signature. */
export function isSignatureName(name: string): boolean {
  return wordsOf(name).some((word) => SIGNATURES.has(word));
}

const MADE_UP = list('simulate simulated simulation simulator sim mock mocked fake faker sample demo dummy synthetic paper test tests testing backtest backtesting stub fixture example examples random montecarlo');

const CLOCK = list('time now timestamp ms ns utc epoch date clock micros millis nanos');

/** True for names one of which reads a clock: with the moment in it, a number is met again only within that moment. */
export function readsClock(names: readonly string[]): boolean {
  return names.some((name) => wordsOf(name).some((word) => CLOCK.has(word)));
}

/** True for what says that its values are made up: nobody is kept out by them. */
export function isMadeUp(name: string): boolean {
  return wordsOf(name).some((word) => MADE_UP.has(word));
}
