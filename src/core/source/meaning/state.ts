/** How a name or attribute lives: given from outside, set up once, a flag that is raised and never lowered. */
import { streamEntry } from '../frameworks/tables.ts';
import type { Expr, FunctionModel, SourceModel } from '../model.ts';
import { siteOf } from '../names.ts';
import { qualifiedName } from './qualified.ts';
import { attributeDefinitions, definitionsOf } from '../scope.ts';
import { lastName } from './annotations.ts';
import { definitionsFor } from './classes.ts';
import { CONTAINER_CHANGES } from './effects.ts';
import { bindingsOf, type Definition, type NameSite } from './bindings.ts';
import { ModelFact } from './per-model.ts';
import { wordsOf } from './words.ts';

export interface State {
  /** A boolean of the class: raised or lowered for good while running, always or never on, or switched both ways. */
  readonly flag?: 'raised' | 'lowered' | 'always' | 'never' | 'both';
  /** A parameter of a handler, or an attribute that only the constructor and the start of the strategy assign. */
  readonly given: boolean;
  /** Assigned in the function itself. */
  readonly assignedHere: boolean;
  /** The one value it gets, where there is one. */
  readonly value?: Expr;
}

const UNKNOWN: State = { given: false, assignedHere: false };

/** Functions that set things up or back to the start of a day or a run, by the words of their name. */
const SETUP = /^(?:constructor|__init__|__post_init__|__new__|on_start|on_stop|on_reset|on_resume|on_load|on_save|on_dispose|start|stop|setup|initialize|initialise|init|connect|bot_start|OnInit|OnDeinit|OnStart|OnTesterInit)$/;
const RESET = /(?:^|_)(?:reset|init|setup|load|restore|rollover|daily|day)(?:_|$)/;

const HANDLER = /^_?on_?[a-zA-Z]|^On[A-Z]|^next$|handler$/;

/** State of what a key (`tick`, `self.halted`) names at a place. */
export function stateOf(model: SourceModel, fn: FunctionModel, key: string, site: NameSite): State {
  const parts = key.split('.');
  const receiver = bindingsOf(model).receivers[fn.index];
  if (parts.length === 1) { return localState(model, fn, parts[0]!, site); }
  if (parts.length !== 2 || receiver === undefined || receiver.name !== parts[0]) {
    return UNKNOWN;
  }
  const definitions = attributeDefinitions(model, receiver.class, parts[1]!).filter((definition) => definition.declared === undefined);
  if (definitions.length === 0) { return UNKNOWN; }
  const assigned = definitions.filter((definition) => definition.value !== undefined);
  const flag = flagOf(assigned);
  return {
    ...(flag === undefined ? {} : { flag }),
    given: flag === undefined && assigned.every((definition) => isSetUp(definition)),
    assignedHere: definitions.some((definition) => definition.function === fn),
  };
}

/**
 * True unless a key can be seen to keep its value while a function runs: a local bound once, an attribute that only the
 * constructor assigns and no method of a container changes.
 */
export function mayChange(model: SourceModel, fn: FunctionModel, key: string, site: NameSite): boolean {
  const parts = key.split('.');
  const receiver = bindingsOf(model).receivers[fn.index];
  const definitions = parts.length === 2 && receiver?.name === parts[0]
    ? attributeDefinitions(model, receiver!.class, parts[1]!).filter((definition) => definition.function?.name !== '__init__' && definition.function?.name !== 'constructor' && definition.function !== undefined && definition.target.kind === 'member')
    : parts.length === 1 ? laterDefinitions(model, key, site) : undefined;
  return definitions === undefined || definitions.length > 0 || changedContainers(model).has(key);
}

/** What a name is given after its first value; unknown for one that another MQL5 file declares. */
function laterDefinitions(model: SourceModel, name: string, site: NameSite): readonly Definition[] | undefined {
  const definitions = definitionsOf(model, name, site);
  if (model.language !== 'mql5') { return definitions.slice(1); }
  // A local is another one in the next call: what it is given here ends nothing there.
  if (site.function !== undefined && definitions.some((definition) => isLocal(definition, site))) { return []; }
  return definitions.length === 0 ? undefined : definitions.slice(1);
}

const containers = new ModelFact<Set<string>>();

/** Keys of all objects of a file on which a changing method is called: `self.seen` of `self.seen.add(x)`. */
function changedContainers(model: SourceModel): ReadonlySet<string> {
  let keys: Set<string> | undefined = containers.get(model);
  if (keys === undefined) {
    keys = findContainers(model.source.text);
    for (const key of findItems(model.source.text)) { keys.add(key); }
    containers.set(model, keys);
  }
  return keys;
}

function findContainers(text: string): Set<string> {
  const keys = new Set<string>();
  for (const change of CONTAINER_CHANGES) {
    const call = `.${change}(`;
    for (let at = text.indexOf(call); at >= 0; at = text.indexOf(call, at + 1)) {
      let start = at;
      while (start > 0 && isNamePart(text.charCodeAt(start - 1))) { start--; }
      keys.add(text.slice(start, at));
    }
  }
  return keys;
}

/** Longest subscript of an item that is assigned. */
const MAX_SUBSCRIPT = 200;

