/** Whether the lines that a commit added are worth reading the file: cheap, and never sure that there is nothing where there is. */
import type { SourceText } from '../../../core/source/model.ts';
import { lineIndexAt, sourceOf } from '../../../core/source/text.ts';
import { fileRole } from '../../../core/workspace/discovery.ts';
import { mayHoldSecret } from '../scan/prospect.ts';
import type { FilePatch } from './patch.ts';
import { reachedLines } from './reached-lines.ts';

/** The lines after a commit as a text, and which of them are new. */
export interface Fragment {
  readonly source: SourceText;
  /** By index of the line in the text. */
  isNew(index: number): boolean;
}

/** The marks of a key block, or a line of one. */
const KEY_BLOCK = /PRIVATE KEY|^[ \t"'#*>|]{0,40}[A-Za-z0-9+/]{60,76}(?:\\n|=){0,4}["', \t\r]{0,4}$/gm;

/** The lines of a patch as a text. */
export function fragmentOf(patch: FilePatch): Fragment {
  const utf8 = patch.text.toString('utf8');
  const text = utf8.includes('\uFFFD') ? patch.text.toString('latin1') : utf8;
  return { source: sourceOf(text.startsWith('\uFEFF') ? text.slice(1) : text), isNew: (index) => patch.lines[index]?.added === true };
}

/** Whether the file has to be read whole: the lines hold a value with a shape of its own, or one that a name near it could give a meaning. */
export function isWorthReading(path: string, whole: boolean, { source, isNew }: Fragment): boolean {
  if (whole) { return mayHoldSecret(path, fileRole(path), source); }
  const fresh = { isNew, reached: (names: readonly number[]) => reachedLines(source, isNew, names) };
  return mayHoldSecret(path, fileRole(path), source, fresh) || isPartOfKeyBlock(source, isNew);
}

/** A line of a key block, whose other part is older. */
function isPartOfKeyBlock(source: SourceText, isNew: (index: number) => boolean): boolean {
  KEY_BLOCK.lastIndex = 0;
  for (let match = KEY_BLOCK.exec(source.text); match !== null; match = KEY_BLOCK.exec(source.text)) {
    if (isNew(lineIndexAt(source, match.index))) { return true; }
  }
  return false;
}
