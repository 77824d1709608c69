/** What a replay could not judge, and why: said, so that nobody takes silence for a pass. */
import type { Positions } from './positions.ts';
import type { ReplayResult } from './report.ts';
import type { Rulebook } from './rulebook.ts';

/** What is known at the end of a replay. */
export interface Known extends Pick<ReplayResult, 'marks' | 'fills' | 'late' | 'equityFrom'> {
  readonly positions: Positions;
  readonly orders: number;
  /** Marks tell the balance. */
  readonly toldBalance: boolean;
  readonly rulebooks: readonly Rulebook[];
}

/** Sentences, the weightiest first. */
export function notChecked({ marks, fills, late, equityFrom, positions, orders, rulebooks, toldBalance }: Known): readonly string[] {
  const has = (rule: 'floor' | 'contracts' | 'deadline' | 'openLoss'): boolean => rulebooks.some((book) => book[rule] !== undefined);
  const unknown = [...positions.unknown];
  const unpriced = [...positions.unpriced];
  return [
    ...equityFrom === 'fills' ? ['Between fills nothing tells the open profit: the peak may have been higher and the equity lower than at any fill. Add marks, prices or bars to know.'] : [],
    ...equityFrom === 'marks' && !toldBalance && fills === 0 ? ['The marks have no balance: the last equity of a day is taken as its close.'] : [],
    ...equityFrom === 'bars' ? ['Inside a bar the high and the low came in an order nobody knows: the best was taken first, then the worst.'] : [],
    ...unpriced.length > 0 ? [`The profit of ${list(unpriced)} is not known (no profit in the ledger, no point value here): it counts as nothing.`] : [],
    ...fills === 0 && marks > 0 && (has('deadline') || has('contracts')) ? ['There are no fills: whether the account was flat in time and how many contracts it held was not judged.'] : [],
    ...fills > 0 && orders === 0 && has('deadline') ? ['There are no orders: whether one still worked at the deadline was not judged.'] : [],
    ...has('contracts') && unknown.length > 0 ? [`Whether ${list(unknown)} ${unknown.length === 1 ? 'is a futures contract' : 'are futures contracts'} is not known: not counted, and no early close is known.`] : [],
    ...late > 0 ? [`${String(late)} ${late === 1 ? 'event came' : 'events came'} long after later ones: marks among them raise the peak and judge nothing, the others count from when they came.`] : [],
    ...positions.isFlat ? [] : [`${list(positions.open)} ${positions.open.length === 1 ? 'is' : 'are'} still open where the ledger ends.`],
  ];
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5);
  return names.length > shown.length ? `${shown.join(', ')} and ${String(names.length - shown.length)} more` : shown.join(', ');
}
