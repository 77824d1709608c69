/** A file's summary: what other files need to know of it once its text and tree are dropped. */
import type { FileFact } from '../../rules/facts.ts';
import type { PendingFinding, Suppression } from '../../rules/pending.ts';
import { fileRole } from '../../workspace/discovery.ts';
import { freeHandler, isFrameworkPackage } from '../frameworks/tables.ts';
import { guardsAt } from '../guards.ts';
import { lastName } from '../meaning/annotations.ts';
import { bindingsOf, classSite, functionSite, statementsOf, type Definition, type NameSite } from '../meaning/bindings.ts';
import type { ClassModel, EntryClass, Expr, FunctionModel, SourceModel } from '../model.ts';
import { holdsCode } from '../holds.ts';
import { isScript } from '../languages.ts';
import { isLanguageName } from '../names.ts';
import { attributeDefinitions, definitionsOf, receiverClass } from '../scope.ts';
import { expressionsOf, walkExpression } from '../walk.ts';
import { isProperty, isSetter } from './accessors.ts';
import { decoratedEntry } from './decorated.ts';
import { classOfFunction, edgesOf, type Met } from './edges.ts';
import { addedTo } from './containers.ts';
import { overloaded, takesOf } from './kinds.ts';
import { pollRoles } from './polls.ts';
import { attributeRefs, instanceOf, refOf, valueRef } from './refs.ts';
import { objectHandler } from '../meaning/object-handlers.ts';
import { streamEntryOf } from '../meaning/streams.ts';
import { moduleAliases } from './module-aliases.ts';
import { addExports, spreadImports } from './script-exports.ts';
import type { SettingsSummary } from '../settings/facts.ts';
import { settingsOf } from '../settings/settings.ts';
import type { Ref } from './ref.ts';
import type { ClassSummary, FileSummary, FunctionSummary, ImportSummary, ModuleAliases } from './summary.ts';

export interface SummariseOptions {
  /** False leaves out what only guard coverage asks for: a quarter of the time of a check of trading code. */
  readonly protections?: boolean;
  /** What rules noted of the file. */
  readonly facts?: readonly FileFact[];
}

/**
 * Makes the summary of a file from its model and what the rules found in it.
 * @param suppressions comments of the file that silence rules, in the order `PendingFinding.suppressed` counts them.
 */
export function summarise(
  whole: SourceModel, findings: readonly PendingFinding[], suppressions: readonly Suppression[], { protections = true, facts = [] }: SummariseOptions = {},
): FileSummary {
  // Samples of a page neither run nor are imported.
  const model: SourceModel = whole.language === 'markdown' ? { ...whole, body: [], functions: [], classes: [], imports: [] } : whole;
  const exported = exportedNames(model);
  const met: Met = { roles: new Set(), sets: new Set(), protections };
  const functions = functionsOf(model, met);
  const content = {
    language: model.language,
    classes: model.classes.map((cls) => summariseClass(model, cls)),
    functions,
    imports: importsOf(model),
    variables: variablesOf(model),
    roles: rolesFor(model, met.roles),
    ...(met.sets.size === 0 ? {} : { sets: [...met.sets].sort() }),
    ...aliasesOf(model),
    ...settingsIn(model),
    ...(facts.length === 0 ? {} : { facts }),
    ...(exported === undefined ? {} : { exports: exported }),
  };
  return { path: model.path, ...content, findings, suppressions };
}

/** Of a `tsconfig.json` or `package.json`: where imports lead. */
function aliasesOf(model: SourceModel): { readonly aliases?: ModuleAliases } {
  const aliases = moduleAliases(model);
  return aliases === undefined ? {} : { aliases };
}

function settingsIn(model: SourceModel): { readonly settings?: SettingsSummary } {
  const settings = settingsOf(model);
  return settings === undefined ? {} : { settings };
}

function functionsOf(model: SourceModel, met: Met): readonly FunctionSummary[] {
  // Tests neither run in production nor are called by it: nobody follows their calls.
  if (!holdsCode(model) || fileRole(model.path) === 'test') { return []; }
  const shared = overloaded(model);
  const functions = model.functions.map((fn) => summariseFunction(model, fn, met, shared));
  const top = [...model.body, ...model.classes.filter((cls) => cls.outerFunction === undefined).flatMap((cls) => [...cls.body])];
  const edges = edgesOf(model, undefined, top, met);
  if (edges.calls.length > 0 || edges.protection?.sites !== undefined) {
    functions.push({ name: '', qualifiedName: '', entry: 'none', property: false, ...edges });
  }
  return functions;
}

