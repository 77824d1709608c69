/** Names of MQL5 functions: what they declare, and what changes it. */
import type { FunctionModel } from '../model.ts';
import { statementsOf } from './statements.ts';

/** Operators that change a variable inside an expression. */
export const CHANGES: ReadonlySet<string> = new Set(['++', '--', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=']);

/** Parameters and variables of an MQL5 function: what stands with its type. */
export function declaredIn(fn: FunctionModel): ReadonlySet<string> {
  const names = new Set(fn.parameters.map((parameter) => parameter.name));
  for (const statement of statementsOf(fn.body)) {
    if (statement.kind !== 'assign' || statement.annotation === undefined) { continue; }
    for (const target of statement.targets) { if (target.kind === 'name') { names.add(target.name); } }
  }
  return names;
}
