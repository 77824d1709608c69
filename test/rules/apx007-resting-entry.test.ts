/** APX007: entries and losing positions that outlive the session. */
import { restingEntry } from '../../src/guardians/compliance/rules/apx007-resting-entry.ts';
import { APEX, fires, FTMO, silent } from './apx-samples.ts';
import type { ValidCase } from './cases.ts';
import { settingCases } from './apx007-settings-cases.ts';
import { ruleTester } from './rule-tester.ts';

const MQ = { path: 'Experts/ea.mq5' };
const TS = { path: 'src/bot.ts' };
const IMPORTS = 'from nautilus_trader.model.enums import OrderSide, TimeInForce\nfrom nautilus_trader.trading.strategy import Strategy\n\n\n';
const LIMIT = 'self.order_factory.limit(instrument_id=self.iid, order_side=OrderSide.BUY, quantity=self.qty, price=self.price)';
const GTC = LIMIT.replace('price=self.price)', 'price=self.price, time_in_force=«TimeInForce.GTC»)');

/** A strategy of these methods. */
const strategy = (methods: Readonly<Record<string, string>>): string => `${IMPORTS}class Bot(Strategy):\n${Object.entries(methods).map(([head, body]) => `    def ${head}:\n${body.split('\n').map((line) => `        ${line}`).join('\n')}`).join('\n\n')}\n`;
const plain = (marked: string): string => marked.replace(/[«»]/g, '');
const enter = (order: string): Record<string, string> => ({ 'on_bar(self, bar)': `order = ${order}\nself.submit_order(order)` });
const ea = (body: string, more = ''): string => `#include <Trade/Trade.mqh>\nCTrade trade;\n${more}\nvoid OnTick()\n{\n   ${body.split('\n').join('\n   ')}\n}\n`;
const MARKET = 'self.order_factory.market(self.iid, OrderSide.BUY, self.qty)';
/** A guard over a strategy that it is handed. */
const guard = (name: string, before: string): string => `class PnlTracker:\n    def __init__(self, strategy):\n        self._strategy = strategy\n\n    def ${name}(self):\n        ${before || 'pass'}\n        for position in self._strategy.cache.positions_open():\n            order = self._strategy.order_factory.market(position.instrument_id, position.side, position.quantity, reduce_only=True)\n            self._strategy.submit_order(order)\n`;

/** What a close of an expert does. */
const CLOSING = 'trade.PositionClose(PositionGetTicket(0));';

/** A silent case of several files. */
const whole = (name: string, extra: Pick<ValidCase, 'files'>): ValidCase => ({ name, accounts: [APEX], ...extra });

