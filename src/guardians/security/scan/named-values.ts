/** Whether lines of a file hold a value that one of the names near it could make a credential. */
import { isProgram } from '../../../core/source/code-languages.ts';
import type { Language, SourceText, Span } from '../../../core/source/model.ts';
import { lineIndexAt } from '../../../core/source/text.ts';
import { assignmentAt } from './assignments.ts';
import type { Proof } from './strength.ts';
import { couldBeCredential, type NameKind, type NamePromise, promiseAt, promiseOf, type Surroundings, widest } from './upper-bound.ts';
import { isStrewn } from './value.ts';
import { termsOf, wordLikeness } from './words.ts';

/** Lines between a name and its value, as many as a patch shows around a change. */
const REACH_LINES = 3;
/** Of a longer line only what is near the name counts. */
const LONG_LINE = 2_000;
const BEFORE = 200;
const BEHIND = 1_200;
/** What may be a value: between quotes, or in settings bare behind a sign or a blank, or all that is left of a line. */
const QUOTE = /["'`]/g;
const LONGEST = 4_096;
const BARE = /(?:^|[:=>\s])([^\s"'`,;(){}[\]=]{5,1024})/g;
const REST = /[:=][ \t]{0,20}([^\s"'`][^\n]{4,1024})/g;
/** `rev: …`, `- "sha": …`, `sha = …`: the key of a line of settings. */
const KEY = /^\s{0,100}(?:- {1,8})?["']?([A-Za-z_][\w.-]{0,60})["']?\s{0,8}[:=]\s{0,8}\S/;
const KEY_WITHIN = 240;
/** Such a one is called after what stands beside it. */
export const VALUE_NAME = /^(?:value|default|secretvalue|key|data|stringdata)$/i;
/** Languages in which a value has the key of its line. */
export const SETTINGS: ReadonlySet<Language> = new Set<Language>(['yaml', 'json', 'toml', 'ini']);
/** One literal beside another, which readers of code put together. */
const JOIN = /["'`]\s{0,40}[+.&\\]\s{0,80}[rRbBuUfF]{0,2}["'`]|["'`]\s{1,80}[rRbBuUfF]{0,2}["'`]/;
/** Texts of several lines begin and end so, and expressions hold single quotes. */
const UNSURE = /`|"""|'''|\/[^/\n"']{0,80}["']/;
/** Calls that take keys by their place, and what they are called then. */
const BY_PLACE = /(?<![\w$])(?:Async)?Client\s{0,8}\(|[tT]5\.(?:login|initialize)|Account\.from_|(?<![\w$])(?:HTTP)?BasicAuth(?!\w)/;
const BY_PLACE_PROMISE = promiseOf(['binance_api_key', 'binance_api_secret', 'mt5_password', 'wallet_private_key', 'wallet_mnemonic', 'auth_password']);
/** The statement of Python that does nothing, as it stands between a line and the next. */
const PASS = /^[\s:;]?pass(?:\s*[\n#;]|\s*$)/;
/** A user's name, beside which a word is a password, and how far it is looked for. */
export const USER = /user|usr|login|uid|email|account|identity/i;
const USER_BEFORE = 120;
const USER_BEHIND = 80;
/** Keys are longer than passwords. */
const SHORTEST: Readonly<Record<NameKind, number>> = { password: 6, key: 12, ordinary: 12, shaped: 6 };

/** What the names near a line promise of the values in it. */
interface Promised {
  kind: NameKind;
  readonly names: Set<NamePromise>;
  /** Words of all names, once somebody asked. */
  roles?: ReadonlySet<string>;
  /** Where in the text values are looked for: the line, or of a long one what is near its names. */
  readonly spans: { start: number; end: number }[];
}

/** Lines of a file, and what is known of them. */
export interface NamedLines {
  readonly source: SourceText;
  /** Offsets of telling names, in order. */
  readonly names: readonly number[];
  readonly language: Language;
  readonly proof: Proof;
  /** 1 for each line whose values count; undefined: all do. */
  readonly reached: Uint8Array | undefined;
}

/** Whether something that can be a credential stands near one of the names. */
export function hasNamedValue({ source, names, language, proof, reached }: NamedLines): boolean {
  if (names.length === 0) { return false; }
  const { text } = source;
  const lines = new Map<number, Promised>();
  const code = isProgram(language);
  const around = { proof, speaksOf: reached === undefined ? speakerOf(text) : () => true };
  const place = new LineCursor(source);
  const quotes = code ? new QuotedLines(source) : undefined;
  let calls: boolean | undefined;
  let seen = -1;
  for (const at of names) {
    // Several parts of one name stand in it.
    if (at < seen) { continue; }
    const index = place.indexOf(at);
    if (!reaches(reached, index)) { continue; }
    // The statement that does nothing is no name.
    if (language === 'python' && PASS.test(text.slice(Math.max(0, at - 1), at + 12))) { continue; }
    calls ??= language !== 'text' && BY_PLACE.test(text);
    const named = promiseAt(text, at);
    const promises = [calls && isByPlace(source, index, at) ? BY_PLACE_PROMISE : undefined, named].filter((one) => one !== undefined);
    if (promises.length === 0) { continue; }
    const written = assignmentAt(text, at);
    if (written !== undefined && named === undefined) { seen = Math.max(at + 1, Math.min(written.nameSpan.end, written.span.start)); }
    if (written !== undefined && named !== undefined) {
      seen = Math.max(at + 1, Math.min(written.nameSpan.end, written.span.start));
      const own: Promised = { kind: named.kind, names: new Set([named]), spans: [] };
      if (isReached(source, reached, { start: at, end: written.span.end }) && counts(written.value, own, { ...around, ...surroundingsOf(text, written.span, own) })) { return true; }
    }
    // What a comment says is read by itself: no literal of the code is called after it.
    if (language !== 'text' && !(code && isComment(source, index, language))) { enter(lines, { source, index, at, promises, ownKeys: SETTINGS.has(language), counts: (line) => reached?.[line] !== 0 && quotes?.has(line) !== false }); }
  }
  for (const [index, promised] of lines) {
    if (code && isComment(source, index, language)) { continue; }
    for (const span of promised.spans) { if (hasValue(source, index, span, promised, language, { ...around, ...surroundingsOf(text, span, promised) })) { return true; } }
  }
  return false;
}

/** The line of offsets that mostly grow. */
class LineCursor {
  readonly #source: SourceText;
  #line = 0;

  constructor(source: SourceText) {
    this.#source = source;
  }

  indexOf(at: number): number {
    const { lineStarts } = this.#source;
    if (at < (lineStarts[this.#line] as number) || at >= (lineStarts[this.#line + 1] ?? Infinity)) { this.#line = lineIndexAt(this.#source, at); }
    return this.#line;
  }
}

/** Lines of a program in which a quote stands: elsewhere it has no text. */
class QuotedLines {
  readonly #source: SourceText;
  /** 0: not looked yet, 1: none, 2: one. */
  readonly #known: Uint8Array;

  constructor(source: SourceText) {
    this.#source = source;
    this.#known = new Uint8Array(source.lineStarts.length);
  }

  has(line: number): boolean {
    const known = this.#known[line];
    if (known !== 0) { return known === 2; }
    const { text, lineStarts } = this.#source;
    const end = lineStarts[line + 1] ?? text.length;
    let at = lineStarts[line] as number;
    while (at < end && !isQuote(text.charCodeAt(at))) { at += 1; }
    this.#known[line] = at < end ? 2 : 1;
    return at < end;
  }
}

const isQuote = (code: number): boolean => code === 34 || code === 39 || code === 96;

/** Whether a line of a program is a comment for sure. */
function isComment({ text, lineStarts }: SourceText, index: number, language: Language): boolean {
  const line = text.slice(lineStarts[index], Math.min((lineStarts[index] as number) + 120, lineStarts[index + 1] ?? text.length));
  return language === 'python' ? /^\s{0,100}#/.test(line) : /^\s{0,100}(?:\/\/|\*(?:\s|\/|$))/.test(line);
}

/** Whether words stand in a text as its names have them: `alpha_vantage` and `alphaVantage` are `alphavantage` as well. */
function speakerOf(text: string): (words: readonly string[]) => boolean {
  let squeezed: string | undefined;
  let terms: ReadonlySet<string> | undefined;
  return (words) => {
    squeezed ??= text.toLowerCase().replace(/[^a-z0-9]+/g, '');
    const likely = words.filter((word) => (squeezed as string).includes(word));
    return likely.length > 0 && likely.some((word) => (terms ??= termsOf(text)).has(word));
  };
}

/** Whether one of the lines counts that a stretch of the text touches. */
export function isReached(source: SourceText, reached: Uint8Array | undefined, { start, end }: Span): boolean {
  if (reached === undefined) { return true; }
  const last = lineIndexAt(source, end);
  for (let line = lineIndexAt(source, start); line <= last; line += 1) { if (reached[line] === 1) { return true; } }
  return false;
}

/** Whether a name on the line can mean a value on a line that counts. */
function reaches(reached: Uint8Array | undefined, index: number): boolean {
  if (reached === undefined) { return true; }
  for (let line = Math.max(0, index - 1); line <= index + REACH_LINES; line += 1) { if (reached[line] === 1) { return true; } }
  return false;
}

/** Whether a call stands around the name that takes keys by their place. */
function isByPlace({ text, lineStarts }: SourceText, index: number, at: number): boolean {
  return BY_PLACE.test(text.slice(Math.max(at - BEFORE, lineStarts[Math.max(0, index - 1)] as number), at + BEFORE));
}

/** What lets most through of several promises. */
function kindOf(promises: readonly NamePromise[]): NameKind {
  return promises.reduce<NameKind>((kind, promise) => widest(kind, promise.kind), 'shaped');
}

/** A name, and where it stands. */
interface Met {
  readonly source: SourceText;
  readonly index: number;
  readonly at: number;
  readonly promises: readonly NamePromise[];
  /** The language gives each value the key on its own line. */
  readonly ownKeys: boolean;
  /** Whether values of a line count, and it can have any. */
  counts(line: number): boolean;
}

/** Notes what a name promises of the lines it reaches. */
function enter(lines: Map<number, Promised>, { source: { text, lineStarts }, index, at, promises, ownKeys, counts: isAsked }: Met): void {
  for (let line = Math.max(0, index - 1); line <= index + REACH_LINES && line < lineStarts.length; line += 1) {
    if (!isAsked(line)) { continue; }
    const from = lineStarts[line] as number;
    const to = lineStarts[line + 1] ?? text.length;
    if (ownKeys && line !== index && hasOwnKey(text.slice(from, Math.min(to, from + KEY_WITHIN)))) { continue; }
    const long = to - from > LONG_LINE;
    const start = long && line === index ? Math.max(from, at - BEFORE) : from;
    const end = long ? Math.min(to, (line === index ? at : from) + BEHIND) : to;
    const known = lines.get(line);
    if (known === undefined) { lines.set(line, { kind: kindOf(promises), names: new Set(promises), spans: [{ start, end }] }); continue; }
    for (const promise of promises) { known.names.add(promise); }
    known.kind = widest(known.kind, kindOf(promises));
    const last = known.spans.at(-1) as { start: number; end: number };
    if (start <= last.end) { last.end = Math.max(last.end, end); } else { known.spans.push({ start, end }); }
  }
}

/** Whether a line of settings begins with a key that its value goes by, whatever stands above it. */
function hasOwnKey(line: string): boolean {
  const key = KEY.exec(line)?.[1];
  return key !== undefined && !VALUE_NAME.test(key);
}

function surroundingsOf(text: string, { start, end }: Span, promised: Promised): Pick<Surroundings, 'hasRole' | 'nearUser'> {
  const roles = (): ReadonlySet<string> => promised.roles ??= new Set([...promised.names].flatMap((name) => [...name.roles]));
  return { hasRole: (role) => roles().has(role), nearUser: () => USER.test(text.slice(Math.max(0, start - USER_BEFORE), end + USER_BEHIND)) };
}

function counts(value: string, { kind }: Promised, around: Surroundings): boolean {
  return couldBeCredential(value, kind, around) || (value.includes('\\') && meanings(value).some((meant) => couldBeCredential(meant, kind, around)));
}

/** One escape of a literal: of a code in digits, of a sign, or a line that goes on. */
const ESCAPE = /\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([0-7]{1,3})|(\r?\n)|([^]))/g;
const SIGNS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\u0007', '0': '\0' };

/** What a text with escapes can mean: languages differ in those they do not know, some keep the backslash. */
function meanings(value: string): readonly string[] {
  const read = (unknown: (char: string) => string): string => value.replace(ESCAPE, (_whole, braced?: string, four?: string, two?: string, octal?: string, line?: string, char?: string) => {
    const code = braced ?? four ?? two;
    if (code !== undefined) { return String.fromCodePoint(Math.min(0x10_ffff, Number.parseInt(code, 16))); }
    if (octal !== undefined) { return String.fromCharCode(Number.parseInt(octal, 8)); }
    return line === undefined ? SIGNS[char as string] ?? (/[\\"'`]/.test(char as string) ? char as string : unknown(char as string)) : '';
  });
  return [...new Set([read((char) => char), read((char) => `\\${char}`)])];
}

function hasValue({ text, lineStarts }: SourceText, index: number, { start, end }: Span, promised: Promised, language: Language, around: Surroundings): boolean {
  const line = text.slice(start, end);
  const code = isProgram(language);
  // JSON has no way to write a text in pieces.
  const canJoin = language !== 'json';
  let joins: boolean | undefined;
  for (const quoted of quotedIn(line)) {
    if (counts(quoted, promised, around)) { return true; }
    // Pieces of one value stand side by side: what they are together is not to be seen here.
    if (!canJoin || !isPlausible(quoted, promised.kind)) { continue; }
    joins ??= JOIN.test(text.slice(lineStarts[Math.max(0, index - 1)], Math.min(end + LONG_LINE, lineStarts[index + 2] ?? text.length)));
    if (joins) { return true; }
  }
  if (code) { return false; }
  for (const match of line.matchAll(BARE)) {
    const value = match[1] as string;
    const behind = line.charAt(match.index + match[0].length);
    if (counts(value, promised, around) || (/\S/.test(behind) && isPlausible(value, promised.kind))) { return true; }
  }
  // A setting is all that stands behind its sign.
  for (const match of line.matchAll(REST)) { if (counts((match[1] as string).trimEnd(), promised, around)) { return true; } }
  return false;
}

/** What stands between two quotes of one kind; behind a last one without its fellow, all that is left of the line. */
function* quotedIn(line: string): Generator<string> {
  const unsure = UNSURE.test(line);
  const lineEnd = line.endsWith('\n') ? line.length - 1 : line.length;
  QUOTE.lastIndex = 0;
  for (let match = QUOTE.exec(line); match !== null; match = QUOTE.exec(line)) {
    const from = match.index + 1;
    const limit = Math.min(lineEnd, from + LONGEST);
    let end = line.indexOf(match[0], from);
    while (end > 0 && end < limit && line[end - 1] === '\\') { end = line.indexOf(match[0], end + 1); }
    const closed = end >= 0 && end <= limit;
    const to = closed ? end : limit;
    const next = closed && !unsure ? end + 1 : from;
    if (to - from >= 5) { yield line.slice(from, to); }
    // The closing quote of a literal opens none, unless a text of several lines could end here.
    QUOTE.lastIndex = next;
  }
}

/**
 * Whether a text can be a credential at all: a password with a digit or an unusual sign among its letters, a key of some
 * length, neither of them a name or an address. Wider than any detector's own judgement, and only a filter.
 */
function isPlausible(value: string, kind: NameKind): boolean {
  if (!/[A-Za-z]/.test(value)) { return false; }
  if (/\s/.test(value)) { return isPhrase(value); }
  if (value.length < SHORTEST[kind] || (/[<>{}]/.test(value) && !isStrewn(value)) || /^(?:[~.]{0,2}\/|[a-z][a-z0-9+.-]{1,20}:\/\/)/i.test(value) || isName(value)) { return false; }
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
