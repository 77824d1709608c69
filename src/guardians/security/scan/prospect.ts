/** Whether a text can hold a credential: cheap, without reading it as a program, and never sure that there is nothing where there is. */
import type { FileFacts } from '../../../core/rules/rule.ts';
import { isProgram } from '../../../core/source/code-languages.ts';
import { languageOf } from '../../../core/source/languages.ts';
import type { Language, SourceText } from '../../../core/source/model.ts';
import { isHashesOrTranslation } from './file-scan.ts';
import { hasNamedValue, isReached, SETTINGS, VALUE_NAME } from './named-values.ts';
import { type Proof, proofOf } from './strength.ts';
import { scanText } from './text-scan.ts';
import { couldBeUnderAnyName, promiseOf } from './upper-bound.ts';

/** One run of a key's alphabet is so long that words seldom are; letters and digits alone in it, and of each of them. */
const LONG_RUN = 16;
const MIXED_RUN = 12;
const MIXED = 2;
/** Formats in which the name of a value may stand far above it, as a section or an outer key. */
const NESTED: ReadonlySet<Language> = new Set<Language>(['yaml', 'json', 'toml', 'ini', 'notebook', 'python', 'typescript', 'javascript', 'mql5']);

/** `rev: `, `"sha": "`, `uses: actions/checkout@`: what stands before a value on its line, or before its last part. */
const ENTRY = /^\s{0,80}(?:- {1,8})?["']?([A-Za-z_][\w-]{0,60})["']?\s{0,8}[:=]\s{0,8}["']?(?:[A-Za-z0-9_.-]{1,80}[/@]){0,6}$/;
/** In code a text without a name of its own, as items of lists and pieces of longer texts are, is called after what it stands in. */
const ITEM = /^[\s?:|&+.,([{]{0,80}(?:[rRbBuUfF]{0,2}["'`][^=:]{0,400})?$/;
/** Longer lines are no items of a list; and so much is read behind a value. */
const LONGEST_BEGINNING = 600;
const LONGEST_BEHIND = 124;

/** Of the lines of a text those a credential can have come with. */
export interface Fresh {
  /** By index of the line. */
  isNew(index: number): boolean;
  /** 1 for each line whose values count, by its index, given the offsets of telling names. */
  reached(names: readonly number[]): Uint8Array;
}

/**
 * Whether the file has to be read as what it is: the text holds a value with a shape of its own, or one that a name could give a meaning.
 * @param fresh where the text is a part of a file, as a patch shows it.
 */
export function mayHoldSecret(path: string, role: FileFacts['role'], source: SourceText, fresh?: Fresh): boolean {
  const proof = proofOf(path, role);
  const scan = scanText(source.text, proof);
  const reached = fresh?.reached(scan.names);
  if (scan.hits.some(({ span }) => isReached(source, reached, span))) { return true; }
  // Of files of hashes and translations nothing is judged by its name.
  if (isHashesOrTranslation(path)) { return false; }
  const language = languageOf(path);
  if (hasNamedValue({ source, names: scan.names, language, proof, reached })) { return true; }
  // A name that a patch does not show can stand above it; of a whole text it is known whether there is one.
  return (fresh !== undefined || scan.names.length > 0) && NESTED.has(language) && hasFarToken(source, fresh, language, proof);
}

/** Whether a line that counts holds a run of letters and digits as keys have, and a name far above it can be the one it goes by. */
function hasFarToken(source: SourceText, fresh: Fresh | undefined, language: Language, proof: Proof): boolean {
  const { text, lineStarts } = source;
  for (let index = 0; index < lineStarts.length; index += 1) {
    if (fresh?.isNew(index) === false) { continue; }
    const from = lineStarts[index] as number;
    const to = lineStarts[index + 1] ?? text.length;
    for (let at = nextToken(text, from, to); at < to; at = nextToken(text, endOfToken(text, at, to), to)) {
      if (isFarNamed(text.slice(Math.max(from, at - LONGEST_BEGINNING), at), language) && isFarValue(text, at, { from, to }, language, proof)) { return true; }
    }
  }
  return false;
}

/** What ends a value, quotes or not; and what goes on with a literal in another. */
const ENDS = /[\s"'`\\<>{}()[\],;]/;
const GOES_ON = /^["'`]?\s{0,40}[+.&\\]|^["'`]\s{1,80}[rRbBuUfF]{0,2}["'`]|^\\/;
const LONGEST_VALUE = 4_096;

/** A line that counts: where it begins, where the next one does. */
interface Line {
  readonly from: number;
  readonly to: number;
}

/** Whether what stands around a token up to the next blank or quote can be a credential, or is only a part of a value. */
function isFarValue(text: string, at: number, { from, to }: Line, language: Language, proof: Proof): boolean {
  let start = at;
  while (start > from && at - start < LONGEST_VALUE && !ENDS.test(text.charAt(start - 1))) { start -= 1; }
  const token = endOfToken(text, at, to);
  let end = token;
  while (end < to && end - at < LONGEST_VALUE && !ENDS.test(text.charAt(end))) { end += 1; }
  const before = text.slice(Math.max(from, start - LONGEST_BEGINNING), start);
  const behind = text.slice(end, Math.min(to, end + LONGEST_BEHIND));
  // Outside of quotes stands code, unless a text goes over several lines: then this one holds nothing but the value.
  if (isProgram(language) && !/["'`]/.test(before)) { return /^\s*$/.test(before) && /^\s*(?:["'`]|\\|$)/.test(behind); }
  // The key of an entry is no value.
  if (SETTINGS.has(language) && /^["']?\s{0,8}:/.test(behind)) { return false; }
  if (text[start - 1] === '\\' || GOES_ON.test(behind) || /^\s*$/.test(behind)) { return true; }
  return couldBeUnderAnyName(text.slice(start, end), proof) || couldBeUnderAnyName(text.slice(at, token), proof);
}

/** Of an ASCII character: 1 a sign of base 64 or its kin, 2 a letter, 3 a digit. */
const KINDS = Uint8Array.from({ length: 128 }, (_none, code) => {
  const char = String.fromCharCode(code);
  return /[0-9]/.test(char) ? 3 : /[A-Za-z]/.test(char) ? 2 : /[+/=_-]/.test(char) ? 1 : 0;
});

const kindAt = (text: string, at: number): number => KINDS[text.charCodeAt(at)] ?? 0;

function endOfToken(text: string, from: number, to: number): number {
  let end = from;
  while (end < to && kindAt(text, end) !== 0) { end += 1; }
  return end;
}

/** Where the next run of a key's alphabet begins in which letters and digits are mixed in one run of their own; `to` where there is none. */
function nextToken(text: string, from: number, to: number): number {
  for (let at = from; at < to; at += 1) {
    if (kindAt(text, at) === 0) { continue; }
    const begin = at;
    let [letters, digits, mixed] = [0, 0, false];
    for (let kind = kindAt(text, at); at < to && kind !== 0; at += 1, kind = kindAt(text, at)) {
      if (kind === 1) { letters = 0; digits = 0; } else if (kind === 2) { letters += 1; } else { digits += 1; }
      mixed ||= letters >= MIXED && digits >= MIXED && letters + digits >= MIXED_RUN;
    }
    if (mixed && at - begin >= LONG_RUN) { return begin; }
  }
  return to;
}

function isFarNamed(before: string, language: Language): boolean {
  if (SETTINGS.has(language)) { return !isPlainlyNamed(before); }
  return !isProgram(language) || ITEM.test(before);
}

/** Whether a name stands right before the value, and it promises nothing: no name far above can. */
function isPlainlyNamed(before: string): boolean {
  const name = ENTRY.exec(before)?.[1];
  return name !== undefined && !VALUE_NAME.test(name) && promiseOf([name]) === undefined;
}
