/**
 * What a call does, in words that hold for every framework. Rules ask for roles, never for names; which name means what
 * is in `frameworks/*.json`.
 *
 * Roles: `print`; `log` with `log.info`, `log.warning`, `log.error`, and `log.debug` (alone: cheap and off by default);
 * `order.submit`, `order.modify`, `order.cancel`, `order.close`, `order.make`, `order.check`; `clock.timer`,
 * `clock.local` (naive local time), `clock.server` (a broker's time, of no known zone), `clock.utc`, `clock.zoned` (a zone was named), `clock.epoch`, `clock.monotonic`;
 * `data.read`, `data.subscribe`, `data.stream`, `position.read`; `http`, `file`, `database`, `process`, `sleep`,
 * `sleep.async`, `exit`, `strategy.stop`, `warm-up`, `permission` (may it trade at all), `notify`, `print.panel` (its text stands on the chart until the next), `environment`, `secret.read`.
 */
import type { Call, ClassModel, EntryClass, Expr, SourceModel } from './model.ts';
import {
  conventionalRoles, frameworkClassNamed, functionRoles, instanceKind, kindByName, mayHaveRole, methodRoles,
  type FrameworkClass, type FrameworkRole, type FunctionRoles,
} from './frameworks/tables.ts';
import { lastName } from './meaning/annotations.ts';
import { externalType, instanceClass } from './meaning/classes.ts';
import { lineageOf } from './meaning/lineage.ts';
import { isScript } from './languages.ts';
import { bindingsOf, type NameSite } from './meaning/bindings.ts';
import { PerModel } from './meaning/per-model.ts';
import { yieldedRoles } from './meaning/yields.ts';
import { importOf, siteOf } from './names.ts';
import { qualifiedName } from './meaning/qualified.ts';
import { attributeDefinitions, definitionsOf, receiverClass } from './scope.ts';

/** What a class is to the framework it derives from. */
export interface ClassFramework {
  /** `NautilusTrader`. */
  readonly framework: string;
  readonly role: FrameworkRole;
  /** Method name → how it is entered. */
  readonly handlers: ReadonlyMap<string, EntryClass>;
  readonly members: ReadonlyMap<string, readonly string[]>;
}

const NONE: readonly string[] = [];
const remembered = new PerModel<Call, readonly string[]>();

/**
 * Roles of a call; empty for calls no table knows and for receivers that are something else. `super().x()` counts as
 * `self.x()`.
 */
export function rolesOf(model: SourceModel, call: Call, site: NameSite): readonly string[] {
  if (isPlain(model, call.callee, site)) { return NONE; }
  const memory = remembered.of(model);
  const known = memory.get(call);
  if (known !== undefined) { return known; }
  const roles = findRoles(model, call, site);
  memory.set(call, roles);
  return roles;
}

/** True for the calls most of a file is made of: no table knows the name, and it stands for no other. */
function isPlain(model: SourceModel, callee: Expr, site: NameSite): boolean {
  if (callee.kind === 'member') { return !mayHaveRole(callee.property); }
  return callee.kind !== 'name' || (!mayHaveRole(callee.name) && definitionsOf(model, callee.name, site, callee.start).length === 0);
}

/** True if the call has the role. */
export function hasRole(model: SourceModel, call: Call, site: NameSite, role: string): boolean {
  return rolesOf(model, call, site).includes(role);
}

/**
 * The framework a class derives from, as far as its bases are known in this file: by import, also through base classes
 * of the file. A base of another file of the project is decided by the link step.
 */
export function frameworkOf(model: SourceModel, cls: ClassModel): ClassFramework | undefined {
  for (const name of lineageOf(model, cls).external) {
    const found = frameworkClassNamed(name);
    if (found !== undefined) { return found; }
  }
  return undefined;
}

function findRoles(model: SourceModel, call: Call, site: NameSite): readonly string[] {
  const alias = withoutAlias(model, call.callee, site);
  const method = lastName(alias.expr);
  if (method === undefined || !(mayHaveRole(method) || mayHaveRole(importedAs(model, alias.expr, alias.site)))) { return NONE; }
  const name = qualifiedName(model, alias.expr, alias.site);
  const known = name === undefined ? undefined : functionRoles(name);
  if (known !== undefined) { return byZone(model, known, call, site); }
  if (alias.expr.kind === 'member') { return memberCallRoles(model, alias.expr, alias.site); }
  return yieldedRoles(model, call, site, importedAs(model, alias.expr, alias.site) || method) ?? NONE;
}

