/** Bytes to text, and offsets to lines: the only place that decodes a file or counts its lines. */
import { readFileSync } from 'node:fs';
import type { Range } from '../findings/finding.ts';
import type { SourceText, Span } from './model.ts';

/** What `decode` makes of a file: its text, or one sentence why it has none. */
export type Decoded = { readonly ok: true; readonly source: SourceText } | { readonly ok: false; readonly reason: string };

/** As many bytes as git looks at to call a file binary (`buffer_is_binary`, git's xdiff-interface.c). */
const BINARY_PROBE_BYTES = 8_000;
/** Share of control characters above which an 8-bit file is no text: real legacy sources have none at all. */
const CONTROL_SHARE = 0.05;

/** Made once: it keeps nothing from one text to the next, and to make one takes longer than to decode a file. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;

/**
 * Decodes a file. A byte order mark decides and is dropped (columns of line 1 must not count it); without one UTF-8 is
 * tried, then UTF-16 by where its zero bytes stand, then the 8-bit Western code page old terminals write.
 *
 * @returns the text, or `ok: false` with a sentence for a binary file.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return marked(decodeUtf8(bytes.subarray(3)));
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16(bytes.subarray(2), 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16(bytes.subarray(2), 'utf-16be');
  const wide = wideEncoding(bytes);
  if (wide === 'none') return decodeUtf8(bytes);
  if (wide === 'binary') return binary();
  return decodeUtf16(bytes, wide);
}

/**
 * Reads a file and decodes it. What is plain UTF-8 takes one call of the system's instead of four; anything else shows a
 * replacement character or a zero, and is read again as bytes.
 *
 * @throws what the file system throws.
 */
export function readText(path: string): Decoded {
  return decodedText(readFileSync(path, 'utf8')) ?? decode(readFileSync(path));
}

/** What the bytes of a file read as UTF-8 are, where they are plain text; undefined where the bytes must be looked at. */
export function decodedText(text: string): Decoded | undefined {
  if (text.includes('\uFFFD') || text.includes('\0')) return undefined;
  return text.startsWith('\uFEFF') ? marked({ ok: true, source: sourceOf(text.slice(1)) }) : { ok: true, source: sourceOf(text) };
}

function marked(decoded: Decoded): Decoded {
  return decoded.ok ? { ok: true, source: { ...decoded.source, marked: true } } : decoded;
}

/** What `readText` gives for a file whose bytes are at hand. */
export function textOf(bytes: Buffer): Decoded {
  return decodedText(bytes.toString('utf8')) ?? decode(bytes);
}

function binary(): Decoded {
  return { ok: false, reason: 'The file is binary, not text; nothing in it was checked.' };
}

/** Where zero bytes stand in the first bytes: nowhere, in every second one (UTF-16 without mark), or anywhere (binary). */
function wideEncoding(bytes: Uint8Array): 'none' | 'utf-16le' | 'utf-16be' | 'binary' {
  const length = Math.min(bytes.length, BINARY_PROBE_BYTES);
  const first = bytes.indexOf(0);
  if (first < 0 || first >= length) return 'none';
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i++) {
    if (bytes[i] !== 0) continue;
    if (i % 2 === 0) even++;
    else odd++;
  }
  if (bytes.length % 2 !== 0) return 'binary';
  // Western text in UTF-16 has a zero in nearly every high byte and hardly one in the low ones.
  if (odd > length / 4 && even * 8 < odd) return 'utf-16le';
  if (even > length / 4 && odd * 8 < even) return 'utf-16be';
  return 'binary';
}

function decodeUtf8(bytes: Uint8Array): Decoded {
  try {
    return { ok: true, source: sourceOf(UTF8.decode(bytes)) };
  } catch {
    const text = new TextDecoder('latin1').decode(bytes);
    return controlShare(text) > CONTROL_SHARE ? binary() : { ok: true, source: sourceOf(text, 'latin1') };
  }
}

