/** Judges a decision whose clock is not the deadline's: fixed, guessed, the machine's, the broker's, or wrongly labelled. */
import type { Severity } from '../../../core/findings/finding.ts';
import { daylightSpans } from '../../../core/time/daylight.ts';
import type { Clock } from '../../../core/time/daylight.ts';
import type { WallClock } from '../clock/value.ts';
import { offsetName } from '../clock/zones.ts';
import { evidenceOf, isLate, verdict } from './judged.ts';
import type { Judged } from './judged.ts';
import { seenMinutes, timeClock, beginningOf } from './seen.ts';
import type { Beginning, Shown } from './seen.ts';
import { breach } from './verdict.ts';
import type { ClockMessage, Deadline, Verdict } from './verdict.ts';
import { cityOf, clockText, lengthText, spansText } from './wording.ts';

/** Brokers' servers keep Eastern European time, summer time by the European dates (facts of MetaTrader brokers' own pages). */
const SERVER_ZONE = 'Europe/Athens';

/** A cut-off so long before the deadline is none (minutes). */
const FAR = 120;

/** Machines a bot runs on, for saying what a clock of one's own comes to. */
const MACHINES: readonly { readonly name: string; readonly clock: Clock }[] = [
  { name: 'on a UTC server', clock: { zone: 'UTC' } },
  { name: 'in Chicago', clock: { zone: 'America/Chicago' } },
  { name: 'in London', clock: { zone: 'Europe/London' } },
  { name: 'in Los Angeles', clock: { zone: 'America/Los_Angeles' } },
];

/** What a wrong clock does to a cut-off over the year. */
interface Outcome {
  /** Stretches that are too late, the worst of them, and by how much after the deadline (minutes; not above 0 where only the room is used up). */
  readonly late: readonly Shown[];
  readonly worst?: Shown;
  readonly past: number;
  /** Stretches that come earliest, where they are not the same as all. */
  readonly early: readonly Shown[];
}

/** The verdict on a clock that is not the deadline's; undefined where it always shows the deadline's time, or nothing is proven. */
export function judgeClock(judged: Judged, beginning: Beginning | undefined): Verdict | undefined {
  const { clock } = judged;
  switch (clock.kind) {
    case 'zone': return beginning === undefined ? undefined : otherZone(judged, beginning);
    case 'local': return clock.how === 'unzoned' ? undefined : localClock(judged);
    case 'server': return serverClock(judged);
    case 'fixed': case 'guessed': return beginning === undefined ? drifting(judged, clock) : steadyOffset(judged, beginning);
  }
}

function outcomeOf(judged: Judged, beginning: Beginning): Outcome {
  const late = beginning.shown.filter((shown) => isLate(judged, beginning, shown));
  const worst = late.reduce<Shown | undefined>((found, shown) => (found === undefined || shown.minutes > found.minutes ? shown : found), undefined);
  const first = Math.min(...beginning.shown.map((shown) => shown.minutes));
  return {
    late, past: worst === undefined ? Number.NEGATIVE_INFINITY : worst.minutes - judged.deadline.minutes,
    early: beginning.shown.filter((shown) => shown.minutes === first),
    ...(worst === undefined ? {} : { worst }),
  };
}

/** `56 min late`, `1 min before the deadline`. */
function lateness(past: number, deadline: Deadline): string {
  return past > 0 ? `${lengthText(past)} late` : `${lengthText(-past)} before ${deadline.text}`;
}

function baseData(judged: Judged, beginning: Beginning | undefined, shown: Shown | undefined): Record<string, string> {
  const { deadline } = judged;
  return {
    time: beginning === undefined ? '' : clockText(beginning.start), letters: deadline.letters, deadline: deadline.text, who: deadline.who,
    seen: shown === undefined ? '' : clockText(shown.minutes * 60),
  };
}

// -------------------------------------------------------------- fixed and guessed

