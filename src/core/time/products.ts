/**
 * Products and how they are spelled. A symbol is a product's root as an exchange has it (`ES`), a contract (`ESZ6`), or what platforms
 * make of either (`ES 12-26`, `/ES`, `CON.F.US.EP.Z26`). What is not known for certain is no product: nothing is guessed.
 */
import type { Family } from './hours.ts';

/** What is traded. */
export interface Product {
  /** Root as its exchange has it: `ES`, `EURUSD`, `XAUUSD`, `AAPL`, `BTCUSDT`. */
  readonly root: string;
  readonly kind: 'future' | 'spot' | 'equity' | 'crypto';
  readonly family: Family;
  /** Root of the contract it is a tenth (or another small part) of: `ES` of `MES`. */
  readonly microOf?: string;
}

/** Roots of futures by family; `MES<ES` is a small contract of another. Source: product lists of CME Group, 2026. */
const FUTURES: Readonly<Partial<Record<Family, string>>> = {
  'equity-index': 'ES NQ YM RTY EMD NKD MES<ES MNQ<NQ MYM<YM M2K<RTY',
  currencies: '6A 6B 6C 6E 6J 6M 6N 6S M6A<6A M6B<6B M6E<6E MCD<6C MJY<6J MSF<6S E7<6E J7<6J',
  rates: 'ZN ZB ZF ZT TN UB 10Y 2YY',
  'metals-energy': 'GC SI HG PL PA MGC<GC SIL<SI CL NG RB HO BZ MCL<CL',
  grains: 'ZC ZS ZW ZM ZL ZO KE',
  livestock: 'HE LE GF',
  'crypto-futures': 'BTC ETH MBT<BTC MET<ETH',
};

/** Roots that ProjectX and CQG spell otherwise than the exchange. Source: contract ids in the ProjectX Gateway API's documentation and CQG's symbol lists. */
const GATEWAY: Readonly<Record<string, string>> = {
  EP: 'ES', ENQ: 'NQ', GCE: 'GC', CLE: 'CL', NGE: 'NG', SIE: 'SI', MCLE: 'MCL', EU6: '6E', BP6: '6B', JY6: '6J', CA6: '6C', DA6: '6A',
  TYA: 'ZN', FVA: 'ZF', TUA: 'ZT', USA: 'ZB', ZCE: 'ZC', ZSE: 'ZS', ZWA: 'ZW',
};

const EQUITY_VENUES: ReadonlySet<string> = new Set(['NASDAQ', 'NYSE', 'ARCA', 'AMEX', 'BATS', 'IEX', 'XNAS', 'XNYS', 'ARCX', 'XASE']);
const FUTURES_VENUES: ReadonlySet<string> = new Set([
  'CME', 'CBOT', 'COMEX', 'NYMEX', 'GLBX', 'GLOBEX', 'XCME', 'XCBT', 'XCEC', 'XNYM', 'ECBOT', 'CME_MINI', 'CBOT_MINI', 'COMEX_MINI', 'NYMEX_MINI', 'FUT',
]);
const CURRENCIES: ReadonlySet<string> = new Set(['AUD', 'CAD', 'CHF', 'CZK', 'DKK', 'EUR', 'GBP', 'HKD', 'HUF', 'JPY', 'MXN', 'NOK', 'NZD', 'PLN', 'SEK', 'SGD', 'TRY', 'USD', 'ZAR', 'CNH']);
const METALS: ReadonlySet<string> = new Set(['XAU', 'XAG', 'XPT', 'XPD']);
const COINS: ReadonlySet<string> = new Set(['BTC', 'ETH', 'SOL', 'XRP', 'BNB', 'ADA', 'DOGE', 'LTC', 'BCH', 'AVAX', 'DOT', 'LINK', 'XBT']);
const COIN_QUOTES: readonly string[] = ['USDT', 'USDC', 'USD', 'EUR', 'GBP', 'BTC'];

