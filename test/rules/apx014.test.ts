/** APX014: long and short at once. */
import type { AccountConfig } from '../../src/core/workspace/config.ts';
import { bothDirections } from '../../src/guardians/compliance/rules/apx014-both-directions.ts';
import { fires, FTMO, silent } from './apx-samples.ts';
import { ruleTester } from './rule-tester.ts';

const MQ = { path: 'ea.mq5' };
const MQ4 = { path: 'ea.mq4' };
const TS = { path: 'bot.ts' };
const TRADEIFY: AccountConfig = { id: 'tradeify-1', pack: 'tradeify', size: 50_000, phase: 'evaluation', products: ['ES'], code: ['**'] };

const expert = (body: string, more = ''): string => `#include <Trade/Trade.mqh>\nCTrade trade;\nvoid OnTick()\n{\n   double ask = SymbolInfoDouble(_Symbol, SYMBOL_ASK);\n   ${body}\n}\n${more}`;
const BUY = 'trade.Buy(0.1, _Symbol, ask, ask - 0.005, 0);';
const SELL = 'trade.Sell(0.1, _Symbol, 0, ask + 0.005, 0);';
const MARKED = BUY.replace('trade.Buy', '«trade.Buy»');
const shorted = (body: string): string => `if(PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_SELL)\n   {\n      ${body}\n   }`;
const old = (test: string, order = 'OrderSend'): string => `void OnTick()\n{\n   if(${test}) ${order}(Symbol(), OP_BUY, 0.1, Ask, 3, Ask - 0.005, 0, "", 1, 0, Blue);\n}\n`;
const pair = (a: string, b: string): string => `from alpaca.trading.client import TradingClient\nfrom alpaca.trading.requests import MarketOrderRequest\n\nclient = TradingClient("k", "s")\n\n\ndef main():\n    ${a}\n    ${b}\n\n\nmain()\n`;
const tradovate = (action: string, symbol: string, mark = false): string => `${mark ? '«requests.post»' : 'requests.post'}(f"{base}/order/placeorder", json={"action": "${action}", "symbol": "${symbol}", "orderQty": 1, "orderType": "Market"})`;
const spread = (first: string, second: string): string => `import requests\n\n\ndef enter():\n    ${first}\n    ${second}\n\n\nenter()\n`;
const ccxt = (call: string): string => `import ccxt\n\nexchange = ccxt.binanceusdm()\n${call}\n`;

