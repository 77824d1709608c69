/** Requests of web frameworks, as people write them: what stands around a view, and how the view gets at what others send. */
import { indented } from '../mutants/edit.ts';
import type { Draw, Form, Made, Where } from '../mutants/form.ts';

/** A view with its framework. */
export interface View {
  readonly imports: string;
  /** An expression of what others send. */
  readonly sent: string;
  /** The whole view with this body. */
  wrap(body: string): string;
}

/** Forms by name: bad half, right half. `also` are rules with a word of their own on the same lines, by right. */
export function securityForms(language: 'python' | 'script' | 'mql5', where: Where, makes: Readonly<Record<string, (draw: Draw) => Made>>, more: Partial<Form> = {}): readonly Form[] {
  return Object.entries(makes).map(([name, make]) => ({ name, language, where, not: /test|example|mock|simulat/i, make, ...more }));
}

const PYTHON_NAMES = ['show_bars', 'lookup_fills', 'answer_desk', 'serve_page'] as const;
const KEYS = ['symbol', 'account', 'venue', 'label'] as const;

/** A view of Flask, FastAPI, Django, aiohttp or Quart, or a command of a Telegram bot where `chat` allows one. */
export function pythonView(draw: Draw, of: readonly ('flask' | 'fastapi' | 'django' | 'aiohttp' | 'quart' | 'telegram')[] = ['flask', 'flask', 'fastapi', 'django', 'aiohttp', 'quart', 'telegram']): View {
  const [fn, key, app] = [draw.name(...PYTHON_NAMES), draw.one(KEYS), draw.name('app', 'desk_app', 'web')];
  const path = draw.one(['/bars', '/fills', '/desk']);
  switch (draw.one(of)) {
    case 'fastapi': return {
      imports: 'from fastapi import FastAPI', sent: key,
      wrap: (body) => `${app} = FastAPI()\n\n\n@${app}.get("${path}")\n${draw.one(['def', 'async def'])} ${fn}(${key}: str):\n${indented(body, '    ')}`,
    };
    case 'django': return { imports: 'from django.http import HttpResponse', sent: draw.one([`request.GET["${key}"]`, `request.POST.get("${key}")`]), wrap: (body) => `def ${fn}(request):\n${indented(body, '    ')}` };
    case 'aiohttp': return { imports: 'from aiohttp import web', sent: draw.one([`request.query["${key}"]`, `request.match_info["${key}"]`]), wrap: (body) => `async def ${fn}(request):\n${indented(body, '    ')}` };
    case 'quart': return { imports: 'from quart import Quart, request', sent: `request.args.get("${key}")`, wrap: (body) => `${app} = Quart(__name__)\n\n\n@${app}.route("${path}")\nasync def ${fn}():\n${indented(body, '    ')}` };
    case 'telegram': return { imports: 'from telegram.ext import Application', sent: draw.one(['update.message.text', 'context.args[0]']), wrap: (body) => `async def ${fn}(update, context):\n${indented(body, '    ')}` };
    default: return {
      imports: 'from flask import Flask, request', sent: draw.one([`request.args["${key}"]`, `request.args.get("${key}", "")`, `request.form["${key}"]`, `request.json["${key}"]`]),
      wrap: (body) => `${app} = Flask(__name__)\n\n\n@${app}.${draw.one(['route', 'get'])}("${path}")\ndef ${fn}():\n${indented(body, '    ')}`,
    };
  }
}

/** A handler in the form of Express, declared or registered. */
export function scriptView(draw: Draw): View {
  const [fn, key] = [draw.name('showBars', 'lookupFills', 'answerDesk'), draw.one(KEYS)];
  const type = draw.place.typed ? ': any' : '';
  const [lib, app] = [draw.name('express', 'expressLib'), draw.name('app', 'server', 'router')];
  const sent = draw.one([`req.query.${key}`, `req.params.${key}`, `req.body.${key}`]);
  const registered = draw.chance(0.5) && ['app', 'server', 'router'].includes(app);
  return registered
    ? { imports: draw.import(lib, 'express', true), sent, wrap: (body) => `const ${app} = ${lib}();\n${app}.get('/${draw.one(['bars', 'fills'])}', async (req${type}, res${type}) => {\n${indented(body, '  ')}\n});` }
    : { imports: draw.import(lib, 'express', true), sent, wrap: (body) => `async function ${fn}(req${type}, res${type}) {\n${indented(body, '  ')}\n}` };
}

/** A text of Python with a name in it. */
export function joined(draw: Draw, head: string, name: string, tail = ''): string {
  return draw.one([`f"${head}{${name}}${tail}"`, `"${head}" + ${name}${tail === '' ? '' : ` + "${tail}"`}`, `"${head}%s${tail}" % ${name}`, `"${head}{}${tail}".format(${name})`]);
}

/** A text of a script with a name in it. */
export function templated(draw: Draw, head: string, name: string, tail = ''): string {
  return draw.one([`\`${head}\${${name}}${tail}\``, `"${head}" + ${name}${tail === '' ? '' : ` + "${tail}"`}`]);
}
