/** Numbers that look random and can be worked out from a few of them, and hashes that no longer hold. */
import { fold } from '../../../../core/source/fold.ts';
import { lastName } from '../../../../core/source/meaning/annotations.ts';
import { qualifiedName } from '../../../../core/source/meaning/qualified.ts';
import type { Call, Expr, SourceModel } from '../../../../core/source/model.ts';
import { siteOf } from '../../../../core/source/names.ts';
import { definitionsOf, type NameSite } from '../../../../core/source/scope.ts';
import { argumentOf, textOf } from '../arguments.ts';
import { calledName } from '../callee.ts';

/** Methods of a Mersenne Twister that make a number (docs.python.org/3/library/random.html, numpy.org random reference; 2026-12-01). */
const NUMBERS: ReadonlySet<string> = new Set(['random', 'randint', 'randrange', 'getrandbits', 'randbytes', 'uniform', 'integers', 'bytes', 'random_sample', 'rand', 'random_integers']);
/** Methods that pick from a sequence: what they make is random only if the sequence is an alphabet. */
const PICKS: ReadonlySet<string> = new Set(['choice', 'choices', 'sample']);
const MODULE = /^(?:random|random\.Random|numpy\.random|numpy\.random\.RandomState|numpy\.random\.default_rng|numpy\.random\.Generator)\.(\w+)$/;

/** True for a call that makes up a value from a generator nobody should trust with a secret. */
export function isGuessable(model: SourceModel, call: Call, site: NameSite): boolean {
  const name = calledName(model, call, site);
  if (name === undefined) { return false; }
  if (name === 'globals.Math.random') { return true; }
  const method = MODULE.exec(name)?.[1];
  if (method === undefined) { return false; }
  if (NUMBERS.has(method)) { return true; }
  const from = PICKS.has(method) ? call.args[0]?.value : undefined;
  return from !== undefined && isAlphabet(model, from, site, 0);
}

/** `string.ascii_letters + string.digits`, `"0123456789abcdef"`: characters, not things. */
function isAlphabet(model: SourceModel, expr: Expr, site: NameSite, depth: number): boolean {
  const text = textOf(model, expr, site);
  if (text !== undefined) { return text.length >= 8 && !/\s/.test(text); }
  if (expr.kind === 'binary' && depth < 4) { return expr.operands.some((operand) => isAlphabet(model, operand, site, depth + 1)); }
  if (expr.kind === 'call' && (lastName(expr.callee) === 'list' || lastName(expr.callee) === 'range')) { return lastName(expr.callee) === 'range' || expr.args.some(({ value }) => isAlphabet(model, value, site, depth + 1)); }
  const name = qualifiedName(model, expr, site);
  if (name !== undefined) { return /^string\.(?:ascii_letters|ascii_lowercase|ascii_uppercase|digits|hexdigits|printable|punctuation)$/.test(name); }
  const value = expr.kind === 'name' && depth < 4 ? aliasValue(model, expr, site) : undefined;
  return value !== undefined && isAlphabet(model, value.expr, value.site, depth + 1);
}

function aliasValue(model: SourceModel, expr: Expr & { readonly kind: 'name' }, site: NameSite): { readonly expr: Expr; readonly site: NameSite } | undefined {
  const only = definitionsOf(model, expr.name, site, expr.start);
  const [first] = only;
  return only.length === 1 && first?.value !== undefined && first.op === undefined ? { expr: first.value, site: siteOf(first) } : undefined;
}

/** Hashes with known collisions (RFC 6151 for MD5, shattered.io for SHA-1). */
const WEAK_NAME = /^(?:md[45]|sha-?1|RSA-MD5|RSA-SHA1)$/i;
const WEAK_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['hashlib.md5', 'MD5'], ['hashlib.sha1', 'SHA-1'],
  ['Crypto.Hash.MD5.new', 'MD5'], ['Crypto.Hash.SHA1.new', 'SHA-1'], ['Crypto.Hash.SHA.new', 'SHA-1'], ['Crypto.Hash.MD4.new', 'MD4'],
  ['Cryptodome.Hash.MD5.new', 'MD5'], ['Cryptodome.Hash.SHA1.new', 'SHA-1'],
  ['cryptography.hazmat.primitives.hashes.MD5', 'MD5'], ['cryptography.hazmat.primitives.hashes.SHA1', 'SHA-1'],
  ['md5', 'MD5'], ['md5.default', 'MD5'], ['js-md5.default', 'MD5'], ['js-md5.md5', 'MD5'], ['blueimp-md5.default', 'MD5'], ['sha1', 'SHA-1'], ['sha1.default', 'SHA-1'], ['js-sha1.default', 'SHA-1'],
  ['crypto-js.MD5', 'MD5'], ['crypto-js.SHA1', 'SHA-1'], ['crypto-js.default.MD5', 'MD5'], ['crypto-js.default.SHA1', 'SHA-1'], ['crypto-js/md5', 'MD5'], ['crypto-js/md5.default', 'MD5'], ['crypto-js/sha1.default', 'SHA-1'],
]);

/** The weak hash a call computes, by name; undefined for others, and where the code says that nothing depends on it. */
export function weakHash(model: SourceModel, call: Call, site: NameSite): string | undefined {
  const name = calledName(model, call, site);
  if (name === undefined) { return undefined; }
  const security = argumentOf(call, 'usedforsecurity');
  if (security !== undefined && fold(model, security.value, site)?.value === false) { return undefined; }
  const known = WEAK_FUNCTIONS.get(name);
  if (known !== undefined) { return known; }
  if (name !== 'hashlib.new' && name !== 'crypto.createHash' && name !== 'crypto.default.createHash') { return undefined; }
  const asked = textOf(model, argumentOf(call, 'name', 0)?.value, site);
  return asked !== undefined && WEAK_NAME.test(asked) ? asked.toUpperCase().replace(/^SHA1$/, 'SHA-1') : undefined;
}
