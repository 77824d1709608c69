/** APX013: sizes that grow after losses, and orders that add to a loser. */
import type { AccountConfig } from '../../src/core/workspace/config.ts';
import { martingale } from '../../src/guardians/compliance/rules/apx013-martingale.ts';
import { fires, silent } from './apx-samples.ts';
import { ruleTester } from './rule-tester.ts';

const MQ = { path: 'ea.mq5' };
const MQ4 = { path: 'ea.mq4' };
const TS = { path: 'bot.ts' };
const LEGACY: AccountConfig = { id: 'apex-1', pack: 'apex-legacy', size: 50_000, phase: 'evaluation', products: ['ES'], code: ['**'] };

const bot = (body: string, name = 'on_trade_closed'): string => `class Bot:\n    def ${name}(self, trade):\n${body.split('\n').map((line) => `        ${line}`).join('\n')}\n`;
const expert = (body: string, inputs = ''): string => `#include <Trade/Trade.mqh>\n${inputs}CTrade trade;\ndouble lots = 0.1;\ndouble lastLots = 0.1;\ndouble lastBuyPrice = 0;\nvoid OnTick()\n{\n   double ask = SymbolInfoDouble(_Symbol, SYMBOL_ASK);\n   ${body}\n}\n`;

ruleTester(martingale, {
  valid: [
    silent('a winner grows', bot('if trade.pnl > 0:\n    self.size *= 2')),
    silent('a loser gets smaller', bot('if trade.pnl < 0:\n    self.size *= 0.5')),
    silent('a size that is set back', bot('if trade.pnl < 0:\n    self.size = self.base_size')),
    silent('Kelly', bot('self.size = self.base_size * self.kelly_fraction')),
    silent('volatility', bot('self.position_size *= self.volatility_multiplier')),
    silent('a session\'s factor', bot('qty = self.qty * self.session_multiplier\nreturn qty')),
    silent('the factor of a name that says nothing', bot('if trade.pnl < 0:\n    self.size *= self.weight')),
    silent('a multiplier of one', `MULTIPLIER = 1.0\n\n\n${bot('if trade.pnl < 0:\n    self.size *= MULTIPLIER')}`),
    silent('a volume of the market', bot('if trade.pnl < 0:\n    threshold = self.avg_volume * self.volume_multiplier')),
    silent('a stop after a loss', bot('if trade.pnl < 0:\n    self.stop_distance *= 2')),
    silent('a cache', bot('if self.loss:\n    self.cache_size *= 2')),
    silent('digits', 'def lots(volume, digits):\n    return volume * 10 ** digits\n'),
    silent('compound interest', 'def amount(start, rate, years):\n    return start * (1 + rate) ** years\n'),
    silent('waiting longer after a failure', 'async function retry(attempt: number) {\n  const delay = base * Math.pow(multiplier, attempt);\n  await sleep(delay);\n}\n', TS),
    silent('the other branch of a loss', bot('if trade.pnl < 0:\n    self.size = 1\nelse:\n    self.size *= 2')),
    silent('MQL5: a switch that is off', expert('if(UseMartingale && lastProfit < 0) lots *= 2;', 'input bool UseMartingale = false;\n'), MQ),
    silent('MQL5: a multiplier of one', expert('if(lastProfit < 0) lots *= InpMultiplier;', 'input double InpMultiplier = 1.0;\n'), MQ),
    silent('MQL5: pyramiding into a winner', expert('if(ask > lastBuyPrice + Step * _Point) trade.Buy(0.1, _Symbol, ask, ask - 0.005, 0);', 'input int Step = 100;\n'), MQ),
    silent('MQL5: a part of a position that is closed', expert('trade.PositionClosePartial(_Symbol, lots * 0.5);'), MQ),
    silent('a dip below a band', 'import ccxt\n\nexchange = ccxt.binance()\nif price < last_low - step:\n    exchange.create_market_buy_order("BTC/USDT", 1)\n'),
    silent('a result of either kind', bot('if self.reverse and trade.profit_or_loss == 1 or not self.reverse:\n    self.size = self.base_size * 3')),
    silent('MQL4: lots of what is open, in parts', 'void OnTick()\n{\n   double maxLot = 0;\n   if(OrderLots() > maxLot) maxLot = OrderLots();\n   if(Win()) OrderSend(Symbol(), OP_SELL, maxLot * 0.5, Bid, 3, Bid + 0.005, 0, "", 1, 0, Red);\n}\n', MQ4),
    silent('MQL4: the share of what is open that is hedged', 'void Margin()\n{\n   double volume = PositionGetDouble(POSITION_VOLUME);\n   double hedgedVolume = volume * HedgedRatio;\n}\n', MQ),
    silent('MQL4: a power of what counts something else', 'extern double Factor = 2;\nint Weeks() { return Week() - First; }\ndouble Balance() { return Start * MathPow(Rate, Weeks()); }\n', MQ4),
    silent('a size that grows in a loop over bars', 'def run(bars, size):\n    for bar in bars:\n        size *= 2\n    return size\n'),
    silent('a size that shrinks in a loop over levels', 'def lot(level, size):\n    for _ in range(level):\n        size *= 0.5\n    return size\n'),
    silent('a bar for the position', bot('if self.position_side == "long" and trade.close > self.prev_close:\n    self.stake *= 2')),
    silent('test code', bot('if trade.pnl < 0:\n    self.size *= 2'), { role: 'test' }),
  ],
  invalid: [
    fires('doubled after a loss', bot('if trade.pnl < 0:\n    «self.size *= 2»'), {
      messageId: 'loss', severity: 'warning', layer: 'house', related: ['strategy.py:3 the loss'], evidence: { form: 'loss', factor: '2' },
      message: 'self.size is multiplied by 2 after a loss: a row of losses ends in one trade that takes the whole drawdown. Keep the size, or make it smaller.',
    }),
    fires('spelled out', bot('if trade.profit <= 0:\n    self.lot_size = «self.lot_size * 1.5»'), { messageId: 'loss', evidence: { factor: '1.5' } }),
    fires('a flag', bot('if self.last_trade_lost:\n    self.qty = «self.qty * self.multiplier»'), { messageId: 'loss' }),
    fires('a row of losses', bot('if self.consecutive_losses > 0:\n    self.stake = «self.base_stake * 2»'), { messageId: 'loss' }),
    fires('what is no winner', bot('if trade.pnl > 0:\n    self.size = 1\nelse:\n    «self.size *= 2»'), { messageId: 'loss' }),
    fires('in one expression', bot('size = «self.last_size * 2» if trade.pnl < 0 else self.base_size\nself.open(size)'), { messageId: 'loss' }),
    fires('a function that says it', bot('«self.size *= 2»', 'on_loss'), { messageId: 'loss' }),
    fires('a factor that says it', bot('self.size = «self.base_size * self.martingale_factor»'), { messageId: 'factor', message: 'self.base_size is multiplied by self.martingale_factor from one trade to the next: a few trades against you, and one takes the whole drawdown. Keep the size.' }),
    fires('a power of the level', 'def next_lot(level):\n    return BASE_LOT * «LOT_MULTIPLIER ** level»\n', { messageId: 'power', message: 'BASE_LOT grows by LOT_MULTIPLIER ** level: a few levels against you, and one trade takes the whole drawdown. Keep the size the same on every level, and limit the levels.' }),
    fires('a power of what is behind a name', 'class Book:\n    def add_qty(self, next_level):\n        mult = float(self.params["mult"])\n        exponent = max(next_level - 1, 0)\n        return self.base_qty * («mult ** exponent»)\n', { messageId: 'power' }),
    fires('a power of two', 'def size(losses):\n    return base_size * «2 ** losses»\n', { messageId: 'power' }),
    fires('MQL5: after a loss', expert('if(HistoryProfit() < 0) «lots *= 2.0»;'), { messageId: 'loss', related: ['ea.mq5:9 the loss'] }, MQ),
    fires('MQL5: the last lots', expert('trade.Buy(«lastLots * LotMultiplier», _Symbol, ask, ask - 0.005, 0);', 'input double LotMultiplier = 1.6;\n'), { messageId: 'factor', evidence: { factor: 'LotMultiplier' } }, MQ),
    fires('MQL5: a power', expert('lots = NormalizeDouble(0.1 * «MathPow(LotExponent, PositionsTotal())», 2);', 'input double LotExponent = 1.4;\n'), { messageId: 'power' }, MQ),
    fires('MQL4: the lots of the order', 'int start()\n{\n   if(OrderProfit() < 0)\n      OrderSend(Symbol(), OP_SELL, «OrderLots() * 2», Bid, 3, Bid + 0.005, 0, "", 1, 0, Red);\n   return 0;\n}\n', { messageId: 'loss' }, MQ4),
    fires('MQL5: a buy below the last buy', expert('if(ask <= lastBuyPrice - Step * _Point) «trade.Buy»(0.1, _Symbol, ask, ask - 0.005, 0);', 'input int Step = 100;\n'), {
      messageId: 'adds', related: ['ea.mq5:10 the position loses here'],
      message: 'This market buy adds to a position because it loses: the further the price goes against you, the more is at risk. Take the loss, or size all parts before the first.',
    }, MQ),
    fires('MQL5: the same by the distance, or the first one', expert('if(PositionsTotal() == 0 || lastBuyPrice - ask >= Step * _Point) «trade.Buy»(0.1, _Symbol, ask, ask - 0.005, 0);', 'input int Step = 100;\n'), { messageId: 'adds' }, MQ),
    fires('below the average', 'import ccxt\n\nexchange = ccxt.binance()\nif price < avg_entry_price * (1 - DROP):\n    «exchange.create_market_buy_order»("BTC/USDT", 1)\n', { messageId: 'adds', layer: 'house' }),
    fires('where the firm forbids it', 'import ccxt\n\nexchange = ccxt.binance()\nif price < avg_entry_price - step:\n    «exchange.create_market_buy_order»("BTC/USDT", 1)\n', {
      messageId: 'banned', layer: 'firm', account: 'apex-1', message: 'This market buy adds to a position because it loses, which the rules of account apex-1 forbid. Take the loss.',
    }, { accounts: [LEGACY] }),
    fires('TypeScript: after a loss', "function next(trade: Trade) {\n  if (trade.result === 'loss') {\n    «size *= 2»;\n  }\n}\n", { messageId: 'loss' }, TS),
    fires('TypeScript: safety orders', 'function safetyOrderVolume(i: number) {\n  return baseVolume * «Math.pow(config.volumeScale, i)»;\n}\n', { messageId: 'power' }, TS),
    fires('JavaScript: a power of the stops', 'export const quantityAfter = (initialQuantity, stopLossTimes) =>\n  initialQuantity * «2 ** stopLossTimes»;\n', { messageId: 'power' }, { path: 'strategy.js' }),
    fires('MQL4: a power of what a function counts', 'extern double DiMarti = 2;\nint Jumlah() { return OrdersTotal(); }\ndouble XLot() { return Lots * «MathPow(DiMarti, Jumlah())»; }\n', { messageId: 'power' }, MQ4),
    fires('MQL4: a factor whose name says nothing, to the power of what a function counts', 'extern double X = 2;\nint Jumlah() { return OrdersTotal(); }\ndouble NextLot() { double lotNow = Lots * «MathPow(2, Jumlah())»; return lotNow; }\n', { messageId: 'power' }, MQ4),
    fires('MQL4: the other way with more than the largest lots', 'void OnTick()\n{\n   double biggest = 0;\n   if(OrderLots() > biggest) biggest = OrderLots();\n   if(Hedge()) OrderSend(Symbol(), OP_SELL, «biggest * 1.5», Bid, 3, Bid + 0.005, 0, "", 1, 0, Red);\n}\n', { messageId: 'factor', evidence: { factor: '1.5' } }, MQ4),
    fires('MQL4: doubled with every open order', 'int Count() { return OrdersTotal(); }\ndouble Next()\n{\n   double lots = 0.1;\n   for(int i = 0; i < Count(); i++) «lots *= 2»;\n   return lots;\n}\n', { messageId: 'factor' }, MQ4),
    fires('doubled with every level', 'def lot(level, size, multiplier):\n    for _ in range(level):\n        size = «size * multiplier»\n    return size\n', { messageId: 'factor' }),
    fires('doubled with every bar against the position', bot('if self.position_side == "long" and trade.close < self.prev_close:\n    «self.stake *= 2»'), { messageId: 'loss' }),
  ],
});
