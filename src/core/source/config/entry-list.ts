/** What the readers of configuration formats share: the lists they fill and the bounds they keep. */
import type { Comment, ConfigEntry, Span } from '../model.ts';

/** What a configuration file says. `errors` are the places that could not be read; everything else was. */
export interface ConfigRead {
  readonly entries: ConfigEntry[];
  readonly comments: Comment[];
  readonly errors: Span[];
}

/** Nesting below this is not read: no hand-written file comes near, and every path costs its depth. */
export const MAX_DEPTH = 128;

/** A value as the format's own type; numbers no double holds stay text. */
export type ScalarValue = string | number | boolean | null;

/** Where an entry stands: its path, and the key it is found by. */
export interface Place {
  readonly path: readonly (string | number)[];
  readonly key: string;
  readonly keySpan?: Span;
}

/** An entry while its end is not known yet. */
export type OpenEntry = { -readonly [K in keyof ConfigEntry]: ConfigEntry[K] };

/** The place of a mapping's value. */
export function childOf(parent: readonly (string | number)[], key: string, keySpan: Span): Place {
  return { path: [...parent, key], key, keySpan };
}

/** The place of a list's item: it goes by the key of its list. */
export function itemOf(parent: Place, index: number): Place {
  return { path: [...parent.path, index], key: parent.key };
}

/** An entry for a scalar; `whole` runs from its key to its end. */
export function scalarEntry(place: Place, whole: Span, value: ScalarValue, valueSpan: Span, text: string): OpenEntry {
  const finite = typeof value === 'number' && !Number.isFinite(value) ? text : value;
  const { start, end } = whole;
  // Written out: of 100,000s of entries, copies of their places alone would take seconds.
  return place.keySpan === undefined
    ? { path: place.path, key: place.key, shape: 'scalar', value: finite, text, valueSpan, start, end }
    : { path: place.path, key: place.key, keySpan: place.keySpan, shape: 'scalar', value: finite, text, valueSpan, start, end };
}

/** An entry for a mapping or a list; its text is left empty, its value has none. */
export function containerEntry(place: Place, shape: 'mapping' | 'list', start: number, valueSpan: Span): OpenEntry {
  return { ...place, shape, text: '', valueSpan, start, end: valueSpan.end };
}

/** Moves the end of a container that has grown. */
export function closeAt(entry: OpenEntry, end: number): void {
  entry.end = end;
  entry.valueSpan = { start: entry.valueSpan.start, end };
}

/** A comment from its first mark to its end; `open` and `close` are the lengths of its marks. */
export function commentAt(text: string, start: number, end: number, open: number, close = 0): Comment {
  let before = start - 1;
  while (before >= 0 && (text[before] === ' ' || text[before] === '\t')) before -= 1;
  const ownLine = before < 0 || text[before] === '\n' || text[before] === '\r' || text[before] === '\uFEFF';
  return { start, end, text: text.slice(start + open, Math.max(start + open, end - close)).trim(), ownLine };
}
