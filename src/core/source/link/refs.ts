/** References as written in one file: from an expression to what other files need to know to resolve it. */
import type { Argument, ClassModel, Expr, Member, SourceModel, Span } from '../model.ts';
import { annotatedType, containerType } from '../meaning/annotations.ts';
import { PerModel } from '../meaning/per-model.ts';
import { bindingsOf, type Definition, type NameSite } from '../meaning/bindings.ts';
import { isScript } from '../languages.ts';
import { fieldOf } from '../meaning/objects.ts';
import { isLanguageName, siteOf } from '../names.ts';
import { qualifiedName } from '../meaning/qualified.ts';
import { definitionsOf, receiverClass } from '../scope.ts';
import { aliasOfRequired, requiredBy } from '../typescript/required.ts';
import { comprehensionRef, containerOf, literalRef, loopRef, madeContainer, objectRef, refKey, subscriptRef, type ReadRef } from './container-refs.ts';
import { addedTo, type Added } from './containers.ts';
import type { Ref } from './ref.ts';

/** Longest chain of aliases, and deepest nesting of calls on calls, that is followed. */
const MAX_DEPTH = 10;
const MAX_PATH = 8;

const SELF: Ref = { root: 'self', path: [] };

/** `partial(f, …)` is `f`, called later with more arguments. */
const PARTIALS: ReadonlySet<string> = new Set(['functools.partial', 'functools.partialmethod']);

/**
 * What a value is: `self.risk.check` → path `risk.check` of `self`; a typed parameter → an instance of its type; a
 * constructor call → the result of calling the class. Undefined where the file does not show it.
 */
export function refOf(model: SourceModel, expr: Expr, site: NameSite, depth = 0): Ref | undefined {
  if (depth > MAX_DEPTH || expr.kind === 'literal') { return undefined; }
  // Nothing to remember: `self`, and the members of what is remembered.
  if (expr.kind === 'member') { return refOfMember(model, expr, site, depth); }
  if (receiverClass(model, expr, site) !== undefined) { return SELF; }
  const table = refs.of(model);
  const known = table.get(expr);
  if (known !== undefined) { return known ?? undefined; }
  // Marked as unknown while it is being found: a cycle (`a = b`, `b = a`, `def f(x: x.T)`) ends there.
  table.set(expr, null);
  const found = findRef(model, expr, site, depth);
  table.set(expr, found ?? null);
  return found;
}

/** Answers by expression, which stands at one site of one model. */
const refs = new PerModel<Expr, Ref | null>();

function findRef(model: SourceModel, expr: Expr, site: NameSite, depth: number): Ref | undefined {
  switch (expr.kind) {
    case 'name':
      return refOfName(model, expr, site, depth);
    case 'call':
      return refOfCall(model, expr, site, depth);
    case 'lambda': {
      const name = model.functions[expr.function]?.qualifiedName;
      return name === undefined ? undefined : { root: 'name', path: [name] };
    }
    case 'await':
      return refOf(model, expr.operand, site, depth + 1);
    case 'boolean':
      return firstRef(model, expr.operands, site, depth);
    case 'conditional':
      return firstRef(model, [expr.then, expr.else], site, depth);
    case 'index': {
      const member = isScript(model.language) ? namedIndex(expr) : undefined;
      return member === undefined ? subscriptRef(expr, reader(model, site, depth)) : refOfMember(model, member, site, depth);
    }
    case 'collection':
      return (isScript(model.language) && expr.type === 'dict' ? objectRef : literalRef)(expr, reader(model, site, depth));
    case 'comprehension':
      return comprehensionRef(expr, reader(model, site, depth));
    case 'unknown': {
      const value = expr.syntax === 'named_expression' ? expr.parts[1] : undefined;
      return value === undefined ? undefined : refOf(model, value, site, depth + 1);
    }
    default:
      return undefined;
  }
}

function reader(model: SourceModel, site: NameSite, depth: number): ReadRef {
  return (part) => refOf(model, part, site, depth + 1);
}

