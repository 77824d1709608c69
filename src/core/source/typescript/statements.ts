/** Builders of simple and compound statements. */
import type { Assign, Expr, If, Literal, Loop, Stmt, Try } from '../model.ts';
import type { Definitions } from '../syntax/definitions.ts';
import { childOf, childrenOfKind, exprIn, exprsOf, isExpr, isStmt, statementsIn } from '../syntax/parts.ts';
import type { CasePart, Mutable, Part } from '../syntax/parts.ts';
import type { Frame, NodeRule } from '../syntax/table.ts';

type F = Frame<Part>;
type Rule = NodeRule<Part, Definitions>;
type Rules = Readonly<Record<string, Rule>>;

/** An expression that a broken file lacks. */
function absent(frame: F): Expr {
  return { kind: 'unknown', start: frame.start, end: frame.start, syntax: 'missing', parts: [] };
}

function shapelessStatement(frame: F): Stmt {
  return { kind: 'unknownStatement', start: frame.start, end: frame.end, syntax: frame.type, parts: exprsOf(frame), body: [] };
}

/** The statements a part stands for; an expression where a statement belongs is one. */
export function statementsOf(part: Part): readonly Stmt[] {
  return isExpr(part) ? [statementOf(part, part.start, part.end)] : statementsIn(part);
}

/** The statements of a body: a block, or a single statement without braces. */
export function suiteIn(frame: F, field: string): readonly Stmt[] {
  for (const child of frame.children) {
    if (child.field === field) return statementsOf(child.value);
  }
  return [];
}

/** An expression as a statement: an assignment is one. */
export function statementOf(value: Expr, start: number, end: number): Stmt {
  if (value.kind !== 'unknown' || value.syntax !== 'named_expression') return { kind: 'expression', start, end, value };
  const targets = [value.parts[0]!];
  let assigned = value.parts[1]!;
  // `a = b = c` has two targets.
  while (value.op === undefined && assigned.kind === 'unknown' && assigned.syntax === 'named_expression' && assigned.op === undefined) {
    targets.push(assigned.parts[0]!);
    assigned = assigned.parts[1]!;
  }
  return { kind: 'assign', start, end, targets, ...(value.op === undefined ? {} : { op: value.op }), value: assigned };
}

/** A program, a block, the body of a class. Classes inside its expressions are taken in behind the statement around them. */
export function buildBlock(frame: F, context: Definitions): Part {
  const body: Stmt[] = [];
  for (const { value } of frame.children) {
    for (const statement of listed(value, context)) body.push(statement);
  }
  takeLoose(body, frame.start, context);
  return { kind: 'block', start: frame.start, end: frame.end, ...(frame.type === 'statement_block' ? { braced: true as const } : {}), body, cases: [] };
}

/** The statements of a part in a list of them; of a block that stands there and declares something its place is kept. */
function listed(part: Part, context: Definitions): readonly Stmt[] {
  if (part.kind === 'block' && part.braced === true && part.body.some(isDeclaration)) context.blocks.push({ start: part.start, end: part.end });
  return statementsIn(part);
}

/** A variable, a function, a class, an import by `require`. */
function isDeclaration(statement: Stmt): boolean {
  return (statement.kind === 'assign' && statement.declares === true) || statement.kind === 'function' || statement.kind === 'class' || statement.kind === 'import';
}

function takeLoose(body: Stmt[], from: number, context: Definitions): void {
  if (context.loose.length === 0) return;
  for (const cls of context.takeLoose(from)) {
    let at = body.length;
    while (at > 0 && body[at - 1]!.start > cls.start) at--;
    body.splice(at, 0, cls);
  }
}

function buildExpressionStatement(frame: F): Part | undefined {
  const value = exprsOf(frame)[0];
  if (value === undefined) return childOf(frame, 'block') ?? childOf(frame, 'unknownStatement');
  // `a = 1, b = 2;`
  if (value.kind === 'unknown' && value.syntax === 'sequence_expression' && value.parts.length > 0) {
    const body = value.parts.map((part) => statementOf(part, part.start, part.end));
    return { kind: 'block', start: frame.start, end: frame.end, body, cases: [] };
  }
  return statementOf(value, frame.start, frame.end);
}

function buildReturn(frame: F): Part {
  const value = exprsOf(frame)[0];
  return { kind: 'return', start: frame.start, end: frame.end, ...(value === undefined ? {} : { value }) };
}

function buildThrow(frame: F): Part {
  const value = exprsOf(frame)[0];
  return { kind: 'raise', start: frame.start, end: frame.end, ...(value === undefined ? {} : { value }) };
}

