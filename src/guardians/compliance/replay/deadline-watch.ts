/** The flat deadline of every trade date, and of every product that closes earlier. */
import { deadlineInstant } from '../../../core/time/session.ts';
import type { Fill } from '../ledger/event.ts';
import { clockText, dayText } from './clock-text.ts';
import { quantityText } from './fixed.ts';
import type { Closes } from './instruments.ts';
import type { DeadlineRule } from './rulebook.ts';
import { type AccountView, incidentOf, openTrades, type Recorder, type Watch } from './watch.ts';

/** An instant at which something is looked at. */
interface Step {
  readonly at: number;
  readonly what: 'early-close' | 'deadline' | 'grace-end';
  /** The product that closes, for `early-close`. */
  readonly root?: string;
}

/** Follows positions and working orders past the deadline of each trade date. The deadline itself is too late: it is exclusive. */
export class DeadlineWatch implements Watch {
  nextAt = Number.POSITIVE_INFINITY;
  readonly #rule: DeadlineRule;
  readonly #closes: Closes;
  readonly #recorder: Recorder;
  #steps: Step[] = [];
  #date = '';
  #roots = new Set<string>();
  /** Instruments that were open at the deadline and have the grace to close. */
  readonly #late = new Set<string>();
  #state: 'before' | 'grace' | 'after' = 'before';

  constructor(rule: DeadlineRule, closes: Closes, recorder: Recorder) {
    this.#rule = rule;
    this.#closes = closes;
    this.#recorder = recorder;
  }

  passed(view: AccountView): void {
    const step = this.#steps.shift();
    if (step !== undefined) {
      if (step.what === 'early-close') { this.#closed(view, step); }
      if (step.what === 'deadline') { this.#reached(view, step.at); }
      if (step.what === 'grace-end') { this.#over(view, step.at); }
    }
    this.nextAt = this.#steps[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  observe(view: AccountView): void {
    if (view.tradeDate !== this.#date) { this.#begin(view); }
  }

  ordered(view: AccountView): void {
    if (view.tradeDate !== this.#date) { this.#begin(view); }
  }

  filled(view: AccountView, fill: Fill, opens: boolean): void {
    if (view.tradeDate !== this.#date) { this.#begin(view); }
    const root = view.positions.terms(fill.instrument)?.root;
    if (root !== undefined && !this.#roots.has(root)) { this.#watchRoot(root, view); }
    if (this.#state === 'grace' && this.#late.has(fill.instrument) && !opens) {
      const left = view.positions.net(fill.instrument);
      const rest = left === 0n ? 'the last of it' : `${quantityText(left < 0n ? -left : left)} are left`;
      this.#say(view, 'deadline-grace', 'warning', `${fill.quantity} ${fill.instrument} closed at ${clockText(fill.at, this.#rule.zone)}, after ${this.#rule.time}: ${rest}. ${fill.liquidation === true ? 'The platform closed it itself.' : 'The firm closes positions itself then.'}`, fill.instrument);
      if (left === 0n) { this.#late.delete(fill.instrument); }
    } else if (opens && this.#state !== 'before') {
      const grace = this.#state === 'grace';
      if (grace) { this.#late.add(fill.instrument); }
      this.#say(view, 'opened-late', grace ? 'warning' : 'violation', `${fill.quantity} ${fill.instrument} opened at ${clockText(fill.at, this.#rule.zone)}, after the deadline of ${this.#rule.time}.`, fill.instrument);
    }
  }

  #begin(view: AccountView): void {
    const carried = view.positions.open.flatMap((instrument) => view.positions.terms(instrument)?.root ?? []);
    this.#date = view.tradeDate;
    this.#roots = new Set();
    this.#late.clear();
    const deadline = deadlineInstant(this.#date, this.#rule.time, this.#rule.zone);
    const graceEnd = deadline + this.#rule.graceSeconds * 1000;
    this.#steps = [{ at: deadline, what: 'deadline' as const }, ...(this.#rule.graceSeconds > 0 ? [{ at: graceEnd, what: 'grace-end' as const }] : [])].filter((step) => step.at > view.at);
    this.#state = view.at < deadline ? 'before' : view.at < graceEnd ? 'grace' : 'after';
    for (const root of carried) { this.#watchRoot(root, view); }
    this.nextAt = this.#steps[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  /** A product that is traded today and closes before the deadline. */
  #watchRoot(root: string, view: AccountView): void {
    this.#roots.add(root);
    const deadline = deadlineInstant(this.#date, this.#rule.time, this.#rule.zone);
    const closes = this.#rule.earlyCloses ? this.#closes.earlyCloses(root, this.#date).filter((close) => close > view.at && close < deadline) : [];
    if (closes.length === 0) { return; }
    this.#steps = [...this.#steps, ...closes.map((close) => ({ at: close, what: 'early-close' as const, root }))].sort((a, b) => a.at - b.at);
    this.nextAt = this.#steps[0]?.at ?? this.nextAt;
  }

  #closed(view: AccountView, { at, root }: Step): void {
    for (const instrument of view.positions.open) {
      if (view.positions.terms(instrument)?.root !== root) { continue; }
      this.#say(view, 'deadline', 'violation', `${dayText(at, this.#rule.zone)}: ${root ?? ''} closes early at ${clockText(at, this.#rule.zone)}, and ${heldText(view, instrument)} is still open.`, instrument, at);
    }
    this.#orders(view, at, (instrument) => view.positions.terms(instrument)?.root === root);
  }

  #reached(view: AccountView, at: number): void {
    this.#orders(view, at, () => true);
    if (this.#rule.graceSeconds === 0) { this.#over(view, at); return; }
    this.#state = 'grace';
    for (const instrument of view.positions.open) { this.#late.add(instrument); }
  }

  #over(view: AccountView, at: number): void {
    this.#state = 'after';
    for (const instrument of view.positions.open) {
      this.#say(view, 'deadline', 'violation', `${heldText(view, instrument)} is still open at ${clockText(at, this.#rule.zone)}; flat by ${this.#rule.time} is asked for.`, instrument, at);
    }
    this.#late.clear();
  }

  #orders(view: AccountView, at: number, counts: (instrument: string) => boolean): void {
    const working = [...view.working].filter(([, instrument]) => counts(instrument));
    const [first] = working;
    if (first === undefined) { return; }
    const more = working.length === 1 ? '' : ` and ${String(working.length - 1)} more`;
    this.#say(view, 'working-order', 'warning', `Order ${first[0]} in ${first[1]}${more} still works at ${clockText(at, this.#rule.zone)}.`, first[1], at);
  }

  #say(view: AccountView, kind: 'deadline' | 'deadline-grace' | 'opened-late' | 'working-order', outcome: 'violation' | 'warning', message: string, instrument: string, at?: number): void {
    const trades = openTrades(view).filter((trade) => trade.instrument === instrument);
    this.#recorder.record(incidentOf(view, this.#recorder.layer, kind, outcome, message, { instrument, trades, ...(at === undefined ? {} : { at, between: true }) }));
  }
}

function heldText({ positions }: AccountView, instrument: string): string {
  const net = positions.net(instrument);
  return `${quantityText(net < 0n ? -net : net)} ${instrument} ${net < 0n ? 'short' : 'long'}`;
}
