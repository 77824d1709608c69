/** Builders of Python's simple and compound statements. */
import type { Argument, Assign, Expr, If, Loop, Match, Stmt, Try } from '../model.ts';
import type { Frame, NodeRule } from '../syntax/table.ts';
import type { Definitions } from '../syntax/definitions.ts';
import {
  bodyOf, childOf, childrenOfKind, endOf, exprIn, exprsIn, exprsOf, isExpr, nameOf, statementsIn, tokenOf, tupleOf, unknownOf,
} from '../syntax/parts.ts';
import type { BlockPart, CasePart, Mutable, Part } from '../syntax/parts.ts';

type F = Frame<Part>;
type Rules = Readonly<Record<string, NodeRule<Part, Definitions>>>;

/** An expression that a broken file lacks. */
function absent(frame: F): Expr {
  return { kind: 'unknown', start: frame.start, end: frame.start, syntax: 'missing', parts: [] };
}

function shapelessStatement(frame: F): Stmt {
  return { kind: 'unknownStatement', start: frame.start, end: frame.end, syntax: frame.type, parts: exprsOf(frame), body: [] };
}

/** The module and every suite. */
function buildBlock(frame: F): Part {
  const body: Stmt[] = [];
  const cases: CasePart[] = [];
  for (const { value } of frame.children) {
    if (value.kind === 'case') cases.push(value);
    else for (const statement of statementsIn(value)) body.push(statement);
  }
  return { kind: 'block', start: frame.start, end: body.at(-1)?.end ?? cases.at(-1)?.end ?? frame.end, body, cases };
}

function buildExpressionStatement(frame: F): Part {
  const assign = childOf(frame, 'assign');
  if (assign !== undefined) return assign;
  const value = tupleOf(exprsOf(frame), tokenOf(frame, ',') === undefined ? undefined : frame);
  return value === undefined ? shapelessStatement(frame) : { kind: 'expression', start: frame.start, end: frame.end, value };
}

function buildAssignment(frame: F): Part {
  const left = exprIn(frame, 'left');
  if (left === undefined) return shapelessStatement(frame);
  const annotation = exprIn(frame, 'type');
  const chained = childOf(frame, 'assign');
  if (chained !== undefined && chained.op === undefined && annotation === undefined) {
    // `a = b = c`: the inner assignment was just built and is nobody else's.
    const whole = chained as Mutable<Assign>;
    (whole.targets as Expr[]).unshift(left);
    whole.start = frame.start;
    return chained;
  }
  const assign: Mutable<Assign> = { kind: 'assign', start: frame.start, end: frame.end, targets: [left] };
  const value = exprIn(frame, 'right');
  if (annotation !== undefined) assign.annotation = annotation;
  if (value !== undefined) assign.value = value;
  return assign;
}

function buildAugmented(frame: F): Part {
  const left = exprIn(frame, 'left');
  const op = childOf(frame, 'token')?.text;
  const value = exprIn(frame, 'right');
  if (left === undefined || op === undefined || value === undefined) return shapelessStatement(frame);
  return { kind: 'assign', start: frame.start, end: frame.end, targets: [left], op, value };
}

function buildReturn(frame: F): Part {
  const value = exprsOf(frame)[0];
  return { kind: 'return', start: frame.start, end: frame.end, ...(value === undefined ? {} : { value }) };
}

/** `raise X from Y`: the cause is evaluated, but the model names what is raised. */
function buildRaise(frame: F): Part {
  const value = frame.children.find((child) => child.field !== 'cause' && isExpr(child.value))?.value as Expr | undefined;
  return { kind: 'raise', start: frame.start, end: frame.end, ...(value === undefined ? {} : { value }) };
}

function buildDelete(frame: F): Part {
  const parts = exprsOf(frame).flatMap((part) => (part.kind === 'collection' && part.type === 'tuple' ? part.items : [part]));
  return { kind: 'unknownStatement', start: frame.start, end: frame.end, syntax: frame.type, parts, body: [] };
}

/** `print "x"` of Python 2 is the call it became in Python 3, so that rules see one shape. */
function buildPrint(frame: F): Part {
  const args: Argument[] = exprsIn(frame, 'argument').map((value) => ({ start: value.start, end: value.end, value }));
  const file = childOf(frame, 'argument');
  if (file !== undefined) args.push(file.argument);
  const callee: Expr = { kind: 'name', start: frame.start, end: frame.start + 'print'.length, name: 'print' };
  return { kind: 'expression', start: frame.start, end: frame.end, value: { kind: 'call', start: frame.start, end: frame.end, callee, args } };
}

function buildChevron(frame: F): Part {
  const value = exprsOf(frame)[0] ?? absent(frame);
  return { kind: 'argument', argument: { start: frame.start, end: frame.end, name: 'file', value } };
}

