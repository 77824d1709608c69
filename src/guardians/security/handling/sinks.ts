/** Where a text ends up that others can read: logs, consoles, chats, error texts, telemetry, addresses, command lines. */
import type { Argument, Call, Expr, SourceModel } from '../../../core/source/model.ts';
import { definitionsFor } from '../../../core/source/meaning/classes.ts';
import { qualifiedName } from '../../../core/source/meaning/qualified.ts';
import { siteOf } from '../../../core/source/names.ts';
import { rolesOf } from '../../../core/source/roles.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { classifyName } from '../scan/names.ts';
import { isSecretVariable } from './telling.ts';
import { textOf } from './sources.ts';

/** Kind of place; each has a message of its own. */
export type SinkKind = 'log' | 'print' | 'chart' | 'chat' | 'telemetry' | 'exception' | 'command' | 'query';

/** A part of a call that others can read. */
export interface Sink {
  readonly kind: SinkKind;
  readonly exprs: readonly Expr[];
}

/** A part of an address, with what is known of its host. */
export interface QueryPart {
  readonly value: Expr;
  readonly host: string | undefined;
  /** Written into the text of the address, not handed over as `params`. */
  readonly inText: boolean;
}

/** What of a call others can read; an address is asked for by `queryPartsOf`. */
export function sinkOf(model: SourceModel, call: Call, site: NameSite): Sink | undefined {
  const roles = rolesOf(model, call, site);
  if (roles.length === 0) { return undefined; }
  const values = (args: readonly Argument[]): Expr[] => args.map(({ value }) => value);
  if (roles.includes('print.panel')) { return { kind: 'chart', exprs: values(call.args) }; }
  if (roles.includes('notify')) { return { kind: roles.includes('print') ? 'log' : 'chat', exprs: values(call.args.filter(({ name }) => name === undefined || classifyName(name) === undefined)) }; }
  if (roles.includes('print')) { return writesElsewhere(call) ? undefined : { kind: model.language === 'mql5' ? 'log' : 'print', exprs: values(call.args) }; }
  if (roles.includes('log') || roles.includes('log.debug')) { return { kind: 'log', exprs: values(call.args) }; }
  if (roles.includes('telemetry')) { return { kind: 'telemetry', exprs: values(call.args) }; }
  return roles.includes('process') ? { kind: 'command', exprs: commandOf(call) } : undefined;
}

/** `print(key, file=handle)` may be what writes the environment file. */
function writesElsewhere(call: Call): boolean {
  const file = call.args.find(({ name }) => name === 'file')?.value;
  return file !== undefined && !(file.kind === 'member' && (file.property === 'stderr' || file.property === 'stdout'));
}

/** The command and its arguments; what is handed over by `env` or `input` stands in no process list. */
function commandOf(call: Call): readonly Expr[] {
  const positional = call.args.filter(({ name, spread }) => name === undefined && spread === undefined).slice(0, 2).map(({ value }) => value);
  const named = call.args.filter(({ name }) => name === 'args' || name === 'command').map(({ value }) => value);
  return [...positional, ...named].filter((expr) => expr.kind !== 'collection' || expr.type !== 'dict');
}

/** Calls that open an address without being requests by role, by full name → position of the address. */
const OPENERS: Readonly<Record<string, number>> = {
  'websockets.connect': 0, 'websockets.client.connect': 0, 'websocket.create_connection': 0, 'websocket.WebSocketApp': 0, 'globals.WebSocket': 0, 'ws.default': 0, 'ws.WebSocket': 0,
};

/** What a call puts behind the question mark of an address. */
export function queryPartsOf(model: SourceModel, call: Call, site: NameSite): readonly QueryPart[] {
  const roles = rolesOf(model, call, site);
  const name = roles.includes('http') ? undefined : qualifiedName(model, call.callee, site);
  const opener = name === undefined ? undefined : OPENERS[name];
  if (!roles.includes('http') && opener === undefined) { return []; }
  if (roles.includes('notify')) { return []; }
  const at = opener ?? addressPosition(model, call);
  const address = call.args.find((argument) => argument.name === 'url') ?? call.args.filter((argument) => argument.name === undefined)[at];
  if (address === undefined) { return []; }
  const parts = textParts(model, address.value, site);
  const host = hostOf(model, parts, site);
  const found: QueryPart[] = [];
  parts.forEach((part, i) => {
    const before = textOf(parts[i - 1]);
    const parameter = before === undefined ? undefined : /[?&]([\w.-]{1,60})=$/.exec(before)?.[1];
    if (part.kind !== 'literal' && parameter !== undefined) { found.push({ value: part, host, inText: true }); }
  });
  const params = call.args.find((argument) => argument.name === 'params')?.value ?? configParams(call);
  const dict = params === undefined ? undefined : only(model, params, site);
  if (dict?.kind === 'collection' && dict.type === 'dict') {
    dict.items.forEach((value, i) => {
      const key = textOf(dict.keys?.[i] ?? undefined);
      if (key !== undefined && (isSecretVariable(key) || /^(?:key|token|appid)$/i.test(key))) { found.push({ value, host, inText: false }); }
    });
  }
  return found;
}

/** `requests.request("GET", url)`, `WebRequest("GET", url, …)`: the address comes second. */
function addressPosition(model: SourceModel, call: Call): number {
  if (model.language === 'mql5') { return 1; }
  return call.callee.kind === 'member' && call.callee.property === 'request' && textOf(call.args[0]?.value) !== undefined && /^[A-Za-z]{3,7}$/.test(textOf(call.args[0]?.value) ?? '') ? 1 : 0;
}

/** `axios.get(url, { params: { apikey } })`. */
function configParams(call: Call): Expr | undefined {
  for (const { value } of call.args) {
    if (value.kind !== 'collection' || value.type !== 'dict') { continue; }
    const i = (value.keys ?? []).findIndex((key) => key !== null && textOf(key) === 'params');
    if (i >= 0) { return value.items[i]; }
  }
  return undefined;
}

/** The parts of a text in order, through the variable it was put into. */
function textParts(model: SourceModel, expr: Expr, site: NameSite): readonly Expr[] {
  const whole = only(model, expr, site);
  if (whole.kind === 'template') { return whole.parts; }
  if (whole.kind === 'binary' && whole.ops.every((op) => op === '+')) {
    return whole.operands.flatMap((operand): readonly Expr[] => (operand.kind === 'template' ? operand.parts : [operand]));
  }
  return [whole];
}

/** What a name stands for, where it is given a value once. */
function only(model: SourceModel, expr: Expr, site: NameSite): Expr {
  let current = { expr, site };
  for (let hops = 0; hops < 6 && (current.expr.kind === 'name' || current.expr.kind === 'member'); hops++) {
    const definitions = definitionsFor(model, current.expr, current.site);
    const definition = definitions.length === 1 ? definitions[0] : undefined;
    if (definition?.value === undefined || definition.op !== undefined || definition.drawn !== undefined) { break; }
    current = { expr: definition.value, site: siteOf(definition) };
  }
  return current.expr;
}

function hostOf(model: SourceModel, parts: readonly Expr[], site: NameSite): string | undefined {
  const [head] = parts;
  const text = head === undefined ? undefined : textOf(head) ?? textOf(only(model, head, site));
  return text === undefined ? undefined : /^[a-z]{2,5}:\/\/([\w.-]{1,200})/i.exec(text)?.[1];
}
