/** Judges a cut-off that is in time on ordinary days by the exchange's early closes: APX020. */
import { addDays } from '../../../core/time/dates.ts';
import type { IsoDate } from '../../../core/time/dates.ts';
import { NEW_YORK } from '../../../core/time/zone.ts';
import { productOf } from '../../../core/time/products.ts';
import type { Layer, Severity } from '../../../core/findings/finding.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import type { SourceModel, Span } from '../../../core/source/model.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { limitsFor } from '../accounts.ts';
import type { Decision } from '../clock/decisions.ts';
import { newYork } from '../clock/zones.ts';
import { isAnotherFirms } from '../firms.ts';
import { listPacks } from '../packs/packs.ts';
import { cutoffsOf, mayHoldCutoffs, settingsFor } from './cutoffs.ts';
import { dayText, firstMissed, reopenText, stopsText } from './early-close.ts';
import type { Missed } from './early-close.ts';
import { deadlineVerdicts } from './family.ts';
import type { FamilyInput } from './family.ts';
import { overlaps } from './fixes.ts';
import { scheduleOf } from './held-products.ts';
import { closesInTime, SAME_CLOSE } from './judge.ts';
import { placeOf } from './judged.ts';
import { proofEvidence, proofOf, proofText } from './proof.ts';
import type { ResolvedCutoff, Schedule } from './proof.ts';
import { beginningOf, seenMinutes } from './seen.ts';
import type { TimeSetting } from './settings.ts';
import { deadlinesOf } from './verdict.ts';
import type { Deadline } from './verdict.ts';
import { clockText, zoneText } from './wording.ts';

/** Messages of APX020. */
export type HalfDayMessage = 'early' | 'regular' | 'unnamed';

/** One thing to report. */
export interface HalfDayVerdict {
  readonly messageId: HalfDayMessage;
  readonly data: Readonly<Record<string, string>>;
  readonly severity: Severity;
  readonly at: Span;
  readonly layer: Layer;
  readonly account?: string;
  readonly related: readonly { readonly at: Span; readonly message: string }[];
  readonly evidence: Readonly<Record<string, string>>;
}

/** Days before a close that is missed from which on it is an error. */
const URGENT_DAYS = 7;

/** An account that has to be flat, with the days its products trade. */
interface Held {
  readonly deadline: Deadline;
  readonly schedule: Schedule;
  /** No product is known: one is taken that stands for all American futures. */
  readonly assumed: boolean;
}

/** A cut-off that is in time on ordinary days. */
interface Timely extends ResolvedCutoff {
  readonly at: Span;
  readonly action?: Span;
  /** Cut-offs of one function stand in for each other. */
  readonly within?: unknown;
}

/** The finding of a file: every cut-off in it has one root, that nobody looks at the exchange's calendar. At most one is given. */
export function halfDayVerdicts(input: FamilyInput): readonly HalfDayVerdict[] {
  const { model, accounts } = input;
  if (!mayHoldCutoffs(model)) { return []; }
  const found = heldAccounts(accounts, input.bufferMinutes).flatMap((held): readonly Found[] => {
    // MetaTrader trades no futures: without products nothing is known of its hours.
    if (held.assumed && model.language === 'mql5') { return []; }
    const timely = withoutFamily(timelyCutoffs(model, held.deadline, Number(input.asOf.slice(0, 4)), accounts), input);
    const missed = timely.map((cutoff) => ({ cutoff, missed: firstMissed(cutoff, held.schedule, input.asOf) }));
    const covered = new Set<unknown>(missed.flatMap((one) => (one.missed === undefined && one.cutoff.within !== undefined ? [one.cutoff.within] : [])));
    const [first, ...others] = missed.flatMap((one) => (one.missed === undefined || covered.has(one.cutoff.within) ? [] : [{ ...one, missed: one.missed }]));
    return first === undefined ? [] : [{ ...first, held, others: others.map((other) => other.cutoff.at) }];
  });
  const [soonest] = [...found].sort((a, b) => a.missed.date.localeCompare(b.missed.date));
  return soonest === undefined ? [] : [verdictOf(soonest, input.asOf)];
}

interface Found {
  readonly cutoff: Timely;
  readonly missed: Missed;
  readonly held: Held;
  readonly others: readonly Span[];
}

/** Stands for the American futures where no account says what is traded. */
const USUAL = productOf('ES');

/** Accounts that may hold nothing overnight, by the firm's deadline before the user's own. */
function heldAccounts(accounts: readonly AccountConfig[], bufferMinutes: number): readonly Held[] {
  return limitsFor(accounts, listPacks()).flatMap((limits): readonly Held[] => {
    const [deadline] = limits.overnight ? [] : deadlinesOf(limits, bufferMinutes, accounts);
    if (deadline === undefined) { return []; }
    const schedule = scheduleOf(deadline.held, deadline);
    const assumed = schedule.products.length === 0;
    return [{ deadline, assumed, schedule: assumed && USUAL !== undefined ? { ...schedule, products: [USUAL] } : schedule }];
  });
}

