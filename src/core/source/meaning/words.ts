/**
 * The words trading code is written in, where only a name tells what a condition is about. Names decide only between
 * “this is rare” and “this cannot be told”, and a guard that cannot be told keeps a rule silent.
 */
import type { Expr, SourceModel } from '../model.ts';
import { siteOf } from '../names.ts';
import { definitionsOf } from '../scope.ts';
import { walkExpression } from '../walk.ts';
import type { NameSite } from './bindings.ts';
import { PerModel } from './per-model.ts';

/** `is_new_bar`, `isNewBar` → `is new bar`. */
export function wordsOf(name: string): readonly string[] {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().split(/[^a-z0-9]/).filter((word) => word !== '');
}

/** Names an expression is made of, members and callees included; a name bound once to an expression brings that one's too. */
export function namesIn(model: SourceModel, root: Expr, site: NameSite): readonly string[] {
  const names: string[] = [];
  const pending: { readonly expr: Expr; readonly site: NameSite; readonly hops: number }[] = [{ expr: root, site, hops: 0 }];
  for (let next = pending.pop(); next !== undefined && names.length < 200; next = pending.pop()) {
    const { hops, site: around } = next;
    walkExpression(next.expr, (expr) => {
      if (expr.kind === 'member') { names.push(expr.property); }
      if (expr.kind !== 'name') { return; }
      names.push(expr.name);
      const definitions = hops < 2 && around.function !== undefined ? definitionsOf(model, expr.name, around, expr.start) : [];
      const only = definitions.length === 1 ? definitions[0] : undefined;
      if (only?.value !== undefined && only.function === around.function) { pending.push({ expr: only.value, site: siteOf(only), hops: hops + 1 }); }
    });
  }
  return names;
}

/** All words of all names of an expression. */
export function wordsIn(model: SourceModel, expr: Expr, site: NameSite): ReadonlySet<string> {
  const table = remembered.of(model);
  let words = table.get(expr);
  if (words === undefined) {
    words = new Set(namesIn(model, expr, site).flatMap(wordsOf));
    table.set(expr, words);
  }
  return words;
}

const remembered = new PerModel<Expr, ReadonlySet<string>>();

/** The words of the names and of the texts in an expression: `f"data.quotes.{id}"` → `data quotes id`. */
export function textWords(model: SourceModel, root: Expr, site: NameSite): ReadonlySet<string> {
  const words = new Set(wordsIn(model, root, site));
  walkExpression(root, (expr) => {
    if (expr.kind === 'literal' && expr.type === 'string') { for (const word of wordsOf(String(expr.value))) { words.add(word); } }
  });
  return words;
}

/** True if one of the words is in the list. */
export function mentions(words: ReadonlySet<string>, list: ReadonlySet<string>): boolean {
  for (const word of words) { if (list.has(word)) { return true; } }
  return false;
}

function list(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/** Something happened: rare by nature. */
export const EVENT_WORDS = list(
  'signal signals action decision direction entry entries exit exits setup cross crossed crossover crossunder crosses breakout breakdown '
  + 'trigger triggered order orders trade trades fill fills filled event events change changed pattern opportunity alert alerts side position '
  + 'positions should detect detected reversal divergence executed execute closed opened new hit touched flip rebalance cancel',
);
/** What gives messages as they come, not from a file or a table. */
export const LIVE_WORDS = list('feed feeds stream streams streaming socket sockets ws wss websocket websockets live realtime subscribe subscription subscriptions watch listen listener');
/** Collections of what waits to be done: mostly empty. */
export const DUE_WORDS = list('pending queued due expired expiring removed added waiting unfilled unmatched');
/** Market data, instruments and settings: there on nearly every event. */
export const DATA_WORDS = list(
  'tick ticks quote quotes bid ask mid price prices spread last close open high low volume size book depth bar bars candle candles instrument instruments '
  + 'symbol symbols account balance equity value data df frame history buffer window atr ema sma rsi macd vwap indicator indicators model config settings '
  + 'market feed client broker connection logger log strategy portfolio cache venue clock now timestamp ts',
);
/** Readings of the market and the account. */
export const QUOTE_WORDS = list('bid ask mid price prices spread quote tick book depth volume vwap atr equity balance');
/** Loss limits: once crossed they stay crossed. */
export const LIMIT_WORDS = list('drawdown dd maxdd trailing loss losses breach breached violation equity hwm exposure margin');
/** A loss of one trade ends with the trade. */
export const TRADE_WORDS = list('stop sl tp takeprofit stoploss take target unrealized unrealised trade per risk reward position entry');
/** What a class is called whose objects carry decisions from one part of a program to another. */
export const DECISION_WORDS = list('order orders fill fills signal signals decision decisions rebalance intent intents command commands');
/** Time of day: true for all ticks after it. */
export const CLOCK_WORDS = list('hour hours minute cutoff deadline eod session weekday time flat_by');
/** Storage of the time of the last event, and how long ago it was. */
export const STAMP_WORDS = list('last prev previous next time ts timestamp ns elapsed interval since throttle cooldown now ms seconds secs heartbeat');
export const BAR_WORDS = list('bar bars candle candles minute minutes hour day date time ts timestamp period bucket open kline interval');
export const ERROR_WORDS = list('err error errors exception failed fail fails failure failures invalid retcode rejected reject stale broken missing disconnected timeout nan isnan');
export const SUCCESS_WORDS = list('ok success successful succeeded valid healthy connected done');
export const WARMUP_WORDS = list('initialized initialised warm warmup warmed ready enough');
/** Permission and life cycle: true while the strategy runs. */
export const PERMISSION_WORDS = list('enabled active running allowed allow permitted connected started live alive tradeable tradable hours rth open is_trading');
export const IDENTITY_WORDS = list('instrument symbol venue id ticker pair topic channel type product contract name market');
/** Message types that come with every change of the market; `trade` is not among them: it may be a command. */
export const FEED_WORDS = list('tick ticks ticker quote quotes book bookticker aggtrade depth l2update orderbook price prices update snapshot data');
/** Values that mean “do nothing”. */
export const NEUTRAL_WORDS = list('hold none flat neutral wait no 0 nothing skip noop null');
