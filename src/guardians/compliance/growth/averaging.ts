/** Orders that add to a position because it loses: a buy below the last buy, below the average, behind a negative profit. */
import type { Expr, SourceModel, Span } from '../../../core/source/model.ts';
import { heldAt, switchesOff } from '../orders/around.ts';
import type { Held } from '../orders/around.ts';
import { entriesOf } from '../orders/entries.ts';
import type { Order } from '../orders/order.ts';
import { some, wordsIn } from './losing.ts';

/** An order, and the condition that says the position loses. */
export interface Averaging {
  readonly order: Order;
  readonly because: Span;
}

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const MARKET = list('bid ask price close current mid tick market');
/** Prices at which the position was opened. */
const ENTERED = list('entry avg average avgprice lastbuy lastsell opened breakeven');
const OWN = list('buy sell order trade position grid fill filled entry lot deal');
const NO_ENTRY = list('high low range support resistance vwap ma ema sma day session candle bar band bands upper lower trailing stop sl tp target signal limit');

/** Every entry of a file that a loss leads to. */
export function averagingOf(model: SourceModel): readonly Averaging[] {
  return entriesOf(model).flatMap((order): readonly Averaging[] => {
    if (order.side === undefined && order.sideBy === undefined) { return []; }
    const held = heldAt(model, order.site, order.call).flatMap(alternatives).find((one) => addsToLoser(one, order.side));
    if (held === undefined || switchesOff(model, order.site, order.call).length > 0) { return []; }
    return [{ order, because: { start: held.test.start, end: held.test.end } }];
  });
}

/** `count == 0 || price < last - step`: either way leads to the order, and one of them averages. */
function alternatives(held: Held): readonly Held[] {
  const found: Held[] = [];
  const pending: Held[] = [held];
  for (let next = pending.pop(); next !== undefined && found.length < 20; next = pending.pop()) {
    if (next.test.kind === 'boolean' && next.taken) { pending.push(...next.test.operands.map((test) => ({ test, taken: true }))); } else { found.push(next); }
  }
  return found;
}

function addsToLoser({ test, taken }: Held, side: Order['side']): boolean {
  if (test.kind !== 'compare' || test.operands.length !== 2 || !taken || side === undefined) { return false; }
  const [left, right] = test.operands as readonly [Expr, Expr];
  const [op = ''] = test.ops;
  if (!/^[<>]=?$/.test(op)) { return false; }
  const less = op.startsWith('<');
  const below = side === 'buy';
  // `price < entry - step`, and the same the other way round.
  if (isMarket(left) && awayFrom(right, below ? '-' : '+')) { return less === below; }
  if (isMarket(right) && awayFrom(left, below ? '-' : '+')) { return less !== below; }
  // `entry - price >= step`.
  const [from, to] = left.kind === 'binary' && left.operands.length === 2 && left.ops[0] === '-' ? left.operands : [undefined, undefined];
  if (from === undefined || to === undefined || less) { return false; }
  return below ? isEntered(from) && isMarket(to) : isMarket(from) && isEntered(to);
}

function isMarket(expr: Expr): boolean {
  const words = wordsIn(expr);
  return expr.kind !== 'binary' && some(words, MARKET) && !some(words, ENTERED) && !some(words, OWN) && !words.has('last') && !words.has('open');
}

/** `entry - step`, `avg * (1 - drop)`, on the side where the position loses. */
function awayFrom(expr: Expr, sign: '-' | '+'): boolean {
  if (expr.kind !== 'binary') { return false; }
  const [first] = expr.operands;
  if (first === undefined || !isEntered(first)) { return false; }
  if (expr.ops[0] === sign) { return true; }
  const factor = expr.ops[0] === '*' ? expr.operands[1] : undefined;
  return factor?.kind === 'binary' && factor.ops[0] === sign && factor.operands[0]?.kind === 'literal' && factor.operands[0].value === 1;
}

function isEntered(expr: Expr): boolean {
  const words = wordsIn(expr);
  if (expr.kind === 'binary' || some(words, NO_ENTRY)) { return false; }
  return some(words, ENTERED) || (words.has('price') && words.has('open') && (some(words, OWN) || words.has('last'))) || ((words.has('last') || words.has('lowest') || words.has('highest') || words.has('first')) && some(words, OWN));
}