function flow(kind: 'break' | 'continue' | 'pass'): NodeRule<Part, Definitions> {
  return { leaf: true, build: (frame) => ({ kind, start: frame.start, end: frame.end }) };
}

function buildIf(frame: F, context: Definitions): Part {
  const branches: If['branches'][number][] = [{ test: exprIn(frame, 'condition') ?? absent(frame), body: bodyOf(frame) }];
  for (const elif of childrenOfKind(frame, 'elif')) branches.push({ test: elif.test, body: elif.block.body });
  for (const branch of branches) {
    if (isTypeChecking(branch.test)) markTypeOnly(branch.body, context);
  }
  const otherwise = childOf(frame, 'else')?.block.body ?? [];
  return { kind: 'if', start: frame.start, end: endOf(frame), branches, else: otherwise };
}

/** `TYPE_CHECKING` or `typing.TYPE_CHECKING`: true for type checkers only (PEP 484). */
function isTypeChecking(test: Expr): boolean {
  return (test.kind === 'name' && test.name === 'TYPE_CHECKING') || (test.kind === 'member' && test.property === 'TYPE_CHECKING');
}

function markTypeOnly(body: readonly Stmt[], context: Definitions): void {
  const start = body[0]?.start ?? 0;
  const end = body.at(-1)?.end ?? 0;
  for (let i = context.imports.length - 1; i >= 0; i--) {
    const imported = context.imports[i]!;
    if (imported.end <= start) return;
    if (imported.start < end) imported.typeOnly = true;
  }
}

/** The suite of a clause; a broken file may lack it. */
function blockOf(frame: F): BlockPart {
  return childOf(frame, 'block') ?? { kind: 'block', start: frame.end, end: frame.end, body: [], cases: [] };
}

function buildElif(frame: F): Part {
  const test = exprIn(frame, 'condition') ?? absent(frame);
  return { kind: 'elif', start: frame.start, end: endOf(frame), test, block: blockOf(frame) };
}

function clause(kind: 'else' | 'finally'): NodeRule<Part, Definitions> {
  return {
    build: (frame) => ({ kind, start: frame.start, end: endOf(frame), block: blockOf(frame) }),
  };
}

function buildFor(frame: F): Part {
  const target = exprIn(frame, 'left');
  const loop: Mutable<Loop> = {
    kind: 'loop', start: frame.start, end: endOf(frame), type: 'for', over: exprIn(frame, 'right') ?? absent(frame),
    body: bodyOf(frame), else: childOf(frame, 'else')?.block.body ?? [],
  };
  if (target !== undefined) loop.target = target;
  return loop;
}

function buildWhile(frame: F): Part {
  return {
    kind: 'loop', start: frame.start, end: endOf(frame), type: 'while', over: exprIn(frame, 'condition') ?? absent(frame),
    body: bodyOf(frame), else: childOf(frame, 'else')?.block.body ?? [],
  };
}

function buildTry(frame: F): Part {
  return {
    kind: 'try', start: frame.start, end: endOf(frame), body: bodyOf(frame),
    handlers: childrenOfKind(frame, 'except').map((part) => part.handler),
    else: childOf(frame, 'else')?.block.body ?? [],
    finally: childOf(frame, 'finally')?.block.body ?? [],
  };
}

function buildExcept(frame: F): Part {
  const values = exprsIn(frame, 'value');
  const only = values[0];
  // `except X as e` comes as a pattern in older forms of the grammar.
  const pattern = values.length === 1 && only?.kind === 'unknown' && only.syntax === 'as_pattern' ? only.parts : undefined;
  const type = pattern?.[0] ?? tupleOf(values);
  const name = nameOf(pattern?.[1] ?? exprIn(frame, 'alias'))?.name;
  const handler: Mutable<Try['handlers'][number]> = { start: frame.start, end: endOf(frame), body: bodyOf(frame) };
  if (type !== undefined) handler.type = type;
  if (name !== undefined) handler.name = name;
  return { kind: 'except', handler };
}

function buildWith(frame: F): Part {
  return { kind: 'with', start: frame.start, end: endOf(frame), items: childOf(frame, 'withItems')?.items ?? [], body: bodyOf(frame) };
}

function buildWithClause(frame: F): Part {
  return { kind: 'withItems', items: childrenOfKind(frame, 'withItems').flatMap((part) => part.items) };
}

function buildWithItem(frame: F): Part {
  const value = exprIn(frame, 'value') ?? absent(frame);
  if (value.kind !== 'unknown' || value.syntax !== 'as_pattern') return { kind: 'withItems', items: [{ value }] };
  const [object, target] = value.parts;
  if (object === undefined) return { kind: 'withItems', items: [{ value }] };
  return { kind: 'withItems', items: [{ value: object, ...(target === undefined ? {} : { target }) }] };
}

