/** Whether a text can hold a credential: cheap, without reading it as a program, and never sure that there is nothing where there is. */
import type { FileFacts } from '../../../core/rules/rule.ts';
import { isProgram } from '../../../core/source/code-languages.ts';
import { languageOf } from '../../../core/source/languages.ts';
import type { Language, SourceText } from '../../../core/source/model.ts';
import { lineIndexAt } from '../../../core/source/text.ts';
import { isHashesOrTranslation } from './file-scan.ts';
import { hasNamedValue, isReached, SETTINGS, VALUE_NAME } from './named-values.ts';
import { proofOf } from './strength.ts';
import { scanText } from './text-scan.ts';
import { promiseOf } from './upper-bound.ts';

/** One run of a key's alphabet, long enough that words seldom are. */
const TOKEN = /[A-Za-z0-9+/=_-]{16,}/g;
/** Formats in which the name of a value may stand far above it, as a section or an outer key. */
const NESTED: ReadonlySet<Language> = new Set<Language>(['yaml', 'json', 'toml', 'ini', 'notebook', 'python', 'typescript', 'javascript', 'mql5']);

/** `rev: `, `"sha": "`, `uses: actions/checkout@`: what stands before a value on its line, or before its last part. */
const ENTRY = /^\s{0,80}(?:- {1,8})?["']?([A-Za-z_][\w-]{0,60})["']?\s{0,8}[:=]\s{0,8}["']?(?:[A-Za-z0-9_.-]{1,80}[/@]){0,6}$/;
/** In code a text without a name of its own, as items of lists and pieces of longer texts are, is called after what it stands in. */
const ITEM = /^[\s?:|&+.,([{]{0,80}(?:[rRbBuUfF]{0,2}["'`][^=:]{0,400})?$/;
/** Longer lines are no items of a list. */
const LONGEST_BEGINNING = 600;

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
  return (fresh !== undefined || scan.names.length > 0) && NESTED.has(language) && hasFarToken(source, fresh, language);
}

/** Whether a line that counts holds a run of letters and digits as keys have, and a name far above it can be the one it goes by. */
function hasFarToken(source: SourceText, fresh: Fresh | undefined, language: Language): boolean {
  const { text, lineStarts } = source;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    if (!looksRandom(match[0])) { continue; }
    const index = lineIndexAt(source, match.index);
    if (fresh?.isNew(index) === false) { continue; }
    const start = Math.max(lineStarts[index] as number, match.index - LONGEST_BEGINNING);
    if (isFarNamed(text.slice(start, match.index), language)) { return true; }
  }
  return false;
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

/** Letters and digits mixed in one run. */
function looksRandom(token: string): boolean {
  return token.split(/[^A-Za-z0-9]/).some((run) => run.length >= 12
    && run.replace(/[^0-9]/g, '').length >= 2 && run.replace(/[^A-Za-z]/g, '').length >= 2);
}
