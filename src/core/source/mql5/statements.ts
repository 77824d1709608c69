/** Builders of MQL5's statements. */
import type { Assign, Expr, If, Loop, Match, Stmt } from '../model.ts';
import type { Definitions } from '../syntax/definitions.ts';
import { childOf, childrenOfKind, exprIn, exprsOf, isExpr, statementsIn, unknownOf } from '../syntax/parts.ts';
import type { BlockPart, CasePart, Mutable, Part } from '../syntax/parts.ts';
import type { Frame, NodeRule } from '../syntax/table.ts';

type F = Frame<Part>;
type Rules = Readonly<Record<string, NodeRule<Part, Definitions>>>;

/** An expression that a broken file lacks, or a `for (;;)` leaves out. */
function absent(at: number): Expr {
  return { kind: 'unknown', start: at, end: at, syntax: 'missing', parts: [] };
}

/** The statements among the children, in order. */
export function statementsOf(frame: F): Stmt[] {
  const body: Stmt[] = [];
  for (const { value } of frame.children) {
    for (const statement of statementsIn(value)) body.push(statement);
  }
  return body;
}

/** The statements in a field: one, or those of a block. */
function suiteIn(frame: F, field: string): readonly Stmt[] {
  const body: Stmt[] = [];
  for (const child of frame.children) {
    if (child.field === field) body.push(...statementsIn(child.value));
  }
  return body;
}

/** The file, and everything in braces. Its end is the closing brace. */
export function buildBlock(frame: F): BlockPart {
  const body: Stmt[] = [];
  const cases: CasePart[] = [];
  for (const { value } of frame.children) {
    if (value.kind === 'case') cases.push(value);
    else for (const statement of statementsIn(value)) body.push(statement);
  }
  return { kind: 'block', start: frame.start, end: frame.end, body, cases };
}

/** Several statements that stand where the grammar has one. */
export function blockOf(frame: F, body: readonly Stmt[]): BlockPart {
  return { kind: 'block', start: frame.start, end: frame.end, body, cases: [] };
}

const AUGMENTED: ReadonlySet<string> = new Set(['+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=']);

function buildExpressionStatement(frame: F): Part | undefined {
  const [value] = exprsOf(frame);
  if (value === undefined) return undefined;
  if (value.kind === 'unknown' && value.syntax === 'comma_expression') {
    return blockOf(frame, value.parts.map((part) => statementOf(part, part.start, part.end)));
  }
  return statementOf(value, frame.start, frame.end);
}

/** An expression in the place of a statement. */
export function statementOf(value: Expr, start: number, end: number): Stmt {
  if (value.kind !== 'unknown') return { kind: 'expression', start, end, value };
  const [target, bound] = value.parts;
  if (target === undefined) return { kind: 'expression', start, end, value };
  if (value.syntax === 'named_expression') return assignmentOf(value, start, end);
  if (bound !== undefined && AUGMENTED.has(value.syntax)) return { kind: 'assign', start, end, targets: [target], op: value.syntax, value: bound };
  if (value.syntax !== '++' && value.syntax !== '--') return { kind: 'expression', start, end, value };
  const before = target.start > value.start;
  const at = before ? { start: value.start, end: value.start + 2 } : { start: value.end - 2, end: value.end };
  const one: Expr = { kind: 'literal', type: 'number', value: 1, text: '1', start: at.start, end: at.end };
  return { kind: 'assign', start, end, targets: [target], op: value.syntax === '++' ? '+=' : '-=', value: one };
}

/** `a = b = c` is one assignment to two targets. */
function assignmentOf(value: Expr, start: number, end: number): Assign {
  const targets: Expr[] = [];
  let last = value;
  while (last.kind === 'unknown' && last.syntax === 'named_expression' && last.parts.length === 2) {
    targets.push(last.parts[0]!);
    last = last.parts[1]!;
  }
  return { kind: 'assign', start, end, targets, value: last };
}

function buildReturn(frame: F): Part {
  const value = exprsOf(frame)[0];
  return { kind: 'return', start: frame.start, end: frame.end, ...(value === undefined ? {} : { value }) };
}

function flow(kind: 'break' | 'continue'): NodeRule<Part, Definitions> {
  return { leaf: true, build: (frame) => ({ kind, start: frame.start, end: frame.end }) };
}

