/** Whether the lines that a commit added are worth reading the file: cheap, and never sure that there is nothing where there is. */
import { RecentMap } from '../../../core/recent.ts';
import type { FileFacts } from '../../../core/rules/rule.ts';
import type { SourceText } from '../../../core/source/model.ts';
import { sourceOf } from '../../../core/source/text.ts';
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

const FEED = 10;
/** The mark of a key block, and a line of one. */
const KEY_MARK = 'PRIVATE KEY';
const KEY_LINE = /^[ \t"'#*>|]{0,40}[A-Za-z0-9+/]{60,76}(?:\\n|=){0,4}["', \t\r]{0,4}$/;
const SHORTEST_KEY_LINE = 60;
const LONGEST_KEY_LINE = 140;

/** Most commits change the same files. */
const MOST_PATHS = 4_096;
const roles = new RecentMap<FileFacts['role']>(MOST_PATHS);

function roleOf(path: string): FileFacts['role'] {
  const known = roles.get(path);
  if (known !== undefined) { return known; }
  const role = fileRole(path);
  roles.set(path, role);
  return role;
}

/** The lines of a patch as a text. */
export function fragmentOf(patch: FilePatch): Fragment {
  const utf8 = patch.text.toString('utf8');
  const text = utf8.includes('\uFFFD') ? patch.text.toString('latin1') : utf8;
  return { source: sourceOf(text.startsWith('\uFEFF') ? text.slice(1) : text), isNew: (index) => patch.added[index] === 1 };
}

/** Whether the file has to be read whole: the lines hold a value with a shape of its own, or one that a name near it could give a meaning. */
export function isWorthReading(path: string, whole: boolean, { source, isNew }: Fragment): boolean {
  if (whole) { return mayHoldSecret(path, roleOf(path), source); }
  const fresh = { isNew, reached: (names: readonly number[]) => reachedLines(source, isNew, names) };
  return mayHoldSecret(path, roleOf(path), source, fresh) || isPartOfKeyBlock(source, isNew);
}

/** A line of a key block, whose other part is older. */
function isPartOfKeyBlock({ text, lineStarts }: SourceText, isNew: (index: number) => boolean): boolean {
  for (let index = 0; index < lineStarts.length; index += 1) {
    if (!isNew(index)) { continue; }
    const from = lineStarts[index] as number;
    const next = lineStarts[index + 1] ?? text.length;
    const to = text.charCodeAt(next - 1) === FEED ? next - 1 : next;
    if (to - from < KEY_MARK.length) { continue; }
    const line = text.slice(from, to);
    if (line.includes(KEY_MARK) || (line.length >= SHORTEST_KEY_LINE && line.length <= LONGEST_KEY_LINE && KEY_LINE.test(line))) { return true; }
  }
  return false;
}
