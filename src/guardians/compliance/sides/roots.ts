/** Futures that move together, by the roots of their codes (CME Group product list: minis and micros of one index, and the US stock indices among each other). */

/** Root → the market it moves with. */
const MARKETS: ReadonlyMap<string, string> = new Map([
  ...['ES', 'MES', 'NQ', 'MNQ', 'YM', 'MYM', 'RTY', 'M2K', 'EP', 'ENQ'].map((root) => [root, 'US stock indices'] as const),
  ...['GC', 'MGC'].map((root) => [root, 'gold'] as const), ...['SI', 'SIL'].map((root) => [root, 'silver'] as const), ...['CL', 'MCL', 'QM'].map((root) => [root, 'crude oil'] as const),
]);

/** `ESZ5`, `MNQ1!`, `/NQ`, `CON.F.US.MES.U25`: the root of a code; undefined for anything else. */
export function rootOf(code: string): string | undefined {
  const contract = /^CON\.F\.US\.([A-Z0-9]{2,4})\./.exec(code)?.[1];
  const plain = contract ?? /^[/@]?([A-Z][A-Z0-9]{1,2})(?:[FGHJKMNQUVXZ]\d{1,2}|\d?!|=F|\.[A-Z]{1,6})?$/.exec(code)?.[1];
  return plain !== undefined && MARKETS.has(plain) ? plain : undefined;
}

/** The market that two different roots share. */
export function sharedMarket(a: string, b: string): string | undefined {
  const market = MARKETS.get(a);
  return a !== b && market === MARKETS.get(b) ? market : undefined;
}
