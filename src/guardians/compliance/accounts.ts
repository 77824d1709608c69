/**
 * The limits that hold for an account: its firm's pack, with what the user wrote laid over it; or the house limits where
 * no account is chosen. What a pack does not know is read as the strictest rule it could stand for.
 */
import type { Layer } from '../../core/findings/finding.ts';
import type { AccountConfig, AccountLimits } from '../../core/workspace/config.ts';
import { minutesOf, timeOf } from '../../core/time/dates.ts';
import { deadlineInstant } from '../../core/time/session.ts';
import { NEW_YORK, wallTime } from '../../core/time/zone.ts';
import { centsOf, compareRatio, moneyText, percentText, ratio, ratioOf, shareOf } from './packs/money.ts';
import type { Ratio } from './packs/money.ts';
import type { PackPhase } from './packs/pack-phase.ts';
import { known, lossOf, packOf, phaseOf, tableSize } from './packs/pack-reading.ts';
import type { Pack } from './packs/pack-schema.ts';

/** Who set a limit. */
export type LimitSource = 'pack' | 'user' | 'house';

/** Where a limit comes from. Only what a firm's pack says is the `firm` layer; the user's own and the house's are `house`. */
export interface Origin {
  readonly from: LimitSource;
  readonly layer: Layer;
}

/** How much may be lost. */
export interface LossLimit extends Origin {
  /** In cents of the account's currency; absent where no size is known (house limits). */
  readonly cents?: number;
  /** The same in percent of the account's size, exact; of the high-water mark for the house limit. */
  readonly percent: Ratio;
}

/** The largest drawdown. */
export interface DrawdownLimit extends LossLimit {
  /** What the drawdown is measured from: the highest live equity, the highest close, the highest closed balance, the start. */
  readonly kind: 'intraday-trailing' | 'eod-trailing' | 'closed-trailing' | 'static';
  readonly basis: 'equity' | 'balance';
  /** `at-or-below`: equity on the floor ends the account. */
  readonly breach: 'at-or-below' | 'below';
  /** The pack's own limit, where the user wrote a stricter one. */
  readonly firm?: DrawdownLimit;
}

/** The largest loss of a day. */
export interface DailyLossLimit extends LossLimit {
  /** The largest the pack grants at any level of profit; equal to `cents` where it has no levels. */
  readonly highestCents?: number;
  /** Whether open positions count in the day's loss; absent where nobody says. */
  readonly basis?: 'equity' | 'balance';
  /** What reaching it does: no more trading today, or the account is lost. */
  readonly breach: 'pause' | 'fail';
  readonly resets?: { readonly at: string; readonly zone: string };
  readonly firm?: DailyLossLimit;
}

/** The best day's largest share of profit. */
export interface ConsistencyLimit extends Origin {
  readonly percent: Ratio;
  /** `below`: a share of exactly `percent` does not pass. */
  readonly operator: 'below' | 'at-most';
  /** What the share is one of; absent where nobody says. */
  readonly denominator?: 'net-profit' | 'profit-target';
  readonly firm?: ConsistencyLimit;
}

/** By when everything is flat. */
export interface DeadlineLimit extends Origin {
  /** `HH:MM` on the clocks of `zone`; exclusive. */
  readonly time: string;
  readonly zone: string;
  /** Seconds after it in which the firm itself closes what is left. */
  readonly graceSeconds: number;
  readonly firm?: DeadlineLimit;
}

/** How many contracts may be held, counted in minis. */
export interface ContractLimit extends Origin {
  /** At the lowest level. */
  readonly contracts: number;
  /** At the highest. */
  readonly highest: number;
  readonly microsPerMini: number;
  readonly firm?: ContractLimit;
}

/** A limit the user wrote that allows more than the pack: the pack's holds, and a rule reports the user's line. */
export interface LooserLimit {
  /** Key below `accounts[n].limits`. */
  readonly limit: keyof AccountLimits;
  readonly user: string;
  /** The pack's limit in the form of the user's: a time is New York's. */
  readonly pack: string;
}

/** Everything a rule asks about limits, for one account or for the house. A missing limit is a limit nobody set. */
export interface EffectiveLimits {
  /** Id of the account; absent for the house limits. */
  readonly account?: string;
  readonly pack?: Pack;
  readonly layer: Layer;
  /** How messages call it: `account apex-1`, `house limit; no account chosen`. */
  readonly label: string;
  /** Nominal size in cents. */
  readonly sizeCents?: number;
  readonly phase?: AccountConfig['phase'];
  readonly drawdown?: DrawdownLimit;
  readonly dailyLoss?: DailyLossLimit;
  readonly consistency?: ConsistencyLimit;
  /** Absent where positions may stay overnight and the user set no time: then nobody is told to flatten. */
  readonly deadline?: DeadlineLimit;
  readonly contracts?: ContractLimit;
  readonly overnight: boolean;
  /** Zone and time at which the trading day begins. */
  readonly zone: string;
  readonly dayStart: string;
  readonly looser: readonly LooserLimit[];
  /** What is wrong with the account itself, in one sentence: a size or pack that does not exist. */
  readonly problem?: string;
}

