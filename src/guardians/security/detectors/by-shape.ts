/** Which providers' keys have the shape of a value: hundreds of rows share some dozens of shapes, and few of these are as long as the value. */
import { RecentMap } from '../../../core/recent.ts';
import type { NamedDetector } from './detector.ts';
import { NAMED_DETECTORS } from './table.ts';

/** Rows of one shape, in the order of the table. */
interface Shaped {
  readonly shape: RegExp;
  readonly rows: readonly NamedDetector[];
}

/** No shape of the table is shorter. */
export const FEWEST_CHARACTERS = Math.min(...NAMED_DETECTORS.map(({ lengths }) => lengths.min));
/** No shape of the table is longer. */
const LONGEST = Math.max(...NAMED_DETECTORS.map(({ lengths }) => lengths.max));
/** Place of each row in the table: of several that fit, the first answers. */
const PLACES: ReadonlyMap<NamedDetector, number> = new Map(NAMED_DETECTORS.map((row, place) => [row, place]));
const byLength: (readonly Shaped[] | undefined)[] = [];

function shapesOf(length: number): readonly Shaped[] {
  const known = byLength[length];
  if (known !== undefined) { return known; }
  const shapes = new Map<string, { readonly shape: RegExp; readonly rows: NamedDetector[] }>();
  for (const row of NAMED_DETECTORS) {
    if (row.lengths.min > length || row.lengths.max < length) { continue; }
    const same = shapes.get(String(row.shape));
    if (same === undefined) { shapes.set(String(row.shape), { shape: row.shape, rows: [row] }); } else { same.rows.push(row); }
  }
  byLength[length] = [...shapes.values()];
  return byLength[length];
}

/** The same values come again: in the history of a file, and in a line of hostile text. */
const MOST_VALUES = 4_096;
const known = new RecentMap<readonly NamedDetector[]>(MOST_VALUES);
const NONE: readonly NamedDetector[] = [];

/** Every row whose shape and proof the value has, in the order of the table. */
export function rowsShapedAs(value: string): readonly NamedDetector[] {
  if (value.length > LONGEST) { return NONE; }
  const shapes = shapesOf(value.length);
  if (shapes.length === 0) { return NONE; }
  const before = known.get(value);
  if (before !== undefined) { return before; }
  const rows = shapes.flatMap(({ shape, rows: all }) => (shape.test(value) ? all.filter((row) => row.check?.(value) ?? true) : []));
  const sorted = rows.length === 0 ? NONE : rows.sort((a, b) => (PLACES.get(a) as number) - (PLACES.get(b) as number));
  known.set(value, sorted);
  return sorted;
}