function summariseFunction(model: SourceModel, fn: FunctionModel, met: Met, shared: ReadonlySet<FunctionModel>): FunctionSummary {
  const cls = classOfFunction(model, fn);
  const returns = returned(model, fn);
  return {
    name: fn.name, qualifiedName: fn.qualifiedName,
    ...(cls === undefined ? {} : { class: cls.qualifiedName }),
    ...(fn.ownerName === undefined ? {} : { of: fn.ownerName }),
    ...(shared.has(fn) ? { takes: takesOf(fn) } : {}),
    entry: entryOf(model, fn), property: isProperty(fn),
    ...(fn.generator ? { generator: true as const } : {}),
    ...(isAbstract(fn) ? { abstract: true as const } : {}),
    ...(withholds(model, fn) ? { withholds: true as const } : {}),
    ...(returns === undefined ? {} : { returns }),
    ...edgesOf(model, fn, fn.body, met),
  };
}

/** True for what a decorator puts around a function, if it calls that function only under guards. */
function withholds(model: SourceModel, fn: FunctionModel): boolean {
  if (fn.outer === undefined && fn.name !== '__call__') { return false; }
  const site = functionSite(model, fn);
  let guarded = false;
  for (const statement of statementsOf(fn.body)) {
    for (const root of expressionsOf(statement)) {
      let open = false;
      walkExpression(root, (expr) => {
        if (expr.kind !== 'call' || !isHandedIn(model, fn, expr.callee, site)) { return; }
        if (guardsAt(model, fn, expr).length > 0) { guarded = true; } else { open = true; }
      });
      if (open) { return false; }
    }
  }
  return guarded;
}

/** True for a parameter of the function around, and for `self.fn` of a class that keeps what its constructor is given. */
function isHandedIn(model: SourceModel, fn: FunctionModel, callee: Expr, site: NameSite): boolean {
  if (callee.kind === 'name') {
    return definitionsOf(model, callee.name, site, callee.start).some((definition) => definition.parameter !== undefined && definition.function !== fn);
  }
  const cls = callee.kind === 'member' && fn.name === '__call__' ? receiverClass(model, callee.object, site) : undefined;
  if (cls === undefined || callee.kind !== 'member') { return false; }
  return attributeDefinitions(model, cls, callee.property).some(({ value, function: by }) => (
    value?.kind === 'name' && by?.name === '__init__' && by.parameters.some((parameter) => parameter.name === value.name)));
}

function entryOf(model: SourceModel, fn: FunctionModel): EntryClass {
  const decorated = decoratedEntry(fn);
  if (decorated !== undefined) { return decorated; }
  const free = fn.class === undefined && fn.ownerName === undefined && fn.outer === undefined ? freeHandler(fn.name, model.language) : undefined;
  return free ?? objectHandler(model, fn) ?? streamEntryOf(model, fn) ?? 'none';
}

/** A body that only documents, passes or refuses: what counts are the overrides. */
function isAbstract(fn: FunctionModel): boolean {
  if (fn.name === '') { return false; }
  if (fn.decorators.some((decorator) => lastName(decorator) === 'abstractmethod')) { return true; }
  return fn.body.every((statement) => {
    if (statement.kind === 'pass') { return true; }
    if (statement.kind === 'expression') { return statement.value.kind === 'literal' || isEllipsis(statement.value); }
    return statement.kind === 'raise' && statement.value !== undefined && namesNotImplemented(statement.value);
  });
}

function isEllipsis(expr: Expr): boolean {
  return (expr.kind === 'name' && expr.name === 'Ellipsis') || (expr.kind === 'unknown' && expr.parts.length === 0);
}

function namesNotImplemented(expr: Expr): boolean {
  const callee = expr.kind === 'call' ? expr.callee : expr;
  return callee.kind === 'name' && callee.name.startsWith('NotImplemented');
}

/** What a call of the function gives: by annotation, else the one object all its `return`s name. */
function returned(model: SourceModel, fn: FunctionModel): Ref | undefined {
  const site = functionSite(model, fn);
  if (fn.returns !== undefined) {
    const annotated = instanceOf(model, fn.returns, site);
    if (annotated !== undefined) { return annotated; }
  }
  if (fn.generator) { return undefined; }
  const values: Definition[] = [];
  for (const statement of statementsOf(fn.body)) {
    if (statement.kind !== 'return' || statement.value === undefined) { continue; }
    values.push({ target: statement.value, value: statement.value, statement, function: fn, ...(site.class === undefined ? {} : { class: site.class }) });
  }
  return values.length === 0 || values.length > 8 ? undefined : valueRef(model, values);
}

