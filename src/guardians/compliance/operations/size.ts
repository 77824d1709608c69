/** `size --stop N`: how many contracts fit the room, the level and the risk of one trade. */
import * as z from 'zod';
import { resolve } from 'node:path';
import type { Outcome } from '../../../core/outcome.ts';
import { defineOperation, type OperationContext } from '../../../core/operations/operation.ts';
import { productOf } from '../../../core/time/products.ts';
import { centsOf, moneyText, percentText, ratioOf, shareOf } from '../packs/money.ts';
import type { Standing } from '../replay/book.ts';
import { centsOfPoints, fixedOf, POINT_DECIMALS, PRICE_DECIMALS, QUANTITY_DECIMALS } from '../replay/fixed.ts';
import { Replay } from '../replay/replay.ts';
import { accountFields, chooseAccount, type ChosenAccount } from './account-choice.ts';
import { sizeText } from '../report/size-text.ts';
import { openLedgers, play } from './ledger-files.ts';

const sizeInput = z.object({
  stop: z.string().meta({ value: 'POINTS', description: 'Distance of the stop from the entry, in points of price: 8, 12.25' }),
  product: z.string().optional().meta({ value: 'SYMBOL', description: 'What is traded: ES, MNQ; without, the first product of the account' }),
  ...accountFields,
  ledger: z.string().optional().meta({ value: 'FILE', description: 'Ledger that tells the balance and the floor; without, the one the account names, or --balance and --peak' }),
  tz: z.string().optional().meta({ value: 'ZONE', description: 'Clock of times without a zone in the ledger' }),
  risk: z.string().default('10').meta({ value: 'PERCENT', description: 'Largest share of the room that one trade may lose' }),
  slippage: z.string().default('0').meta({ value: 'POINTS', description: 'Points lost beyond the stop' }),
  costs: z.string().default('0').meta({ value: 'AMOUNT', description: 'Commission and fees of one contract, in and out' }),
});

/** What `size` is asked. */
export type SizeInput = z.output<typeof sizeInput>;

/** One bound on the number of contracts. */
export interface SizeBound {
  readonly what: 'risk' | 'room' | 'daily loss' | 'contracts';
  /** Contracts of the product that fit it. */
  readonly contracts: number;
  /** One sentence: where it comes from. */
  readonly why: string;
}

/** How many contracts fit. Money in cents. */
export interface SizeReport {
  readonly product: string;
  readonly contracts: number;
  /** The bound that decides. */
  readonly bound: SizeBound['what'];
  readonly bounds: readonly SizeBound[];
  /** What one contract loses at the stop, slippage and costs included. */
  readonly lossOfOne: number;
  readonly loss: number;
  readonly room: number;
  readonly equity: number;
  readonly floor: number;
  readonly account: string;
  /** Where equity and floor come from. */
  readonly from: string;
}

const sizeOutput = z.object({
  product: z.string(), contracts: z.int(), bound: z.enum(['risk', 'room', 'daily loss', 'contracts']),
  bounds: z.array(z.object({ what: z.enum(['risk', 'room', 'daily loss', 'contracts']), contracts: z.int(), why: z.string() })),
  lossOfOne: z.int(), loss: z.int(), room: z.int(), equity: z.int(), floor: z.int(), account: z.string(), from: z.string(),
}) as z.ZodType<SizeReport>;

/** The `size` operation; reads a ledger where there is one, and writes nothing. */
export const sizeOperation = defineOperation<SizeInput, SizeReport>({
  id: 'size',
  summary: 'Say how many contracts fit the room to the floor, the account’s level and the risk of one trade',
  words: ['size', 'position', 'contracts', 'risk', 'stop', 'room', 'sizing'],
  input: sizeInput as unknown as z.ZodType<SizeInput>,
  output: sizeOutput,
  doors: ['cli', 'lsp'],
  needsTrust: false,
  text: sizeText,
  run,
});

async function run(input: SizeInput, context: OperationContext): Promise<Outcome<SizeReport>> {
  const chosen = await chooseAccount(input, context);
  if (!chosen.ok) { return chosen; }
  const asked = readNumbers(input);
  if (!asked.ok) { return asked; }
  const product = productOfTrade(input.product, chosen.value);
  if (!product.ok) { return product; }
  const terms = chosen.value.options(chosen.value.rulebook).instruments(product.value);
  const pointValue = terms?.pointValue === undefined ? undefined : fixedOf(terms.pointValue, POINT_DECIMALS);
  if (terms === undefined || pointValue === undefined) { return { ok: false, error: `What a point of ${product.value} is worth is not tabulated. Name a futures contract such as ES or MNQ.` }; }
  const standing = await standingOf(input, chosen.value, context);
  if (!standing.ok) { return standing; }
  const { at: [now, own], from } = standing.value;
  if (now?.floor === undefined || now.room === undefined) { return { ok: false, error: `${chosen.value.rulebook.title} has no floor that is known, so there is no room to size by.` }; }
  if (now.ended || now.room <= 0) { return { ok: false, error: `Equity ${moneyText(now.equity)} is at or below the floor of ${moneyText(now.floor)}: nothing fits.` }; }
  const { stop, slippage, costs, risk } = asked.value;
  const lossOfOne = centsOfPoints((stop + slippage) * 10n ** BigInt(QUANTITY_DECIMALS), pointValue) + costs;
  if (lossOfOne <= 0) { return { ok: false, error: `A stop of ${input.stop} points of ${product.value} loses less than a cent. Give a larger one.` }; }
  const room = Math.min(now.room, own?.room ?? now.room);
  const bounds = boundsOf({ lossOfOne, room, risk, input, standings: [now, own].filter((one) => one !== undefined), micros: terms.micro ? chosen.value.rulebook.contracts?.microsPerMini ?? 10 : 1, future: terms.future });
  const least = bounds.reduce((a, b) => (b.contracts < a.contracts ? b : a));
  return {
    ok: true,
    value: {
      product: product.value, contracts: least.contracts, bound: least.what, bounds, lossOfOne, loss: least.contracts * lossOfOne, room, equity: now.equity, floor: now.equity - room,
      account: chosen.value.id ?? chosen.value.rulebook.title, from,
    },
  };
}

