/**
 * Exchanges. Their keys seldom have a beginning of their own: a name and a shape together make the proof.
 * Formats marked “observed” are those of keys in public code; the exchanges document no length.
 */
import type { Detector, Random } from './detector.ts';
import type { Common, NamedSpec } from './builders.ts';
import { named, prefixed } from './builders.ts';
import { UUID_PARTS, oneOf, run } from './format.ts';
import { BASE62, BASE64, HEX, LOWER_DIGITS, UPPER_DIGITS, UPPER_HEX, URL_SAFE, base64Bytes, uuid } from './random.ts';

const hasMix = (value: string): boolean => /[0-9]/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value);

const SIGNS: Common & Pick<NamedSpec, 'can' | 'opens' | 'rotate' | 'role'> = {
  role: 'secret', can: ['withdraw', 'trade', 'read'], opens: 'it signs orders, and withdrawals where enabled', rotate: 'Delete the key under API Management',
};
const NAMES: Common & Pick<NamedSpec, 'can' | 'opens' | 'rotate' | 'role'> = {
  role: 'key', can: ['withdraw', 'trade', 'read'], opens: 'with its secret it trades the account', rotate: 'Delete the key under API Management',
};
/** What an order's id is called, where the key is a UUID too. */
const IDS = ['client', 'cl', 'account', 'idempotency', 'request', 'user', 'sub'];

