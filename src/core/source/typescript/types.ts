/** Builders of type annotations: as much of a type as tells what a value is. What holds no value is left as it stands. */
import type { Expr } from '../model.ts';
import type { Definitions } from '../syntax/definitions.ts';
import { childOf, exprsOf, isExpr, unknownOf } from '../syntax/parts.ts';
import type { Part } from '../syntax/parts.ts';
import type { Frame, NodeRule } from '../syntax/table.ts';
import { chainOf } from './literals.ts';

type F = Frame<Part>;
type Rule = NodeRule<Part, Definitions>;

function inner(frame: F): Part | undefined {
  for (const child of frame.children) {
    if (isExpr(child.value)) return child.value;
  }
  return undefined;
}

/** `a.b.C`, written with dots. */
function buildNested(frame: F, context: Definitions): Part {
  return chainOf(context, frame);
}

/** `Map<string, Risk>`. */
function buildGeneric(frame: F): Expr {
  const object = exprsOf(frame)[0];
  if (object === undefined) return unknownOf(frame);
  return { kind: 'index', start: frame.start, end: frame.end, object, indices: childOf(frame, 'types')?.items ?? [] };
}

/** `Risk | undefined`, in the order written; the grammar nests it to the left. */
function buildUnion(frame: F): Expr {
  const operands: Expr[] = [];
  for (const part of exprsOf(frame)) {
    if (part.kind === 'binary' && part.ops[0] === '|') for (const operand of part.operands) operands.push(operand);
    else operands.push(part);
  }
  if (operands.length < 2) return operands[0] ?? unknownOf(frame);
  return { kind: 'binary', start: frame.start, end: frame.end, ops: operands.slice(1).map(() => '|'), operands };
}

const name: Rule = { leaf: true, build: buildNested };
const opaque: Rule = { leaf: true, build: unknownOf };
const nothing: Rule = { leaf: true, build: () => undefined };

/** Types with signatures in them hold parameters of no function: they are never descended into. */
export const typeRules: Readonly<Record<string, Rule>> = {
  type_identifier: name,
  predefined_type: name,
  this_type: name,
  nested_type_identifier: name,
  nested_identifier: name,
  type_annotation: { build: inner },
  opting_type_annotation: { build: inner },
  omitting_type_annotation: { build: inner },
  type_predicate_annotation: nothing,
  asserts_annotation: nothing,
  generic_type: { build: buildGeneric },
  type_arguments: { build: (frame) => ({ kind: 'types', items: exprsOf(frame) }) },
  type_parameters: nothing,
  union_type: { build: buildUnion },
  parenthesized_type: { build: inner },
  readonly_type: { build: inner },
  literal_type: { build: inner },
  array_type: { build: (frame) => unknownOf(frame) },
  tuple_type: opaque,
  object_type: opaque,
  function_type: opaque,
  constructor_type: opaque,
  conditional_type: opaque,
  intersection_type: opaque,
  index_type_query: opaque,
  type_query: opaque,
  lookup_type: opaque,
  infer_type: opaque,
  template_literal_type: opaque,
  existential_type: opaque,
  flow_maybe_type: opaque,
  rest_type: opaque,
  optional_type: opaque,
};
