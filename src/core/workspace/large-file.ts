/**
 * Files too large to be read whole, such as logs: they are read in windows that overlap, each as plain text, and only the rules that run everywhere
 * look at them. Memory stays that of a few windows, however long the file or one of its lines is.
 */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Finding, Range } from '../findings/finding.ts';
import type { PendingFinding } from '../rules/pending.ts';
import type { SourceModel } from '../source/model.ts';
import { plainModel } from '../source/plain.ts';
import { offsetAt, sourceOf } from '../source/text.ts';

/** Bytes read at a time, and bytes of a window that the next one begins with: more than any credential and its name take. */
const SIZES = { window: 4 * 1024 * 1024, overlap: 64 * 1024 };
/** After so many findings in one file nobody needs another. */
const MOST_FINDINGS = 1_000;
/** As many bytes as git looks at to call a file binary. */
const PROBE = 8_000;

/** What a look at one window gives. */
export type LookAtWindow<T> = (model: SourceModel) => T & { readonly findings: readonly PendingFinding[] };

/** What came of a large file. */
export type LargeOutcome<T> =
  | { readonly kind: 'read'; readonly findings: readonly PendingFinding[]; /** Of the first window. */ readonly first: T }
  | { readonly kind: 'skipped'; readonly reason: string; readonly incomplete: boolean };

/** Where a window begins, 0-based: lines before it, and characters before it on its first line. */
interface Place {
  readonly line: number;
  readonly column: number;
}

function moved(range: Range, { line, column }: Place): Range {
  return {
    line: range.line + line, endLine: range.endLine + line,
    column: range.column + (range.line === 1 ? column : 0), endColumn: range.endColumn + (range.endLine === 1 ? column : 0),
  };
}

/** Findings of several windows under one path: the same fingerprint twice would be one finding in a baseline. */
class Fingerprints {
  readonly #seen = new Map<string, number>();

  of(fingerprint: string): string {
    const before = this.#seen.get(fingerprint) ?? 0;
    this.#seen.set(fingerprint, before + 1);
    return before === 0 ? fingerprint : createHash('sha256').update(`${fingerprint} ${before}`).digest('hex').slice(0, 16);
  }
}

/** Where the text behind a place begins. */
function behind(place: Place, text: string): Place {
  let lines = 0;
  let last = -1;
  for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) {
    lines += 1;
    last = feed;
  }
  return lines === 0 ? { line: place.line, column: place.column + text.length } : { line: place.line + lines, column: text.length - last - 1 };
}

/** The last place up to `end` that cuts no character of UTF-8 in two. */
function whole(bytes: Buffer, end: number): number {
  for (let back = 1; back <= 3 && back <= end; back += 1) {
    const byte = bytes[end - back] as number;
    if (byte >= 0xc0) { return end - back; }
    if (byte < 0x80) { break; }
  }
  return end;
}

/**
 * Reads a file in windows. A finding is taken from the window in whose middle it begins, so that none is cut and none comes twice. Throws what the file
 * system throws.
 * @param path as in findings; `absolute` is where the file is. The sizes are for tests.
 */
export function readLarge<T>(path: string, absolute: string, look: LookAtWindow<T>, { window, overlap } = SIZES): LargeOutcome<T> {
  const file = openSync(absolute, 'r');
  try {
    const { size } = fstatSync(file);
    const buffer = Buffer.allocUnsafe(window);
    const findings: PendingFinding[] = [];
    const fingerprints = new Fingerprints();
    let first: T | undefined;
    let place: Place = { line: 0, column: 0 };
    /** Bytes at the beginning of the window whose findings the one before had. */
    let had = 0;
    for (let at = 0; at < size && findings.length < MOST_FINDINGS;) {
      const count = readSync(file, buffer, 0, window, at);
      if (count === 0) { return { kind: 'skipped', reason: 'It became shorter while it was being read. Run the check again.', incomplete: true }; }
      if (at === 0 && buffer.subarray(0, Math.min(PROBE, count)).includes(0)) { return { kind: 'skipped', reason: 'The file is binary, not text; nothing in it was checked.', incomplete: false }; }
      const isLast = at + count >= size || count < window;
      const bytes = buffer.subarray(0, isLast ? count : whole(buffer, count));
      const next = isLast ? count : whole(bytes, bytes.length - overlap);
      const taken = isLast ? count : whole(bytes, bytes.length - overlap / 2);
      const model = plainModel(path, sourceOf(bytes.toString('utf8')));
      const seen = look(model);
      first ??= seen;
      const [from, to] = [bytes.toString('utf8', 0, had).length, isLast ? Infinity : bytes.toString('utf8', 0, taken).length];
      for (const one of seen.findings) {
        const start = offsetAt(model.source, one.finding.range.line, one.finding.range.column);
        if (start < from || start >= to || findings.length >= MOST_FINDINGS) { continue; }
        const finding: Finding = { ...one.finding, range: moved(one.finding.range, place), fingerprint: fingerprints.of(one.finding.fingerprint) };
        findings.push({ ...one, finding, fixes: [] });
      }
      place = behind(place, bytes.toString('utf8', 0, next));
      at += next;
      had = taken - next;
    }
    return first === undefined ? { kind: 'skipped', reason: 'The file is empty.', incomplete: false } : { kind: 'read', findings, first };
  } finally {
    closeSync(file);
  }
}
