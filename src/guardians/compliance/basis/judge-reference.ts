/** Judges drawdowns from a fixed value against what the account's drawdown follows. */
import type { Severity } from '../../../core/findings/finding.ts';
import type { SourceModel, Span } from '../../../core/source/model.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { limitsFor } from '../accounts.ts';
import type { DrawdownLimit, EffectiveLimits } from '../accounts.ts';
import { moneyText, percentText } from '../packs/money.ts';
import { listPacks } from '../packs/packs.ts';
import { fixedReferences } from './fixed-reference.ts';
import { basisFlow } from './flow.ts';

/** Messages of APX003. */
export type ReferenceMessage = 'firm' | 'house';

/** A drawdown from a fixed value under a floor that trails. */
export interface ReferenceVerdict {
  readonly messageId: ReferenceMessage;
  readonly data: Readonly<Record<string, string>>;
  readonly severity: Severity;
  readonly at: Span;
  readonly layer: 'firm' | 'house';
  readonly account?: string;
  readonly related: readonly { readonly at: Span; readonly message: string }[];
  readonly evidence: Readonly<Record<string, string>>;
}

/** The profit of the example that a message gives, in cents. */
const PROFIT = 87_500;

const FOLLOWS: Readonly<Record<Exclude<DrawdownLimit['kind'], 'static'>, string>> = {
  'intraday-trailing': 'the highest equity', 'eod-trailing': 'the highest close', 'closed-trailing': 'the highest balance',
};

/** The findings of a file, in source order; none under accounts whose floor never moves. */
export function judgeReferences(model: SourceModel, accounts: readonly AccountConfig[]): readonly ReferenceVerdict[] {
  const holder = limitsFor(accounts, listPacks()).find(({ drawdown }) => drawdown !== undefined && drawdown.kind !== 'static');
  if (holder?.drawdown === undefined || holder.drawdown.kind === 'static') { return []; }
  const { drawdown } = holder;
  const follows = FOLLOWS[holder.drawdown.kind];
  return fixedReferences(model, basisFlow(model)).map(({ at, from, limit }): ReferenceVerdict => {
    const money = moneyOf(drawdown, holder);
    const firm = money !== undefined;
    const inside = at.start >= limit.start && at.end <= limit.end;
    return {
      messageId: firm ? 'firm' : 'house', severity: firm && firmLayer(drawdown) === 'firm' ? 'error' : 'warning', layer: firm ? firmLayer(drawdown) : 'house', at,
      data: { ...money, account: holder.account ?? '', percent: percentText(drawdown.percent), follows, from: from === 'start' ? 'the start' : 'the day\'s start' },
      related: inside ? [] : [{ at: limit, message: 'held against the limit here' }],
      evidence: { from, drawdown: drawdown.kind, ...(holder.pack === undefined ? {} : { pack: holder.pack.id }) },
      ...(holder.account === undefined ? {} : { account: holder.account }),
    };
  });
}

/** How the firm measures is the firm's, however much stricter a limit the user wrote. */
function firmLayer(drawdown: DrawdownLimit): 'firm' | 'house' {
  return drawdown.firm?.layer ?? drawdown.layer;
}

function moneyOf(drawdown: DrawdownLimit, { sizeCents }: EffectiveLimits): Readonly<Record<string, string>> | undefined {
  const { cents } = drawdown;
  if (cents === undefined || sizeCents === undefined) { return undefined; }
  return { profit: moneyText(PROFIT), floor: moneyText(sizeCents - cents + PROFIT), fixed: moneyText(sizeCents - cents) };
}
