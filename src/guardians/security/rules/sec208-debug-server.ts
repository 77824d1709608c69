/** SEC208: a server that hands out a console, or a dashboard that anybody on the network may open. */
import * as z from 'zod';
import type { RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { lastName } from '../../../core/source/meaning/annotations.ts';
import type { Assign, Call, ConfigEntry, Expr, SourceModel, Span } from '../../../core/source/model.ts';
import { argumentOf, isConstantOf, spanOf, textOf, wholeArgument } from '../code/arguments.ts';
import { calledName, isUnresolved, receiverName, typeOf } from '../code/callee.ts';
import { asksWhoCalls, servesHandlers } from '../code/web.ts';

type MessageId = 'console' | 'open' | 'pages' | 'settings' | 'variable' | 'bind' | 'inspector' | 'jupyter';
type Context = RuleContext<MessageId, unknown>;

/** Applications whose debug mode serves Werkzeug's console: Python typed into a page runs in the process (werkzeug.palletsprojects.com, debug; 2026-12-01). */
const CONSOLE_APPS: ReadonlySet<string> = new Set(['flask.Flask', 'dash.Dash', 'flask_socketio.SocketIO', 'flask_restx.Api', 'quart.Quart', 'connexion.App', 'connexion.FlaskApp', 'flask_appbuilder.AppBuilder']);
/** Applications whose debug mode shows source and values of the failing request. */
const PAGE_APPS: ReadonlySet<string> = new Set(['fastapi.FastAPI', 'starlette.applications.Starlette', 'tornado.web.Application', 'sanic.Sanic', 'bottle.run', 'aiohttp.web.Application']);
const RUNS: ReadonlySet<string> = new Set(['run', 'run_server', 'run_simple']);
const EVERYWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '::', '']);
const DJANGO_SETTINGS = /(?:^|\/)(?:settings|production|prod|base|common|live)\.py$/;