function timelyCutoffs(model: SourceModel, deadline: Deadline, year: number, accounts: readonly AccountConfig[]): readonly Timely[] {
  const code = holdsCode(model) ? cutoffsOf(model) : undefined;
  const decisions = (code?.decisions ?? []).flatMap((decision) => timelyDecision(decision, deadline, year));
  const settings = [...(code?.settings ?? []), ...settingsFor(model)].filter((setting) => !isAnotherFirms([...setting.about, model.path], accounts));
  return [...decisions, ...settings.flatMap((setting) => timelySetting(setting, deadline, year))].sort((a, b) => a.at.start - b.at.start);
}

function timelyDecision(decision: Decision, deadline: Deadline, year: number): readonly Timely[] {
  const { condition, action, site } = decision;
  if (condition.clock === undefined || !closesInTime(decision, deadline, year)) { return []; }
  const beginning = beginningOf(condition, condition.clock, deadline.zone, deadline.latest, year);
  return beginning === undefined ? [] : [{
    condition, clock: condition.clock, start: beginning.start, at: placeOf(decision),
    ...(action === undefined ? {} : { action }), ...(site.function === undefined ? {} : { within: site.function }),
  }];
}

/** A named time on a zone's clock. Without a zone it is New York's where that makes it the last hour before the deadline. */
function timelySetting(setting: TimeSetting, deadline: Deadline, year: number): readonly Timely[] {
  if (setting.meaning !== 'flat' || (setting.clock === undefined ? setting.zoned === true : setting.clock.kind !== 'zone')) { return []; }
  const clock = setting.clock ?? newYork(setting.at);
  const shown = seenMinutes(year, setting.second, { zone: clock.zone ?? deadline.zone }, deadline.zone);
  const early = deadline.latest - Math.max(...shown.map(({ minutes }) => minutes));
  if (early < 0 || early > (setting.clock === undefined ? 60 : SAME_CLOSE)) { return []; }
  return [{
    clock, start: setting.second, at: setting.at,
    condition: { kind: 'scalar', unit: 'boolean', clock, dated: false, origins: [setting.at], names: [setting.name], at: (moment) => moment.second >= setting.second },
  }];
}

/** Without the cut-offs that APX004 or APX005 has something to say about. */
function withoutFamily(cutoffs: readonly Timely[], input: FamilyInput): readonly Timely[] {
  if (cutoffs.length === 0) { return []; }
  const said = deadlineVerdicts(input).flatMap(({ at, related }) => [at, ...related.map((one) => one.at)]);
  return cutoffs.filter(({ at }) => !said.some((other) => overlaps(other, at)));
}

function verdictOf({ cutoff, missed, held, others }: Found, asOf: IsoDate): HalfDayVerdict {
  const { deadline, schedule, assumed } = held;
  const messageId = assumed ? 'unnamed' : missed.stops.some(({ flat }) => flat.early) ? 'early' : 'regular';
  const own = cutoff.clock.zone ?? NEW_YORK;
  const proof = assumed ? undefined : proofOf(cutoff, schedule, Number(missed.date.slice(0, 4)));
  const sure = missed.stops.some(({ flat }) => flat.said !== 'pattern');
  const urgent = sure && deadline.layer === 'firm' && missed.date <= addDays(asOf, URGENT_DAYS);
  return {
    messageId, at: cutoff.at, layer: deadline.layer, severity: assumed ? 'info' : urgent ? 'error' : 'warning',
    data: {
      day: dayText(missed.date), stops: stopsText(missed.stops, own), reopens: reopenText(missed), who: deadline.who,
      time: own === NEW_YORK ? clockText(cutoff.start) : `${clockText(cutoff.start)} ${zoneText(own)}`, proof: proof === undefined ? '' : ` F${proofText(proof).slice(1)}.`,
    },
    related: [
      ...(cutoff.action === undefined || overlaps(cutoff.action, cutoff.at) ? [] : [{ at: cutoff.action, message: 'closes positions' }]),
      ...others.slice(0, MOST_OTHERS).map((at) => ({ at, message: 'the same here' })),
    ],
    evidence: {
      zone: own, cutoff: clockText(cutoff.start), deadline: `${deadline.text} ${deadline.zone}`, date: missed.date, products: missed.stops.map(({ product }) => product.root).join(' '),
      close: new Date(Math.min(...missed.stops.map(({ flat }) => flat.instant))).toISOString(), said: sure ? missed.stops.find(({ flat }) => flat.said !== 'pattern')?.flat.said ?? '' : 'pattern',
      ...proofEvidence(proof),
    },
    ...(deadline.account === undefined ? {} : { account: deadline.account }),
  };
}

/** Most other cut-offs of the file that are pointed at. */
const MOST_OTHERS = 5;
