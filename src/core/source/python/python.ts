/** Python, as the source layer reads it. */
import type { CodeLanguage } from '../code-language.ts';
import type { SourceModel, Span } from '../model.ts';
import { visitPieces } from '../shadow/pieces.ts';
import { strayLineBreak } from './layout.ts';
import { mend } from './mend.ts';

export const python: CodeLanguage = {
  language: 'python',
  grammarOf: () => 'python',
  mend,
  strays: strayLines,
};

/** Statements the grammar continued on a line where Python ends them: the error is what stands before that line. */
function strayLines(model: SourceModel): readonly Span[] {
  const { text } = model.source;
  const found: Span[] = [];
  visitPieces(model, (span) => hasLineBreak(text, span), (piece) => {
    const at = strayLineBreak(text, piece);
    if (at !== undefined) found.push({ start: piece.start, end: at });
  });
  return found;
}

function hasLineBreak(text: string, span: Span): boolean {
  const at = text.indexOf('\n', span.start);
  return at >= 0 && at < span.end;
}
