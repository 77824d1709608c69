/** Judges programs that are long and short at once; which firm forbids it, its pack says. */
import type { Severity } from '../../../core/findings/finding.ts';
import type { SourceModel, Span } from '../../../core/source/model.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { accountUnderBan } from '../bans/pack-ban.ts';
import { bothSidesOf } from './both.ts';
import type { BothSides } from './both.ts';

/** Messages of APX014. */
export type SideMessage = BothSides['form'];

export interface SideVerdict {
  readonly messageId: SideMessage;
  readonly data: Readonly<Record<string, string>>;
  readonly severity: Severity;
  readonly at: Span;
  readonly layer: 'firm' | 'house';
  readonly account?: string;
  readonly related: readonly { readonly at: Span; readonly message: string }[];
  readonly evidence: Readonly<Record<string, string>>;
}

/** A warning where the firm of an account forbids it, information without an account, nothing where the firms allow it. */
export function judgeSides(model: SourceModel, accounts: readonly AccountConfig[]): readonly SideVerdict[] {
  const ban = accountUnderBan(accounts, 'both-directions');
  if (ban === undefined && accounts.length > 0) { return []; }
  return bothSidesOf(model).map(({ form, at, order, what, other }): SideVerdict => ({
    messageId: form, data: { order, what, whose: ban === undefined ? 'most firms forbid' : `the rules of account ${ban.id} forbid` }, severity: ban === undefined ? 'info' : 'warning', at, layer: ban === undefined ? 'house' : 'firm',
    related: other === undefined ? [] : [{ at: other, message: form === 'against' ? 'the other side is open here' : 'the other side goes out here' }], evidence: { form }, ...(ban === undefined ? {} : { account: ban.id }),
  }));
}
