/** From the text of a program to its model. */
import type { CodeLanguage, GrammarName } from './code-language.ts';
import type { SourceModel, SourceText } from './model.ts';
import { lowerCode } from './read-code.ts';
import type { Parsed } from './read-code.ts';
import { Budget } from './syntax/budget.ts';
import type { Syntax } from './syntax/syntax.ts';

/** What a program is read with. */
export interface ProgramReading {
  readonly path: string;
  readonly code: CodeLanguage;
  readonly grammar: GrammarName;
  readonly syntax: Syntax;
  readonly budgetMs: number;
}

/** The model of a program; `undefined` when the parser ran out of time. */
export function readProgram(reading: ProgramReading, source: SourceText): SourceModel | undefined {
  const { code, grammar, syntax, budgetMs } = reading;
  const text = code.mask?.(source.text) ?? source.text;
  const budget = new Budget(budgetMs);
  const tree = syntax.parse(grammar, text, budgetMs);
  if (tree === undefined) return undefined;
  return lowered(reading, source, code.mend?.(syntax.parser(grammar, budgetMs), text, tree, budget) ?? { tree, text, masked: [] });
}

/** The model of what was parsed; its tree is released. */
export function lowered({ path, code, grammar, syntax }: ProgramReading, source: SourceText, parsed: Parsed): SourceModel {
  try {
    return lowerCode(path, code, source, parsed, syntax.table(grammar));
  } finally {
    syntax.release(parsed.tree);
  }
}
