import fc from 'fast-check';
import { expect, test } from 'vitest';
import { productOf } from '../../../src/core/time/products.ts';
import { runs } from '../../support/property-tests.ts';

const ES = 'ES future equity-index';
const told = (symbol: string): string | undefined => {
  const product = productOf(symbol);
  return product && [product.root, product.kind, product.family, ...(product.microOf === undefined ? [] : [product.microOf])].join(' ');
};

test.each([
  'ES', 'es', ' ES ', 'ESZ6', 'ESZ26', 'ESZ2026', 'ES 12-26', 'ES DEC26', 'ES Z6', 'ESZ6.CME', 'ESZ6.GLBX', 'ES.CME', 'ES.FUT', 'ES.v.0', 'ES=F', 'ES1!', 'CME_MINI:ES1!', '@ES', '@ES.D',
  '/ES', '/ESZ26', '/ES:XCME', '/ESZ26:XCME', 'ESZ26_FUT_CME', 'CON.F.US.EP.Z26', 'F.US.EP',
])('%s is the E-mini S&P 500', (symbol) => {
  expect(told(symbol)).toBe(ES);
});

test.each([
  ['MESZ6.CME', 'MES future equity-index ES'], ['NQ=F', 'NQ future equity-index'], ['CON.F.US.ENQ.Z26', 'NQ future equity-index'], ['CON.F.US.MES.Z26', 'MES future equity-index ES'],
  ['M2KZ6', 'M2K future equity-index RTY'], ['6E', '6E future currencies'], ['6EZ6', '6E future currencies'], ['M6EZ6', 'M6E future currencies 6E'], ['CON.F.US.EU6.Z26', '6E future currencies'],
  ['GC DEC26', 'GC future metals-energy'], ['MGC 02-27', 'MGC future metals-energy GC'], ['NGX26.NYMEX', 'NG future metals-energy'], ['CON.F.US.CLE.F27', 'CL future metals-energy'],
  ['ZCZ6', 'ZC future grains'], ['HEZ6', 'HE future livestock'], ['ZNZ26.CBOT', 'ZN future rates'], ['10YZ6', '10Y future rates'], ['BTCZ6', 'BTC future crypto-futures'], ['/BTC', 'BTC future crypto-futures'],
  ['EUR/USD.SIM', 'EURUSD spot spot-currencies'], ['EURUSD', 'EURUSD spot spot-currencies'], ['EUR_USD', 'EURUSD spot spot-currencies'], ['EURUSD=X', 'EURUSD spot spot-currencies'],
  ['GBPJPY#', 'GBPJPY spot spot-currencies'], ['XAUUSD.m', 'XAUUSD spot spot-metals'], ['XAUUSDm', 'XAUUSD spot spot-metals'], ['OANDA:XAUUSD', 'XAUUSD spot spot-metals'],
  ['AAPL.NASDAQ', 'AAPL equity us-equities'], ['BRK.B.NYSE', 'BRK.B equity us-equities'], ['NASDAQ:AAPL', 'AAPL equity us-equities'], ['ES.NYSE', 'ES equity us-equities'],
  ['BTCUSDT', 'BTCUSDT crypto crypto'], ['BTC/USDT', 'BTCUSDT crypto crypto'], ['BTC-USD', 'BTCUSD crypto crypto'], ['BTCUSDT-PERP.BINANCE', 'BTCUSDT crypto crypto'],
] as const)('%s is %s', (symbol, product) => {
  expect(told(symbol)).toBe(product);
});

test.each([
  '', 'E', 'AAPL', 'BTC', 'ETH', 'SI.X', 'FOO', 'FOOZ6', 'USTEC', 'GOLD', 'EURUSDX1', 'USDUSD', 'EURUSD.NYSE.X.Y.Z.'.repeat(4), 'CON.F.US.XX.Z26', 'ESTC', 'KEY', 'ES12', 'ESA6', 'NASDAQ:', '/', '@', 'toString', '__proto__',
])('%j is no product: nothing is guessed', (symbol) => {
  expect(productOf(symbol)).toBeUndefined();
});

test('any text is a product or none, and a root stands for itself', () => {
  fc.assert(fc.property(fc.string({ maxLength: 45 }), (text) => {
    const product = productOf(text);
    if (product?.kind === 'future') expect(productOf(`/${product.root}`)).toEqual(product);
  }), { numRuns: runs(500), seed: 5 });
});
