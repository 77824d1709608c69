/**
 * Builders of Python's expressions. They run for every node of every file, so they name `start` and `end` one by one and
 * take children by index: spreading and destructuring cost more than the node itself.
 */
import type { Argument, Binary, BooleanExpr, Expr, Literal, UnknownExpr } from '../model.ts';
import type { Frame, NodeRule } from '../syntax/table.ts';
import { chainOf, isDotted } from './chains.ts';
import type { Definitions } from '../syntax/definitions.ts';
import { isInterpolated, numberValue } from './literals.ts';
import {
  childOf, childrenOfKind, exprIn, exprsIn, exprsOf, isExpr, tokenOf, unknownOf,
} from '../syntax/parts.ts';
import type { Mutable, Part } from '../syntax/parts.ts';
import { buildConcatenated, buildContent, buildFormat, buildInterpolation, buildString } from './strings.ts';

type F = Frame<Part>;
type Rules = Readonly<Record<string, NodeRule<Part, Definitions>>>;

/** Operators of one level bind from left to right and make one flat chain; `**` binds from the right and nests. */
const LEVEL: Readonly<Record<string, number>> = {
  '|': 1, '^': 2, '&': 3, '<<': 4, '>>': 4, '+': 5, '-': 5, '*': 6, '@': 6, '/': 6, '%': 6, '//': 6,
};

type Build = NodeRule<Part, Definitions>['build'];

/**
 * The grammar binds the star of `[*f(x)]` to `f` alone; it belongs to all that follows, so it moves out of every node it
 * is the first part of.
 */
