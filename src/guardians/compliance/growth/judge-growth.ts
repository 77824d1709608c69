/** Judges sizes and orders that grow with losses; which firm forbids it, its pack says. */
import type { Severity } from '../../../core/findings/finding.ts';
import type { SourceModel, Span } from '../../../core/source/model.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { accountUnderBan } from '../bans/pack-ban.ts';
import { orderText } from '../orders/order.ts';
import { averagingOf } from './averaging.ts';
import { growthsOf } from './sizes.ts';

/** Messages of APX013. */
export type GrowthMessage = 'loss' | 'power' | 'factor' | 'adds' | 'banned';

/** A size, or a position, that grows while the account shrinks. */
export interface GrowthVerdict {
  readonly messageId: GrowthMessage;
  readonly data: Readonly<Record<string, string>>;
  readonly severity: Severity;
  readonly at: Span;
  readonly layer: 'firm' | 'house';
  readonly account?: string;
  readonly related: readonly { readonly at: Span; readonly message: string }[];
  readonly evidence: Readonly<Record<string, string>>;
}

/** Every finding of a file, in source order. */
export function judgeGrowth(model: SourceModel, accounts: readonly AccountConfig[]): readonly GrowthVerdict[] {
  const sizes = growthsOf(model).map(({ form, at, size, factor, because }): GrowthVerdict => ({
    messageId: form, data: { size, factor }, severity: 'warning', at, layer: 'house', evidence: { form, factor },
    related: because === undefined ? [] : [{ at: because, message: 'the loss' }],
  }));
  const ban = accountUnderBan(accounts, 'averaging-down');
  const orders = averagingOf(model).map(({ order, because }): GrowthVerdict => ({
    messageId: ban === undefined ? 'adds' : 'banned', data: { order: orderText(order), account: ban?.id ?? '' }, severity: 'warning', at: order.at, layer: ban === undefined ? 'house' : 'firm',
    related: [{ at: because, message: 'the position loses here' }], evidence: { form: 'adds' }, ...(ban === undefined ? {} : { account: ban.id }),
  }));
  return [...sizes, ...orders].sort((a, b) => a.at.start - b.at.start);
}
