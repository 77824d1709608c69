/** The floor: where it is at every mark, how much room there was, and the mark that ended the account. */
import { moneyText, shareOf } from '../packs/money.ts';
import type { Cash } from '../ledger/event.ts';
import type { FloorRule } from './rulebook.ts';
import { type AccountView, incidentOf, type Recorder, type Watch } from './watch.ts';

/** A moment and the room it left. */
export interface Room {
  readonly at: number;
  readonly row: number;
  /** Cents between equity and floor; negative below it. */
  readonly room: number;
  readonly floor: number;
  readonly equity: number;
}

/**
 * Follows a floor. It rises with the high-water mark and never falls, but that money paid in moves both (it is no profit), that a
 * reset begins anew, and that a floor which is a share of the high-water mark goes down with money paid out.
 */
export class FloorWatch implements Watch {
  readonly nextAt = Number.POSITIVE_INFINITY;
  readonly #rule: FloorRule;
  readonly #recorder: Recorder;
  #peak: number;
  #floor: number;
  #lockAt: number;
  #lost = false;
  #nearest: Room | undefined;
  #dayRoom: Room | undefined;
  /** The high-water mark of closed balances alone: what a program sees that forgets open profit. */
  #closedPeak: number;

  constructor(rule: FloorRule, start: { readonly balance: number; readonly peak: number }, recorder: Recorder) {
    this.#rule = rule;
    this.#recorder = recorder;
    this.#peak = start.peak;
    this.#closedPeak = start.peak;
    this.#lockAt = rule.lockAt ?? Number.POSITIVE_INFINITY;
    this.#floor = this.#floorBelow(start.peak);
  }

  /** Cents. */
  get floor(): number { return this.#floor; }
  /** The high-water mark, cents. */
  get peak(): number { return this.#peak; }
  /** Cents between high-water mark and floor, as long as the floor moves. */
  get allowance(): number { return this.#allowance(this.#peak); }
  /** The smallest room while the account lived. */
  get nearest(): Room | undefined { return this.#nearest; }

  /** The smallest room since this was asked last. */
  takeDayRoom(): Room | undefined {
    const room = this.#dayRoom;
    this.#dayRoom = undefined;
    return room;
  }

  /** Room that a floor below the highest closed balance would show, in cents. */
  closedRoom(equity: number): number {
    return equity - this.#floorBelow(this.#closedPeak);
  }

  /** A mark that came after later ones: the peak is the highest of all, in whatever order they come. */
  late(equity: number): void {
    if (this.#rule.kind === 'intraday-trailing') { this.#raise(equity); }
  }

  observe(view: AccountView): void {
    const { equity, balance } = view;
    if (balance > this.#closedPeak) { this.#closedPeak = balance; }
    if (this.#rule.kind === 'intraday-trailing') { this.#raise(equity); } else if (this.#rule.kind === 'closed-trailing') { this.#raise(balance); }
    const value = this.#rule.basis === 'equity' ? equity : balance;
    const room = value - this.#floor;
    if (this.#dayRoom === undefined || room < this.#dayRoom.room) { this.#dayRoom = { at: view.at, row: view.row, room, floor: this.#floor, equity: value }; }
    if (this.#lost) { return; }
    if (this.#nearest === undefined || room < this.#nearest.room) { this.#nearest = this.#dayRoom.room === room ? this.#dayRoom : { at: view.at, row: view.row, room, floor: this.#floor, equity: value }; }
    if (room < 0 || (room === 0 && this.#rule.atFloor)) { this.#end(view, value, room); }
  }

  dayEnded({ balance }: AccountView): void {
    if (this.#rule.kind === 'eod-trailing') { this.#raise(balance); }
  }

  moved(view: AccountView, { what, amount }: Cash): void {
    if (what === 'reset') {
      this.#peak = view.balance;
      this.#closedPeak = view.balance;
      this.#lockAt = this.#rule.lockAt ?? Number.POSITIVE_INFINITY;
      this.#floor = this.#floorBelow(view.balance);
      this.#lost = false;
    } else if (what === 'deposit') {
      this.#shift(amount);
    } else if (what === 'withdrawal' || what === 'payout') {
      if ('ofPeak' in this.#rule.allowance) { this.#shift(-amount); }
    }
  }

  #shift(amount: number): void {
    this.#peak += amount;
    this.#closedPeak += amount;
    this.#lockAt += amount;
    this.#floor = 'ofPeak' in this.#rule.allowance ? this.#floorBelow(this.#peak) : this.#floor + amount;
  }

  #raise(level: number): void {
    if (level <= this.#peak) { return; }
    this.#peak = level;
    this.#floor = Math.max(this.#floor, this.#floorBelow(level));
  }

  #allowance(peak: number): number {
    const { allowance } = this.#rule;
    return 'cents' in allowance ? allowance.cents : shareOf(peak, allowance.ofPeak);
  }

  #floorBelow(peak: number): number {
    return Math.min(peak - this.#allowance(peak), this.#lockAt);
  }

  #end(view: AccountView, value: number, room: number): void {
    this.#lost = true;
    const where = room === 0 ? 'is on the floor' : `is ${moneyText(-room)} below the floor of ${moneyText(this.#floor)}`;
    const firm = this.#recorder.layer === 'firm';
    const what = `${this.#rule.basis === 'equity' ? 'Equity' : 'Balance'} ${moneyText(value)} ${where} (high-water mark ${moneyText(this.#peak)}).`;
    this.#recorder.record(incidentOf(view, this.#recorder.layer, room === 0 ? 'floor-touched' : 'floor', firm ? 'lost' : 'violation', firm ? `${what} The account is lost.` : what, { limit: this.#floor, value }));
  }
}
