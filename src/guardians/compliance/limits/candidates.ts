/** Finds the limits of loss that a file states, in code and in configuration. */
import type { ConfigEntry, Expr, SourceModel } from '../../../core/source/model.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { aboutOf, namedValues, unwrapped } from '../named.ts';
import type { Named } from '../named.ts';
import { amountOf, roughly } from './amount.ts';
import type { Amount } from './amount.ts';
import type { LimitCandidate, Neighbour, StatedSize } from './candidate.ts';
import { inlineLimits } from './inline.ts';
import { isAccountSize, isAskedDailyLoss, isBareLossLimit, isGenericLimit, isBound, isStatistic, lossKind, nameUnit } from './meaning.ts';
import type { LossKind } from './meaning.ts';
import { commentAt, foldedAmount, isConstantLocal, keysAbove } from './written.ts';
import { Uses } from './use.ts';

/** What a firm offers, as it writes it down itself: how the profit is split, and how much of it is paid out. */
function isOffer(beside: readonly string[]): boolean {
  return beside.some((name) => /profit_?split/i.test(name)) && beside.some((name) => /payout/i.test(name));
}

/** Least scores beside a drawdown: what a leader, a model or a strategy is chosen by. Nobody is chosen by the loss of a day. */
function isChoice(beside: readonly string[]): boolean {
  return beside.filter((name) => /^min_.*score$/i.test(name)).length > 1;
}

/** `lookback_period` and `stop_duration` beside a limit: the loss of a window, and how long it is waited. */
function pauses(beside: readonly string[]): { readonly pause?: true } {
  return beside.some((name) => /look_?back/i.test(name)) && beside.some((name) => /stop_?duration/i.test(name)) ? { pause: true } : {};
}

/** Every limit a file states, each written number once. */
export function limitCandidates(model: SourceModel): readonly LimitCandidate[] {
  const found = [...(holdsCode(model) ? codeLimits(model) : []), ...configLimits(model)];
  const seen = new Set<number>();
  const written = new Set(found.map((candidate) => candidate.at.start));
  // A constant with a telling name comes before the field that is given its value, and a limit computed from others is theirs.
  const roots = found.filter((candidate) => !candidate.from.some((span) => written.has(span.start) && span.start !== candidate.at.start));
  return [...roots].sort((a, b) => Number(a.through !== undefined) - Number(b.through !== undefined) || a.at.start - b.at.start)
    .filter((candidate) => !seen.has(candidate.at.start) && seen.add(candidate.at.start)).sort((a, b) => a.at.start - b.at.start);
}

// ------------------------------------------------------------------------ code

function codeLimits(model: SourceModel): readonly LimitCandidate[] {
  const all = namedValues(model, onceEach((name) => lossKind(name, LIMIT_CLASS) !== undefined || isBareLossLimit(name) || isGenericLimit(name)));
  const names = new Set(all.map((named) => keyName(named.name)));
  const uses = new Uses(model, (name) => names.has(name));
  const sizes = codeSizes(model);
  const stated = all.flatMap((named) => { const limit = codeLimit(named, model, uses, sizes); return limit === undefined || (limit.size === undefined && inTable(named, all, model)) ? [] : [limit]; });
  const [only] = sizes;
  const several = new Set(sizes.map((group) => group.size.size)).size > 1;
  const inline = inlineLimits(model, uses, several ? undefined : only?.size, several);
  // Several numbers for one loss are stages; only the last resort of them could be judged, and which that is nobody knows.
  const single = inline.filter((one) => inline.filter((other) => other.kind === one.kind).length === 1 && !stated.some((other) => other.kind === one.kind));
  return [...stated, ...single];
}

/** A file says the same names over and over: each is judged once. */
function onceEach(judge: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    let verdict = known.get(name);
    if (verdict === undefined) {
      verdict = judge(name);
      known.set(name, verdict);
    }
    return verdict;
  };
}

/** Asked with a limiting surrounding first, so that `drawdown_pct` of a class `RiskConfig` is looked at. */
const LIMIT_CLASS: readonly string[] = ['RiskLimits'];

/**
 * Limits that one function is called with again and again, or gives one field again and again, each time other ones and
 * no size beside them: a table of somebody's rules (`case E8: rules.maxDrawdown = 8;`).
 */
