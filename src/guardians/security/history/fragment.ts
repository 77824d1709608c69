/** Whether the lines that a commit added are worth reading the file: cheap, and never sure that there is nothing where there is. */
import { isProgram } from '../../../core/source/code-languages.ts';
import { languageOf } from '../../../core/source/languages.ts';
import type { Language, SourceText } from '../../../core/source/model.ts';
import { lineIndexAt, sourceOf } from '../../../core/source/text.ts';
import { scanText } from '../scan/text-scan.ts';
import { wordLikeness } from '../scan/words.ts';
import type { FilePatch } from './patch.ts';

/** The lines after a commit as a text, and which of them are new. */
export interface Fragment {
  readonly source: SourceText;
  /** By index of the line in the text. */
  isNew(index: number): boolean;
}

/** Lines between a name and its value, as many as a patch shows around a change. */
const REACH_LINES = 3;
/** Of a longer line only what is near the name counts. */
const LONG_LINE = 2_000;
const BEFORE = 200;
const BEHIND = 1_200;
/** What may be a value: between quotes, bare behind a sign, or in a text behind a blank. The shortest credential has six characters. */
const QUOTED = /["'`]([^"'`\n]{6,4096})/g;
const ASSIGNED = /[:=]\s{0,20}([^\s"'`,;(){}[\]=]{6,1024})/g;
const BARE = /[:=>\s]([^\s"'`,;(){}[\]=]{6,1024})/g;
/** Names of passwords, and calls that take one by place. */
const PASSWORD_NAME = /^(?:pass|pwd|psw|kennwort|senha|contrasena|mt5|basicauth|client|credential|tradovate|hyperliquid|authorization|webhook|mnemonic|seed)/i;
/** Keys have 16 characters and more. */
const SHORTEST: Readonly<Record<Kind, number>> = { password: 6, key: 12 };
/** One run of a key's alphabet, long enough that words seldom are. */
const TOKEN = /[A-Za-z0-9+/=_-]{16,}/g;
/** The marks of a key block, or a line of one. */
const KEY_BLOCK = /PRIVATE KEY|^[\s"'+#*>|]{0,40}[A-Za-z0-9+/]{60,76}(?:\\n|[="',+\s]){0,10}$/m;
/** Lists of checksums: long random runs in them are none of a credential. */
const CHECKSUMS = /(?:\.lock|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|go\.sum|checksums?(?:\.[a-z0-9]{1,16})?)$/i;
/** Formats in which the name of a value may stand far above it, as a section or an outer key. */
const NESTED: ReadonlySet<Language> = new Set<Language>(['yaml', 'json', 'toml', 'ini', 'notebook', 'python', 'typescript', 'javascript', 'mql5']);

/** The lines of a patch as a text. */
export function fragmentOf(patch: FilePatch): Fragment {
  const utf8 = patch.text.toString('utf8');
  const text = utf8.includes('\uFFFD') ? patch.text.toString('latin1') : utf8;
  return { source: sourceOf(text.startsWith('\uFEFF') ? text.slice(1) : text), isNew: (index) => patch.lines[index]?.added === true };
}

/** Whether the file has to be read whole: the lines hold a value with a shape of its own, or one that a name near it could give a meaning. */
export function isWorthReading(path: string, whole: boolean, { source, isNew }: Fragment): boolean {
  const { text } = source;
  const scan = scanText(text, 'normal');
  if (scan.hits.length > 0) { return true; }
  const language = languageOf(path);
  if (hasNamedValue(source, scan.names, isProgram(language))) { return true; }
  // Part of a key block, whose other part is older.
  if (!whole && KEY_BLOCK.test(text)) { return true; }
  return !whole && NESTED.has(language) && !CHECKSUMS.test(path) && hasNewToken(source, isNew);
}

/** Whether something that can be a credential stands near one of the names. */
function hasNamedValue(source: SourceText, names: readonly number[], code: boolean): boolean {
  const { text, lineStarts } = source;
  const looked = { password: 0, key: 0 };
  for (const at of names) {
    const kind = PASSWORD_NAME.test(text.slice(at, at + 10)) ? 'password' : 'key';
    const index = lineIndexAt(source, at);
    const start = lineStarts[index] as number;
    const long = (lineStarts[index + 1] ?? text.length) - start > LONG_LINE;
    const from = Math.max(looked[kind], long ? Math.max(start, at - BEFORE) : lineStarts[Math.max(0, index - 1)] as number);
    const to = long ? Math.min(text.length, at + BEHIND) : Math.min(lineStarts[index + 1 + REACH_LINES] ?? text.length, start + LONG_LINE + BEHIND);
    if (to <= from) { continue; }
    // What was looked at for one name is not looked at again for the next; a value that begins in it was seen.
    if (hasValue(text.slice(from, to), code, kind)) { return true; }
    looked[kind] = to;
  }
  return false;
}

/** What kind of value a name promises: a password may be short, a key is long. */
type Kind = 'password' | 'key';

function hasValue(near: string, code: boolean, kind: Kind): boolean {
  for (const match of near.matchAll(QUOTED)) { if (isPlausible(match[1] as string, kind)) { return true; } }
  for (const match of near.matchAll(code ? ASSIGNED : BARE)) {
    const value = match[1] as string;
    // A bare word of code is an expression; in a comment or a text it may be a value, and then has more than letters in it.
    if (isPlausible(value, kind) && (!code || /\d/.test(value) || /^[^\w$.*@!-]|[!#%^&?~]./.test(value))) { return true; }
  }
  return false;
}

/**
 * Whether a text can be a credential at all: a password with a digit or an unusual sign among its letters, a key of some
 * length, neither of them a name or an address. Wider than any detector's own judgement, and only a filter.
 */
function isPlausible(value: string, kind: Kind): boolean {
  if (!/[A-Za-z]/.test(value)) { return false; }
  if (/\s/.test(value)) { return isPhrase(value); }
  if (value.length < SHORTEST[kind] || /[<>{}]/.test(value) || /^(?:[~.]{0,2}\/|[a-z][a-z0-9+.-]{1,20}:\/\/)/i.test(value) || isName(value)) { return false; }
  if (/[^A-Za-z_.,:;/()-]/.test(value)) { return true; }
  return value.length >= 12 && wordLikeness(value) < 0.62;
}

/** `@app.route`, `~flask.Blueprint`, `**kwargs`: words of code with at most a digit. */
function isName(value: string): boolean {
  return /^[@~*!]{1,2}[A-Za-z_][\w.]*$/.test(value) && value.replace(/\D/g, '').length <= 1 && wordLikeness(value) >= 0.62;
}

/** Words in a row that open a wallet, or the groups of four that mail providers hand out. */
function isPhrase(value: string): boolean {
  return /^[a-z]{3,8}(?: [a-z]{3,8}){11,23}$/.test(value.trim()) || /^[a-z]{4}(?: [a-z]{4}){3}$/.test(value.trim()) || /^(?:Bearer|Token|Bot|Basic|Api-?key|Key) +\S{8}/i.test(value);
}

/** Whether a new line holds a run of letters and digits as keys have. */
function hasNewToken(source: SourceText, isNew: (index: number) => boolean): boolean {
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(source.text); match !== null; match = TOKEN.exec(source.text)) {
    if (looksRandom(match[0]) && isNew(lineIndexAt(source, match.index))) { return true; }
  }
  return false;
}

/** Letters and digits mixed in one run. */
function looksRandom(token: string): boolean {
  return token.split(/[^A-Za-z0-9]/).some((run) => run.length >= 12
    && run.replace(/[^0-9]/g, '').length >= 2 && run.replace(/[^A-Za-z]/g, '').length >= 2);
}
