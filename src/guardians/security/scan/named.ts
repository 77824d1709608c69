/** Providers whose keys have no beginning of their own: a name and a shape together make the proof. */
import type { NamedDetector } from '../detectors/detector.ts';
import { NAMED_DETECTORS } from '../detectors/table.ts';
import type { Candidate } from './candidate.ts';
import { isPlaceholder } from './value.ts';
import { termsOf } from './words.ts';

/** A row with its place in the table: of several that fit, the first answers. */
interface Placed {
  readonly row: NamedDetector;
  readonly place: number;
}

/** Rows under every word that one of their lists holds. */
function byWord(wordsOfRow: (row: NamedDetector) => readonly string[]): ReadonlyMap<string, readonly Placed[]> {
  const map = new Map<string, Placed[]>();
  NAMED_DETECTORS.forEach((row, place) => {
    for (const word of wordsOfRow(row)) {
      const list = map.get(word);
      if (list) list.push({ row, place });
      else map.set(word, [{ row, place }]);
    }
  });
  return map;
}

const namesVendor = ({ vendors, vendorsInName = [] }: NamedDetector): boolean => vendors.length + vendorsInName.length > 0;

/** A role like `key` is that of hundreds of rows, a vendor that of a few: rows are looked up by vendor, the few that name none by role. */
const BY_VENDOR_IN_NAME = byWord(({ vendors, vendorsInName = [] }) => [...vendors, ...vendorsInName]);
const BY_VENDOR_AROUND = byWord(({ vendors }) => vendors);
const BY_ROLE_ALONE = byWord((row) => (namesVendor(row) ? [] : row.roles));
const ROLES: ReadonlySet<string> = new Set(NAMED_DETECTORS.flatMap((row) => row.roles));

const any = (terms: ReadonlySet<string>, words: readonly string[]): boolean => words.some((word) => terms.has(word));

/** No shape of the table is shorter or longer. */
const SHORTEST = 6;
const LONGEST = 600;

/** The first row of the table under one of the words that the name and the value fit. */
function firstOf(words: ReadonlySet<string>, rows: ReadonlyMap<string, readonly Placed[]>, own: ReadonlySet<string>, value: string, best?: Placed): Placed | undefined {
  for (const word of words) {
    for (const placed of rows.get(word) ?? []) {
      const { row } = placed;
      if (best && best.place <= placed.place) continue;
      if (any(own, row.roles) && row.shape.test(value) && !any(own, row.not) && (row.check?.(value) ?? true)) best = placed;
    }
  }
  return best;
}

/**
 * The provider whose key this is, by name and shape. A vendor in the name itself says more than one around it: in an `.env`
 * a neighbour's vendor stands around every name.
 */
export function namedDetectorOf(candidate: Candidate): string | undefined {
  const { value, name } = candidate;
  if (value.length < SHORTEST || value.length > LONGEST || candidate.loose === true) return undefined;
  const own = termsOf(name);
  if (![...own].some((term) => ROLES.has(term))) return undefined;
  const best = firstOf(own, BY_VENDOR_IN_NAME, own, value, firstOf(own, BY_ROLE_ALONE, own, value))
    ?? firstOf(termsOf(candidate.around), BY_VENDOR_AROUND, own, value);
  return best && !isPlaceholder(value) ? best.row.name : undefined;
}
