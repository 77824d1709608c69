/** Which account an operation speaks of: one of `tickguard.json`, a pack with a size, or the house limits. */
import * as z from 'zod';
import type { Outcome } from '../../../core/outcome.ts';
import type { OperationContext } from '../../../core/operations/operation.ts';
import { type Settings, settingsHere } from '../../../core/operations/settings.ts';
import { didYouMean } from '../../../core/operations/suggest.ts';
import { TradingCalendar } from '../../../core/time/calendar.ts';
import { type Product, productOf } from '../../../core/time/products.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { centsOf } from '../packs/money.ts';
import { packOf } from '../packs/pack-reading.ts';
import type { Pack } from '../packs/pack-schema.ts';
import { holdsAtAnySize } from '../packs/pack-tables.ts';
import { listPacks } from '../packs/packs.ts';
import type { ReplayOptions } from '../replay/replay.ts';
import { houseRulebook, ownRulebook, type Rulebook, rulebookOf } from '../replay/rulebook.ts';
import { calendarCloses, instrumentTerms } from '../replay/terms.ts';

/** Options by which an account is chosen; an operation spreads them into its input. */
export const accountFields = {
  account: z.string().optional().meta({ value: 'ID', description: 'Account of tickguard.json; without, the only one there is' }),
  pack: z.string().optional().meta({ value: 'ID', description: 'Judge by this rule pack, whatever tickguard.json says' }),
  size: z.number().int('must be a whole number').positive('must be more than 0').optional().meta({ value: 'AMOUNT', description: 'Account size for --pack or the house limits, in whole currency units' }),
  phase: z.enum(['evaluation', 'funded', 'live']).optional().meta({ value: 'PHASE', description: 'Phase for --pack (evaluation without)' }),
  vendor: z.string().optional().meta({ value: 'NAME', description: 'Data vendor for --pack, where the floor hangs on it: rithmic, tradovate' }),
  balance: z.string().optional().meta({ value: 'AMOUNT', description: 'Balance when the ledger begins; the account size without' }),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters, such as EUR').optional().meta({ value: 'CODE', description: 'Currency of the account, where it is not the pack’s; for packs whose limits are percentages' }),
  peak: z.string().optional().meta({ value: 'AMOUNT', description: 'High-water mark when the ledger begins; the balance without' }),
} as const;

/** What the options say. */
export interface AccountInput {
  readonly account?: string | undefined;
  readonly pack?: string | undefined;
  readonly size?: number | undefined;
  readonly phase?: AccountConfig['phase'] | undefined;
  readonly vendor?: string | undefined;
  readonly balance?: string | undefined;
  readonly peak?: string | undefined;
  readonly currency?: string | undefined;
}

/** An account and what a replay of it needs. */
export interface ChosenAccount {
  /** Absent for a pack that was named by hand and for the house. */
  readonly id?: string;
  /** Absent for the house. */
  readonly pack?: Pack;
  readonly rulebook: Rulebook;
  /** The user's own limits where they wrote some. */
  readonly own?: Rulebook;
  readonly vendor?: string;
  readonly ledger?: string;
  readonly settings: Settings;
  readonly start: { readonly startBalance?: number; readonly startPeak?: number };
  /** What a replay of one of its rulebooks takes, but for the rulebooks. */
  options(rulebook: Rulebook, pointValues?: Readonly<Record<string, string>>): Omit<ReplayOptions, 'rulebooks'>;
}

/** Finds it. Errors: an account, pack, size or vendor that does not exist, several accounts and none named, an amount that is none. */
export async function chooseAccount(input: AccountInput, context: OperationContext): Promise<Outcome<ChosenAccount>> {
  const settings = await settingsHere(context);
  if (!settings.ok) { return settings; }
  const wrong = contradictory(input);
  if (wrong !== undefined) { return { ok: false, error: wrong }; }
  const start = startOf(input);
  if (!start.ok) { return start; }
  const accounts = settings.value.accounts();
  const named = input.pack === undefined ? accountOf(input, accounts) : { ok: true as const, value: undefined };
  if (!named.ok) { return named; }
  const account = named.value ?? (input.pack === undefined ? undefined : accountOfPack(input, settings.value));
  if (account === undefined) { return house(input, settings.value, start.value); }
  const found = packNamed(account.pack, settings.value);
  if (!found.ok) { return found; }
  const pack = found.value;
  const problem = sizeProblem(pack, account);
  if (problem !== undefined) { return { ok: false, error: problem }; }
  if (input.currency !== undefined && input.currency !== pack.currency && !holdsAtAnySize(pack)) { return { ok: false, error: `${pack.id} has its limits in ${pack.currency}, so an account in ${input.currency} cannot be judged by it. Leave out --currency.` }; }
  const rulebook = inCurrency(rulebookOf(pack, account), input.currency);
  const own = ownRulebook(rulebook, account.limits);
  return {
    ok: true,
    value: {
      ...(named.value === undefined ? {} : { id: account.id }), pack, rulebook, ...(own === undefined ? {} : { own }), settings: settings.value, start: start.value,
      ...(account.vendor === undefined ? {} : { vendor: account.vendor }), ...(account.ledger === undefined ? {} : { ledger: account.ledger }),
      options: optionsWith(settings.value, account.products, start.value),
    },
  };
}

