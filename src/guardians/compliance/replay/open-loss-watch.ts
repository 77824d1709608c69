/** The open loss of a trade against a share of the profit that the account had when the day began (Apex 3.0: 30 % negative P&L, MAE). */
import { moneyText, shareOf, ratio } from '../packs/money.ts';
import type { OpenLossRule } from './rulebook.ts';
import { type AccountView, incidentOf, type Recorder, type Watch } from './watch.ts';

/** Cents that an open trade may lose at a profit at the start of the day. */
export function openLossAllowed(rule: OpenLossRule, profit: number): number {
  if (rule.raised !== undefined && profit >= rule.raised.fromProfit) { return shareOf(profit, percentage(rule.raised.percent)); }
  return shareOf(profit > rule.smallestUntil ? profit : rule.smallestBase, percentage(rule.percent));
}

/** Follows open losses. Not a limit of the day: the trade has to come back inside, so it is a warning, once a trade. */
export class OpenLossWatch implements Watch {
  readonly nextAt = Number.POSITIVE_INFINITY;
  readonly #rule: OpenLossRule;
  readonly #recorder: Recorder;
  #allowed: number;
  #told = false;

  constructor(rule: OpenLossRule, start: { readonly profit: number }, recorder: Recorder) {
    this.#rule = rule;
    this.#recorder = recorder;
    this.#allowed = openLossAllowed(rule, start.profit);
  }

  observe(view: AccountView): void {
    const loss = view.balance - view.equity;
    if (loss <= 0) {
      if (view.positions.isFlat) { this.#told = false; }
      return;
    }
    if (this.#told || loss <= this.#allowed) { return; }
    this.#told = true;
    this.#recorder.record(incidentOf(view, this.#recorder.layer, 'open-loss', 'warning', `Open trades lose ${moneyText(loss)}; ${moneyText(this.#allowed)} is allowed.`, { value: loss, limit: this.#allowed }));
  }

  dayEnded({ balance, paidIn }: AccountView): void {
    this.#allowed = openLossAllowed(this.#rule, balance - paidIn);
  }
}

function percentage(percent: ReturnType<typeof ratio>): ReturnType<typeof ratio> {
  return ratio(percent.numerator, percent.denominator * 100);
}
