/**
 * Environment files, as the common readers take them (dotenv for Node, python-dotenv): `KEY=value`, `export KEY=value`,
 * `KEY: value`, single, double and back quotes over several lines, ` #` comments after a value.
 */
import type { Comment, Span } from '../model.ts';
import { Allowance } from './allowance.ts';
import { commentAt, scalarEntry } from './entry-list.ts';
import type { ConfigRead, OpenEntry } from './entry-list.ts';

const KEY = /([ \t]*(?:export[ \t]+)?)([A-Za-z_][\w.-]*)[ \t]*(?:=|:(?=[ \t]))[ \t]*/y;
/** A line that looks like an entry; not the last line of a base64 block, which ends in `=`. */
const ENTRY = /[ \t]*(?:export[ \t]+)?[A-Za-z_][\w.-]*[ \t]*=(?!=?[ \t]*(?:\r?\n|$))/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', '"': '"', $: '$' };

/** A value and what comes after it on its line. */
interface Value {
  readonly value: string;
  readonly span: Span;
  /** After the closing quote. */
  readonly end: number;
}

/** Reads an environment file; a line that is none of the forms is an error, and the next line is read on its own. */
export function readDotenv(text: string, allowance = new Allowance()): ConfigRead {
  const entries: OpenEntry[] = [];
  const comments: Comment[] = [];
  const errors: Span[] = [];
  const hopeless = new Set<string>();
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length && allowance.line(entries.length + comments.length, errors.length)) {
    const lineEnd = endOfLine(text, at);
    const first = skipBlank(text, at, lineEnd);
    if (first === lineEnd) {
      at = nextLine(text, lineEnd);
      continue;
    }
    if (text[first] === '#') {
      comments.push(commentAt(text, first, lineEnd, 1));
      at = nextLine(text, lineEnd);
      continue;
    }
    KEY.lastIndex = at;
    const match = KEY.exec(text);
    const [, before, key] = match ?? [];
    if (before === undefined || key === undefined) {
      errors.push({ start: first, end: trimEnd(text, first, lineEnd) });
      at = nextLine(text, lineEnd);
      continue;
    }
    const start = at + before.length;
    const found = readValue(text, KEY.lastIndex, lineEnd, errors, hopeless);
    const whole = { start, end: found.end };
    entries.push(scalarEntry({ path: [key], key, keySpan: { start, end: start + key.length } }, whole, found.value, found.span, text.slice(found.span.start, found.span.end)));
    at = afterValue(text, found.end, comments, errors);
  }
  return { entries, comments, errors };
}

/** `hopeless` are the quotes that never come again: one search to the end of the text is enough. */
function readValue(text: string, at: number, lineEnd: number, errors: Span[], hopeless: Set<string>): Value {
  const quote = text[at];
  if (at < lineEnd && (quote === '"' || quote === "'" || quote === '`')) {
    const close = hopeless.has(quote) ? undefined : closingQuote(text, at, quote, hopeless);
    if (close !== undefined) {
      const raw = text.slice(at + 1, close);
      return { value: quote === '"' ? unescape(raw) : raw, span: { start: at + 1, end: close }, end: close + 1 };
    }
    // The quote is never closed: most likely it is being typed. The rest of the line is the value.
    errors.push({ start: at, end: at + 1 });
    const end = trimEnd(text, at + 1, lineEnd);
    return { value: text.slice(at + 1, end), span: { start: at + 1, end }, end };
  }
  const end = trimEnd(text, at, startOfComment(text, at, lineEnd));
  return { value: text.slice(at, end), span: { start: at, end }, end };
}

/** Offset of the quote that closes the one at `open`, with backslashes skipped in double quotes. */
function closingQuote(text: string, open: number, quote: string, hopeless: Set<string>): number | undefined {
  for (let at = open + 1; at < text.length; at += 1) {
    const c = text[at];
    if (c === '\\' && quote === '"') at += 1;
    else if (c === quote) return at;
    else if (c === '\n' && startsEntry(text, at + 1) && !closesLater(text, at + 1, quote)) return undefined;
  }
  hopeless.add(quote);
  return undefined;
}

/** A line that looks like an entry of its own. */
function startsEntry(text: string, at: number): boolean {
  ENTRY.lastIndex = at;
  return ENTRY.test(text);
}

/** Whether the line has a quote of this kind that could close a value begun above: one at its end. */
function closesLater(text: string, at: number, quote: string): boolean {
  const end = endOfLine(text, at);
  const last = trimEnd(text, at, end);
  const line = text.slice(at, last);
  return line.endsWith(quote) && line.split(quote).length === 2;
}

function unescape(raw: string): string {
  return raw.replace(/\\([nrt\\"$])/g, (_, letter: string) => ESCAPES[letter] ?? letter);
}

/** Where a comment begins after an unquoted value: at a `#` with white space before it, or with no value before it. */
function startOfComment(text: string, at: number, lineEnd: number): number {
  for (let i = at; i < lineEnd; i += 1) {
    if (text[i] === '#' && (i === at || text[i - 1] === ' ' || text[i - 1] === '\t')) return i;
  }
  return lineEnd;
}

/** Takes what follows a value on its line, a comment or something that should not be there, and returns the next line. */
function afterValue(text: string, at: number, comments: Comment[], errors: Span[]): number {
  const lineEnd = endOfLine(text, at);
  const first = skipBlank(text, at, lineEnd);
  if (first < lineEnd) {
    if (text[first] === '#') comments.push(commentAt(text, first, lineEnd, 1));
    else errors.push({ start: first, end: trimEnd(text, first, lineEnd) });
  }
  return nextLine(text, lineEnd);
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  const line = end < 0 ? text.length : end;
  return line > at && text[line - 1] === '\r' ? line - 1 : line;
}

function nextLine(text: string, lineEnd: number): number {
  return lineEnd + (text[lineEnd] === '\r' ? 2 : 1);
}

function skipBlank(text: string, at: number, end: number): number {
  let i = at;
  while (i < end && (text[i] === ' ' || text[i] === '\t')) i += 1;
  return i;
}

function trimEnd(text: string, start: number, end: number): number {
  let i = end;
  while (i > start && (text[i - 1] === ' ' || text[i - 1] === '\t')) i -= 1;
  return i;
}
