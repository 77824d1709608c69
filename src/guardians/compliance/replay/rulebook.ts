/**
 * The rules of one account as a replay applies them: a pack read for a size, a phase and a vendor, in cents. What the pack does not
 * know is read as the strictest rule that it could stand for, and said in `assumed`.
 */
import type { AccountConfig, AccountLimits } from '../../../core/workspace/config.ts';
import { NEW_YORK } from '../../../core/time/zone.ts';
import { HOUSE_LIMITS } from '../accounts.ts';
import { centsOf, ratio, ratioOf, shareOf } from '../packs/money.ts';
import type { Ratio } from '../packs/money.ts';
import type { PackPhase } from '../packs/pack-phase.ts';
import { known, lossOf, phaseOf, tableSize } from '../packs/pack-reading.ts';
import type { Pack } from '../packs/pack-schema.ts';

/** Where the floor is, and what ends the account. */
export interface FloorRule {
  readonly kind: 'intraday-trailing' | 'eod-trailing' | 'closed-trailing' | 'static';
  readonly basis: 'equity' | 'balance';
  /** Cents below the high-water mark, or a share of it (the house's 10 %). */
  readonly allowance: { readonly cents: number } | { readonly ofPeak: Ratio };
  /** The floor does not rise above this, in cents; undefined where it never stops. */
  readonly lockAt?: number;
  /** Equity exactly on the floor ends the account. */
  readonly atFloor: boolean;
}

/** The largest loss of a day. */
export interface DailyLossRule {
  /** Cents, by the profit at the prior close: the last level that begins at or below it holds. */
  readonly levels: readonly { readonly fromProfit: number; readonly cents: number }[];
  readonly reference: 'day-start-balance' | 'day-start-equity' | 'higher-of-both';
  readonly basis: 'equity' | 'balance';
  readonly breach: 'pause' | 'fail';
  readonly resets: { readonly at: string; readonly zone: string };
}

/** The best day's largest share of profit. */
export interface ConsistencyRule {
  readonly percent: Ratio;
  readonly operator: 'below' | 'at-most';
  /** Of the net profit, or of this many cents. */
  readonly denominator: 'net-profit' | { readonly cents: number };
  readonly window: 'since-last-payout' | 'since-start';
  readonly breach: 'delays-payout' | 'fail';
}

/** How many contracts may be held at once, in minis. */
export interface ContractsRule {
  readonly levels: readonly { readonly fromProfit: number; readonly contracts: number }[];
  readonly microsPerMini: number;
  /** Half of it, rounded down, until a close first stands above this balance. */
  readonly halfUntil?: number;
}

/** By when everything is flat. */
export interface DeadlineRule {
  readonly time: string;
  readonly zone: string;
  readonly graceSeconds: number;
  /** An exchange's early closes bind earlier. */
  readonly earlyCloses: boolean;
}

/** How much an open trade may lose. */
export interface OpenLossRule {
  readonly percent: Ratio;
  /** Cents the share is taken of while the profit at the start of the day is not above `smallestUntil`. */
  readonly smallestBase: number;
  readonly smallestUntil: number;
  readonly raised?: { readonly percent: Ratio; readonly fromProfit: number };
}

/** What a payout asks for. */
export interface PayoutRule {
  readonly qualifyingDays: number;
  readonly qualifyingProfit?: number;
  readonly tradingDays?: number;
  readonly minimumBalance?: number;
  readonly minimum?: number;
  readonly caps?: readonly number[];
}

/** The rules of one account. */
export interface Rulebook {
  /** `apex-4.0-intraday`, or `house`. */
  readonly id: string;
  readonly title: string;
  readonly layer: 'firm' | 'house';
  readonly phase: AccountConfig['phase'];
  readonly sizeCents: number;
  readonly currency: string;
  readonly session: { readonly zone: string; readonly dayStart: string };
  /** The trade dates are those of an exchange, so its holidays belong to the day after. */
  readonly exchangeDays: boolean;
  readonly floor?: FloorRule;
  readonly dailyLoss?: DailyLossRule;
  readonly consistency?: ConsistencyRule;
  readonly contracts?: ContractsRule;
  readonly deadline?: DeadlineRule;
  readonly openLoss?: OpenLossRule;
  readonly payout?: PayoutRule;
  readonly target?: number;
  readonly minimumDays?: number;
  /** Sentences about what the pack does not know, and how it was read. */
  readonly assumed: readonly string[];
}

