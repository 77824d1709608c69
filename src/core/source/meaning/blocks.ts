/** Blocks of JavaScript: what `let` and `const` live in. */
import type { Expr, Span, Stmt } from '../model.ts';
import { bodiesOf } from '../walk.ts';

/** A statement and the block it stands in, if not right in the function or file. */
export interface Placed {
  readonly statement: Stmt;
  readonly block: Span | undefined;
}

/** All statements of a body and of the bodies inside it, in source order; functions and classes are not entered. */
export function statementsInBlocks(body: readonly Stmt[]): readonly Placed[] {
  const found: Placed[] = [];
  const stack: Placed[] = [];
  const push = (list: readonly Stmt[], block: Span | undefined): void => {
    for (let i = list.length - 1; i >= 0; i--) { stack.push({ statement: list[i]!, block }); }
  };
  push(body, undefined);
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { statement } = next;
    found.push(next);
    const inner = bodiesOf(statement);
    for (let i = inner.length - 1; i >= 0; i--) {
      const list = inner[i]!;
      // What a loop declares lives as long as the loop.
      push(list, statement.kind === 'loop' ? statement : { start: list[0]!.start, end: list.at(-1)!.end });
    }
  }
  return found;
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
