/** Passwords inside addresses: `postgresql://trader:…@host/ticks`, `redis://:…@cache:6379/0`. */
import type { Confidence } from '../../../core/findings/finding.ts';
import type { Span } from '../../../core/source/model.ts';
import type { Proof } from './strength.ts';
import { isPlaceholder, isSomethingElse, lettersOf } from './value.ts';
import { wordLikeness } from './words.ts';

const MAX_USER_INFO = 512;
/** Passwords of the images and guides that every developer has: they protect nothing. */
const STOCK = new Set(['postgres', 'root', 'admin', 'password', 'guest', 'mysql', 'mongo', 'redis', 'rabbitmq', 'minio', 'user', 'test', 'pass', 'secret', 'username', 'passwd', 'pwd', 'clickhouse', 'questdb', 'quest', 'influx', 'timescale', 'example']);

/**
 * Whether no stranger reaches the host an address goes on with: the developer's own machine, a service of a compose file
 * (a name without a dot), and the hosts of manuals (RFC 2606) and of the own room (`.local`, RFC 6762). A name under `.internal` is a server
 * that colleagues reach.
 */
function isHome(rest: string): boolean {
  if (rest.startsWith('[::1]')) return true;
  const labels = (/^[A-Za-z0-9._-]{1,100}/.exec(rest)?.[0] ?? '').toLowerCase().split('.');
  const [first, last] = [labels[0] ?? '', labels.at(-1) ?? ''];
  if (labels.length === 1) return first !== '';
  const whole = labels.join('.');
  return whole === '127.0.0.1' || whole === '0.0.0.0' || whole === 'host.docker.internal'
    || last === 'example' || labels.at(-2) === 'example' || last === 'test' || last === 'invalid' || last === 'local';
}

/** Whether a password was drawn and not made up: plain words, and the user's name with a number, protect nothing at home. */
function isRandomEnough(user: string, password: string): boolean {
  // Letters in no order: a generator's.
  if (/^[a-z]{8,64}$/.test(password) && wordLikeness(password) < 0.4) return true;
  if (password.length < 10 || !/[0-9]/.test(password) || !/[A-Za-z]/.test(password)) return false;
  let words = password.length;
  while (words > 0 && !/[A-Za-z]/.test(password[words - 1] as string)) words -= 1;
  return !(user.length >= 3 && password.toLowerCase().startsWith(user.toLowerCase())) && !isWords(password.slice(0, words));
}

/** Whether somebody chose the password, however weak it is, and wrote it for a server and not as a word of the format. */
function isChosen(user: string, password: string): boolean {
  if (password.length < 6 || /^(?:my|your|the|some|db|a)?[-_]?(?:pass|pwd|secret|token|user)/i.test(password) || /pass(?:word|wd)$/i.test(password)) return false;
  if (user.length >= 3 && password.toLowerCase().startsWith(user.toLowerCase())) return false;
  return /[0-9]/.test(password) || !/^[A-Z_]+$/.test(password);
}

/** Whether the host an address goes on with is one of the manuals (RFC 2606). */
function isManual(rest: string): boolean {
  const labels = (/^[A-Za-z0-9._-]{1,100}/.exec(rest)?.[0] ?? '').toLowerCase().split('.');
  return ['example', 'test', 'invalid'].includes(labels.at(-1) ?? '') || labels.at(-2) === 'example' || labels[0] === 'host' || labels[0] === '';
}

/**
 * Whether somebody made the password up for a user of their own, out of stock words: `P4ssw0rd`, `top_secret`, `rootpassword`. The user's
 * own name, a word of the format (`PASSWORD`, `pass`, `your_password`) and a mask are none.
 */
function isMadeUp(user: string, password: string): boolean {
  if (password.length < 6 || password.length > 40 || !/^[\x21-\x7e]+$/.test(password) || /[<>{}$*]|\.\.\.|x{4}|example|placeholder|redacted|your|change|(.)\1{4}/i.test(password)) return false;
  if (user.length >= 3 && password.toLowerCase().startsWith(user.toLowerCase())) return false;
  if (!/pass|secret|pwd/.test(lettersOf(password))) return false;
  return !/^(?:(?:my|the|some|new|db|a|user)[-_]?)?(?:passw(?:or)?d|pass|pwd|secret|token|user(?:name)?)$/i.test(password) && /[A-Za-z].*[A-Za-z]/.test(password) && !/^[A-Z_]+$/.test(password);
}

/** Words without a digit between them, joined by marks or not. */
function isWords(text: string): boolean {
  return /^[A-Za-z][A-Za-z_.!@+-]{2,127}$/.test(text) && text.split(/[^A-Za-z]/).every((word) => word.length !== 1) && wordLikeness(text) >= 0.62;
}

/** The password behind its percent signs: `p%40ss` is `p@ss`. */
function unescaped(text: string): string {
  return text.replace(/%[0-7][0-9a-f]/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}

/** Where the part in front of `@` ends, or -1: it holds no white space, quote or slash. */
function endOfUserInfo(text: string, from: number): number {
  const stop = Math.min(text.length, from + MAX_USER_INFO);
  let at = -1;
  for (let i = from; i < stop; i += 1) {
    const char = text[i] as string;
    if (char === '@') at = i;
    else if (/[\s"'`<>\\/?#,;]/.test(char)) break;
  }
  return at;
}

/**
 * The password of the address whose `://` stands at `at`, or undefined when it has none or a stand-in.
 * A password equal to its user, a stock word of a public image or a template is no secret.
 */
export function passwordInAddress(text: string, at: number, proof: Proof): { readonly span: Span; readonly confidence: Confidence; readonly slight?: true } | undefined {
  const from = at + 3;
  const end = endOfUserInfo(text, from);
  if (end < 0) return undefined;
  const colon = text.indexOf(':', from);
  if (colon < 0 || colon >= end) return undefined;
  const user = text.slice(from, colon);
  const password = unescaped(text.slice(colon + 1, end));
  if (password.length < 4 || password === user || STOCK.has(password.toLowerCase())) return undefined;
  const madeUp = isMadeUp(user, password);
  if ((isPlaceholder(password) && !madeUp) || (isSomethingElse(password) && !/^[0-9a-f]{32,}$/i.test(password))) return undefined;
  // Brackets and the circumflex have to be escaped there (RFC 3986): this is a pattern that reads addresses.
  if (/^[A-Z][A-Z_]+$/.test(password) || /[[\]^]/.test(text.slice(colon + 1, end))) return undefined;
  const span = { start: colon + 1, end };
  const home = isHome(text.slice(end + 1, end + 120));
  const stock = isPlaceholder(password);
  if (!stock && (isRandomEnough(user, password) || (proof === 'normal' && !home))) return { span, confidence: 'medium' };
  if (!stock && !home && isChosen(user, password)) return { span, confidence: 'low' };
  // At home nobody is let in by it; a password of stock words is the first that is tried where the file goes next: information.
  return madeUp && !isManual(text.slice(end + 1, end + 120)) ? { span, confidence: 'low', slight: true } : undefined;
}
