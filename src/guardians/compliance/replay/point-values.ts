/**
 * What one point of a future's price is worth, in US dollars per contract. Contract specifications of CME Group (cmegroup.com, product
 * pages, read as tabulated in their product guide of 2026); grains are quoted in cents a bushel, meat in cents a pound, Treasury
 * futures in points of 1,000 (2-year and 3-year: 2,000 and 3,000).
 */

/** Dollars per point by root. */
const POINT_VALUES: Readonly<Record<string, string>> = {
  ES: '50', MES: '5', NQ: '20', MNQ: '2', YM: '5', MYM: '0.5', RTY: '50', M2K: '5', EMD: '100', NKD: '5',
  GC: '100', MGC: '10', SI: '5000', SIL: '1000', HG: '25000', PL: '50', PA: '100',
  CL: '1000', MCL: '100', NG: '10000', RB: '42000', HO: '42000', BZ: '1000',
  '6A': '100000', '6B': '62500', '6C': '100000', '6E': '125000', '6J': '12500000', '6M': '500000', '6N': '100000', '6S': '125000',
  M6A: '10000', M6B: '6250', M6E: '12500', E7: '62500', J7: '6250000',
  ZB: '1000', UB: '1000', ZN: '1000', TN: '1000', ZF: '1000', ZT: '2000',
  ZC: '50', ZS: '50', ZW: '50', KE: '50', ZO: '50', ZM: '100', ZL: '600',
  HE: '400', LE: '400', GF: '500',
  BTC: '5', MBT: '0.1', ETH: '50', MET: '0.1',
};

/** Dollars per point of a futures root, as a decimal; undefined for one that is not tabulated. */
export function pointValueOf(root: string): string | undefined {
  return POINT_VALUES[root];
}
