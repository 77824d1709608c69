/** SEC213: the switch to real money written into the code, and money that leaves the account. */
import * as z from 'zod';
import type { RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { instanceKind } from '../../../core/source/frameworks/tables.ts';
import { isScript } from '../../../core/source/languages.ts';
import { lastName } from '../../../core/source/meaning/annotations.ts';
import { wordsOf } from '../../../core/source/meaning/words.ts';
import type { Call, Expr, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { expressionsOf, walkExpression } from '../../../core/source/walk.ts';
import { literalOf, spanOf, wholeArgument } from '../code/arguments.ts';
import { calledName, isUnresolved, packageOf, typeOf } from '../code/callee.ts';

type MessageId = 'live' | 'withdraw' | 'permission';
type Context = RuleContext<MessageId, unknown>;

/** Switches that say “no real money” where they are true (README pages and references of alpaca-py, python-binance, pybit, ccxt, ib_insync, binance-connector, bybit-api, @alpacahq; 2026-12-01). */
const PRACTICE = /^(?:is_?|use_?)?(?:paper|paper_?trading|sandbox|sandbox_?mode|test_?net|demo|demo_?trading|practice|simulated|dry_?run)$/i;
/** Switches that say “real money” where they are true. */
const LIVE = /^(?:is_?|use_?)?(?:live|live_?trading|real|real_?money|mainnet|production_?trading)$/i;
/** Packages whose clients trade, besides those of the framework tables. */
const CLIENTS: ReadonlySet<string> = new Set([
  'alpaca', 'alpaca_trade_api', 'binance', 'pybit', 'ccxt', 'ccxtpro', 'okx', 'bybit', 'kucoin', 'oandapyV20', 'tda', 'schwab', 'ig_trading', 'trading_ig', 'hyperliquid', 'deribit_api', 'bitmex', 'tradovate', 'lumibot', 'krakenex', 'dydx3', 'bitget',
  'bybit-api', 'binance-api-node', 'node-binance-api', '@alpacahq/alpaca-trade-api', '@alpacahq/typescript-sdk', 'okx-api', 'bitget-api', 'kucoin-api', 'hyperliquid',
]);
const CLIENT_NAME = /(?:Client|Exchange|Broker|Api|API|REST|HTTP|Trader|Gateway|Session|Alpaca|Binance|Bybit)$/;
/** Methods of exchanges that send money away (ccxt manual, python-binance and kraken references). */
const WITHDRAWS: ReadonlySet<string> = new Set(['withdraw', 'withdraw_crypto', 'withdrawCrypto', 'withdraw_funds', 'withdrawFunds', 'create_withdrawal', 'createWithdrawal', 'withdraw_apply']);
const MONEY_RECEIVER = /^_{0,2}(?:exchange|client|broker|ex|api|binance|kraken|bybit|okx|kucoin|coinbase|ccxt|rest|trader)(?:_?client|_?api)?$/i;
/** Permissions of a new key (Binance broker and sub-account references, Bybit v5 user/create-sub-api, OKX). */
const PERMISSIONS = /^(?:can_?withdraw|enable_?withdrawals?|allow_?withdrawals?|withdraw_?enabled)$/i;

function create(context: Context): RuleListener {
  const { model } = context;
  if (!/paper|sandbox|test_?net|demo|practice|simulated|dry_?run|live|real|mainnet|withdraw/i.test(model.source.text)) { return {}; }
  const script = isScript(model.language);
  return {
    call(node: Call, site: Site): void {
      judgeWithdraw(context, node, site);
      judgeClient(context, node, site, script);
      judgeSandboxCall(context, node, site);
      for (const argument of node.args) {
        if (argument.name !== undefined && PERMISSIONS.test(argument.name) && isTrue(argument.value)) { context.report({ at: wholeArgument(argument), messageId: 'permission', severity: 'error', data: { what: argument.name } }); }
      }
    },
    ...(!/withdraw/i.test(model.source.text) ? {} : { statement(node: Stmt): void {
      for (const root of expressionsOf(node)) { walkExpression(root, (expr) => { judgePermissions(context, expr); }); }
    } }),
  };
}

function isTrue(expr: Expr): boolean {
  return expr.kind === 'literal' && (expr.value === true || expr.value === 'true' || expr.value === 'True');
}

/** A literal `True` or `False`: a name stands for a setting. */
function literalBoolean(expr: Expr): boolean | undefined {
  return expr.kind === 'literal' && expr.type === 'boolean' ? expr.value === true : undefined;
}

/** True for a switch that is written so that real money moves. */
function goesLive(name: string, value: Expr): boolean {
  const set = literalBoolean(value);
  return (set === false && PRACTICE.test(name)) || (set === true && LIVE.test(name));
}

/** The construction of a broker's client: `TradingClient(key, secret, paper=False)`, `new RestClientV5({ testnet: false })`. */
function judgeClient(context: Context, node: Call, site: Site, script: boolean): void {
  const { model } = context;
  const pairs = [...node.args.flatMap((argument) => (argument.name === undefined ? [] : [{ name: argument.name, value: argument.value, at: wholeArgument(argument) }])), ...(script ? fieldPairs(model, node, site) : [])];
  const found = pairs.find(({ name, value }) => goesLive(name, value));
  if (found === undefined || !isClient(model, node, site)) { return; }
  context.report({ at: found.at, messageId: 'live', data: { what: model.source.text.slice(found.at.start, found.at.end).slice(0, 40) } });
}

function fieldPairs(model: SourceModel, node: Call, site: Site): readonly { readonly name: string; readonly value: Expr; readonly at: Span }[] {
  return node.args.flatMap((argument) => {
    const literal = argument.value.kind === 'collection' ? literalOf(model, argument.value, site) : undefined;
    return (literal?.fields.keys ?? []).flatMap((key, i) => {
      const value = literal?.fields.items[i];
      return key?.kind === 'literal' && value !== undefined ? [{ name: String(key.value), value, at: { start: key.start, end: value.end } }] : [];
    });
  });
}

function isClient(model: SourceModel, node: Call, site: Site): boolean {
  const name = calledName(model, node, site);
  if (name === undefined) { return false; }
  return instanceKind(name) !== undefined && CLIENTS.has(packageOf(name)) || (CLIENTS.has(packageOf(name)) && /^[A-Z]/.test(lastName(node.callee) ?? '')) || (name.startsWith('.') && CLIENT_NAME.test(lastName(node.callee) ?? ''));
}

/** `exchange.set_sandbox_mode(False)`. */
function judgeSandboxCall(context: Context, node: Call, site: Site): void {
  const name = lastName(node.callee);
  const given = node.args[0]?.value;
  if ((name === 'set_sandbox_mode' || name === 'setSandboxMode' || name === 'enableDemoTrading' || name === 'enable_demo_trading') && given !== undefined && literalBoolean(given) === false && isExchange(context.model, node, site)) {
    context.report({ at: spanOf(node), messageId: 'live', data: { what: `${name}(${context.model.source.text.slice(given.start, given.end)})` } });
  }
}

function judgeWithdraw(context: Context, node: Call, site: Site): void {
  const name = lastName(node.callee);
  if (name === undefined || !WITHDRAWS.has(name) || !isExchange(context.model, node, site)) { return; }
  // An exchange of a back-test keeps its own books.
  if (wordsOf(context.model.path).some((word) => /^(?:sim|simulated|simulation|backtest|backtesting|paper|mock)$/.test(word))) { return; }
  context.report({ at: spanOf(node.callee), messageId: 'withdraw' });
}

/** An instance of a client, or what is called as one is and may be anything. */
function isExchange(model: SourceModel, node: Call, site: Site): boolean {
  if (node.callee.kind !== 'member') { return false; }
  const type = typeOf(model, node.callee.object, site);
  if (type !== undefined) { return CLIENTS.has(packageOf(type)) || instanceKind(type) === 'ccxt-exchange'; }
  return MONEY_RECEIVER.test(lastName(node.callee.object) ?? '') && isUnresolved(model, node.callee.object, site);
}

/** `{ canWithdraw: true }`, `{"enableWithdrawals": "true"}`. */
function judgePermissions(context: Context, expr: Expr): void {
  if (expr.kind !== 'collection') { return; }
  (expr.keys ?? []).forEach((key, i) => {
    const value = expr.items[i];
    if (key?.kind !== 'literal' || value === undefined || !PERMISSIONS.test(String(key.value)) || !isTrue(value)) { return; }
    context.report({ at: { start: key.start, end: value.end }, messageId: 'permission', severity: 'error', data: { what: String(key.value) } });
  });
}

export const liveSwitch = defineRule<MessageId, unknown>({
  id: 'SEC213',
  name: 'live-switch',
  guardian: 'security',
  languages: ['python', 'typescript', 'javascript', 'notebook'],
  severity: 'warning',
  gate: 'deploy',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'The switch from paper to real money as a literal in the code, a withdrawal, or a key that is allowed to withdraw.',
  messages: {
    live: '{what} in the code: every copy of it trades real money, tests and experiments too. Read it from configuration, paper by default.',
    withdraw: 'This sends money away, so the key has to be allowed to: whoever gets it empties the account. Trade with a key that cannot withdraw.',
    permission: '{what} makes a key that empties the account when it leaks. Make trading keys without it, and bind them to your addresses.',
  },
  options: z.strictObject({}),
  create,
});