export const EXCHANGE_DETECTORS: readonly Detector[] = [
  named({ ...SIGNS, name: 'binance-api-secret', title: 'Binance API secret', provider: 'binance', vendors: ['binance'], formats: [[run(BASE62, 64)]], check: hasMix,
    source: 'Binance API docs (sample pair of 64 letters and digits each); observed', variables: ['BINANCE_API_SECRET', 'BINANCE_SECRET_KEY', 'binanceApiSecret'] }),
  named({ ...NAMES, name: 'binance-api-key', title: 'Binance API key', provider: 'binance', vendors: ['binance'], formats: [[run(BASE62, 64)]], check: hasMix,
    source: 'Binance API docs (sample pair of 64 letters and digits each); observed' }),
  named({ ...SIGNS, name: 'bybit-api-secret', title: 'Bybit API secret', provider: 'bybit', vendors: ['bybit'], formats: [[run(BASE62, 36)]], check: hasMix,
    source: 'Bybit API docs (HMAC keys); observed: 36 letters and digits' }),
  named({ ...NAMES, name: 'bybit-api-key', title: 'Bybit API key', provider: 'bybit', vendors: ['bybit'], formats: [[run(BASE62, 18)]], check: hasMix,
    source: 'Bybit API docs (HMAC keys); observed: 18 letters and digits' }),
  named({ ...SIGNS, name: 'okx-api-secret', title: 'OKX API secret', provider: 'okx', rotate: 'Delete the key under API', vendors: ['okx', 'okex'], formats: [[run(UPPER_HEX, 32)]],
    source: 'OKX API docs; observed: 32 upper-case hex digits', variables: ['OKX_API_SECRET', 'okx_secret_key', 'okxApiSecret'] }),
  named({ ...NAMES, name: 'okx-api-key', title: 'OKX API key', provider: 'okx', opens: 'with secret and passphrase it trades the account', rotate: 'Delete the key under API',
    vendors: ['okx', 'okex'], formats: [UUID_PARTS], not: IDS, source: 'OKX API docs; observed: a UUID', misses: (random) => [{ why: 'an order id', variable: 'okx_client_order_id', value: uuid(random) }] }),
  named({ ...SIGNS, name: 'kraken-api-secret', title: 'Kraken private key', provider: 'kraken', rotate: 'Delete the key under Settings, API', vendors: ['kraken'],
    formats: [[run(BASE64, 86), '=='], [run(BASE64, 86)]], check: hasMix, source: 'Other scanners and observed: base 64 of 64 bytes, 86–88 characters', variables: ['KRAKEN_API_SECRET', 'kraken_private_key', 'krakenApiSecret'] }),
  named({ ...NAMES, name: 'kraken-api-key', title: 'Kraken API key', provider: 'kraken', opens: 'with its private key it trades the account', rotate: 'Delete the key under Settings, API', vendors: ['kraken'],
    formats: [[run(BASE64, 56)]], check: hasMix, source: 'Other scanners and observed: 56 characters of base 64', misses: (random) => [{ why: 'a public key', variable: 'kraken_public_key', value: base64Bytes(random, 42) }] }),
  named({ ...SIGNS, name: 'coinbase-api-secret', title: 'Coinbase API secret', provider: 'coinbase', opens: 'it signs orders, and transfers where enabled', rotate: 'Delete the key in the Developer Platform',
    vendors: ['coinbase', 'cdp'], roles: ['key'], formats: [[run(BASE64, 86), '=='], [run(BASE62, 32)], [run(BASE62, 64)]], check: hasMix,
    source: 'Coinbase Developer Platform docs (Ed25519 keys: base 64 of 64 bytes); older keys: 32 or 64 letters and digits', variables: ['COINBASE_API_SECRET', 'CDP_API_KEY_SECRET', 'coinbaseSecret'],
    misses: (random) => [
      { why: 'the name of a key is no secret', variable: 'COINBASE_API_KEY_NAME', value: `organizations/${uuid(random)}/apiKeys/${uuid(random)}` },
      { why: 'a public key', variable: 'coinbase_public_key', value: base64Bytes(random, 64) },
    ] }),
  named({ ...SIGNS, name: 'kucoin-api-secret', title: 'KuCoin API secret', provider: 'kucoin', opens: 'it signs orders, and transfers where enabled', vendors: ['kucoin'], formats: [UUID_PARTS], not: IDS,
    source: 'Other scanners and observed: a UUID', misses: (random) => [{ why: 'an order id', variable: 'kucoin_client_oid', value: uuid(random) }] }),
  named({ ...NAMES, name: 'kucoin-api-key', title: 'KuCoin API key', provider: 'kucoin', vendors: ['kucoin'], formats: [[run(HEX, 24)]], not: IDS, source: 'KuCoin API docs; observed: 24 hex digits' }),
  named({ ...SIGNS, name: 'bitmex-api-secret', title: 'BitMEX API secret', provider: 'bitmex', vendors: ['bitmex'], formats: [[run(URL_SAFE, 48)]], source: 'BitMEX docs, API key usage (sample secret of 48 characters)' }),
  named({ ...NAMES, name: 'bitmex-api-key', title: 'BitMEX API key', provider: 'bitmex', vendors: ['bitmex'], formats: [[run(URL_SAFE, 24)]], not: IDS, source: 'BitMEX docs, API key usage (sample id of 24 characters)' }),
  named({ ...SIGNS, name: 'bitfinex-api-secret', title: 'Bitfinex API secret', provider: 'bitfinex', vendors: ['bitfinex', 'bfx'], formats: [[run(URL_SAFE, 43)]], source: 'Other scanners and observed: 43 characters of url-safe base 64' }),
  named({ ...NAMES, name: 'bitfinex-api-key', title: 'Bitfinex API key', provider: 'bitfinex', vendors: ['bitfinex', 'bfx'], formats: [[run(URL_SAFE, 43)]], source: 'Other scanners and observed: 43 characters of url-safe base 64' }),
  prefixed({ ...NAMES, name: 'bitget-api-key', title: 'Bitget API key', provider: 'bitget', opens: 'with secret and passphrase it trades the account', formats: [['bg_', run(HEX, 32)]], source: 'Bitget API docs; observed: bg_ and 32 hex digits' }),
  named({ ...SIGNS, name: 'bitget-api-secret', title: 'Bitget API secret', provider: 'bitget', vendors: ['bitget'], formats: [[run(HEX, 64)]], source: 'Bitget API docs; observed: 64 hex digits' }),
  named({ ...SIGNS, name: 'gate-api-secret', title: 'Gate API secret', provider: 'gate', vendors: ['gateio', 'gate'], formats: [[run(HEX, 64)]], source: 'Gate API v4 docs (sample secret); observed: 64 hex digits' }),
  named({ ...NAMES, name: 'gate-api-key', title: 'Gate API key', provider: 'gate', vendors: ['gateio', 'gate'], formats: [[run(HEX, 32)]], source: 'Gate API v4 docs (sample key); observed: 32 hex digits' }),
  named({ ...NAMES, name: 'mexc-api-key', title: 'MEXC API key', provider: 'mexc', vendors: ['mexc'], formats: [['mx0', run(BASE62, 15)]], source: 'MEXC API docs (sample key of 18 characters beginning mx0)' }),
  named({ ...SIGNS, name: 'mexc-api-secret', title: 'MEXC API secret', provider: 'mexc', vendors: ['mexc'], formats: [[run(HEX, 32)]], source: 'MEXC API docs (sample secret of 32 hex digits)' }),
  named({ ...NAMES, name: 'htx-api-key', title: 'HTX API key', provider: 'htx', vendors: ['htx', 'huobi'], formats: [[run(LOWER_DIGITS, 8, 10), '-', run(LOWER_DIGITS, 8), '-', run(LOWER_DIGITS, 8), '-', run(LOWER_DIGITS, 5)]],
    source: 'HTX API docs (sample key of four groups, 8–10, 8, 8 and 5 characters)' }),
  named({ ...SIGNS, name: 'htx-api-secret', title: 'HTX API secret', provider: 'htx', vendors: ['htx', 'huobi'], formats: [[run(LOWER_DIGITS, 8), '-', run(LOWER_DIGITS, 8), '-', run(LOWER_DIGITS, 8), '-', run(LOWER_DIGITS, 5)]],
    source: 'HTX API docs (sample secret of four groups, 8, 8, 8 and 5 characters)' }),
  named({ ...SIGNS, name: 'deribit-client-secret', title: 'Deribit client secret', provider: 'deribit', vendors: ['deribit'], formats: [[run(URL_SAFE, 43)]], source: 'Deribit API docs, authentication; observed: 43 characters of url-safe base 64' }),
  named({ ...NAMES, name: 'gemini-exchange-key', title: 'Gemini exchange key', provider: 'gemini-exchange', vendors: ['gemini'], formats: [[oneOf('account-', 'master-'), run(BASE62, 20)]],
    source: 'Gemini REST docs: keys begin account- or master-; observed: 20 letters and digits' }),
  named({ ...SIGNS, name: 'gemini-exchange-secret', title: 'Gemini exchange secret', provider: 'gemini-exchange', vendors: ['gemini'], formats: [[run(BASE62, 27, 28)]], source: 'Gemini REST docs (sample secret); observed: 27–28 letters and digits' }),
  named({ ...SIGNS, name: 'bitstamp-api-secret', title: 'Bitstamp API secret', provider: 'bitstamp', vendors: ['bitstamp'], formats: [[run(BASE62, 32)]], source: 'Bitstamp API docs, authentication; observed: 32 letters and digits' }),
  named({ ...NAMES, name: 'bitstamp-api-key', title: 'Bitstamp API key', provider: 'bitstamp', vendors: ['bitstamp'], formats: [[run(BASE62, 32)]], source: 'Bitstamp API docs, authentication; observed: 32 letters and digits' }),
  named({ ...SIGNS, name: 'bittrex-api-secret', title: 'Bittrex API secret', provider: 'bittrex', vendors: ['bittrex'], formats: [[run(LOWER_DIGITS, 32)]], source: 'Other scanners: 32 small letters and digits' }),
  named({ ...NAMES, name: 'bittrex-api-key', title: 'Bittrex API key', provider: 'bittrex', vendors: ['bittrex'], formats: [[run(LOWER_DIGITS, 32)]], source: 'Other scanners: 32 small letters and digits' }),
  named({ ...NAMES, name: 'poloniex-api-key', title: 'Poloniex API key', provider: 'poloniex', vendors: ['poloniex'],
    formats: [[run(UPPER_DIGITS, 8), '-', run(UPPER_DIGITS, 8), '-', run(UPPER_DIGITS, 8), '-', run(UPPER_DIGITS, 8)]], source: 'Poloniex API docs (sample key of four groups of 8 capitals and digits)' }),
  prefixed({ ...SIGNS, name: 'crypto-com-api-secret', title: 'Crypto.com API secret', provider: 'crypto-com', formats: [['cxakp_', run(BASE62, 22)]], source: 'Crypto.com exchange API; observed: cxakp_ and 22 letters and digits' }),
  named({ ...NAMES, name: 'phemex-api-key', title: 'Phemex API key', provider: 'phemex', vendors: ['phemex'], formats: [UUID_PARTS], not: IDS, source: 'Phemex API docs (sample id: a UUID)' }),
  named({ ...NAMES, name: 'bitvavo-api-key', title: 'Bitvavo API key', provider: 'bitvavo', vendors: ['bitvavo'], formats: [[run(HEX, 64)]], source: 'Bitvavo API docs; observed: 64 hex digits' }),
  named({ ...SIGNS, name: 'upbit-secret-key', title: 'Upbit secret key', provider: 'upbit', vendors: ['upbit'], formats: [[run(BASE62, 40)]], source: 'Upbit API docs, authentication; observed: 40 letters and digits' }),
  named({ ...NAMES, name: 'upbit-access-key', title: 'Upbit access key', provider: 'upbit', vendors: ['upbit'], formats: [[run(BASE62, 40)]], source: 'Upbit API docs, authentication; observed: 40 letters and digits', variables: ['UPBIT_ACCESS_KEY', 'upbit_api_key', 'upbitAccessKey'] }),
  named({ ...SIGNS, name: 'bithumb-secret-key', title: 'Bithumb secret key', provider: 'bithumb', vendors: ['bithumb'], formats: [[run(HEX, 32)]], source: 'Bithumb API docs; observed: 32 hex digits' }),
  named({ ...SIGNS, name: 'luno-api-secret', title: 'Luno API secret', provider: 'luno', vendors: ['luno'], formats: [[run(URL_SAFE, 43)]], source: 'Luno API docs, authentication; observed: 43 characters of url-safe base 64' }),
  named({ ...SIGNS, name: 'bitflyer-api-secret', title: 'bitFlyer API secret', provider: 'bitflyer', vendors: ['bitflyer'], formats: [[run(BASE64, 43), '=']], source: 'bitFlyer Lightning API docs; observed: base 64 of 32 bytes' }),
  named({ ...SIGNS, name: 'coinex-secret-key', title: 'CoinEx secret key', provider: 'coinex', vendors: ['coinex'], formats: [[run(UPPER_HEX, 48)]], source: 'CoinEx API docs, authorization; observed: 48 upper-case hex digits' }),
  named({ ...NAMES, name: 'coinex-access-id', title: 'CoinEx access id', provider: 'coinex', vendors: ['coinex'], formats: [[run(UPPER_HEX, 32)]], source: 'CoinEx API docs, authorization; observed: 32 upper-case hex digits', variables: ['COINEX_ACCESS_KEY', 'coinex_api_key', 'coinexKey'] }),
  named({ ...SIGNS, name: 'whitebit-api-secret', title: 'WhiteBIT API secret', provider: 'whitebit', vendors: ['whitebit'], formats: [[run(HEX, 32)]], source: 'WhiteBIT API docs; observed: 32 hex digits' }),
  named({ ...SIGNS, name: 'bingx-secret-key', title: 'BingX secret key', provider: 'bingx', vendors: ['bingx'], formats: [[run(BASE62, 78, 90)]], source: 'BingX API docs (sample pair); observed: 78–90 letters and digits' }),
  named({ ...SIGNS, name: 'delta-exchange-secret', title: 'Delta Exchange secret', provider: 'delta-exchange', vendors: ['delta'], formats: [[run(BASE62, 60)]], source: 'Delta Exchange API docs (sample secret of 60 characters)' }),
  named({ ...SIGNS, name: 'backpack-api-secret', title: 'Backpack API secret', provider: 'backpack', vendors: ['backpack'], formats: [[run(BASE64, 43), '=']], source: 'Backpack Exchange API docs: Ed25519 key in base 64, 32 bytes' }),
  named({ ...SIGNS, name: 'dydx-api-secret', title: 'dYdX API secret', provider: 'dydx', vendors: ['dydx'], formats: [[run(URL_SAFE, 40)]], source: 'dYdX v3 client docs (apiKeyCredentials); observed: 40 characters of url-safe base 64' }),
  named({ ...SIGNS, name: 'polymarket-api-secret', title: 'Polymarket API secret', provider: 'polymarket', vendors: ['polymarket', 'poly', 'clob'], formats: [[run(URL_SAFE, 43), '=']], source: 'Polymarket CLOB docs; other scanners: url-safe base 64 of 32 bytes' }),
  prefixed({ ...NAMES, name: 'robinhood-api-key', title: 'Robinhood crypto API key', provider: 'robinhood', opens: 'with its private key it trades the account', rotate: 'Delete it in the crypto account settings',
    formats: [['rh-api-', ...UUID_PARTS]], source: 'Robinhood crypto trading API docs: rh-api- and a UUID' }),
  named({ ...SIGNS, name: 'robinhood-private-key', title: 'Robinhood crypto private key', provider: 'robinhood', rotate: 'Delete it in the crypto settings', vendors: ['robinhood', 'rh'], formats: [[run(BASE64, 43), '=']],
    source: 'Robinhood crypto trading API docs: Ed25519 seed in base 64', variables: ['ROBINHOOD_PRIVATE_KEY', 'robinhood_secret', 'robinhoodPrivateKey'] }),
  named({ ...NAMES, name: 'three-commas-api-key', title: '3Commas API key', provider: '3commas', rotate: 'Delete it under API access tokens', vendors: ['3commas', 'threecommas'], formats: [[run(HEX, 64)]], source: '3Commas API docs; observed: 64 hex digits',
    variables: ['THREECOMMAS_API_KEY', 'threecommas_key', 'threecommasApiKey'] }),
  {
    kind: 'named', name: 'wallet-private-key', title: 'Wallet private key', provider: 'wallet', can: ['withdraw', 'trade', 'sign'], opens: 'it moves everything in the wallet', rotate: 'Move the funds to a new wallet',
    source: 'Ethereum keys: 32 bytes in hex, usually after 0x; names as used by Hyperliquid, dYdX and Polymarket clients', prefix: '', severity: 'error',
    vendors: [], roles: ['privatekey', 'pk', 'walletkey', 'fromkey', 'mnemonickey'], not: ['public', 'pub', 'hash', 'path', 'file', 'address', 'primary', 'id'],
    shape: /^0x[0-9a-fA-F]{64}$/, variables: ['HYPERLIQUID_PK', 'wallet_private_key', 'DYDX_PRIVATE_KEY'],
    // Test chains begin with keys of one digit; a real one has nearly all sixteen.
    check: (value) => new Set(value.slice(2).toLowerCase()).size >= 10,
    sample: (random) => `0x${hex(random, 64)}`,
    nearMisses: (random) => [
      { why: 'a transaction hash', variable: 'tx_hash', value: `0x${hex(random, 64)}` },
      { why: 'an address', variable: 'wallet_address', value: `0x${hex(random, 40)}` },
      { why: 'a token contract', variable: 'token', value: `0x${hex(random, 40)}` },
    ],
  },
];

function hex(random: Random, length: number): string {
  return Array.from({ length }, () => HEX.charAt(Math.floor(random() * 16))).join('');
}

