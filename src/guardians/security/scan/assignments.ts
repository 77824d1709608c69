/**
 * Reads `name = value` out of raw text by hand: any language, comments, logs, notebooks with escaped quotes. Every step
 * is bounded, so the time is linear in the number of names.
 */
import type { Span } from '../../../core/source/model.ts';

/** Bounds of one reading: a longer name or value is no assignment worth judging. */
const MAX_NAME = 80;
const MAX_GAP = 60;
const MAX_VALUE = 4096;
/** A bare value ends at white space or never: without this bound `key=key=key=…` would be read from every `key`. */
const MAX_BARE = 1024;

export interface Assignment {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: string;
  /** Of the value, inside its quotes. */
  readonly span: Span;
  /** Its quote (`"`, `\\"`, `` ` ``), `<` for the text of an element, empty for a bare value. */
  readonly quote: string;
  /** A space alone joins name and value, outside of a command: the value has to prove more. */
  readonly loose: boolean;
  /** `value` was put together from several pieces. */
  readonly joined: boolean;
}

/** Letters, digits, `_`, `-` and `.`. */
export const isNameCode = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code === 45 || code === 46;

/** The name (letters, digits, `_`, `-`, `.`) around an offset, or undefined when it is too long to be one. */
export function nameAround(text: string, at: number): Span | undefined {
  let start = at;
  while (start > 0 && at - start <= MAX_NAME && isNameCode(text.charCodeAt(start - 1))) start -= 1;
  let end = at;
  while (end < text.length && end - at <= MAX_NAME && isNameCode(text.charCodeAt(end))) end += 1;
  while (start < end && /[-.]/.test(text.charAt(start))) start += 1;
  return end - start > MAX_NAME || end <= start ? undefined : { start, end };
}

/** A quote at the offset: its text (`"`, `'`, `` ` `` or any of them behind backslashes), or ''. */
function quoteAt(text: string, at: number): string {
  let i = at;
  while (text[i] === '\\' && i - at < 4) i += 1;
  const char = text[i];
  return char === '"' || char === "'" || char === '`' ? text.slice(at, i + 1) : '';
}

const LENGTH = /\[[A-Z0-9_]{0,24}\](?=[ \t]{0,8}=)/y;

/** Steps over spaces, closing brackets and one closing quote behind a name; tells whether the name was quoted. */
function behindName(text: string, from: number): { at: number; quoted: boolean } {
  const quote = quoteAt(text, from);
  let at = from + quote.length;
  const stop = at + MAX_GAP;
  // `char password[32] = "…"`: how much room there is.
  LENGTH.lastIndex = at;
  at += LENGTH.exec(text)?.[0].length ?? 0;
  while (at < stop && /[\])\t ]/.test(text.charAt(at))) at += 1;
  return { at, quoted: quote !== '' };
}

