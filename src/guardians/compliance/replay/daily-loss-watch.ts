/** The day's loss: what it is measured from, the limit that the prior close gives, and what was traded after it was reached. */
import { moneyText } from '../packs/money.ts';
import type { Cash, Fill } from '../ledger/event.ts';
import type { DailyLossRule } from './rulebook.ts';
import { TradingDays } from './trading-days.ts';
import { type AccountView, incidentOf, type Recorder, type Watch } from './watch.ts';

/** Follows the loss of each day; a day is the rule's own, from one reset to the next. */
export class DailyLossWatch implements Watch {
  nextAt = Number.POSITIVE_INFINITY;
  readonly #rule: DailyLossRule;
  readonly #days: TradingDays;
  readonly #recorder: Recorder;
  #reference: number;
  #limit: number;
  #worst = 0;
  #reached = false;
  #traded = false;
  #begun = false;

  constructor(rule: DailyLossRule, start: { readonly balance: number; readonly profit: number }, recorder: Recorder) {
    this.#rule = rule;
    this.#recorder = recorder;
    this.#days = new TradingDays({ zone: rule.resets.zone, dayStart: rule.resets.at, weekends: true });
    this.#reference = start.balance;
    this.#limit = this.#limitAt(start.profit);
  }

  /** The limit of the day at hand, cents. */
  get limit(): number { return this.#limit; }

  /** What the day may still lose, cents. */
  roomAt(view: AccountView): number {
    return this.#limit - this.#lossAt(view);
  }

  /** The largest loss since this was asked last, cents. */
  takeWorst(): number {
    const worst = this.#worst;
    this.#worst = 0;
    return worst;
  }

  passed(view: AccountView): void {
    const { reference } = this.#rule;
    this.#reference = reference === 'day-start-balance' ? view.balance : reference === 'day-start-equity' ? view.equity : Math.max(view.balance, view.equity);
    this.#limit = this.#limitAt(view.balance - view.paidIn);
    this.#reached = false;
    this.#traded = false;
    this.#begun = false;
    this.nextAt = Number.POSITIVE_INFINITY;
  }

  observe(view: AccountView): void {
    if (!this.#begun) {
      this.#begun = true;
      this.nextAt = this.#days.endOf(this.#days.dateOf(view.at));
    }
    const loss = this.#lossAt(view);
    if (loss > this.#worst) { this.#worst = loss; }
    if (this.#reached || loss < this.#limit) { return; }
    this.#reached = true;
    const firm = this.#recorder.layer === 'firm';
    const outcome = this.#rule.breach === 'pause' ? 'paused' : firm ? 'lost' : 'violation';
    const after = outcome === 'paused' ? 'No more trades until the next session.' : outcome === 'lost' ? 'The account is lost.' : '';
    this.#recorder.record(incidentOf(view, this.#recorder.layer, 'daily-loss', outcome, `The day has lost ${moneyText(loss)} of ${moneyText(this.#limit)} allowed. ${after}`.trimEnd(), { limit: this.#limit, value: loss }));
  }

  filled(view: AccountView, fill: Fill, opens: boolean): void {
    if (!this.#reached || !opens || this.#traded || this.#rule.breach !== 'pause') { return; }
    this.#traded = true;
    this.#recorder.record(incidentOf(view, this.#recorder.layer, 'traded-while-paused', 'violation', `${fill.side === 'buy' ? 'Bought' : 'Sold'} ${fill.quantity} ${fill.instrument} after the day's loss limit was reached.`, { instrument: fill.instrument }));
  }

  moved(view: AccountView, { what, amount }: Cash): void {
    if (what === 'deposit') { this.#reference += amount; }
    if (what === 'withdrawal' || what === 'payout') { this.#reference -= amount; }
    if (what === 'reset') { this.#reference = view.balance; this.#limit = this.#limitAt(0); this.#reached = false; }
  }

  #lossAt({ equity, balance }: AccountView): number {
    return this.#reference - (this.#rule.basis === 'equity' ? equity : balance);
  }

  #limitAt(profit: number): number {
    const { levels } = this.#rule;
    return (levels.findLast((level) => level.fromProfit <= profit) ?? levels[0])?.cents ?? Number.POSITIVE_INFINITY;
  }
}
