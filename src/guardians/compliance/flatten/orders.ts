/** Calls that open or close positions, by their role and by the words of their name. */
import type { Call, Expr, FunctionModel, SourceModel } from '../../../core/source/model.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { namesWithRole } from '../../../core/source/frameworks/tables.ts';
import { rolesOf } from '../../../core/source/roles.ts';
import { namesExit, reduces } from '../../../core/source/protections/exits.ts';
import { orderRequest } from '../../../core/source/protections/requests.ts';
import { ModelFact } from '../../../core/source/meaning/per-model.ts';
import { indexOf } from '../file-index.ts';
import type { Sited } from '../file-index.ts';
import { lastName } from '../named.ts';
import { closesPositions, hasWord, wordsOf } from '../words.ts';
import { graphOf } from './call-graph.ts';

const VERBS: ReadonlySet<string> = new Set(['place', 'submit', 'send', 'create', 'open', 'enter', 'execute', 'go', 'put']);
const OPENED: ReadonlySet<string> = new Set(['order', 'bracket', 'trade', 'position', 'entry', 'long', 'short', 'buy', 'sell', 'oso']);
/** Words that make of an order something that is shown, kept or asked for, or one that closes. */
const OTHERS: ReadonlySet<string> = new Set([
  'notification', 'message', 'alert', 'log', 'table', 'request', 'record', 'event', 'report', 'dict', 'schema', 'embed', 'email', 'text', 'summary', 'id', 'status', 'history', 'book',
  'cache', 'file', 'manager', 'service', 'update', 'client', 'data', 'model', 'panel', 'button', 'row', 'line', 'mock', 'test', 'sim', 'simulated', 'paper', 'virtual', 'stop', 'sl', 'tp', 'price', 'time',
  'class', 'factory', 'ticket', 'journal', 'review', 'signal', 'plan', 'card', 'count', 'orders', 'trades', 'positions', 'callback', 'hook', 'webhook', 'telegram', 'discord', 'window', 'tab', 'ui', 'tag',
]);
/** What sends orders where a bare `buy(…)` is called on it. */
const BROKERS: ReadonlySet<string> = new Set(['trade', 'broker', 'client', 'api', 'exchange', 'executor', 'execution', 'trader', 'gateway', 'account', 'session', 'orders', 'order', 'router', 'adapter', 'connector']);

const remembered = new ModelFact<readonly Sited<Call>[]>();

/** The calls of a file that open positions, in source order. */
export function entryOrders(model: SourceModel): readonly Sited<Call>[] {
  let known = remembered.get(model);
  if (known === undefined) {
    known = indexOf(model).calls.filter(({ node, site }) => opens(model, node, site)).sort((a, b) => a.node.start - b.node.start);
    remembered.set(model, known);
  }
  return known;
}

function opens(model: SourceModel, call: Call, site: Site): boolean {
  const name = lastName(call.callee) ?? '';
  const sends = (SENT.has(name) && rolesOf(model, call, site).includes('order.submit')) || saysEntry(name, call) || orderRequest(call) !== undefined;
  // A function of this file opens by what it calls itself.
  return sends && !graphOf(model).called(call).some((fn) => !isOthers(call, fn, site)) && !reduces(model, site.function, call, site) && !namesExit(name) && !zeroed(call);
}

/** Names that some table knows as an order: what a call of another one is, nobody has to work out. */
const SENT = namesWithRole('order.submit');
const CLOSED = namesWithRole('order.close');

/** `self.executor.open_position(…)` in a class that has an `open_position` of its own means the executor's. */
function isOthers(call: Call, fn: FunctionModel, site: Site): boolean {
  return call.callee.kind === 'member' && call.callee.object.kind === 'member' && fn.class !== undefined && fn.class === site.function?.class;
}

