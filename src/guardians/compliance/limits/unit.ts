/** Percent, fraction or money: what a limit's number means, proven by its name, its writing, its use or its neighbours. */
import { wordsOf } from '../words.ts';
import { roughly, times } from './amount.ts';
import type { LimitCandidate, Neighbour } from './candidate.ts';
import { lossKind, nameUnit } from './meaning.ts';
import type { NameUnit } from './meaning.ts';
import type { Ratio } from '../packs/money.ts';

/** A limit with its unit. `percent` is exact, 0–100. */
export type Sized =
  | { readonly unit: 'percent' | 'fraction' | 'basis-points'; readonly percent: Ratio; readonly proof: string }
  | { readonly unit: 'money'; readonly units: Ratio; readonly proof: string;
    /** Written in cents: `units` is a hundredth of it. */
    readonly cents?: true };

/** Largest number a fraction without a unit in its name may have: above it, it is as likely a share of another limit. */
const PLAIN_FRACTION = 0.5;
/** `max_drawdown_pct: 0.2` as percent would be 100 of 50,000: nobody's drawdown limit. Daily limits are smaller. */
const TINY_PERCENT = { drawdown: 0.2, dailyLoss: 0.15 } as const;

/** The same for names without a unit: `max_drawdown: 0.08` beside `risk_pct: 1.0` is eight percent, as 40 of 50,000 is nobody's limit. */
const TINY_PLAIN = { drawdown: 0.1, dailyLoss: 0.05 } as const;

/** Above it a percentage is a share of another limit (`max_drawdown_stop: 0.85`). */
const LARGEST_PERCENT = 60;
/** A comment that makes the line a step before the limit. */
const STAGE_COMMENT = /\b(?:warn(?:ing)?|alert|reduc(?:e|ing)|caution)\b/i;
/** The largest daily loss that anybody writes in percent without saying so. */
const LARGEST_PLAIN_DAY = 20;

/** What the number means; undefined in doubt. */
export function sized(limit: LimitCandidate, accountKnown: boolean): Sized | undefined {
  const { amount, uses, name } = limit;
  const value = roughly(amount.value);
  const unit = nameUnit(name);
  if (unit === 'points' || uses.has('share') || STAGE_COMMENT.test(limit.comment)) { return undefined; }
  const meant = unitOf(limit, unit, value, accountKnown);
  // Nobody lets an account lose most of itself: such a share is one of another limit, or the guard is off.
  return meant !== undefined && meant.unit !== 'money' && roughly(meant.percent) > LARGEST_PERCENT ? undefined : meant;
}

function unitOf(limit: LimitCandidate, unit: NameUnit, value: number, accountKnown: boolean): Sized | undefined {
  const { amount } = limit;
  if (amount.unit === 'percent') { return percent(amount.value, 'percent sign'); }
  if (amount.unit === 'money') { return money(amount.value, 'currency sign'); }
  if (unit === 'money') { return money(amount.value, 'name'); }
  if (unit === 'cents') { const units = times(amount.value, 1, 100); return units === undefined ? undefined : { ...money(units, 'name'), cents: true }; }
  if (unit === 'basis-points') { return scaled(amount.value, 1, 100, 'basis-points', 'name'); }
  if (unit === 'fraction') { return value <= 1 ? fraction(amount.value, 'name') : undefined; }
  const used = byUse(limit, value);
  if (used !== undefined) { return used === 'doubt' ? undefined : used; }
  const commented = byComment(limit, value);
  if (commented !== undefined) { return commented; }
  return unit === 'percent' ? percentNamed(limit, value) : unnamed(limit, value, accountKnown);
}

function percent(value: Ratio, proof: string): Sized | undefined {
  return roughly(value) <= 100 ? { unit: 'percent', percent: value, proof } : undefined;
}

function fraction(value: Ratio, proof: string): Sized | undefined {
  return scaled(value, 100, 1, 'fraction', proof);
}

function scaled(value: Ratio, up: number, down: number, unit: 'fraction' | 'basis-points', proof: string): Sized | undefined {
  const exact = times(value, up, down);
  return exact === undefined || roughly(exact) > 100 ? undefined : { unit, percent: exact, proof };
}

function money(value: Ratio, proof: string): Sized & { readonly unit: 'money' } {
  return { unit: 'money', units: value, proof };
}