function inTable(named: Named, all: readonly Named[], model: SourceModel): boolean {
  if (named.form !== 'argument' && !(named.form === 'attribute' && named.site.function !== undefined)) { return false; }
  const callee = named.outer[named.outer.length - 1];
  const rows = all.filter((other) => other.form === named.form && other.name === named.name && other.outer[other.outer.length - 1] === callee && other.site.function === named.site.function);
  const values = new Set(rows.map((row) => model.source.text.slice(row.value.start, row.value.end)));
  return values.size > 2;
}

function codeLimit(named: Named, model: SourceModel, uses: Uses, sizes: readonly SizedGroup[]): LimitCandidate | undefined {
  // A minimum win rate that the user is asked for beside it does not make an input a result.
  const said = kindOf(named.name, named.outer, named.siblings.filter((sibling) => sibling.asked !== true || !isStatistic(sibling.name)).map((sibling) => sibling.name));
  const kind = said ?? (named.asked === true && isAskedDailyLoss(named.name) ? 'dailyLoss' : undefined);
  if (kind === undefined || (named.form === 'local' && !isConstantLocal(named)) || isResultOfCheck(named)) { return undefined; }
  const folded = foldedAmount(model, named.value, named.site);
  if (folded === undefined) { return undefined; }
  const here = { start: named.value.start, end: named.value.end };
  const at = folded.origin ?? here;
  const around = sizes.find((group) => group.first === named.siblings[0]?.value)?.size ?? sizeOfOwner(sizes, named.site);
  const size = around ?? (sizes.length === 1 ? sizes[0]?.size : undefined);
  return {
    name: named.name, kind, amount: folded.amount, at,
    neighbours: neighboursOf(named, model), uses: uses.of(keyName(named.name)), comment: commentAt(model, at),
    severalSizes: new Set(sizes.map((group) => group.size.size)).size > 1, about: aboutOf(named), from: folded.from,
    ...pauses(named.siblings.map((sibling) => sibling.name)),
    ...(size === undefined ? {} : { size }),
    ...(at.start >= here.start && at.end <= here.end ? {} : { through: here }),
  };
}

/** `dd_check.get("limit", 0.15)`: what a check answered, not what it was told. */
function isResultOfCheck(named: Named): boolean {
  return named.form === 'option' && isGenericLimit(named.name) && !named.outer.slice(-1).some((owner) => SETTINGS.test(owner));
}

const SETTINGS = /config|cfg|conf|settings|limits|rules|risk|params|options|opts/i;

/** `--max-drawdown` is read as `args.max_drawdown`. */
function keyName(name: string): string {
  return name.replace(/^-{1,2}/, '').replaceAll('-', '_');
}

function kindOf(name: string, outer: readonly string[], beside: readonly string[]): LossKind | undefined {
  if (isOffer(beside) || areResults(name, beside.filter((sibling) => sibling !== name))) { return undefined; }
  if (isGenericLimit(name) && beside.some((sibling) => /breached|tripped|remaining/i.test(sibling))) { return undefined; }
  const kind = lossKind(name, outer);
  if (kind !== undefined || !isBareLossLimit(name)) { return kind === 'drawdown' && isChoice(beside) ? undefined : kind; }
  const daily = beside.some((sibling) => sibling !== name && lossKind(sibling, LIMIT_CLASS) === 'dailyLoss');
  return daily ? 'drawdown' : undefined;
}

/**
 * Statistics beside a limit make it a result, or what a strategy is chosen by. Not where they are bounds themselves (`MIN_WIN_RATE`, `targetVolatilityPct`) and a
 * day's loss stands among them: nothing is chosen by that.
 */
function areResults(name: string, beside: readonly string[]): boolean {
  const statistics = beside.filter(isStatistic);
  return statistics.length > 0 && !(statistics.every(isBound) && [name, ...beside].some((one) => lossKind(one, LIMIT_CLASS) === 'dailyLoss'));
}

function neighboursOf(named: Named, model: SourceModel): readonly Neighbour[] {
  return named.siblings.flatMap((sibling) => {
    if (sibling.name === named.name && sibling.value === named.value) { return []; }
    const amount = foldedAmount(model, unwrapped(sibling.value, model), named.site)?.amount;
    return amount === undefined ? [] : [{ name: sibling.name, amount }];
  });
}

/** A size and the group of values it stands in. */
interface SizedGroup {
  /** The first value of the group: what makes two groups one. */
  readonly first: Expr | undefined;
  readonly site: NameSite;
  readonly size: StatedSize;
}

