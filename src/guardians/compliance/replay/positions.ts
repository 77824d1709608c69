/** What an account holds: lots of each instrument, first in first out, their profit, and the trades they belong to. */
import type { Fill } from '../ledger/event.ts';
import { centsOfPoints, fixedOf, nearestFixedOf, POINT_DECIMALS, PRICE_DECIMALS, QUANTITY_DECIMALS } from './fixed.ts';
import type { Instruments, InstrumentTerms } from './instruments.ts';

/** From flat to flat in one instrument. */
export interface Trade {
  readonly instrument: string;
  readonly openedAt: number;
  /** When it was closed; absent while it is open. */
  closedAt?: number;
  /** Rows of its fills, at most 20 of them: enough to find it. */
  readonly rows: number[];
  readonly side: 'long' | 'short';
  readonly tag?: string;
  readonly strategy?: string;
  readonly order?: string;
}

interface Lot {
  /** Signed, in units of `QUANTITY_DECIMALS`. */
  quantity: bigint;
  readonly price: bigint | undefined;
}

/** All lots of one instrument. */
interface Holding {
  readonly terms: InstrumentTerms | undefined;
  readonly pointValue: bigint | undefined;
  readonly lots: Lot[];
  net: bigint;
  /** Σ quantity × price of the lots; undefined once a lot has no price. */
  cost: bigint | undefined;
  last: bigint | undefined;
  trade: Trade | undefined;
}

/** What a fill did. */
export interface Applied {
  /** Profit in cents before costs; undefined where neither the ledger nor prices tell it. */
  readonly realized: number | undefined;
  /** It opened or increased a position. */
  readonly opens: boolean;
}

const ROWS = 20;

/** The holdings of an account. Quantities and prices were checked where the ledger was read; other text throws. */
export class Positions {
  readonly #instruments: Instruments;
  readonly #holdings = new Map<string, Holding>();
  /** Instruments whose profit nobody can tell, once each. */
  readonly unpriced = new Set<string>();
  /** Instruments of which nobody knows whether they are contracts. */
  readonly unknown = new Set<string>();
  #open = 0;
  #lastClosed: Trade | undefined;

  constructor(instruments: Instruments) {
    this.#instruments = instruments;
  }

  /** Instruments with a position, in the order in which they were first traded. */
  get open(): readonly string[] {
    return this.#open === 0 ? [] : [...this.#holdings].flatMap(([instrument, holding]) => (holding.net === 0n ? [] : [instrument]));
  }

  get isFlat(): boolean {
    return this.#open === 0;
  }

  /** The trade that was closed last. */
  get lastClosed(): Trade | undefined {
    return this.#lastClosed;
  }

  /** Signed quantity in units of `QUANTITY_DECIMALS`. */
  net(instrument: string): bigint {
    return this.#holdings.get(instrument)?.net ?? 0n;
  }

  trade(instrument: string): Trade | undefined {
    return this.#holdings.get(instrument)?.trade;
  }

  terms(instrument: string): InstrumentTerms | undefined {
    return this.#holdings.get(instrument)?.terms;
  }

