/** Judges a limit against what its account allows, in exact cents and exact percentages. */
import type { Fix, Severity } from '../../../core/findings/finding.ts';
import type { Span } from '../../../core/source/model.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { limitsFor, strictestDailyLoss, strictestDrawdown } from '../accounts.ts';
import { isAnotherFirms } from '../firms.ts';
import type { DailyLossLimit, DrawdownLimit, EffectiveLimits } from '../accounts.ts';
import { compareRatio, moneyText, percentText, ratio, shareOf } from '../packs/money.ts';
import type { Ratio } from '../packs/money.ts';
import { listPacks } from '../packs/packs.ts';
import { times } from './amount.ts';
import type { LimitCandidate } from './candidate.ts';
import { limitFix } from './limit-fix.ts';
import { sized } from './unit.ts';
import type { Sized } from './unit.ts';

/** Messages of APX001. */
export type LimitMessage = 'percent' | 'money' | 'dailyPercent' | 'dailyMoney' | 'dailyBeyond' | 'otherSize' | 'user' | 'house' | 'houseMoney' | 'policy';

/** A limit looser than its account allows. */
export interface LimitVerdict {
  readonly messageId: LimitMessage;
  readonly data: Readonly<Record<string, string>>;
  readonly severity: Severity;
  readonly at: Span;
  readonly layer: 'firm' | 'house';
  readonly account?: string;
  readonly related: readonly { readonly at: Span; readonly message: string }[];
  readonly fixes: readonly Fix[];
  readonly evidence: Readonly<Record<string, string>>;
}

/** The allowance a limit is measured by: of the account, or of the size that stands beside the limit. */
interface Allowance {
  readonly limits: EffectiveLimits;
  readonly cents: number;
  /** Size in whole units whose percentage is meant. */
  readonly size: number;
  readonly layer: 'firm' | 'house';
  readonly from: 'pack' | 'user' | 'house';
  /** A daily limit measured by the drawdown, because the account has no daily one or a larger one. */
  readonly beyond: boolean;
  readonly pause: boolean;
}

/** The verdict on a limit, or undefined where it is as strict as the account or its unit is in doubt. */
export function judgeLimit(limit: LimitCandidate, accounts: readonly AccountConfig[], text: string, path: string): LimitVerdict | undefined {
  const verdict = verdictOn(limit, accounts, text, path);
  // A pause protects the account as little as it says, and nobody took it for the account's limit.
  return verdict === undefined || limit.pause !== true ? verdict : { ...verdict, severity: 'info' };
}

/** The limit without a size that none of the firms sells: a back-test's capital, or the whole of another broker's account. */
function ofThisFirm(limit: LimitCandidate, accounts: readonly AccountConfig[]): LimitCandidate {
  const stated = limit.size?.size;
  if (stated === undefined || accounts.length === 0 || accounts.some((account) => account.size === stated)) { return limit; }
  if (listPacks().some((pack) => pack.sizes.includes(stated) && accounts.some((account) => account.pack === pack.id))) { return limit; }
  const { size: _, ...rest } = limit;
  return rest;
}

function verdictOn(candidate: LimitCandidate, accounts: readonly AccountConfig[], text: string, path: string): LimitVerdict | undefined {
  const limit = ofThisFirm(candidate, accounts);
  const value = isAnotherFirms([...limit.about, limit.comment, path], accounts) ? undefined : sized(limit, accounts.length > 0);
  if (value === undefined) { return undefined; }
  const limits = limitsFor(meant(limit, accounts), listPacks());
  const strictest = limit.kind === 'drawdown' ? strictestDrawdown(limits) : strictestDailyLoss(limits) ?? strictestDrawdown(limits);
  const overall = strictestDrawdown(limits);
  if (strictest === undefined || overall === undefined) { return undefined; }
  if (overall.sizeCents === undefined) { return houseVerdict(limit, value, overall, text); }
  const checks = allowances(limit, strictest, overall);
  for (const allowance of checks) {
    const verdict = accountVerdict(limit, value, allowance, text);
    if (verdict !== undefined) { return verdict; }
  }
  return undefined;
}

/**
 * The accounts a limit speaks of. A size beside it picks the account of that size; where the file lists several sizes,
 * each limit is judged by the size it stands with.
 */
function meant(limit: LimitCandidate, accounts: readonly AccountConfig[]): readonly AccountConfig[] {
  const stated = limit.size?.size;
  if (stated === undefined || accounts.length === 0) { return accounts; }
  const same = accounts.filter((account) => account.size === stated);
  if (same.length > 0) { return same; }
  return limit.severalSizes ? accounts.map((account) => ({ ...account, size: stated })) : accounts;
}

/** What to compare with, the firm's own allowance first: its breach is the heavier one. */
function allowances(limit: LimitCandidate, of: EffectiveLimits, overall: EffectiveLimits): readonly Allowance[] {
  const size = Math.round((of.sizeCents ?? 0) / 100);
  const whole = layers(overall.drawdown).map((drawdown) => allowance(overall, drawdown, Math.round((overall.sizeCents ?? 0) / 100), limit.kind === 'dailyLoss', false));
  if (limit.kind === 'drawdown') { return whole.flatMap((one) => one ?? []); }
  const daily = layers(of.dailyLoss).map((loss) => allowance(of, { ...loss, cents: loss.highestCents ?? loss.cents }, size, false, loss.breach === 'pause'));
  // The largest level of a daily limit can exceed the drawdown: then the drawdown ends the account first.
  return [...daily, ...whole].flatMap((one) => one ?? []).sort((a, b) => Number(a.layer === 'house') - Number(b.layer === 'house') || a.cents - b.cents);
}

