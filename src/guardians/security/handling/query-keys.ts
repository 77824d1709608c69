/** How data vendors take their key, where it stands in the address by habit. */

/**
 * Hosts that take the key in another way than the address, with that way, as it ends a sentence.
 * Source: the vendors' API references as read on 2026-12-01 (Polygon/Massive “Authentication”, Finnhub “Authentication”, Tiingo “Connecting”, Twelve
 * Data “Authentication”, CoinMarketCap “Authentication”, NewsAPI “Authentication”, Nasdaq Data Link “Authentication”, CryptoCompare “Introduction”).
 */
const BY_HEADER: Readonly<Record<string, string>> = {
  'polygon.io': 'Authorization: Bearer',
  'massive.com': 'Authorization: Bearer',
  'finnhub.io': 'X-Finnhub-Token',
  'tiingo.com': 'Authorization: Token',
  'twelvedata.com': 'Authorization: apikey',
  'coinmarketcap.com': 'X-CMC_PRO_API_KEY',
  'coingecko.com': 'x-cg-pro-api-key',
  'newsapi.org': 'X-Api-Key',
  'nasdaq.com': 'X-Api-Token',
  'cryptocompare.com': 'Authorization: Apikey',
  'financialmodelingprep.com': 'apikey',
};

/** Hosts that take the key in the address alone: nothing else can be written. Same sources and date. */
const ONLY_QUERY: readonly string[] = ['alphavantage.co', 'stlouisfed.org', 'marketstack.com', 'eodhd.com', 'eodhistoricaldata.com', 'etherscan.io', 'openweathermap.org', 'exchangerate.host'];

/** What is known of a host: the header it takes the key in, `query` where it takes it in the address alone. */
export function keyHeaderOf(host: string): string | 'query' | undefined {
  const name = host.toLowerCase().replace(/:\d{1,5}$/, '');
  const within = (domain: string): boolean => name === domain || name.endsWith(`.${domain}`);
  if (ONLY_QUERY.some(within)) { return 'query'; }
  return Object.entries(BY_HEADER).find(([domain]) => within(domain))?.[1];
}