/** `else if` is one more branch of the same statement. */
function buildIf(frame: F): Part {
  const branch = { test: exprIn(frame, 'condition') ?? absent(frame.start), body: suiteIn(frame, 'consequence') };
  const otherwise = childOf(frame, 'else')?.block.body ?? [];
  const only = otherwise.length === 1 ? otherwise[0] : undefined;
  if (only?.kind === 'if') {
    // `else if`: its branches follow this one. In place, they belong to nobody else yet.
    const whole = only as Mutable<If>;
    (whole.branches as If['branches'][number][]).unshift(branch);
    whole.start = frame.start;
    whole.end = frame.end;
    return only;
  }
  return { kind: 'if', start: frame.start, end: frame.end, branches: [branch], else: otherwise };
}

function buildElse(frame: F): Part {
  return { kind: 'else', start: frame.start, end: frame.end, block: blockOf(frame, statementsOf(frame)) };
}

function buildWhile(frame: F): Part {
  return {
    kind: 'loop', start: frame.start, end: frame.end, type: 'while', over: exprIn(frame, 'condition') ?? absent(frame.start),
    body: suiteIn(frame, 'body'), else: [],
  };
}

/**
 * `for (start; test; step)`: the start comes before the loop, as statements of their own; the test and the step are what
 * it goes over.
 */
function buildFor(frame: F): Part {
  const initial = initialOf(frame);
  const start = initial.at(-1)?.end ?? frame.start;
  const parts = [exprIn(frame, 'condition'), exprIn(frame, 'update')].filter((part) => part !== undefined);
  const over: Expr = {
    kind: 'unknown', syntax: 'for', start: parts[0]?.start ?? start, end: parts.at(-1)?.end ?? start, parts,
  };
  const loop: Loop = { kind: 'loop', start, end: frame.end, type: 'for', over, body: suiteIn(frame, 'body'), else: [] };
  return initial.length === 0 ? loop : blockOf(frame, [...initial, loop]);
}

function initialOf(frame: F): readonly Stmt[] {
  const child = frame.children.find((one) => one.field === 'initializer')?.value;
  if (child === undefined) return [];
  if (!isExpr(child)) return statementsIn(child);
  const parts = child.kind === 'unknown' && child.syntax === 'comma_expression' ? child.parts : [child];
  return parts.map((part) => statementOf(part, part.start, part.end));
}

function buildSwitch(frame: F): Part {
  const subject = exprIn(frame, 'condition') ?? absent(frame.start);
  const match: Match = { kind: 'match', start: frame.start, end: frame.end, subject, cases: grouped(childOf(frame, 'block')?.cases ?? []) };
  return match;
}

/** `case 1: case 2: …` is one case with two patterns. */
function grouped(cases: readonly CasePart[]): readonly CasePart[] {
  const found: CasePart[] = [];
  let start: number | undefined;
  let patterns: Expr[] = [];
  cases.forEach((one, index) => {
    start ??= one.start;
    // Falling through to `default` makes the cases before it part of it.
    if (one.patterns.length === 0) patterns = [];
    for (const pattern of one.patterns) patterns.push(pattern);
    if (one.body.length === 0 && index < cases.length - 1) return;
    found.push({ ...one, start, patterns });
    start = undefined;
    patterns = [];
  });
  return found;
}

/** A value is compared, not bound: it goes inside an expression of its own, so that nobody takes it for a capture. */
function buildCase(frame: F): Part {
  const value = exprIn(frame, 'value');
  const pattern: Expr | undefined = value === undefined ? undefined
    : { kind: 'unknown', syntax: 'case', start: value.start, end: value.end, parts: [value] };
  return { kind: 'case', start: frame.start, end: frame.end, patterns: pattern === undefined ? [] : [pattern], body: statementsOf(frame) };
}

/** What is left of a stretch the parser gave up on: the complete statements in it, and its expressions. */
export function buildError(frame: F): Part {
  const parts = exprsOf(frame);
  for (const list of childrenOfKind(frame, 'arguments')) parts.push(...list.args.map((argument) => argument.value));
  return { kind: 'unknownStatement', start: frame.start, end: frame.end, syntax: 'ERROR', parts, body: statementsOf(frame) };
}

/** Anything of the grammar without a rule. */
export function buildOther(frame: F): Part {
  return unknownOf(frame);
}

export const statementRules: Rules = {
  translation_unit: { build: buildBlock },
  compound_statement: { build: buildBlock },
  expression_statement: { build: buildExpressionStatement },
  return_statement: { build: buildReturn },
  break_statement: flow('break'),
  continue_statement: flow('continue'),
  if_statement: { fields: true, build: buildIf },
  else_clause: { build: buildElse },
  while_statement: { fields: true, build: buildWhile },
  do_statement: { fields: true, build: buildWhile },
  for_statement: { fields: true, build: buildFor },
  switch_statement: { fields: true, build: buildSwitch },
  case_statement: { fields: true, build: buildCase },
  labeled_statement: { build: (frame) => blockOf(frame, statementsOf(frame)) },
};
