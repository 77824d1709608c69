/** Places where a program is long and short at once: a hedge beside the loser, a buy and a sell together, hedge mode, two markets that move together. */
import type { Argument, Call, Expr, SourceModel, Span } from '../../../core/source/model.ts';
import type { Site } from '../../../core/rules/rule.ts';
import { fold } from '../../../core/source/fold.ts';
import { namesExit } from '../../../core/source/protections/exits.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { functionsAround, heldAt, heldSide, switchesOff } from '../orders/around.ts';
import type { Held } from '../orders/around.ts';
import { entriesOf } from '../orders/entries.ts';
import { flowOf } from '../orders/flow.ts';
import { orderText } from '../orders/order.ts';
import type { Order } from '../orders/order.ts';
import { wordsOf } from '../words.ts';
import { rootOf, sharedMarket } from './roots.ts';

/** One place. `other` is the order or the condition that makes it two-sided. */
export interface BothSides {
  readonly form: 'against' | 'together' | 'mode' | 'correlated';
  readonly at: Span;
  readonly order: string;
  /** What stands on the other side: an order, a position, a market. */
  readonly what: string;
  readonly other?: Span;
}

/** Every such place of a file, in source order. */
export function bothSidesOf(model: SourceModel): readonly BothSides[] {
  const entries = entriesOf(model).filter((order) => order.side !== undefined && order.kind === 'market' && switchesOff(model, order.site, order.call).length === 0 && flowOf(model).isReached(order.site.function));
  const against = entries.flatMap((order) => againstHeld(model, order) ?? []);
  const told = new Set(against.map(({ at }) => at.start));
  return [...against, ...pairsOf(model, entries).filter(({ at }) => !told.has(at.start)), ...modesOf(model)].sort((a, b) => a.at.start - b.at.start);
}

/** Only MetaTrader keeps two positions of one symbol; elsewhere the second order closes the first. */
function keepsBoth({ platform }: Order): boolean {
  return platform === 'metatrader' || platform === 'metatrader-python';
}

// -------------------------------------------------- against what is held

/** `if(PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_SELL) trade.Buy(…)` with nothing that closes the short first. */
function againstHeld(model: SourceModel, order: Order): BothSides | undefined {
  if (!keepsBoth(order)) { return undefined; }
  const held = heldSide(model, order.site, order.call);
  const opposite = order.side === 'buy' ? 'short' : 'long';
  const counted = heldAt(model, order.site, order.call).find((one) => countsSide(one) === opposite);
  if (held !== opposite && counted === undefined || closesAround(model, order)) { return undefined; }
  return { form: 'against', at: order.at, order: orderText(order), what: opposite, ...(counted === undefined ? {} : { other: { start: counted.test.start, end: counted.test.end } }) };
}

/** `OrderType() == OP_SELL`, `CountSells() > 0`, `sellPositions >= 1`: the side that is open. */
function countsSide({ test, taken }: Held): 'long' | 'short' | undefined {
  if (!taken || test.kind !== 'compare' || test.operands.length !== 2) { return undefined; }
  const [left, right] = test.operands as readonly [Expr, Expr];
  const [op = ''] = test.ops;
  if (op === '==' && lastName(left) === 'OrderType') { return lastName(right) === 'OP_SELL' ? 'short' : lastName(right) === 'OP_BUY' ? 'long' : undefined; }
  if (op !== '>' && op !== '>=' || right.kind !== 'literal' || right.value !== (op === '>' ? 0 : 1)) { return undefined; }
  const words = [...wordsOf(lastName(left) ?? ''), ...(left.kind === 'call' ? left.args.flatMap(({ value }) => wordsOf(lastName(value) ?? '')) : [])];
  if (!words.some((word) => /^(?:positions?|orders?|trades?|count|counts|total|open)$/.test(word)) || words.some((word) => /^(?:signals?|pending|limit|stop|closed|history|pips|points|profit|bars?)$/.test(word))) { return undefined; }
  const [long, short] = [words.some((word) => /^(?:buys?|longs?)$/.test(word)), words.some((word) => /^(?:sells?|shorts?)$/.test(word))];
  return long === short ? undefined : long ? 'long' : 'short';
}

const CLOSES = /clos|flat|exit|liquid|revers|position\s?=/i;

/** Does anything in the function, or in those that call it, close before the order goes out? */
function closesAround(model: SourceModel, { site: { function: fn }, call }: Order): boolean {
  if (fn === undefined) { return true; }
  const callers = flowOf(model).callersOf(fn);
  return saysClose(model, fn, call.start) || callers.some(({ site, call: at }) => site.function !== undefined && saysClose(model, site.function, at.start));
}

