/** Applying safe fixes to files: each file is written whole or not at all. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckedFinding } from '../findings/result.ts';
import type { Fix } from '../findings/finding.ts';
import type { SourceText, Span } from '../source/model.ts';
import { decode } from '../source/text.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import type { Project } from '../workspace/project.ts';
import type { Outcome } from '../outcome.ts';

/** What was done to one file, in the words of the fixes, in order. */
export interface FixedFile {
  readonly file: string;
  readonly changes: readonly string[];
}

/** A fix may make the next one possible; a chain longer than this is a quarrel between two rules. */
const MAX_ROUNDS = 10;

/**
 * Applies the safe fixes of these files, round by round until none is left, and writes each changed file once, in its
 * own encoding, by temporary file and rename. Fixes that overlap wait for the next round.
 * Errors: a file that cannot be written.
 */
export async function fixFiles(project: Project, paths: readonly string[]): Promise<Outcome<readonly FixedFile[]>> {
  const fixed: FixedFile[] = [];
  for (const path of paths) {
    if (safeFixes(project.findings(path)).length === 0) { continue; }
    const done = await fixFile(project, path);
    if (!done.ok) { return done; }
    if (done.value.changes.length > 0) { fixed.push(done.value); }
  }
  return { ok: true, value: fixed };
}

async function fixFile(project: Project, path: string): Promise<Outcome<FixedFile>> {
  const absolute = join(project.root, path);
  const bytes = await readFile(absolute).catch((error: NodeJS.ErrnoException) => error.code ?? 'error');
  if (typeof bytes === 'string') { return { ok: false, error: `${path} could not be read again (${bytes}); it is unchanged. Run the fix again.` }; }
  const decoded = decode(bytes);
  // A file that would not come back byte for byte is left alone.
  if (!decoded.ok || !isSame(encode(decoded.source.text, decoded.source.encoding, bytes), bytes)) {
    return { ok: true, value: { file: path, changes: [] } };
  }
  await project.prepare(path);
  // Opened as a document, so that the fixes speak of exactly the text that is changed here.
  project.openDocument(path, decoded.source.text);
  let text = decoded.source.text;
  const changes: string[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const fixes = compatible(safeFixes(project.findings(path)));
    if (fixes.length === 0) { break; }
    text = applyEdits(text, fixes.flatMap((fix) => fix.edits));
    changes.push(...fixes.map((fix) => fix.title));
    project.changeDocument(path, text);
    project.saveDocument(path);
  }
  const after = encode(text, decoded.source.encoding, bytes);
  if (changes.length > 0 && after !== undefined) {
    try {
      await writeFileAtomic(absolute, after);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      return { ok: false, error: `${path} could not be written (${code}); it is unchanged. Make it writable and run the fix again.` };
    }
  }
  await project.closeDocument(path);
  return { ok: true, value: { file: path, changes: after === undefined ? [] : changes } };
}

function isSame(bytes: Uint8Array | undefined, others: Uint8Array): boolean {
  return bytes !== undefined && Buffer.compare(bytes, others) === 0;
}

/** One safe fix a finding; silenced findings keep their text. */
function safeFixes(findings: readonly CheckedFinding[]): readonly Fix[] {
  return findings.flatMap(({ fixes, suppressed }) => (suppressed === undefined ? fixes.filter((fix) => fix.safe).slice(0, 1) : []));
}

/** The fixes that can be applied together: the first of any that overlap. */
function compatible(fixes: readonly Fix[]): readonly Fix[] {
  const taken: Span[] = [];
  return fixes.filter((fix) => {
    const free = fix.edits.every((edit) => taken.every((other) => apart(edit, other)));
    if (free) { taken.push(...fix.edits); }
    return free;
  });
}

/** Two edits that may be made together: they do not touch the same text, nor insert at the same place. */
function apart(a: Span, b: Span): boolean {
  return a.start !== b.start && (a.end <= b.start || a.start >= b.end);
}

/** The text with non-overlapping edits made; offsets are those of the given text. */
export function applyEdits(text: string, edits: readonly { readonly start: number; readonly end: number; readonly text: string }[]): string {
  let done = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    done += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return done + text.slice(at);
}

/**
 * Bytes of the text in the encoding the file had, with its byte order mark if it had one; undefined when a character
 * has no place in that encoding.
 */
function encode(text: string, encoding: SourceText['encoding'], before: Uint8Array): Uint8Array | undefined {
  if (encoding === 'latin1') { return encodeWestern(text); }
  const marked = hasMark(encoding, before) ? `\uFEFF${text}` : text;
  if (encoding === 'utf-8') { return Buffer.from(marked, 'utf8'); }
  const bytes = Buffer.from(marked, 'utf16le');
  return encoding === 'utf-16be' ? bytes.swap16() : bytes;
}

function hasMark(encoding: SourceText['encoding'], bytes: Uint8Array): boolean {
  const [first, second, third] = bytes;
  if (encoding === 'utf-8') { return first === 0xef && second === 0xbb && third === 0xbf; }
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** What the decoder calls latin1 is Windows-1252 (WHATWG Encoding, “windows-1252”): one byte a character, inverted here. */
function encodeWestern(text: string): Uint8Array | undefined {
  const all = new TextDecoder('latin1').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  const byteOf = new Map([...all].map((character, byte) => [character, byte]));
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const byte = byteOf.get(text[index] ?? '');
    if (byte === undefined) { return undefined; }
    bytes[index] = byte;
  }
  return bytes;
}
