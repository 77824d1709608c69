/** How much of a tree the parser gave up on. */
import type { Tree } from 'web-tree-sitter';

/**
 * Length of all error nodes, plus one for each of them and for each missing node; 0 for a tree without errors, which costs
 * one question. Only branches with an error in them are walked.
 */
export function errorExtent(tree: Tree): number {
  if (!tree.rootNode.hasError) return 0;
  const cursor = tree.walk();
  let extent = 0;
  try {
    for (;;) {
      const node = cursor.currentNode;
      if (node.isError) extent += node.endIndex - node.startIndex + 1;
      else if (node.isMissing) extent += 1;
      else if (node.hasError && cursor.gotoFirstChild()) continue;
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return extent;
      }
    }
  } finally {
    cursor.delete();
  }
}

/** Offset where the first error node or missing node starts. */
export function firstError(tree: Tree): number | undefined {
  if (!tree.rootNode.hasError) return undefined;
  const cursor = tree.walk();
  try {
    let node = cursor.currentNode;
    // An error that spans everything says nothing; the first one inside it, or the first token out of place, does.
    for (;;) {
      if (node.isMissing || (node.isError && node.startIndex > 0)) return node.startIndex;
      if (!node.hasError || !cursor.gotoFirstChild()) return node.startIndex;
      node = cursor.currentNode;
      while (!node.hasError && !node.isMissing) {
        if (!cursor.gotoNextSibling()) return node.startIndex;
        node = cursor.currentNode;
      }
    }
  } finally {
    cursor.delete();
  }
}
