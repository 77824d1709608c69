/** Limits that allow more than they did at an earlier revision of the same file. */
import type { SourceModel, Span } from '../../../core/source/model.ts';
import { canNameCount, countName } from '../contracts/count-name.ts';
import { limitCandidates } from '../limits/candidates.ts';
import type { LimitCandidate } from '../limits/candidate.ts';
import { shownNumber } from '../limits/amount.ts';
import { statedNumbers } from '../limits/stated.ts';
import { sized } from '../limits/unit.ts';
import type { Sized } from '../limits/unit.ts';
import { compareRatio } from '../packs/money.ts';
import type { Ratio } from '../packs/money.ts';

/** A limit that was stricter. */
export interface WeakerLimit {
  readonly at: Span;
  readonly name: string;
  /** As written, then and now. */
  readonly was: string;
  readonly now: string;
}

/** One number of a file under a name, in a unit that two revisions can be compared in. */
interface Limit {
  readonly name: string;
  readonly at: Span;
  /** `percent`, `money`, `contracts`. */
  readonly unit: string;
  readonly value: Ratio;
}

/**
 * Limits of loss and of contracts that are looser now. Compared are limits of one name and unit that both revisions state equally often; of a name that stands
 * there several times, the first with the first. Whether the account still allows it is another rule's question.
 */
export function weakerLimits(before: SourceModel, now: SourceModel): readonly WeakerLimit[] {
  const past = grouped(limitsOf(before));
  return [...grouped(limitsOf(now))].flatMap(([key, limits]): readonly WeakerLimit[] => {
    const then = past.get(key) ?? [];
    if (then.length !== limits.length) { return []; }
    return limits.flatMap((limit, i) => {
      const old = then[i]!;
      return compareRatio(limit.value, old.value) <= 0 ? [] : [{ at: limit.at, name: limit.name, was: written(before, old.at), now: written(now, limit.at) }];
    });
  }).sort((a, b) => a.at.start - b.at.start);
}

function written(model: SourceModel, { start, end }: Span): string {
  return shownNumber(model.source.text.slice(start, end));
}

function limitsOf(model: SourceModel): readonly Limit[] {
  const losses = limitCandidates(model).flatMap((candidate): readonly Limit[] => {
    const value = sized(candidate, true);
    return value === undefined ? [] : [lossOf(candidate, value)];
  });
  const counts = statedNumbers(model, canNameCount, ({ name, outer }) => countName(name, outer)?.limit === true)
    .map(({ name, at, amount }): Limit => ({ name, at, unit: 'contracts', value: amount.value }));
  return [...losses, ...counts];
}

function lossOf({ name, at }: LimitCandidate, value: Sized): Limit {
  return value.unit === 'money' ? { name, at, unit: 'money', value: value.units } : { name, at, unit: 'percent', value: value.percent };
}

function grouped(limits: readonly Limit[]): ReadonlyMap<string, readonly Limit[]> {
  const groups = new Map<string, Limit[]>();
  for (const limit of limits) {
    const key = `${limit.unit} ${limit.name}`;
    groups.set(key, [...(groups.get(key) ?? []), limit]);
  }
  return groups;
}