/** What the code does with it. Uses that contradict each other prove nothing. */
function byUse(limit: LimitCandidate, value: number): Sized | 'doubt' | undefined {
  const { uses, amount } = limit;
  const telling = (['percent', 'fraction', 'money'] as const).filter((use) => uses.has(use));
  if (telling.length === 0) { return undefined; }
  if (telling.length > 1) { return 'doubt'; }
  if (telling[0] === 'percent') { return percent(amount.value, 'use') ?? 'doubt'; }
  if (telling[0] === 'fraction') { return value <= 1 ? fraction(amount.value, 'use') ?? 'doubt' : 'doubt'; }
  return value >= 1 ? money(amount.value, 'use') : 'doubt';
}

/** `0.1  # 10%`, `10  # percent`, `2000  # USD`. */
function byComment(limit: LimitCandidate, value: number): Sized | undefined {
  const { comment, amount } = limit;
  const stated = /(\d{1,3}(?:\.\d{1,4})?) ?(?:%|percent)/i.exec(comment);
  if (stated !== null) {
    const said = Number(stated[1]);
    if (Math.abs(said - value) < 1e-9) { return percent(amount.value, 'comment'); }
    return Math.abs(said - value * 100) < 1e-9 ? fraction(amount.value, 'comment') : undefined;
  }
  if (value >= 1 && /(?:^|[\s(])(?:percent|pct|%)/i.test(comment)) { return percent(amount.value, 'comment'); }
  if (value < 1 && /\bfraction\b/i.test(comment)) { return fraction(amount.value, 'comment'); }
  return value >= 1 && /\$|\bUSD\b|\bdollars?\b/i.test(comment) ? money(amount.value, 'comment') : undefined;
}

/** A best day of 0.30 is thirty percent in any file: such a neighbour leaves no doubt of a fraction, and proves none of a loss. */
const SHARES: ReadonlySet<string> = new Set(['consistency', 'profit', 'best', 'share']);

/** `_pct` is used for 10 and for 0.10. Above 1 it can only be percent; below, the neighbours tell. */
function percentNamed(limit: LimitCandidate, value: number): Sized | undefined {
  const { amount, kind, neighbours } = limit;
  if (value >= 1) { return percent(amount.value, 'name'); }
  const relatives = neighbours.filter((neighbour) => nameUnit(neighbour.name) === 'percent' && !wordsOf(neighbour.name).some((word) => SHARES.has(word))).map((neighbour) => roughly(neighbour.amount.value));
  if (relatives.some((other) => other >= 1 && other <= 100)) { return percent(amount.value, 'neighbours'); }
  if (relatives.some((other) => other > 0.2 && other < 1)) { return undefined; }
  if (value <= TINY_PERCENT[kind]) { return fraction(amount.value, 'size'); }
  return neighbours.some((neighbour) => scaleOf(neighbour) === 'fraction') ? fraction(amount.value, 'neighbours') : undefined;
}

/** No unit in the name: below 1 a fraction, from 100 on money, and between percent if something beside it says so. */
function unnamed(limit: LimitCandidate, value: number, accountKnown: boolean): Sized | undefined {
  const { amount, neighbours } = limit;
  const scales = new Set(neighbours.map(scaleOf));
  if (value < 1) { return value > PLAIN_FRACTION || (scales.has('percent') && value > TINY_PLAIN[limit.kind]) ? undefined : fraction(amount.value, 'size'); }
  if (value >= 100) { return accountKnown || limit.size !== undefined ? money(amount.value, 'size') : undefined; }
  if (value > (limit.kind === 'dailyLoss' ? LARGEST_PLAIN_DAY : 50) || value === 1 || scales.has('fraction')) { return undefined; }
  return scales.has('percent') || limit.size !== undefined ? percent(amount.value, scales.has('percent') ? 'neighbours' : 'account size') : undefined;
}

/** The scale a neighbour is written in: `risk_per_trade: 1.0` is percent, `daily_loss: 0.03` a fraction. */
function scaleOf(neighbour: Neighbour): 'percent' | 'fraction' | undefined {
  const value = roughly(neighbour.amount.value);
  if (neighbour.amount.unit === 'percent') { return 'percent'; }
  const words = wordsOf(neighbour.name);
  const unit = nameUnit(neighbour.name);
  const relative = unit === 'percent' || lossKind(neighbour.name, ['RiskLimits']) !== undefined || (words.includes('risk') && !words.includes('reward') && unit === undefined);
  if (!relative || unit === 'money' || unit === 'cents') { return undefined; }
  if (value < 0.1) { return 'fraction'; }
  return value >= (words.includes('risk') ? 0.25 : 1) && value <= (words.includes('risk') ? 5 : 50) ? 'percent' : undefined;
}
