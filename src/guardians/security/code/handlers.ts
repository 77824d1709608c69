/** Functions that answer requests from outside, and the orders they lead to. */
import { lastName } from '../../../core/source/meaning/annotations.ts';
import { isScript } from '../../../core/source/languages.ts';
import { statementsOf } from '../../../core/source/meaning/bindings.ts';
import type { Call, Expr, FunctionModel, SourceModel, Span } from '../../../core/source/model.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { expressionsOf, walkExpression } from '../../../core/source/walk.ts';
import { orderCallsIn, type Act } from './orders.ts';

/** A function that answers requests. */
export interface Handler {
  readonly fn: FunctionModel;
  /** What registers it: decorators, or the call with its middleware. */
  readonly registered: readonly Expr[];
}

/** Decorators that make a function answer requests (Flask, Quart, FastAPI, Starlette, Sanic, aiohttp, Django; documentation of each, 2026-12-01). */
const ROUTES: ReadonlySet<string> = new Set(['route', 'post', 'put', 'get', 'patch', 'delete', 'api_route', 'csrf_exempt', 'require_POST', 'function_name']);
/** Methods that register one (Express, Fastify, Koa, Hono, aiohttp). */
const REGISTERS: ReadonlySet<string> = new Set(['post', 'put', 'get', 'patch', 'delete', 'all', 'route', 'add_post', 'add_get', 'add_route', 'add_url_rule', 'add_api_route']);
const SERVERS = /^(?:app|application|router|api|server|fastify|blueprint|bp|webhook_?router|webhooks?|r)$/i;

/** The handlers a file declares. `calls` are the calls that register functions, as the walk meets them. */
export function declaredHandlers(model: SourceModel): readonly Handler[] {
  return model.functions.flatMap((fn): Handler[] => {
    const registered = fn.decorators.filter((decorator) => ROUTES.has(lastName(decorator.kind === 'call' ? decorator.callee : decorator) ?? '')
      && (decorator.kind !== 'call' || decorator.callee.kind !== 'member' || decorator.args.length > 0));
    if (registered.length > 0) { return [{ fn, registered: fn.decorators }]; }
    return isExported(model, fn) ? [{ fn, registered: [] }] : [];
  });
}

/** `lambda_handler(event, context)`, `export async function POST(request)` of Next.js, `handler(req, res)` of a serverless function. */
function isExported(model: SourceModel, fn: FunctionModel): boolean {
  const first = fn.parameters[0]?.name ?? '';
  if (!isScript(model.language)) { return fn.name === 'lambda_handler' && first === 'event'; }
  if (fn.name === 'POST' || fn.name === 'PUT') { return /(?:^|\/)route\.[jt]sx?$/.test(model.path); }
  return fn.name === 'handler' && /^(?:req|request|event)$/.test(first);
}

/** The handler a call registers: `app.post('/webhook', check, (req, res) => …)`. */
export function registeredHandler(model: SourceModel, call: Call): Handler | undefined {
  const { callee } = call;
  if (callee.kind !== 'member' || !REGISTERS.has(callee.property) || !SERVERS.test(lastName(callee.object) ?? '')) { return undefined; }
  const [path] = call.args;
  if (path === undefined || call.args.length < 2 || !(path.value.kind === 'literal' || path.value.kind === 'name' || path.value.kind === 'template' || path.value.kind === 'member')) { return undefined; }
  for (const { value } of [...call.args].reverse()) {
    const fn = functionOf(model, value);
    if (fn !== undefined) { return { fn, registered: call.args.map((argument) => argument.value).filter((one) => one !== value) }; }
  }
  return undefined;
}

function functionOf(model: SourceModel, expr: Expr): FunctionModel | undefined {
  if (expr.kind === 'lambda') { return model.functions[expr.function]; }
  // A handler that is wrapped: `asyncHandler(async (req, res) => …)`.
  if (expr.kind === 'call') { return expr.args.map(({ value }) => functionOf(model, value)).find((fn) => fn !== undefined); }
  const name = lastName(expr);
  return name === undefined ? undefined : model.functions.find((fn) => fn.name === name);
}

/** An order that a handler leads to. */
export interface Led {
  readonly act: Act;
  /** Where the handler itself goes there: the order call, or the call of the function that holds it. */
  readonly at: Span;
  /** The functions on the way. */
  readonly through: readonly FunctionModel[];
}

const MAX_DEPTH = 3;

/** The first order that a handler leads to, through functions of the same file. */
export function orderFrom(model: SourceModel, fn: FunctionModel): Led | undefined {
  return search(model, fn, new Set([fn]), 0);
}

function search(model: SourceModel, fn: FunctionModel, seen: Set<FunctionModel>, depth: number): Led | undefined {
  const site: NameSite = siteIn(model, fn);
  const [own] = orderCallsIn(model, fn.body, site).filter(({ act }) => act !== 'cancel');
  const inner = depth >= MAX_DEPTH ? undefined : throughCalls(model, fn, seen, depth);
  if (own === undefined || (inner !== undefined && inner.at.start < own.call.start)) { return inner; }
  return { act: own.act, at: { start: own.call.start, end: own.call.end }, through: [] };
}

function throughCalls(model: SourceModel, fn: FunctionModel, seen: Set<FunctionModel>, depth: number): Led | undefined {
  for (const statement of statementsOf(fn.body)) {
    for (const root of expressionsOf(statement)) {
      let found: Led | undefined;
      walkExpression(root, (expr) => {
        if (found !== undefined || expr.kind !== 'call') { return found === undefined; }
        const called = calledFunctions(model, expr).filter((one) => !seen.has(one));
        for (const next of called) {
          seen.add(next);
          const led = search(model, next, seen, depth + 1);
          if (led !== undefined) { found = { act: led.act, at: { start: expr.start, end: expr.end }, through: [next, ...led.through] }; break; }
        }
        return found === undefined;
      });
      if (found !== undefined) { return found; }
    }
  }
  return undefined;
}

/** Functions of the file that a call runs: by name, and by reference in what it is handed (`background.add_task(enter, signal)`). */
function calledFunctions(model: SourceModel, call: Call): readonly FunctionModel[] {
  const names = [lastName(call.callee), ...call.args.map(({ value }) => (value.kind === 'name' ? value.name : undefined))].filter((name) => name !== undefined);
  const lambdas = call.args.flatMap(({ value }) => (value.kind === 'lambda' ? [model.functions[value.function]] : [])).filter((fn) => fn !== undefined);
  return [...lambdas, ...model.functions.filter((fn) => fn.name !== '' && names.includes(fn.name))];
}

function siteIn(model: SourceModel, fn: FunctionModel): NameSite {
  const cls = fn.class === undefined ? undefined : model.classes[fn.class];
  return { function: fn, ...(cls === undefined ? {} : { class: cls }) };
}
