/** A decision beside the deadline it is judged by, and the making of verdicts. */
import type { Severity } from '../../../core/findings/finding.ts';
import type { Span } from '../../../core/source/model.ts';
import type { Decision } from '../clock/decisions.ts';
import type { WallClock } from '../clock/value.ts';
import { scheduleOf } from './held-products.ts';
import { proofEvidence, proofOf } from './proof.ts';
import { holdsAt } from './seen.ts';
import type { Beginning, Shown } from './seen.ts';
import type { Deadline, Verdict } from './verdict.ts';
import { clockText } from './wording.ts';

/** A decision with what a verdict needs to point at. */
export interface Judged {
  readonly decision: Decision;
  readonly clock: WallClock;
  readonly deadline: Deadline;
  readonly year: number;
}

/** Does this stretch of the year begin its close too late? Not if the condition already holds then. */
export function isLate(judged: Judged, beginning: Beginning, shown: Shown): boolean {
  const { latest } = judged.deadline;
  return shown.minutes > latest && !holdsAt(judged.decision.condition, beginning, shown, latest);
}

/** A cut-off written in one place is reported there; one made of several parts at the comparison. */
export function placeOf(decision: Decision): Span {
  const { origins } = decision.condition;
  const [first] = origins;
  const same = first !== undefined && origins.every((origin) => origin.start === first.start && origin.end === first.end);
  // The bare hour of `now.hour >= 17` says nothing by itself.
  const bare = first !== undefined && first.end - first.start <= 2 && within(first, decision.at);
  return same && !bare ? first : decision.at;
}

/** The facts behind a verdict; with a beginning also its proof, every session of the year. */
export function evidenceOf(judged: Judged, beginning: Beginning | undefined, shown: Shown | undefined): Record<string, string> {
  const { deadline, clock, decision, year } = judged;
  const proof = beginning === undefined ? undefined : proofOf({ condition: decision.condition, clock, start: beginning.start }, scheduleOf(deadline.held, deadline), year);
  return {
    zone: clockName(clock), deadline: `${deadline.text} ${deadline.zone}`, year: String(judged.year),
    ...(beginning === undefined ? {} : { cutoff: clockText(beginning.start) }),
    ...(shown === undefined ? {} : { seen: `${clockText(shown.minutes * 60)} ${deadline.zone}` }),
    ...proofEvidence(proof),
  };
}

function clockName(clock: WallClock): string {
  if (clock.kind === 'zone') { return clock.zone ?? ''; }
  return clock.kind === 'fixed' ? `offset ${clock.offset ?? 0} min` : clock.kind;
}

/** A verdict with its place, its proof and its account. Fixes are added where the text is at hand. */
export function verdict(
  judged: Judged, rule: Verdict['rule'], messageId: Verdict['messageId'], data: Readonly<Record<string, string>>, severity: Severity, at: Span,
  evidence: Readonly<Record<string, string>>,
): Verdict {
  const { decision, deadline } = judged;
  const related = [
    ...(within(decision.at, at) || within(at, decision.at) ? [] : [{ at: decision.at, message: 'decides here' }]),
    ...(decision.action === undefined || within(decision.action, decision.at) ? [] : [{ at: decision.action, message: 'closes positions' }]),
  ];
  return {
    rule, messageId, data, severity, at, layer: deadline.layer, related, fixes: [], evidence,
    ...(deadline.account === undefined ? {} : { account: deadline.account }),
  };
}

function within(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
