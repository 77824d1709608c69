/** From the text of a program to its model. */
import type { CodeLanguage, GrammarName } from './code-language.ts';
import type { SourceModel, SourceText } from './model.ts';
import { lowerBudget, lowerCode } from './read-code.ts';
import type { Parsed } from './read-code.ts';
import { Budget } from './syntax/budget.ts';
import type { Exceeded } from './syntax/budget.ts';
import type { Syntax } from './syntax/syntax.ts';

/** What a program is read with. */
export interface ProgramReading {
  readonly path: string;
  readonly code: CodeLanguage;
  readonly grammar: GrammarName;
  readonly syntax: Syntax;
  readonly budgetMs: number;
}

/** The model of a program, or why it was given up. */
export function readProgram(reading: ProgramReading, source: SourceText): SourceModel | Exceeded {
  const { code, grammar, syntax, budgetMs } = reading;
  const text = code.mask?.(source.text) ?? source.text;
  const budget = new Budget(budgetMs);
  const tree = syntax.parse(grammar, text, budget);
  if (tree === undefined) return budget.exceeded ?? 'time';
  return lowered(reading, source, code.mend?.(syntax.parser(grammar, budget), text, tree, budget) ?? { tree, text, masked: [] });
}

/** The model of what was parsed, or why it was given up; the tree is released. */
export function lowered({ path, code, grammar, syntax, budgetMs }: ProgramReading, source: SourceText, parsed: Parsed): SourceModel | Exceeded {
  try {
    return lowerCode(path, code, source, parsed, syntax.table(grammar), lowerBudget(budgetMs));
  } finally {
    syntax.release(parsed.tree);
  }
}