// ------------------------------------------------------------------- the bounds

interface Asked {
  /** Points, in units of `PRICE_DECIMALS`. */
  readonly stop: bigint;
  readonly slippage: bigint;
  /** Cents of one contract. */
  readonly costs: number;
  /** Percent of the room. */
  readonly risk: NonNullable<ReturnType<typeof ratioOf>>;
}

function readNumbers({ stop, slippage, costs, risk }: SizeInput): Outcome<Asked> {
  const [points, slipped, cents, share] = [fixedOf(stop, PRICE_DECIMALS), fixedOf(slippage, PRICE_DECIMALS), centsOf(costs), ratioOf(risk)];
  if (points === undefined || points <= 0n) { return { ok: false, error: `--stop ${stop} is no distance. Write points above nothing, as in --stop 8 or --stop 12.25.` }; }
  if (slipped === undefined || slipped < 0n) { return { ok: false, error: `--slippage ${slippage} is no distance. Write points, as in --slippage 0.5.` }; }
  if (cents === undefined || cents < 0) { return { ok: false, error: `--costs ${costs} is no amount. Write it with at most two decimals, as in --costs 4.20.` }; }
  if (share === undefined || share.numerator <= 0 || share.numerator > 100 * share.denominator) { return { ok: false, error: `--risk ${risk} is no share. Write a percentage above 0 and up to 100, as in --risk 10.` }; }
  return { ok: true, value: { stop: points, slippage: slipped, costs: cents, risk: share } };
}

function boundsOf({ lossOfOne, room, risk, input, standings, micros, future }: {
  readonly lossOfOne: number; readonly room: number; readonly risk: Asked['risk']; readonly input: SizeInput; readonly standings: readonly Standing[]; readonly micros: number; readonly future: boolean;
}): readonly [SizeBound, ...SizeBound[]] {
  const fits = (cents: number): number => Math.max(Math.floor(cents / lossOfOne), 0);
  const allowed = shareOf(room, { numerator: risk.numerator, denominator: risk.denominator * 100 });
  const daily = Math.min(...standings.map((one) => one.dailyRoom ?? Number.POSITIVE_INFINITY));
  const level = Math.min(...standings.map((one) => one.contracts ?? Number.POSITIVE_INFINITY));
  return [
    { what: 'risk', contracts: fits(allowed), why: `${percentText(risk)} % of the room is ${moneyText(allowed)}; one contract loses ${moneyText(lossOfOne)} at ${input.stop} points` },
    // Equity exactly on the floor ends the account: the last cent of room is not there to lose.
    { what: 'room', contracts: fits(room - 1), why: `${moneyText(room)} to the floor` },
    ...(Number.isFinite(daily) ? [{ what: 'daily loss', contracts: fits(daily - 1), why: `${moneyText(daily)} until the day’s loss limit` } as const] : []),
    ...(Number.isFinite(level) && future ? [{ what: 'contracts', contracts: level * micros, why: `${String(level)} ${level === 1 ? 'contract' : 'contracts'} allowed${micros === 1 ? '' : `, ${String(micros)} micros each`}` } as const] : []),
  ];
}

// ------------------------------------------------------------- where it stands

function productOfTrade(named: string | undefined, { id, settings }: ChosenAccount): Outcome<string> {
  const first = settings.accounts().find((account) => account.id === id)?.products[0];
  const symbol = named ?? first;
  if (symbol === undefined) { return { ok: false, error: 'What is traded is not known. Name it with --product ES.' }; }
  return productOf(symbol) === undefined ? { ok: false, error: `There is no product ${symbol}. Write its root as the exchange has it, as in --product ES.` } : { ok: true, value: symbol };
}

/** The account under the firm's rules and the user's own: at the end of its ledger, or as the options say. */
async function standingOf(input: SizeInput, chosen: ChosenAccount, context: OperationContext): Promise<Outcome<{ readonly at: readonly Standing[]; readonly from: string }>> {
  const rulebooks = chosen.own === undefined ? [chosen.rulebook] : [chosen.rulebook, chosen.own];
  const replay = new Replay({ rulebooks, ...chosen.options(chosen.rulebook) });
  const byHand = input.balance !== undefined || input.peak !== undefined;
  const file = input.ledger ?? (byHand ? undefined : chosen.ledger);
  if (file === undefined) {
    const from = byHand ? 'the balance and high-water mark that were given' : 'a fresh account: give --ledger, or --balance and --peak, for one that has traded';
    return { ok: true, value: { at: replay.standing(), from } };
  }
  const path = input.ledger === undefined ? resolve(chosen.settings.root, file) : resolve(context.cwd, file);
  const ledgers = await openLedgers([{ file, path }], { currency: chosen.rulebook.currency, tz: input.tz });
  if (!ledgers.ok) { return ledgers; }
  const failed = await play(ledgers.value, [replay], context);
  if (failed !== undefined) { return failed; }
  return { ok: true, value: { at: replay.standing(), from: `${file}, to its last event` } };
}
