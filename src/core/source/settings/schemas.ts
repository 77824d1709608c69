/**
 * Schemas of zod: which keys an object of settings may have. Keys that a schema does not name are dropped without a word.
 *
 * Source: zod docs (objects: `strip` by default, `passthrough`, `loose`, `catchall`; `extend`, `merge`; `parse`, `safeParse`).
 */
import type { Call, Expr, SourceModel } from '../model.ts';
import { qualifiedName } from '../meaning/qualified.ts';
import { definitionsOf, type NameSite } from '../scope.ts';
import { isFollowed, mayHoldSettings, type RawFlow } from './facts.ts';
import type { ClassModels } from './models.ts';

/** A schema's shape: its entries, and whether it lets others through. */
interface Shape {
  readonly entries: readonly { readonly key: string; readonly value: Expr; readonly at: Expr }[];
  readonly open: boolean;
}

/** Methods that check or describe and leave the keys as they are. */
const KEEPING = /^(?:strict|strip|partial|deepPartial|required|readonly|default|optional|nullable|nullish|describe|meta|brand|refine|superRefine|check|transform|catch|prefault|pick|omit|register)$/;
const ADDING = /^(?:extend|safeExtend|augment|merge|and)$/;
const PARSING = /^(?:parse|safeParse|parseAsync|safeParseAsync)$/;
const MAX_DEPTH = 8;
const MAX_KEYS = 150;

/** A parse of a mapping by a schema. */
export interface Parsed {
  /** As a callee of `facts.ts`. */
  readonly callee: string;
  readonly given: Expr;
  /** The call gives the mapping, and not a report on it. */
  readonly gives: boolean;
}

/** The parse a call is: by a schema of this file, or by something imported that may be one. */
export function parsedBy(model: SourceModel, call: Call, site: NameSite): Parsed | undefined {
  const { callee } = call;
  const given = call.args[0]?.value;
  if (callee.kind !== 'member' || given === undefined || !PARSING.test(callee.property)) { return undefined; }
  const gives = callee.property === 'parse' || callee.property === 'parseAsync';
  if (callee.object.kind === 'name') {
    const { name } = callee.object;
    const definitions = definitionsOf(model, name, site);
    if (definitions.some((one) => one.imported !== undefined && one.imported.level > 0)) { return { callee: `C ${name}`, given, gives }; }
    const value = definitions.length === 1 ? definitions[0]?.value : undefined;
    return value !== undefined && shapeOf(model, value, site, 0) !== undefined ? { callee: `F ${name}`, given, gives } : undefined;
  }
  return undefined;
}

/** Schemas of a file, by the variables they stand in. */
export function schemaModels(model: SourceModel): ClassModels {
  const flows: RawFlow[] = [];
  const keys: Record<string, readonly string[]> = {};
  for (const statement of model.body) {
    const [target] = statement.kind === 'assign' ? statement.targets : [];
    if (statement.kind !== 'assign' || target?.kind !== 'name' || statement.value === undefined) { continue; }
    const shape = shapeOf(model, statement.value, {}, 0);
    if (shape !== undefined && (mayHoldSettings(target.name) || shape.entries.some(({ key }) => isFollowed(key) || mayHoldSettings(key)))) { addShape(model, target.name, shape, flows, keys, 0); }
  }
  return { flows, keys };
}

function addShape(model: SourceModel, name: string, shape: Shape, flows: RawFlow[], keys: Record<string, readonly string[]>, depth: number): void {
  const root = `k ${name}`;
  keys[name] = shape.entries.map(({ key }) => key).slice(0, MAX_KEYS);
  if (shape.open) { flows.push({ op: 'open', from: [root], at: shape.entries[0]?.at ?? { start: 0, end: 0 }, kept: true }); }
  for (const { key, value, at } of shape.entries) {
    flows.push({ op: 'is', from: [root, key], at });
    const inner = depth < MAX_DEPTH ? shapeOf(model, value, {}, 0) : undefined;
    if (inner !== undefined) {
      const below = `${name}.${key}`;
      flows.push({ op: 'fields', from: [root, key], to: [`F ${below}`], at, kept: true });
      addShape(model, below, inner, flows, keys, depth + 1);
    } else if (!isScalar(value)) {
      const imported = value.kind === 'name' && definitionsOf(model, value.name, {}).some((one) => one.imported !== undefined);
      flows.push(imported && value.kind === 'name' ? { op: 'fields', from: [root, key], to: [`C ${value.name}`], at, kept: true } : { op: 'open', from: [root, key], at, kept: true });
    }
  }
}

function shapeOf(model: SourceModel, expr: Expr, site: NameSite, depth: number): Shape | undefined {
  if (depth > MAX_DEPTH) { return undefined; }
  if (expr.kind === 'name') {
    const definitions = definitionsOf(model, expr.name, site);
    const value = definitions.length === 1 ? definitions[0]?.value : undefined;
    return value === undefined ? undefined : shapeOf(model, value, site, depth + 1);
  }
  if (expr.kind !== 'call' || expr.callee.kind !== 'member') { return undefined; }
  const { property, object } = expr.callee;
  const first = expr.args[0]?.value;
  if (/(?:^|\.)(?:object|strictObject|looseObject)$/.test(property) && /^zod\b/.test(qualifiedName(model, expr.callee, site) ?? '')) {
    return first?.kind === 'collection' && first.type === 'dict' ? ofDict(first, property === 'looseObject') : { entries: [], open: true };
  }
  const base = shapeOf(model, object, site, depth + 1);
  if (base === undefined) { return undefined; }
  if (KEEPING.test(property)) { return base; }
  if (ADDING.test(property)) {
    const more = first?.kind === 'collection' ? ofDict(first, false) : first === undefined ? undefined : shapeOf(model, first, site, depth + 1);
    return more === undefined ? { ...base, open: true } : { entries: [...base.entries, ...more.entries], open: base.open || more.open };
  }
  // `passthrough`, `loose`, `catchall`, `pipe` and whatever else: nobody knows what gets through.
  return { ...base, open: true };
}

function ofDict(dict: Expr & { readonly kind: 'collection' }, loose: boolean): Shape {
  let open = loose;
  const entries = dict.items.flatMap((value, i) => {
    const key = dict.keys?.[i];
    const name = key?.kind === 'name' ? key.name : key?.kind === 'literal' ? String(key.value) : undefined;
    if (name === undefined) { open = true; return []; }
    return [{ key: name, value, at: value }];
  });
  return { entries, open };
}

/** `z.number().positive()`: nothing has keys below it. */
function isScalar(value: Expr): boolean {
  let current = value;
  for (let depth = 0; depth < 20 && current.kind === 'call' && current.callee.kind === 'member'; depth++) {
    if (/^(?:number|string|boolean|bigint|date|enum|nativeEnum|literal|int|float32|float64|null|undefined)$/.test(current.callee.property)) { return true; }
    current = current.callee.object;
  }
  return current.kind === 'member' && current.property === 'coerce';
}