function flow(kind: 'break' | 'continue'): Rule {
  return { leaf: true, build: (frame) => ({ kind, start: frame.start, end: frame.end }) };
}

function buildIf(frame: F): Part {
  const test = exprIn(frame, 'condition') ?? absent(frame);
  const body = suiteIn(frame, 'consequence');
  const otherwise = childOf(frame, 'else')?.block.body ?? [];
  const only = otherwise.length === 1 ? otherwise[0] : undefined;
  // `else if`: its branches follow this one. In place, they belong to nobody else yet.
  if (only?.kind === 'if' && only.end === frame.end && childOf(frame, 'else')?.block.start === only.start) {
    const whole = only as Mutable<If>;
    (whole.branches as If['branches'][number][]).unshift({ test, body });
    whole.start = frame.start;
    return only;
  }
  return { kind: 'if', start: frame.start, end: frame.end, branches: [{ test, body }], else: otherwise };
}

function buildElse(frame: F): Part {
  const first = frame.children[0]?.value;
  const body = first === undefined ? [] : statementsOf(first);
  const start = first !== undefined && isStmt(first) ? first.start : frame.start;
  return { kind: 'else', start: frame.start, end: frame.end, block: { kind: 'block', start, end: frame.end, body, cases: [] } };
}

/** `for (const x of y)`, `for (const k in o)`, `for await`. */
function buildForIn(frame: F): Part {
  const target = exprIn(frame, 'left');
  const loop: Mutable<Loop> = {
    kind: 'loop', start: frame.start, end: frame.end, type: 'for', over: exprIn(frame, 'right') ?? absent(frame),
    body: suiteIn(frame, 'body'), else: [],
  };
  if (target !== undefined) loop.target = target;
  return loop;
}

/**
 * `for (init; test; step)`: the names of `init` are its targets, what they start from and the test are what it runs over,
 * the step is the first statement of the body, as it is in the text. Without a test it never ends.
 */
function buildFor(frame: F): Part {
  const init = suiteIn(frame, 'initializer');
  const tests = frame.children.filter((child) => child.field === 'condition' && isExpr(child.value)).map((child) => child.value as Expr);
  const targets = init.flatMap((statement) => (statement.kind === 'assign' ? statement.targets : []));
  const starts = init.flatMap((statement) => (statement.kind === 'assign' ? (statement.value === undefined ? [] : [statement.value]) : []));
  const body = [...suiteIn(frame, 'increment'), ...suiteIn(frame, 'body')];
  const forever: Literal = { kind: 'literal', start: frame.start, end: frame.start + 'for'.length, type: 'boolean', value: true, text: 'for' };
  if (targets.length === 0 && starts.length === 0) {
    return { kind: 'loop', start: frame.start, end: frame.end, type: 'while', over: tests[0] ?? forever, body, else: [] };
  }
  const loop: Mutable<Loop> = {
    kind: 'loop', start: frame.start, end: frame.end, type: 'for', body, else: [],
    over: { kind: 'unknown', start: starts[0]?.start ?? frame.start, end: tests.at(-1)?.end ?? starts.at(-1)?.end ?? frame.start, syntax: 'for_statement', parts: [...starts, ...tests] },
  };
  const first = targets[0];
  if (first !== undefined) {
    loop.target = targets.length === 1 ? first
      : { kind: 'collection', type: 'tuple', start: first.start, end: targets.at(-1)!.end, items: targets };
  }
  return loop;
}

function buildWhile(frame: F): Part {
  return {
    kind: 'loop', start: frame.start, end: frame.end, type: 'while', over: exprIn(frame, 'condition') ?? absent(frame),
    body: suiteIn(frame, 'body'), else: [],
  };
}

function buildTry(frame: F): Part {
  const handler = childOf(frame, 'except')?.handler;
  return {
    kind: 'try', start: frame.start, end: frame.end, body: suiteIn(frame, 'body'), handlers: handler === undefined ? [] : [handler],
    else: [], finally: childOf(frame, 'finally')?.block.body ?? [],
  };
}

function buildCatch(frame: F): Part {
  const parameter = exprIn(frame, 'parameter');
  const handler: Mutable<Try['handlers'][number]> = { start: frame.start, end: frame.end, body: suiteIn(frame, 'body') };
  if (parameter?.kind === 'name') handler.name = parameter.name;
  // `catch ({ message })` declares what it takes out.
  else if (parameter !== undefined) handler.body = [{ ...declarationOf(parameter, undefined, undefined, parameter.start, parameter.end), declares: true }, ...handler.body];
  return { kind: 'except', handler };
}

