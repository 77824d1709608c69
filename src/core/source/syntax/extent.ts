/** How much of a tree the parser gave up on. */
import type { Node, Tree } from 'web-tree-sitter';
import type { Span } from '../model.ts';
import type { Budget } from './budget.ts';

/** Node types that are complete in themselves, as the grammars name them: inside an error node they are no error. */
const STATEMENT = /_(?:statement|definition|declaration)$|^(?:block|statement_block|comment)$/;

/** Nodes looked at before the clock is asked again. */
const NODES = 1_024;

/** Length of spans, plus one each: a missing node has none. */
export function extentOf(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + span.end - span.start + 1, 0);
}

/**
 * Where the parser gave up: missing nodes, and of error nodes what lies between complete statements. A tree without
 * errors costs one question; of others only the branches with an error in them are walked. When the budget is spent, what
 * was not looked at is one piece.
 */
export function errorPieces(tree: Tree, budget: Budget): Span[] {
  if (!tree.rootNode.hasError) return [];
  const pieces = new Pieces();
  const cursor = tree.walk();
  /** For every open node above the cursor: whether it is an error. */
  const open: boolean[] = [];
  let nodes = 0;
  try {
    for (;;) {
      if (++nodes % NODES === 0 && budget.spent) return [...pieces.found, { start: cursor.startIndex, end: tree.rootNode.endIndex }];
      const node = cursor.currentNode;
      const inside = open.at(-1) === true;
      if (pieces.take(node, inside) && cursor.gotoFirstChild()) {
        open.push(node.isError);
        continue;
      }
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return pieces.found;
        open.pop();
        pieces.close();
      }
    }
  } finally {
    cursor.delete();
  }
}

class Pieces {
  readonly found: { start: number; end: number }[] = [];
  #running = false;

  /** Takes in a node; true if there are errors to be found under it. */
  take(node: Node, insideError: boolean): boolean {
    const whole = STATEMENT.test(node.type);
    if (insideError && !whole) {
      this.#add(node);
      return false;
    }
    this.close();
    if (node.isMissing || (node.isError && node.childCount === 0)) this.#add(node);
    return node.hasError;
  }

  /** The next piece stands for itself. */
  close(): void {
    this.#running = false;
  }

  #add(node: Node): void {
    const last = this.found.at(-1);
    if (this.#running && last !== undefined) last.end = node.endIndex;
    else this.found.push({ start: node.startIndex, end: node.endIndex });
    this.#running = true;
  }
}