function underStar(build: Build): Build {
  return (frame, context) => {
    const first = frame.children[0];
    const star = first?.value;
    if (first === undefined || star?.kind !== 'unknown' || star.syntax !== 'list_splat' || star.start !== frame.start) {
      return build(frame, context);
    }
    const operand = star.parts[0];
    if (operand === undefined) return build(frame, context);
    const children = frame.children.with(0, { field: first.field, value: operand });
    const start = skipBlanks(context.text, star.start + 1);
    const value = build({ type: frame.type, field: frame.field, start, end: frame.end, children }, context);
    return value === undefined || !isExpr(value) ? value : { kind: 'unknown', start: frame.start, end: frame.end, syntax: 'list_splat', parts: [value] };
  };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

function buildName(frame: F, context: Definitions): Expr {
  return { kind: 'name', start: frame.start, end: frame.end, name: context.name(frame.start, frame.end) };
}

function buildNumber(frame: F, context: Definitions): Expr {
  const text = context.text.slice(frame.start, frame.end);
  const value = numberValue(text);
  if (value === undefined) return { kind: 'unknown', start: frame.start, end: frame.end, syntax: 'complex', parts: [] };
  return { kind: 'literal', start: frame.start, end: frame.end, type: 'number', value, text };
}

function constant(type: Literal['type'], value: boolean | null): NodeRule<Part, Definitions> {
  return {
    leaf: true,
    build: (frame, context) => (
      { kind: 'literal', start: frame.start, end: frame.end, type, value, text: context.text.slice(frame.start, frame.end) }
    ),
  };
}

function buildType(frame: F, context: Definitions): Part {
  return frame.children.length === 0 ? chainOf(context, frame) : inner(frame);
}

/** `(x)` and wrappers of the grammar: the expression itself. */
function inner(frame: F): Part {
  for (const child of frame.children) {
    if (isExpr(child.value)) return child.value;
  }
  return unknownOf(frame);
}

function buildMember(frame: F, context: Definitions): Expr {
  if (frame.children.length === 0) return chainOf(context, frame);
  const parts = exprsOf(frame);
  const object = parts[0];
  const attribute = parts[1];
  if (object === undefined || attribute?.kind !== 'name') return unknownOf(frame);
  return {
    kind: 'member', start: frame.start, end: frame.end, object, property: attribute.name,
    propertySpan: { start: attribute.start, end: attribute.end },
  };
}

/** `a.b.c` of an import or a pattern. */
function buildDotted(frame: F, context: Definitions): Expr {
  if (frame.children.length === 0) return chainOf(context, frame);
  let dotted: Expr | undefined;
  for (const name of childrenOfKind(frame, 'name')) {
    dotted = dotted === undefined ? name : {
      kind: 'member', start: dotted.start, end: name.end, object: dotted, property: name.name,
      propertySpan: { start: name.start, end: name.end },
    };
  }
  return dotted ?? unknownOf(frame);
}

function buildIndex(frame: F): Expr {
  const [object, ...indices] = exprsOf(frame);
  if (object === undefined) return unknownOf(frame);
  return { kind: 'index', start: frame.start, end: frame.end, object, indices };
}

/** `list[int]` as a type. */
function buildGeneric(frame: F): Expr {
  const object = exprsOf(frame)[0];
  if (object === undefined) return unknownOf(frame);
  return { kind: 'index', start: frame.start, end: frame.end, object, indices: childOf(frame, 'types')?.items ?? [] };
}

function buildCall(frame: F): Expr {
  const parts = exprsOf(frame);
  const callee = parts[0];
  const only = parts[1];
  if (callee === undefined) return unknownOf(frame);
  const list = childOf(frame, 'arguments');
  if (list !== undefined) return { kind: 'call', start: frame.start, end: frame.end, callee, args: list.args };
  // `sum(x for x in y)`: the only argument has no brackets of its own.
  const args: Argument[] = only === undefined ? [] : [{ start: only.start, end: only.end, value: only }];
  return { kind: 'call', start: frame.start, end: frame.end, callee, args };
}

function buildArguments(frame: F): Part {
  const args: Argument[] = [];
  for (const { value } of frame.children) {
    if (value.kind === 'argument') args.push(value.argument);
    else if (isExpr(value)) args.push(positional(value));
  }
  return { kind: 'arguments', start: frame.start, end: frame.end, args };
}

function positional(value: Expr): Argument {
  const spread = value.kind === 'unknown' ? SPREADS[value.syntax] : undefined;
  const part = value.kind === 'unknown' ? value.parts[0] : undefined;
  if (spread !== undefined && part !== undefined) return { start: value.start, end: value.end, spread, value: part };
  return { start: value.start, end: value.end, value };
}

const SPREADS: Readonly<Record<string, '*' | '**'>> = { list_splat: '*', dictionary_splat: '**' };

function buildKeyword(frame: F): Part {
  const parts = exprsOf(frame);
  const name = parts[0];
  const value = parts[1];
  if (name?.kind !== 'name' || value === undefined) return unknownOf(frame);
  const nameSpan = { start: name.start, end: name.end };
  return { kind: 'argument', argument: { start: frame.start, end: frame.end, name: name.name, nameSpan, value } };
}

function buildUnary(frame: F): Expr {
  const operand = exprsOf(frame)[0];
  const op = tokenOf(frame, '-', '+', '~', 'not');
  if (operand === undefined || op === undefined) return unknownOf(frame);
  return { kind: 'unary', start: frame.start, end: frame.end, op, operand };
}

/** Both sides and the operator of a binary node; `|` of types has no fields. */
function sides(frame: F): { left: Expr; right: Expr; op: string } | undefined {
  const parts = exprsOf(frame);
  const left = parts[0];
  const right = parts[1];
  const token = childOf(frame, 'token');
  return left === undefined || right === undefined || token === undefined ? undefined : { left, right, op: token.text };
}

/** Grows the chain on the left instead of nesting it, in place: nobody else holds a node that was just built. */
function buildBinary(frame: F): Expr {
  const parts = sides(frame);
  if (parts === undefined) return unknownOf(frame);
  const { left, right, op } = parts;
  const level = LEVEL[op];
  if (left.kind === 'binary' && level !== undefined && LEVEL[left.ops[0]!] === level) {
    const chain = left as Mutable<Binary>;
    chain.start = frame.start;
    chain.end = frame.end;
    (chain.operands as Expr[]).push(right);
    (chain.ops as string[]).push(op);
    return left;
  }
  return { kind: 'binary', start: frame.start, end: frame.end, ops: [op], operands: [left, right] };
}

/** `A | B | C` of types may come with the end of the chain as its right side. */
function buildUnion(frame: F): Expr {
  const right = sides(frame)?.right;
  const left = sides(frame)?.left;
  if (left === undefined || left.kind === 'binary' || right?.kind !== 'binary' || right.ops[0] !== '|') return buildBinary(frame);
  const chain = right as Mutable<Binary>;
  chain.start = frame.start;
  (chain.operands as Expr[]).unshift(left);
  (chain.ops as string[]).unshift('|');
  return right;
}

function buildBoolean(frame: F): Expr {
  const parts = sides(frame);
  if (parts === undefined) return unknownOf(frame);
  const op = parts.op === 'or' ? 'or' : 'and';
  const { left, right } = parts;
  if (left.kind === 'boolean' && left.op === op) {
    const chain = left as Mutable<BooleanExpr>;
    chain.start = frame.start;
    chain.end = frame.end;
    (chain.operands as Expr[]).push(right);
    return left;
  }
  return { kind: 'boolean', start: frame.start, end: frame.end, op, operands: [left, right] };
}

function buildCompare(frame: F): Expr {
  const operands = exprsOf(frame);
  // `<>` is how Python 2 also wrote `!=`.
  const ops = childrenOfKind(frame, 'token').map((token) => (token.text === '<>' ? '!=' : token.text));
  if (operands.length !== ops.length + 1 || ops.length === 0) return unknownOf(frame);
  return { kind: 'compare', start: frame.start, end: frame.end, ops, operands };
}

function buildConditional(frame: F): Expr {
  const [then, test, otherwise] = exprsOf(frame);
  if (then === undefined || test === undefined || otherwise === undefined) return unknownOf(frame);
  return { kind: 'conditional', start: frame.start, end: frame.end, test, then, else: otherwise };
}

function buildAwait(frame: F): Expr {
  const operand = exprsOf(frame)[0];
  return operand === undefined ? unknownOf(frame) : { kind: 'await', start: frame.start, end: frame.end, operand };
}

function buildYield(frame: F, context: Definitions): Expr {
  context.markGenerator();
  const syntax = tokenOf(frame, 'from') === undefined ? 'yield' : 'yield_from';
  return { kind: 'unknown', start: frame.start, end: frame.end, syntax, parts: exprsOf(frame) };
}

function collection(type: 'list' | 'tuple' | 'set'): NodeRule<Part, Definitions> {
  return { build: (frame) => ({ kind: 'collection', type, start: frame.start, end: frame.end, items: exprsOf(frame) }) };
}

/** `(x) = 1` only has brackets around its target. */
function buildTuplePattern(frame: F): Expr {
  const items = exprsOf(frame);
  const only = items[0];
  if (only !== undefined && items.length === 1 && tokenOf(frame, ',') === undefined) return only;
  return { kind: 'collection', type: 'tuple', start: frame.start, end: frame.end, items };
}

function buildDict(frame: F): Expr {
  const items: Expr[] = [];
  const keys: (Expr | null)[] = [];
  for (const { value } of frame.children) {
    if (value.kind === 'pair') {
      keys.push(value.key);
      items.push(value.value);
    } else if (isExpr(value)) {
      keys.push(null);
      items.push(value.kind === 'unknown' && value.syntax === 'dictionary_splat' ? value.parts[0] ?? value : value);
    }
  }
  return { kind: 'collection', type: 'dict', start: frame.start, end: frame.end, items, keys };
}

function buildPair(frame: F): Part {
  const [key, value] = exprsOf(frame);
  return key === undefined || value === undefined ? unknownOf(frame) : { kind: 'pair', key, value };
}

function comprehension(type: 'list' | 'set' | 'dict' | 'generator'): NodeRule<Part, Definitions> {
  return {
    fields: true,
    build: (frame) => {
      const pair = childOf(frame, 'pair');
      const element = pair?.value ?? exprIn(frame, 'body');
      const clauses: { target: Expr; iterable: Expr; conditions: Expr[] }[] = [];
      for (const { value } of frame.children) {
        if (value.kind === 'forIn') clauses.push({ target: value.target, iterable: value.iterable, conditions: [] });
        else if (value.kind === 'ifClause') clauses.at(-1)?.conditions.push(value.test);
      }
      if (element === undefined) return unknownOf(frame);
      const key = pair === undefined ? {} : { key: pair.key };
      return { kind: 'comprehension', type, start: frame.start, end: frame.end, element, ...key, clauses };
    },
  };
}

function buildForIn(frame: F): Part {
  const target = exprIn(frame, 'left');
  const iterables = exprsIn(frame, 'right');
  const first = iterables[0];
  if (target === undefined || first === undefined) return unknownOf(frame);
  if (iterables.length === 1) return { kind: 'forIn', target, iterable: first };
  // Python 2: `for x in 1, 2`.
  const tuple: Expr = { kind: 'collection', type: 'tuple', start: first.start, end: iterables.at(-1)!.end, items: iterables };
  return { kind: 'forIn', target, iterable: tuple };
}

function buildIfClause(frame: F): Part {
  const test = exprsOf(frame)[0];
  return test === undefined ? unknownOf(frame) : { kind: 'ifClause', test };
}

/** Patterns of `match`: a minus sign and `_` are bare tokens there. */
function buildCasePattern(frame: F): Part {
  const value = frame.children.find((child) => isExpr(child.value))?.value as Expr | undefined;
  const sign = tokenOf(frame, '-', '_');
  if (value === undefined) return sign === '_' ? { kind: 'name', start: frame.start, end: frame.end, name: '_' } : unknownOf(frame);
  return sign === '-' ? { kind: 'unary', start: frame.start, end: frame.end, op: '-', operand: value } : value;
}

/** A node with a shape the model has no name for; its parts are still walked. */
const shapeless: NodeRule<Part, Definitions> = { build: (frame): UnknownExpr => unknownOf(frame) };
const transparent: NodeRule<Part, Definitions> = { build: inner };

/** Grammar of tree-sitter-python 0.25: https://github.com/tree-sitter/tree-sitter-python/blob/v0.25.0/grammar.js */
export const expressionRules: Rules = {
  identifier: { leaf: true, build: buildName },
  integer: { leaf: true, build: buildNumber },
  float: { leaf: true, build: buildNumber },
  true: constant('boolean', true),
  false: constant('boolean', false),
  none: constant('none', null),
  ellipsis: { leaf: true, build: unknownOf },
  // May stand anywhere, and means nothing.
  line_continuation: { leaf: true, build: () => undefined },
  string: { leaf: (text, start) => !isInterpolated(text, start), build: buildString },
  string_start: { leaf: true, build: () => undefined },
  string_end: { leaf: true, build: () => undefined },
  string_content: { leaf: true, build: buildContent },
  interpolation: { tokens: true, build: buildInterpolation },
  format_expression: { tokens: true, build: buildInterpolation },
  format_specifier: { build: buildFormat },
  type_conversion: { leaf: true, build: buildFormat },
  concatenated_string: { build: buildConcatenated },
  parenthesized_expression: transparent,
  as_pattern_target: transparent,
  type: { leaf: isDotted, build: buildType },
  attribute: { leaf: isDotted, build: underStar(buildMember) },
  member_type: shapeless,
  dotted_name: { leaf: isDotted, build: buildDotted },
  subscript: { build: underStar(buildIndex) },
  generic_type: { build: buildGeneric },
  type_parameter: { build: (frame) => ({ kind: 'types', items: exprsOf(frame) }) },
  union_type: { tokens: true, build: buildUnion },
  call: { build: underStar(buildCall) },
  argument_list: { build: buildArguments },
  keyword_argument: { build: buildKeyword },
  unary_operator: { tokens: true, build: buildUnary },
  not_operator: { tokens: true, build: buildUnary },
  binary_operator: { tokens: true, build: underStar(buildBinary) },
  boolean_operator: { tokens: true, build: underStar(buildBoolean) },
  comparison_operator: { tokens: true, build: underStar(buildCompare) },
  conditional_expression: { build: underStar(buildConditional) },
  await: { build: buildAwait },
  yield: { tokens: true, build: buildYield },
  list: collection('list'),
  tuple: collection('tuple'),
  set: collection('set'),
  expression_list: collection('tuple'),
  pattern_list: collection('tuple'),
  tuple_pattern: { tokens: true, build: buildTuplePattern },
  list_pattern: collection('list'),
  dictionary: { build: buildDict },
  pair: { build: buildPair },
  list_comprehension: comprehension('list'),
  set_comprehension: comprehension('set'),
  dictionary_comprehension: comprehension('dict'),
  generator_expression: comprehension('generator'),
  for_in_clause: { fields: true, build: buildForIn },
  if_clause: { build: buildIfClause },
  case_pattern: { tokens: true, build: buildCasePattern },
  list_splat: shapeless,
  dictionary_splat: shapeless,
};
