/**
 * What a read of the account gives: its closed balance, or money in which open positions count.
 *
 * Sources: MQL5 reference (ENUM_ACCOUNT_INFO_DOUBLE, CAccountInfo) and MQL4 reference (Account Information); NautilusTrader
 * accounting/accounts (`balance_total` is cash without open positions); MetaTrader5 for Python (`account_info`); Alpaca
 * account object (`cash`, `equity`); backtrader brokers (`getcash`, `getvalue`); Binance futures account
 * (`totalWalletBalance`, `totalMarginBalance`); Tradovate cash balance snapshot (`totalCashValue`, `netLiq`).
 */
import type { Call, Expr, SourceModel } from '../../../core/source/model.ts';
import { externalType } from '../../../core/source/meaning/classes.ts';
import { qualifiedName } from '../../../core/source/meaning/qualified.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { lastName } from '../named.ts';
import { hasPhrase, hasWord, wordsOf } from '../words.ts';

/** `balance`: closed trades only; `open`: open positions count. */
export type Money = 'balance' | 'open';

/** A read of the account's money. */
export interface AccountRead {
  readonly money: Money;
  /** `table`: an interface we know says so; `name`: only the names say so. */
  readonly proof: 'table' | 'name';
  /** The same read with open positions counted, where the interface has one. */
  readonly equity?: string;
}

const OPEN: AccountRead = { money: 'open', proof: 'name' };

const OPEN_WORDS: ReadonlySet<string> = new Set([
  'equity', 'equities', 'unrealized', 'unrealised', 'floating', 'float', 'upnl', 'upl', 'netliq', 'liq', 'nlv', 'nav', 'mtm', 'getvalue', 'marked',
]);

/** Does a name say that open positions count in it: `equity`, `open_pnl`, `netLiquidation`, `portfolio_value`? */
export function saysOpen(name: string): boolean {
  const words = wordsOf(name);
  if (hasWord(words, OPEN_WORDS) && !words.includes('closed')) { return true; }
  // Everything else is said in two words.
  if (words.length < 2) { return false; }
  return hasPhrase(words, 'net', 'liquidation') || hasPhrase(words, 'portfolio', 'value') || hasPhrase(words, 'margin', 'balance') || hasPhrase(words, 'account', 'value')
    || hasPhrase(words, 'total', 'value') || hasPhrase(words, 'position', 'pnl') || hasPhrase(words, 'position', 'profit') || hasPhrase(words, 'market', 'value')
    || (words.includes('open') && words.some((word) => word === 'pnl' || word === 'profit' || word === 'pl' || word === 'profits' || word === 'loss'));
}

/** Words that may stand beside `balance` or `cash` and leave it the account's present balance. */
const BESIDE: ReadonlySet<string> = new Set(['balance', 'cash', 'account', 'acct', 'acc', 'current', 'cur', 'wallet', 'total', 'value', 'closed', 'realized', 'realised', 'usd', 'usdt', 'get', 'fetch', 'new', 'my']);

/** Does a name say “the closed balance, now”: `balance`, `cashBalance`, `totalCashValue`, not `peak_balance` or `start_balance`? */
export function saysBalance(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => word === 'balance' || word === 'cash') && words.every((word) => BESIDE.has(word)) && !(words.includes('value') && !words.includes('cash'));
}

const ACCOUNT_WORDS: ReadonlySet<string> = new Set(['account', 'accounts', 'acct', 'acc', 'wallet', 'broker', 'portfolio']);

/** The read an expression is, or undefined where it is something else. */
export function accountRead(model: SourceModel, expr: Expr, site: NameSite, text: (expr: Expr) => string): AccountRead | undefined {
  if (expr.kind === 'call') { return model.language === 'mql5' ? mqlRead(model, expr, site, text) : callRead(model, expr, site); }
  if (expr.kind === 'member') { return memberRead(model, expr, site, text); }
  if (expr.kind !== 'index') { return undefined; }
  const key = expr.indices[0];
  return key?.kind === 'literal' && typeof key.value === 'string' ? keyRead(model, expr.object, key.value, site) : undefined;
}

// ------------------------------------------------------------------------ MQL

const MQL_OPEN: ReadonlySet<string> = new Set(['ACCOUNT_EQUITY', 'ACCOUNT_PROFIT', 'ACCOUNT_MARGIN_FREE', 'POSITION_PROFIT', 'ACCOUNT_ASSETS']);
const MQL_OPEN_CALLS: ReadonlySet<string> = new Set(['AccountEquity', 'AccountProfit', 'AccountFreeMargin', 'OrderProfit']);

