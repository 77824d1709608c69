/** Where somebody else's words enter the program: requests, chat messages, addresses of pages; and where its own user's do. */
import { lastName } from '../../../../core/source/meaning/annotations.ts';
import { ModelFact } from '../../../../core/source/meaning/per-model.ts';
import { qualifiedName } from '../../../../core/source/meaning/qualified.ts';
import { isScript } from '../../../../core/source/languages.ts';
import type { Call, Expr, FunctionModel, SourceModel } from '../../../../core/source/model.ts';
import { definitionsOf, receiverClass, type Definition, type NameSite } from '../../../../core/source/scope.ts';
import type { RequestRow } from './schema.ts';
import { sourcesFor } from './tables.ts';

const facts = new ModelFact<{ readonly web: boolean; readonly bots: boolean }>();

/** What kind of program a file imports the parts of. */
function importsOf(model: SourceModel): { readonly web: boolean; readonly bots: boolean } {
  let known = facts.get(model);
  if (known === undefined) {
    const { web, botPackages } = sourcesFor(model);
    const has = (packages: readonly string[]): boolean => model.imports.some(({ module, level }) => level === 0 && packages.some((name) => module === name || module.startsWith(`${name}.`) || module.startsWith(`${name}/`)));
    known = { web: has(web), bots: has(botPackages) };
    facts.set(model, known);
  }
  return known;
}

/** True where a file imports a framework of the web. */
export function isWebFile(model: SourceModel): boolean {
  return importsOf(model).web;
}

/** Full name of a function or value, globals of a page included: `os.environ`, `globals.location.hash`. */
export function fullName(model: SourceModel, expr: Expr, site: NameSite): string | undefined {
  const known = qualifiedName(model, expr, site);
  if (known !== undefined || !isScript(model.language)) { return known; }
  const parts: string[] = [];
  let root = expr;
  while (root.kind === 'member' && parts.length < 8) {
    parts.unshift(root.property);
    root = root.object;
  }
  if (root.kind !== 'name' || root.name === 'this' || root.name === 'super' || definitionsOf(model, root.name, site, root.start).length > 0) { return undefined; }
  return ['globals', root.name, ...parts].join('.');
}

