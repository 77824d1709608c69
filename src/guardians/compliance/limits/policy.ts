/**
 * Limits the user wrote in `tickguard.json` that are looser than the account's pack. They bind nobody: the pack's limit holds,
 * and the line promises room that the account does not have. Judged account by account, from the file's own entries.
 */
import type { ConfigEntry, SourceModel, Span } from '../../../core/source/model.ts';
import type { AccountConfig, AccountLimits } from '../../../core/workspace/config.ts';
import { limitsFor } from '../accounts.ts';
import type { EffectiveLimits, LooserLimit } from '../accounts.ts';
import { moneyText, percentText, ratio, ratioOf, shareOf } from '../packs/money.ts';
import { listPacks } from '../packs/packs.ts';
import type { LimitVerdict } from './judge-limit.ts';

/** Is the file a policy of Tickguard's own? Its limits belong to the accounts it names, not to those whose code it lies beside. */
export function isPolicy(path: string): boolean {
  return path === 'tickguard.json' || path.endsWith('/tickguard.json');
}

/** Findings of a policy file, in source order. `judgedBy`: the accounts the check speaks of; under another pack than the file's own, nothing is said. */
export function policyVerdicts(model: SourceModel, judgedBy: readonly AccountConfig[]): readonly LimitVerdict[] {
  const accounts = accountsIn(model.entries).map(({ account, limits }) => {
    const ownPack = judgedBy.find((judge) => judge.id === account.id)?.ownPack;
    return { account: ownPack === undefined ? account : { ...account, ownPack }, limits };
  });
  if (judgedBy.some((judge) => !accounts.some(({ account }) => account.id === judge.id))) { return []; }
  return accounts.flatMap(({ account, limits }) => {
    const [held] = limitsFor([account], listPacks());
    // A pack or size that does not exist is refused with the file itself, in a sentence with its place.
    return held === undefined || held.problem !== undefined ? [] : limits.flatMap((entry) => verdictOn(entry, held, account) ?? []);
  }).sort((a, b) => a.at.start - b.at.start);
}

// ------------------------------------------------------------------- the file

/** An account and the entries of its limits. */
interface WrittenAccount {
  readonly account: AccountConfig;
  readonly limits: readonly ConfigEntry[];
}

function accountsIn(entries: readonly ConfigEntry[]): readonly WrittenAccount[] {
  const byIndex = new Map<number, ConfigEntry[]>();
  for (const entry of entries) {
    const [list, index] = entry.path;
    if (list !== 'accounts' || typeof index !== 'number' || entry.shape !== 'scalar') { continue; }
    byIndex.set(index, [...byIndex.get(index) ?? [], entry]);
  }
  return [...byIndex.values()].flatMap((own) => {
    const valueAt = (key: string): ConfigEntry['value'] => own.find((entry) => entry.path.length === 3 && entry.path[2] === key)?.value;
    const [id, pack, size, phase] = [valueAt('id'), valueAt('pack'), valueAt('size'), valueAt('phase')];
    if (typeof id !== 'string' || typeof pack !== 'string' || typeof size !== 'number' || !Number.isSafeInteger(size) || size <= 0 || !isPhase(phase)) { return []; }
    const limits = own.filter((entry) => entry.path.length === 4 && entry.path[2] === 'limits');
    const written: AccountLimits = Object.fromEntries(limits.map((entry) => [entry.key, entry.value]));
    return [{ account: { id, pack, size, phase, products: [], code: [], limits: written }, limits }];
  });
}

function isPhase(value: unknown): value is AccountConfig['phase'] {
  return value === 'evaluation' || value === 'funded' || value === 'live';
}

// ---------------------------------------------------------------- the verdicts

