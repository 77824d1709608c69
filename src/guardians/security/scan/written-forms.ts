/**
 * Credentials that a notation gives away, whatever they are called: web tokens, private JSON web keys, `user:password` in base 64 or behind
 * a command's flag, passwords in SQL. Each is looked at only where its keyword stands, and every look is bounded.
 */
import type { Confidence } from '../../../core/findings/finding.ts';
import type { Span } from '../../../core/source/model.ts';
import { isDocumented } from '../detectors/documented.ts';
import type { NameVerdict } from './names.ts';
import { type Proof, gradeValue, isStockMade } from './strength.ts';
import { isBasicCredential, isPlaceholder, isSampleJwt } from './value.ts';

/** What a look found. */
export interface FormHit {
  readonly detector: string;
  readonly span: Span;
  readonly confidence: Confidence;
  readonly slight?: boolean;
}

export interface Form {
  /** Lower case. */
  readonly keywords: readonly string[];
  /** What stands at a keyword that begins at `at`, or undefined. */
  look(text: string, at: number, proof: Proof): FormHit | undefined;
}

/** The span of the last group of a sticky match at an offset. */
function lastGroup(pattern: RegExp, text: string, at: number): Span | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  const group = match?.at(-1);
  if (!match || group === undefined) return undefined;
  const start = at + match[0].lastIndexOf(group);
  return { start, end: start + group.length };
}

const isBase64Url = (text: string, at: number): boolean => /[A-Za-z0-9_]/.test(text.charAt(at));

/** RFC 7519: header, payload and signature in base 64, joined by points; the header is JSON and names its algorithm. */
const JWT = /eyJ[A-Za-z0-9_-]{10,1500}\.eyJ[A-Za-z0-9_-]{6,6000}\.[A-Za-z0-9_-]{20,1500}(?![A-Za-z0-9_-])/y;

function webToken(text: string, at: number): FormHit | undefined {
  if (!text.startsWith('eyJ', at) || isBase64Url(text, at - 1)) return undefined;
  JWT.lastIndex = at;
  const token = JWT.exec(text)?.[0];
  if (token === undefined || isSampleJwt(token) || isDocumented(token)) return undefined;
  const header = Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString('latin1');
  return /"alg"\s{0,4}:/.test(header) ? { detector: 'json-web-token', span: { start: at, end: at + token.length }, confidence: 'high' } : undefined;
}

const MAX_JWK = 4000;
/** RFC 7518: `d` is the private part of RSA, EC and OKP keys, `k` the whole of a symmetric one. */
const PRIVATE_MEMBER = /\b[dk]\\?["']?\s{0,8}[:=]\s{0,8}b?\\?["']([A-Za-z0-9_=-]{20,1400})/;

function webKey(text: string, at: number): FormHit | undefined {
  const open = Math.max(text.lastIndexOf('{', at), at - MAX_JWK, 0);
  const close = text.slice(at, at + MAX_JWK).search(/[}\]]/);
  const object = text.slice(open, close < 0 ? at + MAX_JWK : at + close);
  const kind = /kty\\?["']?\s{0,8}[:=]\s{0,8}b?\\?["'](RSA|EC|OKP|oct)/.exec(text.slice(at, at + 40))?.[1];
  const member = kind === undefined ? null : PRIVATE_MEMBER.exec(object);
  const value = member?.[1];
  if (!member || value === undefined || (/\bk\b/.test(member[0].slice(0, 4)) !== (kind === 'oct')) || new Set(value).size < 10) return undefined;
  const start = open + member.index + member[0].length - value.length;
  return { detector: 'jwk-private-key', span: { start, end: start + value.length }, confidence: 'high' };
}

