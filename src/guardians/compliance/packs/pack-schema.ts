/**
 * The form of a rule pack: what a prop firm demands of one plan, as data with evidence.
 *
 * Money is a decimal string in the pack's currency (`"2000"`, `"50.50"`), never a float. `"unknown"` is legal wherever
 * the firm's wording was not seen, and is read as the strictest rule it could stand for (`accounts.ts`).
 *
 * A unit test reads every pack through this schema, so the engine takes them without checking at start: building the
 * schema and reading two packs took 40 ms of every run.
 */
import * as z from 'zod';
import { isDate, minutesOf } from '../../../core/time/dates.ts';
import { isZone } from '../../../core/time/zone.ts';
import { tablesOf } from './pack-tables.ts';

const unknown = z.literal('unknown');

/** An amount of money or a percentage as a decimal string: at most two decimals for money, checked where it is read. */
const decimal = z.string().regex(/^(?:0|[1-9]\d{0,11})(?:\.\d{1,4})?$/, 'must be a decimal number in quotes, such as "2000" or "52.5"');
const money = z.string().regex(/^(?:0|[1-9]\d{0,11})(?:\.\d{1,2})?$/, 'must be an amount in quotes with at most two decimals, such as "2000"');
const date = z.string().refine(isDate, 'must be a date that exists, as YYYY-MM-DD');
const timeOfDay = z.string().refine((text) => /^\d\d:\d\d$/.test(text) && minutesOf(text) !== undefined, 'must be a time of day, as HH:MM');
const zone = z.string().refine(isZone, 'must be an IANA time zone, such as America/New_York');
const wholeSize = z.number().int().positive();

/** Account size in whole currency units as text (`"50000"`) → amount. */
const bySize = z.record(z.string().regex(/^[1-9]\d{2,8}$/, 'must be an account size, such as "50000"'), money);

/** How much: a table by size, a share of the size in percent, or not known. */
const amount = z.union([z.strictObject({ bySize }), z.strictObject({ percentOfSize: decimal }), unknown]);

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
  lock,
  /** What ends the account: equity at the floor, or only below it. */
  breach: z.enum(['at-or-below', 'below', 'unknown']),
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
  /** What happens when it is reached: no more trading today, or the account is lost. */
  breach: z.enum(['pause', 'fail', 'unknown']),
  /** When the day's loss starts at nothing again. */
  resets: z.strictObject({ at: timeOfDay, zone }),
});

const consistency = z.strictObject({
  /** The best day's largest share of profit. */
  percent: decimal,
  /** `below`: a share of exactly `percent` does not pass. */
  operator: z.enum(['below', 'at-most', 'unknown']),
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
  /** Micro contracts that count as one. */
  microsPerMini: z.number().int().positive(),
  /** Half of the contracts until the close first stands above this. */
  halfUntil: z.strictObject({ bySize }).optional(),
});

const phase = z.strictObject({
  title: z.string(),
  target: amount.optional(),
  drawdown,
  dailyLoss: z.union([dailyLoss, unknown]).nullable(),
  consistency: z.union([consistency, unknown]).nullable(),
  contracts: z.union([contracts, unknown]).nullable(),
  minimumDays: z.number().int().nonnegative().optional(),
  maximumDays: z.number().int().positive().optional(),
  /** What a payout asks for; absent where the phase pays nothing. */
  payout: z.strictObject({
    qualifyingDays: z.number().int().nonnegative(),
    qualifyingProfitBySize: bySize,
    minimumBalanceBySize: bySize,
    minimum: money,
    capsBySize: z.record(z.string(), z.array(money)),
    maximumCount: z.number().int().positive(),
  }).optional(),
});

const session = z.strictObject({
  zone,
  /** Wall time at which the trading day begins. */
  dayStart: timeOfDay,
  /** By when positions and working orders must be gone (exclusive); null where nothing has to be. */
  flatBy: z.union([timeOfDay, unknown]).nullable(),
  /** Seconds after `flatBy` in which the firm closes what is left: a warning, not yet a breach. */
  graceSeconds: z.number().int().nonnegative(),
  overnight: z.union([z.boolean(), unknown]),
  weekend: z.union([z.boolean(), unknown]),
  /** Which exchange calendar's early closes bind earlier; null where none does. */
  calendar: z.enum(['cme', 'unknown']).nullable(),
});

const ban = z.strictObject({
  what: z.enum(['automation', 'copy-trading', 'both-directions', 'averaging-down', 'news', 'high-frequency', 'martingale']),
  state: z.enum(['banned', 'conditional', 'allowed', 'unknown']),
  /** Phases it holds in; absent means all. */
  phases: z.array(z.enum(['evaluation', 'funded', 'live'])).optional(),
  /** One sentence, in our own words. */
  note: z.string(),
  /** Index into `evidence`. */
  evidence: z.number().int().nonnegative().optional(),
});

/** A pack file, `packs/<id>.json`. */
export const packSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  title: z.string(),
  firm: z.string(),
  plan: z.string(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** Days the rules hold for accounts bought then; `to` is null while they are sold. */
  effective: z.strictObject({ from: z.union([date, unknown]), to: date.nullable() }),
  /** Sizes the firm sells, in whole currency units. */
  sizes: z.array(wholeSize).min(1),
  /** Data or platform vendors on which a rule depends. */
  vendors: z.array(z.string()),
  phases: z.strictObject({ evaluation: phase.optional(), funded: phase.optional(), live: phase.optional() }),
  session,
  bans: z.array(ban),
  /** Where the rules were read: `dateModified` as the page gives it, `seen` by us. */
  evidence: z.array(z.strictObject({ url: z.url(), title: z.string(), dateModified: z.union([date, unknown]), seen: date })).min(1),
}).superRefine((pack, context) => {
  for (const [name, of] of Object.entries(pack.phases)) {
    if (of === undefined) continue;
    for (const [field, sizes] of tablesOf(of)) {
      const missing = pack.sizes.find((size) => !(String(size) in sizes));
      if (missing !== undefined) context.addIssue({ code: 'custom', path: ['phases', name], message: `${field} has no row for size ${missing}` });
    }
  }
});

/** A rule pack, checked. */
export type Pack = z.infer<typeof packSchema>;
/** What a pack demands in one phase of an account's life. */
export type PackPhase = z.infer<typeof phase>;
/** An amount as a pack gives it. */
export type PackAmount = z.infer<typeof amount>;
/** When the pack's trading day begins and when everything has to be flat. */
export type PackSession = z.infer<typeof session>;
