/** APX006: programs that open and never close by the clock, and the same with a timer that does. */
import type { Draw, Form, Made, MutantLanguage } from '../mutants/form.ts';

/** Words that excuse a whole file: it plays the past, or trades coins. */
const EXCUSED = /back.?test|simulat|research|optimi|hyperopt|replay|ccxt|binance|bybit|kraken|okx|coinbase|freqtrade|usdt|btc|flat|eod|cutoff|deadline|close|exit/i;

function form(name: string, language: MutantLanguage, write: (draw: Draw) => Made): Form {
  return { name, language, where: 'module', not: EXCUSED, make: write };
}

export const APX006_MUTANTS: readonly Form[] = [
  form('a bot with a loop', 'python', (draw) => {
    const name = draw.name('MomentumBot', 'BreakoutTrader');
    const order = draw.one(['place_order', 'submit_order', 'open_position']);
    const write = (timed: string): string => `class ${name}:\n    def __init__(self, venue):\n        self.venue = venue\n\n    def run(self):\n        while True:\n${timed}            if self.venue.signal():\n                «self.venue.${order}»("ES", 1)\n`;
    return { code: write(''), twin: write('            if now_et().hour >= 16:\n                self.venue.close_all_positions()\n                continue\n').replace(/[«»]/g, '') };
  }),
  form('an expert', 'mql5', (draw) => {
    const side = draw.one(['Buy', 'Sell']);
    const code = (timer: string): string => `#include <Trade/Trade.mqh>\nCTrade deskTrade;\nvoid OnTick()\n{\n    if(SymbolInfoDouble(_Symbol, SYMBOL_ASK) > ${draw.int(100, 900)}) «deskTrade.${side}»(0.1, _Symbol);\n}\n${timer}`;
    const written = code('');
    return { code: written, twin: `${written.replace(/[«»]/g, '')}void OnTimer()\n{\n    MqlDateTime t; TimeToStruct(TimeGMT(), t);\n    if(t.hour >= 20) deskTrade.PositionClose(_Symbol);\n}\n` };
  }),
  form('a strategy on bars', 'script', (draw) => {
    const name = draw.name('TrendStrategy', 'OpeningTrader');
    const write = (timed: string): string => `class ${name} {\n    onBar(bar${draw.type('any')}) {\n${timed}        if (bar.last > bar.high) { «venue.placeOrder»({ side: 'buy', qty: 1 }); }\n    }\n}\n`;
    const code = write('');
    return { code, twin: code.replace(/[«»]/g, '').replace(') {\n        if (bar.last', ') {\n        if (bar.hour >= 16) { venue.closeAllPositions(); return; }\n        if (bar.last') };
  }),
];
