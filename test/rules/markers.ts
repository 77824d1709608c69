/** `«…»` around the expected range in a test's text: the marks come out, the spans stay. */
import type { Span } from '../../src/core/source/model.ts';

const OPEN = '«';
const CLOSE = '»';

export interface Marked {
  readonly text: string;
  /** Offsets in `text`, in source order, the longer one first where two start together. */
  readonly spans: readonly Span[];
}

/** Takes the marks out. Throws for a mark without its partner. */
export function unmark(marked: string): Marked {
  const parts: string[] = [];
  const open: number[] = [];
  const spans: Span[] = [];
  let length = 0;
  for (const part of marked.split(/([«»])/)) {
    if (part === OPEN) {
      open.push(length);
    } else if (part === CLOSE) {
      const start = open.pop();
      if (start === undefined) { throw new Error(`» without « in ${JSON.stringify(marked)}`); }
      spans.push({ start, end: length });
    } else {
      parts.push(part);
      length += part.length;
    }
  }
  if (open.length > 0) { throw new Error(`« without » in ${JSON.stringify(marked)}`); }
  return { text: parts.join(''), spans: spans.sort((a, b) => a.start - b.start || b.end - a.end) };
}
