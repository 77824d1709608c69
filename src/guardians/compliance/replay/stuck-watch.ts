/** Positions that stay as they are for half an hour without an order: the house's word for “stuck”; no firm's rule. */
import { clockText } from './clock-text.ts';
import { type AccountView, incidentOf, type Recorder, type Watch } from './watch.ts';

const STUCK_MS = 30 * 60_000;

/** Says once a trade that nothing happened to it for more than 30 minutes. */
export class StuckWatch implements Watch {
  nextAt = Number.POSITIVE_INFINITY;
  readonly #zone: string;
  readonly #recorder: Recorder;

  constructor(zone: string, recorder: Recorder) {
    this.#zone = zone;
    this.#recorder = recorder;
  }

  filled(view: AccountView): void {
    this.#touched(view);
  }

  ordered(view: AccountView): void {
    this.#touched(view);
  }

  passed(view: AccountView): void {
    const since = this.nextAt - STUCK_MS - 1;
    this.nextAt = Number.POSITIVE_INFINITY;
    if (view.positions.isFlat) { return; }
    const [first = ''] = view.positions.open;
    this.#recorder.record(incidentOf(view, 'house', 'stuck', 'note', `The position in ${first} has not changed since ${clockText(since, this.#zone)}, for more than 30 minutes, and no order was placed.`, { at: since + STUCK_MS + 1, between: true, instrument: first }));
  }

  /** More than 30 minutes: the first millisecond after them. */
  #touched(view: AccountView): void {
    this.nextAt = view.positions.isFlat ? Number.POSITIVE_INFINITY : view.at + STUCK_MS + 1;
  }
}
