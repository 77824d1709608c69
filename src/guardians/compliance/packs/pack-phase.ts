/** What a pack demands in one phase of an account's life, as a form. */
import * as z from 'zod';
import { once, packFields } from './pack-fields.ts';

/** What a payout asks for, and how much an open trade may lose. */
const lateForms = once(() => {
  const { bySize, decimal, money, unknown } = packFields();
  /** How much an open trade may lose, as a share of the profit that the account had when the day began (Apex' “30 % negative P&L”, MAE). */
  const openLoss = z.strictObject({
    percent: decimal,
    of: z.literal('day-start-profit'),
    /** What the share is taken of while the profit is not above `smallestUntilProfitBySize`. */
    smallestBase: z.literal('drawdown-amount'),
    smallestUntilProfitBySize: bySize,
    /** Another share from this profit at the close on. */
    raised: z.strictObject({ percent: decimal, fromProfitBySize: bySize }).optional(),
  });

  const payout = z.strictObject({
    /** Days with at least `qualifyingProfitBySize` of net profit. */
    qualifyingDays: z.number().int().nonnegative(),
    qualifyingProfitBySize: z.union([bySize, unknown]),
    /** Days with any trade, where more of them are asked for. */
    tradingDays: z.number().int().positive().optional(),
    minimumBalanceBySize: z.union([bySize, unknown]),
    minimum: z.union([money, unknown]),
    capsBySize: z.union([z.record(z.string(), z.array(money)), unknown]),
    maximumCount: z.union([z.number().int().positive(), unknown]),
  });
  return { openLoss, payout };
});

/** The form; made when first asked for. */
export const phaseForm = once(() => {
  const { amount, bySize, decimal, money, timeOfDay, unknown, zone } = packFields();
  const { openLoss, payout } = lateForms();
  /** Where a trailing floor stops for good. */
  const simpleLock = z.union([
    z.strictObject({ kind: z.literal('never') }),
    /** The floor stops at this level of equity. */
    z.strictObject({ kind: z.literal('floor'), floor: z.strictObject({ bySize }) }),
    /** The floor stops at the starting balance plus this amount. */
    z.strictObject({ kind: z.literal('start-plus'), amount: money }),
    unknown,
  ]);
  const lock = z.union([
    simpleLock,
    z.strictObject({ kind: z.literal('by-vendor'), vendors: z.record(z.string(), simpleLock), otherwise: simpleLock }),
  ]);

  const drawdown = z.strictObject({
    kind: z.enum(['intraday-trailing', 'eod-trailing', 'closed-trailing', 'static', 'unknown']),
    basis: z.enum(['equity', 'balance', 'unknown']),
    amount,
    lock: lock.describe('Where a trailing floor stops for good.'),
    breach: z.enum(['at-or-below', 'below', 'unknown']).describe('What ends the account: equity at the floor, or only below it.'),
  });

  /** From this profit at the prior close on: contracts, and the daily loss limit where it depends on the level. */
  const tier = z.strictObject({
    fromProfit: money,
    contracts: z.number().int().positive().optional(),
    dailyLoss: money.optional(),
  });
  const tiersBySize = z.record(z.string().regex(/^[1-9]\d{2,8}$/, 'must be an account size, such as "50000"'), z.array(tier).min(1));

  const dailyLoss = z.strictObject({
    amount: z.union([amount, z.strictObject({ tiers: z.literal('contracts') })]),
    reference: z.enum(['day-start-balance', 'day-start-equity', 'unknown']),
    basis: z.enum(['equity', 'balance', 'unknown']),
    breach: z.enum(['pause', 'fail', 'unknown']).describe('What happens when it is reached: no more trading today, or the account is lost.'),
    /** When the day's loss starts at nothing again. */
    resets: z.strictObject({ at: timeOfDay, zone }),
  });

  const consistency = z.strictObject({
    percent: decimal.describe('The best day’s largest share of profit.'),
    operator: z.enum(['below', 'at-most', 'unknown']).describe('below: a share of exactly percent does not pass.'),
    denominator: z.enum(['net-profit', 'profit-target', 'unknown']),
    window: z.enum(['since-last-payout', 'since-start', 'unknown']),
    /** Failing it delays the payout, or fails the account. */
    breach: z.enum(['delays-payout', 'fail', 'unknown']),
  });

  const contracts = z.strictObject({
    /** One number a size for the whole phase. */
    maxBySize: z.record(z.string(), z.number().int().positive()).optional(),
    /** Levels by the profit at the prior close, lowest first. */
    tiersBySize: tiersBySize.optional(),
    microsPerMini: z.number().int().positive().describe('Micro contracts that count as one.'),
    /** Half of the contracts until the close first stands above this. */
    halfUntil: z.strictObject({ bySize }).optional(),
  });

  return z.strictObject({
    title: z.string(),
    target: amount.optional(),
    drawdown,
    dailyLoss: z.union([dailyLoss, unknown]).nullable(),
    consistency: z.union([consistency, unknown]).nullable(),
    contracts: z.union([contracts, unknown]).nullable(),
    minimumDays: z.number().int().nonnegative().optional(),
    maximumDays: z.number().int().positive().optional(),
    /** What a payout asks for; absent where the phase pays nothing. */
    payout: payout.optional(),
    openLoss: openLoss.optional(),
  });
});

/** What a pack demands in one phase of an account's life. */
export type PackPhase = z.infer<ReturnType<typeof phaseForm>>;
