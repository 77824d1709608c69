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
