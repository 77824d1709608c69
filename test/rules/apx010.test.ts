/** APX010: entries that nothing takes out of a losing trade. */
import { noStop } from '../../src/guardians/compliance/rules/apx010-no-stop.ts';
import type { ValidCase } from './cases.ts';
import { fires, silent } from './apx-samples.ts';
import { ruleTester } from './rule-tester.ts';

const MQ = { path: 'ea.mq5' };
const MQ4 = { path: 'ea.mq4' };
const TS = { path: 'bot.ts' };

/** Files that are linked. */
const beside = (name: string, files: Readonly<Record<string, string>>): ValidCase => ({ name, files, trading: 'assume' });

const nautilus = (body: string, more = ''): string => `from nautilus_trader.trading.strategy import Strategy\nfrom nautilus_trader.model.enums import OrderSide\n\n\nclass Cross(Strategy):\n    def on_bar(self, bar):\n        if self.fast.value > self.slow.value:\n            self.enter()\n\n    def enter(self):\n${body.split('\n').map((line) => `        ${line}`).join('\n')}\n${more}`;
const MARKET = 'order = self.order_factory.market(self.instrument_id, OrderSide.BUY, self.qty)\nself.submit_order(order)';
const expert = (body: string, more = ''): string => `#include <Trade/Trade.mqh>\nCTrade trade;\nvoid OnTick()\n{\n   double ask = SymbolInfoDouble(_Symbol, SYMBOL_ASK);\n   ${body}\n}\n${more}`;
const ccxt = (body: string): string => `import ccxt\n\nexchange = ccxt.binance()\n\n\ndef main():\n    while True:\n        if signal():\n${body.split('\n').map((line) => `            ${line}`).join('\n')}\n\n\nmain()\n`;
const script = (body: string, more = ''): string => `import ccxt from 'ccxt';\nconst ex = new ccxt.binance();\nasync function main() {\n  for (;;) {\n    if (await signal()) {\n      ${body}\n    }\n  }\n}\n${more}main();\n`;
const request = (fields: string): string => expert(`MqlTradeRequest request = {};\n   MqlTradeResult result = {};\n   request.action = TRADE_ACTION_DEAL;\n   request.type = ORDER_TYPE_BUY;\n   request.volume = 0.1;\n   ${fields}\n   OrderSend(request, result);`);
const python5 = (request5: string, after = ''): string => `import MetaTrader5 as mt5\n\n\ndef main():\n    if signal():\n        request = {"action": mt5.TRADE_ACTION_DEAL, "symbol": "EURUSD", "volume": 0.1, "type": mt5.ORDER_TYPE_BUY${request5}}\n${after}        mt5.order_send(request)\n\n\nmain()\n`;

