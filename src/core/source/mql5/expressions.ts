/** Builders of MQL5's expressions. */
import type { Argument, Binary, BooleanExpr, Expr, Literal, UnknownExpr } from '../model.ts';
import type { Definitions } from '../syntax/definitions.ts';
import { childOf, childrenOfKind, exprIn, exprsOf, isExpr, tokenOf, unknownOf } from '../syntax/parts.ts';
import type { Mutable, Part } from '../syntax/parts.ts';
import type { Frame, NodeRule } from '../syntax/table.ts';
import { numberLiteral, stringLiteral } from './literals.ts';

type F = Frame<Part>;
type Rules = Readonly<Record<string, NodeRule<Part, Definitions>>>;

/** Operators of one level bind from left to right and make one flat chain. */
const LEVEL: Readonly<Record<string, number>> = {
  '|': 1, '^': 2, '&': 3, '<<': 4, '>>': 4, '+': 5, '-': 5, '*': 6, '/': 6, '%': 6,
};
const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);

function buildName(frame: F, context: Definitions): Expr {
  return { kind: 'name', start: frame.start, end: frame.end, name: context.name(frame.start, frame.end) };
}

/** `unsigned int` and the like: the last word is the type. */
function buildSizedType(frame: F, context: Definitions): Expr {
  const words = context.text.slice(frame.start, frame.end).split(/\s+/);
  return { kind: 'name', start: frame.start, end: frame.end, name: words[words.length - 1]! };
}

function constant(type: Literal['type'], value: boolean | null): NodeRule<Part, Definitions> {
  return {
    leaf: true,
    build: (frame, context) => (
      { kind: 'literal', start: frame.start, end: frame.end, type, value, text: context.text.slice(frame.start, frame.end) }
    ),
  };
}

/** The only expression inside: brackets and wrappers of the grammar. */
function inner(frame: F): Part {
  for (const child of frame.children) {
    if (isExpr(child.value)) return child.value;
  }
  return unknownOf(frame);
}

/** `"a" "b"` is one string. */
function buildConcatenated(frame: F): Expr {
  const operands = exprsOf(frame);
  const [only] = operands;
  if (only === undefined) return unknownOf(frame);
  if (operands.length === 1) return only;
  return { kind: 'binary', start: frame.start, end: frame.end, ops: operands.slice(1).map(() => '+'), operands };
}

/** `a.b`, also of a pointer: MQL5 writes both alike. */
function buildMember(frame: F): Expr {
  const [object, property] = exprsOf(frame);
  if (object === undefined) return unknownOf(frame);
  if (property?.kind === 'unknown' && property.syntax === 'template_function') {
    const [name, ...types] = property.parts;
    const member = name === undefined ? object : memberOf(object, name, frame.start);
    return { kind: 'unknown', start: frame.start, end: frame.end, syntax: 'template_function', parts: [member, ...types] };
  }
  return property?.kind === 'name' ? memberOf(object, property, frame.start) : unknownOf(frame);
}

function memberOf(object: Expr, property: Expr, start: number): Expr {
  const name = property.kind === 'name' ? property.name : '';
  return { kind: 'member', start, end: property.end, object, property: name, propertySpan: { start: property.start, end: property.end } };
}

/** `Class::name`; `::name` is the global one. */
function buildQualified(frame: F): Expr {
  const [scope, name] = exprsOf(frame);
  if (scope === undefined) return unknownOf(frame);
  if (name === undefined) return scope;
  if (name.kind === 'name') return memberOf(scope, name, frame.start);
  if (name.kind !== 'member' || name.object.kind !== 'name') return unknownOf(frame);
  return { ...name, start: frame.start, object: memberOf(scope, name.object, frame.start) };
}

function buildIndex(frame: F): Expr {
  const [object] = exprsOf(frame);
  const list = childOf(frame, 'arguments');
  if (object === undefined) return unknownOf(frame);
  return { kind: 'index', start: frame.start, end: frame.end, object, indices: list?.args.map((argument) => argument.value) ?? [] };
}

function buildArguments(frame: F): Part {
  const args = exprsOf(frame).map((value): Argument => ({ start: value.start, end: value.end, value }));
  return { kind: 'arguments', start: frame.start, end: frame.end, args };
}

function buildCall(frame: F): Expr {
  const [callee] = exprsOf(frame);
  const args = childOf(frame, 'arguments')?.args ?? [];
  if (callee === undefined) return unknownOf(frame);
  if (callee.kind === 'unknown' && callee.syntax === 'template_function') return templateCall(frame, callee, args);
  return { kind: 'call', start: frame.start, end: frame.end, callee, args };
}