/** Whose rules: an account without its code and ledger. */
export type RuledAccount = Pick<AccountConfig, 'size' | 'phase' | 'vendor' | 'limits'>;

/** The rules of a pack for an account. */
export function rulebookOf(pack: Pack, account: RuledAccount): Rulebook {
  const assumed: string[] = [];
  const phase = phaseOf(pack, account.phase);
  if (pack.phases[account.phase] === undefined) { assumed.push(`The pack says nothing of the phase ${account.phase}; another phase's rules are used.`); }
  const base = { id: pack.id, title: pack.title, layer: 'firm', phase: account.phase, sizeCents: account.size * 100, currency: pack.currency, session: { zone: pack.session.zone, dayStart: pack.session.dayStart }, exchangeDays: pack.session.calendar !== null } as const;
  const deadline = deadlineOf(pack, assumed);
  if (phase === undefined) { return { ...base, ...(deadline === undefined ? {} : { deadline }), assumed }; }
  const row = tableSize(pack, phase, account.size);
  if (row !== account.size) { assumed.push(`${pack.title} does not sell the size ${String(account.size)}; the limits of ${String(row)} are used.`); }
  const at: Reading = { size: account.size, row: String(row), assumed };
  const rules = {
    floor: floorOf(phase, account, at), dailyLoss: dailyLossOf(phase, at), consistency: consistencyOf(phase, at), contracts: contractsOf(phase, at),
    deadline, openLoss: openLossOf(phase, at), payout: payoutOf(phase, at), target: phase.target === undefined ? undefined : lossOf(phase.target, account.size, row)?.cents,
    minimumDays: phase.minimumDays,
  };
  return { ...base, ...present(rules), assumed };
}

/** The mission's limits, for an account without a pack: 10 % below the high-water mark with open profit, flat by 16:59 New York, best day at most 30 %. */
export function houseRulebook(size: number): Rulebook {
  const { drawdown, consistency } = HOUSE_LIMITS;
  return {
    id: 'house', title: 'House limits; no account chosen', layer: 'house', phase: 'evaluation', sizeCents: size * 100, currency: 'USD', session: { zone: NEW_YORK, dayStart: '18:00' }, exchangeDays: true,
    floor: { kind: 'intraday-trailing', basis: 'equity', allowance: { ofPeak: percentage(drawdown?.percent ?? ratio(10, 1)) }, atFloor: false },
    consistency: { percent: consistency?.percent ?? ratio(30, 1), operator: 'at-most', denominator: 'net-profit', window: 'since-start', breach: 'delays-payout' },
    deadline: { time: '16:59', zone: NEW_YORK, graceSeconds: 0, earlyCloses: true },
    assumed: [],
  };
}

/** The stricter limits that a user wrote for an account, as rules of the house; undefined where there are none. */
export function ownRulebook(firm: Rulebook, limits: AccountLimits | undefined): Rulebook | undefined {
  if (limits === undefined) { return undefined; }
  const size = firm.sizeCents / 100;
  const drawdown = smallest(limits.maxDrawdown, limits.maxDrawdownPercent, size);
  const daily = smallest(limits.dailyLoss, limits.dailyLossPercent, size);
  const percent = limits.consistencyPercent === undefined ? undefined : ratioOf(limits.consistencyPercent);
  const rules = {
    floor: drawdown === undefined ? undefined : { kind: firm.floor?.kind ?? 'intraday-trailing', basis: firm.floor?.basis ?? 'equity', allowance: { cents: drawdown }, atFloor: true, ...present({ lockAt: lockOfOwn(firm, drawdown) }) } satisfies FloorRule,
    dailyLoss: daily === undefined ? undefined : { levels: [{ fromProfit: 0, cents: daily }], reference: 'day-start-balance', basis: 'equity', breach: 'pause', resets: { at: firm.session.dayStart, zone: firm.session.zone } } satisfies DailyLossRule,
    consistency: percent === undefined ? undefined : { percent, operator: 'at-most', denominator: 'net-profit', window: 'since-last-payout', breach: 'delays-payout' } satisfies ConsistencyRule,
    contracts: limits.maxContracts === undefined ? undefined : { levels: [{ fromProfit: 0, contracts: limits.maxContracts }], microsPerMini: firm.contracts?.microsPerMini ?? 10 } satisfies ContractsRule,
    deadline: limits.flatBy === undefined ? undefined : { time: limits.flatBy, zone: NEW_YORK, graceSeconds: 0, earlyCloses: true } satisfies DeadlineRule,
  };
  if (Object.values(rules).every((rule) => rule === undefined)) { return undefined; }
  const { phase, sizeCents, currency, session, exchangeDays } = firm;
  return { id: 'own', title: 'Your own limits', layer: 'house', phase, sizeCents, currency, session, exchangeDays, ...present(rules), assumed: [] };
}