/** RFC 7617: `Basic` and base 64 of `user:password`. */
const BASIC = /basic(?:\s{1,4}|["'],?\s{0,4}["'])([A-Za-z0-9+/]{8,600}={0,2})(?![A-Za-z0-9+/=])/iy;
/** `"auth": "…"` of a container registry's settings, `_auth=…` of npm's. */
const REGISTRY = /(?:"auth"|_auth)\s{0,4}[:=]\s{0,4}"?([A-Za-z0-9+/]{8,600}={0,2})(?![A-Za-z0-9+/=])/iy;

function basic(pattern: RegExp): Form['look'] {
  return (text, at) => {
    const span = lastGroup(pattern, text, at);
    const grade = span && isBasicCredential(text.slice(span.start, span.end));
    return grade ? { detector: 'basic-authorization', span, confidence: grade } : undefined;
  };
}

/** How sure a password behind a command's flag or in a statement is; stand-ins and references are none. */
function plainPassword(detector: string, span: Span | undefined, text: string): FormHit | undefined {
  if (!span) return undefined;
  const value = text.slice(span.start, span.end);
  if (value.length < 4 || isPlaceholder(value) || /^[&:?@%$]|^(?:values|password|external|globally)$/i.test(value)) return undefined;
  return { detector, span, confidence: value.length >= 8 && /[0-9]/.test(value) ? 'medium' : 'low' };
}

/** curl, wget and HTTPie take `-u user:password`. */
const USER_FLAG = /(?:-u|--user)[ =]{1,3}["']?[^\s"':$<{`]{1,64}:([^\s"'$<{`]{4,100})/y;

function userFlag(text: string, at: number): FormHit | undefined {
  const before = text.slice(Math.max(0, at - 300), at);
  if (!/\b(?:curl|wget|https?|aria2c)\b/.test(before.slice(before.lastIndexOf('\n') + 1))) return undefined;
  return plainPassword('command-password', lastGroup(USER_FLAG, text, at), text);
}

/** sshpass and the clients of MySQL take the password right behind `-p`. */
const GLUED_FLAG = /(?:sshpass\s{1,4}-p\s{0,4}|mysql(?:dump|admin|import)?\s[^\n|;"']{0,120}?\s-p)["']?([^\s"'$`<]{4,64})/y;
/** `docker login -u … -p …`, `redis-cli -a …`, Redis' `requirepass …`, `az login … -p …`. */
const LOGIN_FLAG = /(?:(?:docker|podman|buildah|skopeo|nerdctl|crane|oc|az) login\s[^\n|;]{0,160}?\s-p[ =]|redis-cli\s[^\n|;]{0,120}?-a[ \t]|requirepass[ \t]|masterauth[ \t])[ \t]{0,4}["']?([^\s"'$`<{]{4,128})/y;
/** PowerShell: a text made a secure one is a password. */
const SECURE_STRING = /ConvertTo-SecureString(?:\s{1,4}-(?:String|AsPlainText|Force)){0,2}\s{1,4}(["'])([^"'\s$]{5,128})\1/iy;
/** `.netrc` (the GNU inetutils manual): machine, login, password. */
const NETRC = /login\s{1,20}[^\s"']{1,80}\s{1,20}password\s{1,20}["']?([^\s"'$<{]{4,128})/y;
/** A user and a password handed over by their place: Go's `SetBasicAuth`, Apache's `UsernamePasswordCredentials`, .NET's `NetworkCredential`, Java's `PasswordAuthentication`, Python's `smtp.login`. */
const BY_PLACE = /(?:BasicAuth\(|PasswordCredentials?\(|NetworkCredential\(|PasswordAuthentication\(|\.login\(|auth=\(|PlainAuth\(\s{0,4}["'][^"'\n]{0,40}["'],)\s{0,8}["'][^"'\n]{1,80}["'],\s{0,8}["']([^"'\s${<]{5,128})["']/iy;

/** A password with a digit among its letters, as a flag or a line of settings has it: other words stand there in sentences. */
function drawn(pattern: RegExp): Form['look'] {
  return (text, at) => {
    const hit = plainPassword('command-password', lastGroup(pattern, text, at), text);
    return hit?.confidence === 'medium' && /[A-Za-z]/.test(text.slice(hit.span.start, hit.span.end)) ? hit : undefined;
  };
}

function netrc(text: string, at: number, proof: Proof): FormHit | undefined {
  const words = text.slice(Math.max(0, at - 200), at).trimEnd().split(/\s/);
  return words.at(-1) === 'default' || words.at(-2) === 'machine' ? drawn(NETRC)(text, at, proof) : undefined;
}

function byPlace(text: string, at: number): FormHit | undefined {
  const span = lastGroup(BY_PLACE, text, at);
  const value = span === undefined ? '' : text.slice(span.start, span.end);
  const grade = span && gradeValue(value, { role: 'password', vendor: false, qualified: false, named: false, weak: false }, { proof: 'normal', loose: false, settings: false, nearUser: () => true });
  return span && grade !== undefined && !isDocumented(value) && !isStockMade(value) && !value.endsWith('@') ? { detector: 'generic-password', span, confidence: grade } : undefined;
}

/** Oracle and MySQL; PostgreSQL, Cassandra and SQL Server. */
const IDENTIFIED = /identified\s{1,4}(?:with\s{1,4}\S{1,40}\s{1,4})?by\s{1,4}(?:values\s{1,4})?["']?([^\s"';,)]{4,100})/iy;
const SQL_PASSWORD = /password\s{0,3}(?:=\s{0,3}|\(\s{0,3})?n?'([^'\s]{4,100})'/iy;

/** Whether a statement that makes a user stands before the offset. */
function isAboutUsers(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 160), at);
  const statement = before.slice(before.lastIndexOf(';') + 1);
  return /\b(?:create|alter|set|grant|add)\s/i.test(statement) && /\b(?:user|role|login|for|with|encrypted|privileges|to)\b/i.test(statement);
}

function inSql(pattern: RegExp): Form['look'] {
  return (text, at) => (isAboutUsers(text, at) ? plainPassword('sql-password', lastGroup(pattern, text, at), text) : undefined);
}

/** RFC 6750: the scheme's word and a token of its alphabet, in a header, a recorded answer or a list of headers. */
const BEARER = /bearer[ \t]{1,4}([A-Za-z0-9._~+/-]{14,1500}={0,2})(?![A-Za-z0-9._~+/=-])/iy;
/** The scheme says what a name would: whose token it is, is known to the server. */
const BEARER_NAME: NameVerdict = { role: 'token', vendor: true, qualified: true, named: false, weak: false };

function bearer(text: string, at: number, proof: Proof): FormHit | undefined {
  if (isBase64Url(text, at - 1)) return undefined;
  const span = lastGroup(BEARER, text, at);
  const value = span === undefined ? '' : text.slice(span.start, span.end);
  const grade = value === '' || isDocumented(value) ? undefined : gradeValue(value, BEARER_NAME, { proof, loose: false, nearUser: () => false, settings: false });
  return span && grade && { detector: 'generic-token', span, confidence: grade };
}

export const FORMS: readonly Form[] = [
  { keywords: ['bearer '], look: bearer },
  { keywords: ['eyj'], look: webToken },
  { keywords: ['kty'], look: webKey },
  { keywords: ['basic ', "basic'", 'basic"'], look: basic(BASIC) },
  { keywords: ['"auth"', '_auth'], look: basic(REGISTRY) },
  { keywords: ['-u ', '--user '], look: userFlag },
  { keywords: ['sshpass', 'mysql'], look: (text, at) => plainPassword('command-password', lastGroup(GLUED_FLAG, text, at), text) },
  { keywords: ['docker login', 'podman login', 'oc login', 'az login', 'redis-cli', 'requirepass', 'masterauth'], look: drawn(LOGIN_FLAG) },
  { keywords: ['convertto-securestring'], look: (text, at) => plainPassword('command-password', lastGroup(SECURE_STRING, text, at), text) },
  { keywords: ['login '], look: netrc },
  { keywords: ['basicauth(', 'passwordcredentials(', 'networkcredential(', 'passwordauthentication(', 'passwordcredential(', 'plainauth(', '.login(', 'auth=('], look: byPlace },
  { keywords: ['identified '], look: inSql(IDENTIFIED) },
  { keywords: ["password '", "password='", "password = '", "password('"], look: inSql(SQL_PASSWORD) },
];
