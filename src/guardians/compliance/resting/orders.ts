/**
 * Entries that rest in the market: limit and stop orders with how long they stay there.
 *
 * Sources: NautilusTrader order factory (every order is good till cancelled unless `time_in_force` says otherwise); MQL5
 * reference, CTrade (`type_time = ORDER_TIME_GTC` for pending orders) and MqlTradeRequest; MQL4 reference, OrderSend
 * (`expiration = 0`); Alpaca orders (`time_in_force`); ccxt unified params (`timeInForce`); ib_insync orders (`tif`).
 */
import type { Call, ClassModel, Expr, SourceModel, Span } from '../../../core/source/model.ts';
import { isScript } from '../../../core/source/languages.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import { externalType, instanceClass } from '../../../core/source/meaning/classes.ts';
import { lineageOf } from '../../../core/source/meaning/lineage.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { walkExpression } from '../../../core/source/walk.ts';
import { settled } from '../../../core/source/meaning/held.ts';
import { indexOf } from '../file-index.ts';
import { argumentExpr, lastName } from '../named.ts';
import { hasPhrase, hasWord, wordsOf } from '../words.ts';

/** An entry order that stays in the market until it is cancelled. */
export interface RestingOrder {
  /** The time in force where it is written, else the call. */
  readonly at: Span;
  /** Good till cancelled in so many words, because nothing else is said, or perhaps: a setting tells it. */
  readonly tif: 'gtc' | 'default' | 'setting';
  /** `limit`, `stop`, `buy stop`. */
  readonly what: string;
  readonly site: Site;
  /** What ends it with the day, in the words of this interface. */
  readonly day: string;
  /** Writes that in place of the time in force. */
  readonly swap?: string;
  /** Nothing is said, and the exchange's default holds: worth a word only where an account has a deadline. */
  readonly exchange?: true;
}

/** The orders of a file that rest in the market. */
export interface RestingOrders {
  readonly entries: readonly RestingOrder[];
  /** Stops of their own that protect a position and may be left behind when it is closed. */
  readonly stops: readonly RestingOrder[];
}

interface Draft extends RestingOrder {
  /** Names and expressions that may say it is an exit. */
  readonly names: readonly string[];
  readonly parts: readonly Expr[];
}

const EXIT_WORDS: ReadonlySet<string> = new Set([
  'exit', 'exits', 'close', 'closing', 'tp', 'tp1', 'tp2', 'tp3', 'sl', 'stoploss', 'takeprofit', 'target', 'targets', 'protect', 'protective', 'protection', 'flatten', 'trailing',
  'trail', 'cover', 'liquidate', 'reduce', 'reducing', 'reduction', 'hedge', 'unwind', 'profit', 'bracket', 'oco', 'oto', 'breakeven', 'be', 'modify', 'replace', 'update', 'filled', 'fill', 'emergency',
]);
const ENTRY_WORDS: ReadonlySet<string> = new Set(['entry', 'entries', 'enter', 'buy', 'sell', 'long', 'short', 'open', 'breakout', 'pending', 'grid', 'quote', 'bid', 'ask']);

function saysExit(name: string): boolean {
  const words = wordsOf(name);
  return hasWord(words, EXIT_WORDS) || hasPhrase(words, 'stop', 'loss') || hasPhrase(words, 'position', 'opened') || hasPhrase(words, 'position', 'changed');
}

/** Every resting entry of a file, in source order: exits, protective orders and what may be one are no entries. */
export function restingOrders(model: SourceModel): RestingOrders {
  const assigned = assignedNames(model);
  const found: Draft[] = [];
  for (const { node, site } of indexOf(model).calls) {
    const order = model.language === 'mql5' ? mqlOrder(model, node, site) : factoryOrder(model, node, site) ?? specOrder(model, node, site);
    if (order !== undefined) { found.push({ ...order, names: [...order.names, ...(assigned.get(node) ?? []), site.function?.name ?? ''] }); }
  }
  if (model.language === 'mql5') { found.push(...requests(model)); } else { found.push(...dictOrders(model, found), ...lateTif(model)); }
  const sorted = found.sort((a, b) => a.at.start - b.at.start);
  const entries = sorted.filter((order) => !isExit(order));
  // MetaTrader's stops belong to their position and go with it.
  const stops = model.language === 'mql5' ? [] : sorted.filter((order) => order.tif !== 'setting' && order.what.startsWith('stop') && !entries.includes(order) && order.names.some(saysProtection));
  return { entries, stops };
}

