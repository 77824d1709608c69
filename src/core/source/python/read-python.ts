/** A Python tree as a model. */
import type { Tree } from 'web-tree-sitter';
import type { SourceModel, SourceText, Stmt } from '../model.ts';
import { lowerTree } from '../syntax/lower.ts';
import type { CompiledTable } from '../syntax/compile.ts';
import type { PythonContext } from './context.ts';
import { statementsIn } from './parts.ts';
import type { Part } from './parts.ts';

/** Lowers the tree of a file; the tree stays the caller's. */
export function lowerPython(path: string, source: SourceText, tree: Tree, compiled: CompiledTable<Part, PythonContext>): SourceModel {
  const { root, context, comments, errors } = lowerTree(tree, source.text, compiled);
  context.nameDefinitions();
  return {
    path, language: 'python', source, body: root === undefined ? [] : bodyOf(root),
    functions: context.functions, classes: context.classes, imports: context.imports, comments, entries: [], errors,
  };
}

/** Of a file that is one error from end to end, the root is what could be saved. */
function bodyOf(root: Part): readonly Stmt[] {
  return root.kind === 'unknownStatement' ? root.body : statementsIn(root);
}
