/** MQL5's table for the lowering machine, over tree-sitter's C++ grammar. */
import type { Comment, Span } from '../model.ts';
import { startsLine } from '../text.ts';
import { Definitions } from '../syntax/definitions.ts';
import { statementsIn } from '../syntax/parts.ts';
import type { Part } from '../syntax/parts.ts';
import type { LanguageTable } from '../syntax/table.ts';
import { declarationRules } from './declarations.ts';
import { expressionRules } from './expressions.ts';
import { preprocessorRules } from './preprocessor.ts';
import { buildError, buildOther, statementRules } from './statements.ts';

/** Grammar of tree-sitter-cpp 0.23: https://github.com/tree-sitter/tree-sitter-cpp/blob/v0.23.4/grammar.js */
export const mql5Table: LanguageTable<Part, Definitions> = {
  context: (text) => new Definitions(text),
  nodes: { ...expressionRules, ...statementRules, ...declarationRules, ...preprocessorRules },
  other: buildOther,
  error: buildError,
  token: (text) => ({ kind: 'token', text }),
  comments: ['comment'],
  comment: commentOf,
  isStatement: (part) => statementsIn(part).length > 0,
  holdsErrors: ['translation_unit', 'compound_statement', 'field_declaration_list', 'case_statement', 'preproc_ifdef', 'preproc_if', 'preproc_else'],
};

/** `// text` and `/* text *\/`, without the marks. */
function commentOf(text: string, at: Span): Comment {
  const last = text.charCodeAt(at.end - 1);
  const end = last === 13 || last === 10 ? at.end - 1 : at.end;
  const block = text.startsWith('/*', at.start);
  const inner = text.slice(at.start + 2, block && text.startsWith('*/', end - 2) && end - at.start >= 4 ? end - 2 : end);
  return { start: at.start, end, text: inner.trim(), ownLine: startsLine(text, at.start) };
}