function saysProtection(name: string): boolean {
  const words = wordsOf(name);
  return hasWord(words, PROTECTION) || hasPhrase(words, 'stop', 'loss') || hasPhrase(words, 'position', 'opened');
}

const PROTECTION: ReadonlySet<string> = new Set(['sl', 'stoploss', 'protect', 'protective', 'protection']);

function isExit(order: Draft): boolean {
  if (order.names.some(saysExit)) { return true; }
  // A stop with nothing that says entry protects a position more often than it opens one.
  if (order.what.startsWith('stop') && !order.names.some((name) => hasWord(wordsOf(name), ENTRY_WORDS))) { return true; }
  let exit = false;
  for (const part of order.parts) {
    walkExpression(part, (expr) => {
      if (expr.kind === 'literal' && expr.type === 'string') { exit ||= saysExit(String(expr.value)) && String(expr.value).length < 40; }
      if (expr.kind !== 'name' && expr.kind !== 'member') { return; }
      const words = wordsOf(lastName(expr) ?? '');
      exit ||= words[0] === 'position' || words[0] === 'pos' || words.includes('closing') || words.includes('opposite') || words.includes('exit') || words.includes('close') && words.includes('side');
    });
  }
  return exit;
}

/** Names a call's result is given. */
export function assignedNames(model: SourceModel): ReadonlyMap<Expr, readonly string[]> {
  const names = new Map<Expr, readonly string[]>();
  for (const { node } of indexOf(model).statements) {
    if (node.kind !== 'assign' || node.value === undefined) { continue; }
    const value = settled(node.value);
    names.set(value, node.targets.map((target) => lastName(target) ?? ''));
  }
  return names;
}

/** Is a time in force “good till cancelled”, something else, or what a setting may tell? */
function tifOf(model: SourceModel, value: Expr, site: Site): 'gtc' | 'setting' | 'other' {
  let current = value;
  for (let hops = 0; hops < 4; hops++) {
    if (current.kind === 'literal') { return current.value === 0 || isGtc(String(current.value)) ? 'gtc' : 'other'; }
    const name = lastName(current) ?? '';
    if (isGtc(name)) { return 'gtc'; }
    if (OTHER_TIF.test(name)) { return 'other'; }
    if (current.kind !== 'name') { return 'setting'; }
    const definitions = definitionsOf(model, current.name, site);
    const only = definitions.length === 1 ? definitions[0] : undefined;
    if (only?.value === undefined || only.op !== undefined) { return 'setting'; }
    // The input of an expert is what a preset may change, whatever stands here.
    if (only.statement?.kind === 'assign' && (only.statement.storage === 'input' || only.statement.storage === 'sinput' || only.statement.storage === 'extern') && !isGtc(lastName(only.value) ?? '') && !(only.value.kind === 'literal' && only.value.value === 0)) { return 'setting'; }
    current = only.value;
  }
  return 'other';
}

/** Times in force that end by themselves. */
const OTHER_TIF = /^(?:ORDER_TIME_|TIF_)?(?:DAY|IOC|FOK|GTD|GTX|OPG|CLS|SPECIFIED(?:_DAY)?|AT_THE_(?:OPEN|CLOSE)|Day|Ioc|Fok|Gtd)$/;

/** Does a value say “good till cancelled”? */
export function isGtc(text: string): boolean {
  return /^(?:gtc|(?:order_time_|time_in_force_|tif_)gtc|good_?till?_?cancell?(?:ed)?|goodtillcancell?(?:ed)?)$/i.test(text);
}

// ---------------------------------------------------------------- NautilusTrader

const FACTORY: ReadonlyMap<string, string> = new Map([
  ['limit', 'limit order'], ['stop_market', 'stop order'], ['stop_limit', 'stop-limit order'], ['limit_if_touched', 'limit-if-touched order'], ['market_if_touched', 'market-if-touched order'],
]);

