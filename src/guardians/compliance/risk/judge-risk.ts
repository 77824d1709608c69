/** Judges what one trade may lose against everything the account may lose. */
import type { Severity } from '../../../core/findings/finding.ts';
import type { Span } from '../../../core/source/model.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { limitsFor, strictestDrawdown } from '../accounts.ts';
import type { DrawdownLimit, EffectiveLimits } from '../accounts.ts';
import { compareRatio, moneyText, percentText, ratio, shareOf } from '../packs/money.ts';
import { listPacks } from '../packs/packs.ts';
import type { TradeRisk } from './sizing.ts';

/** Messages of APX021. */
export type RiskMessage = 'firm' | 'user' | 'house';

/** A trade that may lose the whole account. */
export interface RiskVerdict {
  readonly messageId: RiskMessage;
  readonly data: Readonly<Record<string, string>>;
  readonly severity: Severity;
  readonly at: Span;
  readonly layer: 'firm' | 'house';
  readonly account?: string;
  readonly related: readonly { readonly at: Span; readonly message: string }[];
  readonly evidence: Readonly<Record<string, string>>;
}

/** The verdict on the risk of a trade; undefined where a stop leaves something of the allowance. */
export function judgeRisk(risk: TradeRisk, accounts: readonly AccountConfig[]): RiskVerdict | undefined {
  // All of the money and more is no share: the number means something else.
  if (compareRatio(risk.percent, ratio(100, 1)) >= 0) { return undefined; }
  const of = strictestDrawdown(limitsFor(accounts, listPacks()));
  const held = of?.drawdown;
  if (of === undefined || held === undefined) { return undefined; }
  const layers: readonly DrawdownLimit[] = held.firm === undefined ? [held] : [held.firm, held];
  for (const limit of layers) {
    const verdict = limit.cents === undefined || of.sizeCents === undefined ? houseVerdict(risk, limit) : accountVerdict(risk, limit, limit.cents, of.sizeCents, of);
    if (verdict !== undefined) { return verdict; }
  }
  return undefined;
}

function accountVerdict(risk: TradeRisk, limit: DrawdownLimit, allowance: number, sizeCents: number, of: EffectiveLimits): RiskVerdict | undefined {
  // A constant of money in the formula is what is multiplied, whatever the account has.
  const money = risk.money ?? Math.round(sizeCents / 100);
  const lost = shareOf(money, risk.percent);
  if (lost < allowance) { return undefined; }
  const firm = limit.layer === 'firm';
  return {
    messageId: firm ? 'firm' : 'user', severity: firm ? 'error' : 'warning', at: risk.at, layer: limit.layer, related: [{ at: risk.share, message: 'lost at the stop' }],
    data: {
      percent: percentText(risk.percent), size: moneyText(money * 100), lost: moneyText(lost), allowance: moneyText(allowance), account: of.account ?? '',
      bound: percentText(ratio(allowance, money)),
    },
    evidence: { percent: percentText(risk.percent), lostCents: String(lost), allowanceCents: String(allowance), ...(of.pack === undefined ? {} : { pack: of.pack.id }) },
    ...(of.account === undefined ? {} : { account: of.account }),
  };
}

function houseVerdict(risk: TradeRisk, limit: DrawdownLimit): RiskVerdict | undefined {
  if (compareRatio(risk.percent, limit.percent) < 0) { return undefined; }
  return {
    messageId: 'house', severity: 'warning', at: risk.at, layer: 'house', related: [{ at: risk.share, message: 'lost at the stop' }],
    data: { percent: percentText(risk.percent), bound: percentText(limit.percent) },
    evidence: { percent: percentText(risk.percent), allowancePercent: percentText(limit.percent) },
  };
}
