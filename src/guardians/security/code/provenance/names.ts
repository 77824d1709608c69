/** What a name, an attribute or an item stands for: the values that reach it. */
import { isScript } from '../../../../core/source/languages.ts';
import { annotatedType, containerType, lastName } from '../../../../core/source/meaning/annotations.ts';
import { definitionsFor } from '../../../../core/source/meaning/classes.ts';
import { targetKey } from '../../../../core/source/meaning/effects.ts';
import { lineageOf, namedClass } from '../../../../core/source/meaning/lineage.ts';
import { fieldOf } from '../../../../core/source/meaning/objects.ts';
import type { Expr, SourceModel } from '../../../../core/source/model.ts';
import { isLanguageName, siteOf } from '../../../../core/source/names.ts';
import { definitionsOf, receiverClass, type Definition, type NameSite } from '../../../../core/source/scope.ts';
import type { Asker, Bound, Scope } from './asker.ts';
import { fileIndexOf } from './file-index.ts';
import { cleanedFor, concat, hole, mapHoles, NOTHING, oneOf, within } from './forms.ts';
import { handedIn, isReceiver } from './functions.ts';
import { checkedFor, itemKey } from './guards.ts';
import { reaching } from './reaching.ts';
import { fullName, handedByFramework, namedSource } from './sources.ts';
import { isPlainType } from './tables.ts';
import { isConstant, worstHole, type Value } from './value.ts';

/** Most assignments of one name that are looked at. */
const MAX_PLACES = 24;
/** Names that are constants by the way they are written. */
const CONSTANT_NAME = /^_{0,2}[A-Z][A-Z0-9_]{0,80}$|^__\w{1,40}__$/;
/** Properties that say how much, not what. */
const AMOUNTS: ReadonlySet<string> = new Set(['length', 'size', 'shape', 'ndim', 'year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond', 'byteLength', 'pid', 'status', 'status_code', 'returncode', 'value_int']);

/** What a name stands for. */
export function nameValue(asker: Asker, expr: Expr & { readonly kind: 'name' }, site: NameSite, scope: Scope): Value {
  const { model } = asker;
  const bound = boundValue(scope.bound, expr.name, site);
  if (bound !== undefined) { return checked(asker, expr, site, bound); }
  const source = namedSource(model, expr, site);
  if (source !== undefined) { return hole(source, expr); }
  if (isReceiver(model, expr, site)) { return hole('unknown', expr); }
  const all = definitionsOf(model, expr.name, site, expr.start);
  if (all.length === 0) {
    // A name that nothing in this file binds is no constant of it, unless another file brings it along.
    const elsewhere = CONSTANT_NAME.test(expr.name) || isLanguageName(model, expr.name) || model.imports.some(({ name }) => name === '*');
    return hole(elsewhere || isScript(model.language) ? 'unknown' : 'computed', expr);
  }
  if (all.length > MAX_PLACES * 20) { return hole('unknown', expr); }
  return checked(asker, expr, site, definedValue(asker, expr, reaching(model, all, expr, site), scope));
}

function boundValue(bound: Bound | undefined, name: string, site: NameSite): Value | undefined {
  for (let one = bound; one !== undefined; one = one.outer) { if (one.function === site.function) { return one.values.get(name); } }
  return undefined;
}

/** What was compared with a list or matched against a pattern before carries no syntax. */
function checked(asker: Asker, expr: Expr, site: NameSite, value: Value): Value {
  if (isConstant(value)) { return value; }
  const key = targetKey(expr) ?? itemKey(expr);
  const purposes = key === undefined ? [] : checkedFor(asker.model, site.function, key, expr.start);
  if (purposes === 'all') { return hole('plain', expr); }
  return purposes.length === 0 ? value : mapHoles(value, (one) => ({ ...one, cleaned: new Set([...(one.cleaned ?? []), ...purposes]) }));
}

/** What several definitions give: one of the values, and behind it what is added later on. */
function definedValue(asker: Asker, use: Expr, definitions: readonly Definition[], scope: Scope): Value {
  if (definitions.length === 0 || definitions.length > MAX_PLACES) { return hole('unknown', use); }
  const starts: Value[] = [];
  const ends: Value[] = [];
  for (const definition of definitions) {
    const value = definitionValue(asker, use, definition, scope);
    if (definition.op === undefined) { starts.push(value); } else if (definition.op === '+=') { ends.push(value); } else { starts.push(hole('plain', use)); }
  }
  return concat([starts.length === 0 ? NOTHING : oneOf(starts), ...ends, ...addedTo(asker, use, definitions, scope)]);
}

