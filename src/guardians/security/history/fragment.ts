/** Whether the lines that a commit added are worth reading the file: cheap, and never sure that there is nothing where there is. */
import { languageOf } from '../../../core/source/languages.ts';
import type { Language, SourceText, Span } from '../../../core/source/model.ts';
import { lineIndexAt, sourceOf } from '../../../core/source/text.ts';
import { fileRole } from '../../../core/workspace/discovery.ts';
import { proofOf } from '../scan/strength.ts';
import { scanText } from '../scan/text-scan.ts';
import { promiseOf } from '../scan/upper-bound.ts';
import { hasNamedValue } from './named-values.ts';
import { reachedLines } from './reached-lines.ts';
import type { FilePatch } from './patch.ts';

/** The lines after a commit as a text, and which of them are new. */
export interface Fragment {
  readonly source: SourceText;
  /** By index of the line in the text. */
  isNew(index: number): boolean;
}

/** One run of a key's alphabet, long enough that words seldom are. */
const TOKEN = /[A-Za-z0-9+/=_-]{16,}/g;
/** The marks of a key block, or a line of one. */
const KEY_BLOCK = /PRIVATE KEY|^[ \t"'#*>|]{0,40}[A-Za-z0-9+/]{60,76}(?:\\n|=){0,4}["', \t\r]{0,4}$/gm;
/** Lists of checksums: long random runs in them are none of a credential. */
const CHECKSUMS = /(?:\.lock|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|go\.sum|checksums?(?:\.[a-z0-9]{1,16})?)$/i;
/** Formats in which the name of a value may stand far above it, as a section or an outer key. */
const NESTED: ReadonlySet<Language> = new Set<Language>(['yaml', 'json', 'toml', 'ini', 'notebook', 'python', 'typescript', 'javascript', 'mql5']);

const SETTINGS: ReadonlySet<Language> = new Set<Language>(['yaml', 'json', 'toml', 'ini']);
/** `rev: `, `"sha": "`, `uses: actions/checkout@`: what stands before a value on its line, or before its last part. */
const ENTRY = /^\s{0,80}(?:- {1,8})?["']?([A-Za-z_][\w-]{0,60})["']?\s{0,8}[:=]\s{0,8}["']?(?:[A-Za-z0-9_.-]{1,80}[/@]){0,6}$/;
/** Such a one is called after what stands beside it. */
const VALUE_NAME = /^(?:value|default|secretvalue|key|data|stringdata)$/i;

/** The lines of a patch as a text. */
export function fragmentOf(patch: FilePatch): Fragment {
  const utf8 = patch.text.toString('utf8');
  const text = utf8.includes('\uFFFD') ? patch.text.toString('latin1') : utf8;
  return { source: sourceOf(text.startsWith('\uFEFF') ? text.slice(1) : text), isNew: (index) => patch.lines[index]?.added === true };
}

/** Whether the file has to be read whole: the lines hold a value with a shape of its own, or one that a name near it could give a meaning. */
export function isWorthReading(path: string, whole: boolean, { source, isNew }: Fragment): boolean {
  const { text } = source;
  const proof = proofOf(path, fileRole(path));
  const scan = scanText(text, proof);
  const reached = whole ? undefined : reachedLines(source, isNew, scan.names);
  if (scan.hits.some(({ span }) => isReached(source, span, reached))) { return true; }
  const language = languageOf(path);
  if (hasNamedValue({ source, names: scan.names, language, proof, reached })) { return true; }
  if (whole) { return false; }
  // Part of a key block, whose other part is older.
  if (hasNewMatch(source, isNew, KEY_BLOCK)) { return true; }
  return NESTED.has(language) && !CHECKSUMS.test(path) && hasNewToken(source, isNew, SETTINGS.has(language));
}

function isReached(source: SourceText, { start, end }: Span, reached: Uint8Array | undefined): boolean {
  if (reached === undefined) { return true; }
  const last = lineIndexAt(source, end);
  for (let index = lineIndexAt(source, start); index <= last; index += 1) { if (reached[index] === 1) { return true; } }
  return false;
}

function hasNewMatch(source: SourceText, isNew: (index: number) => boolean, pattern: RegExp): boolean {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(source.text); match !== null; match = pattern.exec(source.text)) {
    if (isNew(lineIndexAt(source, match.index))) { return true; }
  }
  return false;
}

/** Whether a new line holds a run of letters and digits as keys have; in settings, under a name that lets it be one. */
function hasNewToken(source: SourceText, isNew: (index: number) => boolean, settings: boolean): boolean {
  const { text, lineStarts } = source;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    if (!looksRandom(match[0])) { continue; }
    const index = lineIndexAt(source, match.index);
    if (isNew(index) && !(settings && isPlainlyNamed(text.slice(lineStarts[index], match.index)))) { return true; }
  }
  return false;
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
