/**
 * Orders of Python and JavaScript programs. Sources: NautilusTrader order factory; ccxt unified API (createOrder and its shorthands, where `params`
 * stand); python-binance and binance-api-node; alpaca-py, alpaca-trade-api; ib_insync and ib_async orders; Tradovate and ProjectX API references
 * (placeorder, placeOSO, Order/place); backtrader Strategy.buy and sell; lumibot create_order.
 */
import type { Call, Expr, SourceModel } from '../../../core/source/model.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { orderRequest } from '../../../core/source/protections/requests.ts';
import { frameworkOf, rolesOf } from '../../../core/source/roles.ts';
import { definitionsOf, receiverClass } from '../../../core/source/scope.ts';
import { argumentExpr, lastName } from '../named.ts';
import type { Flow } from './flow.ts';
import { pythonRequest } from './metatrader.ts';
import { stopValue } from './nothing.ts';
import type { Order, Platform, Stop } from './order.ts';
import { kindOf, objectIn, saidBy, sideOf, specOf, stopIn } from './reading.ts';
import type { Spec } from './reading.ts';

/** An order, or one whose kind protects a position: a stop of its own. */
export type Sent = { readonly order: Order } | { readonly protects: Call; readonly site: Site };

/** What a call sends; undefined where it sends no order that anybody here can read. */
export function sentBy(model: SourceModel, call: Call, site: Site, flow: Flow): Sent | undefined {
  const name = lastName(call.callee) ?? '';
  if (!MAY_SEND.test(name) || (flow.named(name).length > 0 && call.callee.kind === 'name')) { return undefined; }
  return factory(call, site, name) ?? shorthand(model, call, site, name, flow) ?? named(model, call, site, name, flow) ?? posted(model, call, site) ?? framework(model, call, site, name);
}

/** Letters of every called name that is looked at. */
const MAY_SEND = /order|market|limit|stop|buy|sell|bracket|touch|post|request|fetch|axios|call|send|invoke/i;

function draft(platform: Platform, call: Call, site: Site, spec: Omit<Spec, 'kindBy'>): Sent {
  if (spec.kind === 'protective') { return { protects: call, site }; }
  const { side, sideBy, size, symbol, stop, target, kind } = spec;
  return { order: { platform, call, at: { start: call.callee.start, end: call.callee.end }, site, names: [], side, kind, sideBy, size, symbol, stop, target } };
}

// ---------------------------------------------------------------- NautilusTrader

const FACTORY: ReadonlyMap<string, Order['kind']> = new Map<string, Order['kind']>([
  ['market', 'market'], ['limit', 'limit'], ['market_to_limit', 'limit'], ['limit_if_touched', 'limit'], ['market_if_touched', 'market'], ['stop_market', 'stop'], ['stop_limit', 'stop'],
]);

function factory(call: Call, site: Site, name: string): Sent | undefined {
  if (call.callee.kind !== 'member' || !/^_?order_factory$|^factory$/.test(lastName(call.callee.object) ?? '')) { return undefined; }
  if (name.startsWith('trailing_stop')) { return { protects: call, site }; }
  if (name === 'bracket') { return draft('nautilus', call, site, { side: sideOf(argumentExpr(call, 1, 'order_side')), sideBy: argumentExpr(call, 1, 'order_side'), size: argumentExpr(call, 2, 'quantity'), symbol: undefined, target: undefined, kind: 'market', stop: { state: 'given' } }); }
  const kind = FACTORY.get(name);
  if (kind === undefined) { return undefined; }
  const sideBy = argumentExpr(call, 1, 'order_side');
  const open = call.args.some((argument) => argument.spread !== undefined);
  return draft('nautilus', call, site, { side: sideOf(sideBy), sideBy, size: argumentExpr(call, 2, 'quantity'), symbol: argumentExpr(call, 0, 'instrument_id'), target: undefined, kind, stop: open ? { state: 'unseen' } : { state: 'none' } });
}

// -------------------------------------------------------------------- exchanges

interface Shorthand { readonly side?: 'buy' | 'sell'; readonly kind?: 'market' | 'limit'; readonly type?: number; readonly sideAt?: number; readonly size: number; readonly params: number }

