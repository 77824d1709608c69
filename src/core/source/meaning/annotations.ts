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
  'Generator', 'AsyncGenerator', 'Literal', 'defaultdict', 'DefaultDict', 'OrderedDict', 'Collection', 'ContextManager', 'Array', 'ReadonlyArray', 'array', 'Map', 'Record', 'WeakMap', 'ReadonlyMap', 'ReadonlySet',
]);

/** Containers whose elements a loop gives, and which argument names them; `tuple` only where all are alike; `array` is MQL5's `CRisk *risks[]`. */
const LISTS: ReadonlySet<string> = new Set([
  'array', 'list', 'tuple', 'set', 'frozenset', 'deque', 'List', 'Tuple', 'Set', 'FrozenSet', 'Deque', 'Sequence', 'MutableSequence', 'Iterable',
  'Iterator', 'Collection', 'AsyncIterator', 'AsyncIterable', 'Generator', 'AsyncGenerator',
  // What an MQL5 declaration `CRisk risks[]` is written as.
  'array',
]);
/** Containers whose values are found by a key: the second argument. */
const DICTS: ReadonlySet<string> = new Set(['dict', 'Dict', 'Mapping', 'MutableMapping', 'defaultdict', 'DefaultDict', 'OrderedDict']);

/** What a container's annotation says of it. */
export interface ContainerType {
  readonly root: 'list' | 'dict';
  /** Annotation of its elements, or of its values. */
  readonly element: Expr;
}

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

/**
 * The container an annotation names, unwrapped: `Optional[list[Filter]]`, `dict[str, Filter]`, `"tuple[Filter, ...]"`.
 * @returns undefined for everything else, and for tuples of several types.
 */
export function containerType(annotation: Expr): ContainerType | undefined {
  let current: Expr | undefined = annotation;
  for (let depth = 0; depth < MAX_WRAPPERS && current !== undefined; depth++) {
    if (current.kind === 'literal') {
      current = current.type === 'string' ? indexInText(current) : undefined;
      continue;
    }
    if (current.kind === 'binary') {
      current = current.ops.every((op) => op === '|') ? onlyType(current.operands) : undefined;
      continue;
    }
    if (current.kind !== 'index') { return undefined; }
    const head = lastName(current.object) ?? '';
    const parts = argumentsOf(current.indices);
    if (LISTS.has(head) || DICTS.has(head)) { return elementOf(head, parts); }
    if (!TRANSPARENT.has(head)) { return undefined; }
    current = head === 'Union' ? onlyType(parts) : parts[0];
  }
  return undefined;
}

function elementOf(head: string, parts: readonly Expr[]): ContainerType | undefined {
  const dict = DICTS.has(head);
  const element = parts[dict ? 1 : 0];
  if (element === undefined || (dict && parts.length !== 2)) { return undefined; }
  const alike = !/^tuple$/i.test(head) || parts.length === 1 || (parts.length === 2 && isEllipsis(parts[1]!));
  return alike ? { root: dict ? 'dict' : 'list', element } : undefined;
}

/** `...`, as the source layer reads it or as it stands in a text. */
function isEllipsis(expr: Expr): boolean {
  if (expr.kind === 'literal') { return String(expr.value) === '...'; }
  return expr.kind === 'unknown' && expr.parts.length === 0;
}

/** `"list[Filter]"`: a head and its arguments, each a text again. */
function indexInText(literal: Literal): Expr | undefined {
  const text = String(literal.value).trim().replace(/\| {0,4}None$/, '').trim();
  const open = text.indexOf('[');
  if (open < 0 || !text.endsWith(']') || text.length > MAX_TEXT) { return undefined; }
  const { start, end } = literal.content ?? literal;
  const head = text.slice(0, open);
  if (!DOTTED.test(head)) { return undefined; }
  const indices = splitArguments(text.slice(open + 1, -1))
    .map((part): Literal => ({ kind: 'literal', type: part === 'None' ? 'none' : 'string', value: part, text: part, start, end }));
  return { kind: 'index', object: dottedName(head, literal), indices, start, end };
}

/** Longest annotation in a text that is taken apart. */
const MAX_TEXT = 500;

/** `str, dict[str, X]` → `str` and `dict[str, X]`. */
function splitArguments(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '[') { depth++; } else if (sign === ']') { depth--; } else if (sign === ',' && depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...parts, text.slice(start).trim()];
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