/** Warning is 80 % and danger 95 % of an allowance. */
export const WARNING_SHARE: Ratio = ratio(80, 100);
/** See `WARNING_SHARE`. */
export const DANGER_SHARE: Ratio = ratio(95, 100);

/** The house limits, in the words of the mission: 10 % trailing including open profit, flat by 16:59 New York, best day at most 30 %. */
export const HOUSE_LIMITS: EffectiveLimits = {
  layer: 'house',
  label: 'house limit; no account chosen',
  drawdown: { from: 'house', layer: 'house', percent: ratio(10, 1), kind: 'intraday-trailing', basis: 'equity', breach: 'at-or-below' },
  consistency: { from: 'house', layer: 'house', percent: ratio(30, 1), operator: 'at-most', denominator: 'net-profit' },
  deadline: { from: 'house', layer: 'house', time: '16:59', zone: NEW_YORK, graceSeconds: 0 },
  overnight: false,
  zone: NEW_YORK,
  dayStart: '18:00',
  looser: [],
};

/**
 * The limits of each account, in their order; the house limits alone where there is no account. An account whose pack
 * does not exist keeps the house limits under its own name and says so in `problem`.
 */
export function limitsFor(accounts: readonly AccountConfig[], packs: readonly Pack[]): readonly EffectiveLimits[] {
  return accounts.length === 0 ? [HOUSE_LIMITS] : accounts.map((account) => limitsOf(account, packs));
}

function limitsOf(account: AccountConfig, packs: readonly Pack[]): EffectiveLimits {
  const pack = packOf(account) ?? packs.find((candidate) => candidate.id === account.pack);
  const base = pack ? packLimits(account, pack) : {
    ...HOUSE_LIMITS, sizeCents: account.size * 100,
    problem: `Account ${account.id} names the pack "${account.pack}", which does not exist. Known are ${packs.map((known) => known.id).join(', ')}.`,
  };
  const looser: LooserLimit[] = [];
  return {
    ...base,
    account: account.id,
    label: `account ${account.id}`,
    phase: account.phase,
    ...overlay(base, account.limits ?? {}, account.size, looser),
    looser,
  };
}

function packLimits(account: AccountConfig, pack: Pack): EffectiveLimits {
  const phase = phaseOf(pack, account.phase);
  const origin: Origin = { from: 'pack', layer: 'firm' };
  const size = tableSize(pack, phase, account.size);
  const allowance = phase && lossOf(phase.drawdown.amount, account.size, size);
  const { session } = pack;
  const overnight = session.overnight === true;
  const flatBy = session.flatBy === 'unknown' ? HOUSE_LIMITS.deadline?.time : session.flatBy;
  const zone = session.flatBy === 'unknown' ? NEW_YORK : session.zone;
  const drawdown: DrawdownLimit | undefined = phase && allowance && {
    ...origin, ...allowance,
    kind: known(phase.drawdown.kind, 'intraday-trailing'),
    basis: known(phase.drawdown.basis, 'equity'),
    breach: known(phase.drawdown.breach, 'at-or-below'),
  };
  const dailyLoss = phase && packDailyLoss(phase, account.size, size, origin);
  const consistency = phase && packConsistency(phase, origin);
  const contracts = phase && packContracts(phase, size, origin);
  return {
    pack, layer: 'firm', label: '', looser: [], sizeCents: account.size * 100, overnight, zone: session.zone, dayStart: session.dayStart,
    ...(drawdown ? { drawdown } : {}),
    ...(dailyLoss ? { dailyLoss } : {}),
    ...(consistency ? { consistency } : {}),
    ...(contracts ? { contracts } : {}),
    ...(overnight || typeof flatBy !== 'string' ? {} : { deadline: { ...origin, time: flatBy, zone, graceSeconds: session.graceSeconds } }),
    ...(size === account.size ? {} : {
      problem: `Account ${account.id} has the size ${account.size}, which ${pack.id} does not have; it has ${pack.sizes.join(', ')}. Limits of ${size} are used.`,
    }),
  };
}

