/** References into containers, as written: literals, comprehensions, loops over them, `with` and subscripts. */
import type { NameSite } from '../meaning/bindings.ts';
import type { Call, Collection, Comprehension, Expr, Index, SourceModel } from '../model.ts';
import { qualifiedName } from '../meaning/qualified.ts';
import type { Ref } from './ref.ts';

/** Reads an expression at the site at hand. */
export type ReadRef = (expr: Expr) => Ref | undefined;

/** Stands for elements the file does not show: then it cannot be told which one a subscript gives. */
export const UNKNOWN: Ref = { root: 'name', path: ['?'] };

/** Most items of a literal that are looked at, and most different ones that are kept. */
const MAX_READ = 64;
const MAX_ITEMS = 12;

/** Functions that give the elements of what they are given, in a list of their own or one by one. */
const COPIES: ReadonlySet<string> = new Set([
  'builtins.list', 'builtins.tuple', 'builtins.set', 'builtins.frozenset', 'builtins.sorted', 'builtins.reversed', 'builtins.iter', 'collections.deque',
]);

/** One text per reference. */
export function refKey(ref: Ref): string {
  const type = ref.type === undefined ? '' : `(${refKey(ref.type)})`;
  const items = ref.items === undefined ? '' : `[${ref.items.map(refKey).join()}]`;
  const fields = ref.fields === undefined ? '' : `{${Object.entries(ref.fields).map(([name, field]) => `${name}:${refKey(field)}`).join()}}`;
  return `${ref.root}${type}${items}${fields}.${ref.path.join('.')}`;
}

/** A container of these elements; undefined ones are unknown. Undefined where nothing at all is known of them. */
export function containerOf(root: 'list' | 'dict', elements: readonly (Ref | undefined)[]): Ref | undefined {
  const kept = new Map<string, Ref>();
  for (const element of elements) {
    const item = element === undefined || kept.size >= MAX_ITEMS ? UNKNOWN : element;
    kept.set(refKey(item), item);
  }
  const items = [...kept.values()];
  return items.length === 1 && items[0] === UNKNOWN ? undefined : { root, items, path: [] };
}

/** `[SpreadFilter(), TimeFilter()]`, `{'es': Book()}`, `(a, *b)`; an empty one is a container of nothing. */
export function literalRef(expr: Collection, read: ReadRef): Ref | undefined {
  const items = expr.items.slice(0, MAX_READ).map((item) => {
    const spread = item.kind === 'unknown' && item.syntax === 'list_splat' ? item.parts[0] : undefined;
    return spread === undefined ? read(item) : elementOf(read(spread));
  });
  const rest = expr.items.length > MAX_READ ? [UNKNOWN] : [];
  return containerOf(expr.type === 'dict' ? 'dict' : 'list', [...items, ...rest]);
}

/** An object literal of JavaScript: a container of its values, whose members are known by name. */
export function objectRef(expr: Collection, read: ReadRef): Ref | undefined {
  const container = literalRef(expr, read);
  const fields: [string, Ref][] = [];
  for (let i = Math.min(expr.items.length, MAX_READ) - 1; i >= 0; i--) {
    const key = expr.keys?.[i];
    // What stands before a spread or a computed key may be hidden by it.
    if (key?.kind !== 'literal') { break; }
    const ref = read(expr.items[i]!);
    if (ref !== undefined) { fields.push([String(key.value), ref]); }
  }
  return fields.length === 0 ? container : { ...container ?? { root: 'dict', items: [UNKNOWN], path: [] }, fields: Object.fromEntries(fields.reverse()) };
}

/** `[Book(s) for s in symbols]`. */
export function comprehensionRef(expr: Comprehension, read: ReadRef): Ref | undefined {
  return containerOf(expr.type === 'dict' ? 'dict' : 'list', [read(expr.element)]);
}

/** Containers that calls make: `list(x)`, `deque(maxlen=5)`, `defaultdict(Book)`. */
export function madeContainer(name: string, call: Call, read: ReadRef): Ref | undefined {
  const first = call.args[0];
  const given = first?.name === undefined && first?.spread === undefined ? first?.value : undefined;
  if (COPIES.has(name)) { return given === undefined ? { root: 'list', items: [], path: [] } : containerOf('list', [elementOf(read(given))]); }
  if (name === 'builtins.dict' || name === 'collections.OrderedDict') { return first === undefined ? { root: 'dict', items: [], path: [] } : undefined; }
  if (name !== 'collections.defaultdict' || given === undefined) { return undefined; }
  const factory = read(given);
  return containerOf('dict', [factory === undefined ? undefined : { root: 'result', type: factory, path: [] }]);
}

/** `self.filters[0]`; a slice is no element. */
export function subscriptRef(expr: Index, read: ReadRef): Ref | undefined {
  const [index] = expr.indices;
  if (expr.indices.length !== 1 || index === undefined || (index.kind === 'unknown' && index.syntax === 'slice')) { return undefined; }
  const object = read(expr.object);
  return object === undefined ? undefined : { root: 'item', type: object, path: [] };
}

function elementOf(container: Ref | undefined): Ref | undefined {
  return container === undefined ? undefined : { root: 'element', type: container, path: [] };
}

/**
 * What a loop over an expression gives to the target at a place: `[]` for `for x in …`, `[1]` for `x` of
 * `for i, x in enumerate(…)`. Undefined where the elements are no objects of their own (keys, counters).
 */
export function loopRef(model: SourceModel, over: Expr, at: readonly number[], site: NameSite, read: ReadRef): Ref | undefined {
  let expr = over;
  let place = at;
  for (let hops = 0; hops < 8; hops++) {
    if (expr.kind !== 'call') { break; }
    const name = expr.callee.kind === 'name' || expr.callee.kind === 'member' ? qualifiedName(model, expr.callee, site) : undefined;
    const inner = innerLoop(expr, name, place);
    if (inner === undefined) { break; }
    [expr, place] = inner;
  }
  if (expr.kind === 'call' && expr.callee.kind === 'member' && expr.callee.property === 'items' && expr.args.length === 0) {
    // Keys and values come in pairs: only the second of a pair is what the dict holds.
    return place.length === 1 && place[0] === 1 ? elementOf(read(expr)) : undefined;
  }
  return place.length === 0 ? elementOf(read(expr)) : undefined;
}

/** What `enumerate(x)`, `zip(x, y)`, `sorted(x)` loop over themselves, and the place in it. */
function innerLoop(call: Call, name: string | undefined, at: readonly number[]): readonly [Expr, readonly number[]] | undefined {
  const args = call.args.filter((argument) => argument.name === undefined && argument.spread === undefined).map((argument) => argument.value);
  const [first, second] = args;
  const [place, ...rest] = at;
  if (name === undefined || first === undefined) { return undefined; }
  if (COPIES.has(name)) { return [first, at]; }
  if (name === 'builtins.enumerate') { return place === 1 ? [first, rest] : undefined; }
  if (name === 'builtins.filter') { return second === undefined ? undefined : [second, at]; }
  const zipped = name === 'builtins.zip' && place !== undefined ? args[place] : undefined;
  return zipped === undefined ? undefined : [zipped, rest];
}

/** The references a reference starts from, through calls, types and elements. */
export function rootsOf(ref: Ref): readonly Ref[] {
  const roots: Ref[] = [];
  const pending: Ref[] = [ref];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    if (current.type !== undefined) { pending.push(current.type); } else if (current.items !== undefined) { pending.push(...current.items); } else { roots.push(current); }
  }
  return roots;
}