/** The name in its own module of what was imported under another: `from time import sleep as nap`. */
function importedAs(model: SourceModel, expr: Expr, site: NameSite): string {
  const found = expr.kind === 'name' ? importOf(model, definitionsOf(model, expr.name, site)) : undefined;
  // `const client = require('axios'); client({ url })`: the module itself is called.
  return found === undefined ? '' : found.name ?? found.module.slice(found.module.lastIndexOf('/') + 1);
}

/** Follows `log = self.log` and `say = self.log.info` to the expression behind the name. */
export function withoutAlias(model: SourceModel, expr: Expr, site: NameSite): { readonly expr: Expr; readonly site: NameSite } {
  let current = { expr, site };
  for (let hops = 0; hops < 8 && current.expr.kind === 'name'; hops++) {
    const definitions = definitionsOf(model, current.expr.name, current.site, current.expr.start);
    const only = definitions.length === 1 ? definitions[0] : undefined;
    if (only?.value === undefined || only.op !== undefined || only.value.kind !== 'member' && only.value.kind !== 'name') { break; }
    current = { expr: only.value, site: siteOf(only) };
  }
  return current;
}

function byZone(model: SourceModel, roles: FunctionRoles, call: Call, site: NameSite): readonly string[] {
  if (!('zone' in roles)) { return roles; }
  const positional = call.args.filter((argument) => argument.name === undefined);
  if (call.args.some((argument) => argument.spread !== undefined)) { return roles.other; }
  const given = call.args.find((argument) => argument.name === roles.zone.name) ?? positional[roles.zone.position];
  if (given === undefined || (given.value.kind === 'literal' && given.value.type === 'none')) { return roles.absent; }
  return isUtc(model, given.value, site) ? roles.utc : roles.other;
}

const UTC_NAMES: ReadonlySet<string> = new Set([
  'datetime.timezone.utc', 'datetime.UTC', 'pytz.utc', 'pytz.UTC', 'dateutil.tz.UTC', 'pandas.Timestamp.utc',
]);
const ZONE_MAKERS: ReadonlySet<string> = new Set(['zoneinfo.ZoneInfo', 'backports.zoneinfo.ZoneInfo', 'pytz.timezone', 'dateutil.tz.gettz']);

/** True where an expression is coordinated universal time: `timezone.utc`, `ZoneInfo("UTC")`, `'UTC'`. */
export function isUtc(model: SourceModel, expr: Expr, site: NameSite): boolean {
  if (expr.kind === 'literal') { return expr.type === 'string' && /^(?:UTC|Etc\/UTC|GMT)$/i.test(String(expr.value)); }
  if (expr.kind === 'call') {
    const name = qualifiedName(model, expr.callee, site);
    const zone = expr.args[0]?.value;
    if (name === 'dateutil.tz.tzutc') { return true; }
    return name !== undefined && ZONE_MAKERS.has(name) && zone !== undefined && isUtc(model, zone, site);
  }
  const name = qualifiedName(model, expr, site);
  if (name !== undefined) { return UTC_NAMES.has(name); }
  const definitions = expr.kind === 'name' ? definitionsOf(model, expr.name, site, expr.start) : [];
  const only = definitions.length === 1 ? definitions[0] : undefined;
  return only?.value?.kind === 'call' && isUtc(model, only.value, siteOf(only));
}

function memberCallRoles(model: SourceModel, callee: Expr & { readonly kind: 'member' }, site: NameSite): readonly string[] {
  return ownerRoles(model, callee, site) ?? receiverRoles(model, callee, site) ?? NONE;
}

/** Roles through an object of a framework class somewhere in the chain: `self.log.info`, `strategy.submit_order`. */
function ownerRoles(model: SourceModel, callee: Expr & { readonly kind: 'member' }, site: NameSite): readonly string[] | undefined {
  const path: string[] = [];
  let owner: Expr = callee;
  while (owner.kind === 'member' && path.length < 4) {
    path.unshift(owner.property);
    owner = owner.object;
    const cls = receiverClass(model, owner, site) ?? superClass(model, owner, site);
    if (cls !== undefined) { return classMemberRoles(model, cls, path); }
  }
  return typedMemberRoles(model, callee, site);
}