/** Keys of all objects whose items are assigned: `self.last` of `self.last[symbol] = now`. */
function findItems(text: string): readonly string[] {
  const keys: string[] = [];
  for (const sign of ['] = ', '] += ', '] -= ']) {
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
      const open = openingOf(text, at);
      let start = open;
      while (start > 0 && isNamePart(text.charCodeAt(start - 1))) { start--; }
      if (start < open) { keys.push(text.slice(start, open)); }
    }
  }
  return keys;
}

/** Where the bracket opens that closes at a place; the place itself where it cannot be found. */
function openingOf(text: string, close: number): number {
  let depth = 0;
  for (let at = close; at >= 0 && close - at < MAX_SUBSCRIPT; at--) {
    const sign = text[at];
    if (sign === ']') { depth++; }
    if (sign === '[' && --depth === 0) { return at; }
  }
  return close;
}

/** Letters, digits, `_` and `.`. */
function isNamePart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 46;
}

function localState(model: SourceModel, fn: FunctionModel, name: string, site: NameSite): State {
  const definitions = definitionsOf(model, name, site);
  const only = definitions.length === 1 ? definitions[0] : undefined;
  if (model.language === 'mql5' && definitions.length > 0 && definitions.every((definition) => definition.function !== fn || isKept(definition))) {
    return keptState(fn, definitions);
  }
  if (only === undefined) { return { ...UNKNOWN, assignedHere: definitions.some((definition) => definition.function === fn) }; }
  return {
    // What a handler is handed is there; a parameter of a helper may be anything.
    given: (only.parameter !== undefined && HANDLER.test(fn.name)) || isReceived(model, only), assignedHere: only.function === fn && only.parameter === undefined,
    ...(only.value === undefined ? {} : { value: only.value }),
  };
}

/** A `static` local, which keeps its value from call to call. */
function isKept(definition: Definition): boolean {
  return definition.statement?.kind === 'assign' && definition.statement.annotation === undefined || isStatic(definition);
}

/** Declared in the function itself, and not `static`. */
function isLocal(definition: Definition, site: NameSite): boolean {
  const { statement } = definition;
  return definition.function === site.function && statement?.kind === 'assign' && statement.annotation !== undefined && statement.storage !== 'static';
}

function isStatic(definition: Definition): boolean {
  return definition.statement?.kind === 'assign' && definition.statement.storage === 'static';
}

/** State of a member, a variable of the file, or a `static` local. */
function keptState(fn: FunctionModel, definitions: readonly Definition[]): State {
  if (definitions.some((definition) => definition.function === fn && definition.parameter !== undefined)) { return UNKNOWN; }
  const assigned = definitions.filter((definition) => definition.value !== undefined);
  const flag = flagOf(assigned);
  return {
    ...(flag === undefined ? {} : { flag }), given: flag === undefined && assigned.every(isSetUp),
    assignedHere: definitions.some((definition) => definition.function === fn),
  };
}

/** A message as it comes: `msg = ws.recv()`, `for msg in ws`. */
function isReceived(model: SourceModel, definition: Definition): boolean {
  const { drawn, value } = definition;
  if (drawn !== undefined) { return drawn.how === 'element' && drawn.at.length === 0 && isWebSocket(model, drawn.from, siteOf(definition)); }
  const call = value?.kind === 'await' ? value.operand : value;
  if (call?.kind !== 'call' || call.callee.kind !== 'member' || streamEntry(call.callee.property) === undefined) { return false; }
  return value?.kind === 'await' || isWebSocket(model, call.callee.object, siteOf(definition));
}

const WEB_SOCKET = /^_{0,2}(?:ws|wss|websocket|web_socket)(?:_(?:conn|connection|client|app|stream))?$/i;
/** Packages whose connections are web sockets. */
const WEB_SOCKET_MAKER = /^websockets?\./;

/** True for an object that is named like a web socket, or that a web socket package made. */
export function isWebSocket(model: SourceModel, expr: Expr, site: NameSite): boolean {
  const name = lastName(expr);
  if (name === undefined) { return false; }
  if (WEB_SOCKET.test(name)) { return true; }
  return definitionsFor(model, expr, site).some((definition) => {
    const made = definition.value ?? definition.drawn?.from;
    const maker = made?.kind === 'call' ? qualifiedName(model, made.callee, siteOf(definition)) : undefined;
    return maker !== undefined && WEB_SOCKET_MAKER.test(maker);
  });
}

/** True where the assignment runs at the start, not on events. */
function isSetUp(definition: Definition): boolean {
  if (isStatic(definition)) { return true; }
  const name = definition.function?.name;
  if (name === undefined || SETUP.test(name) || RESET.test(name) || name === definition.class?.name) { return true; }
  // `onStart`, `resetDay`.
  const snake = wordsOf(name).join('_');
  return snake !== name && (SETUP.test(snake) || RESET.test(snake));
}

function flagOf(definitions: readonly Definition[]): State['flag'] {
  let initial: boolean | undefined;
  const running = new Set<boolean>();
  for (const definition of definitions) {
    const { value } = definition;
    if (value?.kind !== 'literal' || value.type !== 'boolean' || definition.op !== undefined) { return undefined; }
    if (isSetUp(definition)) { initial ??= value.value === true; } else { running.add(value.value === true); }
  }
  if (running.size === 2) { return 'both'; }
  if (running.size === 1) { return running.has(true) ? 'raised' : 'lowered'; }
  return initial === undefined ? undefined : initial ? 'always' : 'never';
}