function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  return controlShare(text) > CONTROL_SHARE ? binary() : { ok: true, source: sourceOf(text, encoding) };
}

function controlShare(text: string): number {
  const length = Math.min(text.length, BINARY_PROBE_BYTES);
  let control = 0;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    // Tab, line feed, vertical tab, form feed, carriage return and escape occur in text.
    if ((code < 32 && (code < 9 || code > 13) && code !== 27) || code === 0xfffd) control++;
  }
  return length === 0 ? 0 : control / length;
}

/** A text that is already decoded (an open document, a test) with its line table. */
export function sourceOf(text: string, encoding: SourceText['encoding'] = 'utf-8'): SourceText {
  return { text, lineStarts: lineStartsOf(text), encoding };
}

/** Line breaks as editors count them: `\n`, `\r\n` and a lone `\r` (old MetaTrader files). */
function lineStartsOf(text: string): number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) starts.push(feed + 1);
    return starts;
  }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === LINE_FEED) starts.push(i + 1);
    else if (code === CARRIAGE_RETURN && text.charCodeAt(i + 1) !== LINE_FEED) starts.push(i + 1);
  }
  return starts;
}

/** Index of the line an offset stands on, 0-based. */
export function lineIndexAt(source: SourceText, offset: number): number {
  const { lineStarts } = source;
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lineStarts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Line and column of an offset, both 1-based, the column in UTF-16 units. Offsets outside the text are clamped. */
export function positionAt(source: SourceText, offset: number): { line: number; column: number } {
  const clamped = Math.max(0, Math.min(offset, source.text.length));
  const index = lineIndexAt(source, clamped);
  return { line: index + 1, column: clamped - source.lineStarts[index]! + 1 };
}

/** The 1-based, end-exclusive range of a span. */
export function rangeOf(source: SourceText, span: Span): Range {
  const start = positionAt(source, span.start);
  const end = positionAt(source, span.end);
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

/** Offset of a 1-based line and column. A column past the end of its line, or a line past the last one, is clamped. */
export function offsetAt(source: SourceText, line: number, column: number): number {
  const { lineStarts, text } = source;
  if (line < 1) return 0;
  if (line > lineStarts.length) return text.length;
  const start = lineStarts[line - 1]!;
  const end = lineEnd(source, line - 1);
  return Math.max(start, Math.min(start + column - 1, end));
}

/** Offset of the end of a line (0-based index), before its line break. */
export function lineEnd(source: SourceText, index: number): number {
  const { lineStarts, text } = source;
  const next = lineStarts[index + 1];
  if (next === undefined) return text.length;
  const crlf = text.charCodeAt(next - 1) === LINE_FEED && text.charCodeAt(next - 2) === CARRIAGE_RETURN;
  return crlf ? next - 2 : next - 1;
}

/** From this length on V8 makes a slice a window on the whole string (`SlicedString::kMinLength`). */
const SHORTEST_WINDOW = 13;

/**
 * A name of a file as a string of its own. A mere slice would keep the text of the file alive for as long as the name is
 * kept in a summary (measured: 12 of 64 MB after 5,000 files).
 */
export function nameIn(text: string, start: number, end: number): string {
  const name = text.slice(start, end);
  return name.length < SHORTEST_WINDOW ? name : ` ${name}`.slice(1);
}

/** The text of a span. */
export function slice(source: SourceText, span: Span): string {
  return source.text.slice(span.start, span.end);
}

/** Whether only blanks stand between the start of the line and an offset. */
export function startsLine(text: string, offset: number): boolean {
  for (let i = offset - 1; i >= 0; i--) {
    const char = text[i];
    if (char === '\n' || char === '\r') return true;
    if (char !== ' ' && char !== '\t' && char !== '\f') return false;
  }
  return true;
}

/** Whether one stretch of a text lies in another, or is it. */
export function contains(outer: Span, inner: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