function summariseClass(model: SourceModel, cls: ClassModel): ClassSummary {
  const outer = outsideOf(model, cls);
  const methods: Record<string, string> = {};
  for (const index of cls.methods) {
    const fn = model.functions[index];
    // A setter is no getter: the first definition of a property counts, otherwise the last one, as Python binds it.
    if (fn !== undefined && !(Object.hasOwn(methods, fn.name) && isAccessor(fn))) { methods[fn.name] = fn.qualifiedName; }
  }
  const setters = cls.methods.map((index) => model.functions[index]!).filter(isSetter).map((fn) => [fn.name, fn.qualifiedName]);
  const attributes = Object.fromEntries(attributeRefs(model, cls));
  return {
    name: cls.name, qualifiedName: cls.qualifiedName,
    bases: cls.bases.flatMap((base) => [baseRef(model, base, outer), ...mixedIn(model, base, outer)]), methods, attributes,
    ...(setters.length === 0 ? {} : { setters: Object.fromEntries(setters) }),
  };
}

function isAccessor(fn: FunctionModel): boolean {
  if (fn.accessor === 'set') { return true; }
  return fn.decorators.some((decorator) => decorator.kind === 'member' && (decorator.property === 'setter' || decorator.property === 'deleter'));
}

/** A base as a reference; `builtins.dict` for a builtin, and a name nothing resolves for one this file cannot tell. */
function baseRef(model: SourceModel, base: Expr, site: NameSite): Ref {
  const named = base.kind === 'index' ? base.object : base;
  const ref = refOf(model, named, site);
  if (ref !== undefined) { return ref; }
  return { root: 'name', path: [named.kind === 'name' && isLanguageName(model, named.name) ? `${model.language === 'mql5' ? 'mql5' : 'builtins'}.${named.name}` : '?'] };
}

/** `extends Logging(Base)`: what a mixin makes derives from what it is given. */
function mixedIn(model: SourceModel, base: Expr, site: NameSite, depth = 0): readonly Ref[] {
  if (!isScript(model.language) || base.kind !== 'call' || depth > MAX_MIXINS) { return []; }
  return base.args.flatMap(({ value }) => (value.kind === 'name' || value.kind === 'call' ? [baseRef(model, value, site), ...mixedIn(model, value, site, depth + 1)] : []));
}

const MAX_MIXINS = 8;

function outsideOf(model: SourceModel, cls: ClassModel): NameSite {
  const around = cls.outerClass === undefined ? undefined : model.classes[cls.outerClass];
  if (around !== undefined) { return classSite(model, around); }
  const fn = cls.outerFunction === undefined ? undefined : model.functions[cls.outerFunction];
  return fn === undefined ? {} : functionSite(model, fn);
}

function importsOf(model: SourceModel): readonly ImportSummary[] {
  const imports = model.imports.map((entry) => ({
    alias: entry.alias, module: entry.module.replace(/^\.{1,64}/, ''), level: entry.level,
    ...(entry.name === undefined ? {} : { name: entry.name }),
  }));
  return isScript(model.language) ? [...imports, ...spreadImports(model)] : imports;
}

function variablesOf(model: SourceModel): Readonly<Record<string, Ref>> {
  const variables: Record<string, Ref> = {};
  for (const [name, definitions] of bindingsOf(model).module) {
    if (definitions.some((definition) => definition.declared !== undefined || definition.imported !== undefined)) { continue; }
    const ref = valueRef(model, definitions, 0, addedTo(model, definitions));
    if (ref !== undefined && !(ref.root === 'name' && ref.path[0] === name)) { variables[name] = ref; }
  }
  if (isScript(model.language)) { addExports(model, variables); }
  return variables;
}

/** Roles other files may ask for; a line that is printed or logged concerns nobody else. */
function concernsOthers(role: string): boolean {
  return role.startsWith('order.') || role.startsWith('data.') || role === 'clock.timer';
}

function rolesFor(model: SourceModel, met: ReadonlySet<string>): readonly string[] {
  const roles = new Set([...met].filter(concernsOthers));
  for (const entry of model.imports) {
    if (entry.level === 0 && isFrameworkPackage(entry.module.split('.')[0] ?? '')) { roles.add('framework'); }
  }
  for (const role of holdsCode(model) ? pollRoles(model) : []) { roles.add(role); }
  return [...roles].sort();
}

/** The names in `__all__`, where it is one list of strings. */
function exportedNames(model: SourceModel): readonly string[] | undefined {
  const definitions = bindingsOf(model).module.get('__all__') ?? [];
  const only = definitions.length === 1 ? definitions[0]?.value : undefined;
  if (only?.kind !== 'collection') { return undefined; }
  return only.items.flatMap((item) => (item.kind === 'literal' && typeof item.value === 'string' ? [item.value] : []));
}
