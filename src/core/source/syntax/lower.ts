/**
 * Tree to model: one iterative walk with a cursor that builds every node when it is left. It works for every tree-sitter
 * language; what a node becomes is the language's table. The walk keeps its own stack, so the depth of the text is no
 * limit, and asks the parser for as little as it can: each question crosses into WebAssembly.
 */
import type { Tree } from 'web-tree-sitter';
import type { Comment, Span } from '../model.ts';
import type { Budget } from './budget.ts';
import type { CompiledTable, NodePlan } from './compile.ts';
import { Cursor } from './cursor.ts';
import { MOST_LEVELS } from './limits.ts';
import type { Child, Frame } from './table.ts';

export interface Lowered<V, C> {
  /** The value of the root node. */
  readonly root: V | undefined;
  readonly context: C;
  readonly comments: readonly Comment[];
  /** Where the parser gave up, in source order. */
  readonly errors: readonly Span[];
}

/** A frame while its children are collected; it goes to the builder as it is. */
interface OpenFrame<V, C> extends Frame<V> {
  readonly plan: NodePlan<V, C>;
  readonly children: Child<V>[];
  /** Of an error node: what lies between its complete statements. */
  readonly debris: { start: number; end: number }[];
  /** The last child of an error node was no statement: the next one belongs to the same debris. */
  littering: boolean;
  /** Of an error node: it holds a complete statement. */
  salvage: boolean;
}

/** Most nodes are leaves and hold no errors: an array of their own for each was a tenth of the walk. */
const NOTHING = Object.freeze<never[]>([]) as never[];

/** Nodes built before the clock is asked again. */
const NODES = 4_096;

/** Lowers a tree; `undefined` when the budget ran out or the tree is too deep. The tree stays the caller's to delete. */
export function lowerTree<V, C>(tree: Tree, text: string, compiled: CompiledTable<V, C>, budget: Budget): Lowered<V, C> | undefined {
  const broken = tree.rootNode.hasError;
  const cursor = new Cursor(tree, compiled.cursor);
  try {
    return new Lowering(cursor, text, compiled, broken).run(budget);
  } finally {
    cursor.close();
  }
}

class Lowering<V, C> {
  readonly #cursor: Cursor;
  readonly #text: string;
  readonly #compiled: CompiledTable<V, C>;
  readonly #context: C;
  /** Only a tree with errors is asked for missing nodes, and looked into where rules would rather not. */
  readonly #broken: boolean;
  readonly #stack: OpenFrame<V, C>[] = [];
  /** The open frames that may hold statements: where an error inside a compound statement leaves what it saved. */
  readonly #holders: OpenFrame<V, C>[] = [];
  readonly #comments: Comment[] = [];
  readonly #errors: Span[] = [];
  #root: V | undefined;

  constructor(cursor: Cursor, text: string, compiled: CompiledTable<V, C>, broken: boolean) {
    this.#cursor = cursor;
    this.#text = text;
    this.#compiled = compiled;
    this.#context = compiled.table.context(text);
    this.#broken = broken;
  }

  run(budget: Budget): Lowered<V, C> | undefined {
    const cursor = this.#cursor;
    let nodes = 0;
    walk: for (;;) {
      if (++nodes % NODES === 0 && budget.spent) return undefined;
      if (this.#visit()) {
        if (this.#stack.length <= MOST_LEVELS) continue;
        budget.giveUp('size');
        return undefined;
      }
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) break walk;
        this.#leave();
      }
    }
    this.#errors.sort((a, b) => a.start - b.start || a.end - b.end);
    return { root: this.#root, context: this.#context, comments: this.#comments, errors: this.#errors };
  }

