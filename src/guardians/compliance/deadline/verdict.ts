/** What the deadline family says: verdicts before they become findings of APX004 or APX005. */
import type { Fix, Layer, Severity } from '../../../core/findings/finding.ts';
import type { Span } from '../../../core/source/model.ts';
import { minutesOf } from '../../../core/time/dates.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import type { DeadlineLimit, EffectiveLimits } from '../accounts.ts';
import { zoneText } from './wording.ts';

/** Messages of APX004: the cut-off is too late, or has holes. */
export type LateMessage = 'late' | 'lateElsewhere' | 'tight' | 'gap' | 'oneMinute';

/** Messages of APX005: the cut-off is on a clock that is not New York's. */
export type ClockMessage =
  | 'fixed' | 'fixedNamed' | 'fixedEarly' | 'utc' | 'utcEarly' | 'guessed' | 'local' | 'localUnknown' | 'server' | 'serverUnknown' | 'relabelled'
  | 'relabelledLocal' | 'utcnowAsLocal' | 'meanTime' | 'fallbackLate' | 'fallbackEarly' | 'otherZone' | 'drifts' | 'unzoned';

/** One thing to report. */
export interface Verdict {
  readonly rule: 'APX004' | 'APX005';
  readonly messageId: LateMessage | ClockMessage;
  readonly data: Readonly<Record<string, string>>;
  readonly severity: Severity;
  readonly at: Span;
  readonly layer: Layer;
  readonly account?: string;
  readonly related: readonly { readonly at: Span; readonly message: string }[];
  readonly fixes: readonly Fix[];
  readonly evidence: Readonly<Record<string, string>>;
}

/** The deadline a file is held to. */
export interface Deadline {
  /** Minutes after midnight on the clock of `zone`. */
  readonly minutes: number;
  readonly zone: string;
  /** `ET`. */
  readonly letters: string;
  /** `16:59`. */
  readonly text: string;
  readonly layer: Layer;
  readonly account?: string;
  /** ` for account apex-1`, ` (house limit; no account chosen)`: follows “late” in a message. */
  readonly who: string;
  /** Seconds after it in which the firm itself closes what is left: not yet a breach. */
  readonly graceSeconds: number;
  /** The last minute at which a close may begin. */
  readonly latest: number;
  /** The account itself, whose products and trading days say by when each session has to be flat. */
  readonly held?: AccountConfig;
}

/** The deadlines of an account, the user's own first and the firm's behind it; empty where nothing has to be flat. */
export function deadlinesOf(limits: EffectiveLimits | undefined, bufferMinutes: number, accounts: readonly AccountConfig[]): readonly Deadline[] {
  const own = limits?.deadline;
  if (limits === undefined || own === undefined) { return []; }
  return (own.firm === undefined ? [own] : [own.firm, own]).flatMap((limit) => deadlineFrom(limits, limit, bufferMinutes, accounts.find(({ id }) => id === limits.account)) ?? []);
}

function deadlineFrom(limits: EffectiveLimits, limit: DeadlineLimit, buffer: number, held: AccountConfig | undefined): Deadline | undefined {
  const minutes = minutesOf(limit.time);
  if (minutes === undefined) { return undefined; }
  const account = limits.account;
  const whose = account === undefined ? ' (house limit; no account chosen)' : limit.from === 'house' ? ` (house limit, account ${account})` : ` for account ${account}`;
  return {
    minutes, zone: limit.zone, letters: zoneText(limit.zone), text: limit.time, layer: limit.layer, who: whose, latest: minutes - buffer, graceSeconds: limit.graceSeconds,
    ...(account === undefined ? {} : { account }), ...(held === undefined ? {} : { held }),
  };
}

/** How heavy it is to begin closing so many minutes past a deadline: an error where a firm's own limit is broken for good, else a warning. */
export function breach(deadline: Deadline, past: number): Severity {
  return deadline.layer === 'firm' && past > 0 && past * 60 >= deadline.graceSeconds ? 'error' : 'warning';
}