/** `super()` in a method of Python, `super` in one of JavaScript. */
function superClass(model: SourceModel, expr: Expr, site: NameSite): ClassModel | undefined {
  if (expr.kind === 'name' && expr.name === 'super' && isScript(model.language)) {
    const receiver = site.function === undefined ? undefined : bindingsOf(model).receivers[site.function.index];
    return receiver?.class;
  }
  if (expr.kind !== 'call' || expr.callee.kind !== 'name' || expr.callee.name !== 'super' || expr.args.length > 0) { return undefined; }
  return site.function?.class === undefined ? undefined : model.classes[site.function.class];
}

function classMemberRoles(model: SourceModel, cls: ClassModel, path: readonly string[]): readonly string[] | undefined {
  // What the class defines itself is no member of the framework: `self.log = MyLog()`, `def submit_order(self)`.
  const own = attributeDefinitions(model, cls, path[0]!);
  if (own.some((definition) => definition.value !== undefined || definition.declared !== undefined)) { return undefined; }
  const framework = frameworkOf(model, cls);
  if (framework !== undefined) { return framework.members.get(path.join('.')); }
  return mayDeriveFromFramework(model, cls) ? conventionalRoles(path.join('.')) : undefined;
}

/** True where a base is unknown to this file: then the framework may stand behind it. */
function mayDeriveFromFramework(model: SourceModel, cls: ClassModel): boolean {
  const lineage = lineageOf(model, cls);
  return !lineage.complete || lineage.external.some((name) => !name.startsWith('builtins.') && !PLAIN_BASES.has(name));
}

const PLAIN_BASES: ReadonlySet<string> = new Set([
  'abc.ABC', 'typing.Protocol', 'typing.Generic', 'typing.NamedTuple', 'enum.Enum', 'enum.IntEnum', 'enum.StrEnum', 'threading.Thread',
]);

function typedMemberRoles(model: SourceModel, callee: Expr & { readonly kind: 'member' }, site: NameSite): readonly string[] | undefined {
  const path: string[] = [];
  let owner: Expr = callee;
  while (owner.kind === 'member' && path.length < 3) {
    path.unshift(owner.property);
    owner = owner.object;
    const framework = frameworkOfValue(model, owner, site);
    if (framework !== undefined) { return framework.members.get(path.join('.')); }
  }
  return undefined;
}

function frameworkOfValue(model: SourceModel, owner: Expr, site: NameSite): FrameworkClass | ClassFramework | undefined {
  const cls = instanceClass(model, owner, site);
  if (cls !== undefined) { return frameworkOf(model, cls); }
  const type = externalType(model, owner, site);
  return type === undefined ? undefined : frameworkClassNamed(type);
}

/** Roles of a method that a class of this file has from a class of a library: `class CMyTrade : public CTrade`. */
function inheritedRoles(model: SourceModel, cls: ClassModel, method: string): readonly string[] | undefined {
  if (attributeDefinitions(model, cls, method).length > 0) { return undefined; }
  const kind = lineageOf(model, cls).external.map(instanceKind).find((one) => one !== undefined);
  return kind === undefined ? undefined : methodRoles(kind, method);
}

/** Roles through the kind of object the receiver is: a logger, an exchange, a session. */
function receiverRoles(model: SourceModel, callee: Expr & { readonly kind: 'member' }, site: NameSite): readonly string[] | undefined {
  const { object, property } = callee;
  const type = externalType(model, object, site);
  const kind = type === undefined ? undefined : instanceKind(type);
  if (kind !== undefined) { return methodRoles(kind, property); }
  const cls = instanceClass(model, object, site);
  if (cls !== undefined) { return inheritedRoles(model, cls, property); }
  const self = receiverClass(model, object, site);
  if (self !== undefined || superClass(model, object, site) !== undefined) { return undefined; }
  const receiver = lastName(object);
  const named = receiver === undefined ? undefined : kindByName(receiver);
  return (named === undefined ? undefined : methodRoles(named, property)) ?? methodRoles('any-receiver', property);
}