/** `match x,:` looks at a tuple of one. */
function subjectOf(items: readonly Expr[], comma: boolean): Expr | undefined {
  const first = items[0];
  return tupleOf(items, comma && first !== undefined ? { start: first.start, end: items.at(-1)!.end } : undefined);
}

function buildMatch(frame: F): Part {
  const subject = subjectOf(exprsIn(frame, 'subject'), tokenOf(frame, ',') !== undefined) ?? absent(frame);
  const cases = childOf(frame, 'block')?.cases ?? [];
  const match: Match = { kind: 'match', start: frame.start, end: endOf(frame), subject, cases };
  return match;
}

function buildCase(frame: F): Part {
  const patterns = frame.children.filter((child) => child.field === undefined && isExpr(child.value)).map((child) => child.value as Expr);
  const guard = childOf(frame, 'ifClause')?.test;
  return {
    kind: 'case', start: frame.start, end: endOf(frame), patterns, body: bodyOf(frame),
    ...(guard === undefined ? {} : { guard }),
  };
}

/** What is left of a stretch the parser gave up on: the complete statements in it, and its expressions. */
export function buildError(frame: F): Part {
  const parts = exprsOf(frame);
  for (const list of childrenOfKind(frame, 'arguments')) parts.push(...list.args.map((argument) => argument.value));
  const body = frame.children.flatMap((child) => statementsIn(child.value));
  return { kind: 'unknownStatement', start: frame.start, end: frame.end, syntax: 'ERROR', parts, body };
}

/**
 * `type X = …`, or an assignment the grammar took for one: `type(self).field = …`. There the brackets vanished around the
 * innermost part of the left side, and the call is put back.
 */
function buildTypeAlias(frame: F, context: Definitions): Part {
  const left = exprIn(frame, 'left');
  const right = exprIn(frame, 'right');
  const open = frame.start + 'type'.length;
  if (left === undefined || right === undefined || context.text[open] !== '(') return shapelessStatement(frame);
  const chain: Expr[] = [];
  let inner = left;
  for (let next = inside(inner); next !== undefined && next.start >= open; next = inside(inner)) {
    chain.push(inner);
    inner = next;
  }
  const close = context.text.indexOf(')', inner.kind === 'collection' ? inner.end - 1 : inner.end);
  const args = inner.kind === 'collection' && inner.type === 'tuple' ? inner.items : [inner];
  const callee: Expr = { kind: 'name', start: frame.start, end: open, name: 'type' };
  let target: Expr = {
    kind: 'call', start: frame.start, end: close + 1, callee,
    args: args.map((value) => ({ start: value.start, end: value.end, value })),
  };
  for (const outer of chain.reverse()) target = around(outer, target);
  return { kind: 'assign', start: frame.start, end: frame.end, targets: [target], value: right };
}

/** What a postfix expression is applied to. */
function inside(expr: Expr): Expr | undefined {
  if (expr.kind === 'member' || expr.kind === 'index') return expr.object;
  return expr.kind === 'call' ? expr.callee : undefined;
}

/** The same postfix expression applied to something else. */
function around(expr: Expr, object: Expr): Expr {
  if (expr.kind === 'member' || expr.kind === 'index') return { ...expr, start: object.start, object };
  return expr.kind === 'call' ? { ...expr, start: object.start, callee: object } : expr;
}

const shapeless: NodeRule<Part, Definitions> = { build: shapelessStatement };

/** Anything of the grammar without a rule. */
export function buildOther(frame: F): Part {
  return unknownOf(frame);
}

export const statementRules: Rules = {
  module: { build: buildBlock },
  block: { build: buildBlock },
  expression_statement: { tokens: true, build: buildExpressionStatement },
  assignment: { fields: true, build: buildAssignment },
  augmented_assignment: { fields: true, tokens: true, build: buildAugmented },
  return_statement: { build: buildReturn },
  raise_statement: { fields: true, build: buildRaise },
  delete_statement: { build: buildDelete },
  assert_statement: shapeless,
  global_statement: shapeless,
  nonlocal_statement: shapeless,
  exec_statement: shapeless,
  type_alias_statement: { fields: true, build: buildTypeAlias },
  print_statement: { fields: true, build: buildPrint },
  chevron: { build: buildChevron },
  pass_statement: flow('pass'),
  break_statement: flow('break'),
  continue_statement: flow('continue'),
  if_statement: { fields: true, build: buildIf },
  elif_clause: { fields: true, build: buildElif },
  else_clause: clause('else'),
  finally_clause: clause('finally'),
  for_statement: { fields: true, build: buildFor },
  while_statement: { fields: true, build: buildWhile },
  try_statement: { build: buildTry },
  except_clause: { fields: true, build: buildExcept },
  with_statement: { build: buildWith },
  with_clause: { build: buildWithClause },
  with_item: { fields: true, build: buildWithItem },
  match_statement: { fields: true, tokens: true, build: buildMatch },
  case_clause: { fields: true, build: buildCase },
};
