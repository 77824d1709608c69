/** Judges a decision against a deadline: too late on a right clock (APX004), or on a wrong clock (APX005). Never both. */
import type { Decision } from '../clock/decisions.ts';
import { hourlyGap } from '../clock/windows.ts';
import { judgeClock, judgeFallback } from './judge-clock.ts';
import { evidenceOf, isLate, placeOf, verdict } from './judged.ts';
import type { Judged } from './judged.ts';
import { beginningOf } from './seen.ts';
import type { Beginning, Shown } from './seen.ts';
import { breach } from './verdict.ts';
import type { Deadline, Verdict } from './verdict.ts';
import { cityOf, clockText, lengthText } from './wording.ts';

/**
 * The verdicts on a decision: none where it is in time on a right clock. A clock with a wrong fallback is a root of its own beside a
 * time that is too late.
 */
export function judge(decision: Decision, deadline: Deadline, year: number): readonly Verdict[] {
  const { clock } = decision.condition;
  if (clock === undefined) { return []; }
  const judged: Judged = { decision, clock, deadline, year };
  const beginning = decision.condition.opaque === true ? undefined : beginningOf(decision.condition, clock, deadline.zone, deadline.latest, year);
  const right = clock.kind === 'zone' && beginning !== undefined && steady(beginning);
  const main = right ? judgeTime(judged, beginning) ?? judgeShape(judged, beginning) : judgeClock(judged, beginning);
  const fallback = judgeFallback(judged);
  return [...(main === undefined ? [] : [main]), ...(fallback === undefined ? [] : [fallback])];
}

/** Minutes before the deadline from which on a close counts as the day's last: an earlier one is another plan. */
export const SAME_CLOSE = 240;

/** Does a decision begin the day's last close in time, on a right clock, every day? Then a later one in the same function is its safety net. */
export function closesInTime(decision: Decision, deadline: Deadline, year: number): boolean {
  const { clock, dated, opaque } = decision.condition;
  if (clock?.kind !== 'zone' || dated || opaque === true || decision.action === undefined) { return false; }
  const beginning = beginningOf(decision.condition, clock, deadline.zone, deadline.latest, year);
  const [shown] = beginning?.shown ?? [];
  return beginning !== undefined && shown !== undefined && steady(beginning) && shown.minutes <= deadline.latest && shown.minutes >= deadline.latest - SAME_CLOSE;
}

/** The same time on the deadline's clock all year. */
function steady(beginning: Beginning): boolean {
  return beginning.shown.every((shown) => shown.minutes === beginning.shown[0]?.minutes);
}

function judgeTime(judged: Judged, beginning: Beginning): Verdict | undefined {
  const { deadline, clock } = judged;
  const [shown] = beginning.shown;
  if (shown === undefined || !isLate(judged, beginning, shown)) { return undefined; }
  const past = shown.minutes - deadline.minutes;
  const gap = hourlyGap(beginning.windows);
  if (gap !== undefined && past <= 0) { return judgeShape(judged, beginning); }
  const own = clock.zone === deadline.zone;
  const data = {
    time: own ? `${clockText(beginning.start)} ${deadline.letters}` : `${clockText(beginning.start)} in ${cityOf(clock.zone ?? '')}`,
    seen: clockText(shown.minutes * 60), letters: deadline.letters, deadline: deadline.text, who: deadline.who,
    late: lengthText(past), room: lengthText(-past), safe: safeText(beginning, shown, deadline),
  };
  const messageId = past > 0 ? (own ? 'late' : 'lateElsewhere') : 'tight';
  return verdict(judged, 'APX004', messageId, data, breach(deadline, past), placeOf(judged.decision), {
    ...evidenceOf(judged, beginning, shown), minutesLate: String(Math.ceil(past)),
  });
}

/** A cut-off that begins in time and then stops being one. */
function judgeShape(judged: Judged, beginning: Beginning): Verdict | undefined {
  const { deadline } = judged;
  const [shown] = beginning.shown;
  if (shown === undefined || shown.minutes > deadline.minutes) { return undefined; }
  const gap = hourlyGap(beginning.windows);
  const safe = safeText(beginning, shown, deadline);
  if (gap !== undefined && beginning.start / 3600 >= 12) {
    const data = { from: clockText(gap.first.start), to: clockText(gap.first.end), again: clockText(gap.again), later: clockText(gap.first.end + 600), who: deadline.who, safe };
    return verdict(judged, 'APX004', 'gap', data, 'warning', judged.decision.at, evidenceOf(judged, beginning, shown));
  }
  const [only] = beginning.windows;
  const narrow = only !== undefined && beginning.windows.length === 1 && only.end - only.start <= 60 && deadline.minutes - shown.minutes < 240;
  if (!narrow) { return undefined; }
  const data = { from: clockText(only.start), to: clockText(only.end), who: deadline.who };
  return verdict(judged, 'APX004', 'oneMinute', data, 'info', judged.decision.at, evidenceOf(judged, beginning, shown));
}

/** The latest time to begin, on the code's own clock. */
function safeText(beginning: Beginning, shown: Shown, deadline: Deadline): string {
  return clockText(beginning.start - (shown.minutes - deadline.latest) * 60);
}