ruleTester(noStop, {
  valid: [
    silent('NautilusTrader: a bracket', nautilus('order = self.order_factory.bracket(self.instrument_id, OrderSide.BUY, self.qty, sl_trigger_price=sl, tp_price=tp)\nself.submit_order_list(order)')),
    silent('NautilusTrader: a stop order on the fill', nautilus(MARKET, '\n    def on_order_filled(self, event):\n        stop = self.order_factory.stop_market(self.instrument_id, OrderSide.SELL, self.qty, self.level, reduce_only=True)\n        self.submit_order(stop)\n')),
    silent('NautilusTrader: a trailing stop when the position opens', nautilus(MARKET, '\n    def on_position_opened(self, event):\n        self.submit_order(self.order_factory.trailing_stop_market(self.instrument_id, OrderSide.SELL, self.qty, trailing_offset=self.offset))\n')),
    silent('NautilusTrader: a price that is watched', nautilus(MARKET, '\n    def on_quote_tick(self, tick):\n        if tick.bid_price < self.stop_price:\n            self.close_all_positions(self.instrument_id)\n')),
    silent('NautilusTrader: the order goes to a manager', nautilus('order = self.order_factory.market(self.instrument_id, OrderSide.BUY, self.qty)\nself.guardian.attach(order)')),
    silent('NautilusTrader: a base class of another file', nautilus(MARKET).replace('from nautilus_trader.trading.strategy import Strategy', 'from .base import Strategy')),
    silent('NautilusTrader: an exit', nautilus(MARKET).replace('def enter(self)', 'def close_short(self)').replace('self.enter()', 'self.close_short()')),
    silent('NautilusTrader: a reduction', nautilus('order = self.order_factory.market(self.instrument_id, OrderSide.SELL, self.qty, reduce_only=True)\nself.submit_order(order)')),
    silent('NautilusTrader: what is held is sold', nautilus('if self.portfolio.is_net_long(self.instrument_id):\n    order = self.order_factory.market(self.instrument_id, OrderSide.SELL, self.qty)\n    self.submit_order(order)')),
    silent('NautilusTrader: quotes on both sides', nautilus('bid = self.order_factory.limit(self.instrument_id, OrderSide.BUY, self.qty, self.bid)\nask = self.order_factory.limit(self.instrument_id, OrderSide.SELL, self.qty, self.ask)\nself.submit_order(bid)\nself.submit_order(ask)')),
    silent('ccxt: a stop in params', ccxt('exchange.create_order("BTC/USDT", "market", "buy", 1, None, {"stopLoss": {"triggerPrice": 90}})')),
    silent('ccxt: a stop in params of a name', ccxt('params = {"leverage": 3}\nparams["stopLossPrice"] = 90\nexchange.create_order("BTC/USDT", "market", "buy", 1, None, params)')),
    silent('ccxt: params from elsewhere', ccxt('exchange.create_order("BTC/USDT", "market", "buy", 1, None, options())')),
    silent('ccxt: a stop order behind it', ccxt('exchange.create_market_buy_order("BTC/USDT", 1)\nexchange.create_order("BTC/USDT", "stop_market", "sell", 1, None, {"stopPrice": 90})')),
    silent('ccxt: a call that sets the stop', ccxt('exchange.create_market_buy_order("BTC/USDT", 1)\nplace_stop_loss("BTC/USDT")')),
    silent('ccxt: a loss that is watched', ccxt('exchange.create_market_buy_order("BTC/USDT", 1)\nif pnl_pct < -STOP_LOSS_PCT:\n    exchange.create_market_sell_order("BTC/USDT", 1)')),
    silent('ccxt: a sale of what was bought', ccxt('exchange.create_market_sell_order("BTC/USDT", 1)')),
    silent('ccxt: a wrapper nobody calls here', 'import ccxt\n\n\nclass Client:\n    def market(self, symbol, side, amount):\n        return self.exchange.create_order(symbol, "market", side, amount)\n'),
    silent('ccxt: a wrapper that is called for exits only', 'import ccxt\n\n\nclass Client:\n    def market(self, symbol, side, amount):\n        return self.exchange.create_order(symbol, "market", side, amount)\n\n    def close_all(self):\n        self.market(self.symbol, "sell", self.held)\n'),
    beside('ccxt: an entry nobody calls here, and a file that sets stops', {
        'entries.py': 'import ccxt\n\n\nclass Entries:\n    def enter_long(self):\n        return self.exchange.create_market_buy_order(self.symbol, self.amount)\n',
        'stops.py': 'import ccxt\n\n\nclass Stops:\n    def place(self):\n        self.exchange.create_order(self.symbol, "stop_market", "sell", self.amount, None, {"stopPrice": self.level})\n',
    }),
    silent('Alpaca: a bracket', 'from alpaca.trading.client import TradingClient\nfrom alpaca.trading.requests import MarketOrderRequest\n\nclient = TradingClient("k", "s")\nclient.submit_order(MarketOrderRequest(symbol="SPY", qty=1, side=OrderSide.BUY, order_class=OrderClass.BRACKET, stop_loss=StopLossRequest(stop_price=90)))\n'),
    silent('one that buys and holds', nautilus(MARKET).replaceAll('Cross', 'BuyAndHold')),
    silent('an option', 'from lumibot.strategies import Strategy\n\n\nclass S(Strategy):\n    def on_trading_iteration(self):\n        asset = Asset(symbol="SPY", asset_type="option", right="call")\n        self.submit_order(self.create_order(asset, 1, "buy"))\n'),
    silent('ib_insync: a stop beside it', 'from ib_insync import IB, MarketOrder, StopOrder\n\nib = IB()\nib.placeOrder(contract, MarketOrder("BUY", 1))\nib.placeOrder(contract, StopOrder("SELL", 1, 90))\n'),
    silent('Tradovate: an order with its brackets', 'import requests\n\nrequests.post(f"{base}/order/placeOSO", json={"action": "Buy", "orderQty": 1, "orderType": "Market", "bracket1": {"action": "Sell", "orderType": "Stop", "stopPrice": 90}})\n'),
    silent('MetaTrader 5 for Python: a stop', python5(', "sl": 1.05')),
    silent('MetaTrader 5 for Python: a stop set later', python5('', '        request["sl"] = level()\n')),
    silent('MetaTrader 5 for Python: a close', python5(', "position": 123')),
    silent('MetaTrader 5 for Python: a request that others complete', python5('', '        request.update(levels())\n')),
    silent('MQL5: a stop', expert('trade.Buy(0.1, _Symbol, ask, ask - 0.005, 0);'), MQ),
    silent('MQL5: an input that may be zero', `input double StopLoss = 0;\n${expert('trade.Buy(0.1, _Symbol, ask, StopLoss, 0);')}`, MQ),
    silent('MQL5: a stop that is worked out by reference', expert('double sl = 0;\n   Levels(sl);\n   trade.Buy(0.1, _Symbol, ask, sl, 0);'), MQ),
    silent('MQL5: a stop right behind it', expert('if(trade.Buy(0.1, _Symbol, ask, 0, 0))\n      trade.PositionModify(_Symbol, ask - 0.005, 0);'), MQ),
    silent('MQL5: trailing that is called', expert('trade.Buy(0.1, _Symbol, ask, 0, 0);\n   Trail();', 'void Trail()\n{\n   double level = SymbolInfoDouble(_Symbol, SYMBOL_BID) - 0.005;\n   trade.PositionModify(_Symbol, level, 0);\n}\n'), MQ),
    silent('MQL5: a loss that is watched', expert('trade.Buy(0.1, _Symbol, ask, 0, 0);\n   if(PositionGetDouble(POSITION_PROFIT) < -MaxLossPerTrade) trade.PositionClose(_Symbol);'), MQ),
    silent('MQL5: a request with a stop', request('request.sl = ask - 0.005;'), MQ),
    silent('MQL5: a request that closes', request('request.position = PositionGetTicket(0);'), MQ),
    beside('MQL5: an include that moves stops', { 'ea.mq5': `#include "Trail.mqh"\n${expert('trade.Buy(0.1, _Symbol, ask, 0, 0);')}`, 'Trail.mqh': '#include <Trade/Trade.mqh>\nvoid MoveAll()\n{\n   CTrade t;\n   t.PositionModify(_Symbol, 1.05, 0);\n}\n' }),
    silent('MQL4: modified behind it', 'int start()\n{\n   int ticket = OrderSend(Symbol(), OP_BUY, 0.1, Ask, 3, 0, 0, "", 1, 0, Blue);\n   OrderModify(ticket, OrderOpenPrice(), Ask - 0.005, 0, 0, Blue);\n   return 0;\n}\n', MQ4),
    silent('backtrader: a bracket', 'import backtrader as bt\n\n\nclass S(bt.Strategy):\n    def next(self):\n        if self.signal:\n            self.buy_bracket(stopprice=90, limitprice=110)\n'),
    silent('backtrader: a sale of the position', 'import backtrader as bt\n\n\nclass S(bt.Strategy):\n    def next(self):\n        if self.position:\n            self.sell()\n'),
    silent('TypeScript: a stop in params', script("await ex.createOrder('BTC/USDT', 'market', 'buy', 1, undefined, { stopLoss: { triggerPrice: 90 } });"), TS),
    silent('TypeScript: a stop order behind it', script("await ex.createOrder('BTC/USDT', 'market', 'buy', 1);\n      await ex.createOrder('BTC/USDT', 'STOP_MARKET', 'sell', 1, undefined, { stopPrice: 90 });"), TS),
    silent('TypeScript: a reduction', script("await ex.createOrder('BTC/USDT', 'market', 'buy', 1, undefined, { reduceOnly: true });"), TS),
    silent('TypeScript: a wrapper of another file', "import { broker } from './broker';\nasync function main() {\n  await broker.placeOrder({ symbol: 'ES', side: 'buy', type: 'market', qty: 1 });\n}\nmain();\n", TS),
    silent('TypeScript: a client whose functions hand on', "export const client = (post: Post) => ({ buy: async (id: string, qty: number) => place(post, 'Buy', id, qty) });\nasync function place(post: Post, action: string, symbol: string, orderQty: number, stopPrice = null) {\n  await axios.post(`${BASE}/order/placeorder`, { action, symbol, orderQty, orderType: 'Market', stopPrice });\n}\n", TS),
    silent('NautilusTrader: a manager that is given every event', nautilus(MARKET, '\n    def on_event(self, event):\n        self.risk_manager.handle_event(event)\n')),
    silent('NautilusTrader: both entries lead to the handler of fills', nautilus(MARKET, '\n    def on_trade_tick(self, tick):\n        self.short()\n\n    def short(self):\n        order = self.order_factory.market(self.instrument_id, OrderSide.SELL, self.qty)\n        self.submit_order(order)\n\n    def on_order_filled(self, event):\n        self.place_stop_loss(event)\n')),
    silent('ccxt: a wrapper that sends, and whoever calls it sets the stop', 'import ccxt\n\nexchange = ccxt.binance()\n\n\ndef send(side):\n    exchange.create_order("BTC/USDT", "market", side, 1)\n\n\ndef main():\n    send("buy")\n    place_stop_loss("BTC/USDT")\n\n\nmain()\n'),
    silent('MQL4: a global that another function sets', 'int SL = 0;\ndouble slb;\nvoid OnTick()\n{\n   slb = Ask - Level();\n   OrderSend(Symbol(), OP_BUY, 0.1, Ask, 3, slb, 0, "", 1, 0, Blue);\n}\n', MQ4),
    silent('MQL4: a stop behind an input', 'extern int SL = 0;\ndouble slb;\nvoid OnTick()\n{\n   if(SL == 0) slb = 0; else slb = Ask - SL * Point;\n   OrderSend(Symbol(), OP_BUY, 0.1, Ask, 3, slb, 0, "", 1, 0, Blue);\n}\n', MQ4),
    silent('MQL4: a stop behind a variable that the program changes', 'int SL = 0;\ndouble slb;\nint OnInit()\n{\n   SL = Distance();\n   return 0;\n}\nvoid OnTick()\n{\n   if(SL == 0) slb = 0; else slb = Ask - SL * Point;\n   OrderSend(Symbol(), OP_BUY, 0.1, Ask, 3, slb, 0, "", 1, 0, Blue);\n}\n', MQ4),
    silent('MQL5: trailing that sets the first stop at once', expert('trade.Buy(0.1, _Symbol, ask, 0, 0);\n   if(PositionGetDouble(POSITION_SL) == 0) trade.PositionModify(_Symbol, ask - 0.005, 0);\n   if(ask - PositionGetDouble(POSITION_PRICE_OPEN) > 0.002) trade.PositionModify(_Symbol, ask - 0.001, 0);'), MQ),
    silent('a request to an address that places no order', 'import requests\n\n\ndef ask(action):\n    url = BASE + "/order/item"\n    requests.post(url, json={"action": action, "orderQty": 1, "orderType": "Market"})\n\n\nask("Buy")\n'),
    silent('MQL5: a CTrade of its own that sends in its own way', `#include <Trade/Trade.mqh>\nclass CDesk : public CTrade\n{\npublic:\n   bool Buy(double lots) { return Send(lots, Level()); }\n};\nCDesk desk;\nvoid OnTick()\n{\n   desk.Buy(0.1);\n}\n`, MQ),
    silent('test code', expert('trade.Buy(0.1, _Symbol, ask, 0, 0);'), { ...MQ, role: 'test' }),
  ],
  invalid: [
    fires('NautilusTrader: a market order and nothing else', nautilus('order = «self.order_factory.market»(self.instrument_id, OrderSide.BUY, self.qty)\nself.submit_order(order)'), {
      messageId: 'none', severity: 'warning', layer: 'house', evidence: { order: 'market buy', platform: 'nautilus' },
      message: 'This market buy opens a position that no stop ends: the order has none, and nothing after it sets one. Use order_factory.bracket, or submit a stop_market order on the fill.',
    }),
    fires('NautilusTrader: a level that nobody looks at', nautilus('self.stop_price = self.last - 5\norder = «self.order_factory.market»(self.instrument_id, OrderSide.BUY, self.qty)\nself.submit_order(order)'), { messageId: 'none' }),
    fires('NautilusTrader: the limit of the day is no stop', nautilus('if self.daily_pnl < -self.max_daily_loss:\n    return\norder = «self.order_factory.limit»(self.instrument_id, OrderSide.BUY, self.qty, self.price)\nself.submit_order(order)'), { messageId: 'none', message: /^This buy limit opens/ }),
    fires('ccxt: a market order', ccxt('«exchange.create_order»("BTC/USDT", "market", "buy", 1)'), { messageId: 'none', message: /Send it with stopLoss, or a stop order right after it\.$/ }),
    fires('ccxt: its shorthand', ccxt('«exchange.create_market_buy_order»("BTC/USDT", 1)'), { messageId: 'none' }),
    fires('ccxt: params without a stop', ccxt('«exchange.create_order»("BTC/USDT", "market", "buy", 1, None, {"leverage": 3})'), { messageId: 'none' }),
    fires('ccxt: a wrapper that the loop calls', 'import ccxt\n\nexchange = ccxt.binance()\n\n\ndef order(side, amount):\n    return «exchange.create_order»("BTC/USDT", "market", side, amount)\n\n\nwhile True:\n    order("buy", 1)\n', { messageId: 'none', message: /^This market order opens/ }),
    fires('ccxt: an entry nobody calls here, in a project without stops', 'import ccxt\n\n\nclass Entries:\n    def enter_long(self):\n        return «self.exchange.create_market_buy_order»(self.symbol, self.amount)\n', { messageId: 'none' }),
    fires('Alpaca: keywords', 'import alpaca_trade_api as tradeapi\n\napi = tradeapi.REST()\n«api.submit_order»(symbol="SPY", qty=1, side="buy", type="market", time_in_force="day")\n', { messageId: 'none', message: /Use a bracket order with stop_loss\.$/ }),
    fires('Alpaca: by place', 'import alpaca_trade_api as tradeapi\n\napi = tradeapi.REST()\n«api.submit_order»("SPY", 1, "buy", "market", "day")\n', { messageId: 'none', message: /^This market buy opens/ }),
    fires('a book that is kept beside the order', 'import ccxt\n\n\nclass Bot:\n    def run(self):\n        «self.exchange.create_market_buy_order»(self.symbol, self.amount)\n        self.position = self.amount\n', { messageId: 'none' }),
    fires('Alpaca: a request', 'from alpaca.trading.client import TradingClient\nfrom alpaca.trading.requests import MarketOrderRequest\n\nclient = TradingClient("k", "s")\nclient.submit_order(«MarketOrderRequest»(symbol="SPY", qty=1, side=OrderSide.BUY, time_in_force=TimeInForce.DAY))\n', { messageId: 'none' }),
    fires('ib_insync', 'from ib_insync import IB, MarketOrder\n\nib = IB()\norder = «MarketOrder»("BUY", 1)\nib.placeOrder(contract, order)\n', { messageId: 'none', message: /attach a stop order by parentId\.$/ }),
    fires('Tradovate', 'import requests\n\n«requests.post»(f"{base}/order/placeorder", json={"action": "Buy", "orderQty": 1, "orderType": "Market"})\n', { messageId: 'none' }),
    fires('ProjectX, in a name', 'import requests\n\npayload = {"contractId": "CON.F.US.ENQ", "type": 2, "side": 0, "size": 1}\n«requests.post»(f"{base}/api/Order/place", json=payload)\n', { messageId: 'none', message: /^This market buy opens/ }),
    fires('MetaTrader 5 for Python', python5('').replace('mt5.order_send', '«mt5.order_send»'), { messageId: 'none', message: /Add "sl" to the request\.$/ }),
    fires('MetaTrader 5 for Python: a zero', python5(', "sl": 0.0').replace('mt5.order_send', '«mt5.order_send»'), { messageId: 'none' }),
    fires('lumibot', 'from lumibot.strategies import Strategy\n\n\nclass S(Strategy):\n    def on_trading_iteration(self):\n        self.submit_order(«self.create_order»("SPY", 1, "buy"))\n', { messageId: 'none', message: /Send it with stop_loss_price\.$/ }),
    fires('backtrader', 'import backtrader as bt\n\n\nclass S(bt.Strategy):\n    def next(self):\n        if not self.position:\n            «self.buy»()\n', { messageId: 'none', message: /Use buy_bracket or sell_bracket\.$/ }),
    fires('MQL5: zeros', expert('«trade.Buy»(0.1, _Symbol, ask, 0, 0);'), { messageId: 'zero', message: 'This market buy opens a position that no stop ends: its stop is 0, and nothing sets one later. Send it with sl.' }, MQ),
    fires('MQL5: left out', expert('«trade.Sell»(0.1);'), { messageId: 'none' }, MQ),
    fires('MQL5: a pending order', expert('«trade.BuyStop»(0.1, ask + 0.002, _Symbol, 0.0, ask + 0.01);'), { messageId: 'zero', message: /^This buy stop opens/ }, MQ),
    fires('MQL5: a variable that is never anything else', expert('double sl = 0;\n   «trade.PositionOpen»(_Symbol, ORDER_TYPE_SELL, 0.1, ask, sl, 0);'), { messageId: 'zero', message: /^This market sell opens/ }, MQ),
    fires('MQL5: trailing that nobody calls', expert('«trade.Buy»(0.1, _Symbol, ask, 0, 0);', 'void Trail()\n{\n   trade.PositionModify(_Symbol, 1.05, 0);\n}\n'), { messageId: 'zero' }, MQ),
    fires('MQL5: trailing behind a switch that is off', `input bool UseTrailing = false;\n${expert('«trade.Buy»(0.1, _Symbol, ask, 0, 0);\n   if(UseTrailing) trade.PositionModify(_Symbol, ask - 0.005, 0);')}`, { messageId: 'zero' }, MQ),
    fires('MQL5: only the target is moved', expert('«trade.Buy»(0.1, _Symbol, ask, 0, 0);\n   trade.PositionModify(_Symbol, PositionGetDouble(POSITION_SL), ask + 0.01);'), { messageId: 'zero' }, MQ),
    fires('MQL5: a request', request('').replace('OrderSend', '«OrderSend»'), { messageId: 'none', message: /^This market buy opens/ }, MQ),
    fires('MQL5: a stop that no caller hands over', expert('«Open»(0.1);', 'void Open(double lots, double sl = 0)\n{\n   trade.Buy(lots, _Symbol, 0, sl, 0);\n}\n'), { messageId: 'callers', related: ['ea.mq5:10 sent here, with the stop that is handed in'], message: 'This call hands over no stop, so the market buy it leads to opens a position that nothing ends. Send it with sl.' }, MQ),
    fires('MQL4', 'int start()\n{\n   «OrderSend»(Symbol(), OP_BUY, 0.1, Ask, 3, 0, 0, "", 1, 0, Blue);\n   return 0;\n}\n', { messageId: 'zero' }, MQ4),
    fires('TypeScript: a market order', script("await «ex.createOrder»('BTC/USDT', 'market', 'buy', 1);"), { messageId: 'none' }, TS),
    fires('TypeScript: keywords of an object', "import Alpaca from '@alpacahq/alpaca-trade-api';\nconst api = new Alpaca();\nasync function main() {\n  await «api.createOrder»({ symbol: 'SPY', qty: 1, side: 'buy', type: 'market', time_in_force: 'day' });\n}\nmain();\n", { messageId: 'none' }, TS),
    fires('TypeScript: Tradovate', "async function main() {\n  await «fetch»(`${BASE}/order/placeorder`, { method: 'POST', body: JSON.stringify({ action: 'Buy', orderQty: 1, orderType: 'Market' }) });\n}\nmain();\n", { messageId: 'none' }, TS),
    fires('JavaScript: Binance', "const Binance = require('binance-api-node').default;\nconst client = Binance();\nasync function main() {\n  await «client.futuresOrder»({ symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: 1 });\n}\nmain();\n", { messageId: 'none' }, { path: 'bot.js' }),
    fires('NautilusTrader: a log that is given every event', nautilus('order = «self.order_factory.market»(self.instrument_id, OrderSide.BUY, self.qty)\nself.submit_order(order)', '\n    def on_event(self, event):\n        self.journal.handle_event(event)\n'), { messageId: 'none' }),
    fires('ccxt: a stop for the long entry only', 'import ccxt\n\nexchange = ccxt.binance()\n\n\ndef enter_long():\n    exchange.create_order("BTC/USDT:USDT", "market", "buy", 1)\n    exchange.create_order("BTC/USDT:USDT", "stop_market", "sell", 1, None, {"stopPrice": 90})\n\n\ndef enter_short():\n    «exchange.create_order»("BTC/USDT:USDT", "market", "buy", 1)\n\n\nwhile True:\n    enter_long()\n    enter_short()\n', { messageId: 'none' }),
    fires('ccxt: the stop of the long entry in a function of its own', 'import ccxt\n\nexchange = ccxt.binance()\n\n\ndef guard():\n    exchange.create_order("BTC/USDT:USDT", "stop_market", "sell", 1, None, {"stopPrice": 90})\n\n\ndef enter_long():\n    exchange.create_order("BTC/USDT:USDT", "market", "buy", 1)\n    guard()\n\n\ndef enter_again():\n    «exchange.create_order»("BTC/USDT:USDT", "market", "buy", 1)\n\n\nwhile True:\n    enter_long()\n    enter_again()\n', { messageId: 'none' }),
    fires('MQL4: a global that a constant keeps at zero', 'int SL = 0;\ndouble slb;\nvoid OnTick()\n{\n   if(SL == 0) slb = 0; else slb = Ask - SL * Point;\n   «OrderSend»(Symbol(), OP_BUY, 0.1, Ask, 3, slb, 0, "", 1, 0, Blue);\n}\n', { messageId: 'zero' }, MQ4),
    fires('MQL4: a global that nothing sets', 'double slb;\nvoid OnTick()\n{\n   «OrderSend»(Symbol(), OP_BUY, 0.1, Ask, 3, slb, 0, "", 1, 0, Blue);\n}\n', { messageId: 'zero' }, MQ4),
    fires('MQL5: trailing that begins in profit', expert('«trade.Buy»(0.1, _Symbol, ask, 0, 0);\n   if(ask - PositionGetDouble(POSITION_PRICE_OPEN) > 0.002) trade.PositionModify(_Symbol, ask - 0.001, 0);'), { messageId: 'zero' }, MQ),
    fires('MQL5: the same by the profit', expert('«trade.Buy»(0.1, _Symbol, ask, 0, 0);\n   if(PositionGetDouble(POSITION_PROFIT) > 20) trade.PositionModify(_Symbol, ask - 0.001, 0);'), { messageId: 'zero' }, MQ),
    fires('Tradovate: the address in a name', 'import requests\n\n\ndef place(action):\n    url = BASE + "/order/placeorder"\n    body = {"action": action, "orderQty": 1, "orderType": "Market"}\n    «requests.post»(url, json=body)\n\n\nplace("Buy")\n', { messageId: 'none' }),
    fires('MQL5: a CTrade of its own', `#include <Trade/Trade.mqh>\nclass CDesk : public CTrade\n{\npublic:\n   double Lots() { return 0.1; }\n};\nCDesk desk;\nvoid OnTick()\n{\n   «desk.Buy»(0.1, _Symbol, 0, 0, 0);\n}\n`, { messageId: 'zero' }, MQ),
  ],
});
