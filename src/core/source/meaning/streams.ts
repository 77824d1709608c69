/** Loops that wait for one message a round: over a web socket, over a feed, round a call that gives the next price. */
import { callbacksFor, streamEntry, topicEntry } from '../frameworks/tables.ts';
import { isScript } from '../languages.ts';
import type { Call, EntryClass, Expr, FunctionModel, Loop, SourceModel, Stmt } from '../model.ts';
import { contains } from '../text.ts';
import { expressionsOf, walkExpression } from '../walk.ts';
import { lastName } from './annotations.ts';
import { functionSite, type NameSite } from './bindings.ts';
import { PerModel } from './per-model.ts';
import { qualifiedName } from './qualified.ts';
import { isWebSocket } from './state.ts';
import { statementsOf } from './statements.ts';
import { LIVE_WORDS, wordsOf } from './words.ts';

/** A loop that does nothing until the next message is there. */
export interface Stream {
  readonly loop: Loop;
  /** `none` for a generator that is handed one value a round: whoever drives it knows what comes. */
  readonly entry: EntryClass;
}

const NO_STREAMS: readonly Stream[] = [];
const known = new PerModel<FunctionModel, readonly Stream[]>();

/** The loops of a function that wait for one message a round: `while True: t = await ex.watch_ticker(s)`. */
export function streamsOf(model: SourceModel, fn: FunctionModel): readonly Stream[] {
  const table = known.of(model);
  let streams = table.get(fn);
  if (streams === undefined) {
    streams = findStreams(model, fn);
    table.set(fn, streams);
  }
  return streams;
}

/** Entry class of a function that is itself the loop over a stream of messages. */
export function streamEntryOf(model: SourceModel, fn: FunctionModel): EntryClass | undefined {
  return streamsOf(model, fn).find(({ entry }) => entry !== 'none')?.entry;
}

function findStreams(model: SourceModel, fn: FunctionModel): readonly Stream[] {
  const found: Stream[] = [];
  for (const loop of statementsOf(fn.body)) {
    if (loop.kind !== 'loop') { continue; }
    const entry = loop.type === 'while' ? receivedIn(model, fn, loop.body) ?? handedIn(fn, loop) : loopedOver(model, fn, loop);
    if (entry !== undefined) { found.push({ loop, entry }); }
  }
  return found.length === 0 ? NO_STREAMS : found;
}

/** Entry class of what one round of a loop waits for; a `while` inside it is a loop of its own. */
function receivedIn(model: SourceModel, fn: FunctionModel, body: readonly Stmt[]): EntryClass | undefined {
  let entry: EntryClass | undefined;
  eachExpression(body, (part, parent) => {
    if (part.kind !== 'call' || part.callee.kind !== 'member') { return; }
    const received = streamEntry(part.callee.property);
    if (received !== undefined && !isOpenedIn(body, part.callee.object) && (parent?.kind === 'await' || isWebSocket(model, part.callee.object, functionSite(model, fn)))) { entry ??= received; }
  });
  return entry;
}

/** A socket that each round opens anew: what is received there answers to that, and the round is a connection, no message. */
function isOpenedIn(body: readonly Stmt[], socket: Expr): boolean {
  const name = lastName(socket);
  const isIt = (target: Expr | undefined): boolean => target !== undefined && target.kind === socket.kind && lastName(target) === name;
  const stack = [...body];
  for (let statement = stack.pop(); statement !== undefined; statement = stack.pop()) {
    if (statement.end <= socket.start && statement.kind === 'assign' && statement.targets.some(isIt)) { return true; }
    if (!contains(statement, socket)) { continue; }
    if (statement.kind === 'with' && statement.items.some(({ target }) => isIt(target))) { return true; }
    // What stands in a branch is not opened in every round.
    if (statement.kind === 'with' || statement.kind === 'try') { for (const inner of statement.body) { stack.push(inner); } }
  }
  return false;
}

/** `while (true) { const tick = yield; … }`: a generator that goes one round with each value it is handed. */
function handedIn(fn: FunctionModel, loop: Loop): EntryClass | undefined {
  if (!fn.generator || loop.over.kind !== 'literal' || loop.over.value === false || loop.over.value === 0) { return undefined; }
  let yields = false;
  eachExpression(loop.body, (part) => { yields ||= part.kind === 'unknown' && part.syntax === 'yield'; });
  return yields ? 'none' : undefined;
}