function factoryOrder(model: SourceModel, call: Call, site: Site): Draft | undefined {
  if (model.language !== 'python' && model.language !== 'notebook' || call.callee.kind !== 'member' || lastName(call.callee.object) !== 'order_factory') { return undefined; }
  const what = FACTORY.get(call.callee.property);
  if (what === undefined || call.args.some((argument) => argument.spread === '**') || isTrue(argument(call, 'reduce_only')) || argument(call, 'expire_time') !== undefined) { return undefined; }
  const written = argument(call, 'time_in_force');
  const tif = written === undefined ? 'default' : tifOf(model, written, site);
  if (tif === 'other') { return undefined; }
  const spelled = written === undefined ? undefined : model.source.text.slice(written.start, written.end);
  return {
    at: written ?? call.callee, tif, what, site, day: 'time_in_force=TimeInForce.DAY', names: [], parts: call.args.filter((one) => one.name !== 'time_in_force' && one.name !== 'tags').map((one) => one.value),
    ...(spelled === undefined || !/^[A-Za-z_.]{0,60}TimeInForce\.GTC$/.test(spelled) ? {} : { swap: spelled.replace(/GTC$/, 'DAY') }),
  };
}

function argument(call: Call, name: string): Expr | undefined {
  return call.args.find((one) => one.name === name)?.value;
}

export function isTrue(expr: Expr | undefined): boolean {
  return expr !== undefined && !(expr.kind === 'literal' && expr.value === false);
}

// ------------------------------------------------------------------------ MQL

const PENDING: ReadonlyMap<string, { readonly what: string; readonly at: number }> = new Map([
  ['BuyLimit', { what: 'buy limit', at: 5 }], ['BuyStop', { what: 'buy stop', at: 5 }], ['SellLimit', { what: 'sell limit', at: 5 }], ['SellStop', { what: 'sell stop', at: 5 }],
]);
const PENDING_TYPE = /^(?:ORDER_TYPE_|OP_)(?:BUY|SELL)_?(?:LIMIT|STOP)(?:_LIMIT)?$/;

function mqlOrder(model: SourceModel, call: Call, site: Site): Draft | undefined {
  const name = lastName(call.callee) ?? '';
  if (call.callee.kind === 'name' && name === 'OrderSend' && call.args.length >= 7) { return mql4Order(call, site); }
  if (call.callee.kind !== 'member' || !isTrade(model, call.callee.object, site)) { return undefined; }
  const pending = PENDING.get(name) ?? (name === 'OrderOpen' && PENDING_TYPE.test(lastName(call.args[1]?.value ?? call.callee) ?? '') ? { what: 'pending order', at: 7 } : undefined);
  if (pending === undefined || call.args.length < 2) { return undefined; }
  const written = call.args[pending.at]?.value;
  const tif = written === undefined ? 'default' : tifOf(model, written, site);
  const expires = call.args[pending.at + 1]?.value;
  if (tif === 'other' || (expires !== undefined && !(expires.kind === 'literal' && expires.value === 0))) { return undefined; }
  const swap = written?.kind === 'name' && written.name === 'ORDER_TIME_GTC' ? 'ORDER_TIME_DAY' : undefined;
  return { at: written ?? call, tif, what: pending.what, site, day: 'ORDER_TIME_DAY', names: [], parts: [], ...(swap === undefined ? {} : { swap }) };
}

/** An object of the standard library's trading class; one that no line of the file declares is taken for it by its name. */
export function isTrade(model: SourceModel, object: Expr, site: Site, method?: string): boolean {
  const own = instanceClass(model, object, site);
  if (own !== undefined) { return method !== undefined && inherits(model, own, method); }
  const type = externalType(model, object, site);
  if (type !== undefined) { return type === 'mql5.CTrade' || type === 'mql5.CExpertTrade'; }
  const declared = object.kind === 'name' ? definitionsOf(model, object.name, site) : [];
  return declared.length === 0 && wordsOf(lastName(object) ?? '').join('') === 'trade' || /^m_trade$|^ext_?trade$/i.test(lastName(object) ?? '');
}

