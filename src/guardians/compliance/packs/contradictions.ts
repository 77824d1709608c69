/** What a pack must not say at once: each contradiction with the path of the field that is wrong. */
import { minutesOf } from '../../../core/time/dates.ts';
import { centsOf, compareRatio, ratio, ratioOf } from './money.ts';
import type { PackPhase } from './pack-phase.ts';
import type { Pack } from './pack-schema.ts';
import { tablesOf } from './pack-tables.ts';

/** A field and what is wrong with it, as the end of a sentence that begins with its path. */
export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Everything in a pack of the right form that cannot be true. */
export function contradictionsIn(pack: Pack): readonly Contradiction[] {
  return [...ofPack(pack), ...Object.entries(pack.phases).flatMap(([name, of]) => (of === undefined ? [] : ofPhase(pack, of).map(({ path, message }) => ({ path: ['phases', name, ...path], message }))))];
}

function ofPack({ effective, sizes, session, bans, evidence }: Pack): readonly Contradiction[] {
  const found: Contradiction[] = [];
  if (effective.from !== 'unknown' && effective.to !== null && effective.to < effective.from) {
    found.push({ path: ['effective', 'to'], message: `is ${effective.to}, before the rules begin on ${effective.from}` });
  }
  const twice = sizes.findIndex((size, index) => sizes.indexOf(size) < index);
  if (twice >= 0) { found.push({ path: ['sizes', twice], message: `lists ${String(sizes[twice])} twice` }); }
  if (session.overnight === true && typeof session.flatBy === 'string' && session.flatBy !== 'unknown') {
    found.push({ path: ['session', 'flatBy'], message: `asks to be flat by ${session.flatBy} where overnight positions are allowed` });
  }
  if (session.flatBy === null && session.graceSeconds > 0) { found.push({ path: ['session', 'graceSeconds'], message: 'gives seconds after a deadline that the pack does not have' }); }
  if (typeof session.flatBy === 'string' && minutesOf(session.flatBy) !== undefined && session.flatBy === session.dayStart) {
    found.push({ path: ['session', 'flatBy'], message: `is ${session.flatBy}, the minute at which the next day begins` });
  }
  bans.forEach((ban, index) => {
    if (ban.evidence !== undefined && evidence[ban.evidence] === undefined) { found.push({ path: ['bans', index, 'evidence'], message: `points at entry ${String(ban.evidence)} of evidence, which has ${String(evidence.length)}` }); }
  });
  evidence.forEach(({ dateModified, seen }, index) => {
    if (dateModified !== 'unknown' && dateModified > seen) { found.push({ path: ['evidence', index, 'dateModified'], message: `is ${dateModified}, after the page was seen on ${seen}` }); }
  });
  return found;
}

function ofPhase(pack: Pack, of: PackPhase): readonly Contradiction[] {
  const found: Contradiction[] = [...missingRows(pack, of), ...ofDrawdown(pack, of), ...ofTiers(of)];
  if (of.minimumDays !== undefined && of.maximumDays !== undefined && of.minimumDays > of.maximumDays) {
    found.push({ path: ['minimumDays'], message: `is ${String(of.minimumDays)}, more than the ${String(of.maximumDays)} days there are` });
  }
  const { consistency, dailyLoss, contracts, openLoss } = of;
  if (typeof consistency === 'object' && consistency !== null && isOver(consistency.percent, 100)) { found.push({ path: ['consistency', 'percent'], message: `is ${consistency.percent}, more than the whole profit` }); }
  if (typeof dailyLoss === 'object' && dailyLoss !== null && typeof dailyLoss.amount === 'object' && 'tiers' in dailyLoss.amount && (typeof contracts !== 'object' || contracts?.tiersBySize === undefined)) {
    found.push({ path: ['dailyLoss', 'amount', 'tiers'], message: 'refers to levels of contracts that the phase does not have' });
  }
  for (const size of pack.sizes) {
    const [until, from] = [centsOf(openLoss?.smallestUntilProfitBySize[String(size)] ?? ''), centsOf(openLoss?.raised?.fromProfitBySize[String(size)] ?? '')];
    if (until !== undefined && from !== undefined && from < until) { found.push({ path: ['openLoss', 'raised', 'fromProfitBySize', String(size)], message: 'raises the share before the smallest base ends' }); }
  }
  return found;
}

function missingRows(pack: Pack, of: PackPhase): readonly Contradiction[] {
  return tablesOf(of).flatMap(({ path, rows }) => {
    const missing = pack.sizes.find((size) => !(String(size) in rows));
    return missing === undefined ? [] : [{ path, message: `has no row for size ${String(missing)}` }];
  });
}

function ofDrawdown({ sizes, vendors }: Pack, { drawdown }: PackPhase): readonly Contradiction[] {
  const { lock } = drawdown;
  if (typeof lock !== 'object') { return []; }
  const found: Contradiction[] = [];
  if (drawdown.kind === 'static' && lock.kind !== 'never') { found.push({ path: ['drawdown', 'lock', 'kind'], message: 'stops a floor that never moves' }); }
  if (lock.kind === 'by-vendor') {
    for (const vendor of Object.keys(lock.vendors)) {
      if (!vendors.includes(vendor)) { found.push({ path: ['drawdown', 'lock', 'vendors', vendor], message: 'is no vendor that the pack lists' }); }
    }
  }
  const fixed = lock.kind === 'floor' ? [[['drawdown', 'lock'], lock] as const] : lock.kind === 'by-vendor' ? Object.entries(lock.vendors).map(([vendor, one]) => [['drawdown', 'lock', 'vendors', vendor], one] as const) : [];
  for (const [path, one] of fixed) {
    if (typeof one !== 'object' || one.kind !== 'floor') { continue; }
    for (const size of sizes) {
      const floor = centsOf(one.floor.bySize[String(size)] ?? '');
      const amount = typeof drawdown.amount === 'object' && 'bySize' in drawdown.amount ? centsOf(drawdown.amount.bySize[String(size)] ?? '') : undefined;
      if (floor !== undefined && amount !== undefined && floor < size * 100 - amount) {
        found.push({ path: [...path, 'floor', 'bySize', String(size)], message: 'stops the floor below where it begins' });
      }
    }
  }
  return found;
}

function ofTiers({ contracts }: PackPhase): readonly Contradiction[] {
  if (typeof contracts !== 'object' || contracts?.tiersBySize === undefined) { return []; }
  const found: Contradiction[] = [];
  for (const [size, tiers] of Object.entries(contracts.tiersBySize)) {
    tiers.forEach(({ fromProfit }, index) => {
      const before = tiers[index - 1];
      const path = ['contracts', 'tiersBySize', size, index, 'fromProfit'];
      if (index === 0 && centsOf(fromProfit) !== 0) { found.push({ path, message: `is ${fromProfit}; the first level begins at 0` }); }
      if (before !== undefined && (centsOf(fromProfit) ?? 0) <= (centsOf(before.fromProfit) ?? 0)) { found.push({ path, message: `is ${fromProfit}, not above the level before it` }); }
    });
  }
  return found;
}

function isOver(percent: string, bound: number): boolean {
  const exact = ratioOf(percent);
  return exact !== undefined && compareRatio(exact, ratio(bound, 1)) > 0;
}
