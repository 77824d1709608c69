/**
 * The variables a Dockerfile sets: `ENV key=value …`, `ENV key value`, `ARG key=value`, `LABEL key=value`, with continued lines
 * (Dockerfile reference, docs.docker.com). `# escape=` + back quote on the first lines makes that the mark of continuation.
 */
import type { Comment, Span } from '../model.ts';
import { Allowance } from './allowance.ts';
import { childOf, commentAt, scalarEntry } from './entry-list.ts';
import type { ConfigRead, OpenEntry } from './entry-list.ts';
import { endOfLine, nextLine, skipBlanks, trimmed } from './lines.ts';
import { readWord } from './words.ts';

const SETTING = /(ENV|ARG|LABEL)[ \t]+/iy;
const KEY = /["']?([A-Za-z_][\w.\-/]{0,119})["']?=/y;
const LEGACY = /([A-Za-z_][\w.-]{0,119})[ \t]+/y;

/** Reads a Dockerfile; instructions that set nothing are passed over. */
export function readDockerfile(text: string, allowance = new Allowance()): ConfigRead {
  const entries: OpenEntry[] = [];
  const comments: Comment[] = [];
  const escape = /^#\s{0,4}escape\s{0,4}=\s{0,4}`/im.test(text.slice(0, 500)) ? '`' : '\\';
  for (let at = 0; at < text.length && allowance.line(entries.length + comments.length);) {
    const end = endOfLine(text, at);
    const first = skipBlanks(text, at, end);
    if (text[first] === '#') {
      comments.push(commentAt(text, first, end, 1));
      at = nextLine(text, end);
      continue;
    }
    const instruction = { start: first, end: endOfInstruction(text, first, escape, comments) };
    readInstruction(text, instruction, escape, entries, allowance);
    at = Math.max(nextLine(text, instruction.end), at + 1);
  }
  return { entries, comments, errors: [] };
}

/** Where an instruction ends, lines joined by the escape mark included; comments may stand between them. */
function endOfInstruction(text: string, from: number, escape: string, comments: Comment[]): number {
  let at = from;
  for (;;) {
    const end = endOfLine(text, at);
    const first = skipBlanks(text, at, end);
    const comment = at > from && text[first] === '#';
    if (comment) comments.push(commentAt(text, first, end, 1));
    const goesOn = comment || (at > from && first === end) || text[trimmed(text, at, end).end - 1] === escape;
    if (!goesOn || end >= text.length) return end;
    at = nextLine(text, end);
  }
}

function readInstruction(text: string, instruction: Span, escape: string, entries: OpenEntry[], allowance: Allowance): void {
  SETTING.lastIndex = instruction.start;
  const kind = SETTING.exec(text)?.[1]?.toUpperCase();
  if (kind === undefined) return;
  let at = SETTING.lastIndex;
  let count = 0;
  while (at < instruction.end && allowance.line(entries.length)) {
    const char = text[at] as string;
    KEY.lastIndex = at;
    const key = KEY.exec(text)?.[1];
    if (key !== undefined && KEY.lastIndex <= instruction.end) {
      const word = readWord(text, KEY.lastIndex, { escape, ends: '' });
      const start = text.indexOf(key, at);
      push(text, { start, end: start + key.length }, word.inner, word.value, Math.max(word.end, KEY.lastIndex), entries);
      at = Math.max(word.end, KEY.lastIndex);
      count += 1;
    } else if (/\s/.test(char)) at += 1;
    else if (char === escape) at += 1;
    else if (char === '#') at = endOfLine(text, at);
    else if (kind === 'ENV' && count === 0) return readLegacy(text, { start: at, end: instruction.end }, entries);
    else at = Math.max(readWord(text, at, { escape, ends: '' }).end, at + 1);
  }
}

/** `ENV key the rest of the line`. */
function readLegacy(text: string, span: Span, entries: OpenEntry[]): void {
  LEGACY.lastIndex = span.start;
  const key = LEGACY.exec(text)?.[1];
  if (key === undefined || LEGACY.lastIndex >= span.end) return;
  const value = trimmed(text, LEGACY.lastIndex, Math.min(endOfLine(text, LEGACY.lastIndex), span.end));
  push(text, { start: span.start, end: span.start + key.length }, value, text.slice(value.start, value.end), value.end, entries);
}

function push(text: string, keySpan: Span, inner: Span, value: string, end: number, entries: OpenEntry[]): void {
  const key = text.slice(keySpan.start, keySpan.end);
  entries.push(scalarEntry(childOf([], key, keySpan), { start: keySpan.start, end }, value, inner, text.slice(inner.start, inner.end)));
}