ruleTester(restingEntry, {
  valid: [
    ...settingCases.valid,
    silent('on_stop that closes what a market order opened', strategy({ ...enter(MARKET), 'on_stop(self)': 'self.close_all_positions(self.iid)' })),
    silent('on_stop that hands over', strategy({ ...enter(MARKET), 'on_stop(self)': 'self.log.info("stopped")\nself.guard.finish()' })),
    silent('on_stop of a strategy with a flatten', strategy({ ...enter(MARKET), '_flatten(self, event)': 'self.close_all_positions(self.iid)', 'on_stop(self)': 'self.log.info("stopped")' })),
    silent('on_stop of a class that sends nothing', strategy({ 'on_bar(self, bar)': 'self.log.info("bar")', 'on_stop(self)': 'self.log.info("stopped")' })),
    silent('on_stop of a class that only exits', strategy({ 'exit(self, order)': 'self.submit_order(order)', 'on_stop(self)': 'self.log.info("stopped")' })),
    silent('a framework that is told to', strategy({ ...enter(MARKET), 'setup(self)': 'return StrategyConfig(manage_stop=True)', 'on_stop(self)': 'self.log.info("stopped")' })),
    silent('the flatten of a guard that cancels', guard('_close_all_positions', 'self._strategy.cancel_all_orders(self.iid)')),
    silent('the flatten of something else', guard('_close_all_positions', '').replace('PnlTracker', 'Exits')),
    silent('a wrapper of an exchange', 'export async function createLimitOrder(exchange: Exchange, symbol: string, side: string, amount: number, price: number) {\n  return await exchange.createLimitOrder(symbol, side, amount, price);\n}\n', TS),
    silent('a market order', strategy(enter('self.order_factory.market(self.iid, OrderSide.BUY, self.qty, time_in_force=TimeInForce.GTC)'))),
    silent('an order of the day', strategy(enter(plain(GTC).replace('.GTC', '.DAY')))),
    silent('fill or kill', strategy(enter(plain(GTC).replace('.GTC', '.FOK')))),
    silent('an end of its own', strategy(enter(plain(GTC).replace('time_in_force=TimeInForce.GTC', 'time_in_force=TimeInForce.GTD, expire_time=self.end')))),
    silent('a protective stop', strategy({ 'on_position_opened(self, event)': 'stop_order = self.order_factory.stop_market(self.iid, OrderSide.SELL, self.qty, trigger_price=self.stop)\nself.submit_order(stop_order)' })),
    silent('a target that reduces', strategy(enter(plain(GTC).replace('price=self.price', 'price=self.price, reduce_only=True')))),
    silent('a take profit by its name', strategy({ '_place_take_profit(self)': `order = ${plain(GTC)}\nself.submit_order(order)` })),
    silent('cancelled by the flatten', strategy({ ...enter(plain(GTC)), '_flatten(self, event)': 'self.cancel_all_orders(self.iid)\nself.close_all_positions(self.iid)', 'on_stop(self)': 'self._flatten(None)' })),
    silent('cancelled beside the flatten', strategy({ ...enter(plain(GTC)), '_flatten(self)': 'self.close_all_positions(self.iid)', 'on_stop(self)': 'self.cancel_all_orders(self.iid)\nself._flatten()' })),
    silent('the market exit cancels', strategy({ ...enter(plain(GTC)), 'on_stop(self)': 'self.market_exit()' })),
    silent('managed stop', `${strategy(enter(plain(GTC)))}\nconfig = StrategyConfig(manage_stop=True)\n`),
    silent('stale orders are cancelled', strategy({ ...enter(plain(GTC)), '_sweep(self, event)': 'for order in self.cache.orders_open():\n    self.cancel_order(order)' })),
    silent('the time in force is a setting', strategy(enter(plain(GTC).replace('TimeInForce.GTC', 'self.config.tif')))),
    silent('overnight is allowed', ea('trade.BuyStop(0.1, price, _Symbol, sl, tp, ORDER_TIME_GTC);'), { ...MQ, accounts: [FTMO] }),
    silent('an expert\'s order of the day', ea('trade.BuyStop(0.1, price, _Symbol, sl, tp, ORDER_TIME_DAY);'), MQ),
    silent('an expert\'s order with an expiration', ea('trade.BuyStop(0.1, price, _Symbol, sl, tp, ORDER_TIME_SPECIFIED, TimeCurrent() + 3600);'), MQ),
    silent('a request with a market action', ea('MqlTradeRequest r;\nr.action = TRADE_ACTION_DEAL;\nr.type_time = ORDER_TIME_GTC;\nOrderSend(r, res);'), MQ),
    silent('pendings are deleted', ea('trade.SellLimit(0.1, price);\nif(Late()) CloseAll();', 'void CloseAll()\n{\n   for(int i = OrdersTotal() - 1; i >= 0; i--) trade.OrderDelete(OrderGetTicket(i));\n   for(int i = PositionsTotal() - 1; i >= 0; i--) trade.PositionClose(PositionGetTicket(i));\n}'), MQ),
    whole('the include deletes them', { files: { 'ea.mq5': '#include <Trade/Trade.mqh>\n#include "risk.mqh"\nCTrade trade;\nvoid OnTick() { trade.SellLimit(0.1, 1.1); Sweep(); }\n', 'risk.mqh': 'CTrade m_trade;\nvoid Sweep() { m_trade.OrderDelete(OrderGetTicket(0)); }\n' } }),
    silent('a removed request', ea('MqlTradeRequest r;\nr.action = TRADE_ACTION_PENDING;\nr.type_time = ORDER_TIME_GTC;\nOrderSend(r, res);', 'void Clean() { MqlTradeRequest r; r.action = TRADE_ACTION_REMOVE; }'), MQ),
    silent('MetaTrader 4 with an expiration', 'void start() { OrderSend(Symbol(), OP_BUYSTOP, 0.1, p, 3, 0, 0, "x", 1, TimeCurrent() + 3600, clrNONE); }\n', { path: 'ea.mq4' }),
    silent('a market order of a script', 'await ex.createOrder(sym, \'market\', \'buy\', 1, undefined, { timeInForce: \'GTC\' });\n', TS),
    silent('a reduce-only order of a script', 'await ex.createOrder(sym, \'limit\', \'buy\', 1, price, { timeInForce: \'GTC\', reduceOnly: true });\n', TS),
    silent('a sale of what is held', 'await ex.createOrder(sym, \'limit\', \'sell\', 1, price, { timeInForce: \'GTC\' });\n', TS),
    silent('immediate or cancel', 'await ex.createOrder(sym, \'limit\', \'buy\', 1, price, { timeInForce: \'IOC\' });\n', TS),
    silent('a target that a generator yields', 'export function* strategy(ctx: any) {\n  const takeProfit = yield placeOrder({ symbol: \'ES\', type: \'limit\', side: \'buy\', timeInForce: \'GTC\' });\n}\n', TS),
    silent('a generator that cancels', 'export function* enter() { yield createOrder(sym, \'limit\', \'buy\', 1, price, { timeInForce: \'GTC\' }); }\nexport function* flatten() { yield cancelAllOrders(sym); yield closePosition(sym); }\n', TS),
    silent('a script that cancels', 'export class Bot {\n  async enter() { await this.ex.createOrder(sym, \'limit\', \'buy\', 1, price, { timeInForce: \'GTC\' }); }\n  async flatten() { await this.ex.cancelAllOrders(sym); await this.ex.closePosition(sym); }\n}\n', TS),
    whole('another file of the bot cancels', { files: {
      'src/bot.ts': 'import ccxt from \'ccxt\';\nexport const ex = new ccxt.kraken();\nexport async function enter() { await ex.createOrder(\'BTC\', \'limit\', \'buy\', 1, 2, { timeInForce: \'GTC\' }); }\n',
      'src/main.ts': 'import { enter, ex } from \'./bot\';\nasync function stop() { await ex.cancelAllOrders(\'BTC\'); }\nsetInterval(enter, 1000); process.on(\'exit\', stop);\n' } }),
    silent('an Alpaca order of the day', 'from alpaca.trading.requests import LimitOrderRequest\n\n\ndef enter(client):\n    client.submit_order(LimitOrderRequest(symbol="SPY", qty=1, side="buy", time_in_force="day", limit_price=1))\n'),
    silent('an order nobody here sends', 'export const plan = (q: number) => ({ type: \'LIMIT\', quantity: q, timeInForce: \'GTC\' });\n', TS),
    silent('a trading class of its own', '#include "my.mqh"\nMyTrade trade;\nvoid OnTick() { trade.BuyStop(1.1, 1.0, 1.2); }\n', MQ),
    silent('winners and losers before the weekend', ea('if(t.day_of_week == 5 && t.hour >= 15)\n{\n   if(PositionGetDouble(POSITION_PROFIT) > 0) trade.PositionClose(1);\n   else trade.PositionClose(2);\n}', 'MqlDateTime t;'), MQ),
    silent('winners on any day', ea('if(PositionGetDouble(POSITION_PROFIT) > 0) trade.PositionClose(1);'), MQ),
    silent('a limit order of ccxt where no account has a deadline', 'export async function enter(ex: any) { await ex.createOrder(sym, \'limit\', \'buy\', 1, price); }\n', { ...TS, accounts: [] }),
    silent('a market order of ccxt', 'export async function enter(ex: any) { await ex.createOrder(sym, \'market\', \'buy\', 1); }\n', TS),
    silent('what the parameters say is not to be seen', 'export async function enter(ex: any, params: any) { await ex.createOrder(sym, \'limit\', \'buy\', 1, price, params); }\n', TS),
    silent('a limit order of ccxt that sells', 'export async function leave(ex: any) { await ex.createLimitOrder(sym, \'sell\', 1, price, { timeInForce: \'GTC\' }); }\n', TS),
    silent('a protective stop that is cancelled', strategy({ '_place_stop_loss(self)': 'sl = self.order_factory.stop_market(self.iid, OrderSide.SELL, self.qty, trigger_price=self.stop)\nself.submit_order(sl)', '_flatten(self)': 'self.cancel_all_orders(self.iid)\nself.close_all_positions(self.iid)' })),
    silent('a protective stop that only reduces', strategy({ '_place_stop_loss(self)': 'sl = self.order_factory.stop_market(self.iid, OrderSide.SELL, self.qty, trigger_price=self.stop, reduce_only=True)\nself.submit_order(sl)', '_flatten(self)': 'self.close_all_positions(self.iid)' })),
    silent('a close that nothing calls', ea('trade.BuyStop(0.1, price);\nif(Late()) Sweep();', `void CloseAll()\n{\n   ${CLOSING}\n}\nvoid Sweep() { trade.OrderDelete(1); }`), MQ),
    silent('a close of one side, by what it is handed', ea('trade.BuyStop(0.1, price);\nif(Turn()) ClosePositionsByType(POSITION_TYPE_BUY);', `void ClosePositionsByType(ENUM_POSITION_TYPE side)\n{\n   if(PositionGetInteger(POSITION_TYPE) == side) ${CLOSING}\n}\nvoid OnTimer() { trade.OrderDelete(1); }`), MQ),
    silent('a test', strategy(enter(plain(GTC))), { role: 'test' }),
    silent('suppressed', ea('trade.BuyStop(0.1, price, _Symbol, sl, tp, ORDER_TIME_GTC); // tickguard: ignore[APX007] the desk cancels by hand'), MQ),
  ],
  invalid: [
    fires('on_stop that only tells, of a strategy of market orders', strategy({ ...enter(MARKET), '«on_stop»(self)': '"""Stop."""\nself.log.info("stopped")' }), {
      messageId: 'left', severity: 'warning', message: /^This on_stop neither cancels nor closes: what the strategy has opened stays in the market, and 16:59 ET ends the day/, evidence: { kind: 'left' },
    }),
    fires('on_stop that only ends subscriptions', strategy({ ...enter(MARKET), 'exit(self, position)': 'self.close_position(position)', '«on_stop»(self)': 'self.unsubscribe_bars(self.bar_type)' }), { messageId: 'left' }),
    fires('the flatten of a guard that cancels nothing', guard('«_close_all_positions»', ''), { messageId: 'guard', message: /^_close_all_positions closes positions and cancels no orders: a working entry can fill after it/ }),
    fires('a limit order whose side is handed in', 'export async function openTrade(exchange: Exchange, symbol: string, side: string, amount: number, price: number) {\n  return await «exchange.createLimitOrder»(symbol, side, amount, price);\n}\n', { messageId: 'unsaid', severity: 'info' }, TS),
    ...settingCases.invalid,
    fires('good till cancelled', strategy(enter(GTC)), { messageId: 'gtc', severity: 'warning', layer: 'firm', account: 'apex-1', message: /^16:59 ET ends the day for account apex-1, but this limit order is good till cancelled and can fill after it\. Use time_in_force=TimeInForce\.DAY, or cancel it when you flatten\.$/, fix: [['TimeInForce.GTC', 'TimeInForce.DAY']] }),
    fires('by default', strategy(enter(`«self.order_factory.limit»(instrument_id=self.iid, order_side=OrderSide.BUY, quantity=self.qty, price=self.price)`)), { messageId: 'unsaid', severity: 'info' }),
    fires('an entry stop', strategy({ 'on_bar(self, bar)': 'entry = «self.order_factory.stop_market»(self.iid, OrderSide.BUY, self.qty, trigger_price=self.high)\nself.submit_order(entry)' }), { messageId: 'unsaid', severity: 'info' }),
    fires('a constant', strategy(enter(GTC.replace('«TimeInForce.GTC»', '«TIF»'))).replace('class Bot', 'TIF = TimeInForce.GTC\n\n\nclass Bot'), { messageId: 'gtc' }),
    fires('a flatten that does not cancel', strategy({ ...enter(LIMIT), '_flatten(self, event)': '«self.close_all_positions(self.iid)»' }), { messageId: 'flatten', severity: 'warning', message: /^1 resting entry survives this close: by 16:59 ET for account apex-1 orders have to be gone as well\. Cancel them first \(cancel_all_orders\)\.$/, related: [/default is good till cancelled/] }),
    fires('a flatten at the deadline beside a stop that cancels', strategy({ ...enter(LIMIT), '_flatten(self, event)': '«self.close_all_positions(self.iid)»', 'on_stop(self)': 'self.cancel_all_orders(self.iid)' }), { messageId: 'flatten' }),
    fires('on_stop that does neither', strategy({ ...enter(plain(GTC)), '«on_stop»(self)': 'self.unsubscribe_bars(self.bar_type)' }), { messageId: 'stop', severity: 'warning', message: /^1 resting entry survives on_stop/ }),
    fires('through a base class of the file', `${strategy({ ...enter(plain(GTC)) }).replace('class Bot(Strategy)', 'class Base(Strategy)')}\n\nclass Bot(Base):\n    def on_stop(self):\n        «self.close_all_positions(self.iid)»\n`, { messageId: 'flatten' }),
    fires('Alpaca', 'from alpaca.trading.requests import LimitOrderRequest\n\n\ndef enter(client):\n    client.submit_order(LimitOrderRequest(symbol="SPY", qty=1, side="buy", time_in_force=«"gtc"», limit_price=1))\n', { messageId: 'gtc' }),
    fires('ib_insync', 'from ib_insync import LimitOrder\n\n\ndef enter(ib, contract):\n    order = LimitOrder("BUY", 1, 100.0)\n    order.tif = «"GTC"»\n    ib.placeOrder(contract, order)\n', { messageId: 'gtc' }),
    fires('ib_insync by keyword', 'from ib_insync import StopOrder\n\n\ndef enter(ib, contract):\n    buy = StopOrder("BUY", 1, 100.0, tif=«"GTC"»)\n    ib.placeOrder(contract, buy)\n', { messageId: 'gtc' }),
    fires('a pending order of MetaTrader for Python', 'import MetaTrader5 as mt5\n\n\ndef enter(price):\n    request = {"action": mt5.TRADE_ACTION_PENDING, "type": mt5.ORDER_TYPE_BUY_LIMIT, "price": price, "type_time": «mt5.ORDER_TIME_GTC»}\n    return mt5.order_send(request)\n', { messageId: 'gtc', fix: [['mt5.ORDER_TIME_GTC', 'mt5.ORDER_TIME_DAY']] }),
    fires('ccxt in Python', 'import ccxt\n\nex = ccxt.kraken()\n\n\ndef enter(price):\n    ex.create_order("BTC/USD", "limit", "buy", 1, price, {"timeInForce": «"GTC"»})\n', { messageId: 'gtc' }),
    fires('an expert', ea('trade.BuyStop(0.1, price, _Symbol, sl, tp, «ORDER_TIME_GTC»);'), { messageId: 'gtc', message: /this buy stop is good till cancelled/, fix: [['ORDER_TIME_GTC', 'ORDER_TIME_DAY']] }, MQ),
    fires('an expert by default', ea('«trade.SellLimit(0.1, price)»;'), { messageId: 'unsaid', severity: 'info' }, MQ),
    fires('OrderOpen', ea('trade.OrderOpen(_Symbol, ORDER_TYPE_BUY_LIMIT, 0.1, 0, price, sl, tp, «ORDER_TIME_GTC»);'), { messageId: 'gtc', fix: [['ORDER_TIME_GTC', 'ORDER_TIME_DAY']] }, MQ),
    fires('a request', ea('MqlTradeRequest r;\nr.action = TRADE_ACTION_PENDING;\nr.type = ORDER_TYPE_BUY_STOP;\nr.type_time = «ORDER_TIME_GTC»;\nOrderSend(r, res);'), { messageId: 'gtc', fix: [['ORDER_TIME_GTC', 'ORDER_TIME_DAY']] }, MQ),
    fires('MetaTrader 4', 'void start() { «OrderSend(Symbol(), OP_BUYSTOP, 0.1, p, 3, 0, 0, "x", 1, 0, clrNONE)»; }\n', { messageId: 'unsaid', severity: 'info' }, { path: 'ea.mq4' }),
    fires('an expert that closes and leaves orders', ea('trade.BuyStop(0.1, price);\nif(Late()) CloseAll();', 'void CloseAll()\n{\n   for(int i = PositionsTotal() - 1; i >= 0; i--) «trade.PositionClose(PositionGetTicket(i))»;\n}'), { messageId: 'flatten', message: /Cancel them first \(OrderDelete\)/ }, MQ),
    fires('an expert that closes both sides one after the other', ea('trade.BuyStop(0.1, price);\nif(Late()) CloseAll();', `void CloseByType(ENUM_POSITION_TYPE side)\n{\n   if(PositionGetInteger(POSITION_TYPE) == side) ${CLOSING}\n}\nvoid CloseAll() { CloseByType(POSITION_TYPE_BUY); CloseByType(POSITION_TYPE_SELL); }`.replace('trade.PositionClose(PositionGetTicket(0))', '«trade.PositionClose(PositionGetTicket(0))»')), { messageId: 'flatten' }, MQ),
    fires('an include\'s close, whoever calls it', `#include <Trade/Trade.mqh>\nCTrade trade;\nvoid Enter() { trade.BuyStop(0.1, price); }\nvoid CloseAll() { «trade.PositionClose(PositionGetTicket(0))»; }\n`, { messageId: 'flatten' }, { path: 'Include/risk.mqh' }),
    fires('winners on Friday', ea('if(t.day_of_week == 5 && t.hour >= 15)\n{\n   if(«PositionGetDouble(POSITION_PROFIT) > 0») trade.PositionClose(1);\n}', 'MqlDateTime t;'), { messageId: 'winners', severity: 'warning', related: [/end of the day or week/] }, MQ),
    fires('winners at the deadline', 'class Bot:\n    def friday_close(self, positions):\n        for position in positions:\n            if «position.unrealized_pnl > 0»:\n                self.client.close_position(position.symbol)\n', { messageId: 'winners' }),
    fires('a script', 'export async function enter(ex: any) { await ex.createOrder(sym, \'limit\', \'buy\', 1, price, { timeInForce: «\'GTC\'» }); }\n', { messageId: 'gtc' }, TS),
    fires('a script\'s limit call', 'export async function enter(ex: any) { await ex.createLimitBuyOrder(sym, 1, price, { timeInForce: «\'GTC\'» }); }\n', { messageId: 'gtc' }, TS),
    fires('an order object of a script', 'export async function enter(api: any) {\n  const order = { symbol: \'ES\', orderType: \'Limit\', action: \'Buy\', timeInForce: «\'GTC\'» };\n  await api.placeOrder(order);\n}\n', { messageId: 'gtc' }, TS),
    fires('a script that closes and leaves orders', 'export class Bot {\n  async enter() { await this.ex.createOrder(sym, \'limit\', \'buy\', 1, price, { timeInForce: \'GTC\' }); }\n  async flatten() { await «this.ex.closePosition(sym)»; }\n}\n', { messageId: 'flatten', message: /cancelAllOrders/ }, TS),
    fires('an order that a generator yields', 'import { placeOrder } from \'./effects\';\nexport function* strategy(ctx: any) {\n  const entry = yield placeOrder({ symbol: \'ES\', type: \'limit\', side: \'buy\', timeInForce: «\'GTC\'» });\n}\n', { messageId: 'gtc' }, TS),
    fires('an order object that a generator yields', 'export function* strategy(ctx: any) {\n  const order = { symbol: \'ES\', orderType: \'Limit\', action: \'Buy\', timeInForce: «\'GTC\'» };\n  yield placeOrder(order);\n}\n', { messageId: 'gtc' }, TS),
    fires('a generator that closes and leaves orders', 'export function* enter() { yield createOrder(sym, \'limit\', \'buy\', 1, price, { timeInForce: \'GTC\' }); }\nexport function* flatten() { yield «closePosition(sym)»; }\n', { messageId: 'flatten' }, TS),
    fires('winners of a script', 'export async function eodClose(ex: any, positions: any[]) {\n  for (const p of positions) { if («p.unrealizedPnl > 0») { await ex.closePosition(p.symbol); } }\n}\n', { messageId: 'winners' }, TS),
    fires('a limit order of ccxt by default', 'export async function enter(ex: any) { await «ex.createOrder»(sym, \'limit\', \'buy\', 1, price); }\n', { messageId: 'unsaid', severity: 'info' }, TS),
    fires('a limit order of ccxt in Python by default', 'def enter(ex, price):\n    «ex.create_limit_buy_order»("ES", 1, price)\n', { messageId: 'unsaid', severity: 'info' }),
    fires('an orphaned protective stop', strategy({ '_place_stop_loss(self)': 'sl = self.order_factory.stop_market(self.iid, OrderSide.SELL, self.qty, trigger_price=self.stop)\nself.submit_order(sl)', '_flatten(self)': '«self.close_all_positions(self.iid)»' }), { messageId: 'orphan', severity: 'info', message: /^1 protective stop stays in the market after this close/, related: [/order of its own/] }),
    fires('the house limit', strategy(enter(GTC)), { messageId: 'gtc', layer: 'house', message: /house limit; no account chosen/, fix: [['TimeInForce.GTC', 'TimeInForce.DAY']] }, { accounts: [] }),
  ],
});