function buildFinally(frame: F): Part {
  const block = childOf(frame, 'block') ?? { kind: 'block' as const, start: frame.end, end: frame.end, body: [], cases: [] };
  return { kind: 'finally', start: frame.start, end: frame.end, block };
}

// -------------------------------------------------------------------- switch

/** One `case`; a `break` at its end only ends it. */
function buildCase(frame: F, context: Definitions): Part {
  const body: Stmt[] = [];
  for (const { field, value } of frame.children) {
    if (field === 'body') for (const statement of listed(value, context)) body.push(statement);
  }
  if (body.at(-1)?.kind === 'break') body.pop();
  const value = exprIn(frame, 'value');
  const other: Expr = { kind: 'name', start: frame.start, end: Math.min(frame.end, frame.start + 'default'.length), name: '_' };
  return { kind: 'case', start: frame.start, end: frame.end, patterns: [value ?? other], body };
}

/** Cases without statements of their own run those of the next one. */
function buildSwitchBody(frame: F): Part {
  const cases: Mutable<CasePart>[] = [];
  let start: number | undefined;
  let patterns: Expr[] = [];
  const parts = childrenOfKind(frame, 'case');
  parts.forEach((part, index) => {
    start ??= part.start;
    for (const pattern of part.patterns) patterns.push(pattern);
    if (part.body.length === 0 && index < parts.length - 1) return;
    cases.push({ ...part, start, patterns });
    start = undefined;
    patterns = [];
  });
  return { kind: 'block', start: frame.start, end: frame.end, body: [], cases };
}

function buildSwitch(frame: F): Part {
  return {
    kind: 'match', start: frame.start, end: frame.end, subject: exprIn(frame, 'value') ?? absent(frame),
    cases: childOf(frame, 'block')?.cases ?? [],
  };
}

// --------------------------------------------------------------------- rest

/** A namespace, a label, `declare`: what is inside counts where it stands. */
function buildThrough(frame: F, context: Definitions): Part {
  const body = frame.children.flatMap((child) => listed(child.value, context));
  return { kind: 'block', start: frame.start, end: frame.end, body, cases: [] };
}

/** What is left of a stretch the parser gave up on: the complete statements in it, and its expressions. */
export function buildError(frame: F): Part {
  const parts = exprsOf(frame);
  for (const list of childrenOfKind(frame, 'arguments')) for (const argument of list.args) parts.push(argument.value);
  const body = frame.children.flatMap((child) => statementsIn(child.value));
  return { kind: 'unknownStatement', start: frame.start, end: frame.end, syntax: 'ERROR', parts, body };
}

/** An assignment of a declaration. */
export function declarationOf(target: Expr, annotation: Expr | undefined, value: Expr | undefined, start: number, end: number): Assign {
  return {
    kind: 'assign', start, end, targets: [target],
    ...(annotation === undefined ? {} : { annotation }), ...(value === undefined ? {} : { value }),
  };
}

const shapeless: Rule = { build: shapelessStatement };
const opaque: Rule = { leaf: true, build: (frame) => ({ kind: 'unknownStatement', start: frame.start, end: frame.end, syntax: frame.type, parts: [], body: [] }) };
const nothing: Rule = { leaf: true, build: () => undefined };

export const statementRules: Rules = {
  program: { build: buildBlock },
  statement_block: { build: buildBlock },
  expression_statement: { build: buildExpressionStatement },
  return_statement: { build: buildReturn },
  throw_statement: { build: buildThrow },
  break_statement: flow('break'),
  continue_statement: flow('continue'),
  empty_statement: nothing,
  debugger_statement: opaque,
  hash_bang_line: nothing,
  if_statement: { fields: true, build: buildIf },
  else_clause: { build: buildElse },
  for_statement: { fields: true, build: buildFor },
  for_in_statement: { fields: true, build: buildForIn },
  while_statement: { fields: true, build: buildWhile },
  do_statement: { fields: true, build: buildWhile },
  try_statement: { fields: true, build: buildTry },
  catch_clause: { fields: true, build: buildCatch },
  finally_clause: { build: buildFinally },
  switch_statement: { fields: true, build: buildSwitch },
  switch_body: { build: buildSwitchBody },
  switch_case: { fields: true, build: buildCase },
  switch_default: { fields: true, build: buildCase },
  labeled_statement: { build: buildThrough },
  with_statement: shapeless,
  internal_module: { build: buildThrough },
  module: { build: buildThrough },
  ambient_declaration: { build: buildThrough },
  type_alias_declaration: opaque,
  function_signature: opaque,
  import_alias: opaque,
};
