/** Consistency: the best day against the profit of its window, in whole cents, and what a payout still asks for. */
import { moneyText, percentText, ratio } from '../packs/money.ts';
import type { Cash } from '../ledger/event.ts';
import type { ConsistencyRule, PayoutRule } from './rulebook.ts';
import { type AccountView, incidentOf, type Recorder, type Watch } from './watch.ts';

/** A day's net profit, in cents. */
export interface DayProfit {
  readonly tradeDate: string;
  readonly net: number;
}

/** How a window of days stands against the rule. */
export interface ConsistencyStanding {
  readonly state: 'passes' | 'fails' | 'no-profit';
  readonly best: DayProfit | undefined;
  /** Net profit of the window, cents. */
  readonly total: number;
  /** What the best day is a share of, cents. */
  readonly of: number;
  /** The smallest total with which the best day passes, cents; undefined where there is no winning day. */
  readonly needed: number | undefined;
}

/**
 * Judges days: `best × 100` against `percent × total` in integers, never a division. A total that is not above nothing has no ratio.
 * With `below` the needed total is the first cent above best × 100 ÷ percent, with `at-most` the first at or above it.
 */
export function judgeConsistency(days: readonly DayProfit[], rule: ConsistencyRule): ConsistencyStanding {
  const total = days.reduce((sum, day) => sum + day.net, 0);
  const best = days.reduce<DayProfit | undefined>((top, day) => (day.net > (top?.net ?? 0) ? day : top), undefined);
  const of = rule.denominator === 'net-profit' ? total : rule.denominator.cents;
  if (best === undefined) { return { state: total > 0 ? 'passes' : 'no-profit', best, total, of, needed: undefined }; }
  const { numerator, denominator } = rule.percent;
  const left = BigInt(best.net) * 100n * BigInt(denominator);
  const right = BigInt(numerator) * BigInt(of);
  const needed = Number(rule.operator === 'below' ? left / BigInt(numerator) + 1n : (left + BigInt(numerator) - 1n) / BigInt(numerator));
  if (total <= 0) { return { state: 'no-profit', best, total, of, needed }; }
  return { state: (rule.operator === 'below' ? left < right : left <= right) ? 'passes' : 'fails', best, total, of, needed };
}

/** Where a payout stands. */
export interface PayoutStanding {
  readonly qualifyingDays: number;
  readonly qualifyingDaysNeeded: number;
  readonly tradingDays: number;
  readonly tradingDaysNeeded?: number;
  readonly minimumBalance?: number;
  readonly balance: number;
  /** Everything that is known is fulfilled. */
  readonly eligible: boolean;
}

/** Collects the days since the start, or since the last payout. A payout belongs to the day after the days it is asked for. */
export class ConsistencyWatch implements Watch {
  readonly nextAt = Number.POSITIVE_INFINITY;
  readonly #rule: ConsistencyRule | undefined;
  readonly #payout: PayoutRule | undefined;
  readonly #recorder: Recorder;
  #days: DayProfit[] = [];
  #traded = 0;

  constructor(rule: ConsistencyRule | undefined, payout: PayoutRule | undefined, recorder: Recorder) {
    this.#rule = rule;
    this.#payout = payout;
    this.#recorder = recorder;
  }

  /** A day is over. */
  day(profit: DayProfit, traded: boolean): void {
    if (traded) { this.#traded += 1; }
    this.#days.push(profit);
  }

  /** How the days since the window began stand; undefined where there is no rule. */
  standing(): ConsistencyStanding | undefined {
    return this.#rule && judgeConsistency(this.#days, this.#rule);
  }

  /** Where a payout stands; undefined where the phase pays none. */
  payout(balance: number): PayoutStanding | undefined {
    const rule = this.#payout;
    if (rule === undefined) { return undefined; }
    const qualifying = rule.qualifyingProfit === undefined ? this.#traded : this.#days.filter((day) => day.net >= (rule.qualifyingProfit ?? 0)).length;
    const eligible = qualifying >= rule.qualifyingDays && this.#traded >= (rule.tradingDays ?? 0) && balance >= (rule.minimumBalance ?? 0) && (this.standing()?.state ?? 'passes') === 'passes';
    return {
      qualifyingDays: qualifying, qualifyingDaysNeeded: rule.qualifyingDays, tradingDays: this.#traded, balance, eligible,
      ...(rule.tradingDays === undefined ? {} : { tradingDaysNeeded: rule.tradingDays }), ...(rule.minimumBalance === undefined ? {} : { minimumBalance: rule.minimumBalance }),
    };
  }

  moved(view: AccountView, { what }: Cash): void {
    if (what === 'payout') {
      const standing = this.standing();
      if (standing?.state === 'fails') { this.#say(view, standing); }
    }
    if (what === 'reset' || (what === 'payout' && this.#rule?.window !== 'since-start')) {
      this.#days = [];
      this.#traded = 0;
    }
  }

  #say(view: AccountView, { best, of, needed }: ConsistencyStanding): void {
    const rule = this.#rule;
    if (rule === undefined || best === undefined) { return; }
    const share = percentText(ratio(best.net * 100, of));
    const allowed = `${rule.operator === 'below' ? 'less than' : 'at most'} ${percentText(rule.percent)} %`;
    const message = `Best day ${best.tradeDate} made ${moneyText(best.net)} of ${moneyText(of)}: ${share} %, ${allowed} is allowed. It passes from a profit of ${moneyText(needed ?? 0)} on.`;
    this.#recorder.record(incidentOf(view, this.#recorder.layer, 'consistency', rule.breach === 'fail' ? 'violation' : 'warning', message, { value: best.net, limit: of, trades: [] }));
  }
}
