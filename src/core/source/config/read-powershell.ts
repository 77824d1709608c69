/**
 * The variables a PowerShell script sets: `$env:FOO = "…"`, `$foo = '…'`, defaults of parameters, entries of hash tables
 * (`@{ Foo = "…" }`), and `SetEnvironmentVariable("FOO", "…")`.
 */
import type { Comment, Span } from '../model.ts';
import { Allowance } from './allowance.ts';
import { childOf, commentAt, scalarEntry } from './entry-list.ts';
import type { ConfigRead, OpenEntry } from './entry-list.ts';
import { endOfLine } from './lines.ts';
import { closingQuote } from './words.ts';

const VARIABLE = /\$\{?(?:[A-Za-z]{1,12}:)?([A-Za-z_][\w.]{0,119})\}?[ \t]*=(?!=)[ \t]*/y;
const ENTRY = /([A-Za-z_]\w{0,119})[ \t]*=(?!=)[ \t]*/y;
const SET_VARIABLE = /SetEnvironmentVariable\([ \t]*["']([A-Za-z_]\w{0,119})["'][ \t]*,[ \t]*/iy;

/** Reads a PowerShell script; what sets nothing is passed over. */
export function readPowershell(text: string, allowance = new Allowance()): ConfigRead {
  const entries: OpenEntry[] = [];
  const comments: Comment[] = [];
  let fresh = true;
  for (let at = 0; at < text.length && allowance.line(entries.length + comments.length);) {
    const char = text[at] as string;
    if (char === '#' || text.startsWith('<#', at)) {
      const block = char === '<';
      const close = block ? text.indexOf('#>', at + 2) : endOfLine(text, at);
      const end = close < 0 ? text.length : close + (block ? 2 : 0);
      comments.push(commentAt(text, at, end, block ? 2 : 1, block && close >= 0 ? 2 : 0));
      at = end;
      continue;
    }
    const found = entryAt(text, at, char, fresh);
    if (found !== undefined) {
      entries.push(found);
      at = Math.max(found.end, at + 1);
      fresh = false;
    } else if (char === '"' || char === "'") {
      at = Math.min(closingQuote(text, at, char, '`') + 1, text.length);
      fresh = false;
    } else {
      at = /[A-Za-z_]/.test(char) ? endOfName(text, at) : at + 1;
      // A name begins an entry of a hash table only where a statement could begin.
      fresh = char === '\n' || char === '{' || char === ';' || (fresh && /\s/.test(char));
    }
  }
  return { entries, comments, errors: [] };
}

function endOfName(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && /\w/.test(text[end] as string)) end += 1;
  return end;
}

function entryAt(text: string, at: number, char: string, fresh: boolean): OpenEntry | undefined {
  const pattern = char === '$' ? VARIABLE : char === 'S' || char === 's' ? SET_VARIABLE : fresh && /[A-Za-z_]/.test(char) ? ENTRY : undefined;
  if (pattern === undefined) return undefined;
  pattern.lastIndex = at;
  const match = pattern.exec(text) ?? (pattern === SET_VARIABLE && fresh ? matchEntry(text, at) : null);
  const key = match?.[1];
  if (match === null || key === undefined) return undefined;
  const name = key.slice(key.lastIndexOf('.') + 1);
  const start = text.lastIndexOf(name, at + match[0].length);
  const value = valueAt(text, at + match[0].length);
  const written = text.slice(value.inner.start, value.inner.end);
  return scalarEntry(childOf([], name, { start, end: start + name.length }), { start: at, end: value.end }, written, value.inner, written);
}

function matchEntry(text: string, at: number): RegExpExecArray | null {
  ENTRY.lastIndex = at;
  return ENTRY.exec(text);
}

/** A value in quotes (a quote in it is doubled or escaped), a here-string, or what stands there up to the end of the statement. */
function valueAt(text: string, at: number): { readonly inner: Span; readonly end: number } {
  const quote = text[at] === '@' ? text[at + 1] : text[at];
  if (quote === '"' || quote === "'") {
    if (text[at] === '@') return hereString(text, at, quote);
    let close = closingQuote(text, at, quote, '`');
    while (text[close] === quote && text[close + 1] === quote) close = closingQuote(text, close + 1, quote, '`');
    return { inner: { start: at + 1, end: close }, end: Math.min(close + 1, text.length) };
  }
  let end = at;
  while (end < text.length && !/[\s;,)}#]/.test(text[end] as string)) end += 1;
  return { inner: { start: at, end }, end };
}

function hereString(text: string, at: number, quote: string): { readonly inner: Span; readonly end: number } {
  const line = endOfLine(text, at);
  const close = text.indexOf(`\n${quote}@`, line);
  const start = Math.min(line + 1, text.length);
  return close < 0 ? { inner: { start, end: text.length }, end: text.length } : { inner: { start, end: Math.max(start, close) }, end: close + 3 };
}
