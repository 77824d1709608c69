/**
 * APX006: programs that open and never close by the clock, and the same with one that asks whether it must. There is no form of MQL5: an expert
 * has one finding, at its first order, and all carriers are experts that trade and have it already.
 */
import type { Draw, Form, Made, MutantLanguage } from '../mutants/form.ts';

/** Files that play the past, or trade coins, have no night. */
const EXCUSED = /back.?test|simulat|research|optimi|hyperopt|replay|jesse/i;
const NO_NIGHT = /ccxt|binance|bybit|kraken|okx|coinbase|hyperliquid|deribit|kucoin|bitmex|bitget|freqtrade|solana|web3|jesse|backtrader|backtesting|order|Buy\(|Sell\(|sell|OnTimer/i;
/** Something of the carrier closes by the clock: enough for all programs of a project. */
const BY_CLOCK = /before_market_closes|flatten|liquidat|sell_all|exit_all|close_?all|PositionClose|OrderClose|close_position/i;

function form(name: string, language: MutantLanguage, write: (draw: Draw) => Made): Form {
  return { name, language, where: 'module', not: EXCUSED, without: NO_NIGHT, apart: BY_CLOCK, make: write };
}

export const APX006_MUTANTS: readonly Form[] = [
  form('a bot with a loop', 'python', (draw) => {
    const name = draw.name('MomentumBot', 'BreakoutTrader');
    const order = draw.one(['place_order', 'submit_order', 'open_position']);
    const write = (timed: string): string => `class ${name}:\n    def __init__(self, venue):\n        self.venue = venue\n\n    def run(self):\n        while True:\n${timed}            if self.venue.signal():\n                «self.venue.${order}»("ES", 1)\n`;
    return { code: write(''), twin: write('            if self.venue.must_flatten():\n                self.venue.close_all_positions()\n                continue\n').replace(/[«»]/g, '') };
  }),
  form('a strategy on bars', 'script', (draw) => {
    const name = draw.name('TrendStrategy', 'OpeningTrader');
    const write = (timed: string): string => `class ${name} {\n    onBar(bar${draw.type('any')}) {\n${timed}        if (bar.last > bar.high) { «venue.placeOrder»({ side: 'buy', qty: 1 }); }\n    }\n}\n`;
    const code = write('');
    return { code, twin: code.replace(/[«»]/g, '').replace(') {\n        if (bar.last', ') {\n        if (bar.mustFlatten) { venue.closeAllPositions(); return; }\n        if (bar.last') };
  }),
];
