/** Judges a border between days of money by where the account's trading day begins: APX017. */
import type { Layer, Severity } from '../../../core/findings/finding.ts';
import type { SourceModel, Span } from '../../../core/source/model.ts';
import { minutesOf } from '../../../core/time/dates.ts';
import { isScript } from '../../../core/source/languages.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { limitsFor } from '../accounts.ts';
import type { EffectiveLimits } from '../accounts.ts';
import type { WallClock } from '../clock/value.ts';
import { offsetName } from '../clock/zones.ts';
import { seenMinutes, timeClock } from '../deadline/seen.ts';
import type { Shown } from '../deadline/seen.ts';
import { cityOf, zoneText } from '../deadline/wording.ts';
import { listPacks } from '../packs/packs.ts';
import { PAST } from '../flatten/programs.ts';
import { Borders } from './borders.ts';
import type { Border } from './borders.ts';

/** Messages of APX017. */
export type BorderMessage = 'shifted' | 'zone' | 'history';

/** One thing to report. */
export interface BorderVerdict {
  readonly messageId: BorderMessage;
  readonly data: Readonly<Record<string, string>>;
  readonly severity: Severity;
  readonly at: Span;
  readonly layer: Layer;
  readonly account?: string;
  readonly related: readonly { readonly at: Span; readonly message: string }[];
  readonly evidence: Readonly<Record<string, string>>;
}

/** Where a trading day begins. */
interface DayStart {
  readonly minutes: number;
  readonly text: string;
  readonly zone: string;
  readonly of: EffectiveLimits;
}

/** The verdicts on a file, one a border. */
export function judgeBorders(model: SourceModel, accounts: readonly AccountConfig[], year: number): readonly BorderVerdict[] {
  if (PAST.test(model.path)) { return []; }
  const starts = limitsFor(accounts, listPacks()).flatMap(dayStartOf);
  if (starts.length === 0) { return []; }
  const told: { readonly verdict: BorderVerdict; readonly border: Border }[] = [];
  const same = (one: Border, other: Border): boolean => one.reset.name === other.reset.name && one.clock?.kind === other.clock?.kind && one.clock?.zone === other.clock?.zone;
  for (const border of new Borders(model).find()) {
    const verdict = worst(model, border, starts, year);
    if (verdict === undefined) { continue; }
    // One counter, one finding: what else sets it back is pointed at.
    const first = told.findIndex((one) => same(one.border, border));
    const known = told[first];
    if (known === undefined) { told.push({ verdict, border }); continue; }
    told[first] = { ...known, verdict: { ...known.verdict, related: [...known.verdict.related, { at: border.at, message: 'the same here' }].slice(0, MOST_RELATED) } };
  }
  return told.map(({ verdict }) => verdict);
}

const MOST_RELATED = 5;

function worst(model: SourceModel, border: Border, starts: readonly DayStart[], year: number): BorderVerdict | undefined {

  for (const start of starts) {
    const verdict = judge(model, border, start, year);
    if (verdict !== undefined) { return verdict; }
  }
  return undefined;
}

/** When the firm sets the day's loss back, which its pack may say apart from the session. */
function dayStartOf(of: EffectiveLimits): readonly DayStart[] {
  const { at, zone } = of.dailyLoss?.resets ?? { at: of.dayStart, zone: of.zone };
  const minutes = minutesOf(at);
  return minutes === undefined ? [] : [{ minutes, text: at, zone, of }];
}

function judge(model: SourceModel, border: Border, start: DayStart, year: number): BorderVerdict | undefined {
  const { clock } = border;
  const known = clock === undefined ? undefined : timeClock(clock);
  // Hours added to UTC are meant to move the border.
  if (clock?.how === 'offset' && (clock.offset ?? 0) > 0) { return undefined; }
  const atMidnight = start.minutes === 0;
  if (known !== undefined && isMostly(seenMinutes(year, 0, known, start.zone), start.minutes)) { return undefined; }
  // A day that begins at midnight does so on a clock nobody here can read, or on this computer's: who knows which it is.
  if (atMidnight && (clock === undefined || clock.kind === 'local')) { return undefined; }
  const { account } = start.of;
  const severity: Severity = account === undefined || (atMidnight && clock?.kind === 'server') ? 'info' : 'warning';
  const hours = 24 - start.minutes / 60;
  return {
    messageId: atMidnight ? 'zone' : border.counts === true ? 'history' : 'shifted', severity, at: border.at, layer: start.of.layer,
    data: {
      name: border.reset.name.slice(0, 30), midnight: midnightOf(clock), start: `${start.text} ${zoneText(start.zone)}`, who: account === undefined ? ' (house limit; no account chosen)' : ` for account ${account}`,
      fix: fixFor(model, start.zone, hours), city: cityOf(start.zone),
    },
    related: [{ at: border.reset.at, message: border.counts === true ? 'counts the day' : 'set back here' }],
    evidence: { dayStart: `${start.text} ${start.zone}`, border: midnightOf(clock) },
    ...(account === undefined ? {} : { account }),
  };
}

/** Is it that time on nearly all days? Midnight in Paris is 18:00 in New York but for the weeks between their changes of the clock: somebody chose it. */
function isMostly(shown: readonly Shown[], minutes: number): boolean {
  const days = (one: Shown): number => (Date.parse(one.to) - Date.parse(one.from)) / 86_400_000 + 1;
  const right = shown.filter((one) => one.minutes === minutes).reduce((sum, one) => sum + days(one), 0);
  return right >= 0.85 * shown.reduce((sum, one) => sum + days(one), 0);
}

function fixFor(model: SourceModel, zone: string, hours: number): string {
  const time = zoneText(zone);
  if (model.language === 'mql5') { return `${time} + ${hours} * 3600`; }
  return isScript(model.language) ? `${time} + ${hours} h` : `${time} + timedelta(hours=${hours})`;
}

/** `midnight UTC`, `the broker's midnight`. */
function midnightOf(clock: WallClock | undefined): string {
  if (clock === undefined) { return 'midnight'; }
  switch (clock.kind) {
    case 'zone': return `midnight in ${cityOf(clock.zone ?? '')}`;
    case 'fixed': return `midnight ${offsetName(clock.offset ?? 0)}`;
    case 'guessed': return 'midnight of a guessed offset';
    case 'local': return 'this computer\'s midnight';
    case 'server': return 'the broker\'s midnight';
  }
}
