/**
 * Builders of expressions of TypeScript and JavaScript. They run for every node of every file, so they name `start` and
 * `end` one by one and take children by index.
 */
import type { Argument, Binary, BooleanExpr, Expr, ImportModel, Literal, Parameter, UnknownExpr } from '../model.ts';
import type { Definitions } from '../syntax/definitions.ts';
import { childOf, childrenOfKind, exprIn, exprsOf, isExpr, tokenOf, unknownOf } from '../syntax/parts.ts';
import type { Mutable, Part } from '../syntax/parts.ts';
import type { Frame, NodeRule } from '../syntax/table.ts';
import { aliasOfRequired, moduleOf, requiredBy } from './required.ts';
import { chainOf, isDotted, keyLiteral, numberValue, stringLiteral, templatePiece } from './literals.ts';

type F = Frame<Part>;
type Rule = NodeRule<Part, Definitions>;
type Rules = Readonly<Record<string, Rule>>;

/** Operators of one level bind from left to right and make one flat chain; `**` binds from the right and nests. */
const LEVEL: Readonly<Record<string, number>> = {
  '|': 1, '^': 2, '&': 3, '<<': 4, '>>': 4, '>>>': 4, '+': 5, '-': 5, '*': 6, '/': 6, '%': 6,
};
/** Comparisons, as the model writes them. Without types `==` and `===` ask for the same. */
const COMPARE: Readonly<Record<string, string>> = {
  '<': '<', '<=': '<=', '>': '>', '>=': '>=', '==': '==', '===': '==', '!=': '!=', '!==': '!=', in: 'in', instanceof: 'instanceof',
};

function buildName(frame: F, context: Definitions): Expr {
  return { kind: 'name', start: frame.start, end: frame.end, name: context.name(frame.start, frame.end) };
}

function constant(type: Literal['type'], value: boolean | null): Rule {
  return {
    leaf: true,
    build: (frame, context) => (
      { kind: 'literal', start: frame.start, end: frame.end, type, value, text: context.text.slice(frame.start, frame.end) }
    ),
  };
}

function buildNumber(frame: F, context: Definitions): Expr {
  const text = context.text.slice(frame.start, frame.end);
  return { kind: 'literal', start: frame.start, end: frame.end, type: 'number', value: numberValue(text), text };
}

/** Brackets and wrappers that change nothing at run time: `(x)`, `x as T`, `x!`, `x satisfies T`. */
function inner(frame: F): Part {
  for (const child of frame.children) {
    if (isExpr(child.value)) return child.value;
  }
  return unknownOf(frame);
}

/** `<T>x`: the value comes last. */
function buildAssertion(frame: F): Part {
  return exprsOf(frame).at(-1) ?? unknownOf(frame);
}

/** `a.b`, `a?.b`, `a.#b`. */
function buildMember(frame: F, context: Definitions): Expr {
  if (frame.children.length === 0) return chainOf(context, frame);
  const parts = exprsOf(frame);
  const object = parts[0];
  const property = parts[1];
  if (object === undefined || property?.kind !== 'name') return unknownOf(frame);
  return {
    kind: 'member', start: frame.start, end: frame.end, object, property: property.name,
    propertySpan: { start: property.start, end: property.end },
  };
}

function buildIndex(frame: F): Expr {
  const parts = exprsOf(frame);
  const object = parts[0];
  if (object === undefined) return unknownOf(frame);
  return { kind: 'index', start: frame.start, end: frame.end, object, indices: parts.slice(1) };
}

/** A call, a `new`, or a template with a tag: one shape. */
function buildCall(frame: F, context: Definitions): Expr {
  const parts = exprsOf(frame);
  const callee = parts[0];
  if (callee === undefined) return unknownOf(frame);
  const tagged = parts[1];
  const args = childOf(frame, 'arguments')?.args ?? (tagged === undefined ? [] : [{ start: tagged.start, end: tagged.end, value: tagged }]);
  // The grammar reads `await f<T>(x)` as a call of `await f`.
  if (callee.kind === 'await' && callee.start === frame.start && childOf(frame, 'types') !== undefined) {
    const called: Expr = { kind: 'call', start: callee.operand.start, end: frame.end, callee: callee.operand, args };
    return { kind: 'await', start: frame.start, end: frame.end, operand: called };
  }
  const call: Expr = { kind: 'call', start: frame.start, end: frame.end, callee, args };
  if (callee.kind === 'name') recordRequired(call, context);
  else if (callee.kind === 'member' && callee.property === 'then') handModule(callee.object, args, context);
  return call;
}

