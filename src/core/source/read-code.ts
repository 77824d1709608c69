/** A tree of a program as a model. */
import type { Tree } from 'web-tree-sitter';
import type { CodeLanguage } from './code-language.ts';
import { Budget } from './syntax/budget.ts';
import type { Exceeded } from './syntax/budget.ts';
import { extentOf } from './syntax/extent.ts';
import { MOST_ERROR, SHORTEST_NOISE } from './syntax/limits.ts';
import type { SourceModel, SourceText, Span, Stmt } from './model.ts';
import { lowerTree } from './syntax/lower.ts';
import type { CompiledTable } from './syntax/compile.ts';
import type { Definitions } from './syntax/definitions.ts';
import { statementsIn } from './syntax/parts.ts';
import type { Part } from './syntax/parts.ts';

/** What was parsed: the text of a file, or one as long with parts of it masked. */
export interface Parsed {
  readonly tree: Tree;
  readonly text: string;
  /** Lines masked because they do not parse. */
  readonly masked: readonly Span[];
}

/** Share of a file's time that its tree may take on its way to a model. */
const LOWER_SHARE = 0.5;

/** The budget for making a model of a tree, where a file has so much time, ms. */
export function lowerBudget(budgetMs: number): Budget {
  return new Budget(budgetMs * LOWER_SHARE);
}

/** Lowers the tree of a file, or says why that was given up; the tree stays the caller's. Masked lines are errors. */
export function lowerCode(
  path: string, code: CodeLanguage, source: SourceText, parsed: Parsed, compiled: CompiledTable<Part, Definitions>, budget: Budget,
): SourceModel | Exceeded {
  // A language's mask keeps every offset, so names and literals are read as they were written.
  const written = code.mask !== undefined && parsed.masked.length === 0 ? source.text : parsed.text;
  const whole = lowerTree(parsed.tree, written, compiled, budget);
  if (whole === undefined) return budget.exceeded ?? 'time';
  const { root, context, comments, errors } = whole;
  if (written.length >= SHORTEST_NOISE && extentOf(errors) > written.length * MOST_ERROR) return 'syntax';
  context.nameDefinitions();
  const model: SourceModel = {
    path, language: code.language, source, body: root === undefined ? [] : bodyOf(root),
    functions: context.functions, classes: context.classes, imports: context.imports, comments, entries: [], errors,
    ...(context.exports.length === 0 ? {} : { exports: context.exports }),
    ...(context.blocks.length === 0 ? {} : { blocks: context.blocks }),
  };
  // Of a masked line nothing is left to be astray.
  const read = parsed.masked.length === 0 ? model : { ...model, source: { ...source, text: parsed.text } };
  const more = [...code.strays?.(read) ?? [], ...parsed.masked];
  if (more.length === 0) return model;
  return { ...model, errors: [...errors, ...more].sort((a, b) => a.start - b.start || a.end - b.end) };
}

/** Of a file that is one error from end to end, the root is what could be saved. */
function bodyOf(root: Part): readonly Stmt[] {
  return root.kind === 'unknownStatement' ? root.body : statementsIn(root);
}
