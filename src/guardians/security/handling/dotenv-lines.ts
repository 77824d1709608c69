/**
 * What is wrong with the lines of an environment file, as those read it who read it: `python-dotenv` 1, `dotenv` 16 for Node, `docker run
 * --env-file`, Compose and `source` of a shell do not agree on quotes, blanks and `#`. From their documentation and readers' source as of 2026-12-01.
 */
import type { ConfigEntry, SourceModel, Span } from '../../../core/source/model.ts';
import { classifyName } from '../scan/names.ts';

/** Kind of a bad line; each has a message of its own. */
export type LineProblem = 'twice' | 'bare' | 'key' | 'blanks' | 'cut' | 'quote' | 'trailing' | 'mark' | 'rest';

/** A bad line: where, and what a message needs. */
export interface BadLine {
  readonly kind: LineProblem;
  readonly at: Span;
  readonly name: string;
  readonly count?: number;
  readonly of?: number;
  readonly line?: number;
  /** It changes what a program reads; otherwise only some readers stumble. */
  readonly changes: boolean;
}

/** Keys a shell and the operating systems take (POSIX.1-2024, 8.1). */
const GOOD_KEY = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LINE = /^(?:[ \t]*export[ \t]+)?([^\s=#'"][^=#\s'"]*)([ \t]*)=([ \t]*)/;

/** Every bad line of a file that was read as environment file. */
export function badLines(model: SourceModel): readonly BadLine[] {
  const { text, marked } = model.source;
  const found: BadLine[] = [];
  const [first] = model.entries;
  if ((marked === true || text.startsWith('\uFEFF')) && first?.keySpan !== undefined) { found.push({ kind: 'mark', at: first.keySpan, name: first.key, changes: true }); }
  found.push(...doubled(model));
  const covered = new Set<number>();
  for (const entry of model.entries) {
    if (entry.keySpan === undefined || entry.shape !== 'scalar') { continue; }
    covered.add(lineOf(model, entry.keySpan.start));
    found.push(...ofEntry(text, entry));
  }
  for (const error of model.errors) {
    const problem = ofError(model, error, covered);
    if (problem !== undefined) { found.push(problem); }
  }
  return found;
}

function lineOf(model: SourceModel, at: number): number {
  const { lineStarts } = model.source;
  let low = 0;
  let high = lineStarts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lineStarts[middle] ?? 0) <= at) { low = middle + 1; } else { high = middle; }
  }
  return low;
}

/** A key that is given a value twice: the last one counts with every reader. */
function doubled(model: SourceModel): readonly BadLine[] {
  const seen = new Map<string, ConfigEntry>();
  const found: BadLine[] = [];
  for (const entry of model.entries) {
    if (entry.keySpan === undefined) { continue; }
    const before = seen.get(entry.key);
    if (before?.keySpan !== undefined) { found.push({ kind: 'twice', at: entry.keySpan, name: entry.key, line: lineOf(model, before.keySpan.start), changes: before.text !== entry.text }); }
    seen.set(entry.key, entry);
  }
  return found;
}

function ofEntry(text: string, entry: ConfigEntry): readonly BadLine[] {
  const keySpan = entry.keySpan as Span;
  const name = entry.key;
  const found: BadLine[] = [];
  if (!GOOD_KEY.test(name)) { found.push({ kind: 'key', at: keySpan, name, changes: false }); }
  const start = text.lastIndexOf('\n', keySpan.start - 1) + 1;
  const head = LINE.exec(text.slice(start, Math.min(start + 400, entry.valueSpan.start)));
  const blanks = (head?.[2] ?? '') !== '' || ((head?.[3] ?? '') !== '' && entry.text !== '');
  if (blanks) { found.push({ kind: 'blanks', at: keySpan, name, changes: false }); }
  const quoted = entry.valueSpan.start > 0 && /["'`]/.test(text[entry.valueSpan.start - 1] ?? '') && text[entry.valueSpan.end] === text[entry.valueSpan.start - 1];
  const secret = classifyName(name) !== undefined;
  if (quoted) {
    if (secret && /^\s|\s$/.test(entry.text) && entry.text.trim() !== '' && !entry.text.includes('\n')) { found.push({ kind: 'trailing', at: entry.valueSpan, name, changes: true }); }
    return found;
  }
  const hash = entry.text.indexOf('#');
  if (hash > 0) { found.push({ kind: 'cut', at: entry.valueSpan, name, count: hash, of: entry.text.length, changes: secret }); }
  return found;
}

/** A line that is no entry, a quote that is never closed, or something behind a closed one. */
function ofError(model: SourceModel, error: Span, covered: ReadonlySet<number>): BadLine | undefined {
  const { text } = model.source;
  const written = text.slice(error.start, Math.min(error.end, error.start + 200));
  if (error.end - error.start === 1 && /["'`]/.test(written)) { return { kind: 'quote', at: error, name: keyBefore(text, error.start), changes: true }; }
  if (covered.has(lineOf(model, error.start))) { return { kind: 'rest', at: error, name: keyBefore(text, error.start), changes: true }; }
  const bare = /^(?:export[ \t]+)?([A-Za-z_][\w.-]{0,80})$/.exec(written.trim())?.[1];
  if (bare !== undefined) { return { kind: 'bare', at: error, name: bare, changes: false }; }
  const key = /^(?:export[ \t]+)?([^\s=]{1,80})[ \t]*=/.exec(written)?.[1];
  return key === undefined ? { kind: 'bare', at: error, name: 'This line', changes: true } : { kind: 'key', at: { start: error.start, end: error.start + key.length }, name: key, changes: true };
}

function keyBefore(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return /^[ \t]*(?:export[ \t]+)?([\w.-]{1,80})[ \t]*[=:]/.exec(text.slice(start, Math.min(at, start + 400)))?.[1] ?? 'The value';
}
