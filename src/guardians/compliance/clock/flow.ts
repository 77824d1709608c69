/** Which definition of a name holds at a place: the blocks of a file, and what stands before what. */
import type { SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { bodiesOf } from '../../../core/source/walk.ts';
import { ModelFact } from '../../../core/source/meaning/per-model.ts';

/** A run of statements: the module, a body of a function, a branch. */
export interface Block {
  readonly statements: readonly Stmt[];
  readonly parent?: Block;
  /** The statement this block is a branch of; absent for a body of a module, class or function. */
  readonly owner?: Stmt;
}

const remembered = new ModelFact<ReadonlyMap<Stmt, Block>>();

/** The block of every statement in a file; derived once per model and gone with it. */
export function blocksOf(model: SourceModel): ReadonlyMap<Stmt, Block> {
  const known = remembered.get(model);
  if (known !== undefined) { return known; }
  const blocks = new Map<Stmt, Block>();
  const stack: Block[] = [model.body, ...model.functions.map((fn) => fn.body), ...model.classes.map((cls) => cls.body)]
    .map((statements) => ({ statements }));
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
    for (const statement of block.statements) {
      blocks.set(statement, block);
      for (const statements of bodiesOf(statement)) { stack.push({ statements, parent: block, owner: statement }); }
    }
  }
  remembered.set(model, blocks);
  return blocks;
}

/** Is `outer` the block itself or one around it? What stands earlier in it has run when the block runs. */
export function encloses(outer: Block, block: Block | undefined): boolean {
  for (let current = block; current !== undefined; current = current.parent) { if (current === outer) { return true; } }
  return false;
}

/** The statement that stands directly in `outer` and holds a statement of `block`. */
export function holderIn(outer: Block, block: Block, statement: Stmt): Stmt | undefined {
  let held = statement;
  for (let current: Block | undefined = block; current !== undefined; current = current.parent) {
    if (current === outer) { return held; }
    if (current.owner === undefined) { return undefined; }
    held = current.owner;
  }
  return undefined;
}

/** The innermost block around `inner` that also encloses `other`. */
export function commonBlock(inner: Block, other: Block | undefined): Block | undefined {
  for (let current: Block | undefined = inner; current !== undefined; current = current.parent) {
    if (encloses(current, other)) { return current; }
  }
  return undefined;
}

/** Does `span` lie in `around`? */
export function within(span: Span, around: Span): boolean {
  return span.start >= around.start && span.end <= around.end;
}

/** Puts statements on a stack, the first on top. Not by spreading: a body can be longer than a call can have arguments. */
export function pushReversed(stack: Stmt[], body: readonly Stmt[]): void {
  for (let i = body.length - 1; i >= 0; i--) { stack.push(body[i]!); }
}
