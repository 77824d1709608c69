/** Python's table for the lowering machine. */
import type { Comment, Span } from '../model.ts';
import type { LanguageTable } from '../syntax/table.ts';
import { startsLine } from '../text.ts';
import { Definitions } from '../syntax/definitions.ts';
import { declarationRules } from './declarations.ts';
import { expressionRules } from './expressions.ts';
import { statementsIn } from '../syntax/parts.ts';
import type { Part } from '../syntax/parts.ts';
import { buildError, buildOther, statementRules } from './statements.ts';

export const pythonTable: LanguageTable<Part, Definitions> = {
  context: (text) => new Definitions(text),
  nodes: { ...expressionRules, ...statementRules, ...declarationRules },
  other: buildOther,
  error: buildError,
  token: (text) => ({ kind: 'token', text }),
  comments: ['comment'],
  comment: commentOf,
  isStatement: (part) => statementsIn(part).length > 0,
  holdsErrors: ['module', 'block'],
};

function commentOf(text: string, at: Span): Comment {
  // The grammar ends a comment at the line feed: a carriage return before it is part of the line break.
  const end = text.charCodeAt(at.end - 1) === 13 ? at.end - 1 : at.end;
  return { start: at.start, end, text: text.slice(at.start + 1, end).trim(), ownLine: startsLine(text, at.start) };
}