ruleTester(bothDirections, {
  valid: [
    silent('a flip that closes first', expert(shorted(`trade.PositionClose(_Symbol);\n      ${BUY}`)), MQ),
    silent('a flip that closes in another function', expert(`CloseShorts();\n   ${shorted(BUY)}`), MQ),
    silent('more of the side that is open', expert(`if(PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_BUY) ${BUY}`), MQ),
    silent('nothing is open', expert(`if(PositionsTotal() == 0) ${BUY} else if(Down()) ${SELL}`), MQ),
    silent('one side or the other', expert(`if(Up()) ${BUY}\n   else ${SELL}`), MQ),
    silent('each behind its own signal', expert(`if(Up()) ${BUY}\n   if(Down()) ${SELL}`), MQ),
    silent('a pair of stop orders', expert('trade.BuyStop(0.1, ask + 0.002, _Symbol, ask, 0);\n   trade.SellStop(0.1, ask - 0.002, _Symbol, ask, 0);'), MQ),
    silent('two symbols', expert('trade.Buy(0.1, "EURUSD", 0, 1.0, 0);\n   trade.Sell(0.1, "GBPUSD", 0, 1.5, 0);'), MQ),
    silent('a buy, a close and a sell', expert(`${BUY}\n   trade.PositionClose(_Symbol);\n   ${SELL}`), MQ),
    silent('behind a switch that is off', `input bool Both = false;\n${expert(`if(Both)\n   {\n      ${BUY}\n      ${SELL}\n   }`)}`, MQ),
    silent('what nobody calls', expert('', `void Pair()\n{\n   double ask = 1;\n   ${BUY}\n   ${SELL}\n}\n`), MQ),
    silent('a count of signals', old('CountSellSignals() > 0'), MQ4),
    silent('pending orders of the other side', old('pendingSellOrders > 0'), MQ4),
    silent('a firm that allows it', expert(shorted(BUY)), { ...MQ, accounts: [FTMO] }),
    silent('a market where the second order closes the first', pair('client.submit_order(MarketOrderRequest(symbol="SPY", qty=1, side=OrderSide.BUY))', 'client.submit_order(MarketOrderRequest(symbol="SPY", qty=1, side=OrderSide.SELL))')),
    silent('two futures the same way', spread(tradovate('Buy', 'ESZ5'), tradovate('Buy', 'NQZ5'))),
    silent('two futures that have nothing to do with each other', spread(tradovate('Buy', 'ESZ5'), tradovate('Sell', 'GCZ5'))),
    silent('the same future', spread(tradovate('Buy', 'ESZ5'), tradovate('Sell', 'ESZ5'))),
    silent('hedge mode off', ccxt('exchange.set_position_mode(False)')),
    silent('a mode that is read', ccxt('exchange.fetch_position_mode("BTC/USDT")')),
    silent('test code', expert(shorted(BUY)), { ...MQ, role: 'test' }),
  ],
  invalid: [
    fires('a buy while short', expert(shorted(MARKED)), {
      messageId: 'against', severity: 'warning', layer: 'firm', account: 'apex-1', evidence: { form: 'against' },
      message: 'This market buy goes out while a short position is open, and nothing closes that first: long and short at once, which the rules of account apex-1 forbid. Close it, see it closed, then send.',
    }, MQ),
    fires('the same without an account', expert(shorted(MARKED)), { messageId: 'against', severity: 'info', layer: 'house', message: /long and short at once, which most firms forbid/ }, { ...MQ, accounts: [] }),
    fires('the same at Tradeify', expert(shorted(MARKED)), { messageId: 'against', account: 'tradeify-1' }, { ...MQ, accounts: [TRADEIFY] }),
    fires('sells that are counted', old('CountSells(OP_SELL) > 0', '«OrderSend»').replace('CountSells', 'CountOrders'), { messageId: 'against', related: ['ea.mq4:3 the other side is open here'] }, MQ4),
    fires('the type of the order', old('OrderType() == OP_SELL', '«OrderSend»'), { messageId: 'against' }, MQ4),
    fires('both at once', expert(`${BUY}\n   ${SELL.replace('trade.Sell', '«trade.Sell»')}`), { messageId: 'together', related: ['ea.mq5:6 the other side goes out here'], message: /^This market sell goes out right after the market buy: long and short at once/ }, MQ),
    fires('the second behind the success of the first', expert(`if(${BUY.replace(';', '')}) ${SELL.replace('trade.Sell', '«trade.Sell»')}`), { messageId: 'together' }, MQ),
    fires('a mini against a mini', spread(tradovate('Buy', 'ESZ5'), tradovate('Sell', 'NQZ5', true)), { messageId: 'correlated', message: /^This market sell of NQ goes out right after the market buy of ES \(US stock indices\): long and short in markets that move together/ }),
    fires('a micro against its mini', spread(tradovate('Buy', 'GCZ5'), tradovate('Sell', 'MGCZ5', true)), { messageId: 'correlated' }),
    fires('hedge mode of ccxt', ccxt('«exchange.set_position_mode(True)»'), { messageId: 'mode', message: 'Hedge mode lets long and short stay open at once, which the rules of account apex-1 forbid. Leave it off, so that the other side closes what is open.' }),
    fires('hedge mode of Binance', 'from binance.client import Client\n\nclient = Client()\n«client.futures_change_position_mode(dualSidePosition="true")»\n', { messageId: 'mode' }),
    fires('TypeScript: hedge mode', "import ccxt from 'ccxt';\nconst ex = new ccxt.bybit();\nawait «ex.setPositionMode(true)»;\n", { messageId: 'mode' }, TS),
  ],
});