function firstRef(model: SourceModel, parts: readonly Expr[], site: NameSite, depth: number): Ref | undefined {
  for (const part of parts) {
    const ref = refOf(model, part, site, depth + 1);
    if (ref !== undefined) { return ref; }
  }
  return undefined;
}

/** `this['check']` is `this.check`. */
function namedIndex({ object, indices, start, end }: Expr & { readonly kind: 'index' }): Member | undefined {
  const [name] = indices;
  if (indices.length !== 1 || name?.kind !== 'literal' || typeof name.value !== 'string') { return undefined; }
  return { kind: 'member', start, end, object, property: name.value, propertySpan: name };
}

/** A member: of an object literal of this file what is written there, else of what the object refers to. */
function refOfMember(model: SourceModel, expr: Expr & { readonly kind: 'member' }, site: NameSite, depth: number): Ref | undefined {
  const field = isScript(model.language) ? fieldOf(model, expr, site) : undefined;
  const inside = field === undefined ? undefined : refOf(model, field.expr, field.site, depth + 1);
  return inside ?? memberRef(refOf(model, expr.object, site, depth + 1), expr.property);
}

function memberRef(base: Ref | undefined, property: string): Ref | undefined {
  return base === undefined || base.path.length >= MAX_PATH ? undefined : { ...base, path: [...base.path, property] };
}

function refOfCall(model: SourceModel, call: Expr & { readonly kind: 'call' }, site: NameSite, depth: number): Ref | undefined {
  if (call.callee.kind === 'name' && call.callee.name === 'super') {
    return site.function === undefined || bindingsOf(model).receivers[site.function.index] === undefined ? undefined : { root: 'super', path: [] };
  }
  const required = isScript(model.language) ? requiredBy(call) : undefined;
  if (required !== undefined) { return { root: 'name', path: [aliasOfRequired(required.specifier)] }; }
  // `this.f.bind(this)` is `this.f`, later.
  if (isScript(model.language) && call.callee.kind === 'member' && call.callee.property === 'bind') {
    return refOf(model, call.callee.object, site, depth + 1);
  }
  const name = call.callee.kind === 'name' || call.callee.kind === 'member' ? qualifiedName(model, call.callee, site) : undefined;
  const first: Argument | undefined = call.args[0];
  if (name !== undefined && PARTIALS.has(name)) {
    return first === undefined ? undefined : refOf(model, first.value, site, depth + 1);
  }
  if (name === 'typing.cast') { return first === undefined ? undefined : instanceOf(model, first.value, site, depth + 1); }
  const made = name === undefined ? undefined : madeContainer(name, call, reader(model, site, depth));
  if (made !== undefined) { return made; }
  const callee = refOf(model, call.callee, site, depth + 1);
  return callee === undefined || nesting(callee) > MAX_DEPTH ? undefined : { root: 'result', type: callee, path: [] };
}

function nesting(ref: Ref): number {
  let depth = 0;
  for (let current: Ref | undefined = ref; current !== undefined; current = current.type) { depth++; }
  return depth;
}

function refOfName(model: SourceModel, expr: Expr & { readonly kind: 'name' }, site: NameSite, depth: number): Ref | undefined {
  if (expr.name === 'super' && isScript(model.language)) {
    return site.function === undefined || bindingsOf(model).receivers[site.function.index] === undefined ? undefined : { root: 'super', path: [] };
  }
  const definitions = definitionsOf(model, expr.name, site, expr.start);
  if (definitions.length === 0) {
    return isLanguageName(model, expr.name) || !mayBeElsewhere(model, site) ? undefined : { root: 'name', path: [expr.name] };
  }
  // MQL5 writes members without `this`.
  if (model.language === 'mql5' && site.class !== undefined && definitions[0]?.class !== undefined) { return { root: 'self', path: [expr.name] }; }
  const imported = definitions.find((definition) => definition.imported !== undefined);
  if (imported !== undefined) { return { root: 'name', path: [expr.name] }; }
  const declared = definitions.find((definition) => definition.declared !== undefined)?.declared;
  if (declared !== undefined) {
    const found = declared.kind === 'function' ? model.functions[declared.index] : model.classes[declared.index];
    return found === undefined ? undefined : { root: 'name', path: [found.qualifiedName] };
  }
  const drawn = drawnAt(definitions, expr);
  if (drawn !== undefined) { return drawnRef(model, drawn, depth); }
  const local = definitions.some((definition) => definition.function !== undefined || definition.class !== undefined);
  if (!local || isGlobal(model, expr.name, definitions)) { return { root: 'name', path: [expr.name] }; }
  return valueRef(model, definitions, depth, addedTo(model, definitions));
}