function eachExpression(body: readonly Stmt[], visit: (part: Expr, parent: Expr | undefined) => void): void {
  for (const statement of statementsOf(body, (inner) => inner.kind !== 'loop' || inner.type !== 'while')) {
    for (const expr of expressionsOf(statement)) { walkExpression(expr, visit); }
  }
}

const FOR_AWAIT = /for\s+await\b/y;
const ASYNC_FOR = /async\b/y;
const SOCKET_NAME = /^(?:ws|websocket|socket|sock|connection|conn|stream)$/i;
/** Iterables of these names give prices as they come, whoever made them. */
const TICKS_NAME = /^_?(?:ticks|tickers|quotes)$/;

/** `async for message in ws`, `for await (const message of ws)`, and without the word where the name or its maker says that it is a web socket. */
function loopedOver(model: SourceModel, fn: FunctionModel, loop: Loop): EntryClass | undefined {
  const marks = isScript(model.language) ? FOR_AWAIT : ASYNC_FOR;
  marks.lastIndex = loop.start;
  const site = functionSite(model, fn);
  if (marks.test(model.source.text)) { return feedEntry(model, loop, site); }
  // `ws` is a worksheet as well: without a web socket package in the file it is none of ours.
  return importsWebSockets(model) && isWebSocket(model, loop.over, site) ? 'message' : undefined;
}

/** What an asynchronous loop waits for: by a call of a table, by the event it asks for, by the names of the feed and of what comes. */
function feedEntry(model: SourceModel, { over, target }: Loop, site: NameSite): EntryClass | undefined {
  const chain = chainOf(over);
  for (const link of chain) {
    const entry = link.kind === 'call' ? streamEntry(lastName(link.callee) ?? '') ?? emitted(model, link, site) : undefined;
    if (entry !== undefined) { return entry; }
  }
  const names = chain.flatMap((link) => (link.kind === 'name' ? [link.name] : link.kind === 'member' ? [link.property] : []));
  const isLive = names.some((name) => wordsOf(name).some((word) => LIVE_WORDS.has(word))) || TICKS_NAME.test(names[0] ?? '');
  if (!isLive) { return undefined; }
  for (const word of [...names, ...target === undefined ? [] : namesOf(target)].flatMap(wordsOf)) {
    const entry = topicEntry(word);
    if (entry !== undefined) { return entry; }
  }
  return SOCKET_NAME.test(names[0] ?? '') ? 'message' : undefined;
}

/** `on(emitter, 'tick')` of Node's events: a loop over them is a listener. */
function emitted(model: SourceModel, call: Call, site: NameSite): EntryClass | undefined {
  const name = qualifiedName(model, call.callee, site);
  const event = call.args[1]?.value;
  if ((name !== 'events.on' && name !== 'events.default.on') || event?.kind !== 'literal') { return undefined; }
  for (const callback of callbacksFor('argument', 'on')) {
    if (callback.kind === 'argument' && callback.event === event.value && callback.on === undefined && callback.entry !== 'call') { return callback.entry; }
  }
  return undefined;
}

/** The links of `this.feed.ticks(symbol)`, the last one first: the calls, members and names, without what they are given. */
function chainOf(expr: Expr): readonly Expr[] {
  const links: Expr[] = [];
  let current: Expr | undefined = expr;
  while (current !== undefined && links.length < 16) {
    links.push(current);
    current = current.kind === 'call' ? current.callee : current.kind === 'member' || current.kind === 'index' ? current.object : current.kind === 'await' ? current.operand : undefined;
  }
  return links;
}

function namesOf(target: Expr): readonly string[] {
  const names: string[] = [];
  walkExpression(target, (expr) => { if (expr.kind === 'name') { names.push(expr.name); } });
  return names;
}

function importsWebSockets(model: SourceModel): boolean {
  return model.imports.some((entry) => entry.level === 0 && /^websockets?(?:\.|$)/.test(entry.module));
}
