/** The most that any name could make of a value: a look at lines without their file asks this before the file is read. */
import { RecentMap } from '../../../core/recent.ts';
import type { Span } from '../../../core/source/model.ts';
import type { NamedDetector } from '../detectors/detector.ts';
import { rowsShapedAs } from '../detectors/by-shape.ts';
import { NAMED_DETECTORS } from '../detectors/table.ts';
import { nameAround } from './assignments.ts';
import { classifyName, isClientId, type NameVerdict } from './names.ts';
import { scanText } from './text-scan.ts';
import { isOrderly } from './stand-in.ts';
import { type Proof, type Setting, gradeValue, isStandIn } from './strength.ts';
import { credentialOf, insideObject, isBasicCredential, isPlaceholder } from './value.ts';
import { termsOf, wordsOf } from './words.ts';
import { unwrapped } from './wrapped.ts';

/**
 * What kind of value a name promises: a password may be short and of words, a key is neither, and one whose name does not say whose it is (`ordinary`) is
 * no UUID and no digest either; `shaped` by nothing but a provider's shape.
 */
export type NameKind = 'password' | 'key' | 'ordinary' | 'shaped';

/** The first lets most through. */
const KINDS: readonly NameKind[] = ['password', 'key', 'ordinary', 'shaped'];

/** The kind that lets more through. */
export function widest(a: NameKind, b: NameKind): NameKind {
  return KINDS.indexOf(a) <= KINDS.indexOf(b) ? a : b;
}

/** What stands around a value. */
export interface Surroundings {
  /** How much proof the file asks for. */
  readonly proof: Proof;
  /** Words of the names near that providers' keys are known by. */
  readonly roles: ReadonlySet<string>;
  /** Whether a user's name stands near. */
  nearUser(): boolean;
  /** Whether one of the words, as names are made of, stands anywhere near enough to name a provider. */
  speaksOf(vendors: readonly string[]): boolean;
}

/** No verdict lets more through: `gradeValue` asks more of every other one. */
const BEST: NameVerdict = { role: 'secret', vendor: true, qualified: true, named: true, weak: false };
const ORDINARY: NameVerdict = { ...BEST, vendor: false, qualified: false };
const PASSWORD: NameVerdict = { ...BEST, role: 'password' };
const SEED: NameVerdict = { ...BEST, role: 'seed' };
const VERDICTS: Readonly<Record<NameKind, readonly NameVerdict[]>> = { password: [BEST, SEED, PASSWORD], key: [BEST, SEED], ordinary: [ORDINARY, SEED], shaped: [] };

/** The same values come again with every change near them. */
const MOST_VALUES = 8_192;
/** Of a value, whatever stands around it: what could make it a credential. */
interface ValuePromise {
  /** It is one under any name that promises more than a shape. */
  readonly always: boolean;
  /** It can be one under a name of these kinds, beside a user's name at least. */
  readonly kinds: ReadonlySet<NameKind>;
  /** Providers' keys that have its shape. */
  readonly rows: readonly NamedDetector[];
}
const promises: Readonly<Record<Proof, RecentMap<ValuePromise>>> = { normal: new RecentMap(MOST_VALUES), strict: new RecentMap(MOST_VALUES) };

/**
 * Whether `judge` could call the value a credential under any name of this kind. True for more than it would call one, never
 * for less: it asks the same questions with the answers about the name that let most through.
 */
export function couldBeCredential(value: string, kind: NameKind, around: Surroundings): boolean {
  if (value.length < 5) { return false; }
  const promise = promiseOfValue(value, around.proof);
  if (promise.rows.some((row) => row.roles.some((role) => around.roles.has(role)) && isSpokenOf(row, around))) { return true; }
  if (promise.always && kind !== 'shaped') { return true; }
  if (!promise.kinds.has(kind)) { return false; }
  const setting: Setting = { proof: around.proof, loose: false, settings: true, nearUser: () => around.nearUser() };
  return isAnyGrade(value, kind, setting) || isInnerGrade(value, kind, setting);
}

function isSpokenOf({ vendors, vendorsInName = [] }: NamedDetector, around: Surroundings): boolean {
  return vendors.length + vendorsInName.length === 0 || around.speaksOf(vendors) || around.speaksOf(vendorsInName);
}

function promiseOfValue(value: string, proof: Proof): ValuePromise {
  const known = promises[proof].get(value);
  if (known !== undefined) { return known; }
  const scheme = credentialOf(value)?.value;
  const plain = unwrapped(value);
  const setting: Setting = { proof, loose: false, settings: true, nearUser: () => true };
  const promise: ValuePromise = {
    always: (scheme !== undefined && isBasicCredential(scheme) !== undefined) || (plain !== undefined && scanText(plain, proof).hits.length > 0),
    kinds: new Set(KINDS.filter((kind) => isAnyGrade(value, kind, setting) || isInnerGrade(value, kind, setting))),
    rows: [value, scheme, plain, insideObject(value)?.value].flatMap((one) => (one === undefined ? [] : rowsOf(one))),
  };
  promises[proof].set(value, promise);
  return promise;
}

