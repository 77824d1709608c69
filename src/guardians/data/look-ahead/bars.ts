/** Whether a file works on market data: research and feature files are no part of what trades, and decide what does. */
import { mentions, textWords } from '../../../core/source/meaning/words.ts';
import type { NameSite } from '../../../core/source/meaning/bindings.ts';
import type { Expr, SourceModel } from '../../../core/source/model.ts';

/** Packages that bring prices, or turn them into indicators and back-tests; names on PyPI and in import statements. */
const MARKET_PACKAGES: ReadonlySet<string> = new Set([
  'yfinance', 'ccxt', 'talib', 'pandas_ta', 'ta', 'vectorbt', 'vectorbtpro', 'backtesting', 'backtrader', 'bt', 'freqtrade', 'nautilus_trader', 'zipline',
  'pandas_datareader', 'qlib', 'alphalens', 'lumibot', 'jesse', 'MetaTrader5', 'twelvedata', 'polygon', 'alpaca', 'alpaca_trade_api', 'databento',
  'tushare', 'akshare', 'binance', 'ib_insync', 'ib_async', 'finta', 'quantstats', 'pyfolio', 'mplfinance', 'nautilus_core',
]);
/** A column of bars, by literal or attribute; `file.close()` is none. */
const COLUMN = /(?:["']|\.)(open|high|low|close|adj close|volume|vwap)(?:["']|\b(?!\s{0,8}\())/gi;
const PRICE_WORDS: ReadonlySet<string> = new Set([
  'open', 'high', 'low', 'close', 'closes', 'price', 'prices', 'ret', 'rets', 'return', 'returns', 'mid', 'bid', 'ask', 'ohlc', 'ohlcv', 'candles', 'bars', 'vwap', 'rsi', 'macd', 'ema', 'sma', 'atr',
]);

/** True for a file that names two columns of bars, or imports a package that brings them. */
export function readsBars(model: SourceModel): boolean {
  if (model.imports.some((entry) => entry.level === 0 && MARKET_PACKAGES.has(entry.module.split('.')[0] ?? ''))) { return true; }
  const columns = new Set<string>();
  for (const match of model.source.text.matchAll(COLUMN)) {
    columns.add(match[1]!.toLowerCase());
    if (columns.size >= 2) { return true; }
  }
  return false;
}

/** True for an expression that names a price, a return or an indicator. */
export function namesPrice(model: SourceModel, expr: Expr, site: NameSite): boolean {
  return mentions(textWords(model, expr, site), PRICE_WORDS);
}