// --------------------------------------------------------------- parts of a pack

interface Reading {
  readonly size: number;
  readonly row: string;
  readonly assumed: string[];
}

function floorOf({ drawdown }: PackPhase, account: RuledAccount, { size, row, assumed }: Reading): FloorRule | undefined {
  const allowance = lossOf(drawdown.amount, size, Number(row));
  if (allowance === undefined) {
    assumed.push('The drawdown allowed is not known: no floor is judged.');
    return undefined;
  }
  if (drawdown.kind === 'unknown') { assumed.push('What the floor follows is not known: it follows the highest live equity here.'); }
  if (drawdown.breach === 'unknown') { assumed.push('Whether equity exactly on the floor ends the account is not known: it does here.'); }
  return {
    kind: known(drawdown.kind, 'intraday-trailing'), basis: known(drawdown.basis, 'equity'), allowance: { cents: allowance.cents },
    atFloor: known(drawdown.breach, 'at-or-below') === 'at-or-below', ...present({ lockAt: lockOf(drawdown, account, { size, row, assumed }) }),
  };
}

function lockOf({ kind, lock }: PackPhase['drawdown'], account: RuledAccount, { size, row, assumed }: Reading): number | undefined {
  if (kind === 'static') { return undefined; }
  const one = typeof lock === 'object' && lock.kind === 'by-vendor' ? lock.vendors[account.vendor ?? ''] ?? lock.otherwise : lock;
  if (one === 'unknown') {
    assumed.push(`Where the floor stops is not known${typeof lock === 'object' ? ` for ${account.vendor ?? 'an account without a vendor'}` : ''}: it never stops here.`);
    return undefined;
  }
  if (one.kind === 'never') { return undefined; }
  return one.kind === 'floor' ? centsOf(one.floor.bySize[row] ?? '') : size * 100 + (centsOf(one.amount) ?? 0);
}

function dailyLossOf({ dailyLoss, contracts }: PackPhase, { size, row, assumed }: Reading): DailyLossRule | undefined {
  if (dailyLoss === 'unknown') { assumed.push('Whether there is a daily loss limit is not known: none is judged.'); }
  if (dailyLoss === null || dailyLoss === 'unknown') { return undefined; }
  const { amount, reference, basis, breach, resets } = dailyLoss;
  if (reference === 'unknown') { assumed.push('What the day’s loss is measured from is not known: from the higher of balance and equity at the day’s start here.'); }
  if (basis === 'unknown') { assumed.push('Whether open positions count in the day’s loss is not known: they do here.'); }
  const tiers = typeof amount === 'object' && 'tiers' in amount ? (typeof contracts === 'object' ? contracts?.tiersBySize?.[row] : undefined) ?? [] : undefined;
  const whole = tiers === undefined && !(typeof amount === 'object' && 'tiers' in amount) ? lossOf(amount, size, Number(row)) : undefined;
  const levels = tiers === undefined
    ? whole === undefined ? [] : [{ fromProfit: 0, cents: whole.cents }]
    : tiers.flatMap((tier) => (tier.dailyLoss === undefined ? [] : [{ fromProfit: centsOf(tier.fromProfit) ?? 0, cents: centsOf(tier.dailyLoss) ?? 0 }]));
  if (levels.length === 0) { assumed.push('The daily loss allowed is not known: none is judged.'); return undefined; }
  return { levels, reference: reference === 'unknown' ? 'higher-of-both' : reference, basis: known(basis, 'equity'), breach: known(breach, 'fail'), resets };
}

function consistencyOf({ consistency, target }: PackPhase, { size, row, assumed }: Reading): ConsistencyRule | undefined {
  if (consistency === 'unknown') { assumed.push('Whether there is a consistency rule is not known: none is judged.'); }
  if (consistency === null || consistency === 'unknown') { return undefined; }
  const percent = ratioOf(consistency.percent);
  if (percent === undefined) { return undefined; }
  if (consistency.operator === 'unknown') { assumed.push(`Whether a share of exactly ${consistency.percent} % passes is not known: it does not here.`); }
  if (consistency.window === 'unknown') { assumed.push('Since when the profit counts for consistency is not known: since the last payout here.'); }
  const goal = target === undefined ? undefined : lossOf(target, size, Number(row))?.cents;
  return {
    percent, operator: known(consistency.operator, 'below'), window: known(consistency.window, 'since-last-payout'), breach: known(consistency.breach, 'fail'),
    denominator: consistency.denominator === 'profit-target' && goal !== undefined ? { cents: goal } : 'net-profit',
  };
}

