/** APX007: each kind of resting entry, good till cancelled, by default, and left behind by a flatten. */
import type { Form } from '../mutants/form.ts';
import { crossed } from './crossed-mutants.ts';

interface Order {
  readonly name: string;
  /** The call with the time in force left open. */
  readonly order: (tif: string) => string;
  /** Good till cancelled, and for the day. */
  readonly gtc: string;
  readonly day: string;
  readonly imports?: string;
}

const call = (order: Order, right: boolean): string => order.order(right ? order.day : `«${order.gtc}»`);
const plain = (order: Order): string => order.order(order.gtc);

const TIF = 'from nautilus_trader.model.enums import OrderSide, TimeInForce\nfrom nautilus_trader.trading.strategy import Strategy';
const nautilus = (name: string, method: string, price: string): Order => ({
  name, gtc: 'TimeInForce.GTC', day: 'TimeInForce.DAY', imports: TIF,
  order: (tif) => `self.order_factory.${method}(instrument_id=self.iid, order_side=OrderSide.BUY, quantity=self.qty, ${price}, time_in_force=${tif})`,
});

const python = crossed<Order>('python', [
  nautilus('limit', 'limit', 'price=self.low'),
  nautilus('stop', 'stop_market', 'trigger_price=self.high'),
  nautilus('stop-limit', 'stop_limit', 'price=self.high, trigger_price=self.high'),
  nautilus('if touched', 'limit_if_touched', 'price=self.low, trigger_price=self.low'),
  nautilus('market if touched', 'market_if_touched', 'trigger_price=self.low'),
], {
  'good till cancelled': (order, right) => `class TgEntry(Strategy):\n    def on_bar(self, bar):\n        entry = ${call(order, right)}\n        self.submit_order(entry)\n`,
  'in a method of its own': (order, right) => `class TgEntry(Strategy):\n    def on_bar(self, bar):\n        self._enter_long()\n\n    def _enter_long(self):\n        self.submit_order(${call(order, right)})\n`,
  'left by the flatten': (order, right) => `class TgEntry(Strategy):\n    def on_bar(self, bar):\n        entry = ${plain(order)}\n        self.submit_order(entry)\n\n    def _flatten(self, event):\n${right ? '        self.cancel_all_orders(self.iid)\n' : ''}        «self.close_all_positions(self.iid)»\n`,
  'left on stop': (order, right) => `class TgEntry(Strategy):\n    def on_bar(self, bar):\n        entry = ${plain(order)}\n        self.submit_order(entry)\n\n    def «on_stop»(self):\n        self.${right ? 'cancel_all_orders(self.iid)' : 'unsubscribe_bars(self.bar_type)'}\n`,
});

const CTRADE = '#include <Trade/Trade.mqh>\nCTrade tg_trade;';
const pending = (method: string): Order => ({ name: method, gtc: 'ORDER_TIME_GTC', day: 'ORDER_TIME_DAY', order: (tif) => `tg_trade.${method}(0.1, price, _Symbol, 0, 0, ${tif})` });

// An expert that deletes its orders excuses each of them.
const mql5 = crossed<Order>('mql5', [
  pending('BuyLimit'), pending('BuyStop'), pending('SellLimit'), pending('SellStop'),
  { name: 'OrderOpen', gtc: 'ORDER_TIME_GTC', day: 'ORDER_TIME_DAY', order: (tif: string) => `tg_trade.OrderOpen(_Symbol, ORDER_TYPE_BUY_LIMIT, 0.1, 0, price, 0, 0, ${tif})` },
].map((order) => ({ ...order, imports: CTRADE })), {
  'good till cancelled': (order, right) => `void TgEnter(double price)\n{\n   ${call(order, right)};\n}\n`,
  'in a condition': (order, right) => `bool TgEnter(double price)\n{\n   if(!${call(order, right)}) return false;\n   return true;\n}\n`,
  'by default': (order, right) => {
    const bare = plain(order).replace(', ORDER_TIME_GTC', right ? ', ORDER_TIME_DAY' : '');
    return `void TgEnter(double price)\n{\n   «${bare}»;\n}\n`;
  },
  'left by the close': (order, right) => `void TgEnter(double price) { ${plain(order)}; }\nvoid TgCloseAll()\n{\n${right ? '   for(int i = OrdersTotal() - 1; i >= 0; i--) tg_trade.OrderDelete(OrderGetTicket(i));\n' : ''}   for(int i = PositionsTotal() - 1; i >= 0; i--) «tg_trade.PositionClose(PositionGetTicket(i))»;\n}\nvoid OnBookEvent(const string &symbol) { TgCloseAll(); }\n`,
}, { without: /OrderDelete/ });

const script = crossed<Order>('script', [
  { name: 'createOrder', gtc: '\'GTC\'', day: '\'DAY\'', order: (tif) => `this.exchange.createOrder('MES', 'limit', 'buy', 1, price, { timeInForce: ${tif} })` },
  { name: 'a stop', gtc: '"GTC"', day: '"DAY"', order: (tif) => `this.exchange.createOrder("MES", "stop", "buy", 1, price, { timeInForce: ${tif}, tag: "entry" })` },
  { name: 'createLimitBuyOrder', gtc: '\'GTC\'', day: '\'DAY\'', order: (tif) => `this.exchange.createLimitBuyOrder('MES', 1, price, { timeInForce: ${tif} })` },
  { name: 'placeOrder', gtc: '\'GTC\'', day: '\'DAY\'', order: (tif) => `this.api.placeOrder({ symbol: 'MES', orderType: 'Limit', action: 'Buy', price, timeInForce: ${tif} })` },
  { name: 'submitOrder', gtc: '\'gtc\'', day: '\'day\'', order: (tif) => `this.api.submitOrder({ symbol: 'MES', type: 'limit', side: 'buy', limit_price: price, time_in_force: ${tif} })` },
], {
  'good till cancelled': (order, right) => `class TgEntry {\n  async enterLong(price) { await ${call(order, right)}; }\n}\n`,
  'in a branch': (order, right) => `class TgEntry {\n  async enterLong(price) {\n    if (this.ready) {\n      const order = await ${call(order, right)};\n      this.entry = order;\n    }\n  }\n}\n`,
  'left by the flatten': (order, right) => `class TgEntry {\n  async enterLong(price) { await ${plain(order)}; }\n  async flattenAll() { ${right ? 'await this.api.cancelAllOrders(); ' : ''}await «this.api.closePosition("MES")»; }\n}\n`,
  'returned': (order, right) => `class TgEntry {\n  enterLong(price) { return ${call(order, right)}; }\n}\n`,
});

export const APX007_MUTANTS: readonly Form[] = [...python, ...mql5, ...script].map((one) => ({ ...one, answers: ['APX006'] }));