/** A class of the file that is a CTrade and leaves the method as it is. */
function inherits(model: SourceModel, cls: ClassModel, method: string): boolean {
  const { local, external } = lineageOf(model, cls);
  return external.some((base) => /(?:^|\.)CTrade$/.test(base)) && ![cls, ...local].some((one) => one.methods.some((index) => model.functions[index]?.name === method));
}

function mql4Order(call: Call, site: Site): Draft | undefined {
  const type = lastName(call.args[1]?.value ?? call.callee) ?? '';
  const expires = call.args[9]?.value;
  if (!PENDING_TYPE.test(type) || (expires !== undefined && !(expires.kind === 'literal' && expires.value === 0))) { return undefined; }
  return { at: call, tif: 'default', what: type.replace(/^[A-Z]{2}_/, '').toLowerCase().replace(/(buy|sell)/, '$1 '), site, day: 'an expiration', names: [], parts: [] };
}

/** `request.action = TRADE_ACTION_PENDING` with what else the function sets on the request. */
function requests(model: SourceModel): readonly Draft[] {
  const sets = indexOf(model).statements.flatMap(({ node, site }) => {
    const [target] = node.kind === 'assign' ? node.targets : [];
    return node.kind === 'assign' && node.value !== undefined && target?.kind === 'member' ? [{ object: model.source.text.slice(target.object.start, target.object.end), property: target.property, value: node.value, site, target }] : [];
  });
  return sets.flatMap((set): readonly Draft[] => {
    if (set.property !== 'action' || lastName(set.value) !== 'TRADE_ACTION_PENDING') { return []; }
    const same = sets.filter((other) => other.object === set.object && other.site.function === set.site.function);
    const written = same.find((other) => other.property === 'type_time');
    const expires = same.find((other) => other.property === 'expiration');
    const tif = written === undefined ? 'default' : tifOf(model, written.value, set.site);
    if (tif === 'other' || (expires !== undefined && !(expires.value.kind === 'literal' && expires.value.value === 0))) { return []; }
    const swap = written?.value.kind === 'name' && written.value.name === 'ORDER_TIME_GTC' ? 'ORDER_TIME_DAY' : undefined;
    return [{ at: written?.value ?? set.value, tif, what: 'pending order', site: set.site, day: 'ORDER_TIME_DAY', names: [set.site.function?.name ?? ''], parts: [], ...(swap === undefined ? {} : { swap }) }];
  });
}

// ------------------------------------------------- orders as keywords and entries

const TIF_KEYS: ReadonlySet<string> = new Set(['time_in_force', 'timeinforce', 'tif', 'time_in_force_', 'type_time']);
const TYPE_KEYS: ReadonlySet<string> = new Set(['type', 'order_type', 'ordertype', 'ordtype', 'type_', 'ord_type']);
const SIDE_KEYS: ReadonlySet<string> = new Set(['side', 'action', 'order_side', 'orderside']);
const REDUCE_KEYS: ReadonlySet<string> = new Set(['reduceonly', 'reduce_only', 'closeposition', 'close_position', 'close_on_trigger', 'closeontrigger']);
const ORDER_CLASSES: ReadonlyMap<string, string> = new Map([
  ['LimitOrderRequest', 'limit order'], ['StopOrderRequest', 'stop order'], ['StopLimitOrderRequest', 'stop-limit order'], ['LimitOrder', 'limit order'], ['StopOrder', 'stop order'], ['StopLimitOrder', 'stop-limit order'],
  ['order_limit_buy', 'limit order'], ['create_limit_buy_order', 'limit order'], ['createLimitBuyOrder', 'limit order'], ['create_limit_order', 'limit order'], ['createLimitOrder', 'limit order'],
]);

export interface Entry { readonly key: string; readonly value: Expr }

/** Keywords of a call and the entries of the dicts it is given. */
export function entriesOf(call: Call): readonly Entry[] {
  return call.args.flatMap((one) => (one.name !== undefined ? [{ key: one.name.toLowerCase(), value: one.value }] : one.value.kind === 'collection' ? dictEntries(one.value) : []));
}

