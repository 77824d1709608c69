/**
 * Orders of MetaTrader. Sources: MQL5 reference, CTrade (Buy, Sell, BuyLimit …, PositionOpen, OrderOpen: positions of `sl` and `tp`),
 * MqlTradeRequest and its actions; MQL4 reference, OrderSend; MetaTrader5 for Python, order_send.
 */
import type { Call, Expr, SourceModel } from '../../../core/source/model.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { dictEntries, isTrade } from '../resting/orders.ts';
import { stopValue } from './nothing.ts';
import type { Order, Stop } from './order.ts';

interface Shape { readonly side?: 'buy' | 'sell'; readonly kind?: 'market' | 'limit' | 'stop'; readonly by?: number; readonly size: number; readonly symbol: number; readonly stop: number }

/** Where the methods of CTrade take what they take. */
const TRADE: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['Buy', { side: 'buy', kind: 'market', size: 0, symbol: 1, stop: 3 }], ['Sell', { side: 'sell', kind: 'market', size: 0, symbol: 1, stop: 3 }],
  ['BuyLimit', { side: 'buy', kind: 'limit', size: 0, symbol: 2, stop: 3 }], ['SellLimit', { side: 'sell', kind: 'limit', size: 0, symbol: 2, stop: 3 }],
  ['BuyStop', { side: 'buy', kind: 'stop', size: 0, symbol: 2, stop: 3 }], ['SellStop', { side: 'sell', kind: 'stop', size: 0, symbol: 2, stop: 3 }],
  ['PositionOpen', { kind: 'market', by: 1, size: 2, symbol: 0, stop: 4 }], ['OrderOpen', { by: 1, size: 2, symbol: 0, stop: 5 }],
]);
/** The same of MQL4's function. */
const SEND: Shape = { by: 1, size: 2, symbol: 0, stop: 5 };
const UNSEEN: Stop = { state: 'unseen' };

/** Every order that an MQL file sends, whatever it is for. */
export function mqlOrders(model: SourceModel): readonly Order[] {
  const sets = fieldsSet(model);
  return indexOf(model).calls.flatMap(({ node, site }): readonly Order[] => {
    const name = lastName(node.callee) ?? '';
    if (node.callee.kind === 'name') {
      if (name !== 'OrderSend' && name !== 'OrderSendAsync') { return []; }
      return node.args.length >= 5 ? [positional(model, node, site, SEND)] : requested(model, node, site, sets);
    }
    const shape = TRADE.get(name);
    return shape === undefined || node.callee.kind !== 'member' || node.args.length === 0 || !isTrade(model, node.callee.object, site, name) ? [] : [positional(model, node, site, shape)];
  });
}

function positional(model: SourceModel, call: Call, site: Site, shape: Shape): Order {
  const at = (position: number): Expr | undefined => call.args[position]?.value;
  const sideBy = shape.by === undefined ? undefined : at(shape.by);
  const type = typeOf(sideBy);
  return {
    platform: 'metatrader', call, at: { start: call.callee.start, end: call.callee.end }, site, names: [],
    side: shape.side ?? type.side, kind: shape.kind ?? type.kind, sideBy, size: at(shape.size), symbol: at(shape.symbol), stop: stopValue(model, at(shape.stop), site), target: at(shape.stop + 1),
  };
}

/** `ORDER_TYPE_BUY_LIMIT`, `OP_SELL`: the side and the kind. */
function typeOf(expr: Expr | undefined): Pick<Order, 'side' | 'kind'> {
  const name = expr === undefined ? '' : lastName(expr) ?? '';
  const found = /^(?:ORDER_TYPE|OP|POSITION_TYPE)_(BUY|SELL)(?:_?(LIMIT|STOP))?/.exec(name);
  if (found === null) { return { side: undefined, kind: undefined }; }
  return { side: found[1] === 'BUY' ? 'buy' : 'sell', kind: found[2] === 'LIMIT' ? 'limit' : found[2] === 'STOP' ? 'stop' : 'market' };
}

// ------------------------------------------------------------------ requests

interface FieldSet { readonly object: string; readonly field: string; readonly value: Expr; readonly site: Site }

/** `request.sl = …`, everywhere in the file. */
function fieldsSet(model: SourceModel): readonly FieldSet[] {
  return indexOf(model).statements.flatMap(({ node, site }) => {
    if (node.kind !== 'assign' || node.value === undefined) { return []; }
    const { value } = node;
    return node.targets.flatMap((target) => (target.kind === 'member' ? [{ object: model.source.text.slice(target.object.start, target.object.end), field: target.property, value, site }] : []));
  });
}