/** A module that is brought by an expression is an import under a name of its own. */
function recordRequired(call: Expr, context: Definitions): void {
  const required = requiredBy(call);
  if (required === undefined) return;
  const alias = aliasOfRequired(required.specifier);
  const item: Mutable<ImportModel> = { start: call.start, end: call.end, ...moduleOf(required.specifier), alias, typeOnly: false };
  if (context.function !== undefined) item.function = context.function;
  context.imports.push(item);
}

/** `import('./risk').then((risk) => …)`: what the function is handed is the module. */
function handModule(promise: Expr, args: readonly Argument[], context: Definitions): void {
  const value = args[0]?.value;
  const first = value?.kind === 'lambda' ? context.functions[value.function]?.parameters[0] : undefined;
  if (first !== undefined && requiredBy(promise) !== undefined) (first as Mutable<Parameter>).given = promise;
}

function buildArguments(frame: F): Part {
  const args: Argument[] = [];
  for (const { value } of frame.children) {
    if (!isExpr(value)) continue;
    const part = value.kind === 'unknown' && value.syntax === 'list_splat' ? value.parts[0] : undefined;
    args.push(part === undefined ? { start: value.start, end: value.end, value } : { start: value.start, end: value.end, spread: '*', value: part });
  }
  return { kind: 'arguments', start: frame.start, end: frame.end, args };
}

function buildUnary(frame: F): Expr {
  const operand = exprsOf(frame)[0];
  const op = childOf(frame, 'token')?.text;
  if (operand === undefined || op === undefined) return unknownOf(frame);
  return { kind: 'unary', start: frame.start, end: frame.end, op: op === '!' ? 'not' : op, operand };
}

/** Grows chains on the left instead of nesting them, in place: nobody else holds a node that was just built. */
function buildBinary(frame: F): Expr {
  const parts = exprsOf(frame);
  const left = parts[0];
  const right = parts[1];
  const op = childOf(frame, 'token')?.text;
  if (left === undefined || right === undefined || op === undefined) return unknownOf(frame);
  if (op === '&&' || op === '||' || op === '??') return booleanOf(frame, left, right, op);
  const compare = Object.hasOwn(COMPARE, op) ? COMPARE[op] : undefined;
  if (compare !== undefined) return { kind: 'compare', start: frame.start, end: frame.end, ops: [compare], operands: [left, right] };
  const level = LEVEL[op];
  if (left.kind === 'binary' && left.start === frame.start && level !== undefined && LEVEL[left.ops[0]!] === level) {
    const chain = left as Mutable<Binary>;
    chain.end = frame.end;
    (chain.operands as Expr[]).push(right);
    (chain.ops as string[]).push(op);
    return left;
  }
  return { kind: 'binary', start: frame.start, end: frame.end, ops: [op], operands: [left, right] };
}

function booleanOf(frame: F, left: Expr, right: Expr, op: '&&' | '||' | '??'): Expr {
  const word = op === '&&' ? 'and' : 'or';
  const nullish = op === '??';
  if (left.kind === 'boolean' && left.start === frame.start && left.op === word && (left.nullish === true) === nullish) {
    const chain = left as Mutable<BooleanExpr>;
    chain.end = frame.end;
    (chain.operands as Expr[]).push(right);
    return left;
  }
  return {
    kind: 'boolean', start: frame.start, end: frame.end, op: word, ...(nullish ? { nullish } : {}), operands: [left, right],
  };
}

function buildConditional(frame: F): Expr {
  const [test, then, otherwise] = exprsOf(frame);
  if (then === undefined || test === undefined || otherwise === undefined) return unknownOf(frame);
  return { kind: 'conditional', start: frame.start, end: frame.end, test, then, else: otherwise };
}