function verdictOn(entry: ConfigEntry, held: EffectiveLimits, account: AccountConfig): LimitVerdict | undefined {
  const looser = held.looser.find(({ limit }) => limit === entry.key);
  const bound = allowanceOf(entry.key, held);
  const whole = allowanceOf('maxDrawdown', held);
  // Of a day's limit and the drawdown, the smaller one ends the account: both findings would be one.
  const dayFirst = looser !== undefined && (whole === undefined || (bound ?? 0) <= whole);
  const beyond = dayFirst || whole === undefined ? undefined : beyondDrawdown(entry, whole, held, account);
  return beyond ?? (looser === undefined ? undefined : looserThanPack(entry, looser, bound, held, account));
}

/** Cents the pack grants at its highest level for the limit of a key; undefined where it has none. */
function allowanceOf(key: string, held: EffectiveLimits): number | undefined {
  const drawdown = held.drawdown?.firm ?? held.drawdown;
  const daily = held.dailyLoss?.firm ?? held.dailyLoss;
  if (key.startsWith('maxDrawdown')) { return drawdown?.from === 'pack' ? drawdown.cents : undefined; }
  return key.startsWith('dailyLoss') && daily?.from === 'pack' ? daily.highestCents ?? daily.cents : undefined;
}

function looserThanPack(entry: ConfigEntry, looser: LooserLimit, cents: number | undefined, held: EffectiveLimits, account: AccountConfig): LimitVerdict {
  const time = looser.limit === 'flatBy';
  const fix = cents !== undefined ? fixText(entry.key, cents, account.size) : looser.pack.replace(/ %$/, '');
  const data = {
    value: shown(looser.limit, looser.user, account.size), allowance: shown(looser.limit, looser.pack, account.size), account: account.id,
    pack: account.pack, fix, stricter: time ? 'earlier' : 'less',
  };
  return made('policy', data, entry, held, fix);
}

/** The allowance as the key takes it: whole or decimal money, or percent rounded down to two decimals. */
function fixText(key: string, cents: number, size: number): string {
  return key.endsWith('Percent') ? percentText(ratio(Math.floor((cents * 100) / size), 100)) : moneyText(cents).replaceAll(',', '');
}

/** `10 % (5,000)`, `17:30 ET`, `40 contracts`. */
function shown(limit: keyof AccountLimits, text: string, size: number): string {
  if (limit === 'flatBy') { return `${text} ET`; }
  if (limit === 'maxContracts') { return text === '1' ? '1 contract' : `${text} contracts`; }
  const percent = limit === 'maxDrawdownPercent' || limit === 'dailyLossPercent' ? ratioOf(text.replace(/ %$/, '')) : undefined;
  return percent === undefined ? text : `${text} (${moneyText(shareOf(size, percent))})`;
}

/** A daily loss that no day's rule of the firm forbids, but that is more than the whole drawdown. */
function beyondDrawdown(entry: ConfigEntry, whole: number, held: EffectiveLimits, account: AccountConfig): LimitVerdict | undefined {
  const written = entry.key.startsWith('dailyLoss') && typeof entry.value === 'number' ? ratioOf(entry.value) : undefined;
  if (written === undefined) { return undefined; }
  const cents = entry.key === 'dailyLossPercent' ? shareOf(account.size, written) : shareOf(100, written);
  if (cents <= whole) { return undefined; }
  const fix = fixText(entry.key, whole, account.size);
  const data = { money: moneyText(cents), account: account.id, allowance: moneyText(whole), percent: percentText(ratio(whole, account.size)), fix };
  return made('dailyBeyond', data, entry, held, fix);
}

/** A warning: nothing acts on the line but the reader's trust in it. */
function made(messageId: 'policy' | 'dailyBeyond', data: Readonly<Record<string, string>>, entry: ConfigEntry, held: EffectiveLimits, fix: string): LimitVerdict {
  const at: Span = { start: entry.valueSpan.start, end: entry.valueSpan.end };
  return {
    messageId, data, severity: 'warning', at, layer: 'firm', related: [], fixes: [{ title: `Set ${entry.key} to ${fix}`, safe: false, edits: [{ ...at, text: fix }] }],
    evidence: { limit: entry.key, written: entry.text, ...(held.pack === undefined ? {} : { pack: held.pack.id }) },
    ...(held.account === undefined ? {} : { account: held.account }),
  };
}
