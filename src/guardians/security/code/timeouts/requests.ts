/** Requests that wait as long as the other side likes. */
import { lastName } from '../../../../core/source/meaning/annotations.ts';
import { isScript } from '../../../../core/source/languages.ts';
import type { Call, Expr, SourceModel, Stmt } from '../../../../core/source/model.ts';
import { siteOf } from '../../../../core/source/names.ts';
import { definitionsFor } from '../../../../core/source/meaning/classes.ts';
import type { NameSite } from '../../../../core/source/scope.ts';
import { walkExpression } from '../../../../core/source/walk.ts';
import { ancestorsOf } from '../around.ts';
import { argumentOf, fieldOf, isConstantOf, isOpen, isOpenLiteral, literalOf, textOf } from '../arguments.ts';
import { calledName } from '../callee.ts';

/** A request without an end. */
export interface Endless {
  /** `requests`, `axios`, `fetch` …: what people call it. */
  readonly client: string;
  /** `never`: it waits for ever; `late`: its own limit is minutes away (fetch of Node.js: 300 s, undici documentation, 2026-12-01). */
  readonly waits: 'never' | 'late';
  /** `GET`, `POST` …; undefined where it is handed in. */
  readonly method?: string;
  /** Constant parts of its address. */
  readonly address: string;
}

/**
 * Python's clients without a limit of their own, and where the limit is handed over (requests.readthedocs.io, docs.python.org urllib.request
 * and http.client, www.python-httpx.org, docs.aiohttp.org; 2026-12-01).
 */
