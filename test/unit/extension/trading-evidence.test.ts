import { describe, expect, test } from 'vitest';
import { EVIDENCE_LIMIT, hasTradingEvidence } from '../../../src/extension/trading-evidence.ts';

describe('a script that trades', () => {
  test.each([
    ["import ccxt from 'ccxt';"], ["const ccxt = require('ccxt/js/ccxt')"], ["import Alpaca from '@alpacahq/alpaca-trade-api';"],
    ['const t = await ex.watchTicker(symbol);'], ['this.placeOrder(order)'], ['const limits = { maxDrawdown: 2000 };'],
  ])('%s', (text) => { expect(hasTradingEvidence(text)).toBe(true); });

  test.each([
    ["import React from 'react';\nexport const App = () => <Chart />;"], ["import { createOrder } from './shop';\ncreateOrder(cart);"], ['// about ccxt'],
    [' '.repeat(EVIDENCE_LIMIT) + "import ccxt from 'ccxt';"],
  ])('not %#', (text) => { expect(hasTradingEvidence(text)).toBe(false); });
});
