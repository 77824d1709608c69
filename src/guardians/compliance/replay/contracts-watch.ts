/** How many contracts are held at once, micros and minis together, against the level that the prior close gives. */
import type { Cash } from '../ledger/event.ts';
import { quantityText, QUANTITY_DECIMALS } from './fixed.ts';
import type { Fill } from '../ledger/event.ts';
import type { ContractsRule } from './rulebook.ts';
import { type AccountView, incidentOf, type Recorder, type Watch } from './watch.ts';

const ONE = 10n ** BigInt(QUANTITY_DECIMALS);

/** Follows the number of contracts. Lots of spot currencies and instruments nobody knows are not counted. */
export class ContractsWatch implements Watch {
  readonly nextAt = Number.POSITIVE_INFINITY;
  readonly #rule: ContractsRule;
  readonly #recorder: Recorder;
  #profit = 0;
  #full: boolean;
  #above = false;
  #most = 0n;

  constructor(rule: ContractsRule, start: { readonly balance: number; readonly profit: number }, recorder: Recorder) {
    this.#rule = rule;
    this.#recorder = recorder;
    this.#profit = start.profit;
    this.#full = rule.halfUntil === undefined || start.balance > rule.halfUntil;
  }

  /** Contracts allowed today, in minis. */
  get allowed(): number {
    const { levels } = this.#rule;
    const { contracts } = levels.findLast((level) => level.fromProfit <= this.#profit) ?? levels[0] ?? { contracts: 0 };
    return this.#full ? contracts : Math.floor(contracts / 2);
  }

  /** The most that was held since this was asked last, in minis as text; undefined if nothing. */
  takeMost(): string | undefined {
    const most = this.#most;
    this.#most = 0n;
    return most === 0n ? undefined : quantityText(this.#inMinis(most));
  }

  filled(view: AccountView, fill: Fill): void {
    const held = this.#held(view);
    if (held > this.#most) { this.#most = held; }
    const { allowed } = this;
    const above = held > BigInt(allowed) * BigInt(this.#rule.microsPerMini) * ONE;
    if (above && !this.#above) {
      const message = `${quantityText(this.#inMinis(held))} contracts are held (${String(this.#rule.microsPerMini)} micros count as one) where ${String(allowed)} ${allowed === 1 ? 'is' : 'are'} allowed.`;
      this.#recorder.record(incidentOf(view, this.#recorder.layer, 'contracts', 'violation', message, { instrument: fill.instrument }));
    }
    this.#above = above;
  }

  /** The level is set once a day, from the profit at the close; half size ends for good. */
  dayEnded({ balance, paidIn }: AccountView): void {
    this.#profit = balance - paidIn;
    if (this.#rule.halfUntil !== undefined && balance > this.#rule.halfUntil) { this.#full = true; }
  }

  moved({ balance }: AccountView, { what }: Cash): void {
    if (what !== 'reset') { return; }
    this.#profit = 0;
    this.#full = this.#rule.halfUntil === undefined || balance > this.#rule.halfUntil;
  }

  /** Sum over instruments in micro contracts, scaled as quantities are. */
  #held({ positions }: AccountView): bigint {
    let total = 0n;
    for (const instrument of positions.open) {
      const terms = positions.terms(instrument);
      if (terms?.future !== true) { continue; }
      const net = positions.net(instrument);
      total += (net < 0n ? -net : net) * (terms.micro ? 1n : BigInt(this.#rule.microsPerMini));
    }
    return total;
  }

  #inMinis(micros: bigint): bigint {
    return micros / BigInt(this.#rule.microsPerMini);
  }
}
