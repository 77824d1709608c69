/** Where a program shows text as HTML: what a view answers, what is set as the inside of an element, what is marked as safe. */
import { isScript } from '../../../../core/source/languages.ts';
import { lastName } from '../../../../core/source/meaning/annotations.ts';
import type { Call, Expr, SourceModel } from '../../../../core/source/model.ts';
import { definitionsOf, type NameSite } from '../../../../core/source/scope.ts';
import { ownName } from '../callee.ts';
import { provenanceOf } from '../provenance/provenance.ts';
import { argumentOf, calledName, fieldIn, isOn, positionIn, SINKS } from './sinks.ts';

const { functions, allowed, types, bodies, responses, properties, methods, documents, jquery } = SINKS.html;
const ALLOWED: Readonly<Record<string, string>> = allowed;
const LAST_NAMES: ReadonlySet<string> = new Set([
  ...Object.keys(functions).map((name) => name.slice(name.lastIndexOf('.') + 1)), ...Object.keys(allowed), ...responses, ...Object.keys(methods), ...Object.keys(documents), ...jquery,
]);

/** What a call shows as HTML; undefined for all others. */
export function shownBy(model: SourceModel, call: Call, site: NameSite): Expr | undefined {
  const name = ownName(model, call.callee);
  if (name === undefined || !LAST_NAMES.has(name) || call.args.length === 0) { return undefined; }
  const { callee } = call;
  const full = calledName(model, callee, site);
  const at = positionIn(functions, full);
  if (at !== undefined) { return isHtml(call) ? argumentOf(call, at, bodies) : undefined; }
  const flag = Object.hasOwn(ALLOWED, name) ? ALLOWED[name] : undefined;
  if (flag !== undefined && isOn(call, flag)) { return argumentOf(call, 0, bodies); }
  return callee.kind === 'member' && isScript(model.language) ? shownByMethod(model, call, callee, site) : undefined;
}

function shownByMethod(model: SourceModel, call: Call, callee: Expr & { readonly kind: 'member' }, site: NameSite): Expr | undefined {
  const { object, property } = callee;
  const at = positionIn(methods, property);
  if (at !== undefined) { return argumentOf(call, at); }
  if (positionIn(documents, property) !== undefined && lastName(object) === 'document') { return call.args[0]?.value; }
  if (jquery.includes(property) && object.kind === 'call' && /^(?:\$|jQuery)$/.test(lastName(object.callee) ?? '')) { return call.args[0]?.value; }
  return responses.includes(property) && isResponse(model, object, site) ? sent(call.args[0]?.value) : undefined;
}

/** A body that is a text; an object is sent as JSON. */
function sent(value: Expr | undefined): Expr | undefined {
  return value === undefined || value.kind === 'collection' || (value.kind === 'member' && /^(?:body|query|params|headers|cookies|files?)$/.test(value.property)) ? undefined : value;
}

/** `res`, `res.status(400)`, and no type but HTML set on the way. */
function isResponse(model: SourceModel, expr: Expr, site: NameSite): boolean {
  let current = expr;
  for (let hops = 0; hops < 6; hops++) {
    if (current.kind === 'call' && current.callee.kind === 'member') {
      if (/^(?:type|contentType|set|header|setHeader)$/.test(current.callee.property) && !current.args.some(({ value }) => value.kind === 'literal' && String(value.value).includes('html'))) { return false; }
      current = current.callee.object;
      continue;
    }
    break;
  }
  if (current.kind !== 'name' || !/^(?:res|response|reply)$/.test(current.name)) { return false; }
  const body = site.function === undefined ? '' : model.source.text.slice(site.function.start, site.function.end).toLowerCase();
  const plain = TYPE_MARKS.some((mark) => saysOtherType(body, mark));
  return !plain && definitionsOf(model, current.name, site, current.start).some(({ parameter }) => parameter !== undefined);
}

/** How a type is set in the function that answers. */
const TYPE_MARKS: readonly string[] = ['content-type', '.type(', 'contenttype('];

function saysOtherType(body: string, mark: string): boolean {
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + 1)) {
    if (/json|plain|csv|xml|octet|event-stream|javascript/.test(body.slice(at + mark.length, at + mark.length + 40))) { return true; }
  }
  return false;
}

/** An answer is HTML unless it says something else. */
function isHtml(call: Call): boolean {
  const type = call.args.find(({ name }) => name !== undefined && types.includes(name) && name !== 'charset')?.value;
  const headers = call.args.find(({ name }) => name === 'headers')?.value;
  const said = type ?? fieldIn(headers, ['Content-Type', 'content-type']);
  return said === undefined || said.kind !== 'literal' || /html|svg|xml/i.test(String(said.value));
}

/** What an assignment shows as HTML: `element.innerHTML = text`. */
export function shownIn(target: Expr, value: Expr | undefined): Expr | undefined {
  return target.kind === 'member' && properties.includes(target.property) ? value : undefined;
}

/** True for what a view of Flask returns: HTML, unless it is an object or a response of its own. */
export function answersInHtml(model: SourceModel, value: Expr, { function: fn }: NameSite): boolean {
  if (fn === undefined || isScript(model.language) || value.kind === 'collection') { return false; }
  const answers = fn.decorators.some((decorator) => decorator.kind === 'call' && decorator.callee.kind === 'member' && /^(?:route|get|post|put|delete|patch)$/.test(decorator.callee.property))
    && model.imports.some(({ module }) => /^(?:flask|quart|bottle)(?:\.|$)/.test(module));
  if (!answers) { return false; }
  // What a function brings is a response, or not for this file to tell.
  const [built] = provenanceOf(model).behind(value, { function: fn });
  return built === undefined || built.expr.kind !== 'call' || (built.expr.callee.kind === 'member' && /^(?:format|get|join|replace|strip|upper|lower|decode|encode)$/.test(built.expr.callee.property));
}