function mqlRead(model: SourceModel, call: Call, site: NameSite, text: (expr: Expr) => string): AccountRead | undefined {
  const name = lastName(call.callee) ?? '';
  const first = call.args[0]?.value;
  if (call.callee.kind === 'name') {
    if (definitionsOf(model, name, site).length > 0) { return undefined; }
    if (name === 'AccountInfoDouble' || name === 'PositionGetDouble') {
      const what = first?.kind === 'name' ? first.name : '';
      if (what === 'ACCOUNT_BALANCE') { return { money: 'balance', proof: 'table', equity: text(call).replace('ACCOUNT_BALANCE', 'ACCOUNT_EQUITY') }; }
      return MQL_OPEN.has(what) ? OPEN : undefined;
    }
    if (name === 'AccountBalance') { return { money: 'balance', proof: 'table', equity: 'AccountEquity()' }; }
    return MQL_OPEN_CALLS.has(name) || saysOpen(name) ? OPEN : undefined;
  }
  if (call.callee.kind !== 'member') { return undefined; }
  const known = externalType(model, call.callee.object, site) === 'mql5.CAccountInfo' || hasWord(wordsOf(lastName(call.callee.object) ?? ''), ACCOUNT_WORDS);
  if (known && name === 'Balance') { return { money: 'balance', proof: 'table', equity: text(call).replace(/Balance\(/, 'Equity(') }; }
  return (known && (name === 'Equity' || name === 'Profit' || name === 'FreeMargin')) || saysOpen(name) ? OPEN : undefined;
}

// -------------------------------------------------------- Python and scripts

/** Methods of NautilusTrader's accounts, which no other library has. */
const NAUTILUS_BALANCES: ReadonlySet<string> = new Set(['balance_total', 'balance_free', 'balances_total', 'balances_free']);
const CASH_CALLS: ReadonlySet<string> = new Set(['getcash', 'get_cash']);

function callRead(model: SourceModel, call: Call, site: NameSite): AccountRead | undefined {
  const name = lastName(call.callee) ?? '';
  if (call.callee.kind !== 'member') { return saysOpen(name) && definitionsOf(model, name, site).every((definition) => definition.declared === undefined) ? OPEN : undefined; }
  const { object } = call.callee;
  if (NAUTILUS_BALANCES.has(name)) { return { money: 'balance', proof: 'table' }; }
  if (CASH_CALLS.has(name) && hasWord(wordsOf(lastName(object) ?? ''), new Set(['broker', 'self', 'wallets', 'strategy']))) { return { money: 'balance', proof: 'table' }; }
  if (name === 'get') {
    const key = call.args[0]?.value;
    return key?.kind === 'literal' && typeof key.value === 'string' ? keyRead(model, object, key.value, site) : undefined;
  }
  return saysOpen(name) ? OPEN : undefined;
}

function memberRead(model: SourceModel, expr: Expr & { readonly kind: 'member' }, site: NameSite, text: (expr: Expr) => string): AccountRead | undefined {
  const { object, property } = expr;
  if (saysOpen(property)) { return OPEN; }
  if (!saysBalance(property)) { return undefined; }
  const terminal = givenBy(model, object, site);
  const swapped = (equity: string): string => `${text(object)}.${equity}`;
  if (terminal !== undefined && /^(?:MetaTrader5\.account_info|.{0,200}\baccount_info)$/.test(terminal) && property === 'balance') { return { money: 'balance', proof: 'table', equity: swapped('equity') }; }
  if (terminal !== undefined && /(?:^|\.)get_?account$/i.test(terminal) && property === 'cash') { return { money: 'balance', proof: 'table', equity: swapped('equity') }; }
  return isAccount(model, object, site) ? { money: 'balance', proof: 'name' } : undefined;
}

function keyRead(model: SourceModel, object: Expr, key: string, site: NameSite): AccountRead | undefined {
  if (saysOpen(key)) { return OPEN; }
  return saysBalance(key) && (isAccount(model, object, site) || /wallet|cash/i.test(key)) ? { money: 'balance', proof: 'name' } : undefined;
}

/** Full name, or else the last name, of the call that gave a value: `info = mt5.account_info()`. */
function givenBy(model: SourceModel, object: Expr, site: NameSite): string | undefined {
  const call = calledFor(model, object, site);
  return call === undefined ? undefined : qualifiedName(model, call.callee, site) ?? lastName(call.callee);
}

function calledFor(model: SourceModel, object: Expr, site: NameSite): Call | undefined {
  let current: Expr | undefined = object;
  for (let hops = 0; hops < 6 && current !== undefined; hops++) {
    if (current.kind === 'await') { current = current.operand; } else if (current.kind === 'call') {
      return current;
    } else if (current.kind === 'name') {
      current = definitionsOf(model, current.name, site).find((definition) => definition.value !== undefined)?.value;
    } else { return undefined; }
  }
  return undefined;
}

/** Is an object the account, by its name or by what gave it: `self.account`, `portfolio.account(venue)`, `acct`? */
function isAccount(model: SourceModel, object: Expr, site: NameSite): boolean {
  const saysSo = (name: string | undefined): boolean => {
    const words = wordsOf(name ?? '');
    return hasWord(words, ACCOUNT_WORDS) && !words.some((word) => word === 'sim' || word === 'paper' || word === 'mock' || word === 'fake' || word === 'stub' || word === 'virtual' || word === 'backtest');
  };
  if (saysSo(lastName(object))) { return true; }
  const call = calledFor(model, object, site);
  return call !== undefined && saysSo(lastName(call.callee));
}