function buildAwait(frame: F): Expr {
  const operand = exprsOf(frame)[0];
  return operand === undefined ? unknownOf(frame) : { kind: 'await', start: frame.start, end: frame.end, operand };
}

function buildYield(frame: F, context: Definitions): Expr {
  context.markGenerator();
  const syntax = tokenOf(frame, '*') === undefined ? 'yield' : 'yield_from';
  return { kind: 'unknown', start: frame.start, end: frame.end, syntax, parts: exprsOf(frame) };
}

/** `a = b` as an expression; where it is a statement of its own it becomes one. */
function buildAssignment(frame: F): Expr {
  const [target, value] = exprsOf(frame);
  if (target === undefined || value === undefined) return unknownOf(frame);
  const op = childOf(frame, 'token')?.text;
  return {
    kind: 'unknown', start: frame.start, end: frame.end, syntax: 'named_expression', ...(op === undefined || op === '=' ? {} : { op }),
    parts: [target, value],
  };
}

/** `n++` counts by one; the sign stands for the one. */
function buildUpdate(frame: F, context: Definitions): Expr {
  const target = exprsOf(frame)[0];
  const op = tokenOf(frame, '++', '--');
  if (target === undefined || op === undefined) return unknownOf(frame);
  const prefix = context.text.startsWith(op, frame.start);
  const start = prefix ? frame.start : frame.end - 2;
  const one: Literal = { kind: 'literal', start, end: start + 2, type: 'number', value: 1, text: '1' };
  return {
    kind: 'unknown', start: frame.start, end: frame.end, syntax: 'named_expression', op: op === '++' ? '+=' : '-=', parts: [target, one],
  };
}

function spread(frame: F): Expr {
  return { kind: 'unknown', start: frame.start, end: frame.end, syntax: 'list_splat', parts: exprsOf(frame) };
}

function buildArray(frame: F): Expr {
  return { kind: 'collection', type: 'list', start: frame.start, end: frame.end, items: exprsOf(frame) };
}

/** An object literal, and the pattern that takes one apart. */
function buildObject(frame: F): Expr {
  const items: Expr[] = [];
  const keys: (Expr | null)[] = [];
  for (const { value } of frame.children) {
    if (value.kind === 'pair') {
      keys.push(value.key);
      items.push(value.value);
    } else if (isExpr(value)) {
      keys.push(null);
      items.push(value.kind === 'unknown' && value.syntax === 'list_splat' ? value.parts[0] ?? value : value);
    }
  }
  return { kind: 'collection', type: 'dict', start: frame.start, end: frame.end, items, keys };
}

function buildPair(frame: F, context: Definitions): Part {
  const key = exprIn(frame, 'key');
  const value = exprIn(frame, 'value');
  if (key === undefined || value === undefined) return unknownOf(frame);
  return { kind: 'pair', key: keyOf(key, frame, context), value };
}

/** `size` of `{ size: 1 }` is the text `size`; `[size]` is the value of `size`. */
function keyOf(key: Expr, frame: F, context: Definitions): Expr {
  return key.kind === 'name' && context.text[frame.start] !== '[' ? keyLiteral(context.text, key) : key;
}

/** `{ size }`. */
function buildShorthand(frame: F, context: Definitions): Part {
  const name = context.name(frame.start, frame.end);
  return { kind: 'pair', key: keyLiteral(context.text, frame), value: { kind: 'name', start: frame.start, end: frame.end, name } };
}

/** `{ size = 1 }` of a pattern: its left side was taken for the whole pair. */
function buildObjectAssignment(frame: F): Part {
  const pair = childOf(frame, 'pair');
  const value = exprsOf(frame).at(-1);
  if (pair === undefined || value === undefined) return unknownOf(frame);
  return { kind: 'pair', key: pair.key, value: { kind: 'unknown', start: frame.start, end: frame.end, syntax: 'assignment_pattern', parts: [pair.value, value] } };
}