/** The loop, `with` or comprehension around a use of a name that gives it its value there, unless something in it assigns the name, too. */
function drawnAt(definitions: readonly Definition[], use: Span): Definition | undefined {
  let nearest: Definition | undefined;
  for (const definition of definitions) {
    const { drawn } = definition;
    if (drawn === undefined || !holds(drawn.within, use) || holds(drawn.from, use)) { continue; }
    if (nearest?.drawn === undefined || holds(nearest.drawn.within, drawn.within)) { nearest = definition; }
  }
  const within = nearest?.drawn?.within;
  if (within === undefined) { return undefined; }
  return definitions.some((one) => one.drawn === undefined && one.statement !== undefined && holds(within, one.statement)) ? undefined : nearest;
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** An element of what a loop goes over, or what a `with` gives: the result of its `__enter__`. */
function drawnRef(model: SourceModel, definition: Definition, depth: number): Ref | undefined {
  const { drawn } = definition;
  if (drawn === undefined) { return undefined; }
  const site = siteOf(definition);
  if (drawn.how === 'element') { return loopRef(model, drawn.from, drawn.at, site, reader(model, site, depth)); }
  const method = isAsync(model, drawn.within) ? '__aenter__' : '__enter__';
  const entered = drawn.at.length > 0 ? undefined : memberRef(refOf(model, drawn.from, site, depth + 1), method);
  return entered === undefined ? undefined : { root: 'result', type: entered, path: [] };
}

/** True for `async with` and `async for`. */
export function isAsync(model: SourceModel, statement: Span): boolean {
  return model.source.text.startsWith('async', statement.start);
}

/** True where a name that the file does not bind may come from another one: a star import, an include, an includer. */
function mayBeElsewhere(model: SourceModel, site: NameSite): boolean {
  return bindingsOf(model).stars.length > 0 || site.class !== undefined && model.language === 'mql5' || model.path.toLowerCase().endsWith('.mqh');
}

/** A name of the module, also where a function assigns it through `global`. */
function isGlobal(model: SourceModel, name: string, definitions: readonly Definition[]): boolean {
  return bindingsOf(model).module.get(name) === definitions;
}

/**
 * What several definitions of one name or attribute agree on: an annotation first, else the one value they share.
 * Undefined where they differ: then it cannot be told which one runs.
 */
export function valueRef(model: SourceModel, definitions: readonly Definition[], depth = 0, added: readonly Added[] = []): Ref | undefined {
  for (const definition of definitions) {
    const annotated = definition.annotation === undefined ? undefined : instanceOf(model, definition.annotation, siteOf(definition), depth + 1);
    if (annotated !== undefined) { return annotated; }
  }
  let agreed: Ref | undefined;
  for (const definition of definitions) {
    // A comprehension's variable is not the name outside of it.
    const ref = definition.drawn === undefined ? plainRef(model, definition, depth) : definition.drawn.inner ? undefined : drawnRef(model, definition, depth);
    if (ref === undefined) { continue; }
    if (agreed !== undefined && agreed.root === ref.root && isEmpty(ref)) { continue; }
    if (agreed !== undefined && !(agreed.root === ref.root && isEmpty(agreed)) && !sameRef(agreed, ref)) { return undefined; }
    agreed = ref;
  }
  const filled = agreed?.items === undefined || agreed.path.length > 0 ? agreed : withAdded(model, agreed, added, depth);
  return filled !== undefined && isEmpty(filled) ? undefined : filled;
}

function plainRef(model: SourceModel, definition: Definition, depth: number): Ref | undefined {
  const { value } = definition;
  if (value === undefined || definition.op !== undefined || value.kind === 'literal') { return undefined; }
  return refOf(model, value, siteOf(definition), depth + 1);
}

function isEmpty(ref: Ref): boolean {
  return ref.items?.length === 0 && ref.path.length === 0;
}

/** A container with what statements put into it: `self.filters = []`, then `self.filters.append(SpreadFilter())`. */
function withAdded(model: SourceModel, container: Ref, added: readonly Added[], depth: number): Ref | undefined {
  if (added.length === 0) { return container; }
  const items = added.slice(0, MAX_ADDED).map(({ value, site, all }) => {
    const ref = refOf(model, value, site, depth + 1);
    return ref !== undefined && all ? { root: 'element' as const, type: ref, path: [] } : ref;
  });
  const filled = containerOf(container.root === 'dict' ? 'dict' : 'list', [...(container.items ?? []), ...items]);
  return filled === undefined || container.fields === undefined ? filled : { ...filled, fields: container.fields };
}

/** Most statements that put something into one container which are looked at. */
const MAX_ADDED = 64;

/** What the attributes of a class hold, by its own body and methods, as far as the file shows it. */
export function attributeRefs(model: SourceModel, cls: ClassModel): ReadonlyMap<string, Ref> {
  let refs = attributes.of(model).get(cls);
  if (refs === undefined) {
    refs = findAttributes(model, cls);
    attributes.of(model).set(cls, refs);
  }
  return refs;
}

const attributes = new PerModel<ClassModel, ReadonlyMap<string, Ref>>();

function findAttributes(model: SourceModel, cls: ClassModel): ReadonlyMap<string, Ref> {
  const refs = new Map<string, Ref>();
  const inBody = bindingsOf(model).classes[cls.index]!;
  const onSelf = bindingsOf(model).attributes[cls.index]!;
  for (const name of new Set([...inBody.keys(), ...onSelf.keys()])) {
    const definitions = [...(inBody.get(name) ?? []), ...(onSelf.get(name) ?? [])];
    if (definitions.some((definition) => definition.declared?.kind === 'function')) { continue; }
    const added = [...addedTo(model, inBody.get(name)), ...addedTo(model, onSelf.get(name))];
    const ref = declaredClass(model, definitions) ?? valueRef(model, definitions, 0, added);
    // `self.x = self.x` would lead nowhere but in a circle.
    if (ref !== undefined && !(ref.root === 'self' && (ref.path.length === 0 || ref.path[0] === name))) { refs.set(name, ref); }
  }
  return refs;
}

function declaredClass(model: SourceModel, definitions: readonly Definition[]): Ref | undefined {
  const declared = definitions.find((definition) => definition.declared?.kind === 'class')?.declared;
  const cls = declared === undefined ? undefined : model.classes[declared.index];
  return cls === undefined ? undefined : { root: 'name', path: [cls.qualifiedName] };
}

/** True for references written alike. */
export function sameRef(a: Ref, b: Ref): boolean {
  return refKey(a) === refKey(b);
}

/** An instance of the type an annotation names: `Optional["RiskManager"]` → an instance of `RiskManager`. */
export function instanceOf(model: SourceModel, annotation: Expr, site: NameSite, depth = 0): Ref | undefined {
  if (depth > MAX_DEPTH) { return undefined; }
  const container = containerType(annotation);
  if (container !== undefined) { return containerOf(container.root, [instanceOf(model, container.element, site, depth + 1)]); }
  const type = annotatedType(annotation);
  if (type === undefined) { return undefined; }
  if (type.kind === 'name' && (type.name === 'Self') && site.class !== undefined) { return { root: 'self', path: [] }; }
  const ref = refOf(model, type, site, depth + 1);
  return ref === undefined ? undefined : { root: 'type', type: ref, path: [] };
}