/** `OrderSend(request, result)` with the fields that the function sets; a request that comes from elsewhere is not judged. */
function requested(model: SourceModel, call: Call, site: Site, sets: readonly FieldSet[]): readonly Order[] {
  const request = call.args[0]?.value;
  if (request?.kind !== 'name') { return []; }
  const declared = definitionsOf(model, request.name, site);
  if (!declared.every((definition) => definition.parameter === undefined && definition.function === site.function)) { return []; }
  const own = sets.filter((set) => set.object === request.name && set.site.function === site.function);
  const field = (name: string): Expr | undefined => own.find((set) => set.field === name)?.value;
  const action = lastName(field('action') ?? call.callee) ?? '';
  if ((action !== 'TRADE_ACTION_DEAL' && action !== 'TRADE_ACTION_PENDING') || field('position') !== undefined || field('position_by') !== undefined) { return []; }
  const type = typeOf(field('type'));
  const stops = own.filter((set) => set.field === 'sl').map((set) => stopValue(model, set.value, site));
  const helped = indexOf(model).calls.some(({ node, site: at }) => at.function === site.function && node !== call && !/^(?:ZeroMemory|OrderSend|OrderSendAsync|OrderCheck)$/.test(lastName(node) ?? '')
    && node.args.some(({ value }) => value.kind === 'name' && value.name === request.name));
  return [{
    platform: 'metatrader', call, at: { start: call.callee.start, end: call.callee.end }, site, names: [], ...type, kind: type.kind ?? (action === 'TRADE_ACTION_DEAL' ? 'market' : undefined),
    sideBy: field('type'), size: field('volume'), symbol: field('symbol'), target: field('tp'),
    stop: helped ? UNSEEN : stops.find((stop) => stop.state !== 'none') ?? { state: 'none' },
  }];
}

// -------------------------------------------------------------------- Python

/** `mt5.order_send(request)` with a dict that stands in the function. */
export function pythonRequest(model: SourceModel, call: Call, site: Site): Order | undefined {
  const given = call.args[0]?.value;
  if (given === undefined || call.args.length !== 1) { return undefined; }
  const name = given.kind === 'name' ? given.name : undefined;
  const made = name === undefined ? undefined : definitionsOf(model, name, site, given.start).filter((definition) => definition.value !== undefined);
  const dict = given.kind === 'collection' ? given : made?.length === 1 && made[0]?.function === site.function ? made[0]?.value : undefined;
  if (dict?.kind !== 'collection' || dict.keys === undefined || dict.keys.some((key) => key?.kind !== 'literal')) { return undefined; }
  const entries = [...dictEntries(dict), ...(name === undefined ? [] : itemsSet(model, name, site))];
  const of = (key: string): Expr | undefined => entries.find((entry) => entry.key === key)?.value;
  const action = lastName(of('action') ?? call.callee) ?? '';
  if ((action !== 'TRADE_ACTION_DEAL' && action !== 'TRADE_ACTION_PENDING') || of('position') !== undefined) { return undefined; }
  const stops = entries.filter((entry) => entry.key === 'sl').map((entry) => stopValue(model, entry.value, site));
  const type = typeOf(of('type'));
  return {
    platform: 'metatrader-python', call, at: { start: call.callee.start, end: call.callee.end }, site, names: name === undefined ? [] : [name], side: type.side, kind: type.kind ?? (action === 'TRADE_ACTION_DEAL' ? 'market' : undefined),
    sideBy: of('type'), size: of('volume'), symbol: of('symbol'), target: of('tp'),
    stop: name !== undefined && isHelped(model, name, site) ? UNSEEN : stops.find((stop) => stop.state !== 'none') ?? { state: 'none' },
  };
}

/** `request["sl"] = sl` in the same function. */
export function itemsSet(model: SourceModel, name: string, site: Site): readonly { readonly key: string; readonly value: Expr }[] {
  return indexOf(model).statements.flatMap(({ node, site: at }) => {
    if (node.kind !== 'assign' || node.value === undefined || at.function !== site.function) { return []; }
    const { value } = node;
    return node.targets.flatMap((target) => {
      if (target.kind === 'member' && target.object.kind === 'name' && target.object.name === name) { return [{ key: target.property.toLowerCase(), value }]; }
      const [key] = target.kind === 'index' ? target.indices : [];
      return target.kind === 'index' && target.object.kind === 'name' && target.object.name === name && key?.kind === 'literal' ? [{ key: String(key.value).toLowerCase(), value }] : [];
    });
  });
}

/** Does something else get a hand on the request before it is sent: `request.update(stops)`, `add_stops(request)`? */
export function isHelped(model: SourceModel, name: string, site: Site): boolean {
  return indexOf(model).calls.some(({ node, site: at }) => {
    if (at.function !== site.function) { return false; }
    const called = lastName(node.callee) ?? '';
    if (node.callee.kind === 'member' && node.callee.object.kind === 'name' && node.callee.object.name === name && /^(?:update|setdefault|assign|set)$/.test(called)) { return true; }
    return !HARMLESS.test(called) && node.args.some(({ value }) => value.kind === 'name' && value.name === name);
  });
}

const HARMLESS = /order|send|submit|place|post|request|fetch|print|log|info|debug|warn|error|append|push|dumps|stringify|str|len|format|isinstance|dict|save|record|write|json/i;
