/** How the tests of SEC001 look at one file: as plain text, or read by its language. */
import type { Language, SourceModel } from '../../src/core/source/model.ts';
import { sourceOf } from '../../src/core/source/text.ts';
import type { SecretHit } from '../../src/guardians/security/scan/candidate.ts';
import { FileScan } from '../../src/guardians/security/scan/file-scan.ts';

/** A model of a file without syntax: what the source layer gives for plain text. */
export function textModel(path: string, text: string, language: Language = 'text'): SourceModel {
  return { path, language, source: sourceOf(text), body: [], functions: [], classes: [], imports: [], comments: [], entries: [], errors: [] };
}

/** What is found in a text of no known language. */
export function hitsIn(text: string, path = 'notes.cfg', strict = false): readonly SecretHit[] {
  return new FileScan(textModel(path, text), strict, '2026-11-22').finish();
}

/** Detector and found text of every hit, for short comparisons. */
export function found(text: string, path = 'notes.cfg', strict = false): readonly (readonly [string, string])[] {
  return hitsIn(text, path, strict).map(({ detector, span }) => [detector, text.slice(span.start, span.end)] as const);
}
