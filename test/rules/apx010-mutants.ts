/** APX010: entries without a stop, and the same with one. */
import type { Draw, Form, Made, MutantLanguage } from '../mutants/form.ts';

/** Names that excuse what stands in them: functions that close, and tests. */
const EXCUSED = /back.?test|optimi|hyperopt|test|close|exit|cancel|stop|cover|flat|reduce|trail|protect|modify|tp|sl|quote|maker/i;
/** Text of files in which something sets stops already. */
const PROTECTED = /stop|trail|protect|monitor|manage|bracket|\bsl\b|_sl\b|\boco\b|modify|adjust|watch|guard|loss|exit|profit|pnl/i;

function form(name: string, language: MutantLanguage, write: (draw: Draw) => Made): Form {
  return { name, language, where: 'module', not: EXCUSED, without: PROTECTED, apart: /PositionModify|OrderModify|stop_market|stopPrice/, make: write };
}

export const APX010_MUTANTS: readonly Form[] = [
  form('ccxt, a market order', 'python', (draw) => {
    const [fn, venue] = [draw.name('go_in', 'take_it'), draw.name('venue', 'desk')];
    const write = (call: string): string => `${venue} = make_venue()\n\n\ndef ${fn}():\n    if ${draw.one(['1 < 2', 'True'])}:\n        ${call}\n\n\n${fn}()`;
    const amount = draw.int(1, 9);
    return { code: write(`«${venue}.create_market_buy_order»("BTC/USDT", ${amount})`), twin: write(`${venue}.create_market_buy_order("BTC/USDT", ${amount}, {"stopLossPrice": ${draw.int(10, 99)}})`) };
  }),
  form('NautilusTrader, a market order', 'python', (draw) => {
    const cls = draw.name('CrossUp', 'GoLong');
    const write = (call: string): string => `class ${cls}(Strategy):\n    def on_bar(self, bar):\n        order = ${call}\n        self.submit_order(order)`;
    return {
      imports: 'from nautilus_trader.trading.strategy import Strategy',
      code: write('«self.order_factory.market»(self.instrument_id, OrderSide.BUY, self.quantity)'), twin: write('self.order_factory.bracket(self.instrument_id, OrderSide.BUY, self.quantity, sl_trigger_price=self.level)'),
    };
  }),
  form('a market order of CTrade', 'mql5', (draw) => {
    const [trade, fn] = [draw.name('deskTrade', 'sender'), draw.name('OnDeskStart', 'OnDeskGo')];
    const side = draw.one(['Buy', 'Sell']);
    const write = (stop: string): string => `CTrade ${trade};\nvoid ${fn}()\n{\n    ${stop === '' ? '«' : ''}${trade}.${side}${stop === '' ? '»' : ''}(0.${draw.int(1, 9)}, _Symbol, 0.0, ${stop === '' ? draw.one(['0', '0.0', 'NULL']) : stop}, 0.0);\n}`;
    return { imports: '#include <Trade/Trade.mqh>', code: write(''), twin: write('1.05') };
  }),
  form('an order of ccxt', 'script', (draw) => {
    const [fn, venue] = [draw.name('goIn', 'takeIt'), draw.name('venue', 'desk')];
    const amount = draw.int(1, 9);
    const write = (call: string): string => `const ${venue} = makeVenue();\nasync function ${fn}() {\n    await ${call};\n}\nvoid ${fn}();`;
    return { code: write(`«${venue}.createOrder»('BTC/USDT', 'market', 'buy', ${amount})`), twin: write(`${venue}.createOrder('BTC/USDT', 'market', 'buy', ${amount}, undefined, { stopLossPrice: ${draw.int(10, 99)} })`) };
  }),
];