/** ccxt's methods, without `_` and in small letters: createOrder(symbol, type, side, amount, price, params). */
const SHORTHANDS: ReadonlyMap<string, Shorthand> = new Map<string, Shorthand>([
  ['createorder', { type: 1, sideAt: 2, size: 3, params: 5 }], ['createorderws', { type: 1, sideAt: 2, size: 3, params: 5 }],
  ['createmarketorder', { kind: 'market', sideAt: 1, size: 2, params: 4 }], ['createlimitorder', { kind: 'limit', sideAt: 1, size: 2, params: 4 }],
  ['createmarketbuyorder', { side: 'buy', kind: 'market', size: 1, params: 2 }], ['createmarketsellorder', { side: 'sell', kind: 'market', size: 1, params: 2 }],
  ['createlimitbuyorder', { side: 'buy', kind: 'limit', size: 1, params: 3 }], ['createlimitsellorder', { side: 'sell', kind: 'limit', size: 1, params: 3 }],
  ['createmarketbuyorderwithcost', { side: 'buy', kind: 'market', size: 1, params: 2 }], ['createmarketorderwithcost', { kind: 'market', sideAt: 1, size: 2, params: 3 }],
]);
const STOP_METHODS = /^create(?:stop|trailing|trigger|takeprofit)\w{0,30}order$|^create(?:stoplimit|stopmarket)order$/;

function shorthand(model: SourceModel, call: Call, site: Site, name: string, flow: Flow): Sent | undefined {
  if (call.callee.kind !== 'member' || !/^_*create/i.test(name)) { return undefined; }
  const key = name.toLowerCase().replaceAll('_', '');
  const shape = SHORTHANDS.get(key);
  // Names first: whose object it is, is asked of the few that may be such a method.
  const stops = STOP_METHODS.test(key);
  if (shape === undefined && !stops || isOwnModule(model, call.callee.object, site)) { return undefined; }
  if (stops && flow.named(name).length === 0) { return { protects: call, site }; }
  if (shape === undefined || flow.named(name).length > 0 && !rolesOf(model, call, site).includes('order.submit')) { return undefined; }
  const keyword = (position: number | undefined, word: string): Expr | undefined => (position === undefined ? undefined : argumentExpr(call, position, word));
  const typeBy = keyword(shape.type, 'type');
  const sideBy = keyword(shape.sideAt, 'side');
  // `createOrder({ … })` and calls with other keywords are read as such.
  if (shape.type !== undefined && (typeBy === undefined || sideBy === undefined || (call.args.length < 4 || call.args.some((one) => /^(?:quantity|qty|order_type|orderType)$/.test(one.name ?? ''))))) { return undefined; }
  const cls = call.callee.kind === 'member' ? receiverClass(model, call.callee.object, site) : undefined;
  if (cls !== undefined && frameworkOf(model, cls) !== undefined) { return undefined; }
  const kind = shape.kind ?? kindOf(typeBy);
  const params = argumentExpr(call, shape.params, 'params');
  const said = params === undefined ? { entries: [], open: call.args.some((argument) => argument.spread !== undefined) } : objectIn(model, params, site) ?? { entries: [], open: params.kind !== 'literal' && !(params.kind === 'name' && params.name === 'undefined') };
  return draft('exchange', call, site, { side: shape.side ?? sideOf(sideBy), sideBy, size: keyword(shape.size, 'amount'), symbol: argumentExpr(call, 0, 'symbol'), target: undefined, kind, stop: stopIn(model, said, site) });
}

/** `Order.createMarketOrder(…)` of a class of the project: its body is elsewhere. */
function isOwnModule(model: SourceModel, object: Expr, site: Site): boolean {
  return object.kind === 'name' && (/^[A-Z]/.test(object.name) || definitionsOf(model, object.name, site, object.start).some((definition) => (definition.imported?.level ?? 0) > 0));
}

// ----------------------------------------------- orders by keywords and by objects

