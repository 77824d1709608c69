/** Reads orders that are written as keywords or as the entries of an object: whose, which side, how much, with which stop. */
import type { Call, Expr, SourceModel } from '../../../core/source/model.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import { walkExpression } from '../../../core/source/walk.ts';
import { lastName } from '../named.ts';
import { dictEntries } from '../resting/orders.ts';
import type { Entry } from '../resting/orders.ts';
import { wordsOf } from '../words.ts';
import { isHelped, itemsSet } from './metatrader.ts';
import { stopValue } from './nothing.ts';
import type { Order, Stop } from './order.ts';

/** Everything an order says by name; `open` where a part of it comes from elsewhere (`**extra`, `...opts`). */
export interface Said { readonly entries: readonly Entry[]; readonly open: boolean }

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const SIDES = list('side action orderside ordside direction trade_side');
const KINDS = list('type ordertype ordtype orderkind exectype');
const SIZES = list('quantity qty amount size orderqty totalquantity volume notional contracts lots units quoteorderqty quoteqty cashqty funds sz');
const SYMBOLS = list('symbol contractid instrument instrumentid pair market asset ticker productid instid accountspec');
/** Names under which interfaces take a stop; without `_`, in small letters. */
const STOPS = list('stoploss sl stopprice stoplossprice stoplosstriggerprice triggerprice trailingpercent trailpercent trailprice trailamount trailingdelta trailingstop trailvalueticks callbackrate bracket1 bracket2 brackets stoplossbracket trailstopbracket auxprice stoplossonfill '
  + 'trailingstoplossonfill slprice sltriggerpx presetstoplossprice stopticks stoplossticks stoplosspoints stop stoppx stoplosslimitprice attachalgoords stoplossorder stoplosspips sltriggerprice parentid ocagroup linkedorderid');
const TARGETS = list('takeprofit tp takeprofitprice takeprofitbracket limitbracket');

const plain = (key: string): string => key.toLowerCase().replace(/[_-]/g, '');

/** What the keywords of a call, and the objects among its arguments, say; names are followed to an object of the same function. */
export function saidBy(model: SourceModel, call: Call, site: Site): Said {
  const entries: Entry[] = [];
  let open = false;
  for (const argument of call.args) {
    if (argument.spread !== undefined) {
      const spread = objectIn(model, argument.value, site);
      if (spread === undefined) { open = true; } else { entries.push(...spread.entries); open ||= spread.open; }
      continue;
    }
    const said = objectIn(model, argument.value, site);
    if (argument.name !== undefined && (said === undefined || !BODIES.has(argument.name))) { entries.push({ key: plain(argument.name), value: argument.value }); continue; }
    if (said === undefined) { open ||= argument.value.kind === 'name' && BODY.test(argument.value.name); continue; }
    entries.push(...said.entries);
    open ||= said.open;
  }
  return { entries, open };
}

const BODIES = list('json data body params order payload order_data request');
const BODY = /param|opt|extra|payload|body|data|request|order|config/i;

/** The entries of an object: written here, by its name, or inside `JSON.stringify(…)` and `json.dumps(…)`. */
export function objectIn(model: SourceModel, expr: Expr, site: Site, hops = 0): Said | undefined {
  if (hops > 3) { return undefined; }
  if (expr.kind === 'collection' && expr.type === 'dict') {
    const entries: Entry[] = [];
    let open = false;
    expr.items.forEach((item, i) => {
      const key = expr.keys?.[i];
      if (key === null || key === undefined) {
        const spread = objectIn(model, item, site, hops + 1);
        if (spread === undefined) { open = true; } else { entries.push(...spread.entries); open ||= spread.open; }
      } else if (key.kind === 'literal' || key.kind === 'name') {
        const nested = item.kind === 'collection' && item.type === 'dict' && /^(?:body|data|json|order|params|payload)$/i.test(key.kind === 'name' ? key.name : String(key.value)) ? objectIn(model, item, site, hops + 1) : undefined;
        const held = /^(?:body|data|json)$/i.test(key.kind === 'name' ? key.name : String(key.value)) ? nested ?? objectIn(model, item, site, hops + 1) : nested;
        if (held === undefined) { entries.push({ key: plain(key.kind === 'name' ? key.name : String(key.value)), value: item }); } else { entries.push(...held.entries); open ||= held.open; }
      } else { open = true; }
    });
    return { entries, open };
  }
  if (expr.kind === 'call' && /^(?:stringify|dumps|dict|urlencode)$/.test(lastName(expr) ?? '')) {
    const inner = expr.args[0];
    if (inner !== undefined && inner.name === undefined) { return objectIn(model, inner.value, site, hops + 1); }
    return lastName(expr) === 'dict' ? { entries: dictEntries({ kind: 'collection', type: 'dict', items: expr.args.map((one) => one.value), keys: expr.args.map(() => null), start: expr.start, end: expr.end }), open: expr.args.length > 0 } : undefined;
  }
  if (expr.kind !== 'name') { return undefined; }
  const made = definitionsOf(model, expr.name, site, expr.start).filter((definition) => definition.value !== undefined);
  const [only] = made;
  if (made.length !== 1 || only?.value === undefined || only.function !== site.function) { return undefined; }
  const said = objectIn(model, only.value, site, hops + 1);
  if (said === undefined) { return undefined; }
  return { entries: [...said.entries, ...itemsSet(model, expr.name, site).map(({ key, value }) => ({ key: plain(key), value }))], open: said.open || isHelped(model, expr.name, site) };
}