/** `dynamic_cast<CRisk *>(p)` makes a `CRisk` of `p`; `a < b && c > (d)` is what the grammar may take for a template. */
function templateCall(frame: F, callee: UnknownExpr, args: readonly Argument[]): Expr {
  const [name, type] = callee.parts;
  const [argument] = args;
  if (name === undefined) return unknownOf(frame);
  if (type?.kind === 'boolean' && argument !== undefined) {
    const operands = [...type.operands];
    const [first] = operands;
    const last = operands[operands.length - 1]!;
    operands[0] = { kind: 'compare', start: frame.start, end: first!.end, ops: ['<'], operands: [name, first!] };
    operands[operands.length - 1] = { kind: 'compare', start: last.start, end: frame.end, ops: ['>'], operands: [last, argument.value] };
    return { kind: 'boolean', start: frame.start, end: frame.end, op: type.op, operands };
  }
  const cast = name.kind === 'name' && name.name === 'dynamic_cast' && type?.kind === 'name';
  return { kind: 'call', start: frame.start, end: frame.end, callee: cast ? type : name, args };
}

function buildTemplate(frame: F): Expr {
  const name = exprsOf(frame)[0];
  if (name === undefined) return unknownOf(frame);
  return {
    kind: 'unknown', start: frame.start, end: frame.end, syntax: 'template_function', parts: [name, ...childOf(frame, 'types')?.items ?? []],
  };
}

/** `CArrayObj<CRisk>` as a type. */
function buildTemplateType(frame: F): Expr {
  const object = exprsOf(frame)[0];
  if (object === undefined) return unknownOf(frame);
  return { kind: 'index', start: frame.start, end: frame.end, object, indices: childOf(frame, 'types')?.items ?? [] };
}

/** `(double)x` is a call of the type, as `double(x)` is. */
function buildCast(frame: F): Expr {
  const [type, value] = exprsOf(frame);
  if (type === undefined || value === undefined) return unknownOf(frame);
  return { kind: 'call', start: frame.start, end: frame.end, callee: type, args: [{ start: value.start, end: value.end, value }] };
}

/** `new CRisk(5)` makes an instance, as a call of the class does. */
function buildNew(frame: F): Expr {
  const callee = exprsOf(frame)[0];
  if (callee === undefined) return unknownOf(frame);
  return { kind: 'call', start: frame.start, end: frame.end, callee, args: childOf(frame, 'arguments')?.args ?? [] };
}

function buildUnary(frame: F): Expr {
  const operand = exprsOf(frame)[0];
  const op = tokenOf(frame, '!', '-', '+', '~', 'not');
  if (operand === undefined || op === undefined) return unknownOf(frame);
  return { kind: 'unary', start: frame.start, end: frame.end, op: op === '!' ? 'not' : op, operand };
}

/** `i++` inside an expression; as a statement it is an assignment. */
function buildUpdate(frame: F): Expr {
  const operand = exprsOf(frame)[0];
  const op = tokenOf(frame, '++', '--');
  if (operand === undefined || op === undefined) return unknownOf(frame);
  return { kind: 'unknown', start: frame.start, end: frame.end, syntax: op, parts: [operand] };
}

/** `(x = f())` inside an expression: the value is kept and used. As a statement it is an assignment. */
function buildAssignment(frame: F): Expr {
  const [target, value] = exprsOf(frame);
  const op = childOf(frame, 'token')?.text;
  if (target === undefined || value === undefined || op === undefined) return unknownOf(frame);
  return { kind: 'unknown', start: frame.start, end: frame.end, syntax: op === '=' ? 'named_expression' : op, parts: [target, value] };
}

function buildComma(frame: F): Expr {
  const parts = exprsOf(frame).flatMap((part) => (part.kind === 'unknown' && part.syntax === 'comma_expression' ? part.parts : [part]));
  return { kind: 'unknown', start: frame.start, end: frame.end, syntax: 'comma_expression', parts };
}