  /** Takes in the node under the cursor; true if the cursor went down to its first child. */
  #visit(): boolean {
    const cursor = this.#cursor;
    const { plans, error, fields } = this.#compiled;
    const parent = this.#stack[this.#stack.length - 1];
    // The id of an error node is no index of the grammar's node types.
    const plan = plans[cursor.nodeTypeId] ?? error;
    if (this.#broken && this.#visitMissing(parent)) return false;
    if (plan.action === 'token') {
      if (parent !== undefined && parent.plan.rule.tokens === true) this.#visitToken(plan, parent);
      return false;
    }
    const start = cursor.startIndex;
    const end = cursor.endIndex;
    if (plan.action === 'comment') {
      this.#comments.push(this.#compiled.table.comment(this.#text, { start, end }));
      return false;
    }
    const { rule } = plan;
    const field = parent !== undefined && parent.plan.rule.fields === true ? fields[cursor.currentFieldId] : undefined;
    const shallow = rule.leaf === true || (rule.leaf !== undefined && !this.#broken && rule.leaf(this.#text, start, end));
    const open: OpenFrame<V, C> = {
      type: plan.type, field, start, end, children: shallow ? NOTHING : [], plan,
      debris: plan.action === 'error' ? [] : NOTHING, littering: false, salvage: false,
    };
    if (rule.enter !== undefined) rule.enter(start, this.#context);
    if (plan.holdsErrors) this.#holders.push(open);
    if (!shallow && cursor.gotoFirstChild()) {
      this.#stack.push(open);
      return true;
    }
    this.#close(open, parent);
    return false;
  }

  #visitToken(plan: NodePlan<V, C>, parent: OpenFrame<V, C>): void {
    const cursor = this.#cursor;
    if (parent.plan.action === 'error') litter(parent, { start: cursor.startIndex, end: cursor.endIndex });
    parent.children.push({ field: undefined, value: plan.token as V });
  }

  /** Records a node the parser made up to go on; it has no text and no value. */
  #visitMissing(parent: OpenFrame<V, C> | undefined): boolean {
    const cursor = this.#cursor;
    if (!cursor.nodeIsMissing) return false;
    if (parent?.plan.action !== 'error') this.#errors.push({ start: cursor.startIndex, end: cursor.endIndex });
    return true;
  }

  /** Leaves the frame on top of the stack. */
  #leave(): void {
    const open = this.#stack.pop()!;
    this.#close(open, this.#stack[this.#stack.length - 1]);
  }

  /** Builds a frame whose children are all there and hands its value to its parent. */
  #close(open: OpenFrame<V, C>, parent: OpenFrame<V, C> | undefined): void {
    const { plan } = open;
    if (plan.holdsErrors) this.#holders.pop();
    const value = plan.rule.build(open, this.#context);
    if (plan.action === 'error') this.#recordError(open, parent);
    if (parent === undefined) {
      this.#root = value;
      return;
    }
    if (parent.plan.action === 'error') this.#sort(open, value, parent);
    if (value === undefined) return;
    const child = { field: open.field, value };
    if (plan.action !== 'error' || parent.plan.holdsErrors) parent.children.push(child);
    // An error inside an expression or a heading would only confuse its builder; statements it saved go further out.
    else if (open.salvage) this.#holders.at(-1)?.children.push(child);
  }

  /** Tells whether a child of an error node is a complete statement, which is kept, or debris. */
  #sort(open: OpenFrame<V, C>, value: V | undefined, parent: OpenFrame<V, C>): void {
    if (open.plan.action !== 'error' && value !== undefined && this.#compiled.table.isStatement(value)) {
      parent.salvage = true;
      parent.littering = false;
    } else {
      litter(parent, open);
    }
  }

  #recordError(open: OpenFrame<V, C>, parent: OpenFrame<V, C> | undefined): void {
    if (parent?.plan.action === 'error') return;
    if (!open.salvage) this.#errors.push({ start: open.start, end: open.end });
    else for (const piece of open.debris) this.#errors.push(piece);
  }
}

/** Adds a piece to the debris of an error node; pieces with no statement between them are one. */
function litter<V, C>(frame: OpenFrame<V, C>, piece: Span): void {
  const last = frame.debris.at(-1);
  if (frame.littering && last !== undefined) last.end = Math.max(last.end, piece.end);
  else frame.debris.push({ start: piece.start, end: piece.end });
  frame.littering = true;
}
