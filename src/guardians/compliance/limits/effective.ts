/** The value of a limit that holds, out of everything that is known of it, and what the account says to it. */
import type { AccountConfig } from '../../../core/workspace/config.ts';
import type { ChainStep, SettingChain } from '../../../core/source/link/setting-chain.ts';
import { limitsFor, strictestDailyLoss, strictestDrawdown } from '../accounts.ts';
import type { EffectiveLimits, LossLimit } from '../accounts.ts';
import { moneyText, percentText, shareOf } from '../packs/money.ts';
import { listPacks } from '../packs/packs.ts';
import { amountOf, shownNumber, times } from './amount.ts';
import { canBeLimit, limitKind, type LimitKind } from './limit-key.ts';
import { sized } from './unit.ts';

/** What holds, and why. */
export interface Effective {
  readonly kind: LimitKind;
  /** What the limit is called where it was asked for. */
  readonly name: string;
  /** The places whose value holds: one, or one for each file that the program may open. */
  readonly winners: readonly ChainStep[];
  /** `5,000 (10 % of 50,000)`, in the order of the winners. */
  readonly values: readonly string[];
  /** `account apex-1 ends at 2,000 (4 %), Apex 4.0, the firm's limit`; absent where nobody knows. */
  readonly against?: string;
}

/** What holds for a chain; undefined where it is no limit, or nothing is known beyond one literal. */
export function effectiveLimit(chain: SettingChain, accounts: readonly AccountConfig[]): Effective | undefined {
  const known = chain.constants.length + chain.keys.length + chain.reads.length + chain.passes.length + chain.tests.length + chain.given.length;
  const [name] = chain.names;
  const kind = name === undefined ? undefined : kindOf(chain);
  if (kind === undefined || name === undefined || known < 2) { return undefined; }
  const winners = winnersOf(chain, kind);
  if (winners.length === 0) { return undefined; }
  const limits = limitsFor(accounts, listPacks());
  const values = winners.map((winner) => valueText(winner.text, kind, chain.names, limits));
  const against = againstText(kind, limits);
  return { kind, name, winners, values, ...(against === undefined ? {} : { against }) };
}

function kindOf(chain: SettingChain): LimitKind | undefined {
  for (const name of chain.names) {
    const kind = limitKind(name, chain.outer);
    if (kind !== undefined) { return kind; }
  }
  return undefined;
}

/** An argument in the code beats a file, a file beats the default of a read, that beats the field's. */
function winnersOf(chain: SettingChain, kind: LimitKind): readonly ChainStep[] {
  const fits = (step: ChainStep): boolean => canBeLimit(kind, step.text.replaceAll(/["']/g, ''));
  const given = chain.given.filter(fits);
  if (given.length > 0 && chain.keys.length === 0) { return given.slice(0, 4); }
  const keys = chain.keys.filter(fits);
  if (keys.length > 0) { return keys.slice(0, 4); }
  const defaults = chain.reads.filter((read) => read.default !== undefined).map((read) => ({ ...read, text: read.default ?? '' })).filter(fits);
  if (defaults.length > 0) { return defaults.slice(0, 4); }
  return chain.constants.filter(fits).slice(0, 4);
}

function valueText(written: string, kind: LimitKind, names: readonly string[], limits: readonly EffectiveLimits[]): string {
  const text = written.replaceAll(/["']/g, '');
  const amount = amountOf(text);
  if (amount === undefined || (kind !== 'drawdown' && kind !== 'dailyLoss')) { return shownNumber(text); }
  const size = (strictestDrawdown(limits)?.sizeCents ?? 0) / 100;
  for (const name of names) {
    const value = sized({ name, kind, amount, at: { start: 0, end: 0 }, neighbours: [], uses: new Set(), comment: '', about: [], from: [], severalSizes: false }, limits.some(({ sizeCents }) => sizeCents !== undefined));
    if (value === undefined) { continue; }
    if (value.unit !== 'money') {
      return size === 0 ? `${percentText(value.percent)} %` : `${percentText(value.percent)} % of ${moneyText(size * 100)}, ${moneyText(shareOf(size, value.percent))}`;
    }
    const cents = Math.round((value.units.numerator * 100) / value.units.denominator);
    const share = size === 0 ? undefined : times(value.units, 100, size);
    return share === undefined ? moneyText(cents) : `${moneyText(cents)}, ${percentText(share)} % of ${moneyText(size * 100)}`;
  }
  return shownNumber(text);
}

function againstText(kind: LimitKind, limits: readonly EffectiveLimits[]): string | undefined {
  switch (kind) {
    case 'drawdown': {
      const of = strictestDrawdown(limits);
      return of?.drawdown === undefined ? undefined : lossText(of, of.drawdown, 'ends at');
    }
    case 'dailyLoss': {
      const of = strictestDailyLoss(limits);
      return of?.dailyLoss === undefined ? undefined : lossText(of, of.dailyLoss, of.dailyLoss.breach === 'pause' ? 'pauses for the day at' : 'ends at');
    }
    case 'deadline': {
      const of = limits.find(({ deadline }) => deadline !== undefined);
      return of?.deadline === undefined ? undefined : `${of.label} is flat by ${of.deadline.time} ${of.deadline.zone}${layerText(of, of.deadline.layer)}`;
    }
    case 'contracts': {
      const of = limits.find(({ contracts }) => contracts !== undefined);
      return of?.contracts === undefined ? undefined : `${of.label} may hold ${String(of.contracts.contracts)}${layerText(of, of.contracts.layer)}`;
    }
    case 'consistency': {
      const of = limits.find(({ consistency }) => consistency !== undefined);
      return of?.consistency === undefined ? undefined : `${of.label}: best day ${of.consistency.operator === 'below' ? 'below' : 'at most'} ${percentText(of.consistency.percent)} % of profit${layerText(of, of.consistency.layer)}`;
    }
  }
}

function lossText(of: EffectiveLimits, limit: LossLimit, verb: string): string {
  const percent = `${percentText(limit.percent)} %`;
  return limit.cents === undefined ? `${of.label}: ${percent} of the high-water mark` : `${of.label} ${verb} ${moneyText(limit.cents)} (${percent})${layerText(of, limit.layer)}`;
}

function layerText(of: EffectiveLimits, layer: 'firm' | 'house'): string {
  return layer === 'firm' && of.pack !== undefined ? `, ${of.pack.title}` : layer === 'house' && of.account !== undefined ? ', as you set it in tickguard.json' : '';
}