/** What is appended to a list. */
function addedTo(asker: Asker, use: Expr, definitions: readonly Definition[], scope: Scope): readonly Value[] {
  if (!definitions.some(({ value }) => value?.kind === 'collection' || value?.kind === 'call')) { return []; }
  const key = targetKey(use);
  const first = definitions[0];
  const added = key === undefined ? [] : fileIndexOf(asker.model).added.get(key) ?? [];
  return added.filter(({ site }) => (first?.target.kind === 'member' ? site.class === first.class : site.function?.index === first?.function?.index))
    .slice(0, MAX_PLACES).map(({ node, site }) => asker.value(node, site, { ...scope, depth: scope.depth + 1 }));
}

function definitionValue(asker: Asker, use: Expr, definition: Definition, scope: Scope): Value {
  const { model } = asker;
  if (definition.parameter !== undefined && definition.value === undefined) { return parameterValue(asker, use, definition, scope); }
  if (definition.imported !== undefined || definition.declared !== undefined) { return hole('unknown', use); }
  if (definition.annotation !== undefined && isPlainAnnotation(model, definition.annotation, siteOf(definition))) { return hole('plain', use); }
  const next = { ...scope, depth: scope.depth + 1 };
  if (definition.drawn !== undefined) { return drawnValue(asker, definition, definition.drawn, next); }
  if (definition.value !== undefined) { return asker.value(definition.value, siteOf(definition), next); }
  // `a, b = f()`: a part of what is given.
  const whole = definition.statement?.kind === 'assign' ? definition.statement.value : undefined;
  if (whole !== undefined) { return within(asker.value(whole, siteOf(definition), next), use); }
  return definition.statement?.kind === 'assign' ? NOTHING : hole(definition.statement?.kind === 'try' ? 'computed' : 'unknown', use);
}

/** An item of what a loop goes over, what a `with` gives. */
function drawnValue(asker: Asker, definition: Definition, drawn: NonNullable<Definition['drawn']>, scope: Scope): Value {
  const { from, at, how } = drawn;
  const site = siteOf(definition);
  const call = from.kind === 'call' ? from : undefined;
  const name = call === undefined ? '' : lastName(call.callee) ?? '';
  if (how === 'entered') { return asker.value(from, site, scope); }
  if (name === 'enumerate' && at[0] === 0) { return hole('plain', from); }
  const part = name === 'zip' ? call?.args[at[0] ?? 0]?.value : name === 'enumerate' ? call?.args[0]?.value : undefined;
  const value = asker.value(part ?? from, site, scope);
  const list = part ?? from;
  // Of few constants it is one of them.
  if (list.kind === 'collection' && list.keys === undefined && list.items.length <= 8 && at.length === 0) { return oneOf(list.items.map((item) => asker.value(item, site, scope))); }
  return within(value, from);
}

function parameterValue(asker: Asker, use: Expr, definition: Definition, scope: Scope): Value {
  const { model } = asker;
  const { parameter } = definition;
  if (parameter === undefined) { return hole('unknown', use); }
  const annotation = definition.annotation ?? parameter.annotation;
  if (annotation !== undefined && isPlainAnnotation(model, annotation, definition.function === undefined ? {} : { function: definition.function })) { return hole('plain', use); }
  const handed = handedByFramework(model, definition);
  if (handed !== undefined) { return hole(handed, use); }
  if (parameter.default?.kind === 'literal' && (parameter.default.type === 'number' || parameter.default.type === 'boolean')) { return hole('plain', use); }
  const given = scope.depth < 12 ? handedIn(asker, definition, scope) : undefined;
  return given ?? hole('parameter', use, parameter.pattern === undefined ? parameter.name.slice(0, 40) : undefined);
}

/** `int`, `Literal["1m", "5m"]`, an enumeration of this file, `'buy' | 'sell'`, and lists of them. */
function isPlainAnnotation(model: SourceModel, annotation: Expr, site: NameSite): boolean {
  if (annotation.kind === 'binary' && annotation.operands.every((part) => part.kind === 'literal' || isPlainType(lastName(part) ?? ''))) { return true; }
  if (annotation.kind === 'index' && lastName(annotation.object) === 'Literal') { return true; }
  const inner = containerType(annotation)?.element;
  const type = annotatedType(inner ?? annotation);
  if (type === undefined) { return false; }
  if (isPlainType(lastName(type) ?? '')) { return true; }
  const cls = namedClass(model, type, site);
  return cls !== undefined && lineageOf(model, cls).external.some((base) => isPlainType(base.slice(base.lastIndexOf('.') + 1)));
}

