/** Judges times of day that are settings: read on the clock beside them, or on New York's where none is named. */
import type { Decision } from '../clock/decisions.ts';
import type { Scalar, WallClock } from '../clock/value.ts';
import { newYork, utc } from '../clock/zones.ts';
import { judge } from './judge.ts';
import { seenMinutes } from './seen.ts';
import type { TimeSetting } from './settings.ts';
import type { Deadline, Verdict } from './verdict.ts';
import { clockText, lengthText, spansText } from './wording.ts';

const HOUR = 60;
const DAY = 1440;

/** The verdict on a named time, or undefined where it is in time or nothing is proven. */
export function judgeSetting(setting: TimeSetting, deadline: Deadline, year: number): Verdict | undefined {
  if (setting.clock !== undefined) { return setting.meaning === 'close' ? undefined : onClock(setting, setting.clock, deadline, year); }
  const minutes = setting.second / 60;
  if (minutes <= deadline.latest) { return undefined; }
  if (setting.meaning === 'close' && minutes > deadline.minutes) { return undefined; }
  // Close behind the deadline it is the deadline's own clock that was meant; late in the evening no clock of a desk makes it good.
  if (minutes <= deadline.minutes + HOUR || minutes >= DAY - HOUR) { return onClock(setting, newYork(setting.at), deadline, year); }
  return setting.zoned === true ? undefined : unzoned(setting, deadline, year);
}

function onClock(setting: TimeSetting, clock: WallClock, deadline: Deadline, year: number): Verdict | undefined {
  const rooted: WallClock = { ...clock, root: setting.at };
  const condition: Scalar = {
    kind: 'scalar', unit: 'boolean', clock: rooted, dated: false, origins: [setting.at], names: [setting.name], tests: [setting.at],
    at: (moment) => moment.second >= setting.second,
  };
  const decision: Decision = { condition, at: setting.at, site: {} };
  const [found] = judge(decision, deadline, year);
  // An hour lost on some days is a hint where code does it; a setting is left alone.
  return found?.severity === 'info' ? undefined : found;
}

/** `21:55` and no zone: on UTC, where servers run, it is late on some days; in Berlin it would be right. A hint to name the zone. */
function unzoned(setting: TimeSetting, deadline: Deadline, year: number): Verdict | undefined {
  const shown = seenMinutes(year, setting.second, { offsetMinutes: utc(setting.at).offset ?? 0 }, deadline.zone);
  const late = shown.filter((one) => one.minutes > deadline.minutes);
  const worst = Math.max(...late.map((one) => one.minutes));
  if (late.length === 0 || worst - deadline.minutes > 3 * HOUR) { return undefined; }
  return {
    rule: 'APX005', messageId: 'unzoned', severity: 'info', at: setting.at, layer: deadline.layer, related: [], fixes: [],
    data: {
      time: clockText(setting.second), seen: clockText(worst * 60), letters: deadline.letters, late: `${lengthText(worst - deadline.minutes)} late`, who: deadline.who,
      spans: spansText(late.filter((one) => one.minutes === worst)), safe: clockText(deadline.latest * 60),
    },
    evidence: { zone: 'unknown', deadline: `${deadline.text} ${deadline.zone}`, cutoff: clockText(setting.second), year: String(year), minutesLate: String(Math.ceil(worst - deadline.minutes)) },
    ...(deadline.account === undefined ? {} : { account: deadline.account }),
  };
}