function codeSizes(model: SourceModel): readonly SizedGroup[] {
  return namedValues(model, onceEach((name) => isAccountSize(name, ['account']))).flatMap((named) => {
    if (!isAccountSize(named.name, named.outer)) { return []; }
    const folded = foldedAmount(model, named.value, named.site);
    const size = folded === undefined ? undefined : sizeOf(folded.amount, named.name);
    const at = folded?.origin ?? named.value;
    return size === undefined ? [] : [{ first: named.siblings[0]?.value, site: named.site, size: { size, at: { start: at.start, end: at.end } } }];
  });
}

/** The size a class states, for limits that stand in its methods. */
function sizeOfOwner(sizes: readonly SizedGroup[], site: NameSite): StatedSize | undefined {
  return site.class === undefined ? undefined : sizes.find((group) => group.site.class === site.class)?.size;
}

/** Whole currency units of an amount that can be an account's size; `account_size_cents` is a hundredth of what it says. */
function sizeOf(amount: Amount, name: string): number | undefined {
  const size = roughly(amount.value) / (nameUnit(name) === 'cents' ? 100 : 1);
  return amount.unit !== 'percent' && Number.isInteger(size) && size >= 1_000 && size <= 100_000_000 ? size : undefined;
}

// --------------------------------------------------------------- configuration

function configLimits(model: SourceModel): readonly LimitCandidate[] {
  const scalars = model.entries.filter((entry) => entry.shape === 'scalar');
  const sizes = scalars.flatMap((entry) => {
    const size = isAccountSize(entry.key, keysAbove(entry)) ? sizeOf(amountOf(entry.text) ?? NOTHING, entry.key) : undefined;
    return size === undefined ? [] : [{ entry, size: { size, at: entry.valueSpan } }];
  });
  const asked = scalars.filter((entry) => lossKind(entry.key, keysAbove(entry)) !== undefined || isBareLossLimit(entry.key));
  if (asked.length === 0) { return []; }
  const groups = new Map<string, ConfigEntry[]>();
  for (const entry of scalars) {
    const key = parentKey(entry);
    const group = groups.get(key);
    if (group === undefined) { groups.set(key, [entry]); } else { group.push(entry); }
  }
  const several = new Set(sizes.map((one) => one.size.size)).size > 1;
  return asked.flatMap((entry) => configLimit(entry, groups.get(parentKey(entry)) ?? [], sizes.slice(0, MAX_BESIDE), several, model) ?? []);
}

const NOTHING: Amount = { value: { numerator: 0, denominator: 1 } };
/** Most values beside a limit, or sizes in a file, that are looked at: more is data. */
const MAX_BESIDE = 200;

function parentKey(entry: ConfigEntry): string {
  return JSON.stringify(entry.path.slice(0, -1));
}

/** A size and the entry that states it. */
interface SizedEntry {
  readonly entry: ConfigEntry;
  readonly size: StatedSize;
}

function configLimit(entry: ConfigEntry, group: readonly ConfigEntry[], sizes: readonly SizedEntry[], severalSizes: boolean, model: SourceModel): LimitCandidate | undefined {
  const beside = group.slice(0, MAX_BESIDE);
  const kind = kindOf(entry.key, keysAbove(entry), beside.map((other) => other.key));
  const amount = kind === undefined ? undefined : amountOf(entry.text);
  if (kind === undefined || amount === undefined) { return undefined; }
  const size = nearestSize(entry, sizes);
  return {
    name: [...keysAbove(entry).slice(-1), entry.key].join('_'), kind, amount, at: entry.valueSpan, uses: new Set(), from: [],
    neighbours: beside.flatMap((other) => { const value = other === entry ? undefined : amountOf(other.text); return value === undefined ? [] : [{ name: other.key, amount: value }]; }),
    comment: commentAt(model, entry.valueSpan), severalSizes, ...pauses(beside.map((other) => other.key)),
    about: [...keysAbove(entry), entry.key, ...beside.filter((other) => typeof other.value === 'string' && other.text.length < 40).map((other) => other.text)],
    ...(size === undefined ? {} : { size }),
  };
}

/** The size that shares most of the way from the root; none where two share as much. */
function nearestSize(entry: ConfigEntry, sizes: readonly SizedEntry[]): StatedSize | undefined {
  const [best, next] = sizes.map((one) => ({ size: one.size, shared: shared(one.entry, entry) })).sort((a, b) => b.shared - a.shared);
  return best !== undefined && (next === undefined || best.shared > next.shared) ? best.size : undefined;
}

/** How many steps of their paths two entries have in common. */
function shared(a: ConfigEntry, b: ConfigEntry): number {
  let count = 0;
  while (count < a.path.length && count < b.path.length && a.path[count] === b.path[count]) { count++; }
  return count;
}
