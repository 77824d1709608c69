/** Which orders open a position: not exits, not reductions, not the quotes of a market maker. */
import type { SourceModel } from '../../../core/source/model.ts';
import { walkExpression } from '../../../core/source/walk.ts';
import { namesExit, reduces } from '../../../core/source/protections/exits.ts';
import { lastName } from '../named.ts';
import { hasWord, wordsOf } from '../words.ts';
import { functionsAround, heldSide } from './around.ts';
import type { Order } from './order.ts';
import { ordersOf } from './orders-of.ts';
import { speaksOfHeld } from './reading.ts';

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const EXITS = list('exit exits close closing closed tp tp1 tp2 tp3 sl stoploss takeprofit target flatten liquidate reduce reducing cover unwind protective protection emergency square opposite rebalance offset');
const MAKERS = list('quote quotes quoting maker mm makers ladder');
/** Words of a market in which something can be sold that is not held. */
const SHORTS = /set_?leverage|futures_|['"](?:swap|future|linear|perpetual)['"]|go_?short|open_?short|enter_?short|short_?entry/i;

/** The orders of a file that open a position, in source order. */
export function entriesOf(model: SourceModel): readonly Order[] {
  const { all } = ordersOf(model);
  return all.filter((order) => !isExit(model, order) && !isQuote(model, order, all));
}

/** Does an order close or reduce, as far as anything around it says? */
export function isExit(model: SourceModel, order: Order): boolean {
  const { call, site } = order;
  if (order.names.some(saysExit) || functionsAround(model, site.function).some((name) => namesExit(name) || saysExit(name))) { return true; }
  if (reduces(model, site.function, call, site)) { return true; }
  if (order.platform === 'metatrader') { return false; }
  if (speaksOfHeld(order.size) || speaksOfHeld(order.sideBy) || sizeIsHeld(order)) { return true; }
  const held = heldSide(model, site, call);
  if (held !== undefined && (held === 'some' || order.side === undefined || (held === 'long') === (order.side === 'sell'))) { return true; }
  // Whoever only buys what is paid for sells it again: no short is opened where nothing speaks of one.
  return order.side === 'sell' && SPOT.has(order.platform) && !functionsAround(model, site.function).some((name) => /short|enter|entry|open/i.test(name)) && !(order.platform === 'exchange' && order.kind === 'market' && SHORTS.test(model.source.text));
}

const SPOT: ReadonlySet<Order['platform']> = new Set<Order['platform']>(['exchange', 'shares', 'backtrader', 'lumibot']);

/** A size that is all there is: `size=self.position.size`, `amount = balance['free']['BTC']`. */
function sizeIsHeld(order: Order): boolean {
  let held = false;
  for (const { value } of order.call.args) {
    walkExpression(value, (expr) => {
      if (expr.kind === 'name' || expr.kind === 'member') { held ||= /^(?:close|closing|exit)_?(?:side|action|order|qty|size)|^opposite/i.test(lastName(expr) ?? ''); }
      if (expr.kind === 'literal' && expr.type === 'string' && String(expr.value).length < 40) { held ||= saysExit(String(expr.value)); }
      return !held;
    });
  }
  return held;
}

function saysExit(name: string): boolean {
  const words = wordsOf(name);
  return hasWord(words, EXITS) && !words.some((word) => word === 'entry' || word === 'enter' || word === 'open' || word === 'reverse' || word === 'and');
}

/** A limit order on each side from one function, or one that a market maker's words speak of. */
function isQuote(model: SourceModel, order: Order, all: readonly Order[]): boolean {
  if (order.kind !== 'limit') { return false; }
  const names = [...functionsAround(model, order.site.function), ...order.names, order.site.class?.name ?? ''];
  if (names.some((name) => hasWord(wordsOf(name), MAKERS))) { return true; }
  return order.platform !== 'metatrader' && order.side !== undefined && all.some((other) => other.kind === 'limit' && other.site.function === order.site.function && other.side !== undefined && other.side !== order.side);
}