function buildTemplate(frame: F, context: Definitions): Expr {
  const { text } = context;
  if (frame.children.length === 0) return stringLiteral(text, frame);
  const parts: Expr[] = [];
  let from = frame.start + 1;
  for (const hole of childrenOfKind(frame, 'format')) {
    if (hole.start > from) parts.push(templatePiece(text, from, hole.start));
    for (const part of hole.parts) parts.push(part);
    from = hole.end;
  }
  const end = text[frame.end - 1] === '`' ? frame.end - 1 : frame.end;
  if (end > from) parts.push(templatePiece(text, from, end));
  return { kind: 'template', start: frame.start, end: frame.end, parts };
}

function hasNoHole(text: string, start: number, end: number): boolean {
  const at = text.indexOf('${', start);
  return at < 0 || at >= end;
}

const shapeless: Rule = { build: (frame): UnknownExpr => unknownOf(frame) };
const transparent: Rule = { build: inner };
const nothing: Rule = { leaf: true, build: () => undefined };
const opaque: Rule = { leaf: true, build: unknownOf };

/** Grammar of tree-sitter-typescript 0.23: https://github.com/tree-sitter/tree-sitter-typescript/tree/v0.23.2 */
export const expressionRules: Rules = {
  identifier: { leaf: true, build: buildName },
  property_identifier: { leaf: true, build: buildName },
  private_property_identifier: { leaf: true, build: buildName },
  statement_identifier: nothing,
  this: { leaf: true, build: buildName },
  super: { leaf: true, build: buildName },
  import: { leaf: true, build: buildName },
  number: { leaf: true, build: buildNumber },
  true: constant('boolean', true),
  false: constant('boolean', false),
  null: constant('none', null),
  undefined: constant('none', null),
  string: { leaf: true, build: (frame, context) => stringLiteral(context.text, frame) },
  template_string: { leaf: hasNoHole, build: buildTemplate },
  template_substitution: { build: (frame) => ({ kind: 'format', start: frame.start, end: frame.end, parts: exprsOf(frame) }) },
  string_fragment: nothing,
  escape_sequence: nothing,
  regex: opaque,
  meta_property: opaque,
  optional_chain: nothing,
  parenthesized_expression: transparent,
  as_expression: transparent,
  satisfies_expression: transparent,
  non_null_expression: transparent,
  instantiation_expression: transparent,
  member_expression: { leaf: isDotted, build: buildMember },
  subscript_expression: { build: buildIndex },
  call_expression: { build: buildCall },
  new_expression: { build: buildCall },
  arguments: { build: buildArguments },
  unary_expression: { tokens: true, build: buildUnary },
  binary_expression: { tokens: true, build: buildBinary },
  ternary_expression: { build: buildConditional },
  await_expression: { build: buildAwait },
  yield_expression: { tokens: true, build: buildYield },
  assignment_expression: { build: buildAssignment },
  augmented_assignment_expression: { tokens: true, build: buildAssignment },
  update_expression: { tokens: true, build: buildUpdate },
  sequence_expression: shapeless,
  array: { build: buildArray },
  array_pattern: { build: buildArray },
  object: {
    enter: (_start, context) => context.openObject(),
    build: (frame, context) => {
      context.closeObject();
      return buildObject(frame);
    },
  },
  object_pattern: { build: buildObject },
  pair: { fields: true, build: buildPair },
  pair_pattern: { fields: true, build: buildPair },
  computed_property_name: transparent,
  shorthand_property_identifier: { leaf: true, build: buildShorthand },
  shorthand_property_identifier_pattern: { leaf: true, build: buildShorthand },
  object_assignment_pattern: { build: buildObjectAssignment },
  assignment_pattern: shapeless,
  rest_pattern: { build: spread },
  spread_element: { build: spread },
};

/** `<T>x` is an element in a `.tsx` file, and a value elsewhere. */
export const assertionRules: Rules = { type_assertion: { build: buildAssertion } };

/** Elements keep their shape only as far as the expressions in them. */
export const elementRules: Rules = { jsx_text: nothing, html_character_reference: nothing, jsx_namespace_name: opaque };
