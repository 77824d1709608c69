/** Blocks of JavaScript: what `let` and `const` live in. */
import type { Expr, Match, SourceModel, Span, Stmt } from '../model.ts';
import { bodiesOf } from '../walk.ts';
import { ModelFact } from './per-model.ts';

/** A statement and the block it stands in, if not right in the function or file. */
export interface Placed {
  readonly statement: Stmt;
  readonly block: Span | undefined;
}

/**
 * All statements of a body and of the bodies inside it, in source order; functions and classes are not entered.
 * @param from where the function around the body starts, 0 for that of the file: blocks before it are not its own.
 */
export function statementsInBlocks(model: SourceModel, body: readonly Stmt[], from: number): readonly Placed[] {
  const found: Placed[] = [];
  const stack: Placed[] = [];
  const alone = new BlocksAlone(model, from);
  const push = (list: readonly Stmt[], block: Span | undefined): void => {
    for (let i = list.length - 1; i >= 0; i--) { stack.push({ statement: list[i]!, block }); }
  };
  push(body, undefined);
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { statement } = next;
    const block = inner(alone.around(statement), next.block);
    found.push(block === next.block ? next : { statement, block });
    const bodies = bodiesOf(statement);
    for (let i = bodies.length - 1; i >= 0; i--) { push(bodies[i]!, blockOf(statement, bodies[i]!)); }
  }
  return found;
}

/** What a body of a statement is a block of. What a loop declares lives as long as the loop; the cases of a `switch` share one block. */
function blockOf(statement: Stmt, list: readonly Stmt[]): Span {
  if (statement.kind === 'loop') { return statement; }
  return statement.kind === 'match' ? casesOf(statement) : { start: list[0]!.start, end: list.at(-1)!.end };
}

function casesOf({ cases }: Match): Span {
  return { start: cases[0]!.start, end: cases.at(-1)!.end };
}

/** The one of two blocks around a place that stands in the other. */
function inner(one: Span | undefined, other: Span | undefined): Span | undefined {
  if (one === undefined || other === undefined) { return one ?? other; }
  return one.start >= other.start ? one : other;
}

const sorted = new ModelFact<readonly Span[]>();

/** The blocks that stand alone in a function, asked for statement by statement in source order. */
class BlocksAlone {
  readonly #all: readonly Span[];
  readonly #open: Span[] = [];
  #next: number;

  constructor(model: SourceModel, from: number) {
    let all = sorted.get(model);
    if (all === undefined) {
      all = [...model.blocks ?? []].sort((a, b) => a.start - b.start);
      sorted.set(model, all);
    }
    this.#all = all;
    this.#next = firstAt(all, from);
  }

  around(statement: Span): Span | undefined {
    while (this.#open.length > 0 && this.#open.at(-1)!.end <= statement.start) { this.#open.pop(); }
    for (let block = this.#all[this.#next]; block !== undefined && block.start <= statement.start; block = this.#all[++this.#next]) {
      if (block.end > statement.start) { this.#open.push(block); }
    }
    return this.#open.at(-1);
  }
}

/** Position of the first block that starts at an offset or behind it. */
function firstAt(blocks: readonly Span[], from: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle]!.start < from) { low = middle + 1; } else { high = middle; }
  }
  return low;
}

/** True for `for (const x of …)`, false for `for (x of …)` and `for (var x of …)`. */
export function livesInLoop(text: string, statement: Stmt, target: Expr): boolean {
  return /\b(?:const|let)\b/.test(text.slice(statement.start, target.start));
}

/** Where a word stands, be it inside another one. */
export function offsetsOf(text: string, word: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) { found.push(at); }
  return found;
}
