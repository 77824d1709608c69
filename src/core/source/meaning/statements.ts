/** The statements of a body with all that stand in them. */
import type { Stmt } from '../model.ts';
import { bodiesOf } from '../walk.ts';

/**
 * All statements of a body and of the bodies inside it, in source order; functions and classes are not entered.
 * @param enters false for statements that are left out with all that is in them.
 */
export function statementsOf(body: readonly Stmt[], enters?: (statement: Stmt) => boolean): readonly Stmt[] {
  const found: Stmt[] = [];
  const stack: Stmt[] = [];
  for (let i = body.length - 1; i >= 0; i--) { stack.push(body[i]!); }
  for (let statement = stack.pop(); statement !== undefined; statement = stack.pop()) {
    if (enters?.(statement) === false) { continue; }
    found.push(statement);
    const inner = bodiesOf(statement);
    for (let i = inner.length - 1; i >= 0; i--) {
      const block = inner[i]!;
      for (let k = block.length - 1; k >= 0; k--) { stack.push(block[k]!); }
    }
  }
  return found;
}