function packDailyLoss(phase: PackPhase, size: number, row: number, origin: Origin): DailyLossLimit | undefined {
  const rule = phase.dailyLoss;
  if (rule === null || rule === 'unknown') return undefined;
  const shape = { ...origin, basis: known(rule.basis, 'equity'), breach: known(rule.breach, 'fail'), resets: rule.resets };
  if (typeof rule.amount === 'object' && 'tiers' in rule.amount) {
    const tiers = typeof phase.contracts === 'object' ? phase.contracts?.tiersBySize?.[String(row)] : undefined;
    const amounts = (tiers ?? []).flatMap((tier) => centsOf(tier.dailyLoss ?? '') ?? []);
    if (amounts.length === 0) return undefined;
    const cents = Math.min(...amounts);
    return { ...shape, cents, highestCents: Math.max(...amounts), percent: ratio(cents, size) };
  }
  const loss = lossOf(rule.amount, size, row);
  return loss && { ...shape, ...loss, highestCents: loss.cents };
}

function packConsistency(phase: PackPhase, origin: Origin): ConsistencyLimit | undefined {
  const rule = phase.consistency;
  if (rule === null || rule === 'unknown') return undefined;
  const percent = ratioOf(rule.percent);
  return percent && { ...origin, percent, operator: known(rule.operator, 'below'), ...(rule.denominator === 'unknown' ? {} : { denominator: rule.denominator }) };
}

function packContracts(phase: PackPhase, row: number, origin: Origin): ContractLimit | undefined {
  const rule = phase.contracts;
  if (rule === null || rule === 'unknown') return undefined;
  const flat = rule.maxBySize?.[String(row)];
  const counts = (rule.tiersBySize?.[String(row)] ?? []).flatMap((tier) => tier.contracts ?? []);
  const all = flat === undefined ? counts : [flat];
  return all.length === 0 ? undefined : { ...origin, contracts: Math.min(...all), highest: Math.max(...all), microsPerMini: rule.microsPerMini };
}

/** What the user wrote, where it is the stricter; `looser` collects the rest. */
function overlay(base: EffectiveLimits, user: AccountLimits, size: number, looser: LooserLimit[]): Partial<EffectiveLimits> {
  const origin: Origin = { from: 'user', layer: 'house' };
  const drawdown = userLoss(base.drawdown, user, size, 'maxDrawdown', looser);
  const dailyLoss = userLoss(base.dailyLoss, user, size, 'dailyLoss', looser);
  const consistency = userConsistency(base.consistency, user.consistencyPercent, origin, looser);
  const deadline = userDeadline(base.deadline, user.flatBy, origin, looser);
  const contracts = userContracts(base.contracts, user.maxContracts, origin, looser);
  return {
    ...(drawdown ? {
      drawdown: {
        ...origin, ...drawdown,
        kind: base.drawdown?.kind ?? 'intraday-trailing', basis: base.drawdown?.basis ?? 'equity', breach: base.drawdown?.breach ?? 'at-or-below',
        ...firmOf(base.drawdown),
      },
    } : {}),
    ...(dailyLoss ? {
      dailyLoss: {
        ...origin, ...dailyLoss, highestCents: dailyLoss.cents, breach: base.dailyLoss?.breach ?? 'pause',
        ...(base.dailyLoss?.resets ? { resets: base.dailyLoss.resets } : {}),
        ...(base.dailyLoss?.basis ? { basis: base.dailyLoss.basis } : {}),
        ...firmOf(base.dailyLoss),
      },
    } : {}),
    ...(consistency ? { consistency } : {}),
    ...(deadline ? { deadline } : {}),
    ...(contracts ? { contracts } : {}),
  };
}

/** Keeps the pack's own limit beside the user's stricter one; a house limit that was replaced is gone. */
function firmOf<T extends Origin>(limit: T | undefined): { readonly firm?: T } {
  return limit?.from === 'pack' ? { firm: limit } : {};
}

/** A user's money or percent limit where it is stricter than what holds; of both written, the smaller. */
function userLoss(
  held: LossLimit & { readonly highestCents?: number } | undefined, user: AccountLimits, size: number,
  key: 'maxDrawdown' | 'dailyLoss', looser: LooserLimit[],
): { readonly cents: number; readonly percent: Ratio } | undefined {
  const bound = held?.from === 'pack' ? held.highestCents ?? held.cents : undefined;
  let best: { readonly cents: number; readonly percent: Ratio } | undefined;
  for (const name of [key, `${key}Percent`] as const) {
    const written = user[name];
    const exact = written === undefined ? undefined : ratioOf(written);
    if (exact === undefined) continue;
    const cents = name === key ? shareOf(100, exact) : shareOf(size, exact);
    const percent = name === key ? ratio(cents, size) : exact;
    if (bound !== undefined && cents > bound) {
      const pack = name === key ? moneyText(bound) : `${percentText(ratio(bound, size))} %`;
      looser.push({ limit: name, user: name === key ? moneyText(cents) : `${percentText(exact)} %`, pack });
    } else if (best === undefined || cents < best.cents) best = { cents, percent };
  }
  if (best === undefined || (held?.from === 'pack' && held.cents !== undefined && best.cents >= held.cents)) return undefined;
  return best;
}

