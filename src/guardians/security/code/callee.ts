/** What a call calls, by full name: a function of a module, or a method of a type. */
import { definitionsFor, externalType, instanceClass } from '../../../core/source/meaning/classes.ts';
import { lastName } from '../../../core/source/meaning/annotations.ts';
import { qualifiedName } from '../../../core/source/meaning/qualified.ts';
import type { Call, Expr, SourceModel } from '../../../core/source/model.ts';
import { siteOf } from '../../../core/source/names.ts';
import { definitionsOf, type NameSite } from '../../../core/source/scope.ts';
import { isScript } from '../../../core/source/languages.ts';

/**
 * `requests.get` of `requests.get(url)`, `requests.Session.get` of `session.get(url)`; undefined for functions of the file and
 * for receivers of no known type.
 */
export function calledName(model: SourceModel, call: Call, site: NameSite): string | undefined {
  const whole = qualifiedName(model, call.callee, site);
  if (whole !== undefined || call.callee.kind !== 'member') { return whole; }
  const type = typeOf(model, call.callee.object, site);
  return type === undefined ? unboundName(model, call.callee, site) : `${type}.${call.callee.property}`;
}

/** Modules whose name stands for them where nobody binds it: a cell of a notebook, a piece of a page, names that a star brings. */
const MODULES: ReadonlySet<string> = new Set(['os', 'ssl', 'stat', 'pickle', '_pickle', 'cPickle', 'dill', 'marshal', 'shelve', 'yaml', 'joblib', 'torch', 'requests', 'httpx', 'tempfile', 'random', 'hashlib', 'tarfile', 'zipfile']);

function unboundName(model: SourceModel, callee: Expr & { readonly kind: 'member' }, site: NameSite): string | undefined {
  const { object, property } = callee;
  if (isScript(model.language) || model.language === 'mql5' || object.kind !== 'name' || !MODULES.has(object.name)) { return undefined; }
  return definitionsOf(model, object.name, site, object.start).length === 0 ? `${object.name}.${property}` : undefined;
}

/** Full name of the type of a value that is no class of this file; also of what a `with` gives: `with Session() as session`. */
export function typeOf(model: SourceModel, expr: Expr, site: NameSite): string | undefined {
  if (expr.kind === 'call' && expr.callee.kind !== 'name') {
    const made = calledName(model, expr, site);
    if (made !== undefined) { return made; }
  }
  const known = externalType(model, expr, site);
  if (known !== undefined) { return known; }
  for (const definition of definitionsFor(model, expr, site)) {
    const { drawn } = definition;
    if (drawn?.how === 'entered' && drawn.at.length === 0 && drawn.from.kind === 'call') { return qualifiedName(model, drawn.from.callee, siteOf(definition)); }
  }
  return undefined;
}

/** True where nothing is known of what a method is called on: it may be what its name says. */
export function isUnresolved(model: SourceModel, expr: Expr, site: NameSite): boolean {
  return typeOf(model, expr, site) === undefined && instanceClass(model, expr, site) === undefined;
}

/** The last name of what is called, as its module calls it: `text` of `sql_text(…)` behind `from sqlalchemy import text as sql_text`. */
export function ownName(model: SourceModel, callee: Expr): string | undefined {
  const name = lastName(callee);
  if (callee.kind !== 'name') { return name; }
  const original = model.imports.find(({ alias, name: one }) => alias === callee.name && one !== undefined && one !== alias)?.name;
  return original === undefined || original === '*' || original === 'default' ? name : original;
}

/** The name of what a method is called on: `session` of `self.session.get(…)`. */
export function receiverName(call: Call): string | undefined {
  return call.callee.kind === 'member' ? lastName(call.callee.object) : undefined;
}

/** Top-level module of a full name: `requests` of `requests.Session.get`. */
export function packageOf(name: string | undefined): string {
  if (name === undefined) { return ''; }
  const dot = name.indexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}