function saysClose(model: SourceModel, fn: Span, until: number): boolean {
  return indexOf(model).calls.some(({ node }) => node.start >= fn.start && node.end <= until && (namesExit(lastName(node.callee) ?? '') || CLOSES.test(lastName(node.callee) ?? '')) && !/^i?Close$|close_?price|^is_|^Is[A-Z]/i.test(lastName(node.callee) ?? ''));
}

// ------------------------------------------------------------- together

/** A buy and a sell that go out one after the other: of one symbol, or of two markets that move together. */
function pairsOf(model: SourceModel, entries: readonly Order[]): readonly BothSides[] {
  const found: BothSides[] = [];
  for (let i = 1; i < entries.length; i++) {
    const [first, second] = [entries[i - 1]!, entries[i]!];
    if (first.side === second.side || first.platform !== second.platform || first.site.function !== second.site.function || !follows(model, first, second)) { continue; }
    const [a, b] = [codeOf(model, first), codeOf(model, second)];
    const market = a === undefined || b === undefined ? undefined : sharedMarket(a, b);
    if (market !== undefined) {
      found.push({ form: 'correlated', at: second.at, order: `${orderText(second)} of ${b}`, what: `the ${orderText(first)} of ${a} (${market})`, other: first.at });
    } else if (keepsBoth(second) && textOf(model, first.symbol) === textOf(model, second.symbol) && !closesBetween(model, first, second)) {
      found.push({ form: 'together', at: second.at, order: orderText(second), what: `the ${orderText(first)}`, other: first.at });
    }
  }
  return found;
}

/** Does the second order go out whenever the first has: under the same conditions, or also under its success? */
function follows(model: SourceModel, first: Order, second: Order): boolean {
  const before = heldAt(model, first.site, first.call);
  const after = heldAt(model, second.site, second.call);
  if (!before.every(({ test, taken }) => contains(test, first.call) || after.some((one) => one.test === test && one.taken === taken))) { return false; }
  return after.every(({ test, taken }) => contains(test, second.call) || taken && contains(test, first.call) || before.some((one) => one.test === test && one.taken === taken));
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function closesBetween(model: SourceModel, first: Order, second: Order): boolean {
  return indexOf(model).calls.some(({ node }) => node.start > first.call.end && node.end < second.call.start && CLOSES.test(lastName(node.callee) ?? ''));
}

function codeOf(model: SourceModel, { symbol, site }: Order): string | undefined {
  const value = symbol === undefined ? undefined : fold(model, symbol, site)?.value;
  return typeof value === 'string' ? rootOf(value) : undefined;
}

function textOf(model: SourceModel, expr: Expr | undefined): string {
  return expr === undefined ? '' : model.source.text.slice(expr.start, expr.end).replace(/^_?Symbol(?:\(\))?$|^NULL$/, '');
}

// ------------------------------------------------------------ hedge mode

/** `set_position_mode(True)` of ccxt, `futures_change_position_mode(dualSidePosition=True)` of Binance, `switch_position_mode(mode=3)` of Bybit. */
function modesOf(model: SourceModel): readonly BothSides[] {
  return indexOf(model).calls.flatMap(({ node, site }): readonly BothSides[] => {
    if (!MODES.test(lastName(node.callee) ?? '') || !node.args.some((argument, i) => isOn(argument, i, node)) || functionsAround(model, site.function).some((name) => /test/i.test(name)) || switchesOff(model, site as Site, node).length > 0) { return []; }
    return [{ form: 'mode', at: { start: node.start, end: node.end }, order: '', what: '' }];
  });
}

const MODES = /^set_?position_?mode$|^(?:futures_?)?change_?position_?mode$|^futures_?position_?mode$|^switch_?position_?mode$/i;

function isOn({ name, value }: Argument, position: number, call: Call): boolean {
  if (value.kind === 'collection' && value.type === 'dict') { return value.items.some((item, i) => { const key = value.keys?.[i]; return /^(?:dualSidePosition|hedged|hedgeMode)$/.test(key === null || key === undefined ? '' : key.kind === 'literal' ? String(key.value) : lastName(key) ?? '') && isTrue(item); }); }
  if (name !== undefined) { return /^(?:dualSidePosition|hedged|hedge_mode|hedgeMode)$/.test(name) ? isTrue(value) : name === 'mode' && value.kind === 'literal' && Number(value.value) === 3; }
  return position === 0 && call.args.length <= 2 && isTrue(value);
}

function isTrue(value: Expr): boolean {
  return value.kind === 'literal' && (value.value === true || String(value.value).toLowerCase() === 'true');
}
