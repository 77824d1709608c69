/** Judges a limit of the best day's share against what the account pays out by, in exact percentages. */
import type { Fix, Severity } from '../../../core/findings/finding.ts';
import type { Span } from '../../../core/source/model.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { byConsistency, limitsFor } from '../accounts.ts';
import type { ConsistencyLimit, EffectiveLimits } from '../accounts.ts';
import { isAnotherFirms } from '../firms.ts';
import { roughly, times } from '../limits/amount.ts';
import { limitFix } from '../limits/limit-fix.ts';
import { phaseIn } from '../limits/phase-name.ts';
import type { Stated } from '../limits/stated.ts';
import { nameUnit } from '../limits/meaning.ts';
import type { Sized } from '../limits/unit.ts';
import { compareRatio, moneyText, percentText, ratio, shareOf } from '../packs/money.ts';
import type { Ratio } from '../packs/money.ts';
import { listPacks } from '../packs/packs.ts';
import { wordsOf } from '../words.ts';

/** Messages of APX008. */
export type ShareMessage = 'loose' | 'user' | 'house' | 'base' | 'baseHouse';

/** A best day that may be larger than the account allows. */
export interface ShareVerdict {
  readonly messageId: ShareMessage;
  readonly data: Readonly<Record<string, string>>;
  readonly severity: Severity;
  readonly at: Span;
  readonly layer: 'firm' | 'house';
  readonly account?: string;
  readonly related: readonly { readonly at: Span; readonly message: string }[];
  readonly fixes: readonly Fix[];
  readonly evidence: Readonly<Record<string, string>>;
}

/** The day of profit that messages reckon with, in cents. */
const DAY = 100_000;
/** A comment that makes the line a stage, or the share one of something else. */
const OTHER_COMMENT = /\b(?:warn(?:ing)?|alert|target|balance|equity|account size|optional|disabled)\b/i;

/** The verdict on a share, or undefined where it is as strict as the account or nobody knows what it means. */
export function judgeShare(stated: Stated, accounts: readonly AccountConfig[], text: string, path: string): ShareVerdict | undefined {
  const value = shareIn(stated);
  if (value === undefined || OTHER_COMMENT.test(stated.comment) || isAnotherFirms([...stated.about, stated.comment, path], accounts)) { return undefined; }
  const phase = phaseIn([...stated.outer, stated.name]);
  const meant = accounts.filter((account) => phase === undefined || (account.phase === 'evaluation') === (phase === 'evaluation'));
  if (accounts.length > 0 && meant.length === 0) { return undefined; }
  // The firm's own limit first: what it does not pay out for is the heavier matter.
  const checks = byConsistency(limitsFor(meant, listPacks()))
    .flatMap((of) => [...(of.consistency.firm === undefined ? [] : [{ of, limit: of.consistency.firm }]), { of, limit: of.consistency }])
    .sort((a, b) => Number(a.limit.layer === 'house') - Number(b.limit.layer === 'house'));
  const broken = checks.find(({ limit }) => compareRatio(value.percent, limit.percent) > 0);
  return broken === undefined ? undefined : verdictOn(stated, value, broken.of, broken.limit, text);
}

/** `0.3`, `30` and `30%` are one share. 1 and 100 are no limit but “off”, and whatever is larger is money. */
function shareIn({ amount, name }: Stated): (Sized & { readonly percent: Ratio }) | undefined {
  const value = roughly(amount.value);
  if (amount.unit === 'money' || nameUnit(name) === 'money' || nameUnit(name) === 'cents' || nameUnit(name) === 'points') { return undefined; }
  if (amount.unit !== 'percent' && value < 1) {
    const percent = times(amount.value, 100, 1);
    return percent === undefined ? undefined : { unit: 'fraction', percent, proof: 'size' };
  }
  return value > 1 && value < 100 ? { unit: 'percent', percent: amount.value, proof: amount.unit === 'percent' ? 'percent sign' : 'size' } : undefined;
}

function verdictOn(stated: Stated, value: Sized & { readonly percent: Ratio }, of: EffectiveLimits, limit: ConsistencyLimit, text: string): ShareVerdict {
  const fix = limitFix(stated, value, shareOf(100, limit.percent), 100, text);
  const messageId: ShareMessage = of.account === undefined ? 'house' : limit.layer === 'firm' ? 'loose' : 'user';
  return {
    messageId, severity: 'warning', at: stated.at, layer: limit.layer,
    data: {
      value: `${percentText(value.percent)} %`, bound: `${percentText(limit.percent)} %`, account: of.account ?? '', day: moneyText(DAY),
      counted: moneyText(profitFor(value.percent, 'at-most')), needed: moneyText(profitFor(limit.percent, limit.operator)), than: limit.operator === 'below' ? 'less than' : 'at most',
      fix: fix?.written ?? `${percentText(limit.percent)} %`,
    },
    related: stated.through === undefined ? [] : [{ at: stated.through, message: `used as ${stated.name}` }],
    fixes: fix === undefined ? [] : [fix.fix],
    evidence: { unit: value.unit, sharePercent: percentText(value.percent), allowedPercent: percentText(limit.percent), operator: limit.operator, ...(of.pack === undefined ? {} : { pack: of.pack.id }) },
    ...(of.account === undefined ? {} : { account: of.account }),
  };
}

/** Cents of profit beside which a day of `DAY` is small enough: the smallest that passes. */
function profitFor(percent: Ratio, operator: ConsistencyLimit['operator']): number {
  const exact = ratio(DAY * 100 * percent.denominator, percent.numerator);
  const whole = Math.floor(exact.numerator / exact.denominator);
  return exact.denominator === 1 && operator === 'at-most' ? whole : whole + 1;
}

/** Numbers that contradict each other: a table of plans, or of firms. Which of them is the account's nobody knows. */
export function isTable(all: readonly Stated[]): boolean {
  const shares = all.flatMap((stated) => { const share = shareIn(stated); return share === undefined ? [] : [`${share.percent.numerator}/${share.percent.denominator}`]; });
  return new Set(shares).size > 1 && new Set(all.map(({ name }) => wordsOf(name).join(' '))).size < all.length;
}