function steadyOffset(judged: Judged, beginning: Beginning): Verdict | undefined {
  const { clock, deadline } = judged;
  const outcome = outcomeOf(judged, beginning);
  const named = fixedMessage(clock, outcome.late.length > 0);
  if (clock.kind === 'guessed' && sameAllYear(beginning)) { return undefined; }
  const at = clock.how === 'utc' && clock.fallback === undefined ? judged.decision.at : clock.root;
  if (outcome.worst !== undefined) {
    const data = {
      ...baseData(judged, beginning, outcome.worst), zone: offsetName(clock.offset ?? 0), season: seasonOf(clock.offset),
      spans: spansText(outcome.late.filter((shown) => shown.minutes === outcome.worst?.minutes)), late: lateness(outcome.past, deadline),
    };
    return verdict(judged, 'APX005', named, data, breach(deadline, outcome.past), at, {
      ...evidenceOf(judged, beginning, outcome.worst), minutesLate: String(Math.ceil(outcome.past)),
    });
  }
  return earlyOffset(judged, beginning, outcome, named, at);
}

function sameAllYear(beginning: Beginning): boolean {
  return beginning.shown.every((shown) => shown.minutes === beginning.shown[0]?.minutes);
}

/** Never late: an hour of trading is lost on some days. A label that lies is a warning, an honest UTC constant a hint. */
function earlyOffset(judged: Judged, beginning: Beginning, outcome: Outcome, messageId: ClockMessage, at: Verdict['at']): Verdict | undefined {
  const { clock, deadline } = judged;
  const [first] = outcome.early;
  if (first === undefined || first.minutes > deadline.latest) { return undefined; }
  // Far from the deadline it is no deadline: a session filter, or a profit target by the clock.
  if (deadline.latest - Math.max(...beginning.shown.map((shown) => shown.minutes)) > FAR && clock.how !== 'relabelled') { return undefined; }
  const meant = clock.how === 'relabelled' ? beginning.start / 60 : Math.max(...beginning.shown.map((shown) => shown.minutes));
  const data = {
    ...baseData(judged, beginning, first), zone: offsetName(clock.offset ?? 0), season: seasonOf(clock.offset), spans: spansText(outcome.early),
    late: `${lengthText(meant - first.minutes)} early`, room: lengthText(deadline.minutes - first.minutes), who: '',
  };
  const severity: Severity = clock.kind === 'guessed' || clock.how === 'relabelled' || clock.how === 'mean-time' ? 'warning' : 'info';
  return verdict(judged, 'APX005', messageId, data, severity, at, { ...evidenceOf(judged, beginning, first), minutesLate: '0' });
}

function fixedMessage(clock: WallClock, late: boolean): ClockMessage {
  if (clock.how === 'relabelled') { return 'relabelled'; }
  if (clock.kind === 'guessed') { return 'guessed'; }
  if (clock.how === 'mean-time') { return 'meanTime'; }
  if ((clock.offset ?? 0) === 0) { return late ? 'utc' : 'utcEarly'; }
  return clock.offset === -300 || clock.offset === -240 ? 'fixedNamed' : late ? 'fixed' : 'fixedEarly';
}

function seasonOf(offset: number | undefined): string {
  return offset === -300 ? 'winter' : 'summer';
}

/** The cut-off itself stands in another file: what is certain is that the clock is off, and when. */
function drifting(judged: Judged, clock: WallClock): Verdict | undefined {
  const { deadline, year } = judged;
  const known = timeClock(clock);
  const named = clock.offset === -300 || clock.offset === -240 || clock.offset === -296 || clock.kind === 'guessed' || clock.how === 'relabelled';
  if (known === undefined || !named || judged.decision.condition.opaque !== true) { return undefined; }
  const noon = seenMinutes(year, deadline.latest * 60, known, deadline.zone);
  const worst = noon.reduce((found, shown) => (Math.abs(shown.minutes - deadline.latest) > Math.abs(found.minutes - deadline.latest) ? shown : found));
  const off = worst.minutes - deadline.latest;
  if (off === 0) { return undefined; }
  const data = {
    ...baseData(judged, undefined, undefined), zone: clock.kind === 'guessed' ? 'The guessed offset' : clock.how === 'relabelled' ? `${offsetName(clock.offset ?? 0)} named ET` : `Fixed ${offsetName(clock.offset ?? 0)}`,
    spans: spansText(noon.filter((shown) => shown.minutes === worst.minutes)), off: `${lengthText(off)} ${off > 0 ? 'late' : 'early'}`,
  };
  return verdict(judged, 'APX005', 'drifts', data, breach(deadline, off), clock.root, {
    ...evidenceOf(judged, undefined, undefined), minutesLate: String(Math.max(0, Math.ceil(off))),
  });
}

