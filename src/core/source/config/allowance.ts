/** What reading one configuration file may cost: files that are data, or made to hurt, are given up early. */
import type { Budget, Exceeded } from '../syntax/budget.ts';

export type { Exceeded } from '../syntax/budget.ts';

/**
 * Steps of paths all entries may have together: an entry costs its depth, and two for itself. 1.4 million are 100,000 entries
 * twelve levels deep, some 150 MB, or 460,000 in one list; the largest configuration files of public trading repositories have a twentieth of that.
 */
const MOST_STEPS = 1_400_000;
/**
 * Entries and comments of a file in a format of one entry a line. 50,000 are some 100 MB and a second. Of the
 * 50 longest files of each such format in 116 public trading repositories the largest, a saved chart of MetaTrader, has 425.
 */
const MOST_LINES = 50_000;
/** A text with more faults than this is no configuration. */
const MOST_ERRORS = 5_000;
/** Pieces read before the clock is asked again. */
const PIECES = 256;

/** Asked at every piece that is read. Once it says no, it goes on saying no. */
export class Allowance {
  readonly #budget: Budget | undefined;
  #pieces = 0;
  #steps = 0;
  #exceeded: Exceeded | undefined;

  /** Without a budget, time does not count. */
  constructor(budget?: Budget) {
    this.#budget = budget;
  }

  get exceeded(): Exceeded | undefined {
    return this.#exceeded;
  }

  /** Whether there is time for one more piece, with so many errors so far. */
  piece(errors = 0): boolean {
    if (errors > MOST_ERRORS) { this.#exceeded ??= 'syntax'; }
    this.#pieces += 1;
    if (this.#pieces % PIECES === 0 && this.#budget?.spent === true) { this.#exceeded ??= 'time'; }
    return this.#exceeded === undefined;
  }

  /** Whether there is room and time for one more line, with so many entries and comments and errors so far. */
  line(found: number, errors = 0): boolean {
    if (found > MOST_LINES) { this.#exceeded ??= 'size'; }
    return this.piece(errors);
  }

  /** Whether there is room for one more entry at a depth. */
  entry(depth: number): boolean {
    this.#steps += depth + 2;
    if (this.#steps > MOST_STEPS) { this.#exceeded ??= 'size'; }
    return this.#exceeded === undefined;
  }

  /** For work that cannot be bounded from within, and would go beyond. */
  giveUp(reason: Exceeded): void {
    this.#exceeded ??= reason;
  }

  /** The clock now, for work that cannot be interrupted and begins next. */
  get late(): boolean {
    if (this.#budget?.spent === true) { this.#exceeded ??= 'time'; }
    return this.#exceeded !== undefined;
  }

  /** Time for the whole of the work, ms. */
  get ms(): number {
    return this.#budget?.ms ?? Number.POSITIVE_INFINITY;
  }
}