/** Names of calls that take an order by its parts. */
const SUBMITS = /^(?:futures_|margin_|futures|margin)?(?:create|submit|place|new|send)_?(?:margin_|futures_?|spot_?|active_|batch_?)?order(?:_?ws)?$|^(?:futures_?)?order$|^order_(?:market|limit)(?:_buy|_sell)?$|^futuresOrder$|^(?:futures)?Market(?:Buy|Sell)$|^(?:futures)?(?:market|limit)(?:Buy|Sell)$/i;
/** Packages that reach a broker or an exchange. */
const BROKERS = /alpaca|binance|bybit|okx|kucoin|bitget|kraken|coinbase|oanda|tradovate|deribit|hyperliquid|delta_rest|mexc|gate_?api|phemex|bitmex|bitfinex|dydx|kite|ccxt|robin_stocks|tda|schwab|webull|upstox|fyers|smartapi|project_x|pybit/i;
const CLASSES: ReadonlyMap<string, { readonly platform: Platform; readonly kind: Order['kind'] | 'protective' }> = new Map([
  ['MarketOrderRequest', { platform: 'shares', kind: 'market' }], ['LimitOrderRequest', { platform: 'shares', kind: 'limit' }], ['StopOrderRequest', { platform: 'shares', kind: 'protective' }],
  ['StopLimitOrderRequest', { platform: 'shares', kind: 'protective' }], ['TrailingStopOrderRequest', { platform: 'shares', kind: 'protective' }],
  ['MarketOrder', { platform: 'ib', kind: 'market' }], ['LimitOrder', { platform: 'ib', kind: 'limit' }], ['StopOrder', { platform: 'ib', kind: 'protective' }], ['StopLimitOrder', { platform: 'ib', kind: 'protective' }],
] as const);

function hasBroker(model: SourceModel, wanted: RegExp): boolean {
  return model.imports.some((one) => one.level === 0 && wanted.test(one.module));
}

function named(model: SourceModel, call: Call, site: Site, name: string, flow: Flow): Sent | undefined {
  const made = CLASSES.get(name);
  if (made !== undefined && hasBroker(model, made.platform === 'ib' ? /ib_insync|ib_async/ : /alpaca/)) { return classOrder(model, call, site, made); }
  if (name === 'order_send') { return asSent(pythonRequest(model, call, site)); }
  if (name === 'Order' && hasBroker(model, /ib_insync|ib_async/) && call.args.some((one) => one.name === 'action')) { return draft('ib', call, site, specOf(model, saidBy(model, call, site), site)); }
  if (!SUBMITS.test(name) || call.callee.kind !== 'member' || flow.named(name).length > 0) { return undefined; }
  if (!hasBroker(model, BROKERS)) { return undefined; }
  const method = /(market|limit)_?(buy|sell)?$/i.exec(name);
  const said = saidBy(model, call, site);
  const spec = inOrderOf(model, call, specOf(model, said, site));
  const kind = spec.kind ?? (method?.[1] === undefined ? undefined : method[1].toLowerCase() as 'market' | 'limit');
  const side = spec.side ?? (method?.[2] === undefined ? undefined : method[2].toLowerCase() as 'buy' | 'sell');
  if (side === undefined && spec.sideBy === undefined || kind === undefined && spec.kindBy === undefined) { return undefined; }
  const byName = method?.[2] !== undefined;
  if (!byName && spec.size === undefined) { return undefined; }
  return draft(hasBroker(model, /alpaca|robin_stocks|schwab|tda|webull/) ? 'shares' : 'exchange', call, site, { ...spec, kind, side });
}

/** `submit_order(symbol, qty, side, type, …)` of alpaca-trade-api, which takes its parts by place as well. */
function inOrderOf(model: SourceModel, call: Call, spec: Spec): Spec {
  if (lastName(call.callee) !== 'submit_order' || spec.sideBy !== undefined || !hasBroker(model, /alpaca_trade_api/)) { return spec; }
  const [symbol, size, sideBy, kindBy] = [0, 1, 2, 3].map((position) => argumentExpr(call, position));
  return { ...spec, symbol, size: spec.size ?? size, sideBy, side: sideOf(sideBy), kindBy: spec.kindBy ?? kindBy, kind: spec.kind ?? kindOf(kindBy) };
}

