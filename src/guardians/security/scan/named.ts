/** Providers whose keys have no beginning of their own: a name and a shape together make the proof. */
import type { NamedDetector } from '../detectors/detector.ts';
import { NAMED_DETECTORS } from '../detectors/table.ts';
import type { Candidate } from './candidate.ts';
import { isPlaceholder } from './value.ts';
import { wordsOf } from './words.ts';

/** Words of a name and every two neighbours run together: `api_key` gives `api`, `key`, `apikey`. */
function termsOf(name: string): ReadonlySet<string> {
  const words = wordsOf(name);
  const terms = new Set(words);
  words.forEach((word, i) => {
    if (i > 0) terms.add((words[i - 1] as string) + word);
  });
  return terms;
}

/** A row with its place in the table: of several that fit, the first answers. */
interface Placed {
  readonly row: NamedDetector;
  readonly place: number;
}

/** Rows by a role's word: the name of a value has few words, the table hundreds of rows. */
const BY_ROLE: ReadonlyMap<string, readonly Placed[]> = (() => {
  const map = new Map<string, Placed[]>();
  NAMED_DETECTORS.forEach((row, place) => {
    for (const role of row.roles) {
      const list = map.get(role);
      if (list) list.push({ row, place });
      else map.set(role, [{ row, place }]);
    }
  });
  return map;
})();

const any = (terms: ReadonlySet<string>, words: readonly string[]): boolean => words.some((word) => terms.has(word));

/** No shape of the table is shorter or longer. */
const SHORTEST = 6;
const LONGEST = 600;

/** The provider whose key this is, by name and shape. */
export function namedDetectorOf(candidate: Candidate): string | undefined {
  const { value, name } = candidate;
  if (value.length < SHORTEST || value.length > LONGEST || candidate.loose === true) return undefined;
  const own = termsOf(name);
  let around: ReadonlySet<string> | undefined;
  let best: Placed | undefined;
  for (const term of own) {
    for (const placed of BY_ROLE.get(term) ?? []) {
      const { row } = placed;
      if (best && best.place <= placed.place) continue;
      if (!row.shape.test(value) || any(own, row.not)) continue;
      const { vendors, vendorsInName = [] } = row;
      if (vendors.length + vendorsInName.length > 0 && !any(own, vendors) && !any(own, vendorsInName) && !any((around ??= termsOf(candidate.around)), vendors)) continue;
      if (row.check?.(value) ?? true) best = placed;
    }
  }
  return best && !isPlaceholder(value) ? best.row.name : undefined;
}