const REQUESTS = /^requests\.(?:(?:sessions\.)?[sS]ession\.)?(get|post|put|delete|patch|head|options|request)$/;
const LIMITED = /^(?:httpx\.(?:(?:Async)?Client\.)?|aiohttp\.ClientSession\.)(get|post|put|delete|patch|head|options|request|stream)$/;
const LIMITED_CLIENT = /^(?:httpx\.(?:Async)?Client|aiohttp\.ClientSession)$/;
/** A session that brings a limit along: an adapter of its own, or a method with the limit filled in. */
const SESSION_LIMIT = /Timeout(?:HTTP|Http|Retry)?Adapter|\(HTTPAdapter\)|\(requests\.adapters\.HTTPAdapter\)|\.request = (?:functools\.)?partial\(/;

const AXIOS = /^axios(?:\.default)?(?:\.Axios)?(?:\.create)?(?:\.(get|post|put|delete|patch|head|options|request))?$/;
const FETCH = /^(?:globals\.(?:window\.|globalThis\.)?fetch|node-fetch(?:\.default)?|undici\.fetch|cross-fetch(?:\.default|\.fetch)?)$/;
const GOT = /^got(?:\.default)?(?:\.(get|post|put|delete|patch|head))?$/;

/** The request a call is, if nothing ends it. */
export function endlessRequest(model: SourceModel, call: Call, site: NameSite & { readonly statement: Stmt }): Endless | undefined {
  const name = calledName(model, call, site);
  if (name === undefined) { return undefined; }
  return isScript(model.language) ? scriptRequest(model, call, name, site) : pythonRequest(model, call, name, site);
}

function pythonRequest(model: SourceModel, call: Call, name: string, site: NameSite): Endless | undefined {
  if (isOpen(call)) { return undefined; }
  const limit = argumentOf(call, 'timeout');
  const unlimited = limit !== undefined && isNone(model, limit.value, site);
  const method = REQUESTS.exec(name)?.[1];
  if (method !== undefined) {
    if ((limit !== undefined && !unlimited) || SESSION_LIMIT.test(model.source.text)) { return undefined; }
    return pythonEndless(model, call, 'requests', method, site);
  }
  if (name === 'urllib.request.urlopen') {
    if ((limit ?? argumentOf(call, undefined, 2)) !== undefined || /\bsetdefaulttimeout\(/.test(model.source.text)) { return undefined; }
    return pythonEndless(model, call, 'urlopen', argumentOf(call, 'data', 1) === undefined ? 'get' : 'post', site);
  }
  const asked = LIMITED.exec(name)?.[1];
  if (asked !== undefined) { return unlimited ? pythonEndless(model, call, name.startsWith('aiohttp') ? 'aiohttp' : 'httpx', asked, site) : undefined; }
  if (LIMITED_CLIENT.test(name)) { return unlimited ? { client: name.startsWith('aiohttp') ? 'aiohttp' : 'httpx', waits: 'never', address: '' } : undefined; }
  if (name !== 'aiohttp.ClientTimeout') { return undefined; }
  const total = argumentOf(call, 'total', 0);
  const others = call.args.some((argument) => argument !== total && !isNone(model, argument.value, site));
  return total !== undefined && isNone(model, total.value, site) && !others ? { client: 'aiohttp', waits: 'never', address: '' } : undefined;
}

function pythonEndless(model: SourceModel, call: Call, client: string, method: string, site: NameSite): Endless {
  const isGeneric = method === 'request' || method === 'stream';
  const verb = isGeneric ? textOf(model, argumentOf(call, 'method', 0)?.value, site) : method;
  const address = argumentOf(call, 'url', isGeneric ? 1 : 0);
  return { client, waits: 'never', ...(verb === undefined ? {} : { method: verb.toUpperCase() }), address: address === undefined ? '' : constantParts(model, address.value, site) };
}

function isNone(model: SourceModel, value: Expr, site: NameSite): boolean {
  return (value.kind === 'literal' && value.type === 'none') || isConstantOf(model, value, site, null);
}

function scriptRequest(model: SourceModel, call: Call, name: string, site: NameSite & { readonly statement: Stmt }): Endless | undefined {
  if (isRaced(site.statement, call)) { return undefined; }
  const axios = AXIOS.exec(name);
  if (axios !== null && lastName(call.callee) !== 'create') { return axiosRequest(model, call, axios[1], site); }
  if (FETCH.test(name)) { return fetchRequest(model, call, site); }
  const got = GOT.exec(name);
  if (got === null) { return undefined; }
  const options = call.args[1] === undefined ? undefined : literalOf(model, call.args[1].value, site);
  if (call.args[1] !== undefined && (options === undefined || isOpenLiteral(options.fields) || fieldOf(options.fields, 'timeout') !== undefined)) { return undefined; }
  return { client: 'got', waits: 'never', method: (got[1] ?? fieldText(model, options, 'method') ?? 'get').toUpperCase(), address: constantParts(model, call.args[0]?.value, site) };
}

/** `Promise.race([fetch(…), timeout])`, `withTimeout(fetch(…))`. */
function isRaced(statement: Stmt, call: Call): boolean {
  return ancestorsOf(statement, call).some((outer) => outer.kind === 'call' && /^race$|timeout|deadline/i.test(lastName(outer.callee) ?? ''));
}

function fetchRequest(model: SourceModel, call: Call, site: NameSite): Endless | undefined {
  const given = call.args[1];
  const options = given === undefined ? undefined : literalOf(model, given.value, site);
  if (given !== undefined && (options === undefined || isOpenLiteral(options.fields) || fieldOf(options.fields, 'signal') !== undefined || fieldOf(options.fields, 'timeout') !== undefined)) { return undefined; }
  if (isOpen(call) || (call.args[0]?.value.kind === 'call' && /Request$/.test(lastName(call.args[0].value.callee) ?? ''))) { return undefined; }
  return { client: 'fetch', waits: 'late', method: (fieldText(model, options, 'method') ?? 'get').toUpperCase(), address: constantParts(model, call.args[0]?.value, site) };
}

function axiosRequest(model: SourceModel, call: Call, method: string | undefined, site: NameSite): Endless | undefined {
  if (isOpen(call) || /\.defaults\.timeout\s{0,4}=/.test(model.source.text) || !withoutLimit(model, call, site)) { return undefined; }
  const whole = method === undefined || method === 'request';
  const config = whole ? call.args[call.args.length - 1] : call.args[/^(?:post|put|patch)$/.test(method) ? 2 : 1];
  const options = config === undefined ? undefined : literalOf(model, config.value, site);
  const isAddress = whole && call.args.length === 1 && config !== undefined && options === undefined && constantParts(model, config.value, site) !== '';
  if (config !== undefined && !isAddress && (options === undefined || isOpenLiteral(options.fields) || fieldOf(options.fields, 'timeout') !== undefined || fieldOf(options.fields, 'signal') !== undefined)) { return undefined; }
  const verb = whole ? fieldText(model, options, 'method') ?? (options === undefined || fieldOf(options.fields, 'method') === undefined ? 'get' : undefined) : method;
  const address = whole && options !== undefined ? fieldOf(options.fields, 'url') : call.args[0]?.value;
  return { client: 'axios', waits: 'never', ...(verb === undefined ? {} : { method: verb.toUpperCase() }), address: constantParts(model, address, site) };
}

/** False where the instance was made with a limit, or where that cannot be told. */
function withoutLimit(model: SourceModel, call: Call, site: NameSite): boolean {
  const receiver = call.callee.kind === 'member' ? call.callee.object : call.callee;
  const definitions = definitionsFor(model, receiver, site);
  const made = definitions.find((definition) => definition.value?.kind === 'call');
  if (made?.value?.kind !== 'call') { return true; }
  const config = made.value.args[0];
  if (config === undefined) { return true; }
  const options = literalOf(model, config.value, siteOf(made));
  return options !== undefined && !isOpenLiteral(options.fields) && fieldOf(options.fields, 'timeout') === undefined;
}

function fieldText(model: SourceModel, options: ReturnType<typeof literalOf>, key: string): string | undefined {
  return options === undefined ? undefined : textOf(model, fieldOf(options.fields, key), options.site);
}

/** The texts an address is put together of. */
function constantParts(model: SourceModel, expr: Expr | undefined, site: NameSite): string {
  if (expr === undefined) { return ''; }
  const whole = textOf(model, expr, site);
  if (whole !== undefined) { return whole; }
  const parts: string[] = [];
  walkExpression(expr, (part) => {
    if (part.kind === 'literal' && part.type === 'string') { parts.push(String(part.value)); }
    if (part.kind !== 'name' && part.kind !== 'member') { return; }
    const text = textOf(model, part, site);
    if (text !== undefined) { parts.push(text); }
  });
  return parts.join('').slice(0, 500);
}
