/** Moves everything a reader has found in a held text to where it stands in the file around it. */
import type { Span } from '../model.ts';

type Movable = { start?: unknown; end?: unknown };

/**
 * Moves every span in fresh plain data, in place and each once; they belong to nobody else yet. Trees may be 20,000 levels
 * deep: nothing recurses.
 */
export function moveSpans(data: unknown, move: (span: Span) => Span): void {
  const seen = new Set<object>();
  const open: unknown[] = [data];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    for (const value of Object.values(next)) if (typeof value === 'object' && value !== null) open.push(value);
    const span = next as Movable;
    if (typeof span.start === 'number' && typeof span.end === 'number') Object.assign(next, move({ start: span.start, end: span.end }));
  }
}