export function dictEntries(dict: Expr & { readonly kind: 'collection' }): readonly Entry[] {
  return dict.items.flatMap((value, i) => {
    const key = dict.keys?.[i];
    return key?.kind === 'literal' && typeof key.value === 'string' ? [{ key: key.value.toLowerCase(), value }] : [];
  });
}

function specOrder(model: SourceModel, call: Call, site: Site): Draft | undefined {
  const entries = entriesOf(call);
  const name = lastName(call.callee) ?? '';
  // createOrder(symbol, type, side, amount, price, params) of ccxt.
  const unified = /^create_?order(?:_?ws)?$/i.test(name) && call.args.length >= 4 && call.args[1]?.name === undefined;
  const own = ORDER_CLASSES.get(name) ?? (unified ? typeText(call.args[1]?.value) : undefined);
  const sided = /^create_?limit_?order$/i.test(name);
  const first = /^(?:Limit|Stop|StopLimit)Order$/.test(name) ? argumentExpr(call, 0, 'action') : unified ? call.args[2]?.value : sided ? call.args[1]?.value : undefined;
  if (own !== undefined && entries.every((entry) => !TIF_KEYS.has(entry.key))) { return unsaidOrder(call, own, unified ? 5 : /buy/i.test(name) ? 3 : 4, first, entries, site); }
  return specFrom(model, entries, site, { ...(own === undefined ? {} : { what: own }), ...(first === undefined ? {} : { side: first }) });
}

/** A limit order of ccxt without a word on how long it rests: exchanges keep it until it is cancelled. `params` is where a word could stand. */
function unsaidOrder(call: Call, what: string, params: number, side: Expr | undefined, entries: readonly Entry[], site: Site): Draft | undefined {
  const more = call.args[params]?.value;
  const name = lastName(call.callee) ?? '';
  if (!/^create_?(?:limit_?(?:buy_?)?)?order(?:_?ws)?$/i.test(name) || call.args.some((one) => one.spread !== undefined) || (more !== undefined && more.kind !== 'collection' && more.kind !== 'literal')) { return undefined; }
  if (entries.some((entry) => REDUCE_KEYS.has(entry.key) || /stop|trigger|takeprofit/.test(entry.key)) || isSell(side) || (side !== undefined && side.kind !== 'literal' && !opens(site))) { return undefined; }
  return { at: call.callee, tif: 'default', what, site, day: 'a time in force that ends with the day', names: [], parts: call.args.map((one) => one.value), exchange: true };
}

/** The function says that it enters, whichever side it is handed: `openTrade`, `enter_position`. */
function opens(site: Site): boolean {
  const words = wordsOf(site.function?.name ?? '');
  return (words[0] === 'open' || words[0] === 'enter' || words[0] === 'place' && words.includes('entry')) && !words.includes('orders');
}

function specFrom(model: SourceModel, entries: readonly Entry[], site: Site, known: { readonly what?: string; readonly side?: Expr }): Draft | undefined {
  const of = (keys: ReadonlySet<string>): Expr | undefined => entries.find((entry) => keys.has(entry.key))?.value;
  const written = of(TIF_KEYS);
  const what = known.what ?? typeText(of(TYPE_KEYS));
  if (written === undefined || what === undefined || tifOf(model, written, site) === 'other' || (written.kind === 'literal' && written.type === 'number')) { return undefined; }
  if (isTrue(of(REDUCE_KEYS)) || isSell(known.side ?? of(SIDE_KEYS))) { return undefined; }
  const pending = entries.find((entry) => entry.key === 'action');
  if (pending !== undefined && /TRADE_ACTION_(?!PENDING)/.test(lastName(pending.value) ?? '')) { return undefined; }
  const text = model.source.text.slice(written.start, written.end);
  const day = dayFor(text);
  return { at: written, tif: tifOf(model, written, site) === 'gtc' ? 'gtc' : 'setting', what, site, day, names: [], parts: entries.filter((entry) => !TIF_KEYS.has(entry.key)).map((entry) => entry.value), ...(day === 'DAY' ? {} : { swap: day }) };
}