/** The side a value says in so many words. */
export function sideOf(expr: Expr | undefined): 'buy' | 'sell' | undefined {
  if (expr === undefined) { return undefined; }
  const text = expr.kind === 'literal' ? String(expr.value) : expr.kind === 'name' || expr.kind === 'member' ? lastName(expr) ?? '' : '';
  if (/^(?:buy|bot|long|bid|side_buy|buy_side|orderside_buy|order_side_buy)$/i.test(text)) { return 'buy'; }
  return /^(?:sell|sld|short|ask|side_sell|sell_side|order_side_sell|sellshort|sell_short)$/i.test(text) ? 'sell' : undefined;
}

/** The kind a value says: `'MARKET'`, `OrderType.LIMIT`, `ORDER_TYPE_STOP_MARKET`; `other` for what protects by its kind. */
export function kindOf(expr: Expr | undefined): Order['kind'] | 'protective' {
  if (expr === undefined) { return undefined; }
  const text = expr.kind === 'literal' ? String(expr.value) : expr.kind === 'name' || expr.kind === 'member' ? lastName(expr) ?? '' : '';
  const words = wordsOf(text);
  if (/^(?:stp|trail)/i.test(text) || words.some((word) => word === 'stop' || word === 'stp' || word === 'trailing' || word === 'trail' || word === 'oco' || word === 'stoploss' || word === 'takeprofit' || word === 'stopmarket' || word === 'stoplimit') || words.includes('profit')) { return 'protective'; }
  if (words.some((word) => word === 'market' || word === 'mkt')) { return 'market'; }
  return words.some((word) => word === 'limit' || word === 'lmt') ? 'limit' : undefined;
}

/** What entries say about side, kind, size and stop. */
export interface Spec extends Pick<Order, 'side' | 'sideBy' | 'size' | 'symbol' | 'stop' | 'target'> { readonly kind: Order['kind'] | 'protective'; readonly kindBy: Expr | undefined }

export function specOf(model: SourceModel, said: Said, site: Site): Spec {
  const of = (keys: ReadonlySet<string>): Expr | undefined => said.entries.find((entry) => keys.has(entry.key))?.value;
  const sideBy = of(SIDES);
  const kindBy = of(KINDS);
  return { side: sideOf(sideBy), sideBy, kind: kindOf(kindBy), kindBy, size: of(SIZES), symbol: of(SYMBOLS), stop: stopIn(model, said, site), target: of(TARGETS) };
}

/** The stop that entries carry. */
export function stopIn(model: SourceModel, said: Said, site: Site): Stop {
  let found: Stop = { state: 'none' };
  for (const { key, value } of said.entries) {
    if (key === 'orderclass') {
      const text = value.kind === 'literal' ? String(value.value) : lastName(value) ?? '';
      if (!/^simple$/i.test(text)) { return { state: 'given' }; }
      continue;
    }
    if (!STOPS.has(key)) { continue; }
    const stop = stopValue(model, value, site);
    if (stop.state === 'given') { return stop; }
    if (stop.state === 'parameter') { found = stop; }
  }
  return said.open && found.state === 'none' ? { state: 'unseen' } : found;
}

/** Does an expression speak of what is held: `abs(position)`, `pos.qty`, `holding.amount`? */
export function speaksOfHeld(expr: Expr | undefined): boolean {
  let held = false;
  if (expr !== undefined) {
    walkExpression(expr, (inner) => {
      const words = inner.kind === 'name' || inner.kind === 'member' ? wordsOf(lastName(inner) ?? '') : inner.kind === 'literal' && inner.type === 'string' ? wordsOf(String(inner.value)) : [];
      held ||= words.some((word) => HELD.has(word)) && !words.some((word) => SIZING.has(word));
      return !held;
    });
  }
  return held;
}

const HELD = list('position positions pos holding holdings held netpos closing opposite exit close');
const SIZING = list('size sizing sizer max min pct percent value usd usdt risk sized price id side');
