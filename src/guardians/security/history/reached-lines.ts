/** Which lines of a patch a change can have made a credential of: the rest holds what it held before. */
import type { SourceText } from '../../../core/source/model.ts';
import { lineIndexAt } from '../../../core/source/text.ts';
import { USER } from '../scan/named-values.ts';

/** Lines before and behind a new one whose values its words can turn into credentials: a name, a section, a user, a provider. */
const WORDS_BEFORE = 4;
const WORDS_BEHIND = 7;
/** A new line without such words: pieces of a value may go on in the next. */
const NEAR = 1;

/**
 * 1 for each line, by its index, that is new, stands beside a new one, or not far from a new one with a telling word.
 * @param names offsets of telling words, in order.
 */
export function reachedLines(source: SourceText, isNew: (index: number) => boolean, names: readonly number[]): Uint8Array {
  const { text, lineStarts } = source;
  const reached = new Uint8Array(lineStarts.length);
  const told = new Uint8Array(lineStarts.length);
  for (const at of names) { told[lineIndexAt(source, at)] = 1; }
  for (let index = 0; index < lineStarts.length; index += 1) {
    if (!isNew(index)) { continue; }
    const tells = told[index] === 1 || USER.test(text.slice(lineStarts[index], lineStarts[index + 1] ?? text.length));
    reached.fill(1, Math.max(0, index - (tells ? WORDS_BEFORE : NEAR)), index + 1 + (tells ? WORDS_BEHIND : NEAR));
  }
  return reached;
}