/** The origin of a value or a call's result by its name alone. */
export function namedSource(model: SourceModel, expr: Expr, site: NameSite): 'operator' | 'user' | undefined {
  const table = sourcesFor(model);
  if (expr.kind === 'call') {
    const full = fullName(model, expr.callee, site);
    return (full === undefined ? undefined : own(table.calls, full)) ?? (isSelfCall(model, expr, site) ? 'user' : undefined);
  }
  if (expr.kind !== 'name' && expr.kind !== 'member') { return undefined; }
  const full = fullName(model, expr, site);
  const named = full === undefined ? undefined : valueNamed(table.values, full);
  if (named !== undefined) { return named; }
  return expr.kind === 'member' && isRequestPart(model, expr, site) ? 'user' : undefined;
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** The origin of a value, or of the one it is a member of: `document.location.href`. */
function valueNamed(values: Readonly<Record<string, 'operator' | 'user'>>, full: string): 'operator' | 'user' | undefined {
  for (let end = full.length; end > 0; end = full.lastIndexOf('.', end - 1)) {
    const found = own(values, full.slice(0, end));
    if (found !== undefined) { return found; }
  }
  return undefined;
}

/** `self.get_argument("symbol")`. */
function isSelfCall(model: SourceModel, call: Call, site: NameSite): boolean {
  const { callee } = call;
  return callee.kind === 'member' && sourcesFor(model).self.calls.includes(callee.property) && receiverClass(model, callee.object, site) !== undefined;
}

/** `request.args`, `req.query`, `ctx.request.body`, `self.request.GET`. */
function isRequestPart(model: SourceModel, expr: Expr & { readonly kind: 'member' }, site: NameSite): boolean {
  const { object, property } = expr;
  const table = sourcesFor(model);
  if (object.kind === 'member' && object.property === 'request' && receiverClass(model, object.object, site) !== undefined) { return table.self.request.includes(property); }
  const rows = table.requests.filter((row) => row.members.includes(property));
  return rows.some((row) => holdsRequest(model, row, object, site));
}

function holdsRequest(model: SourceModel, row: RequestRow, object: Expr, site: NameSite): boolean {
  if (row.objects !== undefined) { return row.objects.includes(qualifiedName(model, object, site) ?? ''); }
  if ((row.web === true && !importsOf(model).web) || (row.bot === true && !importsOf(model).bots)) { return false; }
  if (row.inner !== undefined) {
    return object.kind === 'member' && row.inner.includes(object.property) && isHandedIn(model, row, object.object, site);
  }
  return isHandedIn(model, row, object, site);
}

/** A parameter of one of the names, and not of another type. */
function isHandedIn(model: SourceModel, row: RequestRow, expr: Expr, site: NameSite): boolean {
  if (expr.kind !== 'name' || row.parameters?.includes(expr.name) !== true) { return false; }
  const definitions = definitionsOf(model, expr.name, site, expr.start);
  const parameter = definitions.find((one) => one.parameter !== undefined && one.parameter.pattern === undefined);
  if (parameter?.parameter === undefined) { return false; }
  const beside = row.beside;
  if (beside !== undefined && parameter.function?.parameters.some((one) => one.name === beside) !== true) { return false; }
  const type = parameter.annotation ?? parameter.parameter.annotation;
  return type === undefined || REQUEST_TYPE.test(model.source.text.slice(type.start, type.end));
}

const REQUEST_TYPE = /Request|Req\b|Context|Ctx|WebSocket|Update|Message|\bany\b|Any/;

/** What the framework hands a function that answers requests. */
export type Handed = 'user' | 'plain' | undefined;

/**
 * What a parameter is, where its function answers requests: `user` for what the address or the body gives, `plain` for what the
 * framework has turned into a number, undefined where it is none of both.
 */
export function handedByFramework(model: SourceModel, definition: Definition): Handed {
  const { parameter } = definition;
  const fn = definition.function;
  if (parameter === undefined || fn === undefined) { return undefined; }
  const table = sourcesFor(model);
  if (isLambdaEvent(model, fn, parameter.name)) { return 'user'; }
  if (isScript(model.language)) { return scriptHanded(model, definition, fn); }
  if (/^(?:self|cls|request|req|response|db|session|ctx|context|interaction|bot|client|message|update|websocket|ws)$/.test(parameter.name)) { return undefined; }
  if (isInjected(parameter, table.injected)) { return undefined; }
  const route = fn.decorators.find((decorator) => isRoute(model, decorator, table.routes));
  if (route !== undefined) { return isConverted(route, parameter.name) ? 'plain' : 'user'; }
  if (importsOf(model).bots && fn.decorators.some((decorator) => table.bots.includes(lastName(decorator.kind === 'call' ? decorator.callee : decorator) ?? ''))) { return 'user'; }
  const cls = fn.class === undefined ? undefined : model.classes[fn.class];
  const view = cls !== undefined && table.viewMethods.includes(fn.name) && importsOf(model).web && cls.bases.some((base) => table.views.includes(lastName(base) ?? ''));
  return view && parameter.rest === undefined && !/^(?:format|queryset|instance|validated_data)$/.test(parameter.name) ? 'user' : undefined;
}

function isInjected(parameter: NonNullable<Definition['parameter']>, injected: readonly string[]): boolean {
  const made = parameter.default?.kind === 'call' ? lastName(parameter.default.callee) : undefined;
  if (made !== undefined && injected.includes(made)) { return true; }
  const { annotation } = parameter;
  if (annotation === undefined) { return false; }
  const head = annotation.kind === 'index' ? annotation.indices.flatMap((part) => (part.kind === 'collection' ? part.items : [part])) : [annotation];
  return head.some((part) => injected.includes(lastName(part.kind === 'call' ? part.callee : part) ?? ''));
}

/** `@app.route("/bars/<symbol>")`, `@router.get("/bars/{symbol}")`, `@app.callback(Output(…), Input(…))`. */
function isRoute(model: SourceModel, decorator: Expr, routes: readonly string[]): boolean {
  if (decorator.kind !== 'call') { return false; }
  const name = lastName(decorator.callee) ?? '';
  if (!routes.includes(name)) { return false; }
  if (name === 'callback') { return model.imports.some(({ module }) => module === 'dash' || module.startsWith('dash.') || module === 'dash_extensions.enrich'); }
  const first = decorator.args[0];
  if (first === undefined || decorator.callee.kind !== 'member') { return false; }
  return first.value.kind === 'literal' && first.value.type === 'string' ? /^$|^\/|[<{]/.test(String(first.value.value)) : first.value.kind !== 'collection';
}

/** `<int:limit>` of Flask's addresses. */
function isConverted(decorator: Expr, name: string): boolean {
  const path = decorator.kind === 'call' && decorator.args[0]?.value.kind === 'literal' ? String(decorator.args[0].value.value) : '';
  return ['int', 'float', 'uuid'].some((type) => path.includes(`<${type}:${name}>`) || path.includes(`{${name}:${type}}`));
}

/** `def lambda_handler(event, context)`, `exports.handler = async (event) => …`. */
function isLambdaEvent(model: SourceModel, fn: FunctionModel, name: string): boolean {
  const { names, parameters } = sourcesFor(model).lambda;
  if (name !== parameters[0] || fn.parameters[0]?.name !== name) { return false; }
  if (!isScript(model.language)) { return names.includes(fn.name) && fn.parameters.length === 2 && fn.parameters[1]?.name === parameters[1]; }
  return names.includes(fn.name) || /\bexports\.\w{0,30}[hH]andler\s{0,4}=\s{0,4}(?:async\s{0,4})?$/.test(model.source.text.slice(Math.max(0, fn.start - 80), fn.start));
}

const REQUEST_FIELDS: ReadonlySet<string> = new Set(['query', 'params', 'body', 'headers', 'cookies', 'searchParams']);

/** `({ body, query }, res) => …`, and `@Query('symbol') symbol: string` of NestJS. */
function scriptHanded(model: SourceModel, definition: Definition, fn: FunctionModel): Handed {
  const { parameter, target } = definition;
  if (parameter === undefined) { return undefined; }
  const written = model.source.text.slice(Math.max(fn.start, parameter.start - 60), Math.max(parameter.start, target.start));
  const decorated = /@(Query|Body|Param|Headers)\s{0,4}\([^()]{0,60}\)\s{0,20}$/.exec(written);
  if (decorated !== null) { return 'user'; }
  if (parameter.pattern?.kind !== 'collection' || parameter.pattern.keys === undefined) { return undefined; }
  const next = fn.parameters[fn.parameters.indexOf(parameter) + 1]?.name ?? '';
  if (!/^_?(?:res|response|reply|h|next)$/.test(next)) { return undefined; }
  const at = parameter.pattern.items.findIndex((item) => item.start <= target.start && target.end <= item.end);
  const key = parameter.pattern.keys[at];
  return key?.kind === 'literal' && REQUEST_FIELDS.has(String(key.value)) ? 'user' : undefined;
}

const inputs = new ModelFact<boolean>();

/** False for files nothing of others' comes into, by their words alone: rules about what others send need not hear them. */
export function hasOtherInput(model: SourceModel): boolean {
  let known = inputs.get(model);
  if (known === undefined) {
    known = (isScript(model.language) ? SCRIPT_INPUT : PYTHON_INPUT).test(model.source.text);
    inputs.set(model, known);
  }
  return known;
}

const PYTHON_INPUT = /\b(?:request|req|event|update|message|websocket|ws|msg|text_input|text_area|chat_input|query_params|route|router|callback|get_argument|api_view|command)\b|@\w{1,30}\.(?:get|post|put|delete|patch)\b/;
const SCRIPT_INPUT = /\b(?:req|request|_req|ctx|context|c|event|msg|message|location|document|useSearchParams|useParams|useLocation|prompt|handler|name|onText|Query|Body|Param|res|reply)\b/;
