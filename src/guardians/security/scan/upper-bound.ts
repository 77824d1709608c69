/** The most that any name could make of a value: a look at lines without their file asks this before the file is read. */
import { RecentMap } from '../../../core/recent.ts';
import type { NamedDetector } from '../detectors/detector.ts';
import { FEWEST_CHARACTERS, rowsShapedAs } from '../detectors/by-shape.ts';
import { NAMED_DETECTORS } from '../detectors/table.ts';
import { isNameCode, nameAround } from './assignments.ts';
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
  /** Whether one of the names near has such a word, by which providers' keys are known. */
  hasRole(role: string): boolean;
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
  if (value.length < 5 || isTooPlain(value, kind)) { return false; }
  const promise = promiseOfValue(value, around.proof);
  if (promise.rows.some((row) => row.roles.some((role) => around.hasRole(role)) && isSpokenOf(row, around))) { return true; }
  if (promise.always && kind !== 'shaped') { return true; }
  if (!promise.kinds.has(kind)) { return false; }
  const setting: Setting = { proof: around.proof, loose: false, settings: true, nearUser: () => around.nearUser() };
  return isAnyGrade(value, kind, setting) || isInnerGrade(value, kind, setting);
}

/** Whether a value can be a credential under any name, whatever stands around it. */
export function couldBeUnderAnyName(value: string, proof: Proof): boolean {
  const { always, kinds, rows } = promiseOfValue(value, proof);
  return always || kinds.size > 0 || rows.length > 0;
}

/** The shortest key that `gradeToken` takes for one by the look of its letters. */
const SHORTEST_LOOK = 16;
/** The shortest in which letters and digits take turns. */
const SHORTEST_TURNS = 10;

/** Whether no name but a password's makes anything of a value: too short for any key, and without the digits that short ones have. */
function isTooPlain(value: string, kind: NameKind): boolean {
  if (kind === 'password' || value.length >= SHORTEST_LOOK || value.length >= FEWEST_CHARACTERS || value.includes(' ')) { return false; }
  return value.length < SHORTEST_TURNS || !/[0-9][^0-9]+[0-9]/.test(value);
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
const KEY_ROLES: ReadonlySet<string> = new Set([...BY_ROLE.keys()].filter((role) => role.endsWith('key')));

/** Providers' keys that have the shape of the value. */
function rowsOf(value: string): readonly NamedDetector[] {
  const fitting = rowsShapedAs(value);
  return fitting.length === 0 || (isPlaceholder(value) && !isOrderly(value)) ? [] : fitting;
}

/** What a name promises. */
export interface NamePromise {
  readonly kind: NameKind;
  readonly roles: ReadonlySet<string>;
}

/** What the name around an offset promises, as code, settings or a sentence would read it; undefined: nothing. */
export function promiseAt(text: string, at: number): NamePromise | undefined {
  const span = nameAround(text, at);
  if (span === undefined) { return undefined; }
  const { start, end } = span;
  const before = spokenFrom(text, start);
  const behind = spokenTo(text, end);
  const name = text.slice(start, end);
  const key = before === start && behind === end ? name : `${start - before} ${end - before} ${text.slice(before, behind)}`;
  const known = spoken.get(key);
  if (known !== undefined) { return known.promise; }
  const names = /[.-]/.test(name) ? [name, ...name.split('.'), ...name.split(/[.-]/)] : [name];
  const promise = promiseOf([...names, ...(before < start || behind > end ? [text.slice(before, end), text.slice(start, behind), text.slice(before, behind)] : [])]);
  spoken.set(key, { promise });
  return promise;
}

const MOST_NAMES = 8_192;
const namePromises = new RecentMap<NamePromise>(MOST_NAMES);
/** By the name with the words beside it, and where in these it stands. */
const spoken = new RecentMap<{ readonly promise: NamePromise | undefined }>(MOST_NAMES);

/** What one of the names promises. */
export function promiseOf(names: readonly string[]): NamePromise | undefined {
  let kind: NameKind = 'shaped';
  const roles = new Set<string>();
  for (const name of names) {
    const own = promiseOfName(name);
    for (const role of own.roles) { roles.add(role); }
    kind = widest(kind, own.kind);
  }
  return kind === 'shaped' && roles.size === 0 ? undefined : { kind, roles };
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

/** Names of several words, as keys of a mapping have them (`"api key"`): so many before and behind, in so many characters. */
const SPOKEN_WORDS = 3;
const SPOKEN_WORD = 40;
const SPOKEN_WITHIN = 60;
const BLANK = 32;

/** Where the words begin that stand before an offset, each with one space behind it. */
function spokenFrom(text: string, start: number): number {
  const least = Math.max(0, start - SPOKEN_WITHIN);
  let from = start;
  for (let words = 0; words < SPOKEN_WORDS && from > least && text.charCodeAt(from - 1) === BLANK; words += 1) {
    let begin = from - 1;
    while (begin > least && isNameCode(text.charCodeAt(begin - 1))) { begin -= 1; }
    const length = from - 1 - begin;
    if (length < 1 || length > SPOKEN_WORD || (begin > least && text.charCodeAt(begin - 1) !== BLANK)) { break; }
    from = begin;
  }
  return from;
}

/** Where the words end that stand behind an offset, each with one space before it. */
function spokenTo(text: string, end: number): number {
  const most = Math.min(text.length, end + SPOKEN_WITHIN);
  let to = end;
  for (let words = 0; words < SPOKEN_WORDS && to < most && text.charCodeAt(to) === BLANK; words += 1) {
    let stop = to + 1;
    while (stop < most && stop - to <= SPOKEN_WORD && isNameCode(text.charCodeAt(stop))) { stop += 1; }
    if (stop === to + 1) { break; }
    to = stop;
  }
  return to;
}

/** Words of the name, and neighbours run together, that providers' keys are known by. */
function rolesOf(name: string): ReadonlySet<string> {
  const words = wordsOf(name);
  if (words.length === 1 && words[0] === 'key') { return KEY_ROLES; }
  return new Set([...termsOf(name)].filter((word) => BY_ROLE.has(word)));
}
