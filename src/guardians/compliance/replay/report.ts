/** What a replay found, as data: for the terminal, the report and the view. Money is in cents, instants in ms since 1970. */
import type { Incident } from './incident.ts';
import type { ConsistencyStanding, PayoutStanding } from './consistency-watch.ts';
import type { Room } from './floor-watch.ts';
import type { Piece } from './series.ts';

/** One trade date. */
export interface DayRecord {
  readonly tradeDate: string;
  readonly startBalance: number;
  readonly closeBalance: number;
  /** Profit of the day, without money that was paid in or out. */
  readonly net: number;
  /** What was paid in less what was paid out. */
  readonly cash: number;
  readonly highEquity: number;
  readonly lowEquity: number;
  /** The floor when the day ended; undefined where none is judged. */
  readonly floor?: number;
  /** The smallest room between equity and floor: how much further it could have gone. */
  readonly room?: Room;
  readonly dailyLossLimit?: number;
  /** Largest loss of the day, cents. */
  readonly worstLoss?: number;
  readonly contractsAllowed?: number;
  readonly contractsHeld?: string;
  readonly fills: number;
  readonly marks: number;
  /** Of the drawdown allowed or the day's loss, the larger share that was used: 80 % is a warning, 95 % danger. */
  readonly level: 'normal' | 'warning' | 'danger' | 'over';
  /** The account had ended before this day began. */
  readonly afterEnd: boolean;
}

/** What one rulebook says to a ledger. */
export interface BookReport {
  readonly id: string;
  readonly title: string;
  readonly layer: 'firm' | 'house';
  /** `lost`: a rule ended the account. */
  readonly outcome: 'alive' | 'lost';
  /** The incident that ended it. */
  readonly end?: Incident;
  readonly incidents: readonly Incident[];
  /** Incidents beyond those that are listed. */
  readonly more: number;
  readonly nearest?: Room;
  readonly floor?: number;
  readonly peak?: number;
  /** Room that a floor under closed balances alone would have shown when the account ended. */
  readonly closedRoomAtEnd?: number;
  readonly consistency?: ConsistencyStanding;
  readonly payout?: PayoutStanding;
  readonly days: readonly DayRecord[];
  readonly assumed: readonly string[];
}

/** Everything a replay found. */
export interface ReplayResult {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly startBalance: number;
  readonly balance: number;
  readonly equity: number;
  readonly marks: number;
  readonly fills: number;
  readonly late: number;
  /** Where equity comes from between fills. */
  readonly equityFrom: 'marks' | 'prices' | 'bars' | 'fills' | 'nothing';
  /** The way of the equity under the first rulebook, in at most some thousand pieces. */
  readonly series: readonly Readonly<Piece>[];
  /** Firm first, then the user's own limits. */
  readonly books: readonly BookReport[];
  /** Sentences about what was not judged, and why. */
  readonly notChecked: readonly string[];
}