  /** Takes a fill in: closes the oldest lots first, then opens. */
  apply(fill: Fill): Applied {
    const holding = this.#holding(fill.instrument);
    const size = exact(fill.quantity, QUANTITY_DECIMALS);
    const price = fill.price === undefined ? undefined : exact(fill.price, PRICE_DECIMALS);
    const signed = fill.side === 'buy' ? size : -size;
    const wasFlat = holding.net === 0n;
    const { points, left } = this.#close(holding, signed, price);
    const closed = left !== signed;
    if (holding.trade !== undefined && holding.trade.rows.length < ROWS) { holding.trade.rows.push(fill.row); }
    if (closed && holding.net === 0n && holding.trade !== undefined) {
      holding.trade.closedAt = fill.at;
      this.#lastClosed = holding.trade;
      holding.trade = undefined;
    }
    if (left !== 0n) {
      if (holding.net === 0n) { holding.trade = { instrument: fill.instrument, openedAt: fill.at, rows: [fill.row], side: left > 0n ? 'long' : 'short', ...origin(fill) }; }
      holding.lots.push({ quantity: left, price });
      holding.net += left;
      holding.cost = price === undefined || holding.cost === undefined ? undefined : holding.cost + left * price;
    }
    if (price !== undefined) { holding.last = price; }
    this.#open += Number(holding.net !== 0n) - Number(!wasFlat);
    const realized = fill.realized ?? (closed ? this.#profit(fill.instrument, holding, points) : 0);
    return { realized, opens: left !== 0n };
  }

  /** A price of an instrument, as decimal text; false where nothing is held of it. */
  revalue(instrument: string, price: string): boolean {
    const holding = this.#holdings.get(instrument);
    if (holding === undefined || holding.net === 0n) { return false; }
    holding.last = exact(price, PRICE_DECIMALS);
    return true;
  }

  /** Open profit of all positions at their last prices, in cents; a position without prices counts as nothing and is in `unpriced`. */
  unrealized(): number {
    if (this.#open === 0) { return 0; }
    let total = 0;
    for (const [instrument, holding] of this.#holdings) {
      if (holding.net === 0n) { continue; }
      total += this.#unrealizedOf(instrument, holding);
    }
    return total;
  }

  /** Open profit of one instrument at its last price, in cents. */
  unrealizedOf(instrument: string): number {
    const holding = this.#holdings.get(instrument);
    return holding === undefined || holding.net === 0n ? 0 : this.#unrealizedOf(instrument, holding);
  }

  #unrealizedOf(instrument: string, { net, cost, last, pointValue }: Holding): number {
    if (cost === undefined || last === undefined || pointValue === undefined) {
      this.unpriced.add(instrument);
      return 0;
    }
    return centsOfPoints(net * last - cost, pointValue);
  }

  /** Closes lots against a fill; the points that made, and what is left of the fill. */
  #close(holding: Holding, signed: bigint, price: bigint | undefined): { readonly points: bigint | undefined; readonly left: bigint } {
    let left = signed;
    let points: bigint | undefined = 0n;
    while (left !== 0n && holding.net !== 0n && (holding.net > 0n) !== (left > 0n)) {
      const lot = holding.lots[0] as Lot;
      const part = magnitude(lot.quantity) <= magnitude(left) ? lot.quantity : -left;
      points = points === undefined || price === undefined || lot.price === undefined ? undefined : points + part * (price - lot.price);
      if (holding.cost !== undefined && lot.price !== undefined) { holding.cost -= part * lot.price; }
      holding.net -= part;
      left += part;
      lot.quantity -= part;
      if (lot.quantity === 0n) { holding.lots.shift(); }
    }
    if (holding.net === 0n) { holding.cost = 0n; }
    return { points, left };
  }

  #profit(instrument: string, { pointValue }: Holding, points: bigint | undefined): number | undefined {
    if (points === undefined || pointValue === undefined) {
      this.unpriced.add(instrument);
      return undefined;
    }
    return centsOfPoints(points, pointValue);
  }

  #holding(instrument: string): Holding {
    let holding = this.#holdings.get(instrument);
    if (holding === undefined) {
      const terms = this.#instruments(instrument);
      if (terms === undefined) { this.unknown.add(instrument); }
      const pointValue = terms?.pointValue === undefined ? undefined : fixedOf(terms.pointValue, POINT_DECIMALS);
      holding = { terms, pointValue, lots: [], net: 0n, cost: 0n, last: undefined, trade: undefined };
      this.#holdings.set(instrument, holding);
    }
    return holding;
  }
}

function exact(text: string, decimals: number): bigint {
  const value = nearestFixedOf(text, decimals);
  if (value === undefined) { throw new RangeError(`not a decimal: ${text}`); }
  return value;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function origin({ tag, strategy, order }: Fill): Pick<Trade, 'tag' | 'strategy' | 'order'> {
  return { ...(tag === undefined ? {} : { tag }), ...(strategy === undefined ? {} : { strategy }), ...(order === undefined ? {} : { order }) };
}