function create(context: Context): RuleListener {
  const { model } = context;
  const { text } = model.source;
  if (model.language !== 'python' && model.language !== 'notebook') { return settingsListener(context); }
  if (!/\bdebug\s{0,4}=\s{0,4}\S|\bDEBUG\b["']?\]?\s{0,4}=|use_debugger|use_evalex|DebuggedApplication|["']0\.0\.0\.0["']|["']::["']/.test(text)) { return {}; }
  const django = isDjangoSettings(model);
  return {
    call(node: Call, site: Site): void { judgeCall(context, node, site); },
    assign(node: Assign, site: Site): void {
      const [target] = node.targets;
      if (target === undefined || !isConstantOf(model, node.value, site, true)) { return; }
      const at = { start: target.start, end: (node.value ?? target).end };
      if (django && target.kind === 'name' && target.name === 'DEBUG' && site.function === undefined && site.class === undefined) {
        context.report({ at, messageId: 'settings', severity: 'warning' });
      } else if (isFlaskDebug(model, target, site)) { context.report({ at, messageId: 'console', severity: 'warning' }); }
    },
  };
}

/** A settings file by its name, or a package of them, and by what it sets; not the one for the developer's own machine. */
function isDjangoSettings(model: SourceModel): boolean {
  return (DJANGO_SETTINGS.test(model.path) || (/(?:^|\/)settings\//.test(model.path) && model.path.endsWith('.py'))) && !/(?:^|\/)(?:dev|develop|development|local|test|testing|debug)\.py$/.test(model.path)
    && /^(?:INSTALLED_APPS|ROOT_URLCONF|MIDDLEWARE)\b/m.test(model.source.text);
}

/** `app.debug = True`, `app.config["DEBUG"] = True`. */
function isFlaskDebug(model: SourceModel, target: Expr, site: Site): boolean {
  if (target.kind === 'member' && target.property === 'debug') { return CONSOLE_APPS.has(typeOf(model, target.object, site) ?? ''); }
  if (target.kind !== 'index' || target.object.kind !== 'member' || target.object.property !== 'config') { return false; }
  const [key] = target.indices;
  return key?.kind === 'literal' && key.value === 'DEBUG' && isApp(model, target.object.object, site);
}

function isApp(model: SourceModel, expr: Expr, site: Site): boolean {
  const type = typeOf(model, expr, site);
  if (type !== undefined) { return CONSOLE_APPS.has(type) || /(?:^|\.)(?:create_app|app)$/.test(type); }
  return /^(?:app|application|dash_app|server|socketio)$/.test(lastName(expr) ?? '') && isUnresolved(model, expr, site) && /\b(?:flask|dash|quart)\b/i.test(model.source.text);
}

function judgeCall(context: Context, node: Call, site: Site): void {
  const { model } = context;
  const name = calledName(model, node, site) ?? '';
  if (name.endsWith('.DebuggedApplication')) { context.report({ at: spanOf(node), messageId: 'console', severity: 'warning' }); return; }
  if (lastName(node.callee) === 'update' && node.callee.kind === 'member' && lastName(node.callee.object) === 'config') { configUpdate(context, node, site); return; }
  const serves = servesWith(model, node, name, site);
  if (serves === undefined) {
    const debug = argumentOf(node, 'debug');
    if (debug !== undefined && PAGE_APPS.has(name) && isConstantOf(model, debug.value, site, true)) { context.report({ at: wholeArgument(debug), messageId: 'pages', severity: 'warning' }); }
    return;
  }
  const host = argumentOf(node, serves.hostName, serves.hostAt);
  const address = host === undefined ? undefined : textOf(model, host.value, site);
  const everywhere = address !== undefined && EVERYWHERE.has(address) ? host : undefined;
  const debug = serves.console ? ['debug', 'use_debugger', 'use_evalex'].map((key) => argumentOf(node, key)).find((argument) => argument !== undefined && isConstantOf(model, argument.value, site, true)) : undefined;
  if (debug !== undefined) {
    context.report({ at: wholeArgument(debug), messageId: everywhere === undefined ? 'console' : 'open', severity: everywhere === undefined ? 'warning' : 'error', data: { host: address ?? '' } });
    return;
  }
  if (everywhere !== undefined && servesHandlers(model) && !asksWhoCalls(model)) {
    context.report({ at: spanOf(everywhere.value), messageId: 'bind', severity: 'warning', when: { kind: 'trading' }, data: { host: address === '' ? 'every address' : address ?? '' } });
  }
}

/** `app.config.update(DEBUG=True)`. */
function configUpdate(context: Context, node: Call, site: Site): void {
  const debug = argumentOf(node, 'DEBUG');
  const app = node.callee.kind === 'member' && node.callee.object.kind === 'member' ? node.callee.object.object : undefined;
  if (debug === undefined || app === undefined || !isApp(context.model, app, site) || !isConstantOf(context.model, debug.value, site, true)) { return; }
  context.report({ at: wholeArgument(debug), messageId: 'console', severity: 'warning' });
}

interface Serving { readonly console: boolean; readonly hostName: string; readonly hostAt?: number }

/** How a call starts a server: `app.run(host)`, `uvicorn.run(app, host=…)`, `run_simple(host, port, app)`. */
function servesWith(model: SourceModel, node: Call, name: string, site: Site): Serving | undefined {
  if (/^(?:uvicorn|hypercorn|waitress)\.(?:run|serve)$/.test(name)) { return { console: false, hostName: 'host' }; }
  if (name === 'werkzeug.serving.run_simple' || name === 'werkzeug.run_simple') { return { console: true, hostName: 'hostname', hostAt: 0 }; }
  if (node.callee.kind !== 'member' || !RUNS.has(node.callee.property)) { return undefined; }
  const receiver = node.callee.object;
  if (receiverName(node) === 'socketio' || typeOf(model, receiver, site) === 'flask_socketio.SocketIO') { return { console: true, hostName: 'host', hostAt: 1 }; }
  return isApp(model, receiver, site) ? { console: true, hostName: 'host', hostAt: 0 } : undefined;
}

/** Dockerfiles, compose files, scripts and package.json: variables and flags that open a console. */
function settingsListener(context: Context): RuleListener {
  const { model } = context;
  const { text } = model.source;
  if (!/FLASK_DEBUG|FLASK_ENV|WERKZEUG|--inspect|NotebookApp|ServerApp|IdentityProvider/.test(text)) { return {}; }
  const deployed = model.language === 'dockerfile' || /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/.test(model.path) || /(?:^|[./-])(?:prod|production|live)\b/.test(model.path);
  return {
    entry(entry: ConfigEntry): void {
      if (!deployed || entry.shape !== 'scalar' || entry.alias !== undefined) { return; }
      const on = (entry.key === 'FLASK_DEBUG' && /^(?:1|true|on|yes)$/i.test(entry.text)) || (entry.key === 'FLASK_ENV' && entry.text === 'development');
      if (on) { context.report({ at: { start: entry.keySpan?.start ?? entry.valueSpan.start, end: entry.valueSpan.end }, messageId: 'variable', severity: 'warning', data: { what: `${entry.key}=${entry.text}` }, textual: true }); }
    },
    end(): void { for (const one of openFlags(model)) { context.report({ at: one.at, messageId: one.messageId, data: { what: one.what }, textual: true }); } },
  };
}

/** `node --inspect=0.0.0.0`, `jupyter … --NotebookApp.token=''`. */
function openFlags(model: SourceModel): readonly { readonly at: Span; readonly messageId: 'inspector' | 'jupyter'; readonly what: string }[] {
  const { text } = model.source;
  const found: { readonly at: Span; readonly messageId: 'inspector' | 'jupyter'; readonly what: string }[] = [];
  const inComment = (at: number): boolean => model.comments.some(({ start, end }) => start <= at && at < end);
  for (const match of text.matchAll(/--inspect(?:-brk)?=(?:0\.0\.0\.0|\[::\])(?::\d{1,5})?/g)) {
    if (!inComment(match.index)) { found.push({ at: { start: match.index, end: match.index + match[0].length }, messageId: 'inspector', what: match[0] }); }
  }
  for (const match of text.matchAll(/--(?:NotebookApp|ServerApp|IdentityProvider)\.token=(?:''|\\?"\\?"|(?=[\s"',\]]|$))/g)) {
    if (!inComment(match.index)) { found.push({ at: { start: match.index, end: match.index + match[0].length }, messageId: 'jupyter', what: match[0].slice(0, match[0].indexOf('=') + 1) }); }
  }
  return found;
}

export const debugServer = defineRule<MessageId, unknown>({
  id: 'SEC208',
  name: 'debug-server',
  guardian: 'security',
  languages: ['python', 'notebook', 'yaml', 'json', 'dotenv', 'shell', 'dockerfile'],
  severity: 'error',
  gate: 'deploy',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'A debug server that runs what visitors type, or a dashboard on every address that asks nobody who they are.',
  messages: {
    console: 'Debug mode serves a console that runs Python in this process, keys and open orders included. Read it from the environment, off by default.',
    open: 'Debug mode on {host}: anybody on the network gets a console inside the bot. Turn debug off, and bind to 127.0.0.1.',
    pages: 'Debug mode shows source, settings and values of a failed request to whoever sent it. Read it from the environment, off by default.',
    settings: 'DEBUG is on in the settings that are deployed: error pages show settings and paths. Read it from the environment, off by default.',
    variable: '{what} goes along with the deployment: its error page is a console inside the process. Take it out here, and set it on your own machine.',
    bind: 'Listens on {host} and asks nobody who they are: the whole network can use it. Bind to 127.0.0.1, or check a secret first.',
    inspector: '{what} lets anybody on the network run code in the process. Bind the inspector to 127.0.0.1 and tunnel to it.',
    jupyter: '{what} with nothing behind it: anybody who reaches the port runs code with your keys. Set a token, or bind to 127.0.0.1.',
  },
  options: z.strictObject({}),
  create,
});
