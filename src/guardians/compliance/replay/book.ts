/** One rulebook at work: its watches, and what they recorded. */
import type { Fill } from '../ledger/event.ts';
import { compareRatio, ratio } from '../packs/money.ts';
import { DANGER_SHARE, WARNING_SHARE } from '../accounts.ts';
import { ConsistencyWatch } from './consistency-watch.ts';
import { ContractsWatch } from './contracts-watch.ts';
import { DailyLossWatch } from './daily-loss-watch.ts';
import { DeadlineWatch } from './deadline-watch.ts';
import { FloorWatch } from './floor-watch.ts';
import type { Incident } from './incident.ts';
import type { Closes } from './instruments.ts';
import { OpenLossWatch } from './open-loss-watch.ts';
import type { BookReport, DayRecord } from './report.ts';
import type { Rulebook } from './rulebook.ts';
import { StuckWatch } from './stuck-watch.ts';
import type { AccountView, Recorder, Watch } from './watch.ts';

/** Incidents that are listed; more are counted. */
const LISTED = 2_000;

/** What the replay knows of a day that is over. */
export interface DayFigures {
  readonly tradeDate: string;
  readonly startBalance: number;
  readonly cash: number;
  readonly highEquity: number;
  readonly lowEquity: number;
  readonly fills: number;
  readonly marks: number;
}

/** Where an account stands under a rulebook, in cents. */
export interface Standing {
  readonly balance: number;
  readonly equity: number;
  readonly ended: boolean;
  readonly floor?: number;
  readonly peak?: number;
  /** Until the floor. */
  readonly room?: number;
  /** Until the day's loss limit. */
  readonly dailyRoom?: number;
  /** Contracts allowed today, in minis. */
  readonly contracts?: number;
}

/** A rulebook with its watches. */
export class Book implements Recorder {
  readonly rulebook: Rulebook;
  readonly watches: readonly Watch[];
  readonly floor: FloorWatch | undefined;
  readonly #daily: DailyLossWatch | undefined;
  readonly #contracts: ContractsWatch | undefined;
  readonly #consistency: ConsistencyWatch;
  readonly #incidents: Incident[] = [];
  readonly #days: DayRecord[] = [];
  #more = 0;
  #end: Incident | undefined;
  #closedRoomAtEnd: number | undefined;
  #equity = 0;

  constructor(rulebook: Rulebook, start: { readonly balance: number; readonly peak: number }, closes: Closes) {
    this.rulebook = rulebook;
    const profit = start.balance - rulebook.sizeCents;
    const { floor, dailyLoss, contracts, consistency, payout, deadline, openLoss } = rulebook;
    this.floor = floor && new FloorWatch(floor, start, this);
    this.#daily = dailyLoss && new DailyLossWatch(dailyLoss, { ...start, profit }, this);
    this.#contracts = contracts && new ContractsWatch(contracts, { ...start, profit }, this);
    this.#consistency = new ConsistencyWatch(consistency, payout, this);
    // The first account that is lost is told by the floor; the day's loss comes before it where both are met by one mark.
    this.watches = [
      this.#daily, this.floor, this.#contracts, deadline && new DeadlineWatch(deadline, closes, this), openLoss && new OpenLossWatch(openLoss, { profit }, this), this.#consistency,
      rulebook.id === 'own' ? undefined : new StuckWatch(rulebook.session.zone, this),
    ].filter((watch) => watch !== undefined);
  }