function contractsOf({ contracts }: PackPhase, { row, assumed }: Reading): ContractsRule | undefined {
  if (contracts === 'unknown') { assumed.push('How many contracts may be held is not known: none are counted.'); }
  if (contracts === null || contracts === 'unknown') { return undefined; }
  const flat = contracts.maxBySize?.[row];
  const levels = flat === undefined
    ? (contracts.tiersBySize?.[row] ?? []).flatMap((tier) => (tier.contracts === undefined ? [] : [{ fromProfit: centsOf(tier.fromProfit) ?? 0, contracts: tier.contracts }]))
    : [{ fromProfit: 0, contracts: flat }];
  const half = contracts.halfUntil?.bySize[row];
  return levels.length === 0 ? undefined : { levels, microsPerMini: contracts.microsPerMini, ...present({ halfUntil: half === undefined ? undefined : centsOf(half) }) };
}

function deadlineOf({ session }: Pack, assumed: string[]): DeadlineRule | undefined {
  if (session.flatBy === null || session.overnight === true) { return undefined; }
  const unknown = session.flatBy === 'unknown';
  if (unknown) { assumed.push('By when the account has to be flat is not known: by 16:59 New York here.'); }
  const time = unknown ? '16:59' : session.flatBy;
  return { time, zone: unknown ? NEW_YORK : session.zone, graceSeconds: session.graceSeconds, earlyCloses: session.calendar !== null };
}

function openLossOf({ openLoss, drawdown }: PackPhase, { size, row }: Reading): OpenLossRule | undefined {
  const percent = openLoss === undefined ? undefined : ratioOf(openLoss.percent);
  const base = lossOf(drawdown.amount, size, Number(row))?.cents;
  if (openLoss === undefined || percent === undefined || base === undefined) { return undefined; }
  const raised = openLoss.raised === undefined ? undefined : ratioOf(openLoss.raised.percent);
  return {
    percent, smallestBase: base, smallestUntil: centsOf(openLoss.smallestUntilProfitBySize[row] ?? '') ?? 0,
    ...present({ raised: raised === undefined ? undefined : { percent: raised, fromProfit: centsOf(openLoss.raised?.fromProfitBySize[row] ?? '') ?? 0 } }),
  };
}

function payoutOf({ payout }: PackPhase, { row }: Reading): PayoutRule | undefined {
  if (payout === undefined) { return undefined; }
  const cell = <T>(rows: Readonly<Record<string, T>> | 'unknown'): T | undefined => (rows === 'unknown' ? undefined : rows[row]);
  return {
    qualifyingDays: payout.qualifyingDays,
    ...present({
      tradingDays: payout.tradingDays, qualifyingProfit: centsOf(cell(payout.qualifyingProfitBySize) ?? ''), minimumBalance: centsOf(cell(payout.minimumBalanceBySize) ?? ''),
      minimum: payout.minimum === 'unknown' ? undefined : centsOf(payout.minimum), caps: cell(payout.capsBySize)?.flatMap((cap) => centsOf(cap) ?? []),
    }),
  };
}

// ------------------------------------------------------------------- small parts

/** The entries that are there. */
function present<T extends object>(entries: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as { readonly [K in keyof T]?: Exclude<T[K], undefined> };
}

/** Percent as a share of one. */
function percentage(percent: Ratio): Ratio {
  return ratio(percent.numerator, percent.denominator * 100);
}

/** Of money and percent of the size, both as written, the smaller in cents. */
function smallest(money: number | undefined, percent: number | undefined, size: number): number | undefined {
  const exact = [money === undefined ? undefined : centsOf(money), percent === undefined ? undefined : percentCents(percent, size)].filter((cents) => cents !== undefined);
  return exact.length === 0 ? undefined : Math.min(...exact);
}

function percentCents(percent: number, size: number): number | undefined {
  const exact = ratioOf(percent);
  return exact && shareOf(size, exact);
}

/** A user's own floor stops where the firm's does, higher by what it is stricter. */
function lockOfOwn(firm: Rulebook, cents: number): number | undefined {
  const { floor } = firm;
  if (floor?.lockAt === undefined || !('cents' in floor.allowance)) { return undefined; }
  return floor.lockAt + (floor.allowance.cents - cents);
}
