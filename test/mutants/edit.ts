/** Edits of a carrier: text put in at offsets, where its marks end up, and where everything else has moved to. */
import type { Span } from '../../src/core/source/model.ts';
import { unmark } from '../rules/markers.ts';

/** Marked text put in at an offset of the file as it was. */
export interface Insertion {
  readonly at: number;
  readonly marked: string;
}

export interface Edited {
  readonly text: string;
  /** Marks, in the new text. */
  readonly expected: readonly Span[];
  /** What was put in, in the new text. */
  readonly inserted: readonly Span[];
  /** Where a span of the old text is now. Text put in at its very start stands before it, at its end behind it. */
  moved(span: Span): Span;
}

/** Puts all insertions in; several at one offset follow in the order given. */
export function edit(text: string, insertions: readonly Insertion[]): Edited {
  const ordered = insertions.map((one, index) => ({ ...one, index })).sort((a, b) => a.at - b.at || a.index - b.index);
  const parts: string[] = [];
  const expected: Span[] = [];
  const inserted: Span[] = [];
  const shifts: { at: number; by: number }[] = [];
  let from = 0;
  let length = 0;
  for (const { at, marked } of ordered) {
    const { text: plain, spans } = unmark(marked);
    parts.push(text.slice(from, at), plain);
    length += at - from;
    expected.push(...spans.map(({ start, end }) => ({ start: start + length, end: end + length })));
    inserted.push({ start: length, end: length + plain.length });
    shifts.push({ at, by: plain.length });
    length += plain.length;
    from = at;
  }
  parts.push(text.slice(from));
  const shift = (offset: number, atStart: boolean): number => offset + shifts.reduce((sum, { at, by }) => sum + (at < offset || (atStart && at === offset) ? by : 0), 0);
  return {
    text: parts.join(''), expected, inserted,
    moved: ({ start, end }) => ({ start: shift(start, true), end: Math.max(shift(end, false), shift(start, true)) }),
  };
}

/** Code with this indentation before every line that has something on it. */
export function indented(code: string, indent: string): string {
  return code.split('\n').map((line) => (line.trim() === '' ? '' : indent + line)).join('\n');
}

/** The same code with another unit of indentation than four spaces. */
export function reindented(code: string, unit: string): string {
  return code.replace(/^(?: {4})+/gm, (spaces) => unit.repeat(spaces.length / 4));
}