function userConsistency(
  held: ConsistencyLimit | undefined, written: number | undefined, origin: Origin, looser: LooserLimit[],
): ConsistencyLimit | undefined {
  const percent = written === undefined ? undefined : ratioOf(written);
  if (percent === undefined) return undefined;
  const order = held?.from === 'pack' ? compareRatio(percent, held.percent) : -1;
  if (order > 0 && held) looser.push({ limit: 'consistencyPercent', user: `${percentText(percent)} %`, pack: `${percentText(held.percent)} %` });
  return order < 0 ? { ...origin, percent, operator: 'at-most', denominator: held?.denominator ?? 'net-profit', ...firmOf(held) } : undefined;
}

/** A user's time is New York's. It is compared with the pack's on one winter's day: the zones of our packs change together or are far apart. */
function userDeadline(
  held: DeadlineLimit | undefined, written: string | undefined, origin: Origin, looser: LooserLimit[],
): DeadlineLimit | undefined {
  if (written === undefined || minutesOf(written) === undefined) return undefined;
  const day = '2026-01-14';
  const bound = held && deadlineInstant(day, held.time, held.zone);
  const own = deadlineInstant(day, written);
  if (held?.from === 'pack' && bound !== undefined && own >= bound) {
    const shown = wallTime(bound, NEW_YORK);
    if (own > bound) looser.push({ limit: 'flatBy', user: written, pack: timeOf(shown.hour * 60 + shown.minute) });
    return undefined;
  }
  return { ...origin, time: written, zone: NEW_YORK, graceSeconds: 0, ...firmOf(held) };
}

function userContracts(
  held: ContractLimit | undefined, written: number | undefined, origin: Origin, looser: LooserLimit[],
): ContractLimit | undefined {
  if (written === undefined) return undefined;
  if (held && written > held.highest) {
    looser.push({ limit: 'maxContracts', user: String(written), pack: String(held.highest) });
    return undefined;
  }
  if (held && written >= held.contracts) return undefined;
  return { ...origin, contracts: written, highest: written, microsPerMini: held?.microsPerMini ?? 10, ...firmOf(held) };
}

/** The account with the smallest drawdown allowance: the one a file under several accounts is held to. */
export function strictestDrawdown(limits: readonly EffectiveLimits[]): EffectiveLimits | undefined {
  return strictest(limits, (limit) => limit.drawdown && [limit.drawdown.cents ?? Number.MAX_SAFE_INTEGER, limit.drawdown.percent]);
}

/** The account with the smallest daily loss. */
export function strictestDailyLoss(limits: readonly EffectiveLimits[]): EffectiveLimits | undefined {
  return strictest(limits, (limit) => limit.dailyLoss && [limit.dailyLoss.cents ?? Number.MAX_SAFE_INTEGER, limit.dailyLoss.percent]);
}

/** The accounts with a limit for the best day, the strictest first; of equal shares, the one that an exact share does not pass. */
export function byConsistency(limits: readonly EffectiveLimits[]): readonly (EffectiveLimits & { readonly consistency: ConsistencyLimit })[] {
  const held = limits.flatMap((limit) => (limit.consistency === undefined ? [] : [{ ...limit, consistency: limit.consistency }]));
  return held.sort((a, b) => compareRatio(a.consistency.percent, b.consistency.percent) || Number(a.consistency.operator === 'at-most') - Number(b.consistency.operator === 'at-most'));
}

/** The account that has to be flat first; undefined where none has to be. */
export function strictestDeadline(limits: readonly EffectiveLimits[]): EffectiveLimits | undefined {
  return strictest(limits, (limit) => limit.deadline && [deadlineInstant('2026-01-14', limit.deadline.time, limit.deadline.zone), ratio(0, 1)]);
}

/** The smallest by the first number, then by the fraction; the first of equals. */
function strictest(
  limits: readonly EffectiveLimits[], measure: (limit: EffectiveLimits) => readonly [number, Ratio] | undefined,
): EffectiveLimits | undefined {
  let best: { readonly limit: EffectiveLimits; readonly size: readonly [number, Ratio] } | undefined;
  for (const limit of limits) {
    const size = measure(limit);
    if (!size) continue;
    const order = best ? size[0] - best.size[0] || compareRatio(size[1], best.size[1]) : -1;
    if (order < 0) best = { limit, size };
  }
  return best?.limit;
}
