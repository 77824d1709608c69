/** Tells a bot from a web page: scripts are everywhere, and most of them trade nothing. */

/** Longest stretch of a document that is looked at, in UTF-16 units: imports stand at its head, and this is done while VS Code starts. */
export const EVIDENCE_LIMIT = 20_000;

/** Packages that trade, and calls nobody writes for anything else. */
const PACKAGES = /['"](?:ccxt|@alpacahq\/alpaca-trade-api|@stoqey\/ib|node-binance-api|binance-api-node|binance|bitfinex-api-node|bybit-api|okx-api|kiteconnect|tradovate|@solana\/web3\.js|technicalindicators)(?:\/[^'"]{1,60})?['"]/;
const CALLS = /\b(?:createMarketOrder|createLimitOrder|placeOrder|submitOrder|watchOrderBook|watchTicker|watchTrades|watchOHLCV|closeAllPositions|cancelAllOrders|flattenAll|maxDrawdown|dailyLossLimit)\b/;

/** True where the text of a script says that it trades. */
export function hasTradingEvidence(text: string): boolean {
  const head = text.slice(0, EVIDENCE_LIMIT);
  return PACKAGES.test(head) || CALLS.test(head);
}