/** `ESZ6`, `ESZ26`, `ESZ2026`: root, month and year. */
const CONTRACT = /^([A-Z0-9]{2,4})([FGHJKMNQUVXZ])(\d{1,2}|20\d{2})$/;
/** `ES 12-26`, `ES DEC26`, `ES Z6`, as NinjaTrader and others have it. */
const SPACED = /^([A-Z0-9]{2,4}) (?:\d{2}-\d{2}|[A-Z]{3} ?\d{2}|[FGHJKMNQUVXZ]\d{1,2})$/;
/** `CON.F.US.EP.Z26` and `F.US.EP`. */
const PROJECTX = /^(?:CON\.)?F\.US\.([A-Z0-9]{1,5})(?:\.[FGHJKMNQUVXZ]\d{1,2})?$/;
/** What brokers hang on a pair: `EURUSDm`, `XAUUSD+`, `EURUSD_i`. */
const BROKER_TAIL = /^(?:[a-z]{1,4}|[+#!]|[-_][A-Za-z]{1,5})$/;

/**
 * The product a symbol stands for; undefined if it is none that is known. A bare `BTC` or `ETH` may be the coin or the future and is
 * neither; a share is known by its venue (`AAPL.NASDAQ`), because any short word may be a ticker.
 */
export function productOf(symbol: string): Product | undefined {
  const text = symbol.trim();
  if (text.length < 2 || text.length > 40) return undefined;
  const gateway = PROJECTX.exec(text.toUpperCase());
  if (gateway) return future(GATEWAY[gateway[1] ?? ''] ?? gateway[1] ?? '');
  const colon = text.indexOf(':');
  const slash = text.startsWith('/') || text.startsWith('@');
  // TradingView puts the venue before a colon (`CME_MINI:ES1!`), Schwab behind (`/ES:XCME`).
  if (colon > 0 && !slash) return withVenue(text.slice(colon + 1), text.slice(0, colon));
  if (slash) {
    const [root = '', venue] = text.slice(1).split(':');
    const dot = root.indexOf('.');
    return futureOf(dot < 0 ? root : root.slice(0, dot)) ?? (venue === undefined ? undefined : futureOf(root));
  }
  const yahoo = text.endsWith('=F') ? futureOf(text.slice(0, -2)) : text.endsWith('=X') ? pairOf(text.slice(0, -2)) : undefined;
  if (yahoo) return yahoo;
  const dot = text.lastIndexOf('.');
  if (dot > 0 && EQUITY_VENUES.has(text.slice(dot + 1).toUpperCase())) return withVenue(text.slice(0, dot), text.slice(dot + 1));
  const first = text.indexOf('.');
  return first > 0 ? withVenue(text.slice(0, first), text.slice(first + 1)) : bareFuture(text) ?? pairOf(text);
}

/** A symbol beside the name of a venue, or of a broker's kind of account (`XAUUSD.m`). */
function withVenue(symbol: string, venue: string): Product | undefined {
  const where = venue.toUpperCase();
  if (EQUITY_VENUES.has(where)) {
    const root = symbol.toUpperCase();
    return /^[A-Z]{1,5}(?:[./-][A-Z]{1,2})?$/.test(root) ? { root, kind: 'equity', family: 'us-equities' } : undefined;
  }
  const contract = futureOf(symbol);
  // A root alone needs a futures venue beside it (or the continuous contract of a data vendor, `ES.v.0`): `SI.X` may be anything.
  if (contract && (FUTURES_VENUES.has(where) || /^[CNV]\.\d$/.test(where) || CONTRACT.test(symbol.toUpperCase()) || SPACED.test(symbol.toUpperCase()))) return contract;
  return pairOf(symbol);
}

/** A root or a contract with nothing around it. */
function bareFuture(symbol: string): Product | undefined {
  const found = futureOf(symbol);
  return found && COINS.has(symbol) ? undefined : found;
}

/** `ES`, `ESZ6`, `ES 12-26`, `ES1!`, `ESZ26_FUT_CME`. */
function futureOf(symbol: string): Product | undefined {
  const upper = symbol.toUpperCase().replace(/[12]!$/, '').replace(/[-_](?:FUT_)?(?:CME|CBOT|NYMEX|COMEX)$/, '');
  const root = CONTRACT.exec(upper)?.[1] ?? SPACED.exec(upper)?.[1];
  return (root === undefined ? undefined : future(root)) ?? future(upper);
}

function future(root: string): Product | undefined {
  for (const [family, roots] of Object.entries(FUTURES)) {
    for (const entry of roots.split(' ')) {
      const [name = '', microOf] = entry.split('<');
      if (name === root) return { root, kind: 'future', family: family as Family, ...(microOf === undefined ? {} : { microOf }) };
    }
  }
  return undefined;
}

/** `EURUSD`, `EUR/USD`, `XAUUSDm`, `BTC-USDT`, `BTCUSDT-PERP`. */
function pairOf(symbol: string): Product | undefined {
  const upper = symbol.toUpperCase();
  const joined = /^[A-Z]{3,4}[/_-][A-Z]{3,4}/.test(upper) ? symbol.replace(/[/_-]/, '') : symbol;
  const pair = joined.toUpperCase();
  const [base, quote, tail] = [pair.slice(0, 3), pair.slice(3, 6), joined.slice(6)];
  if (CURRENCIES.has(quote) && base !== quote && (tail === '' || BROKER_TAIL.test(tail))) {
    if (CURRENCIES.has(base)) return { root: base + quote, kind: 'spot', family: 'spot-currencies' };
    if (METALS.has(base)) return { root: base + quote, kind: 'spot', family: 'spot-metals' };
  }
  const coins = pair.replace(/[-_.]?PERP$/, '');
  for (const end of COIN_QUOTES) {
    if (coins.endsWith(end) && COINS.has(coins.slice(0, -end.length))) return { root: coins, kind: 'crypto', family: 'crypto' };
  }
  return undefined;
}