/** Signs between a name and its value. The comma counts only behind a quoted name that comes first: `("X-API-KEY", "…")`. */
const SEPARATOR = /(?:\?\?=?|\|\|=?|:{1,4}=|=>|==?=?|!==?|[?.%+]=|:|,|or\b|-(?=[ \t]{1,4}["']))/y;
/** A type between name and `=`: `: string =`, `: &str =`, `: Optional[str] =`. */
const TYPE = /:\s{0,4}[&A-Za-z_][A-Za-z0-9_.&[\] |']{0,40}=(?!=)/y;

/** Go writes the type behind the name: `var apiKey string = …`. */
const TYPE_BEHIND = /(?:\*|\[\])?string[ \t]{0,4}=(?!=)/y;

/** What stands behind the name in `${NAME:-text}` and its kin: the shell's own signs, then the text. */
const FALLBACK = /:?[-=]/y;

/** The offset behind the separator that follows a name, or undefined. */
function behindSeparator(text: string, from: number, quotedName: boolean, expanded: boolean): { at: number; sign: string } | undefined {
  if (expanded) {
    FALLBACK.lastIndex = from;
    const sign = FALLBACK.exec(text)?.[0];
    return sign === undefined ? undefined : { at: from + sign.length, sign: '=' };
  }
  TYPE.lastIndex = from;
  const type = TYPE.exec(text);
  if (type && !quotedName) return { at: from + type[0].length, sign: '=' };
  TYPE_BEHIND.lastIndex = from;
  const behind = quotedName ? undefined : TYPE_BEHIND.exec(text)?.[0];
  if (behind !== undefined && /[\t ]/.test(text.charAt(from - 1))) return { at: from + behind.length, sign: '=' };
  SEPARATOR.lastIndex = from;
  const sign = SEPARATOR.exec(text)?.[0];
  if (sign !== undefined) return sign === ',' && !quotedName ? undefined : { at: from + sign.length, sign };
  // `#define NAME "value"`, `ENV NAME value` and `--password value` have a space alone.
  return /[\t ]/.test(text.charAt(from - 1)) ? { at: from, sign: ' ' } : undefined;
}

/** Reads up to the closing quote on the same line; undefined when there is none. */
function readQuoted(text: string, from: number, quote: string): Span | undefined {
  const mark = quote.at(-1) as string;
  const stop = Math.min(text.length, from + MAX_VALUE);
  for (let i = from; i < stop; i += 1) {
    const char = text[i] as string;
    if (char === '\n' || char === '\r') return undefined;
    if (char !== mark) continue;
    const end = i - (quote.length - 1);
    if (text.slice(end, i + 1) === quote && (quote.length > 1 || text[i - 1] !== '\\')) return { start: from, end };
  }
  return undefined;
}

/** How a literal goes on: `"abc" + "def"`, `"abc" . "def"`, `"abc" \` and a new line, two literals side by side. */
const CONTINUES = /[ \t]{0,40}(?:(?:\+|\.\.?|&)[ \t]{0,8}(?:\\?\r?\n[ \t]{0,80})?|\\?\r?\n[ \t]{0,80}(?:(?:\+|\.\.?|&)[ \t]{0,8})?)(?=["'])/y;
const MAX_PIECES = 32;
/** How far from its beginning the first piece of a value may end. */
const MAX_LITERAL = 160;

/** The pieces behind a quoted value that belong to it, and the text of all; undefined when there are none. */
function joinedPieces(text: string, first: Span, quote: string): { readonly value: string; readonly end: number } | undefined {
  if (quote.length !== 1 || quote === '`') return undefined;
  let value = text.slice(first.start, first.end);
  let { end } = first;
  for (let pieces = 1; pieces < MAX_PIECES && value.length < MAX_VALUE; pieces += 1) {
    CONTINUES.lastIndex = end + 1;
    const glue = CONTINUES.exec(text);
    if (!glue) break;
    const at = end + 1 + glue[0].length;
    const next = readQuoted(text, at + 1, text.charAt(at));
    if (!next || next.end <= next.start) break;
    // Two literals on two lines are one only where nothing else could stand between them: not in a list of lines.
    if (!/[+.&\\]/.test(glue[0]) && /^\s{0,8}[:=]/.test(text.slice(next.end + 1, next.end + 10))) break;
    value += text.slice(next.start, next.end);
    ({ end } = next);
  }
  return end === first.end ? undefined : { value, end };
}

/** The literal that holds the offset, from there on, with the pieces joined to it; undefined where none is joined. */
export function joinedFrom(text: string, at: number): { readonly value: string; readonly end: number } | undefined {
  const stop = Math.min(text.length, at + MAX_LITERAL);
  for (let i = at; i < stop; i += 1) {
    const char = text[i] as string;
    if (char === '\n' || char === '\r') return undefined;
    if (char === '"' || char === "'") return joinedPieces(text, { start: at, end: i }, char);
  }
  return undefined;
}

/** Groups of small letters: a seed phrase, or the app password of a mail provider. */
const PHRASE = /[a-z]{3,8}(?: [a-z]{3,8}){3,23}(?=[^A-Za-z ]|$)/y;

/** Reads a value without quotes: up to white space or a mark that ends it; `&` ends it inside an address only. */
function readBare(text: string, from: number, inQuery: boolean): Span {
  PHRASE.lastIndex = from;
  const phrase = PHRASE.exec(text);
  if (phrase) return { start: from, end: from + phrase[0].length };
  const ends = inQuery ? /[\s"'`\\<>;,&#]/ : /[\s"'`\\<>;,]/;
  const stop = Math.min(text.length, from + MAX_BARE);
  let end = from;
  // `oauth_token=…&oauth_token_secret=…`: the next pair of a form ends the value, too.
  while (end < stop && !ends.test(text.charAt(end)) && !(text[end] === '&' && /^&(?:amp;)?[a-z_]{2,40}=/i.test(text.slice(end, end + 48)))) end += 1;
  // Three points stand for what was left out: without them the rest would look whole.
  while (end > from && /[.)\]}]/.test(text.charAt(end - 1)) && text.slice(end - 3, end) !== '...') end -= 1;
  // `Authorization: Bearer …`: the scheme is one word, the credential the next.
  if (end - from < 8 && text[end] === ' ' && /^(?:Bearer|Basic|Token|Bot)$/i.test(text.slice(from, end))) {
    return { start: from, end: Math.max(end, readBare(text, end + 1, inQuery).end) };
  }
  return { start: from, end };
}

/**
 * Whether a comma makes a pair of a quoted name and its value: the name comes first behind its bracket, and no third text
 * follows. `["conf", "htpasswd", "HTPASSWD", ".htaccess"]` is a list.
 */
function isPair(text: string, nameStart: number, valueEnd: number): boolean {
  const before = text.slice(Math.max(0, nameStart - MAX_GAP), nameStart).replace(/[\\"'`]{1,6}$/, '').trimEnd();
  return /[([{]$/.test(before) && !/^[\\"'`]{1,5}\s{0,40},\s{0,40}[\\"'`]/.test(text.slice(valueEnd, valueEnd + MAX_GAP * 2));
}

/** What stands between two texts when a closing quote is taken for an opening one: `label: "Passphrase:", required: ""`. */
function isBetweenTexts(value: string): boolean {
  return /^[,;)\]}]/.test(value) && /[:(,{[]\s{0,8}$/.test(value);
}

/** `ok ? 'pass' : 'fail'`: the text in front of the colon is a value. */
function isChoice(text: string, nameStart: number): boolean {
  return /\?\s{0,8}$/.test(text.slice(Math.max(0, nameStart - 12), nameStart).replace(/[\\"'`]{1,6}$/, ''));
}

/** `<api.token>…</`, `<string name="token">…</`, `<add key="token" value="…"`, `<key>token</key> <string>…</`: what stands behind the name. */
const ELEMENT = /(?:["'][^<>\n]{0,80})?>\s{0,200}(?:<!\[CDATA\[)?/y;
const ATTRIBUTE = /["']\s{1,40}(?:value|content)\s{0,4}=\s{0,4}["']/y;
const PLIST = /<\/key>\s{0,200}<string>/y;

/** The key at the end of an element's words: `<secret>{label … 5iq…}</secret>`. In one line, where it is long enough for one; sentences end in a short word. */
function lastWord(value: string, from: number): Span | undefined {
  const key = value.includes('\n') ? null : / ([A-Za-z0-9_+/=.~-]{20,200})\}?$/.exec(value);
  return key?.[1] === undefined ? undefined : { start: from + key.index + 1, end: from + key.index + 1 + key[1].length };
}

/** The value that a markup language gives to the name. */
function elementValue(text: string, { start, end }: Span): Span | undefined {
  const before = text.slice(Math.max(0, start - 24), start);
  const opened = /<(?:[A-Za-z_][\w.-]{0,16}:)?$/.test(before);
  const named = /(?:name|key|id)=["']$/.test(before);
  const plist = before.endsWith('<key>');
  if (!opened && !named && !plist) return undefined;
  const tries = plist ? [PLIST] : named ? [ATTRIBUTE, ELEMENT] : [ELEMENT];
  for (const pattern of tries) {
    pattern.lastIndex = end;
    const found = pattern.exec(text);
    if (!found) continue;
    const from = end + found[0].length;
    const stop = text.slice(from, from + MAX_VALUE).search(pattern === ATTRIBUTE ? /["'<>\n]/ : /[<>\]]/);
    if (stop < 1) return undefined;
    const value = text.slice(from, from + stop).trimEnd();
    return value === '' ? undefined : /\s/.test(value) ? lastWord(value, from) : { start: from, end: from + value.length };
  }
  return undefined;
}

/** `API_KEY 3f…`, `apikey: 3f…`, `vendor token 3f…`: words of a note that can only speak of a key. */
const SPOKEN_NAME = /(?:^|[^A-Za-z])(?:api|access|auth|secret|private|bot|app|service|refresh|client)[ _-]?(?:key|token|secret)$|[A-Za-z0-9](?:[Tt]oken|TOKEN|(?:[Aa][Pp][Ii]|[Ss]ecret|[Aa]ccess|[Aa]uth|_)[Kk](?:ey|EY)|SECRET|Secret)$/;
/** `acme SECRET 3f…`: a service at the beginning of a line, and the word of a key in capitals. */
const SERVICE_NAME = /(?:^|[\n"'`>#/*])[ \t]{0,8}[A-Za-z][A-Za-z0-9]{3,24} (?:(?:API|ACCESS|SECRET|PRIVATE)[ _])?(?:SECRET|TOKEN|KEY)$/;

function isSpokenOf(text: string, { start, end }: Span): boolean {
  return SPOKEN_NAME.test(text.slice(Math.max(0, start - 10), end)) || SERVICE_NAME.test(text.slice(Math.max(0, start - 40), end));
}

/** What a call or a comparison gives to a name. */
interface Handed {
  readonly name: string;
  readonly span: Span;
  readonly quote: string;
}

/** `setPassword("…")`, `with_api_key("…")`: the method is called after what it sets. One literal, and nothing behind it. */
const SETTER = /(?:^|[.-])(?:[Ss]et|[Ww]ith)(?:_([a-z][A-Za-z0-9_]{2,60})|([A-Z][A-Za-z0-9_]{2,60}))$/;
const SINGLE = /\([ \t]{0,8}(?:\[\]byte\(|Base64\.decode\(|u8|@)?(["'`])(?=[^"'`\n]{5,1024}\1[ \t]{0,8}\))/y;

/** What a method sets by its name, or undefined: `password` for `setPassword`. */
export function nameSetBy(method: string): string | undefined {
  const setter = SETTER.exec(method);
  return setter?.[1] ?? setter?.[2];
}

function handedTo(text: string, { start, end }: Span): Handed | undefined {
  if (text[end] !== '(') return undefined;
  const name = nameSetBy(text.slice(start, end));
  SINGLE.lastIndex = end;
  const opened = name === undefined ? null : SINGLE.exec(text);
  if (name === undefined || opened === null) return undefined;
  const quote = opened[1] as string;
  const span = readQuoted(text, end + opened[0].length, quote);
  return span && { name, span, quote };
}

/** `"…" == password`: the value stands before the name. */
const COMPARED = /(["'])([^"'\n]{5,200})\1[ \t]{0,4}[!=]==?[ \t]{0,4}(?:[A-Za-z_$]{1,40}(?:\.|->))?$/;

function comparedWith(text: string, { start, end }: Span): Handed | undefined {
  if (!/[!=]=[ \t$]{0,4}$/.test(text.slice(Math.max(0, start - 8), start))) return undefined;
  const before = text.slice(Math.max(0, start - 280), start);
  const found = COMPARED.exec(before.slice(before.lastIndexOf('\n') + 1));
  if (found === null || /^[ \t]{0,4}\(/.test(text.slice(end, end + 6))) return undefined;
  const line = Math.max(0, start - 280) + before.lastIndexOf('\n') + 1;
  const from = line + found.index + 1;
  return { name: text.slice(start, end), span: { start: from, end: from + (found[2] as string).length }, quote: found[1] as string };
}

/** Whether a space alone may stand between the name at the offset and its value: `#define`, Docker's `ENV`, `--flag`. */
function hasBareSpace(text: string, nameStart: number): boolean {
  const before = text.slice(Math.max(0, nameStart - 16), nameStart);
  return /#\s{0,2}define\s{1,4}$|(?:^|\n)[ \t]{0,8}(?:ENV|ARG|set|setx)\s{1,4}$|(?:^|\s)--?$/.test(before);
}

/** A line break behind the sign, as formatters put it in front of a long value: the literal begins the next line and ends what stands on it. */
const LINE_BREAK = /\r?\n[ \t]{1,80}(?=(["'])[^"'\s]{8,512}\1[ \t]{0,8}(?:[;,)\]}]|\r?\n|$))/y;

function onNextLine(text: string, at: number): number {
  LINE_BREAK.lastIndex = at;
  return at + (LINE_BREAK.exec(text)?.[0].length ?? 0);
}

/** `b"…"`, `rb"…"`, `@"…"`. */
const LITERAL_PREFIX = /[brufBRUF]{1,2}(?=["'])|@(?=")/y;

/**
 * The assignment whose name stands around `at`, or undefined. The value is as written: escapes are not resolved.
 * @param at offset of any character of the name.
 */
export function assignmentAt(text: string, at: number): Assignment | undefined {
  const nameSpan = nameAround(text, at);
  if (!nameSpan) return undefined;
  const element = elementValue(text, nameSpan);
  if (element) return { name: spokenName(text, nameSpan), nameSpan, value: text.slice(element.start, element.end), span: element, quote: '<', loose: false, joined: false };
  const call = handedTo(text, nameSpan) ?? comparedWith(text, nameSpan);
  if (call) return { name: call.name, nameSpan, value: text.slice(call.span.start, call.span.end), span: call.span, quote: call.quote, loose: false, joined: false };
  const behind = behindName(text, nameSpan.end);
  const separator = behindSeparator(text, behind.at, behind.quoted, text.startsWith('${', nameSpan.start - 2));
  if (!separator) return undefined;
  const loose = separator.sign === ' ' && !hasBareSpace(text, nameSpan.start);
  if (loose && (behind.quoted || !isSpokenOf(text, nameSpan))) return undefined;
  let valueAt = separator.at;
  const stop = valueAt + MAX_GAP;
  while (valueAt < stop && /[\t ]/.test(text.charAt(valueAt))) valueAt += 1;
  if (separator.sign !== ' ') valueAt = onNextLine(text, valueAt);
  LITERAL_PREFIX.lastIndex = valueAt;
  valueAt += LITERAL_PREFIX.exec(text)?.[0].length ?? 0;
  const quote = quoteAt(text, valueAt);
  const span = quote === ''
    ? readBare(text, valueAt, /[?&]/.test(text.charAt(nameSpan.start - 1)))
    : readQuoted(text, valueAt + quote.length, quote);
  if (!span || span.end <= span.start) return undefined;
  // `password = getpass(` is a call and `password : Optional[str]` a type, whatever language the text is in.
  if (quote === '' && /^[A-Za-z_][A-Za-z0-9_.]{0,60}[([]/.test(text.slice(span.start, span.end))) return undefined;
  if (quote === '' && (separator.sign === ',' || separator.sign === 'or')) return undefined;
  if (separator.sign === ',' && !isPair(text, nameSpan.start, span.end)) return undefined;
  if (separator.sign === ':' && behind.quoted && isChoice(text, nameSpan.start)) return undefined;
  if (quote !== '' && isBetweenTexts(text.slice(span.start, span.end))) return undefined;
  const name = spokenName(text, nameSpan);
  const more = quote === '' || separator.sign === ',' ? undefined : joinedPieces(text, span, quote);
  if (more) return { name, nameSpan, value: more.value, span: { start: span.start, end: more.end }, quote, loose: false, joined: true };
  return { name, nameSpan, value: text.slice(span.start, span.end), span, quote, loose, joined: false };
}

/** `Secret Key: …`, `Acme API Key: …` in a comment or a note: a key alone says nothing, the words before it do. */
function spokenName(text: string, { start, end }: Span): string {
  const name = text.slice(start, end);
  if (!/^(?:key|token|secret)[0-9]?$/i.test(name)) return name;
  const ahead = text.slice(Math.max(0, start - 32), start);
  const before = /(?:[A-Za-z][A-Za-z0-9_-]{1,20} )?\b(?:api|secret|private|access|auth|bot|app) $/i.exec(ahead);
  if (before !== null) return before[0] + name;
  if (/^key/i.test(name)) return name;
  // `klipfolio token = …`: at the beginning of a line or a text, the word before says whose it is.
  const service = /(?:^|[\n"'`>][ \t]{0,8}|(?:\/\/|#)[ \t]{0,4})([A-Za-z][A-Za-z0-9_-]{3,24}) $/.exec(ahead)?.[1];
  return service === undefined || DECLARES.test(service) ? name : `${service} ${name}`;
}

/** Words of languages that stand before the name of a variable, and of sentences before “token”. */
const DECLARES = /^(?:const|static|final|string|export|public|private|protected|readonly|local|auto|char|wchar|type|return|await|yield|declare|define|input|extern|global|require|required|expected|unexpected|invalid|valid|missing|next|current|previous|this|that|these|your|their|with|from|when|where|which|each|every|same|another|else|case|typeof|throw|throws|assert|print|echo|given|secret|refresh|bearer|null|none|only|override|lazy|unsafe|mutable|volatile|transient|internal|sealed|abstract|virtual|async|default)$/i;