/** The same spelling for the end of the day; `DAY` where the interface may not know it. */
function dayFor(text: string): string {
  if (/^[A-Za-z_.0-9]{0,60}ORDER_TIME_GTC$/.test(text)) { return text.replace(/GTC$/, 'DAY'); }
  return /^(?:[A-Za-z_]{1,30}\.)?TimeInForce\.GTC$/.test(text) ? text.replace(/GTC$/, 'DAY') : 'DAY';
}

/** `limit`, `'LMT'`, `OrderType.STOP_LIMIT`, `ORDER_TYPE_BUY_LIMIT`; undefined for market orders and for what cannot be told. */
function typeText(expr: Expr | undefined): string | undefined {
  if (expr === undefined) { return undefined; }
  const text = expr.kind === 'literal' && expr.type === 'string' ? String(expr.value) : expr.kind === 'name' || expr.kind === 'member' ? lastName(expr) ?? '' : '';
  const words = wordsOf(text);
  if (text === '' || words.includes('loss') || words.includes('profit')) { return undefined; }
  const limit = words.includes('limit') || words.includes('lmt');
  const stop = words.includes('stop') || words.includes('stp');
  return limit && stop ? 'stop-limit order' : limit ? 'limit order' : stop ? 'stop order' : undefined;
}

function isSell(expr: Expr | undefined): boolean {
  if (expr === undefined) { return false; }
  const text = expr.kind === 'literal' ? String(expr.value) : lastName(expr) ?? '';
  return /^(?:sell|sld|short|s|ask|side_sell|ordersidesell)$/i.test(text.replace(/[._]/g, (mark) => (mark === '_' ? '_' : '')));
}

/** Order dicts that are built before they are sent: `order = {'type': 'LIMIT', 'timeInForce': 'GTC'}`. */
function dictOrders(model: SourceModel, known: readonly Draft[]): readonly Draft[] {
  const assigned = assignedNames(model);
  return indexOf(model).dicts.flatMap(({ node, site }) => {
    const order = specFrom(model, dictEntries(node), site, {});
    if (order === undefined || known.some((other) => other.at.start === order.at.start)) { return []; }
    const names = assigned.get(node) ?? [];
    return isSent(model, node, names, site) ? [{ ...order, names: [...names, site.function?.name ?? ''] }] : [];
  });
}

/** Is an object handed to a call that sends orders, itself or by its name in the same function? */
function isSent(model: SourceModel, dict: Span, names: readonly string[], site: Site): boolean {
  return indexOf(model).calls.some(({ node, site: at }) => at.function === site.function && /order|submit|place|request|post|fetch|send/i.test(lastName(node.callee) ?? '') && node.args.some(({ value }) => {
    let handed = false;
    walkExpression(value, (expr) => { handed ||= (expr.start === dict.start && expr.end === dict.end) || (expr.kind === 'name' && names.includes(expr.name)); });
    return handed;
  }));
}

/** `order.tif = 'GTC'` on an order that was made as a limit or stop order. */
function lateTif(model: SourceModel): readonly Draft[] {
  if (isScript(model.language) && !/\.tif\b|\.timeInForce\b/.test(model.source.text)) { return []; }
  return indexOf(model).statements.flatMap(({ node, site }): readonly Draft[] => {
    const [target] = node.kind === 'assign' ? node.targets : [];
    if (node.kind !== 'assign' || node.value === undefined || target?.kind !== 'member' || !TIF_KEYS.has(target.property.toLowerCase()) || target.object.kind !== 'name') { return []; }
    const tif = tifOf(model, node.value, site);
    if (tif === 'other') { return []; }
    const made = definitionsOf(model, target.object.name, site).find((definition) => definition.value?.kind === 'call')?.value;
    const what = made?.kind === 'call' ? ORDER_CLASSES.get(lastName(made.callee) ?? '') : undefined;
    if (made?.kind !== 'call' || what === undefined || isSell(argumentExpr(made, 0, 'action'))) { return []; }
    return [{ at: node.value, tif, what, site, day: 'DAY', names: [target.object.name, site.function?.name ?? ''], parts: made.args.map((one) => one.value) }];
  });
}