  get layer(): 'firm' | 'house' { return this.rulebook.layer; }
  get hasEnded(): boolean { return this.#end !== undefined; }

  record(incident: Incident): void {
    if (incident.outcome === 'lost' && this.#end === undefined) {
      this.#end = incident;
      this.#closedRoomAtEnd = this.floor?.closedRoom(this.#equity);
    }
    if (this.#incidents.length < LISTED) { this.#incidents.push(incident); } else { this.#more += 1; }
  }

  /** The account as it is about to be observed, so that an end knows what it saw. */
  look(view: AccountView): void {
    this.#equity = view.equity;
  }

  /** The account began anew: what ended before is history. */
  restart(): void {
    this.#end = undefined;
  }

  /** Closes a day: the watches hear of it, and its record is made. Levels and limits are those of the day, the floor is the one it left. */
  dayEnded(view: AccountView, day: DayFigures): void {
    const net = view.balance - day.startBalance - day.cash;
    const room = this.floor?.takeDayRoom();
    const worstLoss = this.#daily?.takeWorst();
    const held = this.#contracts?.takeMost();
    const allowed = this.#contracts?.allowed;
    const level = this.#level(room?.room, worstLoss);
    this.#consistency.day({ tradeDate: day.tradeDate, net }, day.fills > 0 || net !== 0);
    for (const watch of this.watches) { watch.dayEnded?.(view); }
    this.#days.push({
      ...day, closeBalance: view.balance, net, level, afterEnd: this.#end !== undefined && this.#end.tradeDate < day.tradeDate,
      ...(this.floor === undefined ? {} : { floor: this.floor.floor }), ...(room === undefined ? {} : { room }),
      ...(this.#daily === undefined || worstLoss === undefined ? {} : { dailyLossLimit: this.#daily.limit, worstLoss }),
      ...(allowed === undefined ? {} : { contractsAllowed: allowed }), ...(held === undefined ? {} : { contractsHeld: held }),
    });
  }

  /** Where the account stands now. */
  standing(view: AccountView): Standing {
    const { floor } = this;
    return {
      balance: view.balance, equity: view.equity, ended: this.#end !== undefined,
      ...(floor === undefined ? {} : { floor: floor.floor, peak: floor.peak, room: view.equity - floor.floor }),
      ...(this.#daily === undefined ? {} : { dailyRoom: this.#daily.roomAt(view) }), ...(this.#contracts === undefined ? {} : { contracts: this.#contracts.allowed }),
    };
  }

  filled(view: AccountView, fill: Fill, opens: boolean): void {
    for (const watch of this.watches) { watch.filled?.(view, fill, opens); }
  }

  report(view: AccountView): BookReport {
    const { id, title, layer, assumed } = this.rulebook;
    const consistency = this.#consistency.standing();
    const payout = this.#consistency.payout(view.balance);
    return {
      id, title, layer, outcome: this.#end === undefined ? 'alive' : 'lost', incidents: this.#incidents, more: this.#more, days: this.#days, assumed,
      ...(this.#end === undefined ? {} : { end: this.#end }),
      ...(this.floor === undefined ? {} : { floor: this.floor.floor, peak: this.floor.peak }), ...(this.floor?.nearest === undefined ? {} : { nearest: this.floor.nearest }),
      ...(this.#closedRoomAtEnd === undefined ? {} : { closedRoomAtEnd: this.#closedRoomAtEnd }),
      ...(consistency === undefined ? {} : { consistency }), ...(payout === undefined ? {} : { payout }),
    };
  }

  #level(room: number | undefined, worstLoss: number | undefined): DayRecord['level'] {
    const allowance = this.floor?.allowance;
    const used = [
      ...(room === undefined || allowance === undefined || allowance <= 0 ? [] : [ratio(allowance - room, allowance)]),
      ...(worstLoss === undefined || this.#daily === undefined || this.#daily.limit <= 0 || !Number.isFinite(this.#daily.limit) ? [] : [ratio(worstLoss, this.#daily.limit)]),
    ];
    if (used.some((share) => compareRatio(share, ratio(1, 1)) >= 0)) { return 'over'; }
    if (used.some((share) => compareRatio(share, DANGER_SHARE) >= 0)) { return 'danger'; }
    return used.some((share) => compareRatio(share, WARNING_SHARE) >= 0) ? 'warning' : 'normal';
  }
}
