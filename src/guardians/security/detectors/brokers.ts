/** Brokers and the platforms between them and you: whoever holds these trades the account. */
import type { Detector } from './detector.ts';
import type { Common, NamedSpec } from './builders.ts';
import { named } from './builders.ts';
import { UUID_PARTS, run } from './format.ts';
import { BASE62, BASE64, DIGITS, HEX, LOWER_DIGITS, UPPER, UPPER_DIGITS, URL_SAFE, chars, uuid } from './random.ts';

const TRADES: Common & Pick<NamedSpec, 'can' | 'opens' | 'rotate'> = { can: ['trade', 'read'], opens: 'it trades the account', rotate: 'Revoke it in the API settings' };
const WITH_ID: Common & Pick<NamedSpec, 'can' | 'opens' | 'rotate'> = { ...TRADES, opens: 'with the other half it trades the account' };
const hasMix = (value: string): boolean => /[0-9]/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value);

export const BROKER_DETECTORS: readonly Detector[] = [
  named({ ...TRADES, name: 'alpaca-api-secret', title: 'Alpaca API secret', provider: 'alpaca', rotate: 'Regenerate the key in the dashboard', vendors: ['alpaca', 'apca'], role: 'secret', formats: [[run(BASE62, 40, 44)]], check: hasMix,
    source: 'Alpaca docs (header APCA-API-SECRET-KEY); observed: 40–44 letters and digits', variables: ['APCA_API_SECRET_KEY', 'ALPACA_SECRET_KEY', 'alpacaApiSecret'],
    misses: (random) => [{ why: 'a git commit', variable: 'alpaca_secret_rev', value: chars(random, HEX, 40) }] }),
  named({ ...TRADES, name: 'alpaca-key-id', title: 'Alpaca key id', provider: 'alpaca', opens: 'with its secret it trades the account', rotate: 'Regenerate the key in the dashboard', vendors: ['alpaca', 'apca'], role: 'key',
    formats: [['PK', run(UPPER_DIGITS, 18, 24)], ['AK', run(UPPER_DIGITS, 18, 24)], ['CK', run(UPPER_DIGITS, 18, 24)]],
    source: 'Alpaca docs (header APCA-API-KEY-ID); observed: PK (paper), AK (live) or CK (broker) and 18–24 capitals and digits', variables: ['APCA_API_KEY_ID', 'ALPACA_API_KEY', 'alpacaKey'],
    misses: (random) => [{ why: 'an order id', variable: 'alpaca_order_id', value: `AK${chars(random, UPPER, 18)}` }] }),
  named({ ...TRADES, name: 'oanda-token', title: 'OANDA token', provider: 'oanda', rotate: 'Revoke it under Manage API Access', vendors: ['oanda', 'fxtrade', 'authorization', 'bearer'], role: 'token', formats: [[run(HEX, 32), '-', run(HEX, 32)]],
    source: 'OANDA v20 docs: two groups of 32 hex digits joined by a dash', variables: ['OANDA_API_TOKEN', 'oanda_access_token', 'oandaToken'],
    misses: (random) => [{ why: 'a trace id', variable: 'oanda_trace', value: `${chars(random, HEX, 32)}-${chars(random, HEX, 16)}` }] }),
  named({ ...TRADES, name: 'tradovate-secret', title: 'Tradovate API secret', provider: 'tradovate', opens: 'with name and password it trades the account', rotate: 'Delete the key under API Access',
    vendors: ['tradovate', 'cid', 'tv'], role: 'secret', roles: ['sec'], formats: [UUID_PARTS], source: 'Tradovate partner API docs: sec, a UUID', variables: ['TRADOVATE_SEC', 'tradovate_secret', 'tradovateSec'],
    misses: (random) => [{ why: 'a device id', variable: 'tradovate_device_id', value: uuid(random) }] }),
  named({ ...TRADES, name: 'tradier-token', title: 'Tradier token', provider: 'tradier', vendors: ['tradier'], role: 'token', formats: [[run(BASE62, 28)]], source: 'Tradier docs, access tokens; observed: 28 letters and digits' }),
  named({ ...WITH_ID, name: 'schwab-app-key', title: 'Schwab app key', provider: 'schwab', vendors: ['schwab'], role: 'key', roles: ['appkey', 'clientid'], formats: [[run(BASE62, 32)]], source: 'Schwab developer portal; observed: 32 letters and digits',
    variables: ['SCHWAB_APP_KEY', 'schwab_api_key', 'schwabAppKey'] }),
  named({ ...WITH_ID, name: 'schwab-app-secret', title: 'Schwab app secret', provider: 'schwab', vendors: ['schwab'], role: 'secret', roles: ['appsecret'], formats: [[run(BASE62, 16)]], source: 'Schwab developer portal; observed: 16 letters and digits',
    variables: ['SCHWAB_APP_SECRET', 'schwab_secret', 'schwabAppSecret'] }),
  named({ ...TRADES, name: 'tastytrade-client-secret', title: 'tastytrade client secret', provider: 'tastytrade', vendors: ['tastytrade', 'tastyworks', 'tt'], role: 'secret', formats: [[run(HEX, 40)]], source: 'tastytrade open API, OAuth applications; observed: 40 hex digits' }),
  named({ ...WITH_ID, name: 'saxo-app-secret', title: 'Saxo app secret', provider: 'saxo', vendors: ['saxo', 'saxobank'], role: 'secret', roles: ['appsecret'], formats: [[run(HEX, 32)]], source: 'Saxo OpenAPI docs, application secrets; observed: 32 hex digits' }),
  named({ ...WITH_ID, name: 'ig-api-key', title: 'IG API key', provider: 'ig', vendors: ['ig', 'iglabs'], role: 'key', formats: [[run(HEX, 40)]], source: 'IG Labs REST docs (X-IG-API-KEY, sample of 40 hex digits)' }),
  named({ ...TRADES, name: 'questrade-refresh-token', title: 'Questrade refresh token', provider: 'questrade', vendors: ['questrade'], role: 'token', roles: ['refreshtoken'], formats: [[run(URL_SAFE, 32, 34)]], source: 'Questrade API docs, security; observed: 32–34 characters',
    variables: ['QUESTRADE_REFRESH_TOKEN', 'questrade_token', 'questradeToken'] }),
  named({ ...WITH_ID, name: 'etrade-consumer-secret', title: 'E*TRADE consumer secret', provider: 'etrade', vendors: ['etrade'], role: 'secret', roles: ['consumersecret'], formats: [[run(HEX, 64)]], source: 'E*TRADE developer docs, OAuth 1.0a; observed: 64 hex digits',
    variables: ['ETRADE_CONSUMER_SECRET', 'etrade_secret', 'etradeConsumerSecret'] }),
  named({ ...WITH_ID, name: 'etrade-consumer-key', title: 'E*TRADE consumer key', provider: 'etrade', vendors: ['etrade'], role: 'key', roles: ['consumerkey'], formats: [[run(HEX, 32)]], source: 'E*TRADE developer docs, OAuth 1.0a; observed: 32 hex digits',
    variables: ['ETRADE_CONSUMER_KEY', 'etrade_key', 'etradeConsumerKey'] }),
  named({ ...WITH_ID, name: 'tradestation-client-secret', title: 'TradeStation client secret', provider: 'tradestation', vendors: ['tradestation'], role: 'secret', formats: [[run(URL_SAFE, 64)]], source: 'TradeStation API docs, Auth0 clients: 64 url-safe characters' }),
  named({ ...WITH_ID, name: 'capital-com-api-key', title: 'Capital.com API key', provider: 'capital-com', vendors: ['capital', 'capitalcom'], role: 'key', formats: [[run(BASE62, 16)]], source: 'Capital.com API docs (X-CAP-API-KEY); observed: 16 letters and digits' }),
  named({ ...WITH_ID, name: 'kite-api-secret', title: 'Zerodha Kite API secret', provider: 'zerodha', vendors: ['kite', 'zerodha'], role: 'secret', formats: [[run(LOWER_DIGITS, 32)]], source: 'Kite Connect docs; observed: 32 small letters and digits' }),
  named({ ...WITH_ID, name: 'kite-api-key', title: 'Zerodha Kite API key', provider: 'zerodha', vendors: ['kite', 'zerodha'], role: 'key', formats: [[run(LOWER_DIGITS, 16)]], source: 'Kite Connect docs; observed: 16 small letters and digits' }),
  named({ ...TRADES, name: 'kite-access-token', title: 'Zerodha Kite access token', provider: 'zerodha', vendors: ['kite', 'zerodha'], role: 'token', roles: ['accesstoken'], formats: [[run(BASE62, 32)]], check: hasMix, source: 'Kite Connect docs, user session; observed: 32 letters and digits',
    variables: ['KITE_ACCESS_TOKEN', 'kite_token', 'kiteAccessToken'] }),
  named({ ...WITH_ID, name: 'upstox-api-key', title: 'Upstox API key', provider: 'upstox', vendors: ['upstox'], role: 'key', formats: [UUID_PARTS], not: ['client', 'order', 'user'], source: 'Upstox developer docs (sample client id: a UUID)' }),
  named({ ...TRADES, name: 'trading212-api-key', title: 'Trading 212 API key', provider: 'trading212', vendors: ['trading212', 't212'], role: 'token', formats: [[run(DIGITS, 7, 9), 'Z', run(BASE62, 26, 28)]], source: 'Trading 212 public API; observed: account number, Z and 26–28 letters',
    check: (value) => /[A-Za-z]/.test(value.slice(10)) }),
  named({ ...TRADES, name: 'projectx-api-key', title: 'ProjectX (TopstepX) API key', provider: 'projectx', vendors: ['projectx', 'topstepx', 'topstep'], role: 'token', formats: [[run(BASE64, 43), '=']], source: 'ProjectX Gateway API docs, loginKey; observed: base 64 of 32 bytes' }),
  named({ ...TRADES, name: 'metaapi-token', title: 'MetaApi token', provider: 'metaapi', opens: 'it trades every connected terminal', vendors: ['metaapi'], role: 'token', formats: [[run(HEX, 64)]], source: 'Other scanners: 64 hex digits; newer ones are web tokens' }),
  named({ ...WITH_ID, name: 'ctrader-client-secret', title: 'cTrader client secret', provider: 'ctrader', vendors: ['ctrader', 'spotware'], role: 'secret', formats: [[run(BASE62, 50)]], source: 'cTrader Open API docs; observed: 50 letters and digits',
    variables: ['CTRADER_CLIENT_SECRET', 'ctrader_secret', 'ctraderClientSecret'] }),
  named({ ...TRADES, name: 'ctrader-access-token', title: 'cTrader access token', provider: 'ctrader', vendors: ['ctrader', 'spotware'], role: 'token', roles: ['refreshtoken'], formats: [[run(URL_SAFE, 43)]], source: 'cTrader Open API docs; observed: 43 characters of url-safe base 64',
    variables: ['CTRADER_ACCESS_TOKEN', 'ctrader_refresh_token', 'ctraderToken'] }),
  named({ ...TRADES, name: 'fxcm-token', title: 'FXCM token', provider: 'fxcm', vendors: ['fxcm', 'fxcmpy'], role: 'token', formats: [[run(HEX, 40)]], source: 'FXCM REST API docs: token of 40 hex digits' }),
  named({ ...WITH_ID, name: 'longport-app-secret', title: 'Longport app secret', provider: 'longport', vendors: ['longport', 'longbridge'], role: 'secret', roles: ['appsecret'], formats: [[run(HEX, 64)]], source: 'Longport OpenAPI docs; observed: 64 hex digits' }),
  named({ ...WITH_ID, name: 'longport-app-key', title: 'Longport app key', provider: 'longport', vendors: ['longport', 'longbridge'], role: 'key', roles: ['appkey'], formats: [[run(HEX, 32)]], source: 'Longport OpenAPI docs; observed: 32 hex digits' }),
  named({ ...TRADES, name: 'ibkr-access-token', title: 'Interactive Brokers access token', provider: 'ibkr', opens: 'with its secret it trades the account', rotate: 'Revoke it in the self service portal', vendors: ['ibkr', 'ib', 'ibind', 'oauth1a'], role: 'token', formats: [[run(HEX, 20)]],
    source: 'IBKR Web API docs, OAuth 1.0a self service; observed: 20 hex digits', variables: ['IBKR_ACCESS_TOKEN', 'ibkr_token', 'IBIND_OAUTH1A_ACCESS_TOKEN'] }),
  named({ ...TRADES, name: 'tradingview-session', title: 'TradingView session', provider: 'tradingview', can: ['trade', 'read'], opens: 'it is logged in as you, with connected brokers', rotate: 'Sign out of all sessions', vendors: ['tradingview', 'tv'], role: 'token',
    roles: ['sessionid', 'session', 'cookie'], formats: [[run(LOWER_DIGITS, 32)]], source: 'TradingView cookie sessionid; observed: 32 small letters and digits', variables: ['TRADINGVIEW_SESSION_TOKEN', 'tradingview_session_token', 'tvSessionKey'] }),
  named({ ...TRADES, name: 'quantconnect-token', title: 'QuantConnect token', provider: 'quantconnect', can: ['deploy', 'trade', 'read'], opens: 'it changes and deploys your algorithms', vendors: ['quantconnect', 'qc', 'lean'], role: 'token', formats: [[run(HEX, 64)]],
    source: 'QuantConnect API docs, authentication (user token); observed: 64 hex digits' }),
  named({ ...TRADES, name: 'collective2-api-key', title: 'Collective2 API key', provider: 'collective2', opens: 'it sends signals that followers trade', vendors: ['collective2', 'collect2', 'c2'], role: 'token', formats: [UUID_PARTS, [run(BASE62, 50)]], source: 'Collective2 API docs; other scanners: a UUID' }),
  named({ ...TRADES, name: 'numerai-secret-key', title: 'Numerai secret key', provider: 'numerai', can: ['withdraw', 'write', 'read'], opens: 'it submits, stakes and withdraws as you', vendors: ['numerai', 'numerapi'], role: 'secret', formats: [[run(UPPER_DIGITS, 64)]],
    source: 'Numerai API docs; observed: 64 capitals and digits' }),
];