function buildBinary(frame: F): Expr {
  const parts = exprsOf(frame);
  const left = parts[0];
  const right = parts[1];
  const op = childOf(frame, 'token')?.text;
  if (left === undefined || right === undefined || op === undefined) return unknownOf(frame);
  if (op === '&&' || op === '||') return buildBoolean(frame, op === '||' ? 'or' : 'and', left, right);
  if (COMPARISONS.has(op)) return { kind: 'compare', start: frame.start, end: frame.end, ops: [op], operands: [left, right] };
  const level = LEVEL[op];
  // Grown in place where the left side is no bracket of its own: nobody else holds a node that was just built.
  if (left.kind === 'binary' && left.start === frame.start && level !== undefined && LEVEL[left.ops[0]!] === level) {
    const chain = left as Mutable<Binary>;
    chain.end = frame.end;
    (chain.operands as Expr[]).push(right);
    (chain.ops as string[]).push(op);
    return left;
  }
  return { kind: 'binary', start: frame.start, end: frame.end, ops: [op], operands: [left, right] };
}

function buildBoolean(frame: F, op: 'and' | 'or', left: Expr, right: Expr): Expr {
  if (left.kind === 'boolean' && left.op === op && left.start === frame.start) {
    const chain = left as Mutable<BooleanExpr>;
    chain.end = frame.end;
    (chain.operands as Expr[]).push(right);
    return left;
  }
  return { kind: 'boolean', start: frame.start, end: frame.end, op, operands: [left, right] };
}

function buildConditional(frame: F): Expr {
  const [test, then, otherwise] = exprsOf(frame);
  if (test === undefined || then === undefined || otherwise === undefined) return unknownOf(frame);
  return { kind: 'conditional', start: frame.start, end: frame.end, test, then, else: otherwise };
}

function buildList(frame: F): Expr {
  return { kind: 'collection', type: 'list', start: frame.start, end: frame.end, items: exprsOf(frame) };
}

function buildTypes(frame: F): Part {
  return { kind: 'types', items: exprsOf(frame) };
}

/** A type with its pointer mark: `CRisk *`. */
function buildDescriptor(frame: F): Part {
  return exprIn(frame, 'type') ?? inner(frame);
}

function buildSubscripts(frame: F): Part {
  return buildArguments(frame);
}

const word: NodeRule<Part, Definitions> = { leaf: true, build: buildName };
const transparent: NodeRule<Part, Definitions> = { build: inner };
const nothing: NodeRule<Part, Definitions> = { leaf: true, build: () => undefined };

/** The tokens among the children, in order, for a builder that needs more than one. */
export function tokensOf(frame: F): readonly string[] {
  return childrenOfKind(frame, 'token').map((token) => token.text);
}

export const expressionRules: Rules = {
  identifier: word,
  field_identifier: word,
  type_identifier: word,
  namespace_identifier: word,
  primitive_type: word,
  auto: word,
  this: word,
  sized_type_specifier: { leaf: true, build: buildSizedType },
  number_literal: { leaf: true, build: (frame, context) => numberLiteral(context.text, frame) },
  string_literal: { leaf: true, build: (frame, context) => stringLiteral(context.text, frame) },
  concatenated_string: { build: buildConcatenated },
  char_literal: { leaf: true, build: unknownOf },
  true: constant('boolean', true),
  false: constant('boolean', false),
  null: constant('none', null),
  parenthesized_expression: transparent,
  condition_clause: { fields: true, build: (frame) => exprIn(frame, 'value') ?? inner(frame) },
  field_expression: { build: buildMember },
  qualified_identifier: { build: buildQualified },
  subscript_expression: { build: buildIndex },
  subscript_argument_list: { build: buildSubscripts },
  call_expression: { build: buildCall },
  argument_list: { build: buildArguments },
  template_function: { build: buildTemplate },
  template_method: { build: buildTemplate },
  template_type: { build: buildTemplateType },
  template_argument_list: { build: buildTypes },
  type_descriptor: { fields: true, build: buildDescriptor },
  abstract_pointer_declarator: nothing,
  abstract_reference_declarator: nothing,
  abstract_array_declarator: nothing,
  cast_expression: { build: buildCast },
  new_expression: { build: buildNew },
  delete_expression: { build: unknownOf },
  unary_expression: { tokens: true, build: buildUnary },
  // `*p` and `&x`: MQL5's pointers are handles, and both mean the object.
  pointer_expression: transparent,
  update_expression: { tokens: true, build: buildUpdate },
  assignment_expression: { tokens: true, build: buildAssignment },
  comma_expression: { build: buildComma },
  binary_expression: { tokens: true, build: buildBinary },
  conditional_expression: { build: buildConditional },
  initializer_list: { build: buildList },
};
