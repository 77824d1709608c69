/**
 * Hosts that take orders, keys or money, and vendors that sell the data they are decided by.
 * Source: the API references of each service (base URLs); looked up 2026-12-01.
 */
const VENUES: readonly string[] = (
  'binance.com binance.us binance.vision bybit.com bytick.com okx.com kraken.com kucoin.com coinbase.com bitfinex.com bitmex.com deribit.com '
  + 'gate.io gateio.ws gate.com huobi.pro htx.com mexc.com bitget.com bitstamp.net gemini.com crypto.com hyperliquid.xyz dydx.exchange dydx.trade '
  + 'phemex.com bitmart.com bingx.com poloniex.com upbit.com bithumb.com whitebit.com woo.org coinex.com '
  + 'alpaca.markets oanda.com tradovateapi.com ibkr.com interactivebrokers.com schwabapi.com tdameritrade.com tradier.com robinhood.com etrade.com '
  + 'tastyworks.com tastytrade.com tradestation.com saxobank.com ig.com capital.com ctrader.com spotware.com topstepx.com projectx.com ninjatrader.com '
  + 'rithmic.com kite.trade upstox.com angelbroking.com angelone.in fyers.in dhan.co questrade.com trading212.com xtb.com fxcm.com dukascopy.com '
  + 'metaapi.cloud agiliumtrade.ai '
  + 'polygon.io massive.com twelvedata.com finnhub.io tiingo.com alphavantage.co tardis.dev databento.com iexapis.com eodhd.com intrinio.com '
  + 'telegram.org'
).split(' ');

const KNOWN: ReadonlySet<string> = new Set(VENUES);
/** Parts of a site that people read: no key goes there. */
const READ: ReadonlySet<string> = new Set(['www', 'docs', 'doc', 'blog', 'help', 'support', 'developer', 'developers', 'wiki', 'status', 'academy', 'learn', 'community', 'forum']);

/** What a plain connection to a venue says of itself. */
export interface PlainVenue {
  readonly scheme: 'http' | 'ws';
  readonly host: string;
}

/** The venue behind an address without encryption; undefined for encrypted ones, other hosts, and pages for people. */
export function plainVenue(address: string): PlainVenue | undefined {
  const match = /^(http|ws):\/\/([A-Za-z0-9.-]{3,120})(?::\d{1,5})?(?:[/?#]|$)/.exec(address);
  if (match === null || /\s/.test(address)) { return undefined; }
  const host = (match[2] ?? '').toLowerCase();
  const labels = host.split('.');
  if (READ.has(labels[0] ?? '') || labels.length < 3) { return undefined; }
  for (let from = 1; from < labels.length - 1; from++) {
    if (KNOWN.has(labels.slice(from).join('.'))) { return { scheme: match[1] === 'ws' ? 'ws' : 'http', host }; }
  }
  return undefined;
}

/** True for an address of this machine: nobody sits between. */
export function isLoopback(address: string): boolean {
  return /^(?:[a-z]{2,5}:\/\/)?(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\]|::1|0\.0\.0\.0|host\.docker\.internal)(?![\w.-])/i.test(address.trim());
}