/** What a member stands for: a part of a request, an attribute of the class, a field of an object, or a part of what it is read from. */
export function memberValue(asker: Asker, expr: Expr & { readonly kind: 'member' }, site: NameSite, scope: Scope): Value {
  const { model } = asker;
  const source = namedSource(model, expr, site);
  if (source !== undefined) { return checked(asker, expr, site, hole(source, expr)); }
  if (AMOUNTS.has(expr.property)) { return hole('plain', expr); }
  const definitions = definitionsFor(model, expr, site);
  if (definitions.length > 0) { return checked(asker, expr, site, attributeValue(asker, expr, definitions, scope)); }
  if (CONSTANT_NAME.test(expr.property) || receiverClass(model, expr.object, site) !== undefined) { return hole('unknown', expr); }
  const field = isScript(model.language) ? fieldOf(model, expr, site) : undefined;
  if (field !== undefined) { return asker.value(field.expr, field.site, { ...scope, depth: scope.depth + 1 }); }
  if (fullName(model, expr, site) !== undefined) { return hole('unknown', expr); }
  const part = partOf(asker, expr, asker.value(expr.object, site, scope));
  // `Path(name).name` is what stands behind the last slash.
  return checked(asker, expr, site, LAST_PARTS.has(expr.property) && isPath(model, expr.object, site, 0) ? cleanedFor(part, ['path']) : part);
}

const LAST_PARTS: ReadonlySet<string> = new Set(['name', 'stem', 'suffix']);
const PATHS = /^(?:Pure)?(?:Posix|Windows)?Path$/;

/** `Path(…)`, and a name for one. */
function isPath(model: SourceModel, expr: Expr, site: NameSite, hops: number): boolean {
  if (isScript(model.language)) { return false; }
  if (expr.kind === 'call') { return PATHS.test(lastName(expr.callee) ?? ''); }
  const [only, ...others] = expr.kind === 'name' && hops < 3 ? definitionsFor(model, expr, site) : [];
  return only?.value !== undefined && others.length === 0 && isPath(model, only.value, siteOf(only), hops + 1);
}

function attributeValue(asker: Asker, expr: Expr, definitions: readonly Definition[], scope: Scope): Value {
  const declared = definitions.find((one) => one.declared?.kind === 'function');
  // A property is a method nobody has to call; what it gives is not followed.
  return declared === undefined ? definedValue(asker, expr, definitions, scope) : hole('unknown', expr);
}

/** A part of a value: as bad as the worst of it, named by where it is read. */
function partOf(asker: Asker, expr: Expr, value: Value): Value {
  const worst = worstHole(value);
  if (worst === undefined) { return hole('plain', expr); }
  if (worst.origin === 'operator' && expr.kind === 'member' && isNumberArgument(asker, expr.property)) { return hole('plain', expr); }
  return worst.origin === 'user' || worst.origin === 'operator' ? { forms: [[worst]] } : hole(worst.origin, expr);
}

/** `add_argument("--port", type=int)`: argparse has made a number of it, or one of the choices. */
function isNumberArgument(asker: Asker, name: string): boolean {
  return (fileIndexOf(asker.model).calls.get('add_argument') ?? []).some(({ node }) => (
    node.args.some(({ value }) => value.kind === 'literal' && String(value.value).replace(/^-{1,2}/, '').replaceAll('-', '_') === name)
    && node.args.some((argument) => argument.name === 'choices' || (argument.name === 'type' && isPlainType(lastName(argument.value) ?? ''))
      || (argument.name === 'action' && argument.value.kind === 'literal' && /^(?:store_true|store_false|count)$/.test(String(argument.value.value))))));
}

/** What an item stands for: of a table of constants something harmless, of anything else a part of it. */
export function indexValue(asker: Asker, expr: Expr & { readonly kind: 'index' }, site: NameSite, scope: Scope): Value {
  const [key] = expr.indices;
  if (key === undefined || (key.kind === 'unknown' && key.syntax === 'slice')) { return asker.value(expr.object, site, scope); }
  const table = expr.object.kind === 'collection' ? { value: expr.object, site } : tableBehind(asker, expr.object, site);
  const at = key.kind === 'literal' && table?.value.keys !== undefined ? table.value.keys.findLastIndex((one) => one?.kind === 'literal' && one.value === key.value) : -1;
  const item = table?.value.items[at];
  if (item !== undefined && table !== undefined) { return asker.value(item, table.site, { ...scope, depth: scope.depth + 1 }); }
  return checked(asker, expr, site, partOf(asker, expr, asker.value(expr.object, site, scope)));
}

function tableBehind(asker: Asker, object: Expr, site: NameSite): { readonly value: Expr & { readonly kind: 'collection' }; readonly site: NameSite } | undefined {
  if (object.kind !== 'name') { return undefined; }
  const [only, ...others] = definitionsOf(asker.model, object.name, site, object.start);
  return only?.value?.kind === 'collection' && others.length === 0 ? { value: only.value, site: siteOf(only) } : undefined;
}