/** `place_order`, `openPosition`, `enter_long`, `broker.buy`. */
function saysEntry(name: string, call: Call): boolean {
  if (!/order|trade|position|entry|long|short|buy|sell|bracket|oso/i.test(name) || call.args.length === 0) { return false; }
  const words = wordsOf(name);
  if (hasWord(words, OTHERS) || words.length > 5) { return false; }
  const verb = words.findIndex((word) => VERBS.has(word));
  if (verb === 0 || (verb === 1 && words[0] !== 'get' && words[0] !== 'on' && words[0] !== 'can' && words[0] !== 'should')) {
    if (words.slice(verb + 1).some((word) => OPENED.has(word))) { return true; }
  }
  const side = words.findIndex((word) => word === 'buy' || word === 'sell' || word === 'long' || word === 'short');
  // `ea.BuyOpen(…)`, `OpenBuy(…)`.
  if (side >= 0 && side < 2 && words.length <= 4 && (words[side + 1] === 'open' || words[side + 1] === 'entry' || words[side + 1] === 'market' || words[side + 1] === 'order')) { return true; }
  if (words[0] !== 'buy' && words[0] !== 'sell' && !(words[0] === 'market' && words[1] === 'order')) { return false; }
  const on = call.callee.kind === 'member' ? lastName(call.callee.object) : undefined;
  return on !== undefined && hasWord(wordsOf(on), BROKERS);
}

/** `order_target_percent(asset, 0)`. */
function zeroed(call: Call): boolean {
  return /target/i.test(lastName(call.callee) ?? '') && call.args.some(({ value }) => value.kind === 'literal' && Number(value.value) === 0);
}

const EXIT_WORDS: ReadonlySet<string> = new Set(['exit', 'exits', 'flatten', 'liquidate', 'unwind', 'squareoff', 'closeall', 'flat', 'closeout']);
const NO_POSITION: ReadonlySet<string> = new Set([
  'price', 'market', 'prev', 'previous', 'bar', 'candle', 'file', 'socket', 'ws', 'connection', 'session', 'db', 'log', 'code', 'handle', 'panel', 'color', 'is', 'can', 'has', 'get', 'on', 'print', 'reset', 'dialog', 'modal', 'window',
  'i', 'database', 'stream', 'store', 'popup', 'menu', 'driver', 'browser', 'page', 'cursor', 'conn', 'pool', 'app', 'server', 'transport', 'channel', 'indicator', 'buffer', 'client', 'copy', 'array', 'last', 'yesterday', 'open', 'high', 'low', 'series', 'adj', 'time', 'timestamp', 'volume', 'above', 'below', 'pct', 'percent', 'flatline',
]);

/** Does a name speak of closing positions: `CloseAll`, `exit_trade`, `flatten`? */
export function saysClose(name: string): boolean {
  if (!/clos|exit|flat|liquid|unwind|square/i.test(name)) { return false; }
  const words = wordsOf(name);
  if (hasWord(words, NO_POSITION)) { return false; }
  return hasWord(words, EXIT_WORDS) || (words.length > 1 && (words.includes('close') || words.includes('closing'))) || (words.includes('square') && words.includes('off'));
}

/** Does a call close positions, as far as its role, its name and its arguments say? */
export function closes(model: SourceModel, call: Call, site: Site): boolean {
  const name = lastName(call.callee) ?? '';
  const on = call.callee.kind === 'member' ? lastName(call.callee.object) : undefined;
  if (name === 'exit' && (on === undefined || on === 'sys' || on === 'process' || on === 'os')) { return false; }
  if (saysClose(name) || closesPositions(name, on) || zeroed(call) || (CLOSED.has(name) && rolesOf(model, call, site).includes('order.close'))) { return true; }
  return call.args.some(({ name: key, value }) => isReduceOnly(key, value)) || (namesExit(site.function?.name ?? '') && ((SENT.has(name) && rolesOf(model, call, site).includes('order.submit')) || saysEntry(name, call)));
}

function isReduceOnly(key: string | undefined, value: Expr): boolean {
  if (value.kind === 'collection' && value.keys !== undefined) {
    return value.items.some((item, i) => { const own = value.keys?.[i]; return own?.kind === 'literal' && isReduceOnly(String(own.value), item); });
  }
  return key !== undefined && /^reduce_?only$/i.test(key) && value.kind === 'literal' && value.value === true;
}
