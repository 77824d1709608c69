/** A watch follows one rule through a ledger. The replay tells it what happens; it answers with incidents. */
import type { Cash, Fill, OrderState } from '../ledger/event.ts';
import type { Incident, IncidentKind, IncidentOutcome } from './incident.ts';
import type { Positions, Trade } from './positions.ts';

/** The account as it stands. A watch reads it and changes nothing. */
export interface AccountView {
  /** Instant of the last event that was taken in. */
  readonly at: number;
  readonly row: number;
  /** Cents. */
  readonly balance: number;
  /** Cents, open profit included. */
  readonly equity: number;
  /** Cents that the account began with, and what was paid in since; levels go by the balance less this, so that a payout lowers them. */
  readonly paidIn: number;
  readonly positions: Positions;
  /** Orders that work, by id, with their instrument. */
  readonly working: ReadonlyMap<string, string>;
  readonly tradeDate: string;
  /** The equity at hand is the worst or the best inside a bar. */
  readonly insideBar: boolean;
}

/** One rule on its way through a ledger. */
export interface Watch {
  /** The next instant that the watch wants to hear of, before anything at or after it is taken in; infinite for none. */
  readonly nextAt: number;
  /** `nextAt` is passed: the view is the account just before. */
  passed?(view: AccountView): void;
  /** Equity or balance changed. */
  observe?(view: AccountView): void;
  /** A fill was taken in; `opens` if it opened or increased a position. */
  filled?(view: AccountView, fill: Fill, opens: boolean): void;
  ordered?(view: AccountView, order: OrderState): void;
  /** Money moved; the view is the account after it. */
  moved?(view: AccountView, cash: Cash): void;
  /** A trade date is over; the view is the account at its close. */
  dayEnded?(view: AccountView): void;
}

/** Takes incidents, and knows what they have in common. */
export interface Recorder {
  readonly layer: 'firm' | 'house';
  record(incident: Incident): void;
}

/** An incident of a watch; `at` and `row` are the view's unless they are given. */
export function incidentOf(
  view: AccountView, layer: Incident['layer'], kind: IncidentKind, outcome: IncidentOutcome, message: string,
  more: Partial<Pick<Incident, 'at' | 'limit' | 'value' | 'instrument' | 'trades'>> & { readonly between?: boolean } = {},
): Incident {
  const { between, at, trades, ...rest } = more;
  return {
    kind, outcome, layer, at: at ?? view.at, ...(between === true ? {} : { row: view.row }), tradeDate: view.tradeDate, ...rest,
    trades: trades ?? openTrades(view), insideBar: view.insideBar, message,
  };
}

/** The trades of every open position; of a flat account the one that was closed last. As they stood: a trade goes on after an incident. */
export function openTrades({ positions }: AccountView): readonly Trade[] {
  const open = positions.open.flatMap((instrument) => positions.trade(instrument) ?? []);
  const shown = open.length === 0 && positions.lastClosed !== undefined ? [positions.lastClosed] : open;
  return shown.map((trade) => ({ ...trade, rows: [...trade.rows] }));
}