/** What stands behind a scheme (`Bearer …`), inside base 64 or in an object written as a text. */
function isInnerGrade(value: string, kind: NameKind, setting: Setting): boolean {
  if (kind === 'shaped') { return false; }
  const scheme = credentialOf(value)?.value;
  const plain = unwrapped(value);
  const inner = insideObject(value)?.value;
  return (scheme !== undefined && isAnyGrade(scheme, 'key', setting)) || (inner !== undefined && isAnyGrade(inner, kind, setting)) || (plain !== undefined && isAnyGrade(plain, 'password', setting));
}

function isAnyGrade(value: string, kind: NameKind, setting: Setting): boolean {
  return VERDICTS[kind].some((verdict) => gradeValue(value, verdict, setting) !== undefined || isStandIn(value, verdict, setting));
}

/** Words of names that a row asks for, and its rows. */
const BY_ROLE: ReadonlyMap<string, readonly NamedDetector[]> = (() => {
  const rows = new Map<string, NamedDetector[]>();
  for (const row of NAMED_DETECTORS) {
    for (const role of row.roles) {
      const known = rows.get(role);
      if (known === undefined) { rows.set(role, [row]); } else { known.push(row); }
    }
  }
  return rows;
})();

/** `key:` in settings is called after the section it stands in. */
const KEY_ROLES: readonly string[] = [...BY_ROLE.keys()].filter((role) => role.endsWith('key'));

/** Providers' keys that have the shape of the value. */
function rowsOf(value: string): readonly NamedDetector[] {
  const fitting = rowsShapedAs(value);
  return fitting.length === 0 || (isPlaceholder(value) && !isOrderly(value)) ? [] : fitting;
}

/** What a name promises. */
export interface NamePromise {
  readonly kind: NameKind;
  readonly roles: readonly string[];
}

/** What the name around an offset promises, as code, settings or a sentence would read it; undefined: nothing. */
export function promiseAt(text: string, at: number): NamePromise | undefined {
  const span = nameAround(text, at);
  if (span === undefined) { return undefined; }
  const name = text.slice(span.start, span.end);
  return promiseOf(/[.-]/.test(name) ? [name, ...name.split('.'), ...name.split(/[.-]/), ...spokenAround(text, span)] : [name, ...spokenAround(text, span)]);
}

const MOST_NAMES = 8_192;
const namePromises = new RecentMap<NamePromise>(MOST_NAMES);

/** What one of the names promises. */
export function promiseOf(names: readonly string[]): NamePromise | undefined {
  let kind: NameKind = 'shaped';
  const roles: string[] = [];
  for (const name of names) {
    const own = promiseOfName(name);
    roles.push(...own.roles);
    kind = widest(kind, own.kind);
  }
  return kind === 'shaped' && roles.length === 0 ? undefined : { kind, roles };
}

function promiseOfName(name: string): NamePromise {
  const known = namePromises.get(name);
  if (known !== undefined) { return known; }
  const promise = { kind: kindOf(name), roles: rolesOf(name) };
  namePromises.set(name, promise);
  return promise;
}

function kindOf(name: string): NameKind {
  // `key:` in settings is called after the section it stands in, whatever that is.
  if (/^keys?$/i.test(name)) { return 'key'; }
  const verdict = classifyName(name);
  if (verdict === undefined) { return isClientId(name) ? 'key' : 'shaped'; }
  return verdict.role === 'password' ? 'password' : verdict.qualified || verdict.vendor ? 'key' : 'ordinary';
}

/** The last words of a text that ends in a space, three at most, with their spaces. */
function wordsBefore(text: string): string {
  const words = text.split(' ');
  if (words.pop() !== '') { return ''; }
  let from = words.length;
  while (from > 0 && words.length - from < 3 && /^[A-Za-z0-9_.-]{1,40}$/.test(words[from - 1] as string)) { from -= 1; }
  return words.slice(from).map((word) => `${word} `).join('');
}

/** Names of several words, as keys of a mapping have them: `"api key"`. */
function spokenAround(text: string, { start, end }: Span): readonly string[] {
  if (text[start - 1] !== ' ' && text[end] !== ' ') { return []; }
  const before = wordsBefore(text.slice(Math.max(0, start - 60), start));
  const behind = /^(?: [A-Za-z0-9_.-]{1,40}){0,3}/.exec(text.slice(end, end + 60))?.[0] ?? '';
  const name = text.slice(start, end);
  return [before + name, name + behind, before + name + behind];
}

/** Words of the name, and neighbours run together, that providers' keys are known by. */
function rolesOf(name: string): readonly string[] {
  const words = wordsOf(name);
  if (words.length === 1 && words[0] === 'key') { return KEY_ROLES; }
  return [...termsOf(name)].filter((word) => BY_ROLE.has(word));
}
