/** What has to be known of an instrument to count it and to value it. */

/** An instrument as a replay needs it. */
export interface InstrumentTerms {
  /** Root of its product: `ES` for `MESZ6`, too, where the micro is a tenth of it. */
  readonly root: string;
  /** A futures contract, which limits on contracts count; lots of spot currencies are none. */
  readonly future: boolean;
  /** A micro contract, of which the pack's `microsPerMini` make one. */
  readonly micro: boolean;
  /** What one point of price is worth for a quantity of one, as a decimal in `currency`; undefined where nobody tabulated it. */
  readonly pointValue?: string;
  readonly currency?: string;
}

/** Terms by the name a ledger uses; undefined for an instrument that nobody knows. */
export type Instruments = (instrument: string) => InstrumentTerms | undefined;

/** When the exchange closes. */
export interface Closes {
  /**
   * The instants within a product's trade date at which it stops earlier than on other days, in ms, in order: an early close, the halt of a
   * holiday that belongs to the date. Empty on an ordinary day.
   */
  earlyCloses(root: string, tradeDate: string): readonly number[];
}