// ------------------------------------------------------------- other clocks

/** A zone with its own summer time: in time on most days is not in time. */
function otherZone(judged: Judged, beginning: Beginning): Verdict | undefined {
  const { clock, deadline } = judged;
  const outcome = outcomeOf(judged, beginning);
  if (outcome.worst === undefined) { return undefined; }
  const data = {
    ...baseData(judged, beginning, outcome.worst), city: cityOf(clock.zone ?? ''), late: lateness(outcome.past, deadline),
    spans: spansText(outcome.late.filter((shown) => shown.minutes === outcome.worst?.minutes)),
  };
  return verdict(judged, 'APX005', 'otherZone', data, breach(deadline, outcome.past), judged.decision.at, {
    ...evidenceOf(judged, beginning, outcome.worst), minutesLate: String(Math.ceil(outcome.past)),
  });
}

/** The machine's clock: what it comes to depends on where the bot runs, and somewhere it is late. */
function localClock(judged: Judged): Verdict | undefined {
  const { clock, decision, deadline, year } = judged;
  if (decision.condition.opaque === true) {
    return verdict(judged, 'APX005', 'localUnknown', baseData(judged, undefined, undefined), 'warning', clock.root, evidenceOf(judged, undefined, undefined));
  }
  const read = (machine: Clock): Beginning | undefined => beginningOf(decision.condition, toClock(machine, clock), deadline.zone, deadline.latest, year);
  if (clock.how === 'utcnow-as-local') { return utcnowAsLocal(judged); }
  for (const { name, clock: machine } of MACHINES) {
    const beginning = read(machine);
    const worst = beginning === undefined ? undefined : latest(beginning.shown);
    if (beginning === undefined || worst === undefined || worst.minutes <= deadline.minutes || !isLate(judged, beginning, worst)) { continue; }
    const data = { ...baseData(judged, beginning, worst), place: name, late: lateness(worst.minutes - deadline.minutes, deadline) };
    return verdict(judged, 'APX005', clock.how === 'relabelled' ? 'relabelledLocal' : 'local', data, 'warning', clock.root, {
      ...evidenceOf(judged, beginning, worst), minutesLate: String(Math.ceil(worst.minutes - deadline.minutes)),
    });
  }
  return undefined;
}

function latest(shown: readonly Shown[]): Shown | undefined {
  return shown.reduce<Shown | undefined>((found, one) => (found === undefined || one.minutes > found.minutes ? one : found), undefined);
}

function toClock(machine: Clock, from: WallClock): WallClock {
  return 'zone' in machine ? { kind: 'zone', zone: machine.zone, root: from.root } : from;
}

/** `utcnow().astimezone(ET)`: in London's summer the digits of UTC are taken for London's, one hour behind. */
function utcnowAsLocal(judged: Judged): Verdict | undefined {
  const { clock, decision, deadline, year } = judged;
  const right = beginningOf(decision.condition, { kind: 'zone', zone: deadline.zone, root: clock.root }, deadline.zone, deadline.latest, year);
  const [shown] = right?.shown ?? [];
  if (right === undefined || shown === undefined) { return undefined; }
  const seen = { ...shown, minutes: shown.minutes + 60 };
  if (seen.minutes <= deadline.minutes) { return undefined; }
  const data = { ...baseData(judged, right, seen), late: lateness(seen.minutes - deadline.minutes, deadline) };
  return verdict(judged, 'APX005', 'utcnowAsLocal', data, 'warning', clock.root, { ...evidenceOf(judged, right, seen), minutesLate: String(Math.ceil(seen.minutes - deadline.minutes)) });
}

