/** What a replay reports: a rule, the moment it was touched, and the trades that made it. */
import type { Trade } from './positions.ts';

/** What the rule was about. */
export type IncidentKind =
  | 'floor' | 'floor-touched' | 'daily-loss' | 'traded-while-paused' | 'deadline' | 'deadline-grace' | 'opened-late' | 'working-order'
  | 'contracts' | 'open-loss' | 'consistency' | 'stuck';

/** What it did: the account was lost, trading stopped for the day, a rule was broken, one nearly was, or something to know. */
export type IncidentOutcome = 'lost' | 'paused' | 'violation' | 'warning' | 'note';

/** One thing a rule had to say. */
export interface Incident {
  readonly kind: IncidentKind;
  readonly outcome: IncidentOutcome;
  /** Only what a firm's pack says is the `firm` layer. */
  readonly layer: 'firm' | 'house';
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Line of the ledger that made it; undefined for an instant that passed between two lines. */
  readonly row?: number;
  readonly tradeDate: string;
  /** The limit that was met, in cents: the floor, the day's largest loss, the open loss allowed. */
  readonly limit?: number;
  /** What stood against it, in cents: equity, the day's loss, the open loss. */
  readonly value?: number;
  readonly instrument?: string;
  /** Positions that were open then. */
  readonly trades: readonly Trade[];
  /** It happened inside a bar, whose high and low came in an order nobody knows: the worse one was taken. */
  readonly insideBar: boolean;
  /** One sentence: number, money. Times are New York's. */
  readonly message: string;
}
