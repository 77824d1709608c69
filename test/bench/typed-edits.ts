/** Edits as a person types them, one after another. */
import type { BenchLanguage } from './languages.ts';

export interface TypedEdit { readonly line: number; readonly from: number; readonly to: number; readonly text: string }

/** Statements typed character by character into method bodies, wherever a method begins; then removed again at once. */
export function script(text: string, { place, typed }: BenchLanguage['big']): TypedEdit[] {
  const lines = text.split('\n');
  const places = lines.flatMap((line, index) => (line === place ? [index] : []));
  const edits: TypedEdit[] = [];
  for (let i = 0; edits.length < 200; i++) {
    const line = places[(i * 7) % places.length];
    const statement = typed[i % typed.length];
    if (line === undefined || statement === undefined) { throw new Error('no place to type'); }
    // A new line first, then the statement in pieces of two characters, then away with it.
    edits.push({ line, from: 0, to: 0, text: '\n' });
    for (let at = 0; at < statement.length; at += 2) { edits.push({ line, from: at, to: at, text: statement.slice(at, at + 2) }); }
    edits.push({ line, from: 0, to: statement.length, text: '' });
  }
  return edits.slice(0, 200);
}

export interface Applied { readonly text: string; readonly start: number; readonly end: number }

/** The text behind an edit, and where it was. */
export function apply(text: string, edit: TypedEdit): Applied {
  let start = 0;
  for (let line = 0; line < edit.line; line++) { start = text.indexOf('\n', start) + 1; }
  const from = start + edit.from;
  const to = start + edit.to;
  return { text: text.slice(0, from) + edit.text + text.slice(to), start: from, end: to };
}
