/** How much a piece of work may take: time, and for what else it may be given up. */
import { threadTime } from './thread-time.ts';

/** Why a text was given up: it took too long, too much of something, or it is not what its name says. */
export type Exceeded = 'size' | 'time' | 'syntax';

/** A machine this much slower than its processor time says is stuck for another reason, and somebody waits. */
const LONGEST_WAIT = 5;

/**
 * Time a piece of work may take. Both the clock and the processor must say it is spent: on a crowded machine the clock
 * alone would make the same text readable one moment and too slow the next. The processor's time is this thread's own: other
 * threads of a scan do not spend it.
 */
export class Budget {
  readonly ms: number;
  readonly #start = performance.now();
  /** Taken once an eighth of the time is gone: asking the system costs more than most files take to parse. */
  #usage: { readonly at: number; readonly before: number } | undefined;
  /** When the system is asked again, ms after the start. */
  #askAt = 0;
  #exceeded: Exceeded | undefined;

  constructor(ms: number) {
    this.ms = ms;
  }

  /** Why the work has to stop. */
  get exceeded(): Exceeded | undefined {
    return this.#exceeded;
  }

  /** For what is bounded by something else than time. */
  giveUp(reason: Exceeded): void {
    this.#exceeded ??= reason;
  }

  /** Whether the work has to stop. Once it says yes, it goes on saying yes. */
  get spent(): boolean {
    if (this.#exceeded === undefined && this.#late) this.#exceeded = 'time';
    return this.#exceeded !== undefined;
  }

  get #late(): boolean {
    const wall = performance.now() - this.#start;
    if (wall <= this.ms / 8) return false;
    this.#usage ??= { at: threadTime(), before: wall };
    if (wall <= this.ms || wall < this.#askAt) return false;
    this.#askAt = wall + this.ms / 100;
    return this.#usage.before + threadTime() - this.#usage.at > this.ms || wall > this.ms * LONGEST_WAIT;
  }
}