/** The broker's clock: most servers follow Europe's summer time, which begins and ends on other days than New York's. */
function serverClock(judged: Judged): Verdict | undefined {
  const { clock, decision, deadline, year } = judged;
  const read = (zone: string): Beginning | undefined => beginningOf(decision.condition, { kind: 'zone', zone, root: clock.root }, deadline.zone, deadline.latest, year);
  const beginning = decision.condition.opaque === true ? undefined : read(SERVER_ZONE);
  const worst = beginning === undefined ? undefined : latest(beginning.shown);
  // In the morning or at noon, even on a server that keeps UTC: the end of a session, or of a trade, but of no day.
  const last = worst === undefined || worst.minutes > deadline.minutes ? undefined : latest(read('UTC')?.shown ?? []);
  if (last !== undefined && last.minutes < deadline.latest - FAR) { return undefined; }
  if (beginning === undefined || worst === undefined || worst.minutes <= deadline.minutes) {
    return verdict(judged, 'APX005', 'serverUnknown', { ...baseData(judged, beginning, worst), spans: strayDays(year, deadline) }, 'warning', decision.at, evidenceOf(judged, beginning, worst));
  }
  const data = {
    ...baseData(judged, beginning, worst), late: lateness(worst.minutes - deadline.minutes, deadline),
    spans: spansText(beginning.shown.filter((shown) => shown.minutes === worst.minutes)),
  };
  return verdict(judged, 'APX005', 'server', data, 'warning', decision.at, { ...evidenceOf(judged, beginning, worst), minutesLate: String(Math.ceil(worst.minutes - deadline.minutes)) });
}

/** Days on which Europe's and New York's summer time differ. */
function strayDays(year: number, deadline: Deadline): string {
  const noon = seenMinutes(year, 43_200, { zone: SERVER_ZONE }, deadline.zone);
  const usual = noon[0]?.minutes;
  return daylightSpans(year, SERVER_ZONE).length === 0 ? '' : spansText(noon.filter((shown) => shown.minutes !== usual));
}

// ---------------------------------------------------------------- fallbacks

/** `except: ET = timezone.utc`: right while the zone's data are there, another clock named ET when they are not. */
export function judgeFallback(judged: Judged): Verdict | undefined {
  const { clock, decision, deadline, year } = judged;
  const { fallback } = clock;
  if (fallback === undefined) { return undefined; }
  const zone = fallback.kind === 'local' ? 'the computer\'s own clock' : fallback.kind === 'fixed' ? offsetName(fallback.offset ?? 0) : fallback.kind === 'zone' ? cityOf(fallback.zone ?? '') : 'a guessed offset';
  const beginning = decision.condition.opaque === true ? undefined
    : beginningOf({ ...decision.condition, clock: fallback }, fallback, deadline.zone, deadline.latest, year);
  const begins = beginning?.shown ?? (decision.condition.opaque === true ? assumed(fallback, deadline, year) : undefined);
  const worst = begins === undefined ? undefined : latest(begins);
  const late = worst !== undefined && worst.minutes > deadline.latest && worst.minutes > deadline.minutes;
  const at = fallback.root;
  if (worst !== undefined && late) {
    const data = { ...baseData(judged, undefined, worst), zone, spans: spansText((begins ?? []).filter((shown) => shown.minutes === worst.minutes)), late: lateness(worst.minutes - deadline.minutes, deadline) };
    return verdict(judged, 'APX005', 'fallbackLate', data, breach(deadline, worst.minutes - deadline.minutes), at, { ...evidenceOf(judged, undefined, worst), minutesLate: String(Math.ceil(worst.minutes - deadline.minutes)) });
  }
  const first = (begins ?? []).reduce<Shown | undefined>((found, one) => (found === undefined || one.minutes < found.minutes ? one : found), undefined);
  if (fallback.kind !== 'local' && (first === undefined || first.minutes >= deadline.latest)) { return undefined; }
  const data = { ...baseData(judged, undefined, first), zone, early: first === undefined ? 'hours' : lengthText((beginning === undefined ? deadline.latest : beginning.start / 60) - first.minutes) };
  return verdict(judged, 'APX005', 'fallbackEarly', data, 'warning', at, { ...evidenceOf(judged, undefined, first), minutesLate: '0' });
}

/** A cut-off whose time is not known is taken to be the latest right one. */
function assumed(clock: WallClock, deadline: Deadline, year: number): readonly Shown[] | undefined {
  const known = timeClock(clock);
  return known === undefined ? undefined : seenMinutes(year, deadline.latest * 60, known, deadline.zone);
}