/** Every pack that an account here may have: those that come along, then the workspace's own. */
export function packsHere(settings: Settings): readonly Pack[] {
  return [...listPacks(), ...settings.packs().flatMap((ownPack) => packOf({ ownPack }) ?? [])];
}

/** The pack with this id, or one sentence. */
export function packNamed(id: string, settings: Settings): Outcome<Pack> {
  const packs = packsHere(settings);
  const pack = packs.find((one) => one.id === id);
  if (pack !== undefined) { return { ok: true, value: pack }; }
  const ids = packs.map((one) => one.id);
  return { ok: false, error: `There is no rule pack ${id}. ${didYouMean(id, ids) ?? `Known are ${ids.join(', ')}.`}` };
}

function contradictory({ account, pack, size, phase, vendor }: AccountInput): string | undefined {
  if (pack !== undefined && account !== undefined) { return 'An account already names its pack. Give the account or the pack, not both.'; }
  if (pack === undefined && phase !== undefined) { return 'A phase belongs to a pack. Name the pack as well.'; }
  if (pack === undefined && vendor !== undefined) { return 'A vendor belongs to a pack. Name the pack as well.'; }
  if (account !== undefined && size !== undefined) { return 'An account already has its size. Leave out --size, or name a pack instead of the account.'; }
  return pack !== undefined && size === undefined ? 'A pack has limits by account size. Add --size, as in --size 50000.' : undefined;
}

function accountOf({ account, size }: AccountInput, accounts: readonly AccountConfig[]): Outcome<AccountConfig | undefined> {
  const ids = accounts.map((one) => one.id);
  if (account !== undefined) {
    const found = accounts.find((one) => one.id === account);
    if (found !== undefined) { return { ok: true, value: found }; }
    const known = ids.length === 0 ? 'tickguard.json names none; "tickguard init" proposes one.' : `Known are ${ids.join(', ')}.`;
    return { ok: false, error: `There is no account ${account}. ${didYouMean(account, ids) ?? known}` };
  }
  if (size !== undefined || accounts.length === 0) { return { ok: true, value: undefined }; }
  return accounts.length === 1 ? { ok: true, value: accounts[0] } : { ok: false, error: `tickguard.json has several accounts: ${ids.join(', ')}. Name one with --account.` };
}

function accountOfPack({ pack = '', size = 0, phase = 'evaluation', vendor }: AccountInput, settings: Settings): AccountConfig {
  const ownPack = settings.packs().find(({ id }) => id === pack);
  return { id: pack, pack, size, phase, products: [], code: [], ...(ownPack === undefined ? {} : { ownPack }), ...(vendor === undefined ? {} : { vendor }) };
}

function sizeProblem(pack: Pack, { size, vendor }: AccountConfig): string | undefined {
  const percentOnly = Object.values(pack.phases).every((phase) => phase === undefined || (typeof phase.drawdown.amount === 'object' && 'percentOfSize' in phase.drawdown.amount));
  if (!percentOnly && !pack.sizes.includes(size)) { return `${pack.id} has no account of ${String(size)}. It has ${pack.sizes.join(', ')}.`; }
  return vendor !== undefined && pack.vendors.length > 0 && !pack.vendors.includes(vendor) ? `${pack.id} knows no vendor ${vendor}. It knows ${pack.vendors.join(', ')}.` : undefined;
}

function inCurrency(rulebook: Rulebook, currency: string | undefined): Rulebook {
  return currency === undefined ? rulebook : { ...rulebook, currency };
}

function house({ size, currency }: AccountInput, settings: Settings, start: ChosenAccount['start']): Outcome<ChosenAccount> {
  const amount = size ?? (start.startBalance === undefined ? undefined : Math.round(start.startBalance / 100));
  if (amount === undefined) { return { ok: false, error: 'No account is chosen, and how large it is nobody knows. Name a pack and a size (--pack apex-4.0-intraday --size 50000), or a size alone for the house limits.' }; }
  return { ok: true, value: { rulebook: inCurrency(houseRulebook(amount), currency), settings, start, options: optionsWith(settings, [], start) } };
}

function startOf({ balance, peak }: AccountInput): Outcome<ChosenAccount['start']> {
  const [startBalance, startPeak] = [balance, peak].map((text) => (text === undefined ? undefined : centsOf(text.replaceAll(',', ''))));
  if (balance !== undefined && startBalance === undefined) { return { ok: false, error: `--balance ${balance} is no amount. Write it with at most two decimals, as in 50000 or 51250.50.` }; }
  if (peak !== undefined && startPeak === undefined) { return { ok: false, error: `--peak ${peak} is no amount. Write it with at most two decimals, as in 52000.` }; }
  return { ok: true, value: { ...(startBalance === undefined ? {} : { startBalance }), ...(startPeak === undefined ? {} : { startPeak }) } };
}

/** Trade dates are those of the first product the account trades, of ES where it names none; closes are each product's own. */
function optionsWith(settings: Settings, products: readonly string[], start: ChosenAccount['start']): ChosenAccount['options'] {
  const calendar = new TradingCalendar(settings.calendars());
  const main = products.map(productOf).find((product) => product !== undefined) ?? (productOf('ESZ6') as Product);
  return (rulebook, pointValues) => {
    const holidays = rulebook.exchangeDays ? calendar.rule(main).holidays : undefined;
    return { ...start, instruments: instrumentTerms(rulebook.currency, pointValues), closes: calendarCloses(calendar), ...(holidays === undefined ? {} : { holidays }) };
  };
}
