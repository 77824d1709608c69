/** A Python tree as a model. */
import type { Tree } from 'web-tree-sitter';
import type { SourceModel, SourceText, Span, Stmt } from '../model.ts';
import { visitPieces } from '../shadow/pieces.ts';
import { lowerTree } from '../syntax/lower.ts';
import type { CompiledTable } from '../syntax/compile.ts';
import type { PythonContext } from './context.ts';
import { strayLineBreak } from './layout.ts';
import { statementsIn } from './parts.ts';
import type { Part } from './parts.ts';

/** What was parsed: the text of a file, or the same with some lines masked. */
export interface Parsed {
  readonly tree: Tree;
  readonly text: string;
  readonly masked: readonly Span[];
}

/** Lowers the tree of a file; the tree stays the caller's. Masked lines are errors. */
export function lowerPython(path: string, source: SourceText, parsed: Parsed, compiled: CompiledTable<Part, PythonContext>): SourceModel {
  const { root, context, comments, errors } = lowerTree(parsed.tree, parsed.text, compiled);
  context.nameDefinitions();
  const model: SourceModel = {
    path, language: 'python', source, body: root === undefined ? [] : bodyOf(root),
    functions: context.functions, classes: context.classes, imports: context.imports, comments, entries: [], errors,
  };
  // Of a masked line nothing is left to be astray.
  const read = parsed.masked.length === 0 ? model : { ...model, source: { ...source, text: parsed.text } };
  const more = [...strayLines(read), ...parsed.masked];
  if (more.length === 0) return model;
  return { ...model, errors: [...errors, ...more].sort((a, b) => a.start - b.start || a.end - b.end) };
}

/** Statements the grammar continued on a line where Python ends them: the error is what stands before that line. */
function strayLines(model: SourceModel): Span[] {
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

/** Of a file that is one error from end to end, the root is what could be saved. */
function bodyOf(root: Part): readonly Stmt[] {
  return root.kind === 'unknownStatement' ? root.body : statementsIn(root);
}
