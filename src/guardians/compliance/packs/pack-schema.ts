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
import { contradictionsIn } from './contradictions.ts';
import { once, packFields } from './pack-fields.ts';
import { phaseForm } from './pack-phase.ts';

/** The form of a pack file and of its session; made when first asked for. */
const forms = once(() => {
  const { date, timeOfDay, unknown, zone } = packFields();
  const phase = phaseForm();
  const session = z.strictObject({
    zone,
    dayStart: timeOfDay.describe('Wall time at which the trading day begins, HH:MM.'),
    flatBy: z.union([timeOfDay, unknown]).nullable().describe('By when positions and working orders must be gone (exclusive); null where nothing has to be.'),
    graceSeconds: z.number().int().nonnegative().describe('Seconds after flatBy in which the firm closes what is left: a warning, not yet a breach.'),
    overnight: z.union([z.boolean(), unknown]),
    weekend: z.union([z.boolean(), unknown]),
    calendar: z.enum(['cme', 'unknown']).nullable().describe('Which exchange’s early closes bind earlier; null where none does.'),
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

  const pack = z.strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
    title: z.string(),
    firm: z.string(),
    plan: z.string(),
    currency: z.string().regex(/^[A-Z]{3}$/),
    effective: z.strictObject({ from: z.union([date, unknown]), to: date.nullable() }).describe('Days of purchase that the rules hold for; to is null while the plan is sold.'),
    sizes: z.array(z.number().int().positive()).min(1).describe('Sizes the firm sells, in whole currency units.'),
    vendors: z.array(z.string()).describe('Data or platform vendors on which a rule depends.'),
    phases: z.strictObject({ evaluation: phase.optional(), funded: phase.optional(), live: phase.optional() }),
    session,
    bans: z.array(ban),
    /** Where the rules were read: `dateModified` as the page gives it, `seen` by us. */
    evidence: z.array(z.strictObject({ url: z.url(), title: z.string(), dateModified: z.union([date, unknown]), seen: date })).min(1),
  });
  return { session, pack };
});

/** The form of a pack file, `packs/<id>.json`, without what it must not say at once. */
export function packForm(): ReturnType<typeof forms>['pack'] {
  return forms().pack;
}

/** The same, with what it must not say at once. */
export const packSchema = once(() => packForm().superRefine((pack, context) => {
  for (const { path, message } of contradictionsIn(pack)) { context.addIssue({ code: 'custom', path: [...path], message }); }
}));

/** A rule pack, checked. */
export type Pack = z.infer<ReturnType<typeof packForm>>;
/** When the pack's trading day begins and when everything has to be flat. */
export type PackSession = z.infer<ReturnType<typeof forms>['session']>;
