/** Tables of TypeScript and JavaScript for the lowering machine. */
import type { Comment, Span } from '../model.ts';
import { startsLine } from '../text.ts';
import { Definitions } from '../syntax/definitions.ts';
import { exprsOf, isExpr, statementsIn, unknownOf } from '../syntax/parts.ts';
import type { Part } from '../syntax/parts.ts';
import type { LanguageTable, NodeRule } from '../syntax/table.ts';
import { declarationRules } from './declarations.ts';
import { assertionRules, elementRules, expressionRules } from './expressions.ts';
import { importRules } from './imports.ts';
import { buildError, statementRules } from './statements.ts';
import { typeRules } from './types.ts';

type Rules = Readonly<Record<string, NodeRule<Part, Definitions>>>;

const rules: Rules = { ...expressionRules, ...typeRules, ...statementRules, ...declarationRules, ...importRules };

function tableOf(more: Rules): LanguageTable<Part, Definitions> {
  return {
    context: (text) => new Definitions(text),
    nodes: { ...rules, ...more },
    // Anything without a rule: its expressions are still walked, and statements in it are not lost.
    other: (frame) => (exprsOf(frame).length === 0 ? frame.children.find((child) => !isExpr(child.value) && statementsIn(child.value).length > 0)?.value : undefined) ?? unknownOf(frame),
    error: buildError,
    token: (text) => ({ kind: 'token', text }),
    comments: ['comment', 'html_comment'],
    comment: commentOf,
    isStatement: (part) => statementsIn(part).length > 0,
    holdsErrors: ['program', 'statement_block', 'class_body'],
  };
}

/** `.ts`, `.mts`, `.cts`. */
export const typescriptTable = tableOf(assertionRules);
/** `.tsx`, and JavaScript: the grammar with elements reads all of it. */
export const tsxTable = tableOf(elementRules);

function commentOf(text: string, at: Span): Comment {
  const end = text.charCodeAt(at.end - 1) === 13 ? at.end - 1 : at.end;
  return { start: at.start, end, text: contentOf(text.slice(at.start, end)), ownLine: startsLine(text, at.start) };
}

/** A comment without its marks: `//`, `/* … *` + `/`, and the stars at the start of the lines of a block. */
function contentOf(written: string): string {
  if (written.startsWith('//')) return written.slice(2).trim();
  if (!written.startsWith('/*')) return written.trim();
  const inside = written.slice(2, written.endsWith('*/') && written.length >= 4 ? -2 : undefined);
  return inside.split('\n').map((line) => line.trim().replace(/^\*+/, '').trim()).join('\n').trim();
}
