/** Type annotations as written (`Optional["X"]`, `X | None`, `Annotated[X, …]`) to the one type they name. */
import type { Expr, Literal, Name, Member } from '../model.ts';

/** Wrappers whose first argument is the type that counts. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  'Optional', 'Annotated', 'Final', 'ClassVar', 'Required', 'NotRequired', 'ReadOnly', 'InitVar', 'Union', 'Readonly', 'NonNullable', 'Partial', 'Promise',
]);
/** Containers: an instance of `list[X]` is no `X`. */
const CONTAINERS: ReadonlySet<string> = new Set([
  'list', 'dict', 'tuple', 'set', 'frozenset', 'type', 'deque', 'List', 'Dict', 'Tuple', 'Set', 'FrozenSet', 'Type', 'Deque',
  'Sequence', 'Iterable', 'Iterator', 'Mapping', 'MutableMapping', 'Callable', 'Awaitable', 'Coroutine', 'AsyncIterator',
  'Generator', 'AsyncGenerator', 'Literal', 'defaultdict', 'DefaultDict', 'OrderedDict', 'Collection', 'ContextManager', 'Array', 'ReadonlyArray', 'Map', 'Record', 'WeakMap', 'ReadonlyMap', 'ReadonlySet',
]);

const DOTTED = /^[A-Za-z_][A-Za-z0-9_.]*$/;
const MAX_WRAPPERS = 16;

/**
 * The name or member chain an annotation stands for, unwrapped.
 * @returns undefined for unions of several types, containers and everything computed.
 */
export function annotatedType(annotation: Expr): Name | Member | undefined {
  let current: Expr | undefined = annotation;
  for (let depth = 0; depth < MAX_WRAPPERS && current !== undefined; depth++) {
    switch (current.kind) {
      case 'name':
      case 'member':
        return current;
      case 'literal':
        return current.type === 'string' ? typeInText(current) : undefined;
      case 'binary':
        current = current.ops.every((op) => op === '|') ? onlyType(current.operands) : undefined;
        break;
      case 'index': {
        const head = lastName(current.object);
        if (head === undefined || CONTAINERS.has(head)) { return undefined; }
        if (!TRANSPARENT.has(head)) { current = current.object; break; }
        const parts = argumentsOf(current.indices);
        current = head === 'Union' ? onlyType(parts) : parts[0];
        break;
      }
      default:
        return undefined;
    }
  }
  return undefined;
}

function argumentsOf(indices: readonly Expr[]): readonly Expr[] {
  const only = indices.length === 1 ? indices[0] : undefined;
  return only?.kind === 'collection' ? only.items : indices;
}

function onlyType(parts: readonly Expr[]): Expr | undefined {
  const types = parts.filter((part) => !(part.kind === 'literal' && part.type === 'none') && !(part.kind === 'name' && part.name === 'undefined'));
  return types.length === 1 ? types[0] : undefined;
}

/** Last part of a dotted name: `Optional` of `typing.Optional`. */
export function lastName(expr: Expr): string | undefined {
  if (expr.kind === 'name') { return expr.name; }
  return expr.kind === 'member' ? expr.property : undefined;
}

/** A type written as a string: `"RiskManager"`, `"Optional[RiskManager]"`, `"RiskManager | None"`. */
function typeInText(literal: Literal): Name | Member | undefined {
  let text = String(literal.value).trim();
  for (let depth = 0; depth < MAX_WRAPPERS; depth++) {
    const open = text.indexOf('[');
    if (open < 0 || !text.endsWith(']')) { break; }
    const head = text.slice(0, open).split('.').pop() ?? '';
    if (CONTAINERS.has(head)) { return undefined; }
    text = TRANSPARENT.has(head) ? text.slice(open + 1, -1).trim() : text.slice(0, open).trim();
  }
  const types = text.split('|').map((part) => part.trim()).filter((part) => part !== 'None');
  return types.length === 1 && DOTTED.test(types[0]!) ? dottedName(types[0]!, literal) : undefined;
}

function dottedName(text: string, at: Literal): Name | Member {
  const [first, ...rest] = text.split('.');
  const span = at.content ?? at;
  let expr: Name | Member = { kind: 'name', name: first!, start: span.start, end: span.end };
  for (const property of rest) {
    expr = { kind: 'member', object: expr, property, propertySpan: span, start: span.start, end: span.end };
  }
  return expr;
}