function asSent(order: Order | undefined): Sent | undefined {
  return order === undefined ? undefined : { order };
}

function classOrder(model: SourceModel, call: Call, site: Site, { platform, kind }: { readonly platform: Platform; readonly kind: Order['kind'] | 'protective' }): Sent {
  const spec = specOf(model, saidBy(model, call, site), site);
  const first = platform === 'ib' ? argumentExpr(call, 0, 'action') : spec.sideBy;
  return draft(platform, call, site, { ...spec, kind, sideBy: first, side: sideOf(first), size: platform === 'ib' ? argumentExpr(call, 1, 'totalQuantity') : spec.size });
}

// ----------------------------------------------------------------------- HTTP

function posted(model: SourceModel, call: Call, site: Site): Sent | undefined {
  const address = orderRequest(call) ?? orderRequest(withAddress(model, call, site));
  if (address === undefined) { return undefined; }
  const said = saidBy(model, call, site);
  const spec = specOf(model, said, site);
  // ProjectX tells the kind by a number: 1 limit, 2 market, 4 stop, 5 trailing stop.
  const code = spec.kindBy?.kind === 'literal' ? spec.kindBy.value : undefined;
  const kind = spec.kind ?? (code === 2 ? 'market' : code === 1 ? 'limit' : code === 4 || code === 5 ? 'protective' : undefined);
  const number = spec.sideBy?.kind === 'literal' && typeof spec.sideBy.value === 'number' ? (spec.sideBy.value === 0 ? 'buy' : 'sell') : undefined;
  if (spec.sideBy === undefined || (kind === undefined && spec.kindBy === undefined)) { return undefined; }
  const stop: Stop = /OSO|OCO/i.test(address) && spec.stop.state === 'none' ? { state: 'unseen' } : spec.stop;
  return draft('http', call, site, { ...spec, kind, side: spec.side ?? number, stop });
}

/** `url = f"{BASE}/order/placeorder"` a few lines above, and `post(url, …)`: the call with what the name is given once. */
function withAddress(model: SourceModel, call: Call, site: Site): Call {
  const [first, ...others] = call.args;
  if (first?.value.kind !== 'name' || !/url|uri|endpoint|path|address/i.test(first.value.name)) { return call; }
  const definitions = definitionsOf(model, first.value.name, site, first.value.start);
  const value = definitions.length === 1 ? definitions[0]?.value : undefined;
  return value === undefined ? call : { ...call, args: [{ ...first, value }, ...others] };
}

// ------------------------------------------------------- methods of the strategy

function framework(model: SourceModel, call: Call, site: Site, name: string): Sent | undefined {
  if (call.callee.kind !== 'member' || (name !== 'buy' && name !== 'sell' && name !== 'create_order')) { return undefined; }
  const cls = receiverClass(model, call.callee.object, site);
  const found = cls === undefined ? undefined : frameworkOf(model, cls)?.framework;
  if (found === 'backtrader' && name !== 'create_order') {
    const said = saidBy(model, call, site);
    const spec = specOf(model, said, site);
    const kind = spec.kind ?? 'market';
    return draft('backtrader', call, site, { ...spec, kind, side: name, sideBy: undefined });
  }
  if (found?.toLowerCase() !== 'lumibot' || name !== 'create_order') { return undefined; }
  const said = saidBy(model, call, site);
  const sideBy = argumentExpr(call, 2, 'side');
  const written = [argumentExpr(call, 4, 'stop_price'), ...call.args.filter((one) => /stop|trail|bracket|order_class/.test(one.name ?? '')).map((one) => one.value)];
  const stop = written.map((value) => stopValue(model, value, site)).find((one) => one.state !== 'none') ?? (said.open ? { state: 'unseen' as const } : { state: 'none' as const });
  return draft('lumibot', call, site, { side: sideOf(sideBy), sideBy, size: argumentExpr(call, 1, 'quantity'), symbol: argumentExpr(call, 0, 'asset'), target: undefined, kind: argumentExpr(call, 3, 'limit_price') === undefined ? 'market' : 'limit', stop });
}