function layers<T extends DrawdownLimit | DailyLossLimit>(limit: T | undefined): readonly T[] {
  return limit === undefined ? [] : limit.firm === undefined ? [limit] : [limit.firm as T, limit];
}

function allowance(limits: EffectiveLimits, loss: { readonly cents?: number | undefined; readonly percent: Ratio; readonly layer: 'firm' | 'house'; readonly from: 'pack' | 'user' | 'house' }, size: number, beyond: boolean, pause: boolean): Allowance | undefined {
  const cents = loss.cents ?? (size > 0 ? shareOf(size, loss.percent) : undefined);
  return cents === undefined ? undefined : { limits, cents, size, layer: loss.layer, from: loss.from, beyond, pause };
}

/** Cents of a limit: exact where they are whole, else rounded up, which is its looser side. */
function centsOf(value: Sized, size: number): number | undefined {
  const exact = value.unit === 'money' ? times(value.units, 100, 1) : times(value.percent, size, 1);
  return exact === undefined ? undefined : Math.ceil(exact.numerator / exact.denominator);
}

function accountVerdict(limit: LimitCandidate, value: Sized, allowed: Allowance, text: string): LimitVerdict | undefined {
  const stated = limit.size?.size;
  // A size other than the account's: the reading that loses more is the one that ends the account.
  const size = value.unit === 'money' || stated === undefined ? allowed.size : Math.max(stated, allowed.size);
  const cents = centsOf(value, size);
  if (cents === undefined || cents <= allowed.cents) { return undefined; }
  if (value.unit === 'money' && cents > allowed.size * 60) { return undefined; }
  const foreign = size !== allowed.size;
  const fix = limitFix(limit, value, allowed.cents, size, text);
  const data = {
    value: valueText(value), size: moneyText(size * 100), money: moneyText(cents), allowance: moneyText(allowed.cents), account: allowed.limits.account ?? '',
    percent: percentText(ratio(allowed.cents, allowed.size)), accountSize: moneyText(allowed.size * 100), what: allowed.pause ? 'pauses' : 'ends',
    whole: percentText(ratio(cents, size)), fix: fix?.written ?? (value.unit === 'money' ? moneyText(allowed.cents) : `${percentText(ratio(Math.floor((allowed.cents * 100) / size), 100))} %`),
  };
  const house = allowed.layer === 'house';
  return {
    messageId: house ? 'user' : messageOf(limit, value, allowed, foreign), data, severity: house ? 'warning' : 'error', at: limit.at, layer: allowed.layer,
    related: relatedOf(limit, foreign), fixes: fix === undefined ? [] : [fix.fix],
    evidence: {
      unit: value.unit, proof: value.proof, allowanceCents: String(allowed.cents), limitCents: String(cents), size: String(size), kind: limit.kind,
      ...(allowed.limits.pack === undefined ? {} : { pack: allowed.limits.pack.id }),
    },
    ...(allowed.limits.account === undefined ? {} : { account: allowed.limits.account }),
  };
}

function messageOf(limit: LimitCandidate, value: Sized, allowed: Allowance, foreign: boolean): LimitMessage {
  if (allowed.beyond) { return 'dailyBeyond'; }
  if (limit.kind === 'dailyLoss') { return value.unit === 'money' ? 'dailyMoney' : 'dailyPercent'; }
  return value.unit === 'money' ? 'money' : foreign ? 'otherSize' : 'percent';
}

/** `10 %` of percentages, money as money. */
function valueText(value: Sized): string {
  return value.unit === 'money' ? moneyText(Math.round((value.units.numerator * 100) / value.units.denominator)) : `${percentText(value.percent)} %`;
}

function relatedOf(limit: LimitCandidate, foreign: boolean): LimitVerdict['related'] {
  return [
    ...(limit.through === undefined ? [] : [{ at: limit.through, message: `used as ${limit.name}` }]),
    ...(foreign && limit.size !== undefined ? [{ at: limit.size.at, message: 'the size this file states' }] : []),
  ];
}

/** No account: the house's percentage, as a warning. A sum of money counts where the file states the size it belongs to. */
function houseVerdict(limit: LimitCandidate, value: Sized, house: EffectiveLimits, text: string): LimitVerdict | undefined {
  const bound = house.drawdown?.percent;
  const stated = limit.size?.size;
  if (bound === undefined || (value.unit === 'money' && stated === undefined)) { return undefined; }
  const percent = value.unit === 'money' ? times(value.units, 100, stated ?? 1) : value.percent;
  if (percent === undefined || compareRatio(percent, bound) <= 0 || compareRatio(percent, ratio(100, 1)) > 0) { return undefined; }
  if (value.unit === 'money' && compareRatio(percent, ratio(60, 1)) > 0) { return undefined; }
  const size = stated ?? 0;
  const fix = limitFix(limit, value, shareOf(size === 0 ? 100 : size, bound), size === 0 ? 100 : size, text);
  const data = {
    value: valueText(value), percent: percentText(percent), bound: percentText(bound), size: moneyText(size * 100), fix: fix?.written ?? `${percentText(bound)} %`,
    what: limit.kind === 'dailyLoss' ? 'a day ' : '',
  };
  return {
    messageId: value.unit === 'money' ? 'houseMoney' : 'house', data, severity: 'warning', at: limit.at, layer: 'house', related: relatedOf(limit, false),
    fixes: fix === undefined ? [] : [fix.fix],
    evidence: { unit: value.unit, proof: value.proof, allowancePercent: percentText(bound), limitPercent: percentText(percent), kind: limit.kind },
  };
}
